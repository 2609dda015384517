"""A theme as a style sheet: the colours, sizes and spaces of paper, for the elements and classes that a page uses.

Each element with its classes has one rule, which holds everything that the theme says of them, as typeset/look.py puts
it together. Lengths in grid units become multiples of --unit, sizes multiples of --body.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib.resources import files

from ..model.record import names
from ..model.theme import Style, Theme

Used = tuple[str, tuple[str, ...], str]
"""Element, its classes, the form of the table around it ("": none)."""
SELECTORS = {"aside": "div.aside", "line": "span.line", "panel": "div.panel", "story": "div.story",
             "lines": "div.lines",
             "note": "div.footnote"}
"""Element of the story → its selector, where that is not its name (html/tags.py)."""
FORMS = {"stacked": "stacked", "cards": "card"}
"""Class of a table → the suffix of its styles where it is narrow."""
NARROW_TABLES = {"stacked": "30rem", "cards": "44rem"}
"""Class of a table → the width up to which it has that form (as page.css has it)."""
SIDES = {"top": "block-start", "bottom": "block-end", "start": "inline-start", "end": "inline-end"}
DIGITS = "0123456789"
NARROW = "40rem"
"""Of the page; from there on, what a theme sets side by side stands so."""
BESIDE = 0.2
"""A share of the width below which a thing set side by side is a sign, and stays there on narrow screens, too."""
SMALL = 0.8
"""Least size of type, in sizes of the body: on a screen nothing is smaller than 14 pixels."""
GENERIC = 'system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif'
SERIF = 'Georgia, "Noto Serif", serif'


def sheet(theme: Theme, used: Iterable[Used], digits: Mapping[str, str]) -> str:
    """The style sheet. digits: as in Leaflet.digits: lists are numbered with them."""
    colours = "".join(f"--{name}:{value};" for name, value in theme.palette.items())
    fonts = "".join(f"--font-{role}:{_family(family.name)};" for role, family in theme.fonts.items())
    out = [f":root{{{colours}{fonts}}}", files(__package__).joinpath("page.css").read_text(encoding="utf-8")]
    rules = sorted(dict.fromkeys(used), key=lambda one: (len(one[1]), one))
    for name, classes, form in rules:
        given = said_of(theme, name, classes)
        out += _rules(_selector(name, classes), given)
        if name == "tr":
            out += _row(_selector(name, classes), given, form)
        if form in FORMS:
            narrow = said_of(theme, name, classes, FORMS[form])
            if narrow != given:
                within = f"table.{form}" if name == "table" else f".{form} {name}"
                inner = "".join(_rules(within + _selector("", classes), narrow))
                out.append(f"@container table (max-width:{NARROW_TABLES[form]}){{{inner}}}")
    for language, ten in digits.items():
        if ten != DIGITS:
            symbols = " ".join(f'"{digit}"' for digit in ten)
            out.append(f'@counter-style digits-{language}{{system:numeric;symbols:{symbols};suffix:". "}}'
                       f":lang({language}) ol{{list-style-type:digits-{language};--digits:digits-{language}}}")
    return "\n".join(out)


def _selector(name: str, classes: tuple[str, ...]) -> str:
    return SELECTORS.get(name, name) + "".join(f".{one}" for one in classes)


def _family(name: str) -> str:
    return f'"{name}", {SERIF if "serif" in name.lower() and "sans" not in name.lower() else GENERIC}'


def said_of(theme: Theme, name: str, classes: tuple[str, ...], form: str = "") -> dict:
    """All keys that a theme gives for an element with its classes; as Looks._resolve puts them together."""
    wanted = [name, *(f"{name}.{one}" for one in classes)]
    if form:
        wanted += [f"{name}.{form}", *(f"{name}.{one}-{form}" for one in classes)]
    found: dict = {}
    for one in wanted:
        if style := theme.styles.get(one):
            found |= {key: value for key in names(Style) if (value := getattr(style, key)) is not None}
    return found


def _rules(selector: str, given: dict) -> list[str]:
    """The rule of one element with its classes, and those of what is painted beside it."""
    if not given:
        return []
    said: list[str] = []
    more: list[str] = []
    if given.get("colour") == "paper":  # on a dark ground, as in typeset/look.py
        more.append(f"{selector} a{{color:inherit}}")
    for key, value in given.items():
        if key in PLAIN:
            said += PLAIN[key](value)
    if "fit" in given or "points" in given:
        said.append(_points(given["fit"][1] if "fit" in given else given["points"]))
    if "padding" in given:
        top, side, bottom = (*given["padding"][:2], given["padding"][-1 if len(given["padding"]) > 2 else 0])
        said.append(f"padding:{_units(top)} {_units(side)} {_units(bottom)}")
    if "indent" in given:
        said.append(f"{'padding' if selector[:2] in ('ul', 'ol') else 'margin'}-inline-start:{given['indent']:g}em")
    said += _border(given)
    if given.get("ground") in ("band", "panel", "framed") and given.get("background", "none") != "none":
        said += ["margin-inline:calc(-1*var(--edge))", "padding-inline:var(--edge)"]
    if given.get("radius"):
        round_ = f"{given['radius']:g}pt"
        said.append(f"border-radius:{round_}" + (f" {round_} 0 0" if given.get("corners") == "top" else ""))
    if stripe := given.get("stripe"):
        parts = ",".join(f"var(--{colour}) {at * 100 / len(stripe):g}% {(at + 1) * 100 / len(stripe):g}%"
                         for at, colour in enumerate(stripe))
        look = (f"content:\"\";display:block;height:{given.get('border_width', 2):g}pt;"
                f"margin:{_units(0.5)} calc(-1*var(--edge)) 0;background:linear-gradient(to right,{parts})")
        more.append(f"{selector}::after{{{look}}}")
        more.append(f"[dir=rtl] {selector}::after{{background:linear-gradient(to left,{parts})}}")
        said.append("padding-bottom:0")
    more += _tail(selector, given) + _marker(selector, given) + _beside(selector, given)
    return [f"{selector}{{{';'.join(said)}}}"] * bool(said) + more


def _row(selector: str, given: dict, form: str) -> list[str]:
    """A row's rules, on its cells: a browser paints none on the row itself where cells stand beside each other."""
    rules = f"{selector}>*{{{';'.join(_border(given))}}}"
    return [f"@container table (min-width:calc({NARROW_TABLES[form]} + 1px)){{{rules}}}" if form in FORMS else rules]


def _border(given: dict) -> list[str]:
    sides = given.get("border_sides")
    if sides is None or not given.get("border"):
        return ["border:0"] if sides == () else []
    width = f"{given.get('border_width', 0.75):g}pt"
    return ["border:0 solid " + f"var(--{given['border']})", *(f"border-{SIDES[side]}-width:{width}" for side in sides)]


def _tail(selector: str, given: dict) -> list[str]:
    """The tail of a speech bubble points to the answer: below it, or beside it where there is room."""
    tail, colour = given.get("tail"), given.get("background")
    if tail not in ("below", "beside") or not colour:
        return []
    below = (f"{selector}{{position:relative}}{selector}::after{{content:\"\";position:absolute;inset-block-start:100%;"
             f"inset-inline-start:1.1rem;border:0 solid transparent;border-block-start:.55rem solid var(--{colour});"
             "border-inline-end-width:.75rem}")
    beside = (f"@container page (min-width:{NARROW}){{{selector}::after{{inset-block-start:.9rem;"
              f"inset-inline-start:100%;border:0 solid transparent;border-inline-start:.6rem solid var(--{colour});"
              "border-block-end-width:.75rem}}")
    return [below, beside] if tail == "beside" else [below]


def _marker(selector: str, given: dict) -> list[str]:
    marker, colour = given.get("marker"), given.get("marker_colour")
    if marker == "badge":
        look = ("position:absolute;inset-inline-end:calc(100% + .6em);inset-block-start:0;min-width:1.7em;height:1.7em;"
                "line-height:1.7em;text-align:center;border-radius:1em;font-weight:700;font-size:.9em;"
                f"color:var(--paper);background:var(--{colour or 'dark'})")
        number = f"{selector}>li::before{{content:counter(list-item,var(--digits,decimal));{look}}}"
        return [f"{selector}{{list-style:none}}", f"{selector}>li{{position:relative}}", number]
    if marker is None:
        return []
    kind = {"bullet": "disc", "square": "square", "number": "var(--digits,decimal)", "none": "none"}[marker]
    coloured = [f"{selector}>li::marker{{color:var(--{colour})}}"] if colour else []
    return [f"{selector}{{list-style-type:{kind}}}", *coloured]


def _beside(selector: str, given: dict) -> list[str]:
    """Columns, and what stands side by side: where there is room for it; signs beside their words always."""
    gap = _units(given.get("gap", 1.0))
    if given.get("columns", 1) > 1:
        return [f"{selector}{{columns:{given['columns']} 16rem;column-gap:{gap}}}"]
    widths = given.get("widths") or ()
    if len(widths) < 2:
        return []
    shares = [width / sum(widths) for width in widths]
    if min(shares) <= BESIDE:
        tracks = " ".join("auto" if share <= BESIDE else "minmax(0,1fr)" for share in shares)
        return [f"{selector}{{display:grid;grid-template-columns:{tracks};gap:{gap};align-items:start}}"]
    tracks = " ".join(f"minmax(0,{width:g}fr)" for width in widths)
    wide = (f"{selector}{{display:grid;grid-template-columns:{tracks};column-gap:{gap};align-items:start}}"
            f"{selector}>*+*,{selector}>*>:first-child{{margin-block-start:0}}")
    return [f"{selector}>*+*{{margin-block-start:{_units(0.5)}}}", f"@container page (min-width:{NARROW}){{{wide}}}"]


def _units(value: float) -> str:
    return f"calc({value:g}*var(--unit))" if value else "0"


def _points(value: float) -> str:
    """A size off the scale: that of paper on a wide screen, less on a narrow one."""
    if value <= 14:
        return f"font-size:{value:g}pt"
    return f"font-size:clamp({value * 0.7:.3g}pt,{value * 0.45:.3g}pt + 2.6cqi,{value:g}pt)"


PLAIN = {
    "font": lambda role: [f"font-family:var(--font-{role})"],
    "size": lambda size: [f"font-size:calc({max(size, SMALL):g}*var(--body))"],
    "leading": lambda leading: [f"line-height:{leading:g}"],
    "bold": lambda bold: [f"font-weight:{700 if bold else 400}"],
    "italic": lambda italic: [f"font-style:{'italic' if italic else 'normal'}"],
    "colour": lambda colour: [f"color:var(--{colour})"],
    "align": lambda side: [f"text-align:{'center' if side == 'centre' else side}"],
    "before": lambda space: [f"margin-block-start:{_units(space)}"],
    "after": lambda space: [f"margin-block-end:{_units(space)}"],
    "background": lambda name: ["background:none" if name == "none" else f"background:var(--{name})"],
    "keep": lambda keep: ["break-inside:avoid"] * keep,
    "keep_next": lambda keep: ["break-after:avoid"] * keep,
    "balance": lambda balance: ["text-wrap:balance"] * balance,
}
"""Key of a style → what it is in a style sheet."""
