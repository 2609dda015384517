"""The story's elements as tags of HTML."""

from __future__ import annotations

import re
from html import escape

from ..model.content import GUIDES
from ..model.spans import spans
from ..model.story import ELEMENTS, Leaflet, Node
from ..text.direction import one_way
from ..text.together import together
from .pictures import picture, sign

TAGS = {"panel": "div", "story": "div", "line": "span", "aside": "div", "lines": "div",
        "note": "div", "contents": "nav", "entry": "div"}
"""Element → tag where they are not the same. A box is no <aside>: reading modes of browsers leave those out, and with
them the signs of danger."""
CLASSES = {"note": "footnote"}
"""Element → the class of its tag, where that is not its name (which a group of the theme has)."""
UNSEEN = ("ground", "footer", "header", "page", "pages", "views", "keys", "address", "addresses", "where")
"""Elements that only paper has: its furniture, and addresses, which are links here."""
ROLES = {"aside": "note", "note": "doc-footnote", "ul": "list", "ol": "list", "table": "table", "thead": "rowgroup",
         "tbody": "rowgroup", "tr": "row", "td": "cell"}
"""Element → its role, where a style sheet (of a list without bullets, of a narrow table) would take it away."""
WIDE = 3
"""Columns of a table up to which its cells stand side by side on a narrow screen, too."""


def directed(text: str, shown: str, tag: str) -> str:
    """Words of a line that runs from right to left, as HTML: addresses, numbers with units and telephone numbers run
    from left to right, each in an element of its own. shown: the text with other spaces, by which none is known."""
    out, done = [], 0
    for start, end in one_way(text):
        out += [escape(shown[done:start], quote=False),
                f'<{tag} dir="ltr">{escape(shown[start:end], quote=False)}</{tag}>']
        done = end
    return "".join(out) + escape(shown[done:], quote=False)


class Tags:
    """Writes the nodes of one leaflet. `used` are the styles that it needs, as style.Used."""

    def __init__(self, leaflet: Leaflet, palette: dict[str, str]) -> None:
        self.leaflet, self.palette = leaflet, palette
        self.used: dict[tuple[str, tuple[str, ...], str], None] = {}
        self.addresses = {node.attributes.get("href") for node in leaflet.nodes() if node.name == "a"}
        self.keys = {node.attributes["src"]: node.attributes["labels"] for node in leaflet.nodes()
                     if node.name == "keys" and "labels" in node.attributes}
        """Drawing → the words of its labels, where these stand under its views on paper: a page shows it whole."""

    def parts(self) -> str:
        """All parts of the leaflet, in reading order."""
        language, rtl = self.leaflet.language, self.leaflet.direction == "rtl"
        return "\n".join(self.node(part, language, rtl) for part in self.leaflet.parts.values())

    def node(self, node: Node, language: str, rtl: bool, form: str = "") -> str:
        """An element with what is in it. form: that of the table that it stands in, "" where it stands in none."""
        name, a = node.name, node.attributes
        self.used[name, node.classes, form] = None
        language, rtl = a.get("lang", language), a["dir"] == "rtl" if "dir" in a else rtl
        if name == "img":
            return self._img(node)
        if name == "qr":
            # who reads this on a screen follows the link beside it; where there is none, the code becomes one
            link = f'<p><a href="{escape(a["href"])}">{escape(a["alt"])}</a></p>\n'
            return "" if a["href"] in self.addresses else link
        if name in UNSEEN:
            return ""
        if name == "br":
            return "<br>"
        if name == "hr":
            return '<hr aria-hidden="true">\n'
        if name == "lines":
            return f'<div class="lines" aria-hidden="true">{"<i></i>" * int(a["count"])}</div>\n'
        if name == "table":
            return self._table(node, language, rtl)
        inside = "".join(self._words(kid, language, rtl) if isinstance(kid, str) else
                         sign(kid.attributes["name"], len(node.kids) == 1) if kid.name == "sign" else
                         self.node(kid, language, rtl, form)
                         for kid in node.kids)
        if name == "line":
            inside += " "  # lines of a title are one text: their words stay apart
        tag = TAGS.get(name, name)
        end = "" if ELEMENTS[name].inside in ("inline", "h1") else "\n"
        return f"<{tag}{self._attributes(node)}>{self._label(node)}{inside}</{tag}>{end}"

    def _attributes(self, node: Node, more: tuple[str, ...] = ()) -> str:
        name, a = node.name, node.attributes
        number = re.fullmatch(r"([0-9]+)\.", a.get("label", "")) if name == "li" else None
        labelled = ("labelled",) if a.get("label") and not number else ()
        classes = [*((CLASSES.get(name, name),) if name in TAGS else ()), *node.classes, *labelled, *more]
        out = f' class="{escape(" ".join(dict.fromkeys(classes)))}"' if classes else ""
        role = ROLES.get(name)
        if name == "th":
            row = a.get("scope") == "row"
            role = "rowheader" if row else "columnheader"
            out += f' scope="{"row" if row else "colgroup" if "colspan" in a else "col"}"'
        out += f' role="{role}"' if role else ""
        for key in ("lang", "dir", "id", "colspan", "rowspan", "start", "href", "title"):
            if key in a and (key, name) != ("start", "section"):
                out += f' {key}="{escape(a[key])}"'
        if "shares" in a:
            said = a["shares"].split(",")
            rest = 100 - sum(int(one[:-1]) for one in said if one != "rest")
            tracks = " ".join(f"minmax(0,{one[:-1] if one != 'rest' else rest}fr)" for one in said)
            out += f' style="--tracks:{tracks}"'
        elif "across" in a:
            out += f' style="--across:{a["across"]}"'
        if name == "a" and node.words().strip() == re.sub("^(mailto|tel):", "", a["href"]):
            out += ' dir="ltr" class="address"' if not node.classes else ' dir="ltr"'
        return f'{out} value="{number[1]}"' if number else out

    def _label(self, node: Node) -> str:
        """What an author typed in place of an item's bullet, where HTML does not count so by itself."""
        label = node.attributes.get("label", "")
        if not label or re.fullmatch(r"[0-9]+\.", label):
            return ""
        return f'<span class="label">{escape(label)} </span>'

    def _words(self, text: str, language: str, rtl: bool) -> str:
        """Text: numbers stay with their units, and run from left to right in Arabic, too."""
        never = together(text, language)
        shown = text
        if never:
            shown = "".join("\u00a0" if letter == " " and at + 1 in never else letter for at, letter in enumerate(text))
        return directed(text, shown, "bdi") if rtl else escape(shown, quote=False)

    def _img(self, node: Node) -> str:
        a = node.attributes
        said = a.get("labels") or self.keys.get(a["src"], "")
        labels = dict(item.split("=", 1) for item in said.split("\n") if item)
        width = a.get("width") or ""
        style = f' style="--width:{width}"' if width else ""
        alt = "".join(letter for letter in a.get("alt", "") if letter not in GUIDES)
        inside = picture(self.leaflet.pictures[a["src"]], alt, labels, self.palette)
        # on paper, views of it stand on an option's field; a page shows it whole, on the ground that it is drawn for
        more = " measured" * width.endswith("m") + " whole" * ("views" in a)
        return f'<div class="picture{more}"{style}>{inside}</div>\n'

    def _table(self, node: Node, language: str, rtl: bool) -> str:
        rows = [row for part in node.kids if part.name in ("thead", "tbody") for row in part.kids]
        columns = max((sum(spans(cell)[0] for cell in row.kids) for row in rows), default=0)
        spanned = any(spans(cell) != (1, 1) for row in rows if len(row.kids) > 1 for cell in row.kids)
        form = "wide" if columns < WIDE or spanned else "stacked" if columns == WIDE else "cards"
        first = next((row for part in node.kids if part.name == "thead" for row in part.kids), None)
        heads = [" ".join(cell.words().split()) for cell in first.kids] if form == "cards" and first else []
        sights = "".join(self._img(part) for part in node.kids if part.name == "img")
        out = []
        for part in node.kids:
            if part.name == "img":
                continue
            self.used[part.name, part.classes, form] = None
            tag = f"<{part.name}{self._attributes(part)}>"
            if part.name == "caption":
                out.append(self.node(part, language, rtl))
                continue
            made = "".join(self._row(row, heads, language, rtl, form) for row in part.kids)
            out.append(f"{tag}{made}</{part.name}>\n")
        self.used["table", node.classes, form] = None
        more = self._attributes(node, (form, *(("spanned",) if spanned else ())))
        keys = ' tabindex="0"' if spanned else ""  # so that the keys, too, move it where it has no room
        return (f'<div class="table"{keys}>\n{sights}'
                f'<table{more} style="--columns:{columns - 1}">\n{"".join(out)}</table>\n</div>\n')

    def _row(self, row: Node, heads: list[str], language: str, rtl: bool, form: str) -> str:
        self.used["tr", row.classes, form] = None
        cells = []
        for number, cell in enumerate(row.kids):
            made = self.node(cell, language, rtl, form)
            if heads and cell.name == "td" and number < len(heads) and heads[number] and cell.words().strip():
                made = made.replace("<td", f'<td data-head="{escape(heads[number])}"', 1)
            cells.append(made)
        return f"<tr{self._attributes(row)}>{''.join(cells)}</tr>\n"
