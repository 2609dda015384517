"""The palette's colours as operators: RGB for screens and office printers, the four inks for a press.

On a press, text is printed in black alone, since letters of several inks blur where the inks do not meet exactly: dark
text in solid black that overprints (no white rims), light text on a dark ground in as much black as keeps it as light
as it is. So are colours that are nearly black or grey, and lines too thin for two inks to meet. Everything else is
converted through the press's profile (relative colorimetric, black point compensated) to whole percents; where the four
together come to more than MOST_INK, cyan, magenta and yellow are cut back.
"""

from __future__ import annotations

import io

from ..model.printing import MOST_INK, THINNEST, Profile
from . import srgb

FINE = 0.5
"""Lines thinner than this are printed in one ink (points)."""
DARK = 0.18
"""Relative luminance (WCAG 2.1) under which a colour has 4.5:1 on paper: text that dark becomes solid black."""
NIGHT = 0.03
"""Relative luminance under which a colour is black."""
GREY = 6
"""Levels of 255 that red, green and blue may differ by in a colour that counts as grey."""
LEAST_DOT = 2
"""Percent: smaller dots do not print."""
REGISTRATION = "registration"
"""Colour of printer's marks: every ink."""
RESOURCES = (
    "/ExtGState<</Over<</op true/OPM 1>>/Knock<</op false>>>>"
    "/ColorSpace<</All[/Separation/All/DeviceCMYK<</FunctionType 2/Domain[0 1]/C0[0 0 0 0]/C1[1 1 1 1]/N 1>>]>>"
)
"""What the operators of a press name (ISO 32000-1, 8.6.6.4 and 8.6.7)."""


class _Table(dict):
    """Values made when they are first asked for."""

    def __init__(self, make) -> None:
        self.make = make

    def __missing__(self, key):
        value = self[key] = self.make(key)
        return value


def levels(colour: str) -> tuple[int, int, int]:
    """"#rrggbb" as three numbers up to 255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _decimals(values) -> bytes:
    return " ".join(f"{value:.3f}".rstrip("0").rstrip(".") for value in values).encode()


def _rgb(colour: str) -> bytes:
    return _decimals(level / 255 for level in levels(colour))


class Screen:
    """RGB. text, fill: "#rrggbb" → operators; stroke: ("#rrggbb", whether it is thinner than FINE) → operators."""

    thinnest = 0.0
    resources = ""
    profile = None

    def __init__(self) -> None:
        self.text = self.fill = _Table(lambda colour: _rgb(colour) + b" rg")
        self.stroke = _Table(lambda key: _rgb(key[0]) + b" RG")
        self.beginning = self.fill["#000000"], self.stroke["#000000", False]
        """What a page begins with, unsaid (ISO 32000-1, table 52)."""


SCREEN = Screen()


class Press:
    """Four inks, as `profile` has them. text, fill and stroke as those of Screen."""

    thinnest = THINNEST
    resources = RESOURCES
    beginning = (b"", b"")

    def __init__(self, profile: Profile) -> None:
        from PIL import ImageCms

        self.profile = profile
        self._source = ImageCms.ImageCmsProfile(io.BytesIO(srgb.profile()))
        self._target = ImageCms.ImageCmsProfile(io.BytesIO(profile.data))
        self._convert = self.transform(self._source)
        self.text = _Table(self._text)
        self.fill = _Table(lambda colour: b"/Knock gs " + _decimals(self.inks(colour)) + b" k")
        self.stroke = _Table(self._pencil)

    def transform(self, source):
        """From an RGB profile of ImageCms to the inks."""
        from PIL import ImageCms

        return ImageCms.buildTransform(
            source, self._target, "RGB", "CMYK", ImageCms.Intent.RELATIVE_COLORIMETRIC,
            ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )

    def inks(self, colour: str) -> tuple[float, ...]:
        """Cyan, magenta, yellow and black, 0 to 1, of "#rrggbb"."""
        from PIL import Image

        red, green, blue = levels(colour)
        if luminance(colour) < NIGHT:
            return 0, 0, 0, 1
        if max(red, green, blue) - min(red, green, blue) <= GREY:
            return 0, 0, 0, black(colour)
        ((*cmy, key),) = _points(self.picture(Image.new("RGB", (1, 1), (red, green, blue)), self._convert))
        percents = [round(ink / 2.55) for ink in (*cmy, key)]
        return tuple(percent / 100 if percent >= LEAST_DOT else 0 for percent in percents)

    def picture(self, image, transform=None):
        """A Pillow image in RGB → in CMYK, nowhere with more than MOST_INK."""
        from PIL import Image, ImageCms, ImageMath

        image = ImageCms.applyTransform(image, transform or self._convert)
        *cmy, key = image.split()
        # 8 bits an ink, and half a percent less for each, since they are rounded.
        most = int(255 * MOST_INK / 100) - 4
        limited = []
        for ink in cmy:
            limited.append(
                ImageMath.lambda_eval(
                    lambda args: args["convert"](
                        args["min"](
                            args["ink"],
                            args["ink"] * (most - args["k"]) / args["max"](args["c"] + args["m"] + args["y"], 1),
                        ),
                        "L",
                    ),
                    ink=ink, c=cmy[0], m=cmy[1], y=cmy[2], k=key,
                )
            )  # fmt: skip
        return Image.merge("CMYK", (*limited, key))

    def _text(self, colour: str) -> bytes:
        if luminance(colour) < DARK:
            return b"/Over gs 0 0 0 1 k"
        return b"/Knock gs " + _decimals((0, 0, 0, black(colour))) + b" k"

    def _pencil(self, key: tuple[str, bool]) -> bytes:
        colour, fine = key
        if colour == REGISTRATION:
            return b"/All CS 1 SCN"
        return _decimals((0, 0, 0, black(colour)) if fine else self.inks(colour)) + b" K"


def _points(image) -> list[tuple[int, ...]]:
    data = image.tobytes()
    size = len(image.getbands())
    return [tuple(data[at : at + size]) for at in range(0, len(data), size)]


def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.1)."""
    parts = (level / 255 for level in levels(colour))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def black(colour: str) -> float:
    """As much black, in whole percents of 1, as makes a grey as light as the colour."""
    light = luminance(colour)
    level = light * 12.92 if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055
    return round(100 * (1 - level)) / 100
