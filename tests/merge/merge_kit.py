"""What the tests of merge/ share: small layouts in a folder of their own, contents, and trees as text."""

from __future__ import annotations

import tempfile
from pathlib import Path

from generator.merge.template import merge
from generator.model.content import Content
from generator.model.layout import BodyRange, FoldSpec, Layout, LayoutSpec, Margins
from generator.model.problem import Place, Rejected, Text
from generator.model.story import Leaflet, Node

CLASSES = {"p.lead", "p.line", "h2.key", "h2.option-1", "aside.alert", "span.less", "div.band"}
PHRASES = {
    "questions": "Frequently asked questions",
    "page_of": "Page {page} of {pages}",
    "version": "Version {version}",
    "status_draft": "Draft – not for use",
    "yes": "Yes",
}
HOME = Path(tempfile.mkdtemp(prefix="merge-"))
"""One project for all tests of a process; its environment is therefore the same one, too."""
SPEC = LayoutSpec(title="Test", body=BodyRange(9, 11), margins=Margins(10, 10, 10))


def text(words: str, line: int = 1, column: int = 3) -> Text:
    return Text(words, Place("content/x/en.yaml", line, column))


def words(phrases: dict[str, str] = PHRASES) -> dict[str, Text]:
    return {key: Text(value, Place("words/en.yaml", line, 1)) for line, (key, value) in enumerate(phrases.items(), 1)}


def content(**parts) -> Content:
    return Content(**{"format": 1, "language": "en", "title": text("A title"), **parts})


def layout_of(files: dict[str, str], home: Path = HOME, spec: LayoutSpec = SPEC) -> Layout:
    """A layout folder with these files; names that begin with / go to shared/."""
    for name, source in files.items():
        file = home / "shared" / "parts" / name[1:] if name.startswith("/") else home / "layouts" / "test" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(source, encoding="utf-8", newline="")
    return Layout("test", str(home / "layouts" / "test"), spec)


def merged(template: str | dict[str, str], home: Path = HOME, spec: LayoutSpec = SPEC, fixed=PHRASES,
           **parts) -> Leaflet:
    """The leaflet of a template; raises Rejected. `fixed` are the phrases of the language;
    `phrases` those of the content."""
    files = {"layout.html.j2": template} if isinstance(template, str) else template
    layout = layout_of(files, home, spec)
    known = fixed if any(isinstance(phrase, Text) for phrase in fixed.values()) else words(fixed)
    return merge(layout, content(**parts), known, classes=CLASSES, search=[home / "shared"], project=home)


def story(inner: str, **more) -> Node:
    """The story of a template that holds the title and this."""
    return merged(f"<story><h1>{{{{ content.title }}}}</h1>\n{inner}</story>", **more).parts["story"]


def problems(template: str | dict[str, str], **more) -> list[str]:
    """The problems of a template, as a user reads them, without the folder of the layout."""
    try:
        merged(template, **more)
    except Rejected as rejected:
        return [str(problem).replace("layouts/test/", "").replace("layout.html.j2", "L")
                for problem in rejected.problems]
    return []


def faults(inner: str, **more) -> list[str]:
    """The problems of a story that holds the title on line 1 and this from line 2 on."""
    return problems(f"<story><h1>{{{{ content.title }}}}</h1>\n{inner}</story>", **more)


def folded(**more) -> LayoutSpec:
    fold = FoldSpec(["flap", "back", "cover"], ["in-1", "in-2", "in-3"], ["mountain", "mountain"])
    names = ["cover", "in-1", "in-2", "in-3", "flap", "back"]
    return LayoutSpec(title="Folded", body=SPEC.body, margins=SPEC.margins, fold=fold, panels=names, story=names[1:5],
                      **more)


def tree(node: Node, depth: int = 0) -> str:
    """A node as indented lines: its name, its class after a point, other attributes in brackets; words in quotes."""
    classes = "".join(f".{one}" for one in node.classes)
    rest = " ".join(f"{key}={value}" for key, value in node.attributes.items() if key != "class")
    lines = ["  " * depth + node.name + classes + (f" [{rest}]" if rest else "")]
    for kid in node.kids:
        lines.append("  " * (depth + 1) + f'"{kid}"' if isinstance(kid, str) else tree(kid, depth + 1))
    return "\n".join(lines)
