"""The arithmetic of sheets, by example and by property: nothing is lost between trim and panels, to the last bit."""

from itertools import pairwise, permutations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from generator.impose import geometry, problems
from generator.impose.across import fold_sheet
from generator.impose.fold import Jam, fold_flat
from generator.impose.sheet import TICK, UNPRINTABLE, fold_edges, mirror, trim
from generator.model.layout import (
    EVERY_PAPER,
    INCH,
    MM,
    PAPERS,
    BodyRange,
    FoldSpec,
    Layout,
    LayoutSpec,
    Margins,
    Paper,
)
from generator.model.record import replace

A4 = PAPERS["a4"]
M = 8 * MM
LETTER_FOLD = LayoutSpec(
    title="Tri-fold",
    body=BodyRange(9, 11),
    margins=Margins(M, M, M),
    paper="landscape",
    fold=FoldSpec(
        outside=["flap", "back", "cover"],
        inside=["2", "3", "4"],
        folds=["mountain", "mountain"],
        shorten={"flap": {"a4": 3 * MM, "letter": 0.0625 * INCH}},
    ),
    panels=["cover", "2", "3", "4", "flap", "back"],
    story=["2", "3", "4", "flap"],
    footers=["back"],
    footer_height=12,
)
FLAT = LayoutSpec("Handout", BodyRange(12, 13), Margins(50, 60, 55), footer_height=20, max_pages=4)


def found(spec, paper=A4):
    return [str(problem) for problem in problems(Layout("x", "layouts/x", spec), paper)]


def edges_of(side, sheet):
    width = {panel.name: panel.width for panel in sheet.panels}
    return [0.0, *(p.x + width[p.panel] for p in side.placements)]


class TestFlat:
    def test_one_page_repeats(self):
        sheet = geometry(FLAT, A4)
        (page,) = sheet.panels
        assert (page.name, sheet.repeat, sheet.story, sheet.sides, sheet.duplex) == ("page", True, ("page",), (), None)
        assert (page.width, page.height) == (A4.width, A4.height)
        assert page.measure == A4.width - 110
        assert page.depth == pytest.approx(A4.height - 50 - 60 - 20)
        assert sheet.max_pages == 4

    def test_an_upright_page_has_one_that_lies_on_its_side_for_wide_tables(self):
        spec = replace(FLAT, max_pages=None)
        lying = geometry(spec, A4).sideways
        assert (lying.name, lying.width, lying.height) == ("page", A4.height, A4.width)
        assert (lying.left, lying.top, lying.bottom, lying.footer) == (55, 50, 60, 20)
        for other in ({"landscape_tables": False}, {"max_pages": 2}, {"paper": "landscape"}, {"imposition": "two-up"},
                      {"languages": 2}):
            assert geometry(replace(spec, **other), A4).sideways is None
        assert geometry(LETTER_FOLD, A4).sideways is None

    def test_landscape_lies_on_its_side(self):
        (page,) = geometry(replace(FLAT, paper="landscape"), A4).panels
        assert (page.width, page.height) == (A4.height, A4.width)


class TestLetterFold:
    @pytest.mark.parametrize(
        ("paper", "unit", "outside"),
        [("a4", MM, [0, 97, 197, 297]), ("letter", INCH, [0, 3.625, 7.3125, 11])],
    )
    def test_edges(self, paper, unit, outside):
        sheet = geometry(LETTER_FOLD, PAPERS[paper])
        front, behind = sheet.sides
        assert [x / unit for x in edges_of(front, sheet)] == pytest.approx(outside, abs=1e-5)
        assert [x / unit for x in edges_of(behind, sheet)] == pytest.approx(
            [outside[-1] - x for x in outside[::-1]], abs=1e-5
        )

    def test_sides_and_duplex(self):
        sheet = geometry(LETTER_FOLD, A4)
        assert [side.name for side in sheet.sides] == ["outside", "inside"]
        assert [p.panel for p in sheet.sides[0].placements] == ["flap", "back", "cover"]
        assert [p.panel for p in sheet.sides[1].placements] == ["2", "3", "4"]
        assert [panel.name for panel in sheet.panels] == ["cover", "2", "3", "4", "flap", "back"]
        assert sheet.duplex == "DuplexFlipShortEdge"
        assert not sheet.repeat

    def test_an_upright_sheet_flips_on_its_long_edge(self):
        spec = replace(LETTER_FOLD, paper="portrait")
        assert geometry(spec, A4).duplex == "DuplexFlipLongEdge"

    def test_only_named_panels_have_a_footer(self):
        footers = {panel.name: panel.footer for panel in geometry(LETTER_FOLD, A4).panels}
        assert footers == {"cover": 0, "2": 0, "3": 0, "4": 0, "flap": 0, "back": 12}

    def test_ticks_start_where_printers_reach(self):
        for side in geometry(LETTER_FOLD, A4).sides:
            assert len(side.marks) == 4
            for mark in side.marks:
                assert mark.x1 == mark.x2
                assert mark.y2 - mark.y1 == pytest.approx(TICK)
                assert UNPRINTABLE <= mark.y1 < mark.y2 <= side.height - UNPRINTABLE
            assert {mark.y1 for mark in side.marks} == {UNPRINTABLE, side.height - UNPRINTABLE - TICK}

    def test_a_mountain_is_a_valley_from_behind(self):
        front, behind = geometry(LETTER_FOLD, A4).sides
        assert {mark.kind for mark in front.marks} == {"mountain"}
        assert {mark.kind for mark in behind.marks} == {"valley"}

    def test_right_to_left_is_the_mirror_image(self):
        ltr, rtl = geometry(LETTER_FOLD, A4), geometry(LETTER_FOLD, A4, "rtl")
        assert [p.panel for p in rtl.sides[0].placements] == ["cover", "back", "flap"]
        assert [p.panel for p in rtl.sides[1].placements] == ["4", "3", "2"]
        assert rtl.panels == ltr.panels and rtl.duplex == ltr.duplex
        for side, other in zip(ltr.sides, rtl.sides):
            assert edges_of(other, rtl) == mirror(edges_of(side, ltr))


class TestProblems:
    def test_a_good_layout_has_none(self):
        for paper in PAPERS.values():
            assert found(LETTER_FOLD, paper) == []

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"margins": Margins(M, M, 4 * MM)}, "the inner margin is 4.0 mm"),
            ({"margins": Margins(M, -M, M)}, "the bottom margin is -8.0 mm"),
            ({"margins": Margins(300, 300, M)}, "the frame has no room"),
            ({"margins": Margins(M, M, 45 * MM)}, "the frame of 'flap' has no room: 7.0 mm"),
            ({"footer_height": 600.0}, "the frame has no room"),
            ({"footer_height": -1.0}, "footer_height is negative"),
        ],
    )
    def test_planted(self, changes, words):
        assert any(words in message for message in found(replace(LETTER_FOLD, **changes)))

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"shorten": {"flap": {"a4": -3.0}}}, "shorten makes 'flap' wider"),
        ],
    )
    def test_planted_in_the_fold(self, changes, words):
        spec = replace(LETTER_FOLD, fold=replace(LETTER_FOLD.fold, **changes))
        assert any(words in message for message in found(spec))

    def test_all_are_found_at_once(self):
        spec = replace(LETTER_FOLD, margins=Margins(0, 0, 0), footer_height=-1.0)
        assert len(found(spec)) == 4


papers = st.one_of(
    st.sampled_from(list(PAPERS.values())),
    st.builds(Paper, st.just("A4"), st.floats(300, 1500), st.floats(300, 1500)),
)


@st.composite
def folds(draw):
    count = draw(st.integers(2, 8))
    outside = [f"o{i}" for i in range(count)]
    outside[draw(st.integers(0, count - 1))] = "cover"
    inside = [f"i{i}" for i in range(count)]
    kinds = draw(st.lists(st.sampled_from(["valley", "mountain"]), min_size=count - 1, max_size=count - 1))
    order = draw(st.permutations(range(1, count)))
    less = draw(st.lists(st.floats(0, 10), min_size=count, max_size=count))
    shorten = {name: {"a4": away, "letter": away} for name, away in zip(outside, less) if away > 1}
    return FoldSpec(outside, inside, kinds, order, shorten)


@st.composite
def sheets(draw):
    fold = draw(folds())
    panels = draw(st.permutations([*fold.outside, *fold.inside]))
    side = draw(st.sampled_from(["portrait", "landscape"]))
    spec = LayoutSpec("any", BodyRange(9, 11), Margins(M, M, M), side, fold=fold, panels=panels, story=panels)
    return spec, draw(papers), draw(st.sampled_from(["ltr", "rtl"]))


@given(sheets())
def test_sheets_are_whole(case):
    spec, paper, direction = case
    sheet = geometry(spec, paper, direction)
    widths = {panel.name: panel.width for panel in sheet.panels}
    width, height = trim(spec, paper)
    placed = [p.panel for side in sheet.sides for p in side.placements]
    assert sorted(placed) == sorted(spec.panels)
    assert [panel.name for panel in sheet.panels] == spec.panels
    for side in sheet.sides:
        xs = [p.x for p in side.placements]
        assert all(a < b for a, b in pairwise(xs)) and xs[0] == 0
        total = 0.0
        for p in side.placements:
            assert p.x == total  # to the last bit
            total += widths[p.panel]
        assert total == side.width == width
        assert [mark.x1 for mark in side.marks[::2]] == xs[1:] == [mark.x1 for mark in side.marks[1::2]]
    front, behind = (edges_of(side, sheet) for side in sheet.sides)
    assert behind == mirror(front) and front == mirror(behind)
    # each inside panel is exactly as wide as the outside panel it backs
    outside, inside = (side.placements for side in sheet.sides)
    assert [widths[p.panel] for p in inside] == [widths[p.panel] for p in reversed(outside)]
    assert all(panel.height == height for panel in sheet.panels)


@given(sheets())
def test_frames_lie_inside_their_panels_or_it_is_said(case):
    spec, paper, direction = case
    messages = found(spec, paper)
    assume(not any("frame" in message for message in messages))
    for panel in geometry(spec, paper, direction).panels:
        assert 0 < panel.left < panel.width - panel.right < panel.width
        assert 0 < panel.top < panel.height - panel.bottom - panel.footer < panel.height
        assert panel.measure > 0 and panel.depth > 0


@given(folds(), papers)
def test_folded_paper_stays_in_one_piece(fold, paper):
    edges = fold_edges(fold, paper.height, paper)
    try:
        folded = fold_flat(fold.outside, fold.inside, edges, fold.folds, fold.order)
    except Jam:
        return
    everything = {*fold.outside, *fold.inside}
    assert folded.opening[0] == folded.front and folded.opening[-1] == folded.behind
    assert folded.front.panels or folded.front.partly
    assert not set(folded.front.panels) & set(folded.behind.panels)
    assert set(folded.opening[-3].panels) | set(folded.opening[-2].panels) == everything
    # turned over before folding (outside for inside, all mirrored), it folds to the same leaflet
    flipped = ["valley" if kind == "mountain" else "mountain" for kind in reversed(fold.folds)]
    order = [len(flipped) + 1 - number for number in fold.order]
    other = fold_flat(fold.inside, fold.outside, mirror(edges), flipped, order)
    assert {folded.front.panels, folded.behind.panels} == {other.front.panels, other.behind.panels}
    assert folded.opening[1:-3] == other.opening[1:-3]


@given(folds(), papers)
def test_right_to_left_folds_to_the_mirror_image(fold, paper):
    edges = fold_edges(fold, paper.height, paper)
    order = [len(fold.folds) + 1 - number for number in fold.order]
    args = fold.outside[::-1], fold.inside[::-1], mirror(edges), fold.folds[::-1], order
    try:
        folded = fold_flat(fold.outside, fold.inside, edges, fold.folds, fold.order)
    except Jam:
        with pytest.raises(Jam):
            fold_flat(*args)
        return
    turned = fold_flat(*args)
    views = [view.panels[::-1] for view in turned.opening]
    if "cover" not in folded.front.panels:  # either side may then be called the front
        views[0], views[-1] = sorted((views[0], views[-1]), key=lambda panels: panels != folded.front.panels)
    assert views == [view.panels for view in folded.opening]


@settings(max_examples=60)
@given(folds(), st.sampled_from(["valley", "mountain"]))
def test_a_sheet_in_two_rows_stays_in_one_piece(strip, across):
    def rows(names):
        return [*names, *(f"{name}-low" for name in names)]

    paper = PAPERS["a4"]
    fold = replace(strip, outside=rows(strip.outside), inside=rows(strip.inside), across=across)
    edges = fold_edges(fold, paper.height, paper)
    assert edges == fold_edges(strip, paper.height, paper)
    try:
        folded = fold_sheet(fold, edges)
    except Jam:
        with pytest.raises(Jam):
            fold_flat(strip.outside, strip.inside, edges, strip.folds, strip.order)
        return
    # one of the two outer faces is the half that was turned over; from there the sheet opens as the strip does
    one, two = (view.panels for view in (folded.front, folded.behind))
    assert not {*one} & {*two} and folded.turned in (set(one), set(two))
    assert {*folded.opening[-3].panels} | {*folded.opening[-2].panels} == {*fold.outside, *fold.inside}
    flat = fold_flat(strip.outside, strip.inside, edges, strip.folds, strip.order)
    assert [view.panels[: len(view.panels) // 2] for view in folded.opening[2:-1]] == [
        view.panels for view in flat.opening[1:-1]
    ]
    # mirrored, it folds to the mirror image: the kinds of the fold across with it
    other = replace(
        fold, outside=rows(strip.outside[::-1]), inside=rows(strip.inside[::-1]), folds=fold.folds[::-1],
        order=[len(fold.folds) + 1 - number for number in fold.order], across=folded.across[-1],
    )
    mirrored = fold_sheet(other, mirror(edges))
    assert mirrored.across == folded.across[::-1]
    if "cover" in folded.front.panels:
        assert (mirrored.front.panels[::-1], mirrored.turned) == (one, folded.turned)


def test_only_the_known_letter_folds_put_the_cover_in_front():
    """Of 48 ways to fold three panels, two leave the cover in front, bound on the left, and the back behind."""
    good = set()
    for outside in permutations(["flap", "back", "cover"]):
        for kinds in (("mountain",) * 2, ("valley",) * 2, ("mountain", "valley"), ("valley", "mountain")):
            for order in ([1, 2], [2, 1]):
                shorten = {outside[order[0] - 1 if order[0] == 1 else 2]: {"a4": 3 * MM}}
                fold = FoldSpec(list(outside), ["2", "3", "4"], list(kinds), order, shorten)
                if not found(replace(LETTER_FOLD, fold=fold)):
                    good.add((*outside, *kinds, *order))
    assert good == {
        ("flap", "back", "cover", "mountain", "mountain", 1, 2),
        ("back", "cover", "flap", "mountain", "mountain", 2, 1),
    }


def test_what_a_flap_loses_on_other_papers():
    fold = LETTER_FOLD.fold
    assert fold.less("flap", EVERY_PAPER["a4"]) == 3 * MM
    assert fold.less("flap", EVERY_PAPER["a3"]) == pytest.approx(3 * MM * 420 / 297)
    assert fold.less("flap", EVERY_PAPER["half-letter"]) == pytest.approx(0.0625 * INCH * 8.5 / 11)
    assert fold.less("back", EVERY_PAPER["dl"]) == 0.0
    wide = [panel.width for panel in geometry(LETTER_FOLD, EVERY_PAPER["a3"]).panels]
    assert sum(wide) == pytest.approx(2 * 420 * MM)
