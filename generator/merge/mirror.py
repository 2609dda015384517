"""Sets two leaflets in different languages side by side, each block beside its translation, and finds where they
differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher

from ..model.content import Block, Contact, Content, Entry, Questions, Reference, Row
from ..model.late import Late
from ..model.problem import Place, Problem
from ..model.record import names
from ..model.story import Leaflet, Node
from .crossrefs import renamed
from .markdown import blocks

PARTED = ("story", "panel", "section", "aside", "div")
"""Groups: what stands in them is paired, block by block; any other element is paired whole."""
ONCE = ("hr", "lines", "slot", "slotcode")
"""These have no words of the leaflet's, so that they stand once, for both languages; so does a sign by itself."""


def mirrored(first: Leaflet, second: Leaflet) -> Leaflet:
    """Every block of `first` with the same block of `second` beside it, as <div class="pair"> of two <div>, each with
    its language and direction; wide tables stand under each other. It is read block by block. Where only one has a
    block, its pair has an empty side."""
    renamed(second.parts, f"-{second.language}")
    sides = [{"lang": one.language, "dir": one.direction} for one in (first, second)]
    parts = {}
    for name, part in first.parts.items():
        (parts[name],) = _joined(part, second.parts[name], sides)
    footers = [Node("footer", one.place, one.attributes, [_pair(one.kids, other.kids, one.place, sides)])
               for one, other in zip(first.footers, second.footers)]
    return Leaflet(parts, footers, first.title, first.language, first.direction,
                   digits={**second.digits, **first.digits}, terms=(*first.terms, *second.terms),
                   warnings=(*first.warnings, *second.warnings),
                   marks=tuple(dict.fromkeys((*first.marks, *second.marks))))


def _is_sign(node: Node) -> bool:
    """Whether a block holds a drawn sign and no words."""
    return node.name == "p" and bool(node.kids) and all(getattr(kid, "name", "") == "sign" for kid in node.kids)


def _joined(one: Node, other: Node, sides: list[dict]) -> list[Node]:
    if one.name in ONCE or _is_sign(one) and _is_sign(other):
        return [one]
    table = one.kids[0] if one.name == "div" and one.kids else one  # a table and its note are one block
    if _columns(table) > 2:
        return _halves([one], [other], one.place, sides)
    if one.name not in PARTED or "lang" in one.attributes:
        return [_pair([one], [other], one.place, sides)]
    here, there = [_kind(kid) for kid in one.kids], [_kind(kid) for kid in other.kids]
    counts, others = Counter(here), Counter(there)
    if any(counts[kind] != others[kind] and counts[kind] + others[kind] > 1 for kind in {*here, *there}):
        # a line more or less among others like it: no telling which belong together
        return [Node(one.name, one.place, one.attributes, [_pair(one.kids, other.kids, one.place, sides)])]
    kids: list[Node] = []
    for what, a, b, c, d in SequenceMatcher(None, here, there, autojunk=False).get_opcodes():
        if what == "equal":
            for left, right in zip(one.kids[a:b], other.kids[c:d]):
                kids += _joined(left, right, sides)
        else:
            kids += [_pair([left], [], left.place, sides) for left in one.kids[a:b]]
            kids += [_pair([], [right], right.place, sides) for right in other.kids[c:d]]
    return [Node(one.name, one.place, one.attributes, kids)]


def _columns(node: Node | str) -> int:
    """Columns of a table (each column has a heading); 0 for anything else."""
    if isinstance(node, str) or node.name != "table":
        return 0
    return max(len(row.kids) for part in node.kids if part.name != "caption" for row in part.kids)


def _kind(node: Node) -> tuple[str, str]:
    return node.name, node.attributes.get("class", "")


def _pair(one: list, other: list, place: Place | None, sides: list[dict]) -> Node:
    return Node("div", place, {"class": "pair"}, _halves(one, other, place, sides))


def _halves(one: list, other: list, place: Place | None, sides: list[dict]) -> list[Node]:
    return [Node("div", kids[0].place if kids else place, dict(side), kids) for kids, side in zip((one, other), sides)]


# ── do the two files say the same things? ────────────────────────────────────────────────────────────────────────────

NOUNS = {"options": "option", "key_points": "key point", "introduction": "introduction block", "sections": "section",
         "body": "block", "closing": "closing block", "text": "block", "answer": "block",
         "steps": "step", "columns": "column", "rows": "row", "items": "question",
         "questions": "question", "glossary": "term", "contacts": "contact", "references": "reference",
         "pictures": "picture"}
"""Lists that must be equally long, and what one of their items is called."""
FREE = frozenset(("format", "language", "title", "cover_title", "review", "keywords", "web", "layouts", "publisher",
                  "translation", "audience", "url", "labels", "compare", "file", "alt",
                  "width", "across", "side", "keep", "break"))
"""What one file may have and the other not. Any other key of the model both have, or neither."""
PIECES = {"p": "paragraph", "ul": "list", "ol": "numbered list", "blockquote": "quotation", "note": "footnote"}
PIECE = Late(r"<(/?)(p|ul|ol|blockquote|note)\b")


def unlike(first: Content, second: Content) -> list[Problem]:
    """Where the second file is not made as the first is, so that blocks would stand beside others than their own
    translations. Facts of review and publisher, addresses and the words themselves may differ."""
    place = second.place or getattr(second.title, "place", None)
    start = first.place or getattr(first.title, "place", None)
    return list(_differences(first, second, "", place, start.file.rpartition("/")[2] if start else str(first.language)))


def _differences(one: Entry, other: Entry, where: str, place: Place | None, file: str) -> Iterator[Problem]:
    """`where` names the entry ("section 3, block 2"), `place` is in the second file, `file` the first one's name."""
    place = other.place or place
    said = where or "this leaflet"
    if type(one) is not type(other):
        what, instead = ("a row", "a group of rows") if isinstance(other, Row) else ("a group of rows", "a row")
        yield Problem(place, f"{said} is {what}, in {file} it is {instead}")
        return
    if isinstance(one, Block) and _key(one) != _key(other):
        yield Problem(place, f"{said} is '{_key(other)}', in {file} it is '{_key(one)}'")
        return
    for key in names(one):
        a, b = getattr(one, key), getattr(other, key)
        if key in FREE:
            continue
        if isinstance(a, list) and isinstance(b, list):
            noun = "item" if key == "items" and not isinstance(one, Questions) else NOUNS.get(key, "")
            yield from _lists(a, b, key, noun, where, place, file)
        elif key == "kind" and a != b:
            yield Problem(getattr(b, "place", None) or place, f"{said} is '{b}', in {file} it is '{a}'")
        else:
            if (a is None) != (b is None):
                name = key.replace("_", " ")
                has = (f"{said} has no '{name}', {file} has one" if b is None
                       else f"{said} has a '{name}', {file} has none")
                yield Problem(getattr(b, "place", None) or place, has)
            elif isinstance(a, Entry):
                yield from _differences(a, b, where, place, file)
            elif a and one.__annotations__[key].startswith("Prose") and (pieces := _pieces(a)) != (there := _pieces(b)):
                order = " in another order" if sorted(pieces) == sorted(there) else ""
                yield Problem(getattr(b, "place", None) or place,
                              f"'{key}' of {said} has {_counted(there)}{order}, {file} has {_counted(pieces)}")


def _lists(a: list, b: list, name: str, noun: str, where: str, place: Place | None, file: str) -> Iterator[Problem]:
    noun = noun or name.replace("_", " ").removesuffix("s")
    if name == "cells":  # empty ones at the end may be left out
        a, b = _without_empty(a), _without_empty(b)
    if len(a) != len(b):
        if len(b) > len(a):
            place = getattr(b[len(a)], "place", None) or place
        yield Problem(place, f"{where or 'this leaflet'} has {_number(len(b), noun)}, {file} has {len(a)}",
                      "set side by side, both files have the same blocks in the same order")
        return
    for number, (one, other) in enumerate(zip(a, b), 1):
        if (one is None) != (other is None):
            yield Problem(getattr(other, "place", None) or place,
                          f"{noun} {number} of {where} is "
                          f"{'empty' if other is None else 'filled'}, in {file} it is not")
        elif isinstance(one, Entry) != isinstance(other, Entry):
            yield Problem(getattr(other, "place", None) or place,
                          f"{noun} {number} of {where} {'holds blocks' if isinstance(other, Entry) else 'is a text'}, "
                          f"in {file} it {'is a text' if isinstance(other, Entry) else 'holds blocks'}")
        elif isinstance(one, Entry) and not isinstance(one, (Contact, Reference)):
            yield from _differences(one, other, f"{where}, {noun} {number}" if where else f"{noun} {number}", place,
                                    file)


def _without_empty(cells: list) -> list:
    """Up to the last cell that holds something."""
    return cells[: max((number for number, cell in enumerate(cells, 1) if cell is not None), default=0)]


def _key(block: Block) -> str:
    """The key that says what a block is."""
    return next((name for name in names(block) if getattr(block, name) is not None), "nothing")


def _pieces(prose: str) -> list[str]:
    """Names of the elements that a text is made of, in order: p, ul, ol, blockquote."""
    depth, out = 0, []
    for found in PIECE.finditer(blocks(prose)[0]):
        if not found[1] and depth == 0:
            out.append(found[2])
        depth += -1 if found[1] else 1
    return out


def _counted(pieces: list[str]) -> str:
    return ", ".join(_number(count, PIECES[name]) for name, count in Counter(pieces).items()) or "nothing"


def _number(count: int, noun: str) -> str:
    return f"{count or 'no'} {noun}{'' if count == 1 else 's'}"
