"""Labels of drawings: each has words and each word a place, or it is a problem; none reaches out of its column."""

from __future__ import annotations

from io import BytesIO

import kit
import pikepdf
import pytest

from generator.model.picture import Drawing, Label, Stroked
from generator.model.problem import Rejected


@pytest.fixture(autouse=True)
def knee(monkeypatch):
    monkeypatch.setitem(
        kit.PICTURES, "knee.svg", Drawing("knee.svg", 40.0, 20.0, (), (Label("cap", 20, 10, "middle", "ink", False),))
    )


def told(labels: str, **more) -> list[str]:
    try:
        kit.typeset(f'<h1>T</h1><img src="knee.svg" alt="A" labels="{labels}">', **more)
    except Rejected as rejected:
        return [problem.message for problem in rejected.problems]
    return []


def test_words_for_every_label_and_a_label_for_all_words():
    assert told("cap=Kneecap") == []
    assert told("") == ["the drawing has a label 'cap' without words"]
    assert told("cap=Kneecap\nbone=Bone") == ["the drawing has no label 'bone'"]


def test_words_that_reach_out_of_the_column_are_refused():
    assert told("cap=" + "A long label " * 20) == ["the words of the label 'cap' reach 158 mm out of the column"]


def test_how_far_a_label_reaches_out_is_never_nothing():
    narrow = kit.frames((60, 150), repeat=True)
    reach = [said for count in range(10, 42) for said in told("cap=" + "i" * count, geometry=narrow) if "reach" in said]
    assert reach[0].endswith("reach 1 mm out of the column")


@pytest.mark.parametrize(("x", "anchor", "width"), [
    (1, "end", 40), (39, "start", 40), (1, "end", 400), (399, "start", 400)])
def test_labels_that_reach_out_move_the_drawing_or_make_it_smaller(monkeypatch, x, anchor, width):
    label = Label("cap", x, 10, anchor, "ink", False)
    monkeypatch.setitem(kit.PICTURES, "knee.svg", Drawing("knee.svg", float(width), 20.0, (), (label,)))
    assert told("cap=Kneecap") == []
    assert told("cap=" + "Kneecap " * 60) != []


def test_an_address_that_no_code_can_hold_is_refused():
    with pytest.raises(Rejected, match="too long for a QR code"):
        kit.typeset(f'<h1>T</h1><qr href="https://x.org/{"a" * 3000}" alt="A">')


def test_dashes_and_even_odd_fills_reach_the_page(monkeypatch):
    square = (("M", 0.0, 0.0), ("L", 9.0, 0.0), ("L", 9.0, 9.0), ("Z",))
    shapes = (Stroked(square, "ink", None, evenodd=True), Stroked(square, None, "ink", 1.0, dash=(2.0, 1.0)))
    monkeypatch.setitem(kit.PICTURES, "square.svg", Drawing("square.svg", 9.0, 9.0, shapes))
    composition = kit.typeset('<img src="square.svg" alt="x" width="25%"/>')  # 60 points for 9 units
    with pikepdf.open(BytesIO(kit.drawn(composition))) as pdf:
        said = [(str(operator), list(given)) for given, operator in pikepdf.parse_content_stream(pdf.pages[0])]
    dashes = [[round(float(one), 1) for one in given[0]] for operator, given in said if operator == "d"]
    assert "f*" in dict(said) and dashes == [[13.3, 6.7], []]
