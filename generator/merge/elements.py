"""What may stand in an element, and what is wrong with its attributes, by the table ELEMENTS (model/story.py)."""

from __future__ import annotations

import re
from collections.abc import Collection

from ..model.late import Late
from ..model.names import TAG
from ..model.story import COMMON, ELEMENTS, SIGNS, Node
from ..model.wording import nearest

TEXT, BLOCKS, EITHER, NOTHING, PARTS = "text", "blocks", "either", "nothing", "parts"


def mode_of(name: str) -> str:
    """How an element is filled: text, blocks, either, nothing, or parts (only the named children)."""
    holds = ELEMENTS[name].holds
    return holds if holds in (TEXT, BLOCKS, EITHER, NOTHING) else PARTS


def _holders(mode: str, name: str) -> frozenset[str]:
    """Names of the elements that may stand in an element of that name and mode."""
    named = ELEMENTS[name].holds.split(",") if name in ELEMENTS and mode == PARTS else ()
    found = set(named)
    for kid, element in ELEMENTS.items():
        places = element.inside.split(",")
        if (
            name in places
            or ("block" in places and mode in (BLOCKS, EITHER))
            or ("inline" in places and mode in (TEXT, EITHER))
            or ("top" in places and name == "")
        ):
            found.add(kid)
    return frozenset(found)


MODES = {name: mode_of(name) for name in ELEMENTS}
KIDS = {"": _holders("top", ""), **{name: _holders(MODES[name], name) for name in ELEMENTS}}
"""Element → the elements that may stand in it; "" is the top."""
INLINE = frozenset(name for name, element in ELEMENTS.items() if "inline" in element.inside.split(","))
BOUND = frozenset(name for name, element in ELEMENTS.items() if element.inside not in ("block", "inline", "top"))
"""Elements that have their place in certain others only (li, tr, td …)."""
KEPT_EMPTY = frozenset({"th", "td", "dd", "panel", "story", "footer", "header"})
"""Elements that stay although nothing is in them; others disappear, so that what is missing prints nothing."""

HTML = {
    "b": "write <strong>", "i": "write <em>", "u": "write <strong>; what is underlined is taken for a link",
    "article": "write <section>", "main": "write <story>", "header": "write <div>", "nav": "a leaflet has no menu",
    "body": "the story stands in <story>", "html": "the story stands in <story>", "head": "the story stands in <story>",
    "style": "looks belong in the theme: use class=", "font": "looks belong in the theme: use class=",
    "center": "looks belong in the theme: use class=", "small": "looks belong in the theme: use class=",
    "big": "looks belong in the theme: use class=", "script": "nothing runs in a leaflet",
    "iframe": "nothing is loaded in a leaflet", "link": "looks belong in the theme; for an address write <a href=…>",
    "svg": "put the drawing in a file: <img src=… alt=…>", "picture": "write <img>", "tfoot": "put the rows in <tbody>",
    "colgroup": "widths belong in the theme", "pre": "write <p>", "code": "write <em>",
    "q": "write the quotation marks", "cite": "write <em>", "mark": "write <strong>", "button": "paper has no buttons",
    "input": "for a line to write on: <lines>",
}
"""Hints for elements of HTML that leaflets do not have."""
VALUES = {"scope": ("col", "row"), "dir": ("ltr", "rtl"), "decorative": ("true",), "keep": ("whole",),
          "break": ("before",)}
PANELS = (("panel", "name"), ("story", "under"), ("story", "past"), ("section", "start"), ("footer", "panels"))
"""Attributes that name a panel, besides on=."""
NUMBERS = {"across": 1, "colspan": 1, "rowspan": 1, "lines": 1, "count": 1, "most": 1, "start": 0}
"""Attribute → its least value."""
_VIEWS = "name the views and the colours of their options: view=option-1 other=option-2"
NEEDED = {
    "img": {"src": "name the picture's file", "alt": "say what the picture shows, for someone who cannot see it"},
    "views": {"src": "name the picture's file", "views": _VIEWS},
    "keys": {"src": "name the picture's file", "views": _VIEWS},
    "qr": {"href": "an address with https:, http:, mailto: or tel:",
           "alt": "say what the code holds, for someone who cannot see it"},
    "slot": {"name": "name a field, such as name, date or clinic"},
    "slotcode": {"name": "name a field whose kind is qr",
                  "alt": "say what the code holds, for someone who cannot see it"},
    "a": {"href": "an address with https:, http:, mailto: or tel:"},
    "note": {"id": "name it, so that a word can lead to it", "label": "what stands before it, like 1"},
    "where": {"to": "name the id of an element"},
    "abbr": {"title": "say what it is short for"},
    "th": {"scope": 'scope="col" heads a column, scope="row" a row'},
    "panel": {"name": "name a panel of layout.yaml"},
    "sign": {"name": f"one of: {', '.join(SIGNS)}"},
}
ADDRESS = Late(r"(?:https?://|mailto:|tel:)\S+", re.IGNORECASE)
WITHIN = Late(r"#\S+")
"""Where a link within the leaflet leads."""
VIEW = Late(r"[A-Za-z][\w-]*=option-[1-4]")
SHARES = Late(r"(?:[1-9]\d?%|rest)(?:,(?:[1-9]\d?%|rest))*")
WIDTH = Late(r"(?=.*[1-9])[0-9]{1,4}(?:\.[0-9]{1,2})?(?:%|mm)")


def attribute_faults(
    name: str, attributes: dict[str, str], classes: Collection[str], panels: Collection[str]
) -> list[tuple[str, str, str]]:
    """What is wrong with the attributes of an element: (attribute, message, hint)."""
    out = []
    allowed = (*COMMON, *ELEMENTS[name].attributes)
    for key, value in attributes.items():
        if key not in allowed:
            hint = "looks belong in the theme: use class=" if key == "style" else nearest(key, allowed)
            out.append((key, f"<{name}> has no attribute '{key}'", hint or f"it takes: {', '.join(allowed)}"))
        elif key == "class":
            out += [_unknown_class(name, one, classes) for one in value.split() if f"{name}.{one}" not in classes]
        elif fault := _value_fault(name, key, value, panels):
            out.append((key, *fault))
    for key, hint in NEEDED.get(name, {}).items():
        if key == "alt" and attributes.get("decorative") == "true":
            continue
        if not attributes.get(key, "").strip():
            out.append((key, f"<{name}> needs {key}=", hint))
    return out


def _unknown_class(name: str, one: str, classes: Collection[str]) -> tuple[str, str, str]:
    known = sorted(style.split(".", 1)[1] for style in classes if style.startswith(f"{name}."))
    hint = (nearest(one, known)
            or (f"<{name}> has: {', '.join(known)}" if known else f"add {name}.{one} to the theme's styles"))
    return "class", f"the theme has no style '{name}.{one}'", hint


def _value_fault(name: str, key: str, value: str, panels: Collection[str]) -> tuple[str, str] | None:
    if not value:
        return None
    if key == "href":
        if not ADDRESS.fullmatch(value) and not (name == "a" and WITHIN.fullmatch(value)):
            return (f"'{_short(value)}' is not an address",
                    "it begins with https://, http://, mailto: or tel: and has no spaces")
    elif key == "views":
        if wrong := next((one for one in value.split() if not VIEW.fullmatch(one)), None):
            return f"'{_short(wrong)}' names no view with its option", "like needle=option-1"
    elif key in VALUES:
        if value not in VALUES[key]:
            return f"{key} must be {' or '.join(VALUES[key])}, not '{_short(value)}'", nearest(value, VALUES[key])
    elif key == "lang":
        if not re.fullmatch(TAG, value):
            return f"'{_short(value)}' is not a language tag", "like en, tr or zh-Hans (BCP 47)"
    elif (name, key) == ("img", "width"):
        if not WIDTH.fullmatch(value):
            return f"'{_short(value)}' is not a width", "a part of the measure, like 60%, or a length, like 45mm"
    elif key == "shares":
        if not SHARES.fullmatch(value):
            return f"'{_short(value)}' are no shares", "parts of the measure, in percent, or rest: 40%,rest"
    elif (name, key) == ("sign", "name"):
        if value not in SIGNS:
            return f"there is no sign '{_short(value)}'", nearest(value, SIGNS) or f"there are: {', '.join(SIGNS)}"
    elif key == "on" or (name, key) in PANELS:
        for one in value.replace(",", " ").split() if key == "panels" else (value,):
            if one not in panels:
                return (f"layout.yaml has no panel '{_short(one)}'",
                        nearest(one, panels) or f"it has: {', '.join(panels)}")
    elif key in NUMBERS and not (value.isascii() and value.isdigit() and NUMBERS[key] <= int(value[:9]) < 10_000):
        return f"{key} must be a whole number from {NUMBERS[key]}, not '{_short(value)}'", ""
    return None


def _short(value: str) -> str:
    return value if len(value) <= 40 else value[:39] + "…"


def misplaced(name: str, parent: str) -> tuple[str, str]:
    """(message, hint) for an element that stands where it may not."""
    if not parent:
        return f"<{name}> stands outside of the parts", "put it in <story>, <panel> or <footer>"
    message = f"<{name}> cannot stand in <{parent}>"
    inside = ELEMENTS[name].inside
    if inside == "top":
        return message, f"<{name}> stands by itself, in no other element"
    if name in BOUND:
        return message, "it stands in " + " or ".join(f"<{one}>" for one in inside.split(",") if one in ELEMENTS)
    if name in INLINE:
        return message, f"put <p>…</p> around <{name}>" if MODES[parent] == BLOCKS else _holds(parent)
    if MODES[parent] == TEXT:
        hint = ("the filter `text` writes <p> itself; `inline` writes words only"
                if name in ("p", "ul", "ol", "blockquote") else "")
        return message, hint or f"<{parent}> holds words only"
    return message, _holds(parent)


def _holds(parent: str) -> str:
    kids = [f"<{kid}>" for kid in ELEMENTS if kid in KIDS[parent]]
    return f"<{parent}> holds {', '.join(kids)}" if MODES[parent] == PARTS else f"<{parent}> holds {MODES[parent]}"


def lines_fault(heading: Node) -> tuple[str, str] | None:
    """(message, hint) for a title that has words beside its lines. White space between lines is taken away."""
    if not any(isinstance(kid, Node) and kid.name == "line" for kid in heading.kids):
        return None
    heading.kids[:] = [kid for kid in heading.kids if isinstance(kid, Node) or kid.strip()]
    if all(isinstance(kid, Node) and kid.name == "line" for kid in heading.kids):
        return None
    return f"words stand beside <line> in <{heading.name}>", "put all words of the title in lines"


def table_faults(table: Node) -> list[tuple[Node, str, str]]:
    """(node, message, hint): rows of a table that differ in width (a screen reader could not name their columns; ISO
    14289-1, 7.5, and ISO 32000-1, 14.8.4.3.4)."""
    widths = []
    for group in (kid for kid in table.kids if isinstance(kid, Node)):
        rows = [row for row in group.kids if isinstance(row, Node) and row.name == "tr"]
        cells = [[cell for cell in row.kids if isinstance(cell, Node)] for row in rows]
        if any(_value_fault("td", key, cell.attributes.get(key, ""), ())
               for row in cells for cell in row for key in ("colspan", "rowspan")):
            return []  # told where the value stands
        widths += zip(rows, reached([list(map(_spans, row)) for row in cells]))
    return [
        (row, f"columns in this row: {width}, in the first: {widths[0][1]}", "write empty cells as <td></td>")
        for row, width in widths
        if width != widths[0][1]
    ]


def _spans(cell: Node) -> tuple[int, int]:
    return int(cell.attributes.get("colspan") or 1), int(cell.attributes.get("rowspan") or 1)


def reached(rows: list[list[tuple[int, int]]]) -> list[int]:
    """The columns that each row fills; a cell is (columns, rows that it goes over). A cell that goes over the end of
    its rows makes the last of them one that fills too many."""
    from_above: list[int] = [0] * (len(rows) + 1)
    out = []
    for number, row in enumerate(rows):
        for wide, deep in row:
            for below in range(number + 1, min(number + deep, len(rows) + 1)):
                from_above[below] += wide
        out.append(sum(wide for wide, _ in row) + from_above[number])
    if out and from_above[-1]:
        out[-1] += from_above[-1]
    return out
