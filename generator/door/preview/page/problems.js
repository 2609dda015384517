// What is wrong lies over the last good picture; what is only worth a look stands beside it.

import { byId, make, placeOf } from "./dom.js";
import { edit } from "./edit.js";
import { open } from "./words.js";

const told = { wrong: "", notices: "" };

// readable: the files can be read, so that the text at a place of the content can be changed here.
function entry(problem, readable) {
  const place = problem.file ? placeOf(problem.file, problem.line, problem.column) : "";
  return make("li", { class: "told" }, make("b", {}, problem.message),
    problem.hint ? make("span", { class: "hint" }, problem.hint) : null,
    place ? make("button", { type: "button", "data-place": place, onclick: () => open(problem) }, place) : null,
    readable && /(^|\/)content\//.test(problem.file ?? "") ? make("button", { type: "button", class: "change",
      onclick: ({ currentTarget }) => edit({ file: problem.file, line: problem.line, column: problem.column }, currentTarget, null) },
    "Change the text") : null);
}

function fill(name, box, list, title, problems, readable) {
  const key = JSON.stringify([title, problems, readable]);
  box.hidden = problems.length === 0;
  if (told[name] === key) return; // what has the keyboard's focus stays
  told[name] = key;
  byId(`${name}-title`).textContent = title;
  list.replaceChildren(...problems.map((one) => entry(one, readable)));
}

let messages = new Set();

// Whether a message is on the page already.
export const known = (message) => messages.has(message);

const BEHIND = {
  before: "Behind this you see the leaflet as it was before.",
  beyond: "Behind this you see the leaflet at its smallest type; what has no room stands on a page of its own, framed in red.",
};

// behind: what is seen behind the problems, a key of BEHIND; "": nothing.
export function showProblems(all, behind) {
  messages = new Set(all.map((problem) => problem.message));
  const errors = all.filter((problem) => problem.severity === "error");
  const warnings = all.filter((problem) => problem.severity !== "error");
  fill("wrong", byId("wrong"), byId("wrong-list"),
    errors.length === 1 ? "One thing to mend" : `${errors.length} things to mend`, errors, behind === "beyond");
  byId("wrong-note").textContent = BEHIND[behind] ?? "";
  byId("to-beyond").hidden = behind !== "beyond";
  fill("notices", byId("notices"), byId("notices-list"), warnings.length === 1 ? "One notice" : `${warnings.length} notices`, warnings,
    !errors.length || behind === "beyond");
}
