"""Whatever two stories hold, every word of both stands once in the mirrored one, on its own side and in its own order."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.merge.mirror import mirrored
from generator.model.story import Leaflet, Node


def stories(*groups: str):
    blocks = st.recursive(
        st.sampled_from(["p", "p.fact", "p.line", "h2", "ul", "hr", "table 2", "table 3"]),
        lambda inner: st.tuples(st.sampled_from(groups), st.lists(inner, max_size=4)),
        max_leaves=12,
    )
    return st.lists(blocks, max_size=6)


def node(block, numbers, side: str) -> Node:
    name, kids = (block, None) if isinstance(block, str) else block
    name, _, style = name.partition(".")
    name, _, columns = name.partition(" ")
    attributes = {"class": style} if style else {}
    word = f"{side}{next(numbers)}"
    if kids is not None:
        return Node(name, None, attributes, [node(kid, numbers, side) for kid in kids])
    if name == "table":
        cells = [Node("th", None, {"scope": "col"}, [f"{word}.{n}"]) for n in range(int(columns))]
        return Node("table", None, {}, [Node("thead", None, {}, [Node("tr", None, {}, cells)])])
    if name == "ul":
        return Node("ul", None, {}, [Node("li", None, {}, [word])])
    return Node(name, None, attributes, [] if name == "hr" else [word])


def leaflet(story, language: str) -> Leaflet:
    numbers = itertools.count()
    return Leaflet({"story": Node("story", None, {}, [node(block, numbers, language) for block in story])}, language=language,
                   direction="rtl" if language == "he" else "ltr")


def sides(one: Node, language: str | None = None) -> list[tuple[str, str]]:
    """(language of the half it stands in, word), in reading order."""
    language = one.attributes.get("lang", language)
    return [pair for kid in one.kids for pair in ([(language, kid)] if isinstance(kid, str) else sides(kid, language))]


@settings(max_examples=300, deadline=None)
@given(stories("section", "div", "div.band", "aside.key"), stories("section", "div", "div.band", "aside.key"))
def test_every_word_stands_once_on_its_own_side_in_its_own_order(first, second):
    one, other = leaflet(first, "en"), leaflet(second, "he")
    wanted = [("en", word) for word in one.parts["story"].words().split()], [("he", word) for word in other.parts["story"].words().split()]
    both = sides(mirrored(one, other).parts["story"])
    assert [pair for pair in both if pair[0] == "en"] == wanted[0]
    assert [pair for pair in both if pair[0] == "he"] == wanted[1]
    assert len(both) == len(wanted[0]) + len(wanted[1])


@given(stories("section", "aside.key"))
def test_stories_that_are_made_alike_are_read_block_by_block(story):
    """Between a block and its translation nothing else is read, but the rest of the same list or table."""
    both = sides(mirrored(leaflet(story, "en"), leaflet(story, "he")).parts["story"])
    blocks = [(language, word[2:].partition(".")[0]) for language, word in both]
    once = [key for key, _ in itertools.groupby(blocks)]
    assert once == [half for number in dict.fromkeys(number for _, number in once) for half in (("en", number), ("he", number))]
