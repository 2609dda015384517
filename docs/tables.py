"""Tables turns what the program knows of itself into the reference tables of the guides: `make docs`.

In a guide, a table stands between `<!-- table NAME -->` and `<!-- end -->`; NAME is a key of TABLES. Everything else in
a guide is written by hand and left alone.
"""

from __future__ import annotations

import inspect
import re
import types
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import click

from generator.check.rule import GROUPS
from generator.check.rules import RULES
from generator.door import commands
from generator.impose import geometry as sheet_of
from generator.impose.across import fold_sheet
from generator.impose.fold import View
from generator.impose.sheet import fold_edges, trim
from generator.kept.library import list_layouts
from generator.model import content, layout, mailing, printing, theme
from generator.model.record import MISSING, fields, is_record
from generator.model.story import COMMON, ELEMENTS
from generator.read import drawing
from generator.read.editor import describe
from generator.read.editorial import profile_names, read_profile
from generator.read.layout import read_layout
from generator.read.theme import ThemeFile

ROOT = Path(__file__).parent.parent
LAYOUTS = list_layouts([ROOT / "layouts"])
GUIDES = ("docs/content.md", "docs/checks.md", "docs/layouts.md", "docs/commands.md", "docs/printing.md",
          "docs/mail.md",
          *(f"layouts/{name}/README.md" for name in LAYOUTS if (ROOT / "layouts" / name / "README.md").is_file()))
MARKED = re.compile(r"(<!-- table (?P<name>[\w.-]+) -->\n).*?(<!-- end -->)", re.DOTALL)

KINDS = {
    "line": "line", "inline": "line with marks", "prose": "text with marks", "date": "date",
    "period": "date or period", "language": "language tag",
    "url": "web address", "email": "e-mail address", "colour": "colour", "picture": "picture file", "length": "length",
    "shift": "length, also negative", "percent": "percent, like `60%`", "points": "size in points", "slug": "name",
    "address": "e-mail address, with or without a name", "host": "name of a server",
}
PLAIN = {str: "line", int: "whole number", float: "number", bool: "`true` or `false`"}
NAMES = {layout.BodyRange: "body", layout.FoldSpec: "fold", theme.Style: "styles"}
"""What the guides call a class, where it is not the class's own name."""


# ── keys of a file ───────────────────────────────────────────────────────────────────────────────────────────────────


def keys(cls: type) -> dict[str, tuple[bool, str, str]]:
    """Key → whether it must be given, what it holds, what it means."""
    hints, words = get_type_hints(cls, include_extras=True), describe(cls)
    out = {}
    for name, field in fields(cls).items():
        needed = field.default is MISSING and field.default_factory is MISSING
        meaning = words[name]
        default = None if needed else field.default if field.default_factory is MISSING else field.default_factory()
        if isinstance(default, (str, int, float, list)) and default:
            each = default if isinstance(default, list) else [str(default).lower() if default is True else default]
            shown = ", ".join(map(str, each))
            meaning += f" Default: `{shown}`."
        out[name] = needed, held(hints[name]), meaning
    return out


def held(kind: Any) -> str:
    """What a key of this type holds, in words; a class of the model is a link to its heading."""
    origin, parts = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return " or ".join(held(part) for part in parts if part is not types.NoneType)
    if origin is Annotated:
        return KINDS[parts[1].kind]
    if origin is Literal:
        return " or ".join(f"`{part}`" for part in parts)
    if origin in (list, tuple):
        return "list: " + held(parts[0])
    if origin is dict:
        first = "name" if parts[0] is str else " or ".join(f"`{name}`" for name in get_args(parts[0]))
        return f"{first} → {held(parts[1])}"
    return PLAIN.get(kind) or f"[{named(kind)}](#{named(kind).replace(' ', '-')})"


def named(cls: type) -> str:
    """RowGroup → row group."""
    return NAMES.get(cls) or re.sub(r"(?<=[a-z])(?=[A-Z])", " ", cls.__name__).lower()


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    head = list(head)
    lines = [head, ["---"] * len(head), *rows]
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines)


def key_table(cls: type) -> str:
    rows = [(f"**`{key}`**" if needed else f"`{key}`", holds, meaning)
            for key, (needed, holds, meaning) in keys(cls).items()]
    return table(("key", "holds", "meaning"), rows)


# ── what designers use ───────────────────────────────────────────────────────────────────────────────────────────────

STANDS = {"block": "among blocks", "inline": "in text", "top": "at the top"}
HOLDS = {"either": "blocks or text", "nothing": "nothing", "text": "text", "blocks": "blocks"}


def elements() -> str:
    rows = []
    for name, element in ELEMENTS.items():
        inside = [STANDS.get(one) or f"in `{one}`" for one in element.inside.split(",")]
        holds = HOLDS.get(element.holds) or " ".join(f"`{one}`" for one in element.holds.split(","))
        given = " ".join(f"`{one}`" for one in element.attributes)
        rows.append((f"`{name}`", element.meaning, ", ".join(inside), holds, given, element.role or "–"))
    head = ("element", "meaning", "stands", "holds", "attributes", "in the PDF")
    return table(head, rows) + f"\nEvery element takes {', '.join(f'`{one}`' for one in COMMON)} as well.\n"


def svg() -> str:
    """The subset of SVG, as its reader describes it."""
    words = inspect.getdoc(drawing)
    return f"```text\n{words[words.index('    element') :].split('Colours of the theme')[0].rstrip()}\n```\n"


# ── layouts ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def spec(name: str) -> layout.LayoutSpec:
    return read_layout(ROOT / "layouts" / name, ROOT).spec


def layout_table() -> str:
    return table(("layout", "is"), ((f"[{name}](../layouts/{name}/README.md)", spec(name).title) for name in LAYOUTS))


def sheet(name: str) -> str:
    """The sheet of a layout: its panels with their widths, and what one sees on
    opening it; margins where it is flat."""
    numbers = spec(name)
    if numbers.fold is None:
        margins = numbers.margins
        sides = (f"inner {_mm(margins.inner)}, outer {_mm(margins.outer)}" if margins.outer
                 else f"left and right {_mm(margins.inner)}")
        pages = "Pages: half of an A4 or Letter sheet" if numbers.imposition else "Pages: A4 or Letter"
        limit = f"; {numbers.max_pages} at most" if numbers.max_pages else ""
        said = f"top {_mm(margins.top)}, bottom {_mm(margins.bottom)}, {sides}"
        return f"- {pages}{limit}.\n- Margins: {said} mm.\n- Type: {_sizes(numbers.body)} points.\n"
    sides = [(paper, sheet_of(numbers, paper).sides) for paper in layout.PAPERS.values()]
    drawn = [line for side in (0, 1) for line in [*_side([(paper, both[side]) for paper, both in sides]), ""]]
    kinds = " · ".join(f"fold {number} {kind}" for number, kind in enumerate(numbers.fold.folds, 1))
    if numbers.fold.across:
        kinds += f". Across, at the left edge: {numbers.fold.across}"
    a4 = layout.PAPERS["a4"]
    edges = fold_edges(numbers.fold, trim(numbers, a4)[0], a4)
    order = list(numbers.fold.order) or list(range(1, len(numbers.fold.folds) + 1))
    folded = fold_sheet(numbers.fold, edges)
    seen = " → ".join(_seen(view) for view in folded.opening)
    made = ", ".join(map(str, order)) + ", then across" * bool(numbers.fold.across)
    inverted = f"- Printed upside down: {', '.join(sorted(folded.turned))}.\n" if folded.turned else ""
    return (
        "```text\n" + "\n".join(drawn).rstrip() + "\n```\n\n"
        f"- Folds of the outside, from the left: {kinds}. Made in the order {made}.\n"
        f"- One sees: {seen}.\n"
        f"{inverted}"
        f"- Read in this order: {', '.join(numbers.panels)}.\n"
        f"- Type: {_sizes(numbers.body)} points.\n"
    )


def _seen(view: View) -> str:
    """The panels of a view, row by row; those that stand upside down in brackets."""
    names = [f"({name})" if name in view.inverted else name for name in view.panels]
    across = len(names) // view.rows
    return " / ".join(" ".join(names[at : at + across]) for at in range(0, len(names), across))


def _side(papers: list[tuple[layout.Paper, layout.Side]]) -> list[str]:
    """Panels of a side in one row or two, with their widths on each paper."""
    side = papers[0][1]
    named = [[place.panel for place in side.placements if place.y == y] for y in sorted({p.y for p in side.placements})]
    rows = [("", names) for names in named]
    for paper, one in papers:
        edges = [placement.x for placement in one.placements if not placement.y] + [one.width]
        unit, length = ("mm", layout.MM) if paper.name == "A4" else ("in", layout.INCH)
        rows.append((f"{paper.name}, {unit}",
                     [f"{(right - left) / length:.4f}".rstrip("0").rstrip(".") for left, right in pairwise(edges)]))
    wide = [max(len(cells[at]) for _, cells in rows) + 2 for at in range(len(named[0]))]

    def ruled(left: str, between: str, right: str) -> str:
        return " " * 12 + left + between.join("─" * width for width in wide) + right

    lines, widths = [ruled("┌", "┬", "┐")], rows[len(named):]
    for number, names in enumerate(named):
        lines += [ruled("├", "┼", "┤")] if number else []
        lines.append(f"{'' if number else side.name:<12}│"
                     + "│".join(name.center(width) for name, width in zip(names, wide)) + "│")
    lines.append(ruled("└", "┴", "┘"))
    return lines + [f"{label:<12} " + " ".join(cell.center(width) for cell, width in zip(cells, wide)).rstrip()
                    for label, cells in widths]


def _mm(points: float) -> str:
    return f"{points / layout.MM:g}"


def _sizes(body: layout.BodyRange) -> str:
    return f"{body.min:g} to {body.max:g}"


# ── checks ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def checks(group: str) -> str:
    """The editorial rules of a group, with their limits and severities in the generic profile."""
    search = [ROOT / "layouts" / "shared"]
    generic = read_profile("generic", search, ROOT, [rule.name for rule in RULES]).rules
    rows = []
    for rule in RULES:
        if rule.group == group:
            setting = generic[rule.name]
            limit = f"{setting.limit:g} ({rule.limit})" if setting.limit is not None else "–"
            if setting.languages:
                limit += "; " + ", ".join(f"{tag} {number:g}" for tag, number in setting.languages.items())
            rows.append((f"`{rule.name}`", rule.says + (" *A guess by words.*" if rule.guess else ""), limit,
                         str(setting.severity), rule.source))
    return table(("rule", "speaks when", "limit", "severity", "source"), rows)


def profile_table() -> str:
    search = [ROOT / "layouts" / "shared"]
    names = [rule.name for rule in RULES]
    generic = read_profile("generic", search, ROOT, names)
    rows = []
    for name in profile_names(search):
        profile = read_profile(name, search, ROOT, names)
        other = [f"`{rule}`" for rule in names if profile.rules[rule] != generic.rules[rule]]
        rows.append((f"`{name}`", str(profile.title), ", ".join(other) or "–", "; ".join(map(str, profile.sources))))
    return table(("profile", "for", "rules with other numbers", "sources"), rows)


# ── commands and targets ─────────────────────────────────────────────────────────────────────────────────────────────


def every(group: click.Group = commands.leaflet, before: str = "") -> dict[str, click.Command]:
    """Name of each command → the command: "build", "translate export"; groups themselves are left out."""
    out = {}
    for name in group.list_commands(click.Context(group)):
        one = group.get_command(click.Context(group), name)
        out |= every(one, f"{before}{name} ") if isinstance(one, click.Group) else {before + name: one}
    return out


def commands() -> str:
    return "\n".join(command(name, one) for name, one in every().items())


def command(name: str, one: click.Command) -> str:
    """Heading, first sentences, parameters and examples of a command."""
    said, _, rest = inspect.cleandoc(one.help).partition("\n\n\b\n")
    examples = re.findall(r"^  (leaflet .*)$", rest, re.MULTILINE)
    context = click.Context(one)
    rows = [(f"`{names}`", words) for param in one.get_params(context) if (record := param.get_help_record(context))
            for names, words in [record] if names.startswith("-") and "--help" not in names]
    usage = " ".join([f"leaflet {name}",
                      *(param.make_metavar(context) for param in one.params if isinstance(param, click.Argument))])
    out = f"### `{usage}`\n\n{said}\n\n```sh\n" + "\n".join(re.sub(r"(\S)( {2,})(?=\S)", r"\1\2# ", one)
                                                            for one in examples) + "\n```\n"
    return out + ("\n" + table(("option", "meaning"), rows) if rows else "")


def targets(makefile: str | None = None) -> dict[str, str]:
    """Target of the Makefile → what it does."""
    text = (ROOT / "Makefile").read_text(encoding="utf-8") if makefile is None else makefile
    return dict(re.findall(r"^([a-z]+):.*  ## (.+)$", text, re.MULTILINE))


def target_table() -> str:
    return table(("target", "what it does"), ((f"`make {name}`", words) for name, words in targets().items()))


TABLES = {
    **{f"content.{named(cls).replace(' ', '-')}": lambda cls=cls: key_table(cls) for cls in vars(content).values()
       if is_record(cls) and issubclass(cls, content.Entry) and cls is not content.Entry},
    "layout": lambda: key_table(layout.LayoutSpec),
    "layout.body": lambda: key_table(layout.BodyRange),
    "layout.margins": lambda: key_table(layout.Margins),
    "layout.frame": lambda: key_table(layout.Frame),
    "layout.fold": lambda: key_table(layout.FoldSpec),
    "theme": lambda: key_table(ThemeFile),
    "theme.font-family": lambda: key_table(theme.FontFamily),
    "theme.style": lambda: key_table(theme.Style),
    "printing.printer": lambda: key_table(printing.Printer),
    "mail": lambda: key_table(mailing.Mailing),
    "mail.smtp": lambda: key_table(mailing.Smtp),
    "mail.imap": lambda: key_table(mailing.Imap),
    "elements": elements,
    "svg": svg,
    "layouts": layout_table,
    **{f"sheet.{name}": lambda name=name: sheet(name) for name in LAYOUTS},
    **{f"checks.{group}": lambda group=group: checks(group) for group in GROUPS},
    "profiles": profile_table,
    "commands": commands,
    "targets": target_table,
}


def renewed(guide: str) -> str:
    """A guide with its tables as they are now. Raises KeyError for a table that nobody makes."""
    return MARKED.sub(lambda found: found[1] + TABLES[found["name"]]() + found[3], guide)


if __name__ == "__main__":
    for name in GUIDES:
        file = ROOT / name
        old = file.read_text(encoding="utf-8")
        if (new := renewed(old)) != old:
            file.write_text(new, encoding="utf-8")
            print(f"wrote  {name}")
