"""Columns of cells in tables whose cells go over several columns or rows."""

from generator.model.spans import columns_of


def test_a_cell_stands_in_the_first_columns_that_no_cell_from_above_fills():
    assert columns_of([[(1, 1), (1, 1)], [(1, 1), (1, 1)]]) == [[0, 1], [0, 1]]
    assert columns_of([[(1, 2), (2, 1)], [(1, 1), (1, 1)], [(3, 1)]]) == [[0, 1], [1, 2], [0]]
    assert columns_of([[(1, 1), (1, 3), (1, 1)], [(1, 1), (1, 1)], [(1, 1), (1, 1)], [(1, 1)] * 3]) == [
        [0, 1, 2], [0, 2], [0, 2], [0, 1, 2]]
