"""What is said of a picture to someone who cannot see it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.editorial import Finding
from ...model.wording import quoted
from ..manuscript import Manuscript
from ..rule import found, rule

_FILE = re.compile(r"\.(?:png|jpe?g|svg|gif|webp)\b", re.IGNORECASE)


@rule("page", "WCAG 2.2, 1.1.1; W3C, tutorial on images", "least words")
def alt_text(m: Manuscript) -> Iterator[Finding]:
    """The text of a picture says nothing: a file's name, 'image of', a word or two, or the caption once more."""
    captions = {passage.clean.strip(" .").lower() for passage in m.passages if passage.kind == "caption"}
    for passage in m.passages:
        if passage.kind != "alt" or passage.key.startswith("publisher"):
            continue
        said = passage.clean
        begins = m.says(m.vocabulary.empty_alt, said)
        if _FILE.search(said):
            why = "is a file's name"
        elif said.strip(" .").lower() in captions:
            why = "says what the caption says"
        elif begins and begins.start() == 0 and (len(passage.words) < 4 or " " in begins[0]):
            why = f"begins with '{begins[0]}'"
        elif m.spaced and len(passage.words) < m.limit:
            why = "is very short"
        else:
            continue
        yield found(
            passage.place_at(0),
            f"the text of a picture {why}: {quoted(said)}",
            "say what the picture tells, to someone who cannot see it",
            said,
        )
