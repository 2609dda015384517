"""Small typeset documents for the tests of draw/: words set where one tells them."""

from __future__ import annotations

from functools import lru_cache

from generator.model.page import About, Composition, Line, LinkArea, Page, Run, Word
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
    """A right-to-left line that begins at x, its right edge: a run for every word and space, in logical order."""
    runs = []
    for piece in text.split(" "):
        for part in (piece, " "):
            if part:
                one = word(part, "regular", True)
                x -= one.width * size
                runs.append(Run(x, [one], one.face, size, INK, elem, one.width * size))
    return Line(y, runs)


def area(piece: Run, y: float, href: str, elem: Elem) -> LinkArea:
    return LinkArea(piece.x, y - piece.size, piece.width, piece.size * 1.3, href, elem)


def composed(pages: list[Page], *kids: Elem, language: str = "en") -> Composition:
    return Composition(pages, Elem("Document", list(kids)), 10, ABOUT.title, language, "ltr")


def paragraphs(count: int = 60, words: int = 16) -> Composition:
    """Two pages of headings and paragraphs of changing words, for measuring."""
    stock = (
        "When a vertebral compression fracture occurs the choice between treatment options can affect pain relief bone "
        "height recovery and long term outcome doctors weigh age fracture type imaging and general health before advice"
    ).split()
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
