"""Of any mixture of digits, signs, units and marks, what is printed is what was written, less the marks, or it is told.

PROSE_CASES=100000 tries that many mixtures in place of a few hundred.
"""

from __future__ import annotations

import os
import re
from collections import Counter

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from prose_kit import MOVED, even, story, words

from generator.model.story import Node

CASES = int(os.environ.get("PROSE_CASES", "300"))
MARKS = "*_->•\\^~"
"""Signs that may be marks, and are not printed where they are."""

NUMBERS = ["1", "2", "3", "5", "10", "14", "38", "0.5", "1,5", "2019", "½", "٣", "३"]
UNITS = ["mg", "ml", "°C", "° F", "%", "kg", "g/l", "℃", "x", "mmHg", "Uhr", "Grad"]
SIGNS = [
    ">",
    "<",
    "≥",
    "≤",
    "+",
    "-",
    "–",
    "−",
    "±",
    "=",
    "~",
    "^",
    "*",
    "**",
    "***",
    "_",
    "__",
    "/",
    "×",
    "#",
    "##",
    "|",
    "•",
    ".",
    ",",
    ":",
    ";",
    "(",
    ")",
    "[",
    "]",
    "!",
    "?",
    "\\",
    "`",
    "'",
    '"',
    "“",
    "”",
    "„",
    "«",
    "»",
    "{",
    "}",
    "$",
    "&",
    "@",
    "§",
    "†",
    "[^1]",
    "~~",
    "==",
    "^2^",
    "---",
    "…",
]
WORDS = [
    "take",
    "a",
    "daily",
    "Tag",
    "und",
    "一次",
    "です",
    "，",
    "。",
    "「",
    "」",
    "약",
    "(a)",
    "b)",
    "c.",
    "ii.",
    "1.",
    "3)",
    "14.",
    "（1）",
    "2、",
    "•",
    "✓",
    "don't",
    "نعم",
]
PIECES = st.sampled_from(NUMBERS * 2 + UNITS + SIGNS * 2 + WORDS)
SPACES = st.sampled_from(["", "", " ", " ", " ", "  "])
STARTS = st.sampled_from(
    [
        "",
        "",
        "",
        "- ",
        "- ",
        "* ",
        "+ ",
        "> ",
        ">",
        "1. ",
        "2. ",
        "14. ",
        "a) ",
        "b) ",
        "– ",
        "• ",
        "  - ",
        "    ",
        "-",
        "# ",
        "*",
        "** ",
        "\\- ",
        "> “",
    ]
)
LINES = st.builds(
    lambda start, pieces: start + "".join(piece + space for piece, space in pieces),
    STARTS,
    st.lists(st.tuples(PIECES, SPACES), max_size=7),
)
TEXTS = st.lists(st.one_of(LINES, LINES, LINES, st.just("")), min_size=1, max_size=5).map("\n".join)


def count(node: Node, *names: str) -> int:
    return sum((kid.name in names) + count(kid, *names) for kid in node.kids if isinstance(kid, Node))


def bullets(node: Node) -> int:
    """Items that have the layout's bullet, with those that are empty and print nothing."""
    return sum(
        (kid.name == "li" and "label" not in kid.attributes) + bullets(kid)
        for kid in node.kids
        if isinstance(kid, Node)
    )


def least(text: str, *signs: str) -> str:
    return "".join(sign for sign in text if not sign.isspace() and sign not in signs)


def faults(source: str, node: Node) -> list[str]:
    """What is printed and was not written, or was written and is not printed, though it is no mark."""
    printed = even(words(node)).translate(MOVED)
    out = []
    # of the mark of a footnote, its label alone is printed
    source = re.sub(r"\[\^([^\]\[\s^]{1,8})\]:?", r"\1 ", source).translate(MOVED)
    if least(printed, *MARKS) != least(source, *MARKS):
        out.append("letters, digits or signs differ")
    gone, more = Counter(least(source)), Counter(least(printed))
    if more - gone:
        out.append(f"more than was written: {more - gone}")
    gone -= more
    for sign, name, figures in (("^", "sup", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻"), ("~", "sub", "₀₁₂₃₄₅₆₇₈₉₊₋")):
        if gone[sign] % 2 or gone[sign] and not count(node, name) and not any(one in words(node) for one in figures):
            out.append(f"a sign {sign} is lost that raises or lowers nothing")
    starts = Counter(found[1] for found in re.finditer(r"(?m)^[ \t]*([-*•])(?=\s|$|(?<=•))", source))
    stars = gone["*"] + gone["_"] - 2 * count(node, "em") - 4 * count(node, "strong")
    if not 0 <= stars <= starts["*"]:
        out.append(f"{stars} stars or underscores are lost")
    if gone["-"] > starts["-"]:
        out.append("a dash is lost that begins no line")
    if gone[">"] and (
        not count(node, "blockquote")
        or gone[">"] > len(re.findall(r"(?m)^[ \t]*(?:(?:[-–•*]|\S{1,5}[.)）、])[ \t]*)?>", source))
    ):
        out.append("a sign > is lost that begins no quotation")
    if gone["\\"] > len(re.findall(r"\\(?=[!-/:-@\[-`{-~]|\n)", source)):
        out.append("a backslash is lost that stands before no sign")
    if count(node, "blockquote"):
        source = re.sub(r"(?m)^([ \t]*)>", r"\1", source)  # a quotation goes on over lines that begin with numbers
    for pattern in (r"\d[ \t]*\*[ \t]*(?=\d)", r">[ \t]*(?=\d)", r"(?<!\S)\+[ \t]*(?=\d)"):
        if "\\" not in source and len(re.findall(pattern, source)) > len(re.findall(pattern, printed)):
            out.append(f"{pattern} is not as it was")
    if len(re.findall(r"(?m)^[ \t]*-[ \t]+\d+[ \t]*(?:°|℃)", source)) > len(
        re.findall(r"-[ \t]*\d+[ \t]*(?:°|℃)", printed)
    ):
        out.append("a minus is lost")
    return out


@settings(max_examples=CASES, deadline=None, suppress_health_check=list(HealthCheck))
@given(TEXTS)
@example("- 38 °C\n- 3 mg")
@example("2*3*4 ml")
@example("> 5\n> 6")
@example(">'(a)\n> ")
def test_what_is_printed_is_what_was_written_or_it_is_told(source):
    node, problems = story(source)
    last = source.count("\n") + 1
    assert all(problem.place and 1 <= problem.place.line <= last for problem in problems)
    assert node is not None or any(problem.severity == "error" for problem in problems)
    if node is not None:
        assert faults(source, node) == []


@settings(max_examples=CASES, deadline=None, suppress_health_check=list(HealthCheck))
@given(LINES)
def test_a_line_likewise(source):
    node, problems = story(source, "inline")
    assert node is not None or any(problem.severity == "error" for problem in problems)
    if node is not None:
        assert faults(source, node) == []


def test_faults_are_seen():
    def paragraph(*kids) -> Node:
        return Node("div", kids=[Node("p", kids=list(kids))])

    assert faults("2*3*4", paragraph("2", Node("em", kids=["3"]), "4"))
    assert faults("> 5 mg", paragraph("5 mg")) and faults(
        "- 5 °C", Node("div", kids=[Node("ul", kids=[Node("li", kids=["5 °C"])])])
    )
    assert (
        faults("3. b", paragraph("1. b"))
        and faults("+ 3", paragraph("3"))
        and faults("a b", paragraph("a"))
        and faults("5*", paragraph("5"))
        and faults("~5", paragraph("5"))
        and faults("10^9", paragraph("109"))
    )
    assert not faults("*5*", paragraph(Node("em", kids=["5"])))
