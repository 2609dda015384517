"""A node and the theme → its Look: every style key resolved, lengths in points, colours as #rrggbb."""

from __future__ import annotations

from ..model.layout import ARABIC, ARABIC_HEADING, MM, SMALLEST
from ..model.record import names, record, replace
from ..model.story import HEADINGS, Node
from ..model.theme import Style, Theme


@record(frozen=True, slots=True)
class Look:
    """How a block or run is set. The first nine keys pass down to what is inside."""

    font: str
    size: float
    leading: float
    bold: bool
    italic: bool
    colour: str
    align: str
    language: str = "en"
    rtl: bool = False
    before: float = 0.0
    after: float = 0.0
    indent: float = 0.0
    pad_top: float = 0.0
    pad_side: float = 0.0
    pad_bottom: float = 0.0
    background: str | None = None
    border: str | None = None
    border_sides: tuple[str, ...] = ()
    border_width: float = 0.75
    radius: float = 0.0
    keep: bool = False
    keep_paragraphs: bool = False
    grows: float = 0.0
    keep_next: bool = False
    balance: bool = False
    columns: int = 1
    widths: tuple[float, ...] = ()
    gap: float = 0.0
    marker: str | None = None
    push: bool = False
    points: bool = False
    """The size was given in points (the title): it may be made smaller where a word would not fit the measure."""
    ground: str = "box"
    stripe: tuple[str, ...] = ()
    extent: tuple[float, ...] = ()
    at: float | None = None
    until: float | None = None
    height: float = 0.0
    corners: str = "all"
    tail: str | None = None
    disc: float = 0.0
    scale: float = 0.0
    focus: tuple[float, ...] = (0.5, 0.5)
    fit: tuple[float, ...] = ()
    marker_colour: str | None = None
    spaced: bool = False
    """`gap` was given."""


_STYLE_KEYS = names(Style)

KEPT = 64
"""Themes × body sizes × languages whose looks are kept; then they begin anew, so that memory stays flat."""
LOOKS = 4000
"""Looks kept of each."""
_kept: dict[tuple, Looks] = {}


def looks_of(theme: Theme, body: float, leading: float, language: str, direction: str) -> Looks:
    """The looks of a theme at a body size, resolved once in a process."""
    key = (
        id(theme), body, leading, language, direction,
    )  # nobody else has this id for as long as the theme is kept here
    found = _kept.get(key)
    if found is None:
        if len(_kept) >= KEPT:
            _kept.clear()
        found = Looks(theme, body, leading, language, direction)
        known = list(_kept.values())  # at once: another thread may add to it meanwhile
        found._given = next((other._given for other in known if other.theme is theme), found._given)
        _kept[key] = found
    return found


class Looks:
    """The looks of a leaflet at one body size."""

    def __init__(self, theme: Theme, body: float, leading: float, language: str = "en", direction: str = "ltr") -> None:
        """body: points; leading: multiples of it. The product is the baseline grid."""
        self.theme = theme
        self.body = body
        self.grid = body * leading
        self.leading = leading
        self.arabic = language.partition("-")[0] in ARABIC
        self.root = Look("body", body, self.grid, False, False, theme.palette.get("ink", "#000000"), "start",
                         language, direction == "rtl")
        self._known: dict[tuple, tuple[Look, Look]] = {}
        self._given: dict[tuple[str, ...], dict] = {}
        """Names of styles → what they say together; Looks of one theme share it."""

    def colour(self, name: str) -> str:
        """Palette name or #rrggbb → #rrggbb."""
        return name if name.startswith("#") else self.theme.palette[name]

    def own(self, name: str, otherwise: str) -> str:
        """A colour that the program itself asks for, which a theme need not have."""
        return self.theme.palette.get(name, otherwise)

    def of(self, node: Node, parent: Look, form: str = "") -> Look:
        """The look of a node inside a block of look `parent`: its element's style, then those of its classes in order.
        What stands in a table of another `form` takes, after these, the styles `element.form` and
        `element.class-form`."""
        a = node.attributes
        key = (node.name, a.get("class"), a.get("lang"), a.get("dir"), id(parent), form)
        known = self._known.get(key)
        if known is None:
            if len(self._known) >= LOOKS:
                self._known.clear()
            known = self._known[key] = (
                self._resolve(node, parent, form),
                parent,
            )  # the parent is kept: its id must stay its own
        return known[0]

    def _resolve(self, node: Node, parent: Look, form: str) -> Look:
        a = node.attributes
        if "lang" in a or "dir" in a:
            parent = replace(parent, language=a.get("lang", parent.language),
                             rtl=a["dir"] == "rtl" if "dir" in a else parent.rtl)
        wanted = (node.name, *(f"{node.name}.{c}" for c in node.classes))
        if form:
            wanted += (f"{node.name}.{form}", *(f"{node.name}.{c}-{form}" for c in node.classes))
        given = self._given.get(wanted)
        if given is None:
            given = self._given[wanted] = {}
            for name in wanted:
                style = self.theme.styles.get(name)
                if style is not None:
                    given.update((k, v) for k in _STYLE_KEYS if (v := getattr(style, k)) is not None)
        # a group says it of the lists that stand directly in it, or in groups without a marker of their own
        if parent.marker and (node.name == "ul" or node.name == "div" and "marker" not in given):
            given = {
                **given, "marker": parent.marker, "marker_colour": parent.marker_colour or given.get("marker_colour"),
            }
        if not given:
            return replace(Look(*self._passed_down(parent)))
        size, points = parent.size, False
        if "fit" in given:
            size = given["fit"][1]
        elif "points" in given:
            size, points = given["points"], True
        elif "size" in given:
            size = self.body * given["size"]
        size = max(SMALLEST, size)
        if "leading" in given:
            leading = size * given["leading"]
            if node.name in HEADINGS and self.arabic:  # those in another language beside them, too: they stand level
                leading = max(leading, size * ARABIC_HEADING)
        else:
            leading = parent.leading if size == parent.size else size * self.leading
        pad = given.get("padding") or ()
        top, side, bottom = (pad[0], pad[1], pad[-1] if len(pad) > 2 else pad[0]) if pad else (0, 0, 0)
        ground = given.get("background")
        colour = given.get("colour")
        if node.name == "a" and parent.colour == self.theme.palette.get("paper"):
            colour = None  # light words stand on a dark ground: a link in them is light, too
        g = self.grid
        return Look(
            font=given.get("font", parent.font),
            size=size,
            leading=leading,
            bold=given.get("bold", parent.bold),
            italic=given.get("italic", parent.italic),
            colour=self.colour(colour) if colour else parent.colour,
            align=given.get("align", parent.align),
            language=parent.language,
            rtl=parent.rtl,
            before=given.get("before", 0) * g,
            after=given.get("after", 0) * g,
            indent=given.get("indent", 0) * self.body,
            pad_top=top * g,
            pad_side=side * g,
            pad_bottom=bottom * g,
            background=self.colour(ground) if ground and ground != "none" else None,
            border=self.colour(given["border"]) if given.get("border") else None,
            border_sides=tuple(given.get("border_sides", ())),
            border_width=given.get("border_width", 0.75),
            radius=given.get("radius", 0.0),
            keep=given.get("keep", False),
            grows=given.get("grows", 0.0),
            keep_paragraphs=given.get("keep_paragraphs", False),
            keep_next=given.get("keep_next", False),
            balance=given.get("balance", False),
            columns=given.get("columns", 1),
            widths=tuple(given.get("widths", ())),
            gap=given.get("gap", 1.0) * g,
            marker=given.get("marker"),
            push=given.get("push", False),
            points=points,
            ground=given.get("ground", "box"),
            stripe=tuple(map(self.colour, given.get("stripe", ()))),
            extent=tuple(given.get("extent", ())),
            at=given.get("at"),
            until=given.get("until"),
            height=given.get("height", 0.0) * g,
            corners=given.get("corners", "all"),
            tail=given.get("tail"),
            disc=given.get("disc", 0.0) * MM,
            scale=given.get("scale", 0.0) * MM,
            focus=tuple(given.get("focus", (0.5, 0.5))),
            fit=tuple(given.get("fit", ())),
            spaced="gap" in given,
            marker_colour=self.colour(given["marker_colour"]) if given.get("marker_colour") else None,
        )

    @staticmethod
    def _passed_down(look: Look) -> tuple:
        return (
            look.font, look.size, look.leading, look.bold, look.italic, look.colour, look.align, look.language,
            look.rtl,
        )
