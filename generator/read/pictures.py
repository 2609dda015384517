"""The picture formats (FORMATS): how a file is recognised as one of them, and how it is read.

A new format is a line in FORMATS. All but SVG are read by Pillow, which must know the format by the same name; how it
goes into a PDF is draw/raster.py.
"""

from __future__ import annotations

import io
import re
import warnings
from pathlib import Path

from ..kept.files import Read, TooLarge, read_bytes, read_head
from ..model.picture import Drawing, Picture, Raster
from ..model.problem import Place, Problem, Rejected
from ..model.record import record

MOST_BYTES = 100_000_000
"""Of a picture file; a photograph has five million."""
MOST_PIXELS = 50_000_000
"""An A4 page at 600 ppi has 35 million; beyond this, unpacking a small file could fill the memory."""


@record(frozen=True, slots=True)
class Format:
    """A format of picture files."""

    name: str
    """As Pillow has it."""
    article: str
    endings: tuple[str, ...]
    """Of file names, without the dot; small letters, or all capitals."""
    begins: bytes
    """Expression that the first bytes of a file match."""

    @property
    def called(self) -> str:
        return f"{self.article} {self.name}"


SVG = Format("SVG", "an", ("svg",), rb"(?s).*?<([\w-]+:)?svg[\s>]")
FORMATS = (
    Format("PNG", "a", ("png",), rb"\x89PNG\r\n\x1a\n"),  # ISO/IEC 15948, 5.2
    Format("JPEG", "a", ("jpg", "jpeg"), rb"\xff\xd8\xff"),  # ISO/IEC 10918-1, B.1.1
    SVG,
)
PHOTOGRAPHS = tuple(one.name for one in FORMATS if one is not SVG)
ENDING = rf"\.({'|'.join(f'{end}|{end.upper()}' for one in FORMATS for end in one.endings)})"
"""Expression for the end of a picture's name."""
_FIRST = [f".{one.endings[0]}" for one in FORMATS]
ENDINGS = f"{', '.join(_FIRST[:-1])} or {_FIRST[-1]}"
"""The endings as messages say them: .png, .jpg or .svg."""


def format_of(name: str) -> Format | None:
    """The format that the ending of a file's name stands for; None for another ending."""
    ending = name.rpartition(".")[2].lower()
    return next((one for one in FORMATS if ending in one.endings), None)


def begins_wrong(file: Path) -> str:
    """What is wrong with the first bytes of a picture file, as the end of a sentence; or ""."""
    try:
        head = read_head(file, 4096)
    except OSError as error:
        return f"cannot be read: {(error.strerror or str(error)).lower()}"
    found, said = next((one for one in FORMATS if re.match(one.begins, head)), None), format_of(file.name)
    if found is None:
        return f"is no {', '.join(PHOTOGRAPHS)} or {SVG.name} file, whatever its name says"
    return "" if found is said else f"is {found.called} file, though its name says {said.called}"


def read_picture(file: Path, shown: str, read: Read = read_bytes) -> Picture:
    """The picture in `file`, told by its suffix; `shown` is how Problems call it. Raises Rejected.

    The whole picture is unpacked once, so that a file cut short is found here and not while drawing.
    """
    if format_of(file.name) is SVG:
        return _drawing(file, shown, read)
    return _raster(file, shown, read)


def _drawing(file: Path, shown: str, read: Read) -> Drawing:
    from .drawing import read_drawing

    try:
        data = read(file, MOST_BYTES)
    except OSError as error:
        raise _rejected(shown, f"the drawing cannot be read: {(error.strerror or str(error)).lower()}") from None
    drawing = read_drawing(data, str(file), shown)
    if not drawing.shapes and not drawing.labels:
        raise _rejected(shown, "the drawing is empty", "draw shapes with a fill or a stroke")
    return drawing


def _raster(file: Path, shown: str, read: Read) -> Raster:
    from PIL import Image, UnidentifiedImageError

    wanted = format_of(file.name).name
    try:
        data = read(file, MOST_BYTES)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the limit below is lower
            with Image.open(io.BytesIO(data), formats=PHOTOGRAPHS) as image:
                kind, mode, (width, height) = image.format, image.mode, image.size
                small = width * height <= MOST_PIXELS
                if small:
                    image.load()
                    upright = image.getexif().get(_ORIENTATION, 1) == 1
    except (Image.DecompressionBombError, TooLarge):
        small = False
    except UnidentifiedImageError:
        raise _rejected(shown, f"the picture is no {' or '.join(PHOTOGRAPHS)}",
                        "save it as one of these, or as SVG") from None
    except Exception as error:  # Pillow's readers raise whatever they stumble on: OSError, SyntaxError, struct.error …
        reason = getattr(error, "strerror", None) or str(error) or "it is broken"
        raise _rejected(shown, f"the picture cannot be read: {reason.lower()}", "save it anew") from None
    if not small:
        hint = f"up to {MOST_PIXELS // 1_000_000} million pixels are read; 300 for each inch on paper are enough"
        raise _rejected(shown, "the picture is too large", hint)
    if kind != wanted:
        raise _rejected(shown, f"the picture is a {kind}, though its name says {wanted}", "rename it")
    if mode == "CMYK":
        raise _rejected(shown, "the picture is in CMYK", "save it in RGB or grey")
    if not upright:
        raise _rejected(shown, "the picture lies on its side", "turn it upright and save it anew")
    return Raster(str(file), width, height, data)


_ORIENTATION = 0x0112
"""Exif (CIPA DC-008), tag Orientation: 1 is upright. Only viewers turn pictures; paper does not."""


def _rejected(shown: str, message: str, hint: str = "") -> Rejected:
    return Rejected([Problem(Place(shown), message, hint)])
