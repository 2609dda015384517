"""Article turns a content file into the plain data that every engine sets, and into as many
different texts as are asked for."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path

import yaml

PROJECT = Path(__file__).parents[2]
SOURCE = PROJECT / "content" / "kyphoplasty-vs-vertebroplasty" / "en.yaml"
LONG = 60
"""Characters from which on a text is a paragraph."""


def content() -> dict:
    """The article as its author wrote it, without the drawing, which no peer has a way to set."""
    found = yaml.safe_load(SOURCE.read_text(encoding="utf-8"))
    found.pop("figure", None)
    found["review"]["published"] = str(found["review"]["published"])
    return found


def _through(value, change: Callable[[str], str]):
    if isinstance(value, dict):
        return {key: _through(one, change) for key, one in value.items()}
    if isinstance(value, list):
        return [_through(one, change) for one in value]
    return change(value) if isinstance(value, str) else value


def varied(article: dict, number: int) -> dict:
    """The article with a word changed in each paragraph: no two numbers give the same paragraph."""

    def change(text: str) -> str:
        if len(text) < LONG:
            return text
        words = text.split()
        at = number * 7 % (len(words) - 2) + 1
        words[at] = _word(number)
        return " ".join(words)

    return _through(copy.deepcopy(article), change)


def _word(number: int) -> str:
    """A word of its own for each number."""
    letters = ""
    number += 1000
    while number:
        number, letter = divmod(number, 26)
        letters += chr(97 + letter)
    return "bone" + letters


def longer(article: dict, times: int) -> dict:
    """The article with `times` as much text: its sections and questions again and again, each time with other words."""
    long = copy.deepcopy(article)
    for number in range(1, times):
        more = _renamed(article, number)
        long["sections"] += more["sections"]
        long["questions"]["items"] += more["questions"]["items"]
    return long


def _renamed(article: dict, number: int) -> dict:
    """The article with every fifth word of every text changed."""
    word = _word(number)

    def change(text: str) -> str:
        words = text.split(" ")
        if len(words) > 2:
            words[number % 5 :: 5] = [w + word[4:] if w.isalpha() else w for w in words[number % 5 :: 5]]
        return " ".join(words)

    kept = {key: _through(article[key], change) for key in ("sections", "questions")}
    for section in kept["sections"]:
        section.pop("option", None)
        for block in section["body"] if isinstance(section["body"], list) else ():
            if "table" in block:
                block["table"].pop("compare", None)
    return kept


def plain(article: dict) -> dict:
    """The article as the peers' templates take it: texts in order, no nesting to think about."""
    sections = []
    for section in article["sections"]:
        body = section["body"]
        table = None if isinstance(body, str) else body[0]["table"]
        if table is not None:
            rows = [[row["head"], *row["cells"]] for row in table["rows"]]
            table = {"columns": table["columns"], "rows": rows, "note": table["note"]}
        sections.append({"heading": section["heading"], "text": body if table is None else None, "table": table})
    review = article["review"]
    return {
        "title": article["title"], "summary": article["summary"], "keywords": article["keywords"],
        "author": review["author"], "reviewer": review["reviewer"], "published": "June 22, 2021",
        "publisher": "INVAMED", "introduction": article["introduction"], "sections": sections,
        "questions": article["questions"], "disclaimer": article["disclaimer"],
        "audience_note": article["audience_note"],
    }
