"""Nothing stale: what is recorded is what was read, so whatever is saved while a leaflet is built is built again."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PIL import Image
from project_kit import new_project

from generator.kept.manifest import FILE
from generator.model.printing import Printing
from generator.model.problem import Rejected
from generator.read import content as reading
from generator.read import pictures, printers, profile
from generator.recipe import build as many
from generator.recipe import workers
from generator.recipe.project import ProjectFiles
from generator.text import fonts

CONTENT = """
format: 1
language: {0}
title: A leaflet
summary: What it says.
review: {{published: 2026-01-02}}
layouts: [handout]
figure: {{file: dot.png, alt: A dot}}
"""
TRANSLATED = "translation: {source: en, units: {title: 000000000000}}\n"


@pytest.fixture
def project(tmp_path):
    files = {"leaf/en.yaml": CONTENT.format("en"), "leaf/de.yaml": CONTENT.format("de") + TRANSLATED}
    root = new_project(tmp_path / "project", files | {"publisher.yaml": "name: The clinic\n"})
    (root / "printers.yaml").write_text("office:\n  right: 1mm\n  up: 0mm\n", "utf-8")
    colour(root, "red")
    return root


def colour(root: Path, name: str) -> None:
    Image.new("RGB", (1000, 1000), name).save(root / "content" / "leaf" / "dot.png")


def kinds(root: Path, language: str = "en", **how) -> set[str]:
    told = []
    result = many.build(root, [root / "content" / "leaf" / f"{language}.yaml"], papers=["a4"], tell=told.append, **how)
    assert not result.failed, result.problems
    return {event.kind for event in told}


SAVED = {
    "the content": (reading, "read_alone", lambda root: (root / "content/leaf/en.yaml").write_text(
        CONTENT.format("en").replace("says", "said")), {}),
    "the publisher": (reading, "read_publisher",
                      lambda root: (root / "content/publisher.yaml").write_text("name: Another\n"), {}),
    "a picture": (pictures, "read_picture", lambda root: colour(root, "blue"), {}),
    "the source of a translation": (reading, "read_alone", lambda root: (root / "content/leaf/en.yaml").write_text(
        CONTENT.format("en").replace("A l", "The l")),
                                    {"language": "de"}),
    "printers.yaml": (printers, "read_printer",
                      lambda root: (root / "printers.yaml").write_text("office:\n  right: 2mm\n  up: 0mm\n"),
                      {"layouts": ["brochure"], "printing": Printing(printer="office")}),
}


@pytest.mark.parametrize("saved", SAVED)
def test_what_is_saved_while_it_is_read_is_built_again(project, monkeypatch, saved):
    module, name, save, how = SAVED[saved]
    read = getattr(module, name)

    def slow(*arguments, **more):
        made = read(*arguments, **more)
        if name != "read_alone" or arguments[0].name == "en.yaml":
            save(project)
        return made

    with monkeypatch.context() as patch:
        patch.setattr(module, name, slow)
        assert kinds(project, **how) == {"built"}
    assert kinds(project, **how) == {"built"}, "what is there now was not read before"
    assert kinds(project, **how) == {"kept"}


def test_a_profile_that_is_saved_while_it_is_read_is_built_again(project, monkeypatch, tmp_path):
    pytest.importorskip("pyvips")
    pytest.importorskip("pikepdf")
    file = tmp_path / "press.icc"
    file.write_bytes(profile.free_profile().data)
    how = {"layouts": ["brochure"], "printing": Printing(True, file)}
    read = profile.read_profile

    def slow(*arguments):
        made = read(*arguments)
        file.write_bytes(file.read_bytes() + b"\0")
        return made

    with monkeypatch.context() as patch:
        patch.setattr(profile, "read_profile", slow)
        assert kinds(project, **how) == {"built"}
    assert kinds(project, **how) == {"built"}
    assert kinds(project, **how) == {"kept"}


def test_the_picture_that_was_looked_at_is_the_one_that_is_drawn(project, monkeypatch):
    """A picture that is saved between reading and drawing does not get into the PDF half noticed."""
    assert kinds(project) == {"built"}
    (pdf,) = (project / "output").glob("*.pdf")
    red = pdf.read_bytes()
    compose = workers.make.__globals__["office"]

    def late(*arguments, **more):
        colour(project, "blue")
        return compose(*arguments, **more)

    with monkeypatch.context() as patch:
        patch.setattr("generator.recipe.leaflet.office", late)
        assert kinds(project, force=True) == {"built"}
    assert pdf.read_bytes() == red
    assert kinds(project) == {"built"}
    assert pdf.read_bytes() != red


def test_warnings_are_told_at_every_build(project):
    Image.new("RGB", (20, 20), "red").save(project / "content" / "leaf" / "dot.png")
    first, second = (many.build(project, [project / "content" / "leaf" / "en.yaml"], papers=["a4"]) for _ in range(2))
    assert [problem.severity for problem in first.problems] == ["warning"]
    assert first.problems == second.problems


def test_ctrl_c_keeps_the_record_of_what_was_made(project):
    def stop(event):
        if event.file and event.file.name.startswith("leaf-en-handout-letter"):
            raise KeyboardInterrupt

    paths = [project / "content" / "leaf" / "en.yaml"]
    with pytest.raises(KeyboardInterrupt):
        many.build(project, paths, tell=stop)
    assert (project / "output" / FILE).exists()
    told = []
    many.build(project, paths, tell=told.append)
    assert [event.kind for event in told] == ["kept", "built"]


def test_a_font_that_was_replaced_is_seen_in_the_same_process(tmp_path):
    file = tmp_path / "own.ttf"
    data = [fonts.built_in("FiraGO", index).face.blob.data for index in (0, 1)]
    faces = []
    for one in (*data, data[0]):
        file.write_bytes(one)
        faces.append(fonts.from_file(str(file), False, False))
    assert faces[0] is faces[2] and faces[0] is not faces[1]
    assert faces[0].ps_name != faces[1].ps_name


@pytest.mark.skipif(os.name != "posix", reason="the umask is of POSIX")
@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_files_follow_the_umask(project, mask, mode):
    before = os.umask(mask)
    try:
        kinds(project)
    finally:
        os.umask(before)
    assert {file.stat().st_mode & 0o777 for file in (project / "output").iterdir()} == {mode}


def test_each_file_is_read_once_and_faults_are_remembered(project, monkeypatch):
    files = ProjectFiles(project)
    path = project / "content" / "leaf" / "en.yaml"
    first = files.content(path)
    path.write_text("format: 1\n")
    assert files.content(path) is first
    files = ProjectFiles(project)
    for _ in range(2):
        with pytest.raises(Rejected):
            files.content(path)


@pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="a device without an end")
@pytest.mark.parametrize("name", ["content/leaf/en.yaml", "content/publisher.yaml", "content/leaf/dot.png"])
def test_a_device_in_place_of_a_file_is_told(project, name):
    (project / name).unlink()
    (project / name).symlink_to("/dev/zero")
    with pytest.raises(Rejected):
        ProjectFiles(project).picture(project / name, "dot.png") if name.endswith("png") else ProjectFiles(
            project).content(project / "content/leaf/en.yaml")


def test_a_layouts_theme_that_is_not_there_is_told_in_the_layout(project):
    spec = project / "layouts" / "handout" / "layout.yaml"
    spec.write_text("theme: clam\n" + spec.read_text("utf-8"), "utf-8")
    (problem,) = many.check(project, [project / "content" / "leaf" / "en.yaml"])
    assert str(problem).startswith("layouts/handout/layout.yaml:1:8: there is no theme 'clam'")


def test_marks_are_told_in_the_same_round_as_all_else(project):
    file = project / "content" / "leaf" / "en.yaml"
    file.write_text(CONTENT.format("en") + "web: nonsense\nintroduction: |\n  Some <b>bold</b> words.\n", "utf-8")
    first, second = many.check(project, [file])
    assert "must be a web address" in first.message and second.message == "HTML is not read"
    assert second.place.line == first.place.line + 2
