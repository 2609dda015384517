// A new leaflet, and the leaflet in another language.

import { byId, make, say } from "./dom.js";
import { ask } from "./edit.js";

async function begin(act, asked) {
  const answer = await ask(act, asked);
  const box = byId("new-wrong");
  if (answer.problems) {
    box.replaceChildren(...answer.problems.slice(0, 5).map((one) => make("p", {}, make("b", {}, one.message), one.hint ? ` – ${one.hint}` : "")));
    return;
  }
  say("It is there. The page shows it now.");
  location.search = new URLSearchParams({ content: answer.content, language: answer.language });
}

// file(): the content file that is looked at.
export function fresh(file) {
  byId("new-leaflet").addEventListener("submit", (event) => {
    event.preventDefault();
    begin("new", { title: byId("new-title").value, language: byId("new-language").value.trim(),
      kind: byId("new-kind-of").value });
  });
  byId("new-translation").addEventListener("submit", (event) => {
    event.preventDefault();
    begin("translate", { file: file(), language: byId("new-other").value.trim() });
  });
}
