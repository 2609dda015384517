"""Every layout of the project, on both papers, with the project's article and with any other: what it promises."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fold_kit import faults
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from leaflets import FILES, KNOWN, composed, kept
from painting import out_of_order, unmarked
from project_kit import ROOT
from referees import transcript, verapdf
from test_words import ARTICLES, content_of, first_missing, pieces

from generator.check.contrast import faint
from generator.model.content import (
    Block,
    Box,
    Contact,
    Content,
    Disclaimer,
    Question,
    Questions,
    Row,
    Section,
    Step,
    Table,
)
from generator.model.layout import MM, PAPERS
from generator.model.page import Line
from generator.model.problem import Overfull, Place, Rejected, Text
from generator.model.record import replace
from generator.model.run import Job
from generator.recipe import build as many
from generator.recipe.leaflet import make, pages
from generator.recipe.story import story_of

WORDS = next(file for file in ARTICLES if file.stem.endswith("-en"))
ARTICLE = content_of(WORDS)
SPECS = {name: FILES.layout(name).spec for name in FILES.layout_names()}
LAYOUTS = tuple(name for name, spec in SPECS.items() if spec.languages == 1)
FOLDED = tuple(name for name in LAYOUTS if SPECS[name].fold)
BOUND = tuple(name for name in LAYOUTS if SPECS[name].imposition)
FLAT = tuple(name for name in LAYOUTS if name not in FOLDED + BOUND)
EACH = [(layout, paper) for layout in LAYOUTS for paper in PAPERS]


def article(layout: str, paper: str = "a4"):
    return composed(Job(ARTICLE, layout, paper, None))


def anew(path: Path, layout: str):
    return pages(FILES, Job(path, layout, "a4", None))


def sizes(composition) -> set[float]:
    """Of all type on the pages."""
    return {
        round(run.size, 3)
        for page in composition.pages
        for item in (*page.items, *page.furniture) if isinstance(item, Line)
        for run in item.runs
    }


# ── the article ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    output = tmp_path_factory.mktemp("layouts")
    with kept() as found:
        result = many.build(ROOT, [ARTICLE], layouts=LAYOUTS, output=output, force=True, workers=1)
    KNOWN.update(found)
    assert not result.failed, result.problems
    return result.files


def test_every_layout_is_built_on_both_papers(built):
    names = {file.name for file in built}
    for layout, paper in EACH:
        stem = f"{ARTICLE.parent.name}-en-{layout}-{paper}"
        assert f"{stem}.pdf" in names
        assert (f"{stem}-sheet.pdf" in names) == (layout not in FLAT)


def test_every_file_is_accessible_and_made_to_last(built):
    assert {file.name: found for file, found in verapdf(built).items() if found} == {}


def test_everything_painted_is_marked_and_in_the_order_in_which_it_is_read(built):
    assert {file.name: found for file in built if (found := unmarked(file))} == {}
    assert {file.name: found for file in built if (found := out_of_order(file))} == {}


def test_the_words_are_the_same_in_every_layout_but_the_summary(built):
    wanted = pieces(WORDS)
    lost = {
        file.name: first_missing(wanted, "\n".join(transcript(file))) for file in built if "-summary-" not in file.name
    }
    assert lost == dict.fromkeys(lost)
    assert len(lost) == len(built) - 2 == 4 * len(FOLDED + BOUND) + 2 * len(FLAT) - 2


@pytest.mark.parametrize(("layout", "paper"), EACH)
def test_type_stays_in_its_range(layout, paper):
    composition, _ = article(layout, paper)
    body = FILES.layout(layout).spec.body
    assert body.min <= composition.body_size <= body.max
    assert min(sizes(composition)) >= 9


@pytest.mark.parametrize(("layout", "paper"), EACH)
def test_nothing_lies_on_a_fold(layout, paper):
    assert faults(*article(layout, paper)) == []


@pytest.mark.parametrize(("layout", "paper"), EACH)
def test_the_table_stays_whole_and_no_heading_is_stranded(layout, paper):
    composition, _ = article(layout, paper)
    first, last = "Balloon cavity creation", "Pain relief, stabilization, and possible height"
    said = [
        " ".join("".join(w.text for r in item.runs for w in r.words) for item in page.items if isinstance(item, Line))
        for page in composition.pages
    ]
    said = [" ".join(text.split()) for text in said]
    if layout not in ("large-print", "map-fold"):  # it is longer than a page there
        assert [i for i, text in enumerate(said) if first in text] == [
            i for i, text in enumerate(said) if last.split()[-1] in text and "Common use case" in text
        ]
    for text in said:
        assert not text.endswith(
            ("Vertebroplasty?", "Kyphoplasty?", "Compare?", "Between the Two?", "Frequently Asked Questions")
        )


# ── what single layouts promise ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("paper", PAPERS)
def test_large_print_is_large_and_dark(paper):
    composition, _ = article("large-print", paper)
    spec = FILES.layout("large-print").spec
    assert spec.body.leading >= 1.5 and composition.body_size >= 18
    assert min(size for page in composition.pages for item in page.items if isinstance(item, Line)
               for run in item.runs for size in [run.size]) >= 14
    assert faint(FILES.theme(spec.theme, FILES.layout("large-print")), 7.0) == []
    assert faint(FILES.theme("calm", FILES.layout("handout")), 7.0) != []


@pytest.mark.parametrize("paper", PAPERS)
def test_the_booklet_uses_its_sheets_and_has_its_back_behind(paper):
    composition, geometry = article("booklet", paper)
    assert len(composition.pages) % 4 == 0
    outer = geometry.sides[0]
    assert [placement.panel for placement in outer.placements] == [f"page-{len(composition.pages)}", "page-1"]


@pytest.mark.parametrize(("file", "layout"), [
    ("content/kyphoplasty-vs-vertebroplasty/ar.yaml", "booklet"), ("tests/samples/four-ways/en.yaml", "map-fold"),
])  # fmt: skip
def test_a_title_stays_on_the_one_field_of_a_cover(file, layout):
    """Not on its picture, and not below it: white words on white are refused."""
    make(FILES, Job(ROOT / file, layout, "letter", "clinic"))


def test_a_map_fold_keeps_whole_whose_leaflet_it_is():
    composition, _ = article("map-fold", "letter")
    said = [" ".join(word.text for item in page.items if isinstance(item, Line) for run in item.runs
                     for word in run.words) for page in composition.pages]
    assert said[-1].count("INVAMED") == 2 and "2021" in said[-1]  # the house, and who wrote it


def test_the_summary_is_one_page_with_what_must_be_said():
    content = FILES.content(ARTICLE)
    file = ARTICLE.with_name("made-up.yaml")
    FILES.contents[file] = replace(
        content,
        key_points=[Text("Ask about both.", Place("made-up.yaml"))],
        contacts=[Contact(phone="+00 12 34", name="The ward")],
    )
    composition, _ = anew(file, "summary")
    said = words_of(composition)
    assert len(composition.pages) == 1
    assert "Ask about both." in said and "minimally invasive procedures for" not in said
    assert "Balloon cavity creation" in said and "The ward" in said
    assert "Medical Disclaimer" in said and "Reviewed by" in said
    plain = words_of(article("summary")[0])
    assert "minimally invasive procedures for" in plain


def test_the_web_address_stands_at_the_end_with_a_code(tmp_path):
    file = ARTICLE.with_name("made-up.yaml")
    web = "https://example.org/kyphoplasty-vs-vertebroplasty"
    FILES.contents[file] = replace(FILES.content(ARTICLE), web=Text(web, Place("made-up.yaml")))
    for layout in LAYOUTS:
        with kept() as found:
            made = make(FILES, job := Job(file, layout, "a4", None)).files
        for name, data in made.items():
            (tmp_path / name).write_bytes(data)
            said = transcript(tmp_path / name)
            assert said.count(f"QR code: {web}") == 1, name
            at = said.index(f"QR code: {web}")
            assert said[at - 1].split() == ["Web:", web] and "Medical Disclaimer" in "\n".join(said[:at])
        assert faults(*found[job]) == []
    some = [file for file in tmp_path.iterdir() if "-half-fold-" in file.name or "-summary-" in file.name]
    assert not any(verapdf(some).values())


def test_templates_come_to_an_end_with_many_sections_and_questions():
    """A loop within a loop over them is stopped as one that does not come to an end."""
    file, said = ARTICLE.with_name("made-up-long.yaml"), FILES.content(ARTICLE)
    FILES.contents[file] = replace(said, sections=said.sections * 50, questions=replace(
        said.questions, items=said.questions.items * 50))
    for layout in LAYOUTS:
        assert story_of(FILES, Job(file, layout, "a4", None)).leaflet.title


def words_of(composition) -> str:
    return " ".join("".join(word.text for run in item.runs for word in run.words)
                    for page in composition.pages for item in page.items if isinstance(item, Line)).replace("  ", " ")


# ── any content ──────────────────────────────────────────────────────────────────────────────────────────────────────

word = st.one_of(
    st.sampled_from(["a", "is", "the", "bone", "heart", "of", "procedure", "physician", "polymethylmethacrylate"]),
    st.text("abcdefgh", min_size=1, max_size=40),
)
line = st.lists(word, min_size=1, max_size=9).map(" ".join)
prose = st.lists(word, min_size=1, max_size=70).map(" ".join)
table = st.integers(1, 4).flatmap(lambda columns: st.builds(
    Table, columns=st.lists(line, min_size=columns + 1, max_size=columns + 1),
    rows=st.lists(st.builds(Row, head=line, cells=st.lists(line, max_size=columns)), min_size=1, max_size=6)))
block = st.one_of(
    st.builds(Block, text=prose),
    st.builds(Block, table=table),
    st.builds(
        Block,
        box=st.builds(
            Box, kind=st.sampled_from(["alert", "call", "note", "tip"]),
            text=prose.map(lambda text: [Block(text=text)]), heading=line,
        ),
    ),
    st.builds(
        Block, steps=st.lists(st.builds(Step, text=prose.map(lambda text: [Block(text=text)])), min_size=1, max_size=4)
    ),
)
section = st.builds(Section, heading=line, body=st.lists(block, max_size=3))
content = st.builds(
    Content,
    format=st.just(1),
    language=st.sampled_from(["en", "ar"]),
    title=line,
    summary=st.none() | prose,
    key_points=st.lists(line, max_size=3),
    sections=st.lists(section, max_size=4),
    web=st.none() | st.builds("https://example.org/{}".format, st.text("abc/-", max_size=120)),
    questions=st.none()
    | st.builds(
        Questions,
        items=st.lists(
            st.builds(Question, question=line, answer=prose.map(lambda text: [Block(text=text)])), min_size=1,
            max_size=3,
        ),
    ),
    disclaimer=st.none() | st.builds(Disclaimer, text=prose),
)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(content, st.sampled_from(LAYOUTS), st.sampled_from(sorted(PAPERS)))
def test_any_content_keeps_off_the_folds_or_is_told_to_be_too_long(content, layout, paper):
    file = ROOT / "content" / "made-up" / "any.yaml"
    files = replace(FILES, contents={file: content})
    try:
        composition, geometry = pages(files, Job(file, layout, paper, None))
    except Overfull as full:
        assert all(
            re.search("mm too much|no panel takes this", problem.message) and problem.place for problem in full.problems
        )
        return
    assert faults(composition, geometry) == []


def test_what_lies_on_a_fold_is_found():
    composition, geometry = anew(ARTICLE, "brochure")
    panel, page = geometry.panels[2], composition.pages[2]
    moved = next(item for item in page.items if isinstance(item, Line))
    for run in moved.runs:
        run.x -= panel.left - 2 * MM
    (fault,) = faults(composition, geometry)
    assert fault.startswith("inside, inside-2: ") and fault.endswith(" lies within 3 mm of the fold")
    for run in moved.runs:
        run.x += panel.left - 2 * MM
    next(item for item in page.items if isinstance(item, Line)).y = 20.0
    assert any(fault.endswith("lies where printers do not reach") for fault in faults(composition, geometry))


# ── what does not fit ────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_is_too_long_is_told_with_a_way_out():
    file = ARTICLE.with_name("made-up.yaml")
    content = FILES.content(ARTICLE)
    much = Text("many words that say little " * 110, Place("made-up.yaml", 7, 3))
    longer = replace(content.sections[3], body=[Block(text=much)])
    FILES.contents[file] = replace(content, sections=[*content.sections[:3], longer])
    with pytest.raises(Overfull) as full:
        anew(file, "half-fold")
    (problem,) = full.value.problems
    assert problem.message.startswith("half-fold, A4: panel 'back' is full at 9 pt: ")
    assert "for instance from 'How Do Physicians Decide Between the Two?', which has 554" in problem.hint
    rooms = problem.hint.rsplit("; ", 1)[1]
    assert rooms.endswith("have room") and "summary" not in rooms
    anew(file, rooms.split(", ")[0])


@pytest.mark.parametrize("layout", ["accordion", "half-fold", "summary"])
def test_what_no_panel_takes_is_told_at_its_place(layout, tmp_path):
    (tmp_path / "tall.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 400"><path d="M0 0H20V400Z" class="fill-mid"/></svg>'
    )
    file = tmp_path / "en.yaml"
    file.write_text(
        "format: 1\nlanguage: en\ntitle: A tall picture\nsections:\n  - heading: Here\n    body:\n      - figure: "
        "{file: tall.svg, alt: A wedge}\n"
        "      - table: {columns: [A, B], rows: [{head: C, cells: [D]}]}\n"
    )
    if layout == "summary":  # leaves pictures out
        anew(file, layout)
        return
    with pytest.raises(Overfull) as full:
        anew(file, layout)
    (problem,) = full.value.problems
    assert (
        str(problem.place).endswith("en.yaml:7:24")
        and "no panel takes this: at 9 pt it is 400 mm high" in problem.message
        and problem.place.file == str(file)
    )


def test_a_layout_that_no_one_has():
    with pytest.raises(Rejected, match="did you mean 'z-fold'"):
        anew(ARTICLE, "zfold")
