"""Bounds: what a leaflet is made of lies in its project, is a regular file and of bounded
size; what can't be read is told."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from project_kit import ROOT, new_project, saved

from generator.kept import files, hashes, store
from generator.kept.manifest import FILE, _seal
from generator.model.problem import Rejected
from generator.recipe import build as many
from generator.recipe import find

CONTENT = """\
format: 1
language: en
title: A leaflet
introduction:
  - text: What it says.
layouts: {0}
"""


@pytest.fixture
def project(tmp_path):
    return new_project(tmp_path / "project", {"leaf/en.yaml": CONTENT.format("[handout]")}, ["handout", "shared"])


def build(root, **how):
    return many.build(root, find.contents(root), papers=["a4"], **how)


def said(root, **how) -> list[str]:
    return [str(problem) for problem in build(root, **how).problems]


# ── nothing outside of the project is opened ─────────────────────────────────────────────────────────────────────────

WATCHED = """
import os, sys
allowed, cache, *arguments = sys.argv[1:]
allowed = [os.path.realpath(one) for one in (*allowed.split(os.pathsep), cache)]
strange, count = [], 0
def watch(event, arguments):
    global count
    looks = event in ("open", "os.listdir", "os.scandir")
    if looks and arguments and isinstance(arguments[0], (str, bytes, os.PathLike)):
        path = os.path.realpath(os.fsdecode(arguments[0]))
        count += 1
        # by Python; by ReportLab, by name only
        listed = event != "open" and (path == os.environ["PYTHONPATH"] or path.startswith("/usr/share/fonts/"))
        if not listed and not any(path == one or path.startswith(one.rstrip(os.sep) + os.sep) for one in allowed):
            strange.append(path)
sys.addaudithook(watch)
from generator.__main__ import main
for command in " ".join(arguments).split(" + "):
    sys.argv = ["leaflet", *command.split()]
    try:
        main()
    except SystemExit as left:
        print("code", left.code)
print("opened", count)
for path in strange: print("strange", path)
"""


def watched(root: Path, tmp_path: Path, *arguments: str) -> tuple[int, list[str], str]:
    """Exit code, paths outside that were opened or listed, and what was said. (What a
    library opens in C is not seen.) Several commands, with a + between them, have to end with the same exit code."""
    python = os.pathsep.join({sys.prefix, sys.base_prefix, str(ROOT / "generator"), os.path.dirname(os.__file__),
                              os.devnull, "/proc/self/task",
                              *(path for path in sys.path if path and Path(path) != ROOT), str(root),
                              str(ROOT / "layouts"), *map(str, ROOT.glob("*.egg-info"))})
    cache = tmp_path / "cache"
    env = {"LEAFLET_CACHE": str(cache), "PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"],
           "HOME": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", WATCHED, python, str(cache), *arguments], cwd=root, env=env,
                          capture_output=True, text=True, check=False)
    lines = done.stdout.splitlines()
    assert int(next(line for line in lines if line.startswith("opened ")).split()[1]) > 20, done.stderr
    codes = [int(line.split()[1]) for line in lines if line.startswith("code ")]
    assert len(codes) == arguments.count("+") + 1 and len(set(codes)) == 1, done.stdout + done.stderr
    return codes[0], [line for line in lines if line.startswith("strange ")], done.stdout + done.stderr


def test_the_watch_sees_what_is_opened_outside(project, tmp_path):
    (tmp_path / "away").mkdir()
    shutil.copy(project / "content/leaf/en.yaml", tmp_path / "away" / "en.yaml")
    code, strange, text = watched(project, tmp_path, "build", str(tmp_path / "away" / "en.yaml"), "-p", "A4")
    assert code == 0 and strange == [f"strange {tmp_path / 'away' / 'en.yaml'}"], text


@pytest.mark.parametrize("layouts", ["[../../../../../../usr/share]", "[../../../../../../dev]", "[/etc]", "['..']",
                                     "[handout/../../..]", "[shared]"])
def test_a_layout_that_is_no_name_opens_nothing(project, tmp_path, layouts):
    (project / "content/leaf/en.yaml").write_text(CONTENT.format(layouts))
    code, strange, text = watched(project, tmp_path, "build", "+", "check")
    assert (code, strange) == (1, []), text
    told = "layouts/shared is no layout" if layouts == "[shared]" else "there is no layout"
    assert text.count(f"content/leaf/en.yaml:6:11: {told}") == 2 and "Traceback" not in text


def test_a_whole_build_opens_nothing_outside(project, tmp_path):
    for _ in ("built", "kept"):
        assert watched(project, tmp_path, "build")[:2] == (0, [])


@pytest.mark.skipif(os.name != "posix", reason="links need no rights on POSIX alone")
def test_links_within_a_layout_are_not_followed_out_of_the_project(project, tmp_path):
    saved(tmp_path / "secret" / "words.txt", "dear")
    (project / "layouts/handout/more").symlink_to(tmp_path / "secret")
    (project / "layouts/handout/one.txt").symlink_to(tmp_path / "secret" / "words.txt")
    assert watched(project, tmp_path, "build", "-p", "A4")[:2] == (0, [])
    (project / "layouts/handout/words").symlink_to(tmp_path / "secret")
    (tmp_path / "secret" / "en.yaml").write_text("page_number: Leaf {page} of {pages}\n")
    assert any("this file is a link that leads out of the project" in line for line in said(project))


@pytest.mark.skipif(os.name != "posix", reason="links need no rights on POSIX alone")
def test_a_layout_that_is_linked_in_whole_is_followed_and_kept_up_to_date(project, tmp_path):
    shutil.move(project / "layouts" / "handout", tmp_path / "mine")
    (project / "layouts" / "handout").symlink_to(tmp_path / "mine")
    assert said(project) == []
    kinds = []
    build(project, tell=lambda event: kinds.append(event.kind))
    (tmp_path / "mine" / "note.txt").write_text("new")
    build(project, tell=lambda event: kinds.append(event.kind))
    assert kinds == ["kept", "built"]


def forged(root: Path, change) -> None:
    """A manifest as somebody else may have written it, its seal right."""
    file = root / "output" / FILE
    data = json.loads(file.read_text())
    data.pop("seal")
    change(data, next(iter(data["jobs"].values())))
    file.write_text(json.dumps(data | {"seal": _seal(data)}))


@pytest.mark.parametrize("change", [
    lambda data, job: job["inputs"].update({"/etc/passwd": "x"}),
    lambda data, job: job["inputs"].update({"../../../../etc/passwd": None}),
    lambda data, job: job["files"].update({"../../../../../../etc/passwd": "x"}),
    lambda data, job: job["files"].update({"/etc/passwd": "x"}),
    lambda data,
    job: data["layouts"].update({key: [value[0], ["../../../../../etc"]] for key, value in data["layouts"].items()}),
])
def test_a_forged_manifest_opens_nothing(project, tmp_path, change):
    assert not build(project).failed
    forged(project, change)
    code, strange, text = watched(project, tmp_path, "build", "-p", "A4")
    assert strange == [] and "Traceback" not in text
    assert code == (1 if "there is no layout" in text else 0)


@pytest.mark.parametrize("change", [
    lambda data, job: job.pop("files"), lambda data, job: job.update(inputs=[1]), lambda data,
    job: job.update(warnings=[[["a"], "b", "c"]]), lambda data, job: job.update(files={"a": 7}), lambda data,
    job: data.update(jobs=[]), lambda data, job: data.update(layouts={"x": 3}), lambda data, job: job.update(
        contents=None), lambda data, job: data.update(program=None), lambda data, job: job.update(warnings=5),
    lambda data, job: job.update(inputs={"a\0b": "c"}),
])
def test_a_manifest_of_another_shape_counts_as_none(project, change):
    build(project)
    forged(project, change)
    kinds = []
    assert not build(project, tell=lambda event: kinds.append(event.kind)).failed
    assert kinds == ["built"]


# ── regular files only, within bounds ────────────────────────────────────────────────────────────────────────────────

posix = pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="a device without an end")


@posix
@pytest.mark.parametrize("name", ["content/leaf/en.yaml", "content/publisher.yaml", "layouts/handout/layout.yaml",
                                  "layouts/handout/layout.html.j2", "layouts/shared/themes/calm.yaml",
                                  "layouts/shared/words/en.yaml", "layouts/shared/parts/flat.html.j2"])
@pytest.mark.parametrize("kind", ["link", "pipe", "folder", "large"])
def test_what_is_no_file_is_told_in_place_of_any_file(project, name, kind):
    (project / name).unlink(missing_ok=True)
    put(project / name, kind)
    assert said(project) and not list((project / "output").glob("*.pdf"))
    with pytest.raises(Rejected):
        raise Rejected(many.check(project, find.contents(project)))


def put(file: Path, kind: str) -> None:
    if kind == "link":
        file.symlink_to("/dev/zero")
    elif kind == "pipe":
        os.mkfifo(file)
    elif kind == "folder":
        file.mkdir()
    else:
        with open(file, "wb") as stream:
            stream.truncate(3_000_000_000)  # takes no room on the disk


@posix
@pytest.mark.parametrize("kind", ["link", "pipe", "folder", "large"])
def test_a_film_or_a_device_in_a_layout_costs_nothing(project, kind):
    put(project / "layouts/handout/film.mp4", kind)
    kinds = []
    for _ in range(2):
        assert not build(project, tell=lambda event: kinds.append(event.kind)).failed
    assert kinds == ["built", "kept"]


@posix
@pytest.mark.parametrize("kind", ["link", "pipe", "large"])
def test_the_manifest_and_the_cache_may_be_anything(project, tmp_path, monkeypatch, kind):
    monkeypatch.setenv("LEAFLET_CACHE", str(tmp_path / "cache"))
    build(project)
    store.put(b"data", "font", "a")
    for file in (project / "output" / FILE, *(tmp_path / "cache").iterdir()):
        file.unlink()
        put(file, kind)
    assert store.get("font", "a") is None
    store.put(b"data", "font", "a")
    assert store.get("font", "a") == b"data"
    assert not build(project).failed
    assert stat.S_ISREG(os.lstat(project / "output" / FILE).st_mode)


def test_large_files_are_hashed_in_pieces(tmp_path, monkeypatch):
    (tmp_path / "a").write_bytes(b"x" * 1000)
    whole = hashes.of_file(str(tmp_path / "a"))
    monkeypatch.setattr(files, "PIECE", 7)
    assert hashes.of_file(str(tmp_path / "a")) == whole
    monkeypatch.setattr(hashes, "MOST", 999)
    assert hashes.of_file(str(tmp_path / "a")) == hashes.UNREADABLE
    tree = hashes.of_tree(str(tmp_path))
    (tmp_path / "a").write_bytes(b"x" * 1001)
    assert hashes.of_tree(str(tmp_path)) != tree


# ── not there, and can't be read ─────────────────────────────────────────────────────────────────────────────────────

LOCKED = """
import os, shutil, sys
from pathlib import Path
from generator.recipe import build, find
root = Path(sys.argv[1])
def run(root):
    made = build.build(root, find.contents(root), papers=["a4"])
    return [str(problem) for problem in (*made.problems, *build.check(root, find.contents(root)))]
assert run(root) == [], run(root)  # loads everything while this user may read it
for name in sys.argv[2:]:
    locked = root.with_name(name.replace("/", "-"))
    shutil.copytree(root, locked)
    if process := os.fork():
        assert os.waitpid(process, 0)[1] == 0, name
        continue
    assert run(locked) == []
    file = locked / name
    if not file.exists():
        file.write_text("name: The clinic\\n")
    file.chmod(0)
    if os.getuid() == 0:
        for folder, names, files in os.walk(locked):
            os.chown(folder, 65534, 65534)
            for one in files:
                os.chown(os.path.join(folder, one), 65534, 65534)
        os.setgid(65534)
        os.setuid(65534)
    for problem in run(locked):
        print(name, problem, sep="\\t", flush=True)
    os._exit(0)
"""
NAMES = ["content/publisher.yaml", "content/leaf/en.yaml", "content/other", "layouts/handout/layout.yaml",
         "layouts/handout", "layouts/shared/words", "layouts/shared/themes/calm.yaml",
         "layouts/shared/parts/flat.html.j2", "content/leaf"]


@pytest.fixture(scope="module")
def locked() -> list[list[str]]:
    """What is said of a project that was built and then has one of NAMES that cannot be read: (that name, problem)."""
    open_to_all = Path(tempfile.mkdtemp())  # pytest's own folders are closed to others
    open_to_all.chmod(0o755)
    texts = {f"{slug}/en.yaml": CONTENT.format("[handout]") for slug in ("leaf", "other")}
    root = new_project(open_to_all / "project", texts, ["handout", "shared"])
    env = os.environ | {"LEAFLET_CACHE": "", "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", LOCKED, str(root), *NAMES], env=env, capture_output=True, text=True,
                          check=False)
    for folder, names, _ in os.walk(open_to_all):
        for one in names:
            os.chmod(os.path.join(folder, one), 0o755)
    shutil.rmtree(open_to_all)
    assert done.returncode == 0, done.stderr
    return [line.split("\t", 1) for line in done.stdout.splitlines()]


@pytest.mark.skipif(os.name != "posix", reason="rights are those of POSIX")
@pytest.mark.parametrize("name", NAMES)
def test_what_cannot_be_read_is_told_though_it_was_built_before(locked, name):
    lines = [problem for one, problem in locked if one == name]
    assert lines and any(name in line for line in lines) and all("permission denied" in line for line in lines), lines


def test_absent_is_only_what_is_certainly_not_there(tmp_path, monkeypatch):
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    assert files.absent(tmp_path / "a") and files.absent(tmp_path / "a" / "b")
    assert not files.absent(tmp_path / "link") and not files.absent(tmp_path) and not files.absent("a\0b")
    monkeypatch.setattr(os, "lstat", lambda path: (_ for _ in ()).throw(PermissionError()))
    assert not files.absent(tmp_path / "a")
