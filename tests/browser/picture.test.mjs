// The pictures: views to choose from, larger and smaller, and a step that is pressed tells everything about itself.

import assert from "node:assert/strict";
import {opens, walk, written} from "./bench.mjs";

const coffee = "examples/coffee-preorder.flow.yaml";
const seen = (page, selector) => page.$$eval(selector, (nodes) => nodes.filter((node) => node.checkVisibility()).map((node) => node.id));
const node = (page, title) => page.evaluateHandle((title) => [...document.querySelectorAll("#view-flow .node")].find((one) => one.getAttribute("aria-label").startsWith(title)), title);
const about = (page) => page.$eval(".about", (panel) => panel.innerText);

opens("one view is shown, and the arrow keys choose another", async (open) => {
  const page = await open(written(coffee, "coffee"));
  assert.deepEqual(await seen(page, ".view"), ["view-flow"]);
  await page.focus("[role=tab][aria-selected=true]");
  await page.keyboard.press("ArrowRight");
  assert.deepEqual(await seen(page, ".view"), ["view-life"]);
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  assert.deepEqual(await seen(page, ".view"), ["view-behind"]);
  assert.ok(await page.$eval("#view-behind svg", (svg) => svg.getBoundingClientRect().width > 400));
});

opens("a picture grows, shrinks, is moved by hand, and is seen whole", async (open) => {
  const page = await open(written(coffee, "coffee"));
  const wide = () => page.$eval("#view-flow svg", (svg) => svg.getBoundingClientRect().width);
  const first = await wide();
  await page.focus("#view-flow .frame");
  await page.keyboard.press("+");
  assert.ok(await wide() > first * 1.2);
  const frame = await page.$("#view-flow .frame");
  await frame.evaluate((one) => one.scrollIntoView({behavior: "instant"}));
  await frame.evaluate((one) => one.scrollTo(0, 0));
  const {x, y} = await frame.boundingBox();
  await page.mouse.move(x + 400, y + 300);
  await page.mouse.down();
  await page.mouse.move(x + 250, y + 200, {steps: 4});
  await page.mouse.up();
  assert.ok(await frame.evaluate((one) => one.scrollLeft > 100 && one.scrollTop > 50));
  assert.equal(await page.$eval(".about", (panel) => panel.hidden), true, "moving presses nothing");
  await page.keyboard.press("0");
  const {width, inside} = await frame.evaluate((one) => ({width: one.clientWidth, inside: one.querySelector("svg").getBoundingClientRect().width}));
  assert.ok(inside <= width + 1, `${inside} in ${width}`);
});

opens("a step that is pressed tells everything about itself, and can be walked from", async (open) => {
  const page = await open(written(coffee, "coffee"));
  await (await node(page, "Checkout")).evaluate((one) => one.focus());
  await page.keyboard.press("Enter");
  for (const text of ["Checkout", "Member", "place-order", "stage submit", "placed → Pay"]) assert.match(await about(page), new RegExp(text));
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Checkout");
  await page.$$eval(".about li button", (buttons) => buttons.find((one) => one.textContent === "placed → Pay").click());
  assert.match(await about(page), /Pay\n/);
  await page.keyboard.press("Escape");
  assert.equal(await page.$eval(".about", (panel) => panel.hidden), true);
  assert.match(await page.evaluate(() => document.activeElement.getAttribute("aria-label")), /^Checkout/, "the focus goes back to where it was");
  await (await node(page, "Checkout")).click();
  await page.$$eval(".about button", (buttons) => buttons.find((one) => one.textContent === "Walk from here").click());
  assert.equal(await page.$eval(".card h3", (heading) => heading.textContent), "Checkout");
});

opens("the walk is marked in the picture, and shown beside it", async (open) => {
  const page = await open(written(coffee, "coffee"));
  await walk(page, "See the menu", "Add a drink");
  const marked = (name) => page.$$eval(`#view-flow .node.${name}`, (nodes) => nodes.map((one) => one.dataset.step));
  assert.deepEqual(await marked("here"), ["checkout"]);
  assert.deepEqual(await marked("been"), ["open", "menu", "checkout"]);
  const drawn = await page.$eval(".map", (map) => ({box: map.getAttribute("viewBox"), size: map.getBoundingClientRect().height}));
  assert.ok(drawn.box && drawn.size > 100, JSON.stringify(drawn));
  assert.notEqual(await (await node(page, "Checkout")).evaluate((one) => getComputedStyle(one.querySelector("title + *")).strokeWidth), "2px");
});

opens("what is missing is numbered where it is, and a filter takes the numbers away with it", async (open) => {
  const page = await open(written("examples/real/vendure-order.flow.yaml", "vendure"));
  const badges = () => page.$$eval("#view-flow .badge", (all) => all.filter((one) => one.getBoundingClientRect().width > 0).length);
  const all = await badges();
  assert.ok(all > 1, `${all} numbers`);
  await page.click("input[value=warning]");
  assert.ok(await badges() < all, "what only warns is gone");
  for (const level of ["error", "info"]) await page.click(`input[value=${level}]`);
  assert.equal(await badges(), 0);
  for (const level of ["warning", "error", "info"]) await page.click(`input[value=${level}]`);
  assert.equal(await badges(), all);
  await (await page.$("#view-flow .node:has(.badge)")).click();
  const found = await page.$eval(".about li button", (button) => button.textContent);
  await page.click(".about li button");
  assert.ok(await page.evaluate((found) => document.activeElement.matches(".gap") && document.activeElement.innerText.includes(found), found), found);
});

opens("it is drawn for the light, the dark and paper", async (open) => {
  const page = await open(written(coffee, "coffee"));
  const ground = () => page.$eval("#view-flow svg > rect", (rect) => getComputedStyle(rect).fill);
  const light = await ground();
  await page.emulateMediaFeatures([{name: "prefers-color-scheme", value: "dark"}]);
  assert.notEqual(await ground(), light);
  await page.emulateMediaType("print");
  assert.equal(await ground(), "rgb(255, 255, 255)");
  assert.equal((await seen(page, ".view")).length, 4, "paper shows every view");
  assert.equal(await page.evaluate(() => document.fonts.check("14px Inter")), true);
});
