// A text is changed where it is seen: a box beside the word, Enter keeps, Escape leaves.

import { both, SAID } from "./conflict.js";
import { byId, make, say } from "./dom.js";
import { menu } from "./menu.js";
import { pasting } from "./paste.js";
import { known } from "./problems.js";
import * as words from "./words.js";

const PAUSE = 350; // milliseconds without a key, after which it is looked whether the text fits

let open = null; // {offer, field, from: what gets the focus back, word}

export async function ask(act, asked) {
  try {
    const answer = await fetch(`edit/${act}`, { method: "POST", headers: { "Content-Type": "application/json" },
      body: JSON.stringify(asked) });
    if (answer.ok || answer.status === 409) return await answer.json();
    return { problems: [{ message: await answer.text(), hint: "" }] };
  } catch {
    return { problems: [{ message: "the preview does not answer", hint: "is it still running? your words stand here" }] };
  }
}

export const busy = () => Boolean(open && open.field.value !== open.offer.text);

// The box for a word of a page (file, line, column) or for a text of a file (file, path).
export async function edit(asked, from, rect) {
  if (busy()) {
    say("Keep your text with Enter, or leave it with Escape, first.");
    open.field.focus();
    return false;
  }
  const offer = await ask("look", asked);
  leave(false);
  if (offer.problems) {
    say(`${offer.problems[0].message}: ${offer.problems[0].hint}`);
    return false;
  }
  build(offer, from, rect, asked);
  return true;
}

function build(offer, from, rect, asked) {
  const long = offer.kind === "prose" || offer.kind === "lines";
  const field = offer.choices.length
    ? make("select", { id: "edit-text" }, ...offer.choices.map((one) => make("option", { value: one }, one)))
    : make("textarea", { id: "edit-text", rows: 1, dir: "auto", spellcheck: "true" });
  field.value = offer.text;
  const box = make("form", { id: "edit", class: "edit", role: "dialog", "aria-labelledby": "edit-title" },
    make("h2", { id: "edit-title" }, offer.heading && offer.label !== "heading" ? `${offer.label} · ${offer.heading}` : offer.label),
    make("label", { for: "edit-text", class: "note" }, offer.help),
    beside(offer.source),
    field,
    make("p", { class: "note", id: "edit-keys" }, long ? "Enter keeps, Escape leaves, Shift+Enter begins a new line; an empty line parts paragraphs."
      : "Enter keeps, Escape leaves."),
    offer.together ? make("p", { class: "note" }, "The same words elsewhere in this file change with it.") : null,
    make("p", { class: "note", id: "edit-fits", role: "status" }),
    make("div", { id: "edit-aside" }),
    make("div", { id: "edit-wrong", class: "edit-wrong", role: "alert" }),
    make("div", { class: "edit-hands" },
      make("button", { type: "submit", class: "main" }, "Keep"),
      make("button", { type: "button", onclick: () => leave(true) }, "Leave"),
      make("button", { type: "button", onclick: () => openFile(offer, asked) }, "Open the file")),
    make("div", { class: "edit-remarks", id: "edit-remarks", role: "status" }),
    menu({ ...offer, ask }, change, told));
  field.setAttribute("aria-describedby", "edit-keys edit-fits");
  box.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!byId("edit-both")) keep();
  });
  box.addEventListener("keydown", hands);
  pasting(field, offer.kind, told);
  field.addEventListener("input", () => {
    grow(field);
    const tick = byId("edit-translated"); // who types over words that are not translated, translates them
    if (tick && "fresh" in tick.dataset) tick.checked = busy();
    wait();
  });
  byId("edit-home").replaceChildren(box);
  open = { offer, field, from, asked };
  put(box, rect);
  grow(field);
  field.focus();
  mark(field, asked.word);
  box.scrollIntoView({ block: "nearest" });
  say(`${offer.label}. ${offer.help}`);
  remarks();
}

// What of pasted words could not be taken as it was; the words of tables can be copied from there.
function told({ told: said, tables }) {
  const aside = byId("edit-aside");
  aside.append(...said.map((one) => make("p", { class: "note" }, one)), ...tables.map((words, at) => make("textarea",
    { readonly: true, rows: 3, "aria-label": `Kept aside: table ${at + 1}` }, words)));
  say(said.length ? said.join(" ") : "pasted");
}

// The text of which this is a translation, as it is now.
function beside(source) {
  if (!source) return null;
  const said = { untranslated: "This is not translated yet.", changed: "The source has changed since. It reads now:", same: "" }[source.state];
  return make("div", {}, make("p", { class: "note" }, [`In ${source.language}.`, said].filter(Boolean).join(" ")),
    make("p", { class: "edit-source", lang: source.language, dir: "auto", tabindex: "0" }, source.text),
    source.state === "same" ? null : make("label", {}, make("input", { type: "checkbox", id: "edit-translated",
      "data-fresh": source.state === "untranslated" }), " What I keep is a translation of this."));
}

// ── what would fit ──

let waiting = 0;

function wait() {
  clearTimeout(waiting);
  waiting = setTimeout(fits, PAUSE);
}

// What a careful editor would say of the text (the rules of `leaflet check`).
async function remarks() {
  const mine = open;
  const { offer, field } = mine;
  const { remarks: found } = await ask("remarks", { file: offer.file, path: offer.path, new: field.value });
  if (open !== mine || !found) return;
  const key = JSON.stringify(found);
  const place = byId("edit-remarks");
  if (place.dataset.key === key) return; // a screen reader says it once
  place.dataset.key = key;
  place.replaceChildren(...(found.length ? [make("p", {}, "Worth a look"), make("ul", {}, ...found.map((one) => make("li",
    { class: one.severity }, one.message, one.hint ? make("span", { class: "note" }, ` ${one.hint}`) : null)))] : []));
}

// What would become of the leaflet, told while one types: nothing is written.
async function fits() {
  if (open) remarks();
  if (!open || !busy()) return;
  const mine = open;
  const { offer, field } = mine;
  const wish = Object.fromEntries(new FormData(byId("choices")));
  const answer = await ask("try", { file: offer.file, path: offer.path, new: field.value, wish });
  if (open !== mine) return;
  const fresh = answer.problems.filter((one) => !known(one.message));
  byId("edit-fits").className = fresh.some((one) => one.severity === "error" || !one.severity) ? "note over" : "note";
  byId("edit-fits").textContent = fresh.length ? fresh.map((one) => one.message).join("; ")
    : answer.body ? `This fits, at ${Number(answer.body.toFixed(2))} pt.` : "";
}

// The word that was clicked is chosen in the text, where it stands there once.
function mark(field, word) {
  if (field.tagName !== "TEXTAREA") return;
  const at = word ? field.value.indexOf(word) : -1;
  if (at >= 0 && field.value.indexOf(word, at + 1) < 0) field.setSelectionRange(at, at + word.length);
  else field.setSelectionRange(field.value.length, field.value.length);
}

function grow(field) {
  if (field.tagName !== "TEXTAREA") return;
  field.style.height = "auto";
  field.style.height = `${Math.min(field.scrollHeight + 4, Math.max(160, innerHeight * 0.5))}px`;
}

// Below the word, or above it where there is no room; in the middle where no word is seen.
function put(box, rect) {
  const home = byId("stage").getBoundingClientRect();
  const width = Math.min(460, home.width - 16);
  box.style.width = `${width}px`;
  const left = rect ? rect.left - home.left - 24 : (home.width - width) / 2;
  const top = rect ? rect.bottom - home.top + 10 : Math.max(8, -home.top + 24);
  box.style.left = `${Math.max(8, Math.min(left, home.width - width - 8))}px`;
  box.style.top = `${top}px`;
}

function hands(event) {
  if (event.key === "Escape") {
    event.preventDefault();
    event.stopPropagation();
    leave(true);
  } else if (event.key === "Enter" && event.target === open?.field && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    if (byId("edit-both")) byId("keep-mine")?.focus(); // between two texts nobody chooses by mistake
    else keep();
  }
}

async function keep() {
  const { offer, field } = open;
  const translated = byId("edit-translated")?.checked ?? false;
  if (field.value === offer.text && !translated) {
    leave(true);
    return;
  }
  await change("say", { path: offer.path, old: offer.text, new: field.value, label: offer.label, translated });
}

// A change of the file that the box shows; what cannot be stands in the box, and the words stay.
async function change(act, asked) {
  const { offer } = open;
  if (act !== "say" && busy()) {
    wrong([{ message: "your text is not kept yet", hint: "keep it with Enter, or leave it with Escape, first" }]);
    return false;
  }
  const answer = await ask(act, { file: offer.file, hash: offer.hash, ...asked });
  if (answer.problems) {
    wrong(answer.problems);
    if (answer.now) conflict(answer.now);
    return false;
  }
  done(answer);
  leave(true);
  say(`${answer.said}. Control Z takes it back.`);
  return true;
}

function wrong(problems) {
  byId("edit-wrong").replaceChildren(...problems.map((one) => make("p", {}, make("b", {}, one.message), one.hint ? ` – ${one.hint}` : "")));
  open.field.setAttribute("aria-invalid", "true");
  open.field.focus();
}

// Files were changed: a text that nobody has begun to change is shown as it is now, otherwise both are.
export async function noticed(files) {
  if (!open || !files.includes(open.offer.file)) return;
  const mine = open;
  const { offer, field } = mine;
  const now = await ask("now", { file: offer.file, path: offer.path, old: offer.text });
  if (open !== mine || now.problems || now.hash === offer.hash) return;
  if (busy() && now.state !== "same") {
    wrong([{ message: "the file was changed meanwhile, in an editor or another window", hint: "" }]);
    conflict(now);
  } else if (!busy() && now.state !== "gone") {
    Object.assign(offer, { hash: now.hash, path: now.path, text: now.text });
    if (field.value !== now.text) say("The file’s text was changed; here it stands as it is now.");
    field.value = now.text;
  }
}

// The file says something else by now: both texts stand side by side, and nothing is written until somebody chooses.
function conflict(now) {
  const { offer, field } = open;
  const old = offer.text;
  const { selectionStart: start, selectionEnd: end } = field;
  const place = byId("edit-both") ?? field;
  const holder = document.createComment("");
  place.before(holder);
  place.remove();
  Object.assign(offer, { hash: now.hash, path: now.path, text: now.state === "gone" ? old : now.text });
  holder.replaceWith(both(now, old, field, keep, () => {
    field.value = now.text;
    byId("edit-both").replaceWith(field);
    field.removeAttribute("aria-labelledby");
    field.removeAttribute("aria-invalid");
    byId("edit-wrong").replaceChildren();
    for (const one of [byId("edit-keys"), byId("edit").querySelector(".edit-hands .main")]) one.hidden = false;
    remarks();
    field.focus();
    say("This is the file’s text. Yours is gone.");
  }));
  const box = byId("edit");
  if (now.state === "changed") box.style.width = `${Math.min(760, byId("stage").clientWidth - 16)}px`;
  box.style.left = `${Math.max(8, Math.min(box.offsetLeft, byId("stage").clientWidth - box.offsetWidth - 8))}px`;
  byId("edit").querySelector(".edit-hands .main").hidden = true;
  byId("edit-keys").hidden = true;
  grow(field);
  field.focus();
  say(SAID[now.state]);
  if (start !== undefined && field.tagName === "TEXTAREA") field.setSelectionRange(start, end);
  box.scrollIntoView({ block: "nearest" });
}

export function leave(back) {
  if (!open) return;
  const { from } = open;
  open = null;
  byId("edit-home").replaceChildren();
  if (back) from?.focus({ preventScroll: true });
}

function openFile(offer, asked) {
  if (asked.line) words.open({ file: asked.file, line: asked.line, column: asked.column });
  else words.open({ file: offer.file, line: 1, column: 1 });
}

// ── undo ──

function done(answer) {
  for (const [id, word] of [["undo", "Undo"], ["redo", "Do again"]]) {
    byId(id).title = answer[id] ? `${word}: ${answer[id]}` : word;
  }
}

export async function back(act) {
  if (busy()) return;
  leave(false);
  const answer = await ask(act, {});
  if (answer.problems) say([answer.problems[0].message, answer.problems[0].hint].filter(Boolean).join(": "));
  else {
    done(answer);
    say(answer.said);
  }
}

// ── all texts ──

export async function listTexts(file, box) {
  const { texts, problems } = await ask("texts", { file });
  if (problems) {
    box.replaceChildren(make("li", {}, problems[0].message));
    return;
  }
  box.replaceChildren(...texts.map((one) => make("li", {}, make("button", { type: "button", "data-path": one.path,
    onclick: (event) => edit({ file, path: one.path }, event.currentTarget, null) },
  make("b", {}, one.label), ` ${one.text.length > 70 ? `${one.text.slice(0, 70)} …` : one.text}`))));
}

