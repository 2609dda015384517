"""A panel's ground: to the panel's edges on screen and at folds, within the printer's reach on paper, into the
bleed."""

from __future__ import annotations

import io
from itertools import pairwise

import pikepdf
import pytest
import specimen
from operators import placed
from specimen import ABOUT, SHEET

from generator.draw import press, reading, sheet
from generator.draw.marks import ROOM
from generator.model.layout import MM, Placement, Side
from generator.model.page import Composition, Cut, Ground, Shape
from generator.model.record import replace
from generator.read.profile import free_profile as profile

KEEP = 6.35 * MM


def grounds(data: bytes, tmp_path, colour=(0.2, 0.4, 0.6)) -> list[tuple[int, list[float], str]]:
    """(page, left bottom right top on the page, how it is marked) of each rectangle filled with `colour`."""
    found = []
    (tmp_path / "x.pdf").write_bytes(data)
    with pikepdf.open(tmp_path / "x.pdf") as pdf:
        for number, page in enumerate(pdf.pages):
            fill, path, mark = None, None, ""
            for name, operands, matrix in placed(page):
                if name in ("BMC", "BDC"):
                    mark = str(operands[0])
                elif name == "rg":
                    fill = tuple(map(float, operands))
                elif name == "re":
                    path = list(map(float, operands))
                elif name == "f" and path and fill == colour:
                    one = matrix.transform((path[0], path[1]))
                    other = matrix.transform((path[0] + path[2], path[1] + path[3]))
                    found.append((number, [f(a, b) for f in (min, max) for a, b in zip(one, other)], mark))
                    path = None
    return found


@pytest.fixture
def coloured(tmp_path) -> Composition:
    composition = specimen.everything(tmp_path)
    for page in composition.pages[:2]:
        page.grounds.append(Ground(0, 0, page.width, page.height, "#336699"))
    return composition


def test_on_screen_the_whole_page(coloured, tmp_path):
    found = grounds(reading(coloured, ABOUT), tmp_path)
    assert found == [(page, [0, 0, 300, 400], "/Artifact") for page in (0, 1)]


def test_on_an_office_sheet_no_ink_at_the_edges(coloured, tmp_path):
    found = grounds(sheet(coloured, SHEET, ABOUT), tmp_path)
    # the cover is the right panel of the outside; the inner panel, turned, the right one of the inside
    assert [(page, mark) for page, _, mark in found] == [(0, "/Artifact"), (1, "/Artifact")]
    for _, box, _ in found:
        assert box == pytest.approx([300, KEEP, 600 - KEEP, 400 - KEEP], abs=0.011)


def test_a_panel_a_little_off_the_edge_is_cut_at_the_same_place(coloured, tmp_path):
    """Creep of a booklet moves panels by tenths of a millimetre."""
    moved = Side("outside", 600, 400, (Placement("back", 0), Placement("cover", 299)))
    found = grounds(sheet(coloured, replace(SHEET, sides=(moved, SHEET.sides[1])), ABOUT), tmp_path)
    assert found[0][1] == pytest.approx([299, KEEP, 600 - KEEP, 400 - KEEP], abs=0.011)


@pytest.mark.parametrize("top", [0.0, 10.0])
def test_art_that_runs_off_goes_as_far_as_its_ground(coloured, top):
    """Where it ends at the panel's edge: to the printer's reach on an office sheet, over the trim on a press sheet."""
    path = (("M", 0, 0), ("L", 40, 0), ("L", 40, 90), ("Z",))
    coloured.pages[0].items.append(Cut(100.0, top, 40.0, 60.0, [Shape(100.0, 0.0, 1.0, path, "#ffffff")]))
    tops = []
    for data, trim in ((sheet(coloured, SHEET, ABOUT), 0.0), (press(coloured, SHEET, ABOUT, profile(), 3 * MM), ROOM)):
        with pikepdf.open(io.BytesIO(data)) as pdf:
            page = pdf.pages[0]
            clips = [matrix.transform((float(box[0]), float(box[1]) + float(box[3])))
                     for (_, box, matrix), (after, _, _) in pairwise(placed(page))
                     if after == "W" and float(box[2]) == 40]
            edge = float(page.mediabox[3]) - (trim and trim + 3 * MM)
            tops.append([edge - y for _, y in clips])
    assert tops[0] == pytest.approx([KEEP if top == 0 else top], abs=0.02)
    assert tops[1] == pytest.approx([-3 * MM if top == 0 else top], abs=0.02)
