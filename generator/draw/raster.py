"""PNG and JPEG files as image XObjects."""

from __future__ import annotations

import io

from reportlab import rl_config
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfdoc

from .claims import ClaimError
from .document import Document
from .ink import SCREEN, Press, Screen

rl_config.useA85 = 0  # ReportLab would write pictures as text, a quarter larger


FINEST = 300
"""Pixels per inch that are enough for any eye and press; of pictures of black and white alone, all are kept."""
SPARE = 1.2
"""A picture with a few pixels more than that is left as it is."""
QUALITY = 90
"""Of JPEGs that are made smaller."""


def write(document: Document, data: bytes, name: str, inks: Screen | Press = SCREEN,
          size: tuple[float, float] | None = None) -> str:
    """Embed a picture, given as its file's bytes; returns its reference. JPEGs go in as they are; a PNG's transparency
    becomes a soft mask.

    For a press it is converted to the four inks (grey pictures to black alone) and packed without loss. size: width and
    height of the largest place it stands at, points; a picture with more than FINEST pixels per inch there is made
    smaller.
    """
    from PIL import Image

    if size is not None:
        data = _brought_down(data, *size)
    if inks.profile is not None:
        return _inked(document, data, inks)
    with Image.open(io.BytesIO(data)) as image:
        deep = _levels(image) if image.mode.startswith("I") else None
    picture = pdfdoc.PDFImageXObject(name, ImageReader(deep or io.BytesIO(data)), mask="auto")
    if picture.colorSpace == "DeviceCMYK":
        # The output intent is sRGB, so device CMYK has no meaning here (ISO 19005-2, 6.2.4.3).
        raise ClaimError(f"{name}: pictures must be RGB or grey, this one is CMYK")
    mask = getattr(picture, "_smask", None)
    if mask is not None:
        picture.smask = document.Reference(mask, f"{name}M")
    document.Reference(picture, name)
    return document.number(picture)


def _brought_down(data: bytes, width: float, height: float) -> bytes:
    """A picture's file with no more pixels than can be seen at its size on paper, points."""
    from PIL import Image

    with Image.open(io.BytesIO(data)) as image:
        wide, high = (max(1, round(side / 72 * FINEST)) for side in (width, height))
        if image.mode == "1" or image.width <= wide * SPARE or image.height <= high * SPARE:
            return data
        kind, out = image.format, io.BytesIO()
        if image.mode.startswith("I"):
            image = _levels(image)
        elif image.mode in ("P", "PA"):
            image = image.convert("RGBA" if image.has_transparency_data else "RGB")
        profile = image.info.get("icc_profile")
        smaller = image.resize((wide, high), Image.Resampling.LANCZOS)
    how = {"quality": QUALITY, "subsampling": 0} if kind == "JPEG" else {}
    smaller.save(out, kind, icc_profile=profile, exif=b"", **how)
    return out.getvalue()


def _inked(document: Document, data: bytes, inks: Press) -> str:
    from PIL import Image

    with Image.open(io.BytesIO(data)) as image:
        profile = image.info.get("icc_profile")
        clear = "A" in image.getbands() or "transparency" in image.info
        grey = image.mode in ("1", "L", "LA", "I", "I;16", "F")
        image = _levels(image) if image.mode.startswith("I") else image
        solid = image.convert("RGBA") if clear else image.convert("L" if grey else "RGB")
    mask = ""
    if clear:
        mask = f"/SMask {_stream(document, solid.getchannel('A'), '/DeviceGray')}"
        solid = solid.convert("L" if grey else "RGB")
    if grey:
        return _stream(document, solid, "/DeviceGray", mask)
    return _stream(document, inks.picture(solid, _transform(profile, inks)), "/DeviceCMYK", mask)


def _levels(image):
    """A grey picture of 16 bits in 256 levels. (Pillow's own way makes all but the darkest white.)"""
    return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")


def _transform(profile: bytes | None, inks: Press):
    """From the colours that the picture says it is in; None: sRGB."""
    from PIL import ImageCms

    if not profile:
        return None
    try:
        return inks.transform(ImageCms.ImageCmsProfile(io.BytesIO(profile)))
    except (ImageCms.PyCMSError, OSError):  # no RGB profile, or a broken one
        return None


def _stream(document: Document, image, space: str, more: str = "") -> str:
    """An image XObject of 8 bits a sample; returns its reference."""
    width, height = image.size
    entries = f"/Type/XObject/Subtype/Image/Width {width}/Height {height}/BitsPerComponent 8/ColorSpace{space}{more}"
    return document.stream(entries, image.tobytes()).ref
