"""A Composition as text, for goldens: every item of every page on a line of its own, and the structure tree.

    page cover 283.5 x 595.3, ground #eaf2f7, filled 0.83
      line 56.7,120.3 FiraGO-Bold 12 #1d2b36 "Words of this line "
           80.1 FiraGO-Regular 12 #1d2b36 "and others on the same line"
      cut 56.7,130.0 200.0 x 40.0, 9 shapes     (a view of a drawing)
      fill 56.7,130.0 200.0 x 40.0 #eaf2f7 round 3
      stroke 56.7,130.0 256.7,130.0 width 0.75 #b9c9d4
      shape 56.7,130.0 x 12.0, 5 operators, fill #14496b
      image 56.7,130.0 200.0 x 40.0 photo.png
      link 56.7,130.0 50.0 x 13.0 https://example.org
      ~ line …     (furniture: painted, not read)

Lengths are points with one decimal. An item that belongs to the structure tree and one that does not are told apart
by "mute" behind those that could belong and do not.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from generator.model.page import Composition, Cut, Fill, Image, Item, Line, LinkArea, Run, Shape, Stroke
from generator.model.structure import Elem


def trace(composition: Composition) -> str:
    """Every item of every page."""
    out = [f"{composition.title!r} {composition.language} {composition.direction}, body {composition.body_size:g} pt"]
    for page in composition.pages:
        ground = "".join(f", ground {g.colour} {g.y:.0f}–{g.y + g.height:.0f}" for g in page.grounds)
        out.append(f"page {page.name} {_n(page.width)} x {_n(page.height)}{ground}, filled {page.filled:.2f}")
        for sign, items in (("  ", page.items), ("  ~ ", page.furniture)):
            for item in items:
                out += [sign + line for line in _item(item)]
    return "\n".join(out) + "\n"


def tree(composition: Composition) -> str:
    """The structure tree with the beginning of each leaf's words."""
    said = words_by_leaf(composition)
    out: list[str] = []

    def walk(elem: Elem, depth: int) -> None:
        notes = [f'"{elem.title}"'] if elem.title else []
        notes += [f"{key}={value}" for key, value in (
            ("lang", elem.language), ("scope", elem.scope), ("colspan", elem.colspan if elem.colspan > 1 else None),
            ("numbering", elem.numbering), ("href", elem.href), ("alt", elem.alt), ("actual", elem.actual)) if value]
        text = said.get(id(elem), "")
        if text:
            notes.append(repr(text if len(text) <= 40 else text[:39] + "…"))
        out.append("  " * depth + " ".join([elem.role or "·", *notes]))
        for kid in elem.kids:
            walk(kid, depth + 1)

    walk(composition.tree, 0)
    return "\n".join(out) + "\n"


def words_by_leaf(composition: Composition) -> dict[int, str]:
    """id(leaf) → its words as painted, page after page."""
    said: dict[int, str] = {}
    for page in composition.pages:
        for item in page.items:
            if isinstance(item, Line):
                for run in item.runs:
                    said[id(run.elem)] = said.get(id(run.elem), "") + text_of(run)
    return said


def text_of(run: Run) -> str:
    return "".join(word.text for word in run.words)


def _item(item: Item) -> Iterator[str]:
    if isinstance(item, Line):
        yield from _line(item)
    elif isinstance(item, Fill):
        yield f"fill {_box(item)} {item.colour}" + (f" round {item.radius:g}" if item.radius else "")
    elif isinstance(item, Cut):
        yield f"cut {_box(item)}, {len(item.shapes)} shapes" + ("" if item.elem else ", mute")
    elif isinstance(item, Stroke):
        yield f"stroke {_n(item.x1)},{_n(item.y1)} {_n(item.x2)},{_n(item.y2)} width {item.width:g} {item.colour}"
    elif isinstance(item, Shape):
        paint = [f"{key} {value}" for key, value in (("fill", item.fill), ("stroke", item.stroke)) if value]
        yield (
            f"shape {_n(item.x)},{_n(item.y)} x {item.scale:.2f}, {len(item.path)} operators, {' '.join(paint)}"
            + _mute(item.elem)
        )
    elif isinstance(item, Image):
        yield f"image {_box(item)} {PurePath(item.file).name}" + _mute(item.elem)
    else:
        assert isinstance(item, LinkArea)
        yield f"link {_box(item)} {item.href}"


def _line(line: Line) -> Iterator[str]:
    """A row for each stretch of runs that look alike (right-to-left words are a run each)."""
    rows: list[tuple[tuple, float, str]] = []
    for run in line.runs:
        look = (run.face.ps_name, run.size, run.colour, run.rise, run.elem is None)
        if rows and rows[-1][0] == look:
            rows[-1] = look, min(rows[-1][1], run.x), rows[-1][2] + text_of(run)
        else:
            rows.append((look, run.x, text_of(run)))
    for at, ((face, size, colour, rise, mute), x, text) in enumerate(rows):
        where = f"line {_n(x)},{_n(line.y)}" if at == 0 else f"     {_n(x)}"
        yield f"{where} {face} {size:g} {colour}{f' rise {rise:g}' if rise else ''}{' mute' if mute else ''} \"{text}\""


def _mute(elem: Elem | None) -> str:
    return "" if elem else " mute"


def _box(item: Fill | Image | LinkArea) -> str:
    return f"{_n(item.x)},{_n(item.y)} {_n(item.width)} x {_n(item.height)}"


def _n(value: float) -> str:
    """One decimal; a hair under a half rounds like the half, so that sums in another order read the same."""
    return f"{round(value + 1e-6, 1) + 0.0:.1f}"


def inked(run: Run) -> tuple[float, ...]:
    """Left and right edge of what a run shows, without the spaces at its ends; nothing where it is spaces alone."""
    words, (left, right) = run.placed(), (run.x, run.x + run.width)
    while words and words[0].text == " ":
        left += words[0].width * run.size
        words = words[1:]
    while words and words[-1].text == " ":
        right -= words[-1].width * run.size
        words = words[:-1]
    return (left, right) if words else ()
