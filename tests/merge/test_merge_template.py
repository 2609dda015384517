"""Templates: what they are given, where their mistakes are, and that nothing stale is ever used."""

from __future__ import annotations

import os
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from merge_kit import PHRASES, faults, folded, layout_of, merged, problems, story, text, words
from merge_kit import content as whole

from generator.merge.template import merge
from generator.model.content import Block, Publisher, Question, Questions, Review, Section
from generator.model.problem import Rejected

PAGE = "<story><h1>{{ content.title }}</h1>\n"


# ── what templates are given ──


def test_a_leaflet():
    leaflet = merged(PAGE + "<p>x</p></story><footer><p>{{ phrase('page_of', page=page, pages=pages) }}</p></footer>",
                     language="ar")
    assert (leaflet.title, leaflet.language, leaflet.direction) == ("A title", "ar", "rtl")
    assert list(leaflet.parts) == ["story"]
    assert [kid if isinstance(kid, str) else kid.name for kid in leaflet.footers[0].kids[0].kids] == ["Page ", "page",
        " of ", "pages"]


def test_variables_and_filters():
    node = story(
        "<p>{{ layout }} {{ draft }} {{ words.questions }} {{ content.review.published|date }}</p>",
        review=Review(status="draft", published=text("2021-06-22")),
    )
    assert node.kids[1].words() == "test Draft – not for use Frequently asked questions June 22, 2021"
    assert story("<p>x{{ draft }}</p>").kids[1].words() == "x"


def test_the_status_needs_its_phrase():
    told = faults("<p>{{ draft }}</p>", review=Review(status="unreviewed-translation"))
    assert told == ["words/en.yaml:1:1: words/en.yaml has no phrase 'status_unreviewed-translation' (write it there)"]


def test_missing_phrases_are_all_told():
    assert faults("<p>{{ words.qestions }}</p>\n<p>{{ phrase('glossary') }}</p>") == [
        "L:2:13: words/en.yaml has no phrase 'qestions' (did you mean 'questions'?)",
        "L:3:15: words/en.yaml has no phrase 'glossary' (write it there)",
    ]


def test_slots_of_phrases():
    node = story("<p>{{ phrase('version', version=content.category) }}</p>", category=text("<2> & *"))
    assert node.kids[1].words() == "Version <2> & *"
    assert faults("<p>{{ phrase('version') }}</p>") == [
        "L:2:7: the phrase 'version' needs a value for {version} (version=…)"]
    lacking = {**PHRASES, "page_of": "Page {page}"}
    assert problems(PAGE + "</story><footer><p>{{ phrase('page_of', page=page, pages=pages) }}</p></footer>",
                    fixed=lacking) == [
        "words/en.yaml:2:1: the phrase 'page_of' lacks {pages} (it would be left out)"
    ]


def test_what_is_missing_prints_nothing():
    source = '<p>{{ content.summary }}</p><p class="{{ content.category }}">{{ content.audience_note|inline }}</p>'
    assert len(story(source).kids) == 1


def test_names_like_those_of_methods_are_keys():
    node = story(
        "{% for q in content.questions.items %}<p>{{ q.question }}</p>{% endfor %}<p>{{ words.items }}</p>",
        questions=Questions([Question(text("Q?"), text("A."))]), fixed={**PHRASES, "items": "Items"},
    )
    assert [kid.words() for kid in node.kids[1:]] == ["Q?", "Items"]


def test_a_macro_that_prints_nothing_is_no():
    """What it gives may hold marks of places; they are no words."""
    macros = (
        "{% macro inner() %}{% endmacro %}\n{% macro outer() %}{% for n in range(3) %}{{ inner() }}{% "
        "endfor %}{% endmacro %}\n")
    template = macros + "<story><h1>{{ content.title }}</h1><p>{% if outer() %}yes{% else %}no{% endif %}</p></story>"
    assert merged(template).parts["story"].kids[1].words() == "no"


def test_joined_texts_keep_a_place():
    node = story("<p>{{ content.cover_title|join(' – ') }}</p><p>{{ 'a' ~ content.category }}</p>",
                 cover_title=[text("A", 5), text("B", 6)], category=text("C", 9))
    assert [(kid.words(), kid.place.line) for kid in node.kids[1:]] == [("A – B", 5), ("aC", 9)]


def test_a_file_of_the_layout_wins_over_shared():
    files = {"layout.html.j2": PAGE + "{% include 'one.html.j2' %}{% include 'two.html.j2' %}</story>",
             "/one.html.j2": "<p>shared</p>", "/two.html.j2": "<p>shared</p>", "two.html.j2": "<p>own</p>"}
    assert [kid.words() for kid in merged(files).parts["story"].kids[1:]] == ["shared", "own"]


def test_imports_know_the_variables():
    files = {"layout.html.j2": "{% import 'm.html.j2' as m %}{% from 'm.html.j2' import b without context %}" + PAGE
             + "{{ m.a() }}{{ b() }}</story>",
             "m.html.j2": "{% macro a() %}<p>{{ content.title }}</p>{% endmacro %}{% macro b() %}<p>{{ "
                          "words.yes }}</p>{% endmacro %}"}
    assert [kid.words() for kid in merged(files).parts["story"].kids[1:]] == ["A title", "Yes"]


def test_folded_layouts_need_all_their_parts():
    assert problems("<p></p>", spec=folded()) == [
        "L:1:1: <p> stands outside of the parts (put it in <story>, <panel> or <footer>)",
        "L:1:1: the template has no <story> (what the leaflet says stands in <story>…</story>)",
        ("L:1:1: the template has no part for the panel 'cover' (write <panel name=\"cover\">…</panel>, or name it "
         "in story: of layout.yaml)"),
        ("L:1:1: the template has no part for the panel 'back' (write <panel name=\"back\">…</panel>, or name it "
         "in story: of layout.yaml)"),
    ]
    whole = '<panel name="cover"><h1>{{ content.title }}</h1></panel><story></story><panel name="back"></panel>'
    assert list(merged(whole, spec=folded()).parts) == ["cover", "story", "back"]
    assert problems(whole + '<panel name="flap"><p>a</p></panel>', spec=folded()) == [
        (
            "L:1:99: the story goes through the panel 'flap', which has a part of its own "
            "(take it out of story: in layout.yaml, or take this part away)"
        ),
    ]


def test_a_story_may_begin_below_the_part_of_one_of_its_panels():
    whole = '<panel name="cover"><h1>{{ content.title }}</h1></panel>%s<panel name="back"></panel>'
    flap = '<panel name="flap"><p>a</p></panel><story under="flap"><p>b</p></story>'
    assert list(merged(whole % flap, spec=folded()).parts) == ["cover", "flap", "story", "back"]
    for wrong in ("flap", "cover"):
        (problem,) = problems(whole % f'<story under="{wrong}"><p>b</p></story>', spec=folded())
        assert f"the story cannot begin below or past a part of the panel '{wrong}'" in problem
    assert "layout.yaml has no panel 'flab'" in problems(whole % '<story under="flab"></story>', spec=folded())[0]


def test_a_leaflet_has_a_title():
    assert problems("<story><p>a</p></story>") == [
        "L:1:1: the template has no <h1> (the title of the leaflet stands in <h1>, once)"]


# ── where mistakes are ──


PLACED = {
    "an attribute": ("\n <p>{{ content.sumary }}</p>", "L:3:16: 'Content' has no 'sumary' (did you mean 'summary'?)"),
    "an attribute of nothing": ("<p>{{ content.figure.alt }}</p>", "L:2:22: nothing has no 'alt'"),
    "in an attribute": ('<p class="{{ contnt.x }}">a</p>',
                        "L:2:14: there is no 'contnt' here (did you mean 'content'?)"),
    "in a condition": ("{% if x %}{% endif %}", "L:2:7: there is no 'x' here"),
    "in a loop": ("{% for x in content.tittle %}{% endfor %}",
                  "L:2:21: 'Content' has no 'tittle' (did you mean 'title'?)"),
    "to text": ("{{ content.foo|text }}", "L:2:12: 'Content' has no 'foo' (it has: format, language, title"),
    "called": ("{{ foo(1) }}", "L:2:4: there is no 'foo' here"),
    "called, not callable": ("{{ content.title() }}", "L:2:1: a text cannot be called"),
    "a filter": ("<p>{{ content.title|\n txt }}</p>", "L:3:2: there is no filter 'txt' (did you mean 'text'?)"),
    "a test": ("{% if 1 is foo %}{% endif %}", "L:2:12: there is no test 'foo'"),
    "syntax": ("\n{% if x %", "L:3:1: unexpected '<'"),
    "syntax of an expression": ("{{ a b }}", "L:2:1: expected token 'end of print statement', got 'b'"),
    "a tag": ("{% blah %}", "L:2:1: encountered unknown tag 'blah'"),
    "an end": ("{% for x in [] %}",
               "L:2:1: unexpected end of template (Jinja was looking for the following tags: 'endfor' or 'else'"),
    "a file": ("\n{% include 'nope.html.j2' %}", "L:3:1: there is no template 'nope.html.j2'"),
    "a file outside": ("{% include '../../../etc/passwd' %}", "L:2:1: there is no template '../../../etc/passwd'"),
    "a file above": ("{% include '../test/layout.html.j2' %}", "L:2:1: there is no template '../test/L'"),
    "a noun": ("{{ content.review }}", "L:2:1: 'Review' cannot be printed (print one of its parts: status, author, "),
    "a list": ("{{ content.sections }}", "L:2:1: a list cannot be printed (use {% for … %})"),
    "a macro": ("{% macro m() %}{% endmacro %}{{ m }}", "L:2:1: a macro (without its brackets) cannot be printed"),
    "sums": ("{{ 1 + 'a' }}", "L:2:1: a number + a text cannot be reckoned (~ joins texts, + joins lists)"),
    "nought": ("{{ 1 / 0 }}", "L:2:1: division by zero"),
    "a wrong call": ("{{ phrase() }}", "L:2:1: "),
    "an index": ("{{ content.options.index('x') }}", "L:2:1: 'x' is not in list"),
    "comparing": ("{{ 1 < 'a' }}", "L:2:1: '<' not supported between instances of 'int' and 'str'"),
    "going through": ("{% for x in 5 %}{% endfor %}", "L:2:1: a number cannot be gone through by a loop"),
    "escaping off": ("{% autoescape false %}{% endautoescape %}", "L:2:1: escaping cannot be switched off"),
    "a date": ("<p>{{ content.category|date }}</p>", "content/x/en.yaml:8:3: '20211' is not a date"),
}


@pytest.mark.parametrize("name", PLACED)
def test_mistakes_are_placed(name):
    source, expected = PLACED[name]
    told = faults(source, category=text("20211", 8))
    assert len(told) == 1
    assert told[0].startswith(expected)


def test_mistakes_are_placed_through_includes_macros_and_loops():
    files = {
        "layout.html.j2": "{% extends 'base.html.j2' %}\n{% block body %}\n{% for x in [1] %}\n{% include "
                          "'part.html.j2' %}{% endfor %}{% endblock %}",
        "base.html.j2": PAGE + "{% block body %}{% endblock %}</story>",
        "/part.html.j2": "{% import 'macros.html.j2' as m %}\n<p>a</p>\n<blink>b</blink>{{ m.one('x') }}",
        "/macros.html.j2": "{% macro one(a) %}\n\n  <p clas='{{ a }}'>c</p>\n{% if a %}\n  {{ a.nothing "
                           "}}{% endif %}{% endmacro %}",
    }
    assert problems(files) == ["shared/parts/macros.html.j2:5:8: a text has no 'nothing'"]
    files["/macros.html.j2"] = files["/macros.html.j2"].replace("{{ a.nothing }}", "")
    assert problems(files) == [
        "shared/parts/macros.html.j2:3:3: <p> has no attribute 'clas' (did you mean 'class'?)",
        "shared/parts/part.html.j2:3:1: there is no element <blink> (did you mean 'line'?)",
    ]
    files["/macros.html.j2"] = "\n{% macro %}"
    assert problems(files)[0].startswith(
        "shared/parts/macros.html.j2:2:1: expected token 'name', got 'end of statement")


def test_a_macro_that_a_file_does_not_have_is_told_with_the_one_that_was_meant():
    files = {"layout.html.j2": PAGE + "{% import 'ends.html.j2' as ends %}{{ ends.contakts() }}</story>",
             "/ends.html.j2": "{% macro contacts() %}{% endmacro %}"}
    (said,) = problems(files)
    assert said.endswith("ends.html.j2 has no 'contakts' (did you mean 'contacts'?)")


def test_problems_of_content_and_template_are_told_together():
    told = faults("{{ content.summary|text }}<x></x>\n{{ content.foo }}", summary=text("# a", 4))
    assert [line.split(": ")[0] for line in told] == ["content/x/en.yaml:4:3", "L:3:12"]


def test_files_that_are_no_templates(tmp_path):
    assert problems({"layout.html.j2": "a\r\n\x01"}) == ["L:2:1: a control character (U+0001) in the file"]
    assert problems({"layout.html.j2": "x" * 600_000}) == ["L:1:1: a template may not be larger than 500 KB"]
    layout = layout_of({"layout.html.j2": ""}, tmp_path)
    (tmp_path / "layouts/test/layout.html.j2").write_bytes(b"a\n\xff")
    with pytest.raises(Rejected, match="layout.html.j2:2:1: the file is not UTF-8"):
        merge(layout, whole(), words(), classes=(), search=[], project=tmp_path)
    (tmp_path / "layouts/test/layout.html.j2").unlink()
    with pytest.raises(Rejected, match="there is no template 'layout.html.j2'"):
        merge(layout, whole(), words(), classes=(), search=[], project=tmp_path)


def test_no_file_outside_of_the_project_is_read(tmp_path):
    (tmp_path / "secret.html.j2").write_text("<p>secret</p>")
    home = tmp_path / "project"
    layout_of({"layout.html.j2": ""}, home)
    os.symlink(tmp_path / "secret.html.j2", home / "layouts/test/part.html.j2")
    told = problems(PAGE + "{% include 'part.html.j2' %}</story>", home=home)
    assert told == ["part.html.j2:1:1: this file is a link that leads out of the project"]
    os.symlink(home / "layouts/test/own.html.j2", home / "layouts/test/link.html.j2")
    files = {"layout.html.j2": PAGE + "{% include 'link.html.j2' %}</story>", "own.html.j2": "<p>own</p>"}
    assert merged(files, home=home).parts["story"].kids[1].words() == "own"


# ── nothing stale ──


def test_a_changed_file_is_seen_at_once_whatever_its_time(tmp_path):
    files = {"layout.html.j2": PAGE + "{% include 'a.html.j2' %}</story>", "/a.html.j2": "<p>1</p>"}
    file = tmp_path / "shared/parts/a.html.j2"
    seen = [merged(files, home=tmp_path).parts["story"].kids[1].words()]
    stamp = os.stat(file).st_mtime_ns
    files["/a.html.j2"] = "<p>2</p>"
    layout_of(files, tmp_path)
    os.utime(file, ns=(stamp, stamp))
    seen.append(merge(layout_of({}, tmp_path), whole(), words(), classes=(), search=[tmp_path / "shared"],
                      project=tmp_path).parts["story"].kids[1].words())
    files["a.html.j2"] = "<p>3</p>"
    seen.append(merged(files, home=tmp_path).parts["story"].kids[1].words())
    (tmp_path / "layouts/test/a.html.j2").unlink()
    del files["a.html.j2"]
    seen.append(merged(files, home=tmp_path).parts["story"].kids[1].words())
    assert seen == ["1", "2", "3", "2"]


def test_templates_are_parsed_once(tmp_path, monkeypatch):
    from generator.merge import sandbox

    parsed = []
    monkeypatch.setattr(sandbox, "stamp", lambda source, *rest: parsed.append(source) or source)
    for title in ("a", "b"):
        assert merged("<story><h1>{{ content.title }}</h1></story>", home=tmp_path, title=text(title)).title == title
    assert len(parsed) == 1


def test_merging_twice_gives_the_same():
    parts = {"sections": [Section(text("A"), [Block(text=text("*a*"))])], "publisher": Publisher(name=text("P"))}
    source = (PAGE
              + "{% for s in content.sections %}<h2>{{ s.heading }}</h2>{{ s.body[0].text|text }}{% endfor %}</story>")
    assert merged(source, **parts) == merged(source, **parts)


# ── garbage ──


PIECES = ["{{", "}}", "{%", "%}", "{#", "#}", "if", "for", "x", "in", "content", ".", "title", "|", "text", "(", ")",
          "[", "]", "{", "}", "'", '"', "1", "+", "*", "~", "-", "<p>", "</p>", "<", ">", " ", "\n", "end", "endif",
          "endfor", "set", "=", "macro", "m", "block", "include", "import", "as", "raw", "endraw", "range", "loop",
          "words", "phrase", "|join", "|list", "|first", "|sort", "|map", "|default", "not", "is", "none", "==", ":",
          ",", "\\", "&amp;", "story", "0", "{{ content.title }}", "{% for x in content.sections %}", "{% if x %}",
          "{% endif %}", "{% endfor %}", "{{ range(3)|join }}", "{{ loop.index }}", "é", "{% set x = content %}",
          "{{ x }}", "{% macro m(a) %}", "{% endmacro %}", "{{ m(1) }}", "{% call m() %}", "{% endcall %}",
          "{{ caller() }}", "{% filter text %}", "{% endfilter %}", "{{ self.x() }}", "{% block x %}", "{% endblock %}",
          "{{ super() }}", "{{ words }}", "{{ namespace(a=1) }}"]


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_any_template_is_merged_or_rejected(garbage):
    for told in faults(garbage, sections=[Section(text("A"))]):
        assert re.match(r"(L|content/x/en.yaml|words/en.yaml):\d+:\d+: \S", told)
        assert not re.search("[\x00-\x09\x0b-\x1f]", told)


def test_our_own_faults_are_not_blamed_on_the_template(monkeypatch):
    from generator.merge import places

    def broken(self, value):
        raise ValueError("a bug")

    monkeypatch.setattr(places.Merge, "printed", broken)
    monkeypatch.setattr("generator.merge.template.HERE", os.path.dirname(__file__))
    with pytest.raises(ValueError, match="a bug"):
        merged(PAGE + "</story>")


def test_an_open_comment_in_a_part_is_told_in_that_part():
    asks = "{% import '/open.html.j2'[1:] as open %}<story><h1>{{ content.title }}</h1></story>"
    (said,) = problems({"layout.html.j2": asks,
                        "/open.html.j2": "<p>fine</p>\n{# never closed\n"})
    assert said.startswith("shared/parts/open.html.j2:") and said.endswith("missing end of comment tag")


def test_a_date_that_a_template_makes_up_is_told_in_the_template():
    (said,) = problems("<story><h1>{{ content.title }}</h1>\n<p>{{ 'soon'|date }}</p></story>")
    assert said == "L:2:14: 'soon' is not a date (write it as 2017, 2017-07 or 2017-07-03)"
