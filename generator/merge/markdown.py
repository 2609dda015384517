"""Writes the markup of an author's text: paragraphs, lists, quotations, bold, italic, links, line breaks.

prose.py finds the blocks, markdown-it-py the marks within lines (CommonMark 0.31.2; docs/content.md says which of it is
read here). attempts.py finds what looks like a mark and is none.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable
from functools import cache, lru_cache
from unicodedata import category, east_asian_width

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from ..model.late import Late
from ..model.problem import Problem, Text
from ..model.prose import LETTER
from .attempts import Slip, attempts
from .inline import NOTE, RULES
from .places import CONTROL, Fault, kind, lines_of, merge_of
from .prose import HEADING, NUMBER_SIGN, List, Note, Paragraph, Quotation, Row
from .prose import blocks as blocks_of

SPECIAL = re.compile(r"[\\`*_\[<&^]|~~|\w~\w|==|  $|\{[{%#]|:[a-z]", re.MULTILINE)
"""Where this finds nothing, lines are plain words. What it finds may be a mark, or look like one."""
SPACE = " \t"
MANY = ("here stands one line of words, no list and no paragraphs", "join the lines")
NO_LIST = ("here stands one line of words, no list", "the sign is printed as typed; write \\- for a dash")
_LINE = Late(r"(?P<number>#[ \t]+\d)|(?P<heading>#{1,6}[ \t]+\S)|(?P<list>-[ \t]+" + LETTER + ")")


@pass_context
def text(context: Context, value: object) -> Markup:
    """Filter `text`: Prose → paragraphs and lists."""
    return _filter(context, value, "text", blocks)


@pass_context
def inline(context: Context, value: object) -> Markup:
    """Filter `inline`: one line with bold, italic, links."""
    return _filter(context, value, "inline", line)


def _filter(context: Context, value: object, name: str, convert) -> Markup:
    if value is None:
        return Markup("")
    if not isinstance(value, str) or isinstance(value, Markup):
        raise Fault(f"{name} is for the author's words, not for {kind(value)}", word=name)
    merge = merge_of(context)
    merge.charge(len(value))
    markup, slips = convert(CONTROL.sub("", value), merge.sources if "[" in value else 0)
    lines = lines_of(value) if getattr(value, "place", None) else None
    for slip in slips:
        where = lines(slip.line, slip.words) if lines else None
        merge.problems.append(Problem(where, slip.message, slip.hint, slip.severity))
    return merge.mark(markup, value, name)


def faults(texts: Iterable[tuple[str, Text]]) -> list[Problem]:
    """What is wrong with the marks of texts, each with its kind ("prose" or "inline"): what merging them would tell."""
    found = []
    for kind_of, value in texts:
        _, slips = (blocks if kind_of == "prose" else line)(CONTROL.sub("", value))
        found += [Problem(lines_of(value)(slip.line, slip.words), slip.message, slip.hint, slip.severity)
                  for slip in slips if slip.severity == "error" and value.place]
    return sorted(found, key=lambda problem: problem.place)


@lru_cache(1024)
def blocks(source: str, sources: int = 0) -> tuple[str, tuple[Slip, ...]]:
    """The markup of a text in block elements, with the numbers of its lines, and its faults and doubts.

    sources: how many references there are to cite.
    """
    return _Writer(sources).blocks(source)


@lru_cache(1024)
def line(source: str, sources: int = 0) -> tuple[str, tuple[Slip, ...]]:
    """The markup of one line, and its faults and doubts. A number, a dash, > or = at its start is part of the words."""
    writer = _Writer(sources)
    if found := _LINE.match(source):
        said = {"number": NUMBER_SIGN, "heading": HEADING, "list": NO_LIST}[found.lastgroup]
        writer.slips.append(Slip(0, *said, "error" if found.lastgroup == "heading" else "warning"))
    if gap := re.search(r"\n[ \t]*\n", source):
        writer.slips.append(Slip(source.count("\n", 0, gap.start()), *MANY))
    rows = [Row(number, 0, words.strip(SPACE), None) for number, words in enumerate(source.split("\n"))]
    return writer.words(rows), tuple(writer.slips)


def plain(source: str) -> str:
    """The words of a text without its marks, on one line: for a PDF's properties, which know no bold and no links."""
    from .tokens import decoded, spaced

    markup = _LABEL.sub(r"> \1 ", blocks(source)[0])
    return spaced(decoded(_BLOCK.sub(" ", _INLINE.sub("", markup)), [])).strip(" ")


_LABEL = Late(r' label="([^"]*)">')
_INLINE = Late(r"\x02.*?\x03|</?(?:strong|em|a|sup|sub)\b[^>]*>")
_BLOCK = Late(r"<[^>]*>")


def escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _below(line: int) -> str:
    return f"\x02+{line}\x03" if line else ""


class _Writer:
    """Writes the markup of one text."""

    def __init__(self, sources: int = 0) -> None:
        self.slips: list[Slip] = []
        self.sources = sources

    def blocks(self, source: str) -> tuple[str, tuple[Slip, ...]]:
        found, slips = blocks_of(source)
        self.slips += slips
        markup = "".join(map(self.block, found))
        return markup, tuple(sorted(dict.fromkeys(self.slips), key=lambda slip: slip.line))

    def block(self, block) -> str:
        if isinstance(block, Paragraph):
            return f"{_below(block.rows[0].line)}<p>{self.words(block.rows)}</p>"
        if isinstance(block, Quotation):
            return f"{_below(block.line)}<blockquote>{''.join(map(self.block, block.blocks))}</blockquote>"
        if isinstance(block, Note):
            label = escaped(block.label).replace('"', "&quot;")
            below = _below(block.rows[0].line)
            return f'{below}<note id="{NOTE}{label}" label="{label}">{self.words(block.rows)}</note>'
        assert isinstance(block, List)
        name = "ol" if block.numbered else "ul"
        return f"{_below(block.line)}<{name}>{''.join(map(self.item, block.items))}</{name}>"

    def item(self, item) -> str:
        """An item with one paragraph holds its words directly."""
        label = f' label="{escaped(item.label)}"' if item.label else ""
        if len(item.blocks) == 1 and isinstance(item.blocks[0], Paragraph):
            inner = self.words(item.blocks[0].rows)
        else:
            inner = "".join(map(self.block, item.blocks))
        return f"{_below(item.line)}<li{label}>{inner}</li>"

    # ── within lines ──

    def words(self, rows: list[Row]) -> str:
        """The markup of a paragraph's lines."""
        parted = {number for number, (above, row) in enumerate(zip(rows, rows[1:])) if above.alone or row.alone}
        """Ends of lines after which a new line begins."""
        source = "\n".join(row.words for row in rows).rstrip(SPACE)
        if not SPECIAL.search(source):
            ends = ["<br>" if number in parted else " " for number in range(len(rows) - 1)]
            return "".join(f"{escaped(words.strip(SPACE))}{end}" for words, end in zip(source.split("\n"), [*ends, ""]))
        lines, beyond = [row.line for row in rows], []
        tokens = _parser().parseInline(source, {"sources": self.sources, "beyond": beyond})[0].children
        self.slips += attempts(tokens, lines)
        hint = f"the list has {self.sources}; it is printed as typed: write \\[ where it is no citation"
        self.slips += [Slip(lines[at], f"{words} leads to no reference", hint, "warning") for at, words in beyond]
        return self.inline(tokens, rows, parted)

    @staticmethod
    def inline(tokens, rows: list[Row], parted: set[int]) -> str:
        out, at, linked = [], 0, False
        for piece in tokens:
            kind = piece.type
            if kind in ("text", "text_special"):
                out.append(escaped(piece.content))
            elif kind in ("softbreak", "hardbreak"):
                out.append("<br>" if kind == "hardbreak" or at in parted else " ")
                at += 1
            elif kind == "link_open":
                linked = bool(str(piece.attrs["href"]).strip())
                address = escaped(str(piece.attrs["href"])).replace('"', "&quot;")
                out.append(f'{_below(rows[at].line)}<a href="{address}">' if linked else "")
            elif kind == "link_close":
                out.append("</a>" if linked else "")
            else:
                name, nesting = kind.rsplit("_", 1)
                out.append(f"<{'/' if nesting == 'close' else ''}{name}>")
        return "".join(out)


# ── the parser of what stands within lines ───────────────────────────────────────────────────────────────────────────


_making = threading.Lock()


def _parser():
    """The parser. It is made and used once before a second thread can have it: at its first use it sorts its rules and
    fills tables of letters, and another thread would find them half done."""
    with _making:
        return _made()


@cache
def _made():
    from markdown_it import MarkdownIt

    parser = MarkdownIt("zero").enable(["newline", "escape", "emphasis", "link", "autolink", "entity", "balance_pairs"])
    parser.core.ruler.disable("text_join")  # which would hide that a sign was written with \
    parser.inline.ruler.at("emphasis", _emphasis)
    parser.inline.ruler.at("escape", _escape)
    parser.inline.ruler.at("autolink", _autolink)
    for name, rule in RULES.items():
        parser.inline.ruler.before("link", name, rule)
    parser.validateLink = lambda url: True  # markup.py says which addresses are allowed, and where the wrong one stands
    parser.normalizeLinkText = lambda url: url  # printed as it was written
    parser.parse("* [a](https://example.org)")
    return parser


_ADDRESS = Late(r"<(?:(?:https?|mailto|tel):|[^\s<>@]+@)", re.IGNORECASE)


def _autolink(state, silent: bool) -> bool:
    """CommonMark's rule, for the addresses that a leaflet may have: <5:30> and <note:dose> are words."""
    from markdown_it.rules_inline.autolink import autolink

    return _ADDRESS.match(state.src, state.pos) is not None and autolink(state, silent)


def _escape(state, silent: bool) -> bool:
    """CommonMark's rule, but for the two signs before a name, as in \\\\server\\share."""
    from markdown_it.rules_inline.escape import escape

    if _SHARE.match(state.src, state.pos):
        if not silent:
            state.pending += "\\\\"
        state.pos += 2
        return True
    return escape(state, silent)


_SHARE = Late(r"\\\\(?=\w[\w.-]*\\[^\W_])")


def _emphasis(state, silent: bool) -> bool:
    """CommonMark's rule 6.2 for * and _, and two more that keep arithmetic and footnotes as they are. See `_flanks`."""
    from markdown_it.rules_inline.state_inline import Delimiter

    sign = state.src[state.pos]
    if silent or sign not in "*_":
        return False
    end = state.pos
    while end < state.posMax and state.src[end] == sign:
        end += 1
    opens, closes = _flanks(state.src, state.pos, end)
    length = end - state.pos
    for _ in range(length):
        state.push("text", "", 0).content = sign
        state.delimiters.append(Delimiter(ord(sign), length, len(state.tokens) - 1, -1, opens, closes))
    state.pos = end
    return True


_CODE = Late(r"[\d#+.,:/ -]+\*")
"""What follows the first star of *21*, a number to dial."""
_CLOSING, _OPENING = ")]}.,;:!?%‰°²³’”»", "([{„“«‘"
"""A star after one of the first belongs to what stands before it; behind an opening sign, as in (*), it is a star."""


def _flanks(words: str, start: int, end: int) -> tuple[bool, bool]:
    """Whether a run of stars or underscores may begin and may end bold or italic words.

    CommonMark 6.2 with its amendment for Chinese, Japanese and Korean (as markdown-it-cjk-friendly and Pandoc): beside
    such a character, other punctuation does not count. Besides, prose comes first: a star between
    digits multiplies, one star directly behind a letter, digit or closing sign is a footnote's, and a line to write on
    is no mark.
    """
    sign, length = words[start], end - start
    if length > 3 or (sign == "_" and length > 2):
        return False, False
    before, after = words[start - 1] if start else " ", words[end] if end < len(words) else " "
    if "\ufe00" <= before <= "\ufe0e" and start > 1:  # a variation selector goes with the character before it
        before = "。" if before == "\ufe01" and words[start - 2] in "“”‘’" else words[start - 2]
    outer, inner = _class(before), _class(after)
    opens = inner != " " and (inner != "." or outer in " .中")
    closes = outer != " " and (outer != "." or inner in " .中")
    if sign == "_":
        opens, closes = opens and (not closes or _punctuation(before)), closes and (not opens or _punctuation(after))
        opens = opens and _begins_word(after) and before not in ":_/"
        return opens, closes and (before.isalnum() or before in ".,!?)”»\"'")
    if _multiplies(words, start, end):
        return False, False
    opens = opens and after not in ")]}.,;:!?" and not (length == 1 and _CODE.match(words, end))
    if length == 1 and (before in _CLOSING or (before.isalnum() and before < "\u0e00")):
        opens = False
    return opens, closes and before not in _OPENING[:3]


def _begins_word(sign: str) -> bool:
    return sign.isalnum() or sign in "([“„«‘'\"*"


def _multiplies(words: str, start: int, end: int) -> bool:
    """Whether stars stand between digits; around a single one there may be spaces, or other numbers (½, 三)."""
    one = end - start == 1
    if one:
        while start and words[start - 1] == " ":
            start -= 1
        while end < len(words) and words[end] == " ":
            end += 1
    before, after = words[start - 1 : start], words[end : end + 1]
    return before.isnumeric() and after.isnumeric() if one else before.isdigit() and after.isdigit()


def _class(sign: str) -> str:
    """" " white space, "." punctuation, "中" a character of Chinese, Japanese or Korean, "a" any other."""
    if sign.isspace():
        return " "
    selector = "\U000e0100" <= sign <= "\U000e01ef"
    if sign > "\u10ff" and (selector or east_asian_width(sign) in "WFH" or _HANGUL.match(sign)):
        emoji = category(sign) == "So" and not ("\u2e80" <= sign < "\U0001f000" or "\U0001f200" <= sign < "\U0001f300")
        return "." if emoji else "中"
    return "." if _punctuation(sign) else "a"


_HANGUL = Late("[\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff]")


def _punctuation(sign: str) -> bool:
    """Unicode punctuation, as CommonMark 0.31.2 has it: the categories P and S."""
    return category(sign)[0] in "PS"
