// The preview: a save shows itself, a broken one is told above the last good page.

import assert from "node:assert/strict";
import {spawn} from "node:child_process";
import {once} from "node:events";
import {writeFileSync} from "node:fs";
import {join} from "node:path";
import {test} from "node:test";
import {flowcheck, folder, opened} from "./bench.mjs";

const plan = (title, end = "}") => `flowcheck: 1\njourney: order\ntitle: ${title}\nstages:\n  entry:\n    open: {screen: Home, from: [search], ends: success${end}\n`;

test("a save shows itself, and a broken one does not take the page away", async () => {
  const file = join(folder, "order.flow.yaml");
  writeFileSync(file, plan("First"));
  const child = spawn(flowcheck, ["preview", file, "--port", "0"], {stdio: ["ignore", "pipe", "ignore"]});
  const address = String((await once(child.stdout, "data"))[0]).trim();
  const page = await opened(address);
  try {
    await page.goto(address, {waitUntil: "domcontentloaded"});
    const shows = (selector, text) => page.waitForFunction((selector, text) => document.querySelector(selector)?.innerText.includes(text), {}, selector, text);
    await shows("h1", "First");
    const saved = performance.now();
    writeFileSync(file, plan("Second"));
    await shows("h1", "Second");
    console.log(`from save to sight: ${Math.round(performance.now() - saved)} ms`);
    writeFileSync(file, plan("Broken", ""));
    await shows(".trouble", "order.flow.yaml:6:");
    await shows("h1", "Second");
    writeFileSync(file, plan("Third"));
    await shows("h1", "Third");
    assert.equal(await page.$eval(".trouble", (node) => node.checkVisibility()), false);
    child.kill();
    await shows(".trouble", "The preview has ended");
    assert.deepEqual(page.wrong.filter((one) => !one.startsWith("loads ") && !one.includes("ERR_")), []);
    assert.ok(page.wrong.every((one) => !one.startsWith("loads ") || one === `loads ${address}news`), page.wrong.join("\n"));
  } finally {
    await page.close();
    child.kill();
  }
});
