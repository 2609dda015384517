"""Facts about printers and print shops, and how a leaflet is to be printed. Lengths are points unless said."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from .content import Entry, Rule
from .layout import EVERY_PAPER, INCH, MM
from .record import record

UNPRINTABLE = 6.35 * MM
"""No ink nearer than this to the paper's edge: what every office printer can reach (a quarter of an inch)."""
BLEED = {name: 0.125 * INCH if "letter" in (name, paper.like) else 3 * MM for name, paper in EVERY_PAPER.items()}
"""How far grounds reach over the trim of a press sheet, by paper, as print shops in Europe and in America ask for."""
THINNEST = 0.25
"""Thinnest line that a press holds."""
MOST_INK = 300
"""Percent: the four inks of one spot together (offset on coated paper dries up to 300 to 320)."""
POOR, FAIR = 150, 300
"""Pixels per inch at the printed size: under POOR a picture is not printed; under FAIR it may look soft."""


@record(frozen=True, slots=True)
class Profile:
    """An ICC profile of a press: what its inks look like on its paper."""

    name: str
    """What the profile calls itself."""
    data: bytes


Shift = Annotated[float, Rule("shift")]
"""A length that may be negative, written with its unit."""


@record(frozen=True)
class Printer(Entry):
    """How the back side is put right on a printer; the two readings of its test sheet (leaflet calibrate)."""

    right: Shift = 0.0
    """The back side is moved so far to the right, as one looks at it; negative: to the left."""
    up: Shift = 0.0
    """The back side is moved so far up; negative: down."""


@record(frozen=True, slots=True)
class Printing:
    """How it is printed. The default: files to read, and sheets for an office printer that needs no help."""

    press: bool = False
    """For a print shop."""
    icc: Path | None = None
    """Colour profile of its press; None: the free one."""
    tumble: bool = False
    """For an office printer that flips on the long edge only."""
    printer: str | None = None
    """Name of an office printer in printers.yaml."""

    @property
    def key(self) -> str:
        """What tells the files of one way of printing from those of another."""
        parts = ["-press" if self.press else "", f"|{self.icc}" if self.icc else "", "-tumble" if self.tumble else ""]
        return "".join(parts) + (f"|{self.printer}" if self.printer else "")
