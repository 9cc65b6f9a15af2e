// Whoever uses the keyboard, hears the page, sees colours badly or has a small screen.

import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import {createRequire} from "node:module";
import {opens, walk, written} from "./bench.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

// What the checker finds that keeps somebody out.
const barriers = async (page) => {
  await page.evaluate(axe);
  const {violations} = await page.evaluate(() => axe.run(document, {resultTypes: ["violations"]}));
  const told = (one) => `${one.impact} ${one.id}: ${one.help}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 120)).join(" ")}`;
  return violations.filter((one) => ["serious", "critical"].includes(one.impact)).map(told);
};

opens("the keyboard is enough", async (open) => {
  const page = await open(written("examples/coffee-preorder.flow.yaml", "coffee"));
  await page.focus("#entrance");
  const name = () => page.evaluate(() => document.activeElement.textContent);
  const to = async (text) => {
    for (let tries = 0; tries < 30; tries += 1) {
      await page.keyboard.press("Tab");
      if ((await name()).startsWith(text)) return page.keyboard.press("Enter");
    }
    throw new Error(`${text} is not reached by Tab`);
  };
  for (const text of ["See the menu", "Add a drink", "Place the order", "placed"]) await to(text);
  assert.equal(await name(), "Pay", "the focus is on what is new");
  assert.match(await page.$eval("[role=status].said", (node) => node.textContent), /^Pay\. .*Order: placed/);
});

opens("every button and box has a name, and a screen reader meets them", async (open) => {
  const page = await open(written("examples/real/vendure-order.flow.yaml", "vendure"));
  const tree = await page.accessibility.snapshot({interestingOnly: false});
  const nameless = [];
  let number = 0;
  const look = (node) => {
    if (["button", "checkbox", "combobox", "link"].includes(node.role)) { number += 1; if (!node.name) nameless.push(node.role); }
    (node.children ?? []).forEach(look);
  };
  look(tree);
  assert.deepEqual(nameless, []);
  assert.ok(number > 20, `${number} named`);
});

opens("nothing is wider than a phone", async (open) => {
  for (const plan of ["examples/web-shop", "examples/real/vendure-order.flow.yaml", "examples/coffee-preorder.flow.yaml"]) {
    const page = await open(written(plan, "phone"), {width: 390, height: 844});
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 390, plan);
    await page.close();
  }
  await open(written("examples/web-shop", "phone"), {width: 320, height: 640});
});

opens("the checker finds nothing serious, in the light and in the dark, before and in a walk", async (open) => {
  for (const scheme of ["light", "dark"]) {
    for (const [plan, ...presses] of [
      ["examples/coffee-preorder.flow.yaml", "See the menu", "Add a drink", "Place the order"],
      ["examples/real/vendure-order.flow.yaml"],
    ]) {
      const page = await open(written(plan, "checked"));
      await page.emulateMediaFeatures([{name: "prefers-color-scheme", value: scheme}]);
      await walk(page, ...presses);
      assert.deepEqual(await barriers(page), [], `${plan}, ${scheme}`);
      await page.close();
    }
  }
});
