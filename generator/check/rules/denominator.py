"""Risks that can be compared."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.editorial import Finding
from ..manuscript import Manuscript
from ..rule import found, rule

_ONES = "one|two|three|four|five|six|seven|eight|nine|ten"
_OUT_OF = {
    "en": re.compile(
        rf"\b(?:\d[\d,.]*|{_ONES})\s+(?:in|out of)\s+(?:every\s+)?"
        r"(?!(?:19|20)\d\d\b(?!\s+(?:people|patients|women|men|children|babies|adults|of)\b))"  # a year
        r"(\d[\d,.]*\d|\d)(?![\d,.]*\d)"
        r"(?!\s*(?:minutes?|hours?|days?|nights?|weeks?|months?|years?|mg|ml|g|cm|mm)\b|\s*[%/°])",
        re.IGNORECASE,
    ),
    "de": re.compile(r"\b(?:\d[\d.]*|eine[mnrs]?)\s+von\s+(\d[\d.]*)\b", re.IGNORECASE),
    "es": re.compile(r"\b(?:\d[\d.]*|un[oa]?)\s+de\s+cada\s+(\d[\d.]*)\b", re.IGNORECASE),
    "fr": re.compile(
        r"\b(?:\d[\d ]*|une?)\s+(?:(?:personne|patiente?|femme|homme|enfant|adulte|cas)s?\s+)?"
        r"sur\s+(\d[\d ]*\d|\d)\b",
        re.IGNORECASE,
    ),
    "tr": re.compile(r"\b(?:her\s+)?(\d[\d.]*)\s+(?:kişiden|hastadan|kişide|hastada)\b", re.IGNORECASE),
}


@rule("balance", "IPDAS: the same denominator; AHRQ PEMAT-P 6")
def denominator(m: Manuscript) -> Iterator[Finding]:
    """Frequencies have different denominators (1 in 10, 3 in 1,000). English, German, Spanish, French, Turkish."""
    pattern = _OUT_OF.get(m.root)
    first: dict[str, tuple] = {}
    for passage in m.passages if pattern else ():
        for match in pattern.finditer(passage.text):
            first.setdefault(re.sub(r"\D", "", match[1]), (passage, match))
    if len(first) > 1:
        *_, (passage, match) = first.values()
        said = ", ".join(one[0] for _, one in first.values())
        yield found(
            passage.place_at(match.start()),
            f"frequencies that cannot be compared: {said}",
            "use the same number of people throughout, such as '… in 1,000'",
            said,
        )
