"""What other programs use of this one: the names in generator/__init__.py, by what its
docstrings and docs/python.md say."""

from __future__ import annotations

import contextlib
import doctest
import gc
import io
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from project_kit import ROOT, new_project

import generator
from generator import Built, Event, Project, Rejected
from generator.door import python

PUBLIC = ("__init__.py", "door/python.py", "model/problem.py", "model/run.py", "model/printing.py", "model/record.py")
"""Files of generator/ in which public names are made."""
LEAFLET = """\
format: 1
language: en
title: A sore throat
layouts: [handout, brochure]
review: {status: final}
sections:
  - heading: What helps
    body: Drink *warm* tea, and rest.
"""


@pytest.fixture
def clinic(tmp_path, monkeypatch):
    """A project `clinic` with one leaflet, in the current folder."""
    monkeypatch.chdir(tmp_path)
    return new_project(tmp_path / "clinic", {"sore-throat/en.yaml": LEAFLET}, ["handout", "brochure", "shared"])


# ── what is said of it is true ───────────────────────────────────────────────────────────────────────────────────────


def test_the_docstrings(clinic):
    (clinic / "content" / "sore-throat" / "tr.yaml").write_text("format: 1\nlanguage: tr\ntilte: Boğaz ağrısı\n",
                                                                "utf-8")
    (failed, tried), (others, more) = doctest.testmod(generator), doctest.testmod(python)
    assert (failed + others, tried > 3, more > 5) == (0, True, True)


EXAMPLE = re.compile(r"^```python\n(.*?)^```$(?:\s+^```text\n(.*?)^```$)?", re.DOTALL | re.MULTILINE)


def untrue(guide: str) -> list[tuple[str, str]]:
    """(what the guide says, what was printed) of each example where these differ."""
    names: dict[str, object] = {}
    found = []
    for code, said in EXAMPLE.findall(guide):
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            exec(code, names)  # noqa: S102 (the guide is ours)
        if printed.getvalue() != said:
            found.append((said, printed.getvalue()))
    return found


def test_the_guide(clinic):
    guide = (ROOT / "docs" / "python.md").read_text("utf-8")
    assert len(EXAMPLE.findall(guide)) == guide.count("```python") == 8
    assert untrue(guide) == []


def test_an_example_that_is_not_so_is_found(clinic):
    assert untrue("```python\nprint(1)\n```\n\n```text\n2\n```\n") == [("2\n", "1\n")]
    assert untrue("```python\nprint(1)\n```\n") == [("", "1\n")]


def test_every_public_name_is_named_in_the_guide():
    guide = (ROOT / "docs" / "python.md").read_text("utf-8")
    assert [name for name in generator.__all__ if name != "__version__" and f"`{name}`" not in guide] == []


# ── types ────────────────────────────────────────────────────────────────────────────────────────────────────────────

PROGRAM = """\
from pathlib import Path
from generator import Built, Event, Finding, Place, Printing, Problem, Project, Rejected

def tell(event: Event) -> None:
    name: str = event.file.name if event.file else event.kind
    print(name, event.milliseconds)

def main(folder: Path) -> list[str]:
    project = Project(folder)
    found: tuple[Problem, ...] = project.check("a/en", folder / "b.yaml")
    said: tuple[Finding, ...] = project.findings("a/en", profile="uk-nhs")
    rules: list[str] = [f"{finding.rule} {finding.severity}" for finding in said]
    try:
        built: Built = project.build(papers=["A4"], output="out", printing=Printing(tumble=True), tell=tell, workers=2)
    except Rejected as rejected:
        return [problem.message for problem in rejected.problems]
    files: tuple[Path, ...] = built.files
    places: list[Place] = [problem.place for problem in found if problem.place]
    return [f"{place.file}:{place.line + 1}" for place in places] + [file.name for file in files] * built.failed
"""
WRONG = """\
from generator import Problem, Project
Project(3)
Project("x").build(paper=["A4"])
Project("x").check()[0].message + 1
Problem("here", 3)
"""


def typed(*files: Path) -> str:
    """What mypy says of files; "" where it finds nothing."""
    pytest.importorskip("mypy", reason="mypy is not installed")
    command = [sys.executable, "-m", "mypy", "--strict", "--follow-imports=silent", "--no-error-summary",
               *map(str, files)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout


def test_types_hold(tmp_path):
    (tmp_path / "program.py").write_text(PROGRAM)
    assert typed(tmp_path / "program.py", *(ROOT / "generator" / name for name in PUBLIC)) == ""
    assert (ROOT / "generator" / "py.typed").exists()


def test_what_is_wrong_with_types_is_found(tmp_path):
    (tmp_path / "program.py").write_text(WRONG)
    assert re.findall(r"program\.py:(\d+): error", typed(tmp_path / "program.py")) == ["2", "3", "4", "5", "5"]


# ── nothing of the command line ──────────────────────────────────────────────────────────────────────────────────────


def test_to_import_it_loads_nothing_heavy():
    heavy = ("reportlab", "jinja2", "yaml", "pydantic", "babel", "click", "uharfbuzz", "multiprocessing",
             "generator.recipe")
    code = f"import sys\nfrom generator import Project\nprint(*(name for name in {heavy!r} if name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True,
                          check=True).stdout == "\n"


def test_the_package_alone_loads_next_to_nothing():
    """`python -m generator` loads it before Ctrl-C can be told as a stop."""
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r}); import generator; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True, check=True).stdout
    assert sorted(name for name in loaded.split() if name.startswith("generator")) == ["generator", "generator.model"]
    assert not {"typing", "pathlib", "re"} & set(loaded.split())


def state() -> list:
    """What belongs to the program that uses this one."""
    return [gc.isenabled(), gc.get_threshold(), gc.get_freeze_count(), os.getcwd(), os.umask(os.umask(0o22)),
            sys.getrecursionlimit(), *(signal.getsignal(number) for number in sorted(signal.valid_signals())),
            threading.enumerate()]


@pytest.mark.parametrize("workers", [1, 2])
def test_it_leaves_alone_what_is_not_its_own(clinic, capfd, workers):
    os.umask(0o22)
    gc.unfreeze()  # a test of the command line may have frozen what there was
    project, before, during = Project("clinic"), state(), []
    built = project.build(force=True, workers=workers, tell=lambda event: during.append(state()[:6]))
    assert project.check() == built.problems == ()
    assert len(built.files) == 6 and state() == before
    assert during == [before[:6]] * 6
    assert capfd.readouterr() == ("", "")


def test_it_does_not_ask_for_the_current_folder(clinic, tmp_path, monkeypatch):
    project = Project("clinic")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    built = project.build(Path("content/sore-throat/en.yaml"), layouts=["handout"], papers=["A4"], output="here")
    assert built.files == (clinic / "here" / "sore-throat-en-handout-a4.pdf",)
    assert os.listdir(tmp_path / "elsewhere") == []


def test_what_is_asked_wrongly_is_raised(clinic, tmp_path):
    for wrong in (lambda: Project(tmp_path), lambda: Project("clinic").check("soar-throat"),
                  lambda: Project("clinic").build("x.yaml")):
        with pytest.raises(Rejected) as told:
            wrong()
        assert told.value.problems
    with pytest.raises(ValueError, match="B5.*A4, Letter"):
        Project("clinic").build(papers=["A4", "B5"])


def test_problems_are_given_back(clinic):
    (clinic / "content" / "sore-throat" / "en.yaml").write_text(LEAFLET.replace("title", "tilte"), "utf-8")
    events: list[Event] = []
    built = Project(clinic).build(layouts=["handout"], tell=events.append)
    assert isinstance(built, Built) and built.failed and not built.files
    assert [event.kind for event in events] == ["failed"]
    assert built.problems == Project(clinic).check() == events[0].problems


# ── threads ──────────────────────────────────────────────────────────────────────────────────────────────────────────


THREADS = """\
import sys, threading
from pathlib import Path
from generator import Project

root, outputs = Path(sys.argv[1]), sys.argv[2:]
sys.setswitchinterval(1e-5)  # threads take turns five hundred times as often as they would
start = threading.Barrier(len(outputs))
made = {}

def work(output):
    project = Project(root)
    start.wait()
    try:
        made[output] = [project.build(output=output, layouts=["handout", "brochure"], force=True).problems
                        for _ in range(2)]
    except BaseException as error:
        made[output] = error
        raise

threads = [threading.Thread(target=work, args=[output]) for output in outputs]
for thread in threads: thread.start()
for thread in threads: thread.join()
assert all(made[output] == [(), ()] for output in outputs), made
"""


def in_threads(root: Path, count: int) -> list[dict[str, bytes]]:
    """What as many threads of one new process make, all at once, where nothing has been loaded yet."""
    outputs = [root / f"out-{number}" for number in range(count)]
    env = os.environ | {"LEAFLET_CACHE": str(root / "cache"), "PYTHONPATH": str(ROOT)}
    made = subprocess.run([sys.executable, "-c", THREADS, str(root), *map(str, outputs)], env=env, capture_output=True,
                          text=True, timeout=300)
    assert made.returncode == 0, made.stderr
    return [{file.name: file.read_bytes() for file in output.glob("*.pdf")} for output in outputs]


@pytest.fixture
def ward(clinic):
    """The project with content that has everything in it, pictures and Arabic, too."""
    shutil.copytree(ROOT / "tests" / "samples" / "everything", clinic / "content" / "everything")
    from PIL import Image

    folder = clinic / "content" / "photo"
    folder.mkdir()
    Image.new("RGB", (900, 600), "teal").save(folder / "teal.png")
    (folder / "en.yaml").write_text(LEAFLET + "figure: {file: teal.png, alt: A teal field}\n", "utf-8")
    return clinic


def test_threads_make_the_same_bytes(ward):
    (alone,) = in_threads(ward, 1)
    assert len(alone) > 12
    shutil.rmtree(ward / "cache")
    for together in in_threads(ward, 3):
        assert together == alone


def test_each_thread_has_a_sandbox_of_its_own(tmp_path):
    from generator.merge.sandbox import sandbox

    found = []
    thread = threading.Thread(target=lambda: found.append(sandbox((tmp_path,), tmp_path)))
    thread.start()
    thread.join()
    assert sandbox((tmp_path,), tmp_path) is sandbox((tmp_path,), tmp_path) is not found[0]
