"""Markup: case files, places, and that words come through whole."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from merge_kit import CLASSES, faults, merged, story, text, tree
from work import calls

from generator.merge.markup import parse
from generator.merge.sources import stamp
from generator.model.content import UNSEEN
from generator.model.problem import Place
from generator.model.prose import marker_of
from generator.model.story import ELEMENTS, Node

CASES = sorted(Path(__file__).parent.glob("cases/*.txt"))
PANELS = ["cover", "flap", "back"]


def read(markup: str):
    """A template without any Jinja, through stamps and parser. Places are lines of the markup."""
    stamps: list[Place] = []
    return parse(stamp(markup, "t", stamps), Place("t"), stamps, [], CLASSES, PANELS)


def told(markup: str) -> str:
    """What comes of markup, as the case files say it."""
    found = read(markup)
    if found.problems:
        return "\n".join(str(problem).removeprefix("t:") for problem in found.problems)
    return "\n".join(tree(node) for node in [*found.parts.values(), *found.footers])


def cases():
    for file in CASES:
        for piece in re.split(r"^=== ", file.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
            name, rest = piece.split("\n", 1)
            markup, expected = rest.split("\n---\n")
            yield pytest.param(markup, expected.strip("\n"), id=f"{file.stem}: {name}")


@pytest.mark.parametrize(("markup", "expected"), list(cases()))
def test_case(markup, expected):
    assert told(markup) == expected


def test_the_case_files_are_many_and_speak_of_every_element():
    assert len(list(cases())) > 50
    everything = "".join(file.read_text(encoding="utf-8") for file in CASES)
    assert [name for name in ELEMENTS if f"<{name}" not in everything] == []


# ── places ──


def test_a_node_stands_where_its_first_words_stand():
    node = story(
        "<section>\n{{ content.summary|text }}</section>",
        summary=text("one\n\n- two\n- three *four*", 10),
    )
    section = node.kids[1]
    paragraph, bullets = section.kids
    assert (section.place.line, paragraph.place.line, bullets.place.line) == (10, 10, 12)
    assert [item.place.line for item in bullets.kids] == [12, 13]
    assert node.place.file == "layouts/test/layout.html.j2"


def test_words_of_the_template_stand_in_the_template():
    node = story("\n<p>Words <strong>{{ content.title }}</strong></p>", title=text("T", 7))
    assert node.kids[1].place == Place("layouts/test/layout.html.j2", 3, 1)
    assert node.kids[1].kids[1].place.line == 7


def test_a_fixed_phrase_places_its_own_text_only():
    node = story("<section><h2>{{ words.questions }}</h2><p>{{ content.category }}</p></section>",
                 category=text("C", 30))
    section = node.kids[1]
    assert section.kids[0].place.file == "words/en.yaml"
    assert section.place.line == 30


def test_a_picture_stands_where_its_words_stand():
    node = story('<img src="a.png" alt="{{ content.category }}"/>', category=text('"A" & <b>', 30))
    assert node.kids[1].place.line == 30
    assert node.kids[1].attributes["alt"] == '"A" & <b>'


def test_a_wrong_address_is_the_authors():
    assert faults("{{ content.summary|text }}", summary=text("a\nb [x](javascript:y)", 4)) == [
        ("content/x/en.yaml:5:3: 'javascript:y' is not an address (it begins with https://, http://, mailto: "
         "or tel: and has no spaces)")
    ]
    assert faults('<p><a href="{{ content.web }}">x</a></p>',
                  web=text("ftp://x", 9))[0].startswith("content/x/en.yaml:9:3: ")


def test_words_between_blocks_are_the_templates_fault():
    assert faults("<section>\n\n{{ content.title }}</section>") == [
        "L:4:1: the words 'A title' stand directly in <section> (put <p>…</p> around them)"
    ]


def test_words_cannot_forge_places():
    node = story("<p>{{ content.category }}</p><p>{{ content.options[0]|inline }}</p>",
                 category=text("\x010\x01a\x02+5\x03b", 7), options=[text("\x020\x03 *c*", 8)])
    assert [(kid.words(), kid.place.line) for kid in node.kids[1:]] == [("0a+5b", 7), ("0 c", 8)]


def test_control_characters_never_reach_the_story():
    assert read("<story><p>a\x1fb\x03c\x01d\x02e</p></story>").parts["story"].words().strip() == "abcde"


def test_problems_are_told_once_and_not_without_end():
    assert len(faults("{% for x in range(9) %}<x></x>{% endfor %}")) == 1
    assert len(faults("".join(f"<x{number}></x{number}>" for number in range(300)))) == 100


# ── words come through whole ──


ANY = st.text(
    st.one_of(
        st.sampled_from("&<>\"'`*_[](){}|\\#+-=!~.,:;%$@^?/ \n\u00a0\u00ad\u200f\u2003é中ا😀&amp;{{}}{%%}{##}"),
        st.characters(exclude_categories=["Cc", "Cs"]),
    ),
    min_size=1,
    max_size=60,
)


def evened(words: str) -> str:
    return re.sub("[ \t\n]+", " ", words).strip(" ")


@settings(max_examples=150, deadline=None)
@given(ANY)
def test_plain_words_come_through_whole(words):
    if UNSEEN.fullmatch(evened(words) or " "):
        return  # a title without words is refused
    leaflet = merged('<story><h1>{{ content.title }}</h1><img src="a.png" alt="{{ content.title }}"/></story>',
                     title=text(words))
    title, picture = leaflet.parts["story"].kids
    assert title.words() == picture.attributes["alt"] == evened(words)


@settings(max_examples=150, deadline=None)
@given(ANY)
def test_escaped_words_come_through_markdown_whole(words):
    words = evened(words)
    if UNSEEN.fullmatch(words or " ") or (mark := marker_of(words)) and mark.kind == "bullet":
        return  # • has no escape: at the start of a line it is always an item
    escaped = re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", words)
    node = story("{{ content.summary|text }}<p>{{ content.category|inline }}</p>", summary=text(escaped),
                 category=text(escaped))
    paragraph, one = node.kids[1:]
    assert paragraph.words() == one.words() == words


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(["<", ">", "/", "p", "story", "ul", " ", "&", ";", "#", '"', "=", "class", "\x01",
                                 "\x02", "\x03", "1", "+", "!--", "-->", "li", "\n"]), max_size=30).map("".join))
def test_any_markup_is_read_or_refused(markup):
    found = parse(markup, Place("t"), [Place("t")], [Place("c")], CLASSES, PANELS)
    for node in [*found.parts.values(), *found.footers]:
        assert isinstance(node.words(), str)


def test_markup_takes_linear_work():
    piece = (
        '<section>\n  <h2 class="key">What is it?</h2>\n  <p>Words and <strong>more</strong> words &amp; '
        'others.</p>\n</section>\n')

    def work(count: int) -> int:
        return calls(lambda: parse("<story>" + piece * count + "</story>", Place("t"), [], [], CLASSES, PANELS))

    work(1)
    assert work(600) < 3.1 * work(200)


def test_hostile_markup_takes_linear_work():
    for piece in ("<", "<a ", "<!--", "<a '", '<a "', "&", "&#", "<p x=", "\x01", "\x02", "</p>", "<p>"):
        def work(count: int, piece: str = piece) -> int:
            return calls(lambda: parse(piece * count, Place("t"), [], [], CLASSES, PANELS))

        work(1)
        assert work(4000) < 4.5 * work(1000) + 100, piece


def test_kids_are_never_two_texts_in_a_row():
    node = story("<p>a {{ content.title }} b <em></em> c <!-- x --> d</p>")
    assert node.kids[1].kids == ["a A title b c d"]
    assert all(isinstance(kid, (str, Node)) for kid in node.kids)
