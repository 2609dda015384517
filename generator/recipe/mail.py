"""Leaflets by mail: the PDFs are built, a letter is written, and each person gets a mail of their own."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from ..kept.write import write_new
from ..model.address import Address
from ..model.content import Content
from ..model.problem import Place, Problem, Rejected
from ..model.record import record
from ..model.run import TWIN_LAYOUTS
from ..model.story import Leaflet
from ..model.theme import Theme
from ..model.wording import shown
from .build import build
from .find import beside_of, twin
from .project import ProjectFiles
from .story import story_of
from .translation import outdated

LARGE, TOO_LARGE = 5_000_000, 7_000_000
"""Bytes of what is attached. Base64 makes 7 MB into 9.6 MB, and many mail systems stop at 10 MB."""


@record(slots=True)
class Parcel:
    """What is sent, whoever gets it."""

    contents: list[Content]
    """One for each leaflet; the letter is in the language of the first."""
    files: list[Path]
    """The PDFs."""
    stories: list[Leaflet]
    """Whole leaflets that stand in the mail itself, below the letter."""
    theme: Theme
    problems: list[Problem]
    """Warnings."""
    project: ProjectFiles

    @property
    def name(self) -> str:
        """Of the files of mails: that of the first PDF."""
        return self.files[0].stem


def parcel(root: Path, paths: Sequence[Path], *, layouts: Sequence[str], papers: Sequence[str], output: Path,
           theme: str | None = None, beside: str | None = None, full: bool = False,
           allow_draft: bool = False) -> Parcel:
    """Build the PDFs that are to be attached. Raises Rejected where one can't be built, is not for patients yet, or
    where they are too large.

    full: the whole leaflets stand in the mail, too. allow_draft: also drafts, and translations that nobody has read or
    that are out of date.
    """
    project = ProjectFiles(root.resolve())
    contents = [project.content(path) for path in paths]
    if not allow_draft and (unready := [one for path in paths for one in _unready(project, path)]):
        raise Rejected(unready)
    built = build(root, paths, layouts=layouts, papers=papers, theme=theme, output=output, beside=beside)
    if built.failed:
        raise Rejected([one for one in built.problems if one.severity == "error"])
    files = [file for file in built.files if not file.stem.endswith("-sheet")]
    problems = [*built.problems, *_large(files)]
    jobs = [twin(project, path, beside_of(project, path, beside), theme, "html", False) for path in paths]
    told = [story_of(project, job) for job in jobs]
    return Parcel(contents, files, [one.leaflet for one in told] if full else [], told[0].theme, problems, project)


def letters(parcel: Parcel, names: Sequence[str]) -> Iterator:
    """The letter to each person of these names ("": not known), as deliver.message.Letter. Raises Rejected."""
    from ..deliver.message import Attachment, Letter
    from ..html import letter as as_html
    from ..html import plain
    from ..merge.letter import letter

    attached = tuple(Attachment(file.name, file.read_bytes()) for file in parcel.files)
    project, first = parcel.project, parcel.contents[0]
    layout = project.layout(TWIN_LAYOUTS[1])
    words, search = project.words_of(first.language, layout), project.search(layout)[1:]
    titles = " · ".join(dict.fromkeys(str(one.title) for one in parcel.contents))
    for name in names:
        story = letter(parcel.contents, words, name, full=bool(parcel.stories), search=search,
                       project=project.root)
        parcel.problems += [one for one in story.warnings if one not in parcel.problems]
        parts = [story, *parcel.stories]
        text, html = "\n\n".join(map(plain, parts)), as_html(parts, parcel.theme, titles)
        yield Letter(titles, text, html, str(first.language), attached)


def drafts(parcel: Parcel, recipients: Sequence[Address | None], output: Path, *, sender: Address | None = None,
           cc: Sequence[Address] = (), reply_to: Address | None = None) -> Iterator[Path]:
    """Write a draft for each recipient; gives the files, as they are written. No file is written over: where one of a
    name is there, the next has a number. Addresses stand in the drafts alone. Raises Rejected and OSError."""
    from ..deliver.message import Envelope, message

    names = [one.name if one else "" for one in recipients]
    for recipient, letter in zip(recipients, letters(parcel, names)):
        envelope = Envelope(recipient, sender, tuple(cc), reply_to, now() if sender else None, draft=True)
        yield write_new(output / f"{parcel.name}.eml", message(letter, envelope))


def now() -> datetime:
    """The time, or that of SOURCE_DATE_EPOCH."""
    said = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(said), UTC) if said else datetime.now().astimezone()


def _unready(project: ProjectFiles, path: Path) -> Iterator[Problem]:
    """Why a leaflet is not for patients yet."""
    content = project.content(path)
    review, file = content.review, Place(shown(path, project.root))
    place = getattr(review.status, "place", None) or review.place or file
    if review.status == "draft":
        yield Problem(place, "this is a draft, which is not mailed", "--allow-draft mails it all the same")
    elif review.status != "final":
        yield Problem(place, "nobody has read this translation yet, so it is not mailed",
                      "--allow-draft mails it all the same")
    if stale := outdated(project, path):
        yield Problem(content.translation.place or file, f"this translation is out of date in {len(stale)} of its "
                      "texts, so it is not mailed", "leaflet check lists them; --allow-draft mails it all the same")


def _large(files: Sequence[Path]) -> list[Problem]:
    """A warning, or Rejected, where what is attached is large."""
    size = sum(file.stat().st_size for file in files)
    hint = "make its pictures smaller, or attach fewer leaflets"
    if size > TOO_LARGE:
        raise Rejected([Problem(None, f"the PDFs have {size / 1e6:.1f} MB, which most mail systems refuse", hint)])
    if size > LARGE:
        return [Problem(None, f"the PDFs have {size / 1e6:.1f} MB, which some mail systems refuse", hint, "warning")]
    return []
