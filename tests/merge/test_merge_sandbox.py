"""The sandbox: templates cannot reach Python, nor use up memory or time; stamps never change what Jinja reads."""

from __future__ import annotations

import re
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import Environment, TemplateSyntaxError
from merge_kit import faults, merged, problems, story, text

from generator.merge.sandbox import FILTERS
from generator.merge.sources import stamp

ESCAPES = [
    "''.__class__", "''.__class__.__mro__[1].__subclasses__()", "content.__class__", "content.__init__.__globals__",
    "content['__class__']", "content.title.place", "content.title.__reduce__()", "content.place", "words._merge",
    "words.__class__", "words['__class__']", "phrase.__globals__", "phrase.__code__", "range.__wrapped__",
    "self._TemplateReference__context", "self.__init__.__globals__", "self._TemplateReference__context.environment",
    "namespace.__init__.__globals__", "namespace(a=1).__class__", "[].__class__", "().__class__.__bases__[0]",
    "{}.__class__", "(1).__class__", "(1).real", "'{0.__class__}'.format(1)", "'{0.__class__}'.format_map({'0': 1})",
    "'%s' % content", "'a'.encode()", "content.title|attr('__class__')",
    "([content]|map(attribute='__class__')|list)[0]", "[content]|selectattr('__class__')|list",
    "[content]|map('attr', '__class__')|list", "[content, content]|sort(attribute='__class__')", "lipsum.__globals__",
    "cycler.__init__", "joiner", "dict", "config", "request", "get_flashed_messages", "environment", "context",
    "content.sections.append(1)", "content.options.extend([1])", "content.options.clear()", "({}).update({'a': 1})",
    "({}).setdefault('a')", "' merge'|list|attr('x')", "content.title|safe", "content.title|e", "content.title|pprint",
    "content.title|xmlattr", "[3]|random", "content.title|urlize", "content.title|tojson", "content.title|format(1)",
    "content.title|filesizeformat", "caller.__class__", "page.__html__", "page.striptags()", "page.unescape()",
    "page.format(1)", "(content|string).x", "content.title.translate({65: 'x'})",
    "namespace(**{'__class__': 1})['__class__'].mro", "none.__class__", "true.__class__", "range(3).__class__",
    "range(3).start", "loop.__class__", "content.__dataclass_fields__",
]


@pytest.mark.parametrize("payload", ESCAPES)
def test_python_is_out_of_reach(payload):
    (told,) = faults(f"<p>{{{{ {payload} }}}}</p>")
    assert re.search(r"\bhas no (phrase )?'|there is no |a text % .* cannot be reckoned|a namespace cannot be printed",
                     told), told


def test_loops_and_macros_are_out_of_reach():
    for source in (
        "{% for x in [1] %}<p>{{ loop.__class__ }}</p>{% endfor %}",
        "{% for x in [1] %}<p>{{ loop._iterator }}</p>{% endfor %}",
        "{% macro m() %}{% endmacro %}<p>{{ m.__call__.__globals__ }}</p>",
        "{% macro m() %}{{ caller._func }}{% endmacro %}<p>{% call m() %}{% endcall %}</p>",
    ):
        (told,) = faults(source)
        assert " has no '" in told


@pytest.mark.parametrize("forged", ["\\x01999999\\x01", "\\x01" + "9" * 5000 + "\\x01", "\\x02999999\\x03",
                                    "\\x02+9\\x03", "\\x010\\x01", "\\x02"])
def test_forged_marks_print_nothing(forged):
    node = story(
        f'<p>a{{{{ [page, page]|join("{forged}")|length }}}}{{{{ "{forged}" }}}}b{{{{ phrase("version", '
        f'version="{forged}") }}}}</p>')
    words = node.kids[1].words()
    assert not set(words) & set("\x01\x02\x03")
    faults(f'<p>{{{{ [page, page]|join("{forged}") }}}}</p>')


def test_what_is_allowed_works():
    source = (
        "{% set ns = namespace(n=0) %}{% for x in range(3) %}{% set ns.n = ns.n + x * 2 %}{% endfor %}"
        "<p>{{ ns.n }} {{ content.options.index('b') }} {{ content.options|length }} {{ content.options|first }} {{ "
        "content.title.split(' ')[1] }}"
        " {{ content.title|replace(' ', '_') }} {{ (content.options + ['c'])|reverse|join(',') }} {{ {'a': "
        "1}.get('a') }} {{ 7 // 2 - 1 }}"
        " {% for k, v in {'x': 1}.items() %}{{ k }}{{ loop.index }}{% endfor %}</p>"
    )
    assert story(source, options=[text("a"), text("b")]).kids[1].words() == "6 1 2 a title A_title c,b,a 1 2 x1"


LOOPS = (
    "{% for a in range(9999) %}{% for b in range(9999) %}{% for c in range(9999) %}{% endfor "
    "%}{% endfor %}{% endfor %}")
BOMBS = {
    "nested loops": LOOPS,
    "loops over lists": "{% set l = range(5000)|list %}{% for a in l %}{% for b in l %}{% for c in l %}{% endfor "
                        "%}{% endfor %}{% endfor %}",
    "a range": "{% for a in range(10**9) %}{% endfor %}",
    "a long range": "{% for a in range(999999) %}{% endfor %}",
    "a longer range": "{% for a in range(99999999999999999999999999) %}{% endfor %}",
    "a text times": "<p>{{ 'a' * 1000000000 }}</p>",
    "a list times": "{% set l = [0] * 1000000000 %}",
    "powers": "{{ 10 ** 10 ** 10 }}",
    "products": "{% set ns = namespace(x=99999) %}{% for a in range(99) %}{% set ns.x = ns.x * ns.x %}{% endfor %}",
    "doubling by ~": "{% set ns = namespace(x='aaaaaaaa') %}{% for a in range(99) %}{% set ns.x = "
                     "ns.x ~ ns.x %}{% endfor %}",
    "doubling by +": "{% set ns = namespace(x='aaaaaaaa') %}{% for a in range(99) %}{% set ns.x = "
                     "ns.x + ns.x %}{% endfor %}",
    "doubling a list": "{% set ns = namespace(x=[1]) %}{% for a in range(99) %}{% set ns.x = "
                       "ns.x + ns.x %}{% endfor %}",
    "doubling by join": "{% set ns = namespace(x='aa') %}{% for a in range(99) %}{% set ns.x = [ns.x, "
                        "ns.x]|join(ns.x) %}{% endfor %}",
    "doubling by replace": "{% set ns = namespace(x='aa') %}{% for a in range(99) %}{% set ns.x = "
                           "ns.x|replace('a', 'aa') %}{% endfor %}",
    "doubling by set": "{% set ns = namespace(x='aa') %}{% for a in range(99) %}{% set y %}{{ ns.x }}{{ ns.x }}{% "
                       "endset %}{% set ns.x = y %}{% endfor %}",
    "a wide format": "{{ '%1000000000d' % 1 }}",
    "a wide column": "{{ 'a'.center(1000000000) }}",
    "a wide slot": "{{ '{:1000000000}'.format(1) }}",
    "a macro": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "a doubling macro": "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(99) }}",
    "an include": "{% include 'layout.html.j2' %}",
    "a loop within itself": "{% for a in [1] recursive %}{{ loop([1, 1]) }}{% endfor %}",
    "a block": "{% block a %}{{ self.a() }}{% endblock %}",
    "brackets": "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
    "loops too deep": "{% for a in [1] %}" * 50 + "{% endfor %}" * 50,
    "a huge number": "{{ " + "9" * 6000 + " }}",
    "cheating": "{% for a in [[1, 2, 3]]|map(' rounds', -99999999999999) %}{% endfor %}" + LOOPS,
    "long lists": "{% set l = range(10000)|list %}{% for a in range(9999) %}{% set x = l|sort|list %}{% for b in "
                  "range(9) %}{% endfor %}{% endfor %}",
}


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_end_with_a_problem(name):
    assert faults(BOMBS[name]), name  # one that is not stopped would not come back


def test_static_words_are_paid_for_before_they_fill_the_memory():
    tracemalloc.start()
    faults("{% macro m() %}{% for a in range(9999) %}" + "x" * 9999 + "{% endfor %}{% endmacro %}<p>{{ m() }}</p>")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 30_000_000


def test_a_template_that_extends_itself():
    files = {"layout.html.j2": "{% extends 'layout.html.j2' %}"}
    assert problems(files)[0].startswith("L:1:1: this calls or includes itself without end")


def test_a_file_that_includes_itself_twice_ends():
    files = {"layout.html.j2": "<story><h1>a</h1>{% set ns = namespace(n=0) %}{% include 'twice.html.j2' %}</story>",
             "twice.html.j2": "{% set n = (n if n is defined else 0) + 1 %}{% if n < 30 %}"
             + "{% include 'twice.html.j2' %}" * 2 + "{% endif %}"}
    assert "does not come to an end" in problems(files)[0]


def test_a_long_leaflet_is_not_taken_for_a_bomb():
    words = text("Words " * 20_000)
    node = merged(
        "{% macro a(x) %}<p>{{ x }}</p>{% endmacro %}{% macro b(x) %}{{ a(x) }}{% endmacro %}<story><h1>t</h1>{% for "
        "i in range(20) %}{{ b(content.summary) }}{% endfor %}</story>", summary=words)
    assert len(node.parts["story"].kids) == 21


def test_every_filter_that_is_allowed_is_known_to_jinja():
    assert set(FILTERS) <= Environment().filters.keys()


# ── stamps ──


SOURCES = st.lists(
    st.sampled_from(["{{ 'a}}b' }}", '{{ {"a": {"b": 1}}["a"]["b"] }}', "{{ x }}", "{%- if x -%}", "{% endif %}",
                     "{# <p> #}", "{% raw %}{{ <p> {% endraw %}", "<p>", "</p>", "word", " ", "\n", "<a b='{{ x }}'>",
                     '<a b="<">', "{{ [1, (2)][0] }}", "{% set y = '<p>' %}", "{{- x -}}", "<", ">", "{", "}",
                     "<!-- a -->", "{{ '\\'}}' }}", "{{ {}}}", '{{ {"a": [1], "b": {"c": {}}}\n}}']),
    max_size=12,
).map("".join)


def plain(source: str) -> str:
    try:
        return re.sub(r"\s+", " ", re.sub("\x01\\d+\x01", "", Environment().from_string(source).render(x="X")))
    except TemplateSyntaxError as error:
        return f"line {error.lineno}"


@settings(max_examples=300, deadline=None)
@given(SOURCES)
def test_stamps_change_nothing_but_white_space(source):
    assert plain(stamp(source, "t", [])) == plain(source)


def test_stamps_say_where():
    stamps = []
    stamped = stamp("<p>\n  a {{ x }} b\n <b c='<'>{{- y }}</b>", "t", stamps)
    assert stamped == "\x010\x01<p>\n  \x011\x01a {{ x }} b\n \x012\x01<b c='<'>{{- y }}\x013\x01</b>"
    assert [(place.line, place.column) for place in stamps] == [(1, 1), (2, 3), (3, 2), (3, 19)]
