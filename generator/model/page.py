"""A typeset panel or page: things at fixed positions, each with the structure element it says. What draw/ paints.

Points; x from the left edge of the panel, y DOWNWARDS from its top edge (a text's y is its baseline).
Colours are "#rrggbb". Items are painted in the order of the list: grounds first, then rules, pictures and text.
"""

from __future__ import annotations

from typing import Any

from .problem import Place, Problem
from .record import field, record
from .structure import Elem


@record(slots=True)
class Word:
    """A shaped piece of text in one font, without its size: the unit that is cached."""

    text: str
    """The characters, in logical order (a space is a Word of its own)."""
    width: float
    """Advance in em."""
    glyphs: tuple[tuple[int, float, float, float, str], ...]
    """In visual order, left to right: (glyph id, advance em, x shift em, y shift em, text). The text is what the glyph
    stands for: all characters of a cluster on its first glyph in logical order, "" on the others."""
    face: Any
    """text.fonts.Face"""
    rtl: bool = False
    cache: tuple[bytes | list, tuple[tuple[int, str], ...]] | None = None
    """What draw/ keeps of this word: its operators, and (glyph, text) of each of its glyphs."""


@record(slots=True)
class Run:
    """Words side by side in one font, size, colour and structure leaf."""

    x: float
    words: list[Word]
    """In logical order."""
    face: Any
    size: float
    colour: str
    elem: Elem | None
    """The leaf that these words belong to; None only for furniture."""
    width: float = 0.0
    rise: float = 0.0
    """Baseline shift upwards, points."""
    order: tuple[int, ...] | None = None
    """Places in `words` as they stand from left to right; None: as they are."""

    def placed(self) -> list[Word]:
        """The words from left to right."""
        return self.words if self.order is None else [self.words[at] for at in self.order]


@record(slots=True)
class Line:
    """A line of text; every line ends with its space, so that words at line ends stay apart when read back."""

    y: float
    runs: list[Run]
    """In logical order; each run has its own x."""
    place: Place | None = None
    said: tuple[Any, str, int] | None = field(default=None, repr=False)
    """Where its words come from: (story.Origins of the text, all its characters, number of the line's first); None:
    only the place is known."""


@record(slots=True)
class Fill:
    """A coloured ground; always an artifact."""

    x: float
    y: float
    width: float
    height: float
    colour: str
    radius: float = 0.0
    corners: str = "all"
    """all, or top: which corners the radius rounds."""


@record(slots=True)
class Ground:
    """A flat rectangle of a panel, under everything else; always an artifact. Where its edge lies on the panel's edge,
    draw/ takes it to the fold, to 6.35 mm inside the edge of an office sheet (no printer reaches farther), or into the
    bleed of a press sheet."""

    x: float
    y: float
    width: float
    height: float
    colour: str | None
    """None: only its border."""
    framed: bool = False
    """On an office sheet it keeps 6.35 mm from folds, too: an even white frame, and
    no toner that cracks in the fold."""
    border: str | None = None
    border_width: float = 0.0
    art: list[Shape] = field(default_factory=list)
    """What is drawn on it, cut off at its edges."""


@record(slots=True)
class Stroke:
    """A rule; always an artifact. Never thinner than 0.25 pt."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float
    colour: str


@record(slots=True)
class Shape:
    """A vector path (drawn sign, part of a drawing). `elem` None: artifact."""

    x: float
    y: float
    scale: float
    """Points for a unit of the path; path units have y downwards as in SVG."""
    path: tuple[tuple, ...]
    """Operators: ("M",x,y) ("L",x,y) ("C",x1,y1,x2,y2,x,y) ("Z",)"""
    fill: str | None = None
    stroke: str | None = None
    stroke_width: float = 1.0
    """In path units."""
    round: bool = True
    """Round caps and joins; else butt and mitre."""
    elem: Elem | None = None
    evenodd: bool = False
    """Filled by the even-odd rule (ISO 32000-1, 8.5.3.3.3), else by the nonzero one."""
    dash: tuple[float, ...] = ()
    """Lengths of dashes and gaps, in path units."""


@record(slots=True)
class Cut:
    """Shapes that are seen within a rectangle only: a view of a drawing.

    `elem` None: artifact; that of the shapes is not asked for.
    """

    x: float
    y: float
    width: float
    height: float
    shapes: list[Shape]
    elem: Elem | None = None
    radius: float = 0.0
    corners: str = "all"


@record(slots=True)
class Image:
    """A raster picture."""

    x: float
    y: float
    width: float
    height: float
    file: str
    """Names it; where it is placed twice, it is embedded once."""
    elem: Elem | None
    data: bytes = field(default=b"", repr=False)
    """The file, as it was read."""
    decorative: bool = False
    """It says nothing: an artifact."""


@record(slots=True)
class LinkArea:
    """The sensitive area of a link on one line."""

    x: float
    y: float
    """Top."""
    width: float
    height: float
    href: str
    elem: Elem
    """The Link element."""


@record(slots=True)
class Slot:
    """A place for words that each copy of a leaflet has of its own. How large it is does not depend on them."""

    name: str
    """Of the field whose value stands here."""
    x: float
    y: float
    """Baseline of the first line; of a code, its top."""
    width: float
    """Of a code, its edge."""
    lines: int
    """0: the place of a QR code."""
    leading: float
    size: float
    style: tuple[str, bool, bool]
    """Font role, bold, italic."""
    colour: str
    align: str
    rtl: bool
    language: str
    fonts: Any
    """text.fonts.Fonts"""
    elem: Elem | None
    """The leaf of its words, or the Figure of its code; None: it is not read."""
    words: str = field(default="", repr=False)
    """What stands there; "" in a leaflet that is set once for many."""
    place: Place | None = None


Item = Line | Fill | Stroke | Shape | Cut | Image | LinkArea | Slot


@record(frozen=True, slots=True)
class Beyond:
    """What does not fit a panel."""

    panel: str
    height: float
    """Points."""
    words: int


@record(slots=True)
class Page:
    """A panel (folded layouts) or a page, in reading order."""

    name: str
    """Of the panel; of repeated pages "page-1", "page-2" …"""
    width: float
    height: float
    items: list[Item] = field(default_factory=list)
    furniture: list[Item] = field(default_factory=list)
    """Footer and the like: painted as Pagination artifacts, never read."""
    grounds: list[Ground] = field(default_factory=list)
    """Painted first, in this order."""
    filled: float = 0.0
    """Part of the frame's height that is used, 0 to 1."""
    held: float = 0.0
    """The same without what stays empty above blocks that stand at the foot."""
    beyond: Beyond | None = None
    """This page shows what does not fit; no sheet has it."""


@record(frozen=True, slots=True)
class Tint:
    """A part of a page that a proof tints; no PDF has any."""

    kind: str
    """"sentence": one that is long or hard; "word": a hard word, with a line under it."""
    x: float
    y: float
    width: float
    height: float


@record(slots=True)
class Composition:
    """A leaflet, typeset."""

    pages: list[Page]
    tree: Elem
    """Root: Document."""
    body_size: float
    """Points; what copy-fit chose."""
    title: str
    language: str
    direction: str
    loose: bool = False
    """Pages are sheets of paper by themselves (flat layouts): what is read on a screen is printed at home, too."""
    through: bool = False
    """The story of a booklet goes on to its last page: blank pages stand behind it, not before a back cover."""
    warnings: tuple[Problem, ...] = ()
    """What does not look as it should, though nothing is lost: words that had to be cut."""
    reason: str = ""
    """Why the body has this size and no larger one."""


@record(slots=True)
class About:
    """What the file says of itself: metadata, viewer preferences, outline."""

    title: str
    language: str
    author: str = ""
    subject: str = ""
    keywords: tuple[str, ...] = ()
    date: str = ""
    """ISO date, possibly partial, that the content gives; with none, the file states none. Never the clock."""
    direction: str = "ltr"
    duplex: str | None = None
    """DuplexFlipShortEdge, DuplexFlipLongEdge or None."""
    for_print: bool = False
    """Sheet file: the viewer is told not to scale it."""
