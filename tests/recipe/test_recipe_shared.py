"""Passages that several leaflets use: told where they are written, built anew where they change."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from project_kit import new_project, refused

from generator.door.commands import leaflet
from generator.model.run import Job
from generator.model.walk import values
from generator.recipe import build as many
from generator.recipe import find, translation
from generator.recipe.project import ProjectFiles
from generator.recipe.story import story_of

BOX = "body:\n  - box:\n      kind: alert\n      heading: Call 112 if\n      text: you cannot breathe.\n"
LEAFLET = """\
format: 1
language: en
title: Trial
introduction:
  - text: Before.
  - use: emergency
  - box:
      kind: note
      text:
        - use: emergency
layouts: [handout]
"""


@pytest.fixture
def project(tmp_path) -> Path:
    return new_project(tmp_path, {"a/en.yaml": LEAFLET, "b/en.yaml": LEAFLET.replace("use: emergency", "text: none"),
                                  "shared/emergency.en.yaml": BOX}, layouts=["shared", "handout"])


def test_the_blocks_stand_where_the_name_stood_and_know_their_file(project):
    found = {value.path: value.place for value in values(ProjectFiles(project).content(project / "content/a/en.yaml"))}
    assert str(found["introduction[1].box.heading"]) == "content/shared/emergency.en.yaml:4:16"
    assert str(found["introduction[2].box.text[0].box.heading"]) == "content/shared/emergency.en.yaml:4:16"
    assert "introduction[1].use" not in found


def test_shared_is_no_leaflet(project):
    assert [path.parent.name for path in find.contents(project)] == ["a", "b"]


def test_no_leaflet_is_begun_there(project, monkeypatch):
    monkeypatch.chdir(project)
    said = CliRunner().invoke(leaflet, ["new", "shared"])
    assert said.exit_code and "holds passages that leaflets share" in said.output


def test_what_depends_on_a_passage_is_built_anew_and_nothing_else(project):
    def built() -> list[str]:
        events: list = []
        result = many.build(project, find.contents(project), papers=["a4"], tell=events.append, workers=1)
        assert not result.problems
        return [event.file.name for event in events if event.kind != "kept"]

    assert built() == ["a-en-handout-a4.pdf", "b-en-handout-a4.pdf"]
    assert built() == []
    passage = project / "content" / "shared" / "emergency.en.yaml"
    passage.write_text(BOX.replace("112", "999"))
    assert built() == ["a-en-handout-a4.pdf"]


@pytest.mark.parametrize(("passage", "leaflet", "said"), [
    (BOX.replace("heading", "heding"), LEAFLET, "content/shared/emergency.en.yaml:4:7: unknown key 'heding'"),
    (BOX, LEAFLET.replace("use: emergency", "use: emergencies"),
     "content/a/en.yaml:6:10: there is no shared passage 'emergencies' in 'en' (did you mean 'emergency'?)"),
    (BOX, LEAFLET.replace("use: emergency", "use: ../b"),
     "content/a/en.yaml:6:10: there is no shared passage '../b' in 'en'"),
    ("body:\n  - use: other\n", LEAFLET,
     "content/shared/emergency.en.yaml:2:5: a shared passage holds no other passages"),
    ("body:\n  - figure: {file: a.png, alt: A}\n", LEAFLET,
     "content/shared/emergency.en.yaml:2:20: there is no picture 'content/shared/a.png'"),
    ("body: <b>x</b>\n", LEAFLET, "content/shared/emergency.en.yaml:1:7: HTML is not read"),
])
def test_mistakes_are_told_where_they_are(project, passage, leaflet, said):
    (project / "content/shared/emergency.en.yaml").write_text(passage)
    path = project / "content/a/en.yaml"
    path.write_text(leaflet)
    found = [str(problem) for problem in many.check(project, [path])]
    assert found and found[0].startswith(said)


def test_a_language_without_the_passage_is_refused(project):
    path = project / "content/a/tr.yaml"
    path.write_text(LEAFLET.replace("language: en", "language: tr"))
    assert refused(ProjectFiles(project).content, path)[0].startswith(
        "content/a/tr.yaml:6:10: there is no shared passage 'emergency' in 'tr'")


DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} 10"><rect width="9" height="9"/></svg>'


def test_a_picture_lies_beside_the_passage(project):
    """Also where a leaflet has a picture of the same name."""
    passage = project / "content/shared/emergency.en.yaml"
    passage.write_text("body:\n  - figure: {file: way.svg, alt: The way}\n")
    passage.with_name("way.svg").write_text(DRAWING.format(20))
    (project / "content/a/way.svg").write_text(DRAWING.format(30))
    text = LEAFLET.replace("  - text: Before.", "  - figure: {file: way.svg, alt: Ours}")
    (project / "content/a/en.yaml").write_text(text)
    leaflet_ = story_of(ProjectFiles(project), Job(project / "content/a/en.yaml", "handout", "a4", None)).leaflet
    assert {name: picture.width for name, picture in leaflet_.pictures.items()} == {"way.svg": 30, "shared/way.svg": 20}


def test_a_translation_is_out_of_date_when_a_passage_has_changed(project, tmp_path):
    def imported() -> list:
        file = tmp_path / "a.po"
        text = translation.exported(project, source, "tr", "po")
        text = re.sub(r'(?m)^msgid "(.+)"\nmsgstr ""$', r'msgid "\1"\nmsgstr "\1"', text)
        file.write_text(text.replace("#, fuzzy\n", ""))
        path, data, warnings = translation.imported(project, file, partial=False)
        if data is not None:
            path.write_bytes(data)
        return warnings

    source, made = project / "content/a/en.yaml", project / "content/a/tr.yaml"
    passage = project / "content/shared/emergency.en.yaml"
    (missing,) = imported()
    assert str(missing) == ("content/a/en.yaml:6:10: warning: the shared passage 'emergency' is not there in 'tr' "
                            "(a translation is built when somebody has written content/shared/emergency.tr.yaml)")
    passage.with_name("emergency.tr.yaml").write_text(BOX.replace("Call", "Arayin"))
    assert imported() == []
    assert translation.outdated(ProjectFiles(project), made) == []
    passage.write_text(BOX.replace("112", "999"))
    (found,) = translation.outdated(ProjectFiles(project), made)
    assert found.message == "the shared passage 'emergency' has changed in 'en' since this was translated"
    assert "content/shared/emergency.tr.yaml" in found.hint and found.place.file == "content/a/tr.yaml"
    imported()
    assert translation.outdated(ProjectFiles(project), made) == []


def test_words_in_another_language_stay_in_a_translation_which_may_have_its_own(project, tmp_path):
    source, made = project / "content/a/en.yaml", project / "content/a/tr.yaml"
    source.write_text(LEAFLET.replace("  - use: emergency\n", "  - passage: {language: ar, text: اسأل.}\n", 1)
                      .replace("        - use: emergency\n", "        - text: Ask.\n"), "utf-8")
    text = translation.exported(project, source, "tr", "po")
    assert "اسأل" not in text and 'msgid "Ask."' in text
    file = tmp_path / "a.po"
    file.write_text(re.sub(r'(?m)^msgid "(.+)"\nmsgstr ""$', r'msgid "\1"\nmsgstr "\1 tr"', text), "utf-8")

    def imported() -> str:
        path, data, _ = translation.imported(project, file, partial=False)
        path.write_bytes(data or path.read_bytes())
        return path.read_text("utf-8")

    assert "اسأل." in imported()
    made.write_text(made.read_text("utf-8").replace("اسأل.", "اسألونا."), "utf-8")
    assert "اسألونا." in imported()
    source.write_text(source.read_text("utf-8").replace("اسأل.", "اتصل."), "utf-8")
    assert len(translation.outdated(ProjectFiles(project), made)) == 1
