"""The article of content/ is written from nothing through the page, by clicks and keys; its PDF is that of content/."""

from __future__ import annotations

import os

import pytest
from preview_kit import ARTICLE, article, browser, running

from generator.model.content import Content
from generator.read.content import read_alone
from generator.recipe.spoken import transcript

pytestmark = pytest.mark.skipif(not (os.environ.get("EDITS") or os.environ.get("CI")),
                                reason="takes a minute: EDITS=1 runs it, and CI does")
LAYOUTS = ("handout", "brochure")


class Hands:
    """What somebody does who writes on the page."""

    def __init__(self, page, root) -> None:
        self.page, self.root, self.file = page, root, None

    def changed(self, act) -> None:
        before = self.file.read_bytes()
        act()
        self.page.wait_for_function("() => !document.getElementById('edit') "
                                    "|| document.getElementById('edit-wrong').textContent !== ''")
        assert not self.page.locator("#edit").count(), self.page.inner_text("#edit-wrong")
        assert self.file.read_bytes() != before

    def open(self, path: str) -> None:
        """Choose a text in the list of all texts."""
        there = self.page.locator(f"#texts-list button[data-path='{path}']")
        if not there.count():
            self.page.wait_for_selector(f"#texts-list button[data-path='{path}']")
        there.click()
        self.page.wait_for_selector("#edit")

    def say(self, path: str, text: str) -> None:
        self.open(path)
        if self.page.locator("select#edit-text").count():
            self.page.select_option("#edit-text", text)
        elif self.page.input_value("#edit-text") == text:
            self.page.keyboard.press("Escape")
            return
        else:
            self.page.fill("#edit-text", text)
        self.changed(lambda: self.page.locator("#edit-text").press("Enter"))

    def press(self, path: str, label: str, kind: str | None = None, picture=None, **answers: str) -> None:
        """Press a button of the menu of a text, and fill in what is asked for."""
        self.open(path)
        self.page.locator(".edit-more summary").press("Enter")
        button = self.page.locator(f"button[aria-label='{label}']").first
        if not answers:
            self.changed(lambda: button.press("Enter"))
            return
        button.press("Enter")
        self.page.wait_for_selector(".edit-new button.main")
        if kind and self.page.locator("#new-kind").count():
            self.page.select_option("#new-kind", label=kind)
        if picture:
            self.page.set_input_files(".edit-fields input[type=file]", str(picture))
            self.page.wait_for_function(f"() => document.querySelector('#new-0').value === '{picture.name}'")
        for name, text in answers.items():
            label_of = self.page.locator(".edit-fields label").filter(
                has_text=name.replace("_", " ")).first.get_attribute("for")
            self.page.fill(f"#{label_of}", text)
        self.changed(lambda: self.page.locator(".edit-new button.main").press("Enter"))


def test_the_article_is_written_from_nothing(tmp_path):
    root = article(tmp_path / "project", *LAYOUTS, "shared").resolve()
    home = root / "content" / ARTICLE
    model = read_alone(home / "en.yaml", root)
    with pytest.MonkeyPatch.context() as patch, running(root, patch, layout="handout") as preview, browser() as chrome:
        page = chrome.new_page(viewport={"width": 1440, "height": 1000})
        page.set_default_timeout(10_000)
        page.goto(preview.server.address)
        page.wait_for_selector("html[data-painted]")
        page.click("#new")
        page.fill("#new-title", str(model.title))
        page.keyboard.press("Enter")
        page.wait_for_function("() => document.getElementById('content').value.endsWith('-how-they-differ')")
        hands = Hands(page, root)
        hands.file = root / "content" / f"{ARTICLE}-how-they-differ" / "en.yaml"
        page.click("#texts summary")
        write(hands, model, home)
        live = preview.builds.live
        live.changed([hands.file])
        for layout in LAYOUTS:
            made, wanted = (live.make(live.job(file, layout, "a4", None)) for file in (hands.file, home / "en.yaml"))
            said = [list(transcript(one.composition)) for one in (made, wanted)]
            assert said[0] == said[1] and len(said[0]) > 40, "word for word, tag for tag"
            assert made.reading == wanted.reading, "byte for byte"


def write(hands: Hands, model: Content, home) -> None:
    say, press = hands.say, hands.press
    for path in ("key_points[1]", "key_points[0]"):
        press(path, "Remove this item of key points")
    for path, label in (("glossary[0].term", "term"), ("contacts[0].name", "contact"),
                        ("references[0].text", "reference"), ("sections[2].heading", "section"),
                        ("sections[1].heading", "section")):
        press(path, f"Remove this {label}")
    press("figure.alt", "Remove this figure")
    give = "Give this leaflet something it lacks"
    say("category", str(model.category))
    say("summary", str(model.summary))
    press("title", give, "cover title", cover_title="\n".join(model.cover_title))
    press("title", give, "keywords", keywords="\n".join(model.keywords))
    press("title", give, "options", options="\n".join(model.options))
    press("title", give, "audience note", audience_note=str(model.audience_note))
    press("title", give, "publisher", writing_box=str(model.publisher.writing_box))
    press("title", give, "figure", picture=home / str(model.figure.file), alt=str(model.figure.alt))
    figure = "Give this figure something it lacks"
    for name in ("labels", "views"):
        pairs = "\n".join(f"{key}: {text}" for key, text in getattr(model.figure, name).items())
        press("figure.alt", figure, name, **{name: pairs})
    say("introduction[0].text", str(model.introduction[0].text))
    say("disclaimer.text", str(model.disclaimer.text))
    press("disclaimer.text", "Give this disclaimer something it lacks", "heading",
          heading=str(model.disclaimer.heading))
    say("review.status", str(model.review.status))
    for name in ("author", "reviewer", "published"):
        given = {name: str(getattr(model.review, name))}
        press("review.status", "Give this review something it lacks", name, **given)
    for at, section in enumerate(model.sections):
        body = str(section.body[0].text or "to be replaced")
        if at == 0:
            say("sections[0].heading", str(section.heading))
            say("sections[0].body[0].text", body)
            press("sections[0].heading", "Give this section something it lacks", "option", option=str(section.option))
        else:
            more = {"option": str(section.option)} if section.option else {}
            press(f"sections[{at - 1}].heading", "Add after this section", heading=str(section.heading), body=body,
                  **more)
        if table := section.body[0].table:
            there = f"sections[{at}].body[0].text"
            rows = [table.columns, *([row.head, *row.cells] for row in table.rows)]
            press(there, "Add before this text", "table", table="\n".join(" | ".join(row) for row in rows))
            press(f"sections[{at}].body[1].text", "Remove this text")
            inside = f"sections[{at}].body[0].table.rows[0].head"
            press(inside, "Give this table something it lacks", "note", note=str(table.note))
            hands.open(inside)
            hands.page.locator(".edit-more summary").press("Enter")
            hands.page.locator("button[aria-label='Give this table something it lacks']").press("Enter")
            hands.page.select_option("#new-kind", label="compare")
            hands.changed(lambda: hands.page.locator(".edit-new button.main").press("Enter"))
    for at, one in enumerate(model.questions.items):
        if at == 0:
            say("questions.items[0].question", str(one.question))
            say("questions.items[0].answer[0].text", str(one.answer[0].text))
        else:
            press(f"questions.items[{at - 1}].question", "Add after this question", question=str(one.question),
                  answer=str(one.answer[0].text))
    press("questions.items[0].question", "Give this questions something it lacks", "heading",
          heading=str(model.questions.heading))
