"""A page's words and structure, by the standard library's own parser; a browser, where there is one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from importlib.util import find_spec
from pathlib import Path

from referees import missing, transcript

UNSEEN = dict.fromkeys(map(ord, "\xad\u2060\u200b\u200e\u200f\u061c\ufeff\u2066\u2067\u2068\u2069"))
SILENT = {"script", "style", "svg", "title"}
VOID = {"meta", "link", "br", "hr", "img", "path"}
CHROMIUM = Path("/usr/bin/chromium")


class Page(HTMLParser):
    """What a page says: `words`, and each element as (tag, attributes, depth)."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.stack: list[str] = []
        self.said: list[str] = []
        self.elements: list[tuple[str, dict, int]] = []
        self.feed(text)
        self.close()
        assert self.stack == [], "every element is closed"

    @property
    def words(self) -> list[str]:
        return words(" ".join(self.said))

    def handle_starttag(self, tag, attrs) -> None:
        self.elements.append((tag, dict(attrs), len(self.stack)))
        if tag not in VOID:
            self.stack.append(tag)

    def handle_startendtag(self, tag, attrs) -> None:
        self.elements.append((tag, dict(attrs), len(self.stack)))

    def handle_endtag(self, tag) -> None:
        assert self.stack.pop() == tag

    def handle_data(self, data) -> None:
        if not SILENT & set(self.stack):
            inline = self.stack and self.stack[-1] in ("strong", "em", "span", "a", "bdi")
            if self.said and (inline or self.after_inline):
                self.said[-1] += data
            else:
                self.said.append(data)
            self.after_inline = bool(inline)

    after_inline = False


def words(text: str) -> list[str]:
    """The words of a text, without the characters that only guide it."""
    return text.translate(UNSEEN).split()


def paper_words(file: Path) -> list[str]:
    """The words of a PDF in the order of its tags. Labels of lists are left out: a browser makes them."""
    return words(" ".join(transcript(file, pictures=False, labels=False)))


def plain_words(text: str) -> list[str]:
    """The words of a plain text, without labels, bars between cells, addresses and words for pictures."""
    text = re.sub(r"(?m)^ *(?:•|[0-9٠-٩۰-۹]+\.) |(?<= )• | <[^<>\s]+>|(?:^ *|(?<=\| ))\[.*\]$", "", text)
    return [word for word in words(text) if word != "|"]


@contextmanager
def browser() -> Iterator:
    """Chromium without a window. Where it is missing: a skipped test, a failed one where CI is set."""
    for package in ("playwright", "axe_playwright_python"):
        if find_spec(package) is None:
            missing(package)
    if not CHROMIUM.exists():
        missing("Chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        try:
            yield chromium
        finally:
            chromium.close()


def faults(page) -> list[str]:
    """What axe-core finds serious or critical."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    grave = [one for one in found if one["impact"] in ("serious", "critical")]
    return [f"{one['id']}: {one['nodes'][0]['html'][:100]}" for one in grave]
