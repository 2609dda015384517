"""The commands `leaflet preview` and `leaflet watch`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from threading import Event, Thread

import click

from ...model.problem import Problem, Rejected
from .. import session

EDITORS = ("code", "code-insiders", "codium", "cursor", "subl", "zed", "kate", "gedit", "gnome-text-editor", "gvim",
           "emacsclient", "notepad++", "bbedit", "mate")
"""The names in editor.ARGUMENTS, repeated here so that --help need not load it."""


@click.command()
@click.argument("content", required=False)
@click.option("--layout", "-l", metavar="L", help="Layout to begin with. Without it: the first that the content lists.")
@click.option("--paper", "-p", type=session.PAPER, metavar="PAPER", default="A4", show_default=True,
              help="Paper to begin with: A4, Letter, A3, A5, DL, Square or Half-letter.")
@click.option("--theme", metavar="T", help="Theme to begin with, instead of the layout's own.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, metavar="N",
              help="Port of the address. Without it: one that is free.")
@click.option("--no-open", is_flag=True, help="Open no browser; the address is printed.")
@click.option("--poll", is_flag=True, help="Look at the files again and again, as network drives need.")
@click.option("--editor", type=click.Choice(EDITORS), metavar="NAME",
              help="Editor that a click opens. Without it: that of $VISUAL or $EDITOR, else one that is installed. "
                   f"Known are {', '.join(EDITORS)}.")
def preview(content: str | None, layout: str | None, paper: str, theme: str | None, port: int, no_open: bool,
            poll: bool, editor: str | None) -> int:
    """See a leaflet in the browser while you write it.

    The page shows it as it will be printed and follows every save. A click on a word opens a box in which its text can
    be changed; with Ctrl, it opens the place in the file. CONTENT is named as for `leaflet build`; without it, the
    first leaflet of content/ is shown, and any other can be chosen on the page. Nothing but what you change on the page
    is written. Ctrl-C ends it.

    \b
    Examples:
      leaflet preview
      leaflet preview kyphoplasty-vs-vertebroplasty/tr --layout brochure
      leaflet preview --no-open --port 8500
    """
    root = session.project()
    paths = [path for path in session.contents(root, [content] if content else []) if path.suffix]
    if not paths:
        raise Rejected([Problem(None, "there is no leaflet in content/", "begin one: leaflet new NAME")])
    if layout is not None:
        session.layouts(root, [layout])
    from . import editor as editors
    from .builds import Builds, Wish
    from .server import Server

    path = next((path for path in paths if path.stem == "en"), paths[0]) if not content or len(paths) > 1 else paths[0]
    builds = Builds(root)
    try:
        server = Server(builds, Wish(path, layout or "", paper.lower(), theme), port, editor or editors.chosen())
    except OSError as error:
        raise click.BadParameter(f"port {port} cannot be had: {(error.strerror or str(error)).lower()}",
                                 param_hint="--port") from None
    stop = Event()
    builds.start()
    homes = [*_homes(root), *([path.parent] if not path.is_relative_to(root) else [])]
    Thread(target=_follow, args=(builds, homes, stop, poll), name="files", daemon=True).start()
    click.echo(f"preview  {server.address}")
    click.echo("Ctrl-C ends it.")
    if not no_open:
        import webbrowser

        Thread(target=webbrowser.open, args=(server.address,), daemon=True).start()
    try:
        server.serve_forever(poll_interval=0.2)
    except KeyboardInterrupt:
        click.echo("\nstopped", err=True)
    finally:
        stop.set()
        builds.stop()
        server.server_close()
    return 0


def _homes(root: Path) -> list[Path]:
    return [root / "content", root / "layouts"]


def _follow(builds, folders: list[Path], stop: Event, poll: bool) -> None:
    from .watch import changes

    for files in changes(folders, stop, poll):
        builds.changed(files)


@click.command()
@click.argument("content", nargs=-1)
@click.option("--layout", "-l", "layouts", multiple=True, metavar="L",
              help="Layout to build; repeat it for several, or say all. Without it: those the content file lists.")
@click.option("--paper", "-p", "papers", multiple=True, type=session.PAPER, metavar="PAPER",
              help="A4, Letter, A3, A5, DL, Square or Half-letter. Without it: A4 and Letter.")
@click.option("--output", "-o", type=click.Path(file_okay=False, path_type=Path), metavar="DIR",
              help="Folder for the PDFs. Without it: output/ of the project.")
@click.option("--proof", is_flag=True, help="Paint the pictures of `leaflet proof` anew, too.")
@click.option("--poll", is_flag=True, help="Look at the files again and again, as network drives need.")
def watch(content: Sequence[str], layouts: Sequence[str], papers: Sequence[str], output: Path | None, proof: bool,
          poll: bool) -> int:
    """Build what has changed after every save, without a browser.

    What `leaflet build` would build is built, and problems are shown as it shows them; then again whenever a file of
    content/ or layouts/ was saved. CONTENT is named as for `leaflet build`; new leaflets are found. Ctrl-C ends it.

    \b
    Examples:
      leaflet watch
      leaflet watch kyphoplasty-vs-vertebroplasty/en --layout brochure --proof
    """
    root = session.project()
    named = session.layouts(root, layouts)
    session.contents(root, content)
    from .rounds import Rounds
    from .watch import changes

    rounds = Rounds(root, content, named, [paper.lower() for paper in papers] or None, output or root / "output", proof)
    rounds.build()
    click.echo("watching; Ctrl-C ends it", err=True)
    try:
        for _ in changes(_homes(root), Event(), poll):
            rounds.build()
    except KeyboardInterrupt:
        click.echo("\nstopped", err=True)
    return 0
