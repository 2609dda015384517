"""The command `leaflet status`: where each leaflet stands."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import click

from . import completion, report, session


@click.command()
@click.argument("content", nargs=-1, shell_complete=completion.contents)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True,
              help="A table, or a list of objects.")
@click.option("--output", "-o", type=click.Path(file_okay=False, path_type=Path), metavar="DIR",
              help="Folder of the PDFs. Without it: output/ of the project.")
def status(content: Sequence[str], form: str, output: Path | None) -> int:
    """Show where each leaflet stands.

    One line for each content file and layout: built or not, draft or final, when it is to be reviewed, how hard it is
    to read. CONTENT is named as for `leaflet build`.

    \b
    Examples:
      leaflet status
      leaflet status kyphoplasty-vs-vertebroplasty --format json
    """
    root = session.project()
    paths = session.contents(root, content)
    from ..model.record import names
    from ..recipe.status import status

    found = status(root, paths, output)
    if form == "json":
        click.echo(json.dumps([{name: getattr(one, name) for name in names(one)} for one in found],
                              ensure_ascii=False, indent=2))
        return 0
    head = ("leaflet", "language", "layout", "PDFs", "text", "next review", "readability")
    rows = [head, *((one.leaflet, one.language, one.layout, one.built, one.review,
                     f"{one.due} (due)" if one.overdue else one.due or "–", one.grade or "–") for one in found)]
    wide = [max(len(row[at]) for row in rows) for at in range(len(head))]
    for row in rows:
        click.echo("  ".join(f"{report.harmless(cell):<{width}}" for cell, width in zip(row, wide)).rstrip())
    return session.show(session.passed_over(root, content))
