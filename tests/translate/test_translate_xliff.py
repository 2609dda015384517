"""Whatever the order of its elements, an XLIFF file is read or refused at its place: never a fault of the program."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.model.problem import Rejected
from generator.translate.xliff import read_xliff

ATTRIBUTES = {"file": ' original="content/x/en.yaml"', "unit": ' name="title"'}
NAMES = st.sampled_from(
    ["file", "group", "unit", "segment", "ignorable", "source", "target", "notes", "note", "mrk", "other", "words"]
)
TREES = st.recursive(NAMES, lambda inner: st.tuples(NAMES, st.lists(inner, max_size=3)), max_leaves=14)
USUAL = ("unit", [("segment", ["source", "target"])])


def written(tree) -> str:
    name, kids = (tree, []) if isinstance(tree, str) else tree
    if name == "words":
        return "words"
    return f"<{name}{ATTRIBUTES.get(name, '')}>{''.join(map(written, kids))}</{name}>"


def read(trees):
    head = '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="en" trgLang="tr">'
    return read_xliff(f"{head}{''.join(map(written, trees))}</xliff>".encode(), "it.xlf")


@given(st.lists(TREES, max_size=4))
@example([("file", [("unit", ["unit"])])])
@example([("file", [("unit", [("segment", [USUAL])])])])
@example([("file", [("unit", ["source"])])])
@example([("file", ["segment", "unit"])])
@example(["unit"])
def test_any_order_of_elements_is_read_or_refused(trees):
    try:
        sheet = read(trees)
    except Rejected as rejected:
        assert all(problem.place and problem.place.file == "it.xlf" for problem in rejected.problems)
    else:
        assert sheet.file and all(unit.path == "title" for unit in sheet.units)


def test_the_usual_order_is_read():
    segment = ("segment", [("source", ["words"]), ("target", [("mrk", ["words"])])])
    (unit,) = read([("file", [("group", [("unit", ["notes", segment])])])]).units
    assert (unit.text, unit.target, unit.done) == ("words", "words", True)


@pytest.mark.parametrize(("trees", "said"), [
    ([("file", [("unit", ["unit"])])], "<unit> stands within a <unit>"),
    ([("file", [("unit", [("segment", [USUAL])])])], "<unit> stands within a <unit>"),
    ([("file", [("unit", ["segment", "segment"])])], "the text has been cut into segments"),
    ([("file", [("unit", [("segment", ["source", "source"])])])], "a second <source> stands in this unit"),
    ([("file", ["unit"])], "this <unit> has no <source>"),
    ([("file", ["segment"])], "<segment> stands where it cannot"),
    ([("file", [("unit", ["source"])])], "<source> stands where it cannot"),
])
def test_elements_that_stand_where_they_cannot(trees, said):
    with pytest.raises(Rejected, match=said):
        read(trees)
