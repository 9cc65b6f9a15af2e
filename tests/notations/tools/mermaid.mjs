// Says what Mermaid reads in the texts given as a JSON list on standard input: for each, the texts of all steps, ways and stages.
import { JSDOM } from "jsdom";
import { readFileSync } from "node:fs";

const { window } = new JSDOM("<!doctype html><body></body>");
globalThis.window = window;
globalThis.document = window.document;
const { default: mermaid } = await import("mermaid");
mermaid.initialize({ startOnLoad: false, maxTextSize: 1_000_000, maxEdges: 10_000 });

// How Mermaid itself marks numbered signs until the picture is drawn.
const shown = (text) =>
  text.replace(/ﬂ°°(\d+)¶ß/g, (_, number) => String.fromCodePoint(Number(number))).replaceAll("<br>", "\n");

const read = [];
for (const text of JSON.parse(readFileSync(0, "utf8"))) {
  const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
  const texts = [
    ...[...db.getVertices().values()].map((step) => step.text),
    ...db.getEdges().map((way) => way.text),
    ...db.getSubGraphs().map((stage) => stage.title),
  ];
  read.push(texts.filter((text) => text !== "").map(shown));
}
console.log(JSON.stringify(read));
