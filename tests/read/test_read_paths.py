"""Path data: every command of SVG comes out as moves, lines and curves; arcs end where they should."""

import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.read.paths import Malformed, arc, read_path


def rounded(ops) -> list:
    return [(op[0], *(round(value, 3) for value in op[1:])) for op in ops]


class TestPathData:
    @pytest.mark.parametrize(
        ("data", "expected"),
        [
            ("M1 2 3 4", [("M", 1, 2), ("L", 3, 4)]),
            ("m1,2 3,4-5-6", [("M", 1, 2), ("L", 4, 6), ("L", -1, 0)]),
            ("M1 2H5V6h-1v-1", [("M", 1, 2), ("L", 5, 2), ("L", 5, 6), ("L", 4, 6), ("L", 4, 5)]),
            ("M.5.5L1e1-1.5E0", [("M", 0.5, 0.5), ("L", 10, -1.5)]),
            ("M1 1L2 1 2 2zL0 0", [("M", 1, 1), ("L", 2, 1), ("L", 2, 2), ("Z",), ("M", 1, 1), ("L", 0, 0)]),
            ("M1 1L2 2zm1 1L0 0", [("M", 1, 1), ("L", 2, 2), ("Z",), ("M", 2, 2), ("L", 0, 0)]),
            ("M0 0C1 1 2 2 3 0S5-2 6 0", [("M", 0, 0), ("C", 1, 1, 2, 2, 3, 0), ("C", 4, -2, 5, -2, 6, 0)]),
            ("M0 0s1 1 2 0", [("M", 0, 0), ("C", 0, 0, 1, 1, 2, 0)]),
            ("M0 0Q3 3 6 0t6 0", [("M", 0, 0), ("C", 2, 2, 4, 2, 6, 0), ("C", 8, -2, 10, -2, 12, 0)]),
            ("M1 1T4 4", [("M", 1, 1), ("C", 1, 1, 2, 2, 4, 4)]),
            ("M0 0a0 5 0 0 1 3 0", [("M", 0, 0), ("L", 3, 0)]),
            ("M0 0a5 5 0 0 1 0 0", [("M", 0, 0)]),
            ("", []),
            (" ", []),
        ],
    )
    def test_commands(self, data, expected):
        assert rounded(read_path(data)) == expected

    def test_flags_of_an_arc_need_no_space(self):
        assert read_path("M0 0a1 1 0 01.5.5") == read_path("M0 0 a 1 1 0 0 1 0.5 0.5")

    def test_a_quarter_circle(self):
        ((_, *points),) = arc(1, 0, 1, 1, 0, 0, 1, 0, 1)
        k = 4 / 3 * math.tan(math.pi / 8)
        assert points == pytest.approx([1, k, k, 1, 0, 1])

    def test_a_small_radius_grows_until_it_reaches(self):
        ops = arc(0, 0, 1, 1, 0, 0, 1, 10, 0)
        assert rounded(ops)[0][-2:] == (5, -5)

    @pytest.mark.parametrize(
        "data",
        ["L1 1", "M1", "M1 1L", "M1 1X", "1 1", "M1 1z2 2", "M1 1a1 1 0 2 0 1 1", "M1e9 1", "M1 1L1 1e999", "M1 1 #"],
    )
    def test_broken(self, data):
        with pytest.raises(Malformed):
            read_path(data)

    commands = st.sampled_from("MmLlHhVvCcSsQqTtAaZz")
    floats = st.floats(-1000, 1000).map(lambda x: f"{x:.5g}")
    segment = st.tuples(commands, st.lists(floats, max_size=8)).map(lambda pair: pair[0] + " ".join(pair[1]))
    data = st.one_of(st.text("MmLlHhVvCcSsQqTtAaZz0123456789.,-+eE \n#", max_size=60), st.lists(segment).map("".join))

    @given(data)
    def test_any_data_is_read_or_refused(self, data):
        try:
            ops = read_path(data)
        except Malformed:
            return
        assert not ops or ops[0][0] == "M"
        sizes = {"M": 3, "L": 3, "C": 7, "Z": 1}
        for before, op in zip([("Z",), *ops], ops):
            assert len(op) == sizes[op[0]] and all(math.isfinite(value) for value in op[1:])
            assert before != ("Z",) or op[0] == "M"

    numbers = st.floats(-100, 100)
    radii = st.floats(0.01, 200)

    @given(numbers, numbers, radii, radii, numbers, st.booleans(), st.booleans(), numbers, numbers)
    @example(0, 0, 5, 5, 0, True, True, 1e-9, 0)
    @example(0, 0, 3, 5, 30, True, False, 0.5, 80)
    def test_arcs_end_where_they_should_and_lie_on_their_ellipse(self, x1, y1, rx, ry, turn, large, sweep, x2, y2):
        ops = arc(x1, y1, rx, ry, turn, large, sweep, x2, y2)
        if (x1, y1) == (x2, y2):
            assert ops == []
            return
        assert ops[-1][-2:] == (x2, y2)
        distance = math.hypot(x2 - x1, y2 - y1)
        if ops[0][0] == "L" or not 1e-3 < distance < 1.9 * min(rx, ry):
            return
        # middles of all pieces are on one ellipse of these radii, turned so, through both ends
        sine, cosine = math.sin(math.radians(turn)), math.cos(math.radians(turn))

        def flat(x, y):
            return complex((cosine * x + sine * y) / rx, (cosine * y - sine * x) / ry)

        start, end = flat(x1, y1), flat(x2, y2)
        chord = end - start
        side = -1 if large == sweep else 1
        centre = (start + end) / 2 + side * 1j * chord / abs(chord) * -math.sqrt(1 - abs(chord) ** 2 / 4)
        centre = min((centre, start + end - centre), key=lambda c: abs(abs(flat(*middles(ops, x1, y1)[0]) - c) - 1))
        for x, y in middles(ops, x1, y1):
            assert abs(flat(x, y) - centre) == pytest.approx(1, abs=1e-3)
        turned = sum(
            _angle(flat(*a) - centre, flat(*b) - centre) for a, b in zip(_ends(ops, x1, y1), _ends(ops, x1, y1)[1:])
        )
        assert (turned > 0) == sweep
        assert abs(abs(turned) - math.pi) < 1e-3 or (abs(turned) > math.pi) == large


def middles(ops, x, y):
    """The point half way along each Bézier curve."""
    out = []
    for _, x1, y1, x2, y2, x3, y3 in ops:
        out.append(((x + 3 * x1 + 3 * x2 + x3) / 8, (y + 3 * y1 + 3 * y2 + y3) / 8))
        x, y = x3, y3
    return out


def _ends(ops, x, y):
    return [(x, y), *(op[-2:] for op in ops)]


def _angle(a, b):
    return math.remainder(math.atan2(b.imag, b.real) - math.atan2(a.imag, a.real), 2 * math.pi)
