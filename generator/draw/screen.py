"""Pages of a finished PDF as pictures for a screen: the file itself is shown, never a second drawing of it."""

from __future__ import annotations

import io
from threading import RLock

import pypdfium2
from PIL import Image

_one_at_a_time = RLock()
"""PDFium is not safe among threads, not even with a document for each."""
QUALITY = 88
"""Of the JPEG: at less, a grey haze stands around small letters. PNG takes six times as long to write."""
LARGEST = 6000
"""Pixels: no picture is wider or higher."""


class Pages:
    """A PDF that is open for painting."""

    def __init__(self, pdf: bytes) -> None:
        with _one_at_a_time:
            self._document = pypdfium2.PdfDocument(pdf)
            self.count = len(self._document)

    def jpeg(self, number: int, width: int) -> bytes:
        """Page `number`, from 0, as a JPEG of so many pixels across. Raises IndexError where there is no such page."""
        if not 0 <= number < self.count:
            raise IndexError(number)
        with _one_at_a_time:
            page = self._document[number]
            try:
                wide, high = page.get_size()
                scale = min(max(width, 16), LARGEST, LARGEST * wide / high) / wide
                bitmap = page.render(scale=scale, prefer_bgrx=True)
                size, stride = (bitmap.width, bitmap.height), bitmap.stride
                # BGRX is what PDFium paints; Pillow takes it apart while it copies
                picture = Image.frombytes("RGB", size, bytes(bitmap.buffer), "raw", "BGRX", stride)
                bitmap.close()
            finally:
                page.close()
        data = io.BytesIO()
        picture.save(data, "JPEG", quality=QUALITY, subsampling=0)
        return data.getvalue()

    def close(self) -> None:
        with _one_at_a_time:
            self._document.close()
