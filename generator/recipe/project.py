"""The project's files, each read at most once in a run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from ..kept import hashes, store
from ..model.content import Content, Publisher
from ..model.layout import Layout
from ..model.problem import Problem, Rejected
from ..model.record import field, record

PRINTERS = "printers.yaml"


@record(slots=True)
class ProjectFiles:
    """Everything that was read, and the problems of everything that could not be."""

    root: Path
    """The folder that holds content/ and layouts/."""
    contents: dict[Path, Content | Rejected] = field(default_factory=dict)
    publishers: dict[Path, Publisher | Rejected] = field(default_factory=dict)
    alone: dict[Path, Content | Rejected] = field(default_factory=dict)
    outdated: dict[Path, list[Problem] | Rejected] = field(default_factory=dict)
    layouts: dict[str, Layout | Rejected] = field(default_factory=dict)
    themes: dict[tuple[str, str], object] = field(default_factory=dict)
    words: dict[tuple[str, str], object] = field(default_factory=dict)
    fonts: dict[tuple[str, str], object] = field(default_factory=dict)
    pictures: dict[Path, object] = field(default_factory=dict)
    profiles: dict[Path | None, object] = field(default_factory=dict)
    printers: dict[str, object] = field(default_factory=dict)
    trees: dict[str, str] = field(default_factory=dict)
    """Folder of layouts → hash of all that is in it."""

    def content(self, path: Path) -> Content:
        from ..read.content import read_content

        return once(self.contents, path, lambda: read_content(path, self.root, self.publisher))

    def publisher(self, project: Path) -> Publisher:
        from ..read.content import read_publisher

        return once(self.publishers, project, lambda: read_publisher(project))

    def forget(self, path: Path) -> None:
        """A content file is done with: it, and the pictures beside it, would only fill the memory of a long run."""
        self.contents.pop(path, None)
        self.alone.pop(path, None)
        for picture in [file for file in self.pictures if file.parent == path.parent]:
            del self.pictures[picture]

    def content_alone(self, path: Path) -> Content:
        """As the file has it, without the project's publisher."""
        from ..read.content import read_alone

        return once(self.alone, path, lambda: read_alone(path, self.root))

    def layout_names(self) -> list[str]:
        """Of all layouts, sorted."""
        from ..read.layout import list_layouts

        return list_layouts([self.root / "layouts"])

    def layout(self, name: str) -> Layout:
        def read() -> Layout:
            from ..read.layout import read_layout

            known = self.layout_names()
            if name not in known:
                raise Rejected([Problem(None, f"there is no layout '{name}'", nearest(name, known))])
            return read_layout(self.root / "layouts" / name, self.root)

        return once(self.layouts, name, lambda: self._of_layouts("layout", name, "", read))

    def search(self, layout: Layout) -> list[Path]:
        """Folders in which parts, themes and words are looked for; the first that has a file wins."""
        return [Path(layout.folder), self.root / "layouts" / "shared"]

    def theme(self, name: str, layout: Layout):
        def read():
            from ..read.layout import read_theme

            return read_theme(name, self.search(layout), self.root)

        return once(self.themes, (name, layout.name), lambda: self._of_layouts("theme", layout.name, name, read))

    def words_of(self, language: str, layout: Layout):
        def read():
            from ..read.layout import read_words

            return read_words(language, self.search(layout), self.root)

        return once(self.words, (language, layout.name), lambda: self._of_layouts("words", layout.name, language, read))

    def _of_layouts(self, kind: str, layout: str, name: str, read: Callable[[], Any]):
        """From the store, where every file of the layout's folder and of layouts/shared is as it was when this was read."""
        folders = [str(self.root / "layouts" / folder) for folder in (layout, "shared")]
        for folder in folders:
            if folder not in self.trees:
                self.trees[folder] = hashes.of_tree(folder)
        made_from = (kind, name, str(self.root), layout, *(self.trees[folder] for folder in folders))
        found = store.get_object(*made_from)
        if found is None:
            found = read()
            store.put_object(found, *made_from)
        return found

    def fonts_of(self, name: str, layout: Layout):
        from ..text.fonts import Fonts

        return once(self.fonts, (name, layout.name), lambda: Fonts(self.theme(name, layout)))

    def profile(self, file: Path | None):
        """The colour profile of a press; None: the free one."""
        from ..read.profile import free_profile, read_profile

        read = (lambda: read_profile(file, shown(file, self.root))) if file else free_profile
        return once(self.profiles, file, read)

    def printer(self, name: str):
        from ..read.printers import read_printer

        return once(self.printers, name, lambda: read_printer(name, self.root))

    def picture(self, path: Path, shown: str):
        from ..read.picture import read_picture

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
    from difflib import get_close_matches

    close = get_close_matches(name, known, 1)
    return f"did you mean '{close[0]}'?" if close else "there is: " + ", ".join(known) if known else ""


def shown(file: Path, project: Path) -> str:
    """A path as the user would type it: relative to the project where it is inside."""
    return str(file.relative_to(project)) if file.is_relative_to(project) else str(file)
