"""The project_files: what was validated in an earlier run is taken from the store only while nothing it came from has changed."""

from __future__ import annotations

import os
import pickle
import shutil
from pathlib import Path

import pytest

from generator.kept import hashes, store
from generator.model.problem import Rejected
from generator.recipe.project import ProjectFiles

ROOT = Path(__file__).parent.parent


@pytest.fixture
def project(tmp_path, monkeypatch):
    monkeypatch.setenv("LEAFLET_CACHE", str(tmp_path / "kept"))
    root = tmp_path / "project"
    shutil.copytree(ROOT / "layouts", root / "layouts")
    shutil.copytree(ROOT / "content" / "kyphoplasty-vs-vertebroplasty", root / "content" / "leaf")
    shutil.copy(ROOT / "content" / "publisher.yaml", root / "content")
    return root


def read(root: Path):
    """Everything a handout reads, by a project_files that has read nothing yet."""
    project_files = ProjectFiles(root)
    content, layout = project_files.content(root / "content" / "leaf" / "en.yaml"), project_files.layout("handout")
    found = content, layout, project_files.theme(str(layout.spec.theme), layout), dict(project_files.words_of("en", layout))
    project_files.keep()
    return found


def from_store(root: Path, monkeypatch) -> bool:
    """Whether all of it comes from the store."""
    with monkeypatch.context() as patch:
        for name in ("generator.read.content.read_content", "generator.read.layout.read_layout", "generator.read.layout.read_theme",
                     "generator.read.layout.read_words"):
            patch.setattr(name, lambda *a, **k: (_ for _ in ()).throw(LookupError))
        try:
            read(root)
        except LookupError:
            return False
    return True


def test_the_second_run_reads_the_same_without_validating(project, monkeypatch):
    assert not from_store(project, monkeypatch)
    first = read(project)
    assert from_store(project, monkeypatch)
    second = read(project)
    assert first == second
    assert [first[0].title.place, first[0].sections[0].heading.place, first[0].sections[0].place] == [
        second[0].title.place, second[0].sections[0].heading.place, second[0].sections[0].place], "places too"


@pytest.mark.parametrize("file", ["content/leaf/en.yaml", "content/publisher.yaml", "layouts/handout/layout.yaml", "layouts/shared/themes/calm.yaml",
                                  "layouts/shared/words/en.yaml"])
def test_a_change_is_read(project, monkeypatch, file):
    read(project)
    path = project / file
    before = path.stat()
    data = path.read_bytes()
    path.write_bytes(data + b"\n")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert not from_store(project, monkeypatch)
    path.write_bytes(data)
    assert from_store(project, monkeypatch)


def test_a_theme_that_comes_to_stand_before_another_is_read(project, monkeypatch):
    read(project)
    (project / "layouts" / "handout" / "themes").mkdir()
    (project / "layouts" / "handout" / "themes" / "calm.yaml").write_text("name: Mine\n")
    assert not from_store(project, monkeypatch)


def test_a_picture_that_is_gone_or_no_picture_is_found_out(project):
    read(project)
    (project / "content" / "leaf" / "vertebra.svg").write_text("no drawing")
    with pytest.raises(Rejected, match="vertebra.svg"):
        read(project)
    (project / "content" / "leaf" / "vertebra.svg").unlink()
    with pytest.raises(Rejected, match="vertebra.svg"):
        read(project)


def test_another_program_reads_anew(project, monkeypatch):
    read(project)
    monkeypatch.setattr(hashes, "_program", "another")
    assert not from_store(project, monkeypatch)


def test_faults_are_not_kept(project):
    (project / "content" / "leaf" / "en.yaml").write_text("format: 1\n")
    for _ in range(2):
        with pytest.raises(Rejected):
            read(project)


class Trap:
    def __reduce__(self):
        return os.mkdir, ("sprung",)


@pytest.mark.parametrize("value", [Trap(), Path("x"), pickle.dumps, b"not pickled"])
def test_what_is_no_noun_of_ours_is_not_there(project, monkeypatch, tmp_path, value):
    monkeypatch.chdir(tmp_path)
    store.put(value if isinstance(value, bytes) else pickle.dumps(value, 5), "content", "x")
    assert store.get_object("content", "x") is None
    assert not (tmp_path / "sprung").exists()


def test_a_publisher_is_read_once_for_many_leaflets(project, monkeypatch):
    read(project)
    (project / "content" / "leaf" / "en.yaml").write_text("format: 1\nlanguage: en\ntitle: Another\n", "utf-8")
    monkeypatch.setattr("generator.read.content.read_publisher", lambda *_: pytest.fail("read again"))
    project_files = ProjectFiles(project)
    assert project_files.content(project / "content" / "leaf" / "en.yaml").publisher.name
    (project / "content" / "publisher.yaml").write_text("name: Another\n", "utf-8")
    with pytest.raises(pytest.fail.Exception):
        ProjectFiles(project).content(project / "content" / "leaf" / "en.yaml")


def test_what_was_read_is_kept_when_it_is_done_with(project, monkeypatch):
    project_files = ProjectFiles(project)
    project_files.content(project / "content" / "leaf" / "en.yaml")
    assert project_files.unkept
    project_files.forget(project / "content" / "leaf" / "en.yaml")
    assert not project_files.unkept
    monkeypatch.setattr("generator.read.content.read_content", lambda *_: pytest.fail("read again"))
    assert ProjectFiles(project).content(project / "content" / "leaf" / "en.yaml").title
