"""A copy that opens with a password only: AES-256, revision 6 (ISO 32000-2, 7.6), by pikepdf.

Who has the password may print and copy, and reading programs always may. PDF/A forbids encryption, so an encrypted copy
claims PDF/UA-1 alone; what it says of PDF/A in its metadata is taken out.
"""

from __future__ import annotations

import io
import re
import secrets

from ..model.problem import Problem, Rejected

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Of passwords that are made up: none that looks like another, and none that a spreadsheet takes for a formula."""
GROUPS = 4
"""Of four letters each: 79 bits."""
_CLAIM = re.compile(rb"\s*pdfaid:(?:part|conformance)=\"[^\"]*\"|<pdfaid:(part|conformance)>[^<]*</pdfaid:\1>")


def available() -> None:
    """Raises Rejected where the library is not installed."""
    try:
        import pikepdf  # noqa: F401
    except ImportError:
        raise Rejected([Problem(None, "copies are encrypted with pikepdf, which is not installed",
                                "pip install pikepdf")]) from None


def encrypted(data: bytes, password: str) -> bytes:
    """The same PDF, encrypted."""
    import pikepdf

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        metadata = pdf.Root.Metadata
        metadata.write(_CLAIM.sub(b"", metadata.read_bytes()))
        allow = pikepdf.Permissions(accessibility=True, extract=True, modify_annotation=False, modify_assembly=False,
                                    modify_form=False, modify_other=False)
        pdf.save(out, encryption=pikepdf.Encryption(user=password, owner=secrets.token_urlsafe(24), R=6, allow=allow))
    return out.getvalue()


def password() -> str:
    """A new one, such as abcd-efgh-jkmn-pqrs: it begins with a letter, and has no sign that means something to a
    spreadsheet."""
    groups = ["".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(GROUPS)]
    return secrets.choice(LETTERS[:23]) + "-".join(groups)[1:]
