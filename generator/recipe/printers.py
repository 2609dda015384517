"""The test sheet of a printer that prints both sides, and what was read off it."""

from __future__ import annotations

from pathlib import Path

from ..kept.files import absent, read_bytes
from ..kept.write import write
from ..model.names import PRINTERS
from .output import test_sheet


def calibrate(paper: str, output: Path, tumble: bool = False) -> Path:
    """Write the test sheet of a printer that prints both sides; returns its file."""
    output.mkdir(parents=True, exist_ok=True)
    ((name, data),) = test_sheet(paper, tumble).items()
    write(output / name, data)
    return output / name


def keep_readings(root: Path, printer: str, right: float, up: float) -> Path:
    """Write what was read off a test sheet (mm) into printers.yaml; returns that file. Raises Rejected where it has
    errors."""
    from ..read.printers import checked, read_printers, with_printer
    from ..read.source import LARGEST

    file = root / PRINTERS
    before = b"" if absent(file) else read_bytes(file, LARGEST)
    read_printers(root)
    text = with_printer(before.decode("utf-8-sig"), printer, right, up)
    checked(text.encode(), PRINTERS)  # what is written can be read again
    write(file, text.encode())
    return file
