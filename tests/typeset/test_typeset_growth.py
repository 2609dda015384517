"""What grows where a panel has room left: in the order of the look, up to its limits."""

from __future__ import annotations

from itertools import pairwise

import pytest
from kit import PALETTE, PICTURES, drawn, frames, typeset

from generator.model.layout import MM
from generator.model.page import Cut, Line
from generator.model.theme import Style
from generator.read.drawing import read_drawing

VIEWS = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 60"><view id="a" viewBox="0 0 20 30"/>
<view id="b" viewBox="0 30 20 30"/><path class="stroke-ink" fill="none" d="M1 1H19V29H1Z"/>
<path class="stroke-ink" fill="none" d="M1 31H19V59H1Z"/></svg>"""
STORY = """<div class="opening"><p>First words that open it, and which may be set in larger type.</p></div>
<figure><img src="views.svg" alt="Two" views="a=option-1 b=option-1"/></figure>
<table><tbody><tr><th scope="row">Row</th><td>cell</td></tr><tr><th scope="row">Other</th><td>cell</td></tr>
</tbody></table>
<p>Paragraph.</p><p>Another.</p><div class="fine"><p>Small print, which may be as large as the rest of it.</p></div>"""
STYLES = {"div.opening": Style(grows=1.2), "div.fine": Style(size=0.9, grows=1)}
ORDER = ("picture", "padding", "fine", "opening", "gap")
MOST = {"picture": 58 * MM, "padding": 2.2 * MM, "fine": 10.0, "opening": 12.0, "gap": (0.5 + 0.6) * 15}


@pytest.fixture(autouse=True)
def two_views(monkeypatch):
    monkeypatch.setitem(PICTURES, "views.svg", read_drawing(VIEWS, "views.svg", "views.svg"))
    for name in ("paper", "option-1-tint"):
        monkeypatch.setitem(PALETTE, name, "#ffffff")


def sizes(depth: float, story: str = STORY, **frame) -> dict[str, float]:
    """What each thing that may grow takes in a frame of this depth."""
    composition = typeset(story, frames((90.0, depth), **frame), styles=STYLES)
    drawn(composition)
    page = composition.pages[0]
    lines = {item.runs[0].words[0].text.strip(): item for item in page.items if item.__class__ is Line and item.runs}
    cuts = [item for item in page.items if item.__class__ is Cut]
    leading = 15.0
    return {
        "picture": cuts[-1].y + cuts[-1].height - cuts[0].y,
        "padding": (lines["Other"].y - lines["Row"].y - leading) / 2,
        "fine": lines["Small"].runs[0].size,
        "opening": lines["First"].runs[0].size,
        "gap": lines["Another."].y - lines["Paragraph."].y - leading,
        "filled": page.filled,
    }


def test_each_thing_grows_when_those_before_it_are_full_and_never_beyond_its_limit():
    """Frames that are higher and higher: what comes later in the order has its first size until all that comes before
    has its last."""
    steps = [sizes(depth) for depth in range(330, 630, 20)]
    first, last = steps[0], steps[-1]
    assert all(first[name] < last[name] for name in ORDER)
    for name in ORDER:
        assert last[name] == pytest.approx(MOST[name], abs=0.2)
    for step in steps:
        for before, after in pairwise(ORDER):
            small = {"fine": 0.25, "opening": 4.5}.get(before, 0.05)  # less than a line is left for the next in order
            assert step[after] <= first[after] + small or step[before] >= last[before] - 0.2, (before, after, step)
        assert step["filled"] <= 0.99 or step == first


def test_a_full_panel_stays_as_it_is():
    full = sizes(330)
    assert [full[name] for name in ("fine", "opening")] == [9.0, 10.0]


def test_on_the_last_page_of_a_leaflet_type_alone_grows():
    """Nothing stands below it: pictures, tables and gaps have the sizes that they have everywhere."""
    full, last = sizes(330), sizes(600, repeat=True)
    for name in ("picture", "padding", "gap"):
        assert last[name] == pytest.approx(full[name])
    assert (last["fine"], last["opening"]) == (10.0, 12.0)


def test_a_block_that_goes_on_in_another_frame_keeps_its_size():
    long = STORY.replace("larger type.", "larger type. " + "And it goes on and on. " * 12)
    composition = typeset(f"<p>Before it.</p>{long}", frames((90.0, 150), (90.0, 700)), styles=STYLES)
    assert {run.size for page in composition.pages for item in page.items if item.__class__ is Line
            for run in item.runs if "on" in run.words[0].text} == {10.0}


def test_a_table_that_goes_on_in_another_frame_has_one_padding():
    rows = "".join(f'<tr><th scope="row">Row{n}</th><td>cell</td></tr>' for n in range(12))
    table = f"<table><tbody>{rows}</tbody></table>"
    composition = typeset(f"{table}<p>After it.</p>", frames((90.0, 150), (90.0, 400)), styles=STYLES)
    ys = [[item.y for item in page.items if item.__class__ is Line and "Row" in item.runs[0].words[0].text]
          for page in composition.pages]
    assert len(ys[0]) > 2 < len(ys[1])
    assert {round(below - above, 2) for page in ys for above, below in pairwise(page)} == {22.5}
