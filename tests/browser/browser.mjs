// What the tests in a browser share: Chromium with a profile of its own, pages that write down their complaints, axe-core.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
/** Of the profiles, and of files that a test needs. */
export const folder = mkdtempSync(join(tmpdir(), "upr-browser-"));
const started = [];

/** A browser whose profile has this name; one that was started before under the name keeps what it stored. */
export async function start(name, options) {
  const context = await chromium.launchPersistentContext(join(folder, name), {
    ...options,
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    headless: true,
    args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync"],
  });
  started.push(context);
  return context;
}

/** Ends all browsers and forgets what they stored. */
export async function end() {
  for (const context of started) await context.close();
  rmSync(folder, { recursive: true, force: true });
}

/** A page, and everything that it complains of or asks the network for. */
export async function open(context, file, viewport) {
  const address = pathToFileURL(resolve(file)).href;
  const page = await context.newPage();
  const complaints = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("request", (request) => {
    if (request.url() !== address) complaints.push("asks for " + request.url());
  });
  await page.setViewportSize(viewport);
  await page.goto(address);
  return { page, complaints };
}

/** What axe-core finds: nothing of the impacts that are named. */
export async function barriers(page, name, impacts) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  for (const { impact, id, help, nodes } of violations) {
    console.log(`  axe, ${name}: ${impact}: ${id}: ${help} (${nodes.length}, first ${nodes[0].target})`);
  }
  const counted = violations.filter(({ impact }) => impacts.includes(impact));
  assert.deepEqual(counted.map(({ id }) => id), [], `${name}: barriers`);
  console.log(`  axe, ${name}: ${violations.length} violations`);
}

/** Nothing is wider than the screen but what scrolls in a container of its own. */
export async function fits(page, name) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(wide <= 0, `${name}: ${wide} pixels too wide`);
}
