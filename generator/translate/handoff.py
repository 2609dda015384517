"""A Handoff: the texts that go to a translator and come back with their translations, whatever the file's form."""

from __future__ import annotations

from collections.abc import Mapping

from ..model.content import Content
from ..model.problem import Place, Problem
from ..model.record import field, record
from ..model.walk import Value
from .units import UNTRANSLATED, match, units, watched


@record(slots=True)
class Unit:
    """A text with its translation."""

    path: str
    text: str
    """In the source's language."""
    target: str = ""
    """Its translation; "" for none."""
    done: bool = False
    """Whether the translation is of this text as it is now; False, too, where there is none."""
    note: str = ""
    """What the text is, for the translator."""
    place: Place | None = None
    """Of the text, in the content file when it goes out and in the translator's file when it comes back."""
    former: str = ""
    """What the text said when it was translated, where it has changed since; "" where that is not known."""


@record(slots=True)
class Handoff:
    """All texts of a content file, on their way from one language to another."""

    file: str
    """The content file, as a path from the project."""
    source: str
    """Language tags."""
    target: str
    units: list[Unit] = field(default_factory=list)
    place: Place | None = None
    """Where the translator's file names its languages."""
    problems: list[Problem] = field(default_factory=list)
    """What is wrong with single units of the translator's file."""


def handoff_of(content: Content, file: str, target: str, translated: Content | None, describe,
             former: Mapping[str, str]) -> Handoff:
    """The texts of a content file; `translated` is what there is in the other language.

    `describe` gives, for a class of the model, what each of its fields means; `former` has texts of earlier states
    of the file by their fingerprints.
    """
    known = {value.path: value for value in units(translated)} if translated else {}
    fingerprints = watched(content)
    if translated is None:
        filled = match({}, fingerprints)
    elif translated.translation is None:  # written by hand: texts at the same places are taken for translations
        filled = match({}, fingerprints)
        filled.same = {path: path for path in fingerprints}
    else:
        filled = match(translated.translation.units, fingerprints)
    out = []
    for value in units(content):
        unit = Unit(value.path, value.text, note=_note(value, describe), place=value.place)
        old = filled.same.get(value.path) or filled.moved.get(value.path)
        before = old or filled.changed.get(value.path)
        if (before in known
            and not (translated.translation and translated.translation.units.get(before) == UNTRANSLATED)):
            unit.target, unit.done = known[before].text, old is not None
            if old is None and translated.translation:
                unit.former = former.get(translated.translation.units[before], "")
        out.append(unit)
    return Handoff(file, str(content.language), target, out)


def made_from(content: Content, texts: Mapping[str, str], file: str) -> Handoff:
    """Each source text of a translated file, as it was when it was translated, with its translation. `texts`:
    fingerprint → text; a text that is not among them is left out."""
    fingerprints = content.translation.units
    known = [Unit(value.path, texts[fingerprints[value.path]], value.text, done=True)
             for value in units(content) if fingerprints.get(value.path) in texts]
    return Handoff(file, str(content.translation.source), str(content.language), known)


MARKS = {
    "lines": "One line of the cover on each line; together exactly the words of the title.",
    "inline": "One line; keep **bold**, *italic* and [words](address).",
    "prose": "Paragraphs and lists; keep **bold**, *italic*, [words](address), empty lines and the "
             "signs that begin list items.",
}
"""What a translator must know of a kind of text."""


def _note(value: Value, describe) -> str:
    meanings: Mapping[str, str] = describe(type(value.owner))
    said = meanings.get(value.name, "").replace("`", "")
    if value.kind == "lines":
        said = ""
    under = f"In the section “{value.heading}”." if value.heading and value.heading != value.text else ""
    marks = MARKS.get(value.kind, "") if value.kind == "lines" or any(sign in value.text for sign in "*[\n") else ""
    return " ".join(part for part in (said, under, marks) if part)
