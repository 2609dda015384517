"""Large inputs: each is built, or refused in words, within bounds of time and memory."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

from builds import PROGRAM, begin, measured
from mutants import LAYOUT_NAMES, project

MOST = 420
"""Megabytes that a run takes beyond those of this process, of which it is a copy; alone it has some 90 of them."""
HEAD = "format: 1\nlanguage: en\ntitle: A leaflet\n"


def resident() -> float:
    """Megabytes of this process."""
    with open("/proc/self/statm", encoding="ascii") as said:
        return int(said.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def text(letters: int) -> str:
    """Paragraphs of so many letters together."""
    line = "Words that are read by somebody who wants to know. " * 10
    return HEAD + "introduction:\n  - text: |\n" + f"      {line}\n\n" * (letters // len(line))


def rows(count: int) -> str:
    return (HEAD + "introduction:\n  - table:\n      columns: [When, What]\n      rows:\n"
            + "".join(f"        - {{head: Day {n}, cells: [{n} mg]}}\n" for n in range(count)))


def items(count: int) -> str:
    return HEAD + "introduction:\n  - text: |\n" + "".join(f"      - item {n}\n" for n in range(count))


def word(letters: int) -> str:
    return HEAD + f"introduction:\n  - text: {'abcdefghij' * (letters // 10)}\n"


INPUTS = {
    # name: (content of a size, that size, seconds for one layout)
    "text of 1 MB": (text, 1_000_000, 60),
    "100,000 rows": (rows, 100_000, 10),
    "as many rows as there may be": (rows, 4_000, 30),
    "10,000 items": (items, 10_000, 30),
    "a word of 8,000 letters": (word, 8_000, 10),
}


def all_of(root: Path, part: float = 1, names: tuple[str, ...] = tuple(INPUTS),
           layouts: tuple[str, ...] = LAYOUT_NAMES) -> Iterator[tuple[str, str]]:
    """(what was tried with its figures, what is wrong with it) of each large input in each layout. part: of the size
    of the inputs."""
    from generator.recipe import build

    project(root, layouts)
    build.build(root, [root / "content/leaf/en.yaml"], papers=["a4"])  # the runs find all modules loaded
    file = root / "content/leaf/en.yaml"
    had = resident()
    for name in names:
        make, size, seconds = INPUTS[name]
        file.write_text(make(int(size * part)))
        for layout in layouts:
            began = time.perf_counter()
            run = begin(root, ["build", "leaf/en", "-p", "A4", "--layout", layout, "--force"])
            code, said, memory = measured(root, run, seconds * 2)
            took = time.perf_counter() - began
            wrong = ""
            if code not in (0, 1) or PROGRAM in said or (code == 1) != ("error" in said):
                wrong = f"exit code {code}\n{said[-2000:]}"
            elif took > seconds:
                wrong = f"more than {seconds} s"
            elif memory > MOST + had:
                wrong = f"more than {MOST} MB"
            yield f"{name}, {layout}: {took:.1f} s, {memory:.0f} MB, {'built' if code == 0 else 'refused'}", wrong
