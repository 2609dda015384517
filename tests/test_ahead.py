"""The second process makes what this one would have made; where it can't, this one does."""

from __future__ import annotations

import errno
import os
import pickle
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from generator import ahead, pipeline
from generator.composed import Job
from generator.model.problem import Overfull
from generator.shelf import Shelf

ROOT = Path(__file__).parent.parent
CONTENT = ROOT / "content" / "kyphoplasty-vs-vertebroplasty" / "en.yaml"
forks = pytest.mark.skipif(sys.platform != "linux", reason="processes are copied on Linux only")


@pytest.fixture
def other(monkeypatch):
    """A second process, whatever this one has loaded or runs already, and this machine has."""
    monkeypatch.setattr(ahead, "processors", lambda: 2)
    ahead.begin()
    yield ahead._process
    ahead.end()


@forks
@pytest.mark.parametrize("layout", ["handout", "brochure", "booklet", "large-print"])
def test_the_same_bytes_and_words(layout, monkeypatch, other):
    job = Job(CONTENT, layout, "a4", None)
    there = pipeline.make(Shelf(ROOT), job)
    assert ahead._process is other
    monkeypatch.setattr(ahead, "finish", lambda one, meanwhile: None)
    here = pipeline.make(Shelf(ROOT), job)
    assert there == here
    assert here[0]


@forks
def test_it_was_made_over_there(monkeypatch, other):
    monkeypatch.setattr(pipeline, "finished", lambda *_: pytest.fail("made here"))
    files, _, _ = pipeline.make(Shelf(ROOT), Job(CONTENT, "handout", "a4", None))
    assert len(files) == 1
    ahead.end()
    with pytest.raises(pytest.fail.Exception):
        pipeline.make(Shelf(ROOT), Job(CONTENT, "handout", "a4", None))


@forks
def test_problems_come_back_and_are_told_here(tmp_path, monkeypatch, other):
    file = tmp_path / "content" / "x" / "en.yaml"
    file.parent.mkdir(parents=True)
    file.write_text("format: 1\nlanguage: en\ntitle: Long\nintroduction: |\n" + "  Many words that nobody can fold.\n\n" * 900, "utf-8")
    shutil.copytree(ROOT / "layouts", tmp_path / "layouts")
    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "finished", lambda *_: pytest.fail("made here"))
        with pytest.raises(Overfull, match="is full at 9 pt") as told:
            pipeline.make(Shelf(tmp_path), Job(file, "brochure", "a4", None))
    assert "have room" in str(told.value)
    with monkeypatch.context() as patch, pytest.raises(Overfull) as here:
        patch.setattr(ahead, "finish", lambda one, meanwhile: None)
        pipeline.make(Shelf(tmp_path), Job(file, "brochure", "a4", None))
    assert here.value.problems == told.value.problems
    assert pipeline.make(Shelf(ROOT), Job(CONTENT, "handout", "a4", None))[0], "it goes on"


@forks
def test_one_that_dies_is_done_without(other):
    os.kill(other.number, signal.SIGKILL)
    deadline = time.monotonic() + 20
    while os.waitid(os.P_PID, other.number, os.WEXITED | os.WNOWAIT | os.WNOHANG) is None and time.monotonic() < deadline:
        time.sleep(0.01)
    files, _, _ = pipeline.make(Shelf(ROOT), Job(CONTENT, "handout", "a4", None))
    assert files
    assert ahead._process is None


@forks
@pytest.mark.parametrize("cut", [1, 20, 60_000])
def test_one_that_dies_in_the_midst_of_its_answer_is_done_without(cut, monkeypatch):
    def serve(there, here):
        with open(there, "rb") as orders:
            pickle.load(orders)
        os.write(here, pickle.dumps(({"a.pdf": bytes(range(256)) * 1_000}, []), 5)[:cut])

    monkeypatch.setattr(ahead, "processors", lambda: 2)
    monkeypatch.setattr(ahead, "_serve", serve)
    ahead.begin()
    assert ahead._process is not None
    assert ahead.finish("an order") is None
    assert ahead._process is None


@forks
@pytest.mark.parametrize("call", ["fork", "pipe"])
def test_where_there_can_be_no_other(call, monkeypatch):
    def refused():
        raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")

    monkeypatch.setattr(ahead, "processors", lambda: 2)
    monkeypatch.setattr(os, call, refused)
    before = os.listdir("/proc/self/fd")
    ahead.begin()
    assert ahead._process is None
    assert os.listdir("/proc/self/fd") == before


@forks
def test_where_the_system_sees_to_what_ends(monkeypatch):
    monkeypatch.setattr(ahead, "processors", lambda: 2)
    monkeypatch.setattr(ahead, "_serve", lambda there, here: None)
    before = signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    try:
        ahead.begin()
        assert ahead._process is not None
        ahead.end()
    finally:
        signal.signal(signal.SIGCHLD, before)


@forks
def test_nobody_waits_for_it_after_ctrl_c(monkeypatch):
    monkeypatch.setattr(ahead, "processors", lambda: 2)
    monkeypatch.setattr(ahead, "_serve", lambda there, here: time.sleep(60))
    ahead.begin()
    began = time.monotonic()
    threading.Timer(0.2, os.kill, [os.getpid(), signal.SIGINT]).start()
    with pytest.raises(KeyboardInterrupt):
        ahead.finish("an order")
    ahead.end()
    assert time.monotonic() - began < 20


@forks
def test_it_ends_with_us(monkeypatch):
    monkeypatch.setattr(ahead, "processors", lambda: 2)
    ahead.begin()
    number = ahead._process.number
    ahead.end()
    with pytest.raises(ProcessLookupError):
        os.kill(number, 0)
    ahead.end()  # once is enough, twice does no harm


def test_none_where_there_is_one_processor(monkeypatch):
    monkeypatch.setattr(ahead, "processors", lambda: 1)
    monkeypatch.setattr(os, "fork", lambda: pytest.fail("copied"), raising=False)
    ahead.begin()
    assert ahead._process is None
    assert ahead.finish(object(), lambda: pytest.fail("done")) is None


BUILD = """
import os, sys
from generator import ahead
if {alone}: ahead.processors = lambda: 1
else: ahead.processors = lambda: 2
from generator.plain import built
code = built(["build", "article/en", "-l", "handout", "-l", "brochure", "-p", "A4", "-o", {output!r}])
print("code", code, *(name for name in ("reportlab", "uharfbuzz") if name in sys.modules))
"""


@forks
def test_a_plain_build_loads_half_of_it_here(tmp_path):
    """From the command line: the same files, and what typesets and draws is not loaded in this process."""
    project = tmp_path / "project"
    shutil.copytree(CONTENT.parent, project / "content" / "article")
    shutil.copytree(ROOT / "layouts", project / "layouts")
    made = {}
    for alone, loaded in ((True, "code 0 reportlab uharfbuzz"), (False, "code 0")):
        output = tmp_path / str(alone)
        asked = [sys.executable, "-c", BUILD.format(alone=alone, output=str(output))]
        said = subprocess.run(asked, cwd=project, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=True)
        assert said.stdout.splitlines()[-1] == loaded
        assert said.stderr == ""
        made[alone] = {file.name: file.read_bytes() for file in output.glob("*.pdf")}
    assert made[True] == made[False]
    assert len(made[True]) == 3
