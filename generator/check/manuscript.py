"""What editorial rules look at: one leaflet in one language as a text to be judged, with what it is compared with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache

from ..model.content import Block, Content, Entry, Question, RowGroup, Section, Table, Term
from ..model.editorial import Setting, Vocabulary
from ..model.late import Late
from ..model.page import Composition
from ..model.problem import Place
from ..model.record import is_record, names
from .passages import Passage, passages
from .readability import Counts, Score, counts, scores
from .sentences import UNSPACED, Sentence

_FIRST = Late(
    r"[\W_]*(?:(?:please|also|then|and|or|but|so|first|next|finally|if[^,]{3,60},|when[^,]{3,60},|after[^,]{3,60},"
    r"|before[^,]{3,60},|to[^,]{3,60},|instead,?|only|gently|slowly|always)\s+)*([^\W\d_]+(?:[’']t)?)",
    re.IGNORECASE,
)
"""The first word of a sentence behind what may stand before an instruction, in English."""

_CLAUSE = Late(r"[.,;:!?\n]")
"""Ends of clauses."""
_BETWEEN = r"\s+(?:[^\s.;:!?]+\s+){0,2}"
"""What a * alone stands for in a phrase: up to two words."""
_NEAR = 3
"""So many words before a risk are looked at: 'relieves' or 'without' among them says that there is none."""
_LESS = ("less", "fewer", "free")
"""Words that say so, besides those of the vocabulary."""


def _blocks(thing: object) -> Iterator[Block]:
    if isinstance(thing, Block):
        yield thing
    for part in thing if isinstance(thing, list) else (
            getattr(thing, name) for name in names(thing)) if is_record(type(thing)) else ():
        yield from _blocks(part)


def text_of(said: str | Sequence[Block] | None) -> str | None:
    """A text, or the first text of a list of blocks."""
    if said is None or isinstance(said, str):
        return said
    return next((block.text for block in _blocks(list(said)) if block.text), None)


class Manuscript:
    """A content file as passages and sentences. Everything is found when it is first asked for, and kept."""

    def __init__(
        self,
        content: Content,
        vocabulary: Vocabulary,
        today: str = "",
        pages: Sequence[tuple[str, Composition]] = (),
        original: Content | None = None,
    ) -> None:
        """today: ISO date; "": rules about dates to come are silent. pages: (name of layout and paper, placed pages).
        original: the leaflet in the language that this one was translated from."""
        self.content = content
        self.original = original
        self.vocabulary = vocabulary
        self.today = today
        self.pages = pages
        self.root = content.language.partition("-")[0]
        self.setting = Setting()
        """Of the rule that is being asked."""

    @cached_property
    def passages(self) -> list[Passage]:
        return passages(self.content, self.vocabulary.ends_no_sentence)

    @cached_property
    def running(self) -> list[Passage]:
        """Paragraphs and items of lists: what readability is measured on."""
        return [passage for passage in self.passages if passage.running]

    @property
    def sentences(self) -> Iterator[tuple[Passage, Sentence]]:
        for passage in self.running:
            for sentence in passage.sentences:
                yield passage, sentence

    @cached_property
    def counts(self) -> Counts:
        return counts((sentence for _, sentence in self.sentences), self.content.language)

    @cached_property
    def scores(self) -> list[Score]:
        return scores(self.counts, self.content.language)

    @property
    def spaced(self) -> bool:
        """Whether the language parts words by spaces, so that they can be counted."""
        return self.root not in UNSPACED

    @property
    def for_patients(self) -> bool:
        return self.content.audience != "professionals"

    @cached_property
    def whole(self) -> str:
        """All passages, a line each."""
        return "\n".join(passage.clean for passage in self.passages)

    # ── parts ────────────────────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def blocks(self) -> list[Block]:
        """All blocks, in reading order, also those that stand in boxes, steps, answers, items and cells."""
        return list(_blocks(self.content))

    @property
    def tables(self) -> list[Table]:
        return [block.table for block in self.blocks if block.table]

    @property
    def questions(self) -> list[Question]:
        own = self.content.questions.items if self.content.questions else []
        return [*(one for block in self.blocks if block.questions for one in block.questions), *own]

    @cached_property
    def glossary(self) -> list[Term]:
        return [*(term for block in self.blocks if block.glossary for term in block.glossary), *self.content.glossary]

    @cached_property
    def of_options(self) -> dict[str, list[Passage]]:
        """Compared option → the passages of its sections and of its columns."""
        options = self.content.options
        out: dict[str, list[Passage]] = {option: [] for option in options} if len(options) > 1 else {}
        if not out:
            return {}
        owners: dict[int, str] = {}
        for section in sections(self.content):
            if section.option in out:
                for text in texts_of(section):
                    owners[id(text)] = section.option
        for table in self.tables:
            if table.compare:
                rows = [row for one in table.rows for row in (one.rows if isinstance(one, RowGroup) else [one])]
                for row in rows:
                    owners |= {id(cell): option for option, cell in zip(options, row.cells) if cell}
        for passage in self.passages:
            if (option := owners.get(id(passage.source))) is not None:
                out[option].append(passage)
        return out

    @property
    def known_words(self) -> list[str]:
        """Words that the content says are right."""
        return list(self.content.checks.words) if self.content.checks else []

    @property
    def limit(self) -> float | None:
        """The limit of the rule that is being asked, for this language."""
        return self.setting.languages.get(self.root, self.setting.limit)

    def texts(self, blocks: Sequence[Block]) -> list[str]:
        """The texts of blocks and of what stands in them."""
        return [block.text for block in _blocks(list(blocks)) if block.text]

    def place(self, text: object) -> Place | None:
        """The place of a text of the content."""
        return getattr(text, "place", None) or self.content.place

    # ── what is said ─────────────────────────────────────────────────────────────────────────────────────────────────

    def acts(self, sentence: str) -> bool:
        """Whether a sentence tells the reader to do something."""
        first = _FIRST.match(sentence)
        if first and first[1].lower().replace("’", "'") in self._actions:
            return True
        return bool(self.says(self.vocabulary.asks, sentence))

    @cached_property
    def _actions(self) -> frozenset[str]:
        return frozenset(map(str.lower, self.vocabulary.actions))

    def claims(self, phrases: Sequence[str]) -> Iterator[tuple[Passage, re.Match[str]]]:
        """Where phrases stand in a sentence that neither denies nor asks them."""
        denied = pattern(tuple(self.vocabulary.denied))
        for passage, match in self.hits(phrases):
            if passage.key.startswith(("references", "review")) or passage.kind in ("alt", "question"):
                continue
            sentence = next((one for one in reversed(passage.sentences) if one.start <= match.start()), None)
            around = sentence.text if sentence else passage.clean
            start = match.start() - (sentence.start if sentence else 0)
            whole = not re.match(r"-\w", passage.text[match.end() :][:2])  # 'no risk' is not said in 'no risk-free way'
            if whole and not around.endswith(("?", "؟")) and not (denied and denied.search(around[: max(0, start)])):
                yield passage, match

    def devices(self) -> Iterator[tuple[Passage, re.Match[str]]]:
        """Where devices are named, if the leaflet is about one: it stands in the title, a heading or the summary, or in
        one passage of twenty, and in two at least."""
        hits = list(self.hits(self.vocabulary.devices))
        passages = {id(passage) for passage, _ in hits if passage.running}
        leading = any(passage.kind in ("title", "heading") or passage.key == "summary" for passage, _ in hits)
        if hits and (leading or len(passages) >= max(2, len(self.running) / 20)):
            yield from hits

    def says(self, phrases: Sequence[str], text: str | None = None) -> re.Match[str] | None:
        """The first of some phrases in a text (None: the whole leaflet)."""
        found = pattern(tuple(phrases))
        return found.search(self.whole if text is None else text) if found else None

    def risks(self, text: str) -> Iterator[re.Match[str]]:
        """Words of a risk in a text. 'Relieves pain', 'without pain', 'pain-free' and 'lowers the risk' tell none."""
        found = pattern(tuple(self.vocabulary.risk))
        less = pattern((*self.vocabulary.benefit, *self.vocabulary.denied, *_LESS))
        for match in found.finditer(text) if found else ():
            before = _CLAUSE.split(text[max(0, match.start() - 60) : match.start()])[-1].split()[-_NEAR:]
            behind = _CLAUSE.split(text[match.end() : match.end() + 30])[0].split()[:2]
            if not (less and (less.search(" ".join(before)) or less.search(" ".join(behind)))) and not (
                text.startswith("-", match.end())
            ):
                yield match

    def hits(
        self, phrases: Sequence[str], among: Sequence[Passage] | None = None
    ) -> Iterator[tuple[Passage, re.Match[str]]]:
        """Where phrases stand in passages (None: all of them)."""
        found = pattern(tuple(phrases))
        if found is not None:
            for passage in self.passages if among is None else among:
                for match in found.finditer(passage.text):
                    yield passage, match


@lru_cache(maxsize=256)
def pattern(phrases: tuple[str, ...]) -> re.Pattern[str] | None:
    """An expression for whole words and phrases, in any case. A * at the end or start of a phrase stands for more
    letters, a * alone between words for up to two words."""
    if not phrases:
        return None
    # the longest first, so that the more exact of two phrases is found
    said = sorted({" ".join(one.split()) for one in phrases}, key=lambda one: (-len(one), one))
    each = [
        (r"\w*" if one.startswith("*") else "")
        + _BETWEEN.join(map(re.escape, one.strip("*").split(" * "))).replace(r"\ ", r"\s+").replace("'", "['’]")
        + (r"\w*" if one.endswith("*") else "")
        for one in said
    ]
    # Those that begin alike stand together: a word of the text is then tried against a few of a list, not against all
    # of them. The rule hard-word takes 7 ms in place of 32 for 8,000 words.
    alike: dict[str, list[str]] = {}
    for one in each:
        first = one[0].lower()  # İ becomes two signs
        alike.setdefault(first if first.isalpha() and len(first) == 1 else "", []).append(one)
    groups = [f"{first}(?:{'|'.join(one[1:] for one in some)})" if first else "|".join(some)
              for first, some in alike.items()]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(groups)})(?!\w)", re.IGNORECASE)


def sections(content: Content) -> Iterator[Section]:
    """All sections, those below others included, in reading order."""
    for section in content.sections:
        yield section
        yield from _below(section)


def _below(section: Section) -> Iterator[Section]:
    for inner in section.sections:
        yield inner
        yield from _below(inner)


def texts_of(entry: object) -> Iterator[str]:
    """All strings within an entry."""
    if isinstance(entry, str):
        yield entry
    elif isinstance(entry, list):
        for one in entry:
            yield from texts_of(one)
    elif isinstance(entry, Entry) and is_record(entry):
        for name in names(entry):
            yield from texts_of(getattr(entry, name))
