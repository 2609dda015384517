"""One text of a content file, written anew at its place alone: in the style and the width in which the file has it.

Each function gives several ways to write it, the best first. Who asks reads each back and takes the first that reads
as it was typed (recipe/editing.py), so that no way of writing has to be trusted.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from ..model.outline import Edit, Part
from .content import INNER, PLAIN, WIDTH, foldable, folded, one_line

NARROWEST, WIDEST = 60, 120
"""Widths at which people break lines; a file with longer ones is not broken by hand."""
UNBROKEN = 1_000_000
SAFE = re.compile(r"(?!\d|_)\w(?:(?!: | #)[^\n])*(?<!:)")
"""Text that most likely needs no quotes; it is read back in any case."""


def text_edits(text: str, top: Part, way: list[Part], new: str, words: bool = True) -> Iterator[Edit]:
    """Ways to write `new` in place of a text.

    text: the file, with line feeds as line ends. top: its outline; way: the parts on the way from the top to the text.
    words: False for numbers, dates and what is chosen from a list, which stand without quotes.
    """
    part = way[-1]
    brackets = any(one.style in ("[", "{") for one in way[:-1])
    indent = (way[-2].column if len(way) > 1 else -2) + 2
    before = text[text.rfind("\n", 0, part.start) + 1 : part.start]
    space = " " if part.start == part.end and before[-1:] not in (" ", "") else ""
    tried: set[str] = set()
    for way_to_write in _ways(text, part, new, words, brackets, indent, before + space, width_of(text, top)):
        if way_to_write not in tried:
            tried.add(way_to_write)
            yield Edit(part.start, part.end, space + way_to_write)


def width_of(text: str, top: Part) -> int:
    """The width at which a file breaks its lines: its longest line in texts over several lines that YAML joins."""
    longest = 0
    todo = [top]
    while todo:
        part = todo.pop()
        todo += [*part.items, *part.keys.values()]
        if part.kind == "text" and part.style != "|":
            rows = text[part.start : part.end].split("\n")
            if len(rows) > 2 or (len(rows) == 2 and part.style != ">"):
                longest = max(longest, *map(len, rows[1:]))
    if longest > WIDEST:
        return UNBROKEN
    return max(longest, NARROWEST) if longest else WIDTH


def _ways(text: str, part: Part, new: str, words: bool, brackets: bool, indent: int, before: str,
          width: int) -> Iterator[str]:
    raw = text[part.start : part.end]
    pad = " " * indent
    if not words:
        yield new
        yield one_line(new, PLAIN)
        return
    if brackets:
        if part.style in ("'", '"'):
            yield quoted(new, part.style)
        elif SAFE.fullmatch(new) and not re.search(r"[][{},]", new):
            yield one_line(new, SAFE)
        yield one_line(new, INNER)
        yield json.dumps(new)
        return
    broken = "\n" in raw
    fits = "\n" not in new and len(before) + len(new) + 2 <= width
    if part.style in ("|", ">"):
        head, _, below = raw.partition("\n")
        old = below.split("\n")
        inner = next((row[: len(row) - len(row.lstrip(" "))] for row in old if row.strip()), pad)
        if part.style == "|":
            if max(map(len, new.split("\n"))) > width - len(inner) >= max(map(len, old)) - len(inner):
                yield block(">-", rewrapped(new, [], width - len(inner)), inner)  # a long line reads badly
            yield block(head, new.split("\n"), inner)
        else:
            yield block(head, rewrapped(new, [row.strip() for row in old], width - len(inner)), inner)
    elif part.style:
        if "\n" not in new and (fits or not broken):
            yield quoted(new, part.style)
        elif broken:
            rows = [row.strip() for row in raw[1:-1].split("\n")]
            lines = rewrapped(quoted(new, part.style)[1:-1].replace("\\n", "\n"), rows, width - indent)
            yield part.style + f"\n{pad}".join(lines) + part.style
    elif broken and foldable(new) and PLAIN.fullmatch(new):
        yield f"\n{pad}".join(rewrapped(new, [row.strip() for row in raw.split("\n")], width - indent))
    if "\n" in new:
        yield block("|", new.split("\n"), pad)
    elif not fits and foldable(new):
        yield block(">-", folded(new, width - indent), pad)
    yield one_line(new, SAFE)
    yield one_line(new, PLAIN)
    yield json.dumps(new, ensure_ascii=False)
    yield json.dumps(new)


def block(head: str, lines: list[str], pad: str) -> str:
    """A text below its head, | or >, with each line set in by `pad`."""
    return "\n".join([head, *(pad + line if line else "" for line in lines)])


def quoted(new: str, quote: str) -> str:
    """A text on one line in quotes of this kind."""
    if quote == "'" and "\n" not in new:
        return "'" + new.replace("'", "''") + "'"
    return json.dumps(new, ensure_ascii=False)


def rewrapped(new: str, old: list[str], width: int) -> list[str]:
    """The lines of a text, each no longer than `width` where it can be broken; an empty line parts paragraphs.

    Lines of `old` stay as they are where the text is the same, above and below what was changed.
    """
    lines: list[str] = []
    for paragraph in new.split("\n"):
        lines += _paragraph(paragraph, old, width) if foldable(paragraph) and paragraph else [paragraph]
    return lines


def _paragraph(words: str, old: list[str], width: int) -> list[str]:
    kept: list[str] = []
    rest = words
    start = next((at for at, row in enumerate(old) if row and _leads(rest, row)), len(old))
    for row in old[start:]:
        if not row or not _leads(rest, row):
            break
        kept.append(row)
        rest = rest[len(row) + 1 :]
    if not rest:
        return kept
    tails = {" ".join(old[at:end]): at for end in _ends(old) for at in range(_begin(old, end), end)}
    fresh = folded(rest, width)
    for number in range(1, len(fresh)):  # the first place from which on the old lines can stay
        tail = " ".join(fresh[number:])
        if tail in tails:
            at = tails[tail]
            end = next(end for end in _ends(old) if end > at)
            return [*kept, *fresh[:number], *old[at:end]]
    return [*kept, *fresh]


def _leads(words: str, row: str) -> bool:
    return words == row or words.startswith(row + " ")


def _ends(rows: list[str]) -> list[int]:
    """Behind the last line of each paragraph."""
    return [at for at in range(1, len(rows) + 1) if rows[at - 1] and (at == len(rows) or not rows[at])]


def _begin(rows: list[str], end: int) -> int:
    start = end
    while start and rows[start - 1]:
        start -= 1
    return start
