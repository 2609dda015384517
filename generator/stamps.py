"""Which PDFs are up to date: a record beside the output of what each was made from, by content hash, never by time."""

from __future__ import annotations

import functools
import hashlib
import json
import os
import sysconfig
from collections.abc import Iterable
from pathlib import Path

RECORD = ".built.json"


class Stamps:
    """The record of an output folder."""

    def __init__(self, output: Path, project: Path) -> None:
        self.output, self.project = output, project
        self._publisher = project / "content" / "publisher.yaml"
        self._hashes: dict[Path, str | None] = {}
        self._trees: dict[Path, str] = {}
        self._changed = False
        try:
            record = json.loads((output / RECORD).read_text("utf-8"))
            self._record = record if record.get("program") == program() else {}
        except (OSError, ValueError, AttributeError):
            self._record = {}
        self._jobs: dict[str, dict] = self._record.get("jobs", {})
        self._layouts: dict[str, list] = self._record.get("layouts", {})

    def look(self, contents: Iterable[Path]) -> None:
        """Take the hashes of files before they are read: one that is saved meanwhile counts as changed in the next run."""
        for file in (*contents, self._publisher):
            self.of(file)

    def layouts(self, content: Path) -> list[str] | None:
        """The layouts that an unchanged content file asks for; None where it must be read."""
        known = self._layouts.get(str(content))
        return known[1] if known and known[0] == self.of(content) else None

    def kept(self, job) -> list[Path] | None:
        """The files of a job that is up to date; None where it must be built."""
        layout = self._layout(job.layout)
        entry = self._jobs.get(job.key)
        if entry is None or entry["layout"] != layout:
            return None
        if any(self.of(Path(file)) != digest for file, digest in entry["inputs"].items()):
            return None
        files = [self.output / name for name in entry["files"]]
        if any(self.of(file) != digest for file, digest in zip(files, entry["files"].values())):
            return None
        return files

    def note(self, job, files: dict[str, bytes], inputs: list[Path], layouts: list[str]) -> None:
        """Record what a job made, and from what (a file that is missing counts: should it appear, the job is stale)."""
        every = [*job.contents, self._publisher, *inputs]
        self._jobs[job.key] = {
            "layout": self._layout(job.layout),
            "inputs": {str(file): self.of(file) for file in every},
            "files": {name: hashlib.sha256(data).hexdigest() for name, data in files.items()},
        }
        self._layouts[str(job.content)] = [self.of(job.content), layouts]
        self._changed = True

    def forget(self, job) -> None:
        """A job that failed is not up to date."""
        self._changed |= self._jobs.pop(job.key, None) is not None

    def data(self) -> bytes | None:
        """The record to write; None where nothing changed."""
        if not self._changed:
            return None
        record = {"program": program(), "jobs": self._jobs, "layouts": self._layouts}
        return json.dumps(record, indent=1, sort_keys=True).encode()

    def of(self, file: Path) -> str | None:
        """Hash of a file; None: there is none."""
        if file not in self._hashes:
            try:
                self._hashes[file] = hashlib.sha256(file.read_bytes()).hexdigest()
            except OSError:
                self._hashes[file] = None
        return self._hashes[file]

    def _layout(self, name: str) -> str:
        return self._tree(self.project / "layouts" / name) + self._tree(self.project / "layouts" / "shared")

    def _tree(self, folder: Path) -> str:
        if folder not in self._trees:
            self._trees[folder] = _tree(folder)
        return self._trees[folder]


def _tree(folder: Path) -> str:
    """Hash of all files of a folder and their names."""
    digest = hashlib.sha256()
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(f for f in folders if f != "__pycache__")
        for name in sorted(files):
            path = Path(root, name)
            digest.update(str(path.relative_to(folder)).encode() + b"\0")
            try:
                digest.update(hashlib.sha256(path.read_bytes()).digest())
            except OSError:
                digest.update(b"unreadable")
    return digest.hexdigest()


@functools.cache
def program() -> str:
    """Hash of this program and of the versions of what is installed with it."""
    digest = hashlib.sha256(_tree(Path(__file__).parent).encode())
    try:
        names = os.listdir(sysconfig.get_path("purelib"))
    except OSError:
        names = []
    digest.update("\n".join(sorted(n for n in names if n.endswith(".dist-info"))).encode())
    digest.update(os.environ.get("SOURCE_DATE_EPOCH", "").encode())
    return digest.hexdigest()
