"""A leaflet whose day of review has gone by is not built, unless somebody wants it so; then it says so itself."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
import pytest
from project_kit import new_project

from generator.door import commands
from generator.recipe import build as many
from generator.recipe.checks import check_all
from generator.recipe.live import Live

LEAFLET = """format: 1
language: en
title: Your new hip
introduction: Read and keep.
review: {published: 2020, next_review: 2026-11}
layouts: [handout]
"""
SAID = "content/hip/en.yaml:5:40: the review was due in 2026-11, so this is not built"
MARK = "Past its review date"
HANDOUT = "output/hip-en-handout-a4.pdf"


@pytest.fixture
def project(tmp_path, monkeypatch) -> Path:
    on(monkeypatch, "2026-11-30")
    return new_project(tmp_path, {"hip/en.yaml": LEAFLET}, ["shared", "handout"])


def on(monkeypatch, day: str) -> None:
    """From now on, this is today."""
    seconds = int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp())
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(seconds))


def build(project: Path, **more) -> tuple[list[str], list[str]]:
    events = []
    built = many.build(project, [project / "content/hip/en.yaml"], papers=["a4"], tell=events.append, **more)
    return [one.kind for one in events], [str(problem) for problem in built.problems]


def run(*arguments: str) -> int:
    """The exit code of a command."""
    with pytest.raises(SystemExit) as left:
        commands.main(arguments)
    return left.value.code


def words(pdf: Path | bytes) -> str:
    """What stands on the first page."""
    with pypdfium2.PdfDocument(pdf) as document:
        return document[0].get_textpage().get_text_bounded()


def test_it_is_built_and_kept_until_its_month_has_gone_by_and_then_moved_away(project, monkeypatch):
    assert [build(project), build(project)] == [(["built"], []), (["kept"], [])]
    on(monkeypatch, "2026-12-01")
    kinds, (said,) = build(project)
    assert kinds == ["failed", "moved"] and said.startswith(SAID)
    assert (project / "output/old/hip-en-handout-a4.pdf").exists()


def test_who_wants_it_all_the_same_gets_it_with_a_mark_and_the_same_bytes_on_any_day(project, monkeypatch):
    on(monkeypatch, "2026-12-01")
    assert build(project, allow_expired=True) == (["built"], [])
    data = (project / "output/hip-en-handout-a4.pdf").read_bytes()
    assert MARK in words(project / HANDOUT)
    on(monkeypatch, "2030-01-01")
    assert build(project, allow_expired=True, force=True) == (["built"], [])
    assert (project / "output/hip-en-handout-a4.pdf").read_bytes() == data


def test_what_was_allowed_before_its_day_gets_its_mark_when_that_has_come(project, monkeypatch):
    assert build(project, allow_expired=True)[0] == ["built"] and MARK not in words(project / HANDOUT)
    assert build(project, allow_expired=True)[0] == ["kept"]
    on(monkeypatch, "2026-12-01")
    assert build(project, allow_expired=True)[0] == ["built"] and MARK in words(project / HANDOUT)
    assert build(project, allow_expired=True)[0] == ["kept"]


def test_check_foretells_it_once(project, monkeypatch):
    path = project / "content/hip/en.yaml"
    on(monkeypatch, "2026-12-01")
    (found,) = check_all(project, [path])
    assert [str(one) for one in found.problems if "review" in one.message] == [str(one) for one in found.problems]
    assert str(found.problems[0]).startswith(SAID) and "review-due" not in [one.rule for one in found.findings]
    on(monkeypatch, "2026-11-30")
    assert not check_all(project, [path])[0].problems


def test_it_is_not_mailed_and_no_web_page_is_made_of_it(project, monkeypatch, capsys):
    on(monkeypatch, "2026-12-01")
    monkeypatch.chdir(project)

    assert run("eml", "hip/en") == 1
    assert capsys.readouterr().err.startswith(SAID.replace("built", "mailed"))
    assert run("eml", "hip/en", "--allow-expired", "--full") == 0
    assert run("build", "--html", "-p", "A4") == 1
    assert run("build", "--html", "-p", "A4", "--allow-expired") == 0
    page = (project / "output/hip-en.html").read_text("utf-8")
    assert '<meta name="robots" content="noindex">' in page and '"creativeWorkStatus": "Obsolete"' in page


def test_no_copies_are_made_of_it_unless_somebody_wants_them(project, monkeypatch, tmp_path, capsys):
    people = tmp_path / "list.csv"
    people.write_text("id,name\n1,A. Reader\n")
    order = ("copies", "hip/en", "-r", str(people), "--workers", "1")
    monkeypatch.chdir(project)
    for asked in (order, ("copies", "hip/en", "--blank")):
        assert run(*asked) == 0
    (project / "content/hip/en.yaml").write_text(LEAFLET.replace("Read and", "Read it and"))
    on(monkeypatch, "2026-12-01")
    for asked in (order, ("copies", "hip/en", "--blank")):
        capsys.readouterr()
        assert run(*asked) == 1 and capsys.readouterr().err.startswith(SAID.replace("built", "copied"))
        assert run(*asked, "--allow-expired") == 0
    for name in ("hip-en-handout-a4-1.pdf", "hip-en-handout-a4-blank.pdf"):
        assert MARK in words(project / "output/copies" / name)


def test_who_looks_at_it_sees_the_mark(project, monkeypatch):
    live = Live(project)
    job = live.job(project / "content/hip/en.yaml", "handout", "a4", None)
    assert live.make(job).problems == ()
    on(monkeypatch, "2026-12-01")
    shown = live.make(job)
    assert [(one.message, one.severity) for one in shown.problems] == [(SAID.split(": ", 1)[1], "warning")]
    assert MARK in words(shown.reading)
    seen = []
    monkeypatch.setattr("generator.recipe.output.pictures", lambda composition, *more: seen.append(composition) or {})
    many.proof(project, job.content, "handout", "a4", None, project / "output/proof")
    (page,) = seen[0].pages
    runs = [run for line in [*page.items, *page.furniture] for run in getattr(line, "runs", ())]
    assert MARK in " ".join(" ".join(word.text for run in runs for word in run.words).split())
