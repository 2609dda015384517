"""The shelf: what a run has read already, so that each file is read once."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from .model.content import Content
from .model.layout import Layout
from .model.problem import Problem, Rejected


@dataclass(slots=True)
class Shelf:
    """Everything read, and everything that could not be."""

    project: Path
    contents: dict[Path, Content | Rejected] = field(default_factory=dict)
    alone: dict[Path, Content | Rejected] = field(default_factory=dict)
    outdated: dict[Path, list[Problem] | Rejected] = field(default_factory=dict)
    layouts: dict[str, Layout | Rejected] = field(default_factory=dict)
    themes: dict[tuple[str, str], object] = field(default_factory=dict)
    words: dict[tuple[str, str], object] = field(default_factory=dict)
    fonts: dict[tuple[str, str], object] = field(default_factory=dict)
    pictures: dict[Path, object] = field(default_factory=dict)
    profiles: dict[Path | None, object] = field(default_factory=dict)
    printers: dict[str, object] = field(default_factory=dict)

    def content(self, path: Path) -> Content:
        from .read.content import read_content

        return once(self.contents, path, lambda: read_content(path, self.project))

    def forget(self, path: Path) -> None:
        """A content file is done with: it, and the pictures beside it, would only fill the memory of a long run."""
        self.contents.pop(path, None)
        self.alone.pop(path, None)
        for picture in [file for file in self.pictures if file.parent == path.parent]:
            del self.pictures[picture]

    def content_alone(self, path: Path) -> Content:
        """As the file has it, without the project's publisher."""
        from .read.content import read_alone

        return once(self.alone, path, lambda: read_alone(path, self.project))

    def layout(self, name: str) -> Layout:
        from .read.layout import list_layouts, read_layout

        def read() -> Layout:
            known = list_layouts([self.project / "layouts"])
            if name not in known:
                raise Rejected([Problem(None, f"there is no layout '{name}'", nearest(name, known))])
            return read_layout(self.project / "layouts" / name, self.project)

        return once(self.layouts, name, read)

    def search(self, layout: Layout) -> list[Path]:
        """Folders in which parts, themes and words are looked for; the first that has a file wins."""
        return [Path(layout.folder), self.project / "layouts" / "shared"]

    def theme(self, name: str, layout: Layout):
        from .read.layout import read_theme

        return once(self.themes, (name, layout.name), lambda: read_theme(name, self.search(layout), self.project))

    def words_of(self, language: str, layout: Layout):
        from .read.layout import read_words

        return once(self.words, (language, layout.name), lambda: read_words(language, self.search(layout), self.project))

    def fonts_of(self, name: str, layout: Layout):
        from .text.fonts import Fonts

        return once(self.fonts, (name, layout.name), lambda: Fonts(self.theme(name, layout)))

    def profile(self, file: Path | None):
        """The colour profile of a press; None: the free one."""
        from .read.profile import free_profile, read_profile

        read = (lambda: read_profile(file, shown(file, self.project))) if file else free_profile
        return once(self.profiles, file, read)

    def printer(self, name: str):
        from .read.printers import read_printer

        return once(self.printers, name, lambda: read_printer(name, self.project))

    def picture(self, path: Path, shown: str):
        from .read.picture import read_picture

        return once(self.pictures, path, lambda: read_picture(path, shown))


def once(kept: dict, key, make):
    """The value kept under `key`, or a new one; a Rejected is kept too and raised each time."""
    if key not in kept:
        try:
            kept[key] = make()
        except Rejected as rejected:
            kept[key] = rejected
    value = kept[key]
    if isinstance(value, Rejected):
        raise value
    return value


def nearest(name: str, known: Sequence[str]) -> str:
    """A hint for a name that is not known."""
    close = difflib.get_close_matches(name, known, 1)
    return f"did you mean '{close[0]}'?" if close else "there is: " + ", ".join(known) if known else ""


def shown(file: Path, project: Path) -> str:
    """A path as the user would type it: relative to the project where it is inside."""
    return str(file.relative_to(project)) if file.is_relative_to(project) else str(file)
