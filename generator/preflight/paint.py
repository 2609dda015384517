"""Judges what is painted on a page: inks, lines, pictures, bleed."""

from __future__ import annotations

from ..model.layout import MM
from ..model.printing import FAIR, MOST_INK, POOR, THINNEST
from ..model.problem import Problem
from ..model.record import field, record

Rectangle = tuple[float, float, float, float]
"""Left, bottom, right, top in points."""
SLACK = 0.02
TOUCH = 0.5 * MM
"""An edge this near to the trim is meant to reach it."""


@record(frozen=True, slots=True)
class PageBoxes:
    """The boxes of a page."""

    media: Rectangle
    bleed: Rectangle
    trim: Rectangle


@record(frozen=True, slots=True)
class Colour:
    """What a colour operator set."""

    space: str
    """cmyk, grey, all (registration), rgb, or the name of another colour space."""
    values: tuple[float, ...] = ()

    @property
    def inks(self) -> tuple[float, float, float, float] | None:
        """Cyan, magenta, yellow, black, 0 to 1; None where it is not in these."""
        if self.space == "cmyk" and len(self.values) == 4:
            return self.values
        if self.space == "grey" and len(self.values) == 1:
            return 0.0, 0.0, 0.0, 1 - self.values[0]
        return None


BLACK = Colour("grey", (0.0,))


class Findings:
    """The problems of a file. A fault that a page has several times is told once, at its first place, with the
    number."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.found: dict[tuple[int | None, str], list] = {}

    def add(self, page: int | None, place: str | None, message: str, hint: str = "", severity: str = "error") -> None:
        entry = self.found.setdefault((page, message), [place, hint, severity, 0])
        entry[3] += 1

    def on(self, page: int, boxes: PageBoxes) -> Judge:
        return Judge(self, page, boxes)

    def problems(self) -> list[Problem]:
        out = []
        for (page, message), (place, hint, severity, times) in sorted(self.found.items(),
                                                                      key=lambda one: one[0][0] or 0):
            where = self.file + (f", page {page}" if page else "") + (f", {place}" if place else "")
            more = f", and in {times - 1} more place{'s' if times > 2 else ''}" if times > 1 and place else ""
            out.append(Problem(None, f"{where}: {message}{more}", hint, severity))
        return out


@record
class Judge:
    """The rules, for one page."""

    findings: Findings
    page: int
    boxes: PageBoxes
    grounds: list[tuple[Rectangle, tuple[float, float, float, float]]] = field(default_factory=list)
    """What has been filled so far."""
    full: list[Rectangle] = field(default_factory=list)
    """Those that are inked and fill their whole rectangle."""

    def say(self, x: float, y: float, message: str, hint: str = "", severity: str = "error") -> None:
        """x, y: of the page; shown in mm from the trim's left top corner."""
        place = f"{(x - self.boxes.trim[0]) / MM:.0f}×{(self.boxes.trim[3] - y) / MM:.0f} mm"
        self.findings.add(self.page, place, message, hint, severity)

    def text(self, x: float, y: float, colour: Colour, overprints: bool) -> None:
        """Letters in one ink: several blur where they do not meet exactly."""
        if not self._inks(x, y, x, y, colour, "text"):
            return
        cyan, magenta, yellow, black = colour.inks
        if cyan or magenta or yellow:
            self.say(x, y, "text is not in black ink alone", "letters of several inks blur")
        if overprints and black < 1:
            self.say(x, y, "light text overprints", "it would vanish on its ground")
        if overprints:
            under = next((inks for box, inks in reversed(self.grounds) if _holds(box, x, y)), (0.0,) * 4)
            self._sum(x, y, (*under[:3], black), "text over its ground")

    def fill(self, box: Rectangle, colour: Colour, overprints: bool = False, full: bool = False) -> None:
        """A shape within a box. full: it fills the whole of it."""
        left, bottom, right, top = box
        if not self._inks(left, top, right, bottom, colour, "a ground"):
            return
        if overprints and not any(colour.inks):
            self.say(left, top, "a white ground overprints", "it would vanish")
        if min(right - left, top - bottom) < THINNEST - SLACK:
            self.say(left, top, f"a filled line is thinner than {THINNEST:g} pt")
        self.grounds.append((box, colour.inks))
        if any(colour.inks):
            self.bleeds(box, "a ground")
            if full:
                self.full.append(box)

    def stroke(self, box: Rectangle, colour: Colour, width: float) -> None:
        left, bottom, right, top = box
        if width < THINNEST - SLACK:
            self.say(left, top, f"a line is only {width:.2g} pt thick", f"{THINNEST:g} pt at least")
        self._inks(left, top, right, bottom, colour, "a line")

    def picture(self, box: Rectangle, width: int, height: int, sides: tuple[float, float], space: str,
                most: float | None) -> None:
        """A picture of so many pixels on so many points; `most`: the most ink of a pixel, percent."""
        left, _, _, top = box
        if space not in ("cmyk", "grey"):
            self.say(left, top, f"a picture is in {space.upper() if space == 'rgb' else space}",
                     "it must be in the four inks")
        if most is not None and most > MOST_INK:
            self.say(left, top, f"a picture has {most:.0f} % of ink", f"{MOST_INK} % at most: more does not dry")
        finest = min(width / sides[0], height / sides[1]) * 72 if min(sides) > 0 else FAIR
        if round(finest) < POOR:  # sizes in the file are rounded
            self.say(left, top, f"a picture has {finest:.0f} pixels per inch", f"{FAIR} are good, {POOR} the least")
        elif round(finest) < FAIR:
            hint = f"it may look soft; {FAIR} are good"
            self.say(left, top, f"a picture has {finest:.0f} pixels per inch", hint, "warning")
        self.bleeds(box, "a picture")

    def other(self, x: float, y: float, what: str) -> None:
        """Something whose inks cannot be counted."""
        self.say(x, y, f"{what} is painted, whose inks cannot be counted")

    def bleeds(self, box: Rectangle, what: str) -> None:
        """Whatever touches the trim must reach the edge of the bleed, or lie on a ground that does: no white shows."""
        trim, bleed = self.boxes.trim, self.boxes.bleed
        if box[2] <= trim[0] or box[0] >= trim[2] or box[3] <= trim[1] or box[1] >= trim[3]:
            return  # outside: a mark
        short = []
        for edge, sign in ((0, 1), (1, 1), (2, -1), (3, -1)):
            touches = (box[edge] - trim[edge]) * sign < TOUCH
            ends = (box[edge] - bleed[edge]) * sign
            if touches and ends > SLACK and not self._on_ground(box, edge):
                short.append((ends, edge))
        if short:
            ends, edge = max(short)
            name = ("left", "bottom", "right", "top")[edge]
            x, y = (box[0] if edge != 2 else box[2]), (box[3] if edge != 1 else box[1])
            self.say(x, y, f"{what} ends {ends / MM:.1f} mm before the {name} edge of the bleed",
                     "a white rim may show")

    def _on_ground(self, box: Rectangle, edge: int) -> bool:
        """Whether a ground fills what lies between an edge of a box and that of the bleed."""
        bleed = self.boxes.bleed
        rim = [max(box[0], bleed[0]), max(box[1], bleed[1]), min(box[2], bleed[2]), min(box[3], bleed[3])]
        rim[edge], rim[edge - 2] = bleed[edge], box[edge]
        return any(one[0] <= rim[0] + SLACK and one[1] <= rim[1] + SLACK
                   and one[2] >= rim[2] - SLACK and one[3] >= rim[3] - SLACK for one in self.full)

    def _inks(self, left: float, top: float, right: float, bottom: float, colour: Colour, what: str) -> bool:
        """Whether a colour is in inks that can be counted. Adds a problem where it is not, or where there is too much
        ink."""
        if colour.space == "all":
            bleed = self.boxes.bleed
            if right > bleed[0] and left < bleed[2] and top > bleed[1] and bottom < bleed[3]:
                self.say(left, top, "a printer's mark stands within the bleed")
            return False
        if colour.inks is None:
            name = "RGB" if colour.space == "rgb" else colour.space
            self.say(left, top, f"{what} is in {name}", "it must be in the four inks")
            return False
        self._sum(left, top, colour.inks, what)
        return True

    def _sum(self, x: float, y: float, inks: tuple[float, ...], what: str) -> None:
        percent = sum(inks) * 100
        if percent > MOST_INK + 0.5:
            self.say(x, y, f"{what} has {percent:.0f} % of ink", f"{MOST_INK} % at most: more does not dry")


def _holds(box: Rectangle, x: float, y: float) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]
