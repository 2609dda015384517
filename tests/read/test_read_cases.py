"""Every file in tests/cases/<kind>/ is read, and must have exactly the problems that its comments tell.

A comment `# problem 4:3 unknown key 'titel' (did you mean 'title'?)` stands for a problem at line 4, column 3 of the
file; a file without one is right. The pictures of tests/cases/pictures/ stand beside each.
"""

import re
import shutil
from pathlib import Path

import pytest

from generator.model.names import PUBLISHER
from generator.model.problem import Rejected
from generator.read.content import read_content, read_publisher
from generator.read.layout import read_layout, read_theme, read_words

CASES = Path(__file__).parent.parent / "cases"
KINDS = {
    # kind: where the file stands in a project, and what reads it
    "content": ("content/case/en.yaml", lambda project: read_content(project / "content/case/en.yaml", project)),
    "publisher": (str(PUBLISHER), read_publisher),
    "layout": ("layouts/case/layout.yaml", lambda project: read_layout(project / "layouts/case", project)),
    "theme": ("shared/themes/case.yaml", lambda project: read_theme("case", [project / "shared"], project)),
    "words": ("shared/words/en.yaml", lambda project: read_words("en", [project / "shared"], project)),
}
FILES = sorted(path for kind in KINDS for path in (CASES / kind).glob("*.yaml"))


def laid_out(case: Path, project: Path):
    """A function that reads a case, which is put into a project for it."""
    where, read = KINDS[case.parent.name]
    file = project / where
    file.parent.mkdir(parents=True)
    for picture in (CASES / "pictures").iterdir():
        shutil.copy(picture, file.parent)
    (file.parent / "layout.html.j2").touch()
    (file.parent / "notes.ttf").write_text("no font")
    shutil.copy(case, file)
    return lambda: read(project)


def problems_of(case: Path, project: Path) -> list[str]:
    """The lines of all problems of a case, as the comments have them."""
    where, _ = KINDS[case.parent.name]
    read = laid_out(case, project)
    try:
        read()
    except Rejected as rejected:
        assert all(problem.place.file == where for problem in rejected.problems)
        return [str(problem).removeprefix(where + ":").replace(": ", " ", 1) for problem in rejected.problems]
    return []


@pytest.mark.parametrize("case", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_case(case, tmp_path):
    told = re.findall(r"^# problem (.*)$", case.read_text(encoding="utf-8"), re.MULTILINE)
    assert problems_of(case, tmp_path) == told


def test_runner_sees_a_wrong_expectation(tmp_path):
    """The runner compares places and words."""
    case = CASES / "content" / "unknown-key.yaml"
    (line,) = problems_of(case, tmp_path)
    assert line == "7:7 unknown key 'answr' (did you mean 'answer'?)"
