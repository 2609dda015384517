"""A file is written whole or not at all, and what another run left behind is in nobody's way."""

from __future__ import annotations

import os

import pytest

from generator.kept.write import write


def test_a_file_is_written_over_whole(tmp_path):
    file = tmp_path / "a.pdf"
    for data in (b"long" * 100_000, b"short", b""):
        write(file, data)
        assert file.read_bytes() == data
        assert os.listdir(tmp_path) == ["a.pdf"]
    if os.name == "posix":
        assert file.stat().st_mode & 0o777 == 0o644


def test_what_a_killed_run_left_behind_stays_and_is_in_no_way(tmp_path):
    left = [tmp_path / f".{os.getpid()}-{number}.part" for number in range(3)]
    left[0].write_text("theirs")
    left[1].mkdir()
    left[2].symlink_to(tmp_path / "elsewhere")
    write(tmp_path / "a.pdf", b"ours")
    assert (tmp_path / "a.pdf").read_bytes() == b"ours"
    assert left[0].read_text() == "theirs"
    assert sorted(os.listdir(tmp_path)) == sorted(["a.pdf", *(file.name for file in left)])


def test_what_stops_it_is_told_of_the_file_and_nothing_stays(tmp_path, monkeypatch):
    with pytest.raises(OSError) as told:
        write(tmp_path / "gone" / "a.pdf", b"x")
    assert told.value.filename == str(tmp_path / "gone" / "a.pdf")
    (tmp_path / "a.pdf").write_bytes(b"before")

    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write(tmp_path / "a.pdf", b"after")
    assert (tmp_path / "a.pdf").read_bytes() == b"before"
    assert os.listdir(tmp_path) == ["a.pdf"]
