"""The story: a content file merged into a layout's template, before paper and pages play a part.

A tree of Nodes of a closed set of elements. ELEMENTS says for each: where it may stand, which attributes it takes, and
what it is in the PDF's structure tree. The reading order of the leaflet is the order of this tree,
whatever panel a part is printed on.
"""

from __future__ import annotations

from collections.abc import Iterator

from .content import GUIDES, UNSEEN
from .picture import Picture
from .problem import Place, Problem, Text
from .record import field, record


@record(frozen=True, slots=True)
class Element:
    """One element that a layout may use."""

    role: str | None
    """Standard structure type (ISO 32000-1, 14.8.4); None: no element of its own, its children take its place."""
    inside: str
    """"block" stands among blocks; "inline" within text; otherwise the names of the
    allowed parents, comma-separated."""
    holds: str
    """"blocks", "text", "either" (blocks or text, not both), "nothing", or the names of the allowed children."""
    attributes: tuple[str, ...] = ()
    """Besides class, lang, dir and id, which every element takes."""
    meaning: str = ""
    """One sentence for the designers' table in the documentation."""


COMMON = ("class", "lang", "dir", "id")

ELEMENTS: dict[str, Element] = {
    # where parts go
    "panel": Element(None, "top", "blocks", ("name",), "a part that is printed on the panel of that name"),
    "story": Element(None, "top", "blocks", ("under", "past"),
                     "the part that is poured through the panels that layout.yaml lists. under=PANEL: it begins below "
                     "that panel's own part, and leaves out the other panels that have one; past=PANEL leaves out "
                     "that one, too"),
    "footer": Element(None, "top", "blocks", ("panels",),
                      "page furniture at the foot of every page or panel, not read aloud; of "
                      "several, the first that has room"),
    "ground": Element(None, "block", "nothing", ("src", "views"),
                      "a flat ground of the panel, under everything; its style's `extent` says from where "
                      "to where; views of a drawing may stand on it; not read aloud"),
    "header": Element(None, "top", "blocks", (),
                      "a running head, in the margin above the text of every page but the first, not read aloud; of "
                      "several, the first that has room"),
    # grouping
    "section": Element("Sect", "block", "blocks", ("start", "on", "keep", "break"),
                       "a part of the text; start=PANEL begins it on that panel where it fits; on=PANEL prints it at "
                       "the head of that panel, above the panel's own part, while it is read where it stands; "
                       "keep=whole keeps it on one page or panel where it fits one, break=before begins a new one"),
    "div": Element("Div", "block", "blocks", ("on", "keep", "break", "across", "shares"),
                   "a group without a meaning of its own (columns, boxes of a layout); on, keep and break as of a "
                   "section; across=3 sets its blocks side by side in rows of so many, pictures of a row equally high; "
                   "shares=40%,rest gives each of them its part of the measure, and what has no block stays "
                   "empty"),
    "aside": Element("Sect", "block", "blocks", ("on",),
                     "a box beside the story: note, tip, alert, call; on=PANEL as for section"),
    # text blocks
    "h1": Element("H1", "block", "text", (), "the title"),
    "line": Element(None, "h1", "text", ("on",),
                    "a line of the title, set by itself; an <h1> holds words or lines; on=PANEL as for section"),
    "h2": Element("H2", "block", "text", (), "heading of a section"),
    "h3": Element("H3", "block", "text", (), "heading below h2; a question"),
    "h4": Element("H4", "block", "text", (), "heading below h3"),
    "h5": Element("H5", "block", "text", (), "heading below h4"),
    "h6": Element("H6", "block", "text", (), "heading below h5: of a box or a question there"),
    "p": Element("P", "block", "text", (), "a paragraph"),
    "contents": Element("TOC", "block", "entry", (), "a table of contents"),
    "entry": Element("TOCI", "contents", "blocks", (), "an entry of it: what it leads to, and <where> that is"),
    "addresses": Element("Sect", "block", "blocks", (),
                         "in print, the addresses of all links, as a numbered list under what stands in it; without "
                         "links it is left out, and so it is on the web page"),
    "note": Element("Note", "block", "text", ("label",),
                    "a footnote: its label stands before it; words lead to its id"),
    "blockquote": Element("BlockQuote", "block", "blocks", (), "words of somebody else"),
    # lists
    "ul": Element("L", "block", "li", (), "a list without order"),
    "ol": Element("L", "block", "li", ("start",), "a numbered list"),
    "li": Element("LI", "ul,ol", "either", ("label",),
                  "an item of a list; label= is printed in place of its bullet or number"),
    "dl": Element("L", "block", "dt,dd", (), "a list of terms and their meanings"),
    "dt": Element("Lbl", "dl", "text", (), "the term"),
    "dd": Element("LBody", "dl", "either", (), "its meaning"),
    # tables
    "table": Element("Table", "block", "caption,thead,tbody", ("continued",),
                     "a table; continued=WORD stands beside a group's heading that is repeated where its rows go on; "
                     "every column and row has a heading"),
    "caption": Element("Caption", "table", "text", (), "the table's title"),
    "thead": Element("THead", "table", "tr", (), "heading rows, repeated where the table goes on"),
    "tbody": Element("TBody", "table", "tr", (), "the rows"),
    "tr": Element("TR", "thead,tbody", "th,td", (), "a row"),
    "th": Element("TH", "tr", "either", ("scope", "colspan", "rowspan"), "a heading cell; scope is col or row"),
    "td": Element("TD", "tr", "either", ("colspan", "rowspan"), "a cell"),
    # pictures and furniture
    "figure": Element("Sect", "block", "img,figcaption", (), "a picture with its caption"),
    "img": Element("Figure", "block,figure,table", "nothing", ("src", "alt", "width", "labels", "views", "decorative"),
                   "a picture; alt says what it shows, decorative=true that it shows nothing that need be said. In a "
                   "table that compares it stands between the headings and the "
                   "rows, and is read before the table"),
    "views": Element(None, "block", "nothing", ("src", "views"),
                     "other views of the <img> before it that has the same src; read as one picture with it"),
    "keys": Element(None, "block", "nothing", ("src", "views", "labels"),
                    "the words of a drawing's labels, each beside what it names, under views of the <img> before it"),
    "qr": Element("Figure", "block", "nothing", ("href", "alt"), "an address as a QR code; alt says it in words"),
    "figcaption": Element("Caption", "figure", "text", (), "line under a picture"),
    "hr": Element(None, "block", "nothing", (), "a rule; not read aloud"),
    "lines": Element(None, "block", "nothing", ("count", "most"),
                     "ruled lines to write on; up to `most` where there is room; not read aloud"),
    "slot": Element("P", "block", "nothing", ("name", "lines", "words"),
                    "the place of a person's words, as many lines high; each copy of the leaflet has others"),
    "slotcode": Element("Figure", "block", "nothing", ("name", "alt", "words"),
                         "the place of a person's address as a QR code; alt says what the code holds"),
    # inline
    "strong": Element(None, "inline", "text", (), "bold: important"),
    "em": Element(None, "inline", "text", (), "italic: a term"),
    "span": Element("Span", "inline", "text", (), "a run in another language or style"),
    "a": Element("Link", "inline", "text", ("href",), "a link; #ID leads to the element of that id in the leaflet"),
    "address": Element(None, "inline", "text", (), "an address for print alone: a web page has the link"),
    "abbr": Element("Span", "inline", "text", ("title",), "an abbreviation; title says what it is short for"),
    "sup": Element(None, "inline", "text", (), "raised words; for figures write the raised signs themselves, like ²"),
    "sub": Element(None, "inline", "text", (), "lowered words; for figures write the lowered signs themselves, like ₂"),
    "br": Element(None, "inline", "nothing", (), "a new line"),
    "sign": Element(None, "inline", "nothing", ("name",),
                    "a drawn sign (check, cross, phone, alert …); the word beside it says the same"),
    "where": Element(None, "inline", "text", ("to",),
                     "number of the page on which the element of that id begins; a web page has none"),
    "page": Element(None, "inline", "nothing", (), "number of this page; only in a footer"),
    "running": Element(None, "inline", "nothing", (), "the section that a page is about; only in a header"),
    "pages": Element(None, "inline", "nothing", (), "number of pages; only in a footer"),
}


@record(slots=True)
class Origin:
    """A text that was printed into the story: where its words come from."""

    text: Text | None
    """The text in its file; None: words of the template itself."""
    place: Place | None
    """Where it begins."""
    way: str = "plain"
    """How it was printed: "plain", "inline" (the marks of a line) or "text" (paragraphs, lists); "number": a page's."""
    words: list[str] = field(default_factory=list)
    """What came into the story of it, stretch by stretch."""


Origins = list[tuple[Origin, int]]
"""(origin, number of its stretch of words) for everything that a text element says, in order."""

_UNCOUNTED = frozenset(GUIDES + "\ufffc")
"""Guides of breaks and directions, and what stands for an inline object: nothing is painted of these."""


def seen(text: str) -> list[int]:
    """Numbers of the characters that are seen when a text is printed: all but white space and guides."""
    return [at for at, sign in enumerate(text) if sign > " " and sign not in _UNCOUNTED and not sign.isspace()]


HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
SIGNS = (
    *("check", "cross", "yes", "no", "box", "phone", "alert", "info", "tip", "web", "mail", "clock", "dot"),
    *("question", "pen", "call", "option-1", "option-2", "option-3", "option-4"),
    *("going-home", "medicine", "scan", "blood-test", "operation", "food", "exercise", "baby", "breathing"),
    *("morning", "noon", "evening", "night", "none"),
)


@record(slots=True)
class Node:
    """An element of the story. Text elements hold a list of str and inline Nodes; block elements hold block Nodes."""

    name: str
    """A key of ELEMENTS."""
    place: Place | None = None
    """Where it came from: the content where the words are the author's, else the template."""
    attributes: dict[str, str] = field(default_factory=dict)
    kids: list[Node | str] = field(default_factory=list)
    origins: dict[str, Origins] | None = None
    """Where its words come from: of a block of text under "", of a drawing under the id of each label."""

    @property
    def classes(self) -> tuple[str, ...]:
        return tuple(self.attributes.get("class", "").split())

    def blank(self) -> bool:
        """Whether it holds text of which nothing can be seen, and no elements."""
        for kid in self.kids:
            if kid.__class__ is not str or not UNSEEN.fullmatch(kid):
                return False
        return True

    def words(self) -> str:
        """All text below this node, in order, blocks and breaks parted by a space."""
        out = []
        for kid in self.kids:
            if isinstance(kid, str):
                out.append(kid)
            elif ELEMENTS[kid.name].inside == "inline":
                out.append(" " if kid.name == "br" else kid.words())
            else:
                out.append(" " + kid.words() + " ")
        return "".join(out)


@record(slots=True)
class Leaflet:
    """A content file and a layout, merged: what typeset/ sets."""

    parts: dict[str, Node]
    """Panel name → its `panel` node; "story" → the story node. In reading order (the template's order)."""
    footers: list[Node] = field(default_factory=list)
    title: str = ""
    language: str = "en"
    direction: str = "ltr"
    pictures: dict[str, Picture] = field(default_factory=dict)
    """`src` of every img → the picture, read by the recipe."""
    said: frozenset[Place] = frozenset()
    """Places of the texts that stand in the parts, whole; what stands in footers alone is not among them."""
    digits: dict[str, str] = field(default_factory=dict)
    """Language → the digits 0 to 9 in which pages and lists are numbered; Western ones where it is missing."""
    headers: list[Node] = field(default_factory=list)
    """Running heads."""
    terms: tuple[str, ...] = ()
    """What is compared, and the words of the glossary: titles and headings part none of them."""
    warnings: tuple[Problem, ...] = ()
    """Warnings, such as for words that can be read in two ways, and for phrases that are printed in another
    language."""
    marks: tuple[str, ...] = ()
    """Why it is not final: draft, unreviewed-translation, stale, expired, changed. Each page says so."""

    def nodes(self) -> Iterator[Node]:
        """Every element of the parts, the footers and the running heads, in no order."""
        stack = [*self.parts.values(), *self.footers, *self.headers]
        while stack:
            node = stack.pop()
            yield node
            stack += [kid for kid in node.kids if not isinstance(kid, str)]
