"""Runs of `leaflet copies`: every person exactly once, whatever ends a run; nothing about anybody where it does not
belong."""

from __future__ import annotations

import csv
import io
import os
import random
import re
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from project_kit import ROOT, new_project, refused
from referees import verapdf
from test_copies_recipients import TWENTY, planted

from generator.copies import journal
from generator.model.problem import Rejected
from generator.model.run import Job
from generator.recipe import copies, copying
from generator.recipe.people import Order
from generator.recipe.project import ProjectFiles

CONTENT = """format: 1
language: en
title: Your visit
introduction: "{hello}Please come in good time."
sections:
  - heading: What to bring
    body: A list of what you take.
"""
PLANTED = "Zebedee Quagmire"


@pytest.fixture(scope="module")
def root(tmp_path_factory) -> Path:
    home = tmp_path_factory.mktemp("clinic")
    plain = CONTENT.replace("{hello}", "")
    new_project(home, {"visit/en.yaml": plain, "visit/tr.yaml": plain.replace("language: en", "language: tr"),
                       "letter/en.yaml": CONTENT.replace("{hello}", "Dear {name}, ")})
    return home


def people(folder: Path, count: int, **columns) -> Path:
    file = folder / "list.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(["id", "name", "date", *columns])
        for number in range(count):
            more = [value(number) for value in columns.values()]
            rows.writerow([f"p{number:05}", f"Person {number:05}", "2026-07-03", *more])
    return file


def order(root: Path, file: Path, into: str, slug: str = "visit", **how) -> Order:
    job = Job(root / "content" / slug / "en.yaml", "handout", "a4", None)
    usual = {"output": file.parent / "out", "workers": 1, "volume": 40}
    return Order(root, job, file, file.name, into=into, **{**usual, **how})


def judge(*files: Path) -> None:
    """PDF/UA-1 and PDF/A-2a."""
    assert [fault for faults in verapdf(files).values() for fault in faults] == []


def said(pdf: bytes, password: str | None = None) -> list[str]:
    """The text of each page."""
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf, password)]


def read_back(out: Path, into: str) -> list[list[str]]:
    """For each copy, in order, the persons that are named on its pages."""
    if into == "pdf":
        pages = [page for file in sorted(out.glob("*.pdf")) for page in said(file.read_bytes())]
        return [re.findall(r"Person \d{5}", page) for page in pages if page.strip()]
    if into == "zip":
        (file,) = out.glob("*.zip")
        with zipfile.ZipFile(file) as archive:
            assert archive.testzip() is None
            files = {name: archive.read(name) for name in archive.namelist()}
    else:
        files = {file.name: file.read_bytes() for file in sorted(out.glob("*.pdf"))}
    assert list(files) == sorted(files)
    for name, data in files.items():
        assert re.findall(r"Person (\d{5})", said(data)[0]) == re.findall(r"-p(\d{5})", name)
    return [re.findall(r"Person \d{5}", "".join(said(data))) for data in files.values()]


def modules(pdf: Path, size: int) -> list[list[bool]]:
    """The black and white squares of the QR code on the first page, from a picture of it."""
    picture = pypdfium2.PdfDocument(pdf)[0].render(scale=8, grayscale=True).to_pil()
    black = picture.point(lambda level: 255 if level < 40 else 0)
    with pikepdf.open(pdf) as file:
        figure = next(one for one in file.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure")
        left, bottom, right, top = (float(side) * 8 for side in figure.A.BBox)
    square = black.crop((round(left), round(picture.height - top), round(right), round(picture.height - bottom)))
    square = square.crop(square.getbbox())
    step = square.width / size
    return [[square.getpixel((int((x + 0.5) * step), int((y + 0.5) * step))) > 0 for x in range(size)]
            for y in range(size)]


def drawn_as(address: str) -> list[list[bool]]:
    import segno

    return [[bool(module) for module in row] for row in segno.make_qr(address, error="m", boost_error=False).matrix]


def everybody(count: int) -> list[list[str]]:
    return [[f"Person {number:05}"] for number in range(count)]


@pytest.mark.parametrize("into", ["files", "zip", "pdf"])
def test_everybody_gets_one_copy_with_their_own_words(root, tmp_path, into):
    file = people(tmp_path, 90)
    outcome = copying.run(order(root, file, into))
    assert (outcome.made, outcome.kept) == (90, 0)
    assert read_back(tmp_path / "out", into) == everybody(90)
    again = copying.run(order(root, file, into))
    assert (again.made, again.kept) == (0, 90)


@pytest.mark.parametrize("into", ["zip", "pdf"])
def test_copies_are_valid(root, tmp_path, into):
    copying.run(order(root, people(tmp_path, 5), into))
    if into == "zip":
        (file,) = (tmp_path / "out").glob("*.zip")
        with zipfile.ZipFile(file) as archive:
            archive.extractall(tmp_path / "out")
    judge(*sorted((tmp_path / "out").glob("*.pdf"))[-2:])


@pytest.mark.parametrize("into", ["files", "zip", "pdf"])
def test_more_workers_make_the_same_bytes(root, tmp_path, into, monkeypatch):
    from generator.recipe import crew

    monkeypatch.setattr(crew, "MANY", 10)
    monkeypatch.setattr(copying, "PART_SIZE", 16)
    made = []
    for workers in (1, 2):
        folder = tmp_path / str(workers)
        folder.mkdir()
        copying.run(order(root, people(folder, 100), into, workers=workers))
        made.append({file.name: file.read_bytes() for file in (folder / "out").iterdir() if file.suffix != ".journal"})
    assert made[0] == made[1]


RUN = """
import sys
from pathlib import Path
from generator.model.run import Job
from generator.recipe import copies, copying
from generator.recipe.people import Order
from generator.recipe.project import ProjectFiles
root, file, into, slow = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], float(sys.argv[4])
copying.PART_SIZE = 10
import time
def tell(done, total):
    print(done, flush=True)
    time.sleep(slow)
if slow:
    time.monotonic = lambda count=iter(range(0, 10**9, 10)): next(count)  # every part is noted
job = Job(root / "content/visit/en.yaml", "handout", "a4", None)
copying.run(Order(root, job, file, file.name, file.parent / "out", into, workers=1, volume=20), tell)
"""


@pytest.mark.parametrize("into", ["files", "zip", "pdf"])
def test_a_run_that_is_killed_goes_on_and_makes_the_same(root, tmp_path, into):
    chance = random.Random(into)
    whole = tmp_path / "whole"
    whole.mkdir()
    copying.run(order(root, people(whole, 240), into, volume=20))
    file = people(tmp_path, 240)
    command = [sys.executable, "-c", RUN, str(root), str(file), into]
    for _ in range(3):
        process = subprocess.Popen([*command, "0.02"], cwd=ROOT, stdout=subprocess.PIPE)
        for _ in range(chance.randrange(1, 4)):
            process.stdout.readline()
        time.sleep(chance.random() * 0.04)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert not list((tmp_path / "out").glob("*.zip"))
    subprocess.run([*command, "0"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    assert read_back(tmp_path / "out", into) == everybody(240)
    names = [{entry.name for entry in (folder / "out").iterdir()} for folder in (tmp_path, whole)]
    assert names[0] == names[1]
    for entry in (whole / "out").iterdir():
        if entry.suffix != ".journal":
            assert (tmp_path / "out" / entry.name).read_bytes() == entry.read_bytes(), entry.name


def test_another_list_does_not_go_on_where_one_was_stopped(root, tmp_path):
    file = people(tmp_path, 60)

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        copying.run(order(root, file, "pdf"), stop)
    people(tmp_path, 61)
    with pytest.raises(Rejected, match="begun here and not finished"):
        copying.run(order(root, file, "pdf"))
    assert copying.run(order(root, file, "pdf", force=True)).made == 61


def test_nothing_is_made_of_a_list_with_problems_unless_they_are_skipped(root, tmp_path):
    file = people(tmp_path, 5, clinic=lambda number: "x" * (200 if number == 2 else 1))
    (wrong,) = refused(copying.run, order(root, file, "files"))
    assert wrong.startswith("list.csv:4:4: ") and "xxx" not in wrong
    assert not (tmp_path / "out").exists()
    outcome = copying.run(order(root, file, "files", skip_bad=True))
    assert (outcome.made, len(outcome.problems)) == (4, 1)


def test_braces_that_nearly_name_a_field_are_told(tmp_path):
    from generator import Project

    new_project(tmp_path, {"visit/en.yaml": CONTENT.replace("{hello}", "Dear {nmae}, {name}, {x: 1} {other} ")})
    project = Project(tmp_path)
    told = "warning: {nmae} is no field, and is printed as it stands (did you mean 'name'?)"
    for problems in (project.check("visit/en"), project.build("visit/en", layouts=["handout"], papers=["a4"]).problems):
        assert set(map(str, problems)) == {f"content/visit/en.yaml:4:21: {told}"}


@pytest.mark.parametrize("into", ["files", "zip", "pdf"])
def test_no_copy_is_made_of_a_list_with_twenty_faults(tmp_path, into):
    declared = "personal:\n  - {name: time, kind: time}\n  - {name: phone, kind: phone}\n" \
               "  - {name: page, kind: qr, label: {en: Page}}\n"
    new_project(tmp_path, {"visit/en.yaml": CONTENT.replace("{hello}", ""), "publisher.yaml": declared},
                layouts=["handout", "shared"])
    with pytest.raises(Rejected) as wrong:
        copying.run(order(tmp_path, planted(tmp_path), into))
    assert [(one.place.line, one.place.column) for one in wrong.value.problems] == [place[:2] for place in TWENTY]
    assert not (tmp_path / "out").exists()


def test_a_layout_without_a_place_for_a_field_is_refused(tmp_path):
    new_project(tmp_path, {"visit/en.yaml": CONTENT.replace("{hello}", "")}, layouts=["handout", "shared"])
    template = tmp_path / "layouts" / "handout" / "layout.html.j2"
    template.write_text("{% set personal = () %}" + template.read_text("utf-8"), "utf-8")
    with pytest.raises(Rejected, match="'handout' prints nothing for the fields name, date "):
        copying.run(order(tmp_path, people(tmp_path, 2), "files"))
    assert not (tmp_path / "out").exists()


def test_a_row_chooses_its_leaflet(root, tmp_path):
    file = people(tmp_path, 4, language=lambda n: ("en", "tr", "", "de")[n],
                  layout=lambda n: ("", "a5", "", "nonsense")[n])
    (wrong,) = refused(copying.run, order(root, file, "files"))
    assert wrong.startswith("list.csv:5:4: ")
    copying.run(order(root, file, "files", skip_bad=True))
    assert sorted(file.name for file in (tmp_path / "out").glob("*.pdf")) == [
        "visit-en-handout-a4-p00000.pdf", "visit-en-handout-a4-p00002.pdf", "visit-tr-a5-a4-p00001.pdf"]
    outcome = copying.run(order(root, file, "pdf", skip_bad=True, force=True))
    judge(*outcome.files)


def test_fields_of_all_kinds_are_printed_and_the_code_is_scanned(root, tmp_path):
    declared = """personal:
  - {name: appointment, kind: date, label: {en: Next visit}}
  - {name: at, kind: time, label: {en: At}}
  - {name: phone, kind: phone}
  - {name: where, lines: 2, label: {en: Where}}
  - {name: page, kind: qr, label: {en: Your page}}
"""
    new_project(tmp_path, {"visit/en.yaml": CONTENT.replace("{hello}", ""), "publisher.yaml": declared})
    address = "https://clinic.example/p/17"
    file = tmp_path / "list.csv"
    file.write_text("id,name,appointment,at,phone,where,page\n"
                    f"a,Ada,2026-07-03,14:30,+44 20 7946,Second floor on the left,{address}\n")
    copying.run(order(tmp_path, file, "files"))
    (made,) = (tmp_path / "out").glob("*.pdf")
    text = " ".join(said(made.read_bytes())[0].split())
    for words in ("Next visit", "July 3, 2026", "At 2:30", "Phone", "+44 20 7946", "Where Second floor",
                  f"Your page {address}"):
        assert words in text, text
    judge(made)
    code = drawn_as(address)
    assert modules(made, len(code)) == code
    values = {"name": "Ada", "appointment": "2026-07-03", "at": "14:30", "phone": "+44 20 7946",
              "where": "Second floor on the left", "page": address}
    alone = copies.alone(ProjectFiles(tmp_path), order(tmp_path, file, "files").job, values, list(values))
    assert said(alone) == said(made.read_bytes())


@pytest.mark.parametrize("into", ["files", "pdf"])
def test_fields_in_running_text_are_set_anew_for_each_person(root, tmp_path, into):
    outcome = copying.run(order(root, people(tmp_path, 3), into, slug="letter"))
    assert outcome.anew == 3
    text = "".join("".join(said(file.read_bytes())) for file in sorted((tmp_path / "out").glob("*.pdf")))
    assert re.findall(r"Dear (Person \d{5}), Please", text) == ["Person 00000", "Person 00001", "Person 00002"]
    judge(*sorted((tmp_path / "out").glob("*.pdf"))[:1])


def test_encrypted_copies_open_with_their_password_only(root, tmp_path):
    file = people(tmp_path, 3, word=lambda n: f"secret-{n}")
    copying.run(order(root, file, "files", password_from="word"))
    for number, pdf in enumerate(sorted((tmp_path / "out").glob("*.pdf"))):
        with pytest.raises(pikepdf.PasswordError):
            pikepdf.open(pdf)
        with pikepdf.open(pdf, password=f"secret-{number}") as opened:
            assert opened.encryption.R == 6
            assert opened.allow.accessibility
            claims = opened.Root.Metadata.read_bytes()
            assert b"pdfaid:part" not in claims
            assert b'pdfuaid:part="1"' in claims
        assert f"Person {number:05}" in said(pdf.read_bytes(), f"secret-{number}")[0]


def test_passwords_that_are_made_up_stand_in_a_list_of_their_own(root, tmp_path):
    copying.run(order(root, people(tmp_path, 3), "zip", passwords=tmp_path / "passwords.csv"))
    with (tmp_path / "passwords.csv").open() as stream:
        rows = list(csv.DictReader(stream))
    assert len({row["password"] for row in rows}) == 3
    assert (tmp_path / "passwords.csv").stat().st_mode & 0o077 == 0
    with zipfile.ZipFile(next((tmp_path / "out").glob("*.zip"))) as archive:
        for row, name in zip(rows, archive.namelist()):
            assert f"Person {row['id'][1:]}" in said(archive.read(name), row["password"])[0]


def test_a_list_of_passwords_that_somebody_has_changed_is_told(root, tmp_path):
    passwords = tmp_path / "passwords.csv"
    asked = order(root, people(tmp_path, 2), "files", passwords=passwords)
    copying.run(asked)
    whole = passwords.read_text()
    for changed in (whole.rsplit("\n", 2)[0] + "\n", whole.replace(",", ";"), ""):
        next((tmp_path / "out").glob("*.pdf")).unlink()
        passwords.write_text(changed)
        with pytest.raises(Rejected, match=r"passwords.csv:1:1: the list of passwords is not as it was written"):
            copying.run(asked)
        passwords.write_text(whole)
        copying.run(asked)


@pytest.mark.parametrize("into", ["files", "zip", "pdf"])
def test_a_name_stands_nowhere_but_in_its_copy(root, tmp_path, into, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    file = tmp_path / "people.csv"
    file.write_text(f"id,name,date\np1,{PLANTED},2026-07-03\np2,,nonsense {PLANTED}\n")
    (tmp_path / "out").mkdir()
    command = [sys.executable, "-m", "generator", "copies", "visit/en", "-r", str(file), "--into", into, "--skip-bad",
               "-o", str(tmp_path / "out")]
    paths = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, env=paths)
    assert done.returncode == 0, done.stderr
    assert "people.csv:3:2" in done.stderr
    first, last = PLANTED.split()
    assert first not in done.stdout + done.stderr
    for place in (tmp_path / "out", tmp_path / "cache", root / "output", root / "content"):
        for entry in place.rglob("*") if place.exists() else ():
            assert first not in entry.name
            if entry.is_file():
                data = entry.read_bytes()
                assert first.encode() not in data, entry
                assert last.encode() not in data, entry
                if entry.suffix in (".pdf", ".journal", ".zip"):
                    assert entry.stat().st_mode & 0o077 == 0, entry
    assert PLANTED in _all_text(tmp_path / "out")


def _all_text(out: Path) -> str:
    text = ""
    for file in out.iterdir():
        if file.suffix == ".zip":
            with zipfile.ZipFile(file) as archive:
                text += "".join("".join(said(archive.read(name))) for name in archive.namelist())
        elif file.suffix == ".pdf":
            text += "".join(said(file.read_bytes()))
    return text


@pytest.mark.parametrize("into", ["files", "zip", "pdf"])
def test_forget_removes_what_a_run_made_and_nothing_else(root, tmp_path, into):
    outcome = copying.run(order(root, people(tmp_path, 3), into))
    kept = tmp_path / "out" / "visit-en-handout-a4-sheet.pdf"
    kept.write_bytes(b"mine")
    copying.forget(outcome.journal)
    assert list((tmp_path / "out").iterdir()) == [kept]
    with pytest.raises(Rejected, match="not the journal"):
        copying.forget(kept)


def test_a_volume_has_a_bookmark_for_each_copy_and_begins_each_on_a_front_side(root, tmp_path):
    outcome = copying.run(order(root, people(tmp_path, 3), "pdf"))
    with pikepdf.open(io.BytesIO(outcome.files[0].read_bytes())) as pdf:
        with pdf.open_outline() as outline:
            assert [str(entry.title) for entry in outline.root] == ["1", "2", "3"]
        assert len(pdf.pages) % 2 == 0
        assert pdf.check_pdf_syntax() == []


def test_a_run_that_begins_its_journal_at_the_same_moment_is_another_run(tmp_path, monkeypatch):
    first = journal.Journal(tmp_path / "a.journal")
    monkeypatch.setattr(journal, "absent", lambda file: True)  # as it was a moment ago
    with pytest.raises(Rejected, match="another run makes copies in this folder"):
        journal.Journal(tmp_path / "a.journal")
    first.close()
