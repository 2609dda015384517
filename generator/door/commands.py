"""The command line: one function for each command. It reads what was typed, calls the recipe and shows the result.

A new option of a command: a `click.option` here, handed on through session.py (of `build`) to the recipe.

Exit codes: 0 done · 1 problems that the user can mend · 2 wrong usage · 130 stopped with Ctrl-C · 143 ended with
SIGTERM · 129 its terminal went away.
"""

from __future__ import annotations

import gc
import math
import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from ..model import VERSION
from ..model.names import LANGUAGE, SHARED
from ..model.problem import Problem, Rejected
from . import completion, report, session

PRINTER = re.compile(r"[A-Za-z][A-Za-z0-9]*([-_][A-Za-z0-9]+)*")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

ELSEWHERE = ("approve", "check", "copies", "diff", "doctor", "eml", "forget", "init", "layouts", "mail", "preview",
             "status", "translate", "watch")
"""Commands of other files of this room."""


class Commands(click.Group):
    """The commands of this file and those of ELSEWHERE, whose files are loaded when they are asked for: all of them
    take 30 ms, nearly as long as all that a build does that finds nothing to do."""

    def list_commands(self, context: click.Context) -> list[str]:
        return sorted({*self.commands, *ELSEWHERE})

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name in ELSEWHERE and name not in self.commands:
            self.add_command(_elsewhere(name))
        return super().get_command(context, name)


def _elsewhere(name: str) -> click.Command:
    """A command of ELSEWHERE."""
    if name == "approve":
        from . import approve as file
    elif name == "check":
        from . import check as file
    elif name == "diff":
        from . import difference as file
    elif name == "status":
        from . import status as file
    elif name == "translate":
        from . import translate as file
    elif name in ("copies", "forget"):
        from . import copies as file
    elif name in ("mail", "eml"):
        from . import mail as file
    elif name in ("preview", "watch"):
        from .preview import commands as file
    else:
        from . import project as file
    return getattr(file, name)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(VERSION, prog_name="leaflet", message="%(prog)s %(version)s")
def leaflet() -> None:
    """Make printable patient leaflets (tagged PDFs) from YAML content files.

    \b
    A first leaflet:
      leaflet init ward-leaflets         begins a project, a folder with content/ and layouts/
      cd ward-leaflets                   the other commands work anywhere in a project
      leaflet new hip-replacement        writes content/hip-replacement/en.yaml: fill it in
      leaflet preview                    shows it in your browser while you write
      leaflet check hip-replacement      shows what is wrong in it, with line and column
      leaflet build hip-replacement      makes the PDFs in output/

    Each command explains itself: leaflet build --help.
    """
    session.check_date()


@leaflet.command()
@click.argument("content", nargs=-1, shell_complete=completion.contents)
@click.option("--layout", "-l", "layouts", multiple=True, metavar="L", shell_complete=completion.layouts,
              help="Layout to build; repeat it for several, or say all. Without it: those the content file lists.")
@click.option("--with", "beside", metavar="TAG",
              help="Set this language of the leaflet beside its own, in the layouts for two languages.")
@click.option("--paper", "-p", "papers", multiple=True, type=session.PAPER, metavar="PAPER",
              help="A4, Letter, A3, A5, DL, Square or Half-letter. Without it: A4 and Letter.")
@click.option("--theme", metavar="T", help="Theme to use instead of the layout's own.",
              shell_complete=completion.themes)
@click.option("--output", "-o", type=click.Path(file_okay=False, path_type=Path), metavar="DIR",
              help="Folder for the PDFs. Without it: output/ of the project.")
@click.option("--press", is_flag=True,
              help="For a print shop: bleed, printer's marks, the four inks of --icc (PDF/X-4).")
@click.option("--icc", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE",
              help="With --press: colour profile of the shop's press. Without it: a free one, "
                   "from an optional package.")
@click.option("--tumble", is_flag=True, help="Sheets for a printer that can turn paper on its long edge only.")
@click.option("--printer", metavar="NAME",
              help="Sheets for this printer of printers.yaml: their back side is moved as it needs.")
@click.option("--allow-stale", is_flag=True, help="Print no mark on translations that are out of date.")
@click.option("--allow-expired", is_flag=True, help="Build leaflets whose day of review has gone by, with a mark.")
@click.option("--html", is_flag=True, help="Write each leaflet as a web page, too: one file, to read on any screen.")
@click.option("--plain", is_flag=True, help="Set the plainer text (plain:) of each block that has one.")
@click.option("--text", is_flag=True, help="Write each leaflet as plain text, too.")
@click.option("--force", is_flag=True, help="Build even what is up to date.")
@click.option("--dry-run", "dry", is_flag=True, help="Show what would be built; write nothing.")
@click.option("--explain", is_flag=True,
              help="Build anew, and tell the type size that was chosen, why, and how full each panel is.")
@click.option("--strict", is_flag=True, help="Exit code 1 where there are warnings, too.")
@click.option("--quiet", "-q", is_flag=True, help="Show problems only.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True,
              help="json: one object on standard output, with files and problems.")
def build(content: Sequence[str], layouts: Sequence[str], beside: str | None, papers: Sequence[str], theme: str | None,
          output: Path | None, press: bool, icc: Path | None, tumble: bool, printer: str | None, allow_stale: bool,
          allow_expired: bool, html: bool, plain: bool, text: bool, force: bool, dry: bool, explain: bool, strict: bool,
          quiet: bool,
          form: str) -> int:
    """Build PDFs into output/.

    CONTENT is the name of a folder in content/, with or without a language, or the path of a content file, in the
    project or elsewhere. Without CONTENT, every leaflet of content/ is built. What is up to date is kept. A PDF whose
    leaflet is gone or can't be built as it is now is moved into old/ of that folder.

    \b
    Examples:
      leaflet build
      leaflet build kyphoplasty-vs-vertebroplasty
      leaflet build kyphoplasty-vs-vertebroplasty/en --layout brochure --paper A4
      leaflet build ~/drafts/en.yaml --layout handout --output ~/drafts
      leaflet build --layout all --force
      leaflet build kyphoplasty-vs-vertebroplasty/en --with ar
      leaflet build --layout brochure --press --icc PSOcoated_v3.icc
      leaflet build kyphoplasty-vs-vertebroplasty --html
      leaflet build --format json --strict
      leaflet build kyphoplasty-vs-vertebroplasty/en --layout brochure --explain

    A folded layout makes two files: one to read on a screen, and one ending in -sheet for the printer.
    With --press there is one file, looked through as a print shop would; what the shop would refuse is
    shown, and then no file is written.
    """
    root = session.project()
    if beside and not re.fullmatch(LANGUAGE, beside):
        raise click.BadParameter(f"{beside!r} is not a language tag, such as ar, pt-BR or zh-Hans", param_hint="--with")
    if icc and not press:
        raise click.UsageError("--icc goes with --press")
    if press and (tumble or printer):
        raise click.UsageError("--tumble and --printer are for office printers, not for --press")
    paths = session.contents(root, content)
    from ..model.printing import Printing

    return session.build(root, paths, layouts=session.layouts(root, layouts), papers=papers, theme=theme, output=output,
                         force=force or explain, explain=explain, beside=beside, allow_stale=allow_stale,
                         allow_expired=allow_expired, dry=dry, strict=strict, plain=plain,
                         notes=session.passed_over(root, content),
                         twins=[one for one, wanted in (("html", html), ("text", text)) if wanted],
                         shown="json" if form == "json" else "problems" if quiet else "all",
                         printing=Printing(press, icc and icc.resolve(), tumble, printer))


@leaflet.command()
@click.argument("content", shell_complete=completion.contents)
@click.option("--layout", "-l", default="brochure", show_default=True, metavar="L", help="Layout to look at.",
              shell_complete=completion.layouts)
@click.option("--paper", "-p", type=session.PAPER, metavar="PAPER", default="A4", show_default=True,
              help="A4, Letter, A3, A5, DL, Square or Half-letter.")
@click.option("--theme", metavar="T", help="Theme to use instead of the layout's own.",
              shell_complete=completion.themes)
@click.option("--output", "-o", type=click.Path(file_okay=False, path_type=Path), metavar="DIR",
              help="Folder for the pictures. Without it: output/proof/ of the project.")
@click.option("--readability", is_flag=True,
              help="Show panels once more, with long and hard sentences tinted and hard words underlined.")
def proof(content: str, layout: str, paper: str, theme: str | None, output: Path | None, readability: bool) -> None:
    """Make pictures of a leaflet, to look at before printing.

    They show each side of the sheet with its folds, each panel or page, and the folded leaflet from the front and from
    behind. CONTENT is one leaflet, with its language where it has several.

    \b
    Examples:
      leaflet proof kyphoplasty-vs-vertebroplasty/en
      leaflet proof kyphoplasty-vs-vertebroplasty/en --layout z-fold --paper Letter
      leaflet proof kyphoplasty-vs-vertebroplasty/en --readability
    """
    root = session.project()
    path = session.one(root, content)
    session.layouts(root, [layout])
    from ..recipe import build

    for file in build.proof(root, path, layout, paper.lower(), theme, output or root / "output" / "proof",
                            readability):
        click.echo(f"wrote  {report.named(file)}")


@leaflet.command()
@click.option("--paper", "-p", type=session.PAPER, metavar="PAPER", default="A4", show_default=True,
              help="A4, Letter, A3, A5, DL, Square or Half-letter.")
@click.option("--tumble", is_flag=True, help="For a printer that can turn paper on its long edge only.")
@click.option("--output", "-o", type=click.Path(file_okay=False, path_type=Path), metavar="DIR",
              help="Folder for the test sheet. Without it: output/ of the project.")
@click.option("--printer", metavar="NAME", help="Keep what was read off the test sheet under this name.")
@click.option("--right", type=click.FloatRange(-5, 5), metavar="MM",
              help="With --printer: reading on the scale from left to right.")
@click.option("--up", type=click.FloatRange(-5, 5), metavar="MM",
              help="With --printer: reading on the scale that runs upwards.")
def calibrate(paper: str, tumble: bool, output: Path | None, printer: str | None, right: float | None,
              up: float | None) -> int:
    """Put a printer right that prints the back side a little off.

    \b
    Example, in three steps:
      leaflet calibrate                                          writes a test sheet: print it on both sides
      leaflet calibrate --printer office --right 0.8 --up -0.4   keeps what you read off it, in printers.yaml
      leaflet build --layout brochure --printer office           moves the back side by so much
    """
    root = session.project()
    from ..recipe import printers

    if printer is None:
        if right is not None or up is not None:
            raise click.UsageError("--right and --up need --printer NAME")
        file = printers.calibrate(paper.lower(), output or root / "output", tumble)
        click.echo(f"wrote  {report.named(file)}")
        return 0
    for option, reading in (("--right", right), ("--up", up)):
        if reading is not None and math.isnan(reading):  # FloatRange lets it through
            raise click.BadParameter("nan is no reading: give millimetres, such as 0.8", param_hint=option)
    if not PRINTER.fullmatch(printer):
        raise click.BadParameter(f"{printer!r} is not a name of letters, digits and hyphens, such as office",
                                 param_hint="--printer")
    if right is None or up is None:
        raise click.UsageError("--printer needs both readings of the test sheet: --right and --up")
    file = printers.keep_readings(root, printer, right, up)
    click.echo(f"wrote  {report.named(file)}")
    return 0


@leaflet.command()
@click.argument("slug")
@click.option("--language", default="en", show_default=True, metavar="TAG",
              help="Language of the text: en, tr, ar, zh-Hans …")
@click.option("--title", metavar="WORDS", help="Title of the leaflet. Without it: made from SLUG.")
@click.option("--kind", type=click.Choice(["comparison", "procedure", "medicine", "condition"]),
              metavar="KIND", help="What the leaflet is: comparison, procedure, medicine or condition. The file then "
              "has the headings that such a leaflet needs. Without it: one of each thing that a leaflet can have.")
def new(slug: str, language: str, title: str | None, kind: str | None) -> None:
    """Begin a leaflet: write a content file to fill in.

    It is content/SLUG/LANGUAGE.yaml, with a picture beside it that stands for your own. SLUG is a short name of small
    letters, digits and hyphens; it names the PDFs, too.

    \b
    Examples:
      leaflet new hip-replacement
      leaflet new hip-replacement --language tr --title "Kalça protezi"
      leaflet new blood-thinner --kind medicine
    """
    if not SLUG.fullmatch(slug):
        raise click.BadParameter(
            f"{slug!r} is not a name of small letters, digits and hyphens, such as hip-replacement", param_hint="SLUG")
    if slug == SHARED.name:
        raise click.BadParameter(f"content/{slug}/ holds passages that leaflets share", param_hint="SLUG")
    if not re.fullmatch(LANGUAGE, language):
        raise click.BadParameter(f"{language!r} is not a language tag, such as en, pt-BR or zh-Hans",
                                 param_hint="--language")
    root = session.project()
    file = root / "content" / slug / f"{language}.yaml"
    if file.exists():
        raise Rejected([Problem(None, f"{report.named(file)} is there already",
                                "edit that file, choose another name, or another --language")])
    from ..kept.write import write
    from ..recipe.starter import picture, starter

    text = starter(slug, language, " ".join((title or slug.replace("-", " ").capitalize()).split()), kind or "")
    file.parent.mkdir(parents=True, exist_ok=True)
    write(file, text.encode())
    click.echo(f"wrote  {report.named(file)}")
    name, data = picture()
    if not file.with_name(name).exists():  # another language of the leaflet has it already
        write(file.with_name(name), data)
        click.echo(f"wrote  {report.named(file.with_name(name))}")
    click.echo(f"Fill it in while you look at it:  leaflet preview {slug}/{language}\nThen make the PDFs:  "
               f"leaflet build {slug}")


@leaflet.command()
@click.argument("kind", default="content",
                type=click.Choice(["content", "publisher", "layout", "theme", "printers", "mail"]))
def schema(kind: str) -> None:
    """Print the JSON Schema of a kind of file, for editors.

    \b
    Examples:
      leaflet schema > content/content.schema.json
      leaflet schema theme > layouts/theme.schema.json
    """
    from ..recipe import starter

    click.echo(starter.schema(kind), nl=False)


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command line and leaves with its exit code."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # whoever started the program has closed it
            stream = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 (open as long as the program runs)
            setattr(sys, name, stream)
    gc.set_threshold(100_000, 20, 100)  # searches for cycles become rare: they would find little to free

    def work() -> int:
        try:
            return leaflet.main(arguments, prog_name="leaflet", standalone_mode=False) or 0
        except click.ClickException as error:
            error.show()
            return error.exit_code
        except click.Abort:
            return session.stopped()

    session.end_tidily()
    code = session.exit_code_of(work)
    # spares the last search for cycles, which `make bench` shows in a cold run: the system takes all memory back
    gc.freeze()
    sys.exit(code)
