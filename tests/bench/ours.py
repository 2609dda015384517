"""Ours turns the article into a handout within one process, as the peers do: from a content object to the PDF's bytes.

    python ours.py PROJECT            PROJECT holds layouts/ and, written anew for each article, content/bench/en.yaml
"""

from __future__ import annotations

import gc
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from answering import answer

from generator import pipeline
from generator.composed import Job
from generator.draw import font
from generator.shelf import Shelf


def main() -> None:
    gc.set_threshold(100_000, 20, 100)  # as generator/__main__.py has it
    project = Path(sys.argv[1])
    shelf = Shelf(project)
    file = project / "content" / "bench" / "en.yaml"
    job = Job(file, "handout", "a4", None)

    def prepare(data: str) -> None:
        shelf.forget(file)
        font._subset.cache_clear()  # fonts, shaped words and parsed templates may survive: a subset may not
        file.write_text(data, "utf-8")
        shelf.content(file)

    def make(given: None) -> bytes:
        files, _, _ = pipeline.make(shelf, job)
        return next(iter(files.values()))

    answer(make, prepare)


if __name__ == "__main__":
    main()
