"""What a shell offers at the Tab key: leaflets, layouts, themes. docs/server.md tells how it is switched on."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from ..model.problem import Rejected
from . import session


def contents(context: click.Context, parameter: click.Parameter, begun: str) -> list[str]:
    """Folders of content/, and each of their languages."""
    def names(root: Path) -> Iterable[str]:
        files = [path for path in root.glob("content/*/*.yaml")]
        return {path.parent.name for path in files} | {f"{path.parent.name}/{path.stem}" for path in files}

    return _begun_with(begun, names)


def layouts(context: click.Context, parameter: click.Parameter, begun: str) -> list[str]:
    """The layouts that the project can use."""
    from ..recipe import find

    return _begun_with(begun, find.layout_names)


def themes(context: click.Context, parameter: click.Parameter, begun: str) -> list[str]:
    """The themes that are for all layouts, and those that single layouts bring."""
    from ..kept import library

    return _begun_with(begun, lambda root: {
        file.stem for folder in library.folders(root) for file in folder.glob("*/themes/*.yaml")})


def _begun_with(begun: str, names) -> list[str]:
    """The names that begin with what was typed; none outside of a project, since a shell can show no problem."""
    try:
        return [name for name in sorted(names(session.project())) if name.startswith(begun)]
    except (click.UsageError, Rejected, OSError):
        return []
