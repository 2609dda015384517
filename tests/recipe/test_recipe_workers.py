"""Many jobs, many hands: the same bytes, the same words, in the same order."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from project_kit import ROOT, new_project

from generator.model.record import replace
from generator.recipe import build as many
from generator.recipe import find, workers
from generator.recipe.leaflet import make
from generator.recipe.project import ProjectFiles

GOOD = (ROOT / "tests" / "samples" / "everything" / "en.yaml").read_text("utf-8")


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    """Six leaflets, of which one cannot be read and one does not fit its brochure."""
    texts = {f"leaf-{number}/en.yaml": re.sub(r"inhaler(?!\.svg)", f"inhaler{number}", GOOD) for number in range(6)}
    root = new_project(tmp_path_factory.mktemp("library"), texts | {"leaf-2/en.yaml": "format: 1\nlanguage: en\n"})
    for folder in (root / "content").iterdir():
        for picture in (ROOT / "tests" / "samples" / "everything").glob("*.svg"):
            shutil.copy(picture, folder)
    return root


def build(root: Path, output: Path, workers: int):
    told = []
    result = many.build(root, find.contents(root), layouts=["handout", "brochure"], output=output, workers=workers,
                            tell=lambda event: told.append((event.kind, event.file and event.file.name, event.problems,
                                                            event.done, event.total)))
    return {file.name: file.read_bytes()
            for file in result.files}, result.problems, told, (output / ".built.json").read_bytes()


def test_workers_make_the_same(library, tmp_path):
    alone, together = build(library, tmp_path / "1", 1), build(library, tmp_path / "3", 3)
    assert alone[0] == together[0] and len(alone[0]) > 10
    assert alone[1] == together[1] and alone[1], "problems in the order of the files"
    assert alone[2] == together[2]
    assert alone[3] == together[3], "the record too"
    assert {kind for kind, *_ in build(library, tmp_path / "3", 3)[2]} <= {"kept", "failed"}


def test_a_few_jobs_start_no_worker(library, tmp_path, monkeypatch):
    monkeypatch.setattr(workers, "processors", lambda: pytest.fail("asked for processors"))
    many.build(library, find.contents(library, ["leaf-0"]), layouts=["handout"], output=tmp_path)
    with pytest.raises(pytest.fail.Exception):
        many.build(library, find.contents(library), layouts=["handout", "brochure"], output=tmp_path, force=True)


def test_a_process_with_threads_is_not_copied():
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    try:
        assert workers.processors() == 1 or not Path("/proc/self/task").exists()
    finally:
        stop.set()
        thread.join()


def test_a_fault_in_a_worker_keeps_its_traceback(library):
    paths = find.contents(library)
    jobs = [job for job in find.jobs(ProjectFiles(library), paths, ["handout"], ["a4"], None)]
    jobs[1] = replace(jobs[1], paper="a paper that there is not")
    made = workers.make_all(ProjectFiles(library), jobs, 2)
    next(made)
    with pytest.raises(KeyError, match="a paper that there is not"):
        list(made)


def test_workers_that_are_started_afresh_do_as_well(library, tmp_path):
    code = (
        "import sys, multiprocessing\nfrom pathlib import Path\nfrom generator.recipe import build as many, find\n"
        "if __name__ == '__main__':\n"
        "    sys.platform = 'spawning'\n"
        f"    root = Path({str(library)!r})\n"
        f"    made = many.build(root, find.contents(root), layouts=['handout'], "
        f"output=Path({str(tmp_path)!r}), workers=2)\n"
        "    print(len(made.files))\n"
    )
    file = tmp_path / "start.py"
    file.write_text(code)
    made = subprocess.run([sys.executable, str(file)], cwd=ROOT, env={"PYTHONPATH": str(ROOT), "PATH": ""},
                          capture_output=True, text=True)
    assert made.stdout == "10\n", made.stderr


def test_a_long_run_does_not_fill_the_memory(library):
    files = ProjectFiles(library)
    jobs = list(find.jobs(files, [path for path in find.contents(library) if "leaf-2" not in str(path)], ["handout"],
                          ["a4"], None))
    def pictures() -> int:
        return sum(file.is_relative_to(library / "content") for file in files.pictures)

    for _ in workers.make_all(files, jobs, 1):
        assert len(files.contents) <= 1 and pictures() <= 2  # those of one leaflet
    assert not files.contents and not pictures()


def test_a_leaflet_leaves_no_cycles_of_its_own_behind(library):
    """What is in cycles is only freed by a search through everything, which would be most of a long leaflet's time."""
    import gc

    from generator.model.page import Run
    from generator.typeset.flow import Leaf, Piece

    files = ProjectFiles(library)
    jobs = [job for name in ("handout", "brochure")
            for job in find.jobs(files, find.contents(library, ["leaf-0"]), [name], ["a4"], None)]
    for job in jobs:
        make(files, job)
    gc.collect()
    kept = [one for one in gc.get_objects() if isinstance(one, (Leaf, Piece, Run))]  # by other tests of this process
    known = set(map(id, kept))
    gc.disable()
    try:
        for job in jobs:
            make(files, job)
        left = [one for one in gc.get_objects() if isinstance(one, (Leaf, Piece, Run)) and id(one) not in known]
        assert not left
    finally:
        gc.enable()
