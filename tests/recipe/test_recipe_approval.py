"""`leaflet approve` changes a file at its place alone, and a later change of a printed word is told everywhere."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner
from project_kit import new_project, refused, saved

from generator.door.commands import leaflet
from generator.model.run import Job
from generator.read.content import read_alone
from generator.recipe.approval import approve, changed
from generator.recipe.difference import approved_revision, compared, difference
from generator.recipe.find import twin
from generator.recipe.leaflet import make
from generator.recipe.mail import unready
from generator.recipe.project import ProjectFiles
from generator.recipe.status import status
from generator.recipe.story import story_of

TRIAL = """\
format: 1  # as always
language: en
title: Trial
# who read it
review:   # by whom
  # first the author
  author: "A. Writer"  # she
  status: draft
  reviewer: B. Reader  # he
layouts: [summary]
sections:
  - heading: At home
    body: Take two tablets a day.
"""


@pytest.fixture
def trial(tmp_path) -> Path:
    new_project(tmp_path, {"trial/en.yaml": TRIAL}, layouts=["shared", "summary"])
    return tmp_path / "content" / "trial" / "en.yaml"


def files(path: Path) -> ProjectFiles:
    return ProjectFiles(path.parents[2])


HEAD = "format: 1\nlanguage: en\ntitle: Trial\nlayouts: [summary]\nintroduction: Rest.\n"
MADE = "  reviewer: B. R\n  reviewed: 2026-01-02\n  fingerprint: #\n"


@pytest.mark.parametrize(("before", "after"), [
    (HEAD, HEAD.replace("layouts", "\nreview:\n" + MADE + "\nlayouts")),
    (HEAD.strip(), HEAD.replace("layouts", "\nreview:\n" + MADE + "\nlayouts").strip()),
    (HEAD + "review: {reviewer: 'x', version: '1'} # c\n",
     HEAD + "review: {reviewer: 'B. R', reviewed: 2026-01-02, version: '1', fingerprint: #} # c\n"),
    (HEAD + "review:\n  # c\n  reviewer: \"x\"  # d\n\n  version: |\n    1\n# e\n",
     HEAD + "review:\n  # c\n  reviewer: \"B. R\"  # d\n  reviewed: 2026-01-02\n\n  version: |\n    1\n"
     "  fingerprint: #\n# e\n"),
    (HEAD + "review:\n  reviewed: >-\n    2025\n  version: '1'\n",
     HEAD + "review:\n  reviewer: B. R\n  reviewed: 2026-01-02\n  version: '1'\n  fingerprint: #\n"),
    ("\ufeff" + HEAD + "review: {}\n",
     "\ufeff" + HEAD + "review: {reviewer: B. R, reviewed: 2026-01-02, fingerprint: #}\n"),
    ((HEAD + "review:\n  version: '1'\n").replace("\n", "\r\n"),
     (HEAD + "review:\n  reviewer: B. R\n  reviewed: 2026-01-02\n  version: '1'\n  fingerprint: #\n")
     .replace("\n", "\r\n")),
])
def test_a_file_is_changed_at_the_place_of_its_review_alone(tmp_path, before, after):
    path = new_project(tmp_path, {"trial/en.yaml": ""}, layouts=["shared", "summary"]) / "content/trial/en.yaml"
    path.write_bytes(before.encode())
    made = approve(files(path), path, "B. R", "2026-01-02").decode()
    assert re.sub(r"[0-9a-f]{16}", "#", made) == after


def approved(path: Path) -> None:
    path.write_bytes(approve(files(path), path, "Dr. Ö. Reader: head", "2026-02-03"))


def test_reviewer_day_and_fingerprint_are_recorded_and_comments_stay(trial):
    approved(trial)
    said = trial.read_text("utf-8")
    mark = files(trial).content(trial).review.fingerprint
    assert said == TRIAL.replace("status: draft", "status: final").replace(
        "reviewer: B. Reader  # he", 'reviewer: "Dr. Ö. Reader: head"  # he\n'
        f"  reviewed: 2026-02-03\n  fingerprint: {mark}")
    assert len(mark) == 16 and not changed(files(trial), trial)
    assert list(unready(files(trial), trial, False, False)) == []


@pytest.mark.parametrize(("old", "new", "differs"), [
    ("two tablets", "three tablets", True), ("Take two", "Take  two", False), ("# she", "# he", False),
    ("A. Writer", "A. Nother", True), ("[summary]", "[summary, handout]", False), ("2026-02-03", "2026-02-04", False),
])
def test_a_change_of_a_printed_word_counts(trial, old, new, differs):
    approved(trial)
    text = trial.read_text("utf-8")
    assert old in text
    trial.write_text(text.replace(old, new), "utf-8")
    assert changed(files(trial), trial) is differs


def test_every_place_knows_it(trial):
    approved(trial)
    trial.write_text(trial.read_text("utf-8").replace("two", "three"), "utf-8")
    project = files(trial)
    assert [one.review for one in status(project.root, [trial])] == ["changed since approval"]
    (problem,) = unready(project, trial, False, False)
    assert problem.message == "words have changed since this was approved, so it is not mailed"
    leaflet_ = story_of(project, Job(trial, "summary", "a4", None)).leaflet
    assert "Changed since approval" in leaflet_.parts["story"].words()
    assert all("Changed since approval" in footer.words() for footer in leaflet_.footers)
    (page,) = make(project, twin(project, trial, None, None, "html")).files.values()
    assert b'<meta name="robots" content="noindex">' in page and b'"creativeWorkStatus": "Draft"' in page
    approved(trial)
    (page,) = make(files(trial), twin(files(trial), trial, None, None, "html")).files.values()
    assert b"noindex" not in page and b"creativeWorkStatus" not in page
    assert [one.review for one in status(project.root, [trial])] == ["final"]


def test_a_changed_passage_counts(trial):
    shared = trial.parents[1] / "shared" / "call.en.yaml"
    saved(shared, "body: Call 112.\n")
    trial.write_text(TRIAL.replace("    body: Take two tablets a day.", "    body: [{use: call}]"), "utf-8")
    approved(trial)
    assert not changed(files(trial), trial)
    shared.write_text("body: Call 999.\n", "utf-8")
    assert changed(files(trial), trial)


BLOCKS = """\
    body:
      - listing: {kind: ticks, items: [Walk.]}
      - listing: {kind: numbers, items: [Rest.]}
      - table:
          columns: [Pill, Dose, Dose]
          kinds: [text, morning, night]
          rows: [{head: Blue, cells: [{text: one}, "2"]}]
"""


@pytest.mark.parametrize(("old", "new", "shown"), [
    ("kind: ticks", "kind: crosses", "[-ticks-] {+crosses+}"), ("kind: numbers", "kind: numbers, start: 3", "3"),
    ("text, morning, night", "text, noon, night", "[-morning-] {+noon+}"),
    ('[{text: one}, "2"]', "[{text: one, columns: 2}]", "2"),
])
def test_a_sign_that_gives_words_another_meaning_counts(trial, old, new, shown):
    trial.write_text(TRIAL.replace("    body: Take two tablets a day.\n", BLOCKS), "utf-8")
    approved(trial)
    before, text = trial.read_bytes(), trial.read_text("utf-8")
    assert old in text and not changed(files(trial), trial)
    trial.write_text(text.replace(old, new), "utf-8")
    project = files(trial)
    assert changed(project, trial)
    found = compared(project.content_alone(trial), read_alone(trial, project.root, before), "trial")
    assert shown in [one.words for one in found]


def test_a_review_that_is_overdue_is_not_approved_again(trial):
    trial.write_text(TRIAL.replace("  status: draft", "  next_review: 2025-06"), "utf-8")
    assert "the next review was due in 2025-06" in refused(lambda: approved(trial))[0]


def test_diff_since_approval(trial, monkeypatch):
    if not shutil.which("git") and not os.environ.get("CI"):
        pytest.skip("git is not installed")

    def git(*words: str) -> None:
        who = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
        subprocess.run(["git", *who, *words], cwd=trial.parents[2], check=True, capture_output=True)

    def save(message: str) -> None:
        git("add", "content")
        git("commit", "-m", message)

    assert "nobody has approved this text" in refused(lambda: approved_revision(files(trial), trial))[0]
    git("init")
    save("first")
    approved(trial)
    assert "git has no revision in which" in refused(lambda: approved_revision(files(trial), trial))[0]
    save("approved")
    for old, new in (("two", "three"), ("three", "four")):
        trial.write_text(trial.read_text("utf-8").replace(old, new), "utf-8")
        save(new)
    found = difference(files(trial), trial, approved_revision(files(trial), trial))
    assert [(one.kind, one.words) for one in found] == [("changed", "Take [-two-] {+four+} tablets a day.")]


def test_the_command(trial, monkeypatch):
    monkeypatch.chdir(trial.parents[2])
    day = {"SOURCE_DATE_EPOCH": "1770000000"}
    run = CliRunner().invoke(leaflet, ["approve", "trial", "--by", "B. Reader"], env=day)
    assert (run.output, run.exit_code) == ("approved content/trial/en.yaml\n", 0)
    assert "reviewed: 2026-02-02" in trial.read_text("utf-8")
    assert CliRunner().invoke(leaflet, ["approve", "trial"]).exit_code == 2
    assert CliRunner().invoke(leaflet, ["approve", "trial", "--by", " "]).exit_code == 2
