"""One word, written one way."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from ...model.editorial import Finding
from ..manuscript import Manuscript
from ..rule import found, rule

_HYPHENED = re.compile(r"(?<![\w-])([^\W\d_]{2,})-([^\W\d_]{2,})(?![\w-])")
_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_BEHIND = "up|down|out|in|off|over|through"
_TWO = re.compile(
    rf"\b(?:an?|your|the)\s(?P<one>\w{{3,}}\s(?:{_BEHIND}))(?![\w-])|(?<![\w-])(?P<many>\w{{3,}}\s(?:{_BEHIND})s)(?![\w-])",
    re.IGNORECASE,
)
"""An English noun in two words: 'check ups', 'a check up', 'your check up'. A verb ('we follow up on it') has no plural
and no article before it."""
BRITISH = {
    "colour": "color",
    "centre": "center",
    "fibre": "fiber",
    "litre": "liter",
    "metre": "meter",
    "tumour": "tumor",
    "anaemia": "anemia",
    "diarrhoea": "diarrhea",
    "oesophagus": "esophagus",
    "haemorrhage": "hemorrhage",
    "oedema": "edema",
    "paediatric": "pediatric",
    "anaesthetic": "anesthetic",
    "anaesthesia": "anesthesia",
    "gynaecologist": "gynecologist",
    "foetus": "fetus",
    "leukaemia": "leukemia",
    "haemoglobin": "hemoglobin",
    "orthopaedic": "orthopedic",
    "programme": "program",
    "stabilise": "stabilize",
    "minimise": "minimize",
    "recognise": "recognize",
    "organise": "organize",
    "specialised": "specialized",
    "specialise": "specialize",
    "sterilise": "sterilize",
    "immunise": "immunize",
    "normalise": "normalize",
}
"""British spelling → American spelling."""


@rule("consistency", "one word for one thing, written one way; NHS content guide")
def term_style(m: Manuscript) -> Iterator[Finding]:
    """A word is written in two ways: with a hyphen and without (one word; in English two words, too), or in British and
    American spelling."""
    forms: dict[str, dict[str, object]] = defaultdict(dict)  # letters of the word → how it is written → its place
    for passage in m.passages:
        for pattern in (_HYPHENED, *([_TWO] if m.root == "en" else ())):
            for match in pattern.finditer(passage.text):
                group = match.lastgroup or 0
                said = " ".join(match[group].lower().split())
                forms[_letters(said)].setdefault(said, passage.place_at(match.start(group)))
    joined = set(forms) | {word + "s" for word in forms}
    spelt = {word for pair in BRITISH.items() for word in pair} if m.root == "en" else set()
    alone: dict[str, object] = {}
    for passage in m.passages:
        for match in _WORDS.finditer(passage.text):
            word = match[0].lower()
            if word in joined:
                forms[_letters(word)].setdefault(word, passage.place_at(match.start()))
            elif word in spelt:
                alone.setdefault(word, passage.place_at(match.start()))
    told = []
    for places in forms.values():
        first = {form.removesuffix("s"): form for form in reversed(places)}
        told.append(list(first.values())[::-1])
    told += [[one, two] for one, two in BRITISH.items() if one in alone and two in alone]
    alone |= {form: place for places in forms.values() for form, place in places.items()}
    for *others, last in told:
        if others:
            before = ", ".join(f"'{form}'" for form in others)
            yield found(
                alone[last],
                f"one word in {len(others) + 1} forms: {before} and '{last}'",
                "write it in one way throughout",
                others[0],
            )


def _letters(word: str) -> str:
    """A word without hyphen, space and the s of a plural."""
    return re.sub(r"[-\s]", "", word).removesuffix("s")
