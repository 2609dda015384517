"""What the file claims, checked before it is written: a document that breaks a claim is not written at all.

The claims are those of PDF/UA-1 (ISO 14289-1) and PDF/A-2a (ISO 19005-2) that a writer can break; a break is a fault of
the program (users' mistakes are found earlier), hence an exception and not a Problem.
"""

from __future__ import annotations

import re

from ..model.names import TAG
from ..model.page import About
from ..model.structure import Elem
from ..text.fonts import Face


class ClaimError(ValueError):
    """The document would claim something it does not keep."""


"""Form of a language tag (BCP 47)."""

HEADINGS = ("H1", "H2", "H3", "H4", "H5", "H6")

PARENTS = {
    "LI": ("L",),
    "Lbl": ("LI", "Note"),
    "LBody": ("LI",),
    "TOCI": ("TOC",),
    "THead": ("Table",),
    "TBody": ("Table",),
    "TFoot": ("Table",),
    "TR": ("Table", "THead", "TBody", "TFoot"),
    "TH": ("TR",),
    "TD": ("TR",),
}
"""Where these may stand (ISO 32000-1, 14.8.4.3)."""

CHILDREN = {
    "L": ("LI", "L", "Caption"),
    "LI": ("Lbl", "LBody"),
    "TOC": ("TOCI", "TOC", "Caption"),
    "Table": ("TR", "THead", "TBody", "TFoot", "Caption"),
    "THead": ("TR",),
    "TBody": ("TR",),
    "TR": ("TH", "TD"),
}
"""What may stand in these, and nothing else."""

ROLES = frozenset(
    ["Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "TOC", "TOCI", "Index", "P", "H1", "H2", "H3", "H4", "H5", "H6", "L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD", "THead", "TBody", "TFoot", "Span", "Quote", "Note", "Reference", "Link", "Figure", "Formula"]
)
"""Standard structure types (14.8.4): no role map is written."""


def check_about(about: About) -> None:
    """Title and language (ISO 14289-1, 7.1 and 7.2)."""
    if not about.title.strip():
        raise ClaimError("the document has no title")
    if not re.fullmatch(TAG, about.language):
        raise ClaimError(f"the document's language is {about.language!r}, which is no language tag")


def check_tree(tree: Elem) -> None:
    """Everything that can be said of the structure tree before anything is drawn."""
    if tree.role != "Document":
        raise ClaimError(f"the structure tree begins with {tree.role!r}, not Document")
    level = 0
    named: set[str] = set()
    todo: list[tuple[Elem, str]] = [(tree, "")]
    while todo:  # in reading order
        elem, parent = todo.pop()
        role = elem.role
        if not role:
            if elem.kids:
                raise ClaimError(f"text of {parent} has elements below it")
            continue
        if role not in ROLES:
            raise ClaimError(f"{role!r} is no standard structure type")
        if parent not in PARENTS.get(role, (parent,)):
            raise ClaimError(f"{role} stands in {parent}")
        if elem.language is not None and not re.fullmatch(TAG, elem.language):
            raise ClaimError(f"the language of {role} is {elem.language!r}, which is no language tag")
        if role == "Figure" and not (elem.alt or "").strip():
            raise ClaimError("a Figure has no alternate text")
        if role == "TH" and elem.scope not in ("Column", "Row", "Both"):
            raise ClaimError(f"a TH has the scope {elem.scope!r}")
        if role == "Link" and not elem.href:
            raise ClaimError("a Link leads nowhere")
        if elem.name:
            if elem.name in named:
                raise ClaimError(f"two elements have the name {elem.name!r}")
            named.add(elem.name)
        elif role == "Note":
            raise ClaimError("a Note has no name")  # ISO 14289-1, 7.9
        if role in HEADINGS:
            if int(role[1]) > level + 1:
                raise ClaimError(f"{role} {elem.title or ''} follows H{level}: a heading level is skipped")
            level = int(role[1])
        if role == "Table":
            _check_table(elem)
        allowed = CHILDREN.get(role)
        for kid in reversed(elem.kids):
            if allowed and kid.role not in allowed:
                raise ClaimError(f"{kid.role or 'text'} stands in {role}")
            todo.append((kid, role))


def _check_table(table: Elem) -> None:
    """Rows of one table span the same columns (ISO 14289-1, 7.5), those counted that a cell of a row above reaches into."""
    lengths = set()
    for group in (table, *(part for part in table.kids if part.role != "TR")):
        below: list[int] = []
        for row in (row for row in group.kids if row.role == "TR"):
            lengths.add(sum(cell.colspan for cell in row.kids) + len(below))
            below = [left - 1 for left in below if left > 1]
            below += [cell.rowspan - 1 for cell in row.kids if cell.rowspan > 1 for _ in range(cell.colspan)]
        if below:
            raise ClaimError("a cell of a table goes over more rows than there are")
    if len(lengths) > 1:
        raise ClaimError(f"rows of a table have {sorted(lengths)} columns")


def check_text(face: Face, glyph: int, text: str) -> None:
    """A glyph that is drawn must exist and say what it means (ISO 14289-1, 7.21.7 and 7.21.8; ISO 19005-2, 6.2.11.7.3)."""
    if glyph == 0:
        raise ClaimError(f"{face.ps_name} has no glyph for {text!r}")
    for character in text:
        code = ord(character)
        if code in (0, 0xFEFF, 0xFFFE) or 0xE000 <= code <= 0xF8FF or code >= 0xF0000 or 0xD800 <= code <= 0xDFFF:
            raise ClaimError(f"{face.ps_name}: U+{code:04X} says nothing to a reader")
