"""A table goes on in a frame of another width in another form, and every heading is read once."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kit import drawn, frames, typeset

from generator.model.problem import Overfull
from generator.typeset.table import TableLeaf

WORD = st.sampled_from(
    ["a", "dose", "a a a a a a", "polymethylmethacrylate", "twice a day, with food and a full glass of water"]
)
WIDTHS = st.lists(
    st.tuples(st.sampled_from([90, 130, 190, 260, 380]), st.sampled_from([90, 130, 200])), min_size=2, max_size=4
)


@st.composite
def tables(draw) -> str:
    columns = draw(st.integers(2, 5))
    heads = "".join(f"<th scope='col'>h{n} {draw(WORD)}</th>" for n in range(columns))
    rows = []
    for n in range(draw(st.integers(1, 6))):
        cells = [draw(st.one_of(st.just(""), WORD)) for _ in range(columns - 1)]
        rows.append(f"<tr><th scope='row'>r{n}</th>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>")
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


@settings(max_examples=300, deadline=None)
@given(tables(), WIDTHS)
def test_every_word_is_read_once_in_frames_of_any_width(table, sizes):
    try:
        composition = typeset(table, frames(*sizes, (380, 900)))
    except Overfull:
        return
    drawn(composition)


@st.composite
def spanning(draw) -> str:
    """A table with a cell that goes over rows."""
    columns, deep = draw(st.integers(2, 4)), draw(st.integers(2, 3))
    heads = "".join(f"<th scope='col'>h{n}</th>" for n in range(columns))
    at = draw(st.integers(1, columns - 1))
    rows = []
    for n in range(deep + draw(st.integers(0, 2))):
        span = f" rowspan='{deep}'" if n == 0 else ""
        cells = [
            f"<td{span if k == at else ''}>c{n}.{k} {draw(WORD)}</td>"
            for k in range(1, columns)
            if k != at or not 0 < n < deep
        ]
        rows.append(f"<tr><th scope='row'>r{n}</th>{''.join(cells)}</tr>")
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


@settings(max_examples=60, deadline=None)
@given(spanning(), WIDTHS)
def test_a_cell_over_rows_is_read_once_in_frames_of_any_width(table, sizes):
    try:
        composition = typeset(table, frames(*sizes, (380, 900)))
    except Overfull:
        return
    drawn(composition)


def test_a_heading_that_would_be_read_twice_is_noticed(monkeypatch):
    monkeypatch.setattr(TableLeaf, "_headings_in_cards", lambda self, at: True)
    cells = "".join(f"<tr><th scope='row'>r{n}</th><td>a</td><td></td></tr>" for n in range(6))
    last = "<tr><th scope='row'>last</th><td>a</td><td>polymethylmethacrylate</td></tr>"
    table = (
        "<table><thead><tr><th scope='col'>x</th><th scope='col'>y</th><th scope='col'>z z</th></tr></thead>"
        f"<tbody>{cells}{last}</tbody></table>"
    )
    with pytest.raises(RuntimeError, match="lost or set twice"):
        typeset(table, frames((380, 100), (90, 900)))


def test_a_cell_that_goes_on_in_frames_of_other_forms_goes_on_where_it_was_cut():
    heads = "".join(
        f"<th scope='col'>{head}</th>" for head in ("a polymethylmethacrylate", "b polymethylmethacrylate", "c", "d")
    )
    cells = "<td></td><td>twice a day, with food and a full glass of water</td><td></td>"
    rows = f"<tr><th scope='row'>r0</th>{cells}</tr><tr><th scope='row'>r1</th><td>a</td><td></td><td></td></tr>"
    table = f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    drawn(typeset(table, frames((190, 90), (90, 90), (380, 900))))
