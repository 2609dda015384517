"""The house rules that a program can check: who imports whom, which libraries live where, how long a file may be.

Every rule is shown to find a planted offender, so that none passes because it looks at nothing.
"""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

MAY_IMPORT = {
    "model": {"model"},
    "read": {"read", "model"},
    "merge": {"merge", "model", "store"},
    "impose": {"impose", "model"},
    "text": {"text", "model", "store"},
    "typeset": {"typeset", "model", "text"},
    "draw": {"draw", "model", "text"},
    "check": {"check", "model"},
    "deliver": {"deliver", "model"},
    "preflight": {"preflight", "model"},
    "composed": {"composed", "finished", "shelf", "translated", "read", "merge", "impose", "typeset", "check", "model"},
    "proof": {"proof", "model"},
    "ahead": {"ahead", "finished", "impose", "text", "typeset", "draw", "check", "model", ""},
    "finished": {"finished", "printed", "impose", "typeset", "check", "model"},
    "pipeline": {"pipeline", "ahead", "composed", "finished", "crew", "translated", "shelf", "printed", "read", "merge", "impose", "text", "typeset", "draw", "check", "stamps", "model", ""},
    "shelf": {"shelf", "read", "text", "model", "store", "digest"},
    "translated": {"translated", "shelf", "read", "merge", "translate", "model"},
    "translate": {"translate", "model"},
    "printed": {"printed", "proof", "impose", "draw", "preflight", "model"},
    "stamps": {"stamps", "digest", "glance", "model"},
    "crew": {"crew", "ahead", "pipeline", "composed", "shelf", "model"},
    "digest": {"digest"},
    "store": {"store", "digest"},
    "glance": {"glance", "digest"},
    "report": {"report", "model"},
    "door": {"door", "report", "pipeline", "model"},
    "plain": {"plain", "ahead", "door", "pipeline", "model"},
    "cli": {"cli", "door", "report", "pipeline", "translated", "deliver", "model", ""},
    "__main__": {"cli", "glance", "plain"},
    "__init__": set(),
}
"""Room (or file on the ground of generator/) → what of generator/ it may import; "" is generator/__init__.py itself."""

AT_HOME = {
    "yaml": {"read"},
    "babel": {"merge", "translate"},
    "jinja2": {"merge"},
    "markdown_it": {"merge"},
    "reportlab": {"draw"},
    "segno": {"typeset"},
    "pikepdf": {"preflight"},
    "pyvips": {"read"},
    "smtplib": {"deliver"},
    "email": {"deliver"},
    "click": {"cli", "door", "report"},
    "rich": {"cli", "report"},
}
"""Library → the rooms that may import it."""

LONGEST = 400
DRAWERS = {"util", "utils", "helper", "helpers", "common", "misc", "tools", "shared"}

ELSEWHERE = re.compile(
    r"(?<![\w.~-])/(?:work|tmp|root|home|Users|opt|mnt)/[\w.]"  # a path of one machine
    r"|\bpyp[i]\.|pythonhoste[d]|--(?:extra-)?index-ur[l]"  # the address of a package index
    r"|\b(?:settle[d]|hous[e]|loo[k])\.md|\.\./shared/(?:seed[s]|corpu[s]|researc[h])|\bsub-?agent[s]?\b|\bchat ?bo[t]\b|\bissues sho[w]\b"
)
"""What belongs to the place where somebody worked, not to the project."""


# ── the rules ────────────────────────────────────────────────────────────────────────────────────────────────────────


def room_of(file: Path, root: Path) -> str:
    inside = file.relative_to(root / "generator")
    return inside.parts[0] if len(inside.parts) > 1 else inside.stem


def imported(file: Path, root: Path) -> Iterator[tuple[int, str]]:
    """(line, absolute dotted name) of everything a file imports, inside functions, too."""
    package = file.relative_to(root).parent.parts
    for node in ast.walk(ast.parse(file.read_bytes())):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            base = ".".join(part for part in (start, node.module) if part)
            yield from ((node.lineno, f"{base}.{name.name}") for name in node.names)
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in ("import_module", "__import__"):
            named = node.args[0] if node.args else None
            yield node.lineno, named.value if isinstance(named, ast.Constant) else "a module named at run time"


def wrong_imports(root: Path) -> list[str]:
    found = []
    for file in sorted((root / "generator").rglob("*.py")):
        room = room_of(file, root)
        for line, name in imported(file, root):
            parts = name.split(".")
            where = f"{file.relative_to(root)}:{line}"
            if parts[0] == "generator":
                target = parts[1] if len(parts) > 1 else ""
                if not (target in MAY_IMPORT or (root / "generator" / target).is_dir()):
                    target = ""  # a name of generator/__init__.py
                if target not in MAY_IMPORT.get(room, set()):
                    found.append(f"{where}: {room} imports {target or 'generator'}")
            elif name == "a module named at run time":
                found.append(f"{where}: {room} imports {name}")
            elif parts[0] in AT_HOME and room not in AT_HOME[parts[0]]:
                found.append(f"{where}: {room} imports {parts[0]}")
    return found


def unknown_rooms(root: Path) -> list[str]:
    rooms = {room_of(file, root) for file in (root / "generator").rglob("*.py")}
    return sorted(rooms - MAY_IMPORT.keys())


def long_files(root: Path) -> list[str]:
    lengths = ((file, len(file.read_bytes().splitlines())) for folder in ("generator", "tests") for file in (root / folder).rglob("*.py"))
    return sorted(f"{file.relative_to(root)}: {lines} lines" for file, lines in lengths if lines > LONGEST)


def drawers(root: Path) -> list[str]:
    """Modules without a subject of their own."""
    files = (root / "generator").rglob("*")
    return sorted(str(file.relative_to(root)) for file in files if file.stem.strip("_") in DRAWERS)


def words_from_elsewhere(root: Path, files: list[Path]) -> list[str]:
    found = []
    for file in files:
        try:
            text = file.read_text(encoding="utf-8")
        except (UnicodeDecodeError, FileNotFoundError):
            continue  # a picture; or deleted and not yet committed
        for number, line in enumerate(text.splitlines(), 1):
            if match := ELSEWHERE.search(line):
                found.append(f"{file.relative_to(root)}:{number}: {match[0]}")
    return found


def project_files(root: Path) -> list[Path]:
    if (root / ".git").exists():
        names = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, check=True).stdout.decode()
        return [root / name for name in names.split("\0") if name]
    folders = ("generator", "layouts", "content", "tests")
    return [file for folder in folders for file in (root / folder).rglob("*") if file.is_file() and "__pycache__" not in file.parts]


# ── the project keeps them ───────────────────────────────────────────────────────────────────────────────────────────


def test_rooms_import_only_what_they_may():
    assert not wrong_imports(ROOT)


def test_every_room_has_its_rule():
    assert not unknown_rooms(ROOT)


def test_no_file_is_long():
    assert not long_files(ROOT)


def test_no_drawers():
    assert not drawers(ROOT)


def test_the_project_speaks_of_itself():
    files = project_files(ROOT)
    assert len(files) > 20
    assert not words_from_elsewhere(ROOT, files)


# ── each rule finds what breaks it ───────────────────────────────────────────────────────────────────────────────────


def plant(root: Path, name: str, text: str) -> Path:
    for folder in ("model", "read", "merge", "draw", "typeset", "text"):
        (root / "generator" / folder).mkdir(parents=True, exist_ok=True)
    file = root / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("generator/read/x.py", "from ..merge import markup", "read imports merge"),
        ("generator/read/x.py", "from .. import merge", "read imports merge"),
        ("generator/read/x.py", "import generator.merge.markup", "read imports merge"),
        ("generator/read/x.py", "def f():\n    from generator.draw import pdf", "read imports draw"),
        ("generator/read/deep/x.py", "from ...draw import pdf", "read imports draw"),
        ("generator/model/x.py", "from ..text import font", "model imports text"),
        ("generator/merge/x.py", "from ..text import font", "merge imports text"),
        ("generator/draw/x.py", "from ..typeset import flow", "draw imports typeset"),
        ("generator/draw/x.py", "from .. import __version__", "draw imports generator"),
        ("generator/pipeline.py", "from .cli import main", "pipeline imports cli"),
        ("generator/draw/x.py", "import yaml", "draw imports yaml"),
        ("generator/draw/x.py", "def f():\n    import yaml.nodes as y", "draw imports yaml"),
        ("generator/typeset/x.py", "from reportlab.pdfgen import canvas", "typeset imports reportlab"),
        ("generator/read/x.py", "from email.message import EmailMessage", "read imports email"),
        ("generator/pipeline.py", "import rich", "pipeline imports rich"),
        ("generator/pipeline.py", "import importlib\nimportlib.import_module('yaml')", "pipeline imports yaml"),
        ("generator/pipeline.py", "__import__(input())", "pipeline imports a module named at run time"),
    ],
)
def test_a_wrong_import_is_found(tmp_path, file, text, said):
    plant(tmp_path, file, text)
    assert [line.split(": ", 1)[1] for line in wrong_imports(tmp_path)] == [said]


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("generator/read/x.py", "import yaml\nfrom . import source\nfrom ..model.problem import Place"),
        ("generator/draw/x.py", "from ..text.font import Font\nimport reportlab"),
        ("generator/read/x.py", "import yamlish"),
    ],
)
def test_a_right_import_passes(tmp_path, file, text):
    plant(tmp_path, file, text)
    assert wrong_imports(tmp_path) == []


def test_a_room_without_a_rule_is_found(tmp_path):
    plant(tmp_path, "generator/attic/x.py", "")
    assert unknown_rooms(tmp_path) == ["attic"]


def test_a_long_file_is_found(tmp_path):
    plant(tmp_path, "generator/read/x.py", "a = 1\n" * LONGEST)
    plant(tmp_path, "generator/read/y.py", "a = 1\n" * (LONGEST + 1))
    assert long_files(tmp_path) == ["generator/read/y.py: 401 lines"]


@pytest.mark.parametrize("name", ["generator/read/utils.py", "generator/_helpers.py", "generator/common/x.py"])
def test_a_drawer_is_found(tmp_path, name):
    plant(tmp_path, name, "")
    assert len(drawers(tmp_path)) == 1


@pytest.mark.parametrize(
    "line",
    [
        "see /" + "work/somewhere",
        "'/" + "tmp/x'",
        "(/" + "home/me/leaflets)",
        "from https://pyp" + "i.org/simple",
        "-" + "-index-url http://mirror.example",
        "as house" + ".md says",
        "from ../shared/" + "seeds",
    ],
)
def test_words_from_elsewhere_are_found(tmp_path, line):
    file = plant(tmp_path, "README.md", f"fine\n{line}\n")
    assert [found.split(": ")[0] for found in words_from_elsewhere(tmp_path, [file])] == ["README.md:2"]


@pytest.mark.parametrize("line", ["~/work/leaflets", "../shared/themes/calm.yaml", "layouts/shared/home/x", "content.schema.json", "a/tmp/b", "https://example.org/work/x"])
def test_the_projects_own_words_pass(tmp_path, line):
    file = plant(tmp_path, "README.md", line)
    assert words_from_elsewhere(tmp_path, [file]) == []
