"""A build with nothing to do loads nothing that it does not need."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
HEAVY = ("pydantic", "pydantic_core", "reportlab", "babel", "rich", "jinja2", "markdown_it", "PIL", "uharfbuzz", "icu4py")


def build(output: Path) -> list[str]:
    asked = (
        "import sys\nfrom generator.cli import main\n"
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
