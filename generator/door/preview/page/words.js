// Words and their places: what stands under the pointer, where a click leads, and back from a place to its words.

import { byId, make, placeOf, say } from "./dom.js";

const known = new Map(); // "number/page" → promise of its words
let editor = null;
let chosen = null; // {paper, page, word}

export const KINDS = ["", "made of what stands there", "written in the layout", "a number"];

export function useEditor(name) {
  editor = name;
}

export function wordsOf(number, page) {
  const key = `${number}/${page}`;
  if (!known.has(key)) {
    for (const old of known.keys()) if (old.split("/")[0] !== String(number)) known.delete(old);
    known.set(key, fetch(`words/${key}`).then((answer) => (answer.ok ? answer.json() : { files: [], words: [] }))
      .then(({ files, words }) => words.map(([x, y, width, height, text, file, line, column, kind]) => (
        { x, y, width, height, text, file: files[file] ?? null, line, column, kind }))));
  }
  return known.get(key);
}

export function at(words, x, y) {
  const holds = (word, near) => x >= word.x - near && x <= word.x + word.width + near
    && y >= word.y - near && y <= word.y + word.height + near;
  const inside = words.filter((word) => holds(word, 0));
  if (inside.length) return inside.reduce((best, word) => (word.width * word.height < best.width * best.height ? word : best));
  return words.find((word) => holds(word, 1.5));
}

function boxOf(word, page, name) {
  return make("div", { class: name, style: {
    left: `${(100 * word.x) / page.width}%`, top: `${(100 * word.y) / page.height}%`,
    width: `${(100 * word.width) / page.width}%`, height: `${(100 * word.height) / page.height}%`,
  } });
}

export function show(paper, page, word, spoken = false) {
  hide();
  if (!word) return;
  const box = boxOf(word, page, "word");
  paper.append(box);
  chosen = { paper, page, word, box };
  const place = byId("place");
  place.replaceChildren(make("b", {}, word.text));
  if (word.file) {
    const said = placeOf(word.file, word.line, word.column);
    place.append(said);
    if (word.kind) place.append(make("span", { class: "note" }, ` (${KINDS[word.kind]})`));
    place.append(document.createElement("br"), make("button", { type: "button", onclick: () => open(word) },
      editor ? `Open in ${editor}` : "Copy the place"));
    if (spoken) say(`${word.text}, ${word.file.split("/").pop()}, line ${word.line}, column ${word.column}`);
  } else place.append("not written in a file");
}

export function hide() {
  chosen?.box.remove();
  chosen = null;
}

// Another leaflet is chosen: what stands in the card is of the one before.
export function forget() {
  hide();
  byId("place").textContent = "Point at a word: its file, line and column stand here. Click it to change the text.";
}

export const current = () => chosen;

export async function open(place) {
  if (!place.file) return;
  const said = placeOf(place.file, place.line, place.column);
  history.replaceState(null, "", `#${place.file}:${place.line}`);
  if (!editor) {
    await copy(said);
    return;
  }
  const answer = await fetch("open", { method: "POST", headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ file: place.file, line: place.line, column: place.column }) });
  say(answer.ok ? `opened ${said}` : `could not be opened: ${await answer.text()}`);
}

async function copy(said) {
  try {
    await navigator.clipboard.writeText(said);
    say(`copied ${said}; no editor is known`);
  } catch {
    say(`${said}; no editor is known`);
  }
}

// "content/x/en.yaml:45" → {file, line}
export function asked(hash) {
  const found = /^#(.+?):(\d+)(?::\d+)?$/.exec(decodeURIComponent(hash));
  return found ? { file: found[1], line: Number(found[2]) } : null;
}

// The words of a line of a file; where nothing of it is printed, those of the nearest line above.
export function ofLine(words, place) {
  const lines = words.filter((word) => word.file === place.file && word.line <= place.line && word.kind < 3)
    .map((word) => word.line);
  const line = Math.max(...lines);
  return Number.isFinite(line) ? { line, words: words.filter((word) => word.file === place.file && word.line === line) }
    : null;
}

export function markAsked(paper, page, words) {
  for (const old of paper.querySelectorAll(".asked")) old.remove();
  for (const word of words) paper.append(boxOf(word, page, "asked"));
}
