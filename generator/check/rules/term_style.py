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
    """A word is written in two ways: with a hyphen and without (one word), or in British and American spelling."""
    text = m.whole
    lower = {word.lower() for word in _WORDS.findall(text)}
    told: dict[str, str] = {}
    for match in _HYPHENED.finditer(text):
        joined = (match[1] + match[2]).lower()
        if joined in lower:
            told[match[0].lower()] = joined
    if m.root == "en":
        for british, american in BRITISH.items():
            if british in lower and american in lower:
                told[british] = american
    for one, other in told.items():
        where: dict[str, object] = defaultdict(lambda: None)
        for passage in m.passages:
            for word in (one, other):
                if where[word] is None and (
                    match := re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", passage.text, re.IGNORECASE)
                ):
                    where[word] = passage.place_at(match.start())
        yield found(
            where[other] or where[one],
            f"one word in two forms: '{one}' and '{other}'",
            "write it in one way throughout",
            one,
        )
