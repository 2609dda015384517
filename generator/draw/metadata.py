"""What the file says of itself: information dictionary, XMP, viewer preferences, output intent."""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import md5
from uuid import UUID

from reportlab.pdfbase import pdfdoc

from ..model.page import About
from ..model.printing import Profile
from . import srgb
from .document import Document, stream, string

PRODUCER = "leaflet"


def escape(text: str) -> str:
    """Text as XML has it between tags. (Python's own function comes with half of the network.)"""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


class Info(pdfdoc.PDFInfo):
    """The information dictionary (ISO 32000-1, 14.3.3): the same as the XMP, for older viewers."""

    def __init__(self, about: About, press: bool) -> None:
        super().__init__()
        self.about, self.press = about, press

    def format(self, document) -> bytes:
        about = self.about
        day = f"D:{about.date.replace('-', '')}" if about.date else ""
        pairs = [("Title", about.title), ("Author", about.author), ("Subject", about.subject)]
        trapped = "/GTS_PDFXVersion(PDF/X-4)/Trapped/False" if self.press else ""
        pairs += [
            ("Keywords", ", ".join(about.keywords)), ("Producer", PRODUCER), ("CreationDate", day), ("ModDate", day),
        ]
        return ("<<" + "".join(f"/{key}{string(value)}" for key, value in pairs if value) + trapped + ">>").encode(
            "latin-1"
        )


# PDF/A wants every property that XMP itself does not know to be explained (ISO 19005-2, 6.6.2.3.3).
def _schema(title: str, uri: str, prefix: str, name: str, kind: str, meaning: str) -> str:
    return f"""<rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>{title}</pdfaSchema:schema>
<pdfaSchema:namespaceURI>{uri}</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>{prefix}</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>{name}</pdfaProperty:name><pdfaProperty:valueType>{kind}</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category><pdfaProperty:description>{meaning}</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li>"""


_NAMES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
    "pdfxid": "http://www.npes.org/pdfx/ns/id/",
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
}


_FOR_PRESS = ("xmpMM", "pdfxid")

_UA = _schema("PDF/UA identification", _NAMES["pdfuaid"], "pdfuaid", "part", "Integer", "PDF/UA part")
_X = _schema("PDF/X identification", _NAMES["pdfxid"], "pdfxid", "GTS_PDFXVersion", "Text", "PDF/X version")
_TRAPPED = _schema("Trapping", _NAMES["pdf"], "pdf", "Trapped", "Text", "Whether the colours are trapped")


def xmp(about: About, press: bool = False) -> bytes:
    """The metadata packet (ISO 16684-1), with the claims the file makes: two, and PDF/X-4 (ISO 15930-7) for a press."""
    day = about.date

    def worded(name: str, text: str) -> str:
        text = escape(text)
        items = (
            f'<rdf:li xml:lang="x-default">{text}</rdf:li><rdf:li xml:lang="{escape(about.language)}">{text}</rdf:li>'
        )
        return f"<dc:{name}><rdf:Alt>{items}</rdf:Alt></dc:{name}>\n"

    def listed(name: str, kind: str, values) -> str:
        items = "".join(f"<rdf:li>{escape(value)}</rdf:li>" for value in values)
        return f"<dc:{name}><rdf:{kind}>{items}</rdf:{kind}></dc:{name}>\n"

    parts = [
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n<x:xmpmeta xmlns:x="adobe:ns:meta/">',
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n<rdf:Description rdf:about=""',
        "".join(f'\n xmlns:{prefix}="{uri}"' for prefix, uri in _NAMES.items() if press or prefix not in _FOR_PRESS),
        '\n pdfaid:part="2" pdfaid:conformance="A" pdfuaid:part="1"',
        f'\n xmp:CreateDate="{day}" xmp:ModifyDate="{day}"' if day else "",
        f'\n pdf:Producer="{PRODUCER}"',
        _claims_of_press(about, day) if press else "",
        ">\n",
        worded("title", about.title),
        listed("creator", "Seq", [about.author]) if about.author else "",
        worded("description", about.subject) if about.subject else "",
        listed("subject", "Bag", about.keywords) if about.keywords else "",
        listed("language", "Bag", [about.language]),
        f"<pdfaExtension:schemas><rdf:Bag>{_UA}{_X + _TRAPPED if press else ''}</rdf:Bag></pdfaExtension:schemas>",
        '\n</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end="r"?>',
    ]
    return "".join(parts).encode()


def _claims_of_press(about: About, day: str) -> str:
    """What PDF/X-4 wants to be said (ISO 15930-7, 6.8); the document's id is made from what it says of itself."""
    name = UUID(md5(f"{about.title}\n{about.language}\n{day}".encode(), usedforsecurity=False).hexdigest())
    return (
        f'\n pdfxid:GTS_PDFXVersion="PDF/X-4" pdf:Trapped="False" xmp:MetadataDate="{day}"'
        f'\n xmpMM:DocumentID="uuid:{name}" xmpMM:VersionID="1" xmpMM:RenditionClass="default"'
    )


@lru_cache(maxsize=1)
def _profile() -> bytes:
    return stream("/N 3", srgb.profile())


@lru_cache(maxsize=2)
def _press_profile(data: bytes) -> bytes:
    return stream("/N 4", data)


def _intents(document: Document, profile: Profile | None) -> str:
    """What the colours mean (ISO 19005-2, 6.2.3; ISO 15930-7, 6.5): sRGB, or the press, with one profile for both
    standards."""
    if profile is None:
        condition, kinds = "/OutputConditionIdentifier(sRGB)/Info(sRGB IEC61966-2.1)", ("GTS_PDFA1",)
        data = document.add(_profile())
    else:
        known = re.search(r"FOGRA ?(\d+)", profile.name, re.IGNORECASE)
        name = f"FOGRA{known[1]}" if known else "Custom"
        registry = "/RegistryName(http://www.color.org)" if known else ""
        said = string(profile.name)
        condition = f"/OutputConditionIdentifier({name}){registry}/OutputCondition{said}/Info{said}"
        kinds = ("GTS_PDFX", "GTS_PDFA1")
        data = document.add(_press_profile(profile.data))
    intents = "".join(f"<</Type/OutputIntent/S/{kind}{condition}/DestOutputProfile {data.ref}>>" for kind in kinds)
    return f"[{intents}]"


def describe(document: Document, about: About, profile: Profile | None = None) -> None:
    """Fill the catalog: language, metadata, output intent, viewer preferences. `profile`: that of a press."""
    catalog = document.Catalog
    # What ReportLab's catalog does not know by itself.
    catalog.__NoDefault__ = catalog.__NoDefault__ + ["OutputIntents"]
    catalog.PageMode = None
    catalog.Lang = string(about.language)
    catalog.MarkInfo = "<</Marked true>>"
    document.info = Info(about, profile is not None)
    # Not deflated: tools that know no PDF shall find it (ISO 32000-1, 14.3.2).
    catalog.Metadata = document.stream("/Type/Metadata/Subtype/XML", xmp(about, profile is not None), packed=False)
    catalog.OutputIntents = _intents(document, profile)
    wishes = "/DisplayDocTitle true"
    if about.direction == "rtl":
        wishes += "/Direction/R2L"
    if about.for_print:
        wishes += "/PrintScaling/None/PickTrayByPDFSize false"
    if about.duplex:
        wishes += f"/Duplex/{about.duplex}"
    catalog.ViewerPreferences = f"<<{wishes}>>"
