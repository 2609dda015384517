// Two texts where one was: what somebody has typed, and what the file says by now, side by side. The person chooses.

import { make } from "./dom.js";

// The words of a text; those that are not in the older text are marked.
export function marked(text, old) {
  const words = text.split(/(\s+)/), before = old.split(/(\s+)/);
  const long = words.map(() => new Uint16Array(before.length + 1)); // longest common run of words from here on
  long.push(new Uint16Array(before.length + 1));
  for (let at = words.length - 1; at >= 0; at -= 1) {
    for (let other = before.length - 1; other >= 0; other -= 1) {
      long[at][other] = words[at] === before[other] ? long[at + 1][other + 1] + 1 : Math.max(long[at + 1][other], long[at][other + 1]);
    }
  }
  const out = [];
  let other = 0;
  words.forEach((word, at) => {
    while (other < before.length && word !== before[other] && long[at][other + 1] > long[at + 1][other]) other += 1;
    if (other < before.length && word === before[other]) {
      out.push(word);
      other += 1;
    } else out.push(word.trim() ? make("mark", {}, word) : word);
  });
  return out;
}

export const SAID = {
  same: "It was changed elsewhere: this text is as you saw it.",
  moved: "This text stands at another place in it by now, as you saw it.",
  changed: "Here are both texts. What is new in the file’s is marked.",
  gone: "This text is no longer in it. Copy your words.",
};

// The field goes into the element. keep(): write mine; take(): go on with the file's text.
export function both(now, old, field, keep, take) {
  const mine = make("div", {}, make("h3", { id: "edit-mine" }, "Yours"), field,
    now.state === "gone" ? null : make("button", { type: "button", id: "keep-mine", onclick: keep }, "Keep yours"));
  field.setAttribute("aria-labelledby", "edit-title edit-mine");
  const theirs = now.state !== "changed" ? null : make("div", {}, make("h3", { id: "edit-theirs" }, "The file’s"),
    make("div", { class: "edit-source", tabindex: "0", role: "group", "aria-labelledby": "edit-theirs", dir: "auto" }, ...marked(now.text, old)),
    make("button", { type: "button", id: "take-theirs", onclick: take }, "Take the file’s"));
  return make("div", { id: "edit-both", class: theirs ? "edit-both two" : "edit-both" },
    make("p", { class: "note" }, SAID[now.state]), mine, theirs);
}
