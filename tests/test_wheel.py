"""The wheel: what it carries, and that it works in an empty folder, where no clone is."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile

import pytest
from project_kit import ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel of a copy of the project, so that nothing is left in the project's folder."""
    folder = tmp_path_factory.mktemp("wheel")
    copy = folder / "copy"
    for name in ("generator", "layouts"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "setup.py", "README.md"):
        shutil.copy(ROOT / name, copy)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel", "--quiet", "--no-deps", "--no-index",
           "--no-build-isolation", "--wheel-dir", str(folder), str(copy)]
    subprocess.run(pip, check=True, capture_output=True)
    (file,) = folder.glob("*.whl")
    return file


def test_it_carries_the_program_and_the_layouts_whole(wheel):
    with zipfile.ZipFile(wheel) as archive:
        there = {name for name in archive.namelist() if ".dist-info/" not in name}
    def inside(folder: str, home: str) -> set[str]:
        files = [file for file in (ROOT / folder).rglob("*") if file.is_file() and file.suffix != ".pyc"]
        return {f"{home}/{file.relative_to(ROOT / folder).as_posix()}" for file in files}

    assert there == inside("generator", "leafletpress") | inside("layouts", "leafletpress/layouts")


def test_it_works_in_an_empty_folder(wheel, tmp_path):
    home, empty = tmp_path / "site", tmp_path / "empty"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(home)
    empty.mkdir()
    # the unpacked wheel comes before the clone, which the environment of the tests has on its path
    program = f"import sys; sys.path.insert(0, {str(home)!r}); from leafletpress.__main__ import main; main()"

    def leaflet(*arguments):
        return subprocess.run([sys.executable, "-c", program, *arguments], cwd=empty, capture_output=True, text=True,
                              env={**os.environ, "LEAFLET_CACHE": str(tmp_path / "cache")}, check=False)

    assert leaflet("init").returncode == 0
    assert leaflet("new", "hip").returncode == 0
    built = leaflet("build", "--layout", "handout", "--paper", "A4")
    assert (built.returncode, built.stderr) == (0, "")
    assert (empty / "output/hip-en-handout-a4.pdf").read_bytes().startswith(b"%PDF-1.7")
    where = leaflet("doctor").stdout
    assert f"({home}/leafletpress/layouts)" in where and str(ROOT) + "/layouts" not in where
