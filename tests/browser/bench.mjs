// A browser for the tests, the reports they open in it, and how one walks there.
//
// FLOWCHECK names the program, CHROME the browser.

import assert from "node:assert/strict";
import {spawnSync} from "node:child_process";
import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {dirname, join, resolve} from "node:path";
import {after, test} from "node:test";
import {fileURLToPath, pathToFileURL} from "node:url";
import puppeteer from "puppeteer-core";

export const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
export const flowcheck = process.env.FLOWCHECK ?? join(root, "target/debug/flowcheck");
export const folder = mkdtempSync(join(tmpdir(), "report-"));

const browser = await puppeteer.launch({
  executablePath: process.env.CHROME ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-dev-shm-usage"],
});

after(async () => {
  await browser.close();
  rmSync(folder, {recursive: true});
});

// The report of a plan as a file; its address.
export const written = (plan, name) => {
  const file = join(folder, `${name}.html`);
  // A plan that is not YAML to its end is reported as far as it goes, and that is no success.
  const {status, stderr} = spawnSync(flowcheck, ["report", plan, "--today", "2026-11-22", "-o", file, "--force"], {cwd: root, encoding: "utf8"});
  assert.ok(status === 0 || (status === 2 && !stderr), stderr);
  return pathToFileURL(file).href;
};

// A page that remembers what it loads, complains of and asks.
export const opened = async (address, viewport = {width: 1280, height: 900}) => {
  const page = await browser.newPage();
  page.wrong = [];
  const isOwn = (url) => url === address || url.startsWith(`${address}#`) || url.startsWith("data:font/");
  page.on("request", (request) => { if (!isOwn(request.url())) page.wrong.push(`loads ${request.url()}`); });
  page.on("console", (message) => page.wrong.push(message.text()));
  page.on("pageerror", (error) => page.wrong.push(error.message));
  page.on("dialog", (dialog) => { page.wrong.push(`says ${dialog.message()}`); dialog.dismiss(); });
  await page.setViewport(viewport);
  // Nothing is pressed while the page still moves.
  await page.emulateMediaFeatures([{name: "prefers-reduced-motion", value: "reduce"}]);
  return page;
};

// A test that opens pages from the disk without a network. None of them may load anything or complain.
export const opens = (name, run) => test(name, async () => {
  const pages = [];
  try {
    await run(async (address, viewport) => {
      const page = await opened(address, viewport);
      pages.push(page);
      await page.setOfflineMode(true);
      await page.goto(address);
      return page;
    });
    for (const page of pages) assert.deepEqual(page.wrong, []);
  } finally {
    for (const page of pages) if (!page.isClosed()) await page.close();
  }
});

// Where the walk is.
export const heading = (page) => page.$eval(".card h3", (node) => node.textContent);
// What stands beside it: things, messages, what happened.
export const side = (page) => page.$eval(".side", (node) => node.innerText);

const press = (page, text) => page.$$eval(".card button:not(:disabled)", (buttons, text) => {
  const button = buttons.find((one) => one.firstChild.textContent === text);
  if (!button) throw new Error(`no button ${text} among ${buttons.map((one) => one.firstChild.textContent)}`);
  button.click();
}, text);
export const walk = async (page, ...texts) => { for (const text of texts) await press(page, text); };

const bar = (page, text) => page.$$eval(".bar button", (buttons, text) => buttons.find((one) => one.textContent === text).click(), text);
export const back = (page) => bar(page, "One step back");
export const startAgain = (page) => bar(page, "Start again");
