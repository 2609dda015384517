"""The recipe of translations: a file for a translator, the content file of what comes back, and what is out of date."""

from __future__ import annotations

import os
import re
from bisect import bisect_right
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from ..kept.files import TooLarge, absent, leads_out, read_bytes
from ..model.content import Content
from ..model.names import LANGUAGE
from ..model.personal import fields_of
from ..model.problem import Place, Problem, Rejected, Text
from ..model.record import replace
from ..model.walk import values
from ..model.wording import shown
from ..read.passages import shared_file
from .approval import words_of
from .project import ProjectFiles, once

FORMS = {".po": "po", ".xlf": "xliff", ".xliff": "xliff"}
"""Suffix of a translator's file → its form."""
LARGEST = 20_000_000
"""Bytes of a translator's file; one of a long leaflet has 100,000."""


def source_of(project: ProjectFiles, path: Path) -> Path | None:
    """The file that a content file was translated from; None where it is no translation. Raises Rejected."""
    translation = project.content(path).translation
    return path.with_name(translation.source + path.suffix) if translation else None


def outdated(project: ProjectFiles, path: Path) -> list[Problem]:
    """A warning for each text of a translation that is older than its source. Raises Rejected."""
    return once(project.outdated, path, lambda: _outdated(project, path))


def _outdated(project: ProjectFiles, path: Path) -> list[Problem]:
    source = source_of(project, path)
    if source is None:
        return []
    from ..translate.stale import stale

    place, name = project.content(path).translation.source.place, shown(source, project.root)
    if source == path:
        raise Rejected([Problem(place, "the file cannot be a translation of itself",
                                "name the language it was translated from")])
    if absent(source):
        hint = "take 'translation' away if this file now stands alone"
        raise Rejected([Problem(place, f"there is no {name}, which this was translated from", hint)])
    try:
        original = project.content_alone(source)
    except Rejected:
        return [Problem(place, f"{name} has problems, so it cannot be told whether this translation is up to date",
                        severity="warning")]
    return [*stale(project.content_alone(path), original, name), *_passages_changed(project, path)]


def _passages_changed(project: ProjectFiles, path: Path) -> list[Problem]:
    """A warning for each shared passage that reads otherwise in the source's language than when it was translated."""
    translation = project.content(path).translation
    now = passages_of(project, path, str(translation.source))
    used = _used(project, path)
    said = f"has changed in '{translation.source}' since this was translated"
    return [Problem(used[name], f"the shared passage '{name}' {said}",
                    f"translate {shown(shared_file(name, path.stem, project.root), project.root)}; "
                    "export and import this translation when it is right", "warning")
            for name, was in translation.passages.items() if name in used and now.get(name, was) != was]


def _used(project: ProjectFiles, path: Path) -> dict[str, Place | None]:
    """Name → where it stands first, of each shared passage that a content file uses. Raises Rejected."""
    found: dict[str, Place | None] = {}
    for value in values(project.content_alone(path)):
        if value.name == "use":
            found.setdefault(str(value.value), value.place)
    return found


def passages_of(project: ProjectFiles, path: Path, language: str) -> dict[str, str]:
    """Name → fingerprint in a language, of each shared passage that a content file uses and that can be read there."""
    found: dict[str, str] = {}
    for value in values(project.content_alone(path)):
        if value.name == "use" and str(value.value) not in found:
            with suppress(Rejected):
                blocks = project.passage(value.value, language)
                found[str(value.value)] = words_of(Content(1, language, Text(""), introduction=blocks))
    return found


def untranslated(project: ProjectFiles, path: Path, language: str) -> list[Problem]:
    """A warning for each shared passage of a content file that is not there in a language. Raises Rejected."""
    used = _used(project, path)
    files = {name: shared_file(name, language, project.root) for name in used}
    return [Problem(used[name], f"the shared passage '{name}' is not there in '{language}'",
                    f"a translation is built when somebody has written {shown(file, project.root)}", "warning")
            for name, file in files.items() if absent(file)]


def strange(project: ProjectFiles, path: Path) -> list[Problem]:
    """A warning for each text of a translation that has other numbers or units than its source. Raises Rejected."""
    source = source_of(project, path)
    if source is None or not source.is_file() or source == path:
        return []  # `outdated` tells what is wrong with it
    from ..translate.stale import strange

    try:
        return strange(project.content_alone(path), project.content_alone(source), shown(source, project.root))
    except Rejected:
        return []


def changed_fields(project: ProjectFiles, path: Path) -> list[Problem]:
    """An error for each text of a translation that has lost a field of copies, or has one that its source has not.
    Raises Rejected."""
    source = source_of(project, path)
    if source is None or not source.is_file() or source == path:
        return []  # `outdated` tells what is wrong with it
    from ..translate.stale import changed_fields

    try:
        original = project.content_alone(source)
    except Rejected:
        return []
    content = project.content(path)
    return changed_fields(content, original, shown(source, project.root), fields_of(content.publisher))


def out_of_date(project: ProjectFiles, path: Path, allowed: bool) -> list[Problem]:
    """One warning where a leaflet is built from a translation that is out of date, unless that is `allowed`."""
    found = [] if allowed else outdated(project, path)
    if not found:
        return []
    texts = "1 text is" if len(found) == 1 else f"{len(found)} texts are"
    return [Problem(Place(shown(path, project.root)), f"{texts} out of date, and the leaflet says so",
                    "leaflet check lists them; --allow-stale takes the mark away", "warning")]


def original(project: ProjectFiles, paths: Sequence[Path], language: str) -> Path:
    """The content file to translate: among a leaflet's languages, the one that is not itself a translation. Raises
    Rejected."""
    others = [path for path in paths if path.stem != language]
    if len(others) > 1:
        others = [path for path in others if project.content_alone(path).translation is None]
    if len(others) == 1:
        return others[0]
    names = ", ".join(f"{path.parent.name}/{path.stem}" for path in paths)
    raise Rejected([Problem(None, f"it is not clear which text is to be translated into '{language}': there is {names}",
                            "name one, with its language")])


def exported(root: Path, path: Path, language: str, form: str) -> str:
    """The text of a translator's file: all texts of a content file, with the translations that exist. `form`: po or
    xliff.

    Raises Rejected.
    """
    from ..read.editor import describe
    from ..translate.handoff import handoff_of
    from ..translate.po import write_po
    from ..translate.xliff import write_xliff

    project = ProjectFiles(root)
    if not path.is_relative_to(root):
        raise Rejected([Problem(Place(str(path)), "this file is not in the project",
                                "only leaflets of the project are translated")])
    content, target = project.content_alone(path), path.with_name(language + path.suffix)
    if target == path:
        raise Rejected([Problem(Place(shown(path, root)), f"this is the text in '{language}'",
                                "name another language")])
    if content.translation and content.translation.source == language:
        raise Rejected([Problem(content.translation.source.place, f"this was translated from '{language}'",
                                "name another language")])
    before = None if absent(target) else project.content_alone(target)
    handoff = handoff_of(content, Path(shown(path, root)).as_posix(), language, before, describe, _former(root, target))
    return {"po": write_po, "xliff": write_xliff}[form](handoff)


def spent(root: Path, file: Path) -> bool:
    """Whether a translator's file holds no translation that its content file does not have, so that nobody's work is
    lost where an export writes over it."""
    from ..translate.units import units

    try:
        handoff = _handoff(file)
        target = _source(root, handoff).with_name(f"{handoff.target}.yaml")
        there = {""} if absent(target) else {"", *(value.text for value in units(
            ProjectFiles(root).content_alone(target)))}
    except Rejected:
        return False
    return not handoff.problems and all(unit.target in there for unit in handoff.units)


def imported(root: Path, file: Path, partial: bool) -> tuple[Path, bytes | None, list[Problem]]:
    """Reads a file that comes back from a translator: (path of the translated content file, its new bytes, warnings).

    The bytes are None where nothing is new. Raises Rejected with everything that is wrong, placed in the translator's
    file.
    """
    from ..read.content import read_alone
    from ..translate.fill import fill
    from ..write import write_content

    handoff = _handoff(file)
    source = _source(root, handoff)
    project = ProjectFiles(root)
    target = source.with_name(handoff.target + source.suffix)
    before = None if absent(target) else project.content_alone(target)
    origin = before.translation.source if before and before.translation else None
    if before and target != source and origin != handoff.source and before.review.status == "final":
        message = f"{shown(target, root)} is no translation of {source.name}; it would be written over"
        raise Rejected([Problem(handoff.place, message,
                                "give the language of this translation, or move that file away")])
    fields = fields_of(project.content(source).publisher)
    filled = fill(project.content_alone(source), handoff, before, {"inline": _line, "prose": _prose}, fields, partial)
    _note_passages(filled.content, passages_of(project, source, handoff.source))
    text, starts = write_content(filled.content, _head(root, source))
    try:
        made = read_alone(target, root, text.encode())
    except Rejected as rejected:
        found = [_back(problem, starts, filled.places, handoff.place) for problem in rejected.problems]
        known = {problem.place for problem in filled.problems if problem.severity == "error"}
        raise Rejected([*filled.problems, *(problem for problem in found if problem.place not in known)]) from None
    if any(problem.severity == "error" for problem in filled.problems):
        raise Rejected(filled.problems)
    if made != filled.content:
        raise AssertionError(f"{target} would not read as it was written")
    new = before is None or before != _with_status(before, made)
    return (target, text.encode() if new else None,
            [*filled.problems, *(_dropped(before, made, source) if before else ()),
             *untranslated(project, source, handoff.target)])


def _note_passages(content: Content, passages: dict[str, str]) -> None:
    """What the passages said when this was translated."""
    object.__setattr__(content.translation, "passages", passages)


def _line(text: str) -> tuple[str, tuple]:
    """A line of words as markup, and all faults in it, such as Markdown that is not read and links that lead
    nowhere."""
    from ..merge.markdown import line

    markup, slips = line(text)
    return markup, (*slips, *_unprintable(f"<p>{markup}</p>"))


def _prose(text: str) -> tuple[str, tuple]:
    """As `_line`, for paragraphs and lists."""
    from ..merge.markdown import blocks

    markup, slips = blocks(text)
    return markup, (*slips, *_unprintable(markup))


def _unprintable(markup: str) -> list[Problem]:
    from ..merge.markup import parse

    return parse(f"<story>{markup}</story>", Place(""), (), (), (), ()).problems


def remembered(root: Path, file: Path, target: Path) -> tuple[Path, bytes]:
    """The PO file beside `target`, and its new bytes: each source text as it was when it was translated.

    From it the next export knows what a text said before it changed. `file` is the translator's file just imported.
    """
    from ..translate.handoff import made_from
    from ..translate.po import write_po
    from ..translate.units import fingerprint, units

    handoff, project = _handoff(file), ProjectFiles(root)
    source = project.content_alone(_source(root, handoff))
    texts = [unit.text for unit in handoff.units] + [value.text for value in units(source)]
    known = _former(root, target) | {fingerprint(text): text for text in texts}
    made = made_from(project.content_alone(target), known, handoff.file)
    note = f"What {target.name} was translated from; leaflet translate export tells from it what a text said before."
    return target.with_suffix(".po"), write_po(made, note).encode()


def _former(root: Path, target: Path) -> dict[str, str]:
    """Fingerprint → source text, of the texts that the PO file beside a translated file remembers. Raises Rejected."""
    from ..translate.units import fingerprint

    file = target.with_suffix(".po")
    if absent(file):
        return {}
    if leads_out(file, root):
        raise Rejected([Problem(Place(shown(file, root)), "this file is a link that leads out of the project",
                                "copy the file itself here")])
    return {fingerprint(unit.text): unit.text for unit in _handoff(file).units}


def _dropped(before: Content, made: Content, source: Path) -> list[Problem]:
    """Warnings: words that the translation had and that are left out now, since the source has no such text."""
    from ..translate.units import units

    kept = {str(value.value) for value in units(made)}
    paths = {value.path for value in units(made)}
    return [Problem(getattr(value.value, "place", None), f"'{value.path}' is left out: {source.name} has no such text",
                    "write it in again, or give the source one", "warning")
            for value in units(before) if value.path not in paths and str(value.value) not in kept]


def _handoff(file: Path):
    from ..translate.po import read_po
    from ..translate.xliff import read_xliff

    form = FORMS.get(file.suffix.lower())
    if form is None:
        raise Rejected([Problem(Place(str(file)), "this is neither a .po nor an .xlf file", "save it as one of these")])
    try:
        data = read_bytes(file, LARGEST)
    except TooLarge:
        raise Rejected([Problem(Place(str(file)), f"the file is larger than {LARGEST // 1_000_000} MB")]) from None
    except OSError as error:
        raise Rejected([Problem(Place(str(file)),
                                f"the file cannot be read: {(error.strerror or str(error)).lower()}")]) from None
    return {"po": read_po, "xliff": read_xliff}[form](data, str(file))


def _source(root: Path, handoff) -> Path:
    """The source file that a translator's file names. It comes from outside, so the source and the target must be in
    the project."""
    for tag in (handoff.source, handoff.target):
        if not re.fullmatch(LANGUAGE, tag):
            raise Rejected([Problem(handoff.place, f"'{tag}' is not a language tag", "like en, pt-BR or zh-Hans")])
    path = Path(os.path.realpath(root / handoff.file)) if "\0" not in handoff.file else root
    if not path.is_relative_to(os.path.realpath(root)) or path.suffix != ".yaml" or not path.is_file():
        raise Rejected([Problem(handoff.place, f"there is no content file '{handoff.file}' in this project",
                                "import it where it was exported")])
    return path


def _head(root: Path, source: Path) -> str:
    schema = Path(os.path.relpath(root / "content" / "content.schema.json", source.parent)).as_posix()
    return (f"# yaml-language-server: $schema={schema}\n"
            f"# Translated from {source.name}; leaflet translate import writes this file anew, "
            f"without the notes in it.")


def _back(problem: Problem, starts: list[tuple[int, int, str]], places: dict[str, Place],
          other: Place | None) -> Problem:
    """A problem of the content file that would be written, moved to the place in the translator's file where its words
    are."""
    at = bisect_right(starts, (problem.place.line, problem.place.column + 1)) - 1
    return replace(problem, place=places.get(starts[at][2], other) if at >= 0 else other)


def _with_status(before: Content, made: Content) -> Content:
    """`made` with the status of `before`: where nothing else is new, the file need not be reviewed again."""
    return replace(made, review=replace(made.review, status=before.review.status))
