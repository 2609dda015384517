"""What the page is told of a leaflet, as JSON: sizes, folds, what there is to choose, problems, places of words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from ...model.layout import MM, PAPERS
from ...model.page import Page
from ...model.problem import Place, Problem
from ...model.run import Job
from ...recipe import find
from ...recipe.live import Live, Shown, look_of
from ...recipe.spoken import transcript

KINDS = ("exact", "made", "template", "number")


def packed(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def problem_of(problem: Problem) -> dict[str, object]:
    return {**place_of(problem.place), "severity": problem.severity, "message": problem.message, "hint": problem.hint}


def place_of(place: Place | None) -> dict[str, object]:
    return {"file": place.file if place else None, "line": place.line if place else None,
            "column": place.column if place else None}


def choices(live: Live, job: Job) -> dict[str, object]:
    """What there is to choose, and what is chosen."""
    paths = find.contents(live.root)
    slugs = list(dict.fromkeys(path.parent.name for path in paths if path.suffix))
    theme = job.theme or next(iter(live.themes(job.layout)), "")
    return {
        "file": named(live.root, [job.content])[0],
        "content": job.content.parent.name,
        "contents": slugs if job.content.parent.name in slugs else [job.content.parent.name, *slugs],
        "language": job.content.stem,
        "languages": [path.stem for path in live.languages(job.content)] or [job.content.stem],
        "layout": job.layout,
        "layouts": [{"name": name, "title": title, "asked": asked} for name, title, asked in live.layouts(job.content)],
        "paper": job.paper,
        "papers": [{"name": name, "title": paper.name} for name, paper in PAPERS.items()],
        "theme": theme,
        "themes": list(live.themes(job.layout)),
    }


def leaflet(shown: Shown, number: int) -> dict[str, object]:
    """A leaflet that was made; `number` names its pictures."""
    composition, geometry = shown.composition, shown.geometry
    story = None if geometry.repeat else set(geometry.story)
    looks = {page.name: look_of(page) for page in composition.pages}
    return {
        "number": number,
        "title": composition.title,
        "language": composition.language,
        "direction": composition.direction,
        "body": composition.body_size,
        "pages": [{"name": page.name, "look": looks[page.name], "width": page.width, "height": page.height,
                   "filled": page.filled, "story": story is None or page.name in story,
                   "beyond": beyond(page)} for page in composition.pages],
        "sides": [{"name": side.name, "look": "-".join([looks[one.panel] for one in side.placements]),
                   "width": side.width, "height": side.height,
                   "placements": [{"panel": one.panel, "x": one.x, "y": one.y, "turned": one.turned}
                                  for one in side.placements],
                   "folds": [{"x1": fold.x1, "y1": fold.y1, "x2": fold.x2, "y2": fold.y2, "kind": fold.kind}
                             for fold in side.folds]}
                  for side in geometry.sides],
        "opening": opening(shown),
    }


def beyond(page: Page) -> dict[str, object] | None:
    """Of a page with what does not fit: the panel that is full, how high it is in millimetres, and its words."""
    return {"panel": page.beyond.panel, "height": round(page.beyond.height / MM), "words": page.beyond.words} if (
        page.beyond) else None


def opening(shown: Shown) -> dict[str, object]:
    """How a reader opens it: a folded sheet by its stages, bound and loose pages leaf by leaf."""
    folded = shown.opening
    if folded is not None:
        return {"kind": "folded", "outside": folded.outside, "inside": folded.inside, "valley": folded.valley,
                "held": folded.held, "up": folded.up, "heights": folded.heights, "across": folded.across,
                "turned": folded.turned,
                "stages": [{"closed": one.closed, "outside": one.outside, "seen": one.seen, "halved": one.halved}
                           for one in folded.stages]}
    names: list[str | None] = [page.name for page in shown.composition.pages if page.beyond is None]
    bound = shown.geometry.bound
    if bound is not None and bound.kind == "saddle":
        blank = -len(names) % bound.unit
        last = [names.pop()] if shown.geometry.panels[-1].name not in shown.geometry.story else []
        names += [None] * blank + last
    elif len(names) % 2:
        names.append(None)
    return {"kind": "leaves", "pages": names}


def words(shown: Shown, number: int) -> dict[str, object]:
    """The words of a page: [x, y, width, height, text, number of its file, line, column, number in KINDS]."""
    files: dict[str, int] = {}
    found = []
    for word in shown.words(number):
        place = word.place
        file = files.setdefault(place.file, len(files)) if place else -1
        found.append([round(word.x, 2), round(word.y, 2), round(word.width, 2), round(word.height, 2), word.text, file,
                      place.line if place else 0, place.column if place else 0, KINDS.index(word.kind)])
    return {"files": list(files), "words": found}


def spoken(shown: Shown) -> Sequence[dict[str, object]]:
    return [{"role": said.role, "text": said.text, "depth": said.depth, "language": said.language}
            for said in transcript(shown.composition)]


def named(root: Path, files: Iterable[Path]) -> list[str]:
    """Files as the page shows them."""
    return sorted(file.relative_to(root).as_posix() if file.is_relative_to(root) else str(file) for file in files)
