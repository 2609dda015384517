"""printers.yaml: read with places, and written without losing what others wrote."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some
from project_kit import refused

from generator.model.layout import MM
from generator.read.printers import HEAD, read_printer, read_printers, with_printer


def file(folder: Path, text: str) -> Path:
    (folder / "printers.yaml").write_text(text, encoding="utf-8")
    return folder


def test_readings(tmp_path):
    printer = read_printer("office", file(tmp_path, "office:\n  right: 0.8mm\n  up: -0.02in\nother: {up: 1 mm}\n"))
    assert (printer.right, printer.up) == pytest.approx((0.8 * MM, -0.02 * 72))
    assert read_printer("other", tmp_path).right == 0


def test_a_project_without_printers(tmp_path):
    assert read_printers(tmp_path) == {}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("office:\n  right: 3\n",
         "printers.yaml:2:10: 'right' must be a length with its unit, not '3' (like 0.8mm or -0.4mm)"),
        ("office:\n  rigth: 3mm\n", "printers.yaml:2:3: unknown key 'rigth' (did you mean 'right'?)"),
        ("office: 3\n", ("printers.yaml:1:9: 'office' must be a mapping of keys, not text "
                         "(write each on a line of its own: right:, up:)")),
        ("office:\n  up: -5.1mm\n", "printers.yaml:2:7: 'up' is more than 5 mm (measure again)"),
        ("- office\n", "printers.yaml:1:1: the file must be a mapping of keys, not a list"),
        ("ofice: {up: 1mm}\n", "printers.yaml:1:1: there is no printer 'office' (did you mean 'ofice'?)"),
    ],
)
def test_what_is_wrong(tmp_path, text, said):
    assert refused(read_printer, "office", file(tmp_path, text)) == said.split("\n")


names = some.from_regex(r"[A-Za-z][A-Za-z0-9]{0,4}(-[A-Za-z0-9]{1,3})?", fullmatch=True)
readings = some.integers(-50, 50).map(lambda tenths: tenths / 10)


@given(some.lists(some.tuples(names, readings, readings), max_size=6))
def test_what_is_kept_is_read_again(tmp_path_factory, kept):
    text = ""
    for name, right, up in kept:
        text = with_printer(text, name, right, up)
    folder = file(tmp_path_factory.mktemp("p"), text)
    found = {name: (printer.right, printer.up) for name, printer in read_printers(folder).items()} if kept else {}
    assert found == {name: pytest.approx((right * MM, up * MM)) for name, right, up in kept}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", HEAD + "b:\n  right: 1mm\n  up: 2mm\n"),
        ("# mine\na: {up: 1mm}  # good\n", "# mine\na: {up: 1mm}  # good\nb:\n  right: 1mm\n  up: 2mm\n"),
        ("b: {up: 1mm}\nc: {up: 1mm}\n", "b:\n  right: 1mm\n  up: 2mm\nc: {up: 1mm}\n"),
        ("b:\n  up: 1mm\n\n# c\nc: {up: 1mm}\n", "b:\n  right: 1mm\n  up: 2mm\n\n# c\nc: {up: 1mm}\n"),
        ('"b":\n  up: 1mm', "b:\n  right: 1mm\n  up: 2mm\n"),
        ("bb: {up: 1mm}", "bb: {up: 1mm}\nb:\n  right: 1mm\n  up: 2mm\n"),
    ],
)
def test_others_keep_their_lines(before, after):
    assert with_printer(before, "b", 1, 2) == after
