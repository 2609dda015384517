"""Commands about a project as a whole: to begin one, to see and copy its layouts, to look at the machine."""

from __future__ import annotations

from pathlib import Path

import click

from ..model.problem import Rejected
from . import completion, report, session


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=".")
def init(folder: Path) -> None:
    """Begin a project: a folder with content/ and layouts/.

    FOLDER is made where it is not there; without it, the project is begun in the current folder. What is there already
    stays as it is.

    \b
    Examples:
      leaflet init
      leaflet init ward-leaflets
    """
    from ..recipe.begin import begin

    written, there = begin(folder.resolve())
    for file in written:
        click.echo(f"wrote  {report.named(file)}")
    for file in there:
        click.echo(f"kept   {report.named(file)}")
    where = "" if folder.resolve() == Path.cwd() else f"cd {folder}, then "
    click.echo(f"Now: {where}leaflet new hip-replacement")


@click.command()
@click.option("--copy", "name", metavar="NAME", shell_complete=completion.layouts,
              help="Copy this layout, or this file of shared/, into layouts/ of the project, to change it.")
@click.option("--as", "target", metavar="NAME", help="With --copy: name of the copy. Without it: that of the original.")
def layouts(name: str | None, target: str | None) -> None:
    """List the layouts, or copy one to change it.

    \b
    Examples:
      leaflet layouts
      leaflet layouts --copy handout --as ours
      leaflet layouts --copy shared/parts/flat.html.j2 --as ours/flat.html.j2
      leaflet layouts --copy shared/words/en.yaml

    A layout is a folder of layouts/, of an installed pack, or of the program itself. The project's own come first. A
    copy that is called as its original is used in its place.
    """
    root = session.project()
    if name is None and target is not None:
        raise click.UsageError("--as goes with --copy")
    if name is not None:
        from ..recipe.begin import copy_layout

        for file in copy_layout(root, name, target):
            click.echo(f"wrote  {report.named(file)}")
        return
    from ..recipe import find

    found = find.layouts(root)
    width = max((len(one) for one, _ in found), default=0)
    for one, title in found:
        click.echo(f"{one:<{width}}  {title}")


@click.command()
def doctor() -> int:
    """Look at what is installed, and make a test leaflet.

    Nothing is changed. The exit code is 1 where the main job does not work; what is only missing can be added.

    \b
    Example:
      leaflet doctor
    """
    from ..recipe.doctor import look

    try:
        root = session.project()
    except (click.UsageError, Rejected):
        root = None
    found = look(root)
    width = max(len(one.what) for one in found)
    for one in found:
        click.echo(f"{one.state:<7}  {one.what:<{width}}  {report.harmless(one.said)}")
    states = {one.state for one in found}
    if "missing" in states and "wrong" not in states:
        click.echo("Leaflets can be made. What is missing is only needed for the purpose beside it.")
    return 1 if "wrong" in states else 0
