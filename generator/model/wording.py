"""How a message calls things: a user's text, a file, a number of things, the name that was meant."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path


def quoted(text: str) -> str:
    """A user's text for a message, cut short."""
    line = " ".join(text.split())
    return f"'{line}'" if len(line) <= 40 else f"'{line[:37]}…'"


def count(number: int, noun: str) -> str:
    """'1 column', '2 columns'."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def nearest(word: str, known: Iterable[object], cutoff: float = 0.6) -> str:
    """A hint that names the most similar of the known words, or ""."""
    from difflib import get_close_matches

    alike = {_letters(str(one)): str(one) for one in known}
    found = get_close_matches(_letters(str(word)), alike, 1, cutoff)
    return f"did you mean '{alike[found[0]]}'?" if found else ""


def _letters(word: str) -> str:
    return re.sub(r"[\W_]+", "", word).lower()


def shown(file: Path, project: Path) -> str:
    """A path as the user would type it: relative to the project where it is inside."""
    absolute, base = Path(os.path.abspath(file)), Path(os.path.abspath(project))
    return absolute.relative_to(base).as_posix() if absolute.is_relative_to(base) else str(file)
