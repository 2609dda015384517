"""What drawing programs write → the subset of SVG that drawing.py reads, event by event.

Inkscape, Illustrator, PowerPoint, Canva and Figma say with style sheets, `style=`, `<defs>`, `<use>`, `<symbol>`,
units, named colours, opacities and gradients what plain attributes can say. Here these become attributes: a style wins
over an attribute (CSS 2.1, 6.4.4), a `<use>` becomes a group with what it names, a gradient or an opacity becomes one
flat colour, with a warning. What belongs to a program alone (other namespaces, metadata, fonts) goes. What would change
the picture and cannot be said otherwise is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from ..model.record import field, record, replace
from .clips import Box, clip_of
from .events import EMPTY, Event
from .paths import Malformed, numbers
from .paths import number as number_of
from .sheet import Sheet, declarations
from .subset import PNG, SPACE

LINK = "http://www.w3.org/1999/xlink href"
XML = "http://www.w3.org/XML/1998/namespace "
Report = Callable[..., None]
"""(where, message, hint, warning=False)."""

MOST = 100_000
"""Elements of a drawing, copies that <use> makes included."""
DEEPEST = 20
"""Levels of <use> in what another <use> names."""
UNITS = {"px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 960 / 25.4, "in": 96.0}
"""CSS 2.1, 4.3.2: a unit of the drawing is a pixel, of which an inch has 96."""
NUMBERS = ("x", "y", "width", "height", "rx", "ry", "cx", "cy", "r", "x1", "y1", "x2", "y2", "stroke-width")
MEASURE = re.compile(r"\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)\s*(px|pt|pc|mm|cm|in)\s*", re.ASCII)
UNREAD = ("mask", "filter", "mix-blend-mode", "marker", "marker-start", "marker-mid", "marker-end")
SAID = (
    *("fill", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin", "stroke-dasharray", "fill-rule"),
    *("opacity", "fill-opacity", "stroke-opacity", "display", "visibility", "clip-path", "color", "transform", *UNREAD),
)
"""What a style may say and a drawing shows."""
EFFECTS = {"mask": "a mask", "filter": "an effect, such as a shadow", "mix-blend-mode": "a way of blending"}
NOTHING = ("none", "normal", "")
NEEDLESS = re.compile(
    "(?:data-|aria-|font-|sketch:).*|role|tabindex|overflow|enable-background|paint-order|vector-effect|isolation"
    "|baseProfile|clip-rule"
    "|(?:shape|text|color|image)-(?:rendering|interpolation(?:-filters)?)|stroke-miterlimit|stroke-dashoffset|pathLength"
    "|contentS\\w+Type|zoomAndPan|pointer-events|cursor|xml:space"
)
"""Attributes that do not change what is printed."""
DEFINED = (
    "symbol",
    "clipPath",
    "mask",
    "filter",
    "pattern",
    "marker",
    "linearGradient",
    "radialGradient",
    "metadata",
    "style",
)
"""Elements that are not shown where they stand."""
SHAPES = ("path", "line", "polyline", "polygon", "rect", "circle", "ellipse")
OURS = re.compile("(?:fill|stroke|is)-.*|whole")
"""Classes that drawing.py reads."""
TRANSPARENT = "half-transparent colours are printed as lighter ones, without what lies behind them"
FLAT = "a gradient is printed as one flat colour"
JOINTS = {"square": "butt", "bevel": "miter", "arcs": "miter", "miter-clip": "miter"}


@record(slots=True)
class State:
    """What an element hands on to those inside it."""

    fill: str = "#000000"
    stroke: str = "none"
    fill_opacity: float = 1.0
    stroke_opacity: float = 1.0
    opacity: float = 1.0
    colour: str = "#000000"
    cap: str = ""
    join: str = ""


def plain(events: list[Event], report: Report) -> Iterator[Event]:
    """The events of a file in the words of drawing.py. report: see Report."""
    return _Plainer(events, report).all()


@record(slots=True)
class _Plainer:
    events: list[Event]
    report: Report
    ends: dict[int, int] = field(default_factory=dict)
    """Number of a start event → that of its end."""
    ids: dict[str, int] = field(default_factory=dict)
    """Id → number of the start event."""
    sheet: Sheet = field(default_factory=Sheet)
    given: int = 0
    """Events given so far."""
    flat: dict[int, list[tuple[float, str, float]]] = field(default_factory=dict)
    """Number of a gradient → its stops."""
    clips: dict[int, Box | None] = field(default_factory=dict)
    """Number of a clip → its rectangle."""

    def all(self) -> Iterator[Event]:
        opened: list[int] = []
        for number, (kind, name, attributes, _) in enumerate(self.events):
            if kind == "start":
                opened.append(number)
                if "id" in attributes:
                    self.ids.setdefault(attributes["id"], number)
            elif kind == "end":
                self.ends[opened.pop()] = number
            elif kind == "words" and opened and self.events[opened[-1]][1] == f"{SPACE} style":
                self.sheet.add(name)
        for number in opened:
            self.ends[number] = len(self.events)
        for selector in self.sheet.unread:
            self.report(self.events[0][3], f"the drawing's style sheet has the selector '{selector}'", PNG)
        yield from self.some(0, len(self.events), State(), 0)

    def some(self, first: int, last: int, state: State, depth: int) -> Iterator[Event]:
        """The events from `first` to before `last`."""
        number, states, shown = first, [state], []
        while number < last:
            kind, full, attributes, at = self.events[number]
            number += 1
            self.given += 1
            if self.given > MOST:
                if self.given == MOST + 1:
                    self.report(at, f"the drawing has more than {MOST:,} elements", PNG)
                return
            if kind != "start":
                if kind == "end":
                    states.pop()
                    full = shown.pop()
                yield kind, full, attributes, at
                continue
            space, _, name = full.rpartition(" ")
            if (
                space == SPACE
                and name == "defs"
                or number > 1
                and space not in (SPACE, "")
                or name in DEFINED
                or (name == "foreignObject" and "requiredExtensions" in attributes)
            ):
                number = self.ends[number - 1] + 1
                continue
            said = self.said(name, attributes, at)
            if said.get("display") == "none" or said.get("visibility") in ("hidden", "collapse"):
                number = self.ends[number - 1] + 1
                continue
            new, good = self.painted(name, said, states[-1], at)
            if name == "use":
                yield from self.used(good, new, depth, at)
                number = self.ends[number - 1] + 1
                continue
            states.append(new)
            shown.append(f"{SPACE} g" if name == "switch" else full)
            yield "start", shown[-1], good, at

    def said(self, name: str, attributes: dict[str, str], at: tuple[int, int]) -> dict[str, str]:
        """The attributes of an element with what its styles say; without those that matter to a program alone."""
        classes = attributes.get("class", "").split()
        out = {
            key: value
            for key, value in attributes.items()
            if key != "style"
            and (" " not in key or key == LINK)
            and not key.startswith(XML)
            and (name == "text" or not NEEDLESS.fullmatch(key))
        }
        styles = self.sheet.of(name, classes, attributes.get("id", "")) + declarations(attributes.get("style", ""))
        out.update((key, value) for key, value in styles if key in SAID)
        if classes and (self.sheet.rules or "style" in attributes):
            ours = [one for one in classes if OURS.fullmatch(one) and one not in self.sheet.classes]
            out["class"] = " ".join(ours)
        for key in NUMBERS:
            if key in out and (found := MEASURE.fullmatch(out[key])):
                out[key] = f"{float(found[1]) * UNITS[found[2]]:g}"
        if name == "svg" and "viewBox" not in out and "width" in out and "height" in out:
            out["viewBox"] = f"0 0 {out['width']} {out['height']}"
        if name == "svg":
            out = {key: value for key, value in out.items() if key not in ("x", "y", "preserveAspectRatio")}
        for key in UNREAD:
            if out.pop(key, "none") not in NOTHING:
                what = EFFECTS.get(key, "an arrow head or another mark at its points")
                self.report(at, f"<{name}> has {what}, which is not read", PNG)
        return out

    def painted(
        self, name: str, said: dict[str, str], state: State, at: tuple[int, int]
    ) -> tuple[State, dict[str, str]]:
        """What an element hands on, and its attributes with flat colours."""
        out = {key: value for key, value in said.items() if key not in ("display", "visibility", "color")}
        new = replace(state)
        if "color" in said:
            new.colour = _hex(said["color"])[0] or state.colour
        classes = said.get("class", "")
        kept = {}
        for key in ("opacity", "fill-opacity", "stroke-opacity"):
            if key in out and (value := _part(out[key])) is not None:
                kept[key] = out.pop(key)
                field_name = key.replace("-", "_")
                setattr(new, field_name, value * (state.opacity if key == "opacity" else 1.0))
        for key in ("fill", "stroke"):
            if key not in out:
                continue
            value = out[key].strip()
            if value == "inherit":
                del out[key]
                continue
            colour, part = self.colour(key, value, new, at)
            if colour is not None:
                out[key] = colour
                setattr(new, key, colour)
            if part < 1:
                setattr(new, f"{key}_opacity", getattr(new, f"{key}_opacity") * part)
        for key, own in (("stroke-linecap", "cap"), ("stroke-linejoin", "join")):
            if key in out:
                out[key] = JOINTS.get(out[key], out[key])
                setattr(new, own, out[key])
        if "clip-path" in out:
            self.clipped(out, at)
        if name in SHAPES:
            self.lighten(out, new, classes, kept, at)
            if new.stroke != "none" and {new.cap, new.join} in ({"round", "miter"}, {"round", "butt"}):
                out["stroke-linecap"] = out["stroke-linejoin"] = "round"
        return new, out

    def lighten(
        self, out: dict[str, str], state: State, classes: str, kept: dict[str, str], at: tuple[int, int]
    ) -> None:
        """Colours that are half transparent, mixed with paper. Those of the theme have lighter ones of their own."""
        for key in ("fill", "stroke"):
            part = state.opacity * getattr(state, f"{key}_opacity")
            if part >= 0.995 or getattr(state, key) == "none":
                continue
            if f"{key}-" in classes:
                out.update(kept)  # refused, with what to do
            elif part < 0.01:
                out[key] = "none"
            elif re.fullmatch("#[0-9a-f]{6}", getattr(state, key)):
                out[key] = _mixed(getattr(state, key), part)
                self.report(at, TRANSPARENT, PNG, warning=True)

    def colour(self, key: str, value: str, state: State, at: tuple[int, int]) -> tuple[str | None, float]:
        """(#rrggbb or none, its opacity) of a colour; None: what it is is not known."""
        found = re.match(r"url\(\s*['\"]?#([^'\")]+)['\"]?\s*\)", value)
        if found is None:
            if value.lower() == "currentcolor":
                return state.colour, 1.0
            return _hex(value)
        number = self.ids.get(found[1])
        kind = self.events[number][1].rpartition(" ")[2] if number is not None else ""
        if kind not in ("linearGradient", "radialGradient"):
            what = (
                "a pattern" if kind == "pattern" else f"'{found[1]}', which is not there" if not kind else f"<{kind}>"
            )
            self.report(at, f"{key} is {what}", PNG)
            return "none", 1.0
        if number not in self.flat:
            self.flat[number] = self.stops(number, 0)
        stops = self.flat[number]
        self.report(at, FLAT, PNG, warning=True)
        if not stops:
            return "none", 1.0
        whole = sum(weight for weight, _, _ in stops)
        mean = [sum(weight * int(colour[i : i + 2], 16) for weight, colour, _ in stops) / whole for i in (1, 3, 5)]
        return "#" + "".join(f"{round(one):02x}" for one in mean), sum(
            weight * part for weight, _, part in stops
        ) / whole

    def stops(self, number: int, depth: int) -> list[tuple[float, str, float]]:
        """(weight, colour, opacity) of the stops of a gradient; of another that it names, where it has none."""
        found: list[tuple[float, str, float]] = []
        for kind, full, attributes, _ in self.events[number + 1 : self.ends[number]]:
            if kind == "start" and full == f"{SPACE} stop":
                said = dict(attributes)
                said.update(self.sheet.of("stop", attributes.get("class", "").split(), attributes.get("id", "")))
                said.update(declarations(attributes.get("style", "")))
                colour, part = _hex(said.get("stop-color", "#000000"))
                offset = _part(said.get("offset", "0"))
                own = _part(said.get("stop-opacity", "1"))
                found.append(
                    (
                        offset or 0.0,
                        colour if colour and colour != "none" else "#ffffff",
                        part * (1.0 if own is None else own),
                    )
                )
        attributes = self.events[number][2]
        other = self.ids.get(attributes.get("href", attributes.get(LINK, ""))[1:])
        if not found and other is not None and depth < DEEPEST:
            return self.stops(other, depth + 1)
        # a stop weighs as much as the stretch that it colours: half of the way to each of its neighbours
        offsets = [offset for offset, _, _ in found]
        edges = [0.0, *((a + b) / 2 for a, b in zip(offsets, offsets[1:])), 1.0]
        return [
            (max(0.001, after - before), colour, part)
            for (_, colour, part), before, after in zip(found, edges, edges[1:])
        ]

    def clipped(self, out: dict[str, str], at: tuple[int, int]) -> None:
        """The rectangle of a clip, as four numbers in place of its address."""
        value = out.pop("clip-path")
        found = re.match(r"url\(\s*['\"]?#([^'\")]+)", value)
        if found is None:
            return
        number = self.ids.get(found[1])
        if number is not None and number not in self.clips:
            self.clips[number] = clip_of(self.events[number : self.ends[number]])
        box = self.clips.get(number)
        if box is None:
            self.report(at, "a clip that is no upright rectangle is not read", PNG)
        else:
            out["clip-path"] = " ".join(f"{value:g}" for value in box)

    def used(self, said: dict[str, str], state: State, depth: int, at: tuple[int, int]) -> Iterator[Event]:
        """A group with what a <use> names, where it puts it."""
        target = self.ids.get(said.get("href", said.get(LINK, ""))[1:])
        if target is None or depth > DEEPEST:
            self.report(
                at, "<use> names nothing that is in the drawing" if target is None else "<use> names itself", PNG
            )
            return
        own = ("href", LINK, "x", "y", "width", "height", "id")
        group = {key: value for key, value in said.items() if key not in own}
        moves = f"translate({said.get('x', '0')} {said.get('y', '0')})"
        if (box := self.events[target][2].get("viewBox")) and self.events[target][1] == f"{SPACE} symbol":
            try:
                x, y, wide, high = numbers(box.replace(",", " "))
                width, height = number_of(said.get("width", "")), number_of(said.get("height", ""))
                scale = min(width / wide, height / high)
            except (Malformed, ValueError, ZeroDivisionError):
                self.report(at, "<use> of a symbol has no width and height in numbers", PNG)
                return
            moves += f" translate({(width - wide * scale) / 2:g} {(height - high * scale) / 2:g})"
            moves += f" scale({scale:g}) translate({-x:g} {-y:g})"
        group["transform"] = f"{said.get('transform', '')} {moves}".strip()
        yield "start", f"{SPACE} g", group, at
        if self.events[target][1] == f"{SPACE} symbol":
            yield from self.some(target + 1, self.ends[target], state, depth + 1)
        else:
            copy = self.some(target, self.ends[target] + 1, state, depth + 1)
            yield from (
                (kind, name, {key: value for key, value in given.items() if key != "id"}, where)
                for kind, name, given, where in copy
            )
        yield "end", f"{SPACE} g", EMPTY, at


def _part(text: str) -> float | None:
    """An opacity or offset, 0 to 1; None where it is no number."""
    found = re.fullmatch(r"\s*([-+]?[\d.]+(?:[eE][-+]?\d+)?)\s*(%?)\s*", text)
    try:
        value = float(found[1]) / (100 if found[2] else 1) if found else None
    except ValueError:
        return None
    return None if value is None else min(1.0, max(0.0, value))


def _hex(value: str) -> tuple[str | None, float]:
    """(#rrggbb or none, opacity) of a colour as CSS writes it; None: it is none."""
    value = value.strip().lower()
    if value in ("none", "transparent"):
        return "none", 1.0
    if re.fullmatch("#[0-9a-f]{6}", value):
        return value, 1.0
    if not re.fullmatch(r"#[0-9a-f]{3,8}|[a-z]{3,24}|(?:rgba?|hsla?)\([\d.,%\s/deg+-]{1,60}\)", value):
        return None, 1.0
    from PIL import ImageColor

    try:
        found = ImageColor.getrgb(_with_alpha(value))
    except ValueError:
        return None, 1.0
    return "#{:02x}{:02x}{:02x}".format(*found[:3]), found[3] / 255 if len(found) > 3 else 1.0


def _with_alpha(value: str) -> str:
    """rgba(1 2 3 / 50%) → rgba(1,2,3,128), as Pillow reads it."""
    name, _, inside = value.partition("(")
    parts = re.split(r"[\s,/]+", inside.rstrip(") ").strip())
    if name in ("rgb", "rgba") and len(parts) == 4 and (part := _part(parts[3])) is not None:
        return f"rgba({','.join(parts[:3])},{round(part * 255)})"
    return f"{name}({','.join(parts)})" if inside else value


def _mixed(colour: str, part: float) -> str:
    """A colour on white paper, seen to a part."""
    return "#" + "".join(f"{round(int(colour[i : i + 2], 16) * part + 255 * (1 - part)):02x}" for i in (1, 3, 5))
