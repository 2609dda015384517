"""An SVG drawing → shapes and places for words. The subset is small, so that every drawing takes the theme's colours,
translates, and prints the same everywhere. What is outside it is a located Problem, never left out in silence.

    element                      attributes
    ---------------------------  --------------------------------------------------------------------------------------
    svg                          viewBox (required: x y width height) · xmlns · version · width, height (not looked at)
    g                            a group: passes its transform, colours and strokes on
    path                         d: every command, arcs included
    line                         x1 y1 x2 y2
    polyline, polygon            points
    rect                         x y width height rx ry
    circle, ellipse              cx cy r · cx cy rx ry
    text                         id (required) x y text-anchor font-weight (normal, bold) fill: a place for words. It is
                                 empty: the words stand in the content file (figure: labels: {id: words}), one line
                                 each, set upright in the theme's type; x, y is the start, middle or end of the baseline
    view                         id (required) viewBox (required) preserveAspectRatio: a part of the drawing that can be
                                 shown by itself, named in the content (figure: views: {id: option}). A shape is in the
                                 view that its middle lies in. Where a view is cut, preserveAspectRatio says what stays:
                                 "xMinYMid slice" keeps the left edge and the middle
    title, desc, <!-- … -->      not printed; what the picture says is the content's `alt`
    on all of them               id · class · transform (translate, scale, rotate, matrix)
    on shapes and groups         fill, stroke: none or #rrggbb · stroke-width · stroke-linecap (butt, round) and
                                 stroke-linejoin (miter, round): both round or both sharp; one given stands for both

Colours of the theme are classes: `fill-NAME` and `stroke-NAME`, where NAME is a name of the palette: ink, dark, mid,
cool, warm, paper, muted, line, alert, option-1 … option-4, each option with -tint and -light too. A class wins over the
attribute beside it; so `<path class="fill-cool" fill="#e9f1f5" …>` shows something near the truth in a drawing program
as well. Two more classes are for views. `is-ID` says that a shape is what the label ID names: the keys under a view
show it beside the label's words. `whole` keeps a shape (a line to a label, an arrow between two views) for the whole
drawing: no view shows it. As in SVG, a shape without any fill is filled with ink, a hole is drawn in the other
direction (nonzero rule), and numbers have no units. There is no DOCTYPE, and nothing outside the file is read.
"""

from __future__ import annotations

import math
import re
from xml.parsers import expat

from ..model.picture import Drawing, Label, Stroked, View
from ..model.problem import Place, Problem, Problems, Rejected
from ..model.record import field, record, replace
from ..model.wording import nearest, quoted
from .paths import (
    Malformed,
    Op,
    apply,
    combine,
    ellipse,
    number,
    numbers,
    polygon,
    read_path,
    read_transform,
    rectangle,
)
from .subset import (
    ALL,
    ATTRIBUTE_HINTS,
    ATTRIBUTES,
    COLOURS,
    ELEMENT_HINTS,
    HEAVIEST,
    NO_COLOUR,
    PAINT,
    PLAIN,
    SPACE,
    SPARE,
    Pen,
    sides_of,
)


def read_drawing(data: bytes, file: str, shown: str) -> Drawing:
    """The drawing in `data`; `file` is its path, `shown` its name in Problems. Raises Rejected with all of them."""
    if len(data) > HEAVIEST:
        message = f"the drawing has {len(data) / 1e6:.1f} MB"
        raise Rejected([Problem(Place(shown), message, f"simplify it to less than {HEAVIEST / 1e6:.0f} MB")])
    reader = _Reader(shown)
    reader.read(data)
    reader.named()
    if reader.problems:
        raise Rejected(reader.problems)
    return Drawing(file, *reader.size, tuple(reader.shapes), tuple(reader.labels), tuple(reader.views))


class _Stop(Exception):
    """The rest of the file is not worth reading."""


@record(slots=True)
class _Reader:
    """Follows expat through a file."""

    shown: str
    problems: Problems = field(default_factory=Problems)
    shapes: list[Stroked] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    views: list[View] = field(default_factory=list)
    origin: tuple[float, float] = (0.0, 0.0)
    """Left top corner of the viewBox."""
    named_at: dict[str, Place] = field(default_factory=dict)
    """Label that a class `is-…` names → where it does so first."""
    ids: set[str] = field(default_factory=set)
    size: tuple[float, float] = (0.0, 0.0)
    pens: list[Pen] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    told: bool = False
    """Words in this element are reported already (expat hands them over line by line)."""
    skipped: int = 0
    """Depth below an element that is not read."""
    parser: expat.XMLParserType = None

    def read(self, data: bytes) -> None:
        parser = self.parser = expat.ParserCreate(namespace_separator=" ")
        parser.ordered_attributes = True
        parser.StartDoctypeDeclHandler = self.doctype
        parser.ProcessingInstructionHandler = self.instruction
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.words
        try:
            parser.Parse(data, True)
        except _Stop:
            pass
        except (expat.ExpatError, LookupError, ValueError) as error:
            what = expat.errors.messages.get(error.code, "") if isinstance(error, expat.ExpatError) else str(error)
            self.report(f"the file is no well-formed XML: {what}")

    def report(self, message: str, hint: str = "") -> None:
        """A Problem where the parser stands: at the "<" of an element."""
        self.problems.add(Problem(self.here(), message, hint))

    def here(self) -> Place:
        return Place(self.shown, self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)

    def named(self) -> None:
        """Every label that a shape is said to be is there."""
        there = [label.id for label in self.labels]
        for name, place in self.named_at.items():
            if name not in there:
                hint = nearest(name, there) or (
                    f"there are: {', '.join(there)}" if there else "the drawing has no labels")
                self.problems.add(Problem(place, f"the class 'is-{name}' names a label that is not there", hint))

    # ── what expat calls ─────────────────────────────────────────────────────────────────────────────────────────────

    def doctype(self, *_: object) -> None:
        # Entities can grow without limit and name other files; they need a DOCTYPE, so there is none.
        self.report("a drawing has no DOCTYPE", "delete the line <!DOCTYPE …>")
        raise _Stop

    def instruction(self, target: str, _: str) -> None:
        self.report(
            f"drawings do not hold <?{target} …?>", ELEMENT_HINTS.get("style", "") if "style" in target else ""
        )

    def start(self, full_name: str, pairs: list[str]) -> None:
        self.told = False
        if self.skipped:
            self.skipped += 1
            return
        space, _, name = full_name.rpartition(" ")
        if not self.names and (name != "svg" or space != SPACE):
            self.report(f"the file begins with <{name}>", f'a drawing begins with <svg xmlns="{SPACE}" viewBox="…">')
            raise _Stop
        if space != SPACE or name not in ATTRIBUTES or (name == "svg" and self.names):
            hint = PLAIN if space != SPACE else ELEMENT_HINTS.get(name) or nearest(name, ATTRIBUTES, 0.75)
            self.report(f"drawings do not hold <{name}>", hint or "there are: " + ", ".join(ATTRIBUTES))
            self.skipped = 1
            return
        if self.names and self.names[-1] in ("text", "title", "desc"):
            self.report(f"<{self.names[-1]}> does not hold <{name}>", ELEMENT_HINTS.get(name, ""))
            self.skipped = 1
            return
        attributes = self.known(name, dict(zip(pairs[::2], pairs[1::2])))
        self.names.append(name)
        self.pens.append(self.pen(attributes))
        if name == "svg":
            self.box(attributes)
        elif name == "view":
            self.view(attributes)
        elif name == "text":
            self.label(attributes)
        elif name not in ("g", "title", "desc"):
            self.shape(name, attributes)

    def end(self, _: str) -> None:
        self.told = False
        if self.skipped:
            self.skipped -= 1
        else:
            self.names.pop()
            self.pens.pop()

    def words(self, text: str) -> None:
        if self.skipped or self.told or not text.strip() or self.names[-1] in ("title", "desc"):
            return
        self.told = True
        if self.names[-1] == "text":
            self.report("words do not stand in the drawing", "write them in the content: figure: labels: {id: words}")
        else:
            self.report(f"there are words in <{self.names[-1]}>", "a label is an empty <text id=… x=… y=…/>")

    # ── attributes ───────────────────────────────────────────────────────────────────────────────────────────────────

    def known(self, name: str, attributes: dict[str, str]) -> dict[str, str]:
        """The attributes that `name` has; the others are reported."""
        good = {}
        for key, value in attributes.items():
            plain = key.rpartition(" ")[2]
            if plain == key and key in ATTRIBUTES[name]:
                good[key] = value
            else:
                hint = ATTRIBUTE_HINTS.get(plain) or ("drawings run nothing" if plain.startswith("on") else "")
                hint = hint or (PLAIN if plain != key else nearest(plain, ATTRIBUTES[name], 0.75))
                self.report(f"<{name}> has no attribute '{plain}' here", hint or _has(name))
        return good

    def pen(self, attributes: dict[str, str]) -> Pen:
        """The pen inside an element."""
        pen = self.pens[-1] if self.pens else Pen()
        new: dict[str, object] = {}
        for key in ("fill", "stroke"):
            if key in attributes:
                value = attributes[key].strip().lower()
                if value == "none":
                    new[key] = None
                elif re.fullmatch("#[0-9a-f]{6}", value):
                    new[key] = value
                else:
                    self.report(f"{key} is {quoted(attributes[key])}", NO_COLOUR)
        for word in attributes.get("class", "").split():
            key, _, colour = word.partition("-")
            if word == "whole":
                new["whole"] = True
            elif key == "is" and colour:
                new["label"] = colour
                self.named_at.setdefault(colour, self.here())
            elif key not in ("fill", "stroke"):
                self.report(f"unknown class {quoted(word)}", "classes are fill-NAME, stroke-NAME, is-LABEL and whole")
            elif colour not in COLOURS:
                there = nearest(colour, COLOURS) or "there are: " + ", ".join(COLOURS[:16]) + " …"
                self.report(f"unknown colour {quoted(colour)} in the class '{key}-…'", there)
            else:
                new[key] = colour
        if "stroke-width" in attributes:
            width = self.value(attributes, "stroke-width")
            if width < 0:
                self.report("stroke-width is negative")
            new["width"] = width
        for key, field_name, allowed in (
            ("linecap", "cap", ("butt", "round")),
            ("linejoin", "join", ("miter", "round")),
        ):
            value = attributes.get("stroke-" + key)
            if value in allowed:
                new[field_name] = value
            elif value is not None:
                self.report(f"stroke-{key} is {quoted(value)}", "there are: " + ", ".join(allowed))
        if "transform" in attributes:
            try:
                new["matrix"] = combine(pen.matrix, read_transform(attributes["transform"]))
            except Malformed as error:
                self.report(f"transform {error}", "there are: translate, scale, rotate, matrix")
        return replace(pen, **new) if new else pen

    def value(self, attributes: dict[str, str], key: str, missing: float = 0.0) -> float:
        """A number without unit."""
        if key not in attributes:
            return missing
        try:
            return number(attributes[key])
        except Malformed as error:
            self.report(f"{key} {error}", "numbers stand without a unit, in units of the viewBox")
            return missing

    # ── elements ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def view(self, attributes: dict[str, str]) -> None:
        name, sides = attributes.get("id", ""), sides_of(attributes)
        kept = attributes.get("preserveAspectRatio", "xMidYMid slice")
        if not re.fullmatch("[A-Za-z][A-Za-z0-9_-]*", name):
            self.report("a view has no id" if not name else f"{quoted(name)} is no id of a view",
                        "a letter, then letters, digits, - and _: the content names it")
        elif any(view.name == name for view in self.views):
            self.report(f"two views have the id {quoted(name)}")
        found = re.fullmatch("x(Min|Mid|Max)Y(Min|Mid|Max) slice", kept)
        if found is None:
            self.report(f"preserveAspectRatio is {quoted(kept)}",
                        "like xMidYMid slice: Min, Mid or Max from left to right and from top to bottom")
        if sides is None:
            self.report("a view has no viewBox with four numbers",
                        'viewBox="X Y WIDTH HEIGHT", in units of the drawing')
            return
        x, y, width, height = sides[0] - self.origin[0], sides[1] - self.origin[1], *sides[2:]
        if self.size[0] and not (min(x, y) >= -0.01 and x + width <= self.size[0] + 0.01
                                 and y + height <= self.size[1] + 0.01):
            self.report("the view reaches out of the drawing", "its viewBox lies within that of <svg>")
        elif found is not None:
            across, down = ({"Min": 0.0, "Mid": 0.5, "Max": 1.0}[part] for part in found.groups())
            self.views.append(View(name, x, y, width, height, across, down))

    def box(self, attributes: dict[str, str]) -> None:
        sides = sides_of(attributes)
        if sides is None:
            self.report("the drawing has no viewBox with four numbers",
                        'viewBox="0 0 WIDTH HEIGHT"; 1 unit prints as 1 mm')
            return
        x, y, width, height = sides
        self.size, self.origin = (width, height), (x, y)
        self.pens[-1] = replace(self.pens[-1], matrix=combine((1.0, 0.0, 0.0, 1.0, -x, -y), self.pens[-1].matrix))

    def label(self, attributes: dict[str, str]) -> None:
        name, pen = attributes.get("id", ""), self.pens[-1]
        a, b, c, d, _, _ = pen.matrix
        if not name:
            self.report("a label has no id", "the content gives its words by id")
        elif name in self.ids:
            self.report(f"two labels have the id {quoted(name)}")
        self.ids.add(name)
        if abs(b) + abs(c) > 1e-9 or a <= 0 or d <= 0:
            self.report("a label is turned or mirrored", "words are always set upright")
        if pen.fill is None or "stroke-" in attributes.get("class", ""):
            self.report("a label has a fill and no stroke", 'class="fill-ink"')
        anchor, weight = attributes.get("text-anchor", "start"), attributes.get("font-weight", "normal")
        if anchor not in ("start", "middle", "end"):
            self.report(f"text-anchor is {quoted(anchor)}", "there are: start, middle, end")
        if weight not in ("normal", "bold", "400", "700"):
            self.report(f"font-weight is {quoted(weight)}", "there are: normal, bold")
        at = ("M", self.value(attributes, "x"), self.value(attributes, "y"))
        for _, x, y in self.placed([at]):
            self.labels.append(Label(name, x, y, anchor, pen.fill or "ink", weight in ("bold", "700")))

    def shape(self, name: str, attributes: dict[str, str]) -> None:
        pen, before = self.pens[-1], self.problems.count
        try:
            ops = self.outline(name, attributes)
        except Malformed as error:
            self.report(f"the path data {error}" if name == "path" else f"points {error}")
            return
        a, b, c, d, _, _ = pen.matrix
        width = pen.width * math.sqrt(abs(a * d - b * c))
        stroke = pen.stroke if width > 0 else None
        fill = None if name == "line" else pen.fill
        joints = {{"butt": "miter"}.get(kind, kind) for kind in (pen.cap, pen.join) if kind}
        if stroke and len(joints) > 1:
            self.report("line ends and joins differ", "both round, or butt with miter")
        if self.problems.count > before:
            return
        path = self.placed(ops)
        if stroke and width > max(self.size):
            self.report("the stroke is wider than the drawing")
        if path and (fill or stroke):
            self.shapes.append(Stroked(path, fill, stroke, width, "round" in joints, pen.label, pen.whole))

    def outline(self, name: str, attributes: dict[str, str]) -> list[Op]:
        """The path of a shape in its own coordinates. Raises Malformed."""
        if name == "path":
            if "d" not in attributes:
                self.report("the path has no d")
            return read_path(attributes.get("d", ""))
        if name in ("polyline", "polygon"):
            points = numbers(attributes.get("points", ""))
            if len(points) < 4 or len(points) % 2:
                raise Malformed(f"has {len(points)} numbers; two for each of at least two points")
            return polygon(points, close=name == "polygon")
        at = {key: self.value(attributes, key) for key in ATTRIBUTES[name] if key not in (*ALL, *PAINT)}
        if name == "line":
            return [("M", at["x1"], at["y1"]), ("L", at["x2"], at["y2"])]
        sizes = {"rect": ("width", "height"), "circle": ("r",), "ellipse": ("rx", "ry")}[name]
        for key in sizes:
            if at[key] <= 0:
                self.report(f"<{name}> has no {key}", f'{key}="…" is more than 0')
                return []
        if name == "rect":
            rx = at["rx"] if "rx" in attributes else at["ry"]
            ry = at["ry"] if "ry" in attributes else rx
            return rectangle(at["x"], at["y"], at["width"], at["height"], max(0.0, rx), max(0.0, ry))
        return ellipse(at["cx"], at["cy"], at[sizes[0]], at[sizes[-1]])

    def placed(self, ops: list[Op]) -> tuple[Op, ...]:
        """`ops` in the drawing's coordinates."""
        path = apply(self.pens[-1].matrix, ops)
        (width, height), spare = self.size, SPARE * max(self.size)
        if (width and not all(-spare <= op[-2] <= width + spare and -spare <= op[-1] <= height + spare
                              for op in path if op[1:])):
            self.report("the element reaches out of the drawing",
                        "it would be printed over words: make the viewBox larger, or look at the transforms around it")
            return ()
        return path


def _has(name: str) -> str:
    return f"<{name}> takes: " + ", ".join(ATTRIBUTES[name])
