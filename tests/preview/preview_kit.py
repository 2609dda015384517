"""What the tests of the preview share: a project, a preview of it that runs, and a browser."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

from project_kit import ROOT, new_project
from referees import missing

from generator.door.preview import commands, editor
from generator.door.preview.builds import Builds, Wish
from generator.door.preview.server import Server

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
