"""Photographs and other pictures of pixels: what of a file goes into a PDF, and nothing else of it.

A photograph may say where and when it was taken, by whom and with what; a leaflet must not. So Exif, XMP, IPTC and
comments are left out of every JPEG, and other files are unpacked to their pixels. A picture that only a viewer would
turn is turned; other formats and colours than those that a PDF holds are converted: WebP and GIF to JPEG or PNG, CMYK
and other profiles to sRGB.
"""

from __future__ import annotations

import io
import warnings

from ..model.picture import Raster
from ..model.problem import Place, Problem, Rejected

MOST_PIXELS = 50_000_000
"""An A4 page at 600 ppi has 35 million; beyond this, unpacking a small file could fill the memory."""
QUALITY = 92
"""Of JPEGs that have to be written anew; no loss can be seen."""

_ORIENTATION = 0x0112
"""Exif (CIPA DC-008), tag Orientation: 1 is upright. Only viewers turn pictures; paper does not."""
_KEPT = frozenset((0xE0, 0xEE))
"""Markers of JPEG segments for applications that say how the colours are packed: JFIF, Adobe (ITU-T T.872, 6.5)."""
_PLAIN = "RGB", "L", "1", "P", "LA", "RGBA", "I", "I;16", "I;16B", "PA"
"""Pillow's names of the kinds of pixels that a PDF holds as they are."""


def read_raster(data: bytes, file: str, shown: str, wanted: str, formats: tuple[str, ...]) -> Raster:
    """The picture in `data`, a file that should be of the format `wanted`, one of `formats` (as Pillow names them).

    It is unpacked once, so that a file cut short is found here and not while drawing. Raises Rejected.
    """
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the limit below is lower
            with Image.open(io.BytesIO(data), formats=formats) as image:
                kind, (width, height), frames = image.format, image.size, getattr(image, "n_frames", 1)
                small = width * height <= MOST_PIXELS
                if small and kind == wanted and frames == 1:
                    image.load()
                    return _ready(image, data, file)
    except Image.DecompressionBombError:
        small = False
    except UnidentifiedImageError:
        message = f"the picture is no {', '.join(formats[:-1])} or {formats[-1]}"
        raise refused(shown, message, "save it as one of these, or as SVG") from None
    except Exception as error:  # Pillow's readers raise whatever they stumble on: OSError, SyntaxError, struct.error …
        reason = getattr(error, "strerror", None) or str(error) or "it is broken"
        raise refused(shown, f"the picture cannot be read: {reason.lower()}", "save it anew") from None
    if not small:
        hint = f"up to {MOST_PIXELS // 1_000_000} million pixels are read; 300 for each inch on paper are enough"
        raise refused(shown, "the picture is too large", hint)
    if kind != wanted:
        raise refused(shown, f"the picture is a {kind}, though its name says {wanted}", "rename it")
    message = f"the picture moves: it has {frames} images, and paper shows one"
    raise refused(shown, message, "save the one to print as PNG")


def refused(shown: str, message: str, hint: str = "") -> Rejected:
    """The one problem of a picture's file."""
    return Rejected([Problem(Place(shown), message, hint)])


def _ready(image, data: bytes, file: str) -> Raster:
    """The picture as it goes into a PDF: upright, in RGB or grey, without what else its file says."""
    from PIL import ImageOps

    lossy = image.format == "JPEG" or image.format == "WEBP" and data[12:16] == b"VP8 "
    profile = image.info.get("icc_profile")
    turned = image.getexif().get(_ORIENTATION, 1) != 1
    if image.format in ("JPEG", "PNG") and not turned and image.mode in _PLAIN and not _foreign(image, profile):
        return Raster(file, *image.size, _stripped(data) if image.format == "JPEG" else data)
    image = _in_srgb(ImageOps.exif_transpose(image) if turned else image, profile)
    # Pillow would write a comment again.
    image.info = {key: value for key, value in image.info.items() if key == "transparency"}
    out = io.BytesIO()
    if lossy and image.mode in ("RGB", "L"):
        image.save(out, "JPEG", quality=QUALITY, subsampling=0, icc_profile=None, exif=b"")
    else:
        image.save(out, "PNG", icc_profile=None, exif=b"")
    return Raster(file, *image.size, out.getvalue())


def _foreign(image, profile: bytes | None) -> bool:
    """Whether the numbers of a picture in RGB mean other colours than those of sRGB."""
    if not profile or image.mode not in ("RGB", "RGBA"):
        return False
    from PIL import ImageCms

    try:
        return "srgb" not in ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(io.BytesIO(profile))).lower()
    except (ImageCms.PyCMSError, OSError):
        return False  # a broken profile says nothing


def _in_srgb(image, profile: bytes | None):
    """In RGB or grey, transparent where it was; CMYK without a profile is taken for what its inks are called."""
    if image.mode in ("CMYK", "RGB", "RGBA") and profile and (image.mode == "CMYK" or _foreign(image, profile)):
        from PIL import ImageCms

        try:
            clear = image.getchannel("A") if image.mode == "RGBA" else None
            pixels = image.convert("RGB") if clear else image
            made = ImageCms.profileToProfile(pixels, ImageCms.ImageCmsProfile(io.BytesIO(profile)),
                                             ImageCms.createProfile("sRGB"), outputMode="RGB")
            if clear:
                made.putalpha(clear)
            return made
        except (ImageCms.PyCMSError, OSError):
            pass
    if image.mode in _PLAIN and not (image.mode == "P" and "transparency" in image.info):
        return image
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _stripped(data: bytes) -> bytes:
    """A JPEG without the segments of applications and comments, its pixels untouched. What follows the picture
    (a second one, a film of the moment) is left out, too."""
    made, at = [data[:2]], 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:  # a fill byte
            at += 1
            continue
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4])
        says_more = 0xE0 <= marker <= 0xEF or marker == 0xFE
        if not says_more or marker in _KEPT and data[at + 4 : at + 9] in (b"JFIF\0", b"Adobe"):
            made.append(data[at:end])
        at = end
        if marker == 0xDA:  # the scan; others may follow, with tables before them
            at = _after_scan(data, at)
            made.append(data[end:at])
            if data[at : at + 2] == b"\xff\xd9":
                return b"".join([*made, b"\xff\xd9"])
    return b"".join([*made, data[at:]])


def _after_scan(data: bytes, at: int) -> int:
    """Index of the marker that ends a scan: within it, FF is followed by 00 or a restart marker."""
    while (at := data.find(b"\xff", at)) >= 0 and at + 1 < len(data):
        if data[at + 1] != 0 and not 0xD0 <= data[at + 1] <= 0xD7:
            return at
        at += 2
    return len(data)
