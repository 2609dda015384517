"""What leads from one place of a leaflet to another: addresses in print, citations, footnotes, abbreviations."""

from __future__ import annotations

import pytest
from merge_kit import merged, text, tree

from generator.merge.crossrefs import address
from generator.model.content import Abbreviation, Reference
from generator.model.problem import Rejected

LIST = "<addresses><h2>w</h2></addresses>"


def said(inner: str, **parts) -> str:
    """The words of a story, its blocks parted by |."""
    story = merged(f"<story><h1>{{{{ content.title }}}}</h1>{inner}</story>", **parts).parts["story"]
    return " | ".join(" ".join(kid.words().split()) for kid in story.kids[1:])


LINKS = text("See [us](https://x.org/a), [here](https://x.org/b/), [again](https://x.org/a), <https://x.org/c>, "
             "[x.org/d](https://x.org/d), [mail](mailto:a@x.org).")


def test_addresses_stand_once_in_one_list_and_its_numbers_behind_the_links():
    assert said("{{ content.summary|text }}" + LIST, summary=LINKS) == (
        "See us 1, here 2, again 1, https://x.org/c, x.org/d, mail. | w x.org/a x.org/b/")


def test_without_the_list_there_are_no_numbers_and_without_links_no_list():
    assert said("{{ content.summary|text }}", summary=LINKS).startswith("See us, here, again,")
    assert said("{{ content.summary|text }}" + LIST, summary=text("None.")) == "None."


def test_an_address_is_printed_as_it_is_typed():
    assert [address(one) for one in ("https://x.org/", "https://x.org/a/", "HTTPS://x.org", "http://x.org/")] == [
        "x.org", "x.org/a/", "x.org", "http://x.org/"]


def test_a_citation_of_references_that_a_layout_leaves_out_is_words():
    sources = {"summary": text("As found [1]."), "references": [Reference(text=text("A study"))]}
    plain = merged("<story><h1>t</h1>{{ content.summary|text }}</story>", **sources)
    assert "a [href" not in tree(plain.parts["story"])
    cited = merged('<story><h1>t</h1>{{ content.summary|text }}<ol><li id="source-1">A</li></ol></story>', **sources)
    assert "a [href=#source-1]" in tree(cited.parts["story"])


def test_a_call_without_its_note_is_refused():
    with pytest.raises(Rejected) as rejected:
        said("{{ content.summary|text }}", summary=text("Take it[^1]."))
    assert [problem.message for problem in rejected.value.problems] == ["there is no footnote [^1]"]
    with pytest.raises(Rejected) as rejected:
        said("{{ content.summary|text }}", summary=text("Take it[^1]."), audience_note=text("[^1]: With food."))
    assert rejected.value.problems[0].hint.startswith("this layout leaves out the text in which it stands")


def test_two_notes_with_one_label_are_refused_where_the_second_stands():
    with pytest.raises(Rejected) as rejected:
        said("{{ content.summary|text }}", summary=text("Take it[^1].\n\n[^1]: One.\n[^1]: Two.", line=7))
    (problem,) = rejected.value.problems
    assert str(problem).startswith("content/x/en.yaml:10:3: the footnote [^1] stands twice (give each its own label;")


@pytest.mark.parametrize(("words", "marked"), [
    ("An MRI, an MRI.", ["MRI"]), ("MRIs, aMRI", []), ("做MRI检查", ["MRI"]), ("A CT-MRI", ["CT", "MRI"]),
])
def test_an_abbreviation_is_explained_where_it_stands_first(words, marked):
    known = [Abbreviation(short=text("MRI"), long=text("pictures")), Abbreviation(short=text("CT"), long=text("rays"))]
    story = merged("<story><h1>MRI</h1>{{ content.summary|text }}<p>MRI</p></story>", summary=text(words),
                   abbreviations=known).parts["story"]
    found = [kid for kid in story.kids[1].kids if not isinstance(kid, str)]
    assert [(kid.name, kid.words()) for kid in found] == [("abbr", one) for one in marked]
    assert story.kids[0].words() == "MRI"
