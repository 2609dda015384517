"""How the marks of a PDF are painted.

    unmarked(path)        painting operators that do not lie in exactly one marked-content sequence
    out_of_order(path)    pages that are not painted in the order of the structure tree
"""

from __future__ import annotations

from pathlib import Path

import pikepdf

PAINTING = frozenset(["S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do", "Tj", "TJ", "'", '"', "INLINE IMAGE"])


def out_of_order(path: Path) -> list[str]:
    """Pages whose marks are not painted in the order in which the structure tree has them."""
    faults = []
    with pikepdf.open(path) as pdf:
        wanted: dict[tuple[int, int], list[int]] = {page.objgen: [] for page in pdf.pages}

        def walk(element) -> None:
            kids, page = element.get("/K"), element.get("/Pg")
            for kid in () if kids is None else kids if isinstance(kids, pikepdf.Array) else (kids,):
                if isinstance(kid, int):
                    wanted[page.objgen].append(int(kid))
                elif kid.get("/Type") == "/MCR":
                    wanted[(kid.get("/Pg") or page).objgen].append(int(kid.MCID))
                elif "/S" in kid:
                    walk(kid)

        walk(pdf.Root.StructTreeRoot)
        for number, page in enumerate(pdf.pages, 1):
            painted = [
                int(operands[1].MCID) for operands, operator in pikepdf.parse_content_stream(page)
                if str(operator) == "BDC" and isinstance(operands[1], pikepdf.Dictionary) and "/MCID" in operands[1]
            ]  # fmt: skip
            if painted != wanted[page.objgen]:
                faults.append(f"page {number}: painted {painted}, in the tree {wanted[page.objgen]}")
    return faults


def unmarked(path: Path) -> list[str]:
    """Painting operators outside a marked-content sequence or in two at once, and sequences that do not nest
    (ISO 32000-1, 14.6)."""
    faults = []
    with pikepdf.open(path) as pdf:
        for number, page in enumerate(pdf.pages, 1):
            stack: list[str] = []
            for operands, operator in pikepdf.parse_content_stream(page):
                name = str(operator)
                if name in ("BT", "q"):
                    stack.append(name)
                elif name in ("BDC", "BMC"):
                    claims = str(operands[0]) == "/Artifact" or (name == "BDC" and "/MCID" in operands[1])
                    stack.append("mark" if claims else "span")
                elif name in ("ET", "Q", "EMC"):
                    opener = stack.pop() if stack else "nothing"
                    if opener not in {"ET": ("BT",), "Q": ("q",), "EMC": ("mark", "span")}[name]:
                        faults.append(f"page {number}: {name} closes {opener}")
                elif name in PAINTING and stack.count("mark") != 1:
                    faults.append(f"page {number}: {name} lies in {stack.count('mark')} marks")
            if stack:
                faults.append(f"page {number}: {', '.join(stack)} never closed")
    return faults


# ── other readers ────────────────────────────────────────────────────────────────────────────────────────────────────
