"""Finds the texts of a translated content file that are older than the file that they were translated from."""

from __future__ import annotations

from collections.abc import Collection

from ..model.content import Content
from ..model.personal import fields_in, other_fields
from ..model.problem import Place, Problem
from ..model.walk import values
from ..model.wording import quoted
from .numbers import differences
from .units import UNTRANSLATED, match, units, watched


def stale(content: Content, source: Content, file: str) -> list[Problem]:
    """A warning for each text that has changed since, in the order of `content`, a translation of `source`.

    `file` is the source's name in messages. Content without `translation` is not looked at by the caller.
    """
    made_from = content.translation.units
    here = {value.path: value for value in values(content)}
    there = {value.path: value for value in values(source)}
    found = match(made_from, watched(source))

    def place(old: str) -> Place | None:
        """The place of the text in the translated file, or of its fingerprint where the text has been taken away."""
        return here[old].place if old in here else next((key.place for key in made_from if key == old), None)

    def origin(new: str) -> str:
        where = there[new].place
        return f"{file}:{where.line}" if where else file

    out = []
    for new, old in found.changed.items():
        if made_from[old] == UNTRANSLATED:
            out.append(_warning(place(old), f"this is not translated; the text stands at {origin(new)}"))
        else:
            out.append(_warning(place(old),
                                f"this is older than {origin(new)}, where it reads now: {quoted(there[new].text)}"))
    for new, old in found.moved.items():
        out.append(_warning(place(old), f"this stands in another order at {origin(new)}"))
    for new, old in found.same.items():
        if old not in here:
            out.append(_warning(place(old), f"the translation of {origin(new)} is not here any more"))
    for old in found.gone:
        out.append(_warning(place(old), f"{file} has nothing like this any more"))
    last = content.place
    for new, value in there.items():
        old = found.same.get(new) or found.changed.get(new)
        if old in here:
            last = here[old].place
        elif new in found.added:
            out.append(_warning(last, f"after this, a translation of {origin(new)} is missing: {quoted(value.text)}"))
    first = Place("")
    return sorted(out, key=lambda problem: problem.place or first)


def strange(content: Content, source: Content, file: str) -> list[Problem]:
    """A warning for each translation that is up to date and has other numbers or units than its source.

    Arguments as for `stale`.
    """
    here = {value.path: value for value in units(content)}
    found = match(content.translation.units, watched(source))
    out = []
    for value in units(source):
        mine = here.get(found.same.get(value.path, ""))
        if mine is not None:
            where = f"the source is {file}:{value.place.line}" if value.place else ""
            out += [Problem(mine.place, said, where, "warning")
                    for said in differences(value.text, str(source.language), mine.text, str(content.language))]
    first = Place("")
    return sorted(out, key=lambda problem: problem.place or first)


def changed_fields(content: Content, source: Content, file: str, names: Collection[str]) -> list[Problem]:
    """An error for each translation that is up to date and has other fields of copies than its source.

    `names` are those of the fields; the other arguments as for `stale`.
    """
    here, there = ({value.path: value for value in units(one)} for one in (content, source))
    if not fields_in((value.text for one in (here, there) for value in one.values()), names):
        return []
    found = match(content.translation.units, watched(source))
    out = []
    for value in there.values():
        mine = here.get(found.same.get(value.path, ""))
        if mine is not None:
            where = f"the source is {file}:{value.place.line}; " if value.place else ""
            out += [Problem(mine.place, said, f"{where}a field has one name in all languages")
                    for said in other_fields(value.text, mine.text, names)]
    return out


def _warning(place: Place | None, message: str) -> Problem:
    return Problem(place, message, "export again, and translate it", "warning")

