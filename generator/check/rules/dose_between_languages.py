"""Doses are the same in every language of a leaflet."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from ...model.editorial import Finding
from ..manuscript import Manuscript
from ..passages import Passage, passages
from ..rule import found, rule

UNITS = {
    "mg": "mg|milligrams?|miligram\\w*|milligramm?\\w*|миллиграмм\\w*|мг|ملغ|ملجم|مجم|ملغم|مغ|مليغرام|ملليغرام|毫克",
    "g": "g|gr|grams?|gram\\w*|gramm?\\w*|gramos?|грамм\\w*|г|غ|جم|غرام|غم|克",
    "µg": "µg|μg|mcg|micrograms?|mikrogram\\w*|microgramos?|мкг|ميكروغرام|مكغ|微克",
    "kg": "kg|kilograms?|kilos?|kilogram\\w*|кг|كغ|كجم|كيلوغرام|كغم|公斤|千克",
    "ml": "ml|mL|millilit(?:re|er)s?|mililitre\\w*|mililitros?|мл|مل|ملل|مليلتر|ملليلتر|毫升",
    "l": "l|L|lit(?:re|er)s?|litre\\w*|litros?|л|لتر|升",
    "IU": "IU|IE|UI|international units|ME|МЕ|وحدة دولية",
    "mmol": "mmol|ммоль|مليمول",
    "%": "%|٪|per cent|percent|yüzde|بالمئة|بالمائة",
    "°C": "°\\s?C|º\\s?C|℃|°|درجة مئوية|degrees(?: Celsius)?",
}
_DOSE = re.compile(
    r"(?P<number>\d[\d.,\u00a0\u202f]*\d|\d)\s?(?:-\s?)?(?:"
    + "|".join(f"(?P<u{at}>{form})" for at, form in enumerate(UNITS.values()))
    + r")(?!\w)"
)
_AHEAD = re.compile(r"(?:%|yüzde\s)(?P<number>\d[\d.,]*\d|\d)")
_DIGITS = {ord(digit): str(at % 10) for at, digit in enumerate("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")} | {ord("٫"): ".", ord("٬"): ","}


@rule("consistency", "ISO 17100 (translation services), 5.3: figures are the same; a dose that differs can harm")
def dose_between_languages(m: Manuscript) -> Iterator[Finding]:
    """A number with a unit (a dose, a temperature, a share) stands in one language and not in the one that it was
    translated from, or in a plainer text and nowhere else."""
    if m.original is None:
        return
    here, there = _doses(m.passages), _doses(passages(m.original))
    missing = Counter({dose: len(hits) for dose, hits in there.items()}) - Counter(
        {dose: len(hits) for dose, hits in here.items()}
    )
    for dose, hits in here.items():
        if dose not in there:
            passage, start = hits[0]
            near = [f"{number} {unit}" for number, unit in missing if unit == dose[1]]
            yield found(
                passage.place_at(start),
                f"{dose[0]} {dose[1]} is not in the {m.original.language} text"
                + (f", which has {', '.join(near)}" if near else ""),
                "compare the two texts; one of them is wrong",
                f"{dose[0]} {dose[1]}",
            )
    if m.original.language == m.content.language:
        return  # the same text in plainer words, which may say less
    told = {unit for number, unit in here if (number, unit) not in there}
    for number, unit in missing:
        if (number, unit) not in here and unit not in told:
            yield found(
                m.place(m.content.title),
                f"{number} {unit} of the {m.original.language} text is not here",
                "compare the two texts; one of them is wrong",
                f"{number} {unit}",
            )


def _doses(texts: list[Passage]) -> dict[tuple[str, str], list[tuple[Passage, int]]]:
    """(number, unit) → where it stands."""
    out: dict[tuple[str, str], list[tuple[Passage, int]]] = {}
    names = list(UNITS)
    for passage in texts:
        if passage.key.startswith(("references", "review")):
            continue
        text = passage.text.translate(_DIGITS)
        for match in _DOSE.finditer(text):
            unit = names[int(match.lastgroup[1:])]
            out.setdefault((_plain(match["number"]), unit), []).append((passage, match.start()))
        for match in _AHEAD.finditer(text):
            out.setdefault((_plain(match["number"]), "%"), []).append((passage, match.start()))
    return out


def _plain(number: str) -> str:
    """A number in one form: 1,5 as 1.5, 10,000 and 10 000 as 10000."""
    number = re.sub(r"[\u00a0\u202f ]", "", number)
    number = re.sub(r"(?<=\d)[.,](?=\d{3}(?:\D|$))", "", number).replace(",", ".")
    return number.rstrip("0").rstrip(".") if "." in number else number
