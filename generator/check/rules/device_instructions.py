"""Devices and their instructions."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.editorial import Finding
from ..manuscript import Manuscript
from ..rule import found, rule


@rule("claims", "Regulation (EU) 2017/745, articles 7 and 18", guess=True)
def device_instructions(m: Manuscript) -> Iterator[Finding]:
    """A medical device is what the leaflet is about, and its instructions for use are not named."""
    if m.vocabulary.instructions and not m.says(m.vocabulary.instructions):
        for passage, match in m.devices():
            yield found(
                passage.place_at(match.start()),
                f"a device is described ('{match[0]}'), and no instructions for use are named",
                "name the instructions for use",
                "device",
            )
            return
