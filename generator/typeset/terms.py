"""Terms and their meanings: the meaning goes on in the line of its term, as dictionaries have it."""

from __future__ import annotations

from typing import Any

from ..model.record import replace
from ..model.story import Node
from ..text.paragraph import Paragraph
from .flow import Leaf, TextLeaf
from .inset import Inset
from .look import Look
from .spans import spans_of
from .tree import _holds_text

GAP = 1.9
"""Size of the space after a term, in multiples of the type size: that of an en space."""


def set_terms(builder: Any, node: Node, look: Look, inset: Inset, out: list[Leaf]) -> None:
    """The leaves of a <dl>. A meaning that does not begin with text stands below its term.

    builder: the build.Builder that sets the blocks around it.
    """
    term: Node | None = None
    for kid in node.kids:
        if kid.name == "dt":
            if term is not None:  # a term with another name
                builder._block(term, look, inset, out, None)
            term = kid
            continue
        first = kid if _holds_text(kid) else kid.kids[0] if kid.kids else None
        if term is not None and first is not None and _holds_text(first) and first.name in ("dd", "p") and builder.tree.bits[id(first)]:
            _together(builder, term, kid, first, look, inset, out)
            for rest in kid.kids[1:] if first is not kid else ():
                builder._block(rest, builder.looks.of(kid, look), inset, out, None)
        else:
            if term is not None:
                builder._block(term, look, inset, out, None)
            builder._block(kid, look, inset, out, None)
        term = None
    if term is not None:
        builder._block(term, look, inset, out, None)


def _together(builder: Any, term: Node, meaning: Node, first: Node, look: Look, inset: Inset, out: list[Leaf]) -> None:
    name, said = builder.looks.of(term, look), builder.looks.of(meaning, look)
    words = said if first is meaning else builder.looks.of(first, said)
    spans, _ = spans_of(builder, term, name)
    spans.append(replace(spans[-1], text=" ", size=name.size * GAP, link=None, href=None))
    spans += spans_of(builder, first, words)[0]
    known = builder.tree.paragraphs.get(id(term))
    if known is None:
        known = builder.tree.paragraphs[id(term)] = Paragraph(spans, *builder._manner(words))
        builder.problems += known.problems
    else:
        known = known.resized(spans)
    leaf = TextLeaf(term.place, known, words, **builder._where(words, inset))
    leaf.before, leaf.after = max(name.before, said.before), max(said.after, words.after if first is meaning else 0.0)
    leaf.node, leaf.penalty = meaning, 15.0
    out.append(leaf)
