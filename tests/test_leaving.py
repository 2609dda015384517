"""How the process ends: at once, when all that was said has been written, with the right exit code."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BEGIN = "import sys, atexit, generator.__main__ as start\natexit.register(lambda: print('taken apart'))\n"


def leave(code: str, *arguments: str, **streams) -> subprocess.CompletedProcess[bytes]:
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **streams}
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    return subprocess.run([sys.executable, "-c", BEGIN + code, *arguments], cwd=ROOT, env={**environment, "PYTHONPATH": str(ROOT)}, **streams)


def test_all_that_was_said_arrives_before_it_leaves(tmp_path):
    with open(tmp_path / "out", "wb") as file:
        done = leave("print('word ' * 100_000, end='')\nsys.stderr.write('end')\nstart.leave(3)", stdout=file)
    assert (done.returncode, done.stderr) == (3, b"end")
    assert (tmp_path / "out").read_bytes() == b"word " * 100_000, "all of it; and nothing was taken apart"


@pytest.mark.parametrize(("arguments", "code", "said", "wrong"), [
    (["--version"], 0, "leaflet", ""),
    (["build", "nothing"], 2, "", "there is no content"),
    (["eml", "kyphoplasty-vs-vertebroplasty/en", "--to", "x"], 2, "", "--to"),
    (["check", "tests/samples/everything/en.yaml"], 0, "no problems", ""),
], ids=str)
def test_exit_codes(arguments, code, said, wrong):
    done = leave("start.main()", *arguments)
    assert done.returncode == code
    assert said in done.stdout.decode() and wrong in done.stderr.decode()
    assert "taken apart" not in done.stdout.decode()


@pytest.mark.parametrize(("fault", "code", "wrong"), [
    ("SystemExit()", 0, b""), ("SystemExit(4)", 4, b""), ("SystemExit('words')", 1, b"words"), ("ZeroDivisionError('x')", 1, b"Traceback"),
])
def test_what_is_raised_leaves_as_ever(fault, code, wrong):
    done = leave(f"def done(arguments): raise {fault}\nstart.done = done\nstart.main()")
    assert done.returncode == code
    assert wrong in done.stderr and bool(wrong) == bool(done.stderr)


@pytest.mark.parametrize("way", [
    "sys.settrace(lambda *_: None)", "sys.setprofile(lambda *_: None)", "import multiprocessing", "sys.monitoring.use_tool_id(2, 'x')",
])
def test_whoever_waits_for_pythons_end_gets_it(way):
    if "monitoring" in way and not hasattr(sys, "monitoring"):
        pytest.skip("from Python 3.12 on")
    assert b"taken apart" in leave(f"{way}\nstart.leave(0)").stdout


def test_a_reader_that_has_gone_is_no_fault():
    for code in ("print('x' * 100)\nstart.leave(0)", "sys.argv[1:] = ['layouts']\nstart.main()"):
        reading, writing = os.pipe()
        os.close(reading)
        with os.fdopen(writing, "wb") as gone:
            done = leave(code, stdout=gone)
        assert (done.returncode, done.stderr) == (1, b"")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="a disk that is always full")
@pytest.mark.parametrize("arguments", [["layouts"], ["build", "kyphoplasty-vs-vertebroplasty/en", "-l", "handout", "-p", "A4"]], ids=" ".join)
def test_a_full_disk_is_said_once(arguments, tmp_path):
    more = ["-o", str(tmp_path)] if "build" in arguments else []
    with open("/dev/full", "wb") as full:
        done = leave("start.main()", *arguments, *more, stdout=full)
    assert (done.returncode, done.stderr) == (1, b"cannot be written or read: no space left on device\n")
