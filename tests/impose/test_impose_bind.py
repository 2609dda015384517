"""Booklets and pages two-up: every page once and where a hand that turns the pages
expects it, for any number of pages."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.impose import geometry, problems, sides
from generator.impose.sheet import UNPRINTABLE
from generator.model.layout import MM, PAPERS, BodyRange, Layout, LayoutSpec, Margins
from generator.model.record import replace

BOOKLET = LayoutSpec(
    "Booklet", BodyRange(10, 12), Margins(12 * MM, 9 * MM, 14 * MM, 12 * MM), "landscape", imposition="saddle",
    thickness=0.1 * MM, panels=["cover", "page", "back"],
)
PLAIN = replace(BOOKLET, panels=["page"])
TWO_UP = replace(BOOKLET, imposition="two-up", panels=["page"])


def number(name: str) -> int:
    return int(name.removeprefix("page-"))


def bound(spec, count, direction="ltr", paper="a4"):
    sheet = geometry(spec, PAPERS[paper], direction)
    return sheet, sides(sheet, count, direction)


def pages(side, half) -> tuple[int | None, int | None]:
    """Numbers of the left and the right page; None: blank."""
    left = [number(p.panel) for p in side.placements if p.x < half / 2]
    right = [number(p.panel) for p in side.placements if p.x >= half / 2]
    return (left or [None])[0], (right or [None])[0]


def leafed(spec, count, direction="ltr") -> list[int | None]:
    """The pages in the order in which a reader turns them, after the sheets are put together and folded."""
    sheet, printed = bound(spec, count, direction)
    half = sheet.panels[0].width
    out, back = [], []
    for front, behind in zip(printed[::2], printed[1::2]):
        outer, inner = pages(front, half), pages(behind, half)
        if direction == "rtl":
            outer, inner = outer[::-1], inner[::-1]
        out += [outer[1], inner[0]]
        back += [outer[0], inner[1]]
    return out + back[::-1]


@given(st.integers(1, 90), st.sampled_from(["ltr", "rtl"]))
def test_a_booklet_reads_from_cover_to_back(count, direction):
    read = leafed(BOOKLET, count, direction)
    blanks = -count % 4
    assert len(read) == count + blanks
    assert read == [*range(1, count), *[None] * blanks, count]


@given(st.integers(1, 90), st.sampled_from(["ltr", "rtl"]))
def test_without_a_back_cover_blanks_stand_at_the_end(count, direction):
    assert leafed(PLAIN, count, direction) == [*range(1, count + 1), *[None] * (-count % 4)]


@given(st.integers(1, 22).map(lambda n: 4 * n), st.sampled_from(["a4", "letter"]))
def test_two_pages_side_by_side_add_up_to_one_more_than_there_are(count, paper):
    sheet, printed = bound(PLAIN, count, paper=paper)
    assert len(printed) == count // 2
    for side in printed:
        assert sum(pages(side, sheet.panels[0].width)) == count + 1


@given(st.integers(1, 22).map(lambda n: 4 * n))
def test_odd_pages_are_where_a_book_has_them(count):
    for direction, place in (("ltr", 1), ("rtl", 0)):
        sheet, printed = bound(PLAIN, count, direction)
        assert all(pages(side, sheet.panels[0].width)[place] % 2 for side in printed)


@given(st.integers(1, 90), st.floats(0, 0.3), st.sampled_from(["ltr", "rtl"]))
def test_creep_grows_from_sheet_to_sheet(count, millimetres, direction):
    spec = replace(PLAIN, thickness=millimetres * MM)
    sheet, printed = bound(spec, count, direction)
    half = sheet.panels[0].width
    shifts = []
    for side in printed:
        for placement in side.placements:
            shift = placement.x if placement.x < half / 2 else half - placement.x
            assert shift >= 0  # towards the fold
            shifts.append((side.name.split()[1], shift))
    by_sheet = {name: {round(s, 9) for n, s in shifts if n == name} for name, _ in shifts}
    assert all(len(both) == 1 for both in by_sheet.values())  # front and back alike, so that pages lie back to back
    steps = [min(by_sheet[name]) for name in by_sheet]
    assert steps[0] == 0
    assert all(b - a == pytest.approx(spec.thickness, abs=1e-6) for a, b in pairwise(steps))


@given(st.integers(1, 30))
def test_two_up_has_each_page_twice_and_its_back_behind_it(count):
    _, printed = bound(TWO_UP, count)
    names = [p.panel for side in printed for p in side.placements]
    assert sorted(map(number, names)) == sorted([*range(1, count + 1)] * 2)
    assert len(printed) == count + count % 2
    for at, side in enumerate(printed, 1):
        assert {number(p.panel) for p in side.placements} == ({at} if at <= count else set())


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("spec", [BOOKLET, TWO_UP])
def test_pages_are_half_the_sheet(spec, paper):
    sheet, printed = bound(spec, 8, paper=paper)
    long, short = PAPERS[paper].height, PAPERS[paper].width
    assert sheet.duplex == "DuplexFlipShortEdge"
    assert all((page.width, page.height) == (long / 2, short) for page in sheet.panels)
    for side in printed:
        assert (side.width, side.height) == (long, short)
        for mark in side.marks:
            assert mark.x1 == mark.x2 == long / 2
            assert UNPRINTABLE <= mark.y1 < mark.y2 <= short - UNPRINTABLE


def test_marks_say_what_to_do():
    kinds = [{mark.kind for mark in side.marks} for side in bound(BOOKLET, 4)[1]]
    assert kinds == [{"mountain"}, {"valley"}]
    assert all(mark.kind == "cut" for side in bound(TWO_UP, 4)[1] for mark in side.marks)


def test_the_inner_margin_is_at_the_fold():
    ltr, rtl = (geometry(BOOKLET, PAPERS["a4"], direction).panels[1] for direction in ("ltr", "rtl"))
    assert (ltr.left, ltr.right) == (14 * MM, 12 * MM)  # an odd page: bound at its left
    assert (rtl.left, rtl.right) == (12 * MM, 14 * MM)
    assert geometry(BOOKLET, PAPERS["a4"]).facing


def test_a_folded_or_flat_layout_keeps_its_sides():
    flat = geometry(LayoutSpec("x", BodyRange(9, 9), Margins(30, 30, 30)), PAPERS["a4"])
    assert sides(flat, 5) == ()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"thickness": -1.0}, "the paper's thickness is negative"),
        ({"margins": Margins(30, 30, 30, 10)}, "the outer margin is 3.5 mm"),
        ({"margins": Margins(30, 30, 200, 190)}, "the frame of 'page' has no room"),
    ],
)
def test_planted(changes, words):
    found = problems(Layout("x", "layouts/x", replace(BOOKLET, **changes)), PAPERS["a4"])
    assert any(words in problem.message for problem in found), found
    assert not problems(Layout("x", "layouts/x", BOOKLET), PAPERS["a4"])
