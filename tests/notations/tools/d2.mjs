// Says what D2 reads in the texts given as a JSON list on standard input: for each, the texts of all shapes and connections.
import { D2 } from "@terrastruct/d2";
import { readFileSync } from "node:fs";

const d2 = new D2();
const read = [];
for (const text of JSON.parse(readFileSync(0, "utf8"))) {
  const { diagram } = await d2.compile(text);
  const texts = [...diagram.shapes, ...diagram.connections].map((part) => part.label);
  read.push(texts.filter((text) => text !== ""));
}
console.log(JSON.stringify(read));
process.exit(0);
