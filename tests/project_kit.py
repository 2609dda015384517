"""What tests of all rooms share: small projects, and the problems for which something is refused."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from generator.door import commands
from generator.model.problem import Rejected

ROOT = Path(__file__).parent.parent


def new_project(root: Path, contents: Mapping[str, str] = {}, layouts: Sequence[str] = ()) -> Path:
    """Make a project in `root`. contents: path from content/ → text; layouts: names of folders to copy, or all."""
    for name in layouts or [folder.name for folder in (ROOT / "layouts").iterdir()]:
        shutil.copytree(ROOT / "layouts" / name, root / "layouts" / name)
    for name, text in contents.items():
        saved(root / "content" / name, text)
    return root


def saved(file: Path, text: str) -> Path:
    """Write a file, in a folder that need not be there yet."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def refused(call: Callable, *arguments, **more) -> list[str]:
    """The problems for which a call raises Rejected, as a user reads them; the test fails where it does not."""
    with pytest.raises(Rejected) as rejected:
        call(*arguments, **more)
    return [str(problem) for problem in rejected.value.problems]


def run_command(capsys, *arguments: str) -> tuple[int, str, str]:
    """The exit code of a command, its output and its errors."""
    with pytest.raises(SystemExit) as left:
        commands.main(arguments)
    return left.value.code, *capsys.readouterr()
