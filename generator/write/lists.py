"""Items and keys of a content file: put in, moved, taken out, each as one change at its place alone.

An item is the lines from its dash to its last sign, with a comment behind it. Comments on lines of their own stay
where they are; those directly above an item, set in as far as its dash, move with it. With an item that is taken out
goes the gap that parted it from its neighbour.
"""

from __future__ import annotations

import json
import re
from typing import Any

from ..model.outline import Edit, Part
from .content import INNER, Page, key_of, one_line

HIGH = 4
"""Columns that sections and questions are set in at most."""
Data = Any
"""A text; a list of Data; a dict from keys to Data; True, False, a number."""


def insert(text: str, part: Part, index: int, data: Data) -> Edit:
    """Put an item into a list that has some, before the one at `index` or behind the last."""
    if part.style:
        words = in_brackets(data)
        if not part.items:
            return Edit(part.start + 1, part.end - 1, words)
        if index < len(part.items):
            return Edit(part.items[index].start, part.items[index].start, f"{words}, ")
        return Edit(part.items[-1].end, part.items[-1].end, f", {words}")
    pad = " " * part.column
    lines = "\n".join(item_lines(data, pad))
    spans = extents(text, part)
    if len(spans) > 1:
        gap = "\n" if "\n\n" in text[spans[0][1] : spans[1][0] + 1] else ""
    else:  # sections and questions stand apart
        gap = "\n" if part.column <= HIGH and "\n" in lines and "\n" in text[slice(*spans[0])] else ""
    if index == 0:
        at = _line_start(text, spans[0][0])
        return Edit(at, at, f"{lines}\n{gap}")
    at = _below(text, spans[index - 1][1], part.column)
    return Edit(at, at, f"\n{gap}{lines}")


def all_items(part: Part, data: list[str]) -> Edit:
    """Put other lines in place of all items of a list."""
    if part.style:
        return Edit(part.start, part.end, in_brackets(data))
    pad = " " * part.column
    return Edit(part.start, part.end, "\n".join(line for one in data for line in item_lines(one, pad))[len(pad) :])


def remove(text: str, part: Part, index: int) -> Edit:
    """Take an item out of a list that has more than one."""
    if part.style:
        if index + 1 < len(part.items):
            return Edit(part.items[index].start, part.items[index + 1].start, "")
        return Edit(part.items[index - 1].end, part.items[index].end, "")
    spans = extents(text, part)
    start, end = spans[index]
    before, after = (spans[index - 1][1] if index else None), (spans[index + 1][0] if index + 1 < len(spans) else None)
    if before is not None and not text[before:start].strip():
        return Edit(before, end, "")
    if after is not None and not text[end:after].strip():
        return Edit(start, after, "")
    return Edit(start, min(end + 1, len(text)), "")


def move(text: str, part: Part, index: int, to: int) -> Edit:
    """Take an item to another place of its list; `to`: its index afterwards. What stands between items stays there."""
    if part.style:
        spans = [(one.start, one.end) for one in part.items]
    else:
        spans = [(_above(text, part, number, start), end) for number, (start, end) in enumerate(extents(text, part))]
    low, high = min(index, to), max(index, to)
    order = list(range(low, high + 1))
    order.insert(to - low, order.pop(index - low))
    gaps = [text[spans[at][1] : spans[at + 1][0]] for at in range(low, high)] + [""]
    moved = "".join(text[slice(*spans[one])] + gap for one, gap in zip(order, gaps))
    return Edit(spans[low][0], spans[high][1], moved)


def add_key(text: str, part: Part, key: str, data: Data, order: tuple[str, ...]) -> Edit:
    """Give a mapping a key that it lacks, behind those that stand before it in `order`."""
    above = [name for name in part.keys if name in order and order.index(name) < order.index(key)]
    if part.style:
        words = f"{key_of(key)}: {in_brackets(data)}"
        at = part.keys[above[-1]].end if above else part.start + 1
        return Edit(at, at, f", {words}" if above else f"{words}, " if part.keys else words)
    pad = " " * part.column
    lines = "\n".join(key_lines(key, data, pad))
    tall = not part.column and len(part.keys) > 1 and "\n" in lines
    if not above:
        at = part.start
        return Edit(at, at, lines[len(pad) :] + "\n" + pad)
    last = max(above, key=lambda name: part.heads[name].start)
    at = _below(text, _line_end(text, max(part.keys[last].end, part.heads[last].end)), part.column)
    below = "\n" if tall and not text.startswith("\n\n", at) and at + 1 < len(text) else ""
    return Edit(at, at, ("\n" if tall else "") + f"\n{lines}{below}")


def remove_key(text: str, part: Part, key: str) -> Edit:
    """Take a key with its value out of a mapping that has more than one."""
    names = list(part.keys)
    index = names.index(key)
    start, end = part.heads[key].start, max(part.keys[key].end, part.heads[key].end)
    if part.style:
        if index + 1 < len(names):
            return Edit(start, part.heads[names[index + 1]].start, "")
        return Edit(part.keys[names[index - 1]].end, end, "")
    line, end = _line_start(text, start), _line_end(text, end)
    if text[line:start].strip():  # it shares its line with the dash of an item
        return Edit(start, part.heads[names[index + 1]].start, "")
    above = text[:line].rstrip(" ")
    if above.endswith("\n\n") and (not text[end:].strip() or text.startswith("\n\n", end)):
        line = len(text[:line].rstrip()) + 1
    return Edit(line, min(end + 1, len(text)), "")


def spread(text: str, way: list[Part], key: str) -> Edit:
    """Make a list with one block of a text that stands behind a key in place of blocks.

    way: the parts from the top to the text.
    """
    part, mapping = way[-1], way[-2]
    pad = " " * (mapping.column + 2)
    raw = text[part.start : part.end]
    first, *below = raw.split("\n")
    moved = "\n".join([first, *(f"    {row}" if row.strip() else row for row in below)])
    head = mapping.heads[key]
    colon = text.index(":", head.end)
    return Edit(colon + 1, part.end, f"\n{pad}- text: {moved}")


# ── where things begin and end ───────────────────────────────────────────────────────────────────────────────────────


def extents(text: str, part: Part) -> list[tuple[int, int]]:
    """Of each item of a list without brackets: the first sign of its line, the end of its last one."""
    found = []
    behind = part.start - part.column if not text[_line_start(text, part.start) : part.start].strip() else part.start
    dash = re.compile(rf"^ {{{part.column}}}-(?=\s|$)", re.MULTILINE)
    for item in part.items:
        last = None
        for last in dash.finditer(text, behind, item.start + 1):
            pass
        start = last.start() if last else part.start
        end = _line_end(text, max(item.end, start))
        found.append((start, end))
        behind = end
    return found


def _above(text: str, part: Part, number: int, start: int) -> int:
    """The beginning of the comments directly above an item."""
    pad = " " * part.column
    lowest = 0 if not number else extents(text, part)[number - 1][1] + 1
    while start > lowest:
        line = _line_start(text, start - 1)
        if line < lowest or not text.startswith(f"{pad}#", line):
            break
        start = line
    return start


def _below(text: str, at: int, column: int) -> int:
    """The end of the comments below a value that are set in deeper than what it stands in: they belong to it."""
    while found := re.compile(rf"\n {{{column + 1},}}#[^\n]*").match(text, at):
        at = found.end()
    return at


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


# ── how new things are written ───────────────────────────────────────────────────────────────────────────────────────


def item_lines(data: Data, pad: str) -> list[str]:
    """The lines of an item whose dash is set in by `pad`."""
    page = Page()
    _write(page, data, f"{pad}-", pad)
    return page.lines


def key_lines(key: str, data: Data, pad: str) -> list[str]:
    page = Page()
    _write(page, data, f"{pad}{key_of(key)}:", pad)
    return page.lines


def in_brackets(data: Data) -> str:
    if isinstance(data, dict):
        return "{" + ", ".join(f"{key_of(key)}: {in_brackets(one)}" for key, one in data.items()) + "}"
    if isinstance(data, list):
        return "[" + ", ".join(map(in_brackets, data)) + "]"
    if isinstance(data, (bool, int)):
        return json.dumps(data)
    return one_line(data, INNER)


def _write(page: Page, data: Data, lead: str, pad: str) -> None:
    inner = pad + "  "
    if isinstance(data, dict) and lead.endswith("-"):
        for key, one in data.items():
            _write(page, one, f"{lead} {key_of(key)}:", inner)
            lead = pad + " "
    elif isinstance(data, dict):
        page.lines.append(lead)
        for key, one in data.items():
            _write(page, one, f"{inner}{key_of(key)}:", inner)
    elif isinstance(data, list) and all(isinstance(one, str) and "\n" not in one for one in data) and (
            len(lead) + len(in_brackets(data)) <= 98):
        page.lines.append(f"{lead} {in_brackets(data)}")
    elif isinstance(data, list):
        page.lines.append(lead)
        for one in data:
            _write(page, one, f"{inner}-", inner)
    else:
        page.scalar(data, lead, pad, "")
