"""Signs: all that the story may name are there, drawn, and of the size of a letter."""

import pytest

from generator.model.signs import SIGNS
from generator.model.story import SIGNS as NAMES


def test_every_name_has_a_sign():
    assert sorted(SIGNS) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_signs_stand_on_the_line(name):
    path, kind, weight = SIGNS[name]
    assert path[0][0] == "M"
    assert all(len(op) == {"M": 3, "L": 3, "C": 7, "Z": 1}[op[0]] for op in path)
    assert (kind, weight > 0) in (("fill", False), ("stroke", True))
    xs = [x for op in path for x in op[1::2]]
    ys = [y for op in path for y in op[2::2]]
    assert -0.03 <= min(xs) - weight / 2 and max(xs) + weight / 2 <= 1.03
    # no higher than an ascender, hardly a descender
    assert 0.09 <= min(ys) - weight / 2 and max(ys) + weight / 2 <= 1.1
    assert (min(xs) + max(xs)) / 2 == pytest.approx(0.5, abs=0.03)
