"""Finds where in an author's text each character stands that was printed of it, though its marks are not printed.

`printed` goes the way that markdown.py goes when it writes the markup, and notes numbers of characters in place of
them. It is asked only where somebody wants to know a place (a preview, an editor), never by a build.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..model.late import Late
from ..model.story import seen
from .inline import CALLED, CITED
from .markdown import SPACE, SPECIAL, _parser
from .prose import Note, Paragraph, Quotation, Row
from .prose import blocks as blocks_of

_BREAK = Late(r"[ \t]*\\?\n[ \t]*")
_GAP = Late(r"\s*")


class Lost(Exception):
    """The tokens of a text are not what stands in it: a fault of this module, after which nothing is claimed."""


def printed(text: str, way: str) -> list[int]:
    """The number of each character of `text` that is seen when it is printed, in order; `way` as in story.Origin.

    Labels that an author types before the items of a list are not among them: markup has them in an attribute. Raises
    Lost.
    """
    if way == "plain":
        return seen(text)
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    out: list[int] = []
    if way == "inline":
        rows = [Row(number, 0, words.strip(SPACE), None) for number, words in enumerate(text.split("\n"))]
        paragraphs = iter([rows])
    else:
        paragraphs = _paragraphs(blocks_of(text)[0])
    for rows in paragraphs:
        source = "\n".join(row.words for row in rows).rstrip(SPACE)
        spots: list[int] = []
        for row in rows:
            line = text[starts[row.line] : starts[row.line + 1] - 1]
            at = line.rfind(row.words)
            if at < 0:
                raise Lost
            begin = starts[row.line] + at
            spots += range(begin, begin + len(row.words) + 1)
        said, inside = (source, range(len(source))) if not SPECIAL.search(source) else _walk(source)
        out += [spots[inside[at]] for at in seen(said)]
    return out


def _paragraphs(found: list) -> Iterator[list[Row]]:
    """The lines of every paragraph, in the order in which they are printed."""
    for block in found:
        if isinstance(block, Paragraph | Note):
            yield block.rows
        elif isinstance(block, Quotation):
            yield from _paragraphs(block.blocks)
        else:
            for item in block.items:
                yield from _paragraphs(item.blocks)


def _walk(source: str) -> tuple[str, list[int]]:
    """What is printed of the lines of a paragraph, and where in them each of its characters stands. Raises Lost."""
    said: list[str] = []
    out: list[int] = []
    at = 0
    for token in _parser().parseInline(source, {"sources": 999, "beyond": []})[0].children:
        kind = token.type
        if kind == "text":
            if not source.startswith(token.content, at):
                raise Lost
            said.append(token.content)
            out += range(at, at + len(token.content))
            at += len(token.content)
        elif kind == "text_special":  # written with \ before it, or as an entity: it stands where that begins
            if not source.startswith(token.markup, at):
                raise Lost
            said.append(token.content)
            if token.info == "escape":  # of a sign, that itself; a backslash that makes no sign of what follows stays
                out += range(at + len(token.markup) - len(token.content), at + len(token.markup))
            elif token.info in ("sup", "sub"):  # a raised figure stands where its figure does, past the ^
                out += range(at + token.markup.find(token.markup.strip("^~")), at + len(token.markup.rstrip("^~")))
            else:
                out += [at] * len(token.content)
            at += len(token.markup)
        elif kind in ("softbreak", "hardbreak"):
            found = _BREAK.match(source, at)
            if found is None:
                raise Lost
            at = found.end()
        elif kind == "link_open":
            at += {CITED: 0, CALLED: 2}.get(token.markup, 1)
        elif kind == "link_close":
            past = {"autolink": 1, CITED: 0, CALLED: 1}.get(token.markup)
            at = _after_address(source, at) if past is None else at + past
        else:
            at += len(token.markup)
    return "".join(said), out


def _after_address(source: str, at: int) -> int:
    """The end of the address and the title behind the words of a link, `](address "title")`. Raises Lost."""
    from markdown_it.helpers import parseLinkDestination, parseLinkTitle

    if not source.startswith("](", at):
        raise Lost
    at = _GAP.match(source, at + 2).end()
    address = parseLinkDestination(source, at, len(source))
    at = _GAP.match(source, address.pos if address.ok else at).end()
    title = parseLinkTitle(source, at, len(source))
    if title.ok:
        at = _GAP.match(source, title.pos).end()
    if source[at : at + 1] != ")":
        raise Lost
    return at + 1
