"""A leaflet is changed in the preview's page, in a real browser: by click and by keyboard, and undone. What cannot be
is told beside it; the file keeps every other byte."""

from __future__ import annotations

import os
import random
import re
from collections import Counter
from hashlib import sha256

import pytest
from preview_kit import (
    ARTICLE,
    article,
    browser,
    click,
    counted,
    keep,
    look,
    newer,
    open_at,
    painted,
    running,
    said,
    words_of,
)

ENGLISH = f"content/{ARTICLE}/en.yaml"
COUNT = int(os.environ.get("EDITS", "2"))
WORDS = ("calm", "the heart: rest", "50 % # of them", "- minus", "心臓", "القلب", '"so"', "it's")


@pytest.fixture(scope="module")
def preview(tmp_path_factory):
    root = article(tmp_path_factory.mktemp("project"), "handout", "brochure", "shared")
    with pytest.MonkeyPatch.context() as patch, running(root, patch, layout="handout") as one:
        yield one


@pytest.fixture(scope="module")
def page(preview):
    with browser() as chrome:
        one = chrome.new_context(viewport={"width": 1440, "height": 900}).new_page()
        faults: list[str] = []
        one.on("pageerror", lambda error: faults.append(str(error)))
        one.set_default_timeout(10_000)
        one.goto(preview.server.address)
        one.wait_for_selector("html[data-painted]", timeout=20_000)
        yield one
        assert not faults, "the page has no faults of its own"


@pytest.fixture(autouse=True)
def file(preview, page):
    """The English file, which is as it was after each test."""
    path = preview.root / ENGLISH
    before = path.read_bytes()
    settle(page, preview, path)
    yield path
    page.keyboard.press("Escape")
    path.write_bytes(before)
    settle(page, preview, path)


def settle(page, preview, file) -> None:
    """Wait until the page shows the file as it is: a save may be noticed twice, so one newer picture says nothing."""
    still = 0
    for _ in range(300):
        read = preview.builds.live.project.hashes.get(file.resolve())
        made = [number for number, (wish, _) in preview.builds._made.items() if wish.layout == "handout"]
        same = read == sha256(file.read_bytes()).hexdigest() and painted(page) == max(made, default=0)
        still = still + 1 if same else 0
        if still == 8:
            return
        page.wait_for_timeout(50)
    raise AssertionError("the page does not show the file as it is")


def test_a_click_a_few_keys_and_enter(page, preview, file):
    before, number = file.read_bytes(), painted(page)
    open_at(page, preview, "adequately")
    assert page.evaluate("document.activeElement.id") == "edit-text"
    page.keyboard.insert_text("well: or not #1,")  # the word that was clicked is chosen
    keep(page)
    newer(page, number)
    assert file.read_text(encoding="utf-8") == before.decode().replace(
        "does not respond adequately to conservative management,",
        "does not respond well: or not #1, to conservative management,")
    assert page.evaluate("document.activeElement.classList.contains('paper')"), "the keyboard is where it was"
    assert "#1," in [word.text for _, word in words_of(page, preview)], "the PDF says the new words"
    for press, wanted in (("Control+z", True), ("Control+Shift+Z", False), ("Control+z", True)):
        number = painted(page)
        page.keyboard.press(press)
        newer(page, number)
        assert (file.read_bytes() == before) is wanted
    assert page.inner_text("#said").startswith("undone: text changed")


def test_what_cannot_be_is_told_in_place_and_the_words_stay(page, preview, file):
    open_at(page, preview, "adequately")
    page.fill("#edit-text", " ")
    page.keyboard.press("Enter")
    page.wait_for_selector("#edit-wrong b")
    assert "the text is empty" in page.inner_text("#edit-wrong")
    page.fill("#edit-text", "My own words")


def test_both_texts_stand_side_by_side_where_the_file_was_changed_meanwhile(page, preview, file):
    from axe_playwright_python.sync_playwright import Axe

    open_at(page, preview, "adequately")
    old = page.input_value("#edit-text")
    page.fill("#edit-text", "My own words")
    file.write_bytes(file.read_bytes().replace(b"Both are designed", b"Both were designed"))
    page.wait_for_selector("#edit-both")  # also before anybody presses Enter
    now = file.read_bytes()
    assert "changed meanwhile" in page.inner_text("#edit-wrong")
    assert page.inner_text("#edit-both .edit-source") == old.replace("Both are", "Both were")
    assert page.locator("#edit-both mark").all_inner_texts() == ["were"]
    assert not look(Axe(), page)
    page.locator("#edit-text").press("Enter")  # chooses nothing
    assert page.input_value("#edit-text") == "My own words" and file.read_bytes() == now
    assert page.evaluate("document.activeElement.id") == "keep-mine"
    page.locator("#take-theirs").press("Enter")
    assert page.input_value("#edit-text") == old.replace("Both are", "Both were") and file.read_bytes() == now
    page.fill("#edit-text", "My own words")
    number = painted(page)
    file.write_bytes(now.replace(b"Both were designed", b"Both had been designed"))
    newer(page, number)
    page.wait_for_selector("#keep-mine")
    page.focus("#edit-text")
    for key in ("Enter", "Enter"):
        page.keyboard.press(key)
    page.wait_for_selector("#edit", state="detached")
    assert b"introduction: >-\n  My own words\n" in file.read_bytes() and b"Both had" not in file.read_bytes()
    number = painted(page)
    page.keyboard.press("Control+z")
    newer(page, number)
    assert b"Both had been designed" in file.read_bytes(), "no change is lost"


def test_what_fits_is_told_as_one_types(page, preview, file):
    before, number = file.read_bytes(), painted(page)
    page.select_option("#layout", "brochure")
    newer(page, number)
    open_at(page, preview, "adequately")
    page.wait_for_selector("#edit-remarks li")
    assert "A hard word, 3 times: 'minimally invasive'" in page.inner_text("#edit-remarks")
    page.fill("#edit-text", "Few words.")
    page.wait_for_function("() => document.getElementById('edit-fits').textContent.startsWith('This fits')")
    assert page.inner_text("#edit-remarks") == ""
    page.fill("#edit-text", "Many words that no brochure has room for. " * 150)
    page.wait_for_function("() => document.getElementById('edit-fits').classList.contains('over')")
    assert "too much" in page.inner_text("#edit-fits")
    assert file.read_bytes() == before, "nothing is written"
    page.keyboard.press("Escape")
    assert file.read_bytes() == before
    page.select_option("#layout", "handout")
    page.wait_for_function("number => Number(document.documentElement.dataset.painted) === number", arg=number)


def test_by_keyboard_alone_a_piece_comes_moves_and_goes(page, preview, file):
    before = file.read_text(encoding="utf-8")
    page.locator(".paper").first.focus()
    for _ in range(400):
        page.keyboard.press("ArrowRight")
        if "Understanding" in page.inner_text("#place"):
            break
    page.keyboard.press("Enter")
    page.wait_for_selector("#edit")
    for key in ("Tab", "Tab", "Tab", "Tab", "Enter"):  # past Keep, Leave, Open the file
        page.keyboard.press(key)
    page.locator("button[aria-label='Add after this text']").press("Enter")
    page.wait_for_function("() => document.activeElement.id === 'new-kind'")
    page.keyboard.type("box")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "new-0"
    page.keyboard.type("tip")
    page.fill("#new-1", "Walk: a little, each day.")
    number = painted(page)
    page.locator(".edit-new button.main").press("Enter")
    newer(page, number)
    added = "  - box:\n      kind: tip\n      text: \"Walk: a little, each day.\"\n"
    text = file.read_text(encoding="utf-8")
    assert added in text and len(text) > len(before)
    open_at(page, preview, "Walk:")
    page.locator(".edit-more summary").press("Enter")
    number = painted(page)
    page.locator("button[aria-label='Move this box up']").press("Enter")
    newer(page, number)
    moved = file.read_text(encoding="utf-8")
    assert moved.index("- box:") < moved.index("- text: >-\n      When a vertebral")
    open_at(page, preview, "Walk:")
    page.locator(".edit-more summary").press("Enter")
    number = painted(page)
    page.locator("button[aria-label='Remove this box']").press("Enter")
    newer(page, number)
    assert "Walk" not in file.read_text(encoding="utf-8")


def test_a_text_that_is_printed_nowhere_is_found_in_the_list(page, preview, file):
    page.click("#texts summary")
    page.locator("#texts-list button", has_text="status").click()
    page.wait_for_selector("#edit select")
    number = painted(page)
    page.select_option("#edit-text", "draft")
    page.locator("#edit-text").press("Enter")
    newer(page, number)
    assert "status: draft" in file.read_text(encoding="utf-8")
    page.click("#texts summary")


WEB = """<h1>Your inhaler</h1><p><strong>Shake it</strong>, then breathe <em>out</em>.</p><h2>Each morning</h2>
<ol><li>Take off the cap.<ul><li>Look whether it is clean.</li></ul></li><li>- -</li></ol><div><p>---</p>
<p># 2 puffs</p><p>See __init__ and 2*3*4 or <a href="https://example.org/inhaler">our page</a>.</p></div>
<figure><img alt="A cap" src="data:,"><figcaption>The cap comes off</figcaption></figure>
<details open><summary>May I share it?</summary>No.</details><table><tr><td>A</td><td>B</td></tr></table>"""


def test_a_web_page_is_pasted_and_no_word_is_lost(page, preview, file):
    """Copied by hand, with Ctrl+A and Ctrl+C: words that are not on the pages afterwards are told, or kept aside."""
    before, number = file.read_bytes(), painted(page)
    web = page.context.new_page()
    web.set_content(WEB)
    web.keyboard.press("Control+a")
    web.keyboard.press("Control+c")
    words = counted(web.inner_text("body"))
    web.close()
    page.bring_to_front()
    others = said(page, preview)
    open_at(page, preview, "adequately")
    others -= counted(page.input_value("#edit-text"))
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+v")
    page.wait_for_selector("#edit-aside textarea")
    assert page.input_value("#edit-text").startswith("Your inhaler\n\n**Shake it**, then breathe *out*.\n\n")
    assert "A table cannot stand in a text" in page.inner_text("#edit-aside")
    assert page.input_value("#edit-aside textarea") == "A | B"
    keep(page)
    newer(page, number)
    assert sum(words.values()) == 40
    assert words - (said(page, preview) - others) == Counter("AB"), "the table's"
    assert file.read_bytes() != before and page.get_attribute("html", "data-wrong") == "0"


def test_random_changes_through_the_page(page, preview, file):
    """EDITS=1000 in the environment makes a thousand. Each leaves every other line, and the PDF says it."""
    chance = random.Random(int(os.environ.get("SEED", "1")))
    start, told = file.read_bytes(), Counter()
    for count in range(COUNT):
        if count and not count % 10:
            file.write_bytes(start)
        settle(page, preview, file)
        words = [(at, word) for at, word in words_of(page, preview) if word.kind == "exact"
                 and word.place.file == ENGLISH and len(word.text) > 3 and word.text.isalpha()]
        at, word = chance.choice(words)
        before, number = file.read_bytes(), painted(page)
        click(page, at, word)
        act, fresh = type_over(page, chance, word) if count % 2 == 0 else rearrange(page, chance, f"Neu{count}")
        page.wait_for_function("() => !document.getElementById('edit') "
                               "|| document.getElementById('edit-wrong').textContent !== ''")
        if page.locator("#edit").count():
            assert count % 2, "words are never refused"
            page.keyboard.press("Escape")
            assert file.read_bytes() == before, "what is refused is not written"
            told["refused"] += 1
            continue
        if file.read_bytes() == before:
            continue  # no other word was chosen
        told[act] += 1
        only_here(act, before.decode().split("\n"), file.read_text(encoding="utf-8").split("\n"))
        assert says(page, preview, number, fresh), f"the PDF says the new words: {fresh}"
    assert told["refused"] <= max(1, COUNT // 4), told


def says(page, preview, number: int, fresh: list[str]) -> bool:
    """Whether a newer picture than `number` comes that has these words, or the page tells what is wrong."""
    for _ in range(600):
        if page.evaluate("document.documentElement.dataset.wrong") != "0":
            return True
        if painted(page) > number:
            said = "".join(word.text for _, word in words_of(page, preview))
            if all(one in said for one in fresh):
                return True
        page.wait_for_timeout(25)
    return False


def type_over(page, chance: random.Random, word) -> tuple[str, list[str]]:
    old = page.input_value("#edit-text")
    new = re.sub(rf"\b{word.text}\b", lambda _: chance.choice(WORDS), old, count=1)
    page.fill("#edit-text", new)
    page.keyboard.press("Enter")
    return "say", [one for one in new.split() if one not in old.split() and one.isalpha()]


def rearrange(page, chance: random.Random, name: str) -> tuple[str, list[str]]:
    """Press one of the buttons that move, remove or add."""
    page.click(".edit-more summary")
    buttons = page.locator(".edit-row button:not([disabled])", has_not_text="Give it")
    if not buttons.count():  # the title: no list is around it
        page.keyboard.press("Escape")
        return "", []
    button = buttons.nth(chance.randrange(buttons.count()))
    label = button.get_attribute("aria-label")
    button.click()
    if not label.startswith("Add"):
        return label.split()[0].lower(), []
    if page.locator("#new-kind").count():
        page.select_option("#new-kind", index=0)
    for field in page.locator(".edit-fields textarea").all():
        if field.evaluate("field => field.previousSibling.textContent.includes('(if you like)')"):
            continue
        field.fill(f"{name}: so # it is")
    page.locator(".edit-new button.main").click()
    return "add", [f"{name}:"]


def only_here(act: str, before: list[str], after: list[str]) -> None:
    """A change touched lines that stand together, and only those of the text or the item."""
    head = next((at for at, (one, two) in enumerate(zip(before, after)) if one != two), min(len(before), len(after)))
    rest = min(len(before), len(after)) - head
    tail = next((at for at, (one, two) in enumerate(zip(before[::-1], after[::-1])) if one != two or at == rest), rest)
    gone, come = before[head : len(before) - tail], after[head : len(after) - tail]
    if act == "move":
        assert sorted(before) == sorted(after) or "[" in "".join(gone)
    elif act == "remove":
        assert not come or "[" in "".join(gone)
    elif act == "add":
        assert not gone or "[" in "".join(gone) or "- text: " in "".join(come)
    else:
        assert len(gone) <= 1 + max(len("".join(gone).split()), 8) // 4, "only lines of one text are others"


def test_the_box_is_for_everybody(page, preview):
    from axe_playwright_python.sync_playwright import Axe

    open_at(page, preview, "adequately")
    page.click(".edit-more summary")
    page.locator("button[aria-label='Add after this text']").click()
    assert not look(Axe(), page)
    page.evaluate("document.querySelector('#edit label').remove()")
    assert look(Axe(), page), "a planted offender is found"
    page.keyboard.press("Escape")
    page.set_viewport_size({"width": 640, "height": 450})
    open_at(page, preview, "adequately")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.set_viewport_size({"width": 1440, "height": 900})


def test_a_new_leaflet_and_a_new_language(page, preview):
    from axe_playwright_python.sync_playwright import Axe

    page.click("#new")
    assert not look(Axe(), page)
    page.fill("#new-other", "en")
    page.keyboard.press("Enter")
    page.wait_for_selector("#new-wrong b")
    assert "already" in page.inner_text("#new-wrong") or "this is the text in 'en'" in page.inner_text("#new-wrong")
    page.select_option("#new-kind-of", "procedure")
    page.fill("#new-title", "After your hip: at home")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.getElementById('title').textContent === 'After your hip: at home'")
    page.wait_for_selector("html[data-painted]")
    text = (preview.root / "content" / "after-your-hip-at-home" / "en.yaml").read_text(encoding="utf-8")
    assert "heading: How do I get ready?" in text and "key_points:" in text
    page.click("#new")
    page.fill("#new-other", "tr")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.getElementById('language').value === 'tr'")
    page.wait_for_selector("html[data-painted]")
    assert "not translated" in page.inner_text("#notices")
    open_at(page, preview, "After")
    assert not page.is_checked("#edit-translated") and page.inner_text(".edit-source") == "After your hip: at home"
    number = painted(page)
    page.fill("#edit-text", "Kalça ameliyatından sonra: evde")
    assert page.is_checked("#edit-translated")
    page.keyboard.press("Enter")
    newer(page, number)
    text = (preview.root / "content" / "after-your-hip-at-home" / "tr.yaml").read_text(encoding="utf-8")
    assert 'title: "Kalça ameliyatından sonra: evde"' in text and "title: untranslated" not in text
    page.goto(preview.server.address)
    page.wait_for_selector("html[data-painted]")
