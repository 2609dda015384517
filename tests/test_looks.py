"""What the pages promise as a design: how much ink an office printer lays, words that stand out, grounds at the edges."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.check.contrast import faint, unreadable
from generator.model.layout import MM, PAPERS
from generator.model.page import Composition, Ground, Line
from generator.model.printing import UNPRINTABLE
from generator.model.run import Job
from generator.read.layout import read_theme
from generator.recipe.leaflet import pages
from generator.recipe.project import ProjectFiles

ROOT = Path(__file__).parent.parent
ARTICLE = ROOT / "content" / "kyphoplasty-vs-vertebroplasty"
FILES = ProjectFiles(ROOT)
MOST = 0.30
"""Part of a side that may be covered with solid ink on an office printer's sheet."""
DARK = 128
"""Lightness, of 255, under which a ground counts as solid."""
SPECS = {name: FILES.layout(name).spec for name in FILES.layout_names()}
FOLDED = tuple(name for name, spec in SPECS.items() if spec.fold)
FLAT = tuple(name for name, spec in SPECS.items() if not spec.fold and spec.languages == 1)


def made(layout: str, language: str = "en", paper: str = "a4", theme: str | None = None):
    return pages(FILES, Job(ARTICLE / f"{language}.yaml", layout, paper, theme))


def solid(composition: Composition, page) -> float:
    """Points² of a page's grounds that are solid: the topmost counts (grounds of one page are painted over each other)."""
    area = 0.0
    for number, ground in enumerate(page.grounds):
        over = [other for other in page.grounds[number + 1:] if other.colour]
        if ground.colour and grey(ground.colour) < DARK:
            height = ground.height - sum(max(0.0, min(ground.y + ground.height, o.y + o.height) - max(ground.y, o.y))
                                         for o in over if grey(o.colour) >= DARK)
            inset = 2 * UNPRINTABLE if ground.framed else UNPRINTABLE
            area += max(0.0, ground.width - inset) * max(0.0, height)
    return area


def grey(colour: str) -> float:
    red, green, blue = (int(colour[i: i + 2], 16) for i in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("layout", FOLDED)
def test_no_side_has_more_solid_ink_than_an_office_printer_takes(layout, paper):
    composition, geometry = made(layout, paper=paper)
    by_name = {page.name: page for page in composition.pages}
    for side in geometry.sides:
        covered = sum(solid(composition, by_name[placed.panel]) for placed in side.placements)
        assert covered / (side.width * side.height) <= MOST, side.name


def test_too_much_solid_ink_is_noticed():
    composition, _ = made("brochure")
    page = composition.pages[0]
    page.grounds.append(Ground(0, 0, page.width, page.height, "#000000"))
    assert solid(composition, page) > MOST * 297 * 210 * MM * MM


@pytest.mark.parametrize("theme", [None, "clinic", "high-contrast", "ink-saver"])
@pytest.mark.parametrize("layout", [*FOLDED, *FLAT])
def test_words_stand_out_from_the_ground_they_stand_on(layout, theme):
    assert unreadable(made(layout, theme=theme)[0]) == []


def test_words_that_do_not_stand_out_are_told_once():
    composition, _ = made("brochure")
    composition.pages[0].grounds[-1].colour = "#ffffff"
    found = unreadable(composition)
    assert len(found) == 1 and "#ffffff on #ffffff: a contrast of 1.0:1" in found[0].message


@pytest.mark.parametrize("language", ["en", "tr", "ar"])
@pytest.mark.parametrize("layout", ["brochure", "z-fold"])
def test_text_on_a_ground_keeps_away_from_its_edge(layout, language):
    """5 mm at least, between the edge of a panel's ground as an office printer leaves it and the words."""
    composition, geometry = made(layout, language)
    for side in geometry.sides:
        for placed in side.placements:
            page = next(page for page in composition.pages if page.name == placed.panel)
            for ground in page.grounds:
                for item in page.items:
                    if isinstance(item, Line) and ground.y < item.y < ground.y + ground.height:
                        runs = [run for run in item.runs if any(not word.text.isspace() for word in run.words)]
                        left = UNPRINTABLE if ground.framed or placed.x < 1 else 0.0
                        right = UNPRINTABLE if ground.framed or placed.x + page.width > side.width - 1 else 0.0
                        assert min(run.x for run in runs) >= left + 5 * MM - 0.1
                        white = [sum(word.width for word in run.words if word.text.isspace()) * run.size for run in runs]
                        assert max(run.x + run.width - w for run, w in zip(runs, white)) <= page.width - right - 5 * MM + 0.1


def test_the_comparison_stands_alone_on_its_panel_and_whole_on_page_one():
    said = {page.name: words(page) for page in made("brochure")[0].pages}
    assert "Balloon cavity creation" in said["inside-2"] and "What Is Kyphoplasty?" in said["inside-1"]
    assert "How Do Physicians" in said["inside-3"] and said["flap"].startswith("Frequently")
    handout = made("handout")[0]
    assert len(handout.pages) == 2 and "only a physician can assess" in words(handout.pages[0])


def words(page) -> str:
    lines = sorted((item for item in page.items if isinstance(item, Line)), key=lambda line: line.y)
    return " ".join(" ".join("".join(word.text for run in line.runs for word in run.words) for line in lines).split())


def test_a_cover_takes_no_side():
    """The options in the title are set at one size, in the order of the title."""
    cover = made("brochure")[0].pages[0]
    sizes = {words: item.runs[0].size for item in cover.items if isinstance(item, Line)
             for words in ["".join(word.text for run in item.runs for word in run.words).strip()]}
    assert sizes["Kyphoplasty"] == sizes["Vertebroplasty:"] > 22


def test_a_theme_with_white_words_on_a_pale_option_is_refused():
    calm = read_theme("calm", [ROOT / "layouts" / "shared"], ROOT)
    from generator.model.record import replace

    found = [problem.message for problem in faint(replace(calm, palette={**calm.palette, "option-2": "#e08050"}))]
    assert any("'paper' on 'option-2'" in message for message in found)
    dark = [problem.message for problem in faint(replace(calm, palette={**calm.palette, "cool": "#c0d0d8"}))]
    assert any("'cool' is too dark" in message for message in dark)


def test_the_logo_is_printed_on_the_cover_the_back_and_the_first_page(tmp_path):
    """It stands beside content/publisher.yaml, and its words are read."""
    import shutil

    project = tmp_path / "project"
    shutil.copytree(ROOT / "layouts", project / "layouts")
    shutil.copytree(ROOT / "content", project / "content")
    drawn = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 10"><rect x="1" y="1" width="28" height="8" class="fill-dark"/></svg>'
    (project / "content" / "mark.svg").write_text(drawn, encoding="utf-8")
    logo = 'name: The clinic\nlogo: {file: mark.svg, alt: The mark of the clinic}\n'
    (project / "content" / "publisher.yaml").write_text(logo, encoding="utf-8")
    file = project / "content" / ARTICLE.name / "en.yaml"
    brochure, _ = pages(ProjectFiles(project), Job(file, "brochure", "a4", None))
    shown = [page.name for page in brochure.pages if any(getattr(item, "elem", None) is not None and item.elem.alt == "The mark of the clinic"
                                                         for item in page.items)]
    assert shown == ["cover", "back"]
    handout, _ = pages(ProjectFiles(project), Job(file, "handout", "a4", None))
    assert any(getattr(item, "elem", None) is not None and item.elem.alt == "The mark of the clinic" for item in handout.pages[0].items)


def thin(composition: Composition, story: tuple[str, ...]) -> list[str]:
    """Panels of the story that are filled to less than 80 %, but for the last one and those that lines to write on end."""
    held = {page.name: page for page in composition.pages}
    return [name for name in story[:-1] if held[name].held < 0.8 and held[name].filled < 0.99]


@pytest.mark.parametrize("layout", ["brochure", "z-fold", "accordion", "double-parallel", "half-fold"])
def test_panels_with_story_text_are_filled(layout):
    composition, _ = made(layout)
    assert thin(composition, SPECS[layout].story) == []


def test_an_empty_panel_is_noticed():
    composition, _ = made("accordion")
    composition.pages[1].held = composition.pages[1].filled = 0.5
    assert thin(composition, SPECS["accordion"].story) == [composition.pages[1].name]
