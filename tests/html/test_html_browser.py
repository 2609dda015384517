"""Twins in a real browser: no serious finding of axe-core, and no sideways scrolling on a narrow screen."""

from __future__ import annotations

import pytest
from html_kit import browser, faults
from project_kit import ROOT

from generator.html import letter
from generator.recipe import find
from generator.recipe.leaflet import make
from generator.recipe.project import ProjectFiles
from generator.recipe.story import story_of

ARTICLE, EVERYTHING, DOSES, STRUCTURES = (ROOT / folder for folder in (
    "content/kyphoplasty-vs-vertebroplasty", "tests/samples/everything", "tests/samples/doses",
    "tests/samples/structures"))
PAGES = [(ARTICLE, "en", None), (ARTICLE, "ar", None), (ARTICLE, "en", "ar"), (EVERYTHING, "en", None),
         (EVERYTHING, "ar", "en"), (DOSES, "en", None), (STRUCTURES, "en", None)]


@pytest.fixture(scope="module")
def chromium():
    with browser() as found:
        yield found


@pytest.fixture(scope="module")
def project() -> ProjectFiles:
    return ProjectFiles(ROOT)


DARK = """() => [...document.querySelectorAll('.picture svg')].filter(e => {
    while (e && getComputedStyle(e).backgroundColor === 'rgba(0, 0, 0, 0)') e = e.parentElement;
    const [r, g, b] = e ? getComputedStyle(e).backgroundColor.match(/[0-9.]+/g).map(Number) : [255, 255, 255];
    return r + g + b < 600;
}).length"""
"""Drawings on a dark ground, where their labels could not be read: axe does not look into drawings."""
APART = """() => [...document.querySelectorAll('li > .label')].filter(e => {
    const words = e.nextElementSibling, box = e.getBoundingClientRect();
    return words && words.tagName === 'P' && words.getBoundingClientRect().top >= box.bottom;
}).map(e => e.parentElement.outerHTML.slice(0, 80))"""
"""Items whose words stand below their label, not beside it."""


@pytest.fixture
def page(chromium):
    with chromium.new_page(reduced_motion="reduce") as page:
        yield page


def at(page, width: int) -> int:
    """The width that a page takes in a window of that width."""
    page.set_viewport_size({"width": width, "height": 900})
    return page.evaluate("document.documentElement.scrollWidth")


@pytest.mark.parametrize(("folder", "language", "beside"), PAGES)
def test_it_is_accessible_and_fits_a_narrow_screen(page, project, folder, language, beside):
    job = find.twin(project, folder / f"{language}.yaml", beside and folder / f"{beside}.yaml", None, "html", False)
    (data,) = make(project, job).files.values()
    page.set_content(data.decode())
    for width in (320, 1000):
        assert at(page, width) <= width
        outside = page.evaluate("""width => [...document.querySelectorAll('main *')].filter(e => {
            const box = e.getBoundingClientRect(); return box.width > 1 && (box.left < -1 || box.right > width + 1)
        }).map(e => e.outerHTML.slice(0, 80))""", width)
        assert outside == [] and page.evaluate(DARK) == 0 and page.evaluate(APART) == []
        if width == 320:
            assert faults(page) == []


def test_what_is_wrong_is_found(page):
    wrong = ("<html><body><img src='data:,'><p style='width:900px;color:#ccc'>pale</p>"
             "<ul><li><span class='label'>a.</span><p>words</p></li></ul>"
             "<div style='background:#094f52'><div class='picture'><svg></svg></div></div></body></html>")
    page.set_content(wrong)
    assert at(page, 320) > 320
    assert page.evaluate(DARK) == 1 and len(page.evaluate(APART)) == 1
    assert {one.split(":")[0] for one in faults(page)} >= {"image-alt", "html-has-lang", "color-contrast"}


@pytest.mark.parametrize(("folder", "first", "second"), [
    (EVERYTHING, "en", None), (EVERYTHING, "ar", None), (EVERYTHING, "en", "ar"), (ARTICLE, "en", "tr")])
def test_the_html_part_of_a_mail_is_accessible(page, project, folder, first, second):
    parts = []
    for language in filter(None, (first, second)):
        job = find.twin(project, folder / f"{language}.yaml", None, None, "html", False)
        story = story_of(project, job)
        parts.append(story.leaflet)
    page.set_content(letter(parts, story.theme, "A letter"))
    for width in (320, 1000):
        assert at(page, width) <= width
        assert faults(page) == []
