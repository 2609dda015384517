"""Single parts of a page: the sign on a masthead, rows that stand level, pictures beside steps, marks that hang
before headings, options on panels of their own."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from project_kit import ROOT

from generator.model.page import Cut, Line, Shape
from generator.model.run import Job
from generator.recipe.leaflet import pages
from generator.recipe.project import ProjectFiles

ARTICLE = ROOT / "content" / "kyphoplasty-vs-vertebroplasty"
SAMPLES = ROOT / "tests" / "samples"
FILES = ProjectFiles(ROOT)


@cache
def made(folder: Path, layout: str, language: str = "en", theme: str | None = None):
    return {page.name: page for page in pages(FILES, Job(folder / f"{language}.yaml", layout, "a4", theme))[0].pages}


def lines(page) -> dict[str, Line]:
    """How each line of a page reads → the line."""
    return {"".join(word.text for run in item.runs for word in run.words).strip(): item
            for item in page.items if isinstance(item, Line) and item.runs}


def box(art: list[Shape]) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of drawn shapes."""
    points = [(shape.x + shape.scale * op[-2], shape.y + shape.scale * op[-1]) for shape in art for op in shape.path
              if len(op) > 1]
    return (min(x for x, _ in points), min(y for _, y in points), max(x for x, _ in points), max(y for _, y in points))


def test_a_handout_of_one_topic_has_the_sign_of_its_kind_beside_the_title():
    page = made(SAMPLES / "going-home", "handout")["page-1"]
    masthead = next(ground for ground in page.grounds if ground.art)
    left, top, _, _ = box(masthead.art)
    said = [item for item in lines(page).values() if item.y < masthead.height]
    assert len(said) == 4 and top > 0 and left > page.width / 2
    assert max(item.runs[-1].x + item.runs[-1].width for item in said) < left


@pytest.mark.parametrize(("folder", "theme"), [(SAMPLES / "going-home", "ink-saver"), (ARTICLE, None)])
def test_paper_and_leaflets_that_compare_have_no_sign(folder, theme):
    assert not any(ground.art for ground in made(folder, "handout", theme=theme)["page-1"].grounds)


def test_what_to_do_and_what_not_stands_on_one_height():
    said = lines(made(SAMPLES / "going-home", "brochure")["inside-2"])
    for do, dont in (("Shower after", "Bathe or swim"), ("Sleep on your back", "Lift more than a"),
                     ("Wear loose clothes", "Drink alcohol with"), ("Ask for help with", "Drive while braking")):
        assert said[do].y == pytest.approx(said[dont].y, abs=0.01)
    assert said["two days"].y > said["Shower after"].y  # the longer item makes room on both sides


def test_in_a_narrow_panel_what_to_do_stands_above_what_not():
    said = lines(made(SAMPLES / "going-home", "accordion")["inside-2"])
    assert said["Don’t"].y > said["Ask for help with shopping"].y
    assert said["Bathe or swim"].runs[0].x == pytest.approx(said["Sleep on your back"].runs[0].x, abs=0.01)


def test_the_number_and_the_picture_of_a_step_stand_beside_its_words():
    page = made(SAMPLES / "steps", "brochure")["inside-1"]
    said = lines(page)
    assert said["1"].y == said["Wash your hands and shake"].y
    assert said["4"].y == said["Wipe what runs over with the tissue, and"].y
    pictures = [item for item in page.items if getattr(item, "elem", None) is not None and item.elem.role == "Figure"]
    assert pictures and all(
        said["Wash your hands and shake"].runs[-1].x < (box([item])[0] if isinstance(item, Shape) else item.x)
        for item in pictures)


@pytest.mark.parametrize("layout", ["gate-fold", "handout"])
def test_a_mark_hangs_before_all_lines_of_its_heading(layout):
    said = {words: item for page in made(ARTICLE, layout).values() for words, item in lines(page).items()}
    first = [item for words, item in said.items() if words == "What Is"]
    assert first and said["Kyphoplasty?"].runs[0].x in {item.runs[0].x for item in first}


@pytest.mark.parametrize(
    ("layout", "language", "panels"),
    [("accordion", "ar", ("inside-2", "inside-3", "inside-4", "outside-2")),
     ("double-parallel", "en", ("first-2", "inside-1", "inside-2", "inside-4"))],
)
def test_options_the_comparison_and_the_questions_have_panels_of_their_own(layout, language, panels):
    by_name = made(ARTICLE, layout, language)
    first, second, compared, asked = (by_name[name] for name in panels)
    assert all(any(isinstance(item, Cut) for item in page.items) for page in (first, second))
    grounds = [page.grounds[0].colour for page in (first, second, compared, asked)]
    assert grounds == ["#e1efed", "#fbeade", "#e9f1f5", "#f7f0e5"]
    assert min(page.filled for page in (first, second, compared, asked)) > 0.6


def test_lines_to_write_on_never_come_before_the_article(tmp_path):
    file = tmp_path / "en.yaml"
    file.write_text(
        "format: 1\nlanguage: en\ntitle: Questions alone\npublisher: {name: The clinic, writing_box: Your own notes}\n"
        "questions: {items: [{question: Does it hurt?, answer: A little.}]}\n", encoding="utf-8")
    by_name = {page.name: page for page in pages(FILES, Job(file, "brochure", "a4", None))[0].pages}
    where = [name for name, page in by_name.items() if "Your own notes" in lines(page)]
    assert where == ["back"]


def test_arabic_headings_have_room_for_their_letters():
    title = [item for item in made(ARTICLE, "handout", "ar")["page-1"].items
             if isinstance(item, Line) and item.runs and item.runs[0].size > 20]
    assert len(title) == 2 and title[1].y - title[0].y >= 1.25 * title[0].runs[0].size


@pytest.mark.parametrize("layout", ["handout", "booklet"])
@pytest.mark.parametrize(("length", "below"), [(20, False), (300, True)])
def test_long_answers_stand_below_their_questions(layout, length, below, tmp_path):
    """Beside them the column of the questions would stay empty, page after page."""
    answer = " ".join(["word"] * length) + " end"
    file = tmp_path / "en.yaml"
    file.write_text(
        "format: 1\nlanguage: en\ntitle: Questions\nquestions:\n  items:\n"
        f"    - {{question: Does it hurt?, answer: {answer}}}\n", encoding="utf-8")
    said = [("".join(word.text for run in item.runs for word in run.words), item.runs[0].x)
            for page in pages(FILES, Job(file, layout, "a4", None))[0].pages for item in page.items
            if isinstance(item, Line) and item.runs]
    question = min(x for words, x in said if words.startswith("Does"))
    start = min(x for words, x in said if words.startswith("word"))
    assert (start <= question) if below else (start > question + 60)
