"""Reads a content file, and content/publisher.yaml, as a Content in which every text knows its place."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from ..kept.files import Read, absent, read_bytes, way_to
from ..model.content import Content, Figure, Publisher
from ..model.names import LANGUAGE, PUBLISHER
from ..model.problem import Problem, Rejected, Text
from ..model.record import names, replace
from ..model.wording import quoted, shown
from .figures import picture_rule
from .kinds import KINDS
from .nodes import Mapping, Node
from .passages import Passages, filled, read_shared
from .rules import CONTENT_RULES
from .schema import CrossRule, read_as, text_of
from .source import Empty, parse, read_source


def read_content(path: Path, project: Path, publisher_of: Callable[[Path], Publisher] | None = None,
                 read: Read = read_bytes, passages: Passages | None = None) -> Content:
    """A content file. Its publisher is merged with the project's, key by key; its pictures are checked for being there;
    the blocks of the passages that it uses take their places.

    Paths of pictures in the result are relative to the folder of `path`, the publisher's logo included. Pictures are
    inside the project; those of a content file outside of it, inside the content file's folder.
    `publisher_of`: project → its publisher, where that has been read already; `passages`: the blocks of a passage.
    Raises Rejected with all problems of all files.
    """
    problems: list[Problem] = []
    publisher = None
    if not absent(project / PUBLISHER):
        try:
            publisher = (publisher_of or read_publisher)(project)
        except Rejected as rejected:
            problems += rejected.problems
    try:
        content = read_alone(path, project, read=read)
        content = filled(content, passages or (lambda name, language: read_shared(name, language, project, read)))
    except Rejected as rejected:
        both = Rejected([*rejected.problems, *problems])
        both.texts = rejected.texts
        raise both from None
    if problems:
        raise Rejected(problems)
    if publisher is None:
        return content
    if publisher.logo:
        folder = way_to(project / PUBLISHER.parent, path.parent)
        file = Text(Path(folder, publisher.logo.file).as_posix(), publisher.logo.file.place)
        publisher = _replace(publisher, logo=_replace(publisher.logo, file=file))
    return _replace(content, publisher=_over(publisher, content.publisher))


def read_alone(path: Path, project: Path, data: bytes | None = None, read: Read = read_bytes,
               pictures: bool = True) -> Content:
    """A content file as it stands, without the project's publisher. `data`: bytes to read in place of the file's own;
    `pictures`: whether its pictures must be there.

    Raises Rejected.
    """
    source = read_source(path, project, read) if data is None else parse(data, shown(path, project))
    return read_as(Content, source, _rules(path, project, pictures))


def read_publisher(project: Path, read: Read = read_bytes) -> Publisher:
    """content/publisher.yaml; its logo's path is relative to content/. A file with comments alone, as a new project has
    it, is a publisher without any key. Raises Rejected."""
    path = project / PUBLISHER
    rules = CONTENT_RULES | {Figure: (*CONTENT_RULES[Figure], picture_rule(path, project))}
    try:
        return read_as(Publisher, read_source(path, project, read), rules)
    except Empty:
        return Publisher()


def _over(below: Publisher, above: Publisher | None) -> Publisher:
    """The publisher below, with the keys that the one above gives in their place (an empty list gives nothing)."""
    if above is None:
        return below
    given = {name: getattr(above, name) for name in names(above)}
    given = {name: value for name, value in given.items() if value}
    return _replace(below, **given | {"colours": below.colours | above.colours})


def _replace(entry, **changes):
    """`replace` that keeps the place."""
    made = replace(entry, **changes)
    object.__setattr__(made, "place", entry.place)
    return made


# ── what only the file system can tell ───────────────────────────────────────────────────────────────────────────────


def _rules(path: Path, project: Path, pictures: bool) -> dict[type, tuple[CrossRule, ...]]:
    def language_is_file_name(file: Mapping, root: Node) -> Iterator[Problem]:
        language = text_of(file, "language")
        if language and language != path.stem and re.fullmatch(LANGUAGE, language):
            yield Problem(language.place, f"the language is '{language}', but the file is named {quoted(path.name)}",
                          f"name the file {language}{path.suffix}, or change the language")

    return CONTENT_RULES | {
        Content: (*CONTENT_RULES[Content], language_is_file_name),
        Figure: (*CONTENT_RULES[Figure], *([picture_rule(path, project)] if pictures else ())),
    }


# ── a new file ───────────────────────────────────────────────────────────────────────────────────────────────────────


STARTER = Path(__file__).parent / "starter"
"""What a new content file holds, a file for each language (@slug@, @language@ and @title@ are filled in), and its
picture. In a folder of the language: the sections and questions of each kind of leaflet, which stand in place of those
of the file."""
STARTER_KINDS = ("comparison", "procedure", "medicine", "condition")
PICTURE = "picture.svg"
ENGLISH = """\
# The words below are English: there are none in the language '@language@' yet. Write your words in that language.
#
"""


def starter(slug: str, language: str, title: str, kind: str = "") -> str:
    """Text of a new content file (content/<slug>/<language>.yaml): content only, with comments that teach.

    Both are in the language, or in English, which a comment then tells. kind: of STARTER_KINDS, whose headings it has;
    "": every kind of block once. The file needs `starter_picture` beside it. Raises Rejected (without a place) if one
    of them is not well formed.
    """
    problems = []
    for name, form, value in (("slug", "slug", slug), ("language", "language", language), ("title", "line", title)):
        if not re.search(KINDS[form].pattern, value.strip()):
            problems.append(Problem(None, f"the {name} {KINDS[form].says}, not {quoted(value)}", KINDS[form].hint))
    if kind and kind not in STARTER_KINDS:
        problems.append(Problem(None, f"{quoted(kind)} is no kind of leaflet", f"one of {', '.join(STARTER_KINDS)}"))
    if problems:
        raise Rejected(problems)
    words = {"slug": slug, "language": language, "title": json.dumps(title.strip(), ensure_ascii=False)}
    tag = language
    while tag and not (STARTER / f"{tag}.yaml").is_file():
        tag = tag.rpartition("-")[0]
    text = (STARTER / f"{tag or 'en'}.yaml").read_text(encoding="utf-8")
    if kind:
        before, rest = text.split("sections:\n", 1)
        text = before + (STARTER / (tag or "en") / f"{kind}.yaml").read_text(encoding="utf-8") + (
            rest[rest.index("\nglossary:\n"):])
    if not tag:
        first, rest = text.split("#\n", 1)
        text = f"{first}#\n{ENGLISH}{rest}"
    return re.sub(r"@(slug|language|title)@", lambda found: words[found[1]], text)


def starter_picture() -> bytes:
    """The file PICTURE of a new content file."""
    return (STARTER / PICTURE).read_bytes()
