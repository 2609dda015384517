// The leaflet in three dimensions: a sheet of panels hinged at its folds, or leaves that are turned.

import { make, readable } from "./dom.js";
import { paint, pixels } from "./pictures.js";

const THICK = 1.4; // pixels between the layers of closed paper
const still = matchMedia("(prefers-reduced-motion: reduce)");

export class Folded {
  constructor(box, options) {
    this.box = box;
    this.options = options;
    this.at = 0;
    this.faces = [];
  }

  update(leaflet) {
    this.leaflet = leaflet;
    const key = JSON.stringify([leaflet.opening, leaflet.direction, leaflet.pages.map((page) => [page.name, page.width, page.height])]);
    if (key !== this.built) {
      this.at = Math.min(this.at, this.count() - 1);
      this.built = key;
      this.build();
    }
    this.place();
    return this.paint();
  }

  count() {
    const { opening } = this.leaflet;
    return opening.kind === "folded" ? opening.stages.length : opening.pages.length / 2 + 1;
  }

  page(name) {
    const at = this.leaflet.pages.findIndex((page) => page.name === name);
    return { ...this.leaflet.pages[at], at };
  }

  // Whether a page lies on its side among upright ones: its head is then at the left, as in the bound leaflet.
  lies(name) {
    const first = this.leaflet.pages[0], page = this.page(name);
    return this.leaflet.opening.kind !== "folded" && (page.width > page.height) !== (first.width > first.height);
  }

  // ── elements ──

  build() {
    this.faces = [];
    this.chain = make("div", { class: "chain" });
    this.world = make("div", { class: "world" }, this.chain);
    this.scene = make("div", { class: "scene", role: "img" }, this.world);
    this.slider = make("input", { type: "range", id: "hand", min: 0, max: this.count() - 1,
      step: still.matches ? 1 : 0.01, value: this.at });
    this.slider.addEventListener("input", () => this.go(Number(this.slider.value)));
    this.slider.addEventListener("keydown", (event) => this.key(event));
    this.step = make("output", { for: "hand" });
    const hand = make("div", { class: "hand" }, make("label", { for: "hand" }, "Open it as a reader does"), this.slider,
      make("div", { class: "steps" },
        make("button", { type: "button", onclick: () => this.move(Math.ceil(this.at) - 1) }, "Back"), this.step,
        make("button", { type: "button", onclick: () => this.move(Math.floor(this.at) + 1) }, "On")));
    this.box.replaceChildren(make("div", { class: "folded" }, this.scene, hand));
    if (this.leaflet.opening.kind === "folded") this.buildStrip();
    else this.buildLeaves();
  }

  face(name, back) {
    const turned = this.leaflet.opening.turned?.includes(name) ? " turned" : "";
    const face = make("div", { class: `face${back ? " back" : ""}${turned}` });
    if (name && this.lies(name)) face.classList.add("sideways");
    if (name) {
      const img = make("img", { alt: "" });
      face.append(img);
      this.faces.push({ img, name });
    }
    return face;
  }

  buildStrip() {
    const { outside, inside, held, valley } = this.leaflet.opening;
    const made = outside.map((name, at) => make("div", { class: "panel" }, this.face(name, false), this.face(inside[at], true)));
    const columns = valley.length + 1;
    // Of two rows, the lower one is the strip, and each upper panel hangs on the one below it.
    this.panels = made.slice(-columns);
    this.over = made.slice(0, -columns);
    this.over.forEach((panel, at) => this.panels[at].append(panel));
    for (let at = held + 1; at < columns; at += 1) this.panels[at - 1].append(this.panels[at]);
    for (let at = held - 1; at >= 0; at -= 1) this.panels[at + 1].append(this.panels[at]);
    this.chain.append(this.panels[held]);
  }

  buildLeaves() {
    const { pages } = this.leaflet.opening;
    this.panels = [];
    for (let at = 0; at < pages.length; at += 2) {
      this.panels.push(make("div", { class: "panel" }, this.face(pages[at], false), this.face(pages[at + 1], true)));
    }
    this.chain.append(...this.panels);
  }

  // ── where things are ──

  place() {
    const { opening, pages } = this.leaflet;
    const folded = opening.kind === "folded";
    const strip = folded ? opening.outside.slice(0, opening.valley.length + 1) : [];
    const wide = folded ? strip.reduce((sum, name) => sum + this.page(name).width, 0) : pages[0].width * 2;
    const high = pages[0].height * (folded ? opening.outside.length / strip.length : 1);
    const room = { width: this.box.clientWidth * 0.86, height: Math.max(300, innerHeight - this.box.getBoundingClientRect().top - scrollY - 200) };
    this.scale = Math.min(room.width / wide, room.height / high) * this.options.zoom();
    this.scene.style.height = `${high * this.scale * 1.1}px`;
    if (folded) this.placeStrip();
    else this.placeLeaves();
  }

  placeStrip() {
    const { outside, held } = this.leaflet.opening;
    this.widths = outside.slice(0, this.panels.length).map((name) => this.page(name).width * this.scale);
    this.high = this.page(outside[0]).height * this.scale;
    const top = this.over.length ? 0 : -this.high / 2; // two rows have their fold in the middle
    this.over.forEach((panel, at) => {
      Object.assign(panel.style, { width: `${this.widths[at]}px`, height: `${this.high}px`, left: "0",
        top: `${-this.high}px`, transformOrigin: "50% 100%" });
    });
    this.panels.forEach((panel, at) => {
      panel.style.width = `${this.widths[at]}px`;
      panel.style.height = `${this.high}px`;
      panel.style.top = at === held ? `${top}px` : "0";
      if (at > held) { panel.style.left = `${this.widths[at - 1]}px`; panel.style.transformOrigin = "0 50%"; }
      else if (at < held) { panel.style.left = `${-this.widths[at]}px`; panel.style.transformOrigin = "100% 50%"; }
      else panel.style.left = "0";
    });
    this.turn();
  }

  placeLeaves() {
    const page = this.leaflet.pages[0];
    const rtl = this.leaflet.direction === "rtl";
    this.width = page.width * this.scale;
    for (const panel of this.panels) {
      panel.style.width = `${this.width}px`;
      panel.style.height = `${page.height * this.scale}px`;
      panel.style.setProperty("--long", `${page.height * this.scale}px`);
      panel.style.setProperty("--short", `${this.width}px`);
      panel.style.top = `${(-page.height * this.scale) / 2}px`;
      panel.style.left = rtl ? `${-this.width}px` : "0";
      panel.style.transformOrigin = rtl ? "100% 50%" : "0 50%";
    }
    this.turn();
  }

  // ── how far it is opened ──

  go(value) {
    this.at = Math.min(this.count() - 1, Math.max(0, value));
    this.slider.value = this.at;
    this.turn();
  }

  key(event) {
    const step = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    this.move(step > 0 ? Math.floor(this.at) + 1 : Math.ceil(this.at) - 1);
  }

  // To a stage, as a hand would; at once for those who want no motion.
  move(goal) {
    goal = Math.min(this.count() - 1, Math.max(0, goal));
    cancelAnimationFrame(this.moving);
    if (still.matches) { this.go(goal); return; }
    const from = this.at, began = performance.now(), long = 700 * Math.abs(goal - from);
    const step = (now) => {
      const part = long ? Math.min(1, (now - began) / long) : 1;
      this.go(from + (goal - from) * part * part * (3 - 2 * part));
      if (part < 1) this.moving = requestAnimationFrame(step);
    };
    this.moving = requestAnimationFrame(step);
  }

  turn() {
    if (this.leaflet.opening.kind === "folded") this.turnStrip();
    else this.turnLeaves();
    const said = this.said(Math.round(this.at));
    this.step.textContent = said;
    this.slider.setAttribute("aria-valuetext", said);
    this.scene.setAttribute("aria-label", `The leaflet in three dimensions: ${said}`);
  }

  turnStrip() {
    const { stages, valley, held, across } = this.leaflet.opening;
    const up = this.leaflet.opening.up.slice(-this.panels.length), heights = this.leaflet.opening.heights.slice(-this.panels.length);
    const low = Math.floor(this.at), part = this.at - low;
    const [one, two] = [stages[low], stages[Math.min(low + 1, stages.length - 1)]];
    const between = (a, b) => a + (b - a) * part;
    const closed = valley.map((_, fold) => between(one.closed.includes(fold) ? 1 : 0, two.closed.includes(fold) ? 1 : 0));
    const facing = between(one.outside ? 0 : 180, two.outside ? 0 : 180);
    // Where the edges lie, looked at from the front, so that the leaflet stays in the middle.
    const edges = [0, this.widths[held]];
    for (const side of [1, -1]) {
      let angle = 0, x = side > 0 ? this.widths[held] : 0;
      for (let at = held + side; at >= 0 && at < this.panels.length; at += side) {
        const fold = side > 0 ? at - 1 : at;
        const turned = (valley[fold] ? -1 : 1) * side * closed[fold] * 180;
        const before = at - side; // the panel that this one hangs on
        const layers = (heights[at] - heights[before]) * (up[before] ? 1 : -1) * closed[fold];
        this.panels[at].style.transform = `translateZ(${layers * THICK}px) rotateY(${turned}deg)`;
        this.panels[at].style.setProperty("--shade", (0.1 * Math.sin((Math.PI * closed[fold]))).toFixed(3));
        angle += turned;
        x += side * this.widths[at] * Math.cos((angle * Math.PI) / 180);
        edges.push(x);
      }
    }
    const halved = between(one.halved ? 1 : 0, two.halved ? 1 : 0);
    this.over.forEach((panel, at) => {
      const layers = (this.leaflet.opening.heights[at] - heights[at]) * (up[at] ? 1 : -1) * halved;
      panel.style.transform = `translateZ(${layers * THICK}px) rotateX(${(across[at] ? -1 : 1) * 180 * halved}deg)`;
      panel.style.setProperty("--shade", (0.1 * Math.sin(Math.PI * halved)).toFixed(3));
    });
    const middle = (Math.min(...edges) + Math.max(...edges)) / 2;
    const shift = this.over.length ? (this.high / 4) * (1 - Math.cos(Math.PI * halved)) : 0;
    this.world.style.transform = `rotateX(8deg) rotateY(${facing}deg)`;
    this.chain.style.transform = `translate(${-middle}px, ${-shift}px)`;
  }

  turnLeaves() {
    const rtl = this.leaflet.direction === "rtl", count = this.panels.length;
    this.panels.forEach((panel, at) => {
      const turned = Math.min(1, Math.max(0, this.at - at));
      const depth = (count - at) * (1 - turned) + (at + 1) * turned;
      panel.style.transform = `translateZ(${depth * 0.8}px) rotateY(${(rtl ? 1 : -1) * 180 * turned}deg)`;
      panel.style.setProperty("--shade", (0.12 * Math.sin(Math.PI * turned)).toFixed(3));
    });
    const first = Math.min(1, this.at), last = Math.min(1, Math.max(0, this.at - count + 1));
    const middle = (this.width / 2) * (1 - first - last) * (rtl ? -1 : 1);
    this.world.style.transform = "rotateX(8deg)";
    this.chain.style.transform = `translateX(${-middle}px)`;
  }

  said(at) {
    const { opening } = this.leaflet;
    if (opening.kind !== "folded") {
      const seen = [opening.pages[2 * at - 1], opening.pages[2 * at]].filter(Boolean).map(readable);
      return seen.length ? seen.join(", ") : "blank";
    }
    const seen = opening.stages[at].seen.map(readable).join(", ");
    const last = opening.stages.length - 1;
    if (at === 0) return `closed: ${seen}`;
    if (at === last) return `closed, from behind: ${seen}`;
    if (at === last - 1) return `turned over: ${seen}`;
    return `${opening.stages[at].closed.length ? "opened" : "all open"}: ${seen}`;
  }

  paint() {
    const { number } = this.leaflet;
    return Promise.all(this.faces.map(({ img, name }) => {
      const page = this.page(name);
      const width = pixels(page.width, this.scale);
      return page.at < 0 ? true : paint(img, { number, kind: "page", at: page.at, look: page.look, width });
    }));
  }

  resize() {
    this.place();
    this.paint();
  }

  async find() {
    return false;
  }
}
