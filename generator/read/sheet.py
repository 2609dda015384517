"""The style sheet within a drawing, as drawing programs write it: rules for elements, classes and ids (CSS 2.1, 5)."""

from __future__ import annotations

import re

from ..model.record import field, record

SIMPLE = re.compile(r"(\*|[A-Za-z][\w-]*)?((?:[.#][A-Za-z_][\w-]*)*)")
"""An element, classes and ids, without anything between them."""
Said = list[tuple[str, str]]


@record(slots=True)
class Sheet:
    """Rules: selectors and what they say, in the order of their weight."""

    rules: dict[str, list[tuple[int, int, str, frozenset[str], Said]]] = field(default_factory=dict)
    """A class or id with its sign, an element or "" → (weight, number, element or "", classes and ids, its words)."""
    classes: set[str] = field(default_factory=set)
    unread: list[str] = field(default_factory=list)
    """Selectors that go by what is around an element."""
    count: int = 0

    def add(self, text: str) -> None:
        """The rules of a <style>. Rules about fonts and media (@…) say nothing about print."""
        for part in _uncommented(text).split("}"):
            selectors, _, body = part.partition("{")
            selectors = selectors.rpartition(";")[2].strip()  # behind an @import
            if not body.strip() or selectors.startswith("@"):
                continue
            said = declarations(body)
            for selector in selectors.split(","):
                self._rule(selector.strip(), said)

    def _rule(self, selector: str, said: Said) -> None:
        found = SIMPLE.fullmatch(selector)
        if not selector or found is None:
            self.unread.append(selector[:40])
            return
        marks = frozenset(re.findall(r"[.#][\w-]+", found[2]))
        self.classes |= {mark[1:] for mark in marks if mark[0] == "."}
        element = "" if found[1] in (None, "*") else found[1]
        weight = sum(100 if mark[0] == "#" else 10 for mark in marks) + bool(element)
        self.count += 1
        key = min(marks) if marks else element
        self.rules.setdefault(key, []).append((weight, self.count, element, marks, said))

    def of(self, name: str, classes: list[str], own: str) -> Said:
        """What the sheet says of an element, what counts most at the end."""
        if not self.rules:
            return []
        here = {*(f".{one}" for one in classes), f"#{own}"}
        found = [
            (weight, number, said)
            for key in (*here, name, "")
            for weight, number, element, marks, said in self.rules.get(key, ())
            if element in ("", name) and marks <= here
        ]
        return [one for *_, said in sorted(found, key=lambda rule: rule[:2]) for one in said]


def _uncommented(text: str) -> str:
    """A style sheet without its comments."""
    out, at = [], 0
    while (start := text.find("/*", at)) >= 0:
        out.append(text[at:start])
        end = text.find("*/", start + 2)
        if end < 0:
            return "".join(out)
        at = end + 2
    return "".join([*out, text[at:]]).replace("<!--", "").replace("-->", "")


def declarations(text: str) -> Said:
    """`fill:red;stroke-width:2` → (property, value), in order."""
    pairs = (part.partition(":") for part in text.split(";"))
    return [
        (key.strip().lower(), re.sub(r"\s*!important\s*$", "", value.strip())) for key, colon, value in pairs if colon
    ]
