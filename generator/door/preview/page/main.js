// The preview's page: what is chosen, what is told by the server, and the view that shows it.

import { byId, make, readable, say } from "./dom.js";
import * as editing from "./edit.js";
import { Folded } from "./fold.js";
import { fresh } from "./fresh.js";
import { Pages, much } from "./pages.js";
import { showProblems } from "./problems.js";
import { Spoken } from "./spoken.js";
import * as words from "./words.js";

const ZOOMS = [0.25, 0.33, 0.5, 0.67, 0.8, 1, 1.25, 1.5, 2, 3];
const FAR = 0.34; // a page at arm's length is seen about this large on a screen

const state = { leaflet: null, view: "pages", zoom: 1, fit: true, far: false, shown: null, stage: 0, source: null, choices: {} };
const box = byId("view");

// ── sizes ──

function scale() {
  if (state.far) return FAR * (96 / 72);
  if (!state.fit || !state.leaflet) return state.zoom * (96 / 72);
  const pages = state.view === "sheet" ? state.leaflet.sides : state.leaflet.pages.filter((page) => !page.beyond);
  if (!pages.length) return 96 / 72;
  const wide = Math.max(...pages.map((page) => page.width)), high = Math.max(...pages.map((page) => page.height));
  const room = { width: box.clientWidth, height: Math.max(360, innerHeight - box.getBoundingClientRect().top - scrollY - 60) };
  return Math.min(room.width / wide, Math.max(room.height / high, 0.9 * (96 / 72)));
}

function zoomed() {
  byId("zoom").textContent = `${Math.round((scale() * 100 * 72) / 96)} %`;
  state.shown?.resize();
}

function zoomTo(step) {
  const now = (scale() * 72) / 96;
  const larger = ZOOMS.filter((one) => one > now + 0.01), smaller = ZOOMS.filter((one) => one < now - 0.01);
  state.zoom = step > 0 ? (larger[0] ?? now) : (smaller.at(-1) ?? now);
  state.fit = state.far = false;
  byId("far").setAttribute("aria-pressed", "false");
  zoomed();
}

// ── views ──

function viewOf(name) {
  if (name === "folded") return new Folded(box, { zoom: () => (state.far ? FAR : state.fit ? 1 : state.zoom) });
  if (name === "spoken") return new Spoken(box);
  return new Pages(box, { sides: name === "sheet", scale });
}

function look(name) {
  state.at = { ...state.at, [state.view]: scrollY };
  if (state.view === "folded" && state.shown) state.stage = state.shown.at;
  state.view = name;
  state.shown = viewOf(name);
  if (name === "folded") state.shown.at = state.stage;
  for (const input of document.querySelectorAll("input[name=view]")) input.checked = input.value === name;
  words.hide();
  return draw().then(() => scrollTo(0, state.at?.[name] ?? 0));
}

async function draw() {
  const { leaflet, view } = state;
  if (!leaflet) {
    box.replaceChildren(make("p", { class: "empty" }, "There is nothing to show yet. What is to be mended stands below."));
    return;
  }
  if (view === "sheet" && !leaflet.sides.length) {
    box.replaceChildren(make("p", { class: "empty" }, leaflet.pages.some((page) => page.beyond)
      ? "The sheet is shown when all has room." : "This layout has flat pages: each is a sheet of its own."));
    return;
  }
  await state.shown.update(leaflet);
  if (state.leaflet !== leaflet) return; // a newer one came meanwhile, and says so itself
  byId("zoom").textContent = `${Math.round((scale() * 100 * 72) / 96)} %`;
  // The task behind a frame runs when the frame has been drawn: the tests and the bench read this.
  requestAnimationFrame(() => setTimeout(() => { document.documentElement.dataset.painted = leaflet.number; }));
}

// ── what is told ──

function told(news) {
  const fresh = news.leaflet && news.leaflet.number !== state.leaflet?.number;
  if (news.choices.layout) choices(news.choices);
  state.leaflet = news.leaflet;
  byId("title").textContent = news.leaflet?.title ?? `${news.choices.content ?? "…"}`;
  byId("title").lang = news.leaflet?.language ?? "en";
  byId("title").dir = news.leaflet?.direction ?? "ltr";
  document.title = `${byId("title").textContent} – leaflet preview`;
  showProblems(news.problems, news.leaflet?.pages.some((page) => page.beyond) ? "beyond" : news.leaflet ? "before" : "");
  fills(news);
  const errors = news.problems.filter((problem) => problem.severity === "error").length;
  const said = errors ? `${errors} to mend` : `up to date, ${new Date().toLocaleTimeString()}`;
  status(errors ? "wrong" : "good", said);
  if (errors) say(`${errors === 1 ? "one thing" : `${errors} things`} to mend: ${news.problems[0].message}`);
  document.documentElement.dataset.told = JSON.stringify(news.times);
  document.documentElement.dataset.wrong = errors;
  texts();
  editing.noticed(news.changed);
  if (fresh || !news.leaflet) draw().then(() => follow(false));
}

function status(kind, said) {
  byId("status").className = `status ${kind}`;
  byId("status-words").textContent = said;
}

function fills(news) {
  const { leaflet } = news;
  byId("fills").hidden = !leaflet;
  if (!leaflet) return;
  byId("body-size").textContent = `Type size ${leaflet.body.toFixed(leaflet.body % 1 ? 2 : 0)} pt`;
  byId("bars").replaceChildren(...leaflet.pages.map((page) => {
    const part = Math.round(page.filled * 100);
    if (page.beyond) {
      return make("li", { class: "over" }, make("span", {}, "too much"), make("span", {}, much(page.beyond)),
        make("span", { class: "track" }, make("i", { style: { width: "100%" } })));
    }
    const low = page.story && page.filled < 0.75;
    return make("li", { class: low ? "low" : "" }, make("span", {}, readable(page.name)), make("span", {}, `${part} %`),
      make("span", { class: "track" }, make("i", { style: { width: `${part}%` } })));
  }));
}

function choices(given) {
  state.choices = given;
  const fill = (id, list, chosen) => {
    const select = byId(id);
    const key = JSON.stringify(list);
    if (select.dataset.key !== key) {
      select.dataset.key = key;
      select.replaceChildren(...list.map((one) => (one.group
        ? make("optgroup", { label: one.group }, ...one.items.map((it) => make("option", { value: it.value }, it.title)))
        : make("option", { value: one.value }, one.title))));
    }
    select.value = chosen;
    select.closest("label").hidden = select.options.length < 2;
  };
  const plain = (list) => list.map((value) => ({ value, title: value }));
  const named = (list) => list.map(({ name, title }) => ({ value: name, title }));
  fill("content", given.contents.map((value) => ({ value, title: readable(value) })), given.content);
  fill("language", plain(given.languages), given.language);
  fill("layout", [{ group: "Of this leaflet", items: named(given.layouts.filter((one) => one.asked)) },
    { group: "Others", items: named(given.layouts.filter((one) => !one.asked)) }].filter((one) => one.items.length), given.layout);
  fill("paper", named(given.papers), given.paper);
  fill("theme", plain(given.themes), given.theme);
}

// ── the line to the server ──

function listen() {
  state.source?.close();
  const asked = new URLSearchParams(location.search);
  state.source = new EventSource(`events?${asked}`);
  state.source.addEventListener("about", (event) => words.useEditor(JSON.parse(event.data).editor));
  state.source.addEventListener("message", (event) => told(JSON.parse(event.data)));
  state.source.addEventListener("end", () => {
    state.source.close();
    status("wrong", "The preview has ended. Start it again: leaflet preview");
  });
  state.source.addEventListener("error", () => {
    if (state.source.readyState !== EventSource.OPEN) status("wrong", "The preview does not answer. Is it still running?");
  });
}

function choose() {
  const wish = Object.fromEntries(["content", "language", "layout", "paper", "theme"].map((id) => [id, byId(id).value]));
  if (wish.content !== state.choices.content) wish.language = "";
  if (wish.layout !== state.choices.layout) wish.theme = "";
  history.replaceState(null, "", `?${new URLSearchParams(wish)}`);
  words.forget();
  editing.leave(false);
  listen();
}

// A page that nobody looks at lets its line go: a browser has six of them for all tabs together.
document.addEventListener("visibilitychange", () => {
  if (document.hidden) {
    state.source?.close();
    state.source = null;
  } else if (!state.source) listen();
});

// ── places ──

async function follow(moved = true) {
  const place = words.asked(location.hash);
  if (!place || !state.leaflet || (!moved && state.followed === location.hash)) return;
  state.followed = location.hash;
  if (state.view !== "pages" && state.view !== "sheet") look("pages");
  const found = await state.shown.find(place);
  say(found ? `${place.file}, line ${place.line}, is shown` : `nothing of ${place.file}, line ${place.line}, is printed here`);
}
addEventListener("hashchange", () => follow());

// From the problems to the words that have no room.
byId("to-beyond").addEventListener("click", async () => {
  if (state.view !== "pages") await look("pages");
  const paper = box.querySelector(".beyond");
  paper?.scrollIntoView({ block: "start" });
  paper?.focus({ preventScroll: true });
});

// ── hands ──

function toggle(id, name, then) {
  byId(id).addEventListener("click", () => {
    const on = byId(id).getAttribute("aria-pressed") !== "true";
    byId(id).setAttribute("aria-pressed", on);
    then(on);
  });
}

toggle("grey", "grey", (on) => document.body.classList.toggle("grey", on));
toggle("far", "far", (on) => { state.far = on; zoomed(); });
for (const [button, panel] of [["help", "keys"], ["new", "new-panel"]]) {
  byId(button).addEventListener("click", () => {
    const open = byId(button).getAttribute("aria-expanded") !== "true";
    byId(button).setAttribute("aria-expanded", open);
    byId(panel).hidden = !open;
  });
}
fresh(() => state.choices.file);
byId("choices").addEventListener("change", choose);
byId("choices").addEventListener("submit", (event) => event.preventDefault());
byId("views").addEventListener("change", (event) => look(event.target.value));
byId("larger").addEventListener("click", () => zoomTo(1));
byId("smaller").addEventListener("click", () => zoomTo(-1));
byId("fit").addEventListener("click", () => { state.fit = true; zoomed(); });

byId("undo").addEventListener("click", () => editing.back("undo"));
byId("redo").addEventListener("click", () => editing.back("redo"));

// All texts of the content file: read when they are asked for, and again after each change.
function texts() {
  if (byId("texts").open && state.choices.file) editing.listTexts(state.choices.file, byId("texts-list"));
}
byId("texts").addEventListener("toggle", texts);

addEventListener("keydown", (event) => {
  if (event.target.closest("textarea, input:not([type=radio])")) return;
  const undo = { z: event.shiftKey ? "redo" : "undo", y: "redo" }[event.key.toLowerCase()];
  if (undo && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    editing.back(undo);
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("select, input[type=range]")) return;
  const views = { 1: "pages", 2: "sheet", 3: "folded", 4: "spoken" };
  const press = { g: "grey", a: "far", "+": "larger", "=": "larger", "-": "smaller", 0: "fit", "?": "help" };
  if (views[event.key]) look(views[event.key]);
  else if (press[event.key.toLowerCase()]) byId(press[event.key.toLowerCase()]).click();
  else if (event.key.toLowerCase() === "p") {
    const list = byId("wrong").hidden ? byId("notices") : byId("wrong");
    (list.querySelector("button") ?? list).focus();
  } else return;
  event.preventDefault();
});

let resizing;
addEventListener("resize", () => {
  cancelAnimationFrame(resizing);
  resizing = requestAnimationFrame(zoomed);
});

state.shown = viewOf("pages");
listen();
