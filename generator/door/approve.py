"""The command `leaflet approve`."""

from __future__ import annotations

import click

from . import completion, report, session


@click.command()
@click.argument("content", shell_complete=completion.contents)
@click.option("--by", required=True, metavar="NAME", help="Who approves the words: a person or a department.")
def approve(content: str, by: str) -> None:
    """Approve the words of a leaflet.

    CONTENT is named as for `leaflet build`, with its language where there are several. The name, this day and a
    fingerprint of the words are written into `review:` of its file, whose other lines stay as they are; the status is
    then final. As soon as a printed word is another, every page says that it has changed since approval, until it is
    approved again.

    \b
    Examples:
      leaflet approve hip-replacement/en --by "B. Reader"
    """
    root = session.project()
    by = " ".join(by.split())
    if not by:
        raise click.UsageError("say who approves it: --by NAME")
    from ..kept.write import write
    from ..recipe.approval import approve
    from ..recipe.checks import today
    from ..recipe.project import ProjectFiles

    path = session.one(root, content)
    write(path, approve(ProjectFiles(root), path, by, today()))
    click.echo(f"approved {report.named(path)}")
