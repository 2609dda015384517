"""Regular expressions that are compiled when they are first used: most runs need few, and Python compiles slowly."""

from __future__ import annotations

import re
from typing import Any


class Late:
    """Used like a compiled expression, and compiled when it is first used."""

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern, self.flags = pattern, flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # what copies and pickles ask for
            raise AttributeError(name)
        found = getattr(re.compile(self.pattern, self.flags), name)
        setattr(self, name, found)
        return found
