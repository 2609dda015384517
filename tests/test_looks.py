"""What the pages promise as a design: how much ink an office printer lays, words that stand out, grounds at the
edges."""

from __future__ import annotations

import shutil

import pytest
from leaflets import FILES, composed
from project_kit import ROOT, new_project

from generator.check.contrast import faint, unreadable
from generator.model.layout import MM, PAPERS
from generator.model.page import Composition, Ground, Line
from generator.model.printing import UNPRINTABLE
from generator.model.run import Job
from generator.read.layout import read_theme
from generator.recipe.leaflet import pages
from generator.recipe.project import ProjectFiles

ARTICLE = ROOT / "content" / "kyphoplasty-vs-vertebroplasty"
MOST = 0.30
"""Part of a side that may be covered with solid ink on an office printer's sheet."""
DARK = 128
"""Lightness, of 255, under which a ground counts as solid."""
SPECS = {name: FILES.layout(name).spec for name in FILES.layout_names()}
FOLDED = tuple(name for name, spec in SPECS.items() if spec.fold)
FLAT = tuple(name for name, spec in SPECS.items() if not spec.fold and spec.languages == 1)


def made(layout: str, theme: str | None = None):
    """The article, for tests that change its pages."""
    return pages(FILES, Job(ARTICLE / "en.yaml", layout, "a4", theme))


def once(layout: str, language: str = "en", paper: str = "a4", theme: str | None = None):
    """The same for tests that change nothing, in any language."""
    return composed(Job(ARTICLE / f"{language}.yaml", layout, paper, theme))


def solid(composition: Composition, page) -> float:
    """Points² of a page's grounds that are solid: the topmost counts (grounds of one page are painted over each
    other)."""
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
    composition, geometry = once(layout, paper=paper)
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
    assert unreadable(once(layout, theme=theme)[0]) == []


def test_words_that_do_not_stand_out_are_told_once():
    composition, _ = made("brochure")
    composition.pages[0].grounds[-1].colour = "#ffffff"
    found = unreadable(composition)
    assert len(found) == 1 and "#ffffff on #ffffff: a contrast of 1.0:1" in found[0].message


@pytest.mark.parametrize("language", ["en", "tr", "ar"])
@pytest.mark.parametrize("layout", ["brochure", "z-fold"])
def test_text_on_a_ground_keeps_away_from_its_edge(layout, language):
    """5 mm at least, between the edge of a panel's ground as an office printer leaves it and the words."""
    composition, geometry = once(layout, language)
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
                        white = [
                            sum(word.width for word in run.words if word.text.isspace()) * run.size for run in runs
                        ]
                        assert (
                            max(run.x + run.width - w for run, w in zip(runs, white))
                            <= page.width - right - 5 * MM + 0.1
                        )


def test_the_comparison_stands_alone_on_its_panel_and_whole_on_page_one():
    said = {page.name: words(page) for page in once("brochure")[0].pages}
    assert "Balloon cavity creation" in said["inside-2"] and "What Is Kyphoplasty?" in said["inside-1"]
    assert "How Do Physicians" in said["inside-3"] and said["flap"].startswith("Frequently")
    handout = once("handout")[0]
    assert len(handout.pages) == 2 and "only a physician can assess" in words(handout.pages[0])


@pytest.mark.parametrize("language", ["en", "tr", "ar"])
def test_on_letter_too_a_handout_has_two_pages_and_the_whole_comparison_on_the_first(language):
    on_paper = [words(page) for page in once("handout", language, "letter")[0].pages]
    last = {"en": "only a physician can assess", "tr": "hekimin değerlendirebileceği", "ar": "الطبيب"}[language]
    assert len(on_paper) == 2 and last in on_paper[0]


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("layout", ["accordion", "double-parallel"])
def test_in_narrow_panels_two_options_are_compared_side_by_side(layout, paper):
    """Each name stands once, above the cells, which stand side by side, and not once in each card."""
    page = next(page for page in once(layout, paper=paper)[0].pages if "Balloon cavity creation" in words(page))
    assert words(page).count("Vertebroplasty") == words(page).count("Kyphoplasty") == 1
    at = {"".join(word.text for run in item.runs for word in run.words).strip(): item.y
          for item in page.items if isinstance(item, Line)}
    assert at["No"] == at["Yes"]


def words(page) -> str:
    lines = sorted((item for item in page.items if isinstance(item, Line)), key=lambda line: line.y)
    return " ".join(" ".join("".join(word.text for run in line.runs for word in run.words) for line in lines).split())


def test_a_cover_takes_no_side():
    """The options in the title are set at one size, in the order of the title."""
    cover = once("brochure")[0].pages[0]
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
    project = new_project(tmp_path / "project")
    shutil.copytree(ROOT / "content", project / "content")
    drawn = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 10"><rect x="1" y="1" width="28" height="8" '
        'class="fill-dark"/></svg>'
    )
    (project / "content" / "mark.svg").write_text(drawn, encoding="utf-8")
    logo = 'name: The clinic\nlogo: {file: mark.svg, alt: The mark of the clinic}\n'
    (project / "content" / "publisher.yaml").write_text(logo, encoding="utf-8")
    file = project / "content" / ARTICLE.name / "en.yaml"
    brochure, _ = pages(ProjectFiles(project), Job(file, "brochure", "a4", None))
    shown = [
        page.name
        for page in brochure.pages
        if any(
            getattr(item, "elem", None) is not None and item.elem.alt == "The mark of the clinic" for item in page.items
        )
    ]
    assert shown == ["cover", "back"]
    handout, _ = pages(ProjectFiles(project), Job(file, "handout", "a4", None))
    assert any(
        getattr(item, "elem", None) is not None and item.elem.alt == "The mark of the clinic"
        for item in handout.pages[0].items
    )


def hollow(composition: Composition, story) -> list[str]:
    """Panels and pages of the story that are less than 80 % full; lines for handwriting count, the last one does
    not."""
    names = [page.name for page in composition.pages if not story or page.name in story]
    return [page.name for page in composition.pages if page.name in names[:-1] and page.filled < 0.8]


TWO_OF_THREE = "two questions of three; the gap between them has its limit, and the text is shorter than the panels"
SHORTER = "the text is shorter than the eight pages, and four do not hold it at 10 points"
OWN_PAGE = "the table takes most of the page before, the first question with its heading most of the page after"
SMALL = "panels of a hand's height: a picture, a table or an answer that is kept whole leaves up to a third empty"
BACK = "whose leaflet it is stands whole on the back; the text before it has a panel more than it needs"
INTRODUCED = "the introduction has a panel of its own, so that each option has one"
HOLLOW: dict[tuple[str, str], dict[str, str]] = {
    ("accordion", "en"): {"inside-1": INTRODUCED},
    ("accordion", "tr"): {"inside-1": INTRODUCED},
    ("accordion", "ar"): {"inside-1": INTRODUCED},
    ("double-parallel", "en"): {"first-1": INTRODUCED},
    ("double-parallel", "tr"): {"first-1": INTRODUCED},
    ("double-parallel", "ar"): {"first-1": INTRODUCED, "inside-2": SHORTER},
    ("large-print", "en"): {"page-4": OWN_PAGE},
    ("booklet", "en"): {"page-2": SHORTER, "page-6": TWO_OF_THREE},
    ("booklet", "tr"): {"page-2": SHORTER, "page-6": TWO_OF_THREE},
    ("booklet", "ar"): {"page-2": SHORTER, "page-3": SHORTER, "page-4": SHORTER},
    ("map-fold", "en"): {**dict.fromkeys(("inside-1", "inside-3"), SMALL), "outside-3": BACK},
    ("map-fold", "ar"): dict.fromkeys(("inside-1", "inside-2", "inside-3", "outside-2"), SMALL),
    ("map-fold", "tr"): {
        **dict.fromkeys(("inside-4", "inside-5", "inside-6"), BACK),
        **dict.fromkeys(("outside-1", "outside-2", "outside-3", "outside-4"), SMALL)},
}
"""Layout and language of the article → panels that are emptier, and why."""


@pytest.mark.parametrize("language", ["en", "tr", "ar"])
@pytest.mark.parametrize("layout", FOLDED + FLAT)
def test_panels_of_the_story_are_filled(layout, language):
    expected = list(HOLLOW.get((layout, language), {}))
    assert hollow(once(layout, language)[0], SPECS[layout].story if SPECS[layout].fold else ()) == expected


WITH_DOORS = ["When a vertebr", "What Is Verteb", "What Is Kyphop", "How Do These T", "How Do Physici"]


@pytest.mark.parametrize("layout, parts", [
    ("accordion", WITH_DOORS), ("double-parallel", WITH_DOORS),
    ("roll-fold", ["When a vertebr", "What Is Verteb", "How Do These T", "How Do Physici", "Frequently Ask"])])
def test_on_eight_panels_each_part_of_the_article_begins_one(layout, parts):
    """The introduction with the picture, the options (each, or both), what compares them, how one decides, the
    questions."""
    composition, _ = once(layout)
    begins = {page.name: " ".join(word.text for item in page.items[:40] if item.__class__ is Line for run in item.runs
                                  for word in run.words) for page in composition.pages}
    found = [" ".join(begins[name].split())[:14] for name in SPECS[layout].story[:5]]
    assert found == parts


def test_an_empty_panel_is_found():
    composition, _ = made("brochure")
    composition.pages[1].filled = 0.79
    assert hollow(composition, SPECS["brochure"].story) == ["inside-1"]
    flat, _ = made("handout")
    flat.pages[0].filled = 0.79
    assert hollow(flat, ()) == ["page-1"]


def roles(elem, role: str = "", known: dict | None = None) -> dict[int, str]:
    """id of each part of the structure tree → the role of the block that it belongs to."""
    known = {} if known is None else known
    role = role if not elem.role or elem.role in ("Span", "Link") else elem.role
    known[id(elem)] = role
    for kid in elem.kids:
        if hasattr(kid, "kids"):
            roles(kid, role, known)
    return known


def gaps(composition: Composition) -> set[tuple[float, float]]:
    """Type size of headings, and the distance of their last baseline from that of the paragraph below."""
    known, found = roles(composition.tree), set()
    for page in composition.pages:
        lines = [item for item in page.items if isinstance(item, Line) and item.runs]
        for line, below in zip(lines, lines[1:]):
            if (known.get(id(line.runs[0].elem)), known.get(id(below.runs[0].elem))) == (
                "H2",
                "P",
            ) and below.y > line.y:
                found.add((round(line.runs[0].size, 1), round(below.y - line.y, 1)))
    return found


@pytest.mark.parametrize("layout", ["brochure", "handout"])
@pytest.mark.parametrize("language", ["en", "tr"])
def test_a_heading_stands_at_one_distance_from_its_text(layout, language):
    found = gaps(once(layout, language)[0])
    assert len(found) == len({size for size, _ in found}) > 0


def test_another_distance_is_found():
    composition, _ = made("brochure")
    found = gaps(composition)
    known = roles(composition.tree)
    page, number = next(
        (page, k)
        for page in composition.pages
        for k, item in enumerate(page.items)
        if isinstance(item, Line)
        and item.runs
        and known.get(id(item.runs[0].elem)) == "H2"
        and isinstance(page.items[k + 1], Line)
        and known.get(id(page.items[k + 1].runs[0].elem)) == "P"
    )
    page.items[number].y -= 3
    assert len(gaps(composition)) == len(found) + 1


def beyond(composition: Composition, geometry) -> list[str]:
    """Words nearer to the paper's edge than an office printer reaches."""
    if geometry.sides:
        placed = [(next(page for page in composition.pages if page.name == one.panel), one, side)
                  for side in geometry.sides for one in side.placements
                  if one.panel in {page.name for page in composition.pages}]
        frames = [(page, one.x, one.y, side.width, side.height) for page, one, side in placed if not one.turned]
    else:
        frames = [(page, 0.0, 0.0, page.width, page.height) for page in composition.pages]
    return ["".join(word.text for run in item.runs for word in run.words)
            for page, x, y, width, height in frames for item in [*page.items, *page.furniture]
            if isinstance(item, Line) and item.runs
            and (x + item.runs[0].x < UNPRINTABLE or x + item.runs[-1].x + item.runs[-1].width > width - UNPRINTABLE + 3
                 or y + item.y - item.runs[0].size * 0.7 < UNPRINTABLE or y + item.y > height - UNPRINTABLE)]


@pytest.mark.parametrize("layout", ["brochure", "gate-fold", "half-fold", "accordion", "handout", "large-print"])
def test_words_keep_away_from_the_papers_edge(layout):
    assert beyond(*once(layout)) == []


def test_words_near_the_papers_edge_are_found():
    composition, geometry = made("brochure")
    line = next(item for item in composition.pages[0].items if isinstance(item, Line) and item.runs)
    line.y = 4.0
    assert len(beyond(composition, geometry)) == 1


@pytest.mark.parametrize(
    ("layout", "theme"), [("brochure", None), ("gate-fold", None), ("handout", None), ("brochure", "clinic")]
)
def test_words_stand_out_in_grey_as_well(layout, theme):
    composition, _ = made(layout, theme=theme)
    for page in composition.pages:
        in_grey(page)
    assert unreadable(composition) == []


def in_grey(page) -> None:
    """Turn the colours of a page to the grey that a printer without colour makes of them."""
    def turned(colour):
        return colour and "#" + f"{round(grey(colour)):02x}" * 3

    for ground in page.grounds:
        ground.colour = turned(ground.colour)
    for item in page.items:
        for one in item.runs if isinstance(item, Line) else [item]:
            for key in ("colour", "fill", "stroke"):
                if isinstance(getattr(one, key, None), str):
                    setattr(one, key, turned(getattr(one, key)))


def test_every_kind_has_a_sign_in_three_inks_that_runs_into_the_paper_below():
    """Words never stand on what is lit or white: that begins below the top of the view, which stands below the
    title."""
    from typing import get_args

    from generator.model.content import Kind
    from generator.model.signs import KINDS

    assert set(get_args(Kind)) == set(KINDS)
    for kind in KINDS:
        file = ROOT / "layouts" / "shared" / "pictures" / f"cover-{kind}.svg"
        drawing = FILES.picture(file, file.name)
        view = drawing.views[0]
        inks = {shape.fill for shape in drawing.shapes}
        assert inks <= {"ghost", "ghost-light", "lit", "paper"} and {"lit", "paper"} <= inks
        points = {
            ink: [op[-1] for shape in drawing.shapes if shape.fill == ink for op in shape.path if len(op) > 1]
            for ink in inks
        }
        assert min(points["lit"] + points["paper"]) >= view.y and max(points["paper"]) > view.y + view.height


def test_a_leaflets_kind_gives_its_cover_a_sign_below_the_title():
    cover = pages(FILES, Job(ROOT / "tests" / "samples" / "going-home" / "en.yaml", "brochure", "a4", None))[0].pages[0]
    field = next(ground for ground in cover.grounds if ground.art)
    title = max(line.y for line in cover.items if isinstance(line, Line) and line.y < field.height)
    light = [shape for shape in field.art if shape.fill in ("#ffffff", "#ffcfae")]
    assert len(light) == 7
    assert min(shape.y + shape.scale * op[-1] for shape in light for op in shape.path if len(op) > 1) > title
