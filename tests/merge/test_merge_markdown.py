"""Markdown: what authors may write, what is refused and where, and that the short way gives the parser's answer."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from merge_kit import faults, merged, story, text, tree

from generator.merge import markdown


def written(source: str) -> str:
    """Markup of blocks without marks; or what is refused, as line: message."""
    markup, slips = markdown.blocks(source)
    wrong = [slip for slip in slips if slip.severity == "error"]
    return "\n".join(f"{slip.line}: {slip.message}" for slip in wrong) or re.sub("\x02.*?\x03", "", markup)


ALLOWED = {
    "one": "<p>one</p>",
    "one\ntwo": "<p>one two</p>",
    "one\n\n\ntwo\n": "<p>one</p><p>two</p>",
    "a **b** *c* __d__ _e_ ***f***": "<p>a <strong>b</strong> <em>c</em> <strong>d</strong> <em>e</em> "
                                     "<em><strong>f</strong></em></p>",
    "a [b *c*](https://x.org/?a=1&b=2) d": '<p>a <a href="https://x.org/?a=1&amp;b=2">b <em>c</em></a> d</p>',
    "<https://x.org/ä> <a@b.org>": '<p><a href="https://x.org/%C3%A4">https://x.org/ä</a> <a '
                                   'href="mailto:a@b.org">a@b.org</a></p>',
    "<https://x.org/%C3%A4>": '<p><a href="https://x.org/%C3%A4">https://x.org/%C3%A4</a></p>',
    "see www.x.org, https://x.org": "<p>see www.x.org, https://x.org</p>",
    "- a\n- b": "<ul><li>a</li><li>b</li></ul>",
    "- a\n\n- b": "<ul><li>a</li><li>b</li></ul>",
    "3. a\n4. b": '<ol><li label="3.">a</li><li label="4.">b</li></ol>',
    "- a\n  - b\n    - c\n- d": "<ul><li><p>a</p><ul><li><p>b</p><ul><li>c</li></ul></li></ul></li><li>d</li></ul>",
    "- a\n\n  b": "<ul><li><p>a</p><p>b</p></li></ul>",
    "- a **b**\n- ": "<ul><li>a <strong>b</strong></li><li></li></ul>",
    "> “a\n>\n> b”": "<blockquote><p>“a</p><p>b”</p></blockquote>",
    "> a\n> 5": "<p>&gt; a<br>&gt; 5</p>",
    "a\\\nb  \nc": "<p>a<br>b<br>c</p>",
    "a\n\n    b": "<p>a</p><p>b</p>",
    "\\*a\\* \\# &copy; &amp;lt; 5 < 6 & 7 > 2": "<p>*a* # © &amp;lt; 5 &lt; 6 &amp; 7 &gt; 2</p>",
    "\"a\" -- 'b'... (c) +-": "<p>\"a\" -- 'b'... (c) +-</p>",
    "[1]: https://x.org": "<p>[1]: https://x.org</p>",
    "a_b_c 2*3*4": "<p>a_b_c 2*3*4</p>",
    "10^9^ Ca^2+^ H~2~O FEV~1~ 1^st^ C~max~ 5~10~15 ~5 10^9": "<p>10⁹ Ca²⁺ H₂O FEV₁ 1<sup>st</sup> C<sub>max</sub> "
                                                             "5~10~15 ~5 10^9</p>",
    "a[^1] b[^*], c[^b]\n[^1]: d\ne\n[^*]: f\n\ng": '<p>a<a href="#note-1">¹</a> b<a href="#note-*">*</a>, '
    'c<a href="#note-b"><sup>b</sup></a></p><note id="note-1" label="1">d e</note>'
    '<note id="note-*" label="*">f</note><p>g</p>',
    "- a[^1]\n[^1]: b": '<ul><li>a<a href="#note-1">¹</a></li></ul><note id="note-1" label="1">b</note>',
    "a [1]": "<p>a [1]</p>",
    "5\u00a0mg": "<p>5\u00a0mg</p>",
}


REFUSED = {
    "a\n\n# b": "2: a heading cannot stand in a text",
    "a\n===": "1: a heading cannot stand in a text",
    "a\n```\nb\n```": "1: code has no place here",
    "a\nb `c`": "1: code (`…`) has no place here",
    "a\n\n---\n\nb": "2: a rule has no place in a text",
    "<div>\na\n</div>": "0: HTML is not read",
    "a\nb <b>c</b>": "1: HTML is not read",
    "a <!-- b -->": "0: HTML is not read",
    "a\n\n| a | b |\n|---|---|\n| 1 | 2 |": "2: a table cannot stand in a text",
    "a ![b](c.png)": "0: a picture cannot stand in a text",
    "a\nb [](https://x.org)": "1: a link has no words",
    "a\nb [c](tel:030 12)": "1: this link is not read",
    "[c] (https://x.org)": "0: this link is not read",
    "[c](https://x.org/(a)": "0: this link is not read",
    "[c](www.x.org b)": "0: this link is not read",
    "a\n~~b~~": "1: struck words (~~…~~) have no place here",
    "- a\n- # b": "1: a heading cannot stand in a text",
    "\n".join("  " * depth + "- a" for depth in range(8)): "6: lists and quotations stand too deep in one another",
    "\n".join("  " * depth + "- a" for depth in range(90)): "6: lists and quotations stand too deep in one another",
    "# a\n\n![b](c)": "0: a heading cannot stand in a text\n2: a picture cannot stand in a text",
}


@pytest.mark.parametrize(("source", "said"), [*ALLOWED.items(), *REFUSED.items()])
def test_allowed_and_refused(source, said):
    assert written(source) == said


INLINE = {
    "a **b** [c](tel:1)": 'a <strong>b</strong> <a href="tel:1">c</a>',
    "> 5 mg": "&gt; 5 mg",
    "1. What is it?": "1. What is it?",
    "-5 °C": "-5 °C",
    "a\nb": "a b",
    "": "",
}


@pytest.mark.parametrize("source", INLINE)
def test_one_line(source):
    markup, slips = markdown.line(source)
    assert (re.sub(r"\s+", " ", markup), slips) == (INLINE[source], ())


@pytest.mark.parametrize("source", ["# a", "a\n\nb", "`a`", "![a](b)", "<b>a</b>"])
def test_one_line_refuses(source):
    assert markdown.line(source)[1][0].severity == "error"


@pytest.mark.parametrize("source, told", [("- a", 1), ("- 2 tablets", 0), ("* Not if you are pregnant", 0),
                                          ("+ 3 kg", 0), ("-", 0), ("---", 0), ("a) b", 0)])
def test_one_line_has_no_lists(source, told):
    """The signs of lists are printed as typed; of a dash before a word it is said that it makes no list."""
    markup, slips = markdown.line(source)
    assert markup == source and [slip.severity for slip in slips] == ["warning"] * told


def test_refusals_are_placed():
    summary = text("one\n\ntwo\n\n# three", 10, 5)
    assert faults("{{ content.summary|text }}<p>{{ content.category|inline }}</p>", summary=summary,
                  category=text("- a", 3)) == [
        ("content/x/en.yaml:3:3: warning: here stands one line of words, no list (the sign is printed as "
         "typed; write \\- for a dash)"),
        ("content/x/en.yaml:14:5: a heading cannot stand in a text (headings have a place of their own: "
         "sections:, heading:; or write \\#)"),
    ]


def test_doubts_do_not_stop_a_leaflet():
    leaflet = merged("<story><h1>{{ content.title }}</h1>{{ content.summary|text }}</story>",
                     summary=text("- 2 tablets", 10, 5))
    assert [str(doubt) for doubt in leaflet.warnings] == [
        ("content/x/en.yaml:10:5: warning: a list of one, or minus? (it is printed as typed; write • for an item of a "
         "list, − or \\- for minus)")]
    assert leaflet.parts["story"].words().split() == ["A", "title", "-", "2", "tablets"]


def test_nothing_prints_nothing():
    assert len(story("{{ content.summary|text }}<p>{{ content.category|inline }}</p>").kids) == 1


@pytest.mark.parametrize("sign",
                         ["\u200b", "\xad", "\u200f", "\u2060", "\u2063", "\u2066", "\u206a", "&#8203;", "&shy;"])
def test_what_cannot_be_seen_prints_nothing(sign):
    assert [kid.words() for kid in story("{{ content.summary|text }}",
                                         summary=text(f"one\n\n{sign}\n\ntwo")).kids] == ["A title", "one", "two"]


def test_a_link_of_unseen_words_is_refused_where_it_stands():
    assert faults("{{ content.summary|text }}", summary=text("one\n\n[\u200b](https://x.org)", 10, 5))[0].startswith(
        "content/x/en.yaml:12:5: <a> has no words")


def test_lists_become_nodes():
    node = story("{{ content.summary|text }}", summary=text("Do:\n\n1. *a*\n2. b\n   - c"))
    assert tree(node).split("\n", 3)[3] == (
        '  p\n    "Do:"\n  ol\n    li [label=1.]\n      em\n        "a"\n    li [label=2.]\n      p\n        "b"\n    '
        '  ul\n        li\n          "c"'
    )


LINES = st.lists(
    st.one_of(
        st.sampled_from(["", "", " ", "a", "one two", "  set in", "1.5 mg", "12) x", "3. y", "(a)", "a: b", "a - b",
                         "5 > 3", "a = b",
                         "a #1", "- x", "+ y", "= z", "> q", "# h", "a\u00a0b", "\u00a0", "~ a", "a  ", "    b", "'q'",
                         '"r"', "{x}", "a!"]),
        st.text(st.sampled_from("ab 12.)-+=>#~'\"(){}:!?,;/@$%^]\u00a0éا中"), max_size=12),
    ),
    max_size=8,
).map("\n".join)


@settings(max_examples=400, deadline=None)
@given(LINES)
def test_the_short_way_gives_the_parsers_answer(source):
    """Lines in which nothing can be a mark are not parsed; parsed, they would be the same."""
    short = markdown._Writer().blocks(source)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(markdown, "SPECIAL", re.compile(""))
        assert markdown._Writer().blocks(source) == short


def test_the_short_way_is_the_usual_one():
    plain = (
        "Take one tablet (5 mg) with food, 2–3 times a day; don't skip.\nCall +90 312 555: day or "
        "night!\n\n“Next” paragraph.")
    assert not markdown.SPECIAL.search(plain)


def test_plain_text_needs_no_parser():
    code = (
        "import sys; from generator.merge import markdown, template; markdown.blocks('a b'); markdown.line('c');"
        "print([name for name in ('markdown_it', 'babel') if name in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True,
                          check=True).stdout.strip() == "[]"


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from("ab\n \t`*_[]()<>&|\\#-+1.!~:/\"'\u00a0"), max_size=40))
def test_any_text_is_written_or_refused(source):
    markdown.blocks(source)
    markdown.line(source)


def cited(source: str, sources: int) -> tuple[str, list[str]]:
    """Markup of blocks in a leaflet with so many references; and the doubts."""
    markup, slips = markdown.blocks(source, sources)
    return markup, [f"{slip.line}: {slip.severity}: {slip.message}" for slip in slips]


def test_numbers_in_brackets_are_citations_where_there_are_as_many_references():
    one = '<a href="#source-1">{}</a>'.format
    assert cited("a [1] b", 2) == (f"<p>a {one('[1]')} b</p>", [])
    assert cited("a [1, 2]", 2)[0] == f'<p>a [{one("1")}, <a href="#source-2">2</a>]</p>'
    assert cited("a [1–2]", 2)[0] == f'<p>a [{one("1")}–<a href="#source-2">2</a>]</p>'
    assert cited("a [1][2].", 2)[0] == f'<p>a {one("[1]")}<a href="#source-2">[2]</a>.</p>'
    assert "href" not in cited("a [1][b]", 2)[0]
    assert cited("a\nb [3]", 2) == ("<p>a b [3]</p>", ["1: warning: [3] leads to no reference"])
    assert cited(r"a \[1] [0] [1938] [see 1]", 2)[0] == "<p>a [1] [0] [1938] [see 1]</p>"
    assert cited("[a [1] b](https://x.org)", 2)[0] == '<p><a href="https://x.org">a [1] b</a></p>'
