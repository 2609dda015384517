"""`leaflet`, and `python -m generator`: what was asked before and is up to date is answered at once, the rest goes to the door."""

import gc
import os
import sys

from .glance import answered


def main() -> None:
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by whoever called
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 (open as long as the program runs)
    gc.set_threshold(100_000, 20, 100)  # what is loaded stays, and a leaflet leaves little behind: see pipeline.make
    if not answered(sys.argv[1:]):
        from .cli import main as carry_out

        carry_out()


if __name__ == "__main__":
    main()
