"""The last step of a leaflet: the files that are made of its pages.

office      to read on a screen, and the sheet for an office printer
shop        for a print shop, looked through by preflight/
pictures    PNG, to look at before printing
twin        HTML or plain text: the story without pages
test_sheet  by which a printer is put right

An output of another kind is one more function here, which calls its own room beside draw/. What it is made of is the
story (recipe/story.py) where it has no pages, and the Composition where it has.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..model.layout import EVERY_PAPER, Geometry
from ..model.page import About, Composition, Tint
from ..model.printing import BLEED, Printer, Printing, Profile
from ..model.problem import Problem, Rejected
from ..model.run import SUFFIXES, Job
from .story import Story


def office(
    name: str, composition: Composition, geometry: Geometry, about: About, how: Printing, printer: Printer | None = None
) -> dict[str, bytes]:
    """File name → PDF: to read on a screen and, of folded and bound layouts, the sheet for an office printer.

    printer: the one that `how` names.
    """
    from ..draw import reading, sheet
    from ..impose import moved, tumbled

    files = {f"{name}.pdf": reading(composition, about)}
    if geometry.sides:
        geometry = moved(geometry, printer) if printer else geometry
        geometry = tumbled(geometry) if how.tumble else geometry
        files[f"{name}{'-' + how.printer if printer else ''}{'-tumble' if how.tumble else ''}-sheet.pdf"] = sheet(
            composition, geometry, about)
    return files


def shop(
    name: str, composition: Composition, geometry: Geometry, about: About, profile: Profile, paper: str
) -> tuple[dict[str, bytes], list[Problem]]:
    """File name → PDF for a print shop, and the warnings of the preflight. Raises Rejected where the shop would refuse
    it."""
    from ..draw import press

    examine = preflight()
    name = f"{name}-press{'-sheet' if geometry.sides else ''}.pdf"
    data = press(composition, geometry, about, profile, BLEED[paper])
    problems = examine(data, name)
    if any(problem.severity == "error" for problem in problems):
        raise Rejected(problems)
    return {name: data}, problems


def twin(job: Job, story: Story) -> dict[str, bytes]:
    """File name → the leaflet as HTML or as plain text."""
    from ..html import Facts, page, plain
    from ..merge.markdown import plain as without_marks

    if job.form == "text":
        data = plain(story.leaflet).encode()
    else:
        languages = tuple(path.stem for path in job.contents)
        facts = Facts(story.content, without_marks(story.content.summary or ""), languages, story.leaflet.marks)
        data = page(story.leaflet, story.theme, facts)
    return {f"{job.name}{SUFFIXES[job.form]}": data}


def preflight():
    """preflight.examine. Raises Rejected where the library that it needs is not installed."""
    try:
        from ..preflight import examine
    except ImportError:
        message = "a press file is looked through with pikepdf, which is not installed"
        raise Rejected([Problem(None, message, "make setup, or pip install pikepdf")]) from None
    return examine


def test_sheet(paper: str, tumble: bool) -> dict[str, bytes]:
    """File name → the test sheet for printing on both sides."""
    from ..draw import calibration, sheet
    from ..impose import tumbled

    composition, geometry = calibration.test_sheet(EVERY_PAPER[paper], tumble)
    geometry = tumbled(geometry) if tumble else geometry
    name = f"test-sheet-{paper}{'-tumble' if tumble else ''}.pdf"
    return {name: sheet(composition, geometry, calibration.ABOUT)}


def pictures(
    composition: Composition, geometry: Geometry, about: About, faces: tuple[Sequence[str], Sequence[str]] | None,
    tints: Sequence[Sequence[Tint]] = (),
) -> dict[str, bytes]:
    """Name of each picture → PNG, as proof.pictures gives them."""
    from ..draw import reading, sheet
    from ..draw.proof import pictures

    printed = sheet(composition, geometry, about) if geometry.sides else None
    names = [page.name for page in composition.pages]
    return pictures(reading(composition, about), printed, names, geometry, faces, tints)
