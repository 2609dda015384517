"""The stages in which a leaflet is opened: hinged together as a moving picture does, they show what a reader sees."""

from __future__ import annotations

from itertools import product

import pytest
from project_kit import ROOT

from generator.impose import geometry, opening
from generator.impose.across import fold_sheet
from generator.impose.fold import covered
from generator.impose.opening import Opening, Stage
from generator.impose.sheet import fold_edges, trim
from generator.kept.library import list_layouts
from generator.model.layout import PAPERS, LayoutSpec
from generator.read.layout import read_layout

SPECS = {name: read_layout(ROOT / "layouts" / name, ROOT).spec for name in list_layouts([ROOT / "layouts"])}
FOLDED = [name for name, spec in SPECS.items() if spec.fold]
HAIR = 12.0
"""Points that may show beside a panel: a flap is narrower than what lies over it."""


Lies = tuple[float, float, float, bool, bool]
"""Of a panel: left, right, height, whether its outside is on top, whether it lies in the upper row."""


def seen(opened: Opening, stage: Stage, widths: list[float]) -> list[str]:
    """The panels that show whole when every panel hangs on its neighbour, and upper ones on those below them, as the
    page of the preview hangs them."""
    count, held = len(opened.valley) + 1, opened.held
    rows = len(opened.outside) // count
    low = (rows - 1) * count  # the number of the lowest row's first panel
    heights, ups = opened.heights[low:], opened.up[low:]
    lies: dict[int, Lies] = {held: (0.0, widths[held], 0.0, True, False)}
    for side in (1, -1):
        for at in range(held + side, count if side > 0 else -1, side):
            left, right, height, up, _ = lies[at - side]
            closed = (at - 1 if side > 0 else at) in stage.closed
            toward = side > 0
            edge = (right if up else left) if toward else (left if up else right)
            turned = up != closed
            grows = (edge, edge + widths[at]) if turned == toward else (edge - widths[at], edge)
            step = (heights[at] - heights[at - side]) * (1 if ups[at - side] else -1) * closed
            lies[at] = *grows, height + step * (1 if up else -1), turned, False
    lies = {low + at: lain for at, lain in lies.items()}
    for at in range(low):  # the upper row: over the lower one where it is closed, in its mirror image
        left, right, height, up, _ = lies[low + at]
        step = (opened.heights[at] - heights[at]) * (1 if ups[at] else -1) * stage.halved
        lies[at] = left, right, height + step * (1 if up else -1), up != stage.halved, not stage.halved
    order = sorted(lies.items(), key=lambda item: item[1][2], reverse=stage.outside)
    shown: list[tuple[bool, float, str]] = []
    over: dict[bool, list[tuple[float, float]]] = {True: [], False: []}
    for at, (left, right, _, up, upper) in order:
        if covered(left, right, over[upper]) < HAIR:
            outside = up == stage.outside
            name = (opened.outside if outside else opened.inside)[at]
            shown.append((not upper, left if stage.outside else -right, name))
        over[upper].append((left, right))
    return [name for _, _, name in sorted(shown)]


def opened(name: str, paper: str, direction: str) -> tuple[Opening, list[float]]:
    spec = SPECS[name]
    made = opening(spec, PAPERS[paper], direction)
    panels = {panel.name: panel.width for panel in geometry(spec, PAPERS[paper], direction).panels}
    return made, [panels[panel] for panel in made.outside]


@pytest.mark.parametrize(("name", "paper", "direction"), list(product(FOLDED, PAPERS, ("ltr", "rtl"))))
def test_hinged_together_it_shows_what_a_reader_sees(name, paper, direction):
    made, widths = opened(name, paper, direction)
    for stage in made.stages:
        assert seen(made, stage, widths) == list(stage.seen), stage


@pytest.mark.parametrize("name", FOLDED)
def test_the_stages_are_those_of_the_folding_machine(name):
    spec, paper = SPECS[name], PAPERS["a4"]
    fold = spec.fold
    done = fold_sheet(fold, fold_edges(fold, trim(spec, paper)[0], paper))
    assert [stage.seen for stage in opening(spec, paper).stages] == [view.panels for view in done.opening]


def test_a_wrong_hinge_is_seen():
    made, widths = opened("brochure", "a4", "ltr")
    wrong = Opening(made.outside, made.inside, made.valley, made.held, made.up, made.heights[::-1], made.stages)
    assert any(seen(wrong, stage, widths) != list(stage.seen) for stage in made.stages)


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_a_half_folded_over_shows_the_faces_that_its_fold_brought_together(direction):
    """At each column the kind of the fold across follows from which of its panels' outsides then lie on top."""
    made, widths = opened("map-fold", "a4", direction)
    for at, valley in enumerate(made.across):
        upper, lower = at, len(made.across) + at
        low, high = sorted((upper, lower), key=lambda one: made.heights[one])
        assert made.up[upper] != made.up[lower] and made.up[low] == valley and made.up[high] != valley
    turned_over = Opening(made.outside, made.inside, made.valley, made.held, made.up,
                          tuple(7 - height for height in made.heights), made.stages, made.across, made.turned)
    assert any(seen(turned_over, stage, widths) != list(stage.seen) for stage in made.stages)
    assert made.turned == ("cover",)


@pytest.mark.parametrize("name", [name for name in SPECS if name not in FOLDED])
def test_flat_pages_do_not_open(name):
    spec: LayoutSpec = SPECS[name]
    assert opening(spec, PAPERS["a4"]) is None
