"""Devices are not advertised to patients."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.editorial import Finding
from ..manuscript import Manuscript
from ..rule import found, rule

_MARK = re.compile(r"\w[\w-]*\s?[®™]")


@rule("claims", "Turkey: Tıbbi Cihaz Satış, Reklam ve Tanıtım Yönetmeliği (15.05.2014/29001)", guess=True)
def promotion(m: Manuscript) -> Iterator[Finding]:
    """A leaflet for patients names the brand of a device."""
    if not m.for_patients or not m.says(m.vocabulary.devices):
        return
    name = m.content.publisher and m.content.publisher.name
    brand = re.compile(rf"{_MARK.pattern}|(?<!\w){re.escape(str(name))}(?!\w)") if name else _MARK
    for passage in m.running:
        if match := brand.search(passage.text):
            yield found(
                passage.place_at(match.start()),
                f"a leaflet for patients names a brand: '{match[0]}'",
                "devices that only professionals may use are not advertised to patients: leave the name out",
                match[0],
            )
