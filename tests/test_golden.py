"""What stands where in finished leaflets, and what a screen reader gets, as text (golden/*.trace and *.tree).

A difference is not yet a fault: `make golden` writes them anew, and `git diff tests/golden` shows what has moved.
"""

from __future__ import annotations

import os

import pytest
from project_kit import ROOT
from traced import trace, tree

from generator.model.page import Fill, Line
from generator.model.run import Job
from generator.recipe.leaflet import pages
from generator.recipe.project import ProjectFiles

GOLDEN = ROOT / "tests" / "golden"
ARTICLE = "content/kyphoplasty-vs-vertebroplasty/en.yaml"
LEAFLETS = {
    "article-handout-a4": (ARTICLE, "handout", "a4"),
    "article-brochure-a4": (ARTICLE, "brochure", "a4"),
    "article-brochure-letter": (ARTICLE, "brochure", "letter"),
    "everything-handout-a4": ("tests/samples/everything/en.yaml", "handout", "a4"),
    "doses-handout-a4": ("tests/samples/doses/en.yaml", "handout", "a4"),
}
KINDS = {"trace": trace, "tree": tree}
FILES = ProjectFiles(ROOT)


def composed(name: str):
    content, layout, paper = LEAFLETS[name]
    return pages(FILES, Job(ROOT / content, layout, paper, None))[0]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", LEAFLETS)
def test_nothing_has_moved(name, kind):
    file = GOLDEN / f"{name}.{kind}"
    now = KINDS[kind](composed(name))
    if os.environ.get("GOLDEN") == "write":
        file.write_text(now, encoding="utf-8")
    assert now.splitlines() == file.read_text(encoding="utf-8").splitlines(), (
        "look at what has moved; to accept it: make golden"
    )


def test_every_golden_is_compared():
    assert {file.stem for kind in KINDS for file in GOLDEN.glob(f"*.{kind}")} == set(LEAFLETS)


def moved_line(composition):
    next(item for item in composition.pages[0].items if isinstance(item, Line)).y += 0.1


def another_colour(composition):
    next(item for page in composition.pages for item in page.items if isinstance(item, Fill)).colour = "#eeeeee"


def unread_line(composition):
    next(item for item in composition.pages[0].items if isinstance(item, Line)).runs[0].elem = None


def heading(composition):
    composition.tree.kids[0].role = "Quote"


def language(composition):
    composition.tree.kids[0].language = "fr"


@pytest.mark.parametrize(("kind", "change"), [("trace", moved_line), ("trace", another_colour), ("trace", unread_line),
                                              ("tree", heading), ("tree", language), ("tree", unread_line)])
def test_a_small_change_is_seen(kind, change):
    composition = composed("everything-handout-a4")
    before = KINDS[kind](composition)
    change(composition)
    assert KINDS[kind](composition) != before
