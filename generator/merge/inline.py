"""Marks within a line that CommonMark does not have: citations, calls of footnotes, raised and lowered signs.

Each is a rule for markdown-it, as markdown.py gives them to its parser. docs/content.md tells authors the same.
"""

from __future__ import annotations

import re

from ..model.late import Late

CITED, CALLED = "cite", "[^"
"""`markup` of the links that these rules make."""
SOURCE, NOTE = "source-", "note-"
"""What the id of a reference and of a footnote begins with; its number or label follows."""
_NUMBERS = r"\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*"
_CITATION = Late(rf"\[(?P<numbers>{_NUMBERS})\](?!\(|\[(?!{_NUMBERS}\]))")
_NUMBER = Late(r"\d+")
_CALL = Late(r"\[\^(?P<label>[^\]\[\s^]{1,8})\](?!:)")
_RAISED = Late(r"\^(?P<inner>(?=[^\s^]*[^\W_])[^\s^*\[\]]{1,12})\^(?!\d)")
_LOWERED = Late(r"~(?P<inner>[A-Za-z0-9+−-]{1,12})~(?!~)")
_ADDRESS = Late(r"(?:https?://|www\.)\S*\Z", re.IGNORECASE)
_UP = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_DOWN = str.maketrans("0123456789+-−", "₀₁₂₃₄₅₆₇₈₉₊₋₋")
_DRAWN = Late(r"[0-9+−-]+")
"""What Unicode has as raised and as lowered signs. Type draws these for their place, programs that read aloud say them,
and they keep their meaning where text is copied: 10⁹ never becomes 109."""


def citation(state, silent: bool) -> bool:
    """`[2]`, `[1, 3]`, `[2–4]`: numbers of the references, where the leaflet has as many.

    state.env: "sources", how many there are; "beyond", the list to which a citation is added that leads to none.
    """
    sources = state.env.get("sources", 0)
    if silent or not sources or state.src[state.pos] != "[" or state.linkLevel:  # silent: within the words of a link
        return False
    found = _CITATION.match(state.src, state.pos)
    if found is None:
        return False
    numbers = [int(number) for number in _NUMBER.findall(found["numbers"])]
    if any(not 0 < number <= sources for number in numbers):
        state.env["beyond"].append((state.src.count("\n", 0, state.pos), found[0]))
        return False
    if len(numbers) == 1:
        _link(state, SOURCE + str(numbers[0]), CITED, found[0])
    else:
        at = state.pos
        for number in _NUMBER.finditer(state.src, found.start("numbers"), found.end("numbers")):
            state.push("text", "", 0).content = state.src[at : number.start()]
            _link(state, SOURCE + str(int(number[0])), CITED, number[0])
            at = number.end()
        state.push("text", "", 0).content = state.src[at : found.end()]
    state.pos = found.end()
    return True


def call(state, silent: bool) -> bool:
    """`[^1]`: a word has a footnote. Its label is raised."""
    if silent or state.src[state.pos] != "[" or state.linkLevel or not (found := _CALL.match(state.src, state.pos)):
        return False
    _link(state, NOTE + found["label"], CALLED, found["label"], _UP)
    state.pos = found.end()
    return True


def raised(state, silent: bool) -> bool:
    """`10^9^`: raised signs."""
    found = _RAISED.match(state.src, state.pos) if state.src[state.pos] == "^" and not _in_address(state) else None
    return _moved(state, silent, found, "sup", _UP)


def lowered(state, silent: bool) -> bool:
    """`H~2~O`: lowered signs, behind a letter or a bracket: a ~ before a number means about."""
    at = state.pos
    before = state.src[at - 1 : at]
    found = _LOWERED.match(state.src, at) if state.src[at] == "~" and (before.isalpha() or before == ")") else None
    if found is not None and _in_address(state):
        found = None
    return _moved(state, silent, found, "sub", _DOWN)


RULES = {"citation": citation, "call": call, "raised": raised, "lowered": lowered}


def _in_address(state) -> bool:
    """Whether an address that is written out, https://…, has come to here."""
    return bool(_ADDRESS.search(state.src[max(0, state.pos - 300) : state.pos]))


def _moved(state, silent: bool, found: re.Match | None, name: str, signs: dict) -> bool:
    if found is None:
        return False
    if not silent:
        _sign(state, found["inner"], found[0], name, signs)
    state.pos = found.end()
    return True


def _sign(state, words: str, written: str, name: str, signs: dict) -> None:
    """Raised or lowered words: the signs of Unicode, or else words in an element. written: as the text has them."""
    if _DRAWN.fullmatch(words):
        token = state.push("text_special", "", 0)
        token.content, token.markup, token.info = words.translate(signs), written, name
        return
    edge = written[: (len(written) - len(words)) // 2]
    state.push(f"{name}_open", name, 1).markup = edge
    state.push("text", "", 0).content = words
    state.push(f"{name}_close", name, -1).markup = edge


def _link(state, to: str, markup: str, words: str, signs: dict | None = None) -> None:
    opened = state.push("link_open", "a", 1)
    opened.attrs, opened.markup = {"href": f"#{to}"}, markup
    if signs is None or not any(map(str.isalnum, words)):  # * and † are raised by themselves
        state.push("text", "", 0).content = words
    else:
        _sign(state, words, words, "sup", signs)
    state.push("link_close", "a", -1).markup = markup
