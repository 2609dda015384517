"""The user's cache folder, for results that take long to make and never change: unpacked fonts and compiled templates.

The name of an entry is a hash of everything that it was made from, and of this program with all that is installed
beside it (hashes.program). So an entry is never out of date: what changes gets another name. A damaged entry counts as
missing and is written anew. The folder is the user's own, beside the caches of other programs, and never inside a
project, whose files may come from anybody. LEAFLET_CACHE names another folder; where it is empty, nothing is kept.
"""

from __future__ import annotations

import os
import sys
import threading
from hashlib import sha256

from . import hashes
from .files import read_bytes

MOST = 400
"""Entries; when there are more, the older half goes."""
LARGEST = 100_000_000
"""Bytes of an entry; a font has up to one million."""


def get(kind: str, *made_from: str | bytes | None) -> bytes | None:
    """The bytes that were kept; None where there are none, or they are damaged."""
    folder = _folder()
    if folder:
        try:
            data = read_bytes(os.path.join(folder, _name(kind, made_from)), LARGEST)
        except OSError:
            return None
        if sha256(memoryview(data)[32:]).digest() == data[:32]:
            return data[32:]
    return None


def put(data: bytes, kind: str, *made_from: str | bytes | None) -> None:
    """Keep these bytes. Where that is not possible, nothing happens."""
    folder = _folder()
    if not folder:
        return
    path = os.path.join(folder, _name(kind, made_from))
    new = f"{path}-{os.getpid()}-{threading.get_ident()}"
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        try:
            with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
                stream.write(sha256(data).digest() + data)
            os.replace(new, path)
        except OSError:  # a full disk, say: no part of an entry is left, nor what had its name
            os.unlink(new)
            return
        _tidy(folder)
    except OSError:
        return


def _folder() -> str:
    """The folder of the entries; "" for none."""
    said = os.environ.get("LEAFLET_CACHE")
    if said is not None:
        return said
    home = os.path.expanduser("~")
    if not os.path.isabs(home):
        return ""
    if os.name == "nt":
        return os.path.join(os.environ.get("LOCALAPPDATA") or os.path.join(home, "AppData", "Local"), "leaflet",
                            "cache")
    if sys.platform == "darwin":
        return os.path.join(home, "Library", "Caches", "leaflet")
    return os.path.join(os.environ.get("XDG_CACHE_HOME") or os.path.join(home, ".cache"), "leaflet")


def _name(kind: str, made_from: tuple[str | bytes | None, ...]) -> str:
    name = sha256(hashes.program().encode())
    for one in (kind, *made_from):
        raw = b"" if one is None else one if isinstance(one, bytes) else one.encode("utf-8", "surrogateescape")
        name.update(f"{'-' if one is None else len(raw)}:".encode() + raw)
    return f"{kind}-{name.hexdigest()}"


def _is_entry(name: str) -> bool:
    """Whether a file is an entry; the folder that LEAFLET_CACHE names may hold other files."""
    made_from = name.partition("-")[2][:64]
    return len(made_from) == 64 and set(made_from) <= set("0123456789abcdef")


def _tidy(folder: str) -> None:
    names = [name for name in os.listdir(folder) if _is_entry(name)]
    if len(names) > MOST:
        paths = sorted((os.path.join(folder, name) for name in names), key=os.path.getmtime)
        for path in paths[: len(paths) // 2]:
            os.unlink(path)
