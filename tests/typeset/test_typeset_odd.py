"""Odd stories: each is set and written, or refused with a problem that says what to do; never a crash, never without
end."""

from __future__ import annotations

import pytest
from kit import drawn, frames, typeset, words

from generator.model.page import Line
from generator.model.problem import Rejected

PAGE = frames((240, 120), repeat=True)
TABLE = "<table>{}<tbody>{}</tbody></table>"
HEAD = (
    "<thead><tr><th scope='col'>Factor</th><th scope='col'>Kyphoplasty</th><th scope='col'>Vertebroplasty</th></tr>"
    "</thead>"
)
ROW = f"<tr><th scope='row'>{words(10)}</th><td></td><td>{words(90)}</td></tr>"

SET = {
    "an empty part of a list": "<ul><li><ul><li>x</li></ul></li></ul>",
    "an item that is a picture": "<ol><li><img src='small.svg' alt='A'/></li></ol>",
    "an item that is a table": f"<ol><li>{TABLE.format('', ROW)}</li></ol>",
    "items without bullets": "<ul class='bare'><li>x</li><li><p>y</p><p>z</p></li></ul>",
    "a term with a link": "<dl><dt>a <a href='https://example.org'>b</a> c</dt><dd>m</dd></dl>",
    "a term that is a link": "<dl><dt><a href='https://example.org'>b</a></dt><dd>m</dd></dl>",
    "a term without a meaning": "<dl><dt>a</dt><dd></dd></dl>",
    "a meaning without a term": "<dl><dd>m</dd></dl>",
    "a foreign word in a link": "<p><a href='https://example.org'>a <span lang='fr'>b</span> <em lang='la'>c</em></a>"
                                "</p>",
    "a foreign word that is emphasised": "<p>a <em lang='la'>b</em> c</p>",
    "a foreign sign": "<p>a <sign name='check' lang='fr'/> c</p>",
    "a sign alone in an item": "<ul><li><sign name='check'/></li></ul>",
    "a table with one column": TABLE.format(
        "<thead><tr><th scope='col'>A</th></tr></thead>", f"<tr><th scope='row'>{words(40)}</th></tr>"
    ),
    "a table with a head only": "<table><thead><tr><th scope='col'>A</th></tr></thead></table><p>x</p>",
    "a table with a caption only": "<table><caption>A</caption></table><p>x</p>",
    "a table with empty cells": TABLE.format("", "<tr><th scope='row'></th><td></td></tr>"),
    "a table with spans": TABLE.format(
        "<thead><tr><th scope='col'>A</th><th scope='col' colspan='2'>B</th></tr></thead>",
        "<tr><th scope='row'>1</th><td>2</td><td>3</td></tr>",
    ),
    "a box in a cell": TABLE.format(
        "", f"<tr><th scope='row'>r</th><td><aside class='framed'><p>{words(80)}</p></aside></td></tr>"
    ),
    "columns in a cell": TABLE.format(
        "", f"<tr><th scope='row'>r</th><td><div class='columns'><p>{words(30)}</p></div></td></tr>"
    ),
    "columns in columns": f"<div class='columns'><div class='columns'><p>{words(90)}</p></div><p>{words(90)}</p></div>",
    "columns in a box": f"<aside class='framed'><div class='columns'><p>{words(200)}</p></div></aside>",
    "columns side by side": f"<div class='pair'><div class='columns'><p>{words(90)}</p></div><p>x</p></div>",
    "boxes in boxes in boxes": f"<aside><aside class='framed'><aside><p>{words(150)}</p></aside></aside></aside>",
    "a box to be kept whole that is higher than a page": f"<aside class='keep'><p>{words(300)}</p></aside>",
    "many lines to write on": "<lines count='40'/>",
    "a text pushed down": "<p>x</p><div class='push'><p>y</p></div>",
    "a footer with a list": "<story><h1>x</h1></story><footer><ul class='bare'><li>y</li></ul></footer>",
    "a footer with a picture": "<story><h1>x</h1></story><footer><img src='small.svg' alt='A' width='4mm'/></footer>",
    "a footer with a link": "<story><h1>x</h1></story><footer><p><a href='https://example.org'>y</a></p></footer>",
}


@pytest.mark.parametrize("width", [300, 240, 120, 60, 30])
@pytest.mark.parametrize("story", SET)
def test_odd_stories_are_set_and_written(story, width):
    foot = 20.0 if "<footer" in SET[story] else 0.0
    markup = SET[story] if foot else f"<h1>A title, electroencephalographically long</h1>{SET[story]}"
    drawn(typeset(markup, frames((width, 150), repeat=True, foot=foot)))


@pytest.mark.parametrize("width", [80, 120, 160, 300])
def test_cards_and_rows_that_are_higher_than_a_page_go_on(width):
    drawn(typeset(TABLE.format(HEAD, ROW * 3), frames((width, 160), repeat=True)))


FULL = "no panel takes this: at 10 pt it is "
REFUSED = {
    "a picture higher than the page": ("<img src='tall.svg' alt='A'/>", FULL),
    "a picture in a box": ("<aside><img src='tall.svg' alt='A'/></aside>", FULL),
    "a picture in a cell": (
        TABLE.format("", "<tr><th scope='row'>r</th><td><img src='tall.svg' alt='A' width='50mm'/></td></tr>"),
        "panel 'a' is full at 10 pt: ",
    ),
    "a head higher than the page": (
        TABLE.format(f"<thead><tr><th scope='col'>{words(90)}</th></tr></thead>", "<tr><th scope='row'>r</th></tr>"),
        FULL,
    ),
    "more blocks than widths": (
        "<div class='pair'><p>a</p><p>b</p><p>c</p></div>",
        "<div> has 3 blocks side by side, its style has 2 widths",
    ),
    "a footer that is too high": (f"<story><h1>x</h1></story><footer><p>{words(90)}</p></footer>", "the footer is "),
    "a character without a font": ("<p>\U00010900</p>", "no font has the character "),
    "a character of a footer without a font": (
        "<story><h1>x</h1></story><footer><p>\U00010900</p></footer>",
        "no font has the character ",
    ),
}


@pytest.mark.parametrize("story", REFUSED)
def test_what_cannot_be_set_is_told_with_its_place(story):
    markup, message = REFUSED[story]
    foot = 20.0 if "<footer" in markup else 0.0
    with pytest.raises(Rejected) as rejected:
        typeset(markup, frames((240, 120), repeat=True, foot=foot))
    (problem,) = rejected.value.problems
    assert problem.message.startswith(message) and problem.place is not None and problem.hint


def test_pages_are_no_more_than_allowed():
    with pytest.raises(Rejected, match="is full at 10 pt"):
        typeset(f"<p>{words(900)}</p>", frames((240, 120), repeat=True, most=2))


def test_a_leaflet_without_sections_has_a_page():
    assert len(typeset("<h1>Title</h1>", PAGE).pages) == 1
    assert [page.filled > 0 for page in typeset("<h1>Title</h1>", frames((120, 120), (120, 120))).pages] == [
        True,
        False,
    ]


def test_a_break_that_no_panel_is_left_for_is_told():
    story = '<p>w1</p><div break="before"><p>w2</p></div><div break="before"><p>w3</p></div>'
    obeyed = typeset(story, frames((120, 60), (120, 60), (120, 60), repeat=False))
    assert [page.filled > 0 for page in obeyed.pages] == [True] * 3 and not obeyed.warnings
    told = typeset(story, frames((120, 60), (120, 60), repeat=False)).warnings
    assert any("does not begin a page, as 'break: before' asks" in warning.message for warning in told)
    beside = typeset(
        '<p>w1</p><div shares="50%,rest"><p>w2</p><div break="before"><p>w3</p></div></div>', frames((240, 60))
    )
    assert len(beside.pages) == 1 and len(beside.warnings) == 1


@pytest.mark.parametrize("count", [3, 5])
def test_no_item_of_a_list_is_alone_on_a_page(count):
    """Whatever stands above it, and so wherever the page ends."""
    items = "".join(f"<li>item{number}</li>" for number in range(count))
    for lines in range(10, 15):
        text = "".join(f"<p>{words(6)}</p>" for _ in range(lines))
        for page in typeset(f"{text}<ul>{items}</ul><p>end</p>", frames((240, 300), repeat=True)).pages:
            here = sum("item" in word.text for item in page.items if isinstance(item, Line)
                       for run in item.runs for word in run.words)
            assert here != 1, lines
