"""The picture formats (FORMATS): how a file is recognised as one of them, and how it is read.

A new format is a line in FORMATS. All but SVG are read by Pillow, which must know the format by the same name
(raster.py); how it goes into a PDF is draw/raster.py.
"""

from __future__ import annotations

import re
from pathlib import Path

from ..kept.files import Read, TooLarge, read_bytes, read_head
from ..model.picture import Drawing, Picture, Raster
from ..model.record import record
from .raster import MOST_PIXELS, read_raster, refused

MOST_BYTES = 100_000_000
"""Of a picture file; a photograph has five million."""


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
    Format("WEBP", "a", ("webp",), rb"(?s)RIFF....WEBP"),  # WebP container specification, "WebP File Header"
    Format("GIF", "a", ("gif",), rb"GIF8[79]a"),  # GIF89a specification, 17
    SVG,
)
_HEIC = rb"(?s)....ftyp(heic|heix|hevc|hevx|heim|heis|mif1|msf1|avif)"
"""First bytes of photographs as newer telephones save them (ISO/IEC 23008-12, 10.2)."""
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
    if re.match(_HEIC, head):
        return ("is a HEIC or AVIF photograph; save it as JPEG (an iPhone does so under Settings, Camera, Formats, "
                "Most Compatible)")
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
        raise refused(shown, f"the drawing cannot be read: {(error.strerror or str(error)).lower()}") from None
    drawing = read_drawing(data, str(file), shown)
    if not drawing.shapes and not drawing.labels:
        raise refused(shown, "the drawing is empty", "draw shapes with a fill or a stroke")
    return drawing


def _raster(file: Path, shown: str, read: Read) -> Raster:
    try:
        data = read(file, MOST_BYTES)
    except TooLarge:
        hint = f"up to {MOST_PIXELS // 1_000_000} million pixels are read; 300 for each inch on paper are enough"
        raise refused(shown, "the picture is too large", hint) from None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise refused(shown, f"the picture cannot be read: {reason}", "save it anew") from None
    return read_raster(data, str(file), shown, format_of(file.name).name, PHOTOGRAPHS)
