"""A story as the HTML part of a mail.

Mail programs know little of HTML: there is no style sheet, every style stands in its element, and the frame is a table.
Language and direction stand on the body's child again, because many programs drop what <html> says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from ..model.record import replace
from ..model.story import ELEMENTS, Leaflet, Node
from ..model.theme import Theme, ratio
from .style import said_of
from .tags import directed

FACES = "Arial, Helvetica, sans-serif"
WIDTH = 640
"""Pixels, where a screen has so many."""
STYLES = {
    "h1": "margin:24px 0 12px;font-size:26px;line-height:1.2",
    "h2": "margin:24px 0 8px;font-size:21px;line-height:1.25",
    "h3": "margin:18px 0 6px;font-size:18px;line-height:1.3",
    "h4": "margin:14px 0 4px;font-size:16px;line-height:1.4",
    "h5": "margin:12px 0 4px;font-size:16px;line-height:1.4",
    "h6": "margin:12px 0 4px;font-size:16px;line-height:1.4;font-style:italic",
    "p": "margin:0 0 12px",
    "ul": "margin:0 0 12px", "ol": "margin:0 0 12px", "li": "margin:0 0 4px",
    "dl": "margin:0 0 12px", "dt": "font-weight:bold", "dd": "margin:0 0 8px",
    "blockquote": "margin:0 0 12px",
    "table": "border-collapse:collapse;width:100%;margin:0 0 12px",
    "caption": "text-align:{start};font-weight:bold;padding:0 0 6px",
    "th": "border:1px solid {line};padding:5px 6px;font-size:15px;hyphens:auto;text-align:{start};vertical-align:top",
    "td": "border:1px solid {line};padding:5px 6px;font-size:15px;hyphens:auto;text-align:{start};vertical-align:top",
    "a": "text-decoration:underline",
    "aside": "margin:16px 0;padding:12px 14px",
    "figcaption": "margin:0 0 12px",
}
"""Element → its own style; what a theme says of colours comes on top of it."""
COLOURED = {"h1": "dark", "h2": "dark", "h3": "dark", "h4": "dark", "h5": "mid", "h6": "mid", "a": "mid"}
"""Element → its colour, where a theme says none."""
PAPER = "#ffffff"
READABLE = 4.5
"""Least contrast of words with their ground (WCAG 2.1, 1.4.3)."""
TAGS = {"aside": "div", "section": "div", "figure": "div", "figcaption": "p", "story": "div", "panel": "div",
        "line": "span", "note": "p"}


def letter(parts: Sequence[Leaflet], theme: Theme, title: str) -> str:
    """The HTML part: the stories one below the other. Nothing in it is fetched; a picture's alternate text stands in
    for it, since mail programs show no drawings."""
    first = parts[0]
    start = "right" if first.direction == "rtl" else "left"
    colours = {**{name: "#000000" for name in ("dark", "mid", "line", "ink")}, **theme.palette}
    inside = "\n".join(
        f'<div lang="{escape(part.language)}" dir="{part.direction}">\n{_Letter(part, theme, colours).parts()}</div>'
        for part in parts)
    language = f'lang="{escape(first.language)}" dir="{first.direction}"'
    frame = 'role="presentation" border="0" cellpadding="0" cellspacing="0" width="100%"'
    return (f'<!DOCTYPE html>\n<html {language}>\n<head>\n<meta charset="utf-8">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f'<meta name="color-scheme" content="light">\n<title>{escape(title, quote=False)}</title>\n</head>\n'
            f'<body style="margin:0;padding:0;background-color:#ffffff">\n<div role="main" {language} '
            f'style="font-family:{FACES};font-size:16px;line-height:1.5;overflow-wrap:anywhere;'
            f'word-break:break-word;color:{colours["ink"]}">\n'
            f'<table {frame} style="table-layout:fixed">\n<tr>\n<td align="center">\n'
            f'<table {frame} style="table-layout:fixed;max-width:{WIDTH}px">\n<tr>\n'
            f'<td style="padding:16px;text-align:{start}">\n'
            f"{inside}\n</td>\n</tr>\n</table>\n</td>\n</tr>\n</table>\n</div>\n</body>\n</html>\n")


class _Letter:
    def __init__(self, leaflet: Leaflet, theme: Theme, colours: dict[str, str]) -> None:
        self.leaflet, self.theme, self.colours = leaflet, theme, colours
        self.addresses = {node.attributes.get("href") for node in leaflet.nodes() if node.name == "a"}

    def parts(self) -> str:
        rtl = self.leaflet.direction == "rtl"
        return "".join(self.node(part, rtl, PAPER) for part in self.leaflet.parts.values())

    def node(self, node: Node, rtl: bool, ground: str) -> str:
        """An element with what is in it. ground: the colour on which it stands."""
        name, a = node.name, node.attributes
        rtl = a["dir"] == "rtl" if "dir" in a else rtl
        own = self._ground(node) or ground
        if name == "br":
            return "<br>"
        if name == "img":
            return "" if "decorative" in a else f'<p style="{STYLES["p"]}">[{escape(a["alt"], quote=False)}]</p>\n'
        if name == "qr":
            link = f'<p><a href="{escape(a["href"])}">{escape(a["alt"])}</a></p>\n'
            return "" if a["href"] in self.addresses else link
        if name in ("ground", "footer", "hr", "lines", "sign", "page", "pages", "views", "keys", "address",
                    "addresses", "contents", "entry", "where"):
            return ""
        if name == "table" and (pictures := [kid for kid in node.kids if kid.name == "img"]):
            table = replace(node, kids=[kid for kid in node.kids if kid.name != "img"])
            return "".join(self.node(kid, rtl, ground) for kid in [*pictures, table])
        inside = "".join(self.node(kid, rtl, own) if not isinstance(kid, str) else
                         directed(kid, kid, "span") if rtl else escape(kid, quote=False) for kid in node.kids)
        if name == "div" and not inside.strip():
            return ""
        label = a.get("label", "")
        counted = re.fullmatch(r"[0-9]+\.", label)
        if label and not counted:
            inside = f"{escape(label)} {inside}"
        tag, inline = TAGS.get(name, name), ELEMENTS[name].inside in ("inline", "h1")
        made = f"<{tag}{self._attributes(node, rtl, ground)}>{inside}{' ' if name == 'line' else ''}</{tag}>"
        return made if inline else made + "\n"

    def _ground(self, node: Node) -> str:
        """The colour of an element's own ground; "" where it has none."""
        ground = said_of(self.theme, node.name, node.classes).get("background", "none")
        return "" if ground in ("none", "paper") or node.name in ("section", "tr") else self.colours[ground]

    def _attributes(self, node: Node, rtl: bool, ground: str) -> str:
        name, a = node.name, node.attributes
        start = "right" if rtl else "left"
        style = [STYLES[name].format(start=start, **self.colours)] if name in STYLES else []
        style += self._look(said_of(self.theme, name, node.classes), name, start)
        style += self._colours(node, ground)
        label = a.get("label", "")
        more = []
        if re.fullmatch(r"[0-9]+\.", label):
            more.append(f'value="{label[:-1]}"')
        elif label:
            style.append("list-style-type:none")
        if name == "th":
            more.append(f'scope="{"row" if a.get("scope") == "row" else "colgroup" if "colspan" in a else "col"}"')
        more += [f'{key}="{escape(a[key])}"' for key in ("lang", "dir", "colspan", "rowspan", "href")
                 if key in a and not a[key].startswith("#")]
        more += [f'start="{escape(a["start"])}"'] if name == "ol" and "start" in a else []
        more += [f'style="{";".join(style)}"'] if style else []
        return "".join(f" {one}" for one in more)

    def _colours(self, node: Node, ground: str) -> list[str]:
        """The colours of an element's words and of its ground. What a theme says is taken where it can be read."""
        own = self._ground(node)
        said = said_of(self.theme, node.name, node.classes).get("colour") or COLOURED.get(node.name)
        out = [f"background-color:{own}"] * bool(own)
        wanted = self.colours[said] if said else self.colours["ink"]
        if ratio(wanted, own or ground) < READABLE:
            wanted = max((self.colours["ink"], PAPER), key=lambda colour: ratio(colour, own or ground))
            if not own and wanted == PAPER:  # a program that drops the ground behind must not leave white on white
                out.append(f"background-color:{ground}")
        elif not said:
            return out
        return [*out, f"color:{wanted}"]

    def _look(self, style: dict, name: str, start: str) -> list[str]:
        """Of what a theme says: weight, room, and the rules of boxes."""
        said = []
        if style.get("background", "none") not in ("none", "paper") and (name[0] == "h" or name == "div"):
            said += ["margin:0 0 12px", "padding:8px 12px"]
        if "bold" in style and name != "strong":
            said.append(f"font-weight:{'bold' if style['bold'] else 'normal'}")
        if style.get("border") and name == "aside":
            end = "left" if start == "right" else "right"
            sides = {"start": start, "end": end, "top": "top", "bottom": "bottom"}
            width = max(2, round(style.get("border_width", 0.75) * 4 / 3))
            said += [f"border-{sides[side]}:{width}px solid {self.colours[style['border']]}"
                     for side in style.get("border_sides") or ()]
        return said
