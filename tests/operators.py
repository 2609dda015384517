"""A page's operators, each with the matrix in force: where things stand on the page, read back from the PDF itself."""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf


def placed(page: pikepdf.Page) -> Iterator[tuple[str, list, pikepdf.Matrix]]:
    """(operator, operands, matrix to the page's own coordinates) of everything in a page's content stream."""
    matrix, stack = pikepdf.Matrix(), []
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name == "q":
            stack.append(matrix)
        elif name == "Q":
            matrix = stack.pop()
        elif name == "cm":
            matrix = pikepdf.Matrix(*map(float, operands)) @ matrix
        yield name, operands, matrix
