"""What a line's end never parts: numbers and the signs, units and words that make sense of them only together.

Each rule is an expression over a paragraph's text; within what it matches no line ends. They hold in all languages: where
a language writes a thing in a way of its own ("kl. 9", "5月3日", "ngày 3 tháng 7"), that way is added to the rule.
"""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache

from ..model.late import Late

UNITS = (
    "mg|g|kg|[µμ]g|mcg|ng|ml|mL|dl|dL|cl|l|L|mm|cm|dm|m|km|m²|cm²|mmol|mol|kcal|kJ|IU|IE|U|Gy|mGy|mSv|Sv|°|°C|°F|%|‰|h|min|s|ms|"
    "Hz|kHz|MHz|V|kV|W|Pa|hPa|kPa|mmHg|bpm|UI|mEq|mval|Bq|kBq|MBq|lb|lbs|oz|ft|€|\\$|£|CHF|EUR|USD|GBP"
)
"""Units in Latin letters, as an expression."""
_NATIVE = (
    "мг|г|кг|мкг|мл|л|мм|см|м|км|ч|мин|с|МЕ|МО|ммоль|°С|хв|год|μg|γρ|χλστ|ملغ|مغ|ملغم|مل|غ|كغ|كجم|جم|سم|مم|"
    "مكغ|ميكروغرام|مليلتر|ملم|وحدة|°م|°س|درجة|درجه|میلی‌لیتر|سی‌سی|"
    "מג|מ\"ג|מ״ג|מל|מ\"ל|מ״ל|ק\"ג|ק״ג|ס\"מ|ס״מ|גרם|मिग्रा|मिली|मिलीग्राम|ग्राम|มก|มล|มิลลิกรัม|มิลลิลิตร|องศา|میلی‌گرم|گرم|"
    "মিগ্রা|মিলি|গ্রাম|মিলিগ্রাম|মিলিলিটার|ਮਿਗ੍ਰਾ|ਮਿਲੀ|ਗ੍ਰਾਮ|ਮਿਲੀਗ੍ਰਾਮ|ਮਿਲੀਲੀਟਰ|கிராம்|மில்லிகிராம்|மில்லிலிட்டர்|மிலி|மிகி|მლ|მგ|მკგ|გრ|კგ|სმ|°|毫克|毫升|公斤|℃|℉"
)
_UNIT_NAMES = frozenset(f"{UNITS.replace('[µμ]g', 'µg|μg')}|{_NATIVE}".replace("\\", "").split("|"))
_UNIT = re.compile(r"(?<=[\d½¼¾]) ([%‰€$£℃℉]|°?[\u0370-\u03bb\u03bd-\u0e7f\u10d0-\u10ff\u4e00-\u9fff][^\s\d.,;:!?()/~～〜–—،؛؟।、。]*|°?[A-Za-zµμС]*+²?)")
_PER = Late(r"/\w++")
_TO = Late(r" ?[–—~～〜∼-] ?(?=\d)")
"""Between a number with its unit and the number that a range ends with."""
_PHONE = Late(r"(?:\+\d|0\d|\(\d{2,5}\) ?\d|\(0)(?<![\d.,:]..)[\d()/ .–-]{4,}\d")
_NEXT = Late(r" ?[/–] ?(?=[+(0])")
"""Between two telephone numbers, where the first is complete."""
_COMPLETE = 6
"""Digits of the shortest telephone number that is written in groups."""

# No line ends within a match, nor before or after it.
_JOINTS = (
    Late(r"(?<=\d) ?[×÷·x*=] ?(?=\d)|(?<=\d) [x×](?!\w)"),  # 2 x 500, 3 x daily
    Late(rf"(?<=\d)(?:{UNITS})[–—~～〜∼](?=\d)"),  # 5mg–10mg
    Late(r"(?<=\d)-(?=[^\W\d_])"),  # a 7-day course, 3-án
    Late(r"(?:(?<=[\d%°])|(?<=°C)) [–—-] (?=\d)"),  # 5 – 10
    Late(r"(?<=\d)[~〜～∼](?=\d)"),
    Late(r"(?<=\d) (?=[¼½¾⅓⅔⅛⅜⅝⅞]|\d{1,2}/\d)"),  # 1 ½
    Late(r"(?<=[\d⁰¹²³⁴-⁹])/(?=[^\W\d_])"),  # 10⁹/l
    Late(
        r"(?<=\d) (?=[ap]\. ?m\.|[ap]m\b|[AP]\.?M\b|Uhr\b|uur\b|h\b|hrs?\b|o['’]clock|noon\b|midnight\b|[πμ]\.μ\.|ч\.|год\.|"
        r"hod\.|óra|giờ\b|น\.|बजे|টায়|টা\b|ਵਜੇ|மணி|г\.|р\.|r\.(?=[ ,;)])|मि\.|মি\.|ਮਿ\.|மி\.)"
    ),
    Late(r"(?<=\d h) ?(?=\d\d)|(?<=\d giờ) (?=\d)|(?<=\d) fl (?=oz)|(?<=\d) ملی[ \u200c]?(?=لیٹر|گرام)"),
    Late(r"(?<=[^\W\d_])/(?=[^\W\d_](?!\w))"),  # 3 fois/j
)
_OPENERS = (
    Late(r"(?<![^\s(\[/„«“\"'‘])(?:[<>≤≥≈~±+=−] ?|[–-])(?=\d)"),  # < 5, ≥ 38, –5
    Late(r"(?<![\w.])(?:[€$£¥₪₹₺₽₩]|CHF|EUR|USD|GBP) ?(?=\d)"),
    Late(r"(?<!\w)(?:kl\.|klo|godz\.|ore|ora|saat|saacadda|alas|о|об|στις|ساعت|الساعة|בשעה|오전|오후) ?(?=\d{1,2}(?:[.:h]\d{2})?(?![\d.,]\d))"),
    Late(r"(?<!\w)(?:(?:[Cc]a|[Aa]pprox|[Mm]ax|[Mm]in|[Ee]nv|[Aa]prox|[Cc]irca|ок|прибл|макс|мин|pH)\.? ?|〒 ?|第)(?=\d)"),
    Late(
        r"(?<!\w)(?:[Nn]o\.|[Nn]r\.?|n\.º|[Nn][º°]|№|[Pp]{1,2}\.|S\.|[Ff]igs?\.|Abb\.|[Tt]ab\.|[Aa]rt\.|[Aa]bs\.|[Vv]ol\.|[Cc]ap\.|[Ss]tr\.|"
        r"[nč]\.|[Pp][aá]g\.|стр\.|рис\.|табл\.|[§#]+|ص\.|עמ['׳]) ?(?=\d)"
    ),
)
"""What stands before a number."""
_TITLES = (
    Late(r"(?<!\w)(?:[Dd]r|Mr|Mrs|Ms|Mx|Prof|St|Mme|Mlle|Dra|Sra?|Srta|[DS]r\.ª|[Dd]ott\.ssa|[Ss]ig\.ra) (?=[A-ZÀ-ÞĀ-Ž])"),
    Late(
        r"(?<!\w)(?:Dr|Mrs?|Ms|Mx|Prof|St|Mmes?|Mlle|Dra|Drs|Sra?|Srta|Dn?a|[Dd]ott|Sig|Ing|Dipl|Hr|Fr|Mgr|MUDr|PhDr|RNDr|"
        r"Bc|Doc|Doç|Uzm|Op|BS|ThS|TS|PGS|GS|mevr|dhr|dr|lek|prof|mgr|inż|hab|med|ul|доц|проф|акад|ім|ул|Δρ|Καθ|Κα|Κος|κα|κ|डॉ|श्री|ডা|ড|ਡਾ|டாக்|นพ|พญ|ดร|ผศ|รศ|ทพ|د|أ|م)"
        r"\. ?(?=[^\W\d_])"
    ),
    Late(r"(?<!\w)(?:д-р|проф|ד[\"״]ר|פרופ['׳]) (?=[^\W\d_])"),
    Late(r"(?<![^\s(\[„«“\"'])[A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢĪİĶĻŁĽŃŇŐŘŚŞŠŤŪŮŰŹŻŽΑ-ΩА-ЯІЇЄҐ]\. (?=[^\W\d_a-zß-ÿ])"),  # J. Smith
    Late(r"(?<![^\s(\[„«“\"'])(?<!\w\. )[A-Z]\. (?=[a-z]{3})"),  # E. coli
    Late(r"(?<![^\s(\[„«“\"'])[a-zß-ÿα-ωа-яіїєґ]\. (?=[^\W\d_]{1,3}\.)"),  # z. B.
)
# No line ends within a match.
_WHOLE = (
    Late(r"(?<![\d.,])\d{1,3}(?:[ \u202f]\d{3})+(?!\d)"),  # 10 000
    Late(r"\d{1,2}\. ?\d{1,2}\. ?\d{2,4}|\d{4}\. ?\d{1,2}\. ?\d{1,2}"),  # 3. 7. 2026
    Late(r"(?<![\d.,])\d{1,2} [^\W\d_][^\s\d.,;:()]+ \d{4}(?!\d)"),  # 3 July 2026, in any language
)
_EASTERN = (
    Late("[０-９](?:[０-９．，：／]*[０-９])?"),
    Late(r"\d+ ?[時时點点시] ?\d+ ?[分분]"),
    Late(r"\d+ ?[年년](?: ?\d+ ?[月월](?: ?\d+ ?[日號号일])?)?|\d+ ?[月월] ?\d+ ?[日號号일]"),
    Late(r"\d ?(?:毫克|毫升|公斤|微克|厘米|公分|小[时時]|分[钟鐘]|[日週年]間|[か个個ヶカ]月|星期|時間|分間|ミリグラム|ミリリットル|グラム)|\d[\u3040-\u30ff\u4e00-\u9fff]"),
    Late(r"(?:午前|午後|上午|下午)\d?"),
)
_VIETNAMESE = (
    Late(
        r"(?<!\w)(?:(?:ngày|mùng|mồng) \d{1,2}(?: tháng \d{1,2})?(?: năm \d{4})?|\d{1,2} tháng \d{1,2}(?: năm \d{4})?|"
        r"tháng \d{1,2}(?: năm \d{4})?|năm \d{4})"
    ),
)
_WORD = Late(r"[^\W\d_][^\s\d.,;:!?()\"]*\.?")
_DAY_BEFORE = Late(r"(?<![\d.,])(?:\d{1,2}(?:[.,ºª]|er|\.º|st|nd|rd|th)?|\d{4}\.)(?: (?:de|di|du|of|ng))? \Z")
_YEAR_AFTER = Late(r",? (?:(?:de|del|di) )?\d{4}(?![\d-])")
_DAY_AFTER = Late(r" (?:(?:de|del|di) )?(?:\d{4}(?!\d)|\d{1,2}(?:st|nd|rd|th|\.)?(?![\d.,]?\d)(?:,? \d{4}(?![\d-]))?)")
_COUNT = Late(r"\d")


def together(text: str, language: str) -> set[int]:
    """Indices at which no line ends, in a text."""
    never: set[int] = set()
    if _COUNT.search(text):
        for match in _UNIT.finditer(text):
            if end := _unit(text, match):
                never.update(range(match.start(), end))
        for match in _PHONE.finditer(text):
            for start, end in apart(match[0]):
                if _digits(match[0][start:end]) >= _COMPLETE:
                    never.update(range(match.start() + start + 1, match.start() + end))
        for rule in _JOINTS:
            for match in rule.finditer(text):
                never.update(range(match.start(), match.end() + 1))
        for rule in _OPENERS:
            for match in rule.finditer(text):
                never.update(range(match.start() + 1, match.end() + 1))
        whole = [*_WHOLE, *(_EASTERN if max(text) >= "\u3000" else ()), *(_VIETNAMESE if language[:2] == "vi" else ())]
        for rule in whole:
            for match in rule.finditer(text):
                never.update(range(match.start() + 1, match.end()))
        never |= _dated(text, language)
    for rule in _TITLES:
        for match in rule.finditer(text):
            never.update(range(match.start() + 1, match.end() + 1))
    return never


def apart(numbers: str) -> list[tuple[int, int]]:
    """Where each telephone number begins and ends in a stretch that may hold several ("03-1234567 / 04-7654321")."""
    made, start = [], 0
    for between in _NEXT.finditer(numbers):
        if _digits(numbers[start : between.start()]) >= _COMPLETE:
            made.append((start, between.start()))
            start = between.end()
    return [*made, (start, len(numbers))]


def _digits(text: str) -> int:
    return sum(map(str.isdigit, text))


def _dated(text: str, language: str) -> set[int]:
    """Days and years with the names of months."""
    never: set[int] = set()
    names = None
    for word in _WORD.finditer(text):
        start, end = word.span()
        before = _DAY_BEFORE.search(text, max(0, start - 10), start) if text[start - 1 : start] == " " else None
        after = (_YEAR_AFTER if before and not before[0][:4].isdigit() else _DAY_AFTER).match(text, end)
        if before or after:
            names = months(language) if names is None else names
            if word[0].lower() in names or word[0].rstrip(".").lower() in names:
                first = before.start() if before else start
                never.update(range(first + 1, after.end() if after else end))
    return never


@lru_cache(maxsize=64)
def months(language: str) -> frozenset[str]:
    """Names of the months as a language writes them (CLDR), in small letters: ours, and those of its own calendar."""
    from icu4py.messageformat import MessageFormat

    # Babel would do; but it takes seven times as long to read its tables, and opens files of the system.
    tags, forms = (language, f"{language}-u-ca-gregory"), ("MMMM", "LLLL", "MMM", "LLL")
    formats = [MessageFormat(f"{{day, date,{form}}}", tag) for form in forms for tag in tags]
    days = [datetime(2026, month, 15, 12) for month in range(1, 13)]
    names = {name for form in formats for day in days for name in form.format({"day": day}).lower().split()[-1:]}
    return frozenset(name for name in names if any(map(str.isalpha, name)) and not name[0].isdigit())


def _unit(text: str, match: re.Match) -> int:
    """Index after a unit, and what it is counted per; 0 where it is none."""
    if match[1] not in _UNIT_NAMES:
        return 0
    whole = _PER.match(text, match.end())
    end = next((found.end() for found in (whole, match) if found and not _goes_on(text, found.end())), 0)
    other = _TO.match(text, end) if end else None
    return other.end() + 1 if other else end


def _goes_on(text: str, at: int) -> bool:
    """Whether a word goes on here; Chinese, Japanese and Korean are written without spaces."""
    sign = text[at : at + 1]
    east = "\u3040" <= sign <= "\u30ff" or "\u4e00" <= sign <= "\u9fff" or "\uac00" <= sign <= "\ud7a3"
    return (sign.isalnum() or sign == "_") and not east
