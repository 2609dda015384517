"""What the rules say of the items of two checklists: AHRQ's Patient Education Materials Assessment Tool for printable
materials (PEMAT-P, 2013; 24 items) and CDC's Clear Communication Index (2014; 20 items).

An item is agreed with only if all of its rules are silent: one instance that does not comply is enough against it
(user's guides of both). A silenced finding counts: a checklist asks for the text, not for the reason.
Where words alone do not tell, a person has to look.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from ..model.editorial import Item
from .manuscript import Manuscript

Verdict = str | None
"""What is said where the rules do not decide: "not applicable" or "by a person"; None: the rules decide."""
Applies = Callable[[Manuscript, Collection[str]], Verdict]
"""A manuscript, and the names of the rules that have a finding in it → the verdict."""
NO, PERSON = "not applicable", "by a person"
SHORT = 2
"""Paragraphs of a text that PEMAT calls very short: it needs no parts, headings or summary."""


def _always(m: Manuscript, speaking: Collection[str]) -> Verdict:
    return None


def _tables(m: Manuscript, speaking: Collection[str]) -> Verdict:
    return None if m.tables else NO


def _pictures(m: Manuscript, speaking: Collection[str]) -> Verdict:
    seen = any(passage.kind == "alt" and not passage.key.startswith("publisher") for passage in m.passages)
    return None if seen else NO


def _titled(m: Manuscript, speaking: Collection[str]) -> Verdict:
    return _pictures(m, speaking) and _tables(m, speaking)


def _long(m: Manuscript, speaking: Collection[str]) -> Verdict:
    return None if len(m.running) > SHORT else NO


def _sections(m: Manuscript, speaking: Collection[str]) -> Verdict:
    return _long(m, speaking) or (None if m.content.sections or m.questions else PERSON)


def _steps(m: Manuscript, speaking: Collection[str]) -> Verdict:
    """Any action is to be in steps: where there are none, somebody has to see whether one needs them. Where the reader
    is told no action at all, none is in steps."""
    stepped = any(block.steps or block.listing and block.listing.kind == "steps" for block in m.blocks)
    return None if stepped or "action" in speaking else PERSON


def _numbers(m: Manuscript, speaking: Collection[str]) -> Verdict:
    return None if any(any(sign.isdigit() for sign in passage.text) for passage in m.running) else NO


def _calculation(m: Manuscript, speaking: Collection[str]) -> Verdict:
    """Whether a calculation is explained well enough, a person sees; where there is none, the item says nothing."""
    return PERSON if "calculation" in speaking else NO


def _sided(m: Manuscript, speaking: Collection[str]) -> Verdict:
    """Only of a comparison, and of benefits alone, words tell whether both sides are there."""
    return None if m.content.options or "one-sided" in speaking else PERSON


PEMAT: tuple[tuple[str, str, tuple[str, ...], Applies], ...] = (
    ("1", "The purpose is evident", ("summary", "audience"), _always),
    ("2", "Nothing distracts from the purpose", (), _always),
    ("3", "Common, everyday words", ("grade", "hard-word"), _always),
    ("4", "Medical terms are defined", ("abbreviation", "hard-word", "unused-term"), _always),
    ("5", "The active voice", ("passive",), _always),
    ("6", "Numbers are clear", ("percentage", "denominator", "unit-style"), _numbers),
    ("7", "The reader need not calculate", ("calculation",), _always),
    ("8", "Short sections", ("long-section", "long-paragraph", "long-list"), _long),
    ("9", "Headings inform", ("empty-heading", "long-heading"), _sections),
    ("10", "A logical sequence", (), _always),
    ("11", "A summary", ("key-points",), _long),
    ("12", "Visual cues", ("visual-cue", "capitals"), _always),
    ("15", "Visual aids where they help", (), _always),
    ("16", "Visual aids reinforce the text", (), _pictures),
    ("17", "Visual aids have titles", ("alt-text", "table-caption"), _titled),
    ("18", "Pictures are clear", (), _pictures),
    ("19", "Simple tables with short headings", ("table-size", "long-cell"), _tables),
    ("20", "At least one action", ("action",), _always),
    ("21", "The user is addressed", ("address",), _always),
    ("22", "Actions are broken into steps", ("action", "many-steps"), _steps),
    ("23", "A tangible tool", (), _always),
    ("24", "Calculations have instructions", (), _calculation),
    ("25", "It is explained how to use tables and charts", ("table-caption",), _tables),
    ("26", "Visual aids help to act", (), _always),
)
"""(number, item, the rules that judge it (where there are none, a person does), what decides whether they may)"""
CDC: tuple[tuple[str, str, tuple[str, ...], Applies], ...] = (
    ("1", "One main message", ("summary",), _always),
    ("2", "The main message is at the top", ("summary",), _always),
    ("3", "The main message has a visual cue", ("key-points", "summary"), _always),
    ("4", "A visual supports the main message", (), _always),
    ("5", "A call to action", ("action",), _always),
    ("6", "The active voice", ("passive",), _always),
    ("7", "Words of the audience", ("grade", "hard-word", "abbreviation"), _always),
    ("8", "Lists", ("visual-cue",), _always),
    ("9", "Chunks with headings", ("long-section", "empty-heading"), _always),
    ("10", "The most important comes first", ("summary",), _always),
    ("11", "What is known and what is not", (), _always),
    ("12", "A behaviour", ("action",), _always),
    ("13", "Why it matters", (), _always),
    ("14", "How to do it", (), _always),
    ("15", "Numbers that are familiar", ("percentage",), _numbers),
    ("16", "Numbers are explained", ("denominator",), _numbers),
    ("17", "No mathematics", ("calculation",), _numbers),
    ("18", "The risk is explained", (), _always),
    ("19", "Benefits and risks", ("one-sided", "option-sides"), _sided),
    ("20", "Probabilities in numbers, words and pictures", (), _numbers),
)


def items(manuscript: Manuscript, speaking: Collection[str], asked: Collection[str]) -> list[Item]:
    """All items. speaking: rules with findings, silenced ones included. asked: rules that the profile does not turn
    off; an item of which a rule was not asked is left to a person."""
    out = []
    for name, list_ in (("PEMAT-P", PEMAT), ("CDC", CDC)):
        for number, says, rules, applies in list_:
            if told := applies(manuscript, speaking):
                verdict = told
            elif not rules or not set(rules) <= set(asked):
                verdict = PERSON
            else:
                verdict = "disagree" if set(rules) & set(speaking) else "agree"
            out.append(Item(name, number, says, verdict, rules))
    return out


def score(items: Collection[Item], list_: str) -> float | None:
    """The share of the judged items that are agreed with, 0 to 1; None where none was judged."""
    judged = [item for item in items if item.list == list_ and item.verdict in ("agree", "disagree")]
    return sum(item.verdict == "agree" for item in judged) / len(judged) if judged else None
