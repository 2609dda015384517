"""One unit, written one way."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.editorial import Finding
from ..manuscript import Manuscript
from ..rule import found, rule

SPELLINGS = {
    "millilitre": r"ml|mL|millilit(?:re|er)s?|cc",
    "milligram": r"mg|milligrams?",
    "gram": r"g|gr|grams?",
    "microgram": r"mcg|µg|μg|micrograms?",
    "degree": r"°\s?C|º\s?C|degrees (?:C|Celsius|centigrade)|deg C",
    "hour": r"h|hrs?|hours?",
    "minute": r"min|mins|minutes?",
    "kilogram": r"kg|kgs|kilos?|kilograms?",
    "litre": r"l|L|lit(?:re|er)s?",
}
_ALL = re.compile(r"\d\s?(?:" + "|".join(f"(?P<{name}>{form})" for name, form in SPELLINGS.items()) + r")(?![\w/])")


@rule("consistency", "ISO 80000-1; NHS content guide, numbers and units")
def unit_style(m: Manuscript) -> Iterator[Finding]:
    """A unit is written in two ways behind numbers. English only for units in words."""
    first: dict[str, dict[str, tuple]] = {}
    for passage in m.passages:
        for match in _ALL.finditer(passage.text):
            unit = match.lastgroup
            form = re.sub(r"\s", "", match[unit])
            form = form.rstrip("s") if len(form) > 4 else form
            first.setdefault(unit, {}).setdefault(form, (passage, match))
    for unit, forms in first.items():
        if len(forms) > 1:
            *_, (passage, match) = forms.values()
            yield found(
                passage.place_at(match.start(unit)),
                f"one unit in {len(forms)} forms: {', '.join(forms)}",
                "write it in one way throughout",
                unit,
            )
