"""Reads the colour profile of a press, from an ICC file or from the optional package that carries a free one."""

from __future__ import annotations

import io
from pathlib import Path

from ..kept.files import Read, TooLarge, read_bytes
from ..model.printing import Profile
from ..model.problem import Place, Problem, Rejected

LARGEST = 20_000_000
"""Bytes; profiles of presses have one to four million."""
HEADER = 128
"""Bytes of a profile's header (ICC.1:2010, 7.2)."""
LACKING = (
    "give the profile of the print shop with --icc FILE, or install the free one: make setup, or pip "
    "install 'pyvips[binary]'")


def read_profile(file: Path, shown: str, read: Read = read_bytes) -> Profile:
    """The profile in `file`; `shown` is how Problems call it. Raises Rejected: it must be that of a CMYK printer."""
    try:
        data = read(file, LARGEST)
    except TooLarge:
        raise _rejected(shown, "the file is too large for a colour profile") from None
    except OSError as error:
        raise _rejected(shown, f"the colour profile cannot be read: {(error.strerror or str(error)).lower()}") from None
    return checked(data, shown)


def free_profile() -> Profile:
    """The profile "Chemical proof" (public domain) that libvips carries. Raises
    Rejected where pyvips is not installed."""
    try:
        import pyvips

        data = bytes(pyvips.Operation.call("profile_load", "cmyk"))
    except (ImportError, OSError):  # cffi raises OSError where the library itself is missing
        raise Rejected([Problem(None, "a press file needs the colour profile of a press", LACKING)]) from None
    return checked(data, "the free profile")


def checked(data: bytes, shown: str) -> Profile:
    """A profile from its bytes. Raises Rejected where a PDF for a press cannot have it as its output intent.

    ISO 15930-7, 6.5, and ISO 19005-2, 6.2.3, want an output profile (class prtr) of version 4 at most.
    """
    from PIL import ImageCms

    hint = "ask the print shop for the ICC profile of its press, such as PSO Coated v3 or GRACoL 2006"
    if len(data) < HEADER or data[36:40] != b"acsp":
        raise _rejected(shown, "this is no ICC profile", hint)
    if data[12:16] != b"prtr":
        raise _rejected(shown, f"this profile is not of a printer, but of class '{_sign(data[12:16])}'", hint)
    if data[16:20] != b"CMYK":
        raise _rejected(shown, f"this profile is for {_sign(data[16:20])}, not for CMYK", hint)
    if data[8] > 4:
        raise _rejected(shown, f"this profile is of ICC version {data[8]}", "version 2 or 4 is needed")
    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(data))
        ImageCms.buildTransform(ImageCms.createProfile("sRGB"), profile, "RGB", "CMYK")
        name = ImageCms.getProfileDescription(profile).strip()
    except (ImageCms.PyCMSError, OSError, UnicodeError):
        raise _rejected(shown, "the colour profile is broken", hint) from None
    return Profile(" ".join(name.split()) or "CMYK", data)


def _sign(data: bytes) -> str:
    return data.decode("ascii", "replace").strip()


def _rejected(shown: str, message: str, hint: str = "") -> Rejected:
    return Rejected([Problem(Place(shown), message, hint)])
