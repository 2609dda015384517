"""Two languages side by side: what stands beside what, the order in which it is read, and what the second file must be
like."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pikepdf
import pytest
from painting import out_of_order, unmarked
from project_kit import ROOT, new_project, saved
from referees import structure, transcript, verapdf
from traced import trace, tree

from generator.model.problem import Rejected
from generator.model.run import Event, Job
from generator.recipe import build as many
from generator.recipe import find
from generator.recipe.leaflet import pages
from generator.recipe.project import ProjectFiles

GOLDEN = Path(__file__).with_name("golden") / "bilingual.txt"
ARTICLE = ROOT / "content" / "kyphoplasty-vs-vertebroplasty"
SAMPLE = ROOT / "tests" / "samples" / "everything"
PAIRS = [
    (ARTICLE, "en", "ar"), (ARTICLE, "tr", "en"), (ARTICLE, "ar", "tr"), (SAMPLE, "en", "ar"), (SAMPLE, "ar", "en"),
]

ENGLISH = """\
format: 1
language: en
title: Your inhaler
key_points: [Shake it., Rinse your mouth.]
sections:
  - heading: How to use it
    body:
      - text: |
          Breathe out.

          - slowly
          - all the way
      - steps:
          - text: Take off the cap.
      - box: {kind: tip, text: Wait a minute.}
  - heading: How much
    body:
      - table:
          columns: [When, Puffs]
          rows:
            - head: Morning
              cells: ["2"]
            - head: Evening
      - table:
          columns: [When, Adults, Children]
          rows:
            - group: Every day
              rows:
                - head: Morning
                  cells: ["2", "1"]
questions:
  items:
    - question: May I use it before sport?
      answer: Yes.
disclaimer: {text: Made up.}
review: {reviewed: 2025-11-02}
layouts: [handout]
"""
PERSIAN = """\
format: 1
language: fa
title: اسپری شما
key_points: [تکانش دهید., دهان خود را بشویید.]
sections:
  - heading: روش استفاده
    body:
      - text: |
          نفس را بیرون دهید.

          - آهسته
          - کامل
      - steps:
          - text: درپوش را بردارید.
      - box: {kind: tip, text: یک دقیقه صبر کنید.}
  - heading: چه مقدار
    body:
      - table:
          columns: [زمان, پاف]
          rows:
            - head: صبح
              cells: ["2"]
            - head: عصر
      - table:
          columns: [زمان, بزرگسالان, کودکان]
          rows:
            - group: هر روز
              rows:
                - head: صبح
                  cells: ["2", "1"]
questions:
  items:
    - question: پیش از ورزش؟
      answer: بله.
disclaimer: {text: ساختگی.}
review: {status: unreviewed-translation, reviewed: 2025-11-02, reviewer: مترجم}
layouts: [handout]
"""


@pytest.fixture
def project(tmp_path) -> Path:
    return new_project(tmp_path, {"inhaler/en.yaml": ENGLISH, "inhaler/fa.yaml": PERSIAN},
                       ["handout", "brochure", "bilingual", "shared"])


def write(project: Path, language: str, text: str) -> Path:
    return saved(project / "content" / "inhaler" / f"{language}.yaml", text)


def build(project: Path, names=("inhaler/en",), beside: str | None = "fa", **options):
    events: list[Event] = []
    result = many.build(
        project, find.contents(project, names), beside=beside, papers=["a4"], tell=events.append, **options
    )
    return result, {event.file.name: event.kind for event in events if event.file}


def said(project: Path, **options) -> list[str]:
    return [str(problem).removeprefix("content/inhaler/") for problem in build(project, **options)[0].problems]


# ── on paper ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def composed(project: Path, first: str = "en", second: str = "fa"):
    folder = project / "content" / "inhaler"
    job = Job(folder / f"{first}.yaml", "bilingual", "a4", None, beside=folder / f"{second}.yaml")
    return pages(ProjectFiles(project), job)[0]


def test_everything_stands_where_it_stood(project):
    composition = composed(project)
    text = trace(composition) + "\n" + tree(composition)
    if os.environ.get("GOLDEN") == "write":
        GOLDEN.parent.mkdir(exist_ok=True)
        GOLDEN.write_text(text, encoding="utf-8")
    assert text == GOLDEN.read_text(encoding="utf-8")


def places(composition) -> list[tuple[str, float, float]]:
    """(words, x, baseline) of every line."""
    lines = [item for page in composition.pages for item in page.items if type(item).__name__ == "Line"]
    return [
        ("".join(word.text for run in line.runs for word in run.words).strip(), min(run.x for run in line.runs), line.y)
        for line in lines
    ]


def pairs_of(composition, *couples: tuple[str, str]):
    found = places(composition)
    for one, other in couples:
        yield next(place for place in found if place[0] == one), next(place for place in found if place[0] == other)


COUPLES = [
    ("Your inhaler", "اسپری شما"), ("How to use it", "روش استفاده"), ("Take off the cap.", "درپوش را بردارید."),
    ("Wait a minute.", "یک دقیقه صبر کنید."), ("How much", "چه مقدار"), ("May I use it before sport?", "پیش از ورزش؟"),
    ("Made up.", "ساختگی."),
]


@pytest.mark.parametrize(("first", "second"), [("en", "fa"), ("fa", "en")])
def test_blocks_begin_level_with_their_translations(project, first, second):
    for (_, left, one), (_, right, other) in pairs_of(composed(project, first, second), *COUPLES):
        assert one == pytest.approx(other)
        assert left < 297.6 < right


def test_numbers_are_those_of_each_language(project):
    (one, other), *_ = pairs_of(composed(project), ("1", "۱"))
    assert one[2] == other[2]


def test_facts_that_only_one_has_stand_beside_no_other_fact(project):
    """The Persian side also says who reviewed it: what is known of each stands on its side, whole."""
    said = re.findall(r"· '(.*(?:reviewed|بازبینی).*)'", tree(composed(project)))
    assert [line.split(":")[0] for line in said] == [
        "این ترجمه هنوز بازبینی نشده است", "Last reviewed", "بازبینی", "آخرین بازبینی",
    ]


def test_wide_tables_keep_the_width_and_stand_under_each_other(project):
    (one, other), = pairs_of(composed(project), ("Children", "کودکان"))
    assert other[2] > one[2] + 20
    (one, other), = pairs_of(composed(project), ("Puffs", "پاف"))
    assert other[2] == one[2]


def test_a_long_pair_goes_on_over_the_end_of_a_page(project):
    words = " ".join(f"word{n}" for n in range(900))
    write(project, "en", ENGLISH.replace("Made up.", words))
    write(project, "fa", PERSIAN.replace("ساختگی.", words))
    composition = composed(project)
    feet = [max(item.y for item in page.items if type(item).__name__ == "Line") for page in composition.pages]
    assert len(feet) > 3
    assert min(feet[1:-1]) > 0.9 * composition.pages[0].height  # the pair begins on the second page


# ── as a file ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> dict[tuple, tuple[Path, Path, Path]]:
    """Pair → its PDF, and those of each language alone."""
    output = tmp_path_factory.mktemp("bilingual")
    out = {}
    for folder, first, second in PAIRS:
        both = many.build(ROOT, [folder / f"{first}.yaml"], beside=second, papers=["a4"], output=output)
        alone = many.build(
            ROOT, [folder / f"{first}.yaml", folder / f"{second}.yaml"], layouts=["a5"], papers=["a4"], output=output
        )
        assert not both.failed, both.problems
        read = [file for file in alone.files if not file.stem.endswith("-sheet")]
        out[folder, first, second] = (*both.files, *read)
    return out


each = pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair[0].name}-{pair[1]}+{pair[2]}")


def test_the_file_is_named_after_both_languages(built):
    assert built[PAIRS[0]][0].name == "kyphoplasty-vs-vertebroplasty-en+ar-bilingual-a4.pdf"


def test_it_keeps_both_standards(built):
    files = [files[0] for files in built.values()]
    assert {file.name: faults for file, faults in verapdf(files).items() if faults} == {}
    assert [fault for file in files for fault in (*unmarked(file), *out_of_order(file))] == []


@each
def test_both_languages_are_there_whole_and_in_order(built, pair):
    both, one, other = map(transcript, built[pair])
    rest = list(both)
    for blocks in (one, other):
        at = 0
        for block in blocks:
            assert block in rest[at:], block
            at = rest.index(block, at)
            del rest[at]
    assert rest == []


@each
def test_a_heading_is_read_before_its_translation_and_nothing_between(built, pair):
    headings = [
        re.findall(r"^ *(H\d)\n +(?:Span ActualText=|')(.*?)'?$", structure(file), re.MULTILINE) for file in built[pair]
    ]
    assert headings[0] == [heading for couple in zip(*headings[1:], strict=True) for heading in couple]


def test_each_block_says_its_language_and_the_document_that_of_the_first(built):
    both = built[PAIRS[0]][0]
    languages = re.findall(r"^ *Div Lang=(\w+)", structure(both), re.MULTILINE)
    assert set(languages) == {"en", "ar"}
    assert languages[:2] == ["en", "ar"]
    with pikepdf.open(both) as pdf:
        assert str(pdf.Root.Lang) == "en"


# ── the second file ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("      - box: {kind: tip, text: یک دقیقه صبر کنید.}\n", "", "6:5: section 1 has 2 blocks, en.yaml has 3"),
        ("kind: tip", "kind: note", "15:21: section 1, block 3 is 'note', in en.yaml it is 'tip'"),
        ("            - head: عصر\n", "", "19:11: section 2, block 1 has 1 row, en.yaml has 2"),
        ("            - head: عصر\n",
         "            - head: عصر\n            - head: شب\n",
         "24:15: section 2, block 1 has 3 rows, en.yaml has 2"),
        ('            - head: صبح\n              cells: ["2"]\n            - head: عصر',
         "            - head: صبح\n            - head: عصر",
         "21:15: section 2, block 1, row 1 has no cells, en.yaml has 1"),
        ("columns: [زمان, پاف]", "columns: [زمان, پاف, قرص]", "19:32: section 2, block 1 has 3 columns, en.yaml has 2"),
        ("          نفس را بیرون دهید.\n\n",
         "",
         "9:11: 'text' of section 1, block 1 has 1 list, en.yaml has 1 paragraph, 1 list"),
        ("disclaimer: {text: ساختگی.}\n", "", "1:1: this leaflet has no 'disclaimer', en.yaml has one"),
        ("  - heading: چه مقدار\n",
         "  - heading: چه مقدار\n    body: متن.\n  - heading: چه\n",
         "18:5: this leaflet has 3 sections, en.yaml has 2"),
        ("key_points: [تکانش دهید., دهان خود را بشویید.]\n", "", "1:1: this leaflet has no key points, en.yaml has 2"),
        ("      - steps:\n          - text: درپوش را بردارید.\n",
         "      - text: درپوش را بردارید.\n",
         "13:9: section 1, block 2 is 'text', in en.yaml it is 'steps'"),
    ],
)  # fmt: skip
def test_a_second_file_that_is_made_otherwise_is_a_located_problem(project, old, new, message):
    assert old in PERSIAN
    write(project, "fa", PERSIAN.replace(old, new))
    (problem,) = said(project)
    assert (
        problem.removesuffix(" (set side by side, both files have the same blocks in the same order)")
        == "fa.yaml:" + message
    )


def test_dates_reviewers_and_addresses_may_differ(project):
    write(project, "fa", PERSIAN.replace("2025-11-02", "2026-01-05"))
    assert said(project) == []


def test_the_second_language_must_be_there(project):
    assert said(project, beside="tr") == [
        "tr.yaml:1:1: the file is not there (--with names another language of the leaflet)"
    ]
    assert said(project, beside="en") == [
        "en.yaml:1:1: the file stands beside itself (--with names another language of the leaflet)"
    ]


def test_of_several_files_each_has_the_language_beside_it_but_that_language_itself(project):
    assert set(build(project, ["inhaler"])[1]) == {"inhaler-en+fa-bilingual-a4.pdf"}


# ── which layouts ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_layout_sets_as_many_languages_as_it_says(project):
    assert said(project, layouts=["handout"]) == [
        "the layout 'handout' sets one language (leave --with away, or --layout)"
    ]
    assert said(project, beside=None, layouts=["bilingual"]) == [
        "the layout 'bilingual' sets two languages side by side (leaflet build inhaler/en --with LANGUAGE)"]


def test_a_content_file_that_lists_it_is_told_where(project):
    write(project, "en", ENGLISH.replace("[handout]", "[handout, bilingual]"))
    problems = many.check(project, find.contents(project, ["inhaler/en"]))
    assert [str(problem.place) for problem in problems] == ["content/inhaler/en.yaml:37:20"]


def test_all_layouts_are_all_that_set_so_many_languages(project):
    assert set(build(project, layouts=["all"])[1]) == {"inhaler-en+fa-bilingual-a4.pdf"}
    alone = set(build(project, beside=None, layouts=["all"])[1])
    assert alone > {"inhaler-en-handout-a4.pdf", "inhaler-en-brochure-a4.pdf", "inhaler-en-brochure-a4-sheet.pdf"}
    assert not any("bilingual" in name for name in alone)


def test_a_folded_layout_sets_one_language(project):
    file = project / "layouts" / "brochure" / "layout.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "languages: 2\n", encoding="utf-8")
    with pytest.raises(Rejected, match="flat pages only"):
        ProjectFiles(project).layout("brochure")


def test_any_flat_layout_may_set_two(project):
    file = project / "layouts" / "handout" / "layout.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "languages: 2\n", encoding="utf-8")
    assert set(build(project, layouts=["handout"])[1]) == {"inhaler-en+fa-handout-a4.pdf"}


# ── up to date ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_it_is_built_again_when_either_file_has_changed(project):
    name = "inhaler-en+fa-bilingual-a4.pdf"
    assert build(project)[1] == {name: "built"}
    assert build(project)[1] == {name: "kept"}
    write(project, "fa", PERSIAN.replace("بله", "نه"))
    assert build(project)[1] == {name: "built"}
    assert build(project)[1] == {name: "kept"}
    write(project, "en", ENGLISH.replace("Yes", "No"))
    assert build(project)[1] == {name: "built"}
