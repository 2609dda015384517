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
    try:
        code = done(sys.argv[1:])
    except SystemExit as left:
        if not isinstance(left.code, int | None):
            raise  # Python writes the words
        code = left.code or 0
    leave(code)


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


def leave(code: int) -> None:
    """Ends the process when all that was said has been written.

    Python would first take everything apart that was loaded and made: tens of thousands of objects, one by one, for memory that
    the system takes back at once. Files are written and closed by now, so nothing is lost with it. Where somebody
    waits for Python's own end (a debugger, a profiler, python -i) or where processes were started, whose helpers tidy up at
    the end, it goes its usual way.
    """
    monitoring = getattr(sys, "monitoring", None)  # from Python 3.12 on
    watched = sys.gettrace() or sys.getprofile() or monitoring and any(map(monitoring.get_tool, range(6)))
    if watched or sys.flags.inspect or "multiprocessing" in sys.modules:
        sys.exit(code)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):  # whoever read it has gone, or the disk is full: nobody is left to be told
            code = code or 1
    os._exit(code)


if __name__ == "__main__":
    main()
