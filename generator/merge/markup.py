"""Reads a rendered template as the story's nodes. It is strict, and every problem has its place."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType

from ..model.content import UNSEEN
from ..model.personal import FIELD
from ..model.problem import Place, Problem, Text
from ..model.story import ELEMENTS, HEADINGS, Node, Origin
from ..model.wording import nearest
from . import tokens
from .elements import (
    BLOCKS,
    EITHER,
    HTML,
    INLINE,
    KEPT_EMPTY,
    KIDS,
    MODES,
    NEEDED,
    NOTHING,
    PARTS,
    TEXT,
    attribute_faults,
    lines_fault,
    misplaced,
    table_faults,
)
from .parts import FURNITURE, Open, Parts, Printed, trace
from .places import CONTROL, MARK
from .tokens import MARKED, STAMPED, TAG, TOKEN, UNENDED, UNEVEN, WORDS
from .words import direction

DEEPEST = 40
"""Levels of elements; a leaflet needs about 10."""
MOST = 100
"""Problems reported at once."""


def parse(markup: str, template: Place, stamps: Sequence[Place], places: Sequence[Place], classes: Collection[str],
          panels: Collection[str], tongues: Mapping[int, str] = MappingProxyType({}),
          phrases: Collection[Place | None] = (), said: Sequence[Text] = (), ways: Sequence[str] = (),
          running: Mapping[str, tuple[str, str | None]] | None = None) -> Parts:
    """Reads rendered markup with its marks (marks.py).

    `template` is the beginning of the layout's template, `stamps` and `places` are what marks count in, `classes` the
    theme's styles ("p.lead"), `panels` the names of the layout's panels, `tongues` the languages of words that are
    not in the leaflet's (by the number of their place), `phrases` the places of the fixed phrases, `said` and `ways`
    the text of each of `places` and how it was printed, `running` the words that stand for {fields} of the author's
    text, and their language. Raises nothing: see `problems` of the result.
    """
    return _Parser(template, stamps, places, classes, panels, tongues, phrases, said, ways, running or {}).run(markup)


class _Parser:
    def __init__(self, template, stamps, places, classes, panels, tongues, phrases, said, ways, running) -> None:
        self.at: Place = template
        """Last place in a template."""
        self.by: Place | None = None
        """Place in the content, between its marks."""
        self.number = -1
        """Of the place in `places`."""
        self.stamps, self.places, self.classes, self.panels = stamps, places, classes, panels
        self.tongues, self.phrases, self.running = tongues, phrases, running
        self.printed = Printed(said, places, ways)
        self.printing: Origin | None = None
        """The text that is being printed, between its marks."""
        self.tongue = ""
        """Language of the words between marks; "" for the leaflet's."""
        self.stack = [Open("", Node(""), template, KIDS[""], PARTS, True)]
        self.space = True
        """A space would be one too many here: the text begins or a space came last."""
        self.last: list | None = None
        """The list of kids that the last words of this text went to."""
        self.found, self.ids = Parts(), set[str]()

    # ── problems ──

    def problem(self, place: Place | None, message: str, hint: str = "") -> None:
        problem = Problem(place, message, hint)
        if len(self.found.problems) < MOST and problem not in self.found.problems:
            self.found.problems.append(problem)

    # ── the loop ──

    def run(self, markup: str) -> Parts:
        stack, words, opened, closed, stamp, mark = self.stack, self.words, self.open, self.close, self.stamp, self.mark
        for token in TOKEN.finditer(markup):
            kind = token.lastindex
            if kind == WORDS:
                said = token[5]
                if stack[-1].mode is TEXT or not said.isspace():
                    words(said)
            elif kind == TAG:
                number, slash, name, rest = token.group(1, 2, 3, 4)
                if number is not None:
                    stamp(int(number))
                if slash:
                    closed(name, rest)
                else:
                    opened(name, rest, number is not None)
            elif kind == MARKED:
                mark(token[6], token[7])
            elif kind == STAMPED:
                stamp(int(token[8]))
            elif kind == UNENDED:
                self.problem(self.at, "the comment <!-- is never closed", "end it with -->")
            elif token[0] == "<":
                self.stray(markup[token.start() + 1 : token.start() + 30])
        while len(stack) > 1:
            entry = stack.pop()
            self.unclosed(entry)
            self.end(entry)
        return self.found

    def stamp(self, number: int) -> None:
        if number < len(self.stamps):  # a template can forge a stamp, though it can gain nothing by it
            self.at = self.stamps[number]

    def mark(self, plus: str, number: str) -> None:
        place = self.places[int(number)] if number and int(number) < len(self.places) else None
        if plus:
            self.by = place or self.by
        else:
            self.number = int(number) if place is not None else -1
            self.by = place
            self.tongue = self.tongues.get(self.number, "")
            self.printing = self.printed.origin(self.number)

    def stray(self, after: str) -> None:
        sign = CONTROL.sub("", re.split("[<>\n]", MARK.sub("", after))[0])[:12].rstrip()
        hint = ("is a > or a quote missing?" if sign[:1].isalpha() or sign[:1] in ("/", "!")
                else "write &lt; for the sign <")
        self.problem(self.at, f"'<{sign}' is no tag", hint)

    # ── words ──

    def words(self, words: str) -> None:
        if UNEVEN.search(words):
            wrong: tokens.Wrong = []
            words = tokens.spaced(tokens.decoded(words, wrong))
            for message, hint in wrong:
                self.problem(self.at, message, hint)
        top = self.stack[-1]
        if top.mode is not TEXT:
            if not words.strip(" ") or top.node is None:
                return
            if top.mode is not EITHER:
                self.bare(top, words)
                return
            top.mode, top.kids = TEXT, INLINE
            self.begin_text()
        if self.space and words[:1] == " ":
            words = words[1:]
        if not words or top.node is None:
            return
        if self.running and "{" in words and self.by is not None and self.by not in self.phrases:
            self.fields(words)
            return
        self.put(words, self.tongue)

    def fields(self, words: str) -> None:
        """Words with {fields} in them: what stands for a field is plain words, whatever signs are in it."""
        for number, part in enumerate(FIELD.split(words)):
            self.put(*self.running.get(part, (f"{{{part}}}", self.tongue)) if number % 2 else (part, self.tongue))

    def put(self, words: str, tongue: str | None) -> None:
        """Words go into the innermost element."""
        top = self.stack[-1]
        if not words:
            return
        kids = top.node.kids
        if tongue and words != " ":
            kids.append(Node("span", self.by, {"lang": tongue}))
            kids = kids[-1].kids
        if kids and type(kids[-1]) is str:
            kids[-1] += words
        else:
            kids.append(words)
        self.last = kids
        self.say(self.number)
        if words != " ":
            trace(self.stack, self.printing or Origin(None, self.at), words)
        self.space = words[-1] == " "
        if not top.placed and words != " ":
            self.settle()

    def say(self, number: int) -> None:
        """A text stands in a part. A footer is none: of several, one is printed, and no one hears it."""
        if self.stack[1].name not in FURNITURE:
            self.found.said.add(number)

    def begin_text(self) -> None:
        self.space, self.last = True, None

    def settle(self) -> None:
        """First words: they say where the elements around them come from. A fixed
        phrase says it of its own text only."""
        fixed = self.by is not None and self.by in self.phrases
        for entry in reversed(self.stack):
            if entry.placed or (fixed and entry.mode is not TEXT):
                break
            entry.placed = True
            if self.by:
                entry.node.place = self.by

    def bare(self, top: Open, words: str) -> None:
        shown = words.strip()
        shown = f"'{shown}'" if len(shown) < 25 else f"'{shown[:24]}…'"
        if not top.name:
            self.problem(self.at, f"the words {shown} stand outside of the parts",
                         "put them in <story>, <panel> or <footer>")
        else:
            self.problem(self.at, f"the words {shown} stand directly in <{top.name}>",
                         "put <p>…</p> around them" if top.mode is BLOCKS else "")

    # ── tags ──

    def open(self, name: str, rest: str, stamped: bool) -> None:
        top = self.stack[-1]
        mode = MODES.get(name)
        if mode is None:
            lower = name.lower()
            hint = f"write <{lower}>" if lower in ELEMENTS else HTML.get(lower) or nearest(lower, ELEMENTS)
            self.problem(self.at, f"there is no element <{name}>", hint)
            self.stack.append(Open(name, None, self.at, None, TEXT))
            return
        attributes = self.attributes(name, rest)
        if "lang" in attributes and "dir" not in attributes and name not in INLINE:
            attributes["dir"] = direction(attributes["lang"])
        right = top.node is not None and self.fits(name, top)
        node = Node(name, self.at if stamped or not self.by else self.by, attributes) if right else None
        if right:
            if "\x02" in rest and len(self.stack) > 1:
                for number in tokens.said_by(rest):
                    self.say(number)
            if name == "br":
                self.trim()
            top.node.kids.append(node)
        if mode is NOTHING:
            if right:
                self.void(node, rest)
            return
        if rest.endswith("/"):
            self.problem(self.at, f"<{name}/> is empty", f"write <{name}>…</{name}>")
            if right:
                top.node.kids.pop()
            return
        if right and len(self.stack) > DEEPEST:
            self.problem(self.at, f"elements are nested more than {DEEPEST} deep here")
            top.node.kids.pop()
            node = None
        if node is not None and mode is TEXT and name not in INLINE:
            self.begin_text()
        self.stack.append(Open(name, node, self.at, KIDS[name] if node else None, mode, top.name == ""))

    def fits(self, name: str, top: Open) -> bool:
        """Whether the element may stand in the innermost open one; says why not."""
        inline = name in INLINE
        if name not in top.kids:
            if top.mode in (TEXT, BLOCKS) and MODES.get(top.name) == EITHER and name in KIDS[top.name]:
                self.problem(self.at,
                             f"<{name}> stands beside {'words' if top.mode is TEXT else 'blocks'} in <{top.name}>",
                             "put the words in <p>")
            else:
                self.problem(self.at, *misplaced(name, top.name))
            return False
        if top.mode is EITHER:
            top.mode = TEXT if inline else BLOCKS
            top.kids = INLINE if inline else KIDS[top.name] - INLINE
            if inline:
                self.begin_text()
        if inline:
            if name == "a" and any(entry.name == "a" for entry in self.stack):
                self.problem(self.at, "<a> cannot stand in <a>", "a link has one address")
            elif name in ("page", "pages", "running") and self.stack[1].name not in FURNITURE:
                self.problem(self.at, f"<{name}> stands only in a <{'header' if name == 'running' else 'footer'}>")
        return True

    def void(self, node: Node, rest: str) -> None:
        """An element that holds nothing."""
        if node.name in INLINE:
            self.space = node.name == "br"
            if node.name in ("page", "pages", "running"):
                trace(self.stack, Origin(None, self.at, "number"), "")
        elif (node.name == "img" and (number := re.search("\x02(\\d{1,9})\x03", rest))
              and int(number[1]) < len(self.places)):
            node.place = self.places[int(number[1])]
        if "labels" in node.attributes:  # of <img>, <views> and <keys>
            node.origins = self.printed.labels(rest)
        if node.name in ("img", "qr"):
            tongue = next(filter(None, (self.tongues.get(int(number))
                                        for number in re.findall("\x02(\\d{1,9})\x03", rest))), "")
            if tongue:
                node.attributes.setdefault("lang", tongue)

    def attributes(self, name: str, rest: str) -> dict[str, str]:
        if not rest and name not in NEEDED:
            return {}
        wrong: tokens.Wrong = []
        out = tokens.attributes(rest, name, wrong)
        for message, hint in wrong:
            self.problem(self.at, message, hint)
        self.refuse(name, out, rest)
        return {key: value for key, value in out.items() if value}

    def refuse(self, name: str, attributes: dict[str, str], rest: str) -> None:
        """Reports what is wrong with attributes."""
        for key, message, hint in attribute_faults(name, attributes, self.classes, self.panels):
            self.problem(self.origin(key, rest) or self.at, message, hint)
        if one := attributes.get("id"):
            if one in self.ids:
                if name == "note" and "label" in attributes:
                    self.problem(self.by, f"the footnote [^{attributes['label']}] stands twice",
                                 "give each its own label; a shared passage with a footnote is used once in a leaflet")
                else:
                    self.problem(self.at, f"the id '{one}' stands twice")
            self.ids.add(one)

    def origin(self, key: str, rest: str) -> Place | None:
        """Place in the content that the value of an attribute comes from."""
        found = re.search(rf"{re.escape(key)}\s*=\s*[\"'][^\"'\x02]*\x02(\d{{1,9}})\x03", rest)
        if found and int(found[1]) < len(self.places):
            return self.places[int(found[1])]
        return self.by

    # ── the end of elements ──

    def close(self, name: str, rest: str) -> None:
        if rest.strip():
            self.problem(self.at, f"</{name}> takes no attributes")
        if MODES.get(name) == NOTHING:
            self.problem(self.at, f"<{name}> has no end tag", f"take </{name}> away")
            return
        for depth in range(len(self.stack) - 1, 0, -1):
            if self.stack[depth].name == name:
                break
        else:
            self.problem(self.at, f"</{name}> closes nothing", self.pending())
            return
        while len(self.stack) > depth + 1:
            entry = self.stack.pop()
            self.unclosed(entry)
            self.end(entry)
        self.end(self.stack.pop())

    def pending(self) -> str:
        return f"open here is <{self.stack[-1].name}>" if len(self.stack) > 1 else "no element is open here"

    def unclosed(self, entry: Open) -> None:
        if entry.name in ELEMENTS:
            self.problem(entry.at, f"<{entry.name}> is never closed", f"write </{entry.name}> where it ends")

    def trim(self) -> None:
        """Takes a space away at the end of a text or line."""
        if self.space and self.last and type(self.last[-1]) is str and self.last[-1].endswith(" "):
            self.last[-1] = self.last[-1][:-1]
            if not self.last[-1]:
                self.last.pop()
        self.last = None

    def end(self, entry: Open) -> None:
        node = entry.node
        if node is None:
            return
        name = entry.name
        if entry.mode is TEXT and name not in INLINE:
            self.trim()
            if node.blank():
                node.kids.clear()
        if not node.kids and name not in KEPT_EMPTY:
            self.stack[-1].node.kids.pop()  # what is missing prints nothing; it was the last that came in
        elif name in HEADINGS:
            if fault := lines_fault(node):
                self.problem(entry.at, *fault)
            if self.stack[1].name in FURNITURE:
                self.problem(entry.at, f"<{name}> cannot stand in a footer", "write <p>")
            elif wrong := self.found.heading(int(name[1])):
                self.problem(entry.at, *wrong)
        elif name == "a" and UNSEEN.fullmatch(node.words() or " "):
            self.problem(node.place, "<a> has no words", "say where the link leads; a sign alone is not read aloud")
        elif name == "table":
            for row, message, hint in table_faults(node):
                self.problem(row.place, message, hint)
        elif name == "figure":
            if sum(kid.name == "img" for kid in node.kids) != 1:
                self.problem(entry.at, "<figure> needs one <img>")
        elif ELEMENTS[name].inside == "top" and (wrong := self.found.take(node)):
            self.problem(entry.at, wrong)
