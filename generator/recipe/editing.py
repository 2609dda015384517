"""The files of content/ that somebody changes in the preview: whole files are written, and changes can be undone.

A file that has changed since somebody looked at it is left alone.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from ..kept.write import write
from ..model.problem import Problem, Rejected
from ..model.record import field, record
from ..model.wording import shown
from .draft import Draft, refuse

LARGEST = 2_000_000


def hash_of(data: bytes) -> str:
    return sha256(data).hexdigest()


class Stale(Rejected):
    """The file is another one than that for which a change was meant."""


@record(slots=True)
class Done:
    """A change that was kept: what can be undone."""

    path: Path
    what: str
    """In words, as "changed: title"."""
    before: bytes
    after: bytes


@record(slots=True)
class Desk:
    """Where the files of a project are changed. One thread at a time."""

    project: Path
    done: list[Done] = field(default_factory=list)
    undone: list[Done] = field(default_factory=list)

    def read(self, path: Path) -> bytes:
        """Raises Rejected where a file cannot be changed here."""
        from ..kept.files import leads_out, read_bytes

        try:
            if leads_out(path, self.project) or path.is_symlink():
                raise refuse("this file is a link", "change the file that it leads to")
            return read_bytes(path, LARGEST)
        except OSError as error:
            raise refuse(f"the file cannot be read: {(error.strerror or str(error)).lower()}") from None

    def change(self, path: Path, seen: str, what: str, how: Callable[[Draft], None]) -> str:
        """Change a file: `how` makes the change in its draft. seen: the hash of the file that the change is meant for.

        Returns the hash that it has now. Raises Rejected: it was changed meanwhile, or the change is not possible;
        then nothing is written.
        """
        before = self.read(path)
        self._unchanged(before, seen)
        draft = Draft(path, self.project, before)
        how(draft)
        draft.judge()
        if draft.data != before:
            self._write(path, before, draft.data)
            self.done.append(Done(path, what, before, draft.data))
            self.undone.clear()
        return hash_of(draft.data)

    def undo(self) -> Done:
        """Take back the last change. Raises Rejected where there is none, or its file was changed since by others."""
        return self._back(self.done, self.undone, "undo", False)

    def redo(self) -> Done:
        return self._back(self.undone, self.done, "do again", True)

    def _back(self, source: list[Done], target: list[Done], word: str, again: bool) -> Done:
        if not source:
            raise refuse(f"there is nothing to {word}")
        one = source[-1]
        now, then = (one.before, one.after) if again else (one.after, one.before)
        if self.read(one.path) != now:
            raise refuse(f"{shown(one.path, self.project)} was changed elsewhere since",
                         f"to {word} this would take that change away")
        self._write(one.path, now, then)
        target.append(source.pop())
        return one

    def _unchanged(self, data: bytes, seen: str) -> None:
        if hash_of(data) != seen:
            raise Stale([Problem(None, "the file was changed meanwhile, in an editor or another window; nothing was "
                                 "written", "look at the text as it is now, and change it again")])

    def _write(self, path: Path, before: bytes, after: bytes) -> None:
        try:
            mode = os.stat(path).st_mode & 0o7777
            if self.read(path) != before:
                self._unchanged(b"", "")
            write(path, after)
            os.chmod(path, mode)
        except OSError as error:
            raise refuse(f"the file cannot be written: {(error.strerror or str(error)).lower()}") from None
