"""A leaflet as a screen reader says it: its structure tree, in order, with the words that a reader announces."""

from __future__ import annotations

from collections.abc import Iterator

from ..model.page import Composition, Line
from ..model.record import record
from ..model.spans import columns_of
from ..model.structure import Elem

GROUPS = frozenset(("Document", "Part", "Sect", "Div", "THead", "TBody", "LBody"))
"""Elements of which nothing is announced."""


@record(frozen=True, slots=True)
class Said:
    """One thing that is said."""

    role: str
    """What is announced: heading 2, list of 3, image …; "" for plain text."""
    text: str
    depth: int
    """How many lists and tables it stands in."""
    language: str


def transcript(composition: Composition) -> list[Said]:
    """Everything that is said of a leaflet, in the order of its tags."""
    words: dict[int, list[str]] = {}
    for page in composition.pages:
        for item in page.items:
            if item.__class__ is Line:
                for run in item.runs:
                    if run.elem is not None:
                        words.setdefault(id(run.elem), []).extend(word.text for word in run.words)
    said = {key: "".join(parts).replace("\xad", "") for key, parts in words.items()}
    return list(_said(composition.tree, said, 0, composition.language))


def _said(elem: Elem, words: dict[int, str], depth: int, language: str) -> Iterator[Said]:
    language = elem.language or language
    role = elem.role
    if role in GROUPS or role == "LI":
        held: list[Elem] = []
        """Leaves that stand in a group itself, as the words of a list's item do."""
        label = ""
        for kid in elem.kids:
            if kid.role == "Lbl":
                label = _text(kid, words)
            elif kid.role in ("", "Link", "Span"):
                held.append(kid)
            elif role == "LI" and kid.role == "LBody":
                yield from _item(kid, label, words, depth, language)
            else:
                yield from _said(kid, words, depth, language)
        if held:
            yield Said("", _together(held, words), depth, language)
    elif role == "L":
        count = sum(kid.role == "LI" for kid in elem.kids)
        yield Said(f"list of {count}", "", depth, language)
        for kid in elem.kids:
            yield from _said(kid, words, depth + 1, language)
    elif role == "Table":
        yield from _table(elem, words, depth, language)
    elif role == "Figure":
        yield Said("image", " ".join(filter(None, (elem.alt or "", _text(elem, words)))), depth, language)
    else:
        yield Said(_announced(role), _text(elem, words), depth, language)


def _item(body: Elem, label: str, words: dict[int, str], depth: int, language: str) -> Iterator[Said]:
    """An item of a list, its bullet or number before its first words."""
    first = True
    for one in _said(body, words, depth, language):
        yield Said(one.role, f"{label.strip()} {one.text}".strip() if first else one.text, one.depth, one.language)
        first = False


def _table(table: Elem, words: dict[int, str], depth: int, language: str) -> Iterator[Said]:
    """A table, row by row; before each cell the headings that a reader says with it."""
    rows = list(_rows(table))
    columns = max((sum(cell.colspan for cell in row.kids) for row in rows), default=0)
    yield Said(f"table of {len(rows)} rows and {columns} columns", "", depth, language)
    for kid in table.kids:
        if kid.role == "Caption":
            yield Said("caption", _text(kid, words), depth + 1, language)
    heads: dict[int, str] = {}
    for row, columns in zip(rows, columns_of([[(cell.colspan, cell.rowspan) for cell in row.kids] for row in rows])):
        for cell, at in zip(row.kids, columns):
            text = _text(cell, words)
            if cell.role == "TH":
                role = "row heading" if cell.scope == "Row" else "column heading"
                if cell.scope != "Row":
                    heads[at] = text
            else:
                role = f"cell, {heads[at]}" if heads.get(at) else "cell"
            yield Said(role, text, depth + 1, cell.language or language)


def _rows(elem: Elem) -> Iterator[Elem]:
    for kid in elem.kids:
        if kid.role == "TR":
            yield kid
        elif kid.role in ("THead", "TBody", "TFoot"):
            yield from _rows(kid)


def _announced(role: str) -> str:
    if role[:1] == "H" and role[1:].isdecimal():
        return f"heading {role[1:]}"
    return {"P": "", "": "", "BlockQuote": "quotation", "Lbl": "term"}.get(role, role.lower())


def _text(elem: Elem, words: dict[int, str]) -> str:
    return _together([elem], words)


def _together(elems: list[Elem], words: dict[int, str]) -> str:
    return " ".join("".join(_parts(elems, words)).split())


def _parts(elems: list[Elem], words: dict[int, str]) -> Iterator[str]:
    for elem in elems:
        yield words.get(id(elem), "")
        if elem.role == "Link":
            yield from _parts(elem.kids, words)
            yield " (link) "
        elif elem.role in ("P", "L", "LI", "LBody"):
            yield from _parts(elem.kids, words)
            yield " "
        else:
            yield from _parts(elem.kids, words)
