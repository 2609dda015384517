"""What a run needs does not grow with its list."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest
from test_copies_runs import order, root  # noqa: F401 (root: a fixture)

from generator.copies import recipients
from generator.recipe import copying, crew

MANY = 1_000


@pytest.fixture
def small(monkeypatch):
    """What is kept at hand up to a number is kept up to a small one, so that a short list shows what grows."""
    for module, name in ((copying, "PART_SIZE"), (crew, "MANY"), (recipients, "AT_HAND")):
        monkeypatch.setattr(module, name, 50)


def names(folder: Path, count: int) -> Path:
    file = folder / f"{count}.csv"
    file.write_text("id,name\n" + "".join(f"p{number:05},Ada {number % 20}\n" for number in range(count)))
    return file


@pytest.mark.parametrize("into", ["files", "zip", "pdf"])
def test_rows_are_read_as_they_are_needed(root, tmp_path, small, into, monkeypatch):  # noqa: F811
    ahead, given, batches = [], 0, copying._batches

    def counted(persons, size=None):
        nonlocal given
        for batch in batches(persons, size):
            given += len(batch)
            yield batch

    monkeypatch.setattr(copying, "_batches", counted)
    asked = order(root, names(tmp_path, 500), into, volume=50)
    copying.run(asked, lambda done, total: ahead.append(given - done))
    assert len(ahead) == 10
    assert max(ahead) <= 200, ahead


def test_looking_through_keeps_nothing_of_a_person(tmp_path, small):
    used = []
    for count in (MANY, MANY + 1, 5 * MANY):  # the first loads what is loaded once
        people = recipients.People(names(tmp_path, count), "list.csv", [recipients.Wanted("name")])
        tracemalloc.start()
        try:
            assert not people.check()
            used.append(tracemalloc.get_traced_memory()[1])
        finally:
            tracemalloc.stop()
    assert (used[2] - used[1]) / (4 * MANY) < 2, used  # bytes: an id has 8
