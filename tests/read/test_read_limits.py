"""Files with very many mistakes: the first hundred and a count are told, in memory and time that a server can spare."""

from __future__ import annotations

import subprocess
import sys
import tracemalloc

import pytest
from project_kit import ROOT, refused

from generator.model import problem as module
from generator.model.content import Content
from generator.model.problem import MOST, Rejected
from generator.read.rules import CONTENT_RULES
from generator.read.schema import read_as
from generator.read.source import parse

HEAD = "format: 1\nlanguage: en\ntitle: T\n"
TABLE = "sections:\n- heading: a\n  body:\n  - table:\n      columns: [a, b]\n      rows:\n"


def problems(text: str) -> list[str]:
    return refused(lambda: read_as(Content, parse(text.encode(), "f"), CONTENT_RULES))


MANY = [
    # a file, its number of problems, the first of them, the place of the first that is not told
    (HEAD + "key_points:\n" + "-\n" * 300, 300, "f:5:2: an item of 'key_points' has no value", "f:105:2"),
    (HEAD + "".join(f"k{n}: x\n" for n in range(250)), 250, "f:4:1: unknown key 'k0'", "f:104:1"),
    (HEAD + "key_points:\n" + "- *a\n" * 101, 101, "f:5:3: the alias '*a' is not read", "f:105:3"),
    (HEAD + "title: T\n" * 120, 120, "f:4:1: the key 'title' stands twice", "f:104:1"),
    (HEAD + "options:\n" + "- a\n" * 201, 200, "f:6:3: the option 'a' stands twice", "f:106:3"),
    (HEAD + "category: a # b\nsections: [" + "x, " * 110 + "]\n", 111, "f:4:13: what follows '#'", "f:5:309"),
    # found later in the walk, but before the others in the file
    (HEAD + "web: nowhere\nkey_points:\n" + "-\n" * 100, 101, "f:4:6: 'web' must be a web address", "f:105:2"),
    (HEAD + "titles: x\nkey_points:\n" + "-\n" * 300, 301, "f:4:1: unknown key 'titles' (did you mean", "f:105:2"),
    (HEAD + TABLE + "      - {head: a, cells: [b, c]}\n" * 150, 150, "f:10:30: a row of 2 cells", "f:110:30"),
]


@pytest.mark.parametrize(("text", "count", "first", "after"), MANY, ids=[first for _, _, first, _ in MANY])
def test_the_first_hundred_and_a_count(text, count, first, after):
    said = problems(text)
    assert said[0].startswith(first)
    assert len(said) == MOST + 1
    more = "is one more problem" if count - MOST == 1 else f"are {count - MOST} more problems"
    assert said[-1].startswith(f"{after}: there {more}, from here on")


def test_a_hundred_are_told_without_a_count():
    said = problems(HEAD + "key_points:\n" + "-\n" * MOST)
    assert len(said) == MOST and said[-1].startswith("f:104:2: an item of")


@pytest.mark.parametrize("parts", [(4_000,), (3_999, 1), (2_000, 2_000)])
def test_the_rows_of_all_tables_together_are_bounded(parts):
    def tables(*counts: int) -> str:
        body = "".join("  - table:\n      columns: [a, b]\n      rows:\n" + "      - {head: a, cells: [b]}\n" * count
                       for count in counts)
        return f"{HEAD}sections:\n- heading: a\n  body:\n{body}"

    read_as(Content, parse(tables(*parts).encode(), "f"), CONTENT_RULES)
    last = 6 + 3 * (len(parts) + 1) + 4_000 + 1
    (said,) = problems(tables(*parts, 1))
    assert said == f"f:{last}:9: the tables of this file have more than 4,000 rows (divide them among several leaflets)"


def memory(text: str) -> int:
    """Bytes that reading takes at most, besides the file and its nodes."""
    source = parse(text.encode(), "f")
    tracemalloc.start()
    try:
        with pytest.raises(Rejected):
            read_as(Content, source, CONTENT_RULES)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_memory_does_not_grow_with_the_problems(monkeypatch):
    few, many = (HEAD + "".join(f"k{number}: x\n" for number in range(count)) for count in (500, 2500))
    assert memory(many) < memory(few) + 100_000
    monkeypatch.setattr(module, "MOST", 10**6)
    assert memory(many) > memory(few) + 100_000, "the test above would see it"


def test_six_hundred_thousand_mistakes():
    pytest.importorskip("resource")
    code = (
        "import resource\nfrom generator.model.content import Content\nfrom generator.model.problem import Rejected\n"
        "from generator.read.schema import read_as\nfrom generator.read.source import parse\n"
        f"file = {HEAD.encode()!r} + b'key_points: [' + b'[],' * 600_000 + b']'\n"
        "try: read_as(Content, parse(file, 'f'))\n"
        "except Rejected as rejected: print(rejected.problems[-1])\n"
        "try: print(next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')))\n"
        "except OSError: print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    said, size = done.stdout.splitlines()
    assert said == "f:4:314: there are 599,900 more problems, from here on (mend those above first)"
    unit = 1 if sys.platform == "darwin" else 1024
    assert int(size) * unit < 300e6
