"""What leads from one place of a leaflet to another, when all its words are there: citations, footnotes, the numbers of
printed addresses; and what abbreviations are short for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import takewhile

from ..model.content import Abbreviation, Content
from ..model.late import Late
from ..model.problem import Problem
from ..model.story import HEADINGS, Node, Origin, seen
from ..model.walk import values
from .inline import NOTE, SOURCE
from .parts import Parts

_WEB = Late("https?://", re.IGNORECASE)


def address(href: str) -> str:
    """A web address as it is printed, to be typed: without https://, which browsers add."""
    short = re.sub("^https://", "", href, flags=re.IGNORECASE)
    return short[:-1] if short.count("/") == 1 and short.endswith("/") else short


def leads(found: Parts, content: Content) -> Iterator[Problem]:
    """Links within the leaflet of a content that lead nowhere, and footnotes that no word leads to. A citation of
    references that a layout leaves out becomes plain words."""
    every = [node for node, _ in nodes(found)]
    ids = {node.attributes["id"] for node in every if "id" in node.attributes}
    called = set()
    for node in every:
        href = node.attributes.get("href", "")
        if node.name != "a" or not href.startswith("#"):
            continue
        called.add(href[1:])
        if href[1:] in ids:
            continue
        if href.startswith(f"#{SOURCE}"):
            node.name, node.attributes = "span", {}
        elif href.startswith(f"#{NOTE}"):
            label = href.removeprefix(f"#{NOTE}")
            elsewhere = any(f"[^{label}]:" in value.text for value in values(content))
            yield Problem(node.place, f"there is no footnote [^{label}]", "this layout leaves out the text in which it "
                          "stands: write it below this one" if elsewhere else
                          f"write a line that begins [^{label}]: below the text")
        else:
            yield Problem(node.place, f"there is no element with the id '{href[1:]}'",
                          "a link within the leaflet leads to the id of an element")
    for node in every:
        if node.name == "note" and node.attributes.get("id") not in called:
            label = node.attributes.get("label", "")
            yield Problem(node.place, f"no word leads to the footnote [^{label}]",
                          f"write [^{label}] behind the word that it is about", "warning")


def print_addresses(found: Parts, digits: str) -> None:
    """Fill <addresses> with the addresses of all links whose words do not say them, each once, as a numbered list, and
    put its number behind the link. Without any, the element goes; so do the numbers without the element.

    digits: 0 to 9 of the language.
    """
    home, above = next(((node, parent) for node, parent in nodes(found) if node.name == "addresses"), (None, None))
    if home is None:
        return
    links = [(node, parent) for node, parent in nodes(found)
             if node.name == "a" and _WEB.match(node.attributes.get("href", ""))]
    printed = {_typed(node.words()) for node, _ in links}
    printed |= {_typed(node.words()) for node, _ in nodes(found) if node.name == "address"}
    numbers: dict[str, int] = {}
    above_of = {id(node): parent for node, parent in nodes(found)}
    for node, parent in links:
        href = node.attributes["href"]
        if _typed(href) in printed:
            continue
        number = numbers.setdefault(href, len(numbers) + 1)
        said = str(number).translate(str.maketrans("0123456789", digits))
        lead = Node("a", node.place, {"href": f"#address-{number}"}, [Node("sign", node.place, {"name": "web"}), said])
        at = next(at for at, kid in enumerate(parent.kids) if kid is node)
        parent.kids.insert(at + 1, Node("address", node.place, {}, ["\u00a0", lead]))
        _trace(node, lead, said, above_of)
    if not numbers:
        above.kids.remove(home)
        return
    home.kids.append(Node("ol", home.place, {}, [
        Node("li", home.place, {"id": f"address-{number}"}, [Node("a", home.place, {"href": href}, [address(href)])])
        for href, number in numbers.items()]))


def _trace(link: Node, lead: Node, said: str, above_of: dict[int, Node | None]) -> None:
    """The number behind a link is the program's own: where the words behind it come from is counted from there on."""
    block = above_of[id(link)]
    while block is not None and block.origins is None:
        block = above_of.get(id(block))
    if block is None:
        return
    parts = takewhile(lambda part: part is not lead, _parts(block))
    before = sum(len(seen(part)) for part in parts if isinstance(part, str))
    origins = block.origins[""]
    for at, (origin, number) in enumerate(origins):
        if before <= 0:
            break
        before -= len(seen(origin.words[number]))
    else:
        at = len(origins)
    origins.insert(at, (Origin(None, link.place, words=[said]), 0))


def _parts(block: Node) -> Iterator[str | Node]:
    """The words of a block and the elements within it, in order."""
    for kid in block.kids:
        yield kid
        if not isinstance(kid, str):
            yield from _parts(kid)


def explain(found: Parts, abbreviations: Iterable[Abbreviation]) -> None:
    """Mark each abbreviation where it stands first, outside of headings, with what it is short for."""
    left = {str(one.short): str(one.long) for one in abbreviations}
    todo = [(node, parent) for node, parent in nodes(found)] if left else []
    for node, _ in todo:
        if node.name in (*HEADINGS, "line", "dt", "abbr", "address") or not left:
            continue
        kids: list[Node | str] = []
        for kid in node.kids:
            kids += _explained(kid, left, node) if isinstance(kid, str) else [kid]
        node.kids[:] = kids


def _explained(words: str, left: dict[str, str], node: Node) -> list[Node | str]:
    out: list[Node | str] = []
    while left:
        found = re.search("|".join(map(_whole, sorted(left, key=len, reverse=True))), words)
        if found is None:
            break
        out += [words[: found.start()]] * (found.start() > 0)
        out.append(Node("abbr", node.place, {"title": left.pop(found[0])}, [found[0]]))
        words = words[found.end() :]
    return [*out, words] if words else out


def _whole(short: str) -> str:
    """An expression that finds an abbreviation, not a part of a word. Latin letters among Chinese ones are a word."""
    letter = "[A-Za-z0-9_]" if short.isascii() else r"\w"
    return rf"(?<!{letter}){re.escape(short)}(?!{letter})"


def renamed(parts: Mapping[str, Node], end: str) -> None:
    """Give all ids of a leaflet another end, and the links that lead to them: it is set beside another one."""
    for node in (one for part in parts.values() for one, _ in _below(part)):
        a = node.attributes
        if "id" in a:
            node.attributes = a = {**a, "id": a["id"] + end}
        if a.get("href", "").startswith("#"):
            node.attributes = a = {**a, "href": a["href"] + end}
        if "to" in a:
            node.attributes = {**a, "to": a["to"] + end}


def _typed(address_or_words: str) -> str:
    return address(address_or_words.strip()).casefold().removeprefix("www.").rstrip("/")


def nodes(found: Parts) -> Iterator[tuple[Node, Node | None]]:
    """Every element of the parts with its parent, in reading order."""
    for part in found.parts.values():
        yield from _below(part)


def _below(top: Node) -> Iterator[tuple[Node, Node | None]]:
    todo: list[tuple[Node, Node | None]] = [(top, None)]
    while todo:
        node, parent = todo.pop()
        yield node, parent
        todo += [(kid, node) for kid in reversed(node.kids) if not isinstance(kid, str)]
