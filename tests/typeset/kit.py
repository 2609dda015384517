"""What the tests of typeset/ share: stories written as markup, frames given in points, a plain theme."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from generator.draw import reading
from generator.merge.markup import parse
from generator.merge.sources import stamp
from generator.model.layout import BodyRange, Geometry, Panel
from generator.model.page import About, Composition
from generator.model.picture import Drawing, Picture, Raster, Stroked
from generator.model.problem import Place, Rejected
from generator.model.story import Leaflet
from generator.model.theme import FontFamily, Style, Theme
from generator.text.fonts import Fonts
from generator.typeset.compose import compose

HERE = Path(__file__).parent
PALETTE = {"ink": "#000000", "dark": "#000088", "tint": "#eeeeee", "line": "#999999", "option-1": "#005500"}
STYLES = {
    "p": Style(after=0.5), "strong": Style(bold=True), "em": Style(italic=True), "a": Style(colour="dark"),
    "h1": Style(points=20.0, leading=1.2, bold=True, after=0.5),
    "h2": Style(size=1.2, bold=True, before=1.0, after=0.5, keep_next=True),
    "h3": Style(bold=True, before=0.5, keep_next=True),
    "h4": Style(bold=True, keep_next=True),
    "ul": Style(indent=1.5, after=0.5), "ol": Style(indent=2.0, after=0.5),
    "dt": Style(bold=True, keep_next=True), "dd": Style(indent=1.0, after=0.5),
    "aside": Style(background="tint", padding=(0.5, 1.0), before=0.5, after=0.5),
    "aside.keep": Style(keep=True),
    "aside.framed": Style(border="line", border_sides=("top", "bottom", "start", "end"), border_width=1.0),
    "section.keep": Style(keep=True),
    "section.answer": Style(keep_paragraphs=True),
    "div.beside-answer": Style(keep_paragraphs=True, widths=(1.0, 2.0), gap=1.0),
    "div.lead": Style(grows=1.3, colour="dark"),
    "div.columns": Style(columns=2, gap=1.0),
    "div.pair": Style(widths=(1.0, 2.0), gap=1.0),
    "div.push": Style(push=True),
    "p.boxed": Style(background="tint", padding=(0.5, 0.5)),
    "h2.balance": Style(balance=True),
    "p.small": Style(size=0.5),
    "ul.bare": Style(marker="none"),
    "ul.checks": Style(marker="check"),
    "table": Style(before=0.5, after=0.5),
    "table.compare": Style(), "caption": Style(bold=True),
    "tr": Style(border="line", border_sides=("bottom",), border_width=0.5),
    "th": Style(bold=True, padding=(0.25, 0.5)), "td": Style(padding=(0.25, 0.5)),
    "th.stacked": Style(padding=(0.1, 0.0)), "td.stacked": Style(padding=(0.1, 0.0)),
    "th.card": Style(padding=(0.1, 0.0)), "td.card": Style(padding=(0.1, 0.0)),
    "blockquote": Style(indent=1.0, after=0.5),
    "figcaption": Style(after=0.5), "figure": Style(keep=True, after=0.5),
}
FRAME = (240.0, 120.0)


@lru_cache(maxsize=8)
def fonts(palette: tuple = ()) -> Fonts:
    return Fonts(theme())


def theme(**styles: Style) -> Theme:
    """The plain theme, with styles of a test's own (underscores in a name stand for the point: aside_keep)."""
    own = {name.replace("_", "."): style for name, style in styles.items()}
    families = {"body": FontFamily("FiraGO"), "heading": FontFamily("FiraGO")}
    return Theme("plain", PALETTE, families, ("Noto Sans",), {**STYLES, **own})


PICTURES: dict[str, Picture] = {
    "wide.png": Raster(
        str(HERE.parent / "cases" / "pictures" / "dot.png"), 300, 100,
        (HERE.parent / "cases" / "pictures" / "dot.png").read_bytes(),
    ),
    "tall.svg": Drawing("tall.svg", 50.0, 500.0, (Stroked((("M", 0, 0), ("L", 50, 500)), None, "ink"),)),
    "small.svg": Drawing("small.svg", 20.0, 10.0, (Stroked((("M", 0, 0), ("L", 20, 10)), None, "dark"),)),
}


def leaflet(markup: str, direction: str = "ltr", language: str = "en", styles: Theme | None = None) -> Leaflet:
    """Markup as a template renders it, without `<story>` where the story is all there is. Raises Rejected for faults in
    it."""
    if not any(f"<{part}" in markup for part in ("story", "panel")):
        markup = f"<story>{markup}</story>"
    stamps: list[Place] = []
    found = parse(stamp(markup, "t", stamps), Place("t"), stamps, [], (styles or theme()).styles, list("abcdef"))
    if found.problems:
        raise Rejected(found.problems)
    return Leaflet(found.parts, found.footers, "Title", language, direction, pictures=dict(PICTURES))


def frames(*sizes: tuple[float, float], repeat: bool = False, most: int | None = None, foot: float = 0.0,
           story: str = "") -> Geometry:
    """Panels a, b, c … with frames of these sizes (width, height), 10 points from every edge; the story goes through
    all of them, or those named."""
    panels = tuple(Panel(name, width + 20, height + 20 + foot, 10.0, 10.0, 10.0, 10.0, foot)
                   for name, (width, height) in zip("abcdef", sizes))
    return Geometry(panels, tuple(story or (panel.name for panel in panels)), repeat=repeat, max_pages=most)


def typeset(
    markup: str, geometry: Geometry | None = None, *, body: tuple[float, float] = (10.0, 10.0), leading: float = 1.5,
    direction: str = "ltr", language: str = "en", styles: dict[str, Style] | None = None,
) -> Composition:
    """A story in frames (pages of FRAME where none are given). Raises Rejected."""
    own = theme(**(styles or {}))
    geometry = geometry or frames(FRAME, repeat=True)
    return compose(leaflet(markup, direction, language, own), geometry, BodyRange(*body, leading), own, fonts())


def drawn(composition: Composition) -> bytes:
    """The reading PDF: the writer refuses what the tree and the pages do not bear out."""
    return reading(composition, About("Title", composition.language))


def words(count: int, first: int = 1) -> str:
    """So many different short words: w1 w2 w3 …"""
    return " ".join(f"w{number}" for number in range(first, first + count))
