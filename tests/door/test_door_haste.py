"""A build loads nothing that it does not need; one with nothing to do, next to nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
HEAVY = ("pydantic", "pydantic_core", "reportlab", "babel", "rich", "jinja2", "markdown_it", "PIL", "uharfbuzz", "icu4py")
LATE = ("click", "rich", "gettext", "difflib", "tempfile", "shutil", "random", "multiprocessing", "concurrent", "threading")
"""What some run may need, but none before it has read anything."""
NEVER = ("click", "rich", "gettext", "multiprocessing", "concurrent", "generator.cli", "generator.translate", "generator.draw.proof")
"""What a plain build of one leaflet does not need at all."""


def build(output: Path) -> list[str]:
    asked = (
        "import sys\nfrom generator.door.commands import main\n"
        f"try: main(['build', 'kyphoplasty-vs-vertebroplasty/en', '-l', 'handout', '-p', 'A4', '-o', {str(output)!r}])\n"
        "except SystemExit as left: print('code', left.code)\n"
        f"print('loaded', *(name for name in {HEAVY!r} if name in sys.modules))"
    )
    env = os.environ | {"LEAFLET_CACHE": ""}  # else what was read before need not be read again
    return subprocess.run([sys.executable, "-c", asked], cwd=ROOT, env=env, capture_output=True, text=True, check=True).stdout.splitlines()


def test_a_build_with_nothing_to_do_loads_nothing_heavy(tmp_path):
    first, code, loaded = build(tmp_path)
    assert first.startswith("built   ")
    assert code == "code 0"
    assert "reportlab" in loaded
    assert "pydantic" not in loaded  # nothing is wrong with the file
    first, code, loaded = build(tmp_path)
    assert first.startswith("kept    ")
    assert (code, loaded) == ("code 0", "loaded")


def loaded(code: str, names: tuple[str, ...], *arguments: str) -> list[str]:
    """What the code says, and which of these it has loaded."""
    asked = f"import sys\n{code}\nprint(*(name for name in {names!r} if name in sys.modules))"
    return subprocess.run([sys.executable, "-c", asked, *arguments], cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()


def test_the_recipe_itself_is_light():
    assert loaded("from generator import __main__, plain, door, pipeline", LATE) == [""]
    assert loaded("from generator import cli", LATE)[0].startswith("click"), "the list would show it"


def test_a_plain_build_of_an_edited_file_does_without_click(tmp_path):
    shutil.copytree(ROOT / "content" / "kyphoplasty-vs-vertebroplasty", tmp_path / "leaf")
    file = tmp_path / "leaf" / "en.yaml"
    command = ("build", str(file), "-l", "handout", "-p", "A4", "-o", str(tmp_path))
    for edit in ("", "# edited\n"):
        file.write_text(file.read_text("utf-8") + edit, "utf-8")
        said = loaded("from generator.__main__ import done\nassert done(sys.argv[1:]) == 0", NEVER, *command)
        assert said[0].startswith("built   ") and said[1:] == [""]
    assert "click" in loaded("from generator.__main__ import done\ntry: done(sys.argv[1:])\nexcept SystemExit: pass", NEVER, *command, "--tumble")[-1]
