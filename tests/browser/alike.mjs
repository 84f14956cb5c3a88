// Does the page settle decisions as the program does? Random decisions of several people, in several files, with labels, parts of
// ids, moved texts and without dates, are given to the program, whose page is read here without a browser. Statuses must be
// the same, and what the page downloads must give the program the same again, with what is decided on the page as well.
// Usage: node alike.mjs PROGRAM FOLDER
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [program, folder] = process.argv.slice(2);
const summary = (...given) => execFileSync(program, given, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

/** Numbers that look random and are the same at each run (mulberry32). */
function random(seed) {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** The scripts of a page without those that need a document, and what it knows. */
function opened(file) {
  const html = readFileSync(file, "utf8");
  const data = JSON.parse(html.match(/id="page-data">(.*?)<\/script>/s)[1]);
  const script = html.match(/\/\/ Reads and writes corrections\.csv.*?(?=\/\/ Shows the review)/s)[0];
  const make = new Function("data", "storage", script + "\nreturn { corrections, store: reviewStore(data, storage) };");
  const kept = new Map();
  const storage = { getItem: (key) => kept.get(key) ?? null, setItem: (key, text) => kept.set(key, text), removeItem: (key) => kept.delete(key) };
  const page = make(data, storage);
  assert.ok(page.store.restore());
  return { ...page, data, storage };
}

/** The tags of all recommendations with their statuses, as the page has them; removed and contradicted ones apart. */
function ofPage({ data, store }) {
  return data.recommendations.flatMap(({ id }, at) => store.tags(at).map(({ issue, status, isNew }) => (
    { id, issue: data.issues[issue].code, status, isNew })));
}

const csv = (text) => text.replace(/^\ufeff/, "").trimEnd().split("\n").slice(1).map((line) => line.split(","));

/** What the program makes of the files: the counted tags, and how many decisions have each outcome. */
function ofProgram(list, files, name) {
  const out = join(folder, name);
  summary(...list, ...files.flatMap((file) => ["--corrections", file]), "--out", out);
  const tags = csv(readFileSync(join(out, "tags.csv"), "utf8")).map(([id, issue, , status]) => `${id} ${issue} ${status}`).sort();
  const decisions = JSON.parse(readFileSync(join(out, "datapackage.json"), "utf8")).reviewed;
  return { tags, decisions };
}

/** The tags that count, as the program writes them: a contradicted one is as the machine left it. */
const counted = (all) => all.filter(({ status, isNew }) => status !== "removed" && !(status === "contradicted" && isNew))
  .map(({ id, issue, status }) => `${id} ${issue} ${status === "contradicted" ? "machine" : status}`).sort();

function round(seed, list, ids, hashes, issues) {
  const next = random(seed);
  const one = (of) => of[next(of.length)];
  const rows = Array.from({ length: 40 + next(200) }, () => {
    const at = next(Math.min(ids.length, 12));
    const paragraph = ids[at].replace(/^[A-Z]+-\d+-/, "");
    const id = one([ids[at], ids[at], ids[at], ids[at].toLowerCase(), paragraph, `para. ${paragraph}`, "USA-36-99.99", "XXX-00-7", "KEN-36-1.2"]);
    const issue = one(issues);
    const named = one([issue.code, issue.code, issue.label.includes(",") ? issue.code : issue.label.toUpperCase(),
      `Issue = ${issue.code}`, issue.code.replaceAll("-", " "), "no such issue", seed % 2 === 1 ? "position=noted" : "colour=blue"]);
    const date = one(["", "2026-11-01", "2026-11-01", "'2026-11-02", "2026-11-30", "30/11/2026"]);
    const hash = one(["", hashes[at], hashes[at], "t000000000000"]);
    return [id, named, one(["confirm", "add", "remove", "Remove", "maybe"]), one(["Ana", "ana", "Ánà", "Ben", "", "unnamed"]), date, one(["", "why"]), hash];
  });
  const files = [0, 1, 2].map((number) => {
    const file = join(folder, `of-${number}-${seed}.csv`);
    const own = rows.filter((_, at) => at % 3 === number).map((row) => row.join(","));
    writeFileSync(file, ["id,issue,decision,coder,date,note,text_hash", ...own].join("\n") + "\n");
    return file;
  });
  const page = join(folder, `${seed}.html`);
  const corrections = files.flatMap((file) => ["--corrections", file]);
  summary(...list, ...corrections, "--report", page);
  const expected = ofProgram(list, files, "together");

  // the page that was written with the files, and a page that read them
  const given = opened(page);
  assert.deepEqual(counted(ofPage(given)), expected.tags, `seed ${seed}: given`);
  const { confirmed, added, removed } = given.store.counts();
  const all = expected.decisions;
  if (seed % 2 === 0) assert.deepEqual([confirmed, added, removed], [all.confirmed, all.added, all.removed], `seed ${seed}: counts`);
  const plain = join(folder, "plain.html");
  summary(...list, "--report", plain);
  const read = opened(plain);
  for (const file of files) read.store.load(read.corrections.read(readFileSync(file, "utf8")).rows, file.split("/").at(-1));
  assert.deepEqual(counted(ofPage(read)), expected.tags, `seed ${seed}: read`);

  // what they download gives the same, alone
  for (const [name, { store, corrections: table }] of Object.entries({ given, read })) {
    assert.equal(store.rows().length, rows.length, `seed ${seed}: every row of ${name}`);
    const file = join(folder, "corrections.csv");
    writeFileSync(file, table.write(store.rows()));
    assert.deepEqual(ofProgram(list, [file], name), expected, `seed ${seed}: download of ${name}`);
  }
  // and with decisions made by hand, the same as the page shows, also from a page that came with these decisions
  given.store.setCoder("Ana");
  for (let count = 0; count < 25; count += 1) {
    const at = next(12);
    const wanted = one(issues).code;
    const issue = given.data.issues.findIndex(({ code }) => code === wanted);
    given.store.decide(at, issue, one(["confirm", "remove"]), one(["2026-11-30", "2026-12-01"]), "");
  }
  const file = join(folder, "corrections.csv");
  writeFileSync(file, given.corrections.write(given.store.rows()));
  const hand = ofProgram(list, [file], "hand");
  assert.deepEqual(counted(ofPage(given)), hand.tags, `seed ${seed}: by hand`);
  const later = join(folder, "later.html");
  summary(...list, "--corrections", file, "--report", later);
  const reopened = opened(later);
  assert.deepEqual(counted(ofPage(reopened)), hand.tags, `seed ${seed}: by hand, on a new page`);
  // the browser still knows what was decided by hand on the earlier page: nothing of it is doubled
  const name = `upr-review:${reopened.data.list}`;
  reopened.storage.setItem(name, given.storage.getItem(name));
  assert.ok(reopened.store.restore());
  assert.deepEqual(counted(ofPage(reopened)), hand.tags, `seed ${seed}: by hand, in the same browser`);
  return given.store.counts().contradicted;
}

const list = [];
const first = join(folder, "first.html");
summary(...list, "--report", first);
const { data } = opened(first);
const [ids, hashes] = ["id", "text_hash"].map((key) => data.recommendations.map((row) => row[key]));
const issues = ["policing", "death-penalty", "housing", "torture", "ratification", "racial-discrimination"]
  .map((code) => data.issues.find((issue) => issue.code === code) ?? data.issues[0]);
let contradicted = 0;
for (let seed = 1; seed <= 4; seed += 1) contradicted += round(seed, list, ids, hashes, issues);
assert.ok(contradicted > 0, "some contradict each other");
console.log("  page and program settle random decisions alike, also those that the page downloads");
