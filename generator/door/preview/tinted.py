"""What of a leaflet is hard to read, for the page to tint."""

from __future__ import annotations

from pathlib import Path

from ...recipe.live import Shown
from ...recipe.project import ProjectFiles
from ...recipe.tints import spans, tints


def tinted(root: Path, shown: Shown) -> dict[str, object]:
    """"pages": for each page a list of [kind, x, y, width, height] in points; how many "sentences" and "words" there
    are. The files are read as they are now: where they have changed, the page is told of a newer leaflet soon. Raises
    Rejected where they can't be read."""
    project = ProjectFiles(root)
    found = [span for path in shown.job.contents for span in spans(project, path, project.content(path))]
    pages = [[[one.kind, round(one.x, 2), round(one.y, 2), round(one.width, 2), round(one.height, 2)] for one in page]
             for page in tints(found, shown.composition.pages)]
    return {"pages": pages, "sentences": sum(one.kind == "sentence" for one in found),
            "words": sum(one.kind == "word" for one in found)}
