"""Kinds of values: what a line, a date, a colour … must look like. The reader and editors use the same rule.

A rule is a regular expression that means the same in Python and in JavaScript (ECMA-262, which JSON Schema uses). What
no expression can say is a function in Python beside it.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from datetime import date
from typing import Any

from ..model.address import Address, address
from ..model.content import UNSEEN
from ..model.late import Late
from ..model.layout import INCH, MM
from ..model.names import LANGUAGE
from ..model.problem import Text
from ..model.prose import composed, holds_list
from ..model.record import record
from ..model.wording import nearest, quoted
from .nodes import Mapping, Scalar
from .pictures import ENDING, ENDINGS

GUESSED = ("string", "number", "boolean")
"""What an editor may take unquoted text for, by YAML 1.2 (10.3.2): `1.10` is text here, but a number there."""


FILL = "fill it in, or leave it out where it is not required"
QUOTES = "put the whole text in quotes, or write it below '>-', indented"


class Wrong(Exception):
    """A value is not what it should be. `says`: what it must be, as the end of a sentence that begins with the key;
    `hint`: what to do."""

    def __init__(self, says: str, hint: str = "") -> None:
        self.says = says
        self.hint = hint


@record(frozen=True, eq=False)  # no two are equal; they are compared for every text that is read
class Kind:
    """A kind of text."""

    pattern: str
    """Searched for in the text without the white space around it."""
    says: str
    hint: str = ""
    types: tuple[str, ...] = ("string",)
    """JSON types by which an editor may see it."""
    refine: Callable[[str], Any] | None = None
    """Gives the value of a text that matches the pattern; raises Wrong."""
    bounds: tuple[tuple[str, int], ...] = ()
    """JSON Schema keywords for text that an editor takes for a number."""

    def read(self, node: Any) -> Any:
        """The value of a node: a Text, or what `refine` makes of it. Raises Wrong."""
        if "string" in self.types:
            text = words(node)
        else:
            text = words(node, "a number")
            if not node.plain:
                raise Wrong(self.says, "without quotes")
        value = node.prose.strip("\n") if self is KINDS["prose"] else text.strip()
        one_line = self in _LINES and self is not KINDS["prose"]
        if one_line and "\n" not in value and holds_list(node.prose):  # whose lines YAML has joined
            raise Wrong(self.says, self.hint)
        if self in _LINES:
            value = composed(value)
        if UNSEEN.fullmatch(value or " "):
            raise Wrong("is empty", FILL)
        if not _finder(self.pattern)(value):
            meant = {KINDS["date"].says: date_meant, KINDS["period"].says: _period_meant}.get(self.says)
            hint = meant(value) if meant else self.hint
            raise Wrong(self.says + ("" if self in _LINES else f", not {quoted(value)}"), hint)
        if self is KINDS["line"] and (mark := _MARK.search(value)):
            raise Wrong(f"takes no marks; {quoted(mark[0])} would be printed as it stands", _PLAIN)
        if self.refine:
            value = self.refine(value)
        return Text(value, node.place, node) if isinstance(value, str) else value

    def editor(self) -> dict[str, Any]:
        """The rule as JSON Schema."""
        types = list(self.types) if len(self.types) > 1 else self.types[0]
        pattern = self.pattern
        if pattern.startswith("^") and pattern.endswith("$"):
            pattern = rf"^\s*{pattern[1:-1]}\s*$"
        schema: dict[str, Any] = {"type": types}
        if "string" in self.types:
            schema["pattern"] = pattern
        return schema | dict(self.bounds)


@functools.cache
def _finder(pattern: str) -> Callable[[str], re.Match[str] | None]:
    """re.search with a pattern, compiled when it is first needed."""
    return re.compile(pattern).search


def words(node: Any, wanted: str = "text") -> str:
    """The text of a scalar that has a value. Raises Wrong."""
    if not isinstance(node, Scalar):
        if isinstance(node, Mapping) and wanted == "text":
            raise _mapping_for_text(node)
        raise Wrong(f"must be {wanted}, not a {'list' if isinstance(node, list) else 'mapping of keys'}")
    if not node.void:
        return node.text
    if node.text in ("", "~"):
        raise Wrong("has no value", f"{FILL}; text that begins with # needs quotes")
    raise Wrong("has no value", f"put the word {node.text} in quotes if it is meant")


def text_with_colon(node: Mapping) -> str:
    """The words "Call us: 999" of a mapping that is one only by its colon; "" where braces make it one."""
    key = next(iter(node), None)
    if key is None or node.marks[key] != node.place:
        return ""
    value = node[key]
    said = key.written.raw or key
    return f"{said}: {value.text}" if isinstance(value, Scalar) and not value.void else f"{said}:"


def is_wording(key: str) -> bool:
    """Whether a key is like the words of a text: with a space or a capital, unlike any key of ours."""
    return " " in key.strip() or key[:1].isupper()


def _mapping_for_text(node: Mapping) -> Wrong:
    if not (text := text_with_colon(node)):
        return Wrong("must be text, not a mapping of keys", "put text that begins with { in quotes")
    key = next(iter(node))
    hint = (QUOTES if is_wording(key) or not key.written.plain
            else f"leave out '{key}:', or put the whole text in quotes")
    return Wrong(f"must be text; the colon in {quoted(text)} makes a key of what stands before it", hint)


# ── what no expression can say ───────────────────────────────────────────────────────────────────────────────────────

_DAYS = r"(0[1-9]|[12]\d|3[01])"
_DAY = rf"(0[13578]|1[02])-{_DAYS}|(0[469]|11)-(0[1-9]|[12]\d|30)|02-(0[1-9]|[12]\d)"
_DATE = rf"^[1-9]\d{{3}}(-(0[1-9]|1[0-2]|{_DAY}))?$"


def _date(value: str) -> str:
    year, *rest = map(int, value.split("-"))
    try:
        date(year, *(rest + [1, 1])[:2])
    except ValueError:
        raise Wrong(f"must be a day that exists, not {quoted(value)}") from None
    return value


def _period(value: str) -> str:
    for one in re.split("[–/]", value):
        _date(one)
    return value


_OTHER_DATE = Late(
    r"(\d{1,2})([./-])(?:(\d{1,2})\2)?(\d{4})"
    r"|(\d{4})[./](\d{1,2})(?:[./](\d{1,2}))?|(\d{4})-(\d{1,2})(?:-(\d{1,2}))?")


_NAMED_DATE = Late(
    r"(?:(\d{1,2})(?:st|nd|rd|th|\.)?\s+(?:of\s+|de\s+)?)?([^\W\d_]{3,})\.?,?\s+"
    r"(?:(\d{1,2})(?:st|nd|rd|th)?,?\s+|de\s+)?(\d{4})")
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
           "november", "december")


def date_meant(value: str) -> str:
    """The ISO form (ISO 8601) of a date that is written in another one, or both where it can be read in two ways. Of a
    month's name that is not English, the form says where its number goes."""
    found = _OTHER_DATE.fullmatch(value.strip())
    if not found and (found := _NAMED_DATE.fullmatch(value.strip())):
        before, name, behind, year = found.groups()
        months = [number for number, month in enumerate(_MONTHS, 1)
                  if month.startswith("sep" if name.lower() == "sept" else name.lower())]
        form = f"{int(year)}-{months[0]:02}" if len(months) == 1 else f"{int(year)}-MM"
        form += f"-{int(before or behind):02}" if before or behind else ""
        if "MM" in form:
            return f"write {form}, where MM is the number of the month"
        return f"write {form}" if _finder(_DATE)(form) else ""
    if not found:
        return ""
    first, _, second, year, *rest = found.groups()
    if year and second:
        orders = [(year, second, first), (year, first, second)]  # 3.7.2017 is a day in July, or in March
        orders = orders[:1] if found[2] == "." else orders
    else:
        orders = [(year, first, None) if year else tuple(rest[:3] if rest[0] else rest[3:])]
    forms = []
    for parts in orders:
        form = "-".join(part.zfill(2) for part in parts if part)
        try:
            if _finder(_DATE)(form) and _date(form) not in forms:
                forms.append(form)
        except Wrong:
            continue
    return f"write {' or '.join(forms)}" if forms else ""


def _period_meant(value: str) -> str:
    """As `date_meant`, of a date or a period."""
    years = re.fullmatch(r"([1-9]\d{3})\s*(?:[-—–/]|to|until)\s*([1-9]\d{3})", value.strip())
    return f"write {years[1]}–{years[2]}" if years else date_meant(value)


_UNITS = {"mm": MM, "cm": 10 * MM, "in": INCH, "pt": 1.0}


def _length(value: str) -> float:
    number, unit = re.fullmatch(r"([-+\d.]+)\s*([a-z]*)", value).groups()
    return float(number) * _UNITS.get(unit, 1.0)


def _address(value: str) -> Address:
    try:
        return address(value)
    except ValueError as error:
        raise Wrong(f"must be an e-mail address, not {quoted(value)}", str(error)) from None


def _points(value: str) -> float:
    return float(value.removesuffix("pt"))


def _number(value: str) -> float:
    return float(value)


_ONE = "must be one line of text"
_MARK = Late(
    r"\*\*[^\s*](?:[^*]*[^\s*])?\*\*|\[[^\[\]]+\]\((?:https?|mailto|tel):[^()\s]*\)|</?(?:b|br|em|i|p|span|strong|su[bp]|u)\s*/?>"
    r"|&(?:[A-Za-z]{2,8}|#\d{1,7});"
)
_PLAIN = "write the words and signs alone; texts and headings take marks, this takes none"
_JOIN = "join the lines; only text, answers and notes may have paragraphs"
KINDS: dict[str, Kind] = {
    "line": Kind(r"^\S([^\n]*\S)?$", _ONE, _JOIN, GUESSED),
    "inline": Kind(r"^\S([^\n]*\S)?$", _ONE, _JOIN, GUESSED),
    "prose": Kind(r"\S", "is empty", FILL, GUESSED),
    "date": Kind(_DATE, "must be a date like 2017, 2017-07 or 2017-07-03", "", ("string", "integer"), _date,
                 (("minimum", 1000), ("maximum", 9999))),
    "period": Kind(rf"{_DATE[:-1]}([–/]{_DATE[1:-1]})?$",
                   "must be a date like 2017 or 2017-07, or a period like 2017–2019", "",
                   ("string", "integer"), _period, (("minimum", 1000), ("maximum", 9999))),
    "language": Kind(f"^{LANGUAGE}$",
                     "must be a language tag (BCP 47) like en, pt-BR or zh-Hans"),
    "slug": Kind(r"^[a-z\d]+(-[a-z\d]+)*$", "must be small letters and digits, parted by hyphens", "", GUESSED),
    "url": Kind(r"^(https?://[^\s/]|mailto:[^\s@]+@|tel:[+\d])\S*$", "must be a web address",
                "it begins with https:, http:, mailto: or tel:"),
    "email": Kind(r"^[^\s@<>,;:]+@[^\s@<>,;:.]+(\.[^\s@<>,;:.]+)+$", "must be an e-mail address"),
    "address": Kind(r"^([^<>]*<)?[^\s@<>,;:]+@[^\s@<>,;:.]+(\.[^\s@<>,;:.]+)+>?$", "must be an e-mail address",
                    "with or without a name, as in Hip clinic <ward@clinic.example>", refine=_address),
    "host": Kind(r"^([^\s/@:\[\]]+|::1)$", "must be the name of a server, like smtp.clinic.example",
                 "without https:// and without a port"),
    "colour": Kind(r"^#[\da-fA-F]{6}$", "must be a colour like '#1a2b3c'", "in quotes, else YAML takes # for a comment",
                   refine=str.lower),
    "picture": Kind(rf"^[^/\\:\s][^\\:\x00-\x1f]*{ENDING}$",
                    f"must name a {ENDINGS} file of the project",
                    "give the path from this file, with /; save a HEIC photograph as JPEG"),
    "length": Kind(r"^(0|\d{1,5}(\.\d{1,9})?\s*(mm|cm|in|pt))$", "must be a length with its unit",
                   "like 8mm, 0.25in or 11pt; not negative", refine=_length),
    "shift": Kind(r"^(0|[-+]?\d{1,2}(\.\d{1,3})?\s*(mm|cm|in|pt))$", "must be a length with its unit",
                  "like 0.8mm or -0.4mm", refine=_length),
    "percent": Kind(r"^([1-9]\d|100)%$", "must be a width from 10% to 100%", "like 60%"),
    "points": Kind(r"^\d{1,5}(\.\d{1,9})?(pt)?$", "must be a size in points", "like 10.5", GUESSED, _points),
}
_LINES = (KINDS["line"], KINDS["inline"], KINDS["prose"])
FLOAT = Kind(r"^[-+]?\d{1,9}(\.\d{1,9})?$", "must be a number", "", ("number",), _number)
INT = Kind(r"^[-+]?\d{1,9}$", "must be a whole number", "", ("integer",), int)


def boolean(node: Any) -> bool:
    """true or false, not in quotes. Raises Wrong."""
    value = words(node, "true or false")
    if not node.plain or value.lower() not in ("true", "false") or value[1:] not in ("rue", "RUE", "alse", "ALSE"):
        raise Wrong(f"must be true or false, not {quoted(value)}", "without quotes" if not node.plain else "")
    return value[0] in "tT"


def choice(node: Any, choices: tuple[Any, ...]) -> Any:
    """One of the choices: words, or whole numbers that are not in quotes. Raises Wrong."""
    *first, last = (str(one) for one in choices)
    listed = f"{', '.join(first)} or {last}" if first else last
    value = words(node, listed)
    for one in choices:
        if value == str(one) and (isinstance(one, str) or node.plain):
            return Text(one, node.place, node) if isinstance(one, str) else one
    hint = nearest(value, choices) if node.plain or isinstance(choices[0], str) else "without quotes"
    raise Wrong(f"must be {listed}, not {quoted(value)}", hint)
