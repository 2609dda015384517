"""Finds paragraphs, lists and quotations in the lines of an author's text. What stands within lines is left to
markdown.py.

What could be a number, a sign or arithmetic is read as such; a list is only what cannot be anything else.
model/prose.py tells the markers apart; these rules say when they make a list:

- a bullet of a word processor always does;
- "- " and "* " do where two or more lines begin with it; a single "- " before a word does, too;
- numbers, letters, dashes and ticks do where two or more lines begin so, and the items keep what was typed.

Every other line goes on the paragraph above, or stands on a line of its own where it would be mistaken for part of it.
"""

from __future__ import annotations

import re

from ..model.content import UNSEEN
from ..model.late import Late
from ..model.prose import ALONE, BULLETS, COUNTED, TEMPERATURE, TYPED, Marker, marker_of
from ..model.record import record
from .labels import in_order, is_first

DEEPEST = 6
"""Levels of lists and quotations in one another."""
DEEP = ("lists and quotations stand too deep in one another", "three levels are enough")
DASH = ("a list of one, or minus?", "it is printed as typed; write • for an item of a list, − or \\- for minus")
DEGREES = ("an item of a list, or minus?", "the dash is printed; write • for the items, or − for minus")
HYPHEN = (
    "an item of a list, or a dash?",
    "it is printed as typed; put an empty line above a list, or write \\- for the dash",
)
MORE = ("somebody's words, or 'more than'?", "the sign is printed; write > “…” for somebody's words, \\> for the sign")
TWICE = ("a number stands twice in this list", "it is printed as typed; number the items 1., 2., 3.")
NUMBER_SIGN = (
    "a heading, or the sign for 'number'?",
    "it is printed as typed; write \\# for the sign; headings stand under heading:",
)
HEADING = ("a heading cannot stand in a text", "headings have a place of their own: sections:, heading:; or write \\#")
RULE = ("a rule has no place in a text", "begin a new section, or write \\---")
FENCE = ("code has no place here", "take away the ``` or ~~~")
TABLE = ("a table cannot stand in a text", "use table: with columns: and rows:, or write \\|")

_LINE = Late(
    r"(?P<number>#[ \t]+\d)|(?P<heading>#{1,6}[ \t]+\S)|(?P<underline>={3,}$)"
    r"|(?P<rule>(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,})$)|(?P<fence>```|~~~)"
    r"|(?P<table>\|?[ \t]*:?-{3,}:?[ \t]*(?:\|[ \t]*:?-{3,}:?[ \t]*)+\|?$"
    r"|\|(?:[^|]+\|){2,}$)"
)
_TOLD = {"heading": HEADING, "underline": HEADING, "rule": RULE, "fence": FENCE, "table": TABLE}
_QUOTE = Late(r">\s?[*_]{0,3}([“„”«»‹›‘‚’\"'「『《〈])")
_CLOSING = {
    "“": "”", "„": "“”", "”": "”", "«": "»", "»": "«»", "‹": "›", "›": "‹›", "‘": "’", "‚": "‘’", "’": "’",
    '"': '"', "'": "'", "「": "」", "『": "』", "《": "》", "〈": "〉",
}
"""Opening quotation mark → what closes it, in the languages that use it."""
SPACE = " \t"
_NOTE = Late(r"\[\^(?P<label>[^\]\[\s^]{1,8})\]:\s*(?=\S)")
_CALLER = Late(r"(?<![\s*\\([{])\*(?![\w*])")
_EMPHASIS = Late(r"(?<![\w*\\])\*(?=[^\s*])[^*]+(?<=[^\s\\])\*(?!\*)")
_ENDED = (":", "：", ".", "。", ";", "；", "!", "?", "…", ")")
"""A line that ends so is not expected to go on in the next."""


@record(frozen=True, slots=True)
class Slip:
    """A fault in a text, or a doubt, `line` lines below its first."""

    line: int
    message: str
    hint: str
    severity: str = "error"
    words: str = ""
    """What stands there, as far as it is known: the place is where it is found in that line."""


@record(slots=True)
class Row:
    """A line of a text."""

    line: int
    """Lines below the first of the text."""
    indent: int
    words: str
    """Without the white space at its start."""
    marker: Marker | None
    alone: bool = False
    """A new line begins before it and after it."""

    @property
    def blank(self) -> bool:
        return not self.words


@record(slots=True)
class Paragraph:
    rows: list[Row]


@record(slots=True)
class Item:
    line: int
    label: str
    """As typed; "" where it gets the layout's bullet."""
    blocks: list


@record(slots=True)
class List:
    numbered: bool
    items: list[Item]

    @property
    def line(self) -> int:
        return self.items[0].line


@record(slots=True)
class Quotation:
    line: int
    blocks: list


@record(slots=True)
class Note:
    """A footnote."""

    label: str
    rows: list[Row]


Block = Paragraph | List | Quotation | Note


def blocks(source: str) -> tuple[list[Block], list[Slip]]:
    """The blocks of a text, and what is wrong or doubtful in how its lines begin."""
    reader = _Reader(source)
    return reader.blocks([_row(number, line) for number, line in enumerate(source.split("\n"))], 0), reader.slips


def _row(number: int, line: str) -> Row:
    words = line.lstrip(" \t")
    if not words or UNSEEN.fullmatch(words):
        return Row(number, 0, "", None)
    indent = len(line) - len(words)
    if "\t" in line[:indent]:
        indent = len(line[:indent].expandtabs(4))
    if words[0] in "\u3000\u00a0" and (inner := marker_of(words.lstrip("\u3000\u00a0"))) and inner.kind not in ALONE:
        words = words.lstrip("\u3000\u00a0")
    return Row(number, indent, words, marker_of(words))


class _Reader:
    def __init__(self, source: str) -> None:
        self.source = source
        self.slips: list[Slip] = []
        self.called: bool | None = None
        self.fenced = False
        """Between two lines of ```."""

    def slip(self, row: Row, said: tuple[str, str], severity: str = "error") -> None:
        slip = Slip(row.line, *said, severity)
        if slip not in self.slips[-3:]:
            self.slips.append(slip)

    def blocks(self, rows: list[Row], depth: int) -> list[Block]:
        """The blocks of lines that stand in `depth` lists and quotations."""
        out: list[Block] = []
        words: list[Row] = []
        """Lines of the paragraph that is open."""
        at = 0
        while at < len(rows):
            row = rows[at]
            if row.blank:
                self.end(words, out)
                words = []
                at += 1
                continue
            if self.told(rows, at):
                at += 1
                continue
            if row.words[0] == ">" and _QUOTE.match(row.words):
                self.end(words, out)
                words = []
                block, at = self.quotation(rows, at, depth)
            elif row.words[0] == "[" and (note := _NOTE.match(row.words)):
                self.end(words, out)
                words = []
                block, at = self.note(rows, at, note)
            elif row.marker and (starts := self.items(rows, at, words, depth)):
                self.end(words, out)
                words = []
                block, at = self.list(rows, starts, depth)
            else:
                words.append(row)
                at += 1
                continue
            if depth < DEEPEST:
                out.append(block)
            else:
                self.slip(row, DEEP)
        self.end(words, out)
        return out

    def end(self, words: list[Row], out: list[Block]) -> None:
        """Ends the paragraph that is open."""
        if not words:
            return
        for above, row in zip(words, words[1:]):
            if above.marker and row.marker and above.marker.kind == row.marker.kind and row.marker.kind in ALONE:
                above.alone = row.alone = True
        out.append(Paragraph(words))

    def told(self, rows: list[Row], at: int) -> bool:
        """Whether a line is the mark of something that has no place in a text."""
        row = rows[at]
        found = _LINE.match(row.words.rstrip()) if row.words[0] in "#-*=`~|:" else None
        if found is None:
            return False
        kind = found.lastgroup
        if kind == "number":
            self.slip(row, NUMBER_SIGN, "warning")
            return False
        if kind == "fence":
            self.fenced = not self.fenced
        if kind != "fence" or self.fenced:
            while kind == "table" and at and "|" in rows[at - 1].words:  # a table is told once, at its first line
                at -= 1
            self.slip(rows[at], _TOLD[kind])
        return True

    @staticmethod
    def note(rows: list[Row], at: int, found: re.Match) -> tuple[Block, int]:
        """A footnote, and where the lines after it begin: it ends with an empty line, or where the next one begins."""
        row = rows[at]
        inner = [Row(row.line, row.indent, row.words[found.end() :], None)]
        for other in rows[at + 1 :]:
            if other.blank or _NOTE.match(other.words):
                break
            inner.append(Row(other.line, other.indent, other.words, None))
        return Note(found["label"], inner), at + len(inner)

    # ── quotations ──

    def quotation(self, rows: list[Row], at: int, depth: int) -> tuple[Block, int]:
        """A quotation, and where the lines after it begin; a line without > goes on the paragraph in it."""
        first, inner, end = rows[at].line, [], at
        while end < len(rows) and not rows[end].blank:
            end += 1
        ended = _CLOSING.get(_QUOTE.match(rows[at].words)[1], "")
        last = max(
            (number for number in range(at, end) if any(sign in rows[number].words[2:] for sign in ended)), default=at
        )
        while at < end:
            row = rows[at]
            if inner and row.words[0] == ">" and at > last and row.words[1:].lstrip(SPACE)[:1].isnumeric():
                break  # the quotation has ended, and this is 'more than'
            inner.append(_row(row.line, row.words[1:].removeprefix(" ") if row.words[0] == ">" else row.words))
            at += 1
        inner[0].marker = None
        return Quotation(first, self.blocks(inner, depth + 1) if depth < DEEPEST else []), at

    # ── lists ──

    def items(self, rows: list[Row], at: int, above: list[Row], depth: int) -> list[int] | None:
        """The indices of the lines that begin the items of a list, and where it ends; None where no list begins.

        `above` are the lines of the paragraph that would end here.
        """
        row = rows[at]
        kind = row.marker.kind
        if kind not in BULLETS and kind not in TYPED:
            self.lone_sign(row)
            return None
        if above and kind in TYPED and not (is_first(row.marker.label) or _alike_below(rows, at)):
            return self.lone(row, above)  # a sentence may happen to have a line that begins with a number
        *starts, end = self.run(rows, at)
        if kind == "bullet":
            return [*starts, end]
        if len(starts) == 1 and not self.holds_blocks(rows, at, end):
            return [at, end] if kind == "hyphen" and self.lone_hyphen(rows, at, above, depth) else self.lone(row, above)
        if kind == "star" and self.is_called() or kind == "hyphen" and _beside_plus(rows, starts):
            return self.words(rows, starts, alone=True)
        if kind == "letter" and not in_order([rows[start].marker.label for start in starts]):
            return self.words(rows, starts)
        return [*starts, end]

    @staticmethod
    def words(rows: list[Row], starts: list[int], alone: bool = False) -> None:
        """Lines that could begin items are words, after all."""
        for start in starts:
            rows[start].marker, rows[start].alone = None, alone

    def run(self, rows: list[Row], at: int) -> list[int]:
        """The indices of the line `at` and of those that begin an item beside it; last, where the list ends."""
        first, out, gap = rows[at], [at], False
        kind, end = first.marker.kind, at + 1
        for index in range(at + 1, len(rows)):
            row = rows[index]
            if row.blank:
                gap = True
                continue
            if row.indent < first.indent + 2:
                beside = row.marker is not None and row.marker.kind == kind
                if row.indent < first.indent - 1 if beside else gap or self.interrupts(rows, index, kind):
                    break
                if beside:
                    out.append(index)
            gap, end = False, index + 1
        return [*out, end]

    @staticmethod
    def interrupts(rows: list[Row], at: int, kind: str) -> bool:
        """Whether a line ends a list of a kind, rather than go on in its last item.

        Bullets belong to the number above them, set in or not.
        """
        row = rows[at]
        if row.marker is None:
            return bool(_NOTE.match(row.words)) or row.words[0] == ">" and bool(_QUOTE.match(row.words))
        if row.marker.kind in BULLETS:
            return kind not in ("number", "letter")
        if row.marker.kind == "note":
            return True
        return row.marker.kind in TYPED and (is_first(row.marker.label) or _alike_below(rows, at))

    @staticmethod
    def holds_blocks(rows: list[Row], at: int, end: int) -> bool:
        """Whether an item alone holds more than one paragraph."""
        inner = [row for row in rows[at + 1 : end] if row.blank or row.indent > rows[at].indent + 1]
        return any(row.blank or (row.marker and row.marker.kind in (*BULLETS, *TYPED)) for row in inner)

    def lone_hyphen(self, rows: list[Row], at: int, above: list[Row], depth: int) -> bool:
        """Whether one line that begins with a hyphen is a list of one."""
        row = rows[at]
        if _beside_plus(rows, [at]) or row.words.rstrip() == "-":
            return False
        if COUNTED.match(row.words, row.marker.end):
            self.slip(row, DASH, "warning")
        elif above and not depth and row.indent <= above[-1].indent and not above[-1].words.rstrip().endswith(_ENDED):
            self.slip(row, HYPHEN, "warning")
        else:
            return True
        return False

    @staticmethod
    def lone(row: Row, above: list[Row]) -> None:
        """A line that could begin a list, but no other does: it is printed as typed."""
        if (
            row.words.rstrip() != "-"
            and row.marker.kind in ("hyphen", "star", "tick")
            or (above and above[-1].words.rstrip().endswith((":", "：")))
        ):
            row.alone = True

    def lone_sign(self, row: Row) -> None:
        if row.marker.kind == "note":
            row.alone = True
        elif row.words[0] == ">" and row.words[1:].lstrip()[:1].isalpha():
            self.slip(row, MORE, "warning")
            row.alone = True

    def list(self, rows: list[Row], starts: list[int], depth: int) -> tuple[Block, int]:
        """A list, and where the lines after it begin."""
        *starts, end = starts
        kind = rows[starts[0]].marker.kind
        items: list[Item] = []
        for start, stop in zip(starts, [*starts[1:], end]):
            row = rows[start]
            label = row.marker.label if kind in TYPED else ""
            words = row.words[row.marker.end :]
            if kind == "hyphen" and TEMPERATURE.match(words):
                self.slip(row, DEGREES, "warning")
                label = "-"
            if kind == "number" and items and label == items[-1].label:
                self.slip(row, TWICE, "warning")
            first = Row(row.line, row.indent + row.marker.end, words, None)
            inner = self.blocks([first, *rows[start + 1 : stop]], depth + 1) if depth < DEEPEST else []
            items.append(Item(row.line, label, inner))
        return List(kind in ("number", "letter"), items), end

    def is_called(self) -> bool:
        """Whether a star stands behind a word of the text: then a star before a line is its footnote."""
        if self.called is None:
            self.called = any(_CALLER.search(_EMPHASIS.sub("", line.lstrip("* "))) for line in self.source.split("\n"))
        return self.called


def _beside_plus(rows: list[Row], starts: list[int]) -> bool:
    """Whether a line with a plus stands directly above or below: then a hyphen is a minus."""
    return any(0 <= at < len(rows) and rows[at].words[:1] == "+" for start in starts for at in (start - 1, start + 1))


def _alike_below(rows: list[Row], at: int) -> bool:
    """Whether the line directly below begins as this one does."""
    below = rows[at + 1].marker if at + 1 < len(rows) else None
    return below is not None and below.kind == rows[at].marker.kind
