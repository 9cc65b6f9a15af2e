// The page as a file: what it shows, what it hides, what it lets in, what a printer makes of it.

import assert from "node:assert/strict";
import {writeFileSync} from "node:fs";
import {join} from "node:path";
import {folder, heading, opens, walk, written} from "./bench.mjs";

opens("findings are filtered by level and area", async (open) => {
  const page = await open(written("examples/real/vendure-order.flow.yaml", "vendure"));
  const shown = () => page.$$eval(".gap:not([hidden])", (cards) => cards.map((card) => `${card.dataset.level} ${card.dataset.area}`));
  const all = await shown();
  await page.click("input[value=error]");
  assert.deepEqual(await shown(), all.filter((one) => !one.startsWith("error")));
  await page.click("input[value=states]");
  assert.deepEqual(await shown(), all.filter((one) => !one.startsWith("error") && !one.endsWith("states")));
  assert.equal(await page.$eval("#shown", (node) => node.textContent), `${(await shown()).length} of ${all.length} shown`);
});

opens("what a plan says is text, whatever it says", async (open) => {
  const hostile = ["<script>alert(1)</script>", "</script><script>alert(2)</script>", "<img src=x onerror=alert(3)>", "\"><b onclick=alert(4)>"];
  const file = join(folder, "hostile.flow.yaml");
  const said = JSON.stringify(hostile.join(" "));
  writeFileSync(file, `flowcheck: 1\njourney: order\ntitle: ${said}\nroles: {member: {title: ${said}}}\nrole: member\nstages:\n  entry:
    open: {screen: {title: ${said}, states: {loading: ${said}}}, from: [search], choices: {${said}: happy}, question: ${said}}\n    happy: {title: ${said}, ends: success}\n`);
  const page = await open(written(file, "hostile"));
  assert.equal(await page.$eval("h1", (node) => node.textContent), hostile.join(" "));
  assert.equal(await heading(page), hostile.join(" "));
  assert.equal(await page.$$eval("script", (nodes) => nodes.length), 2);
  assert.equal(await page.$$eval("img, b[onclick]", (nodes) => nodes.length), 0);
  await walk(page, hostile.join(" "));
});

opens("on paper there is everything to read and nothing to press", async (open) => {
  const page = await open(written("examples/real/vendure-order.flow.yaml", "vendure"));
  await page.click("input[value=warning]");
  await page.emulateMediaType("print");
  const isSeen = (selector) => page.$$eval(selector, (nodes) => nodes.some((node) => node.checkVisibility()));
  for (const selector of ["nav", "#walk", "#filters", ".replay", "button"]) assert.equal(await isSeen(selector), false, selector);
  assert.ok(await page.$$eval(".gap", (cards) => cards.every((card) => card.checkVisibility())), "what a filter hides on the screen is printed");
  const text = await page.$eval("main", (node) => node.innerText);
  const pdf = await page.pdf({format: "A4"});
  assert.equal(Buffer.from(pdf.subarray(0, 5)).toString(), "%PDF-");
  const pages = Buffer.from(pdf).toString("latin1").match(/\/Type\s*\/Page\b/g).length;
  assert.ok(pages > 2 && pages < 80, `${pages} pages for ${text.length} letters`);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.equal(wide, 0, "nothing is cut off at the edge of the paper");
});

opens("it can be read where scripts are off", async (open) => {
  const page = await open("about:blank");
  await page.setJavaScriptEnabled(false);
  const address = written("examples/coffee-preorder.flow.yaml", "coffee");
  await page.goto(address);
  page.wrong = page.wrong.filter((one) => one !== `loads ${address}`);
  assert.match(await page.$eval("#walk", (node) => node.innerText), /needs JavaScript/);
  assert.ok((await page.$$("#blueprint table")).length > 3);
});
