// Reviews the tags of a page in Chromium as a person does, by keys alone, and reads back what was downloaded.
// Usage: node review.mjs PAGE.html PROGRAM [FOLDER]; the program `summary` counts what was downloaded, and with a folder, pictures
// of the review are left there.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { barriers, end, fits, folder, open, start } from "./browser.mjs";

const [file, program, pictures] = process.argv.slice(2);
const summary = (...given) => execFileSync(program, given, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
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
  return `Decisions: ${confirmed} confirmed, ${removed} removed, ${added} added. Contradicted issues: 0. Checked without an issue: ${untagged}.`;
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
  for (const key of ["Enter", "c"]) {
    await press(page, key);
    assert.match(await said(page), /^Write your name/);
    assert.equal(await page.evaluate(() => document.activeElement.id), "review-coder", "the name is asked for again");
    await page.focus("#review-next");
  }
  await press(page, "k");
  assert.equal(await said(page), "This is the first recommendation.");
  await page.fill("#review-coder", CODER);
  await page.focus("#review-coder");
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
  const news = (fresh, known, unplaced, contradicted) => `New decisions: ${fresh}; already known: ${known}; not placed: ${unplaced}. ` +
    `Issues on which coders contradict each other: ${contradicted}.`;
  assert.equal(await said(page), `The file was read. ${news(rows.length, 0, 0, 0)}`);
  const [, ...placed] = cells(await download(page));
  assert.deepEqual(placed.map((row) => row.slice(0, 7)), rows, "the same rows");
  assert.deepEqual(placed.map((row) => row[7]), rows.map(() => "loaded.csv"));
  await load(page, first);
  assert.equal(await said(page), `The file was read. ${news(0, rows.length, 0, 0)}`);
  await press(page, "u");

  // numbered anew, found by the text; another text; nobody; another review; no such issue; a position; no decision; from Excel in
  // German
  const { id, text_hash } = data.recommendations.at(-1);
  const issue = data.issues[0].code;
  const strange = [
    ["XXX-1-1", issue, "confirm", "Ben", "2026-01-02", "", ""],
    ["KEN-36-2", issue, "confirm", "Ben", "2026-01-02", "", text_hash],
    [id, issue, "confirm", "Ben", "2026-01-02", "", "t000000000000"],
    [id, "no-such-issue", "add", "Ben", "2026-01-02", "", ""],
    [id, "position=noted", "confirm", "Ben", "2026-01-02", "a;b", ""],
    [id, issue, "maybe", "Ben", "2026-01-02", "", ""],
  ];
  const moved = ["XXX-00-2", data.issues[0].label.toUpperCase(), "remove", "Ben", "'2026-01-02", "moved", text_hash];
  const quoted = (cell) => (cell.includes(";") ? `"${cell}"` : cell);
  const lines = [...strange, moved].map((row) => row.map(quoted).join(";"));
  await load(page, ["ID;Issue;Decision;coder;date;note;text_hash;mine", ...lines].join("\r\n"));
  assert.equal(await said(page), `The file was read. ${news(1, 0, 6, 0)} Columns of the file that are not kept: mine`);
  assert.match(await page.textContent("#review-unplaced-count"), /^Rows that could not be placed: 6\./);
  const listed = await page.locator("#review-unplaced-rows li").allTextContents();
  assert.deepEqual(listed.map((each) => each.split(": ")[1]), ["no recommendation of this page has this id",
    "no recommendation of this page has this id", "the recommendation of this id has another text", "the codebook has no such issue",
    "not a decision about an issue", "the decision is not confirm, add or remove"]);
  const [, ...again] = cells(await download(page));
  const day = moved[4].slice(1);
  const expected = [...rows, ...strange, [id, moved[1], moved[2], "Ben", day, "moved", text_hash]];
  assert.deepEqual(sorted(again.map((row) => row.slice(0, 7))), sorted(expected));
  // an older decision of the same coder does not replace a later one, and one of another coder contradicts it
  await page.selectOption("#review-issue", String(0));
  await load(page, `id,issue,decision,coder,date\n${id},${issue},add,Ben,2025-12-31\n`);
  assert.equal(await said(page), `The file was read. ${news(1, 0, 0, 0)}`);
  await load(page, `id,issue,decision,coder\n${id},${issue},add,Cleo\n`);
  assert.equal(await said(page), `The file was read. ${news(1, 0, 0, 1)}`);
  await page.selectOption("#review-show", "contradicted");
  assert.equal(await said(page), "Recommendation 1 of 1");
  const shown = await looked(page);
  assert.deepEqual([shown.id, shown.focus], [id, issue]);
  assert.deepEqual(shown.tags.find(([code]) => code === issue), [issue, "contradicted"]);
  assert.ok(await page.isVisible("#review-contradicted"));
  assert.deepEqual(await page.locator("#review-decisions li").allTextContents(), [
    "removed · Ben · 2026-01-02Note: moved", "added · Ben · 2025-12-31 · replaced by a later decision", "added · Cleo"]);
  await barriers(page, "review, contradicted", ALL);
  await page.selectOption("#review-show", "");
  await page.selectOption("#review-issue", "");
  await page.focus("#review-next");
  await load(page, "id,issue,decision\n");
  assert.equal(await said(page), "There are no decisions in this file.");
  await load(page, "a,b\n1,2\n");
  assert.match(await said(page), /no columns id, issue and decision/);
  await load(page, Buffer.from([0x69, 0x64, 0xe9]));
  assert.match(await said(page), /not in UTF-8/);
  // files are undone as well
  for (let file = 0; file < 4; file += 1) await press(page, "u");
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
  await page.selectOption("#review-show", "undecided");
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

/** The filter by issue, by keys: letters choose, Enter and the tabulator lead to the issue that was chosen. */
async function filterByKeys() {
  const context = await start("filter", {});
  const { page } = await open(context, file, DESK);
  await openByKeys(page);
  await page.keyboard.type("Ana");
  for (const key of ["Enter", "Tab"]) {
    await page.focus("#review-issue");
    await page.keyboard.type("Death");
    assert.equal(await page.locator("#review-issue option:checked").textContent(), "Death penalty");
    assert.match(await said(page), /^Recommendation [0-9]+ of [0-9]+\. Enter leads to it\.$/);
    for (let pressed = 0; pressed < (key === "Enter" ? 1 : 3); pressed += 1) await press(page, key);
    const { id, focus } = await looked(page);
    assert.equal(focus, "death-penalty", key);
    await press(page, "j");
    const next = await looked(page);
    assert.notEqual(next.id, id, "j goes on");
    assert.equal(next.focus, "death-penalty");
    await page.selectOption("#review-issue", "");
  }
}

/** A page of corrected tags says who decided what; its download is all that the program needs. */
async function withDecisions({ first, rows }) {
  const [given, page] = ["given.csv", "corrected.html"].map((name) => join(folder, name));
  writeFileSync(given, first);
  summary("--corrections", given, "--report", page);
  const context = await start("corrected", {});
  const opened = await open(context, page, DESK);
  await openByKeys(opened.page);
  await opened.page.keyboard.type("Ben");
  await press(opened.page, "Enter");
  const [, ...same] = cells(await download(opened.page));
  assert.deepEqual(same.map((row) => row.slice(0, 7)), rows, "every decision as it was");
  assert.deepEqual(same.map((row) => row[7]), rows.map(() => "given.csv"));
  // the first decision on a tag that the machine gave, contradicted; the next tag, removed
  const [id, , , coder, date] = rows.find((row) => row[2] === "confirm");
  while ((await looked(opened.page)).id !== id) await press(opened.page, "j");
  const decided = opened.page.locator("#review-tags button.confirmed").first();
  await decided.focus();
  assert.match(await opened.page.textContent("#review-decisions"), new RegExp(`^confirmed · ${coder} · ${date}`));
  const contradicted = (await looked(opened.page)).focus;
  await press(opened.page, "r", "m", "r");
  const removed = await said(opened.page);
  assert.match(removed, /^Removed: /);
  assert.match(await opened.page.textContent("#review-counts"), /Contradicted issues: 1\./);
  const all = join(folder, "all.csv");
  writeFileSync(all, await download(opened.page));

  // the counts differ by exactly these decisions
  const counts = (...options) => new Map(JSON.parse(summary("--json", ...options)).issues
    .map(({ category, recommendations }) => [category, recommendations]));
  const [before, after] = [counts(), counts("--corrections", all)];
  const changed = new Map();
  const add = (issue, by) => changed.set(issue, (changed.get(issue) ?? 0) + by);
  for (const [of, issue, decision] of rows) {
    if (of === id && issue === contradicted) continue;
    if (decision !== "confirm") add(issue, decision === "add" ? 1 : -1);
  }
  const label = removed.slice("Removed: ".length);
  const issues = JSON.parse(await opened.page.textContent("#page-data")).issues;
  add(issues.find((issue) => issue.label === label).code, -1);
  for (const [issue, number] of after) {
    if (issue !== "untagged") assert.equal(number - before.get(issue), changed.get(issue) ?? 0, issue);
  }
  assert.deepEqual(opened.complaints.filter((each) => !each.startsWith("asks for blob:")), [], "the console");
  console.log(`  ${rows.length} decisions came with a page, 2 were made on it, and the counts differ by exactly these`);
}

try {
  const reviewed = await reviewByKeys();
  await continueElsewhere(reviewed);
  await reviewByHand(reviewed);
  await withoutStorage();
  await filterByKeys();
  await withDecisions(reviewed);
} finally {
  await end();
}
console.log("  the review of the tags works by keys, by hand, and without storage");
