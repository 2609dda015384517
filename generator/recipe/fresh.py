"""A new leaflet, and a leaflet in a new language beside its source, begun from the preview's page."""

from __future__ import annotations

import os
import re
import tempfile
import unicodedata
from pathlib import Path
from typing import Any

from ..kept.write import write, write_new
from ..model.content import Content
from ..model.names import LANGUAGE, SHARED
from ..model.problem import Problem, Rejected
from ..model.walk import Value, values
from .draft import Draft, read_file, refuse

LETTERS = {"ı": "i", "ß": "ss", "ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "đ": "d"}
LONGEST = 60


def new_leaflet(root: Path, title: str, language: str, kind: str = "") -> Path:
    """Writes a content file to fill in, in a folder named by its title, and its picture. kind: as for `starter`. Raises
    Rejected."""
    from .starter import picture, starter

    title = " ".join(title.split())
    if not title:
        raise refuse("the title is empty", "say what the leaflet is about")
    _tag(language)
    slug = free_name(root / "content", slug_of(title))
    text = starter(slug, language, title, kind)
    folder = root / "content" / slug
    try:
        folder.mkdir(parents=True)
        name, data = picture()
        write(folder / name, data)
        write(folder / f"{language}.yaml", text.encode())
    except OSError as error:
        raise refuse(f"the leaflet cannot be written: {(error.strerror or str(error)).lower()}") from None
    return folder / f"{language}.yaml"


def new_picture(content: Path, name: str, data: bytes) -> str:
    """Writes a picture beside a content file, under a name that no file there has; returns that name. Raises Rejected
    where the bytes are no picture of the kind that the name says."""
    from ..read.pictures import begins_wrong, format_of

    stem, _, ending = Path(name.replace("\\", "/")).name.rpartition(".")
    kind = format_of(f"x.{ending}")
    if kind is None:
        raise refuse(f"'{name}' is no picture that can be printed", "PNG, JPEG, WebP, GIF or SVG can")
    with tempfile.TemporaryDirectory() as folder:
        trial = Path(folder, f"trial.{ending}")
        trial.write_bytes(data)
        if fault := begins_wrong(trial):
            raise refuse(f"the picture '{name}' {fault}")
    try:
        return write_new(content.parent / f"{slug_of(stem, 'picture')}.{kind.endings[0]}", data).name
    except OSError as error:
        raise refuse(f"the picture cannot be written: {(error.strerror or str(error)).lower()}") from None


def pictures_beside(content: Path) -> list[str]:
    """Names of the pictures in the folder of a content file."""
    from ..read.pictures import format_of

    return sorted(file.name for file in content.parent.iterdir() if format_of(file.name) and file.is_file())


def slug_of(title: str, otherwise: str = "leaflet") -> str:
    """A name of small letters, digits and hyphens made from a title; `otherwise` where the title has none."""
    plain = unicodedata.normalize("NFKD", "".join(LETTERS.get(sign, sign) for sign in title.casefold()))
    words = re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode()).strip("-")
    return words[:LONGEST].rstrip("-") or otherwise


def free_name(folder: Path, name: str) -> str:
    """The name, or that name with a number where the folder has it already."""
    tried, number = name, 1
    while os.path.lexists(folder / tried) or tried == SHARED.name:
        number += 1
        tried = f"{name}-{number}"
    return tried


def new_language(root: Path, source: Path, language: str) -> Path:
    """Writes a translation beside a content file, in which each text still has the words of the source and is marked as
    untranslated. Raises Rejected."""
    from .translation import exported, imported, remembered

    _tag(language)
    target = source.with_name(f"{language}{source.suffix}")
    if os.path.lexists(target):
        raise refuse(f"there is a text in '{language}' already", "choose it above")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "new.po")
        try:
            file.write_text(exported(root, source, language, "po"), encoding="utf-8")
            path, data, _ = imported(root, file, True)
            assert data is not None, "there was no file before"
            write(path, data)
            write(*remembered(root, file, path))
        except OSError as error:
            raise refuse(f"the translation cannot be written: {(error.strerror or str(error)).lower()}") from None
    return path


def _tag(language: str) -> None:
    if not re.fullmatch(LANGUAGE, language):
        raise Rejected([Problem(None, f"'{language}' is not a language tag", "like en, tr, pt-BR or zh-Hans")])


def source_of_text(draft: Draft, value: Value) -> dict[str, Any] | None:
    """What a text of a translation was translated from: the source's text as it is now, its language, and whether the
    translation is "untranslated", older ("changed") or of this text ("same"). None where there is no such text."""
    from ..translate.units import UNTRANSLATED, match, watched

    content = draft.content
    if not isinstance(content, Content) or content.translation is None:
        return None
    file = draft.path.with_name(f"{content.translation.source}{draft.path.suffix}")
    made_from = content.translation.units
    try:
        source = read_file(file, draft.project, file.read_bytes())
    except (Rejected, OSError):
        return None
    found = match(made_from, watched(source))
    here = next((new for new, old in {**found.same, **found.changed}.items() if old == value.path), None)
    there = next((one for one in values(source) if one.path == here), None)
    if there is None:
        return None
    state = "changed" if here in found.changed else "same"
    if made_from[value.path] == UNTRANSLATED:
        state = "untranslated"
    return {"text": there.text, "language": str(source.language), "state": state}


def now_translated(draft: Draft, value: Value) -> None:
    """Note in a translation that a text is now a translation of what its source says. Raises Rejected."""
    from ..translate.units import fingerprint

    source = source_of_text(draft, value)
    if source is not None and source["state"] != "same":
        draft.say(("translation", "units", value.path), fingerprint(source["text"]), "choice")
