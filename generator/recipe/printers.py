"""The test sheet of a printer that prints both sides, and what was read off it."""

from __future__ import annotations

from pathlib import Path

from ..kept.write import write
from .output import test_sheet
from .project import PRINTERS


def calibrate(paper: str, output: Path, tumble: bool = False) -> Path:
    """Write the test sheet of a printer that prints both sides; returns its file."""
    output.mkdir(parents=True, exist_ok=True)
    ((name, data),) = test_sheet(paper, tumble).items()
    write(output / name, data)
    return output / name


def keep_readings(root: Path, printer: str, right: float, up: float) -> Path:
    """Keep what was read off a test sheet (mm) in printers.yaml; returns that file. Raises Rejected where it is wrong already."""
    from ..read.printers import read_printers, with_printer

    file = root / PRINTERS
    read_printers(root)
    text = with_printer(file.read_text("utf-8") if file.exists() else "", printer, right, up)
    write(file, text.encode())
    return file
