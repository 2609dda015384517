"""What an outsider tried: links in circles, pipes in place of any file, a record and a journal that two runs write."""

from __future__ import annotations

import io
import os
import sqlite3
import zipfile
from pathlib import Path

import pytest
from project_kit import new_project, refused, saved

from generator.copies.journal import Journal, is_journal
from generator.copies.recipients import People, Wanted
from generator.deliver.journal import FILE as MAILED
from generator.deliver.journal import Journal as Mails
from generator.kept import hashes
from generator.kept.manifest import Manifest
from generator.merge.letter import letter
from generator.model.problem import Rejected
from generator.model.run import Job
from generator.recipe import build as many
from generator.recipe import find
from generator.recipe.project import ProjectFiles
from generator.recipe.translation import exported

CONTENT = "format: 1\nlanguage: en\ntitle: A leaflet\nintroduction:\n  - text: What it says.\nlayouts: [handout]\n"
posix = pytest.mark.skipif(os.name != "posix", reason="links and pipes as POSIX has them")


@pytest.fixture
def project(tmp_path):
    return new_project(tmp_path / "project", {"leaf/en.yaml": CONTENT}, ["handout", "shared"])


def said(root: Path, **how) -> list[str]:
    return [str(one) for one in many.build(root, find.contents(root), papers=["a4"], **how).problems]


# ── links ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@posix
def test_folders_with_links_to_each_other_are_gone_through_once(tmp_path, monkeypatch):
    for number in range(20):
        (tmp_path / f"d{number}").mkdir()
        for name in "abc":
            (tmp_path / f"d{number}" / name).symlink_to(f"../d{(number + 1) % 20}")
    opened, scan = [], os.scandir
    monkeypatch.setattr(os, "scandir", lambda path: opened.append(path) or scan(path))
    hashes.of_tree(str(tmp_path))
    assert len(opened) == 21


@posix
def test_where_a_link_leads_is_a_part_of_the_hash(tmp_path):
    for name in ("one", "two"):
        saved(tmp_path / name / "file", name)
    (tmp_path / "link").symlink_to("one")
    before = hashes.of_tree(str(tmp_path))
    (tmp_path / "link").unlink()
    (tmp_path / "link").symlink_to("two")
    assert hashes.of_tree(str(tmp_path)) != before
    (tmp_path / "two" / "file").write_text("other")
    assert hashes.of_tree(str(tmp_path)) not in (before, "")


@posix
def test_folders_a_thousand_deep(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for _ in range(1_100):
        os.mkdir("d")
        os.chdir("d")
    Path("file").write_text("a")
    deep = hashes.of_tree(str(tmp_path))
    Path("file").write_text("b")
    assert hashes.of_tree(str(tmp_path)) != deep
    os.unlink("file")
    for _ in range(1_100):  # what removes the folders of tests can't
        os.chdir("..")
        os.rmdir("d")


@posix
@pytest.mark.parametrize("name", ["content/publisher.yaml", "content/leaf/en.yaml", "layouts/handout/layout.yaml",
                                  "layouts/shared/words/en.yaml", "layouts/shared/parts/flat.html.j2"])
def test_a_link_to_itself_is_told(project, name):
    (project / name).unlink(missing_ok=True)
    (project / name).symlink_to(Path(name).name)
    assert any("too many levels of symbolic links" in line for line in said(project))


# ── what is there and no file ────────────────────────────────────────────────────────────────────────────────────────


def put(file: Path, kind: str) -> None:
    file.parent.mkdir(exist_ok=True)
    file.unlink(missing_ok=True)
    {"pipe": os.mkfifo, "circle": lambda path: path.symlink_to(path.name),
     "outside": lambda path: path.symlink_to("/etc/hostname"), "folder": os.mkdir}[kind](file)


@posix
@pytest.mark.parametrize("kind", ["pipe", "circle", "outside", "folder"])
def test_what_only_some_commands_read_is_told_too(project, kind):
    """Each of them once counted as absent, and something else was taken in its place without a word."""
    shared, files = project / "layouts/shared", ProjectFiles(project)
    for name in ("vocabulary/en.yaml", "profiles/tr.yaml", "mail/en.html.j2"):
        put(shared / name, kind)
    put(project / "content/leaf/tr.po", kind)
    content, layout = files.content(project / "content/leaf/en.yaml"), files.layout("handout")
    for call in (
        lambda: files.vocabulary("en"),
        lambda: files.check_profile("tr"),
        lambda: letter([content], files.words_of("en", layout), "", full=False, search=[shared], project=project),
        lambda: exported(project, project / "content/leaf/en.yaml", "tr", "po"),
    ):
        (line,) = refused(call)
        assert "cannot be read" in line or "leads out of the project" in line


@posix
@pytest.mark.parametrize("kind", ["pipe", "circle", "outside", "folder"])
def test_a_journal_is_a_file(tmp_path, kind):
    put(tmp_path / "a.journal", kind)
    assert "it is a link, a folder, a device or a pipe" in refused(Journal, tmp_path / "a.journal")[0]
    assert not (kind == "folder" and is_journal(tmp_path / "a.journal"))
    put(tmp_path / MAILED, kind)
    with pytest.raises((Rejected, OSError)):
        Mails(tmp_path)


# ── journals and lists ───────────────────────────────────────────────────────────────────────────────────────────────


def test_a_journal_that_is_damaged_is_told(tmp_path):
    file = tmp_path / "a.journal"
    Journal(file).close()
    whole = file.read_bytes()
    for data in (b"no database at all" * 100, whole[:3000], whole[:100] + b"\xff" * 900 + whole[1000:]):
        file.write_bytes(data)
        with pytest.raises(Rejected, match=r"the journal a.journal can't be read: .*move it away"):
            journal = Journal(file)
            try:
                journal.parts()
                journal.done(1, 2, 3, names=["a"])
            finally:
                journal.close()


def test_a_journal_that_says_what_none_would_is_told(tmp_path):
    file = tmp_path / "a.journal"
    Journal(file).close()
    store = sqlite3.connect(file)
    store.execute("insert into done values (1, 'many', 2, 3)")
    store.commit()
    store.close()
    journal = Journal(file)
    assert "parts of another kind" in refused(journal.parts)[0]
    journal.close()


def test_two_runs_into_one_journal_are_told(tmp_path):
    first = Journal(tmp_path / "a.journal")
    first.note(mark="x")
    assert "another run makes copies in this folder" in refused(Journal, tmp_path / "a.journal")[0]
    first.close()
    second = Journal(tmp_path / "a.journal")
    assert second.about("mark") == "x"
    second.close()


def test_a_spreadsheet_whose_archive_is_damaged_is_told(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    file = tmp_path / "list.xlsx"
    book = openpyxl.Workbook()
    for row in (("name",), ("Ann",)):
        book.active.append(row)
    book.save(file)
    whole = file.read_bytes()
    with zipfile.ZipFile(io.BytesIO(whole)) as parts:
        at = parts.getinfo("xl/worksheets/sheet1.xml").header_offset + 30 + len("xl/worksheets/sheet1.xml")
    entry = whole.index(b"PK\x01\x02")
    for damaged in (whole[: at + 5] + b"\xff" * 40 + whole[at + 45:],  # no deflate stream
                    whole[: entry + 10] + b"\x63\x00" + whole[entry + 12:],  # a way of packing that is not known
                    whole[: entry + 8] + b"\x01\x00" + whole[entry + 10:]):  # encrypted
        file.write_bytes(damaged)
        try:
            People(file, "list.xlsx", [Wanted("name")]).check()
        except Rejected as told:
            assert "no spreadsheet that can be read" in str(told.problems[0])


# ── the record ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_file_that_cannot_be_moved_is_not_forgotten(project):
    said(project)
    (project / "output/old").write_text("a file, no folder")
    (project / "content/leaf/en.yaml").write_text("format: 1\n")
    for _ in range(2):
        with pytest.raises(OSError):
            said(project)
        assert (project / "output/leaf-en-handout-a4.pdf").is_file()
    (project / "output/old").unlink()
    said(project)
    assert (project / "output/old/leaf-en-handout-a4.pdf").is_file()


def test_what_two_builds_note_at_the_same_time_is_kept(project):
    output, leaf = project / "output", project / "content/leaf/en.yaml"
    said(project)
    first, second = (Manifest(output, project) for _ in range(2))
    jobs = [Job(leaf, "handout", paper, None) for paper in ("letter", "a5")]
    for manifest, job in zip((first, second), jobs):
        manifest.note(job, {f"{job.paper}.pdf": b""}, {leaf: "x"}, ["handout"], [])
        (output / ".built.json").write_bytes(manifest.data())
        (output / f"{job.paper}.pdf").write_bytes(b"")
    known = Manifest(output, project)
    assert len(known._jobs) == 3
    leaf.unlink()
    assert sorted(file.name for file in known.retire((), ())) == ["a5.pdf", "leaf-en-handout-a4.pdf", "letter.pdf"]


def test_a_file_that_another_build_has_moved_is_passed_over(project):
    (project / "output").mkdir()
    assert many._put_away(project / "output" / "gone.pdf") is None


def test_a_journal_whose_damage_is_quoted_by_sqlite_is_told(tmp_path):
    """SQLite quotes the name that it cannot understand, and Python cannot read it where it is no UTF-8."""
    from generator.copies.journal import Journal as Copies
    from generator.deliver.journal import Journal as Mails

    Copies(tmp_path / "run.sqlite").close()
    Mails(tmp_path).__exit__()
    mails = tmp_path / ".mail.sqlite"
    for file, opened in ((tmp_path / "run.sqlite", Copies), (mails, lambda file: Mails(file.parent))):
        data = file.read_bytes()
        assert data.count(b"TABLE") + data.count(b"table") > 1
        file.write_bytes(data.replace(b"TABLE", b"T\xff\xfeLE").replace(b"table", b"t\xff\xfele"))
        with pytest.raises(Rejected):
            opened(file)
