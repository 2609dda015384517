"""What a run needs does not grow with its list."""

from __future__ import annotations

import tracemalloc

import pytest
from test_copies_runs import order, root  # noqa: F401 (root: a fixture)

from generator.copies import archive, master, recipients
from generator.recipe import copying, crew

FEW, MANY = 200, 800
MOST = 40
"""Bytes of memory a person. One person's row, kept as it was read, is 700 or more."""


@pytest.mark.parametrize("into", ["files", "zip", "pdf"])
def test_memory_does_not_grow_with_the_list(root, tmp_path, into, monkeypatch):  # noqa: F811
    # What is kept at hand up to a number is kept up to a small one here, so that a short list shows what grows.
    for module, name, value in ((copying, "PART_SIZE", 50), (master, "KEPT", 50), (recipients, "AT_HAND", 50),
                                (archive, "DIRECTORY", 5_000), (archive, "AT_ONCE", 30), (crew, "MANY", 50)):
        assert hasattr(module, name)
        monkeypatch.setattr(module, name, value)
    peaks = []
    for count in (1, FEW, MANY):  # the first loads what is loaded once
        folder = tmp_path / str(count)
        folder.mkdir()
        file = folder / "list.csv"
        file.write_text("id,name\n" + "".join(f"p{number:05},Ada {number % 20}\n" for number in range(count)))
        asked = order(root, file, into, volume=50)
        if count > 1:
            tracemalloc.start()
        try:
            assert copying.run(asked).made == count
            peaks.append(tracemalloc.get_traced_memory()[1])
        finally:
            tracemalloc.stop()
    assert (peaks[2] - peaks[1]) / (MANY - FEW) < MOST, peaks
