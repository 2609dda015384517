"""Finds where in the file each character of a text stands, though YAML and the reader changed its lines and signs.

YAML folds line ends into spaces, drops indentation, and reads `''` and `\\n` as one sign (YAML 1.2.2, 6.5, 7.3, 8.1).
This module goes through the text as it is written (Scalar.raw) in the same way as libyaml, and notes places instead of
signs. After that, paragraphs.py changes white space and prose.composed joins accents with their letters. All other
signs keep their order, by which their places are found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import category

_WIDTHS = {"x": 4, "u": 6, "U": 10}
"""Signs of an escape in double quotes, by the letter behind the backslash; all others have 2."""
WHITE = " \t\n"
"""What folding drops and changes; other spaces are letters to YAML."""
_SPACE = re.compile("[ \t\n]+")
_ABOVE = re.compile("[^\n]*\n[ \n]*")
"""The head of a block and the empty lines below it."""


def spots_of(text: str, value: str, raw: str, plain: bool) -> list[int]:
    """Where in `raw` each character of a text stands; none where that is not known.

    `raw` is a scalar as it stands in its file, with quotes, the head of a block, and line ends; `plain`, whether it has
    neither quotes nor a head. `value` is what YAML makes of it, `text` what was made of that.
    """
    spots = _spots(value, raw, plain)
    start = value.find(text)
    return spots[start : start + len(text)] if start >= 0 or not spots else _aligned(text, value, spots)


def lines_above(raw: str, plain: bool) -> int:
    """Lines of a scalar above the first that has words: the head of a block, and empty ones below it."""
    return 0 if plain or raw[0] not in "|>" else _ABOVE.match(raw)[0].count("\n")


def _aligned(text: str, value: str, spots: list[int]) -> list[int]:
    """The spots of a text whose signs are those of `value`, but for white space and how accents are put on letters."""
    out: list[int] = []
    pieces = [(value[start:end], spots[start:end]) for start, end in _pieces(value)]
    at = 0
    while at < len(pieces) and pieces[at][0].isspace() and not text[0].isspace():
        at += 1  # stripped
    for start, end in _pieces(text):
        white = text[start] in WHITE
        if at < len(pieces) and not white and pieces[at][0][0] in WHITE:
            at += 1
        if at == len(pieces) or (white and pieces[at][0][0] not in WHITE):
            return []
        there = pieces[at][1]
        if white:  # the last one of a stretch is the last one, whatever was put before it
            out += [there[max(0, len(there) - end + number)] for number in range(start, end)]
        else:
            out += [there[min(number - start, len(there) - 1)] for number in range(start, end)]
        at += 1
    return out


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of every stretch of white space, and of every other sign with the accents that belong to it."""
    start = 0
    for at in range(1, len(text) + 1):
        if at < len(text):
            white, accent = text[at] in WHITE, category(text[at])[0] == "M" or "\u1160" <= text[at] <= "\u11ff"
            if white == (text[at - 1] in WHITE) and (white or accent):
                continue
        yield start, at
        start = at


def _spots(text: str, raw: str, plain: bool) -> list[int]:
    """Where in `raw` each character of what YAML makes of it stands; none where that is not known."""
    if not text.strip():
        return []
    if raw == text:
        return list(range(len(raw)))
    if plain:
        spots = list(_flow(raw, 0, len(raw), ""))
    elif raw[0] in "|>":
        spots = list(_block(raw, text))[: len(text)]
    else:
        spots = list(_flow(raw, 1, len(raw) - 1, raw[0]))
    return spots if len(spots) == len(text) else []


def _flow(raw: str, at: int, end: int, quote: str) -> Iterator[int]:
    """Text without quotes or in quotes. White space around line ends is dropped: one line end is a space, of more, all
    but the first are kept; an escaped line end is dropped itself."""
    escaped = False
    while at < end:
        if raw[at] in WHITE:
            after = _SPACE.match(raw, at, end).end()
            breaks = [spot for spot in range(at, after) if raw[spot] == "\n"]
            if escaped:
                yield from breaks
            elif not breaks:
                yield from range(at, after)
            else:
                yield from breaks[1:] or breaks
            at = after
        elif quote == '"' and raw[at : at + 2] == "\\\n":
            at, escaped = at + 2, True
            continue
        else:
            yield at
            if quote == '"' and raw[at] == "\\":
                at += _WIDTHS.get(raw[at + 1], 2)
            else:
                at += 2 if quote == "'" and raw[at] == "'" else 1
        escaped = False


def _block(raw: str, text: str) -> Iterator[int]:
    """A block; its line ends at the end are all there, though the text may have fewer."""
    indent = indentation(raw.split("\n")[1:]) - indentation(text.split("\n"))
    folds = raw[0] == ">"
    end: int | None = None
    """The end of the line before, if words stood in it."""
    empty: list[int] = []
    """The ends of empty lines since then."""
    moved = False
    """The line before is indented more, which keeps its line end."""
    at = raw.index("\n") + 1
    for line in raw[at:].split("\n"):
        words = line[min(indent, len(line) - len(line.lstrip(" "))) :]
        if words:
            more = words[0] in " \t"
            if folds and end is not None and not moved and not more:
                if not empty:
                    yield end
            elif end is not None:
                yield end
            yield from empty
            start = at + len(line) - len(words)
            yield from range(start, start + len(words))
            end, empty, moved = at + len(line), [], more
        else:
            empty.append(at + len(line))
        at += len(line) + 1
    if end is not None:
        yield end
    yield from empty


def indentation(lines: list[str]) -> int:
    """Spaces before the first words."""
    return next(len(line) - len(line.lstrip(" ")) for line in lines if line.strip(" "))
