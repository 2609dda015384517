"""Markdown turns an author's CommonMark into markup: paragraphs, lists, quotations, bold, italic, links, line breaks.

Everything else that Markdown knows is refused with its place. A text without any sign that means something in
Markdown needs no parser. CommonMark: spec 0.31.2, without link reference definitions (they would vanish from print).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from generator.model.late import Late
from generator.model.problem import Place, Problem
from generator.model.record import record

from .marks import CONTROL, Fault, kind, run_of

SPECIAL = re.compile(
    r"[\\`*_\[<&|\t\r\f\v\x00\x1c-\x1f\x85\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]"  # a sign, or rare white space
    r"|^ *(?:[-+#>=~\u00a0]|\d{1,9}[.)](?:\s|$))|^ {4}|  $|\u00a0 *$",  # a line's start or end
    re.MULTILINE,
)
"""Where this finds nothing, a text is plain paragraphs; what it finds may mean something to the parser."""
DEEPEST = 12
"""Levels of lists and quotations, each list counting two. (The parser drops what is deeper than 20 without a word.)"""

REFUSED = {
    "heading": ("a heading cannot stand in a text", "headings have a place of their own: sections:, heading:; or write \\#"),
    "code_block": ("lines set in by four spaces are code, which has no place here", "take away the spaces"),
    "fence": ("code has no place here", "take away the ``` or ~~~"),
    "code_inline": ("code (`…`) has no place here", "take away the backticks, or write \\`"),
    "hr": ("a rule has no place in a text", "begin a new section, or write \\---"),
    "html_block": ("HTML is not read", "write **bold**, *italic*, [words](address); write \\< for the sign <"),
    "html_inline": ("HTML is not read", "write **bold**, *italic*, [words](address); write \\< for the sign <"),
    "table": ("a table cannot stand in a text", "use table: with columns: and rows:, or write \\|"),
    "image": ("a picture cannot stand in a text", "use figure: with file: and alt:"),
}
NAMES = {"paragraph": "p", "bullet_list": "ul", "ordered_list": "ol", "list_item": "li", "blockquote": "blockquote",
         "strong": "strong", "em": "em"}
MANY = ("here stands one line of words, no list and no paragraphs", "join the lines; write \\- or \\* for the sign itself")
DEEP = ("lists and quotations stand too deep in one another", "three levels are enough")
BROKEN = ("this link is not read", "an address has no spaces: write [words](tel:+4420794600), [words](https://example.org/a%20b)")
UNREAD = Late(r"\]\s?\((?:https?|mailto|tel):", re.IGNORECASE)
"""What is left in the words of a link that is wrong, and would be printed as it stands."""
LINE = Late(r"^ {0,3}(?:(?P<heading>#{1,6} )|[-*+] )|\n[ \t]*\n", re.MULTILINE)


@record(frozen=True, slots=True)
class Slip:
    """A fault in a text, `line` lines below its first."""

    line: int
    message: str
    hint: str


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
    run = run_of(context)
    run.charge(len(value))
    markup, slips = convert(CONTROL.sub("", value))
    place = getattr(value, "place", None)
    for slip in slips:
        where = Place(place.file, place.line + slip.line, place.column) if place else None
        run.problems.append(Problem(where, slip.message, slip.hint))
    return run.mark(markup, value)


@lru_cache(1024)
def blocks(source: str) -> tuple[str, tuple[Slip, ...]]:
    """Markup of block elements, with marks for the lines, and what is refused."""
    if SPECIAL.search(source):
        return _Writer().blocks(source)
    out = []
    words: list[str] = []
    for number, row in enumerate([*source.split("\n"), ""]):
        if row := row.strip(" "):
            if not words:
                out.append(_below(number) + "<p>")
            words.append(escaped(row))
        elif words:
            out.append(" ".join(words) + "</p>")
            words = []
    return "".join(out), ()


@lru_cache(1024)
def line(source: str) -> tuple[str, tuple[Slip, ...]]:
    """Markup of inline elements, and what is refused. A number, > or = at the start is words, as in "> 5 mg"."""
    slips = tuple(
        Slip(source.count("\n", 0, found.start()), *(
            REFUSED["heading"] if found["heading"] else MANY
        ))
        for found in LINE.finditer(source)
    )
    if slips or not SPECIAL.search(source):
        return escaped(source), slips
    return _Writer().line(source)


def escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _below(line: int) -> str:
    return f"\x02+{line}\x03" if line else ""


@cache
def _parser():
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark").enable("table").disable("reference")
    parser.validateLink = lambda url: True  # markup.py says which addresses are allowed, and where the wrong one stands
    parser.normalizeLinkText = lambda url: url  # printed as it was written
    return parser


class _Writer:
    """Writes the markup of one text from the parser's tokens."""

    def __init__(self) -> None:
        self.slips: list[Slip] = []

    def blocks(self, source: str) -> tuple[str, tuple[Slip, ...]]:
        open_: list[list[tuple[str, str]]] = [[]]
        """For each open element what it holds so far: (element, markup); "" is words."""
        refused = 0
        for token in _parser().parse(source):
            name = token.type.removesuffix("_open").removesuffix("_close")
            first = token.map[0] if token.map else 0
            if name in REFUSED or refused:
                refused += token.nesting
                if name in REFUSED and token.nesting >= 0:
                    self.slip(first, *REFUSED[name])
            elif token.level > DEEPEST:
                if token.nesting >= 0:
                    self.slip(first, *DEEP)
            elif name == "inline":
                open_[-1].append(("", self.inline(token, first)))
            elif token.nesting == 1:
                open_.append([])
                start = token.attrs.get("start", 1)
                tag = f'<ol start="{start}">' if start != 1 else f"<{NAMES[name]}>"
                open_[-1].append(("<", _below(first) + tag))
            else:
                self.close(NAMES[name], open_)
        return "".join(markup for _, markup in open_[0]), tuple(self.slips)

    @staticmethod
    def close(name: str, open_: list[list[tuple[str, str]]]) -> None:
        """Ends the innermost element. An item with one paragraph holds its words directly."""
        (_, start), *held = open_.pop()
        if name == "li" and [kid for kid, _ in held] == ["p"]:
            held = [("", held[0][1].replace("<p>", "", 1).removesuffix("</p>"))]
        open_[-1].append((name, f"{start}{''.join(markup for _, markup in held)}</{name}>"))

    def line(self, source: str) -> tuple[str, tuple[Slip, ...]]:
        token = _parser().parseInline(source)[0]
        return self.inline(token, 0), tuple(self.slips)

    def inline(self, token, row: int) -> str:
        out = []
        for piece in token.children:
            kind = piece.type
            if kind == "text":
                if UNREAD.search(piece.content):
                    self.slip(row, *BROKEN)
                out.append(escaped(piece.content))
            elif kind == "softbreak":
                row += 1
                out.append(" ")
            elif kind == "hardbreak":
                row += 1
                out.append("<br>")
            elif kind == "link_open":
                address = escaped(str(piece.attrs["href"])).replace('"', "&quot;")
                out.append(f'{_below(row)}<a href="{address}">')
            elif kind == "link_close":
                if out[-1].endswith('">'):
                    self.slip(row, "a link has no words", "write [words](address)")
                out.append("</a>")
            elif kind in REFUSED:
                self.slip(row, *REFUSED[kind])
            else:
                name, nesting = kind.rsplit("_", 1)
                out.append(f"<{'/' if nesting == 'close' else ''}{NAMES[name]}>")
        return "".join(out)

    def slip(self, row: int, message: str, hint: str) -> None:
        slip = Slip(row, message, hint)
        if slip not in self.slips:
            self.slips.append(slip)
