"""What is done otherwise on Windows and macOS, as far as it can be seen on another system: the branches themselves."""

from __future__ import annotations

import io
import ntpath
import os
import sys
from types import SimpleNamespace

import pytest

from generator.deliver import account
from generator.door import session
from generator.kept import files, store


def windows(**more) -> SimpleNamespace:
    """The module os as Windows has it, for one module of ours: pathlib must not notice."""
    return SimpleNamespace(**{**vars(os), "name": "nt"} | more)


class Piped(io.TextIOWrapper):
    """A stream into a file, in the code page of a Windows console."""

    def __init__(self) -> None:
        super().__init__(io.BytesIO(), encoding="cp1252")


@pytest.mark.parametrize(("system", "written"), [(windows(), "{“ş”}".encode()), (os, "{“\\u015f”}".encode("cp1252"))])
def test_what_goes_into_a_file_is_utf_8_on_windows(monkeypatch, system, written):
    """`leaflet schema > layout.schema.json` and `--format json` are read by other programs."""
    out = Piped()
    monkeypatch.setattr(session, "os", system)
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(sys, "stderr", Piped())
    assert session.exit_code_of(lambda: out.write("{“ş”}") and 0) == 0
    assert out.buffer.getvalue() == written


@pytest.mark.parametrize(("system", "hint"), [(windows(), " (is it open in another program?)"), (os, "")])
def test_a_pdf_that_a_reader_shows_cannot_be_replaced_on_windows(monkeypatch, capsys, system, hint):
    def work() -> int:
        raise PermissionError(13, "Permission denied", "output/hip.pdf")

    monkeypatch.setattr(session, "os", system)
    assert session._exit_code(work) == 1
    assert capsys.readouterr().err == f"output/hip.pdf: cannot be written or read: permission denied{hint}\n"


def test_a_password_command_of_windows_is_handed_over_as_it_stands(monkeypatch):
    """Its quotes and backslashes are taken apart by the program that is called."""
    said = []

    def run(words, **_):
        said.append(words)
        return SimpleNamespace(returncode=0, stdout=b"secret\r\n")

    command = r'"C:\Program Files\pass\pass.exe" show clinic'
    monkeypatch.setattr(account, "os", windows())
    monkeypatch.setattr(account.subprocess, "run", run)
    assert account.said_by(command, "--password-command") == "secret"
    assert said == [command]


@pytest.mark.parametrize(("system", "platform", "folder"), [
    (windows(environ={"LOCALAPPDATA": "C:/me/Local"}), "win32", "C:/me/Local/leaflet/cache"),
    (SimpleNamespace(**{**vars(os), "environ": {}}), "darwin", os.path.expanduser("~/Library/Caches/leaflet")),
    (SimpleNamespace(**{**vars(os), "environ": {}}), "linux", os.path.expanduser("~/.cache/leaflet")),
])
def test_the_cache_is_where_each_system_keeps_caches(monkeypatch, system, platform, folder):
    monkeypatch.setattr(store, "os", system)
    monkeypatch.setattr(store, "sys", SimpleNamespace(platform=platform))
    assert store._folder() == folder


def test_from_one_drive_to_another_the_whole_path_is_taken(monkeypatch):
    """The program on C: has a theme that a project on D: extends."""
    monkeypatch.setattr(files, "os", windows(path=ntpath))
    assert files.way_to(r"C:\program\themes\a.ttf", r"D:\ward\layouts") == r"C:\program\themes\a.ttf"
    assert files.way_to(r"D:\ward\content", r"D:\ward\content\hip") == ".."


@pytest.mark.parametrize("room", ["workers", "crew"])
@pytest.mark.parametrize(("platform", "way"), [("linux", "fork"), ("darwin", "spawn"), ("win32", "spawn")])
def test_processes_are_copied_on_linux_alone(monkeypatch, room, platform, way):
    import concurrent.futures
    import importlib

    module = importlib.import_module(f"generator.recipe.{room}")
    pools = []
    monkeypatch.setattr(module, "sys", SimpleNamespace(platform=platform))
    monkeypatch.setattr(module, "_threads", lambda: False)
    monkeypatch.setattr(concurrent.futures, "ProcessPoolExecutor", lambda *given: pools.append(given))
    if room == "workers":
        from generator.recipe.project import ProjectFiles

        module._pool(ProjectFiles(files.Path()), 2)
    else:
        monkeypatch.setattr(module, "_leaflets", None, raising=False)
        crew = object.__new__(module.Crew)
        crew.pool, crew.workers, crew.order, crew.leaflets = None, 2, None, SimpleNamespace(names=[])
        crew._begin()
    assert pools[0][1].get_start_method() == way
