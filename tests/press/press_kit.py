"""A press file to look at and to spoil: three panels with something of everything,
fine pictures, grounds to the trim."""

from __future__ import annotations

import io
import sys
from importlib.util import find_spec
from pathlib import Path

import pikepdf
import referees

sys.path.insert(0, str(Path(__file__).parent.parent / "draw"))
import specimen

from generator.draw import press
from generator.model.page import Composition, Ground, Image
from generator.model.printing import BLEED, Profile
from generator.preflight import examine
from generator.read.profile import free_profile


def profile() -> Profile:
    if find_spec("pyvips") is None:
        referees.missing("pyvips")
    return free_profile()


def composed(folder: Path) -> Composition:
    """specimen.everything(), with grounds on the first two panels and pictures of 300 pixels per inch."""
    import PIL.Image

    composition = specimen.everything(folder)
    PIL.Image.linear_gradient("L").resize((250, 250)).convert("RGBA").save(folder / "clear.png")
    PIL.Image.radial_gradient("L").resize((167, 167)).convert("RGB").save(folder / "blue.jpg")
    read_again(composition)
    for page, colour in zip(composition.pages, ("#eaf2f7", "#14496b")):
        page.grounds.append(Ground(0, 0, page.width, page.height, colour))
    return composition


def read_again(composition: Composition) -> None:
    """Take the pictures from their files as these are now."""
    for item in (item for page in composition.pages for item in page.items if isinstance(item, Image)):
        item.data = Path(item.file).read_bytes()


def sound(folder: Path) -> bytes:
    """A press sheet that a print shop would take."""
    return press(composed(folder), specimen.SHEET, specimen.ABOUT, profile(), BLEED["a4"])


def spoiled(data: bytes, change, **saving) -> bytes:
    """The file after `change(pdf)`."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        pdf.save(out, **saving)
    return out.getvalue()


def painted(data: bytes, operators: str, page: int = 1) -> bytes:
    """The file with more operators at the end of a page; the origin is the trim's left top
    corner, units are mm, y upwards."""

    def change(pdf) -> None:
        left, _, _, top = map(float, pdf.pages[page - 1].TrimBox)
        pdf.pages[page - 1].contents_add(f"q 2.834646 0 0 2.834646 {left} {top} cm /Knock gs {operators} Q".encode())

    return spoiled(data, change)


def said(data: bytes) -> list[str]:
    return [str(problem) for problem in examine(data, "x.pdf")]
