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

from generator.draw import font
from generator.model.run import Job
from generator.recipe.leaflet import make
from generator.recipe.project import ProjectFiles


def main() -> None:
    gc.set_threshold(100_000, 20, 100)  # as generator/__main__.py has it
    project = Path(sys.argv[1])
    project_files = ProjectFiles(project)
    file = project / "content" / "bench" / "en.yaml"
    job = Job(file, "handout", "a4", None)

    def prepare(data: str) -> None:
        project_files.forget(file)
        font._subset.cache_clear()  # fonts, shaped words and parsed templates may survive: a subset may not
        file.write_text(data, "utf-8")
        project_files.content(file)

    def handout(given: None) -> bytes:
        return next(iter(make(project_files, job).files.values()))

    answer(handout, prepare)


if __name__ == "__main__":
    main()
