"""A language that the program has no phrases for: built with English ones, which are told and marked, or with its
own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from project_kit import ROOT
from referees import structure, transcript, verapdf

from generator.recipe import build as many

ICELANDIC = """\
format: 1
language: is
title: Eftir aðgerðina
web: https://example.org/is
key_points: [Hvíldu þig., Drekktu vatn.]
review: {status: draft, reviewer: Jón, reviewed: 2021-06-22}
introduction: Hvíldu þig þegar þú ert þreytt.
contacts: [{role: Deild 5, phone: "543 1000"}]
"""
OWN = """\
phrases:
  key_points: Aðalatriði
  contact: Hvar er hjálp að fá?
  phone: Sími
  web: Vefur
  qr_code: "QR-kóði: {web}"
  reviewed_by: Yfirfarið af
  reviewed: Síðast yfirfarið
  status_draft: Drög – ekki til notkunar
  page_of: Síða {page} af {pages}
"""
ENGLISH = ["Draft – not for use", "Key points", "Where to get help", "Phone", "Reviewed by", "Last reviewed", "Web"]


@pytest.fixture
def project(tmp_path):
    (tmp_path / "layouts").symlink_to(ROOT / "layouts")
    (tmp_path / "content" / "after").mkdir(parents=True)
    return tmp_path


def build(project, text):
    file = project / "content" / "after" / "is.yaml"
    file.write_text(text, encoding="utf-8")
    assert many.check(project, [file]) == list(many.build(project, [file], papers=["a4"], force=True).problems)
    result = many.build(project, [file], papers=["a4"])  # what is up to date has its warnings, too
    assert not result.failed and len(result.files) == 3
    return result


def marked(file: Path) -> list[str]:
    """The words that are marked as English."""
    return re.findall(r"Span Lang=en\n +'(.*)'", structure(file))


def test_english_phrases_are_told_once_and_marked(project):
    result = build(project, ICELANDIC)
    (problem,) = result.problems
    assert str(problem) == (
        "content/after/is.yaml:2:11: warning: there are no fixed phrases for the language 'is', so that English ones "
        "are printed "
        "(give them under phrases: in this file, or in layouts/shared/words/is.yaml for all leaflets)"
    )
    handout, brochure, sheet = result.files
    assert sorted(marked(handout)) == sorted(ENGLISH)
    assert set(marked(brochure)) == set(marked(sheet)) == set(ENGLISH)
    assert "Figure Lang=en Alt=QR code: https://example.org/is" in structure(handout)
    assert "Document Lang=is" in structure(handout)
    assert "Last reviewed: 22. júní 2021" in transcript(handout)
    assert verapdf(list(result.files)) == {file: [] for file in result.files}


def test_own_phrases_are_printed_and_nothing_is_told(project):
    result = build(project, ICELANDIC + OWN)
    assert result.problems == ()
    for file in result.files:
        assert marked(file) == [] and "Lang=en" not in structure(file)
        said = " ".join(transcript(file))
        for phrase in ("Aðalatriði", "Sími: 543 1000", "Yfirfarið af: Jón", "Drög – ekki til notkunar"):
            assert phrase in said


def test_of_some_phrases_the_others_are_english(project):
    result = build(project, ICELANDIC + OWN.replace("  phone: Sími\n", ""))
    assert len(result.problems) == 1
    assert marked(result.files[0]) == ["Phone"]
