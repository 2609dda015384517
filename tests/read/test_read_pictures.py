"""Pictures: drawings are read as SVG says, or every fault is found at its place; raster files give their size."""

import re
import xml.etree.ElementTree as tree
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from project_kit import ROOT, refused
from test_read_paths import rounded

from generator.model.picture import Drawing, Label
from generator.model.problem import Rejected
from generator.read.drawing import HEAVIEST, read_drawing
from generator.read.paths import Malformed, apply, read_transform
from generator.read.pictures import read_picture


def drawing(inside: str, view: str = "0 0 80 40") -> Drawing:
    text = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view}">\n{inside}\n</svg>'
    return read_drawing(text.encode(), "a.svg", "a.svg")


def faults(inside: str, view: str = "0 0 80 40") -> list[str]:
    return refused(drawing, inside, view)


def path(inside: str) -> tuple:
    (shape,) = drawing(inside).shapes
    return shape.path


class TestShapes:
    def test_line_has_no_fill(self):
        (shape,) = drawing('<line x1="1" y1="2" x2="3" y2="4" stroke="#112233"/>').shapes
        assert (shape.path, shape.fill, shape.stroke) == ((("M", 1, 2), ("L", 3, 4)), None, "#112233")

    def test_polygons_close(self):
        points = (("M", 1, 2), ("L", 3, 4), ("L", 5, 6))
        assert path('<polyline points="1,2 3,4 5 6" />') == points
        assert path('<polygon points="1 2,3 4,5 6"/>') == (*points, ("Z",))

    def test_rect(self):
        assert path('<rect x="1" y="2" width="3" height="4"/>') == (
            ("M", 1, 2),
            ("L", 4, 2),
            ("L", 4, 6),
            ("L", 1, 6),
            ("Z",),
        )
        assert rounded(path('<rect width="4" height="2" rx="9"/>'))[:2] == [("M", 2, 0), ("L", 2, 0)]

    def test_circle_and_ellipse(self):
        assert path('<circle cx="5" cy="5" r="2"/>') == path('<ellipse cx="5" cy="5" rx="2" ry="2"/>')
        assert {op[-2:] for op in path('<circle cx="5" cy="5" r="2"/>')[1:-1]} == {(5, 7), (3, 5), (5, 3), (7, 5)}

    def test_transforms_apply_from_the_inside_out(self):
        got = path('<g transform="translate(10 0)"><path transform="scale(2,3) rotate(90)" d="M1 0"/></g>')
        assert rounded(got) == [("M", 10, 3)]
        assert rounded(path('<path transform="rotate(180, 5, 5)" d="M1 2"/>')) == [("M", 9, 8)]
        assert path('<path transform="matrix(1 0 0 1 3 4)" d="M1 2"/>') == (("M", 4, 6),)

    def test_view_box_begins_anywhere(self):
        got = drawing('<path d="M1 2"/>', "-10 -20 80 40")
        assert (got.width, got.height, got.shapes[0].path) == (80, 40, (("M", 11, 22),))

    def test_strokes_scale(self):
        (shape,) = drawing('<g transform="scale(2 8)"><path d="M0 0" stroke="#000000" stroke-width="3"/></g>').shapes
        assert shape.width == pytest.approx(12)

    def test_colours_are_handed_on_and_classes_win(self):
        shapes = drawing(
            '<g class="fill-cool stroke-option-1" stroke-width="2" stroke-linecap="round">'
            '<path d="M0 0"/><path d="M1 1" fill="none"/><path d="M2 2" fill="#ABCDEF" class="stroke-option-1-tint"/>'
            '<path d="M3 3" fill="#abcdef" class="fill-dark"/></g><path d="M4 4"/>'
        ).shapes
        assert [(s.fill, s.stroke, s.width, s.round) for s in shapes] == [
            ("cool", "option-1", 2, True),
            (None, "option-1", 2, True),
            ("#abcdef", "option-1-tint", 2, True),
            ("dark", "option-1", 2, True),
            ("ink", None, 1, False),
        ]

    def test_what_does_not_show_is_left_out(self):
        assert drawing('<path d="M0 0L1 1" fill="none"/><path d="" stroke="#000000"/>').shapes == ()

    def test_words_for_no_one_else(self):
        got = drawing("<title>A <!-- good --> title</title><desc>What it is</desc><!-- x --><g/>")
        assert got == Drawing("a.svg", 80, 40)


class TestLabels:
    def test_label(self):
        label = '<text id="tip" x="3" y="4" text-anchor="end" font-weight="bold"/>'
        assert drawing(f'<g transform="translate(1 2) scale(2)">{label}</g>').labels == (
            Label("tip", 7, 10, "end", "ink", True),
        )
        assert drawing('<text id="a" class="fill-option-2"></text>').labels == (Label("a", 0, 0, "start", "option-2"),)


FAULTS = [
    ("<img/>", "a.svg:2:1: drawings do not hold <img>"),
    ("<g>\n  <rectt/></g>", "a.svg:3:3: drawings do not hold <rectt> (did you mean 'rect'?)"),
    ("<style>g path {fill: red}</style>", "a.svg:1:1: the drawing's style sheet has the selector 'g path'"),
    ("<script>alert(1)</script>", "a.svg:2:1: drawings do not hold <script>"),
    ('<image href="x.png"/>', "a.svg:2:1: drawings do not hold <image>"),
    ('<use href="#a"/>', "a.svg:2:1: <use> names nothing that is in the drawing"),
    ('<g id="a"><use href="#a"/></g>', "a.svg:2:11: <use> names itself"),
    ('<symbol id="a" viewBox="0 0 9 9"/><use href="#a" width="9%"/>', "a.svg:2:35: <use> of a symbol has no width"),
    ('<path d="M0 0" mask="url(#m)"/>', 
     "a.svg:2:1: <path> has a mask, which is not read (draw it without that, or export it as PNG"),
    ('<path d="M0 0" style="filter:url(#f)"/>', "a.svg:2:1: <path> has an effect"),
    ('<path d="M0 0" marker-end="url(#m)"/>', "a.svg:2:1: <path> has an arrow head"),
    ('<g clip-path="url(#c)"/><clipPath id="c"><circle r="3"/></clipPath>',
     "a.svg:2:1: a clip that is no upright rectangle"),
    ('<clipPath id="c"><rect width="9" height="9"/></clipPath><path clip-path="url(#c)" d="M1 1L20 20L1 20Z"/>',
     "a.svg:2:57: a clip cuts a part of this shape away"),
    ('<path d="M0 0" class="fill-mid" opacity="0.5"/>',
     "a.svg:2:1: <path> has no attribute 'opacity' here (use a lighter"),
    ("<?xml-stylesheet href='x.css'?>", "a.svg:2:1: drawings do not hold <?xml-stylesheet …?>"),
    ("<svg/>", "a.svg:2:1: drawings do not hold <svg>"),
    ('<path d="M0 0" style="fill:reed"/>', "a.svg:2:1: fill is 'reed' (write none or #rrggbb"),
    ('<path d="M0 0" onclick="x()"/>', "a.svg:2:1: <path> has no attribute 'onclick' here (drawings run nothing)"),
    ('<path d="M0 0" r="1"/>', "a.svg:2:1: <path> has no attribute 'r' here"),
    ('<path d="M0 0" stroke="url(#a)"/>', "a.svg:2:1: stroke is 'a', which is not there"),
    ('<pattern id="a"/><path d="M0 0" fill="url(#a)"/>', "a.svg:2:18: fill is a pattern"),
    ('<path d="M0 0" class="bold"/>', "a.svg:2:1: unknown class 'bold'"),
    (
        '<path d="M0 0" class="fill-darc"/>',
        "a.svg:2:1: unknown colour 'darc' in the class 'fill-…' (did you mean 'dark'?)",
    ),
    ('<path d="M0 0" stroke-width="2em"/>', "a.svg:2:1: stroke-width has '2em' where a number belongs"),
    ('<path d="M0 0" stroke-dasharray="2 x"/>', "a.svg:2:1: stroke-dasharray has 'x' where a number belongs"),
    ('<path d="M0 0" stroke-width="-2"/>', "a.svg:2:1: stroke-width is negative"),
    ('<path d="M0 0" stroke-linecap="flat"/>', "a.svg:2:1: stroke-linecap is 'flat'"),
    (
        '<path d="M0 0" class="stroke-ink" stroke-linecap="round" stroke-linejoin="miter"/>',
        "a.svg:2:1: line ends and joins",
    ),
    ('<path d="M0 0" transform="skew(3)"/>', "a.svg:2:1: transform uses 'skew'"),
    ('<path d="M0 0" transform="scale(1 2 3)"/>', "a.svg:2:1: transform gives scale 3 numbers"),
    ('<path d="M0 0" transform="scale"/>', "a.svg:2:1: transform has 'scale' where a transform belongs"),
    ('<path d="M0 0L"/>', "a.svg:2:1: the path data has too few numbers after 'L', or a wrong one"),
    ("<path/>", "a.svg:2:1: the path has no d"),
    ('<polyline points="1 2 3"/>', "a.svg:2:1: points has 3 numbers"),
    ('<polygon points="1 2 3 x"/>', "a.svg:2:1: points has 'x' where a number belongs"),
    ('<circle cx="3"/>', "a.svg:2:1: <circle> has no r"),
    ('<rect width="0" height="3"/>', "a.svg:2:1: <rect> has no width"),
    ('<circle r="5" cx="5%"/>', "a.svg:2:1: cx has '5%' where a number belongs"),
    ("w\nords", "a.svg:2:1: there are words in <svg>"),
    ("<text/>", "a.svg:2:1: a label has no id"),
    ('<text id="a">Needle</text>', "a.svg:2:14: words do not stand in the drawing (write them in the content"),
    ('<text id="a"><tspan>Needle</tspan></text>', "a.svg:2:14: drawings do not hold <tspan> (a label is one line"),
    ('<text id="a"><path d="M0 0"/></text>', "a.svg:2:14: <text> does not hold <path>"),
    ('<text id="a"/><text id="a"/>', "a.svg:2:15: two labels have the id 'a'"),
    ('<text id="a" font-size="9"/>', "a.svg:2:1: <text> has no attribute 'font-size' here (labels are set in"),
    ('<text id="a" transform="rotate(90)"/>', "a.svg:2:1: a label is turned or mirrored"),
    ('<text id="a" text-anchor="left"/>', "a.svg:2:1: text-anchor is 'left'"),
    ('<text id="a" font-weight="600"/>', "a.svg:2:1: font-weight is '600'"),
    ('<text id="a" fill="none"/>', "a.svg:2:1: a label has a fill and no stroke"),
    ('<view viewBox="0 0 4 4"/>', "a.svg:2:1: a view has no id"),
    ('<view id="a b" viewBox="0 0 4 4"/>', "a.svg:2:1: 'a b' is no id of a view"),
    ('<view id="a"/>', "a.svg:2:1: a view has no viewBox with four numbers"),
    ('<view id="a" viewBox="0 0 0 4"/>', "a.svg:2:1: a view has no viewBox with four numbers"),
    ('<view id="a" viewBox="-2 0 4 4"/>', "a.svg:2:1: the view reaches out of the drawing"),
    ('<view id="a" viewBox="0 0 4 4"/><view id="a" viewBox="0 0 4 4"/>', "a.svg:2:33: two views have the id 'a'"),
    ('<view id="a" viewBox="0 0 4 4" preserveAspectRatio="none"/>', "a.svg:2:1: preserveAspectRatio is 'none'"),
    ('<text id="lung"/><path class="is-lunge" d="M0 0L1 1"/>',
     "a.svg:2:18: the class 'is-lunge' names a label that is not there (did you mean 'lung'?)"),
    ("<g>", "a.svg:3:3: the file is no well-formed XML: mismatched tag"),
    ("&what;", "a.svg:2:1: the file is no well-formed XML: undefined entity"),
    (
        '<g transform="scale(1e6)"><g transform="scale(1e6)"><path d="M1 1"/></g></g>',
        "a.svg:2:53: the element reaches out of the drawing",
    ),
]


class TestFaults:
    @pytest.mark.parametrize(("inside", "expected"), FAULTS)
    def test_each_is_found_where_it_stands(self, inside, expected):
        (problem,) = faults(inside)
        assert problem.startswith(expected)

    def test_all_are_found_at_once(self):
        found = faults('<path d="X"/>\n<text/><img><img/></img>\n<circle r="x" fill="x"/>')
        assert [message.split(": ")[0] for message in found] == [
            "a.svg:2:1",
            "a.svg:3:1",
            "a.svg:3:8",
            *["a.svg:4:1"] * 3,
        ]

    @pytest.mark.parametrize("view", ["", "1 2 3", "0 0 0 5", "0 0 1 -1", "a b c d", "0 0 1e9 1"])
    def test_view_box(self, view):
        assert faults("", view)[0].startswith("a.svg:1:1: the drawing has no viewBox")

    @pytest.mark.parametrize(
        ("data", "expected"),
        [
            (b"", "a.svg:1:1: the file is no well-formed XML: no element found"),
            (b"<html/>", "a.svg:1:1: the file begins with <html>"),
            (b'<svg viewBox="0 0 1 1"/>', "a.svg:1:1: the file begins with <svg> (a drawing begins with <svg xmlns="),
            (b"\x89PNG", "a.svg:1:1: the file is no well-formed XML"),
            (b'<?xml version="1.0" encoding="klingon"?><svg/>', "a.svg:1:31: the file is no well-formed XML"),
            (
                (b'<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;">]><svg '
                b'xmlns="http://www.w3.org/2000/svg">&y;</svg>'),
                "a.svg:1:13: a drawing has no DOCTYPE",
            ),
            (b'\n<!DOCTYPE svg SYSTEM "file:///etc/passwd"><svg/>', "a.svg:2:43: the file begins with <svg>"),
            (b" " * (HEAVIEST + 1), "a.svg:1:1: the drawing has 2.0 MB"),
        ],
    )
    def test_files(self, data, expected):
        assert refused(read_drawing, data, "a.svg", "a.svg")[0].startswith(expected)

    def test_deep_and_long_files_are_read_in_time(self):
        assert drawing("<g>" * 20_000 + '<path d="M0 0"/>' + "</g>" * 20_000).shapes
        assert len(path(f'<path d="M0 0{" 1 1" * 100_000}"/>')) == 100_001
        assert faults('<path d="M0 0 L' + "1" * 500_000 + '"/>')
        assert faults('<path transform="' + "translate(1 1)" * 20_000 + "x" * 100_000 + '" d="M0 0"/>')

    @given(st.text("<>/=\"' gpathdtexsvgM0123456789.&;#\n-", max_size=80))
    def test_anything_is_read_or_refused_at_a_place(self, inside):
        try:
            drawing(inside)
        except Rejected as rejected:
            assert all(problem.place.file == "a.svg" and problem.place.line > 0 for problem in rejected.problems)

    @given(st.text("translatescalerotatematrix(), -.0123456789", max_size=40))
    @settings(max_examples=50)
    def test_any_transform_is_read_or_refused(self, text):
        try:
            matrix = read_transform(text)
        except Malformed:
            return
        assert len(matrix) == 6 and len(apply(matrix, [("M", 1.0, 2.0)])) == 1


PROGRAMS = sorted((Path(__file__).parent / "programs").glob("*.svg"))
"""Drawings as five programs save them."""


class TestPrograms:
    @pytest.mark.parametrize("file", PROGRAMS, ids=lambda file: file.stem)
    def test_a_file_of_a_program_is_read(self, file):
        got = read_picture(file, file.name)
        expected = file.with_suffix(".txt").read_text("utf-8").splitlines()
        shown = [f"{got.width:g} x {got.height:g}"]
        for shape in got.shapes:
            xs, ys = [op[-2] for op in shape.path if op[1:]], [op[-1] for op in shape.path if op[1:]]
            box = " ".join(f"{value:.1f}" for value in (min(xs), min(ys), max(xs), max(ys)))
            line = f"{box} fill {shape.fill} stroke {shape.stroke}" + (f" {shape.width:.2f}" if shape.stroke else "")
            line += " round" * (shape.round and bool(shape.stroke)) + " evenodd" * shape.evenodd
            shown.append(line + "".join(f" {length:.2f}" for length in shape.dash))
        shown += [f"warning {warning.place.line}: {warning.message}" for warning in got.warnings]
        assert shown == expected

    def test_what_a_style_says_wins_and_later_rules_win(self):
        sheet = ("<style>/* a */ .a{fill:#111111} path{fill:#222222} "
                 ".a{fill:rgb(3,3,3)} #x{fill:hsl(0,100%,50%)}</style>")
        (one, two, three) = drawing(sheet + '<path class="a" fill="#999999" d="M0 0"/><path id="x" class="a" d="M0 0"/>'
                                    '<path class="a fill-mid" style="fill:blue" d="M0 0"/>').shapes
        assert (one.fill, two.fill, three.fill) == ("#030303", "#ff0000", "mid")

    def test_what_is_used_stands_where_it_is_put(self):
        symbol = '<defs><symbol id="s" viewBox="0 0 10 10"><rect width="10" height="10"/></symbol>'
        symbol += '<path id="p" d="M1 1L2 2"/></defs>'
        first, second = drawing(symbol + '<use href="#s" x="4" y="6" width="20" height="20" fill="red"/>'
                                '<use href="#p" transform="scale(2)" x="1"/>').shapes
        assert rounded(first.path)[:3] == [("M", 4, 6), ("L", 24, 6), ("L", 24, 26)] and first.fill == "#ff0000"
        assert second.path == (("M", 4, 2), ("L", 6, 4))

    def test_copies_of_copies_end(self):
        bomb = "".join(f'<g id="g{n}">' + f'<use href="#g{n + 1}"/>' * 9 + "</g>" for n in range(8))
        found = faults(f'<defs>{bomb}<path id="g8" d="M1 1L2 2"/></defs><use href="#g0"/>')
        assert "the drawing has more than 100,000 elements" in found[0]

    def test_what_is_not_seen_is_not_printed(self):
        hidden = '<g style="display:none"><path d="M0 0"/></g><path visibility="hidden" d="M0 0"/>'
        hidden += '<path opacity="0" d="M9e5 0"/>'
        assert drawing(hidden + '<x:y xmlns:x="u"><path d="M0 0"/></x:y>').shapes == ()

    def test_a_ground_larger_than_the_drawing_is_cut(self):
        (shape,) = drawing('<rect x="-9" y="-9" width="200" height="200" fill="white"/>').shapes
        assert shape.path[:3] == (("M", 0, 0), ("L", 80, 0), ("L", 80, 40))

    @given(st.text("{}.#;:/*@, abfillstroke-0()", max_size=60),
           st.text("fill:stroke-opacity0;%url(#a) rgb,", max_size=40))
    @settings(max_examples=60)
    def test_any_style_is_read_or_refused(self, sheet, style):
        try:
            drawing(f'<style>{sheet}</style><g id="a" style="{style}"><path class="a" d="M1 1L2 2"/></g>')
        except Rejected as rejected:
            assert rejected.problems


class TestEdges:
    @pytest.mark.parametrize("inside", ['<rect x="-9" y="1" width="99" height="9" rx="2"/>',
                                        '<text id="a" x="500" y="5"/>',
                                        '<line x1="0" y1="0" x2="1" y2="1" stroke="#000000" stroke-width="900"/>'])
    def test_nothing_is_printed_beside_the_drawing(self, inside):
        assert faults(inside)[0].startswith("a.svg:2:1: the ")


class TestVertebra:
    """The project's own drawing."""

    file = ROOT / "content/kyphoplasty-vs-vertebroplasty/vertebra.svg"

    def test_it_keeps_to_the_subset_and_lies_in_its_view_box(self):
        got = read_picture(self.file, "vertebra.svg")
        assert got.labels
        for shape in got.shapes:
            for op in shape.path:
                assert all(0 <= x <= got.width for x in op[1::2]) and all(0 <= y <= got.height for y in op[2::2])

    def test_colours_come_from_the_theme_and_strokes_print(self):
        got = read_picture(self.file, "vertebra.svg")
        used = {colour for shape in got.shapes for colour in (shape.fill, shape.stroke) if colour}
        assert used <= {"ink", "dark", "mid", "cool", "paper", "muted", "line", "option-1", "option-2"}
        least = min(shape.width for shape in got.shapes if shape.stroke)
        assert least * 72 / 25.4 >= 0.25  # points, 1 unit printed as 1 mm

    def test_a_drawing_program_shows_the_same_shapes(self):
        """Every class has the attribute beside it that programs without our theme go by."""
        for element in tree.parse(self.file).iter():
            for word in element.get("class", "").split():
                if word == "whole" or word.startswith("is-"):
                    continue
                assert re.fullmatch("#[0-9a-f]{6}", element.get(word.partition("-")[0], "")), element.attrib
