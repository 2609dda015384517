"""A leaflet as plain text, in reading order."""

from __future__ import annotations

from collections.abc import Iterator

from ..model.spans import columns_of, spans
from ..model.story import ELEMENTS, Leaflet, Node

BULLET = "•"
WESTERN = "0123456789"


def plain(leaflet: Leaflet) -> str:
    """The leaflet's words: blocks apart, items behind their bullets or numbers, cells of a row parted by bars, and the
    address of a link in angle brackets behind its words. What a picture says for those who can't see it stands in
    square brackets."""
    out: list[str] = []
    for part in leaflet.parts.values():
        out += _blocks(part, leaflet, leaflet.language)
    return "\n\n".join(block for block in out if block.strip()) + "\n"


def _blocks(node: Node, leaflet: Leaflet, language: str) -> Iterator[str]:
    language = node.attributes.get("lang", language)
    name = node.name
    if name in ("ground", "hr", "lines", "qr", "views", "keys", "addresses"):
        return
    if name == "img" and "decorative" in node.attributes:
        return
    if name == "img":
        yield f"[{' '.join(node.attributes.get('alt', '').split())}]"
    elif name in ("ul", "ol"):
        yield "\n".join(_items(node, leaflet, language))
    elif name == "dl":
        yield "\n".join(_hung("  " if kid.name == "dd" else "", _inside(kid, leaflet, language)) for kid in node.kids)
    elif name == "table":
        for part in node.kids:
            if part.name == "caption":
                yield _words(part)
            elif part.name == "img":
                yield from _blocks(part, leaflet, language)
            else:
                yield "\n".join(_rows(part.kids, leaflet, language))
    elif _holds_words(node):
        yield _hung(f"{node.attributes['label']} " if name == "note" else "", [_words(node)])
    else:
        for kid in node.kids:
            yield from _blocks(kid, leaflet, language)


def _items(node: Node, leaflet: Leaflet, language: str) -> Iterator[str]:
    number = int(node.attributes.get("start", 1))
    digits = leaflet.digits.get(language, WESTERN)
    for item in node.kids:
        here = item.attributes.get("lang", language)
        counted = f"{number}.".translate(str.maketrans(WESTERN, digits)) if node.name == "ol" else BULLET
        label = item.attributes.get("label") or counted
        yield _hung(label + " ", _inside(item, leaflet, here))
        number += 1


def _rows(rows: list[Node], leaflet: Leaflet, language: str) -> Iterator[str]:
    """Rows of a table. Where a cell goes over more rows or columns, it stands in the first; the others are empty."""
    for row, columns in zip(rows, columns_of([[spans(cell) for cell in row.kids] for row in rows])):
        cells = [""] * (columns[-1] + 1 if columns else 0)
        for cell, column in zip(row.kids, columns):
            cells[column] = " ".join(" ".join(_inside(cell, leaflet, language)).split())
        yield " | ".join(cells)


def _inside(node: Node, leaflet: Leaflet, language: str) -> list[str]:
    if _holds_words(node):
        return [_words(node)]
    return [block for kid in node.kids for block in _blocks(kid, leaflet, language)]


def _hung(label: str, blocks: list[str]) -> str:
    """Blocks behind a label, their lines below each other."""
    return label + "\n".join(blocks).replace("\n", "\n" + " " * len(label))


def _holds_words(node: Node) -> bool:
    return all(isinstance(kid, str) or ELEMENTS[kid.name].inside in ("inline", "h1") for kid in node.kids) and (
        bool(node.kids) or ELEMENTS[node.name].holds in ("text", "either"))


def _words(node: Node) -> str:
    """The words of a text element: breaks end lines, addresses stand behind the words of links."""
    return "\n".join(" ".join(line.split()) for line in "".join(_pieces(node)).split("\n"))


def _pieces(node: Node) -> Iterator[str]:
    for kid in node.kids:
        if isinstance(kid, str):
            yield kid.replace("\n", " ")
        elif kid.name == "br":
            yield "\n"
        elif kid.name == "line":
            yield from _pieces(kid)
            yield " "
        elif kid.name not in ("address", "where"):
            yield from _pieces(kid)
            href = kid.attributes.get("href", "")
            said = not href or href.startswith(("#", "tel:")) or kid.words().strip() == href.removeprefix("mailto:")
            if not said:
                yield f" <{href}>"
