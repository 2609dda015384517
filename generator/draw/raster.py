"""PNG and JPEG files as image XObjects."""

from __future__ import annotations

from reportlab import rl_config
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfdoc

from .claims import ClaimError
from .document import Document

rl_config.useA85 = 0  # ReportLab would write pictures as text, a quarter larger


def write(document: Document, file: str, name: str) -> str:
    """Embed a picture; returns its reference. JPEGs go in as they are; a PNG's transparency becomes a soft mask."""
    picture = pdfdoc.PDFImageXObject(name, ImageReader(file), mask="auto")
    if picture.colorSpace == "DeviceCMYK":
        # The output intent is sRGB, so device CMYK has no meaning here (ISO 19005-2, 6.2.4.3).
        raise ClaimError(f"{file}: pictures must be RGB or grey, this one is CMYK")
    mask = getattr(picture, "_smask", None)
    if mask is not None:
        picture.smask = document.Reference(mask, f"{name}M")
    document.Reference(picture, name)
    return document.number(picture)
