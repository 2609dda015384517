"""The shelf: what a run has read already, so that each file is read once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from . import digest, store
from .model.content import Content, Entry, Figure, Publisher
from .model.layout import Layout
from .model.problem import Problem, Rejected
from .model.record import field, names, record


@record(slots=True)
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
    trees: dict[str, str] = field(default_factory=dict)
    """Folder of layouts → hash of all that is in it."""
    unkept: list[Callable[[], None]] = field(default_factory=list)
    """What is to be put into the store."""

    def content(self, path: Path) -> Content:
        return once(self.contents, path, lambda: self._content(path))

    def _content(self, path: Path) -> Content:
        def read() -> Content:
            from .read.content import read_content

            return read_content(path, self.project, self._publisher)

        return self._validated("content", path.parent, [path, self.project / "content" / "publisher.yaml"], read)

    def _publisher(self, project: Path) -> Publisher:
        def read() -> Publisher:
            from .read.content import read_publisher

            return read_publisher(project)

        file = project / "content" / "publisher.yaml"
        return self._validated("publisher", file.parent, [file], read)

    def _validated(self, kind: str, folder: Path, files: Sequence[Path], read: Callable[[], Any]):
        """From the store, where the files and all pictures are as they were when they were validated."""
        names = list(map(str, files))
        made_from = (kind, str(self.project), *names, *map(digest.of_file, names))
        kept = store.get_object(*made_from)
        if kept is not None and all(digest.of_file(file) == seen for file, seen in kept[1].items()):
            return kept[0]
        made = read()
        pictures = {file: digest.of_file(file) for figure in _figures(made) for file in (str(folder / figure.file),)}
        self.unkept.append(lambda: store.put_object((made, pictures), *made_from))
        return made

    def keep(self) -> None:
        """Put into the store what was read: there is time for it while another process typesets, or in the end."""
        while self.unkept:
            self.unkept.pop()()

    def forget(self, path: Path) -> None:
        """A content file is done with: it, and the pictures beside it, would only fill the memory of a long run."""
        self.keep()
        self.contents.pop(path, None)
        self.alone.pop(path, None)
        for picture in [file for file in self.pictures if file.parent == path.parent]:
            del self.pictures[picture]

    def content_alone(self, path: Path) -> Content:
        """As the file has it, without the project's publisher."""
        from .read.content import read_alone

        return once(self.alone, path, lambda: read_alone(path, self.project))

    def layout(self, name: str) -> Layout:
        def read() -> Layout:
            from .read.layout import list_layouts, read_layout

            known = list_layouts([self.project / "layouts"])
            if name not in known:
                raise Rejected([Problem(None, f"there is no layout '{name}'", nearest(name, known))])
            return read_layout(self.project / "layouts" / name, self.project)

        return once(self.layouts, name, lambda: self._of_layouts("layout", name, "", read))

    def search(self, layout: Layout) -> list[Path]:
        """Folders in which parts, themes and words are looked for; the first that has a file wins."""
        return [Path(layout.folder), self.project / "layouts" / "shared"]

    def theme(self, name: str, layout: Layout):
        def read():
            from .read.layout import read_theme

            return read_theme(name, self.search(layout), self.project)

        return once(self.themes, (name, layout.name), lambda: self._of_layouts("theme", layout.name, name, read))

    def words_of(self, language: str, layout: Layout):
        def read():
            from .read.layout import read_words

            return read_words(language, self.search(layout), self.project)

        return once(self.words, (language, layout.name), lambda: self._of_layouts("words", layout.name, language, read))

    def _of_layouts(self, kind: str, layout: str, name: str, read: Callable[[], Any]):
        """From the store, where every file of the layout's folder and of layouts/shared is as it was when this was read."""
        folders = [str(self.project / "layouts" / folder) for folder in (layout, "shared")]
        for folder in folders:
            if folder not in self.trees:
                self.trees[folder] = digest.of_tree(folder)
        made_from = (kind, name, str(self.project), layout, *(self.trees[folder] for folder in folders))
        found = store.get_object(*made_from)
        if found is None:
            found = read()
            store.put_object(found, *made_from)
        return found

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


def _figures(entry: Any) -> Iterator[Figure]:
    """Every picture below an entry."""
    if isinstance(entry, Figure):
        yield entry
    if isinstance(entry, Entry):
        for name in names(entry):
            yield from _figures(getattr(entry, name))
    elif isinstance(entry, (list, tuple)):
        for one in entry:
            yield from _figures(one)
    elif isinstance(entry, dict):
        yield from _figures(list(entry.values()))


def nearest(name: str, known: Sequence[str]) -> str:
    """A hint for a name that is not known."""
    from difflib import get_close_matches

    close = get_close_matches(name, known, 1)
    return f"did you mean '{close[0]}'?" if close else "there is: " + ", ".join(known) if known else ""


def shown(file: Path, project: Path) -> str:
    """A path as the user would type it: relative to the project where it is inside."""
    return str(file.relative_to(project)) if file.is_relative_to(project) else str(file)
