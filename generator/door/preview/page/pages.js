// The pages of the leaflet, and the sides of its sheet.

import { make, readable } from "./dom.js";
import { paint, pixels } from "./pictures.js";
import { edit } from "./edit.js";
import * as words from "./words.js";

const POINT = 96 / 72; // CSS pixels

export class Pages {
  // options.sides: the sheet; options.scale(): CSS pixels for a point
  constructor(box, options) {
    this.box = box;
    this.options = options;
    this.entries = []; // {page, paper, img, kind, at, parts}
    this.seen = new IntersectionObserver((changes) => {
      for (const change of changes) {
        const entry = this.entries.find((one) => one.paper === change.target);
        if (entry) entry.visible = change.isIntersecting;
        if (entry?.visible) this.paintOne(entry);
      }
    }, { rootMargin: "200px" });
  }

  // A new leaflet: what has the same size keeps its place. Resolves when all that can be seen is painted.
  update(leaflet) {
    this.leaflet = leaflet;
    const wanted = this.options.sides ? leaflet.sides : leaflet.pages;
    const same = wanted.length === this.entries.length
      && wanted.every((page, at) => ["name", "width", "height"].every((key) => page[key] === this.entries[at].page[key])
        && !page.beyond && !this.entries[at].page.beyond);
    if (!same) this.build(wanted);
    else wanted.forEach((page, at) => { this.entries[at].page = page; });
    for (const entry of this.entries) for (const old of entry.paper.querySelectorAll(".asked")) old.remove();
    words.hide();
    this.size();
    document.dispatchEvent(new CustomEvent("leaflet", { detail: this }));
    const first = this.entries.filter((entry) => inSight(entry.paper));
    return Promise.all(first.map((entry) => this.paintOne(entry))).then(() => {
      for (const entry of this.entries) if (entry.visible) this.paintOne(entry); // what stands close by
    });
  }

  build(wanted) {
    this.seen.disconnect();
    const holder = make("div", { class: this.options.sides ? "pages sides" : "pages" });
    this.entries = wanted.map((page, at) => this.entry(page, at, holder));
    this.box.replaceChildren(holder);
    for (const entry of this.entries) this.seen.observe(entry.paper);
  }

  entry(page, at, holder) {
    const img = make("img", { alt: "" });
    const paper = make("div", { class: "paper", tabindex: "0", role: "group", "data-page": at, "data-points": page.width,
      "aria-label": `${readable(page.name)}: arrow keys go from word to word, Enter changes the text` }, img);
    const entry = { page, paper, img, at, visible: false };
    if (this.options.sides) {
      for (const fold of page.folds) {
        const kind = { valley: "valley fold", mountain: "mountain fold", cut: "cut" }[fold.kind];
        const level = fold.y1 === fold.y2;
        const style = level
          ? { left: `${(100 * fold.x1) / page.width}%`, width: `${(100 * (fold.x2 - fold.x1)) / page.width}%`, top: `${(100 * fold.y1) / page.height}%` }
          : { left: `${(100 * fold.x1) / page.width}%` };
        paper.append(make("div", { class: `fold ${fold.kind}${level ? " level" : ""}`, style }, make("span", {}, kind)));
      }
    }
    paper.addEventListener("pointermove", (event) => this.point(entry, event));
    paper.addEventListener("pointerleave", () => this.tip(null));
    paper.addEventListener("click", (event) => this.click(entry, event));
    paper.addEventListener("keydown", (event) => this.key(entry, event));
    paper.addEventListener("focus", () => { this.wordsOf(entry); });
    if (page.beyond) {
      paper.classList.add("beyond");
      paper.setAttribute("aria-label", `${tooMuch(page.beyond)}: arrow keys go from word to word, Enter changes the text`);
    }
    const number = this.leaflet.pages.slice(0, at + 1).filter((one) => !one.beyond).length;
    const caption = this.options.sides ? page.name : page.beyond ? tooMuch(page.beyond) : `${number} · ${readable(page.name)}`;
    holder.append(make("figure", { class: page.beyond ? "page over" : "page" }, paper, make("figcaption", {}, caption)));
    return entry;
  }

  resize() {
    this.size();
    for (const entry of this.entries) if (entry.visible) this.paintOne(entry);
  }

  size() {
    const scale = this.options.scale();
    for (const entry of this.entries) {
      entry.paper.style.width = `${entry.page.width * scale}px`;
      entry.paper.style.height = `${entry.page.height * scale}px`;
    }
  }

  paintOne(entry) {
    const kind = this.options.sides ? "side" : "page";
    const width = pixels(entry.page.width, this.options.scale());
    return paint(entry.img, { number: this.leaflet.number, kind, at: entry.at, look: entry.page.look, width });
  }

  // ── words ──

  // The words of a page in its own points; of a side, those of all its panels.
  async wordsOf(entry) {
    const { number, pages } = this.leaflet;
    if (!this.options.sides) return words.wordsOf(number, entry.at);
    const all = await Promise.all(entry.page.placements.map(async (placement) => {
      const at = pages.findIndex((page) => page.name === placement.panel);
      if (at < 0) return [];
      const { width, height } = pages[at];
      return (await words.wordsOf(number, at)).map((word) => (placement.turned
        ? { ...word, x: placement.x + width - word.x - word.width, y: placement.y + height - word.y - word.height }
        : { ...word, x: placement.x + word.x, y: placement.y + word.y }));
    }));
    return all.flat();
  }

  async under(entry, event) {
    const box = entry.paper.getBoundingClientRect();
    const x = ((event.clientX - box.left) * entry.page.width) / box.width;
    const y = ((event.clientY - box.top) * entry.page.height) / box.height;
    return words.at(await this.wordsOf(entry), x, y);
  }

  async point(entry, event) {
    const word = await this.under(entry, event);
    if (word === words.current()?.word) return;
    if (word) words.show(entry.paper, entry.page, word);
    else words.hide();
    this.tip(word, event);
  }

  tip(word, event) {
    this.tipBox?.remove();
    this.tipBox = null;
    if (!word?.file) return;
    this.tipBox = make("div", { class: "tip", "aria-hidden": "true" }, `${word.file}:${word.line}:${word.column}`);
    this.tipBox.style.left = `${Math.min(event.clientX + 12, innerWidth - 300)}px`;
    this.tipBox.style.top = `${event.clientY + 18}px`;
    document.body.append(this.tipBox);
  }

  async click(entry, event) {
    const word = await this.under(entry, event);
    if (!word) return;
    words.show(entry.paper, entry.page, word);
    if (event.ctrlKey || event.metaKey) words.open(word);
    else this.change(entry, word);
  }

  // The box beside a word; words that no content file says are opened in the editor.
  async change(entry, word) {
    if (!/(^|\/)content\//.test(word.file ?? "")) {
      words.open(word);
      return;
    }
    this.tip(null);
    const rect = words.current()?.box.getBoundingClientRect();
    await edit({ file: word.file, line: word.line, column: word.column, word: word.text }, entry.paper, rect);
  }

  async key(entry, event) {
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: "down", ArrowUp: "up" }[event.key];
    if (event.key === "Enter" && words.current()) {
      event.preventDefault();
      if (event.ctrlKey || event.metaKey) words.open(words.current().word);
      else this.change(entry, words.current().word);
    }
    if (!step) return;
    event.preventDefault();
    const all = await this.wordsOf(entry);
    if (!all.length) return;
    const now = words.current()?.paper === entry.paper ? all.indexOf(words.current().word) : -1;
    const next = typeof step === "number" ? Math.min(all.length - 1, Math.max(0, now < 0 ? 0 : now + step))
      : beside(all, Math.max(0, now), step);
    words.show(entry.paper, entry.page, all[next], true);
    words.current()?.box.scrollIntoView({ block: "nearest" });
  }

  // The words that a line of a file says: marked, and brought into sight.
  async find(place) {
    const pages = await Promise.all(this.entries.map((entry) => this.wordsOf(entry)));
    const found = words.ofLine(pages.flat(), place);
    this.entries.forEach((entry, at) => {
      const mine = found ? pages[at].filter((word) => word.file === place.file && word.line === found.line) : [];
      words.markAsked(entry.paper, entry.page, mine);
    });
    const first = this.box.querySelector(".asked");
    first?.scrollIntoView({ block: "center" });
    return Boolean(first);
  }
}

// The word above or below one, nearest to it sidewards.
function beside(all, now, step) {
  const from = all[now];
  const rows = all.filter((word) => (step === "down" ? word.y > from.y + from.height / 2 : word.y < from.y - from.height / 2));
  if (!rows.length) return now;
  const nearest = rows.reduce((best, word) => {
    const far = (one) => Math.abs(one.y - from.y) * 4 + Math.abs(one.x - from.x);
    return far(word) < far(best) ? word : best;
  });
  return all.indexOf(nearest);
}

function inSight(paper) {
  const box = paper.getBoundingClientRect();
  return box.bottom > 0 && box.top < innerHeight;
}

export const much = (beyond) => [`${beyond.height} mm`, beyond.words ? `${beyond.words} words` : ""].filter(Boolean).join(", ");

export const tooMuch = (beyond) => `Too much for ${readable(beyond.panel)}: ${much(beyond)}`;

export { POINT };
