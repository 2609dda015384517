"""Abbreviations that nobody explains."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.editorial import Finding
from ..manuscript import Manuscript
from ..rule import found, rule

_SHORT = re.compile(r"(?<![\w.@/&-])[A-Z](?:[A-Z]|&(?=[A-Z])){1,5}s?\b(?![\w@&]|\.\w|-\d)")
_ROMAN = re.compile(r"[IVX]+")
_CAPITALS_BEFORE = re.compile(r"\b[^\W\d_a-z]{2,}\s$")
_CAPITALS_BEHIND = re.compile(r"\s[A-ZÀ-ÞĀ-ŽẠ-Ỹ]{2,}\b")
_UNIT = re.compile(r"\d\s*$")
_AHEAD = ("title", "heading", "label", "alt", "caption", "column", "head", "term", "question")
"""Kinds of passages that are read before, or beside, the text that explains their words."""


@rule("words", "AHRQ PEMAT-P 4; NHS content guide, abbreviations and acronyms")
def abbreviation(m: Manuscript) -> Iterator[Finding]:
    """An abbreviation in capitals is not explained where the text first has it, or in the paragraph behind. Titles,
    headings, the summary and key points may have it before."""
    known = {str(one).upper() for one in m.vocabulary.known} | {str(one).upper() for one in m.known_words}
    terms = {str(term.term) for term in m.glossary} | {str(one.short) for one in m.content.abbreviations}
    first: dict[str, tuple] = {}
    read: dict[str, int] = {}  # passage of the text proper in which it stands first
    for number, passage in enumerate(m.passages):
        if not _SHORT.search(passage.text):
            continue
        letters = [sign for sign in passage.text if sign.isalpha()]
        if (
            passage.key.startswith(("references", "review", "publisher", "contacts"))
            or passage.kind == "alt"
            or letters
            and sum(map(str.isupper, letters)) > 0.6 * len(letters)
        ):
            continue
        for match in _SHORT.finditer(passage.text):
            word = match[0].removesuffix("s")
            if (
                word not in known
                and match[0].upper() not in known
                and not _ROMAN.fullmatch(word)
                and not _UNIT.search(passage.text[: match.start()])
                and not _CAPITALS_BEFORE.search(passage.text[: match.start()])
                and not _CAPITALS_BEHIND.match(passage.text, match.end())
            ):
                first.setdefault(word, (passage, match))
                if passage.kind not in _AHEAD and not passage.key.startswith(("summary", "key_points")):
                    read.setdefault(word, number)
    for word, (passage, match) in first.items():
        if any(word in term for term in terms):
            continue
        hint = f"write what it is short for where it stands first: 'the long words ({word})'"
        explained = next(
            (at for at, one in enumerate(m.passages) if word in one.text and _explained(word, one.clean)), None
        )
        if explained is None and not _explained(word, m.whole):
            yield found(
                passage.place_at(match.start()), f"the abbreviation '{word}' is not explained", hint, word
            )
        elif explained is not None and explained > read.get(word, explained) + 1:
            passage = m.passages[read[word]]
            start = next(match.start() for match in _SHORT.finditer(passage.text) if match[0].removesuffix("s") == word)
            place = m.passages[explained].place_at(0)
            later = f" (line {place.line})" if place else ""
            yield found(
                passage.place_at(start),
                f"the abbreviation '{word}' is explained only later{later}",
                hint,
                word,
            )


def _explained(word: str, text: str) -> bool:
    said = re.escape(word)
    return bool(
        re.search(
            rf"[(（]\s*(?:[^()]{{0,120}}[\s,;，])?{said}s?\s*(?:[,;:，；：][^()]*)?[)）]"
            rf"|\b{said}s?(?:\W{{0,3}}|\s\w+\s?)[(（]\s*(?:\w{{1,3}},?\s+)*(?:\w{{4,}}|[\u3040-\u9fff])"
            rf"|\b{said}s?,? (?:stands for|is short for|means|which stands for)\b"
            rf"|\b(?:called|or|como|genannt|appelé|gọi là|как|باسم) {said}s?\b"
            rf"|\w{{4,}}\s+[–—-]\s+{said}\b|\b{said}\s+[–—-]\s+\w{{4,}}|称为\s?{said}",
            text,
        )
    )
