"""Surroundings that are not as they should be: each is told in a plain sentence, and the exit code says so."""

from __future__ import annotations

import os
import shutil
import signal
import struct
import subprocess
import sys
import time
from pathlib import Path

import pymupdf_fonts
import pytest
from project_kit import ROOT, new_project, saved

from generator.model.printing import Printing
from generator.model.problem import Rejected
from generator.read.printers import read_printers
from generator.recipe import build as many
from generator.recipe import find, printers
from generator.text import fonts

CONTENT = "format: 1\nlanguage: en\ntitle: A leaflet\nintroduction:\n  - text: What it says.\nlayouts: [handout]\n"
posix = pytest.mark.skipif(os.name != "posix", reason="this is so on POSIX")
linux = pytest.mark.skipif(sys.platform != "linux", reason="/proc and /dev/full are of Linux")


@pytest.fixture
def project(tmp_path):
    return new_project(tmp_path / "project", {"leaf/en.yaml": CONTENT}, ["handout", "brochure", "shared"])


def leaf(root: Path, name: str, text: str = CONTENT) -> Path:
    return saved(root / "content" / name / "en.yaml", text)


def leaflet(root: Path, *arguments: str, before=None, stdout=subprocess.PIPE,
            **env: str) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, "-m", "generator", *arguments], cwd=root,
                          env=os.environ | {"PYTHONPATH": str(ROOT)} | env, stdout=stdout, stderr=subprocess.PIPE,
                          text=True, check=False, preexec_fn=before, timeout=60)


def plain(done: subprocess.CompletedProcess, *words: str, code: int = 1) -> None:
    assert "Traceback" not in done.stderr and "Exception" not in done.stderr
    assert done.returncode == code, done.stderr
    assert all(word in done.stderr for word in words), done.stderr


@linux
@pytest.mark.parametrize("times", [1, 2], ids=["built", "kept"])
def test_standard_output_is_full(project, times):
    for _ in range(times):
        with open("/dev/full", "w") as full:
            done = leaflet(project, "build", "-p", "A4", stdout=full)
        plain(done, "no space left on device")
        assert len(done.stderr.splitlines()) == 1


@linux
def test_an_output_folder_where_nothing_can_be_written(project):
    plain(leaflet(project, "build", "-p", "A4", "-o", "/proc"),
          "/proc/leaf-en-handout-a4.pdf: cannot be written or read")


@posix
def test_a_limit_of_the_size_of_files(project):
    import resource

    done = leaflet(project, "build", "-p", "A4", before=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)),
                   LEAFLET_CACHE="")
    plain(done, "file too large")
    assert not [file for file in (project / "output").iterdir() if file.suffix in (".pdf", ".part")]


def test_an_output_folder_that_vanishes(project, monkeypatch):
    def tell(event):
        shutil.rmtree(project / "output")

    with pytest.raises(OSError) as told:
        many.build(project, find.contents(project), tell=tell)
    assert told.value.filename.startswith(str(project / "output")) and not told.value.filename.endswith(".part")


@posix
def test_a_working_folder_that_is_gone(project):
    (project / "gone").mkdir()

    def leave():
        os.chdir(project / "gone")
        os.rmdir(project / "gone")

    plain(leaflet(project, "build", before=leave), "the current folder is no longer there")


@pytest.mark.parametrize("date", ["x", "-1", "1e9", " 7", "999999999999", "0x10"])
def test_a_date_that_is_none(project, date):
    for command in ("build", "check"):
        plain(leaflet(project, command, SOURCE_DATE_EPOCH=date), "SOURCE_DATE_EPOCH", "which is no date")


@pytest.mark.parametrize("date", ["", "0", "1700000000", "253402300799"])
def test_a_date_that_is_one(project, date):
    plain(leaflet(project, "build", "-p", "A4", SOURCE_DATE_EPOCH=date), code=0)


@posix
def test_ctrl_c_while_modules_load(project):
    signal.signal(signal.SIGINT, signal.default_int_handler)  # under nohup, or started with &, it is ignored
    codes = set()
    for after in range(4, 60, 4):
        run = subprocess.Popen([sys.executable, "-X", "importtime", "-m", "generator", "build", "--force"], cwd=project,
                               text=True, env=os.environ | {"PYTHONPATH": str(ROOT)}, stdout=subprocess.DEVNULL,
                               stderr=subprocess.PIPE)
        for line in run.stderr:  # each is a module that was loaded; the first of the program's own stands far down
            if line.endswith("generator\n"):
                break
        for _ in range(after):
            run.stderr.readline()
        run.send_signal(signal.SIGINT)
        said = run.communicate(timeout=60)[1]
        assert "Traceback" not in said, said
        codes.add(run.returncode)
    assert codes <= {130, 0} and 130 in codes


# ── what belongs to the user is not run ──────────────────────────────────────────────────────────────────────────────


def test_reportlab_runs_no_file_of_the_user_or_of_the_project(project, tmp_path):
    home, ran = tmp_path / "home", tmp_path / "ran"
    home.mkdir()
    planted = f"open({str(ran)!r}, 'a').write('x')\n"
    for file in (home / ".reportlab_mods", home / ".reportlab_settings", project / "reportlab_mods.py",
                 project / "reportlab_settings.py"):
        file.write_text(planted)
    plain(leaflet(project, "build", "-p", "A4", "--force", HOME=str(home)), code=0)
    assert not ran.exists()
    subprocess.run([sys.executable, "-c", "import reportlab.rl_config"], env=os.environ | {"HOME": str(home)},
                   check=True)
    assert ran.exists(), "left to itself it would run them"


@posix
def test_a_home_that_is_no_folder(project):
    plain(leaflet(project, "build", "-p", "A4", HOME="/dev/null"), code=0)


# ── printers ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("right", "kept"), [("1e-9", "0mm"), ("0.8123456", "0.81mm"), ("-0.004", "0mm"),
                                             ("-4.999", "-5mm"), ("0.8", "0.8mm"), ("-5", "-5mm")])
def test_what_calibrate_writes_can_be_read(project, right, kept):
    plain(leaflet(project, "calibrate", "--printer", "office", "--right", right, "--up", "0"), code=0)
    assert f"  right: {kept}\n" in (project / "printers.yaml").read_text()
    assert list(read_printers(project)) == ["office"]


@pytest.mark.parametrize("right", ["nan", "inf", "-inf", "6"])
def test_what_is_no_reading_is_not_written(project, right):
    plain(leaflet(project, "calibrate", "--printer", "office", "--right", right, "--up", "0"), "--right", code=2)
    assert not (project / "printers.yaml").exists()


def test_each_printer_has_a_sheet_of_its_own(project):
    for name, right in (("office", 1), ("ward-2", -1)):
        printers.keep_readings(project, name, right, 0)
    names = []
    for how in (Printing(printer="office"), Printing(printer="ward-2", tumble=True), Printing()):
        made = many.build(project, find.contents(project), layouts=["brochure"], papers=["a4"], printing=how)
        names.append(made.files[1].name)
    assert names == ["leaf-en-brochure-a4-office-sheet.pdf", "leaf-en-brochure-a4-ward-2-tumble-sheet.pdf",
                     "leaf-en-brochure-a4-sheet.pdf"]
    assert len({(project / "output" / name).read_bytes() for name in names}) == 3


@pytest.mark.parametrize("name", ["../../x", "a b", "press", "tumble", "sheet", "x/y"])
def test_a_printer_whose_name_cannot_be_in_a_file_name(project, name):
    (project / "printers.yaml").write_text(f"{name}:\n  right: 1mm\n  up: 0mm\n")
    with pytest.raises(Rejected, match=f"printers.yaml:1:1: '{name}' cannot be the name of a printer"):
        read_printers(project)


# ── former leaflets ──────────────────────────────────────────────────────────────────────────────────────────────────


def outcome(project: Path, names=(), **how) -> tuple[list[str], list[str]]:
    """What was moved; what is in the output folder."""
    moved = []
    many.build(project, find.contents(project, names), papers=["a4"],
               tell=lambda event: event.kind == "moved" and moved.append(event.file.name), **how)
    return moved, sorted(file.name for file in (project / "output").glob("*.pdf"))


def test_a_leaflet_that_is_renamed_leaves_nothing_behind(project):
    outcome(project)
    (project / "content/leaf").rename(project / "content/tree")
    assert outcome(project) == (["leaf-en-handout-a4.pdf"], ["tree-en-handout-a4.pdf"])
    assert (project / "output/old/leaf-en-handout-a4.pdf").is_file()
    assert outcome(project) == ([], ["tree-en-handout-a4.pdf"])


def test_a_leaflet_that_is_gone_goes_whatever_is_built(project):
    leaf(project, "other")
    outcome(project)
    shutil.rmtree(project / "content/leaf")
    assert outcome(project, ["other"]) == (["leaf-en-handout-a4.pdf"], ["other-en-handout-a4.pdf"])


def test_one_that_fails_leaves_no_former_one_and_comes_back(project):
    outcome(project)
    leaf(project, "leaf", CONTENT.replace("title", "titel"))
    assert outcome(project) == (["leaf-en-handout-a4.pdf"], [])
    leaf(project, "leaf")
    assert outcome(project) == ([], ["leaf-en-handout-a4.pdf"])


def test_only_the_layout_that_fails_goes(project):
    outcome(project, layouts=["handout", "brochure"])
    leaf(project, "leaf", CONTENT.replace("What it says.", "several words " * 1000))
    moved, left = outcome(project, layouts=["handout", "brochure"])
    assert (moved, left) == (["leaf-en-brochure-a4-sheet.pdf", "leaf-en-brochure-a4.pdf"], ["leaf-en-handout-a4.pdf"])


def test_what_is_not_ours_stays(project):
    outcome(project)
    (project / "output/leaf-en-handout-a4.pdf").write_bytes(b"%PDF with my notes")
    (project / "output/notes.pdf").write_bytes(b"%PDF mine")
    shutil.rmtree(project / "content/leaf")
    leaf(project, "other")
    assert outcome(project) == ([], ["leaf-en-handout-a4.pdf", "notes.pdf", "other-en-handout-a4.pdf"])


def test_what_another_version_made_is_known_as_ours(project, monkeypatch):
    outcome(project)
    monkeypatch.setattr("generator.kept.hashes._program", "another")
    shutil.rmtree(project / "content/leaf")
    leaf(project, "other")
    assert outcome(project) == (["leaf-en-handout-a4.pdf"], ["other-en-handout-a4.pdf"])


# ── fonts ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def table(data: bytes, tag: bytes) -> tuple[int, int]:
    """Where a table's entry stands in the font's directory, and where the table itself."""
    at = next(at for at in range(12, 12 + 16 * struct.unpack_from(">H", data, 4)[0], 16) if data[at : at + 4] == tag)
    return at, struct.unpack_from(">L", data, at + 8)[0]


def damaged(what: str) -> bytes:
    data = bytearray(pymupdf_fonts.myfont("notos"))
    if what == "widths cut short":
        struct.pack_into(">L", data, table(data, b"hmtx")[0] + 12, 40)
    elif what == "number of widths":
        struct.pack_into(">H", data, table(data, b"hhea")[1] + 34, 0xFFFF)
    elif what == "no widths":
        struct.pack_into(">H", data, table(data, b"hhea")[1] + 34, 0)
    elif what == "unit":
        struct.pack_into(">H", data, table(data, b"head")[1] + 18, 3)
    elif what == "glyphs":
        struct.pack_into(">H", data, table(data, b"maxp")[1] + 4, 11)
    elif what == "name of a table":
        at = next(at for at in range(12, 400, 16) if data[at : at + 4] == b"GPOS")
        data[at] = 0xC1
    elif what == "outlines":
        struct.pack_into(">L", data, table(data, b"loca")[0] + 12, 2)
    else:
        assert what == "nothing"
    return bytes(data)


def test_the_whole_font_is_sound(tmp_path):
    (tmp_path / "a.ttf").write_bytes(damaged("nothing"))
    assert fonts.from_file(str(tmp_path / "a.ttf"), False, False).ps_name == "NotoSans-Regular"


@pytest.mark.parametrize("what", ["widths cut short", "number of widths", "no widths", "unit", "glyphs",
                                  "name of a table", "outlines"])
def test_a_damaged_font_is_told_with_its_place(project, what):
    themes = project / "layouts/shared/themes"
    (themes / "a.ttf").write_bytes(damaged(what))
    (themes / "mine.yaml").write_text("extends: calm\nfonts:\n  body: {name: Mine, regular: a.ttf}\n")
    began = time.perf_counter()
    problems = many.build(project, find.contents(project), papers=["a4"], theme="mine").problems
    (said,) = map(str, problems)
    assert said.startswith(
        "layouts/shared/themes/mine.yaml:3:31: the font file 'a.ttf' cannot be used: the font file is damaged: ")
    assert time.perf_counter() - began < 5


def test_a_font_larger_than_any_is_not_read(tmp_path, monkeypatch):
    (tmp_path / "a.ttf").write_bytes(damaged("nothing"))
    monkeypatch.setattr(fonts, "LARGEST", 1000)
    with pytest.raises(OSError, match="too large"):
        fonts.from_file(str(tmp_path / "a.ttf"), False, False)
