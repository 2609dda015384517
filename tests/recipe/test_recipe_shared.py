"""Passages that several leaflets use: told where they are written, built anew where they change."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from project_kit import new_project, refused

from generator.door.commands import leaflet
from generator.model.walk import values
from generator.recipe import build as many
from generator.recipe import find
from generator.recipe.project import ProjectFiles

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
     "content/shared/emergency.en.yaml:2:5: a shared passage holds no pictures"),
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
