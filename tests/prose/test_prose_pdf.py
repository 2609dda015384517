"""Authors' text on paper: what readers of the PDF get of tests/prose/all.yaml, and what the file says of itself."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pikepdf
import pytest
import referees
from project_kit import new_project

from generator.recipe.build import build, check

READ = """
Prose as it is written | What to know about 2*3*4 ml and our page 1. | A second paragraph.
Key points | >38 °C: call us.
- 5 °C in winter, + 5 °C in summer | 50 mg* with food
A paragraph over two lines. | Another one, with a list | • one | • two
1. Tag: Bettruhe. | 3. Tag: Aufstehen. | 14. Tag: Fäden ziehen. | > 39 °C and 2*3*4 
> 39 °C: call at once. > 40 °C: call 112. | - 5 °C to 0 °C
+ 3 kg in two days | - 38 °C or more | • vomiting | 2024. Since then it is done here.
2025. And here, which goes on for quite a bit, so that the line must be broken somewhere in this item.
Please bring | • your card | • slippers | (a) one | (b) two | – a dash | – another one | Take 50 mg* or 10 mg** daily.
* Not if you are pregnant. ** Not for children. | 1. Before | • eat nothing | • take off rings | 2. After | • rest
“I was afraid. Then it was over.” | 8:00 breakfast 12:30 lunch | Name: ____________ Date: ____/____/____
"""


@pytest.fixture(scope="module")
def file(tmp_path_factory) -> Path:
    text = Path(__file__).with_name("all.yaml").read_text("utf-8")
    folder = new_project(tmp_path_factory.mktemp("prose"), {"prose/en.yaml": text})
    content = folder / "content" / "prose" / "en.yaml"
    result = build(folder, [content], layouts=["handout"], papers=["a4"], output=folder / "output")
    assert [str(problem).partition(" (")[0] for problem in result.problems] == [
        "content/prose/en.yaml:31:7: warning: a list of one, or minus?",
        "content/prose/en.yaml:35:7: warning: an item of a list, or minus?",
    ]
    assert list(result.problems) == [problem for problem in check(folder, [content]) if problem.severity == "warning"]
    return result.files[0]


def lost(text: str) -> list[str]:
    """What is not found whole in a text, but for white space; wherever a layout puts the parts of the leaflet."""
    have = "".join(text.split())
    return [piece for piece in re.split(r"[|\n]", READ) if "".join(piece.split()) not in have]


def test_it_reads_as_it_was_written(file):
    assert lost(" ".join(referees.transcript(file))) == []
    assert lost(READ.replace("2*3*4 ml", "234 ml")) == [" What to know about 2*3*4 ml and our page 1. "]


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler is not installed")
def test_it_prints_as_it_was_written(file):
    assert lost(subprocess.run(["pdftotext", file, "-"], capture_output=True, check=True).stdout.decode()) == []


def test_it_meets_both_standards(file):
    assert referees.verapdf([file]) == {file: []}


def test_lists_say_how_they_are_numbered(file):
    said = re.findall(r"^ *L ListNumbering=(\w+)\n(?:.*\n){2}\s*'(.*?)\s*'", referees.structure(file), re.MULTILINE)
    assert {
        ("Decimal", "1."),
        ("Disc", "•"),
        ("Disc", "-"),
        ("Decimal", "2024."),
        ("LowerAlpha", "(a)"),
        ("None", "–"),
    } <= set(said)


def test_its_subject_has_no_marks_and_it_has_no_date(file):
    with pikepdf.open(file) as pdf, pdf.open_metadata() as xmp:
        assert (
            str(pdf.docinfo.Subject)
            == xmp["dc:description"]
            == "What to know about 2*3*4 ml and our page. A second paragraph."
        )
        assert "/CreationDate" not in pdf.docinfo and "xmp:CreateDate" not in xmp
