"""The commands that mail leaflets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import click

from ..model.address import Address, address
from . import completion, report, session


class AddressType(click.ParamType):
    """One e-mail address, with or without a name."""

    name = "address"

    def convert(self, value, param, ctx) -> Address:
        if isinstance(value, Address):
            return value
        try:
            return address(value)
        except ValueError as error:
            self.fail(f"{value!r} is not an e-mail address: {error}; write one, as in name@example.org or "
                      "'Ann Smith <ann@example.org>'", param, ctx)


ADDRESS = AddressType()
PAPER = click.Choice(["A4", "Letter"], case_sensitive=False)
OPTIONS = (
    click.argument("content", nargs=-1, required=True, shell_complete=completion.contents),
    click.option("--layout", "-l", "layouts", multiple=True, metavar="L", shell_complete=completion.layouts,
                 help="Layout to attach; repeat it for several. Without it: handout."),
    click.option("--paper", "-p", type=PAPER, metavar="A4|Letter", default="A4", show_default=True, help="Paper size."),
    click.option("--with", "beside", metavar="TAG", help="Set this language of the leaflet beside its own."),
    click.option("--theme", metavar="T", help="Theme to use instead of the layout's own.",
                 shell_complete=completion.themes),
    click.option("--to", "to", multiple=True, type=ADDRESS, metavar="ADDRESS",
                 help="Whom to send it to; repeat it for several: each gets a mail of their own."),
    click.option("--cc", "cc", multiple=True, type=ADDRESS, metavar="ADDRESS", help="Who gets a copy of each mail."),
    click.option("--from", "sender", type=ADDRESS, metavar="ADDRESS", help="Who sends it."),
    click.option("--reply-to", type=ADDRESS, metavar="ADDRESS", help="Where answers go, if not to the sender."),
    click.option("--full", is_flag=True, help="Put the whole leaflet into the mail, too, not its summary alone."),
    click.option("--allow-draft", is_flag=True,
                 help="Also drafts, and translations that nobody has read or that are out of date."),
    click.option("--output", "-o", type=click.Path(file_okay=False, path_type=Path), metavar="DIR",
                 help="Folder for the PDFs and drafts. Without it: output/ of the project."),
)


def with_options(command: Callable) -> Callable:
    for option in reversed(OPTIONS):
        command = option(command)
    return command


@click.command()
@with_options
@click.option("--as", "way", type=click.Choice(["files"]), default="files", show_default=True,
              help="files: drafts to open in a mail program.")
def mail(way: str, **how) -> int:
    """Mail leaflets: a letter with the PDFs attached, one for each person.

    The letter greets, says what is attached, and is signed with what stands in content/publisher.yaml; its words are in
    layouts/shared/mail/. Addresses stand in the mails only, never in a file's name.

    \b
    Examples:
      leaflet mail kyphoplasty-vs-vertebroplasty/en --to patient@example.org
      leaflet mail kyphoplasty-vs-vertebroplasty/en -l handout -l brochure --to "Ann Smith <ann@example.org>" --full
    """
    return drafts(**how)


@click.command()
@with_options
def eml(**how) -> int:
    """Make e-mail drafts with leaflets attached: the same as `leaflet mail --as files`.

    Open a draft in a mail program, look it over and send it: nothing is sent from here. No draft is written over.

    \b
    Examples:
      leaflet eml kyphoplasty-vs-vertebroplasty/en
      leaflet eml kyphoplasty-vs-vertebroplasty/en --layout brochure --to patient@example.org
    """
    return drafts(**how)


def drafts(content: Sequence[str], layouts: Sequence[str], paper: str, beside: str | None, theme: str | None,
           to: Sequence[Address], cc: Sequence[Address], sender: Address | None, reply_to: Address | None, full: bool,
           allow_draft: bool, output: Path | None) -> int:
    root = session.project()
    paths = session.contents(root, content)
    if "all" in layouts:
        raise click.BadParameter("name the layouts that are to be attached", param_hint="--layout")
    chosen = session.layouts(root, layouts) or ["bilingual" if beside else "handout"]
    from ..recipe import mail as recipe

    output = output or root / "output"
    parcel = recipe.parcel(root, paths, layouts=chosen, papers=[paper.lower()], output=output, theme=theme,
                           beside=beside, full=full, allow_draft=allow_draft)
    for file in recipe.drafts(parcel, to or [None], output, sender=sender, cc=cc, reply_to=reply_to):
        click.echo(f"wrote  {report.named(file)}")
    return session.show(parcel.problems)
