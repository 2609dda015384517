"""Which PDFs are up to date: a manifest beside the output of what each was made from, by content hash, never by time."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from . import hashes

FILE = ".built.json"


class Manifest:
    """The record of an output folder."""

    def __init__(self, output: Path, project: Path) -> None:
        self.output, self.project = output, project
        self._publisher = project / "content" / "publisher.yaml"
        self._hashes: dict[Path, str | None] = {}
        self._trees: dict[Path, str] = {}
        self._changed = False
        try:
            record = json.loads((output / FILE).read_text("utf-8"))
            sound = record.pop("seal", "") == _seal(record) and record["program"] == hashes.program()
            self._record = record if sound else {}
        except (OSError, ValueError, AttributeError, TypeError, KeyError):
            self._record = {}
        self._jobs: dict[str, dict] = self._record.get("jobs", {})
        self._layouts: dict[str, list] = self._record.get("layouts", {})

    def look(self, contents: Sequence[Path]) -> None:
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
        record = {"program": hashes.program(), "jobs": self._jobs, "layouts": self._layouts}
        return json.dumps(record | {"seal": _seal(record)}, indent=1, sort_keys=True).encode()

    def of(self, file: Path) -> str | None:
        """Hash of a file; None: there is none."""
        if file not in self._hashes:
            self._hashes[file] = hashes.of_file(str(file))
        return self._hashes[file]

    def _layout(self, name: str) -> str:
        return self._tree(self.project / "layouts" / name) + self._tree(self.project / "layouts" / "shared")

    def _tree(self, folder: Path) -> str:
        if folder not in self._trees:
            self._trees[folder] = hashes.of_tree(str(folder))
        return self._trees[folder]


def _seal(record: dict) -> str:
    """Hash by which a record that was damaged is known."""
    return hashlib.sha256(json.dumps(record, sort_keys=True).encode()).hexdigest()

