"""Ahead gets a second process ready to typeset and draw while this one still reads and merges.

Most of a short build is the loading of libraries. Half of them read and merge, the other half typeset and draw; on two
processors the two halves load side by side, and what was merged is handed over. What comes back is the same bytes. Where
anything goes wrong over there, nothing comes back, and the job is done here, as it would have been anyway: so faults of the
program keep their traceback. Problems of the leaflet come back as such, since typesetting it anew would find the same.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable

from .model.problem import Rejected

_process: _Process | None = None


class _Process:
    """The other process: its number, and the streams to and from it."""

    def __init__(self, number: int, to: int, back: int) -> None:
        self.number = number
        self.asked = False
        """Whether it was handed anything."""
        self.to, self.back = open(to, "wb"), open(back, "rb")  # noqa: SIM115 (open as long as the process runs)

    def end(self) -> None:
        """It ends when nothing more can come; one that was never asked need not get ready any more."""
        if not self.asked:
            self.stop()
        for stream in (self.to, self.back):
            try:
                stream.close()
            except OSError:  # it has ended before, with something still to be handed over
                pass
        try:
            os.waitpid(self.number, 0)
        except ChildProcessError:  # who started this program has the system see to what ends
            pass

    def stop(self) -> None:
        """It ends now, whatever it is at."""
        try:
            os.kill(self.number, signal.SIGKILL)
        except ProcessLookupError:  # it has ended before
            pass


def processors() -> int:
    """How many processes are worth it. A process that runs threads is not copied: its copy could wait for ever on a lock that
    a thread held at that moment, and no thread would be there to let go of it."""
    if os.path.isdir("/proc/self/task") and len(os.listdir("/proc/self/task")) > 1:
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def begin() -> None:
    """Start the other process, where it can be a copy of this one and has a processor of its own."""
    global _process
    if sys.platform != "linux" or _process is not None or processors() < 2:
        return
    ends: list[int] = []
    try:
        ends += os.pipe()
        ends += os.pipe()
        number = os.fork()
    except OSError:  # there may be no more processes, or files
        for one in ends:
            os.close(one)
        return
    there, to, back, here = ends
    if not number:
        try:
            os.close(to)
            os.close(back)
            _serve(there, here)
        finally:
            os._exit(0)
    os.close(there)
    os.close(here)
    _process = _Process(number, to, back)


def finish(order, meanwhile: Callable[[], None] | None = None) -> tuple[dict[str, bytes], list] | None:
    """What finished.finished makes of an order, made over there while this process does something else, or the Rejected that
    it raises; None: it is to be made here."""
    if _process is None:
        return None
    import pickle

    try:
        _process.asked = True
        pickle.dump(order, _process.to, 5)
        _process.to.flush()
        if meanwhile:
            meanwhile()
        made = pickle.load(_process.back)
    except (OSError, EOFError, pickle.UnpicklingError):  # it has ended, perhaps in the midst of its answer
        end()
        return None
    except BaseException:  # Ctrl-C: nobody waits for what it is at
        _process.stop()
        raise
    if isinstance(made, Rejected):
        raise made
    return made


def end() -> None:
    """There are no more orders."""
    global _process
    if _process is not None:
        _process.end()
        _process = None


def _serve(there: int, here: int) -> None:
    """In the other process: get ready, then carry out orders until there are no more."""
    import pickle

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that was started
    from . import check, draw, impose
    from .finished import finished
    from .text import fonts
    from .typeset import compose

    assert check and draw and impose and compose  # loaded now, for later
    for index in (0, 1):
        fonts.built_in("FiraGO", index)
    known: dict[str, fonts.Fonts] = {}
    with open(there, "rb") as orders, open(here, "wb") as answers:
        while True:
            try:
                order = pickle.load(orders)
            except EOFError:
                return
            try:
                families = repr((order.theme.fonts, order.theme.fallback, order.theme.folder, order.theme.hyphenate))
                if families not in known:
                    known[families] = fonts.Fonts(order.theme)
                made = finished(order, known[families])
            except Rejected as rejected:
                made = rejected
            except Exception:
                made = None
            pickle.dump(made, answers, 5)
            answers.flush()
