"""Rules with many cases: whatever is drawn in whatever order lies in one mark; whatever is written is read back."""

from __future__ import annotations

import io

import painting
import pikepdf
import referees
import specimen
from hypothesis import given, settings
from hypothesis import strategies as st
from specimen import ABOUT

from generator.draw import reading
from generator.draw.document import string
from generator.draw.surface import number
from generator.model.page import Fill, Page, Run, Shape, Stroke, Word
from generator.model.structure import Elem

few = settings(max_examples=60, deadline=None)


@few
@given(
    kinds=st.lists(
        st.tuples(
            st.sampled_from(["line", "label", "shape", "sign", "fill", "stroke", "footer", "foot rule"]),
            st.integers(0, 2),
        ),
        max_size=25,
    )
)
def test_any_order_of_things(kinds):
    leaves = [Elem(""), Elem("Span"), Elem("")]
    figures = [Elem("Figure", alt=f"Figure {number}") for number in range(3)]
    page = Page("page", 300, 900)
    expected: dict[int, str] = {}
    used: set[int] = set()
    triangle = (("M", 0, 0), ("L", 5, 5), ("L", 0, 5), ("Z",))
    for at, (kind, which) in enumerate(kinds):
        y = 20 + 30 * at
        if kind == "line":
            text = f"line {at} "
            page.items.append(specimen.line(y, specimen.run(20, text, leaves[which], rise=which)))
            expected[id(leaves[which])] = expected.get(id(leaves[which]), "") + text
        elif kind == "label":
            page.items.append(specimen.line(y, specimen.run(20, "label ", figures[which])))
            used.add(which)
        elif kind == "shape":
            page.items.append(
                Shape(20, y, 1, triangle, "#123456", "#654321" if which else None, 1, which == 1, figures[which])
            )
            used.add(which)
        elif kind == "sign":  # an artifact, or part of what a text says
            owner = leaves[which] if id(leaves[which]) in expected else None
            page.items.append(Shape(20, y, 1, triangle, None, "#654321", 1, True, owner))
        elif kind == "fill":
            page.items.append(Fill(0, y, 10, 10, "#eeeeee", which))
        elif kind == "stroke":
            page.items.append(Stroke(0, y, 10, y, 0.5, "#888888"))
        elif kind == "foot rule":
            page.furniture.append(Stroke(0, y, 10, y, 0.5, "#888888"))
        else:
            page.furniture.append(specimen.line(y, specimen.run(20, "foot ", None)))
    drawn = [leaf for leaf in leaves if id(leaf) in expected]
    kids = [Elem("P", [leaf]) for leaf in drawn] + [figures[which] for which in sorted(used)]
    if not kids:
        return
    file = io.BytesIO(reading(specimen.composed([page], *kids), ABOUT))
    assert painting.unmarked(file) == []
    assert referees.transcript(file) == [expected[id(leaf)] for leaf in drawn] + [
        figures[which].alt for which in sorted(used)
    ]


@few
@given(
    st.lists(
        st.tuples(
            st.integers(1, 4576),
            st.text(st.characters(exclude_categories=("Cc", "Cs", "Co", "Cn")), min_size=1, max_size=3),
        ),
        min_size=1,
        max_size=40,
    )
)
def test_every_code_is_read_back(glyphs):
    """Any glyph with any text, the same glyph with many texts, characters beyond the first plane."""
    glyphs = [(glyph, text.replace("\ufeff", "?").replace("\ufffe", "?")) for glyph, text in glyphs]
    leaf = Elem("")
    words = [Word(text, 0.5, ((glyph, 0.5, 0.01, 0.0, text),), specimen.face()) for glyph, text in glyphs]
    page = Page("page", 300, 100, [specimen.line(50, Run(20, words, specimen.face(), 10, "#000000", leaf))])
    file = io.BytesIO(reading(specimen.composed([page], Elem("P", [leaf])), ABOUT))
    assert referees.transcript(file) == ["".join(text for _, text in glyphs)]


@few
@given(st.text(st.characters(exclude_categories=("Cs",))))
def test_strings(text):
    assert str(pikepdf.Object.parse(string(text).encode("latin-1"))) == text


@given(st.floats(-20_000, 20_000))
def test_numbers(value):
    written = number(value).decode()
    assert abs(float(written) - value) <= 0.00501
    assert "e" not in written and not written.endswith(("." , ".0", ".00")) and written != "-0"
