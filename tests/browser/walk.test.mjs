// The walk: to its end, into a failure, back, and along the way to a finding.

import assert from "node:assert/strict";
import {readFileSync, readdirSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import {back, folder, heading, opens, root, side, startAgain, walk, written} from "./bench.mjs";

opens("the coffee is ordered, made and collected", async (open) => {
  const page = await open(written("examples/coffee-preorder.flow.yaml", "coffee"));
  await walk(page, "See the menu", "Add a drink", "Place the order", "placed");
  assert.equal(await heading(page), "Pay");
  await walk(page, "Pay with WeChat", "succeeded");
  assert.match(await side(page), /Order: paid/);
  await walk(page, "Go on as Barista", "Do it", "started", "Do it", "made");
  assert.match(await side(page), /Order: Ready at the counter/);
  assert.match(await side(page), /Your coffee is ready/);
  await walk(page, "Do it", "handed-over", "Go on as Member");
  assert.equal(await heading(page), "Enjoy your coffee", "the page that follows the order leads on by itself");
  await walk(page, "Close the page");
  assert.match(await page.$eval(".end", (node) => node.innerText), /It ends well/);
});

opens("a step back is the moment before", async (open) => {
  const page = await open(written("examples/coffee-preorder.flow.yaml", "coffee"));
  await walk(page, "See the menu", "Add a drink", "Place the order", "placed");
  await back(page);
  assert.doesNotMatch(await side(page), /Order: placed/);
  await walk(page, "sold-out: Sold out since the menu was loaded");
  assert.equal(await heading(page), "Menu");
  for (let step = 0; step < 4; step += 1) await back(page);
  assert.equal(await heading(page), "Home");
  assert.ok(await page.$$eval(".bar button", (buttons) => buttons.find((one) => one.textContent === "One step back").disabled));
});

opens("nobody pays, and time closes the order", async (open) => {
  const page = await open(written("examples/coffee-preorder.flow.yaml", "coffee"));
  await walk(page, "See the menu", "Add a drink", "Place the order", "placed", "Pay later", "15m pass");
  assert.equal(await heading(page), "The order was not paid in time");
  assert.match(await side(page), /Order: expired/);
});

opens("a result that nobody has drawn ends badly", async (open) => {
  const file = join(folder, "open.flow.yaml");
  writeFileSync(file, `flowcheck: 1\njourney: order\nsystems: {shop: {}}\nentities: {cup: {states: {ordered: [drunk], drunk: end}}}\nbackend:
  place: {kind: other, system: shop, outcomes: {placed: {cup: ordered}, sold-out: }}\nstages:\n  entry:
    open: {screen: Home, from: [search], action: Order, backend: place, on: {placed: happy}, choices: {Look around: corner}}
    happy: {ends: success}\n    corner: {screen: A corner}\n`);
  const page = await open(written(file, "open"));
  await walk(page, "Order", "sold-out");
  assert.match(await page.$eval(".end.bad", (node) => node.innerText), /It ends badly.*sold-out comes, and nobody has drawn what follows/s);
  await startAgain(page);
  await walk(page, "Order", "placed");
  assert.match(await page.$eval(".end", (node) => node.innerText), /Not finished yet.*cup: ordered/s);
  await startAgain(page);
  await walk(page, "Look around");
  assert.match(await page.$eval(".end.bad", (node) => node.innerText), /A dead end/);
});

opens("every path of every finding can be walked to where it leads", async (open) => {
  let walked = 0;
  // The plans of the rules' own pages: each is found by its rule, many with the way there.
  const pages = readdirSync(join(root, "src/rules"), {recursive: true}).filter((name) => name.endsWith(".md"));
  const plans = pages.flatMap((name) => [...readFileSync(join(root, "src/rules", name), "utf8").matchAll(/```yaml\n(.*?)```/gs)].map((fence) => [name, fence[1]]));
  for (const [name, plan] of plans.filter(([, plan]) => plan.includes("# finding"))) {
    const file = join(folder, "page.flow.yaml");
    writeFileSync(file, plan);
    const address = written(file, "page");
    if (!readFileSync(fileURLToPath(address), "utf8").includes("class=\"replay\"")) continue;
    const page = await open(address);
    const {paths, steps} = await page.$eval("#plan", (node) => JSON.parse(node.textContent));
    for (const button of await page.$$(".replay")) {
      await button.evaluate((node) => node.click());
      const path = paths[await button.evaluate((node) => Number(node.dataset.path))];
      const last = path[path.length - 1];
      if (last.at !== undefined) assert.equal(await heading(page), steps[last.at].title, `${name}: ${JSON.stringify(path)}`);
      walked += 1;
    }
    assert.deepEqual(page.wrong, [], name);
    await page.close();
  }
  assert.ok(walked > 20, `${walked} paths`);
});
