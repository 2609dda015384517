// What pdf.js makes of PDFs: node readers.mjs PDFJS FILE... prints a JSON list of their texts, as Firefox searches them.
import fs from "node:fs";
import { pathToFileURL } from "node:url";

const [library, ...files] = process.argv.slice(2);
console.warn = console.log = () => {}; // it misses what it would need for drawing
const { getDocument } = await import(pathToFileURL(library));
const texts = [];
for (const file of files) {
  const pdf = await getDocument({ data: new Uint8Array(fs.readFileSync(file)), verbosity: 0 }).promise;
  let text = "";
  for (let number = 1; number <= pdf.numPages; number++) {
    const { items } = await (await pdf.getPage(number)).getTextContent({ disableNormalization: true });
    text += items.map(item => item.str + (item.hasEOL ? "\n" : "")).join("") + "\n";
  }
  texts.push(text);
}
process.stdout.write(JSON.stringify(texts));
