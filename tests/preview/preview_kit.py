"""What the tests of the preview share: a project, a preview of it that runs, and a browser."""

from __future__ import annotations

import os
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

from project_kit import ROOT, new_project
from referees import missing

from generator.door.preview import commands, editor
from generator.door.preview.builds import Builds, Wish
from generator.door.preview.server import Server
from generator.recipe.spoken import transcript

ARTICLE = "kyphoplasty-vs-vertebroplasty"
LAYOUTS = ("brochure", "handout", "booklet", "shared")


def article(root: Path, *layouts: str) -> Path:
    """A project with the article in its three languages."""
    new_project(root, layouts=layouts or LAYOUTS)
    shutil.copytree(ROOT / "content", root / "content")
    return root


class Running:
    """A preview that runs. `opened`: what an editor was asked to open, as file:line:column within the project."""

    def __init__(self, root: Path, wish: Wish, monkeypatch) -> None:
        self.root = root
        self.opened: list[str] = []
        self.stop = Event()
        monkeypatch.setattr(editor, "open_at", self._open)
        self.builds = Builds(root)
        self.server = Server(self.builds, wish, editor="code")

    def _open(self, name: str, file: Path, place) -> None:
        self.opened.append(f"{file.relative_to(self.root.resolve()).as_posix()}:{place.line}:{place.column}")

    def start(self) -> None:
        self.builds.start()
        Thread(target=commands._follow, args=(self.builds, commands._homes(self.root), self.stop, False),
               daemon=True).start()
        Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def end(self) -> None:
        self.stop.set()
        self.builds.stop()
        self.server.shutdown()
        self.server.server_close()


@contextmanager
def running(root: Path, monkeypatch, layout: str = "brochure", language: str = "en") -> Iterator[Running]:
    preview = Running(root, Wish(root.resolve() / "content" / ARTICLE / f"{language}.yaml", layout), monkeypatch)
    preview.start()
    try:
        yield preview
    finally:
        preview.end()


def chromium() -> str:
    """Where Chromium is: CHROMIUM names it, or it is on the path; without it the test is skipped, and fails where CI
    is set."""
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if not found:
        missing("Chromium (CHROMIUM=/path/to/it)")
    return found


@contextmanager
def browser() -> Iterator:
    from playwright.sync_api import sync_playwright

    path = chromium()
    with sync_playwright() as playwright:
        chrome = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        try:
            yield chrome
        finally:
            chrome.close()


def replaced(file: Path, old: str, new: str) -> None:
    """Save a file as editors do: another one is put in its place."""
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file.name}"
    beside = file.with_name(f".{file.name}.new")
    beside.write_text(text.replace(old, new), encoding="utf-8")
    beside.replace(file)


# ── the page ──


def painted(page) -> int:
    return int(page.evaluate("document.documentElement.dataset.painted"))


def newer(page, number: int) -> None:
    page.wait_for_function("number => Number(document.documentElement.dataset.painted) > number", arg=number)


def words_of(page, preview) -> list[tuple[int, object]]:
    while (shown := preview.builds.shown(painted(page))) is None:  # a newer picture is on its way
        page.wait_for_timeout(25)
    return [(at, word) for at in range(len(shown.composition.pages)) for word in shown.words(at)]


def click(page, at: int, word) -> None:
    """Click the middle of a word; the box beside it opens."""
    paper = page.locator(".paper").nth(at)
    scale = paper.bounding_box()["width"] / float(paper.get_attribute("data-points"))
    paper.evaluate("(paper, y) => scrollBy(0, paper.getBoundingClientRect().top + y - innerHeight / 3)", word.y * scale)
    paper.click(position={"x": (word.x + word.width / 2) * scale, "y": (word.y + word.height / 2) * scale})
    page.wait_for_selector("#edit")


def open_at(page, preview, text: str) -> None:
    click(page, *next((at, word) for at, word in words_of(page, preview) if word.text == text))


def keep(page) -> None:
    page.keyboard.press("Enter")
    page.wait_for_selector("#edit", state="detached")


def counted(text: str) -> Counter:
    return Counter(re.findall(r"\w+", text))


def said(page, preview) -> Counter:
    """The words of the leaflet that the page shows."""
    words_of(page, preview)
    return counted(" ".join(one.text for one in transcript(preview.builds.shown(painted(page)).composition)))


COLOURS = {"runOnly": ["color-contrast"], "resultTypes": ["violations"]}
"""The rules of axe that look at colours; the others find the same in dark and in light."""


def look(axe, page, rules: dict | None = None) -> list[str]:
    """What axe-core calls serious or critical."""
    found = axe.run(page, options=rules) if rules else axe.run(page)
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found.response["violations"]
            if one["impact"] in ("serious", "critical")]
