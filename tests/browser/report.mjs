// Opens the HTML report from the disk in Chromium, offline: nothing is loaded, the walk goes to its end, filters filter, and the keyboard is enough.
//
// `npm install && npm test` in this folder. FLOWCHECK names the program, CHROME the browser.

import assert from "node:assert/strict";
import {spawnSync} from "node:child_process";
import {mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {dirname, join, resolve} from "node:path";
import {fileURLToPath, pathToFileURL} from "node:url";
import puppeteer from "puppeteer-core";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const flowcheck = process.env.FLOWCHECK ?? join(root, "target/debug/flowcheck");
const folder = mkdtempSync(join(tmpdir(), "report-"));
const browser = await puppeteer.launch({executablePath: process.env.CHROME ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-dev-shm-usage"]});

const written = (plan, name) => {
  const file = join(folder, `${name}.html`);
  // A plan that is not YAML to its end is reported as far as it goes, and that is no success.
  const {status, stderr} = spawnSync(flowcheck, ["report", plan, "--today", "2026-11-22", "-o", file, "--force"], {cwd: root, encoding: "utf8"});
  assert.ok(status === 0 || (status === 2 && !stderr), stderr);
  return pathToFileURL(file).href;
};

// A page that fails the test when it loads anything or complains.
const open = async (address, viewport = {width: 1280, height: 900}) => {
  const page = await browser.newPage();
  page.wrong = [];
  page.on("request", (request) => { if (request.url() !== address && !request.url().startsWith(`${address}#`)) page.wrong.push(`loads ${request.url()}`); });
  page.on("console", (message) => page.wrong.push(message.text()));
  page.on("pageerror", (error) => page.wrong.push(error.message));
  page.on("dialog", (dialog) => { page.wrong.push(`says ${dialog.message()}`); dialog.dismiss(); });
  await page.setOfflineMode(true);
  await page.setViewport(viewport);
  await page.goto(address);
  return page;
};

const heading = (page) => page.$eval(".card h3", (node) => node.textContent);
const press = (page, text) => page.$$eval(".card button:not(:disabled)", (buttons, text) => {
  const button = buttons.find((one) => one.firstChild.textContent === text);
  if (!button) throw new Error(`no button ${text} among ${buttons.map((one) => one.firstChild.textContent)}`);
  button.click();
}, text);
const walk = async (page, ...texts) => { for (const text of texts) await press(page, text); };
const side = (page) => page.$eval(".side", (node) => node.innerText);

const tests = {
  async "the coffee is ordered, made and collected"() {
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
    return page;
  },

  async "a step back is the moment before"() {
    const page = await open(written("examples/coffee-preorder.flow.yaml", "coffee"));
    await walk(page, "See the menu", "Add a drink", "Place the order", "placed");
    const back = () => page.$$eval(".bar button", (buttons) => buttons.find((one) => one.textContent === "One step back").click());
    await back();
    assert.doesNotMatch(await side(page), /Order: placed/);
    await walk(page, "sold-out: Sold out since the menu was loaded");
    assert.equal(await heading(page), "Menu");
    for (let step = 0; step < 4; step += 1) await back();
    assert.equal(await heading(page), "Home");
    assert.ok(await page.$$eval(".bar button", (buttons) => buttons.find((one) => one.textContent === "One step back").disabled));
    return page;
  },

  async "nobody pays, and time closes the order"() {
    const page = await open(written("examples/coffee-preorder.flow.yaml", "coffee"));
    await walk(page, "See the menu", "Add a drink", "Place the order", "placed", "Pay later", "15m pass");
    assert.equal(await heading(page), "The order was not paid in time");
    assert.match(await side(page), /Order: expired/);
    return page;
  },

  async "a result that nobody has drawn ends badly"() {
    const file = join(folder, "open.flow.yaml");
    writeFileSync(file, `flowcheck: 1\njourney: order\nsystems: {shop: {}}\nentities: {cup: {states: {ordered: [drunk], drunk: end}}}\nbackend:
  place: {kind: other, system: shop, outcomes: {placed: {cup: ordered}, sold-out: }}\nstages:\n  entry:
    open: {screen: Home, from: [search], action: Order, backend: place, on: {placed: happy}, choices: {Look around: corner}}
    happy: {ends: success}\n    corner: {screen: A corner}\n`);
    const page = await open(written(file, "open"));
    await walk(page, "Order", "sold-out");
    assert.match(await page.$eval(".end.bad", (node) => node.innerText), /It ends badly.*sold-out comes, and nobody has drawn what follows/s);
    await page.$$eval(".bar button", (buttons) => buttons[0].click());
    await walk(page, "Order", "placed");
    assert.match(await page.$eval(".end", (node) => node.innerText), /Not finished yet.*cup: ordered/s);
    await page.$$eval(".bar button", (buttons) => buttons[0].click());
    await walk(page, "Look around");
    assert.match(await page.$eval(".end.bad", (node) => node.innerText), /A dead end/);
    return page;
  },

  async "every path of every finding can be walked to where it leads"() {
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
    console.log(`     ${walked} paths`);
    return open(written("examples/real/vendure-order.flow.yaml", "vendure-order"));
  },

  async "findings are filtered by level and area"() {
    const page = await open(written("examples/real/vendure-order.flow.yaml", "vendure"));
    const shown = () => page.$$eval(".gap:not([hidden])", (cards) => cards.map((card) => `${card.dataset.level} ${card.dataset.area}`));
    const all = await shown();
    await page.click("input[value=error]");
    assert.deepEqual(await shown(), all.filter((one) => !one.startsWith("error")));
    await page.click("input[value=states]");
    assert.deepEqual(await shown(), all.filter((one) => !one.startsWith("error") && !one.endsWith("states")));
    assert.equal(await page.$eval("#shown", (node) => node.textContent), `${(await shown()).length} of ${all.length} shown`);
    return page;
  },

  async "the keyboard is enough"() {
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
    return page;
  },

  async "every button and box has a name, and a screen reader meets them"() {
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
    return page;
  },

  async "what a plan says is text, whatever it says"() {
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
    return page;
  },

  async "nothing is wider than a phone"() {
    for (const plan of ["examples/web-shop", "examples/real/vendure-order.flow.yaml", "examples/coffee-preorder.flow.yaml"]) {
      const page = await open(written(plan, "phone"), {width: 390, height: 844});
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 390, plan);
      await page.close();
    }
    return open(written("examples/web-shop", "phone"), {width: 320, height: 640});
  },
};

let failed = 0;
for (const [name, test] of Object.entries(tests)) {
  try {
    const page = await test();
    assert.deepEqual(page.wrong, []);
    await page.close();
    console.log(`ok   ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAIL ${name}\n${error.stack}`);
  }
}
await browser.close();
rmSync(folder, {recursive: true});
process.exitCode = failed ? 1 : 0;
