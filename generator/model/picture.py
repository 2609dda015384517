"""Pictures as data: a raster file, or a drawing read from the documented subset of SVG."""

from __future__ import annotations

from .problem import Problem
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
    label: str = ""
    """Id of the label whose words name this shape: the keys under a view show it beside them."""
    whole: bool = False
    """Belongs to the whole drawing only, like the line from a part to its label; no view shows it."""
    evenodd: bool = False
    """What is filled is told by the even-odd rule (SVG 1.1, 11.3), else by the nonzero one."""
    dash: tuple[float, ...] = ()
    """Lengths of dashes and gaps, in the drawing's units."""


@record(frozen=True, slots=True)
class View:
    """A named part of a drawing, which can be shown by itself.

    SVG 2, 7.8 and 16.3: `view`, `viewBox`, `preserveAspectRatio`.
    """

    name: str
    x: float
    """Left edge; all in the drawing's units, from the left top corner of its viewBox."""
    y: float
    width: float
    height: float
    across: float = 0.5
    """Where it is cut at the sides, the part of what is cut that lies to its left: 0 keeps the left edge, 1 the right
    one."""
    down: float = 0.5
    """The same from top to bottom."""

    def holds(self, shape: Stroked) -> bool:
        """Whether the middle of a shape lies in this view."""
        xs = [op[-2] for op in shape.path if len(op) > 1]
        ys = [op[-1] for op in shape.path if len(op) > 1]
        x, y = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
        return self.x <= x <= self.x + self.width and self.y <= y <= self.y + self.height


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
    views: tuple[View, ...] = ()
    warnings: tuple[Problem, ...] = ()
    """What is printed otherwise than the program that drew it shows it."""

    def view(self, name: str) -> View | None:
        return next((view for view in self.views if view.name == name), None)

    def shown(self, view: View) -> tuple[Stroked, ...]:
        """The shapes that a view shows."""
        return tuple(shape for shape in self.shapes if not shape.whole and view.holds(shape))


Picture = Raster | Drawing
