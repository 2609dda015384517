// What can be put in beside a text, moved or taken out, in plain words.

import { make } from "./dom.js";
import { pasting } from "./paste.js";

export function menu(offer, change, told) {
  const list = make("div", { class: "edit-list" });
  const form = make("div", { class: "edit-new" });
  const put = (title, kinds, go) => form.replaceChildren(...ask(title, kinds, go, () => form.replaceChildren(), offer, told));
  for (const level of offer.levels) list.append(row(level, change, put));
  for (const entry of offer.adds) list.append(lacking(entry, change, put));
  return make("details", { class: "edit-more" }, make("summary", {}, "Add, move, remove"), list, form);
}

function button(words, label, go, off = false) {
  return make("button", { type: "button", "aria-label": label, disabled: off, onclick: go }, words);
}

// An item of a list around the text: before it, after it, up, down, out.
function row(level, change, put) {
  const { path, column, index, count, kinds } = level;
  const { label } = level;
  if (level.out) {
    return make("div", { class: "edit-row", role: "group", "aria-label": label }, make("span", {}, label),
      button("Remove", `Remove this ${label}`, () => change("remove", { path: level.out, label })));
  }
  if (column) {
    const named = (to, title) => put(title, [{ key: "", label: "column", help: "", asks: [
      { path: "heading", label: "heading of the column", help: "", kind: "line", choices: [], needed: true }] }],
    (key, answers) => change("column", { path: column, index: to, heading: answers.heading }));
    return make("div", { class: "edit-row", role: "group", "aria-label": label }, make("span", {}, `${label} ${index + 1} of ${count}`),
      button("+ before", "Add a column before this one", () => named(index, "A column before this one"), index < 1),
      button("+ after", "Add a column after this one", () => named(index + 1, "A column after this one")),
      button("←", "Move this column back", () => change("column", { path: column, index, to: index - 1 }), index < 2),
      button("→", "Move this column on", () => change("column", { path: column, index, to: index + 1 }), index < 1 || index + 1 >= count),
      button("Remove", "Remove this column", () => change("column", { path: column, index }), index < 1));
  }
  const insert = (to, title) => put(title, kinds, (key, answers, said) => change("insert", { path, index: to, key, answers, label: said }));
  return make("div", { class: "edit-row", role: "group", "aria-label": label }, make("span", {}, `${label} ${index + 1} of ${count}`),
    button("+ before", `Add before this ${label}`, () => insert(index, `Before this ${label}`), !kinds.length),
    button("+ after", `Add after this ${label}`, () => insert(index + 1, `After this ${label}`), !kinds.length),
    button("↑", `Move this ${label} up`, () => change("move", { path, index, to: index - 1, label }), index < 1),
    button("↓", `Move this ${label} down`, () => change("move", { path, index, to: index + 1, label }), index + 1 >= count),
    button("Remove", `Remove this ${label}`, () => change("remove", { path: `${path}[${index}]`, label })));
}

// What an entry around the text does not have yet.
function lacking(entry, change, put) {
  const kinds = entry.keys;
  return make("div", { class: "edit-row", role: "group", "aria-label": entry.label }, make("span", {}, entry.label),
    button("Give it …", `Give this ${entry.label} something it lacks`, () => put(`For this ${entry.label}`, kinds,
      (key, answers, said) => change("add", { path: entry.path, key, answers, label: said }))));
}

// A form for something new: what it is, what it is for, and its texts.
function ask(title, kinds, go, stop, offer, told) {
  const fields = make("div", { class: "edit-fields" });
  const inputs = new Map();
  const help = make("p", { class: "note" });
  const choice = make("select", { id: "new-kind" }, ...kinds.map((kind, at) => make("option", { value: at }, kind.label)));
  const show = () => {
    const kind = kinds[choice.value];
    help.textContent = kind.help;
    inputs.clear();
    fields.replaceChildren(...kind.asks.flatMap((one, at) => field(one, at, inputs, kind.help, offer, told)));
  };
  choice.addEventListener("change", show);
  show();
  const add = () => {
    const kind = kinds[choice.value];
    const answers = Object.fromEntries([...inputs].map(([path, input]) => [path, input.value]));
    go(kind.key || kind.label, answers, kind.label);
  };
  setTimeout(() => (kinds.length > 1 ? choice : fields.querySelector("textarea, select, input"))?.focus());
  return [make("h3", {}, title),
    kinds.length > 1 ? make("label", { for: "new-kind" }, "What") : null, kinds.length > 1 ? choice : null, help, fields,
    make("div", { class: "edit-hands" }, make("button", { type: "button", class: "main", onclick: add }, "Add"),
      make("button", { type: "button", onclick: stop }, "Not now"))].filter(Boolean);
}

// A picture: one that lies beside the file, or one that is chosen or dropped here, which is copied there.
function picture(one, id, inputs, offer, told) {
  const select = make("select", { id }, ...offer.pictures.map((name) => make("option", { value: name }, name)));
  const chooser = make("input", { type: "file", id: `${id}-file`, accept: ".png,.jpg,.jpeg,.webp,.gif,.svg" });
  chooser.addEventListener("change", async () => {
    const [file] = chooser.files;
    if (!file) return;
    const bytes = new Uint8Array(await file.arrayBuffer());
    let data = "";
    for (let at = 0; at < bytes.length; at += 32768) data += String.fromCharCode(...bytes.subarray(at, at + 32768));
    const answer = await offer.ask("picture", { file: offer.file, name: file.name, data: btoa(data) });
    if (answer.problems) told({ told: answer.problems.map((problem) => [problem.message, problem.hint].filter(Boolean).join(": ")), tables: [] });
    else {
      select.append(make("option", { value: answer.name }, answer.name));
      select.value = answer.name;
    }
  });
  inputs.set(one.path, select);
  return [make("label", { for: id }, one.label, make("span", { class: "note" }, ` ${one.help}`)), select,
    make("label", { for: chooser.id }, "or another one, ", make("span", { class: "note" }, "which is copied beside the file")), chooser];
}

const KINDS = { pairs: "On each line a name, a colon and the words.", lines: "One on each line.", grid: "Part cells by | or tabs; the first line names the columns.", date: "Like 2026-11-30." };

function field(one, at, inputs, said, offer, told) {
  const id = `new-${at}`;
  if (one.kind === "picture") return picture(one, id, inputs, offer, told);
  const input = one.choices.length
    ? make("select", { id }, ...one.choices.map((word) => make("option", { value: word }, word)))
    : make("textarea", { id, rows: ["prose", "lines", "pairs", "grid"].includes(one.kind) ? 3 : 1, dir: "auto", spellcheck: "true" });
  inputs.set(one.path, input);
  if (!one.choices.length) pasting(input, one.kind, told);
  return [make("label", { for: id }, one.needed ? one.label : `${one.label} (if you like)`, make("span", { class: "note" },
    ` ${[one.help === said ? "" : one.help, KINDS[one.kind]].filter(Boolean).join(" ")}`)), input];
}
