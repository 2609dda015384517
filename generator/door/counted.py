"""How far a run for many people is."""

from __future__ import annotations

import sys
import time

from .report import put


class Counted:
    """A line on the terminal: how much is done, how fast it goes, how long it takes yet. It names nobody."""

    def __init__(self) -> None:
        self.shown = sys.stderr.isatty()
        self.began = self.last = time.monotonic()
        self.first: int | None = None

    def __enter__(self) -> Counted:
        return self

    def __exit__(self, *_) -> None:
        if self.shown and self.first is not None:
            put("", sys.stderr)

    def tell(self, done: int, total: int) -> None:
        now = time.monotonic()
        if self.first is None:
            self.first, self.began = done, now
        if not self.shown or now - self.last < 0.2:
            return
        self.last = now
        rate = (done - self.first) / max(now - self.began, 0.001)
        left = f" · {(total - done) / rate:,.0f} s left" if rate else ""
        fast = f"{rate:,.0f} a second" if rate >= 2 else f"{60 * rate:,.0f} a minute"
        put(f"{done:,} of {total:,} · {fast}{left}", sys.stderr)
