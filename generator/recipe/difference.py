"""Which printed words of a content file changed since a revision that git has kept."""

from __future__ import annotations

import os
import re
import subprocess
from difflib import SequenceMatcher
from pathlib import Path

from ..model.content import Block, Content
from ..model.problem import Place, Problem, Rejected, Text
from ..model.record import record, replace
from ..model.walk import Value, values
from ..model.wording import quoted, shown
from .project import ProjectFiles

MOST = 1000
"""Revisions of a file in which its approval is looked for."""
NO_COMMIT = "git keeps no earlier text of this file", "git init and git commit keep the text of today for later"
"""What is told where the project is in no repository, or in one without a commit."""
REVISION = r"(?!-)[\w./~^@{}+-]{1,200}"
"""What a revision is called: a branch, a tag, a hash, HEAD~2 …"""


@record(frozen=True, slots=True)
class Change:
    """A text that differs."""

    place: Place | None
    """Where it stands now; of one that is gone: the file."""
    kind: str
    """changed, new, moved, or gone."""
    words: str
    """The text; of one that was changed: with [-words that were taken out-] and {+words that came in+}."""


def difference(project: ProjectFiles, path: Path, revision: str) -> list[Change]:
    """The printed texts, and signs, of a content file that are not as they were in a revision, in the order of the
    file; last those that are gone. Shared passages are looked at as they stand in their files and stood there then; the
    publisher's texts are not.

    Raises Rejected where the file of today or of then has problems, and where git does not have it.
    """
    from ..read.passages import filled

    now = filled(project.content_alone(path), project.passage)
    return compared(now, _then(project, path, revision), shown(path, project.root))


def compared(now: Content, then: Content, file: str) -> list[Change]:
    """As `difference`, of two states of a content file; `file`: its name."""
    from ..translate.units import fingerprint, match

    new, old = _printed(now), _printed(then)
    found = match({key: fingerprint(value.text) for key, value in old.items()},
                  {key: fingerprint(value.text) for key, value in new.items()})
    out: list[Change] = []
    for key, value in new.items():
        if key in found.changed:
            out.append(Change(value.place, "changed", marked(old[found.changed[key]].text, value.text)))
        elif key not in found.same:
            out.append(Change(value.place, "moved" if key in found.moved else "new", value.text))
    return out + [Change(Place(file), "gone", old[key].text) for key in found.gone]


def approved_revision(project: ProjectFiles, path: Path) -> str:
    """The revision that holds the words as they were approved: the first one with the fingerprint that the file has.
    Raises Rejected."""
    content, place = project.content_alone(path), Place(shown(path, project.root))
    fingerprint = content.review.fingerprint
    if fingerprint is None:
        raise Rejected([Problem(content.review.place or place, "nobody has approved this text",
                                "leaflet approve does it")])
    if _git(path, place, "rev-parse", "--verify", "HEAD") is None:
        raise Rejected([Problem(place, *NO_COMMIT)])
    found = ""
    log = _git(path, place, "log", f"--max-count={MOST}", "--format=%H", "--", path.name) or b""
    for revision in log.decode().split():
        if fingerprint.encode() in (_git(path, place, "cat-file", "blob", f"{revision}:./{path.name}") or b""):
            found = revision
        elif found:
            break
    if not found:
        raise Rejected([Problem(fingerprint.place, "git has no revision in which this text was approved",
                                "commit the file when it is approved")])
    return found


def marked(before: str, after: str) -> str:
    """The words of both texts in one: [-words that were taken out-] and {+words that came in+}."""
    old, new = before.split(), after.split()
    out: list[str] = []
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            out += old[a:b]
            continue
        out += [f"[-{' '.join(old[a:b])}-]"] * (b > a) + [f"{{+{' '.join(new[c:d])}+}}"] * (d > c)
    return " ".join(out)


def _printed(content: Content) -> dict[str, Value]:
    return {value.path: value for value in values(content) if value.printed or value.signs}


def _then(project: ProjectFiles, path: Path, revision: str) -> Content:
    """A content file as it was in a revision, with the passages that it used. Raises Rejected, with places in that
    revision."""
    from ..read.content import read_alone
    from ..read.passages import filled, read_shared, shared_file

    root, place = project.root, Place(shown(path, project.root))

    def passage(name: Text, language: str) -> list[Block]:
        file = Path(os.path.relpath(shared_file(name, language, root), path.parent)).as_posix()
        data = _git(path, place, "cat-file", "blob", f"{revision}:{file}")
        return [] if data is None else read_shared(name, language, root, data=data)

    data = _blob(path, root, revision)
    try:
        return filled(read_alone(path, root, data, pictures=False), passage)
    except Rejected as rejected:
        raise Rejected([replace(one, place=one.place and replace(one.place, file=f"{revision}:{one.place.file}"))
                        for one in rejected.problems]) from None


def _blob(path: Path, root: Path, revision: str) -> bytes:
    """The bytes of a file in a revision. `cat-file blob` runs no filters or hooks of a repository. Raises Rejected."""
    place = Place(shown(path, root))
    if not re.fullmatch(REVISION, revision):
        raise Rejected([Problem(place, f"{quoted(revision)} is no revision",
                                "a branch, a tag or a hash, such as HEAD~1")])
    data = _git(path, place, "cat-file", "blob", f"{revision}:./{path.name}")
    if data is None and _git(path, place, "rev-parse", "--verify", "HEAD") is None:
        raise Rejected([Problem(place, *NO_COMMIT)])
    if data is None:
        raise Rejected([Problem(place, f"git has no revision {quoted(revision)} of this file",
                                "git log shows the revisions; a file that was never committed has none")])
    return data


def _git(path: Path, place: Place, *words: str) -> bytes | None:
    """What git says, asked in the folder of a file; None where it fails. Raises Rejected where there is no git."""
    try:
        run = subprocess.run(["git", "-C", str(path.parent), *words], capture_output=True, check=False,
                             stdin=subprocess.DEVNULL)
    except OSError:
        raise Rejected([Problem(place, "git is not installed, which keeps earlier texts")]) from None
    return None if run.returncode else run.stdout
