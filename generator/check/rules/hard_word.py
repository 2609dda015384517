"""Words with an easier one beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.editorial import Finding
from ..manuscript import Manuscript
from ..rule import found, rule

_BRACKET = re.compile(
    r"\W{0,3}[(（]|\W{0,2}(?:,\s*)?(?:or|also called|also known as|which means|that is|meaning)\b", re.IGNORECASE
)
_WITHIN = re.compile(r"[(（]\w+(?:\s\w+)?$")
"""In brackets with a word or two before it, behind easy words: kidney trouble (diabetic nephropathy)."""
_CALLED = ("(", "（", "called", "called a", "called an", "called the", "known as")
_NAME = re.compile(r"[A-Z]\w*[\s\u2060]+$")


@rule("words", "AHRQ PEMAT-P 3 and 4; lists in layouts/shared/vocabulary/")
def hard_word(m: Manuscript) -> Iterator[Finding]:
    """A hard word stands where an easier one says the same, and it is not explained."""
    plain = {" ".join(key.split()).lower(): words for key, words in m.vocabulary.plain.items()}
    explained = {str(term.term).lower() for term in m.glossary} | {str(one).lower() for one in m.content.options}
    told: dict[str, list] = {}
    for passage, match in m.hits(tuple(m.vocabulary.plain)):
        if passage.kind in ("alt", "term") or passage.key.startswith(("references", "review", "publisher")):
            continue
        if m.root == "en" and _NAME.search(passage.text[: match.start()]) and match[0][0].isupper():
            continue  # within a name
        word = " ".join(match[0].split()).lower()
        key = next(
            key
            for key in plain
            if (word.startswith(key.strip("*")) if key.endswith("*") else word == key)
            or key.startswith("*")
            and word.endswith(key.strip("*"))
        )
        told.setdefault(key, []).append((passage, match))
    for key, hits in told.items():
        passage, match = hits[0]
        word = match[0].lower()
        if any(word in one for one in explained) or any(_explained(one, hit) for one, hit in hits):
            continue
        times = f", {len(hits)} times" if len(hits) > 1 else ""
        yield found(
            passage.place_at(match.start()),
            f"a hard word{times}: '{match[0]}'",
            f"say: {plain[key]}; or explain it where it stands first",
            key,
        )


def _explained(passage, match: re.Match[str]) -> bool:
    """Whether an explanation follows the word, or it stands in brackets behind the easy words."""
    before = passage.text[: match.start()].rstrip("\u2060 *'‘“\"")
    if before.endswith(", or") and passage.text.startswith(",", match.end()):
        return True
    return bool(_BRACKET.match(passage.text, match.end()) or _WITHIN.search(before)) or before.endswith(_CALLED)
