"""A build loads nothing that it does not need; one with nothing to do, next to nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from project_kit import ROOT

HEAVY = ("reportlab", "babel", "jinja2", "markdown_it", "PIL", "uharfbuzz", "icu4py")
LATE = ("tempfile", "multiprocessing", "concurrent", *HEAVY)
"""What some run may need, but none before it has read anything."""
def build(output: Path) -> list[str]:
    asked = (
        "import sys\nfrom generator.door.commands import main\n"
        f"try: main(['build', 'kyphoplasty-vs-vertebroplasty/en', '-l', 'handout', '-p', 'A4', "
        f"'-o', {str(output)!r}])\n"
        "except SystemExit as left: print('code', left.code)\n"
        f"print('loaded', *(name for name in {HEAVY!r} if name in sys.modules))"
    )
    env = os.environ | {"LEAFLET_CACHE": ""}  # else what was read before need not be read again
    return subprocess.run([sys.executable, "-c", asked], cwd=ROOT, env=env, capture_output=True, text=True,
                          check=True).stdout.splitlines()


def test_a_build_with_nothing_to_do_loads_nothing_heavy(tmp_path):
    first, code, loaded = build(tmp_path)
    assert first.startswith("built   ")
    assert code == "code 0"
    assert "reportlab" in loaded
    first, code, loaded = build(tmp_path)
    assert first.startswith("kept    ")
    assert (code, loaded) == ("code 0", "loaded")


def loaded(code: str, names: tuple[str, ...], *arguments: str) -> list[str]:
    """What the code says, and which of these it has loaded."""
    asked = f"import sys\n{code}\nprint(*(name for name in {names!r} if name in sys.modules))"
    return subprocess.run([sys.executable, "-c", asked, *arguments], cwd=ROOT, capture_output=True, text=True,
                          check=True).stdout.splitlines()


def test_the_command_itself_is_light():
    assert loaded("from generator.door import commands", LATE) == [""]
    assert "jinja2" in loaded("import jinja2", LATE)[0], "the list would show it"
