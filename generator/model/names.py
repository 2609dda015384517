"""Names that several rooms must agree on: the files of a project, and how languages are called."""

from __future__ import annotations

from pathlib import Path

PUBLISHER = Path("content", "publisher.yaml")
"""Whose leaflets these are, in the project."""
SHARED = Path("content", "shared")
"""Passages that several leaflets use, in the project: <name>.<language>.yaml."""
PRINTERS = "printers.yaml"
"""How the back side is put right on each printer, in the project."""
MAIL = "mail.yaml"
"""How leaflets are mailed, in the project."""

LANGUAGE = r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*"
"""The language of a content file (BCP 47: language, script, region, variants), as it names the file."""
TAG = r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*"
"""The language of some words within a leaflet: any tag of BCP 47."""
