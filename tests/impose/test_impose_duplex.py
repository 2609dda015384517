"""Back sides turned and moved: nothing else changes, and turning twice is nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from generator.impose import moved, tumbled
from generator.model.layout import Bound, Geometry, Mark, Panel, Placement, Side
from generator.model.printing import Printer
from generator.model.record import replace

PANELS = (Panel("a", 100, 200, 0, 0, 0, 0), Panel("b", 197, 200, 0, 0, 0, 0), Panel("c", 297, 200, 0, 0, 0, 0))
SHEET = Geometry(
    PANELS, (),
    (
        Side("outside", 297, 200, (Placement("a", 0), Placement("b", 100))),
        Side("inside", 297, 200, (Placement("c", 0),), (Mark(100, 18, 100, 26),)),
    ),
    duplex="DuplexFlipShortEdge",
)  # fmt: skip


def test_tumbled():
    sheet = replace(SHEET, sides=SHEET.sides[::-1])
    found = tumbled(sheet)
    assert found.sides[0] == sheet.sides[0]
    assert found.sides[1].placements == (Placement("a", 197, 0, True), Placement("b", 0, 0, True))
    assert tumbled(SHEET).sides[1].marks == (Mark(197, 182, 197, 174),)
    assert found.duplex == "DuplexFlipLongEdge"


def test_tumbled_pages_of_a_booklet():
    sides = tuple(Side(name, 300, 200, (Placement("page-1", 1), Placement("page-2", 149)))
                  for name in ("front", "back", "front", "back"))
    found = tumbled(Geometry((Panel("page", 150, 200, 0, 0, 0, 0),), (), sides, bound=Bound("saddle", 300, 200),
                             duplex="DuplexFlipShortEdge"))
    for number, side in enumerate(found.sides):
        places = (Placement("page-1", 149, 0, True), Placement("page-2", 1, 0, True))
        assert side == (replace(sides[0], name="back", placements=places) if number % 2 else sides[0])


def test_what_flips_on_the_long_edge_is_not_tumbled():
    upright = replace(SHEET, duplex="DuplexFlipLongEdge")
    assert tumbled(upright) is upright


@given(some.floats(-14, 14), some.floats(-14, 14))
def test_moved(right, up):
    found = moved(SHEET, Printer(right, up))
    assert found.sides[0] == SHEET.sides[0]
    (place,), (mark,) = found.sides[1].placements, found.sides[1].marks
    assert (place.x, place.y) == (right, -up)
    assert (mark.x1, mark.y1, mark.x2, mark.y2) == pytest.approx((100 + right, 18 - up, 100 + right, 26 - up))
    back = moved(found, Printer(-right, -up)).sides[1]
    assert back.placements[0].x == pytest.approx(0, abs=1e-9)


def test_moved_then_tumbled_goes_the_other_way():
    """On a page that stands on its head, right is left."""
    (place,) = tumbled(moved(SHEET, Printer(3, 1))).sides[1].placements
    assert (place.x, place.y, place.turned) == (-3, 1, True)
