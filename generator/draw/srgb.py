"""The colour profile that says what our numbers mean: sRGB (IEC 61966-2-1) as a small ICC profile, version 4.2."""

from __future__ import annotations

from struct import pack

_WHITE_D50 = (0.9642, 1.0, 0.8249)
# Primaries of sRGB and the white of D65, adapted to D50 with Bradford's matrix, as the ICC publishes them.
_PRIMARIES = {"r": (0.43607, 0.22249, 0.01392), "g": (0.38515, 0.71687, 0.09708), "b": (0.14307, 0.06061, 0.71410)}
_BRADFORD = (1.04788, 0.02292, -0.05022, 0.02959, 0.99048, -0.01707, -0.00925, 0.01508, 0.75168)
_CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)


def _numbers(*values: float) -> bytes:
    return b"".join(pack(">i", round(value * 65536)) for value in values)


def _words(text: str) -> bytes:
    data = text.encode("utf-16-be")
    return b"mluc" + pack(">IIIHHII", 0, 1, 12, 0x656E, 0x5553, len(data), 28) + data


def profile() -> bytes:
    """The profile's bytes, always the same."""
    tags = {b"desc": _words("sRGB"), b"cprt": _words("CC0"), b"wtpt": b"XYZ \0\0\0\0" + _numbers(*_WHITE_D50)}
    for name, xyz in _PRIMARIES.items():
        tags[name.encode() + b"XYZ"] = b"XYZ \0\0\0\0" + _numbers(*xyz)
    for name in _PRIMARIES:
        tags[name.encode() + b"TRC"] = b"para\0\0\0\0" + pack(">HH", 3, 0) + _numbers(*_CURVE)
    tags[b"chad"] = b"sf32\0\0\0\0" + _numbers(*_BRADFORD)
    table, data, seen = b"", b"", {}
    start = 128 + 4 + 12 * len(tags)
    for tag, body in tags.items():
        if body not in seen:  # the three curves are one
            seen[body] = start + len(data)
            data += body + bytes(-len(body) % 4)
        table += tag + pack(">II", seen[body], len(body))
    size = start + len(data)
    head = pack(">I4sI4s4s4s", size, b"\0\0\0\0", 0x04200000, b"mntr", b"RGB ", b"XYZ ")
    head += pack(">6H", 2000, 1, 1, 0, 0, 0) + b"acsp" + bytes(28) + _numbers(*_WHITE_D50) + bytes(48)
    return head + pack(">I", len(tags)) + table + data
