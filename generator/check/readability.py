"""How hard a text is to read, by the formula that is usual in its language. Only lengths of words and sentences go into
a formula: it says nothing of whether a text is understood.

SMOG is only told for 30 sentences or more, the least it was made for (McLaughlin 1969).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import sqrt

from ..model.record import record
from .sentences import UNSPACED, Sentence
from .syllables import syllables

SMOG_LEAST = 30


@record(frozen=True, slots=True)
class Counts:
    """What formulas are made of."""

    sentences: int
    words: int
    syllables: int
    letters: int
    """Letters and digits, without hyphens and apostrophes."""
    long: int
    """Words of more than six letters."""
    polysyllables: int
    """Words of three syllables or more."""
    monosyllables: int
    complex: int = 0
    """Words with more than five vowel signs (Arabic only)."""
    longer: int = 0
    """Words of more than five letters (Arabic only)."""
    formal: int = 0
    """Words of more than five syllables with letters of formal language (Arabic only)."""


@record(frozen=True, slots=True)
class Formula:
    """A measure of readability."""

    name: str
    source: str
    harder: str
    """"high": a higher value is harder (a school grade); "low": a lower one is."""
    value: Callable[[Counts], float]


@record(frozen=True, slots=True)
class Score:
    """The value of a formula for a text."""

    formula: Formula
    value: float

    def beyond(self, limit: float) -> bool:
        """Whether the text is harder than the limit."""
        return self.value > limit if self.formula.harder == "high" else self.value < limit

    def __str__(self) -> str:
        return f"{self.formula.name} {self.value:.1f}"


_FLESCH = Formula(
    "Flesch Reading Ease",
    "Flesch 1948",
    "low",
    lambda c: 206.835 - 1.015 * c.words / c.sentences - 84.6 * c.syllables / c.words,
)
_KINCAID = Formula(
    "Flesch-Kincaid grade",
    "Kincaid et al. 1975",
    "high",
    lambda c: 0.39 * c.words / c.sentences + 11.8 * c.syllables / c.words - 15.59,
)
_SMOG = Formula(
    "SMOG grade", "McLaughlin 1969", "high", lambda c: 1.0430 * sqrt(c.polysyllables * 30 / c.sentences) + 3.1291
)
_LIX = Formula("LIX", "Björnsson 1968", "high", lambda c: c.words / c.sentences + 100 * c.long / c.words)

FORMULAS: dict[str, tuple[Formula, ...]] = {
    "en": (_KINCAID, _SMOG, _FLESCH),
    "tr": (
        Formula(
            "Ateşman",
            "Ateşman 1997",
            "low",
            lambda c: 198.825 - 40.175 * c.syllables / c.words - 2.610 * c.words / c.sentences,
        ),
    ),
    "es": (
        Formula(
            "INFLESZ",
            "Szigriszt Pazos 1993; Barrio-Cantalejo 2008",
            "low",
            lambda c: 206.835 - 62.3 * c.syllables / c.words - c.words / c.sentences,
        ),
        Formula(
            "Fernández-Huerta",
            "Fernández Huerta 1959, as corrected by Law 2011",
            "low",
            lambda c: 206.84 - 60 * c.syllables / c.words - 1.02 * c.words / c.sentences,
        ),
    ),
    "de": (
        Formula(
            "Wiener Sachtextformel 1",
            "Bamberger and Vanecek 1984",
            "high",
            lambda c: (
                19.35 * c.polysyllables / c.words
                + 0.1672 * c.words / c.sentences
                + 12.97 * c.long / c.words
                - 3.27 * c.monosyllables / c.words
                - 0.875
            ),
        ),
        Formula(
            "Flesch (Amstad)",
            "Amstad 1978",
            "low",
            lambda c: 180 - c.words / c.sentences - 58.5 * c.syllables / c.words,
        ),
    ),
    "fr": (
        Formula(
            "Kandel-Moles",
            "Kandel and Moles 1958",
            "low",
            lambda c: 207 - 1.015 * c.words / c.sentences - 73.6 * c.syllables / c.words,
        ),
    ),
    "it": (
        Formula(
            "Gulpease",
            "Lucisano and Piemontese 1988",
            "low",
            lambda c: 89 + (300 * c.sentences - 10 * c.letters) / c.words,
        ),
    ),
    "nl": (
        Formula(
            "Flesch-Douma",
            "Douma 1960",
            "low",
            lambda c: 206.835 - 0.93 * c.words / c.sentences - 77 * c.syllables / c.words,
        ),
    ),
    "ar": (
        Formula(
            "OSMAN",
            "El-Haj and Rayson 2016",
            "low",
            lambda c: (
                200.791
                - 1.015 * c.words / c.sentences
                - 24.181 * (c.complex + c.syllables + c.formal + c.longer) / c.words
            ),
        ),
    ),
}
"""Language → its formulas; the first one is judged, all are told. Other languages have LIX."""


def counts(sentences: Iterable[Sentence], language: str) -> Counts:
    """Counts over sentences. `language`: a tag of BCP 47."""
    root = language.partition("-")[0]
    number = total = beats = letters = long = many = one = 0
    complex_ = longer = formal = 0
    for sentence in sentences:
        number += 1
        for word in sentence.words:
            total += 1
            length = len(word) if word.isalnum() else sum(map(str.isalnum, word))
            letters += length
            long += length > 6
            beat = syllables(word, root)
            beats += beat
            many += beat >= 3
            one += beat == 1
            if root == "ar":
                longer += length > 5
                complex_ += sum("\u064b" <= sign <= "\u0651" for sign in word) > 5
                formal += beat > 5 and (any(sign in word for sign in "ءئؤذظ") or word.endswith(("وا", "ون")))
    return Counts(number, total, beats, letters, long, many, one, complex_, longer, formal)


def scores(found: Counts, language: str) -> list[Score]:
    """The values of the formulas of a language, the one that is judged first. None for a text without words, and for
    languages that write no spaces."""
    root = language.partition("-")[0]
    if not found.words or root in UNSPACED:
        return []
    return [
        Score(formula, formula.value(found))
        for formula in FORMULAS.get(root, (_LIX,))
        if formula is not _SMOG or found.sentences >= SMOG_LEAST
    ]
