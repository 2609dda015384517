"""Where panels lie on the sheet, and where text may stand in them. Points; x from the left, y downwards.

What is printed on which side, and why the sheet is turned on its short edge
-----------------------------------------------------------------------------
The outside is printed first, the inside on its back. Turning the sheet over like the page of a book keeps the top at
the top and brings what was left to the right: the inside is the mirror image of the outside. So panel k of the inside,
counted from the left, lies on the back of panel k of the outside, counted from the RIGHT:

    outside   flap | back | cover        the reader turns the sheet about a vertical axis
    inside       2 |    3 |     4        2 is the back of cover, 3 of back, 4 of flap

The printer has to turn the sheet about that same vertical axis. On a landscape sheet the vertical edges are the short
ones, so it must flip on the SHORT edge (turned on the long edge, the inside would stand on its head); on a portrait
sheet the vertical edges are the long ones, so it must flip on the LONG edge (ISO 32000-1, table 150, Duplex).

Right to left everything is mirrored: the order of the panels, the places of the folds, and with them the binding.
"""

from __future__ import annotations

from ..model.layout import MM, Bound, FoldSpec, Frame, Geometry, LayoutSpec, Mark, Panel, Paper, Placement, Side
from ..model.printing import UNPRINTABLE
from .across import fold_sheet

TICK = 3 * MM
"""Length of the line that shows where to fold."""
RASTER = 2.0**20
"""Folds lie on multiples of 1/RASTER points (a third of a nanometre): on such numbers float sums and differences are
exact, so widths add up to the trim to the last bit, and the inside mirrors the outside to the last bit."""


def geometry(spec: LayoutSpec, paper: Paper, direction: str = "ltr") -> Geometry:
    """`spec` on `paper`. Expects a spec without problems (see problems()); `direction` is "ltr" or "rtl"."""
    width, height = trim(spec, paper)
    rtl = direction == "rtl"
    if spec.fold is None:
        bound = Bound(str(spec.imposition), width, height, spec.thickness) if spec.imposition else None
        width = width / 2 if bound else width
        wide = spec.landscape_tables and not bound and spec.languages == 1 and spec.max_pages is None and width < height
        return Geometry(
            panels=tuple(panel(spec, name, width, height, rtl) for name in spec.panels),
            story=tuple(spec.story),
            repeat=True,
            bound=bound,
            facing=spec.margins.outer is not None,
            max_pages=spec.max_pages,
            sideways=panel(spec, spec.story[-1], height, width, rtl) if wide else None,
            duplex=turning(bound.width, height) if bound else None,
        )
    fold = spec.fold
    outside = fold_edges(fold, width, paper)
    inside = mirror(outside)
    kinds, across, turned = list(fold.folds), [], frozenset()
    if fold.across:
        folded = fold_sheet(fold, outside)
        across, turned = list(folded.across), folded.turned
    count = fold.columns
    rows = tuple([list(names[at : at + count]) for at in range(0, len(names), count)]
                 for names in (fold.outside, fold.inside))
    if rtl:
        outside, inside = inside, outside
        kinds.reverse()
        across.reverse()
        rows = tuple([row[::-1] for row in side_rows] for side_rows in rows)
    sides = (
        side("outside", rows[0], outside, kinds, across, height, turned),
        side("inside", rows[1], inside, flipped(kinds), flipped(across), height, turned),
    )
    widths = {
        name: right - left
        for side_rows, edges in zip(rows, (outside, inside))
        for row in side_rows
        for name, left, right in zip(row, edges, edges[1:])
    }
    height /= len(rows[0])
    every = [*rows[0], *rows[1]]
    return Geometry(
        panels=tuple(panel(spec, name, widths[name], height, rtl, edges_of(name, every, name in turned))
                     for name in spec.panels),
        story=tuple(spec.story),
        sides=sides,
        duplex=turning(width, height),
    )


def flipped(kinds: list[str]) -> list[str]:
    """Kinds of folds from left to right, as one sees them from the other side of the sheet."""
    return ["mountain" if kind == "valley" else "valley" for kind in reversed(kinds)]


def turning(width: float, height: float) -> str:
    """How the printer has to turn a sheet about a vertical axis."""
    return "DuplexFlipShortEdge" if width > height else "DuplexFlipLongEdge"


def trim(spec: LayoutSpec, paper: Paper) -> tuple[float, float]:
    """Width and height of the sheet as it lies before the reader."""
    return (paper.height, paper.width) if spec.paper == "landscape" else (paper.width, paper.height)


def fold_edges(fold: FoldSpec, width: float, paper: Paper) -> list[float]:
    """The edges of the outside's panels from left to right: 0, each fold, the sheet's width exactly.

    A panel is narrower than the widest ones by what `shorten` says of it: n · widest = width + all that is taken away.
    """
    less = [fold.less(name, paper) for name in fold.outside[: fold.columns]]
    widest = (width + sum(less)) / len(less)
    edges = [0.0]
    x = 0.0
    for away in less[:-1]:
        x += widest - away
        edges.append(round(x * RASTER) / RASTER)
    return [*edges, width]


def mirror(edges: list[float]) -> list[float]:
    """The same edges, seen from the other side of the sheet."""
    return [edges[-1] - x for x in reversed(edges)]


def edges_of(name: str, rows: list[list[str]], turned: bool = False) -> tuple[bool, bool]:
    """Whether the left and the right edge of a panel are the paper's; `rows`: panels from left to right. `turned`: it
    stands upside down there."""
    left, right = any(row[0] == name for row in rows), any(row[-1] == name for row in rows)
    return (right, left) if turned else (left, right)


def panel(spec: LayoutSpec, name: str, width: float, height: float, rtl: bool = False,
          edges: tuple[bool, bool] = (False, False)) -> Panel:
    """A panel with its frame: a margin is kept from every trim and from every fold; `edges`: whether its left and right
    edge are the paper's. Odd pages are bound at their start edge, so there the outer margin is at the end."""
    margins, own = spec.margins, spec.frames.get(name, Frame())
    inner = margins.inner if own.inner is None else own.inner
    top = margins.top if own.top is None else own.top
    bottom = margins.bottom if own.bottom is None else own.bottom
    if spec.fold:
        edge = next((given for given in (own.edge, margins.edge) if given is not None), inner)
        left, right = (edge if at_edge else inner for at_edge in edges)
    else:
        outer = inner if margins.outer is None else margins.outer
        left, right = (outer, inner) if rtl else (inner, outer)
    footer = spec.footer_height if spec.footers is None or name in spec.footers else 0.0
    return Panel(name, width, height, left, right, top, bottom, footer)


def side(name: str, rows: list[list[str]], edges: list[float], kinds: list[str], across: list[str], height: float,
         turned: frozenset[str]) -> Side:
    """A side of the sheet; `kinds` of its folds and, with two rows, those of the fold `across`, as seen on this side.
    Each fold has a tick at both of its ends; the one across is drawn as it is folded there."""
    marks, folds = [], []
    for x, kind in zip(edges[1:-1], kinds):
        marks.append(Mark(x, UNPRINTABLE, x, UNPRINTABLE + TICK, kind))
        marks.append(Mark(x, height - UNPRINTABLE - TICK, x, height - UNPRINTABLE, kind))
        folds.append(Mark(x, 0.0, x, height, kind))
    if across:
        y, width = height / 2, edges[-1]
        marks.append(Mark(UNPRINTABLE, y, UNPRINTABLE + TICK, y, across[0]))
        marks.append(Mark(width - UNPRINTABLE - TICK, y, width - UNPRINTABLE, y, across[-1]))
        folds += [Mark(left, y, right, y, kind) for left, right, kind in zip(edges, edges[1:], across)]
    placements = tuple(Placement(panel_name, x, number * height / len(rows), panel_name in turned)
                       for number, row in enumerate(rows) for panel_name, x in zip(row, edges))
    return Side(name, edges[-1], height, placements, tuple(marks), tuple(folds))
