"""What the tests of authors' text share: a text as it is printed, and what is told of it."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from generator.merge.template import merge
from generator.model.content import Block, Content
from generator.model.layout import BodyRange, Layout, LayoutSpec, Margins
from generator.model.problem import Place, Problem, Rejected, Text
from generator.model.story import Node

HOME = Path(tempfile.mkdtemp(prefix="prose-"))
SPEC = LayoutSpec(title="Test", body=BodyRange(9, 11), margins=Margins(10, 10, 10))
WORDS = {"page_of": Text("Page {page} of {pages}", Place("words/en.yaml", 1, 1))}
SHOWN = {"strong": ("<b>", "</b>"), "em": ("<i>", "</i>"), "br": (" / ", ""), "sup": ("<sup>", "</sup>"),
         "sub": ("<sub>", "</sub>")}
MOVED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉⁺⁻₊₋−", "01234567890123456789+-+--")
"""Raised and lowered figures → the same on the line."""


def story(source: str, kind: str = "text") -> tuple[Node | None, list[Problem]]:
    """The <div> that holds a text in the merged story (`kind`: text or inline), and what is told of it."""
    folder = HOME / kind
    folder.mkdir(exist_ok=True)
    inner = (
        "<div>{{ content.introduction[0].text|text }}</div>"
        if kind == "text"
        else "<div><p>{{ content.introduction[0].text|inline }}</p></div>"
    )
    (folder / "layout.html.j2").write_text(f"<story><h1>{{{{ content.title }}}}</h1>{inner}</story>", encoding="utf-8")
    content = Content(
        format=1,
        language="en",
        title=Text("T", Place("en.yaml")),
        introduction=[Block(text=Text(source, Place("en.yaml", 1, 1)))],
    )
    try:
        leaflet = merge(Layout("test", str(folder), SPEC), content, WORDS, classes=(), search=[], project=HOME)
    except Rejected as rejected:
        return None, list(rejected.problems)
    return leaflet.parts["story"].kids[1] if len(leaflet.parts["story"].kids) > 1 else Node("div"), list(
        leaflet.warnings
    )


def shown(node: Node, depth: int = 0) -> list[str]:
    """Blocks as lines: paragraphs; items behind their bullet or number, set in by two
    spaces a level; | and a quotation."""
    out: list[str] = []
    for kid in node.kids:
        if kid.name in ("ul", "ol"):
            for number, item in enumerate(kid.kids, 1):
                label = item.attributes.get("label") or ("•" if kid.name == "ul" else f"{number}.")
                inner = (
                    shown(item)
                    if any(isinstance(one, Node) and one.name in ("p", "ul", "ol", "blockquote") for one in item.kids)
                    else [within(item)]
                )
                inner = inner or [""]
                out += [
                    "  " * depth + f"{label} {inner[0]}".rstrip(),
                    *("  " * (depth + 1) + line for line in inner[1:]),
                ]
        elif kid.name == "note":
            out.append("  " * depth + f"({kid.attributes['label']}) {within(kid)}")
        elif kid.name == "blockquote":
            out += ["  " * depth + "| " + line for line in shown(kid)]
        else:
            out.append("  " * depth + within(kid))
    return out


def within(node: Node) -> str:
    """The words of a text element: <b>bold</b>, <i>italic</i>, [link](address), / for a new line."""
    out = []
    for kid in node.kids:
        if isinstance(kid, str):
            out.append(kid)
        elif kid.name == "a":
            out.append(f"[{within(kid)}]({kid.attributes['href']})")
        else:
            before, after = SHOWN[kid.name]
            out.append(before + within(kid) + after)
    return "".join(out)


def words(node: Node) -> str:
    """All that a reader finds of a text on paper: words, and what stands before items, if it was typed."""
    out = []
    for kid in node.kids:
        if isinstance(kid, str):
            out.append(kid)
        elif kid.name == "br":
            out.append(" ")
        elif kid.name in ("strong", "em", "a", "sup", "sub"):
            out.append(words(kid))
        else:
            out.append(f" {kid.attributes.get('label', '')} {words(kid)} ")
    return "".join(out)


def told(problems: list[Problem]) -> list[str]:
    """Problems as lines: "warning 2: a list of one, or minus?", 2 being the line of the text."""
    return [f"{problem.severity} {problem.place.line}: {problem.message}" for problem in problems]


def even(text: str) -> str:
    return re.sub(r"[ \t\n]+", " ", text).strip(" ")
