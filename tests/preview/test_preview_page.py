"""The preview's page in a real browser: from the save to the picture, from a word to its place, what is wrong, the
fold, the keyboard alone, and axe."""

from __future__ import annotations

import json

import pytest
from preview_kit import ARTICLE, COLOURS, article, browser, look, painted, replaced, running

ENGLISH = f"content/{ARTICLE}/en.yaml"


@pytest.fixture(scope="module")
def preview(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch, running(article(tmp_path_factory.mktemp("project")), patch) as one:
        yield one


@pytest.fixture(scope="module")
def chrome():
    with browser() as one:
        yield one


@pytest.fixture(scope="module")
def window(chrome, preview):
    """One page for all tests, as it costs a second to begin one."""
    one = chrome.new_page()
    one.faults = []
    one.on("pageerror", lambda error: one.faults.append(str(error)))
    one.on("console", lambda said: one.faults.append(said.text) if said.type == "error" else None)
    begin(one, preview)
    return one


def begin(page, preview) -> None:
    page.goto(preview.server.address)
    page.wait_for_selector("html[data-painted]", timeout=20_000)


@pytest.fixture
def page(window):
    """The page as it begins: light, at its top, the pages of the brochure."""
    window.set_viewport_size({"width": 1440, "height": 900})
    window.emulate_media(color_scheme="light", reduced_motion="no-preference")
    window.locator("h1").click()
    window.keyboard.press("1")
    window.evaluate("scrollTo(0, 0)")
    yield window
    assert not [fault for fault in window.faults if "404" not in fault], "the page has no faults of its own"


def test_a_save_becomes_a_picture(page, preview):
    before, source = painted(page), page.get_attribute(".paper img", "src")
    page.evaluate("scrollTo(0, 300)")
    replaced(preview.root / ENGLISH, "category: Neuro, Spine & Cranial", "category: Back and neck")
    page.wait_for_function("number => Number(document.documentElement.dataset.painted) > number", arg=before)
    assert page.get_attribute(".paper img", "src") != source
    assert page.evaluate("scrollY") == 300, "what one looks at stays where it is"
    number = painted(page)
    words = page.evaluate("number => fetch(`words/${number}/0`).then(answer => answer.json())", number)["words"]
    assert [word[4] for word in words][:3] == ["Back", "and", "neck"]
    replaced(preview.root / ENGLISH, "category: Back and neck", "category: Neuro, Spine & Cranial")
    page.wait_for_function("number => Number(document.documentElement.dataset.painted) > number", arg=number)


CLICK_ALL = """async () => {
    const leaflet = Number(document.documentElement.dataset.painted);
    let clicked = 0;
    for (const paper of document.querySelectorAll(".paper")) {
        const { words } = await (await fetch(`words/${leaflet}/${paper.dataset.page}`)).json();
        const box = paper.getBoundingClientRect();
        const scale = box.width / paper.dataset.points;
        for (const [x, y, width, height] of words) {
            paper.dispatchEvent(new MouseEvent("click", { bubbles: true, ctrlKey: true,
                clientX: box.left + (x + width / 2) * scale, clientY: box.top + (y + height / 2) * scale }));
            clicked += 1;
            if (clicked % 50 === 0) await new Promise((on) => setTimeout(on));
        }
    }
    return clicked;
}"""


def test_a_click_with_ctrl_on_each_word_opens_its_place(page, preview):
    """Every word of the brochure is clicked; what the editor is asked to open is where the word stands."""
    preview.opened.clear()
    number = painted(page)
    shown = preview.builds.shown(number)
    words = [word for at in range(6) for word in shown.words(at)]
    assert page.evaluate(CLICK_ALL) == len(words) > 600
    for _ in range(200):
        if len(preview.opened) >= len(words):
            break
        page.wait_for_timeout(25)
    assert sorted(preview.opened) == sorted(str(word.place) for word in words), "100 %"


def test_a_place_leads_to_its_words(page, preview):
    lines = (preview.root / ENGLISH).read_text(encoding="utf-8").split("\n")
    at = next(number for number, line in enumerate(lines, 1) if "technique and certain" in line)
    page.evaluate(f"location.hash = '#{ENGLISH}:{at}'")
    page.wait_for_selector(".asked")
    number = painted(page)
    line = lines[at - 1].split()
    on_page = [word.text for panel in range(6) for word in preview.builds.shown(number).words(panel)
               if word.place and word.place.file == ENGLISH and word.place.line == at]
    assert page.locator(".asked").count() == len(on_page)
    assert set(on_page) <= {*line, *(part for word in line for part in word.replace("-", "- ").split())}


def test_what_is_wrong_lies_over_the_last_good_picture(page, preview):
    before, source = painted(page), page.get_attribute(".paper img", "src")
    preview.opened.clear()
    replaced(preview.root / ENGLISH, "title: \"Kyphoplasty vs", "titel: \"Kyphoplasty vs")
    page.wait_for_selector("#wrong:visible")
    assert page.get_attribute(".paper img", "src") == source, "the last good picture stays"
    assert "titel" in page.inner_text("#wrong")
    first = page.locator("#wrong [data-place]").first
    place = first.get_attribute("data-place")
    first.click()
    page.wait_for_function("() => document.getElementById('said').textContent.startsWith('opened')")
    assert preview.opened == [place] and place.startswith(f"{ENGLISH}:")
    replaced(preview.root / ENGLISH, "titel: \"Kyphoplasty vs", "title: \"Kyphoplasty vs")
    page.wait_for_selector("#wrong", state="hidden")
    page.wait_for_function("number => Number(document.documentElement.dataset.painted) > number", arg=before)


LONG = "summary: >-\n  " + "More words that no cover has room for. " * 40 + "\n"


def test_what_has_no_room_stands_on_a_page_of_its_own(page, preview):
    """The words beyond the panel are painted behind it, and counted; each leads to its place."""
    before = painted(page)
    replaced(preview.root / ENGLISH, "summary: >-\n", LONG)
    page.wait_for_selector(".beyond img[src]")
    page.wait_for_function("number => Number(document.documentElement.dataset.painted) > number", arg=before)
    assert page.locator(".paper").nth(1).evaluate("paper => paper.classList.contains('beyond')")
    shown = preview.builds.shown(painted(page))
    words = shown.words(1)
    assert len(words) > 100 and shown.composition.pages[1].beyond.panel == "cover"
    height = round(shown.composition.pages[1].beyond.height * 25.4 / 72)
    assert page.inner_text(".bars .over").split("\n") == ["too much", f"{height} mm, {len(words)} words"]
    assert f"{height} mm too much, about {len(words)} words" in page.inner_text("#wrong")
    page.wait_for_function("() => document.getElementById('wrong').textContent.includes('handout')")  # has room
    exact = [word for word in words if word.place.file == ENGLISH]
    assert " ".join(word.text for word in exact[:8]) in LONG
    page.click("#to-beyond")
    assert page.evaluate("document.activeElement.classList.contains('beyond')")
    preview.opened.clear()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("word => document.querySelector('#place b')?.textContent === word", arg=words[0].text)
    page.keyboard.press("Control+Enter")
    page.wait_for_function("() => document.getElementById('said').textContent.startsWith('opened')")
    assert preview.opened == [str(words[0].place)]
    page.locator("#wrong .change").click()
    page.wait_for_selector("#edit")
    assert "no cover has room" in page.input_value("#edit-text")
    page.keyboard.press("Escape")
    replaced(preview.root / ENGLISH, LONG, "summary: >-\n")
    page.wait_for_selector("#wrong", state="hidden")
    page.wait_for_selector(".beyond", state="detached")


def test_the_fold_shows_what_a_reader_sees(page):
    """Stage by stage, the panel that lies in front in the middle of the scene is one that the stage names."""
    page.keyboard.press("3")
    page.wait_for_selector(".scene img")
    page.emulate_media(reduced_motion="reduce")
    slider = page.locator("#hand")
    slider.focus()
    said = [page.inner_text("output[for=hand]")]
    for _ in range(4):
        page.keyboard.press("ArrowRight")
        said.append(page.inner_text("output[for=hand]"))
        assert page.locator(".scene").get_attribute("aria-label").endswith(said[-1])
    assert said == ["closed: cover", "opened: inside 1, flap", "all open: inside 1, inside 2, inside 3",
                    "turned over: flap, back, cover", "closed, from behind: back"]
    page.keyboard.press("Home")
    page.keyboard.press("ArrowLeft")


def test_booklets_turn_their_pages(page):
    page.select_option("#layout", "booklet")
    page.wait_for_function("() => document.querySelectorAll('.paper').length === 8")
    page.keyboard.press("Escape")
    page.locator("h1").click()
    page.keyboard.press("3")
    page.wait_for_selector("#hand")
    assert page.get_attribute("#hand", "max") == "4"
    page.emulate_media(reduced_motion="reduce")
    page.locator("#hand").focus()
    page.keyboard.press("ArrowRight")
    assert page.inner_text("output[for=hand]") == "page 2, page 3"
    page.select_option("#layout", "brochure")
    page.locator("h1").click()
    page.keyboard.press("1")
    page.wait_for_function("() => document.querySelectorAll('.paper').length === 6")


def test_the_keyboard_alone(page, preview):
    preview.opened.clear()
    begin(page, preview)
    page.keyboard.press("Tab")
    for _ in range(30):
        if page.evaluate("document.activeElement.classList.contains('paper')"):
            break
        page.keyboard.press("Tab")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(60)
    page.wait_for_function("() => document.getElementById('said').textContent.includes('line')")
    said = page.inner_text("#said")
    page.keyboard.press("Control+Enter")
    page.wait_for_function("() => document.getElementById('said').textContent.startsWith('opened')")
    (place,) = preview.opened
    file, line, _ = place.rsplit(":", 2)
    assert f"{file.rpartition('/')[2]}, line {line}" in said


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_axe_finds_nothing_serious(page, preview, colours):
    from axe_playwright_python.sync_playwright import Axe

    page.emulate_media(color_scheme=colours)
    rules = COLOURS if colours == "dark" else None
    found = []
    for key in ("1", "2", "3", "4", "?"):
        page.locator("h1").click()
        page.keyboard.press(key)
        page.wait_for_timeout(120)
        found += look(Axe(), page, rules)
    replaced(preview.root / ENGLISH, "format: 1", "formt: 1")
    page.wait_for_selector("#wrong:visible")
    found += look(Axe(), page, rules)
    replaced(preview.root / ENGLISH, "formt: 1", "format: 1")
    page.wait_for_selector("#wrong", state="hidden")
    page.keyboard.press("1")
    replaced(preview.root / ENGLISH, "summary: >-\n", LONG)
    page.wait_for_selector(".beyond")
    found += look(Axe(), page, rules)
    replaced(preview.root / ENGLISH, LONG, "summary: >-\n")
    page.wait_for_selector(".beyond", state="detached")
    assert not found
    page.locator("h1").click()
    page.keyboard.press("?")
    page.evaluate("document.querySelectorAll('label').forEach(label => label.replaceWith(...label.children))"
                  if rules is None else "document.querySelector('h1').style.color = '#223'")
    assert look(Axe(), page, rules), "a planted offender is found"
    begin(page, preview)


def test_at_twice_the_size_nothing_is_cut_off(page):
    """200 % zoom of a window of 1280 pixels leaves 640 CSS pixels: nothing has to be scrolled sidewards."""
    page.set_viewport_size({"width": 640, "height": 450})
    page.wait_for_timeout(100)
    for key in ("1", "3", "4"):
        page.locator("h1").click()
        page.keyboard.press(key)
        page.wait_for_timeout(100)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), key


def test_nothing_is_asked_of_others(page, preview):
    asked = page.evaluate("performance.getEntriesByType('resource').map(one => one.name)")
    assert asked and all(one.startswith(preview.server.address) for one in asked), json.dumps(asked)
