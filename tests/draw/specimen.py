"""Small typeset documents for the tests of draw/: a stand-in for text/ and typeset/ that sets words where it is told."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import uharfbuzz as hb

from generator.model.page import About, Composition, Line, LinkArea, Page, Run, Word
from generator.model.structure import Elem

ABOUT = About("A title (with parentheses)", "en", "A. Author", "A subject", ("bone", "Ärzte"), "2017-07")
INK = "#222222"


@dataclass(eq=False)
class Face:
    """What draw/ asks of text.fonts.Face."""

    key: str
    data: bytes
    ps_name: str
    bold: bool = False
    italic: bool = False
    italic_angle: float = 0.0
    face: Any = field(init=False)

    def __post_init__(self):
        self.face = hb.Face(self.data)
        self.font = hb.Font(self.face)
        self.upem = self.face.upem
        extents = self.font.get_font_extents("ltr")
        self.ascender, self.descender, self.cap_height = extents.ascender, extents.descender, 0.7 * self.upem


@lru_cache(maxsize=8)
def face(name: str = "figo") -> Face:
    from pymupdf_fonts import myfont

    names = {"figo": "FiraGO-Regular", "figbo": "FiraGO-Bold", "notos": "NotoSans-Regular"}
    return Face(name, myfont(name), names[name], bold=name == "figbo")


@lru_cache(maxsize=4096)
def word(text: str, name: str = "figo", rtl: bool = False, stands_for: str | None = None) -> Word:
    """Shape a word. `stands_for`: what its only cluster says instead of `text` (a hyphen that is a soft hyphen)."""
    this = face(name)
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if rtl else "ltr"
    hb.shape(this.font, buffer)
    infos = buffer.glyph_infos
    starts = sorted({info.cluster for info in infos}) + [len(text)]
    ends = dict(zip(starts, starts[1:]))
    logical = reversed(range(len(infos))) if rtl else range(len(infos))
    texts, seen = {}, set()
    for at in logical:
        cluster = infos[at].cluster
        texts[at] = "" if cluster in seen else stands_for or text[cluster : ends[cluster]]
        seen.add(cluster)
    scale = 1 / this.upem
    glyphs = tuple(
        (info.codepoint, place.x_advance * scale, place.x_offset * scale, place.y_offset * scale, texts[at])
        for at, (info, place) in enumerate(zip(infos, buffer.glyph_positions))
    )
    return Word(stands_for or text, sum(g[1] for g in glyphs), glyphs, this, rtl)


def run(x: float, text: str, elem: Elem | None, size: float = 10, name: str = "figo", rtl: bool = False, **more) -> Run:
    """Words parted by single spaces, each space a Word; "~" in a text is a soft hyphen at the end of a line."""
    words = []
    for at, piece in enumerate(text.split(" ")):
        if at:
            words.append(word(" ", name, rtl))
        if piece.endswith("~"):
            words += [word(piece[:-1], name, rtl), word("-", name, rtl, "\u00ad")]
        elif piece:
            words.append(word(piece, name, rtl))
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
            name = "figbo" if heading else "figo"
            pages[-1].items.append(line(y, run(56, " ".join(text[start : start + words]) + " ", leaf, 10, name)))
            y += 13.5
    return composed(pages, *kids)
