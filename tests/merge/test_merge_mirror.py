"""Whatever two stories hold, every word of both stands once in the mirrored one, on
its own side and in its own order."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.merge.mirror import NOUNS, mirrored, unlike
from generator.model.content import (
    Block,
    Box,
    Contact,
    Content,
    Disclaimer,
    Figure,
    Gallery,
    Item,
    Listing,
    Question,
    Questions,
    Reference,
    Row,
    RowGroup,
    Section,
    Step,
    Table,
    Term,
)
from generator.model.record import names, replace
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
    return Leaflet({"story": Node("story", None, {}, [node(block, numbers, language) for block in story])},
                   language=language, direction="rtl" if language == "he" else "ltr")


def sides(one: Node, language: str | None = None) -> list[tuple[str, str]]:
    """(language of the half it stands in, word), in reading order."""
    language = one.attributes.get("lang", language)
    return [pair for kid in one.kids for pair in ([(language, kid)] if isinstance(kid, str) else sides(kid, language))]


@settings(max_examples=300, deadline=None)
@given(stories("section", "div", "div.band", "aside.key"), stories("section", "div", "div.band", "aside.key"))
def test_every_word_stands_once_on_its_own_side_in_its_own_order(first, second):
    one, other = leaflet(first, "en"), leaflet(second, "he")
    wanted = [("en", word) for word in one.parts["story"].words().split()], [("he", word)
        for word in other.parts["story"].words().split()]
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
    assert once == [half for number in dict.fromkeys(number for _, number in once)
                    for half in (("en", number), ("he", number))]


# ── what the second file must be like ────────────────────────────────────────────────────────────────────────────────

TABLE = Table(["When", "Puffs"], [Row("Morning"), RowGroup("Night", [Row("Late"), Row("Later")])], "Doses", "A note.")
QUESTION = Question("Why?", [Block(text="So."), Block(text="And so.")])
FIGURE = Figure("a.png", "A", "Here")
WHOLE = Content(
    1, "en", "T", summary="S", category="C", figure=FIGURE, options=["One", "Two"], key_points=["K", "L"],
    introduction=[Block(text="I"), Block(figure=FIGURE)],
    sections=[
        Section("First", [Block(steps=[Step([Block(text="Go"), Block(text="Now")], FIGURE),
                                       Step([Block(text="Stop")])]),
                          Block(table=TABLE),
                          Block(glossary=[Term("a", "b"), Term("c", "d")]), Block(questions=[QUESTION, QUESTION]),
                          Block(box=Box("tip", [Block(text="B")], "H")), Block(contact=Contact("N", note="Ask."))],
                option="One", sections=[Section("Below"), Section("Below, too")],
                closing=[Block(text="C"), Block(text="D")]),
        Section("Second", [Block(listing=Listing("bullets", ["a", Item([Block(text="b")])])),
                           Block(gallery=Gallery([Figure("a.png", "A"), Figure("b.png", "B")]))]),
    ],
    questions=Questions([QUESTION, QUESTION], "Asked"), glossary=[Term("a", "b"), Term("c", "d")],
    contacts=[Contact("N"), Contact("M")], disclaimer=Disclaimer("D", "H"), audience_note="A",
    references=[Reference("R"), Reference("S")],
)
"""Every list that both files must have equally long, and everything that both have or neither."""


def changed(entry, path: tuple, change):
    """A copy in which `change` was made to what stands at the end of a path of keys and numbers."""
    if not path:
        return change(entry)
    key, *rest = path
    if isinstance(key, int):
        return [changed(item, tuple(rest), change) if number == key else item for number, item in enumerate(entry)]
    return replace(entry, **{key: changed(getattr(entry, key), tuple(rest), change)})


def lists(entry, path: tuple = ()):
    """(path, the list) for every list below an entry whose length counts."""
    for name in names(entry):
        value = getattr(entry, name)
        if isinstance(value, list) and name in NOUNS:
            yield (*path, name), value
            for number, item in enumerate(value):
                if not isinstance(item, str):
                    yield from lists(item, (*path, name, number))
        elif value is not None and hasattr(value, "place") and not isinstance(value, str):
            yield from lists(value, (*path, name))


LENGTHS = {
    ("options",): "this leaflet has {} option",
    ("key_points",): "this leaflet has {} key point",
    ("introduction",): "this leaflet has {} introduction block",
    ("sections",): "this leaflet has {} section",
    ("sections", 0, "body"): "section 1 has {} block",
    ("sections", 0, "sections"): "section 1 has {} section",
    ("sections", 0, "closing"): "section 1 has {} closing block",
    ("sections", 1, "body", 0, "listing", "items"): "section 2, block 1 has {} item",
    ("sections", 1, "body"): "section 2 has {} block",
    ("sections", 1, "body", 1, "gallery", "pictures"): "section 2, block 2 has {} picture",
    ("sections", 0, "body", 0, "steps", 0, "text"): "section 1, block 1, step 1 has {} block",
    ("sections", 0, "body", 3, "questions", 0, "answer"): "section 1, block 4, question 1 has {} block",
    ("questions", "items", 0, "answer"): "question 1 has {} block",
    ("sections", 0, "body", 0, "steps"): "section 1, block 1 has {} step",
    ("sections", 0, "body", 1, "table", "columns"): "section 1, block 2 has {} column",
    ("sections", 0, "body", 1, "table", "rows"): "section 1, block 2 has {} row",
    ("sections", 0, "body", 1, "table", "rows", 1, "rows"): "section 1, block 2, row 2 has {} row",
    ("sections", 0, "body", 2, "glossary"): "section 1, block 3 has {} term",
    ("sections", 0, "body", 3, "questions"): "section 1, block 4 has {} question",
    ("questions", "items"): "this leaflet has {} question",
    ("glossary",): "this leaflet has {} term",
    ("contacts",): "this leaflet has {} contact",
    ("references",): "this leaflet has {} reference",
}


@pytest.mark.parametrize("path", LENGTHS, ids=lambda path: ".".join(map(str, path)))
def test_a_list_of_another_length_is_named_by_what_it_holds(path):
    """One less, one more, and none: in the words a person would use."""
    said = LENGTHS[path]
    for change, count, plural in ((lambda old: old[:1], "1", ""), (lambda old: [*old, old[0]], None, "s"),
                                  (lambda old: [], "no", "s")):
        other = changed(WHOLE, path, change)
        (found,) = unlike(WHOLE, other)
        (old,) = [value for where, value in lists(WHOLE) if where == path]
        count = count or str(len(old) + 1)
        assert found.message == f"{said.format(count)}{plural}, en has {len(old)}"
        assert found.hint == "set side by side, both files have the same blocks in the same order"
    assert unlike(WHOLE, WHOLE) == []


def test_every_list_has_been_shortened():
    with_lists = {path for path, _ in lists(WHOLE)}
    assert {tuple(key for key in path if isinstance(key, str)) for path in LENGTHS} == {
        tuple(key for key in path if isinstance(key, str)) for path in with_lists if len(dict(lists(WHOLE))[path]) > 1}
    assert {path[-1] for path in LENGTHS} == NOUNS.keys()


LEFT_OUT = {
    ("summary",): "this leaflet has no 'summary', en has one",
    ("category",): "this leaflet has no 'category', en has one",
    ("figure",): "this leaflet has no 'figure', en has one",
    ("disclaimer",): "this leaflet has no 'disclaimer', en has one",
    ("audience_note",): "this leaflet has no 'audience note', en has one",
    ("questions",): "this leaflet has no 'questions', en has one",
    ("disclaimer", "heading"): "this leaflet has no 'heading', en has one",
    ("figure", "caption"): "this leaflet has no 'caption', en has one",
    ("sections", 0, "option"): "section 1 has no 'option', en has one",
    ("sections", 0, "body", 0, "steps", 0, "figure"): "section 1, block 1, step 1 has no 'figure', en has one",
    ("sections", 0, "body", 1, "table", "caption"): "section 1, block 2 has no 'caption', en has one",
    ("sections", 0, "body", 1, "table", "note"): "section 1, block 2 has no 'note', en has one",
    ("sections", 0, "body", 5, "contact", "note"): "section 1, block 6 has no 'note', en has one",
    ("sections", 0, "body", 4, "box", "heading"): "section 1, block 5 has no 'heading', en has one",
}


@pytest.mark.parametrize("path", LEFT_OUT, ids=lambda path: ".".join(map(str, path)))
def test_what_only_one_file_has_is_named(path):
    less = changed(WHOLE, path, lambda old: None)
    assert [problem.message for problem in unlike(WHOLE, less)] == [LEFT_OUT[path]]
    said = LEFT_OUT[path].replace("has no ", "has a ").replace("en has one", "en has none")
    assert [problem.message for problem in unlike(less, WHOLE)] == [said]


def test_an_item_of_text_for_one_of_blocks():
    other = changed(WHOLE, ("sections", 1, "body", 0, "listing", "items", 0), lambda old: Item([Block(text=old)]))
    assert [problem.message for problem in unlike(WHOLE, other)] == [
        "item 1 of section 2, block 1 holds blocks, in en it is a text"]
    assert [problem.message for problem in unlike(other, WHOLE)] == [
        "item 1 of section 2, block 1 is a text, in en it holds blocks"]


def test_a_row_for_a_group_and_one_block_for_another():
    path = ("sections", 0, "body", 1, "table", "rows", 0)
    other = changed(WHOLE, path, lambda old: RowGroup("G", [old]))
    assert [problem.message
            for problem in unlike(WHOLE, other)] == ["section 1, block 2, row 1 is a group of rows, in en it is a row"]
    assert [problem.message
            for problem in unlike(other, WHOLE)] == ["section 1, block 2, row 1 is a row, in en it is a group of rows"]
    other = changed(WHOLE, ("sections", 0, "body", 4), lambda old: Block(text="B"))
    assert [problem.message for problem in unlike(WHOLE, other)] == ["section 1, block 5 is 'text', in en it is 'box'"]
    other = changed(WHOLE, ("sections", 0, "body", 4, "box", "kind"), lambda old: "alert")
    assert [problem.message for problem in unlike(WHOLE, other)] == ["section 1, block 5 is 'alert', in en it is 'tip'"]


@pytest.mark.parametrize(("text", "said"), [
    ("One.\n\nTwo.", "2 paragraphs"), ("- a\n- b", "1 list"), ("1. a\n2. b", "1 numbered list"),
    ("> “Said.”", "1 quotation"), ("One.\n\n- a", "1 paragraph, 1 list"),
])
def test_texts_that_are_made_otherwise_are_told_by_their_pieces(text, said):
    other = changed(WHOLE, ("introduction", 0, "text"), lambda old: text)
    assert [problem.message
            for problem in unlike(WHOLE, other)] == [f"'text' of introduction block 1 has {said}, en has 1 paragraph"]
    assert [problem.message
            for problem in unlike(other, WHOLE)] == [f"'text' of introduction block 1 has 1 paragraph, en has {said}"]
    turned = changed(WHOLE, ("introduction", 0, "text"), lambda old: "- a\n\nOne.")
    if said == "1 paragraph, 1 list":
        assert [problem.message for problem in unlike(turned, other)] == [
            "'text' of introduction block 1 has 1 paragraph, 1 list in another order, en has 1 list, 1 paragraph"]


@pytest.mark.parametrize(("path", "said"), [
    (("summary",), "'summary' of this leaflet"),
    (("audience_note",), "'audience_note' of this leaflet"),
    (("disclaimer", "text"), "'text' of this leaflet"),
    (("questions", "items", 1, "answer", 0, "text"), "'text' of question 2, block 1"),
    (("glossary", 0, "meaning"), "'meaning' of term 1"),
    (("sections", 0, "body", 0, "steps", 1, "text", 0, "text"), "'text' of section 1, block 1, step 2, block 1"),
    (("sections", 0, "body", 1, "table", "note"), "'note' of section 1, block 2"),
    (("sections", 0, "body", 4, "box", "text", 0, "text"), "'text' of section 1, block 5, block 1"),
    (("sections", 0, "body", 5, "contact", "note"), "'note' of section 1, block 6"),
], ids=lambda value: value if isinstance(value, str) else "")
def test_every_text_of_several_pieces_is_compared(path, said):
    other = changed(WHOLE, path, lambda old: f"{old}\n\nAnd more.")
    assert [problem.message for problem in unlike(WHOLE, other)] == [f"{said} has 2 paragraphs, en has 1 paragraph"]
