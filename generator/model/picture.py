"""Pictures as data: a raster file, or a drawing read from the documented subset of SVG."""

from __future__ import annotations

from .record import field, record


@record(frozen=True, slots=True)
class Raster:
    """A picture of pixels: a PNG or JPEG, upright, in RGB or grey, that says nothing but its pixels."""

    file: str
    width: int
    """Pixels."""
    height: int
    """Pixels."""
    data: bytes = field(default=b"", repr=False)
    """What goes into a PDF: the file as it was read, or what was made of it."""


@record(frozen=True, slots=True)
class Stroked:
    """One path of a drawing, in the drawing's own units, y downwards, all transforms applied."""

    path: tuple[tuple, ...]
    """As in model.page.Shape."""
    fill: str | None
    """Palette name of the theme or "#rrggbb"; None: not filled."""
    stroke: str | None
    width: float = 1.0
    """Stroke width in the drawing's units."""
    round: bool = True


@record(frozen=True, slots=True)
class Label:
    """A place for words in a drawing; the words stand in the content, by id."""

    id: str
    x: float
    y: float
    """Baseline."""
    anchor: str = "start"
    """start, middle or end."""
    colour: str = "ink"
    bold: bool = False


@record(frozen=True, slots=True)
class Drawing:
    """A drawing, flat."""

    file: str
    width: float
    """Of the viewBox."""
    height: float
    shapes: tuple[Stroked, ...] = ()
    labels: tuple[Label, ...] = ()


Picture = Raster | Drawing
