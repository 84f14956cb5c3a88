// Opens the report of a list in Chromium and uses it as a reader would.
// Usage: node report.mjs PAGE.html SUMMARY.json [FOLDER]; with a folder, pictures of the page are left there.
import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { barriers as found, end, fits, open as opened, start } from "./browser.mjs";

const [file, summaryFile, pictures] = process.argv.slice(2);
const summary = JSON.parse(readFileSync(summaryFile, "utf8"));
const DESK = { width: 1366, height: 900 };
/** Of the page when it is opened: about nine screens of the desk. */
const MAX_PIXELS_TALL = 8_000;
/** Sheets of A4, with the table of recommendations closed. */
const MAX_SHEETS = 11;
const PHONE = { width: 390, height: 844 };

const context = await start("with-script", { viewport: DESK });
const open = (viewport) => opened(context, file, viewport);
const barriers = (page, name) => found(page, name, ["minor", "moderate", "serious", "critical"]);

const number = async (page, selector) => Number((await page.textContent(selector)).replaceAll(",", ""));
const visible = (page) => page.locator("#list tbody tr:visible");
const first = (page, column) => page.locator("#list tbody tr:visible").first().locator("th,td").nth(column).textContent();

async function totals(page) {
  assert.equal(await number(page, "#total-recommendations"), summary.recommendations);
  assert.equal(await number(page, "#total-pairs"), summary.recommendation_x_state);
  for (const { category, recommendations } of summary.positions) {
    const id = { supported: "supported", supported_in_part: "in-part", noted: "noted" }[category];
    if (id && recommendations > 0) assert.equal(await number(page, `#total-${id}`), recommendations);
  }
}

/** What the filter by issue leaves is what the summary counts, for every issue. */
async function issues(page) {
  for (const { category, recommendations } of summary.issues) {
    if (recommendations === 0) continue;
    await page.selectOption("#issue", category);
    assert.equal(await visible(page).count(), recommendations, category);
  }
  await page.selectOption("#issue", "");
}

async function use(page) {
  const all = summary.recommendations;
  await page.evaluate(() => {
    document.querySelectorAll("#filters, #recommendations > details").forEach((each) => { each.open = true; });
  });
  assert.equal(await visible(page).count(), all);
  assert.equal(await page.textContent("#shown"), `${all} of ${all} recommendations shown`);
  await issues(page);

  const deathPenalty = summary.issues.find(({ category }) => category === "death-penalty").recommendations;
  await page.selectOption("#issue", "death-penalty");
  const drawn = page.locator("#issue-positions .bars svg[role=img] > title", { hasText: "Death penalty:" });
  assert.match(await drawn.first().textContent(), new RegExp(`^Death penalty: ${deathPenalty} recommendations;`));
  const marks = visible(page).first().locator("mark[title*='Death penalty']");
  assert.ok(await marks.count() > 0, "the matched words are marked");
  await page.selectOption("#position", "noted");
  const noted = summary.issues.find(({ category }) => category === "death-penalty").noted;
  assert.equal(await visible(page).count(), noted);
  await page.click("#controls button[type=reset]");
  assert.equal(await visible(page).count(), all);

  // accents and case don't matter, all words must be there
  await page.fill("#search", "COTE D’IVOIRE");
  const ivory = await visible(page).count();
  assert.ok(ivory > 0 && ivory < all, `${ivory} by Côte d'Ivoire`);
  await page.fill("#search", "death penalty spain");
  for (const row of await visible(page).all()) {
    assert.match(await row.textContent(), /Spain/);
  }
  await page.fill("#search", "no-such-word-anywhere");
  assert.equal(await visible(page).count(), 0);
  assert.ok(await page.isVisible("#none"));
  // a link to a hidden row brings it back
  await page.click("#asks .members a >> nth=0");
  assert.equal(await visible(page).count(), all);

  const inOrder = await first(page, 0);
  await page.selectOption("#sort", "states");
  const forwards = await first(page, 2);
  assert.equal(await page.getAttribute("#list th[data-key=states]", "aria-sort"), "ascending");
  await page.selectOption("#sort", "");
  assert.equal(await first(page, 0), inOrder);
  await page.click("#list th[data-key=states] button");
  assert.equal(await first(page, 2), forwards);
  await page.click("#list th[data-key=states] button");
  assert.equal(await page.getAttribute("#list th[data-key=states]", "aria-sort"), "descending");
  assert.ok((await first(page, 2)).localeCompare(forwards, "en") > 0, "sorted the other way");
  await page.click("#controls button[type=reset]");
  assert.equal(await first(page, 0), inOrder);
}

/** What the findings say can be followed, by the keyboard as well: to the rows, to the section, and into what is closed. */
async function findings(page) {
  const isOpen = (selector) => page.locator(selector).evaluate((each) => each.open);
  assert.equal(await isOpen("#recommendations > details"), false, "the table is closed at first");
  // every name beside a bar leaves as many rows as the bar counts
  const names = page.locator("#themes a[data-filter], #issue-positions a[data-filter], #groups a[data-filter], " +
    "#recommending a[data-filter]");
  const counted = await names.evaluateAll((links) => links.map((link) => {
    link.click();
    const rows = document.querySelectorAll("#list tbody tr:not([hidden])").length;
    const bar = link.closest("li").querySelector("svg text.all");
    return [link.textContent, rows, Number(bar.textContent.replaceAll(",", ""))];
  }));
  assert.ok(counted.length > 50, `${counted.length} names`);
  for (const [name, rows, bar] of counted) assert.equal(rows, bar, name);
  await page.click("#controls button[type=reset]");
  assert.ok(await isOpen("#recommendations > details"), "a filter opens the table");

  const deathPenalty = summary.issues.find(({ category }) => category === "death-penalty");
  await page.focus("#totals a[data-value='death-penalty'] >> nth=0");
  await page.keyboard.press("Enter");
  const { recommendations, supported, supported_in_part: inPart, noted } = deathPenalty;
  assert.equal(await visible(page).count(), recommendations);
  const told = await page.textContent("#shown-of");
  const answers = `${supported} supported, ${inPart} supported in part, ${noted} noted. Recommending States: `;
  assert.ok(told.startsWith(answers), told);
  const named = told.slice(answers.length).split(", ").map((name) => name.replace(/ \(\d+\)$/, ""));
  const rows = await page.locator("#list tbody tr:visible td[data-label=States] li").allTextContents();
  assert.deepEqual(named.slice().sort(), Array.from(new Set(rows)).sort());
  await downloaded(page, recommendations);
  await page.click("#issue-positions .bars svg >> nth=0");
  assert.equal(await visible(page).count(), summary.issues.reduce((most, each) => (
    Math.max(most, each.recommendations)), 0), "a bar filters as its name does");
  await page.click("#controls button[type=reset]");

  // links open what is closed around their target, and below the heading of a section
  await page.evaluate(() => document.querySelectorAll("details").forEach((each) => { each.open = false; }));
  await page.click("nav a[href='#aspects']");
  assert.ok(await isOpen("#aspects > details"), "opened by a link to its section");
  await page.click("#totals a[href='#ask1']");
  await page.click("#ask1 .members a >> nth=0");
  assert.ok(await isOpen("#recommendations > details"), "opened by a link to one of its rows");
}

/** The table as it is filtered, as the button saves it. */
async function downloaded(page, count) {
  const [download] = await Promise.all([page.waitForEvent("download"), page.click("#download")]);
  assert.equal(download.suggestedFilename(), "recommendations-shown.csv");
  const content = readFileSync(await download.path(), "utf8");
  const lines = content.split("\n").slice(0, -1);
  assert.equal(lines[0], "\ufeffid,state_under_review,session,paragraph,text,recommending_states,position,issues");
  assert.equal(lines.length - 1, count, "a line for each row that is shown");
  for (const line of lines.slice(1)) {
    assert.match(line, /^USA-36-[^,]+,United States,36,'26\.\d+,/, "paragraphs are guarded, as in the export");
    assert.match(line, /(^|[,;" ])death-penalty([;,"]|$)/);
  }
}

async function picture(page, name) {
  if (!pictures) return;
  await page.screenshot({ path: join(pictures, name), fullPage: true });
}

try {
  assert.ok(statSync(file).size < 1_000_000, `${statSync(file).size} bytes`);
  console.log(`  ${statSync(file).size} bytes`);

  const desk = await open(DESK);
  await totals(desk.page);
  await fits(desk.page, "desk");
  await picture(desk.page, "desktop.png");
  await barriers(desk.page, "desk");
  const tall = await desk.page.evaluate(() => document.documentElement.scrollHeight);
  assert.ok(tall < MAX_PIXELS_TALL, `${tall} pixels tall`);
  const printed = (await desk.page.pdf({ format: "A4", preferCSSPageSize: true })).toString("latin1");
  const sheets = printed.match(/\/Type\s*\/Page\b/g).length;
  assert.ok(sheets <= MAX_SHEETS, `${sheets} sheets of A4`);
  console.log(`  ${tall} pixels tall at ${DESK.width}, ${sheets} sheets of A4`);
  assert.equal(await desk.page.locator("details.printed[open]").count(), 0, "closed again after printing");
  await findings(desk.page);
  await use(desk.page);
  await desk.page.evaluate(() => document.querySelectorAll("details").forEach((each) => { each.open = true; }));
  await fits(desk.page, "desk, tables open");
  await barriers(desk.page, "desk, tables open");
  await picture(desk.page, "desktop-open.png");
  await desk.page.evaluate(() => document.querySelectorAll("details").forEach((each) => { each.open = false; }));
  if (pictures) await desk.page.pdf({ path: join(pictures, "print.pdf"), format: "A4", preferCSSPageSize: true });
  assert.deepEqual(desk.complaints, [], "the console of the desk");

  const phone = await open(PHONE);
  await totals(phone.page);
  await fits(phone.page, "phone");
  await barriers(phone.page, "phone");
  await picture(phone.page, "phone.png");
  assert.equal(await phone.page.isVisible("#issue"), false, "the filters are folded on a phone");
  await phone.page.click("#filters summary");
  assert.ok(await phone.page.isVisible("#issue"));
  await barriers(phone.page, "phone, filters open");
  await phone.page.fill("#search", "moratorium");
  const found = await visible(phone.page).count();
  assert.ok(found > 0 && found < summary.recommendations);
  assert.deepEqual(phone.complaints, [], "the console of the phone");

  // without the script everything is there, and nothing that doesn't work
  const plain = await start("without-script", { viewport: DESK, javaScriptEnabled: false });
  const { page } = await opened(plain, file, DESK);
  await totals(page);
  await page.click("#recommendations > details > summary");
  assert.equal(await visible(page).count(), summary.recommendations);
  for (const id of ["#controls", "#shown-of", "#review-start", "#review"]) assert.equal(await page.isVisible(id), false, id);
} finally {
  await end();
}
console.log(`  ${summary.recommendations} recommendations: totals, filters, search and sorting are right`);
