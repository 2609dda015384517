"""What differs from copy to copy: the fields of a leaflet, and what a template gets of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from .content import Personal, Publisher
from .problem import Problem, Text
from .record import record
from .wording import nearest

FIELD = re.compile(r"\{(\s*[\w-]+\s*)\}")
"""What is a field in running text, if one is declared by exactly this name."""

STANDARD = (Personal("name", required=True), Personal("date", "date"), Personal("clinic"))
"""Fields that every leaflet has without being told."""


@record(frozen=True, slots=True)
class Strip:
    """The personal strip of one leaflet."""

    fields: tuple[Personal, ...]
    """In the order in which they are printed."""
    words: dict[str, str] | None = None
    """Field → what stands there, as the leaflet's language writes it; None: places are left empty, for copies."""
    blank: bool = False
    """Lines to write on stand in place of words."""
    running: dict[str, tuple[str, str | None]] | None = None
    """Field → what stands in running text for {field}, and its language where that is another; None: as it was
    typed."""


def fields_of(publisher: Publisher | None) -> dict[str, Personal]:
    """Name → field: the standard ones, which may be declared anew, and those that are declared besides."""
    fields = {one.name: one for one in STANDARD}
    for one in publisher.personal if publisher else ():
        fields[str(one.name)] = one
    return fields


def fields_in(texts: Iterable[str], names: Collection[str]) -> list[str]:
    """The fields that stand in texts as {field}."""
    return list(dict.fromkeys(found[1] for text in texts for found in FIELD.finditer(text) if found[1] in names))


def other_fields(source: str, translated: str, names: Collection[str]) -> list[str]:
    """How the fields of a translation differ from those of its source, in words."""
    before, after = fields_in([source], names), fields_in([translated], names)
    return ([f"the field {{{name}}} of the source is not here" for name in before if name not in after]
            + [f"the field {{{name}}} is not in the source" for name in after if name not in before])


def near_misses(texts: Iterable[Text], names: Collection[str]) -> list[Problem]:
    """Warnings of braces that nearly name a field, and so are printed as they stand."""
    out = []
    for text in texts:
        for found in FIELD.finditer(text):
            word = found[1]
            if word not in names and (hint := nearest(word, names, 0.7)):
                where = text.place_at(found.start()) if isinstance(text, Text) else None
                out.append(Problem(where, f"{{{word}}} is no field, and is printed as it stands", hint, "warning"))
    return out
