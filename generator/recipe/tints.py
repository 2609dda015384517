"""Where sentences that cost most, and hard words, stand on placed pages: `leaflet proof --readability` tints them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from ..model.content import Content
from ..model.editorial import GENERIC
from ..model.page import Page, Tint
from ..model.problem import Place
from ..model.record import record
from .painted import Painted, Places
from .project import ProjectFiles

GAP = 0.6
"""Words that stand no further apart than this, in multiples of their height, are tinted as one."""


@record(frozen=True, slots=True)
class Span:
    """A piece of a content file that is to be tinted."""

    kind: str
    """"sentence": it is long, or one of those that make the text hardest; "word": a hard word."""
    start: Place
    end: Place
    """Of its last character."""


def spans(project: ProjectFiles, path: Path, content: Content) -> list[Span]:
    """What is to be tinted, by the profile that the content names. Raises Rejected where there is no such profile.

    content: as it is set, of the file `path`."""
    from ..check.editorial import judge
    from ..check.manuscript import Manuscript, pattern
    from ..check.rules import RULES
    from ..check.rules.grade import NAMED, costliest

    profile = project.check_profile((content.checks and content.checks.profile) or GENERIC)
    manuscript = Manuscript(content, project.vocabulary(content.language))
    asked = [rule for rule in RULES if rule.name in ("grade", "long-sentence", "hard-word")]
    found = judge(manuscript, profile, asked).findings
    long = {one.place for one in found if one.rule == "long-sentence"}
    if any(one.rule == "grade" for one in found):
        long |= {passage.place_at(sentence.start) for passage, sentence, _ in costliest(manuscript)[:NAMED]}
    out = []
    for passage in manuscript.running:
        sentences = passage.sentences
        ends = [*(one.start for one in sentences[1:]), len(passage.text)]
        for sentence, end in zip(sentences, ends):
            last = sentence.start + len(passage.text[sentence.start:end].rstrip()) - 1
            out += _span("sentence", passage.place_at(sentence.start), passage.place_at(last), long)
    for words in filter(None, (pattern((one.subject,)) for one in found if one.rule == "hard-word")):
        for passage in manuscript.passages:
            for hit in words.finditer(passage.text) if passage.kind != "alt" else ():
                out += _span("word", passage.place_at(hit.start()), passage.place_at(hit.end() - 1))
    return out


def _span(kind: str, start: Place | None, end: Place | None, wanted: set[Place | None] | None = None) -> list[Span]:
    return [Span(kind, start, end)] if start and end and (wanted is None or start in wanted) else []


def tints(spans: Sequence[Span], pages: Sequence[Page]) -> list[list[Tint]]:
    """For each page, what is tinted on it."""
    places = Places()
    return [list(_of_page(spans, places.of_page(page))) for page in pages]


def _of_page(spans: Sequence[Span], words: Sequence[Painted]) -> Iterator[Tint]:
    for span in spans:
        held: Tint | None = None
        for word in words:
            if word.kind != "exact" or not word.place or word.place.file != span.start.file:
                continue
            if not span.start <= word.place <= span.end:
                continue
            gap = word.height * GAP
            if held and abs(held.y - word.y) < 0.5 and word.x <= held.x + held.width + gap \
                    and word.x + word.width >= held.x - gap:
                left = min(held.x, word.x)
                right = max(held.x + held.width, word.x + word.width)
                held = Tint(span.kind, left, held.y, right - left, held.height)
            else:
                if held:
                    yield held
                held = Tint(span.kind, word.x, word.y, word.width, word.height)
        if held:
            yield held
