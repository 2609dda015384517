"""A layout: the numbers of a leaflet's paper, folds, panels and frames. Lengths are points."""

from __future__ import annotations

from typing import Annotated, Literal

from .content import Entry, Line, Rule
from .record import field, record, replace
from .theme import Style

MM = 72 / 25.4
"""Points in a millimetre."""
INCH = 72.0
SMALLEST = 9.0
"""Nothing is ever printed smaller (points): the EU readability guideline's lower bound for package leaflets."""

Length = Annotated[float, Rule("length")]
"""Written with its unit in YAML ("8mm", "0.25in", "11pt"); points inside."""


@record(frozen=True, slots=True)
class Paper:
    """A sheet of paper, upright. Points."""

    name: str
    width: float
    height: float
    like: str = ""
    """The paper of PAPERS whose lengths hold for it where a layout gives none of its own."""


PAPERS = {
    "a4": Paper("A4", 210 * MM, 297 * MM),
    "letter": Paper("Letter", 8.5 * INCH, 11 * INCH),
}
"""ISO 216 and ANSI Y14.1, by the name used in file names and after --paper (any case): built where none is named."""
EVERY_PAPER = PAPERS | {
    "a3": Paper("A3", 297 * MM, 420 * MM, "a4"),
    "a5": Paper("A5", 148 * MM, 210 * MM, "a4"),
    "dl": Paper("DL", 99 * MM, 210 * MM, "a4"),
    "square": Paper("Square", 210 * MM, 210 * MM, "a4"),
    "half-letter": Paper("Half-letter", 5.5 * INCH, 8.5 * INCH, "letter"),
}
"""What can be asked for. DL is a third of an A4 sheet (ISO 269, the envelope's 110 × 220 mm); square is cut from A4."""


# ── what layout.yaml says ────────────────────────────────────────────────────────────────────────────────────────────


ARABIC = ("ar", "ckb", "fa", "ps", "sd", "ug", "ur")
"""Languages in Arabic script."""
ARABIC_LEADING, ARABIC_HEADING = 1.4, 1.26
"""Least distance of its baselines in text and in headings, in multiples of the type size: its letters reach higher and
lower than Latin ones."""


@record(frozen=True)
class BodyRange(Entry):
    """Type size of the body; copy-fit chooses the largest that fits."""

    min: Annotated[float, Rule("points")]
    """Smallest type size that is tried, in points; 9 at least."""
    max: Annotated[float, Rule("points")]
    """Largest type size, in points."""
    leading: float = 1.35
    """Distance of baselines, in multiples of the body size; the leading is the baseline grid."""

    def of(self, language: str) -> BodyRange:
        """The range for a language: Arabic script is smaller to the eye and reaches higher and lower than Latin, so it
        may be a point larger and its lines stand farther apart."""
        if language.split("-")[0] not in ARABIC:
            return self
        return replace(self, max=self.max + 1, leading=max(self.leading, ARABIC_LEADING))


@record(frozen=True)
class Margins(Entry):
    """Room around the text."""

    top: Length
    """Above the text."""
    bottom: Length
    """Below the text and its footer."""
    inner: Length
    """Left and right on flat pages; from trim and fold on folded sheets."""
    outer: Length | None = None
    """Outer edge of facing pages (booklets); as inner where it is missing."""
    edge: Length | None = None
    """Folded sheets: from the paper's edges; as inner where it is missing, which then is from folds only."""


@record(frozen=True)
class Frame(Entry):
    """Margins of one panel, where they differ from those of the layout."""

    top: Length | None = None
    """Above the text."""
    bottom: Length | None = None
    """Below the text."""
    inner: Length | None = None
    """From folds; of flat pages left and right."""
    edge: Length | None = None
    """From the paper's edges at the sides (12 mm where a ground lies there, which begins at 6.35 mm)."""


@record(frozen=True)
class FoldSpec(Entry):
    """A folded sheet: the panels of each side, left to right as one looks at that side."""

    outside: list[Line]
    """Panels of the side that is printed first. With `across`: those of the upper row, then those of the lower one."""
    inside: list[Line]
    """Panels of its back."""
    folds: list[Literal["valley", "mountain"]]
    """Kind of each fold seen from the OUTSIDE, left to right, one fewer than there are panels in a row."""
    order: list[int] = field(default_factory=list)
    """Order in which the folds are made (1 is the leftmost fold of the outside); left to right where it is missing."""
    shorten: dict[str, dict[Literal["a4", "letter"], Length]] = field(default_factory=dict)
    """Outside panel → by how much it is narrower than the widest panels, per paper (a flap that folds in). A3, A5, DL
    and square paper take what A4 has, half-letter what Letter has, as much less as they are smaller."""
    across: Literal["valley", "mountain"] | None = None
    """Two rows of panels: the fold between them, which is made last, through all layers; the upper row is folded over.
    Its kind at the left edge of the OUTSIDE. From panel to panel the kind changes as the panels are turned."""

    @property
    def columns(self) -> int:
        """Number of panels in a row."""
        return len(self.outside) // 2 if self.across else len(self.outside)

    def less(self, panel: str, paper: Paper) -> float:
        """By how much a panel of the outside is narrower on a paper, points."""
        given = self.shorten.get(panel, {})
        if (own := given.get(paper.name.lower())) is not None or not paper.like:
            return own or 0.0
        return given.get(paper.like, 0.0) * paper.height / PAPERS[paper.like].height


@record(frozen=True)
class LayoutSpec(Entry):
    """layout.yaml of a layout folder."""

    title: Line
    """What it is, for `leaflet layouts`."""
    body: BodyRange
    """Type size of the text."""
    margins: Margins
    """White space around the text; 6.35 mm at least, which every printer reaches."""
    paper: Literal["portrait", "landscape"] = "portrait"
    """How the sheet lies."""
    plain: bool = False
    """Print the `plain` text of a block in place of its `text`, where it has one."""
    languages: Literal[1, 2] = 1
    """2: each block stands beside its translation (flat pages only). The template is set once for each language."""
    theme: Line = "calm"
    """Theme that gives its colours, fonts and styles."""
    fold: FoldSpec | None = None
    """Missing: flat pages."""
    imposition: Literal["saddle", "two-up"] | None = None
    """Flat pages of half a sheet. saddle: a booklet, stitched in its fold; two-up: each page twice, to be cut apart."""
    thickness: Length = 0.0
    """saddle: thickness of the paper. Pages of inner sheets are moved towards the fold by it (creep)."""
    panels: list[Line] = field(default_factory=lambda: ["page"])
    """In reading order. Flat: "page", which is repeated, and single pages before and after it."""
    story: list[Line] = field(default_factory=lambda: ["page"])
    """Panels that the story is poured through, in reading order. Flat: "page", repeated as often as needed."""
    footers: list[Line] | None = None
    """Panels that have the footer; all where it is missing."""
    footer_height: Length = 0.0
    """Part of the frame kept for the footer, at its foot."""
    frames: dict[str, Frame] = field(default_factory=dict)
    """Panel → its own margins, where they differ."""
    styles: dict[str, Style] = field(default_factory=dict)
    """Styles of this layout. They win over those of the theme that others extend, and a theme
    that extends it wins over them."""
    max_pages: int | None = None
    """Flat: at most so many pages."""
    landscape_tables: bool = True
    """Upright flat pages: a table whose columns have no room on them gets a landscape page of its own, with the heading
    above it, if it has room there. `false`: it is set as cards."""
    omits: list[Line] = field(default_factory=list)
    """What the template leaves out of a content file: keys like `references` or
    `sections.body.table`, each with all below it."""


# ── what impose/ makes of it for one paper ───────────────────────────────────────────────────────────────────────────


@record(frozen=True, slots=True)
class Panel:
    """A panel (or flat page) and the frame that text may use in it. Origin: the
    panel's top left corner, y downwards."""

    name: str
    width: float
    height: float
    left: float
    """Frame: distance from the panel's left edge."""
    right: float
    """Frame: distance from the panel's RIGHT edge."""
    top: float
    bottom: float
    """Frame: distance from the panel's BOTTOM edge; the footer stands in the lowest `footer` points of the frame."""
    footer: float = 0.0

    @property
    def measure(self) -> float:
        """Width of the frame."""
        return self.width - self.left - self.right

    @property
    def depth(self) -> float:
        """Height of the frame without the footer."""
        return self.height - self.top - self.bottom - self.footer


@record(frozen=True, slots=True)
class Placement:
    """Where a panel stands on a side of the sheet: its left and top edge, y downwards from the sheet's top."""

    panel: str
    x: float
    y: float = 0.0
    turned: bool = False
    """Rotated by 180 degrees."""


@record(frozen=True, slots=True)
class Mark:
    """A short line that shows where to fold (or cut). y downwards."""

    x1: float
    y1: float
    x2: float
    y2: float
    kind: str = "valley"
    """valley, mountain or cut."""


@record(frozen=True, slots=True)
class Side:
    """One side of the printed sheet."""

    name: str
    width: float
    height: float
    placements: tuple[Placement, ...]
    marks: tuple[Mark, ...] = ()
    """What is printed of folds and cuts: their ends."""
    folds: tuple[Mark, ...] = ()
    """Folds and cuts in their whole length."""


@record(frozen=True, slots=True)
class Bound:
    """How flat pages of half a sheet are put on sheets."""

    kind: str
    """saddle or two-up."""
    width: float
    """Of the sheet."""
    height: float
    thickness: float = 0.0

    @property
    def unit(self) -> int:
        """Number of pages on a sheet of paper."""
        return 4 if self.kind == "saddle" else 2


@record(frozen=True, slots=True)
class Geometry:
    """A layout on a paper."""

    panels: tuple[Panel, ...]
    """In reading order."""
    story: tuple[str, ...]
    """Names of the panels that the story is poured through."""
    sides: tuple[Side, ...] = ()
    """Sides of the sheet, in printing order; empty for flat layouts. Those of a bound layout depend on the number of
    pages: impose.sides() gives them."""
    repeat: bool = False
    """Flat: the panel of the story is repeated as often as needed; the others stand once before or after it."""
    bound: Bound | None = None
    facing: bool = False
    """The frame of even pages is the mirror image of the panel's, which is that of odd pages."""
    max_pages: int | None = None
    sideways: Panel | None = None
    """Flat: the repeated page lying on its side, for tables that are too wide for it."""
    duplex: str | None = None
    """ViewerPreferences /Duplex: DuplexFlipShortEdge, DuplexFlipLongEdge or None."""


@record(frozen=True)
class Layout:
    """A layout folder, read."""

    name: str
    folder: str
    spec: LayoutSpec
    template: str = "layout.html.j2"
