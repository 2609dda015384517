"""The project's files, each read at most once in a run."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from ..kept import library
from ..kept.files import read_bytes
from ..model.content import Block, Content, Publisher
from ..model.layout import Layout
from ..model.problem import Problem, Rejected, Text
from ..model.record import field, record
from ..model.wording import nearest, shown


@record(slots=True)
class ProjectFiles:
    """Everything that was read, and the problems of the files that could not be read."""

    root: Path
    """The folder that holds content/ and layouts/."""
    hashes: dict[Path, str] = field(default_factory=dict)
    """File → SHA-256 of the bytes that were read of it: what it held then, whatever it holds by now."""
    contents: dict[Path, Content | Rejected] = field(default_factory=dict)
    passages: dict[tuple[str, str], list[Block] | Rejected] = field(default_factory=dict)
    """(name, language) → the blocks of a shared passage."""
    uses: dict[Path, list[Path]] = field(default_factory=dict)
    """Content file → the files of the passages that it uses."""
    publishers: dict[Path, Publisher | Rejected] = field(default_factory=dict)
    alone: dict[Path, Content | Rejected] = field(default_factory=dict)
    outdated: dict[Path, list[Problem] | Rejected] = field(default_factory=dict)
    layouts: dict[str, Layout | Rejected] = field(default_factory=dict)
    themes: dict[tuple[str, str], object] = field(default_factory=dict)
    theme_files: dict[Path, tuple] = field(default_factory=dict)
    """Files of themes as they were read, for all layouts."""
    words: dict[tuple[str, str], object] = field(default_factory=dict)
    fonts: dict[tuple[str, str], object] = field(default_factory=dict)
    pictures: dict[Path, object] = field(default_factory=dict)
    profiles: dict[Path | None, object] = field(default_factory=dict)
    printers: dict[str, object] = field(default_factory=dict)
    editorial: dict[tuple[str, str], object] = field(default_factory=dict)
    """Profiles of checks, and words of languages."""
    manifests: dict[Path, object] = field(default_factory=dict)
    """Output folder → what is known of the PDFs in it."""

    def read(self, file: Path, most: int) -> bytes:
        """The bytes of a file, `most` of them. Raises OSError."""
        data = read_bytes(file, most)
        self.hashes[file] = sha256(data).hexdigest()
        return data

    def content(self, path: Path) -> Content:
        from ..read.content import read_content
        from ..read.passages import shared_file

        def passage(name: Text, language: str) -> list[Block]:
            self.uses[path].append(shared_file(name, language, self.root))
            return self.passage(name, language)

        def read() -> Content:
            try:
                self.uses[path] = []
                return read_content(path, self.root, self.publisher, self.read, passage)
            except Rejected as rejected:  # the marks of its texts are told now, not when all else is mended
                from ..merge.markdown import faults

                marks = [problem for problem in faults(rejected.texts) if problem not in rejected.problems]
                raise Rejected([*rejected.problems, *marks]) from None

        return once(self.contents, path, read)

    def passage(self, name: Text, language: str) -> list[Block]:
        """The blocks of a shared passage. Raises Rejected."""
        from ..read.passages import read_shared

        return once(self.passages, (str(name), language), lambda: read_shared(name, language, self.root, self.read))

    def publisher(self, project: Path) -> Publisher:
        from ..read.content import read_publisher

        return once(self.publishers, project, lambda: read_publisher(project, self.read))

    def content_alone(self, path: Path) -> Content:
        """The content as its file has it, without the project's publisher."""
        from ..read.content import read_alone

        return once(self.alone, path, lambda: read_alone(path, self.root, read=self.read))

    def forget(self, path: Path) -> None:
        """Drop a content file and the pictures beside it, which would only fill the memory of a long run."""
        self.contents.pop(path, None)
        self.alone.pop(path, None)
        self.outdated.pop(path, None)
        for picture in [file for file in self.pictures if file.parent == path.parent]:
            del self.pictures[picture]

    def layout_names(self) -> list[str]:
        """Names of all layouts, sorted."""
        return library.list_layouts(library.folders(self.root))

    def layout(self, name: str) -> Layout:
        def read() -> Layout:
            from ..read.layout import read_layout

            known = self.layout_names()
            if name not in known:
                raise Rejected([Problem(None, f"there is no layout '{name}'",
                                        nearest(name, known) or "there are: " + ", ".join(known))])
            home = next(folder for folder in library.folders(self.root) if name in library.list_layouts([folder]))
            return read_layout(home / name, self.root)

        return once(self.layouts, name, read)

    def search(self, layout: Layout) -> list[Path]:
        """Folders in which parts, themes and words are looked for; the first that has a file wins."""
        return [Path(layout.folder), *self.shared()]

    def shared(self) -> list[Path]:
        """The folders of what layouts share, and of profiles and words of checks; the project's own comes first."""
        return [folder / "shared" for folder in library.folders(self.root)]

    def theme(self, name: str, layout: Layout):
        from ..read.layout import read_theme

        return once(self.themes, (name, layout.name),
                    lambda: read_theme(name, self.search(layout), self.root, layout.spec.styles, self.theme_files))

    def words_of(self, language: str, layout: Layout):
        from ..read.layout import read_words

        return once(self.words, (language, layout.name), lambda: read_words(language, self.search(layout), self.root))

    def fonts_of(self, name: str, layout: Layout):
        from ..text.fonts import Fonts

        return once(self.fonts, (name, layout.name), lambda: Fonts(self.theme(name, layout)))

    def check_profile(self, name: str):
        """The rules of a country (model/editorial.Profile)."""
        from ..check.editorial import NAMES
        from ..read.editorial import read_profile

        return once(self.editorial, ("profile", name),
                    lambda: read_profile(name, self.shared(), self.root, NAMES))

    def vocabulary(self, language: str):
        """The words of a language by which rules judge."""
        from ..read.editorial import read_vocabulary

        return once(self.editorial, ("vocabulary", language),
                    lambda: read_vocabulary(language, self.shared(), self.root))

    def profile(self, file: Path | None):
        """The colour profile of a press; None: the free one."""
        from ..read.profile import free_profile, read_profile

        return once(self.profiles, file,
                    lambda: read_profile(file, shown(file, self.root), self.read) if file else free_profile())

    def printer(self, name: str):
        from ..read.printers import read_printer

        return once(self.printers, name, lambda: read_printer(name, self.root, self.read))

    def picture(self, path: Path, shown: str):
        from ..read.pictures import read_picture

        return once(self.pictures, path, lambda: read_picture(path, shown, self.read))


def once(kept: dict, key, make):
    """The value that `kept` has under `key`, or else what `make` gives. A Rejected is kept, too, and raised each
    time."""
    if key not in kept:
        try:
            kept[key] = make()
        except Rejected as rejected:
            kept[key] = rejected
    value = kept[key]
    if isinstance(value, Rejected):
        raise value
    return value
