"""Which PDFs are up to date: a manifest beside the output tells what each was made from, by hashes of contents, never by time."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from . import hashes

FILE = ".built.json"


class Manifest:
    """The manifest of an output folder."""

    def __init__(self, output: Path, root: Path) -> None:
        self.output, self.root = output, root
        self._hashes: dict[Path, str | None] = {}
        self._trees: dict[Path, str] = {}
        self._changed = False
        try:
            said = json.loads((output / FILE).read_text("utf-8"))
            sound = said.pop("seal", "") == _seal(said) and said["program"] == hashes.program()
            self._said = said if sound else {}
        except (OSError, ValueError, AttributeError, TypeError, KeyError):
            self._said = {}
        self._jobs: dict[str, dict] = self._said.get("jobs", {})
        self._layouts: dict[str, list] = self._said.get("layouts", {})

    def look(self, layouts: Iterable[str]) -> None:
        """Take the hashes of the folders of layouts before they are read: what is saved meanwhile counts as changed."""
        for name in layouts:
            self._layout(name)

    def layouts(self, content: Path) -> list[str] | None:
        """The layouts that an unchanged content file asks for; None where it must be read."""
        known = self._layouts.get(str(content))
        return known[1] if known and known[0] == self.of(content) else None

    def kept(self, job) -> tuple[list[Path], list[list]] | None:
        """The files of a job that is up to date, and its warnings as they were given to `note`; None where it must be built."""
        entry = self._jobs.get(job.key)
        if entry is None or entry["layout"] != self._layout(job.layout):
            return None
        if any(self.of(Path(file)) != seen for file, seen in entry["inputs"].items()):
            return None
        files = [self.output / name for name in entry["files"]]
        if any(self.of(file) != seen for file, seen in zip(files, entry["files"].values())):
            return None
        return files, entry["warnings"]

    def note(self, job, files: Mapping[str, bytes], inputs: Mapping[Path, str | None], layouts: Sequence[str], warnings: list[list]) -> None:
        """Record what a job made, and the hashes of what was read for it; None for a file that was missing: should it
        appear, the job is out of date. warnings: lists of strings and numbers."""
        self._jobs[job.key] = {
            "layout": self._layout(job.layout),
            "inputs": {str(file): seen for file, seen in inputs.items()},
            "files": {name: hashlib.sha256(data).hexdigest() for name, data in files.items()},
            "warnings": warnings,
        }
        self._layouts[str(job.content)] = [inputs[job.content], list(layouts)]
        self._changed = True

    def forget(self, job) -> None:
        """A job that failed is not up to date."""
        self._changed |= self._jobs.pop(job.key, None) is not None

    def data(self) -> bytes | None:
        """What to write into FILE; None where nothing changed."""
        if not self._changed:
            return None
        said = {"program": hashes.program(), "jobs": self._jobs, "layouts": self._layouts}
        return json.dumps(said | {"seal": _seal(said)}, indent=1, sort_keys=True).encode()

    def of(self, file: Path) -> str | None:
        """Hash of a file; None: there is none."""
        if file not in self._hashes:
            self._hashes[file] = hashes.of_file(str(file))
        return self._hashes[file]

    def _layout(self, name: str) -> str:
        return self._tree(self.root / "layouts" / name) + self._tree(self.root / "layouts" / "shared")

    def _tree(self, folder: Path) -> str:
        if folder not in self._trees:
            self._trees[folder] = hashes.of_tree(str(folder))
        return self._trees[folder]


def _seal(said: dict) -> str:
    """Hash by which a manifest that was damaged is known."""
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
