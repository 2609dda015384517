"""The recipe: what is built and what is kept, what stays when something goes wrong, and
that `check` foretells `build`."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import pytest
from project_kit import ROOT, new_project, refused, saved

from generator.kept import hashes
from generator.kept.manifest import FILE
from generator.model.problem import Rejected
from generator.model.run import Event
from generator.recipe import build as many
from generator.recipe import find

PICTURE = ROOT / "tests" / "cases" / "pictures" / "dot.png"
ALPHA = """\
format: 1
language: en
title: Alpha
summary: What alpha is about.
introduction:
  - text: One sentence of the introduction.
  - figure: {file: dot.png, alt: A dot}
sections:
  - heading: First
    body: What it says.
layouts: [handout, brochure]
"""
BETA = ALPHA.replace("Alpha", "Beta").replace("  - figure: {file: dot.png, alt: A dot}\n", "").replace(", brochure", "")
ALPHAS = ["alpha-en-handout-a4.pdf", "alpha-en-handout-letter.pdf", "alpha-en-brochure-a4.pdf",
          "alpha-en-brochure-a4-sheet.pdf", "alpha-en-brochure-letter.pdf", "alpha-en-brochure-letter-sheet.pdf"]
BETAS = ["beta-en-handout-a4.pdf", "beta-en-handout-letter.pdf"]
A4 = [name for name in ALPHAS + BETAS if "a4" in name]
PARTS = "layouts/shared/parts/blocks.html.j2"
FLAT = "layouts/shared/parts/flat.html.j2"


@pytest.fixture
def project(tmp_path) -> Path:
    files = {"alpha/en.yaml": ALPHA, "beta/en.yaml": BETA, "publisher.yaml": "name: A clinic\n"}
    new_project(tmp_path, files, ["handout", "brochure", "shared"])
    shutil.copy(PICTURE, tmp_path / "content" / "alpha")
    return tmp_path


def run(project: Path, names=(), **options) -> dict[str, str]:
    """File name → built or kept; raises Rejected where the build reports an error."""
    events: list[Event] = []
    result = many.build(project, find.contents(project, names), tell=events.append, **options)
    if result.failed:
        raise Rejected(result.problems)
    assert [event.file for event in events] == list(result.files)
    return {event.file.name: event.kind for event in events}


def edit(file: Path, old: str, new: str, times: int = 1) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, times), encoding="utf-8")


def all_files(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


# ── names ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_names_say_content_language_layout_and_paper(project):
    assert run(project) == dict.fromkeys(ALPHAS + BETAS, "built")
    assert sorted(os.listdir(project / "output")) == sorted([*ALPHAS, *BETAS, FILE])


def test_a_theme_that_is_asked_for_is_named(project):
    assert list(run(project, ["beta"], papers=["a4"], theme="ink-saver")) == ["beta-en-handout-a4-ink-saver.pdf"]


def test_layout_paper_and_output_are_chosen(project):
    made = run(project, ["beta/en"], layouts=["brochure"], papers=["letter"], output=project / "there" / "deep")
    assert list(made) == ["beta-en-brochure-letter.pdf", "beta-en-brochure-letter-sheet.pdf"]
    assert (project / "there" / "deep" / "beta-en-brochure-letter.pdf").is_file() and not (project / "output").exists()


# ── up to date ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_is_up_to_date_is_kept_whatever_its_time(project):
    run(project)
    before = all_files(project / "output")
    for file in project.rglob("*"):
        os.utime(file, (time.time() + 60, time.time() + 60))
    shutil.copytree(project / "content", project / "copy")
    assert run(project) == dict.fromkeys(ALPHAS + BETAS, "kept")
    assert all_files(project / "output") == before


def test_with_force_everything_is_built(project):
    run(project)
    before = all_files(project / "output")
    assert run(project, force=True) == dict.fromkeys(ALPHAS + BETAS, "built")
    assert all_files(project / "output") == before


CHANGES = {
    "a sentence": (lambda p: edit(p / "content/alpha/en.yaml", "One sentence", "Another sentence"), A4[:3]),
    "a comment of a content file": (lambda p: edit(p / "content/beta/en.yaml", "format", "# x\nformat"), A4[3:]),
    "a picture": (lambda p: (p / "content/alpha/dot.png").write_bytes(PICTURE.read_bytes() + b"\0"), A4[:3]),
    "a shared part": (lambda p: edit(p / PARTS, "{#", "{# x"), A4),
    "a theme": (lambda p: edit(p / "layouts/shared/themes/calm.yaml", "#17252f", "#1d2b37"), A4),
    "a word": (lambda p: edit(p / "layouts/shared/words/en.yaml", "Page {page}", "Sheet {page}"), A4),
    "the publisher": (lambda p: edit(p / "content/publisher.yaml", "A clinic", "The clinic"), A4),
    "no publisher": (lambda p: (p / "content/publisher.yaml").unlink(), A4),
    "a template": (lambda p: edit(p / "layouts/brochure/layout.html.j2", "{#", "{# x"), A4[1:3]),
    "a layout's numbers": (lambda p: edit(p / "layouts/handout/layout.yaml", "title: ", "title: A "), A4[:1] + A4[3:]),
    "a part that hides a shared one": (
        lambda p: (p / "layouts/handout/parts").mkdir() or shutil.copy(p / PARTS, p / "layouts/handout/parts"),
        A4[:1] + A4[3:]),
    "a theme that hides a shared one": (
        lambda p: (p / "layouts/handout/themes").mkdir(exist_ok=True)
        or shutil.copy(p / "layouts/shared/themes/calm.yaml", p / "layouts/handout/themes"), A4[:1] + A4[3:]),
    "a PDF is gone": (lambda p: (p / "output" / A4[0]).unlink(), A4[:1]),
    "a PDF is damaged": (lambda p: (p / "output" / A4[3]).write_bytes(b"%PDF-1.7"), A4[3:]),
    "a sheet is gone": (lambda p: (p / "output" / A4[2]).unlink(), A4[1:3]),
    "the record is gone": (lambda p: (p / "output" / FILE).unlink(), A4),
    "the record is damaged": (lambda p: (p / "output" / FILE).write_bytes(b'{"program"'), A4),
    "the record is no record": (lambda p: (p / "output" / FILE).write_bytes(b"[1]"), A4),
    "the record says something else": (lambda p: edit(p / "output" / FILE, '"files": {', '"files": {"x": "y", '), A4),
}
if hasattr(os, "mkfifo"):
    CHANGES["a layout has a pipe, and a link to the folder around it"] = (
        lambda p: os.mkfifo(p / "layouts/handout/pipe") or (p / "layouts/handout/up").symlink_to(p / "layouts"),
        A4[:1] + A4[3:])


@pytest.mark.parametrize("change", CHANGES)
def test_what_has_changed_is_built_and_nothing_else(project, change):
    run(project, papers=["a4"])
    before = all_files(project / "output")
    alter, expected = CHANGES[change]
    alter(project)
    made = run(project, papers=["a4"])
    assert [name for name, kind in made.items() if kind == "built"] == expected
    assert set(run(project, papers=["a4"]).values()) == {"kept"}
    if "gone" in change or "damaged" in change:
        assert all_files(project / "output") == before


def test_another_program_builds_everything(project, monkeypatch):
    run(project)
    monkeypatch.setattr(hashes, "program", lambda: "another")
    assert run(project) == dict.fromkeys(ALPHAS + BETAS, "built")


def test_the_program_is_its_files_and_what_is_installed(monkeypatch, tmp_path):
    def program() -> str:
        monkeypatch.setattr(hashes, "_program", "")
        return hashes.program()

    first = program()
    assert first == program()
    (tmp_path / "x.dist-info").mkdir()
    monkeypatch.syspath_prepend(str(tmp_path))
    second = program()
    shutil.copytree(ROOT / "generator", tmp_path / "generator", ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(hashes, "HERE", str(tmp_path / "generator"))
    assert program() == second
    edit(tmp_path / "generator" / "recipe" / "build.py", '"""', '""" ')
    assert len({first, second, program()}) == 3


# ── when something is wrong ────────────────────────────────────────────────────────────────────────────────────────


def test_everything_that_can_be_built_is_built_beside_a_broken_leaflet(project):
    run(project)
    edit(project / "content/alpha/en.yaml", "summary", "sumary")
    edit(project / "content/beta/en.yaml", "What it says", "What it said")
    events: list[Event] = []
    result = many.build(project, find.contents(project), tell=events.append)
    assert [str(problem) for problem in result.problems] == [
        "content/alpha/en.yaml:4:1: unknown key 'sumary' (did you mean 'summary'?)"]
    assert [(event.kind, event.file and event.file.name) for event in events] == [
        ("failed", None), *(("built", name) for name in BETAS), *(("moved", name) for name in sorted(ALPHAS))]
    assert [file.name for file in result.files] == BETAS
    edit(project / "content/alpha/en.yaml", "sumary", "summary")
    assert set(run(project, ["beta"]).values()) == {"kept"}


def test_a_layout_that_fails_does_not_stop_the_others(project):
    edit(project / "content/alpha/en.yaml", "    body: What it says.", "    body: " + "several words " * 750)
    events: list[Event] = []
    result = many.build(project, find.contents(project, ["alpha"]), tell=events.append)
    assert [file.name for file in result.files] == ALPHAS[:2]
    assert len(result.problems) == 2
    for problem, paper in zip(result.problems, ("A4", "Letter"), strict=True):
        assert problem.message.startswith(f"brochure, {paper}: panel 'flap' is full at 9 pt: ")
        assert str(problem.place).startswith("content/alpha/en.yaml:")
    assert [event.kind for event in events] == ["built", "built", "failed", "failed"]


def test_what_failed_is_tried_again_though_nothing_changed(project):
    run(project)
    part = project / "layouts/brochure/layout.html.j2"
    edit(part, "{% extends", "{% extend")
    for _ in range(2):
        with pytest.raises(Rejected, match="unknown tag 'extend'"):
            run(project)
    edit(part, "{% extend", "{% extends")
    made = run(project)
    assert [name for name, kind in made.items() if kind == "built"] == ALPHAS[2:]


class Stopped(BaseException):
    """Ctrl-C, a full disk, a power cut in the middle of a file."""


def half_written(monkeypatch):
    """From now on a file is written half, then the program is stopped."""
    real = os.fdopen

    def opened(handle, mode):
        stream = real(handle, mode)
        write = stream.write

        class Half:
            def __enter__(self):
                return self

            def __exit__(self, *_):
                stream.close()

            def write(self, data):
                write(data[: len(data) // 2])
                raise Stopped

        return Half()

    monkeypatch.setattr(os, "fdopen", opened)


def not_renamed(monkeypatch):
    def stopped(*_):
        raise Stopped

    monkeypatch.setattr(os, "replace", stopped)


@pytest.mark.parametrize("break_off", [half_written, not_renamed])
def test_a_run_that_is_stopped_leaves_no_half_file(project, monkeypatch, break_off):
    run(project)
    before = all_files(project / "output")
    edit(project / "content/beta/en.yaml", "What it says", "What it said")
    with monkeypatch.context() as patch:
        break_off(patch)
        with pytest.raises(Stopped):
            run(project)
    assert all_files(project / "output") == before
    made = run(project)
    assert [name for name, kind in made.items() if kind == "built"] == BETAS


def test_a_run_that_is_stopped_between_files_goes_on_later(project, monkeypatch):
    write = many.write
    with monkeypatch.context() as patch:
        def stopped(file, data):
            if "sheet" in file.name:
                raise Stopped
            write(file, data)

        patch.setattr(many, "write", stopped)
        with pytest.raises(Stopped):
            run(project)
    run(project)
    assert run(project) == dict.fromkeys(ALPHAS + BETAS, "kept")


# ── check ──────────────────────────────────────────────────────────────────────────────────────────────────────────


BROKEN = {
    "unknown key": lambda p: edit(p / "content/alpha/en.yaml", "summary", "sumary"),
    "not YAML": lambda p: edit(p / "content/alpha/en.yaml", "title: Alpha", "title: 'Alpha"),
    "empty": lambda p: (p / "content/alpha/en.yaml").write_text(""),
    "no such picture": lambda p: (p / "content/alpha/dot.png").unlink(),
    "a picture cut short": lambda p: (p / "content/alpha/dot.png").write_bytes(PICTURE.read_bytes()[:40]),
    "no such layout": lambda p: edit(p / "content/alpha/en.yaml", "handout", "handuot"),
    "too long": lambda p: edit(p / "content/alpha/en.yaml", "    body: What it says.",
                               "    body: " + "several words " * 750),
    "a character without a font": lambda p: edit(p / "content/alpha/en.yaml", "What it says", "What \U00010900 says"),
    "a character in the footer without a font": lambda p: edit(p / FLAT, '<p class="folio">',
                                                               '<p class="folio">\U00010900'),
    "a footer too high": lambda p: edit(p / FLAT, "<footer>", "<footer>" + "<p>x</p>" * 9, times=9),
    "the publisher": lambda p: edit(p / "content/publisher.yaml", "name", "nmae"),
    "a theme": lambda p: edit(p / "layouts/shared/themes/calm.yaml", "size: 1.25", "seize: 1.25"),
    "a word": lambda p: edit(p / "layouts/shared/words/en.yaml", "page_of:", "page_fo:"),
    "a template": lambda p: edit(p / "layouts/brochure/layout.html.j2", "{% extends", "{% extend"),
    "a fold": lambda p: edit(p / "layouts/brochure/layout.yaml", "[flap, back, cover]", "[cover, back, flap]"),
    "a margin": lambda p: edit(p / "layouts/handout/layout.yaml", "inner: 15mm", "inner: 2mm"),
    "faint words": lambda p: edit(p / "layouts/shared/themes/calm.yaml", '"#17252f"', '"#eeeeee"'),
    "both leaflets": lambda p: [edit(p / f"content/{name}/en.yaml", "language: en", "language: de")
                                for name in ("alpha", "beta")],
}


@pytest.mark.parametrize("broken", BROKEN)
def test_check_finds_what_build_would_refuse(project, broken):
    BROKEN[broken](project)
    paths = find.contents(project)
    found = [problem for problem in many.check(project, paths) if problem.severity == "error"]
    refused = [problem for problem in many.build(project, paths).problems if problem.severity == "error"]
    assert found == refused != []
    for problem in refused:
        assert problem.place is not None or "no layout" in problem.message


def test_check_is_content_with_what_can_be_built(project):
    assert many.check(project, find.contents(project)) == []


def test_check_writes_nothing(project):
    edit(project / "content/beta/en.yaml", "summary", "sumary")
    before = all_files(project)
    assert many.check(project, find.contents(project))
    assert all_files(project) == before


# ── what there is ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_contents_are_named_by_slug_language_or_path(project, monkeypatch):
    alpha, beta = (project / "content" / slug / "en.yaml" for slug in ("alpha", "beta"))
    (project / "content/alpha/de.yaml").write_text("format: 1\n")
    german = project / "content/alpha/de.yaml"
    assert find.contents(project) == [german, alpha, beta]
    assert find.contents(project, ["alpha"]) == [german, alpha]
    assert find.contents(project, ["alpha/en"]) == find.contents(project, ["content/alpha/en/"]) == [alpha]
    assert find.contents(project, ["beta", "beta/en", str(beta)]) == [beta]
    monkeypatch.chdir(project / "content")
    assert find.contents(project, ["alpha/de.yaml"]) == [german]


def test_names_that_are_not_there_are_told_all_at_once_with_the_nearest(project):
    assert refused(find.contents, project, ["alhpa", "alpha/ne", "there.yaml", "quite other"]) == [
        "there is no content 'alhpa' (did you mean 'alpha'?)",
        ("there is no content 'alpha/ne' (of this leaflet there is: alpha/en; leaflet translate export begins another "
         "language)"),
        "there.yaml:1:1: there is no such file",
        "there is no content 'quite other' (there are: alpha, alpha/en, beta, beta/en)",
    ]


def test_two_files_whose_pdfs_would_have_one_name_are_refused(project, tmp_path_factory):
    drafts = [tmp_path_factory.mktemp("drafts") / "hip" / "en.yaml" for _ in range(2)]
    for draft in drafts:
        saved(draft, BETA)
    with pytest.raises(Rejected, match="its PDFs would be named as those of"):
        find.contents(project, [str(draft) for draft in drafts])
    assert find.contents(project, [str(drafts[0])] * 2) == drafts[:1]


def test_a_file_that_cannot_be_written_is_told_by_its_own_name(project):
    (project / "output" / A4[0]).mkdir(parents=True)
    with pytest.raises(OSError) as told:
        run(project, papers=["a4"])
    assert told.value.filename == str(project / "output" / A4[0])
    assert not list((project / "output").glob(".*.part"))


def test_a_content_file_that_links_out_of_the_project_is_refused(project, tmp_path_factory):
    secret = tmp_path_factory.mktemp("home") / "secret.yaml"
    secret.write_text(BETA, encoding="utf-8")
    (project / "content/alpha/de.yaml").symlink_to(secret)
    (problem,) = many.build(project, [project / "content/alpha/de.yaml"]).problems
    assert str(problem).startswith("content/alpha/de.yaml:1:1: this file is a link that leads out of the project")


def test_a_content_file_outside_of_the_project_is_built(project, tmp_path_factory):
    draft = tmp_path_factory.mktemp("drafts") / "en.yaml"
    draft.write_text(BETA, encoding="utf-8")
    made = run(project, [str(draft)], papers=["a4"])
    assert list(made) == [f"{draft.parent.name}-en-handout-a4.pdf"]
