"""The nouns of the editorial rules: what a profile asks for, and the words of a language that rules
look for (layouts/shared/profiles/*.yaml, layouts/shared/vocabulary/*.yaml)."""

from __future__ import annotations

from typing import Annotated, Literal

from .content import Entry, Line, Rule, Silence
from .problem import Finding, Place, Problem
from .record import field, record

Name = Annotated[str, Rule("slug")]
Severity = Literal["error", "warning", "note", "off"]
__all__ = [
    "GENERIC", "Checked", "Finding", "Item", "Measures", "Name", "Profile", "Setting", "Severity", "Unknown",
    "Vocabulary",
]
GENERIC = "generic"
"""The profile of a leaflet that names none, and the one that holds a line for every rule."""


@record(frozen=True)
class Setting(Entry):
    """How a rule is used."""

    severity: Severity | None = None
    """error: `leaflet check` ends with 1 · warning: with --strict, too · note: is only listed · off: is not asked."""
    limit: float | None = None
    """The number from which on the rule speaks; docs/checks.md says of what."""
    languages: dict[str, float] = field(default_factory=dict)
    """Limits of single languages, which win over `limit`."""
    needs: list[Line] = field(default_factory=list)
    """What must be given; only of the rules that say so."""


@record(frozen=True)
class Profile(Entry):
    """Which rules are used, how strictly, for leaflets of one country or purpose."""

    title: Line
    """What it is for."""
    extends: Name | None = None
    """The profile from which all else is taken."""
    sources: list[Line] = field(default_factory=list)
    """What its numbers rest on."""
    rules: dict[str, Setting] = field(default_factory=dict)
    """Rule → how it is used."""


@record(frozen=True)
class Vocabulary(Entry):
    """Words of one language by which rules judge. A word that ends with * stands for all words that begin so, a *
    alone between words for up to two words."""

    sources: list[Line] = field(default_factory=list)
    """Where the lists come from."""
    plain: dict[str, Line] = field(default_factory=dict)
    """Hard word → an easier way to say it."""
    respectful: dict[str, Line] = field(default_factory=dict)
    """Word that names people by their illness → words that do not."""
    known: list[Line] = field(default_factory=list)
    """Abbreviations that need no explanation."""
    ends_no_sentence: list[Line] = field(default_factory=list)
    """Abbreviations whose full stop ends no sentence."""
    address: list[Line] = field(default_factory=list)
    """Words that address the reader."""
    actions: list[Line] = field(default_factory=list)
    """Verbs with which an instruction begins."""
    asks: list[Line] = field(default_factory=list)
    """Phrases that tell the reader to do something, wherever they stand."""
    empty_headings: list[Line] = field(default_factory=list)
    """Headings that say nothing."""
    absolute: list[Line] = field(default_factory=list)
    """Claims without limits."""
    superlative: list[Line] = field(default_factory=list)
    """Claims to be better than others."""
    denied: list[Line] = field(default_factory=list)
    """Words before a claim that deny it."""
    loaded: list[Line] = field(default_factory=list)
    """Words that take sides in a comparison."""
    benefit: list[Line] = field(default_factory=list)
    """Words of a benefit."""
    risk: list[Line] = field(default_factory=list)
    """Words of a risk."""
    untreated: list[Line] = field(default_factory=list)
    """Words for having no treatment, or waiting."""
    professionals: list[Line] = field(default_factory=list)
    """Phrases by which a text says that it is for professionals."""
    patients: list[Line] = field(default_factory=list)
    """Phrases by which a text speaks to patients, or of what they may do."""
    disclaims: list[Line] = field(default_factory=list)
    """Phrases of a disclaimer."""
    devices: list[Line] = field(default_factory=list)
    """Words for a medical device."""
    instructions: list[Line] = field(default_factory=list)
    """Words for the instructions for use."""
    calculates: list[Line] = field(default_factory=list)
    """Phrases that ask the reader to calculate."""
    help: list[Line] = field(default_factory=list)
    """Phrases that say when or where to get help."""
    feedback: list[Line] = field(default_factory=list)
    """Phrases that ask what readers think of the leaflet."""
    empty_alt: list[Line] = field(default_factory=list)
    """Beginnings of a picture's text that say nothing."""


@record(frozen=True, slots=True)
class Measures:
    """What is measured of a text, whether a rule speaks of it or not."""

    words: int
    sentences: int
    scores: tuple[tuple[str, float], ...]
    """(name of the formula, its value); the first is the one that is judged."""
    longest: int = 0
    """Words of the longest sentence."""
    where: Place | None = None
    """Its place."""


@record(frozen=True, slots=True)
class Item:
    """An item of a checklist for patient materials, and what the rules say of it."""

    list: str
    """PEMAT-P or CDC."""
    number: str
    says: str
    verdict: str
    """agree · disagree · not applicable · by a person"""
    rules: tuple[str, ...] = ()
    """Those that judge it."""


@record(frozen=True, slots=True)
class Unknown:
    """A word that the dictionary of its language does not know."""

    word: str
    number: int
    """How often it stands."""
    place: Place | None
    """Where it stands first."""


@record(slots=True)
class Checked:
    """What `leaflet check` found in one content file."""

    file: str
    """As the user would type it."""
    title: str = ""
    language: str = ""
    profile: str = GENERIC
    problems: tuple[Problem, ...] = ()
    findings: tuple[Finding, ...] = ()
    silenced: tuple[tuple[Silence, Finding], ...] = ()
    measures: Measures | None = None
    """None where the file could not be read."""
    unknown: tuple[Unknown, ...] = ()
    """Words that no dictionary knows, in the order of the text."""
    dictionary: str = ""
    """Name of the dictionary that was asked; "": there is none for the language, or no Hunspell."""
    items: tuple[Item, ...] = ()
    hashes: tuple[tuple[str, str], ...] = ()
    """(file, SHA-256 of its bytes) of the content file and its publisher."""
