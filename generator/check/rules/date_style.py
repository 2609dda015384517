"""Dates that everybody reads alike."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.editorial import Finding
from ..manuscript import Manuscript
from ..rule import found, rule

_DATE = re.compile(r"(?<![\w/.])(\d{1,2})/(\d{1,2})/(?:\d\d)?\d\d(?![\w/])")
MONTHS = 12


@rule("consistency", "NHS content guide, dates; ISO 8601")
def date_style(m: Manuscript) -> Iterator[Finding]:
    """A date in figures is read as another day in Britain than in the United States (04/05/2027). English only."""
    for passage in m.passages if m.root == "en" else ():
        if passage.key.startswith(("references", "review", "publisher")):
            continue
        for match in _DATE.finditer(passage.text):
            one, other = int(match[1]), int(match[2])
            if 0 < one <= MONTHS and 0 < other <= MONTHS and one != other:
                yield found(
                    passage.place_at(match.start()),
                    f"a date that can be read in two ways: '{match[0]}'",
                    "write the month as a word: 4 May 2027",
                    match[0],
                )
