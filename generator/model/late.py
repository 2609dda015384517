"""Late: regular expressions that are compiled when they are first used. Most runs use few of
them, and Python compiles slowly."""

from __future__ import annotations

import re
from typing import Any


class Late:
    """As a compiled expression. What is used of it once is at hand from then on."""

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern, self.flags = pattern, flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # what copies and pickles ask for
            raise AttributeError(name)
        found = getattr(re.compile(self.pattern, self.flags), name)
        setattr(self, name, found)
        return found
