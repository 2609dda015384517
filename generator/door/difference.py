"""The command `leaflet diff`."""

from __future__ import annotations

import click

from . import report, session


@click.command("diff")
@click.argument("content")
@click.argument("revision", default="HEAD")
@click.option("--approved", is_flag=True, help="Since the text was approved, in place of a REVISION.")
def diff(content: str, revision: str, approved: bool) -> None:
    """Show the words that changed since a revision in git.

    CONTENT is named as for `leaflet build`, with its language where there are several. REVISION is a branch, a tag or a
    hash; without it: the last commit. Each text that differs is shown with its place: words that were taken out stand
    in [-…-], words that came in stand in {+…+}. Shared passages are shown with their own places; the publisher's
    texts are not shown.

    \b
    Examples:
      leaflet diff hip-replacement/en
      leaflet diff hip-replacement/en v1.2
      leaflet diff hip-replacement/en --approved
    """
    root = session.project()
    from ..recipe.difference import approved_revision
    from ..recipe.difference import difference as changes
    from ..recipe.project import ProjectFiles

    project, path = ProjectFiles(root), session.one(root, content)
    if approved:
        revision = approved_revision(project, path)
    found = changes(project, path, revision)
    for one in found:
        click.echo(report.harmless(f"{one.place}: {one.kind}: {' '.join(one.words.split())}"))
    if not found:
        click.echo(f"no printed word differs from {report.harmless(revision)}")
