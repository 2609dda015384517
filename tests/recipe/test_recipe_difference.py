"""What changed in a leaflet since a revision in git, text by text."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner
from project_kit import new_project, refused, saved

from generator.door.commands import leaflet
from generator.recipe.difference import difference, marked
from generator.recipe.project import ProjectFiles

if not shutil.which("git") and not os.environ.get("CI"):
    pytest.skip("git is not installed", allow_module_level=True)

BEFORE = """\
format: 1
language: en
title: Trial
keywords: [one]
key_points: [Walk., Rest.]
sections:
  - heading: At home
    body: Take two tablets a day.
  - heading: Later
    body: Come back.
"""


def git(root: Path, *words: str) -> None:
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    subprocess.run(["git", *who, *words], cwd=root, check=True, capture_output=True)


@pytest.fixture
def content(tmp_path) -> Path:
    new_project(tmp_path, {"trial/en.yaml": BEFORE}, layouts=["shared"])

    git(tmp_path, "init")
    git(tmp_path, "add", "content")
    git(tmp_path, "commit", "-m", "first")
    return tmp_path / "content" / "trial" / "en.yaml"


def told(content: Path, revision: str = "HEAD") -> list[str]:
    found = difference(ProjectFiles(content.parents[2]), content, revision)
    return [f"{one.place} {one.kind}: {one.words}" for one in found]


def test_only_words_that_are_printed_count(content):
    content.write_text(BEFORE.replace("[one]", "[two]").replace("title: Trial", "title:   'Trial'  # as before"))
    assert told(content) == []


def test_each_text_is_told_with_its_place_and_what_happened_to_it(content):
    after = BEFORE.replace("two tablets", "three tablets").replace("[Walk., Rest.]", "[Rest., Walk., Sleep.]")
    content.write_text(after.replace("  - heading: Later\n    body: Come back.\n", ""))
    assert told(content) == [
        "content/trial/en.yaml:5:14 moved: Rest.",
        "content/trial/en.yaml:5:28 new: Sleep.",
        "content/trial/en.yaml:8:11 changed: Take [-two-] {+three+} tablets a day.",
        "content/trial/en.yaml:1:1 gone: Later",
        "content/trial/en.yaml:1:1 gone: Come back.",
    ]


def test_what_git_does_not_have_is_told(content):
    project = ProjectFiles(content.parents[2])
    place = "content/trial/en.yaml:1:1: "
    for revision, said in (("v9", "git has no revision 'v9' of this file"), ("--help", "'--help' is no revision"),
                           ("HEAD:content", "'HEAD:content' is no revision")):
        assert refused(difference, project, content, revision)[0].startswith(place + said)


def test_without_a_commit_it_is_told_how_git_begins_to_keep_texts(content):
    shutil.rmtree(content.parents[2] / ".git")
    subprocess.run(["git", "init"], cwd=content.parents[2], check=True, capture_output=True)
    said = "git keeps no earlier text of this file (git init and git commit keep the text of today for later)"
    assert refused(lambda: told(content))[0].endswith(said)


def test_a_text_that_cannot_be_read_is_told_by_its_problems(content):
    content.write_text("titel: x\n")
    found = refused(difference, ProjectFiles(content.parents[2]), content, "HEAD")
    assert any("unknown key 'titel'" in one for one in found)


PASSAGE = """\
body:
  - text: Call 112.
  - figure: {file: way.svg, alt: The way}
  - passage: {language: tr, text: Türkçe sorun.}
"""


def test_passages_are_compared_with_what_they_were(content):
    """Also where a picture of then is gone."""
    shared = content.parents[1] / "shared" / "call.en.yaml"
    saved(shared.with_name("way.svg"), '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>')
    shared.write_text(PASSAGE, "utf-8")
    content.write_text(BEFORE.replace("    body: Come back.", "    body: [{use: call}]"))
    git(content.parents[2], "add", "content")
    git(content.parents[2], "commit", "-m", "second")
    assert told(content) == []
    shared.with_name("way.svg").unlink()
    shared.write_text(PASSAGE.replace("112", "999").replace("sorun", "konuşun").replace(
        "  - figure: {file: way.svg, alt: The way}\n", ""), "utf-8")
    assert told(content) == [
        "content/shared/call.en.yaml:2:11 changed: Call [-112.-] {+999.+}",
        "content/shared/call.en.yaml:3:35 changed: Türkçe [-sorun.-] {+konuşun.+}",
        "content/trial/en.yaml:1:1 gone: shared/way.svg", "content/trial/en.yaml:1:1 gone: The way"]
    content.write_text(BEFORE)
    assert "content/trial/en.yaml:10:11 changed: [-Call 112.-] {+Come back.+}" in told(content)


def test_what_was_wrong_then_is_told_with_its_revision(content):
    content.write_text("titel: x\n")
    git(content.parents[2], "commit", "-am", "wrong")
    content.write_text(BEFORE)
    assert any("HEAD:content/trial/en.yaml:1:1: unknown key 'titel'" in one
               for one in refused(difference, ProjectFiles(content.parents[2]), content, "HEAD"))


def test_words_in_and_out():
    assert marked("a b c", "a c d") == "a [-b-] c {+d+}"
    assert marked("a", "b") == "[-a-] {+b+}"


def test_the_command(content, monkeypatch):
    monkeypatch.chdir(content.parents[2])
    assert CliRunner().invoke(leaflet, ["diff", "trial"]).output == "no printed word differs from HEAD\n"
    content.write_text(BEFORE.replace("Come back.", "Stay."))
    said = CliRunner().invoke(leaflet, ["diff", "trial", "HEAD"]).output
    assert said == "content/trial/en.yaml:10:11: changed: [-Come back.-] {+Stay.+}\n"
