"""The store: what was made is found again while everything it was made from is the
same; damage and company do no harm."""

from __future__ import annotations

import errno
import multiprocessing
import os
from pathlib import Path

import pytest

from generator.kept import hashes, store


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("LEAFLET_CACHE", str(tmp_path / "kept"))
    return tmp_path / "kept"


def test_what_is_put_is_got():
    assert store.get("font", "a") is None
    store.put(b"data", "font", "a")
    assert store.get("font", "a") == b"data"


@pytest.mark.parametrize("other", [("template", "a", "b"), ("font", "ab", ""), ("font", "a", b"c"), ("font", "a"),
                                   ("font", "a", None), ("font", "a", "b", "")])
def test_made_from_something_else_is_something_else(other):
    store.put(b"data", "font", "a", "b")
    assert store.get(*other) is None


def test_made_by_another_program_is_something_else(monkeypatch):
    store.put(b"data", "font", "a")
    monkeypatch.setattr(hashes, "_program", "another")
    assert store.get("font", "a") is None


def test_another_program_has_another_hash(tmp_path, monkeypatch):
    monkeypatch.setattr(hashes, "_program", "")
    first = hashes.program()
    for change in ("setattr(hashes, 'HERE', str(tmp_path))", "setenv('SOURCE_DATE_EPOCH', '7')",
                   "setattr('sys.version', '3.99')", "syspath_prepend(str(tmp_path))"):
        with monkeypatch.context() as patch:
            (tmp_path / "thing-1.0.dist-info").mkdir(exist_ok=True)
            eval(f"patch.{change}", {"patch": patch, "hashes": hashes, "tmp_path": tmp_path})
            patch.setattr(hashes, "_program", "")
            assert hashes.program() != first, change


@pytest.mark.parametrize("damage", [b"", b"short", b"\0" * 100, None])
def test_a_damaged_entry_is_not_there_and_is_written_anew(folder, damage):
    store.put(b"data", "font", "a")
    (file,) = folder.iterdir()
    file.write_bytes(file.read_bytes()[:-1] + b"!" if damage is None else damage)
    assert store.get("font", "a") is None
    store.put(b"data", "font", "a")
    assert store.get("font", "a") == b"data"


def _write(number: int) -> None:
    for _ in range(50):
        store.put(b"x" * 100_000, "font", "same")
        assert store.get("font", "same") == b"x" * 100_000


def test_two_at_once_never_see_half_an_entry():
    workers = [multiprocessing.get_context("spawn").Process(target=_write, args=(n,)) for n in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0, 0]


def test_it_does_not_grow_without_end(folder, monkeypatch):
    monkeypatch.setattr(store, "MOST", 10)
    for number in range(50):
        store.put(b"", "font", str(number))
    assert len(list(folder.iterdir())) <= 10
    assert store.get("font", "49") == b""


def test_what_others_keep_in_the_folder_stays(folder, monkeypatch):
    monkeypatch.setattr(store, "MOST", 10)
    folder.mkdir()
    others = {"thesis.odt", "font-of-mine", "2024-holidays"} | {f"{number}.jpg" for number in range(20)}
    for name in others:
        (folder / name).write_text("dear")
        os.utime(folder / name, (1, 1))
    for number in range(30):
        store.put(b"data", "font", str(number))
    left = {file.name for file in folder.iterdir()}
    assert others <= left and len(left - others) <= 10


def test_a_full_disk_is_not_filled_further(folder, monkeypatch):
    store.put(b"data", "font", "a")
    before = list(folder.iterdir())

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    store.put(b"more", "font", "b")
    assert list(folder.iterdir()) == before and store.get("font", "b") is None


def test_without_a_folder_nothing_is_kept(tmp_path, monkeypatch):
    for folder in ("", str(Path(__file__))):
        monkeypatch.setenv("LEAFLET_CACHE", folder)
        store.put(b"data", "font", "a")
        assert store.get("font", "a") is None


def test_the_folder_is_the_users_own(monkeypatch, tmp_path):
    monkeypatch.delenv("LEAFLET_CACHE")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    store.put(b"data", "font", "a")
    if os.name == "posix":
        (made,) = [path for path in tmp_path.rglob("leaflet")]
        assert made.stat().st_mode & 0o077 == 0


def test_fonts_and_templates_from_the_store_are_the_same(tmp_path, folder):
    """The same bytes whether everything is made, or taken from the store."""
    import subprocess
    import sys

    root = Path(__file__).parents[2]
    made = []
    for _ in range(2):
        subprocess.run([sys.executable, "-m", "generator", "build", "tests/samples/everything/en.yaml", "-l", "handout",
                        "-p", "A4", "-o", str(tmp_path / "out"), "--force"], cwd=root, check=True, capture_output=True)
        made.append((tmp_path / "out" / "everything-en-handout-a4.pdf").read_bytes())
        assert {file.name.split("-")[0] for file in folder.iterdir()} >= {"font", "template"}
    assert made[0] == made[1]
    for file in folder.iterdir():
        file.write_bytes(b"\0" * 40)
    assert subprocess.run([sys.executable, "-m", "generator", "build", "tests/samples/everything/en.yaml", "-l",
                           "handout", "-p", "A4", "-o", str(tmp_path / "out"), "--force"], cwd=root,
                           capture_output=True).returncode == 0
    assert (tmp_path / "out" / "everything-en-handout-a4.pdf").read_bytes() == made[0]
