"""Makes the content file of another language from the source file and a Handoff that comes back from a translator."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from ..model.content import Content, Translation
from ..model.personal import other_fields
from ..model.problem import Place, Problem, Rejected, Text
from ..model.prose import composed
from ..model.record import field, record, replace
from ..model.walk import Value, mapped, values
from ..model.wording import quoted
from .handoff import Handoff, Unit
from .numbers import differences
from .units import UNTRANSLATED, Match, fingerprint, match, units, watched

Markup = Callable[[str], tuple[str, tuple]]
"""Markdown → (markup, faults), a fault having message, hint and severity."""
MANY_WORDS = 4
"""A text of so many words that reads the same in two languages is likely not translated; a name is shorter."""


@record(slots=True)
class Filled:
    """A translated content file, with its errors and warnings."""

    content: Content
    problems: list[Problem]
    """Errors and warnings, placed in the translator's file."""
    places: dict[str, Place]
    """Path → place of its translation in the translator's file."""


def fill(source: Content, handoff: Handoff, translated: Content | None, markup: Mapping[str, Markup],
         names: Collection[str] = (), partial: bool = False) -> Filled:
    """The content of the language that was translated into.

    `translated` is the file as it is now, or None; `markup` reads Markdown, by kind of text; `names` are those of the
    fields of copies. Raises Rejected where the handoff is not of this file. With `partial`, texts without translation
    keep the one they had, or stand in the source's language, and count as out of date.
    """
    if handoff.source != source.language:
        message = (
            f"this was translated from '{handoff.source}', but the language of {handoff.file} is '{source.language}'")
        raise Rejected([Problem(handoff.place, message, "export again")])
    if handoff.target == source.language:
        raise Rejected([Problem(handoff.place,
                                f"the language of the translation is that of the source, '{handoff.target}'")])
    work = _Work(source, handoff, translated, markup, names, partial)
    work.choose()
    options = [Text(work.chosen.get(f"options[{number}]", option)) for number, option in enumerate(source.options)]

    def visit(value: Value) -> Any:
        if value.linked:
            return Text(options[source.options.index(value.value)], value.value.place)
        if value.path not in work.chosen or not isinstance(value.value, (str, list)):
            return work.chosen.get(value.path, value.value)
        if value.kind == "lines":
            return [Text(line, value.place) for line in work.chosen[value.path].split("\n") if line]
        return Text(work.chosen[value.path], value.value.place)

    made = work.own(mapped(source, visit))
    first = Place("")
    return Filled(made, sorted(work.problems, key=lambda problem: problem.place or first), work.places)


@record(slots=True)
class _Work:
    source: Content
    handoff: Handoff
    translated: Content | None
    markup: Mapping[str, Markup]
    names: Collection[str]
    partial: bool
    chosen: dict[str, Any] = field(default_factory=dict)
    """Path → what stands there in the other language, where it is not what stands in the source."""
    fingerprints: dict[str, str] = field(default_factory=dict)
    """Path → fingerprint of the text it was made from."""
    places: dict[str, Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def choose(self) -> None:
        self.problems = list(self.handoff.problems)
        given = self.once()
        self.fingerprints = watched(self.source)
        asked = {value.path: value for value in units(self.source)}
        came = match({path: fingerprint(unit.text) for path, unit in given.items()},
                     {path: self.fingerprints[path] for path in asked})
        was = self.before()
        for path, value in asked.items():
            old = _old(came, path)
            unit = given.get(old) if old else None
            if unit is not None:
                self.places[path] = unit.place
            if unit is not None and unit.done:
                self.take(value, unit, path in came.changed)
            elif not self.partial:
                self.problems.append(self.missing(value, unit))
            elif path in was:
                self.chosen[path], self.fingerprints[path] = was[path]
            else:
                self.fingerprints[path] = UNTRANSLATED
        for path in self.fingerprints.keys() - asked.keys():  # numbers, addresses: the other language may have its own
            if path in was and was[path][1] == self.fingerprints[path]:
                self.chosen[path] = was[path][0]
        for path in came.gone:
            message = f"{self.handoff.file} has no text at {path}" + (" any more" if self.translated else "")
            self.problems.append(Problem(given[path].place, message, "this translation is not used", "warning"))

    def once(self) -> dict[str, Unit]:
        """The units of the handoff by path; a problem for each path that stands twice."""
        found: dict[str, Unit] = {}
        for unit in self.handoff.units:
            if unit.path in found:
                message = f"the text at {unit.path} stands twice"
                self.problems.append(Problem(unit.place, message, f"first on line {found[unit.path].place.line}"))
            found.setdefault(unit.path, unit)
        return found

    def before(self) -> dict[str, tuple[Any, str]]:
        """Path in the source → what the other language had there, and the fingerprint of what that was made from."""
        if self.translated is None or self.translated.translation is None:
            return {}
        made_from = self.translated.translation.units
        known = {value.path: value for value in values(self.translated)}
        found = match(made_from, self.fingerprints)
        return {
            path: (known[old].text if known[old].words else known[old].value, made_from[old])
            for path in self.fingerprints
            if (old := _old(found, path)) in known and made_from[old] != UNTRANSLATED
        }

    def missing(self, value: Value, unit: Unit | None) -> Problem:
        if unit is None:
            return Problem(self.handoff.place, f"the text at {value.path} is missing here: {quoted(value.text)}",
                           "export again, or import with --partial")
        said = "is marked as not finished" if unit.target.strip() else "is not translated"
        hint = ("look it over and take the mark away" if unit.target.strip()
                else "translate it, or import with --partial")
        return Problem(unit.place, f"the text at {value.path} {said}: {quoted(value.text)}", hint)

    def take(self, value: Value, unit: Unit, changed: bool) -> None:
        """Take in a finished translation, and add problems for what looks wrong in it."""
        lines = unit.target.replace("\r\n", "\n")
        target = lines.strip("\n") if value.kind == "prose" else lines.strip()
        if value.kind == "lines":
            target = "\n".join(line.strip() for line in target.split("\n") if line.strip())
        self.chosen[value.path] = target = composed(target)
        if changed:
            self.fingerprints[value.path] = fingerprint(unit.text)
            message = f"the text at {value.path} has changed since it was exported: {quoted(value.text)}"
            self.problems.append(Problem(unit.place, message, "import marks it as out of date; export again",
                                         "warning"))
        if "\n" in target and value.kind in ("line", "inline"):
            self.problems.append(Problem(unit.place, "this must be one line of text", "join the lines"))
        elif target != value.text:
            languages = str(self.source.language), self.handoff.target
            self.problems += [Problem(unit.place, said, "a field has one name in all languages")
                              for said in other_fields(value.text, target, self.names)]
            self.problems += [Problem(unit.place, *said)
                              for said in _doubts(value.text, target, self.markup.get(value.kind), *languages,
                                                  self.names)]
        elif len(target.split()) >= MANY_WORDS and target == unit.text:
            self.problems.append(Problem(unit.place, "the translation reads as the source",
                                         "translate it, if it is not meant so", "warning"))

    def own(self, made: Content) -> Content:
        """`made` with the keys in which a file speaks of itself: language and status, and its earlier dates, layouts
        and phrases."""
        review, layouts, language = made.review, made.layouts, made.language
        phrases = self.translated.phrases if self.translated else {}
        if self.translated:
            before = self.translated.review
            dates = {name: _placed(getattr(before, name), getattr(review, name))
                     for name in ("published", "reviewed", "next_review", "version")}
            review, layouts = replace(review, **dates), [str(name) for name in self.translated.layouts]
        approved = self.translated.review.fingerprint if self.translated else None
        review = replace(review, fingerprint=_placed(approved, review.fingerprint))
        review = replace(review, status=Text("unreviewed-translation", getattr(made.review.status, "place", None)))
        object.__setattr__(review, "place", made.review.place)
        translation = Translation(str(self.source.language), self.fingerprints)
        made_own = replace(made, language=Text(self.handoff.target, language.place), review=review, layouts=layouts,
                           phrases=phrases, translation=translation)
        object.__setattr__(made_own, "place", made.place)
        return made_own


def _placed(value: str | None, source: str | None) -> str | None:
    """The translation's value, with the place of the source's value, since keys are written in the order of their
    places."""
    return None if value is None else Text(value, getattr(source, "place", None))


def _old(found: Match, path: str) -> str | None:
    return found.same.get(path) or found.moved.get(path) or found.changed.get(path)


# ── what looks wrong in a translation ────────────────────────────────────────────────────────────────────────────────

COUNTED = {"<a ": ("link", "links"), "<li": ("list item", "list items"), "<strong>": ("bold part", "bold parts")}
PLACEHOLDER = re.compile(r"\{[^{}\s]*\}")


def _doubts(text: str, target: str, markup: Markup | None, language: str, other: str,
            names: Collection[str]) -> Iterator[tuple[str, str, str]]:
    """(message, hint, severity) for each doubt: Markdown that cannot be printed, and what differs from the source."""
    if markup:
        before, _ = markup(text)
        after, faults = markup(target)
        yield from ((fault.message, fault.hint, fault.severity) for fault in faults)
        for mark, (one, many) in COUNTED.items():
            here, there = after.count(mark), before.count(mark)
            if here != there:
                yield f"{here} {one if here == 1 else many} for {there} in the source", "", "warning"
    before, after = (Counter(found for found in PLACEHOLDER.findall(said) if found[1:-1] not in names)
                     for said in (text, target))
    if lost := list((before - after).elements()):
        yield (
            (f"the placeholder{'s' * (len(lost) > 1)} {', '.join(lost)} of the source "
             f"{'are' if len(lost) > 1 else 'is'} not here"), "", "warning")
    if more := list((after - before).elements()):
        yield (
            (f"the placeholder{'s' * (len(more) > 1)} {', '.join(more)} "
             f"{'are' if len(more) > 1 else 'is'} not in the source"), "", "warning")
    for said in differences(text, language, target, other):
        yield said, "", "warning"

