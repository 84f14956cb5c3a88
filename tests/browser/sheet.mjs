// Codes on the page of a sample in Chromium as a coder would, with the keyboard, and takes the sheet up again.
// Usage: node sheet.mjs SHEET.html SHEET.csv FOLDER; the CSV is the empty sheet of the same sample, and the filled one is left in
// the folder.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { barriers, end, fits, open, start } from "./browser.mjs";

const [file, emptyFile, folder] = process.argv.slice(2);
const empty = readFileSync(emptyFile, "utf8");
const DESK = { width: 1366, height: 768 };
const PHONE = { width: 390, height: 844 };
const ALL = ["minor", "moderate", "serious", "critical"];

async function download(page, to) {
  const [file] = await Promise.all([page.waitForEvent("download"), page.click("#download")]);
  await file.saveAs(to);
  return { name: file.suggestedFilename(), text: readFileSync(to, "utf8") };
}

const context = await start("first", {});
try {
  const { page, complaints } = await open(context, file, DESK);
  await barriers(page, "sheet", ALL);
  assert.equal(await page.locator("#texts > li:visible").count(), 1);
  assert.equal(await page.textContent("#place"), "Text 1 of 12");
  assert.equal(await page.textContent("#progress"), "0 of 12 coded");

  // without a name there is no sheet
  await page.click("#download");
  assert.match(await page.textContent("#said"), /^Enter your name first/);

  // an empty sheet is the one that the program writes, but for the name
  await page.fill("#coder", "Zoë");
  const first = await download(page, join(folder, "empty.csv"));
  assert.equal(first.name, "codes-Zoë.csv");
  assert.equal(first.text.replaceAll(",Zoë,", ",,"), empty);

  // by the keyboard: search, Enter ticks, Ctrl+Enter goes on
  await page.focus("#search");
  await page.keyboard.type("racial");
  assert.match(await page.textContent("#found"), /^[1-9][0-9]* of 110 issues; Enter ticks Racial discrimination/);
  await page.keyboard.press("Enter");
  const ticked = await page.locator("#issues input[name=issue]:checked").getAttribute("value");
  assert.match(ticked, /racial/);
  await page.keyboard.press("Control+Enter");
  assert.equal(await page.textContent("#place"), "Text 2 of 12");
  assert.equal(await page.inputValue("#search"), "");
  await page.keyboard.press("Control+Shift+Enter");
  assert.equal(await page.isChecked(`#issue-${ticked}`), true);
  await page.keyboard.press("Control+Enter");
  await page.check("#none");
  assert.equal(await page.textContent("#chosen"), "No issue");
  await page.fill("#note", "=1+1, \"quoted\"\n6.10");
  await page.click("#next");
  await page.check("#issue-cedaw");
  await page.check("#none");
  assert.equal(await page.isChecked("#issue-cedaw"), false);
  await page.check("#issue-crc");
  assert.equal(await page.isChecked("#none"), false);
  assert.equal(await page.textContent("#progress"), "3 of 12 coded");
  const filled = await download(page, join(folder, "filled.csv"));
  assert.match(filled.text, /,none,"'=1\+1, ""quoted""\n6\.10",Zoë,/);
  assert.equal(await page.textContent("#said"), "Downloaded. Not coded yet: 9.");

  // the browser keeps it
  await page.reload();
  assert.equal(await page.textContent("#place"), "Text 3 of 12");
  assert.equal(await page.textContent("#progress"), "3 of 12 coded");
  assert.equal(await page.inputValue("#coder"), "Zoë");

  // another browser takes it up from the file
  const second = await start("second", {});
  const other = await open(second, file, DESK);
  await other.page.setInputFiles("#open", join(folder, "filled.csv"));
  await other.page.waitForFunction(() => document.getElementById("said").textContent !== "");
  assert.equal(await other.page.textContent("#said"), "Coded texts read from filled.csv: 3.");
  assert.equal((await download(other.page, join(folder, "again.csv"))).text, filled.text);
  writeFileSync(join(folder, "strange.csv"), "id;issues\r\nUSA-36-26.266;Death penalty; nonsense\r\nXXX-1;housing\r\n".replace("Death penalty; nonsense", '"Death penalty; nonsense"'));
  await other.page.setInputFiles("#open", join(folder, "strange.csv"));
  await other.page.waitForFunction(() => document.getElementById("said").textContent.includes("strange"));
  assert.equal(await other.page.textContent("#said"), "Coded texts read from strange.csv: 1. Left out, since they are not in " +
    "this sample: XXX-1. Left out, since the codebook does not have them: nonsense.");
  await other.page.setViewportSize(PHONE);
  await fits(other.page, "phone");
  await barriers(other.page, "phone", ALL);
  const asked = complaints.concat(other.complaints).filter((each) => !each.startsWith("asks for blob:"));
  assert.deepEqual(asked, []);
  console.log("  a sample was coded, kept, downloaded and taken up again");
} finally {
  await end();
}
