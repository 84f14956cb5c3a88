// Opens the report of a list in Chromium and uses it as a reader would.
// Usage: node report.mjs PAGE.html SUMMARY.json [FOLDER]; with a folder, pictures of the page are left there.
import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { barriers as found, end, fits, open as opened, start } from "./browser.mjs";

const [file, summaryFile, pictures] = process.argv.slice(2);
const summary = JSON.parse(readFileSync(summaryFile, "utf8"));
const DESK = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };

const context = await start("with-script", { viewport: DESK });
const open = (viewport) => opened(context, file, viewport);
const barriers = (page, name) => found(page, name, ["serious", "critical"]);

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
  await phone.page.fill("#search", "moratorium");
  const found = await visible(phone.page).count();
  assert.ok(found > 0 && found < summary.recommendations);
  assert.deepEqual(phone.complaints, [], "the console of the phone");

  // without the script everything is there, and nothing that doesn't work
  const plain = await start("without-script", { viewport: DESK, javaScriptEnabled: false });
  const { page } = await opened(plain, file, DESK);
  await totals(page);
  assert.equal(await visible(page).count(), summary.recommendations);
  for (const id of ["#controls", "#review-start", "#review"]) assert.equal(await page.isVisible(id), false, id);
} finally {
  await end();
}
console.log(`  ${summary.recommendations} recommendations: totals, filters, search and sorting are right`);
