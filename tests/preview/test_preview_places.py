"""Every painted word knows the place of its characters: counted, for the whole article, in its files and on the PDF."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pypdfium2
import pytest
from preview_kit import ARTICLE
from project_kit import ROOT

from generator.recipe.live import Live, Shown
from generator.recipe.painted import Painted

LEAFLETS = [(language, layout) for language in ("en", "ar", "tr") for layout in ("handout", "brochure", "booklet")]


@pytest.fixture(scope="module")
def live() -> Live:
    return Live(ROOT)


def shown(live: Live, language: str, layout: str) -> Shown:
    content = live.root / "content" / ARTICLE / f"{language}.yaml"
    return live.make(live.job(content, layout, "a4", None))


@cache
def lines(file: str) -> list[str]:
    return (ROOT / file).read_text(encoding="utf-8").split("\n")


def stands(word: Painted) -> bool:
    """Whether the characters at the place of a word are that word."""
    return lines(word.place.file)[word.place.line - 1].startswith(word.text, word.place.column - 1)


def wrong(words: list[Painted]) -> list[str]:
    return [f"{word.text} is not at {word.place}" for word in words if word.kind == "exact" and not stands(word)]


@pytest.mark.parametrize(("language", "layout"), LEAFLETS)
def test_every_word_of_the_article(live, language, layout):
    leaflet = shown(live, language, layout)
    words = [word for number in range(len(leaflet.composition.pages)) for word in leaflet.words(number)]
    kinds = Counter(word.kind for word in words)
    assert kinds["exact"] > 600
    assert not wrong(words)
    # What is not written as it is printed: a date, numbers of pages, a sign that stands in the layout.
    assert [word.text for word in words if word.kind == "made"] == {
        "en": ["June", "22,", "2021"], "ar": ["22", "يونيو", "2021"], "tr": ["22", "Haziran", "2021"]}[language]
    assert all(stands_date(word) for word in words if word.kind == "made")
    assert all(word.text.isdecimal() for word in words if word.kind == "number")
    assert {word.text for word in words if word.kind == "template"} <= {"·"}
    assert all(word.place.file.startswith("layouts/") for word in words if word.kind == "template")
    files = {word.place.file for word in words if word.kind == "exact"}
    assert files <= {f"content/{ARTICLE}/{language}.yaml", "content/publisher.yaml",
                     f"layouts/shared/words/{language}.yaml"}
    assert len(files) == 3, "the publisher's words and the fixed phrases lead to their own files"


def stands_date(word: Painted) -> bool:
    return lines(word.place.file)[word.place.line - 1].startswith("2021-06-22", word.place.column - 1)


def test_a_wrong_place_is_found(live):
    words = shown(live, "en", "brochure").words(1)
    first = next(word for word in words if word.kind == "exact")
    moved = type(first)(first.x, first.y, first.width, first.height, first.text,
                        type(first.place)(first.place.file, first.place.line, first.place.column + 1), "exact")
    assert not wrong([first])
    assert wrong([moved])


@pytest.mark.parametrize("layout", ["brochure", "handout"])
def test_boxes_lie_on_the_words_of_the_pdf(live, layout):
    """What PDFium reads within a word's box is that word."""
    leaflet = shown(live, "en", layout)
    document = pypdfium2.PdfDocument(leaflet.reading)
    seen, others = 0, []
    for number, page in enumerate(document):
        text, high = page.get_textpage(), page.get_height()
        for word in leaflet.words(number):
            top, bottom = high - word.y - word.height * 0.5, high - word.y - word.height * 0.7
            found = text.get_text_bounded(word.x + 0.2, bottom, word.x + word.width - 0.2, top).strip()
            seen += 1
            if whole(found) != whole(word.text):
                others.append((word.text, found))
    document.close()
    assert seen > 600
    assert not others


def whole(word: str) -> str:
    """Without the letters that ligatures hide from PDFium, and the signs that stand higher or are hyphens to it."""
    return "".join(sign for sign in word if sign not in "fil'-\x02")


KINDS = """\
format: 1
language: en
title: 'It''s "all" here'
layouts: [handout]
introduction: |
  Take **two tablets** a day, *not more*, see [the page](https://example.org/the "the page") and the \\*note\\*.

  - first point of *three*
    that goes on
  - second point

  1. number one
  2. number two
sections:
  - heading: "Folded\\
      \\ and \\"quoted\\""
    body: >-
      One line
      and the next with a link to <https://example.org/about>
      and AT&T &amp; more.

      > “Words of somebody
      > else”
  - heading: A table
    body:
      - table:
          columns: [What, When]
          rows:
            - head: 'One ''quoted'' cell'
              cells: ["A \\"double\\" one"]
            - head: plain cell
              cells: [of two words]
      - box:
          kind: note
          text: A note, plain
            over two lines.
review:
  status: draft
"""


def test_every_way_of_writing(tmp_path):
    """Blocks, folded and quoted text, escapes, marks, lists, cells: each character stands where its place says."""
    (tmp_path / "content" / "x").mkdir(parents=True)
    (tmp_path / "layouts").symlink_to(ROOT / "layouts")
    file = tmp_path / "content" / "x" / "en.yaml"
    file.write_text(KINDS, encoding="utf-8")
    live = Live(tmp_path)
    leaflet = live.make(live.job(file.resolve(), "handout", "a4", None))
    words = [word for number in range(len(leaflet.composition.pages)) for word in leaflet.words(number)
             if word.kind == "exact" and word.place.file == "content/x/en.yaml"]
    source = KINDS.split("\n")
    unlike = {}
    for word in words:
        there = source[word.place.line - 1][word.place.column - 1 :]
        if not there.startswith(word.text):
            unlike[word.text] = there[: len(word.text) + 2]
    # Signs that are written otherwise than they are printed: their place is that of what is written.
    assert unlike == {"It's": "It''s ", '"quoted"': '\\"quoted\\"', "'quoted'": "''quoted''",
                      '"double"': '\\"double\\"', "*note*.": "*note\\*."}
    said = {word.text for word in words}
    assert {"first", "second", "goes", "tablets", "page", "link", "AT&T", "“Words", "else”", "cell", "note,", "over",
            "lines."} <= said
    assert "https://example.org/about" in "".join(word.text for word in words)
