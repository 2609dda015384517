"""A text with a plainer one beside it: either is set, both are checked, and neither is lost."""

import pytest
from project_kit import ROOT

from generator import Project
from generator.html import plain
from generator.model.run import Job
from generator.recipe.checks import check_all
from generator.recipe.leaflet import checked
from generator.recipe.project import ProjectFiles
from generator.recipe.story import story_of

CONTENT = """format: 1
language: en
title: The ointment
layouts: [handout]
summary: How to use it.
introduction:
  - text: Administer 5 mg of the ointment.
    plain: {plain}
  - text: Rest for a day.
"""


@pytest.fixture
def project(tmp_path):
    def made(plainer: str = "Put on 5 mg of the ointment.", content: str = CONTENT) -> Project:
        folder = tmp_path / "content" / "ointment"
        folder.mkdir(parents=True, exist_ok=True)
        (tmp_path / "layouts").mkdir(exist_ok=True)
        (folder / "en.yaml").write_text(content.replace("{plain}", plainer), "utf-8")
        return Project(tmp_path)

    return made


def words(project: Project, **how) -> str:
    (text,) = [file for file in project.build(layouts=["handout"], papers=["A4"], twins=["text"], **how).files
               if file.suffix == ".txt"]
    return text.read_text("utf-8")


def test_one_of_the_two_is_set(project):
    said, plainer = words(project()), words(project(), plain=True)
    assert "Administer" in said and "Put on" not in said
    assert "Put on" in plainer and "Administer" not in plainer
    assert "Rest for a day." in said and "Rest for a day." in plainer


def test_files_in_plainer_words_have_names_of_their_own(project):
    built = project().build(papers=["A4"], plain=True)
    assert [file.name for file in built.files] == ["ointment-en-handout-a4-plain.pdf"] and not built.problems


def test_a_layout_may_ask_for_plainer_words(project):
    made = project()
    layout = made.root / "layouts" / "easy"
    layout.mkdir()
    spec = (ROOT / "layouts" / "handout" / "layout.yaml").read_text("utf-8")
    (layout / "layout.yaml").write_text(f"{spec}\nplain: true\n", "utf-8")
    for file in (ROOT / "layouts" / "handout").glob("*.j2"):
        (layout / file.name).write_text(file.read_text("utf-8"), "utf-8")
    job = Job(made.root / "content/ointment/en.yaml", "easy", "a4", None)
    files = ProjectFiles(made.root)
    said = plain(story_of(files, job).leaflet)
    assert checked(files, job)[0] == [] and "Put on" in said and "Administer" not in said


def test_a_leaflet_without_any_is_told(project):
    built = project(content=CONTENT.replace("    plain: {plain}\n", "")).build(papers=["A4"], plain=True)
    assert [one.message for one in built.problems] == [
        "no text has a plainer one beside it: it is set as it stands"]
    assert not built.failed


def test_marks_of_both_are_checked(project):
    assert [one.place.line for one in project("Put **on.").check()] == [8]


def test_both_are_judged(project):
    findings = [(one.place.line, one.rule, one.message) for one in judged(project("Implement 50 mg of the ointment."))
                if one.rule in ("hard-word", "dose-between-languages")]
    assert findings == [
        (8, "dose-between-languages", "in plainer words: 50 mg is not in the en text, which has 5 mg"),
        (7, "hard-word", "a hard word: 'Administer'"),
        (8, "hard-word", "in plainer words: a hard word: 'Implement'")]


def test_what_both_say_is_told_once(project):
    messages = [one.message for one in judged(project())]
    assert len(messages) == len(set(messages)) and not any("in plainer words" in one for one in messages)


def judged(project: Project):
    (one,) = check_all(project.root, [project.root / "content/ointment/en.yaml"], workers=1)
    return one.findings
