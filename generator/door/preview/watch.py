"""Which files of a project were written, moved or deleted, as soon as they were."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event

QUIET = 5
"""Milliseconds without a further change that end a change: an editor may empty a file before it writes it."""
LONGEST = 120
"""Milliseconds after which changes are told in any case."""
POLL = 300
"""Milliseconds between two looks at a drive that tells nothing by itself."""
WAIT = 500
"""Milliseconds after which it is asked whether to go on."""


def changes(folders: list[Path], stop: Event, poll: bool = False) -> Iterator[set[Path]]:
    """Sets of files that are others now, until `stop` is set.

    folders: with all that is in them. poll: look again and again, for network drives, which tell nothing (the
    environment variable WATCHFILES_FORCE_POLLING does so, too).
    """
    from watchfiles import watch

    for found in watch(*folders, watch_filter=lambda change, path: not hidden(path), debounce=LONGEST, step=QUIET,
                       stop_event=stop, rust_timeout=WAIT, force_polling=poll or None, poll_delay_ms=POLL,
                       ignore_permission_denied=True):
        yield {Path(path) for _, path in found}


def hidden(path: str) -> bool:
    """Whether a file is one that editors and systems put down for themselves."""
    name = Path(path).name
    return name.startswith((".", "#")) or name.endswith(("~", ".swp", ".tmp", ".bak", ".part")) or name == "4913"
