"""Percentages alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.editorial import Finding
from ..manuscript import Manuscript
from ..rule import found, rule

_PERCENT = re.compile(
    r"(?<![\w.,])\d+(?:[.,]\d+)?\s?(?:%|٪|per cent\b|percent\b)"
    r"|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
    r" (?:per cent|percent)\b",
    re.IGNORECASE,
)
_OF_THINGS = re.compile(
    r"\s*(?:alcohol|solution|cream|gel|saline|discount|of the (?:dose|price)|sure|safe|effective|cotton)"
    r"|\s?[a-z]+ (?:cream|gel)"
)
_HOLDS = re.compile(r"contain(?:s|ing)?\s$")
_IN = re.compile(
    r"\b\d+\s+(?:in|out of)\s+(?:every\s+)?\d+\b|\bof (?:every )?100\b"
    r"|\b(?:one|two|three|four|five|nine) (?:in|out of)\b"
    r"|\bhalf\b|\b(?:an?|one|two|three)[ -](?:third|quarter|fifth|tenth)s?\b",
    re.IGNORECASE,
)


@rule("words", "AHRQ PEMAT-P 6; IPDAS, presenting probabilities", guess=True)
def percentage(m: Manuscript) -> Iterator[Finding]:
    """A percentage of people stands without the number of people in words. English only."""
    if m.root != "en" or not m.for_patients:
        return
    for passage in m.running:
        for match in () if _IN.search(passage.text) else _PERCENT.finditer(passage.text):
            if not (_OF_THINGS.match(passage.text, match.end()) or _HOLDS.search(passage.text[: match.start()])):
                yield found(
                    passage.place_at(match.start()),
                    f"a percentage alone: '{match[0]}'",
                    "say it in people, too: 'about 5 in 100 people'",
                    match[0],
                )
                break  # once for each passage
