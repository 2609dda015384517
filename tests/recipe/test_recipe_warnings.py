"""A warning of any rule is shown by every way to make a leaflet: a rule that warns is planted for each kind of rule."""

from __future__ import annotations

from pathlib import Path

import pytest
from project_kit import new_project

from generator import check
from generator.model.printing import Printing
from generator.model.problem import Overfull, Place, Problem
from generator.model.run import Job
from generator.recipe import alternatives
from generator.recipe import build as many
from generator.recipe.live import Live
from generator.recipe.project import ProjectFiles

LEAFLET = """\
format: 1
language: en
title: Two ways
summary: What they are.
options: [The left way, The right way]
review: {published: 2026-01-02}
figure: {file: two.svg, alt: Two squares, views: {left: The left way, right: The right way}}
layouts: [handout]
"""
DRAWING = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 10">
<view id="left" viewBox="0 0 10 10"/><view id="right" viewBox="20 0 10 10"/>
<path class="fill-ink" d="M1 1H9V9H1Z"/><path class="fill-ink" d="M21 1H29V9H21Z"/>
</svg>
"""
KINDS = sorted({kind for kind, _ in check.RULES})


@pytest.fixture
def project(tmp_path) -> Path:
    new_project(tmp_path, {"two/en.yaml": LEAFLET, "two/two.svg": DRAWING, "publisher.yaml": "name: A clinic\n"},
                ["handout", "shared"])
    return tmp_path


@pytest.fixture(params=KINDS)
def planted(request, monkeypatch) -> Problem:
    warning = Problem(Place("content/two/en.yaml", 3, 1), f"a rule of the {request.param} warns", "", "warning")
    monkeypatch.setattr(check, "RULES", (*check.RULES, (request.param, lambda *nouns: [warning])))
    return warning


def test_a_warning_is_shown_by_build_and_by_check(project, planted):
    path = project / "content" / "two" / "en.yaml"
    made = many.build(project, [path], papers=["a4"], tell=(told := []).append)
    assert (len(made.files), made.problems) == (1, (planted,))
    assert [event.problems for event in told] == [(planted,)]
    assert many.build(project, [path], papers=["a4"]).problems == (planted,), "what is kept is warned of, too"
    assert many.check(project, [path]) == [planted]


def test_a_warning_is_shown_by_the_preview(project, planted):
    live = Live(project)
    assert live.make(live.job(project / "content" / "two" / "en.yaml", "handout", "a4", None)).problems == (planted,)


def test_a_warning_of_a_file_for_a_print_shop_is_shown(project, planted):
    made = many.build(project, [project / "content" / "two" / "en.yaml"], papers=["a4"], printing=Printing(press=True))
    told = [one for one in made.problems if one == planted]
    # the preflight counts the pixels of pictures itself, as the shop would
    assert (len(made.files), told) == (1, [] if planted.message == "a rule of the pictures warns" else [planted])


@pytest.mark.parametrize("begins, told", [("layouts/shared/words/en.yaml", "content/two/en.yaml"),
                                          ("content/publisher.yaml", "content/publisher.yaml")])
def test_what_is_too_much_is_told_in_a_file_of_the_author(project, monkeypatch, begins, told):
    """Too much may begin at a heading that the program wrote; nobody can mend that one."""
    monkeypatch.setattr(alternatives, "roomier", lambda *asked: [])
    job = Job(project / "content/two/en.yaml", "handout", "a4", None)
    with pytest.raises(Overfull) as found, alternatives.with_place_and_room(ProjectFiles(project), job, None):
        raise Overfull([Problem(Place(begins, 6, 13), "full", "cut")])
    assert found.value.problems[0].place.file == told
