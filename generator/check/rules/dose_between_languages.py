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
COUNTED = {
    "tablets": "tablets?|pills?|tablette[ns]?|comprimidos?|pastillas?|comprimés?|compress[ae]|tablet\\w*|"
    "hap\\w*|таблет\\w+|قرص|أقراص|حبة|حبوب|片",
    "capsules": "capsules?|kapseln?|cápsulas?|gélules?|capsul[ae]|kapsül\\w*|капсул\\w*|كبسول\\w*|粒",
    "drops": "drops?|tropfen|gotas?|gouttes?|gocc[ei]a?|druppels?|damla\\w*|кап\\w+|قطر\\w+|滴",
    "puffs": "puffs?|hübe|hub|inhalaciones|inhalación|bouffées?|puff|fıs\\w*|بخات|بخة",
    "spoons": "(?:tea|table)?spoon(?:ful)?s?|(?:tee|ess)löffel|cucharad\\w+|cuillères?|cucchiain?[oi]|kaşık|"
    "ملعقة|ملاعق",
    "times": "times|mal|veces|fois|volte|keer|kez|раза?|مرات|次",
    "minutes": "minutes?|mins?|minuten?|minutos?|minut[oi]|minuten|dakika\\w*|минут\\w*|دقيقة|دقائق|分钟",
    "hours": "hours?|hrs?|stunden?|horas?|heures?|or[ae]|uren|uur|saat\\w*|час\\w*|ساعة|ساعات|小时",
    "days": "days?|tagen?|tage|días?|jours?|giorn[oi]|dagen|dag|gün\\w*|дн\\w+|день|يوم\\w*|أيام|天",
    "weeks": "weeks?|wochen?|semanas?|semaines?|settiman[ae]|weken|week|hafta\\w*|недел\\w+|أسبوع\\w*|أسابيع|周",
    "months": "months?|monaten?|monate|mes(?:es)?|mois|mes[ei]|maanden?|ay|месяц\\w*|شهر\\w*|أشهر|个月",
}
"""What doses and times are counted in. Between languages, numbers of these are often words ('twice', 'two tablets'),
and translations have their own check of numbers; a plainer text is compared by them."""


def _pattern(units: dict[str, str]) -> re.Pattern[str]:
    return re.compile(
        r"(?P<number>\d[\d.,\u00a0\u202f]*\d|\d)\s?(?:-\s?)?(?:"
        + "|".join(f"(?P<u{at}>{form})" for at, form in enumerate(units.values()))
        + r")(?!\w)",
        re.IGNORECASE if units is COUNTED else 0,
    )


_DOSE = _pattern(UNITS)
_AHEAD = re.compile(r"(?:%|yüzde\s)(?P<number>\d[\d.,]*\d|\d)")
_DIGITS = {ord(digit): str(at % 10) for at, digit in enumerate("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")} | {ord("٫"): ".", ord("٬"): ","}


@rule("consistency", "ISO 17100 (translation services), 5.3: figures are the same; a dose that differs can harm")
def dose_between_languages(m: Manuscript) -> Iterator[Finding]:
    """A number with a unit (a dose, a temperature, a share) stands in one language and not in the one that it was
    translated from, or in a plainer text and nowhere else. In a plainer text, numbers of tablets, drops, hours or days
    count, too."""
    if m.original is None:
        return
    before = passages(m.original)
    if m.original.language == m.content.language:
        yield from _counted(m, before)
    here, there = _doses(m.passages), _doses(before)
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


def _counted(m: Manuscript, before: list[Passage]) -> Iterator[Finding]:
    """Tablets, drops, hours … of a plainer text that the text itself counts otherwise."""
    pattern = _pattern(COUNTED)
    here, there = _doses(m.passages, COUNTED, pattern), _doses(before, COUNTED, pattern)
    for (number, unit), hits in here.items():
        others = [other for other, same in there if same == unit and (other, unit) not in here]
        if (number, unit) not in there and others:
            passage, start = hits[0]
            yield found(
                passage.place_at(start),
                f"{number} {unit}: the text itself has {', '.join(others)}",
                "compare the two texts; one of them is wrong",
                f"{number} {unit}",
            )


def _doses(
    texts: list[Passage], units: dict[str, str] = UNITS, pattern: re.Pattern[str] = _DOSE
) -> dict[tuple[str, str], list[tuple[Passage, int]]]:
    """(number, unit) → where it stands."""
    out: dict[tuple[str, str], list[tuple[Passage, int]]] = {}
    names = list(units)
    for passage in texts:
        if passage.key.startswith(("references", "review")):
            continue
        text = passage.text.translate(_DIGITS)
        for match in pattern.finditer(text):
            unit = names[int(match.lastgroup[1:])]
            out.setdefault((_plain(match["number"]), unit), []).append((passage, match.start()))
        for match in _AHEAD.finditer(text) if units is UNITS else ():
            out.setdefault((_plain(match["number"]), "%"), []).append((passage, match.start()))
    return out


def _plain(number: str) -> str:
    """A number in one form: 1,5 as 1.5, 10,000 and 10 000 as 10000."""
    number = re.sub(r"[\u00a0\u202f ]", "", number)
    number = re.sub(r"(?<=\d)[.,](?=\d{3}(?:\D|$))", "", number).replace(",", ".")
    return number.rstrip("0").rstrip(".") if "." in number else number
