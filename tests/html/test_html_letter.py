"""The HTML part of a mail: what mail programs need, and the words of the story."""

from __future__ import annotations

import re

import pytest
from html_kit import Page, plain_words, words
from project_kit import ROOT

from generator.html import letter, plain
from generator.recipe import find
from generator.recipe.leaflet import make
from generator.recipe.project import ProjectFiles
from generator.recipe.story import story_of

FILES = ProjectFiles(ROOT)
EVERYTHING = ROOT / "tests" / "samples" / "everything"


@pytest.fixture(params=["en", "ar"])
def story(request):
    return story_of(FILES, find.twin(FILES, EVERYTHING / f"{request.param}.yaml", None, None, "html", False))


def test_its_words_are_those_of_the_plain_text(story):
    said = re.sub(r"<p[^>]*>\[[^\]]*\]</p>", "", letter([story.leaflet], story.theme, "x"))
    assert Page(said).words == plain_words(plain(story.leaflet))
    assert Page(said.replace("112", "", 1)).words != Page(said).words


def test_language_direction_and_roles_stand_where_mail_programs_keep_them(story):
    found = Page(letter([story.leaflet], story.theme, "A <title>")).elements
    said = (story.leaflet.language, story.leaflet.direction)
    inner = next(attributes for tag, attributes, depth in found if depth == 2 and tag == "div")
    assert (inner["lang"], inner["dir"], inner["role"]) == (*said, "main"), "the body's child"
    frames = [attributes for tag, attributes, _ in found if tag == "table" and "cellpadding" in attributes]
    assert frames and all(one["role"] == "presentation" for one in frames)
    tables = [attributes for tag, attributes, _ in found if tag == "table" and "cellpadding" not in attributes]
    assert len(tables) == 1 and "role" not in tables[0]
    assert all(one["scope"] in ("row", "col", "colgroup") for tag, one, _ in found if tag == "th")


def test_it_needs_no_style_sheet_and_fetches_nothing(story):
    text = letter([story.leaflet], story.theme, "A title")
    assert not re.search(r"<(style|script|link|img|svg)\b|url\(|var\(|class=", text)
    assert "<title>A title</title>" in text


def test_pictures_are_said_in_words(story):
    alt = next(node.attributes["alt"] for node in story.leaflet.nodes() if node.name == "img")
    assert words(f"[{alt}]")[0] in Page(letter([story.leaflet], story.theme, "x")).words


def test_telephone_numbers_and_units_run_from_left_to_right_in_arabic(story):
    """Their groups of digits would stand in the order of the words, and somebody would call another number."""
    project, language = FILES, story.leaflet.language
    job = find.twin(project, EVERYTHING / f"{language}.yaml", None, None, "html")
    (page,) = make(project, job).files.values()
    mail, page = letter([story.leaflet], story.theme, "x"), page.decode().replace("\u00a0", " ")
    said = {"+44 20 7946 0000", "30–40 °C"} if language == "ar" else set()
    assert set(re.findall(r'<span dir="ltr">([^<]*)</span>', mail)) >= said
    assert set(re.findall(r'<bdi dir="ltr">([^<]*)</bdi>', page)) >= said
    if language == "en":
        assert "<bdi" not in page and '<span dir="ltr">' not in mail
