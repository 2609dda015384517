// Small helpers: elements, and words that are told to a screen reader.

export const byId = (id) => document.getElementById(id);

export function make(name, properties = {}, ...kids) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key === "class") element.className = value;
    else if (key === "style") for (const [one, it] of Object.entries(value)) element.style.setProperty(one, it);
    else if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (value === true) element.setAttribute(key, "");
    else if (value !== false && value != null) element.setAttribute(key, value);
  }
  element.append(...kids.filter((kid) => kid != null));
  return element;
}

export function say(words) {
  byId("said").textContent = words;
}

export const readable = (name) => name.replace(/-/g, " ");

export const placeOf = (file, line, column) => `${file}:${line}:${column}`;
