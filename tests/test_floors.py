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
from project_kit import saved

ROOT = Path(__file__).parent.parent

ROOMS = {"read", "write", "check", "merge", "impose", "text", "typeset", "draw", "preflight", "translate", "deliver",
         "html", "copies"}
MAY_IMPORT = {
    "model": {"model"},
    "kept": {"kept"},
    "read": {"read", "model", "kept"},
    "write": {"write", "model"},
    "check": {"check", "model"},
    "merge": {"merge", "model", "kept"},
    "impose": {"impose", "model"},
    "text": {"text", "model", "kept"},
    "typeset": {"typeset", "model", "text"},
    "draw": {"draw", "model", "text"},
    "html": {"html", "model", "text"},
    "preflight": {"preflight", "model"},
    "translate": {"translate", "model"},
    "deliver": {"deliver", "model"},
    "copies": {"copies", "draw", "text", "kept", "model"},
    "recipe": {"recipe", "kept", "model", *ROOMS},
    "__init__": {"door", "model"},
    "door": {"door", "recipe", "kept", "model", "copies"},
    "__main__": {"door"},
}
"""Room (or file on the ground of generator/) → what of generator/ it may import; "" is generator/__init__.py itself."""

MOST_ROOMS = 20
"""Folders and files directly in generator/. The nineteenth is html/: a web page is an output beside draw/.
The twentieth is copies/: people are neither content nor layout."""
LONGEST_CHAIN = 7
"""Rooms that stand one upon the other by their imports. The seventh: copies/ stands on draw/ and fills in its pages."""

AT_HOME = {
    "yaml": {"read"},
    "babel": {"merge", "text", "translate"},
    "jinja2": {"merge"},
    "markdown_it": {"merge"},
    "reportlab": {"draw"},
    "segno": {"text"},
    "pypdfium2": {"draw"},
    "watchfiles": {"door"},
    "http": {"door"},
    "pikepdf": {"preflight", "copies"},
    "distributed": {"recipe"},
    "dask": {"recipe"},
    "pyvips": {"read"},
    "smtplib": {"deliver"},
    "imaplib": {"deliver"},
    "email": {"deliver"},
    "python_calamine": {"copies"},
    "sqlite3": {"copies", "deliver"},
    "click": {"door"},
}
"""Library → the rooms that may import it."""

LONGEST = 400
DRAWERS = {"util", "utils", "helper", "helpers", "common", "misc", "tools", "shared"}

ELSEWHERE = re.compile(
    r"(?<![\w.~-])/(?:work|tmp|root|home|Users|opt|mnt)/[\w.]"  # a path of one machine
    r"|\bpyp[i]\.|pythonhoste[d]|--(?:extra-)?index-ur[l]"  # the address of a package index
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
        elif (isinstance(node, ast.Call)
              and getattr(node.func, "attr", getattr(node.func, "id", "")) in ("import_module", "__import__")):
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


def absolute_imports(root: Path) -> list[str]:
    """Where a room names the package as a whole; a wheel may give it another name."""
    found = []
    for file in sorted((root / "generator").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_bytes())):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []
            names += [name.name for name in node.names] if isinstance(node, ast.Import) else []
            found += [f"{file.relative_to(root)}:{node.lineno}" for name in names if name.split(".")[0] == "generator"]
    return found


def unknown_rooms(root: Path) -> list[str]:
    rooms = {room_of(file, root) for file in (root / "generator").rglob("*.py")}
    return sorted(rooms - MAY_IMPORT.keys())


def uses(root: Path) -> dict[str, set[str]]:
    """Module → the modules of generator/ that it imports, inside functions, too; dotted names without "generator."."""
    files = {file: ".".join(file.relative_to(root / "generator").with_suffix("").parts).removesuffix(".__init__")
             for file in (root / "generator").rglob("*.py")}
    known = set(files.values())
    found: dict[str, set[str]] = {name: set() for name in known}
    for file, name in files.items():
        for _, target in imported(file, root):
            parts = target.split(".")[1:] if target.startswith("generator.") else []
            inner = next((".".join(parts[:n]) for n in range(len(parts), 0, -1) if ".".join(parts[:n]) in known), None)
            if inner and inner != name:
                found[name].add(inner)
    return found


def circles(root: Path) -> list[str]:
    """Modules and rooms that import each other, by whatever way."""
    modules = uses(root)
    rooms: dict[str, set[str]] = {}
    for name, targets in modules.items():
        rooms.setdefault(name.split(".")[0],
                         set()).update({target.split(".")[0] for target in targets} - {name.split(".")[0]})
    return sorted({" → ".join(way) for graph in (modules, rooms) for name in graph for way in ways_back(graph, name)})


def ways_back(graph: dict[str, set[str]], start: str) -> Iterator[list[str]]:
    """The ways from a module to itself, each told once: at the first of its names."""
    seen: set[str] = set()
    stack = [[start]]
    while stack:
        way = stack.pop()
        for target in sorted(graph.get(way[-1], ())):
            if target == start and start == min(way):
                yield [*way, start]
            elif target not in seen:
                seen.add(target)
                stack.append([*way, target])


def chain(root: Path) -> list[str]:
    """The longest chain of rooms of which each imports the next."""
    rooms: dict[str, set[str]] = {}
    for name, targets in uses(root).items():
        rooms.setdefault(name.split(".")[0],
                         set()).update({target.split(".")[0] for target in targets} - {name.split(".")[0]})

    def below(room: str, above: tuple[str, ...] = ()) -> list[str]:
        chains = [below(target, (*above, room)) for target in sorted(rooms.get(room, ())) if target not in above]
        return [room, *max(chains, key=len, default=[])]

    return max((below(room) for room in sorted(rooms)), key=len, default=[])


def ground(root: Path) -> list[str]:
    """What stands directly in generator/."""
    return sorted(one.name for one in (root / "generator").iterdir() if one.name != "__pycache__")


def long_files(root: Path) -> list[str]:
    lengths = ((file, len(file.read_bytes().splitlines())) for folder in ("generator", "tests")
               for file in (root / folder).rglob("*.py"))
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
    return [file for folder in folders
            for file in (root / folder).rglob("*") if file.is_file() and "__pycache__" not in file.parts]


# ── the project keeps them ───────────────────────────────────────────────────────────────────────────────────────────


def test_rooms_import_only_what_they_may():
    assert not wrong_imports(ROOT)


def test_rooms_import_each_other_by_relative_names():
    assert not absolute_imports(ROOT)


def test_every_room_has_its_rule():
    assert not unknown_rooms(ROOT)


def test_nothing_imports_itself_by_way_of_others():
    assert circles(ROOT) == []


def test_few_rooms_on_few_floors():
    assert len(ground(ROOT)) <= MOST_ROOMS, ground(ROOT)
    assert len(chain(ROOT)) <= LONGEST_CHAIN, chain(ROOT)


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
    return saved(root / name, text)


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
        ("generator/recipe/x.py", "from ..door.commands import main", "recipe imports door"),
        ("generator/draw/x.py", "import yaml", "draw imports yaml"),
        ("generator/draw/x.py", "def f():\n    import yaml.nodes as y", "draw imports yaml"),
        ("generator/typeset/x.py", "from reportlab.pdfgen import canvas", "typeset imports reportlab"),
        ("generator/read/x.py", "from email.message import EmailMessage", "read imports email"),
        ("generator/recipe/x.py", "import click", "recipe imports click"),
        ("generator/recipe/x.py", "import importlib\nimportlib.import_module('yaml')", "recipe imports yaml"),
        ("generator/recipe/x.py", "__import__(input())", "recipe imports a module named at run time"),
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


def test_an_absolute_import_is_found(tmp_path):
    plant(tmp_path, "generator/draw/x.py", "from ..text import font\n\ndef f():\n    import generator.model.problem")
    plant(tmp_path, "generator/read/x.py", "from generator.model import problem\nfrom generators import x")
    assert absolute_imports(tmp_path) == ["generator/draw/x.py:4", "generator/read/x.py:1"]


def test_a_room_without_a_rule_is_found(tmp_path):
    plant(tmp_path, "generator/attic/x.py", "")
    assert unknown_rooms(tmp_path) == ["attic"]


@pytest.mark.parametrize(("files", "circle"), [
    ({"draw/a.py": "from . import b", "draw/b.py": "def f():\n    from .a import x"}, "draw.a → draw.b → draw.a"),
    ({"draw/a.py": "from .b import x", "draw/b.py": "from .c import x", "draw/c.py": "from . import a"},
     "draw.a → draw.b → draw.c → draw.a"),
    ({"draw/a.py": "from ..text.b import x", "text/c.py": "from ..draw import d", "draw/d.py": "", "text/b.py": ""},
     "draw → text → draw"),
])
def test_a_circle_is_found(tmp_path, files, circle):
    for name, text in files.items():
        plant(tmp_path, f"generator/{name}", text)
    assert circles(tmp_path) == [circle]


def test_a_long_chain_and_a_crowd_are_found(tmp_path):
    for number in range(8):
        plant(tmp_path, f"generator/r{number}/x.py", f"from ..r{number + 1} import x" if number < 7 else "")
    assert chain(tmp_path) == [f"r{number}" for number in range(8)]
    assert len(ground(tmp_path)) == 8 + 6, "the rooms that every test has"


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
    ],
)
def test_words_from_elsewhere_are_found(tmp_path, line):
    file = plant(tmp_path, "README.md", f"fine\n{line}\n")
    assert [found.split(": ")[0] for found in words_from_elsewhere(tmp_path, [file])] == ["README.md:2"]


@pytest.mark.parametrize("line", ["~/work/leaflets", "../shared/themes/calm.yaml", "layouts/shared/home/x",
                                  "content.schema.json", "a/tmp/b", "https://example.org/work/x"])
def test_the_projects_own_words_pass(tmp_path, line):
    file = plant(tmp_path, "README.md", line)
    assert words_from_elsewhere(tmp_path, [file]) == []
