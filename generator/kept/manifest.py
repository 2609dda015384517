"""Which PDFs are up to date: a manifest beside the output tells what each was made from, by
hashes of contents, never by time."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from . import hashes, library
from .files import absent, is_under, leads_out, read_bytes

FILE = ".built.json"
LARGEST = 200_000_000
"""Bytes of a manifest; each PDF takes about 500."""


class Manifest:
    """The manifest of an output folder."""

    def __init__(self, output: Path, root: Path) -> None:
        self.output, self.root = output, root
        self._hashes: dict[Path, str | None] = {}
        self._trees: dict[Path, str] = {}
        self._changed: dict[str, dict | None] = {}
        """Key of each job that this build has noted or forgotten → its entry."""
        self._asked: dict[str, list] = {}
        """The layouts of content files, as this build has read them."""
        self._jobs, self._layouts = _known(output)

    def look(self, layouts: Iterable[str]) -> None:
        """Take the hashes of layouts' folders before their files are read, so that a file saved meanwhile counts as
        changed."""
        for name in layouts:
            self._layout(name)

    def layouts(self, content: Path) -> list[str] | None:
        """The layouts that a content file asks for, where it has not changed; None where it must be read."""
        known = self._layouts.get(str(content))
        return known[1] if known and known[0] == self.of(content) else None

    def kept(self, job, day: str = "") -> tuple[list[Path], list[list]] | None:
        """The files of a job that is up to date, and its warnings as they were given to
        `note`; None where it must be built. day: today, as an ISO date."""
        entry = self._jobs.get(job.key)
        if entry is None or day[: len(entry["until"])] > entry["until"] or entry["layout"] != self._layout(job.layout):
            return None
        # `note` does not write such an entry
        if not all(self._may_be_read(Path(file), job) for file in entry["inputs"]):
            return None
        if any(self.of(Path(file)) != seen for file, seen in entry["inputs"].items()):
            return None
        files = [self.output / name for name in entry["files"]]
        if any(self.of(file) != seen for file, seen in zip(files, entry["files"].values())):
            return None
        return files, entry["warnings"]

    def note(self, job, files: Mapping[str, bytes], inputs: Mapping[Path, str | None], layouts: Sequence[str],
             warnings: list[list], until: str = "") -> None:
        """Record the files that a job made and the hashes of the files that were read for it. A hash of None means that
        the file was missing: should it appear, the job is out of date. warnings: lists of strings and numbers. until:
        the last day, month or year for which they hold; "": for ever."""
        self._jobs[job.key] = {
            "contents": [str(path) for path in job.contents],
            "layout": self._layout(job.layout),
            "inputs": {str(file): seen for file, seen in inputs.items()},
            "files": {name: hashlib.sha256(data).hexdigest() for name, data in files.items()},
            "warnings": warnings,
            "until": until,
        }
        self._layouts[str(job.content)] = self._asked[str(job.content)] = [inputs[job.content], list(layouts)]
        self._changed[job.key] = self._jobs[job.key]

    def retire(self, jobs: Iterable, contents: Iterable[Path]) -> Iterator[Path]:
        """Forget the jobs that failed, those of content files that can't be read, and those whose content file is gone.

        Gives the files that they had made, where they are still as they were made and no other job has made the same. A
        job is forgotten after all its files were asked for: where one can't be moved, the next build tries it again.
        """
        failed, broken = {job.key for job in jobs}, set(map(str, contents))
        gone = {key: entry for key, entry in sorted(self._jobs.items())
                if key in failed or any(path in broken or absent(path) for path in entry["contents"])}
        told = {name for key, entry in self._jobs.items() if key not in gone for name in entry["files"]}
        for key, entry in gone.items():
            for name, seen in sorted(entry["files"].items()):
                if name not in told and hashes.of_file(str(self.output / name)) == seen:
                    yield self.output / name
                told.add(name)
            del self._jobs[key]
            self._changed[key] = None

    def data(self) -> bytes | None:
        """What to write into FILE; None where nothing changed. What another build has noted there meanwhile is kept."""
        if not self._changed:
            return None
        jobs, layouts = _known(self.output)
        jobs = {key: entry for key, entry in (self._jobs | jobs | self._changed).items() if entry is not None}
        said = {"program": hashes.program(), "jobs": jobs, "layouts": self._layouts | layouts | self._asked}
        return json.dumps(said | {"seal": _seal(said)}, indent=1, sort_keys=True).encode()

    def of(self, file: Path) -> str | None:
        """Hash of a file, as hashes.of_file."""
        if file not in self._hashes:
            self._hashes[file] = hashes.of_file(str(file))
        return self._hashes[file]

    def _may_be_read(self, file: Path, job) -> bool:
        """Whether a job may read this file. A manifest may come from anybody, together with its project, so it is not
        trusted."""
        folders = [self.root, *(path.parent for path in job.contents)]
        if file != job.printing.icc and not any(is_under(os.path.abspath(file), str(folder)) for folder in folders):
            return False
        return not leads_out(file, self.root)

    def _layout(self, name: str) -> str:
        homes = library.folders(self.root)
        return "".join(self._tree(home / inside) for home in homes for inside in (name, "shared"))

    def _tree(self, folder: Path) -> str:
        if folder not in self._trees:
            self._trees[folder] = hashes.of_tree(str(folder), str(self.root))
        return self._trees[folder]


def _known(output: Path) -> tuple[dict[str, dict], dict[str, list]]:
    """The jobs and the layouts of the manifest of a folder."""
    said = _read(output / FILE)
    jobs = said.get("jobs", {})
    if said.get("program") == hashes.program():
        return jobs, said["layouts"]
    for entry in jobs.values():  # another version of the program made these: only their names are of use
        entry["layout"] = ""
    return jobs, {}


def _read(file: Path) -> dict:
    """What a manifest says; nothing where there is none or it is not as one is written."""
    try:
        said = json.loads(read_bytes(file, LARGEST))
        return said if said.pop("seal", "") == _seal(said) and _is_sound(said) else {}
    except (OSError, ValueError, AttributeError, TypeError, KeyError, RecursionError):
        return {}


def _is_sound(said: dict) -> bool:
    """Whether everything in a manifest has the types that `note` writes. Where a part is missing, Python's own errors
    are raised."""
    def texts(*values) -> bool:
        return all(type(value) is str and "\0" not in value for value in values)

    def is_warning(place, message, hint) -> bool:
        return texts(message, hint) and (place is None or texts(place[0]) and [*map(type, place[1:])] == [int, int])

    return texts(said["program"]) and all(
        texts(key, entry["layout"], entry["until"], *entry["contents"], *entry["inputs"], *entry["files"].values())
        and all(seen is None or texts(seen) for seen in entry["inputs"].values())
        and all(name == os.path.basename(name) not in ("", ".", "..") for name in entry["files"])
        and all(is_warning(*warning) for warning in entry["warnings"])
        for key, entry in said["jobs"].items()
    ) and all(texts(content, seen, *names) and type(names) is list
              for content, (seen, names) in said["layouts"].items())


def _seal(said: dict) -> str:
    """Hash by which a manifest that was damaged is known."""
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
