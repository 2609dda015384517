"""What the file says of itself: information dictionary, XMP, viewer preferences, output intent."""

from __future__ import annotations

import os
import time
from functools import lru_cache
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfdoc

from ..model.page import About
from . import srgb
from .document import Document, stream, string

PRODUCER = "leaflet"
BEGINNING = 946684800
"""2000-01-01, seconds: the date of a file whose content gives none (never the clock)."""


def date(about: About) -> str:
    """ISO date of the content, possibly partial; else that of SOURCE_DATE_EPOCH, else 2000-01-01."""
    if about.date:
        return about.date
    return time.strftime("%Y-%m-%d", time.gmtime(int(os.environ.get("SOURCE_DATE_EPOCH", BEGINNING))))


class Info(pdfdoc.PDFInfo):
    """The information dictionary (ISO 32000-1, 14.3.3): the same as the XMP, for older viewers."""

    def __init__(self, about: About) -> None:
        super().__init__()
        self.about = about

    def format(self, document) -> bytes:
        about, day = self.about, "D:" + date(self.about).replace("-", "")
        pairs = [("Title", about.title), ("Author", about.author), ("Subject", about.subject)]
        pairs += [("Keywords", ", ".join(about.keywords)), ("Producer", PRODUCER), ("CreationDate", day), ("ModDate", day)]
        return ("<<" + "".join(f"/{key}{string(value)}" for key, value in pairs if value) + ">>").encode("latin-1")


# PDF/A wants every property that XMP itself does not know to be explained (ISO 19005-2, 6.6.2.3.3).
_EXTENSION = """<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category><pdfaProperty:description>PDF/UA part</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>"""

_NAMES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
}


def xmp(about: About) -> bytes:
    """The metadata packet (ISO 16684-1), with the two claims the file makes."""
    day = date(about)

    def worded(name: str, text: str) -> str:
        text = escape(text)
        items = f'<rdf:li xml:lang="x-default">{text}</rdf:li><rdf:li xml:lang="{escape(about.language)}">{text}</rdf:li>'
        return f"<dc:{name}><rdf:Alt>{items}</rdf:Alt></dc:{name}>\n"

    def listed(name: str, kind: str, values) -> str:
        items = "".join(f"<rdf:li>{escape(value)}</rdf:li>" for value in values)
        return f"<dc:{name}><rdf:{kind}>{items}</rdf:{kind}></dc:{name}>\n"

    parts = [
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n<x:xmpmeta xmlns:x="adobe:ns:meta/">',
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n<rdf:Description rdf:about=""',
        "".join(f'\n xmlns:{prefix}="{uri}"' for prefix, uri in _NAMES.items()),
        '\n pdfaid:part="2" pdfaid:conformance="A" pdfuaid:part="1"',
        f'\n xmp:CreateDate="{day}" xmp:ModifyDate="{day}" pdf:Producer="{PRODUCER}">\n',
        worded("title", about.title),
        listed("creator", "Seq", [about.author]) if about.author else "",
        worded("description", about.subject) if about.subject else "",
        listed("subject", "Bag", about.keywords) if about.keywords else "",
        listed("language", "Bag", [about.language]),
        _EXTENSION,
        '\n</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end="r"?>',
    ]
    return "".join(parts).encode()


@lru_cache(maxsize=1)
def _profile() -> bytes:
    return stream("/N 3", srgb.profile())


def describe(document: Document, about: About) -> None:
    """Fill the catalog: language, metadata, output intent, viewer preferences."""
    catalog = document.Catalog
    # What ReportLab's catalog does not know by itself.
    catalog.__NoDefault__ = catalog.__NoDefault__ + ["OutputIntents"]
    catalog.PageMode = None
    catalog.Lang = string(about.language)
    catalog.MarkInfo = "<</Marked true>>"
    document.info = Info(about)
    # Not deflated: tools that know no PDF shall find it (ISO 32000-1, 14.3.2).
    catalog.Metadata = document.stream("/Type/Metadata/Subtype/XML", xmp(about), packed=False)
    condition = "/OutputConditionIdentifier(sRGB)/Info(sRGB IEC61966-2.1)"
    intent = document.add(_profile()).ref
    catalog.OutputIntents = f"[<</Type/OutputIntent/S/GTS_PDFA1{condition}/DestOutputProfile {intent}>>]"
    wishes = "/DisplayDocTitle true"
    if about.direction == "rtl":
        wishes += "/Direction/R2L"
    if about.for_print:
        wishes += "/PrintScaling/None/PickTrayByPDFSize false"
    if about.duplex:
        wishes += f"/Duplex/{about.duplex}"
    catalog.ViewerPreferences = f"<<{wishes}>>"
