"""The filter `grid`: a table as its author wrote it → rows that all fill the same columns."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from generator.merge.elements import reached
from generator.merge.grid import grid
from generator.model.content import Cell, ColumnGroup, Row, RowGroup, Table

CELLS = st.one_of(st.just("a"), st.none(), st.builds(Cell, columns=st.integers(1, 3), rows=st.integers(1, 3)))
ROW = st.builds(Row, st.sampled_from([None, "h"]), st.lists(CELLS, max_size=4), st.integers(1, 3))
ROWS = st.lists(ROW, max_size=5)
TABLES = st.builds(
    Table,
    st.lists(st.one_of(st.none(), st.just("c"), st.just(ColumnGroup("g", ["d", "e"]))), max_size=4),
    st.lists(st.one_of(ROWS.map(lambda rows: RowGroup("g", rows)), ROW), max_size=4),
    blank_rows=st.integers(0, 2),
)


@given(TABLES)
def test_every_row_fills_all_columns_whatever_the_author_wrote(table):
    found = grid(table)
    for part in (found.head, found.body):
        runs: list[list] = [[]]
        for row in part:
            if row.group is None:
                runs[-1].append([(slot.columns, slot.rows) for slot in row.slots])
            else:
                runs.append([])
        assert {width for run in runs for width in reached(run)} <= {found.width}


def shown(table: Table) -> list[str]:
    return [row.group or " | ".join(f"{one.cell}{'#' * (one.head != '')}{one.columns}x{one.rows}" for one in row.slots)
            for part in (grid(table).head, grid(table).body) for row in part]


def test_headings_over_columns_and_cells_over_rows():
    over = Cell(rows=2)
    rows = [Row("e", [over, "f"]), Row("g", ["h"]), RowGroup("i", [Row(None, ["j"])])]
    table = Table(["a", ColumnGroup("b", ["c", "d"])], rows)
    assert shown(table) == [
        "None1x1 | b#2x1", "a#1x1 | c#1x1 | d#1x1", f"e#1x1 | {over}1x2 | f1x1", "g#1x1 | h1x1", "i",
        "None1x1 | j1x1 | None1x1",
    ]


def test_rows_alone_and_rows_to_write_in():
    assert shown(Table(rows=[Row("a", ["b"])], blank_rows=1)) == ["a#1x1 | b1x1", "None1x1 | None1x1"]


def test_a_row_that_a_cell_leaves_is_noticed():
    assert reached([[(1, 2), (1, 1)], [(1, 1)]]) == [2, 2]
    assert reached([[(1, 3), (1, 1)], [(1, 1)]]) == [2, 3]
    assert reached([[(1, 1), (1, 1)], [(1, 1)]]) == [2, 1]
