// What is hard to read, tinted on the pages as `leaflet proof --readability` does.

import { byId, make, say } from "./dom.js";

let on = false;
let pages = null; // the Pages that are shown

document.addEventListener("leaflet", (event) => {
  pages = event.detail;
  draw();
});

byId("readability").addEventListener("click", () => {
  on = !on;
  byId("readability").setAttribute("aria-pressed", String(on));
  draw().then((told) => { if (told) say(told); });
});

// Resolves to what is said of it to someone who does not see the tints.
async function draw() {
  for (const old of document.querySelectorAll(".tint")) old.remove();
  if (!on || !pages || pages.options.sides) return "";
  const { number } = pages.leaflet;
  const answer = await fetch(`tints/${number}`);
  const tints = answer.ok ? await answer.json() : { pages: [], sentences: 0, words: 0 };
  if (!on || number !== pages.leaflet.number) return "";
  for (const old of document.querySelectorAll(".tint")) old.remove(); // of another answer meanwhile
  pages.entries.forEach(({ paper, page, at }) => {
    for (const [kind, x, y, width, height] of tints.pages[at] ?? []) {
      paper.append(make("div", { class: kind === "word" ? "tint hard-word" : "tint", style: {
        left: `${(100 * x) / page.width}%`, top: `${(100 * y) / page.height}%`,
        width: `${(100 * width) / page.width}%`, height: `${(100 * height) / page.height}%`,
      } }));
    }
  });
  return `${tints.sentences} long or hard sentences, ${tints.words} hard words`;
}
