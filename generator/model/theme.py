"""How a leaflet looks: palette, fonts and the styles of elements and classes. Lengths in grid units unless said."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from .content import Colour
from .record import field, record


@record(frozen=True)
class Style:
    """How one kind of block or run is set. A key that is not given (None) leaves what a more general style says; font,
    size, leading, bold, italic, colour and align pass down to the blocks inside.

    A grid unit is the body's leading, so that everything set in units stays on the baseline grid.
    """

    font: str | None = None
    """Name of a family of the theme."""
    size: float | None = None
    """Multiple of the body size."""
    points: float | None = None
    """Size in points where it stands off the scale (the title); wins over `size`."""
    leading: float | None = None
    """Distance of baselines, in multiples of this style's own type size."""
    bold: bool | None = None
    """Set in the bold cut."""
    italic: bool | None = None
    """Set in the italic cut."""
    colour: str | None = None
    """Palette name (ink, dark, mid, cool, warm, paper, muted, alert, option-1 …)."""
    align: Literal["start", "centre", "end"] | None = None
    """start is left in English, right in Arabic."""
    before: float | None = None
    """Space above, in grid units; the larger of two meeting spaces counts."""
    after: float | None = None
    """Space below, in grid units."""
    indent: float | None = None
    """Shift of the start edge, in multiples of the body size."""
    padding: tuple[float, ...] | None = None
    """Inside space of a box: (block, inline) or (top, inline, bottom), in grid units."""
    background: str | None = None
    """Palette name of the box's ground; "none" takes an inherited ground away."""
    ground: Literal["box", "band", "panel", "framed"] | None = None
    """How far the background reaches. band: to the panel's sides, and to its head where the box begins the panel;
    panel: also to its foot where nothing follows the box; framed: as band, but on an office printer's sheet a
    white frame stays at folds, too."""
    stripe: tuple[str, ...] | None = None
    """Palette names: a rule under a box that reaches to the panel's sides, in equal
    parts, `border_width` points high."""
    extent: tuple[float, float] | None = None
    """Of <ground>: where it begins and ends, in parts of the panel's height, 0 to 1."""
    at: float | None = None
    """Move the block down so that it begins here, in parts of the panel's height."""
    until: float | None = None
    """Move the block down so that it ends here, in parts of the panel's height."""
    height: float | None = None
    """Least height of a box, in grid units; what it holds stands at its foot."""
    border: str | None = None
    """Palette name of a rule drawn along `border_sides`."""
    border_sides: tuple[Literal["start", "end", "top", "bottom"], ...] | None = None
    """Sides that have the rule."""
    border_width: float | None = None
    """Points; never under 0.25."""
    radius: float | None = None
    """Corner radius of the background and of a border on all four sides, points."""
    corners: Literal["all", "top"] | None = None
    """Corners that the radius rounds."""
    tail: Literal["below", "beside", "none"] | None = None
    """A speech bubble's tail, which points to the answer below or beside the box."""
    scale: float | None = None
    """Of views of a drawing: millimetres for a unit of the drawing. Without it, they are as wide as their column."""
    focus: tuple[float, float] | None = None
    """Of views on a <ground>: where the middle of the view stands, in parts of the ground's width, from its start, and
    height."""
    disc: float | None = None
    """Diameter, in millimetres, of a disc in the colour of the background; it stands on the edge between two blocks,
    and takes no room. The words, a few letters, are centred on it."""
    fit: tuple[float, float] | None = None
    """Smallest and largest size in points: the largest at which the longest line of the heading fits the measure."""
    grows: float | None = None
    """Size up to which the type of a group grows where its panel has room, in multiples of the body size."""
    keep: bool | None = None
    """Keep the block in one frame where it fits one."""
    keep_paragraphs: bool | None = None
    """The same, but a long block may go on in the next frame after a paragraph, with three lines or more on either
    side."""
    keep_next: bool | None = None
    """Keep with the beginning of the next block."""
    balance: bool | None = None
    """Make the lines about equally long (headings)."""
    columns: int | None = None
    """Number of balanced columns the block's children are set in."""
    widths: tuple[float, ...] | None = None
    """Set the children side by side, in these proportions."""
    gap: float | None = None
    """Space between columns or children side by side, in grid units."""
    marker: Literal["bullet", "square", "number", "badge", "none"] | None = None
    """What stands before the items of a list. badge: the number in a disc. On a group: of the lists with bullets
    directly in it, or in groups in it."""
    marker_colour: str | None = None
    """Palette name of the marker; that of the text where it is missing."""
    push: bool | None = None
    """Move this block and what follows it in its panel down to the foot of the frame."""


@record(frozen=True)
class FontFamily:
    """Files of one family, relative to the theme's own folder, or a family that the program brings (FiraGO)."""

    name: str
    """Of the family; FiraGO and Noto Sans come with the program."""
    regular: str | None = None
    """Font file."""
    bold: str | None = None
    """Font file."""
    italic: str | None = None
    """Font file."""
    bold_italic: str | None = None
    """Font file."""


@record(frozen=True)
class Theme:
    """A theme, with all that it takes over from the themes that it extends."""

    name: str
    palette: dict[str, Colour] = field(default_factory=dict)
    fonts: dict[str, FontFamily] = field(default_factory=dict)
    """Role (body, heading) → family."""
    fallback: tuple[str, ...] = ()
    """Families tried, in order, for characters that a role's font lacks."""
    styles: dict[str, Style] = field(default_factory=dict)
    """`element` or `element.class` → style."""
    hyphenate: bool = False
    typographic: bool = True
    """Draw the apostrophe between letters as ’; it is still read, searched and copied as the author typed it."""
    cover: str = "versus"
    """versus: options that the title names have fields of their own on the cover; single: one field for all."""
    folder: str = ""
    """Where the theme's own font files are."""


def ratio(one: str, other: str) -> float:
    """Contrast ratio of two colours "#rrggbb", 1 to 21 (WCAG 2.1, definition of contrast ratio)."""
    a, b = sorted((_luminance(one), _luminance(other)))
    return (b + 0.05) / (a + 0.05)


@lru_cache(maxsize=256)
def _luminance(colour: str) -> float:
    parts = [int(colour[i: i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
