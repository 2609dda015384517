"""Small typeset documents for the tests of draw/: words set where one tells them."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from generator.model.layout import Geometry, Mark, Placement, Side
from generator.model.page import About, Composition, Fill, Image, Line, LinkArea, Page, Run, Shape, Stroke, Word
from generator.model.structure import Elem
from generator.text.fonts import Face, built_in
from generator.text.shape import hyphen, shape

ABOUT = About("A title (with parentheses)", "en", "A. Author", "A subject", ("bone", "Ärzte"), "2017-07")
INK = "#222222"


@lru_cache(maxsize=8)
def face(name: str = "regular") -> Face:
    return built_in("FiraGO", ("regular", "bold").index(name))


def word(text: str, name: str = "regular", rtl: bool = False) -> Word:
    return shape(face(name), text, rtl=rtl)


def run(x: float, text: str, elem: Elem | None, size: float = 10, name: str = "regular", **more) -> Run:
    """Words parted by single spaces, each space a Word; "~" in a text is a soft hyphen at the end of a line."""
    words = []
    for at, piece in enumerate(text.split(" ")):
        if at:
            words.append(word(" ", name))
        if piece.endswith("~"):
            words += [word(piece[:-1], name), hyphen(face(name))]
        elif piece:
            words.append(word(piece, name))
    return Run(x, words, face(name), size, more.pop("colour", INK), elem, sum(w.width for w in words) * size, **more)


def line(y: float, *runs: Run) -> Line:
    return Line(y, list(runs))


def text_line(x: float, y: float, *pieces: tuple[str, Elem | None], **more) -> Line:
    """A line of pieces one after another."""
    runs = []
    for text, elem in pieces:
        runs.append(run(x, text, elem, **more))
        x += runs[-1].width
    return Line(y, runs)


def leftward(x: float, y: float, text: str, elem: Elem | None, size: float = 10) -> Line:
    """A right-to-left line that begins at x, its right edge."""
    words = [word(part, "regular", True) for piece in text.split(" ") for part in (piece, " ") if part]
    width = sum(one.width for one in words) * size
    order = tuple(reversed(range(len(words))))
    return Line(y, [Run(x - width, words, words[0].face, size, INK, elem, width, order=order)])


def area(piece: Run, y: float, href: str, elem: Elem) -> LinkArea:
    return LinkArea(piece.x, y - piece.size, piece.width, piece.size * 1.3, href, elem)


def composed(pages: list[Page], *kids: Elem, language: str = "en") -> Composition:
    return Composition(pages, Elem("Document", list(kids)), 10, ABOUT.title, language, "ltr")


def everything(folder: Path) -> Composition:
    """Three small panels with something of everything; its pictures are made in `folder`."""
    from PIL import Image as Picture

    Picture.new("RGBA", (8, 8), (200, 40, 40, 128)).save(folder / "clear.png")
    Picture.new("RGB", (8, 8), (40, 40, 200)).save(folder / "blue.jpg")

    def text(role: str, words: str, **more) -> tuple[Elem, Elem]:
        leaf = Elem("")
        return Elem(role, [leaf], title=words if role in ("H1", "H2") else None, **more), leaf

    cover, inner, back = (Page(name, 300, 400) for name in ("cover", "inner", "back"))
    document = Elem("Document")

    # cover: grounds, title, a span in another language, ligatures, a picture, a footer
    title, leaf = text("H1", "The office")
    cover.items += [
        Fill(0, 0, 300, 90, "#ddeeff"),
        Fill(20, 20, 40, 20, "#ffffff", 4),
        line(60, run(20, "The office ", leaf, 24)),
    ]
    start, german, end = Elem(""), Elem("Span", language="de"), Elem("")
    cover.items.append(text_line(20, 120, ("Efficient: ", start), ("Pflaumenöl", german), (" is µ and μ. ", end)))
    photo = Elem("Figure", alt="A red square (half clear)")
    cover.items.append(Image(20, 140, 60, 60, str(folder / "clear.png"), photo, (folder / "clear.png").read_bytes()))
    cover.furniture += [Stroke(20, 380, 280, 380, 0.5, "#888888"), line(392, run(20, "Page 1 of 3 ", None, 8))]
    document.kids += [title, Elem("P", [start, german, end]), photo]

    # inner: a list with numbers, a table with headings, a group row and an empty cell, a link over two lines
    section = Elem("Sect")
    heading, leaf = text("H2", "A list and a table")
    inner.items.append(line(30, run(20, "A list and a table ", leaf, 14, "bold")))
    listing = Elem("L", numbering="Decimal")
    for number, words in enumerate(("First thing", "Second thing"), 1):
        label, (body, leaf) = Elem("Lbl"), text("LBody", words)
        inner.items.append(line(40 + 15 * number, run(20, f"{number}. ", label), run(40, words + " ", leaf)))
        listing.kids.append(Elem("LI", [label, body]))
    caption, leaf = text("Caption", "A table")
    inner.items.append(line(100, run(20, "A table ", leaf)))
    table = Elem("Table", [caption])
    rows = [[("TH", "Factor", "Column"), ("TH", "One", "Column"), ("TH", "Two", "Column")], [("TH", "Group", "Row")]]
    rows += [[("TH", "Pain", "Row"), ("TD", "less", None), ("TD", "", None)]]
    for at, cells in enumerate(rows):
        row = Elem("TR")
        for column, (role, words, scope) in enumerate(cells):
            cell, leaf = text(role, words, scope=scope, colspan=3 if words == "Group" else 1)
            if words:
                inner.items.append(line(120 + 15 * at, run(20 + 80 * column, words + " ", leaf)))
            else:
                cell.kids.clear()
            row.kids.append(cell)
        if at < 2:
            table.kids.append(Elem(("THead", "TBody")[at]))
        table.kids[-1].kids.append(row)
        inner.items.append(Stroke(20, 124 + 15 * at, 280, 124 + 15 * at, 0.25, "#888888"))
    before, link, after = Elem(""), Elem("Link", href="https://example.org/ä", alt=None), Elem("")
    first, second = run(80, "a link that is ", link), run(20, "broken", link)
    inner.items += [
        line(200, run(20, "There stands ", before), first),
        area(first, 200, link.href, link),
        line(213, second, run(20 + second.width, " over lines. ", after)),
        area(second, 213, link.href, link),
    ]
    heading2, leaf = text("H2", "More")
    inner.items.append(line(250, run(20, "More ", leaf, 14, "bold")))
    long = Elem("P", [Elem("")])
    inner.items.append(line(270, run(20, "A paragraph that begins here and goes on ther~", long.kids[0])))
    section.kids += [heading, listing, table, Elem("P", [before, link, after]), heading2, long]
    document.kids.append(section)

    # back: the paragraph's rest, a drawing with labels, a JPEG, Arabic with vowel signs, Devanagari
    back.items.append(line(30, run(20, "apy on the next panel. ", long.kids[0])))
    drawing = Elem("Figure", alt="A triangle, its base named")
    triangle = (("M", 0, 40), ("L", 40, 40), ("C", 40, 30, 30, 10, 20, 0), ("Z",))
    back.items += [
        Shape(20, 60, 2, triangle, "#99ccff", "#003366", 0.5, True, drawing),
        Shape(40, 80, 1, triangle, None, "#003366", 1, False, drawing),
        line(160, run(20, "base ", drawing, 8)),
        Shape(200, 60, 1, (("M", 0, 0), ("L", 10, 10)), None, "#003366"),
    ]
    square = Elem("Figure", alt="A blue square")
    back.items += [Image(150, 180, 40, 40, str(folder / "blue.jpg"), square, (folder / "blue.jpg").read_bytes())]
    arabic, leaf = text("P", "")
    arabic.language = "ar"
    back.items.append(leftward(280, 260, "جدًا بالعالم", leaf))
    hindi, leaf = text("P", "", language="hi")
    back.items.append(line(290, run(20, "क्षत्रिय ", leaf, 10)))
    document.kids += [drawing, square, arabic, hindi]
    return Composition([cover, inner, back], document, 10, ABOUT.title, "en", "ltr")


SHEET = Geometry(
    panels=(),
    story=(),
    sides=(
        Side(
            "outside", 600, 400, (Placement("back", 0), Placement("cover", 300)),
            (Mark(300, 0, 300, 14), Mark(300, 386, 300, 400, "mountain")),
        ),
        Side("inside", 600, 400, (Placement("inner", 300, 0, True), Placement("blank", 0))),
    ),
    duplex="DuplexFlipShortEdge",
)
"""The panels of everything() on paper, in another order than they are read; one of them upside down."""


def paragraphs(count: int = 60, words: int = 16) -> Composition:
    """Two pages of headings and paragraphs of changing words, for measuring."""
    stock = [
        "When", "a", "vertebral", "compression", "fracture", "occurs", "the", "choice", "between", "treatment",
        "options", "can", "affect", "pain", "relief", "bone", "height", "recovery", "and", "long", "term", "outcome",
        "doctors", "weigh", "age", "fracture", "type", "imaging", "and", "general", "health", "before", "advice",
    ]
    kids, pages, y, at = [], [Page("page", 595, 842)], 60.0, 0
    for number in range(count):
        leaf = Elem("")
        heading = number % 6 == 0
        role = "H1" if number == 0 else "H2" if heading else "P"
        title = " ".join(stock[(number + i) % len(stock)] for i in range(4))
        kids.append(Elem(role, [leaf], title=title if heading else None))
        text = title.split() if heading else [stock[(at + i * 7) % len(stock)] for i in range(words * 2)]
        at += 11
        for start in range(0, len(text), words):
            if y > 780:
                pages.append(Page("page", 595, 842))
                y = 60.0
            name = "bold" if heading else "regular"
            pages[-1].items.append(line(y, run(56, " ".join(text[start : start + words]) + " ", leaf, 10, name)))
            y += 13.5
    return composed(pages, *kids)


def same_words(blocks: list[str]) -> str:
    """What a reader of any kind must agree on: words, not how many spaces or zero-width signs stand between them."""
    return re.sub(r"[\xad\u2060]", "", " ".join(" ".join(blocks).split()))
