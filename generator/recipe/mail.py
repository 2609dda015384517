"""Leaflets by mail: the PDFs are built, a letter is written, and each person gets a mail of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from ..kept.write import write_new
from ..model.address import Address
from ..model.content import Content
from ..model.problem import Place, Problem, Rejected
from ..model.record import record, replace
from ..model.run import TWIN_LAYOUTS
from ..model.story import Leaflet
from ..model.theme import Theme
from ..model.wording import shown
from .approval import changed
from .build import build
from .find import beside_of, twin
from .project import ProjectFiles
from .story import story_of
from .today import expired, now
from .translation import outdated

if TYPE_CHECKING:
    from ..deliver.message import Envelope, Letter

LARGE, TOO_LARGE = 5_000_000, 7_000_000
"""Bytes of what is attached. Base64 makes 7 MB into 9.6 MB, and many mail systems stop at 10 MB."""


@record(slots=True)
class Parcel:
    """What is sent, whoever gets it."""

    contents: list[Content]
    """One for each leaflet; the letter is in the language of the first."""
    files: list[tuple[str, bytes]]
    """The PDFs, by name; none where each person has an own one."""
    stories: list[Leaflet]
    """Whole leaflets that stand in the mail itself, below the letter."""
    theme: Theme
    problems: list[Problem]
    """Warnings."""
    project: ProjectFiles
    name: str
    """Of the files of mails: that of the first PDF, without its ending."""


@record(slots=True)
class Piece:
    """One mail of several. It is made when its turn comes."""

    row: int
    """Where its person stands, in a list or among the addresses that were typed; from 1."""
    to: Address | None
    known: str
    """What the person is known by."""
    state: str
    """What she or he gets, and in which state it is: a digest."""
    letter: Callable[[], Letter]
    place: Place | None = None
    """The address in a list."""


def parcel(root: Path, paths: Sequence[Path], *, layouts: Sequence[str], papers: Sequence[str], output: Path,
           theme: str | None = None, beside: str | None = None, full: bool = False,
           allow_draft: bool = False, allow_expired: bool = False) -> Parcel:
    """Build the PDFs that are to be attached. Raises Rejected where one can't be built, is not for patients yet, or
    where they are too large.

    full: the whole leaflets stand in the mail, too. allow_draft: also drafts, and translations that nobody has read or
    that are out of date. allow_expired: also those whose day of review has gone by, with a mark.
    """
    project = ProjectFiles(root.resolve())
    contents = [project.content(path) for path in paths]
    all_paths = [one for path in paths for one in (path, beside_of(project, path, beside)) if one]
    if not_yet := [one for path in all_paths for one in unready(project, path, allow_draft, allow_expired)]:
        raise Rejected(not_yet)
    built = build(root, paths, layouts=layouts, papers=papers, theme=theme, output=output, beside=beside,
                  allow_expired=allow_expired)
    if built.failed:
        raise Rejected([one for one in built.problems if one.severity == "error"])
    files = [(file.name, file.read_bytes()) for file in built.files if not file.stem.endswith("-sheet")]
    problems = [*built.problems, *large(sum(len(data) for _, data in files))]
    jobs = [twin(project, path, beside_of(project, path, beside), theme, "html", allow_expired=allow_expired)
            for path in paths]
    told = [story_of(project, job) for job in jobs]
    return Parcel(contents, files, [one.leaflet for one in told] if full else [], told[0].theme, problems, project,
                  Path(files[0][0]).stem)


def letter_to(parcel: Parcel, name: str, files: Sequence[tuple[str, bytes]] | None = None,
              stories: Sequence[Leaflet] | None = None, locked: bool = False) -> Letter:
    """The letter to a person of this name ("": not known). files, stories: what is the person's own, in place of what
    the parcel holds. locked: the PDFs open with a password. Raises Rejected."""
    from ..deliver.message import Attachment, Letter
    from ..html import letter as as_html
    from ..html import plain
    from ..merge.letter import letter

    project, first = parcel.project, parcel.contents[0]
    layout = project.layout(TWIN_LAYOUTS[1])
    words, search = project.words_of(first.language, layout), project.search(layout)[1:]
    titles = " · ".join(dict.fromkeys(str(one.title) for one in parcel.contents))
    whole = list(parcel.stories if stories is None else stories)
    story = letter(parcel.contents, words, name, full=bool(whole), search=search, project=project.root,
                   locked=locked)
    parcel.problems += [one for one in story.warnings if one not in parcel.problems]
    parts = [story, *whole]
    text, html = "\n\n".join(map(plain, parts)), as_html(parts, parcel.theme, titles)
    attached = tuple(Attachment(*one) for one in (parcel.files if files is None else files))
    return Letter(titles, text, html, str(first.language), attached)


def pieces(parcel: Parcel, recipients: Sequence[Address | None]) -> list[Piece]:
    """A mail for each recipient (None: to be filled in by who sends it), all with the same PDFs. Raises Rejected."""
    state = state_of(letter_to(parcel, ""))
    names = dict.fromkeys(recipients)
    return [Piece(row, one, one.bare if one else "", state,
                  partial(letter_to, parcel, one.name if one else "")) for row, one in enumerate(names, 1)]


def state_of(letter: Letter) -> str:
    """What is sent, as a digest: it changes with any word, and with any PDF."""
    digest = sha256(f"{letter.subject}\0{letter.text}\0{letter.html}".encode())
    for one in letter.attachments:
        digest.update(f"\0{one.name}\0".encode() + sha256(one.data).digest())
    return digest.hexdigest()[:16]


def envelope(piece: Piece, sender: Address | None, cc: Sequence[Address], reply_to: Address | None) -> Envelope:
    """From whom, to whom, when."""
    from ..deliver.message import Envelope

    return Envelope(piece.to, sender, tuple(cc), reply_to, now() if sender else None)


def drafts(name: str, mails: Sequence[Piece], output: Path, *, sender: Address | None = None,
           cc: Sequence[Address] = (), reply_to: Address | None = None) -> Iterator[Path]:
    """Write a draft for each; gives the files, as they are written. No file is written over: where one of this name is
    there, the next has a number. Addresses stand in the drafts alone. Raises Rejected and OSError."""
    from ..deliver.message import message

    output.mkdir(parents=True, exist_ok=True)
    for piece in mails:
        addressed = replace(envelope(piece, sender, cc, reply_to), draft=True)
        yield write_new(output / f"{name}.eml", message(piece.letter(), addressed))


def sized(mails: Sequence[Piece], sender: Address | None, cc: Sequence[Address],
          reply_to: Address | None) -> Iterator[tuple[Piece, list[str], int]]:
    """Each mail with the names of what is attached, and its bytes. Nothing is written. Raises Rejected."""
    from ..deliver.message import message

    for piece in mails:
        letter = piece.letter()
        data = message(letter, envelope(piece, sender, cc, reply_to))
        yield piece, [one.name for one in letter.attachments], len(data)


def unready(project: ProjectFiles, path: Path, allow_draft: bool, allow_expired: bool) -> Iterator[Problem]:
    """Why a leaflet is not for patients yet, or not any more."""
    if not allow_expired:
        yield from expired(project, path, "mailed")
    if allow_draft:
        return
    content = project.content(path)
    review, file = content.review, Place(shown(path, project.root))
    place = getattr(review.status, "place", None) or review.place or file
    if review.status == "draft":
        yield Problem(place, "this is a draft, which is not mailed", "--allow-draft mails it all the same")
    elif review.status != "final":
        yield Problem(place, "nobody has read this translation yet, so it is not mailed",
                      "--allow-draft mails it all the same")
    if changed(project, path):
        yield Problem(review.fingerprint.place, "words have changed since this was approved, so it is not mailed",
                      "leaflet approve approves them; --allow-draft mails it all the same")
    if stale := outdated(project, path):
        yield Problem(content.translation.place or file, f"this translation is out of date in {len(stale)} of its "
                      "texts, so it is not mailed", "leaflet check lists them; --allow-draft mails it all the same")


def large(size: int) -> list[Problem]:
    """A warning, or Rejected, where what is attached to one mail is large. size: bytes."""
    hint = "make its pictures smaller, or attach fewer leaflets"
    if size > TOO_LARGE:
        raise Rejected([Problem(None, f"the PDFs have {size / 1e6:.1f} MB, which most mail systems refuse", hint)])
    if size > LARGE:
        return [Problem(None, f"the PDFs have {size / 1e6:.1f} MB, which some mail systems refuse", hint, "warning")]
    return []
