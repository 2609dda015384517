"""A command with nothing to do is answered at a glance, and only while everything it depends on is as it was."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generator import digest, glance

ROOT = Path(__file__).parent.parent
HEAVY = ("pydantic", "pydantic_core", "reportlab", "jinja2", "uharfbuzz", "yaml", "click", "json", "markdown_it", "PIL", "rich", "pathlib")
ASKED = ["build", "leaf", "-l", "handout", "-p", "A4"]


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A project with one leaflet in two languages, built."""
    root = tmp_path_factory.mktemp("project")
    shutil.copytree(ROOT / "layouts", root / "layouts")
    text = (ROOT / "content" / "kyphoplasty-vs-vertebroplasty" / "en.yaml").read_text("utf-8")
    folder = root / "content" / "leaf"
    folder.mkdir(parents=True)
    shutil.copy(ROOT / "content" / "kyphoplasty-vs-vertebroplasty" / "vertebra.svg", folder)
    (folder / "en.yaml").write_text(text, "utf-8")
    shutil.copy(ROOT / "content" / "publisher.yaml", root / "content")
    assert run(root).stdout.startswith("built")
    return root


@pytest.fixture
def project(built, tmp_path):
    """A copy of it under the same path would be the same; this one is put back after each test."""
    shutil.copytree(built, tmp_path / "kept")
    yield built
    shutil.rmtree(built)
    shutil.copytree(tmp_path / "kept", built)


def run(root: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    code = (
        "import sys\nfrom generator.__main__ import done\n"
        "try: done(sys.argv[1:])\nexcept SystemExit: pass\n"
        f"sys.stderr.write(' '.join(name for name in {HEAVY!r} if name in sys.modules))"
    )
    return subprocess.run([sys.executable, "-c", code, *(arguments or ASKED)], cwd=root, capture_output=True, text=True, check=True,
                          env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONSAFEPATH": "", **environment})


def test_nothing_heavy_is_loaded_to_find_that_there_is_nothing_to_do(built):
    answer = run(built)
    assert answer.stdout == f"kept    {Path('output', 'leaf-en-handout-a4.pdf')} (up to date)\n"
    assert answer.stderr == ""
    assert {"click", "pathlib"} <= set(run(built, "--version").stderr.split()), "the list would show it"


@pytest.mark.parametrize("file", ["content/leaf/en.yaml", "content/publisher.yaml", "content/leaf/vertebra.svg", "layouts/handout/layout.yaml",
                                  "layouts/shared/parts/blocks.html.j2", "layouts/shared/themes/calm.yaml", "layouts/shared/words/en.yaml",
                                  "output/leaf-en-handout-a4.pdf"])
def test_a_change_is_seen(project, file):
    path = project / file
    before = path.stat()
    data = path.read_bytes()
    path.write_bytes(data.replace(b"e", b"f", 1) if file.endswith(("pdf", "svg")) else data + b"\n")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert "pathlib" in run(project).stderr
    path.unlink()
    assert "pathlib" in run(project).stderr


def test_what_is_added_is_seen(project):
    shutil.copy(project / "content" / "leaf" / "en.yaml", project / "content" / "leaf" / "tr.yaml")
    assert "pathlib" in run(project).stderr


def test_a_program_of_another_version_or_date_is_another(built):
    assert "pathlib" in run(built, SOURCE_DATE_EPOCH="1").stderr


def test_other_arguments_and_other_folders_are_other_commands(built):
    assert "pathlib" in run(built, *ASKED, "--theme", "ink-saver").stderr
    assert "pathlib" in run(built / "content", *ASKED).stderr
    assert "pathlib" not in run(built).stderr


def test_what_is_forced_is_never_answered_at_a_glance(built):
    for _ in range(2):
        assert run(built, *ASKED, "--force").stdout.startswith("built")


@pytest.mark.parametrize("damage", [b"", b"\xff\xfe\0", b"key\nlist\n", b"x" * 1000])
def test_a_damaged_record_is_not_believed(project, damage):
    record = project / "output" / glance.RECORD
    key = record.read_bytes().split(b"\n")[0]
    record.write_bytes(damage)
    assert "pathlib" in run(project).stderr
    assert run(project).stderr == "", "written anew"
    record.write_bytes(key + b"\n" + damage)
    if damage:
        assert "pathlib" in run(project).stderr


def test_hashes_tell_contents_names_and_places_apart(tmp_path):
    seen = set()
    for files in ({"a": "1"}, {"a": "2"}, {"b": "1"}, {"a": "", "b": "1"}, {"a": "1", "b": ""}, {"c/a": "1"}, {"c/a": "1", "c/b": ""}, {}):
        shutil.rmtree(tmp_path)
        for name, text in files.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text)
        seen.add(digest.of_tree(str(tmp_path)))
    assert len(seen) == 8
    (tmp_path / "__pycache__").mkdir(parents=True)
    (tmp_path / "__pycache__" / "x.pyc").write_text("")
    assert digest.of_tree(str(tmp_path)) in seen, "what Python keeps is not content"
