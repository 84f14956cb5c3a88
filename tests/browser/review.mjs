// Reviews the tags of a page in Chromium as a person does, by keys alone, and reads back what was downloaded.
// Usage: node review.mjs PAGE.html [FOLDER]; with a folder, pictures of the review are left there.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { barriers, end, fits, folder, open, start } from "./browser.mjs";

const [file, pictures] = process.argv.slice(2);
const DESK = { width: 1366, height: 768 };
const PHONE = { width: 390, height: 844 };
const ALL = ["minor", "moderate", "serious", "critical"];
const CODER = 'Ana "A", Núñez';
const HEADER = "\ufeffid,issue,decision,coder,date,note,text_hash";

const press = async (page, ...keys) => { for (const key of keys) await page.keyboard.press(key); };
const said = (page) => page.textContent("#review-said");
const picture = async (page, name) => { if (pictures) await page.screenshot({ path: join(pictures, name) }); };

/** What is in focus: the recommendation, its tags, and the code of the issue that has the focus of the keyboard. */
const looked = (page) => page.evaluate(() => {
  const { issues } = JSON.parse(document.getElementById("page-data").textContent);
  const code = (button) => (button?.dataset.issue === undefined ? undefined : issues[button.dataset.issue].code);
  const tags = Array.from(document.querySelectorAll("#review-tags button"), (button) => (
    [code(button), button.className.replace("tag ", "")]));
  return { id: document.querySelector("#review-name bdi").textContent, tags, focus: code(document.activeElement) };
});

/** Goes to the button of the review with the tabulator, and opens it. */
async function openByKeys(page) {
  for (let pressed = 0; pressed < 20; pressed += 1) {
    await press(page, "Tab");
    if (await page.evaluate(() => document.activeElement.id) === "review-open") {
      await press(page, "Enter");
      assert.ok(await page.isVisible("#review"));
      return;
    }
  }
  assert.fail("the tabulator does not lead to the button");
}

/** The cells of a CSV file, read apart from the page's own reader. */
function cells(text) {
  const rows = [[]];
  for (const [, cell, quoted, ends] of text.matchAll(/((?:"((?:[^"]|"")*)")|[^",\n]*)(,|\n|$)/g)) {
    rows.at(-1).push(quoted === undefined ? cell : quoted.replaceAll('""', '"'));
    if (ends === "\n") rows.push([]);
    if (ends === "") break;
  }
  return rows.slice(0, -1);
}

async function download(page) {
  const [got] = await Promise.all([page.waitForEvent("download"), press(page, "d")]);
  assert.equal(got.suggestedFilename(), "corrections.csv");
  return readFileSync(await got.path(), "utf8");
}

async function load(page, text) {
  const path = join(folder, "loaded.csv");
  writeFileSync(path, text);
  await page.setInputFiles("#review-file", path);
  await page.waitForFunction(() => document.getElementById("review-file").value === "");
  await page.focus("#review-next");
}

const sorted = (rows) => rows.map((row) => JSON.stringify(row)).sort();

/** Thirty decisions; what they must have come to is counted here as well. */
async function decide(page, data) {
  const hashes = new Map(data.recommendations.map(({ id, text_hash }) => [id, text_hash]));
  const machine = new Map(data.recommendations.map(({ id, tags }) => (
    [id, (tags ?? []).map(({ issue }) => data.issues[issue].code)])));
  const today = await page.evaluate(() => new Date().toLocaleDateString("sv"));
  const additions = ["housing", "death-penalty", "torture", "policing", "privacy"];
  assert.ok(additions.every((code) => data.issues.some((issue) => issue.code === code)));
  const steps = [];
  const made = () => new Map(steps.map(([id, issue, decision, note]) => (
    [id + " " + issue, [id, issue, decision, CODER, today, note ?? "", hashes.get(id)]])));
  const reviewed = () => [...machine].filter(([id, codes]) => (
    codes.length > 0 && codes.every((code) => made().has(id + " " + code)))).length;
  let untagged = 0;
  let undone = 0;

  for (let count = 0; made().size < 30; count += 1) {
    assert.ok(count < 200, "30 decisions");
    const { id, tags, focus } = await looked(page);
    if (tags.length === 0) {
      await press(page, "c", "m");
      untagged += 1;
      continue;
    }
    const status = tags.find(([code]) => code === focus)?.[1];
    if (count % 5 === 4) {
      const code = additions.find((each) => !tags.some(([known]) => known === each));
      await press(page, "a");
      await page.keyboard.type(code);
      await press(page, "Enter");
      assert.equal(await said(page), `Added: ${data.issues.find((issue) => issue.code === code).label}`);
      steps.push([id, code, "add"]);
    } else if (status === "machine") {
      const decision = count % 5 === 3 ? "remove" : "confirm";
      await press(page, decision[0]);
      steps.push([id, focus, decision]);
    } else {
      await press(page, "m");
      continue;
    }
    // every seventh is taken back
    if (count % 7 === 6) {
      await press(page, "u");
      steps.pop();
      undone += 1;
      assert.match(await said(page), /^Undone: /);
    }
  }
  assert.ok(undone >= 3, "some were undone");
  // a note on the last decision, and the same issue decided otherwise
  const [id, issue] = steps.at(-1);
  while ((await looked(page)).id !== id) await press(page, "k");
  await page.evaluate(() => document.querySelector("#review-tags button").focus());
  for (let step = 0; (await looked(page)).focus !== issue; step += 1) {
    assert.ok(step < 20, issue);
    await press(page, "ArrowDown");
  }
  await press(page, "n");
  await page.keyboard.type('=SUM(1), "so"');
  await press(page, "Enter");
  steps.push([id, issue, steps.at(-1)[2], '=SUM(1), "so"']);
  return { rows: [...made().values()], reviewed: reviewed() + untagged, untagged };
}

const counted = ({ rows, untagged }) => {
  const [confirmed, removed, added] = ["confirm", "remove", "add"].map((kind) => (
    rows.filter((row) => row[2] === kind).length));
  return `Decisions: ${confirmed} confirmed, ${removed} removed, ${added} added. Checked without an issue: ${untagged}.`;
};

async function reviewByKeys() {
  const context = await start("review", {});
  const { page, complaints } = await open(context, file, DESK);
  const data = JSON.parse(await page.textContent("#page-data"));
  const all = data.recommendations.length;
  await openByKeys(page);
  assert.equal(await page.evaluate(() => document.activeElement.id), "review-coder", "the name is asked for");
  // keys are letters while one types
  await page.keyboard.type(CODER + " crua?");
  assert.match(await page.textContent("#review-counts"), /^Decisions: 0 confirmed, 0 removed, 0 added\./);
  await page.fill("#review-coder", "");
  await press(page, "Enter", "c");
  assert.match(await said(page), /^Write your name/);
  await page.keyboard.type(CODER);
  await press(page, "Enter");
  assert.equal(await page.textContent("#review-reviewed"), `0 of ${all} reviewed`);

  // undo leads back to the beginning
  const begun = await looked(page);
  await press(page, "c", "j", "r", "a");
  await page.keyboard.type("housing");
  await press(page, "Enter", "u", "u", "u");
  assert.deepEqual(await looked(page), begun);
  await press(page, "u");
  assert.equal(await said(page), "Nothing to undo.");
  await press(page, "d");
  assert.equal(await said(page), "corrections.csv has 0 rows.");
  // an issue that was added and removed again leaves no trace
  await press(page, "a");
  await page.keyboard.type("housing");
  await press(page, "Enter", "r");
  assert.match(await said(page), /^Taken back: /);
  assert.deepEqual((await looked(page)).tags, begun.tags);

  const done = await decide(page, data);
  assert.equal(await page.textContent("#review-reviewed"), `${done.reviewed} of ${all} reviewed`);
  assert.equal(await page.textContent("#review-counts"), counted(done));
  await picture(page, "review-desktop.png");
  await fits(page, "review");
  await barriers(page, "review, desk", ALL);

  const first = await download(page);
  const [header, ...rows] = cells(first);
  assert.equal(header.join(), HEADER);
  const guarded = done.rows.map((row) => row.map((cell) => (cell.startsWith("=") ? "'" + cell : cell)));
  assert.deepEqual(sorted(rows), sorted(guarded));
  const place = new Map(data.recommendations.map(({ id }, at) => [id, at]));
  const places = rows.map(([id]) => place.get(id));
  assert.deepEqual(places, places.toSorted((one, two) => one - two), "in the order of the page");

  // the state is kept
  await page.reload();
  await openByKeys(page);
  assert.equal(await page.textContent("#review-reviewed"), `${done.reviewed} of ${all} reviewed`);
  assert.equal(await page.textContent("#review-counts"), counted(done));
  assert.equal(await download(page), first);
  await press(page, "Escape");
  assert.equal(await page.evaluate(() => document.activeElement.id), "review-open", "the focus is back");
  await page.emulateMedia({ media: "print" });
  for (const id of ["#review", "#review-start"]) assert.equal(await page.isVisible(id), false, `${id} in print`);
  assert.deepEqual(complaints.filter((each) => !each.startsWith("asks for blob:")), [], "the console");
  console.log(`  ${rows.length} decisions by keys alone, kept, downloaded and read back`);
  return { data, first, rows, done };
}

/** A file from another browser, with rows that have no place. */
async function continueElsewhere({ data, first, rows }) {
  const context = await start("elsewhere", {});
  const { page, complaints } = await open(context, file, DESK);
  await openByKeys(page);
  await load(page, first);
  assert.match(await said(page), new RegExp(`Decisions taken up: ${rows.length},.* not placed: 0\\.$`));
  assert.equal(await download(page), first, "the same rows");

  // numbered anew, found by the text; another text; nobody; no such issue; a position; no decision; from Excel in German
  const { id, text_hash } = data.recommendations.at(-1);
  const issue = data.issues[0].code;
  const strange = [
    ["XXX-1-1", issue, "confirm", "Ben", "2026-01-02", "", ""],
    [id, issue, "confirm", "Ben", "2026-01-02", "", "t000000000000"],
    [id, "no-such-issue", "add", "Ben", "2026-01-02", "", ""],
    [id, "position=noted", "confirm", "Ben", "2026-01-02", "a;b", ""],
    [id, issue, "maybe", "Ben", "2026-01-02", "", ""],
  ];
  const moved = ["XXX-1-2", issue, "remove", "Ben", "2026-01-02", "moved", text_hash];
  const quoted = (cell) => (cell.includes(";") ? `"${cell}"` : cell);
  const lines = [...strange, moved].map((row) => row.map(quoted).join(";"));
  await load(page, ["ID;Issue;Decision;coder;date;note;text_hash;mine", ...lines].join("\r\n"));
  assert.match(await said(page), /Decisions taken up: 1,.* not placed: 5\. Columns of the file that are not kept: mine$/);
  assert.match(await page.textContent("#review-unplaced-count"), /^Rows that could not be placed: 5\./);
  const listed = await page.locator("#review-unplaced-rows li").allTextContents();
  assert.deepEqual(listed.map((each) => each.split(": ")[1]), ["no recommendation has this id",
    "the recommendation of this id has another text", "the codebook has no such issue",
    "not a decision about an issue", "the decision is not confirm, add or remove"]);
  const [, ...again] = cells(await download(page));
  assert.deepEqual(sorted(again), sorted([...rows, ...strange, [id, ...moved.slice(1)]]));
  // an older decision of the same coder does not replace a later one
  await load(page, `id,issue,decision,coder,date\n${id},${issue},add,Ben,2025-12-31\n`);
  assert.match(await said(page), /a later one is known: 1;/);
  await load(page, "a,b\n1,2\n");
  assert.match(await said(page), /no columns id, issue and decision/);
  await load(page, Buffer.from([0x69, 0x64, 0xe9]));
  assert.match(await said(page), /not in UTF-8/);
  // files are undone as well
  for (let file = 0; file < 3; file += 1) await press(page, "u");
  assert.match(await page.textContent("#review-counts"), /^Decisions: 0 confirmed, 0 removed, 0 added\./);
  assert.equal(await page.isVisible("#review-unplaced"), false);
  assert.deepEqual(complaints.filter((each) => !each.startsWith("asks for blob:")), [], "the console");
  console.log("  files of others: merged, listed, written again");
}

/** By mouse and finger, on a phone; filters; dialogs without barriers. */
async function reviewByHand({ data }) {
  const context = await start("phone", { hasTouch: true });
  const { page, complaints } = await open(context, file, PHONE);
  await page.tap("#review-open");
  await page.fill("#review-coder", "Ben");
  await page.press("#review-coder", "Enter");
  await fits(page, "review, phone");
  await barriers(page, "review, phone", ALL);
  await page.tap("#review-confirm");
  await page.tap("#review-next");
  await page.tap("#review-remove");
  assert.match(await page.textContent("#review-counts"), /^Decisions: 1 confirmed, 1 removed, 0 added\./);
  await picture(page, "review-phone.png");
  for (const [button, dialog] of [["add", "adding"], ["note", "noting"], ["help", "keys"]]) {
    await page.tap(`#review-${button}`);
    assert.ok(await page.isVisible(`#review-${dialog}`), dialog);
    await fits(page, dialog);
    await barriers(page, dialog, ALL);
    await picture(page, `review-phone-${dialog}.png`);
    await press(page, "Escape");
    assert.ok(await page.isVisible("#review"), "the review stays open");
  }

  // by issue: progress is of that issue alone, and what was decided is left out
  const code = data.issues.findIndex((issue) => issue.code === "death-penalty");
  const about = data.recommendations.filter(({ tags }) => tags?.some(({ issue }) => issue === code)).length;
  await page.tap("#review-settings summary");
  await page.selectOption("#review-issue", String(code));
  assert.equal(await page.textContent("#review-reviewed"), `0 of ${about} reviewed`);
  await page.check("#review-undecided");
  const { id } = await looked(page);
  await page.tap("#review-settings summary");
  await page.tap("#review-confirm");
  assert.equal(await page.textContent("#review-reviewed"), `1 of ${about} reviewed`);
  await page.tap("#review-next");
  await page.tap("#review-previous");
  assert.equal(await said(page), "This is the first recommendation of this filter.");
  assert.notEqual((await looked(page)).id, id);
  // keys can be turned off
  await page.tap("#review-help");
  await page.uncheck("#review-use-keys");
  await press(page, "Escape", "c");
  assert.equal(await page.textContent("#review-reviewed"), `1 of ${about} reviewed`);
  assert.deepEqual(complaints, [], "the console of the phone");
}

/** Where the browser stores nothing, the review works and says so. */
async function withoutStorage() {
  const context = await start("forgetful", {});
  await context.addInitScript(() => {
    Object.defineProperty(window, "localStorage", { get() { throw new DOMException("no", "SecurityError"); } });
  });
  const { page, complaints } = await open(context, file, DESK);
  await openByKeys(page);
  assert.ok(await page.isVisible("#review-lost"));
  await page.keyboard.type("Ana");
  await press(page, "Enter", "c");
  assert.equal(cells(await download(page)).length, 2);
  assert.deepEqual(complaints.filter((each) => !each.startsWith("asks for blob:")), [], "the console");
}

/** Corrections that were applied before the page was written: the tags come with a status. */
async function withStatuses({ data }) {
  const at = data.recommendations.findIndex(({ tags }) => tags?.length === 3);
  const [confirmed, added, removed] = data.recommendations[at].tags;
  [confirmed.status, added.status, removed.status] = ["confirmed", "added", "removed"];
  delete added.evidence;
  const path = join(folder, "corrected.html");
  const json = JSON.stringify(data).replaceAll("<", "\\u003c");
  const page = readFileSync(file, "utf8").replace(/(id="page-data">).*?(?=<\/script>)/s, (_, tag) => tag + json);
  writeFileSync(path, page);
  const context = await start("corrected", {});
  const opened = await open(context, path, DESK);
  await openByKeys(opened.page);
  await opened.page.keyboard.type("Ana");
  await press(opened.page, "Enter", ...Array(at).fill("j"));
  const { id, tags } = await looked(opened.page);
  assert.equal(id, data.recommendations[at].id);
  assert.deepEqual(tags.map(([, status]) => status), ["confirmed", "added", "removed"]);
  assert.match(await opened.page.textContent("#review-reviewed"), /^1 of /);
  assert.match(await opened.page.textContent("#review-decisions"), /corrections that were applied before/);
  // the opposite of each; nothing of what was applied before comes into the file
  await press(opened.page, "r", "ArrowDown", "r", "ArrowDown", "c");
  const [, ...rows] = cells(await download(opened.page));
  assert.deepEqual(rows.map((row) => row[2]), ["remove", "remove", "confirm"]);
  assert.deepEqual(opened.complaints.filter((each) => !each.startsWith("asks for blob:")), [], "the console");
}

try {
  const reviewed = await reviewByKeys();
  await continueElsewhere(reviewed);
  await reviewByHand(reviewed);
  await withoutStorage();
  await withStatuses(reviewed);
} finally {
  await end();
}
console.log("  the review of the tags works by keys, by hand, and without storage");
