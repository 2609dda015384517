// The leaflet as a screen reader says it.

import { make } from "./dom.js";

const RIGHT_TO_LEFT = /^(ar|fa|he|ur|ps|sd|ug|yi|dv|ckb)\b/;

export class Spoken {
  constructor(box) {
    this.box = box;
  }

  async update(leaflet) {
    const answer = await fetch(`spoken/${leaflet.number}`);
    if (!answer.ok) return;
    const list = make("ol", {});
    for (const { role, text, depth, language } of await answer.json()) {
      list.append(make("li", { style: { "--depth": depth } },
        role ? make("span", { class: "role" }, role) : null,
        text ? make("span", { class: role.startsWith("heading") ? "heading" : "said", lang: language,
          dir: RIGHT_TO_LEFT.test(language) ? "rtl" : "ltr" }, text) : null));
    }
    this.box.replaceChildren(make("div", { class: "spoken" },
      make("p", { class: "note intro" }, "In this order, with these announcements, a screen reader says the leaflet."), list));
  }

  resize() {}

  async find() {
    return false;
  }
}
