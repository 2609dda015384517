"""The report of the checks is a leaflet of ours: valid, with every finding in it. Status tells where leaflets stand."""

import json
import re

import pytest
from project_kit import new_project, run_command
from referees import transcript, verapdf

from generator.recipe import build as many
from generator.recipe.checks import check_all
from generator.recipe.report import content_of, report
from generator.recipe.status import status

CONTENT = """\
format: 1
language: en
title: Your *own* knee_cap
introduction: |
  Prior to the operation you may not eat. DO NOT DRINK ANYTHING. Use it & wait.
review: {status: draft, next_review: 2020-01}
checks:
  silence:
    - {rule: capitals, reason: the ward wants it so, by: A. Nurse}
layouts: [handout]
"""


@pytest.fixture
def project(tmp_path):
    return new_project(tmp_path, {"knee/en.yaml": CONTENT}, ["shared", "handout"])


def test_the_report_says_what_was_found_and_is_valid(project, tmp_path):
    found = check_all(project, [project / "content/knee/en.yaml"])
    file = tmp_path / "report.pdf"
    file.write_bytes(report(project, found))
    said = " ".join(" ".join(transcript(file)).split())
    for finding in found[0].findings:
        assert " ".join(finding.message.split()) in said, finding
    assert "Your *own* knee_cap" in said and "the ward wants it so" in said and "The purpose is evident" in said
    assert re.search("[0-9a-f]{32} [0-9a-f]{32}", said)
    assert verapdf([file])[file] == []
    assert file.read_bytes() == report(project, found), "the same bytes each time"


def test_the_report_of_a_file_that_cannot_be_read(project):
    (project / "content/knee/en.yaml").write_text("format: 1\ntitel: x\n")
    (section,) = content_of(check_all(project, [project / "content/knee/en.yaml"])).sections
    assert [inner.heading for inner in section.sections] == ["Problems"]


def test_status(project, capsys, monkeypatch):
    path = project / "content/knee/en.yaml"
    (before,) = status(project, [path])
    assert (before.built, before.review, before.due, before.overdue) == ("to build", "draft", "2020-01", True)
    assert before.grade.startswith("Flesch-Kincaid grade")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1579046400")  # 15 January 2020
    many.build(project, [path])
    assert [(one.built, one.overdue) for one in status(project, [path])] == [("up to date", False)]
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert [(one.built, one.overdue) for one in status(project, [path])] == [("to build", True)]
    path.write_text(CONTENT.replace("eat", "drink"))
    assert [one.built for one in status(project, [path])] == ["to build"]
    path.with_name("tr.yaml").write_text("format: 1\n")
    monkeypatch.chdir(project)
    told = json.loads(run_command(capsys, "status", "--format", "json")[1])
    assert [(one["language"], one["built"]) for one in told] == [("en", "to build"), ("tr", "can't be read")]
    assert "2020-01 (due)" in run_command(capsys, "status", "knee/en")[1]
