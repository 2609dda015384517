"""Small projects for tests: the layouts of this project, or some of them, and content files."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent


def new_project(root: Path, contents: Mapping[str, str] = {}, layouts: Sequence[str] = ()) -> Path:
    """Make a project in `root`. contents: path from content/ → text; layouts: names of folders to copy, or all."""
    for name in layouts or [folder.name for folder in (ROOT / "layouts").iterdir()]:
        shutil.copytree(ROOT / "layouts" / name, root / "layouts" / name)
    for name, text in contents.items():
        (root / "content" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / "content" / name).write_text(text, encoding="utf-8")
    return root
