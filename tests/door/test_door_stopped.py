"""A build that is ended from outside: nothing in part, nothing that runs on, what was made need not be made again."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from project_kit import ROOT, new_project

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals as POSIX has them")

LAYOUTS = ["brochure", "handout", "accordion"]
LEAFLET = "format: 1\nlanguage: en\ntitle: A sore throat\nintroduction: Drink warm tea.\n"
BUILD = """\
import signal
import os
import sys
import time
from generator.recipe import workers
for number in (signal.SIGTERM, signal.SIGHUP):
    signal.signal(number, signal.SIG_IGN if number in {ignored} else signal.SIG_DFL)
signal.signal(signal.SIGINT, signal.default_int_handler)
workers.processors = lambda: 2
workers.MANY = 2
made, first = workers._made, os.getpid()
workers._made = lambda *job: os.getpid() != first and time.sleep({each}) or made(*job)
{more}
from generator.door.commands import main
layouts = [word for name in {layouts} for word in ("--layout", name)]
main(["build", *layouts, "--force", "--output", sys.argv[1]])
"""
EACH = 1.0
"""Seconds for which a worker waits before it makes a leaflet, as a long one would take it. There are six leaflets, five
of them for two workers: the third file is there after one second, the last after three."""
BOUND = 60
"""Seconds. What is ended ends within one; the machine may be busy."""


def begun(output: Path, ignored: tuple[int, ...] = (), more: str = "") -> subprocess.Popen:
    """A build with workers, of which the first file is there. Whoever runs the tests may have SIGINT ignored (nohup);
    the build finds each signal as a terminal leaves it, but for those to be `ignored`."""
    numbers = [int(number) for number in ignored]
    project = new_project(output / "project", {"leaf/en.yaml": LEAFLET}, [*LAYOUTS, "shared"])
    program = BUILD.format(more=more, ignored=numbers, layouts=LAYOUTS, each=EACH)
    build = subprocess.Popen([sys.executable, "-c", program, str(output)], cwd=project,
                             env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE,
                             stderr=subprocess.PIPE, text=True, start_new_session=True)
    # The first file is made before there are workers, the third is not.
    said = [build.stdout.readline() for _ in range(3)]
    assert said[2].startswith("built"), build.communicate()
    return build


def rest(build: subprocess.Popen) -> tuple[int, str]:
    """Exit code and what was said on standard error. To read to the end waits for everyone who could still write."""
    try:
        _, err = build.communicate(timeout=BOUND)
    except subprocess.TimeoutExpired:
        os.killpg(build.pid, signal.SIGKILL)
        build.communicate()
        pytest.fail("a worker runs on")
    return build.returncode, err


@pytest.mark.parametrize("all_at_once", [False, True], ids=["alone", "with its workers"])
@pytest.mark.parametrize(("sent", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)],
                         ids=["TERM", "HUP", "INT"])
def test_it_leaves_tidily(tmp_path, sent, code, all_at_once):
    build = begun(tmp_path)
    (os.killpg if all_at_once else os.kill)(build.pid, sent)
    assert rest(build) == (code, "\nstopped\n" if sent == signal.SIGINT else "")
    made = {file.name for file in tmp_path.glob("*.pdf")}
    record = json.loads((tmp_path / ".built.json").read_text("utf-8"))
    known = {name for job in record["jobs"].values() for name in job["files"]}
    assert len(known) >= 2 and known <= made and not list(tmp_path.glob(".*.part"))
    assert len(made - known) <= 2, "but for a leaflet whose second file was not written yet"


@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGSEGV], ids=["KILL", "SEGV"])
def test_workers_end_with_what_started_them(tmp_path, sent):
    build = begun(tmp_path)
    os.kill(build.pid, sent)
    assert rest(build)[0] == -sent


def test_workers_that_do_not_look_would_run_on(tmp_path):
    """What the test above finds where it is so."""
    build = begun(tmp_path, more="workers._end_with_parent = lambda: None")
    os.kill(build.pid, signal.SIGKILL)
    with pytest.raises(subprocess.TimeoutExpired):
        build.communicate(timeout=5)
    os.killpg(build.pid, signal.SIGKILL)
    build.communicate(timeout=BOUND)


def test_what_is_ignored_stays_ignored(tmp_path):
    build = begun(tmp_path, ignored=(signal.SIGHUP,))
    os.killpg(build.pid, signal.SIGHUP)
    assert rest(build) == (0, "")
