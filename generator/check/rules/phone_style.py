"""One telephone number, written one way."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.editorial import Finding
from ..manuscript import Manuscript
from ..rule import found, rule

_PHONE = re.compile(r"(?<![\w.,/-])\+?\(?\d[\d\s().‑-]{5,}\d(?![\w/])")


@rule("consistency", "NHS content guide, telephone numbers")
def phone_style(m: Manuscript) -> Iterator[Finding]:
    """A telephone number is written in two ways, or differs from another one in one digit or by two digits that have
    changed places."""
    first: dict[str, dict[str, object]] = {}
    for text, place in _texts(m):
        for match in _PHONE.finditer(text):
            digits = re.sub(r"\D", "", match[0])
            if 7 <= len(digits) <= 15 and not re.fullmatch(r"(?:19|20)\d\d\D+(?:19|20)?\d\d\D*\d*", match[0].strip()):
                first.setdefault(digits.lstrip("0")[-9:], {}).setdefault(match[0].strip(), place(match.start()))
    for forms in first.values():
        if len(forms) > 1:
            yield found(
                list(forms.values())[-1],
                f"one telephone number in {len(forms)} forms: {', '.join(forms)}",
                "write it in one way throughout",
                next(iter(forms)),
            )
    numbers = list(first)
    for at, one in enumerate(numbers):
        for other in numbers[at + 1 :]:
            if len(one) == len(other) >= 8 and (slip := _slip(one, other)):
                a, b = next(iter(first[one])), next(iter(first[other]))
                yield found(
                    first[other][b],
                    f"two telephone numbers {slip}: {a}, {b}",
                    "is one a slip?",
                    f"{a} {b}",
                )


def _slip(one: str, other: str) -> str:
    """How one number may have become the other by a slip of the hand; "": they are simply two numbers. The last two
    digits may differ: so do the numbers of two rooms."""
    unlike = [at for at, (a, b) in enumerate(zip(one, other)) if a != b]
    if len(unlike) == 1 and unlike[0] < len(one) - 2:
        return "differ in one digit"
    if len(unlike) == 2 and unlike[1] == unlike[0] + 1 and one[unlike[0]] == other[unlike[1]]:
        return "differ in two digits that have changed places" if one[unlike[1]] == other[unlike[0]] else ""
    return ""


def _texts(m: Manuscript):
    for passage in m.passages:
        yield passage.text, passage.place_at
    for contact in (*m.content.contacts, *(b.contact for b in m.blocks if b.contact), m.content.publisher):
        for phone in (contact.phone, *(more.number for more in getattr(contact, "phones", ()))) if contact else ():
            if phone:
                yield str(phone), lambda offset, phone=phone: m.place(phone)
