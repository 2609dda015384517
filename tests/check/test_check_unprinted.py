"""Content → story: a text that a layout does not print is told, where its author wrote
it, unless the layout omits it."""

import itertools
import re
import types
from pathlib import Path
from typing import Annotated, Literal, get_args, get_origin

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from project_kit import ROOT, new_project, saved

from generator.check.unprinted import unprinted
from generator.merge.template import merge
from generator.model.content import MANNER, UNPRINTED, Block, Content, Line, Question, Questions, Section, Table
from generator.model.problem import Place, Rejected, Text
from generator.model.record import hint_of, is_record, names, replace
from generator.model.run import Job
from generator.recipe import build as many
from generator.recipe.project import ProjectFiles
from generator.recipe.story import story_of

BLOCKS = (ROOT / "layouts/shared/parts/blocks.html.j2").read_text("utf-8")
SPEC = "title: Plain\nbody: {min: 9, max: 11}\nmargins: {top: 14mm, bottom: 9mm, inner: 24mm}\n"
TEXTS_ONLY = """\
<story><h1>{{ content.title }}</h1>
{% for s in content.sections %}<h2>{{ s.heading|inline }}</h2>
{% for b in s.body %}{{ b.text|text }}{% endfor %}{% endfor %}
</story>"""
CONTENT = """\
format: 1
language: en
title: Trial
keywords: [never printed]
sections:
  - heading: One
    body:
      - text: Breathe out.
      - box: {kind: alert, heading: Danger, text: Call 999 if you cannot breathe.}
"""


@pytest.fixture
def project(tmp_path) -> Path:
    return new_project(tmp_path, layouts=["shared"])


def plain(project: Path, template: str, spec: str = SPEC, **files: str) -> None:
    """The layout `plain` of the project."""
    folder = project / "layouts" / "plain"
    folder.mkdir(exist_ok=True)
    for name, text in {"layout.yaml": spec, "layout.html.j2": template, **files}.items():
        (folder / name).write_text(text, "utf-8")


def content(project: Path, text: str = CONTENT) -> Path:
    return saved(project / "content" / "trial" / "en.yaml", text + "layouts: [plain]\n")


def told(project: Path, path: Path, beside: str | None = None, layout: str = "plain") -> list[str]:
    """What is said of a leaflet up to its story."""
    try:
        story_of(ProjectFiles(project),
                 Job(path, layout, "a4", None, beside=beside and path.with_name(f"{beside}.yaml")))
    except Rejected as rejected:
        return [str(problem) for problem in rejected.problems]
    return []


BOX = (
    "content/trial/en.yaml:9:37: the layout 'plain' does not print this 'box': 'Danger' and 1 more text "
    "(choose another layout, or print it in the layout's template, or name sections.body.box under "
    "omits: of its layout.yaml)"
)


def test_a_layout_that_prints_only_text_blocks_is_told_in_check_and_build(project, tmp_path):
    plain(project, TEXTS_ONLY)
    path = content(project)
    assert [str(problem) for problem in many.check(project, [path])] == [BOX]
    result = many.build(project, [path], output=tmp_path / "out")
    assert [str(problem) for problem in result.problems] == [BOX] and not result.files


def test_what_a_layout_omits_is_not_told(project):
    path = content(project)
    for omits in ("sections", "sections.body", "sections.body.box"):
        plain(project, TEXTS_ONLY, SPEC + f"omits: [{omits}]\n")
        assert told(project, path) == []
    plain(project, TEXTS_ONLY, SPEC + "omits: [sections.body.table]\n")
    assert told(project, path) == [BOX]


EVERYTHING = """\
format: 1
language: en
title: Trial
introduction:
  - text: Text
  - steps: [{text: Step}]
  - table: {columns: [A, B], rows: [{head: C, cells: [D]}]}
  - box: {kind: tip, text: Box}
  - figure: {file: picture.svg, alt: Alt}
  - glossary: [{term: Term, meaning: Meaning}]
  - questions: [{question: Question, answer: Answer}]
  - contact: {name: Name}
  - listing: {kind: numbers, items: [Item]}
  - advice: {do: {heading: Do, items: [Walk]}, dont: {heading: Not, items: [Run]}}
  - quotation: {text: Words, source: Source}
  - writing: {label: Label}
  - passage: {language: tr, text: Söz}
  - gallery: {pictures: [{file: picture.svg, alt: Other}]}
  - beside: {figure: {file: picture.svg, alt: Third}, text: Words beside it}
"""
STORY = (
    '{% import "blocks.html.j2" as blocks with context %}<story><h1>{{ content.title }}</h1>{{ '
    'blocks.blocks(content.introduction, 1) }}</story>')


@pytest.mark.parametrize("key", [None, *(name for name in names(Block) if name not in ("use", "plain", *MANNER))])
def test_a_template_that_forgets_a_key_of_a_block_is_told(project, key):
    path = content(project, EVERYTHING)
    path.with_name("picture.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>')
    parts, count = re.subn(rf"if b\.{key}( is not none)? %}}", "if b.box and not b.box %}", BLOCKS)
    assert count == bool(key)
    plain(project, STORY, **{"blocks.html.j2": parts})
    found = told(project, path)
    if key == "text":  # what a step, a box … says is a text, too
        assert len(found) == 6 and "or name introduction.text under omits:" in found[0]
    else:
        assert len(found) == count
        assert all(f"or name introduction.{key} under omits:" in one for one in found)


@pytest.mark.parametrize(("printed", "whole"), [
    ("{{ content.summary|text }}", True),
    ("<p>{{ content.summary }}</p>", True),
    ("<p>{{ content.summary|trim }}{{ content.summary.strip() }}</p>", True),
    ("{% set s %}<p>{{ content.summary }}</p>{% endset %}{{ s }}", True),
    ("<p>{{ content.summary ~ '!' }}</p>", True),
    ("<p>{{ [content.title, content.summary]|join(' – ') }}</p>", True),
    ("<p>{{ content.summary|replace(',', ';') }}</p>", True),
    ("{% for part in content.summary.split(',') %}<p>{{ part }}</p>{% endfor %}", True),
    ("<p>{% if content.summary %}yes{% endif %}</p>", False),
    ("{% set s %}<p>{{ content.summary }}</p>{% endset %}", False),
    ("<!-- {{ content.summary }} -->", False),
    ("<p id='x{{ content.summary|length }}'>x</p>", False),
    ("<p>{{ content.summary|replace('not ', '') }}</p>", False),
    ("<p>{{ content.summary.split(',')[0] }}</p>", False),
    ("<p>{{ content.summary[:9] }}</p>", False),
    ("</story><footer><p>{{ content.summary }}</p></footer>", False),
])
def test_a_text_is_printed_when_all_its_words_are_in_the_story(project, printed, whole):
    path = content(project, "format: 1\nlanguage: en\ntitle: Trial\nsummary: Take one, not two.\n")
    end = "" if "</story>" in printed else "</story>"
    plain(project, "<story><h1>{{ content.title }}</h1>" + printed + end)
    found = told(project, path)
    assert (found == [] if whole else len(found) == 1
            and "content/trial/en.yaml:4:10: the layout 'plain' does not print this 'summary'" in found[0])


@pytest.mark.parametrize(("title", "missing"), [
    ("{{ content.title }}", 0),
    ("{% for line in content.cover_title %}{{ line }} {% endfor %}", 0),
    ("{{ content.cover_title[0] }}", 2),
])
def test_a_title_and_the_same_broken_into_lines_count_as_one(project, title, missing):
    path = content(project, "format: 1\nlanguage: en\ntitle: A trial\ncover_title: [A, trial]\n")
    plain(project, f"<story><h1>{title}</h1><p>x</p></story>")
    assert len(told(project, path)) == missing


@pytest.mark.parametrize(("printed", "omits", "missing"), [
    ("b.text", "", 0),
    ("b.plain", "", 0),
    ("content.title", "", 1),
    ("content.title", "omits: [introduction.text]\n", 0),
])
def test_a_text_and_the_plainer_one_beside_it_count_as_one(project, printed, omits, missing):
    text = "format: 1\nlanguage: en\ntitle: A trial\nintroduction:\n  - text: Administer it\n    plain: Give it\n"
    path = content(project, text)
    plain(project, f"<story><h1>{{{{ content.title }}}}</h1>{{% for b in content.introduction %}}<p>{{{{ {printed} }}}}"
                   "</p>{% endfor %}</story>", SPEC + omits)
    found = told(project, path)
    assert len(found) == missing and all("'Administer it'" in one for one in found)


def test_what_the_publisher_says_is_told_at_its_own_place(project):
    path = content(project, "format: 1\nlanguage: en\ntitle: Trial\n")
    (project / "content" / "publisher.yaml").write_text("name: Ward 7\naddress: [Street, Town]\n")
    plain(project, "<story><h1>{{ content.title }}</h1><p>{{ content.publisher.name }}</p></story>")
    (found,) = told(project, path)
    assert found.startswith(
        "content/publisher.yaml:2:11: the layout 'plain' does not print this 'address': 'Street' and 1 more text")


def test_of_two_languages_each_is_told(project):
    path = content(project)
    path.with_name("tr.yaml").write_text(CONTENT.replace("language: en", "language: tr"), "utf-8")
    plain(project, TEXTS_ONLY.replace("b.text|text", "(b.text if content.language == 'en')|default(b.text)|text"),
          SPEC + "languages: 2\n")
    assert told(project, path, "tr") == [BOX]


def filled(hint, depth=0, count=itertools.count(1)):
    """A value of a type of the model, with words in every text that layouts print."""
    origin, inner = get_origin(hint), get_args(hint)
    if hint is Block:
        made = {key: filled(hint_of(Block, key), depth + 1) for key in (names(Block) if depth < 2 else ["text"])
                if key not in MANNER}
        beside = {key: made.pop(key) for key in ("plain",) if key in made}
        return [Block(**{key: value}, **(beside if key == "text" else {})) for key, value in made.items()]
    if hint is Section:
        return Section(*(filled(hint_of(Section, key), depth) for key in ("heading", "body")))
    if is_record(hint):
        made = hint(**{key: filled(hint_of(hint, key), depth)
                       for key in names(hint) if key not in ("cover_title", "translation")})
        return replace(made, columns=made.columns * 2) if hint is Table else made
    if origin is Annotated:
        n = next(count)
        value = {"url": f"https://example.org/{n}", "email": f"a{n}@example.org", "date": "2024-05",
                 "period": "2017–2019", "language": "en"}.get(inner[1].kind, f"word{n}")
        return None if UNPRINTED in inner and inner[1].kind != "language" else Text(value, Place("x.yaml", n))
    if origin is Literal:
        return inner[0]
    if origin is list:
        made = [filled(one, depth)
                for one in (get_args(inner[0]) if get_origin(inner[0]) is types.UnionType else inner)]
        return [one for one in (made[0] if inner[0] is Block else made) if one is not None]
    if origin is dict:
        return {} if filled(inner[1]) is None else {"label": filled(inner[1])}
    if origin is None:
        return {bool: False, int: 1, types.NoneType: None}[hint]
    return next(filled(one, depth) for one in inner if one is not types.NoneType)


FILES = ProjectFiles(ROOT)
LAYOUTS = FILES.layout_names()


def left(name: str, content: Content, omits: list[str] | None = None) -> list[str]:
    """What a layout of the project leaves out of a content, and does not omit."""
    layout = FILES.layout(name)
    if omits is not None:
        layout = replace(layout, spec=replace(layout.spec, omits=omits))
    theme = FILES.theme(str(layout.spec.theme), layout)
    leaflet = merge(layout, content, FILES.words_of("en", layout), classes=theme.styles, search=FILES.search(layout),
                    project=ROOT, cover=theme.cover)
    return list(map(str, unprinted(content, leaflet, layout)))


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_layout_prints_every_text_of_the_model_but_what_it_omits(name):
    content = filled(Content)
    assert left(name, content) == []
    omits = FILES.layout(name).spec.omits
    assert [one for one in omits if left(name, content, [other for other in omits if other != one])] == omits


SECTIONS = {
    "text": lambda number: Section(text(), [Block(text=text())]),
    "everything": lambda number: filled(Section),
    "option": lambda number: Section(text(), [Block(text=text())], option=f"option {number}"),
    "compares": lambda number: Section(text(), [Block(text=text()), Block(table=compared())]),
    "option that compares": lambda number: Section(text(), [Block(table=compared())], option=f"option {number}"),
    "sections": lambda number: Section(text(), sections=[Section(text(), [Block(text=text())])]),
}


def text() -> Text:
    return filled(Line)


def compared() -> Table:
    return replace(filled(Table), compare=True, columns=[text(), text(), text()])


@pytest.mark.parametrize("name", ["handout", "large-print", "brochure", "half-fold", "booklet", "gate-fold"])
@example(["option that compares", "option that compares"], set())
@example(["compares", "option", "option"], set())
@example(["compares", "option"], {"figure"})
@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from(sorted(SECTIONS)), max_size=4), st.sets(st.sampled_from(
    ["summary", "category", "figure", "key_points", "introduction", "questions", "publisher", "web", "contacts"])))
def test_no_layout_loses_a_text_whatever_else_is_there(name, kinds, missing):
    sections = [SECTIONS[kind](number) for number, kind in enumerate(kinds)]
    empty = {key: [] if isinstance(getattr(BLANK, key), list) else None for key in missing}
    short = {"introduction": [Block(text=text())],  # blocks of all kinds stand in a section of "everything"
             "questions": Questions([Question(text(), [Block(text=text())])], text())}
    content = replace(filled(Content), sections=sections, options=[f"option {number}" for number in range(4)],
                      **(short | empty))
    assert left(name, content) == []


BLANK = Content(format=1, language="en", title="T")
