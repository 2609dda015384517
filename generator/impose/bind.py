"""Places pages of half a sheet on sheets: a booklet that is stitched in its fold, or each page twice, to be cut apart.

Booklet of eight pages (two sheets, one put into the other; the outer one is printed first):

    sheet 1   front  8 | 1    back  2 | 7            folded and put together, the back of 1 is 2, and 2 faces 3
    sheet 2   front  6 | 3    back  4 | 5

Two pages side by side always add up to one more than there are; right to left they change sides. Sheets have four
pages: what is missing stays blank before the back cover where the layout has one, else at the end.

Creep: around a stack of folded sheets the paper of the outer ones has a longer way, so at the outer edge each inner
sheet sticks out by its paper's thickness, and loses as much when the booklet is trimmed. So sheet k (1 is the
outermost) has its pages moved towards the fold by (k - 1) times the thickness.
"""

from __future__ import annotations

from ..model.layout import Bound, Geometry, LayoutSpec, Mark, Paper, Placement, Side
from .across import fold_sheet
from .sheet import TICK, UNPRINTABLE, fold_edges, trim


def sides(geometry: Geometry, count: int, direction: str = "ltr") -> tuple[Side, ...]:
    """The sides to print, in order, for `count` pages; those of a folded layout stand in its geometry already.

    Pages of a bound layout are named page-1, page-2 … and have no place where they are blank.
    """
    bound = geometry.bound
    if bound is None:
        return geometry.sides
    total = -(-count // bound.unit) * bound.unit
    if bound.kind == "two-up":
        spreads = [(number, number) for number in range(1, total + 1)]
    else:
        spreads = [pair for k in range(total // 4)
                   for pair in ((total - 2 * k, 2 * k + 1), (2 * k + 2, total - 2 * k - 1))]
    if direction == "rtl":
        spreads = [(right, left) for left, right in spreads]
    names = page_names(geometry, count, total)
    return tuple(
        side(bound, number, tuple(names.get(page) for page in pair)) for number, pair in enumerate(spreads)
    )


def page_names(geometry: Geometry, count: int, total: int) -> dict[int, str]:
    """Place in the booklet (from 1) → name of the page there; blank pages are left out."""
    names = {number: f"page-{number}" for number in range(1, count + 1)}
    if geometry.panels[-1].name not in geometry.story and count < total:
        names[total] = names.pop(count)
    return names


def side(bound: Bound, number: int, names: tuple[str | None, ...]) -> Side:
    """A side with its two pages and, above and below, a line where to fold or cut."""
    half = bound.width / 2
    booklet = bound.kind == "saddle"
    creep = bound.thickness * (number // 2) if booklet else 0.0
    kind = "cut" if not booklet else "valley" if number % 2 else "mountain"
    marks = tuple(
        Mark(half, y, half, y + TICK, kind) for y in (UNPRINTABLE, bound.height - UNPRINTABLE - TICK)
    )
    places = tuple(Placement(name, x) for name, x in zip(names, (creep, half - creep)) if name)
    return Side(f"sheet {number // 2 + 1} {'back' if number % 2 else 'front'}", bound.width, bound.height, places,
                marks, (Mark(half, 0.0, half, bound.height, kind),))


def faces(
    spec: LayoutSpec, paper: Paper, count: int, direction: str = "ltr"
) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """The panels (of bound layouts: the pages) that one sees of the finished leaflet in front and behind, left to
    right; None where nothing is folded. Expects a spec without problems."""
    if spec.imposition == "saddle":
        return ("page-1",), (f"page-{count}",)
    if spec.fold is None:
        return None
    done = fold_sheet(spec.fold, fold_edges(spec.fold, trim(spec, paper)[0], paper))
    views = done.front.panels, done.behind.panels
    return (views[0][::-1], views[1][::-1]) if direction == "rtl" else views
