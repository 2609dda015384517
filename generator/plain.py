"""Plain takes the usual spellings of `leaflet build` to the recipe itself; every other command line is for click (cli.py).

Loading click would be a twelfth of a short build. It stays the authority: what stands here means the same to it, which
tests/test_plain.py compares; and whatever is unknown, doubtful or wrong is left to it, to understand or to refuse.
"""

from __future__ import annotations

import os
from pathlib import Path

VALUED = {"-l": "layouts", "--layout": "layouts", "-p": "papers", "--paper": "papers", "--theme": "theme", "-o": "output", "--output": "output"}
"""Option → what its value is. --force, which has none, is the only other one known here."""
PAPERS = ("a4", "letter")
COMPLETION = "_LEAFLET_COMPLETE"
"""In the environment: a shell asks click how a command line might go on, and nothing is to be done."""


def built(arguments: list[str]) -> int | None:
    """Builds, if that is what the command line plainly says, and returns the exit code; None: nothing was done."""
    said = None if os.environ.get(COMPLETION) else understood(arguments)
    if said is None:
        return None
    from . import ahead

    ahead.begin()
    from . import door

    try:
        return door.carried_out(lambda: _built(said, arguments))
    finally:
        ahead.end()


def understood(arguments: list[str]) -> dict[str, list[str]] | None:
    """What was typed: the values of each option, and under "content" and "--force" the words that are none. None: not plain."""
    if arguments[:1] != ["build"]:
        return None
    said: dict[str, list[str]] = {"content": [], "--force": [], **{name: [] for name in VALUED.values()}}
    words = iter(arguments[1:])
    for word in words:
        name, value = "content", word
        if word == "--force":
            said[word].append(word)
            continue
        if word.startswith("-"):
            option, equals, value = word.partition("=") if word.startswith("--") else (word, "", "")
            name = VALUED.get(option, "")
            if not equals:
                value = next(words, "")
        if name not in said or not value or value.startswith("-") or not value.isprintable():
            return None
        said[name].append(value)
    if len(said["theme"]) > 1 or len(said["output"]) > 1 or any(paper.lower() not in PAPERS for paper in said["papers"]):
        return None
    return said


def _built(said: dict[str, list[str]], arguments: list[str]) -> int | None:
    """As `built`; None also where something that was named is not there."""
    from . import door, pipeline
    from .model.problem import Rejected

    theme, output = (next(iter(said[name]), None) for name in ("theme", "output"))
    if output is not None and os.path.lexists(output) and not (os.path.isdir(output) and os.access(output, os.R_OK)):
        return None
    root = door.around()
    if root is None or door.unknown(root, said["layouts"]):
        return None
    try:
        paths = pipeline.contents(root, said["content"])
    except Rejected:
        return None
    return door.build(root, paths, layouts=door.chosen(said["layouts"]), papers=said["papers"], theme=theme,
                      output=None if output is None else Path(output), force=bool(said["--force"]), arguments=arguments)
