// What is pasted from Word or a web page becomes text with our marks: paragraphs, lists, bold, italic, links. What a
// text cannot hold (tables, pictures) is told, and the words of a table are kept aside.

const BLOCKS = new Set(["ADDRESS", "ARTICLE", "ASIDE", "BLOCKQUOTE", "BODY", "CAPTION", "DD", "DETAILS", "DIV", "DL", "DT", "FIGCAPTION",
  "FIGURE", "FOOTER", "FORM", "H1", "H2", "H3", "H4", "H5", "H6", "HEADER", "HR", "LI", "MAIN", "NAV", "OL", "P", "PRE", "SECTION",
  "SUMMARY", "TABLE", "UL"]);
const SILENT = new Set(["HEAD", "LINK", "META", "NOSCRIPT", "SCRIPT", "STYLE", "TEMPLATE", "TITLE"]);
const LINK = /^(https?|mailto|tel):/i;

// html → {text, tables: [words with | between cells], told: [sentences]}; marks: whether the place reads them.
export function converted(html, marks = true) {
  const told = new Set();
  const tables = [];
  const page = new DOMParser().parseFromString(html, "text/html");
  const lines = blocks(page.body, { marks, told, tables, depth: 0 });
  return { text: joined(lines), tables, told: [...told] };
}

// {words, item: whether it is an item of a list, whose neighbours stand close}
function joined(lines) {
  let text = "";
  lines.forEach((line, at) => {
    if (at) text += line.item && lines[at - 1].item ? "\n" : "\n\n";
    text += line.words;
  });
  return text;
}

// The lines of an element: each paragraph is one, each item of a list.
function blocks(element, how) {
  const out = [];
  let run = "";
  const end = () => {
    const words = how.marks ? tidy(run).split("  \n").map(guarded).join("  \n") : tidy(run);
    run = "";
    if (words) out.push({ words, item: false });
  };
  for (const node of element.childNodes) {
    const name = node.nodeName;
    if (node.nodeType === 3) run += escaped(node.data, how);
    else if (node.nodeType !== 1 || SILENT.has(name)) continue;
    else if (name === "TABLE") {
      end();
      table(node, how);
    } else if (name === "UL" || name === "OL") {
      end();
      out.push(...list(node, how));
    } else if (wordItem(node)) {
      end();
      out.push({ words: `${wordItem(node)} ${tidy(inline(node, how))}`, item: true });
    } else if (BLOCKS.has(name)) {
      end();
      const inner = blocks(node, how);
      if (/^H[1-6]$/.test(name) && inner.length) how.told.add("A heading came as a paragraph: give it a section of its own.");
      out.push(...inner);
    } else if (holdsBlocks(node)) {
      end();
      out.push(...blocks(node, how));
    } else run += inline(node, how, true);
  }
  end();
  return out;
}

const holdsBlocks = (node) => [...node.querySelectorAll("*")].some((one) => BLOCKS.has(one.nodeName));

function list(node, how) {
  const out = [];
  let number = Number(node.getAttribute("start") ?? 1);
  for (const child of node.children) {
    if (child.nodeName === "UL" || child.nodeName === "OL") { // as Word and old pages nest them
      out.push(...list(child, { ...how, depth: how.depth + 1 }));
      continue;
    }
    const sign = node.nodeName === "OL" ? `${number++}.` : "-";
    const pad = "  ".repeat(how.depth);
    blocks(child, { ...how, depth: how.depth + 1 }).forEach((line, at) => {
      if (at === 0) out.push({ words: `${pad}${sign} ${line.words.trimStart()}`, item: true });
      else if (line.item) out.push(line);
      else out.push({ words: `${pad}  ${line.words}`, item: true });
    });
  }
  return out;
}

// Word writes the items of its lists as paragraphs; their sign stands in an element of its own.
function wordItem(node) {
  if (node.nodeName !== "P" || !/MsoList/.test(node.className)) return "";
  const sign = [...node.querySelectorAll("span")].find((one) => /mso-list:\s*Ignore/i.test(one.getAttribute("style") ?? ""));
  if (!sign) return "";
  const said = sign.textContent.trim();
  const level = Number(/level(\d)/.exec(node.getAttribute("style") ?? "")?.[1] ?? 1);
  return "  ".repeat(level - 1) + (/^\d+[.)]$/.test(said) ? said.replace(")", ".") : "-");
}

// The words of an element within a line. itself: with the marks of the element.
function inline(node, how, itself = false) {
  const style = node.getAttribute?.("style") ?? "";
  if (/mso-list:\s*Ignore|mso-hide:\s*all|display:\s*none/i.test(style)) {
    if (!/mso-list/i.test(style) && node.textContent.trim()) how.told.add("Hidden words were left out.");
    return "";
  }
  let words = "";
  for (const child of node.childNodes) {
    if (child.nodeType === 3) words += escaped(child.data, how);
    else if (child.nodeType === 1 && !SILENT.has(child.nodeName)) words += inline(child, how, true);
  }
  if (!itself) return words;
  const name = node.nodeName;
  if (name === "BR") return "\u0001";
  if (["IMG", "SVG", "PICTURE", "OBJECT", "VIDEO", "CANVAS"].includes(name.toUpperCase())) {
    how.told.add(node.getAttribute("alt") ? `A picture was left out: ${node.getAttribute("alt")}.` : "A picture was left out.");
    return "";
  }
  if (["S", "STRIKE", "DEL"].includes(name)) how.told.add("Words that were struck out came as plain words: look whether they are meant.");
  if (["SUP", "SUB"].includes(name) && words.trim()) how.told.add("Raised or lowered signs came as plain ones.");
  if (!how.marks || !words.trim()) return words;
  const [, before, inner, after] = /^(\s*)([^]*?)(\s*)$/.exec(words);
  const weight = /(?<![-\w])font-weight:\s*(\w+)/i.exec(style)?.[1];
  const bold = (["B", "STRONG"].includes(name) && weight !== "normal") || /^(bold|[6-9]00)$/.test(weight ?? "");
  const italic = ["I", "EM"].includes(name) && !/(?<![-\w])font-style:\s*normal/i.test(style);
  const href = name === "A" ? node.getAttribute("href") ?? "" : "";
  let said = inner;
  if (bold && !said.includes("**")) said = `**${said}**`;
  else if (italic && !said.includes("*")) said = `*${said}*`;
  if (LINK.test(href) && !said.includes("](")) said = `[${said}](${href.replace(/\s/g, "%20").replace(/\(/g, "%28").replace(/\)/g, "%29")})`;
  else if (href && !href.startsWith("#")) how.told.add("A link without a whole address came as plain words.");
  return before + said + after;
}

// Signs that our text would read as marks.
function escaped(words, how) {
  const plain = words.replace(/[\t\n\r\f ]+/g, " ");
  return how.marks ? plain.replace(/\*\*|__|`|~~|==|\[(?=[^\]]*\]\()|<(?=[a-z/!])/gi, (sign) => sign.replace(/./g, "\\$&")) : plain;
}

// What begins a line as a heading, a rule or a table does, which no text holds: it is to be read as it is.
const guarded = (line) => line.replace(/^(#{1,6}[ \t]+\S|={3,}$|(?:- *)+$|\|?[ \t]*:?-{3,}|\|(?:[^|]+\|){2,}$)/, "\\$1");

// One line of words; a line end that was typed begins a line of its own.
function tidy(words) {
  return words.split("\u0001").map((line) => line.replace(/ +/g, " ").replace(/^ | $/g, "")).filter((line, at, all) => line || (at && at < all.length - 1))
    .join("  \n").trim();
}

function table(node, how) {
  how.told.add("A table cannot stand in a text: it is kept aside. Add a table and paste it there.");
  if (node.caption?.textContent.trim()) how.told.add(`The table's title: ${node.caption.textContent.trim()}.`);
  how.tables.push(cells(node));
}

// The cells of a table, with | between them, a row on each line.
function cells(node) {
  return [...node.rows].map((row) => [...row.cells].map((cell) => cell.textContent.replace(/\s+/g, " ").replace(/\|/g, "/").trim()).join(" | ")).join("\n");
}

// For a place that holds a table: its rows. Otherwise null.
export function asGrid(html) {
  const node = new DOMParser().parseFromString(html, "text/html").querySelector("table");
  return node ? cells(node) : null;
}

// Puts what is pasted into a field; tell({told, tables}) says what could not be taken. kind: of the text.
export function pasting(field, kind, tell) {
  field.addEventListener("paste", (event) => {
    const html = event.clipboardData?.getData("text/html");
    if (!html) return; // plain text comes as it is
    event.preventDefault();
    const grid = kind === "grid" ? asGrid(html) : null;
    const { text, tables, told } = grid === null ? converted(html, kind === "prose" || kind === "inline") : { text: grid, tables: [], told: [] };
    const one = ["prose", "grid", "lines", "pairs"].includes(kind) ? text : text.replace(/\s*\n\s*/g, " ");
    field.setRangeText(one, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    tell({ told, tables });
  });
}
