"""Columns beside each other are as wide as their widest word where there is room for it: no word is cut."""

from __future__ import annotations

import pytest
from kit import frames, typeset

from generator.model.theme import Style

LONG = "polymethylmethacrylate"


def said(composition) -> list[str]:
    return ["".join(word.text for run in item.runs for word in run.words).strip()
            for page in composition.pages for item in page.items if hasattr(item, "runs")]


@pytest.mark.parametrize("width", range(330, 460, 10))
def test_in_a_table_whose_columns_stand_apart(width):
    cells = f"<tr><th scope='row'>{LONG}</th><td>{LONG}</td><td>a</td></tr>"
    heads = f"<tr><th scope='col'>{LONG}</th><th scope='col'>a</th><th scope='col'>{LONG}</th></tr>"
    table = f"<table class='compare'><thead>{heads}</thead><tbody>{cells}</tbody></table>"
    composition = typeset(table, frames((width, 900)), styles={"table_compare": Style(gap=2.0)})
    assert said(composition).count(LONG) >= 4


@pytest.mark.parametrize(("one", "other"), [("a", LONG), (LONG, "a b c")])
def test_in_blocks_side_by_side(one, other):
    composition = typeset(f"<div class='pair'><p>{one}</p><p>{other}</p></div>", frames((180, 200)),
                          styles={"div_pair": Style(widths=(1.0, 1.0) if other == LONG else (1.0, 2.0), gap=1.0)})
    assert LONG in said(composition)


def test_where_no_block_has_room_for_its_words_all_stay_in_their_frame():
    composition = typeset(f"<div class='pair'><p>{LONG}</p><p>{LONG}</p></div>", frames((120, 200)),
                          styles={"div_pair": Style(widths=(1.0, 1.0), gap=1.0)})
    assert all(run.x + run.size * sum(word.width for word in run.words) <= 131 for page in composition.pages
               for item in page.items for run in item.runs)
