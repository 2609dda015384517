"""The Unicode bidirectional algorithm (UAX #9): the embedding levels of a paragraph, and the visual order of a line.

The standard library knows every character's bidirectional class, but no kept package gives levels; so the algorithm
stands here, rule by rule. `levels` treats its text as one line, which is right for everything but the spaces at inner
line ends (rule L1); whoever breaks the lines gives those the paragraph's level.
"""

from __future__ import annotations

import re
from itertools import pairwise
from unicodedata import bidirectional

MAX_DEPTH = 125
"""BD2."""

# BD14, BD15: characters with Bidi_Paired_Bracket, opening and closing by turns (BidiBrackets.txt). U+2329/232A are the
# same as U+3008/3009 (canonical equivalents), which _BRACKETS sees to.
PAIRS = (
    "()[]{}༺༻༼༽᚛᚜⁅⁆⁽⁾₍₎⌈⌉⌊⌋\u2329\u232a❨❩❪❫❬❭❮❯❰❱❲❳❴❵⟅⟆⟦⟧⟨⟩⟪⟫⟬⟭⟮⟯⦃⦄⦅⦆⦇⦈⦉⦊⦋⦌⦍⦐⦏⦎⦑⦒⦓⦔⦕⦖⦗⦘⧘⧙⧚⧛⧼⧽"
    "⸢⸣⸤⸥⸦⸧⸨⸩⹕⹖⹗⹘⹙⹚⹛⹜〈〉《》「」『』【】〔〕〖〗〘〙〚〛﹙﹚﹛﹜﹝﹞（）［］｛｝｟｠｢｣"
)
_BRACKETS = {
    char: (at % 2 == 0, {"\u232a": "\u3009"}.get(PAIRS[at | 1], PAIRS[at | 1])) for at, char in enumerate(PAIRS)
}
"""Bracket → (opens, the closing bracket of its pair)."""

_ISOLATES = ("LRI", "RLI", "FSI")
_EMBEDDINGS = {"LRE": (0, None), "RLE": (1, None), "LRO": (0, "L"), "RLO": (1, "R")}
_REMOVED = ("LRE", "RLE", "LRO", "RLO", "PDF", "BN")
_NEUTRAL = frozenset(("B", "S", "WS", "ON", "LRI", "RLI", "FSI", "PDI"))

# Everything that is not surely left-to-right or neutral: the blocks of right-to-left scripts and the explicit controls.
NEEDS_BIDI = re.compile(
    "[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


def levels(text: str, rtl: bool = False) -> list[int] | None:
    """The embedding level of each character; None where all are 0 (left-to-right text without a right-to-left
    character).

    Characters that rule X9 removes get the level of the one before them.
    """
    if not rtl and not NEEDS_BIDI.search(text):
        return None
    base = int(rtl)
    kinds = [bidirectional(char) or "L" for char in text]
    result: list[int] = []
    start = 0
    for end in [at + 1 for at, kind in enumerate(kinds) if kind == "B"] + [len(text)]:  # P1
        result += _paragraph(text[start:end], kinds[start:end], base)
        start = end
    _reset_separators(kinds, result, base)
    return result


def visual(levels: list[int]) -> list[int]:
    """Rule L2: the indices of `levels` in visual order, left to right."""
    order = list(range(len(levels)))
    if not levels:
        return order
    lowest_odd = min((level for level in levels if level % 2), default=None)
    if lowest_odd is None:
        return order
    for level in range(max(levels), lowest_odd - 1, -1):
        at = 0
        while at < len(order):
            if levels[order[at]] < level:
                at += 1
                continue
            end = at
            while end < len(order) and levels[order[end]] >= level:
                end += 1
            order[at:end] = order[at:end][::-1]
            at = end
    return order


def _reset_separators(kinds: list[str], result: list[int], base: int) -> None:
    """Rule L1: separators, and white space before them and at the end, are at the paragraph's level."""
    trailing = True
    for at in range(len(kinds) - 1, -1, -1):
        kind = kinds[at]
        if kind in ("S", "B"):
            trailing = True
        elif not (kind == "WS" or kind in _REMOVED or kind in _ISOLATES or kind == "PDI"):
            trailing = False
        if trailing:
            result[at] = base


def _paragraph(text: str, kinds: list[str], base: int) -> list[int]:
    matching = _matching_isolates(kinds)
    resolved, effective = _explicit(kinds, matching, base)
    kept = [at for at, kind in enumerate(kinds) if kind not in _REMOVED]  # X9
    for sequence, sos, eos in list(_sequences(kept, kinds, matching, resolved, base)):  # all, before levels change
        run = [effective[at] for at in sequence]
        embedding = "R" if resolved[sequence[0]] % 2 else "L"
        _weak(run, sos)
        _brackets(run, text, sequence, kinds, effective, embedding, sos)
        _neutral(run, embedding, sos, eos)
        for at, kind in zip(sequence, run):  # I1, I2
            level = resolved[at]
            if level % 2:
                resolved[at] += kind != "R"
            elif kind != "L":
                resolved[at] += 1 if kind == "R" else 2
    previous = base
    for at, kind in enumerate(kinds):
        if kind in _REMOVED:
            resolved[at] = previous
        previous = resolved[at]
    return resolved


def _matching_isolates(kinds: list[str]) -> dict[int, int]:
    """BD9: isolate initiator → its PDI, and back."""
    matching: dict[int, int] = {}
    waiting: list[int] = []
    for at, kind in enumerate(kinds):
        if kind in _ISOLATES:
            waiting.append(at)
        elif kind == "PDI" and waiting:
            start = waiting.pop()
            matching[start] = at
            matching[at] = start
    return matching


def _first_strong(kinds: list[str], matching: dict[int, int], start: int, end: int) -> int:
    """P2, P3: level 1 where the first strong character, isolates skipped, is right-to-left."""
    at = start
    while at < end:
        kind = kinds[at]
        if kind in ("L", "R", "AL"):
            return int(kind != "L")
        at = matching.get(at, end) if kind in _ISOLATES else at + 1
    return 0


def _explicit(kinds: list[str], matching: dict[int, int], base: int) -> tuple[list[int], list[str]]:
    """X1 to X8: levels and classes after embeddings, overrides and isolates."""
    resolved = [base] * len(kinds)
    effective = list(kinds)
    stack: list[tuple[int, str | None, bool]] = [(base, None, False)]
    overflow_isolates = overflow_embeddings = valid_isolates = 0
    for at, kind in enumerate(kinds):
        level, override, _ = stack[-1]
        if kind in _EMBEDDINGS:  # X2 to X5
            odd, forced = _EMBEDDINGS[kind]
            higher = _next_level(level, odd)
            if higher <= MAX_DEPTH and not overflow_isolates and not overflow_embeddings:
                stack.append((higher, forced, False))
            elif not overflow_isolates:
                overflow_embeddings += 1
        elif kind in _ISOLATES:  # X5a to X5c
            resolved[at] = level
            if override:
                effective[at] = override
            odd = int(kind == "RLI")
            if kind == "FSI":
                odd = _first_strong(kinds, matching, at + 1, matching.get(at, len(kinds)))
            higher = _next_level(level, odd)
            if higher <= MAX_DEPTH and not overflow_isolates and not overflow_embeddings:
                valid_isolates += 1
                stack.append((higher, None, True))
            else:
                overflow_isolates += 1
        elif kind == "PDI":  # X6a
            if overflow_isolates:
                overflow_isolates -= 1
            elif valid_isolates:
                overflow_embeddings = 0
                while not stack[-1][2]:
                    stack.pop()
                stack.pop()
                valid_isolates -= 1
            resolved[at] = stack[-1][0]
            if stack[-1][1]:
                effective[at] = stack[-1][1]
        elif kind == "PDF":  # X7
            if overflow_isolates:
                pass
            elif overflow_embeddings:
                overflow_embeddings -= 1
            elif not stack[-1][2] and len(stack) > 1:
                stack.pop()
        elif kind == "B":  # X8
            resolved[at] = base
        elif kind != "BN":  # X6
            resolved[at] = level
            if override:
                effective[at] = override
    return resolved, effective


def _next_level(level: int, odd: int) -> int:
    return level + 1 if (level + 1) % 2 == odd else level + 2


def _sequences(kept, kinds, matching, resolved, base):
    """X10, BD13: the isolating run sequences as (indices, sos, eos)."""
    runs: list[list[int]] = []
    for at in kept:
        if runs and resolved[runs[-1][-1]] == resolved[at]:
            runs[-1].append(at)
        else:
            runs.append([at])
    starting_at = {run[0]: run for run in runs}
    before = {at: previous for previous, at in pairwise(kept)}
    after = dict(pairwise(kept))
    for run in runs:
        if kinds[run[0]] == "PDI" and run[0] in matching:
            continue  # goes on a sequence that began earlier
        sequence = list(run)
        while kinds[sequence[-1]] in _ISOLATES and sequence[-1] in matching:
            sequence += starting_at[matching[sequence[-1]]]
        level = resolved[sequence[0]]
        first, last = before.get(sequence[0]), after.get(sequence[-1])
        unclosed = kinds[sequence[-1]] in _ISOLATES
        around = (base if first is None else resolved[first], base if last is None or unclosed else resolved[last])
        yield sequence, *("R" if max(level, other) % 2 else "L" for other in around)


def _weak(run: list[str], sos: str) -> None:
    """W1 to W7, in place."""
    previous, strong = sos, sos
    for at, kind in enumerate(run):
        if kind == "NSM":  # W1
            kind = "ON" if previous in _ISOLATES or previous == "PDI" else previous
        previous = kind
        if kind in ("R", "L", "AL"):
            strong = kind
        elif kind == "EN" and strong == "AL":  # W2
            kind = "AN"
        run[at] = kind
    run[:] = ["R" if kind == "AL" else kind for kind in run]  # W3
    for at in range(1, len(run) - 1):  # W4
        if run[at - 1] == run[at + 1] and (run[at], run[at - 1]) in (("ES", "EN"), ("CS", "EN"), ("CS", "AN")):
            run[at] = run[at - 1]
    at = 0
    while at < len(run):  # W5
        if run[at] == "ET":
            end = at
            while end < len(run) and run[end] == "ET":
                end += 1
            if (at and run[at - 1] == "EN") or (end < len(run) and run[end] == "EN"):
                run[at:end] = ["EN"] * (end - at)
            at = end
        else:
            at += 1
    strong = sos
    for at, kind in enumerate(run):
        if kind in ("ES", "ET", "CS"):  # W6
            run[at] = "ON"
        elif kind in ("R", "L"):
            strong = kind
        elif kind == "EN" and strong == "L":  # W7
            run[at] = "L"


def _strong(kind: str) -> str | None:
    return "R" if kind in ("R", "EN", "AN") else "L" if kind == "L" else None


def _brackets(run, text, sequence, kinds, effective, embedding, sos) -> None:
    """N0, in place: the brackets of a pair take the same direction."""
    pairs: list[tuple[int, int]] = []
    waiting: list[tuple[str, int]] = []
    for at, index in enumerate(sequence):
        bracket = _BRACKETS.get(text[index])
        if bracket is None or run[at] != "ON":
            continue
        opens, closing = bracket
        if opens:
            if len(waiting) == 63:  # BD16
                break
            waiting.append((closing, at))
            continue
        for depth in range(len(waiting) - 1, -1, -1):
            if waiting[depth][0] == closing:
                pairs.append((waiting[depth][1], at))
                del waiting[depth:]
                break
    for start, end in sorted(pairs):
        inside = {_strong(kind) for kind in run[start + 1 : end]}
        if embedding in inside:
            direction = embedding
        elif inside - {None}:
            before = next((kind for kind in map(_strong, reversed(run[:start])) if kind), sos)
            direction = before if before != embedding else embedding
        else:
            continue
        for at in (start, end):
            run[at] = direction
            for mark in range(at + 1, len(run)):  # marks on a bracket follow it
                if kinds[sequence[mark]] != "NSM" or effective[sequence[mark]] != "NSM":
                    break
                run[mark] = direction


def _neutral(run: list[str], embedding: str, sos: str, eos: str) -> None:
    """N1, N2, in place."""
    at = 0
    while at < len(run):
        if run[at] not in _NEUTRAL:
            at += 1
            continue
        end = at
        while end < len(run) and run[end] in _NEUTRAL:
            end += 1
        before = _strong(run[at - 1]) if at else sos
        after = _strong(run[end]) if end < len(run) else eos
        run[at:end] = [before if before == after else embedding] * (end - at)
        at = end
