"""Every file in tests/cases/translate/ is imported, and must have exactly the problems that its comments tell.

They are comments at the end of the file, so that they move no line: "# problem 12:1 …" in PO, "<!-- problem 12:1 … -->"
in XLIFF. `GOLDEN=write` writes them anew.
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest

from generator.model.problem import Rejected
from generator.recipe.translation import imported

CASES = Path(__file__).parent.parent / "cases" / "translate"
FILES = sorted([*CASES.glob("*.po"), *CASES.glob("*.xlf")])
TOLD = {".po": ("\n# problem {}", re.compile(r"^# problem (.*?)\r?$", re.MULTILINE)),
        ".xlf": ("\n<!-- problem {} -->", re.compile(r"^<!-- problem (.*) -->$", re.MULTILINE))}

DASHES = {".po": "--", ".xlf": "- -"}
"""How two hyphens are written in a comment."""


def project(root: Path) -> Path:
    (root / "content" / "case").mkdir(parents=True)
    shutil.copy(CASES / "en.yaml", root / "content" / "case" / "en.yaml")
    return root


def problems_of(case: Path, root: Path) -> list[str]:
    """The lines of all problems of a case, as the comments have them."""
    try:
        _, data, problems = imported(project(root), case, partial=False)
        assert data
    except Rejected as rejected:
        problems = rejected.problems
    assert all(problem.place.file == str(case) for problem in problems)
    return [str(problem).removeprefix(f"{case}:").replace(": ", " ", 1).replace("--", DASHES[case.suffix])
            for problem in problems]


@pytest.mark.parametrize("case", FILES, ids=lambda path: path.name)
def test_case(case, tmp_path):
    pattern, told = TOLD[case.suffix]
    text = case.read_bytes().decode()
    found = problems_of(case, tmp_path)
    if os.environ.get("GOLDEN") == "write" and found != told.findall(text):
        bare = re.sub(r"\s*\Z", "\n", told.sub("", text))
        case.write_bytes((bare + "".join(pattern.format(line) for line in found).lstrip("\n")
                          + "\n" * bool(found)).encode())
        text = case.read_bytes().decode()
    assert found == told.findall(text)


def test_runner_sees_a_wrong_expectation(tmp_path):
    """The runner compares places and words."""
    (line,) = problems_of(CASES / "not-translated.po", tmp_path)
    assert line.startswith("29:1 the text at key_points[0] is not translated: 'Take **500 mg**")


def test_good_files_of_both_forms_say_the_same(tmp_path):
    one, other = (imported(project(tmp_path / form), CASES / f"good.{form}", partial=False) for form in ("po", "xlf"))
    assert one[1] == other[1]
    assert one[2] == other[2] == []
