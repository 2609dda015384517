"""What the shared parts of the layouts print, in every layout that has room for it."""

import shutil

import pytest
from project_kit import ROOT, saved

from generator.model.run import Job
from generator.recipe import build as many
from generator.recipe import find
from generator.recipe.leaflet import pages as compose
from generator.recipe.project import ProjectFiles
from generator.recipe.story import story_of

CONTENT = """
format: 1
language: en
title: Trial
review: {version: "3.1", reviewed: 2024-05}
introduction:
  - box: {kind: note, heading: Before you begin, text: Read this.}
  - questions: [{question: Is it safe?, answer: Ask us.}]
sections:
  - {heading: One, body: Two}
"""


def words(tmp_path, layout):
    file = tmp_path / "trial" / "en.yaml"
    saved(file, CONTENT)
    composition = compose(ProjectFiles(ROOT), Job(file, layout, "a4", None))[0]
    lines = [item for page in composition.pages for item in page.items if hasattr(item, "runs")]
    return " ".join("".join(word.text for run in line.runs for word in run.words).strip() for line in lines)


@pytest.mark.parametrize("layout", ["handout", "brochure", "half-fold", "booklet"])
def test_dates_and_what_stands_before_the_first_heading_are_printed_wherever_it_is_read(tmp_path, layout):
    said = words(tmp_path, layout)
    for part in ("Version 3.1", "May 2024", "Before you begin Read this.", "Is it safe? Ask us."):
        assert part in said


PICTURE = "figure: {file: dot.png, alt: A dot}\nsections:\n  - {heading: One, body: Two}\n"
COMPARED = """\
  - heading: Which?
    body:
      - table: {compare: true, columns: [What, A, B], rows: [{head: Long, cells: ["Yes", "No"]}]}
"""


@pytest.mark.parametrize("after", ["", COMPARED, COMPARED + "  - {heading: And then, body: Rest.}\n"])
@pytest.mark.parametrize("layout", ["handout", "large-print", "a5", "booklet", "brochure", "half-fold"])
def test_the_covers_picture_is_printed_once_whatever_stands_in_the_article(tmp_path, layout, after):
    file = tmp_path / "trial" / "en.yaml"
    file.parent.mkdir()
    shutil.copy(ROOT / "tests" / "cases" / "pictures" / "dot.png", file.parent)
    file.write_text(f"format: 1\nlanguage: en\ntitle: Trial\noptions: [A, B]\n{PICTURE}{after}", "utf-8")
    nodes = story_of(ProjectFiles(ROOT), Job(file, layout, "a4", None)).leaflet.nodes()
    assert [node.attributes["alt"] for node in nodes if node.name == "img"] == ["A dot"]


@pytest.mark.parametrize("layout", ["handout"])
def test_a_title_too_long_for_the_footer_leaves_it_to_the_number(tmp_path, layout):
    file = tmp_path / "trial" / "en.yaml"
    saved(file, CONTENT.replace("title: Trial", "title: A title " + "that goes on " * 9))
    pages = compose(ProjectFiles(ROOT), Job(file, layout, "a4", None))[0].pages
    feet = ["".join(word.text for run in item.runs for word in run.words)
            for item in pages[-1].furniture if hasattr(item, "runs")]
    assert any(str(len(pages)) in foot for foot in feet)


def test_a_theme_that_is_the_layouts_own_is_not_named(tmp_path):
    paths = find.contents(ROOT, ["kyphoplasty-vs-vertebroplasty/en"])

    def name(theme):
        result = many.build(ROOT, paths, layouts=["handout"], papers=["a4"], theme=theme, output=tmp_path)
        return result.files[0].name

    assert name("calm") == name(None) == "kyphoplasty-vs-vertebroplasty-en-handout-a4.pdf"
    assert name("ink-saver") == "kyphoplasty-vs-vertebroplasty-en-handout-a4-ink-saver.pdf"
