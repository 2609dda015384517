"""A story that begins below a panel's own part, after the parts of other panels are read."""

from __future__ import annotations

import pytest
from kit import drawn, frames, typeset, words

from generator.draw import sheet
from generator.model.layout import Placement, Side
from generator.model.page import About
from generator.model.problem import Overfull
from generator.model.record import replace

DOORS = '<panel name="b"><p>Head</p></panel><panel name="a"><p>One</p></panel><panel name="c"><p>Two</p></panel>'
GEOMETRY = frames((100, 100), (100, 100), (100, 100))


def lines(page) -> list[tuple[float, str]]:
    return [(item.y, "".join(word.text for run in item.runs for word in run.words).strip()) for item in page.items]


def test_it_begins_below_the_head_and_leaves_the_other_parts_alone():
    composition = typeset(f'{DOORS}<story under="b"><h1>Rest</h1><p>Last</p></story>', GEOMETRY)
    drawn(composition)
    one, middle, two = composition.pages
    assert [said for _, said in lines(one) + lines(two)] == ["One", "Two"]
    assert [said for _, said in lines(middle)] == ["Head", "Rest", "Last"]
    (head, _), (rest, _), _ = lines(middle)
    assert rest - head >= 30  # the head's line, and the space above the heading
    assert [kid.words() if hasattr(kid, "words") else kid.role for kid in composition.tree.kids] == [
        "P", "P", "P", "H1", "P",
    ]


def test_it_begins_past_the_last_of_these_parts():
    doors = DOORS.replace('<panel name="c"><p>Two</p></panel>', "")
    composition = typeset(f'{doors}<story past="b"><h1>Rest</h1><p>Last</p></story>', GEOMETRY)
    assert [[said for _, said in lines(page)] for page in composition.pages] == [["One"], ["Head"], ["Rest", "Last"]]


def test_a_sheet_is_painted_in_the_order_in_which_it_is_read(tmp_path):
    import painting

    composition = typeset(f'{DOORS}<story under="b"><p>Last</p></story>', GEOMETRY)
    places = tuple(Placement(name, x) for name, x in zip("abc", (0.0, 120.0, 240.0)))
    geometry = replace(GEOMETRY, sides=(Side("inside", 360.0, 120.0, places, ()),))
    file = tmp_path / "sheet.pdf"
    file.write_bytes(sheet(composition, geometry, About("Title", "en")))
    assert painting.out_of_order(file) == []


def test_what_does_not_fit_below_the_head_is_told():
    with pytest.raises(Overfull) as told:
        typeset(f'{DOORS}<story under="b"><p>{words(60)}</p></story>', GEOMETRY)
    assert "panel 'b' is full" in str(told.value.problems[0])
