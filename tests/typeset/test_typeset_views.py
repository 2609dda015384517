"""Views of a drawing: what they show, in which ink, how they are cut, and what is told of them."""

from __future__ import annotations

import pytest
from kit import fonts
from project_kit import ROOT

from generator.check.contrast import unreadable
from generator.model.page import Cut, Line, Shape
from generator.model.problem import Rejected
from generator.model.run import Job
from generator.read.drawing import read_drawing
from generator.recipe.leaflet import pages
from generator.recipe.project import ProjectFiles
from generator.text.paragraph import Paragraph
from generator.text.span import Span
from generator.typeset.artwork import FAINT, GHOST, drawn, mixed, placed
from generator.typeset.canvas import Canvas
from generator.typeset.keys import AROUND, BESIDE, SAMPLE, Key, Strip

ARTICLE = ROOT / "content" / "kyphoplasty-vs-vertebroplasty"
HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10">'
TWO = HEAD + """
<view id="left" viewBox="0 0 10 10" preserveAspectRatio="xMinYMid slice"/>
<view id="right" viewBox="20 0 10 10"/>
<path class="fill-paper stroke-mid" d="M1 1H9V9H1Z"/>
<path class="fill-cool stroke-line" d="M2 2H8V8H2Z"/>
<path class="fill-paper stroke-dark" d="M3 3H7V7H3Z"/>
<path class="stroke-dark" fill="none" d="M4 4L5 5"/>
<path class="stroke-ink is-needle" fill="none" stroke-width="1" d="M5 5L9 1"/>
<path class="stroke-muted whole" fill="none" d="M5 5V9"/>
<path class="fill-option-2 is-cement" d="M22 2H28V8H22Z"/>
<text id="needle" x="1" y="9"/><text id="cement" x="21" y="9"/>
</svg>"""
PALETTE = {
    "paper": "#ffffff",
    "ink": "#111111",
    "dark": "#222222",
    "mid": "#333333",
    "cool": "#eeeeee",
    "line": "#cccccc",
    "muted": "#444444",
    "option-2": "#aa0000",
}


def drawing(text: str = TWO):
    return read_drawing(text.encode(), "a.svg", "a.svg")


def test_a_view_shows_the_shapes_whose_middle_lies_in_it_but_not_those_of_the_whole_drawing():
    two = drawing()
    assert [shape.label for shape in two.shown(two.view("left"))] == ["", "", "", "", "needle"]
    assert [shape.label for shape in two.shown(two.view("right"))] == ["cement"]


def test_line_ink_is_the_drawing_and_reversed_ink_is_paper_on_a_ground():
    shapes = drawing().shown(drawing().view("left"))
    assert [(s.fill, s.stroke) for s in drawn(shapes, PALETTE.__getitem__, None)] == [
        ("#ffffff", "#333333"), ("#eeeeee", "#cccccc"), ("#ffffff", "#222222"), (None, "#222222"), (None, "#111111")]
    ground = "#006000"
    assert [(s.fill, s.stroke) for s in drawn(shapes, PALETTE.__getitem__, ground)] == [
        (mixed(ground, "#ffffff", GHOST), None),
        (mixed(ground, "#ffffff", FAINT), None),
        ("#ffffff", None),
        (None, ground),
        (None, "#ffffff"),
        (None, "#111111"),
    ]
    assert len(drawn(shapes, PALETTE.__getitem__, None, front=True)) == 3


@pytest.mark.parametrize(("name", "at"), [("left", 0.0), ("right", -25.0 - 200.0)])
def test_a_view_that_has_no_room_is_cut_as_it_says(name, at):
    """Ten units at ten points each, in a box fifty points wide: the left edge stays, or the middle."""
    two = drawing()
    view = two.view(name)
    (shape, *_) = placed(drawn(two.shown(view), PALETTE.__getitem__, None), view, (0.0, 0.0, 50.0, 100.0), 10.0)
    assert shape.x == pytest.approx(at) and shape.y == pytest.approx(0.0)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_cover_has_the_view_of_each_option_and_the_table_all_views_at_one_scale(language):
    composition, _ = pages(ProjectFiles(ROOT), Job(ARTICLE / f"{language}.yaml", "brochure", "a4", None))
    cover, inside = composition.pages[0], next(page for page in composition.pages if page.name == "inside-2")
    assert [bool(ground.art) for ground in cover.grounds] == [True, True]
    assert not any(isinstance(item, Cut) and item.elem for item in cover.items)  # a copy for the eye alone
    cuts = [item for item in inside.items if isinstance(item, Cut)]
    assert len(cuts) == 3 and len({round(shape.scale, 6) for cut in cuts for shape in cut.shapes}) == 1
    assert len({id(cut.elem) for cut in cuts}) == 1 and cuts[0].elem.alt  # one picture for who hears it
    widths = {round(cut.width, 3) for cut in cuts}
    assert len(widths) == 1


def test_each_key_stands_once_for_what_looks_the_same():
    composition, _ = pages(ProjectFiles(ROOT), Job(ARTICLE / "en.yaml", "brochure", "a4", None))
    inside = next(page for page in composition.pages if page.name == "inside-2")
    said = ["".join(word.text for run in item.runs for word in run.words).strip() for item in inside.items
            if isinstance(item, Line) and item.runs and item.runs[0].elem.role == "Figure"]
    assert said == [
        "Needle", "Bone cement", "Balloon", "Bone cement",
    ]  # the cement of each has the colour of its option


@pytest.mark.parametrize(("width", "said"), [(150.0, ["Bone cement"]), (70.0, ["Bone", "cement"])])
def test_a_key_that_is_wider_than_its_strip_goes_on_in_the_next_line(width, said):
    words = Paragraph([Span("Bone cement", "body", False, False, 12.0, "#000000", None)], fonts(), "en", "ltr")
    strip = Strip([Key(words, [])], width)
    lines = ["".join(word.text for run in line.runs for word in run.words).strip() for ((_, _, line),) in strip.lines]
    assert lines == said and strip.height > len(said) * 12


def test_words_of_a_key_stand_beside_its_sign_from_right_to_left_too():
    """Each line ends where the sign begins, whichever is the longest."""
    words = Paragraph([Span("إسمنت عظمي", "body", False, False, 12.0, "#000000", None)], fonts(), "ar", "rtl")
    strip, canvas = Strip([Key(words, [Shape(0, 0, 1, (("M", 0, 0), ("L", 9, 9)), "#000000")])], 60.0), Canvas([], [])
    strip.paint(canvas, 0.0, 0.0, 60.0, True, None, None)
    lines = [item for item in canvas.items if isinstance(item, Line)]
    ends = [max(run.x + run.width for run in line.runs if run.words[0].text.strip()) for line in lines]
    assert len(lines) == 2 and ends == pytest.approx([60.0 - AROUND[0] - SAMPLE[0] - BESIDE] * 2, abs=4)


def test_the_gate_fold_gives_each_of_two_options_a_door():
    composition, _ = pages(ProjectFiles(ROOT), Job(ARTICLE / "en.yaml", "gate-fold", "a4", None))
    panels = {page.name: " ".join("".join(word.text for run in item.runs for word in run.words).strip()
                                  for item in page.items if isinstance(item, Line)) for page in composition.pages}
    assert panels["inside-1"].startswith("What Is Vertebroplasty?") and "Needle" in panels["inside-1"]
    assert panels["inside-3"].startswith("What Is Kyphoplasty?") and "Balloon" in panels["inside-3"]
    assert panels["inside-2"].startswith("When a vertebral") and "Balloon cavity creation" in panels["inside-2"]
    assert "Frequently Asked Questions" in panels["back"]


@pytest.mark.parametrize("layout", ["handout", "half-fold", "booklet"])
def test_fields_of_options_show_their_views_and_are_one_picture(layout):
    composition, _ = pages(ProjectFiles(ROOT), Job(ARTICLE / "en.yaml", layout, "a4", None))
    cuts = [item for page in composition.pages for item in page.items if isinstance(item, Cut)]
    assert len(cuts) == 3 and len({id(cut.elem) for cut in cuts}) == 1


def test_white_words_on_what_is_drawn_white_are_noticed():
    composition, _ = pages(ProjectFiles(ROOT), Job(ARTICLE / "en.yaml", "brochure", "a4", None))
    cover = composition.pages[0]
    word = next(item for item in cover.items if isinstance(item, Line) and item.runs[0].size > 22)
    assert unreadable(composition) == []
    for shape in cover.grounds[0].art:
        shape.y += word.y - 100
    assert any("#ffffff on #ffffff" in problem.message for problem in unreadable(composition))


LEAFLET = """format: 1
language: en
title: Two ways
options: [One, Other]
figure:
  file: two.svg
  alt: Two boxes
  labels: {{needle: Needle, cement: Cement}}
  views: {views}
sections:
  - {{heading: First, option: One, body: Text}}
  - {{heading: Second, option: Other, body: Text}}
"""


@pytest.mark.parametrize(("views", "said"), [
    ("{left: One, right: Other}", []),
    ("{left: One, rihgt: Other}", ["en.yaml:9:29: the drawing has no view 'rihgt' (did you mean 'right'?)"]),
    ("{left: One}", ["en.yaml:8:36: no view shows what the label 'cement' names: 'Cement'"]),
])
@pytest.mark.parametrize("layout", ["handout", "brochure"])
def test_a_view_that_is_not_there_and_a_label_without_one_are_told(tmp_path, layout, views, said):
    (tmp_path / "two.svg").write_text(TWO, encoding="utf-8")
    (tmp_path / "en.yaml").write_text(LEAFLET.format(views=views), encoding="utf-8")

    def told() -> list[str]:
        try:
            pages(ProjectFiles(ROOT), Job(tmp_path / "en.yaml", layout, "a4", None))
        except Rejected as rejected:
            return [str(problem).replace(str(tmp_path) + "/", "") for problem in rejected.problems]
        return []

    assert [line[line.index("en.yaml"):].split(" (in the drawing")[0] for line in told()] == said
