"""`leaflet`, and `python -m generator`: what was asked before and is up to date is answered at once; a plain build begins at once;
the rest goes to the door by way of click."""

import gc
import os
import sys

from .glance import answered


def main() -> None:
    """Does what was typed, and leaves with its exit code."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by whoever called
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 (open as long as the program runs)
    gc.set_threshold(100_000, 20, 100)  # what is loaded stays, and a leaflet leaves little behind: see pipeline.make
    sys.exit(done(sys.argv[1:]))


def done(arguments: list[str]) -> int:
    """Does what was typed; returns the exit code, or raises SystemExit with it."""
    if answered(arguments):
        return 0
    from .plain import built

    code = built(arguments)
    if code is None:
        from .cli import main as carry_out

        carry_out(arguments)
    return code


if __name__ == "__main__":
    main()
