"""Finds what an author plainly meant as a mark, though it is none here and would be printed as it stands.

What could be a number, a sign or plain words is left alone: a star behind a word is a footnote's, <5 is less than five,
10^9 a number. Each row of ATTEMPTS and of DOUBTS is one kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ..model.late import Late
from ..model.prose import LETTER
from ..model.record import replace
from .inline import CALLED, CITED
from .prose import Slip

TAGS = (
    "a|abbr|b|big|blockquote|body|br|center|code|dd|del|div|dl|dt|em|font|h[1-6]|head|hr|html|i|iframe|img|"
    "ins|kbd|li|link|mark|meta|nobr|ol|p|pre|q|s|samp|script|section|small|span|strike|strong|style|sub|sup|"
    "svg|table|tbody|td|th|thead|title|tr|tt|u|ul|var|video|wbr"
)
"""Names of elements that people write; <name>, <ENT> or <5 mg> are none."""
ATTEMPTS = (
    (
        r"(?<![\w*)%])\*\*(?=[^\s*)\]}.,;:!?])|(?<![\w*)%])\*\* [^\s*][^*]*\*\*",
        "this ** begins bold words that do not end",
        "write ** directly before the first and after the last of the words; write \\*\\* for the signs",
    ),
    (
        r"\^\[[^\[\]]++\]|\[\^[^\]\s]{1,40}\]",
        "this footnote is not read",
        "write [^1] behind the word, and below the text a line [^1]: with the note; a label has 8 signs at most",
    ),
    (
        rf"\[(?=(?:(?!{LETTER})[^\[\]])*+{LETTER})[^\[\]]++\]\[[^\[\]]*+\]",
        "this link is not read",
        "write the address itself: [words](https://example.org)",
    ),
    (
        r"(?i)\]\s?\((?:https?|mailto|tel):|\]\s?\(www\.",
        "this link is not read",
        "an address has no spaces: write [words](tel:+4420794600), [words](https://example.org/a%20b)",
    ),
    (
        r"~~(?=[^\s~])[^~]*[^\s~]~~",
        "struck words (~~…~~) have no place here",
        "take the words away, or write \\~ for the sign",
    ),
    (
        r"(?<![\w=])==(?=[^\s=])[^=]*[^\s=]==(?![=\w])",
        "marked words (==…==) have no place here",
        "write **bold** for what matters, or \\= for the sign",
    ),
    (r"\^[^\s^]{1,12}\^(?=\d)", "raised signs end before a digit here", "write the sign itself, like ² or ⁹, or \\^"),
    (
        rf"(?i)</?(?:{TAGS})(?:\s+[\w:-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'<>]+))*\s*/?>|<!--",
        "HTML is not read",
        "write **bold**, *italic*, [words](address); write \\< for the sign <",
    ),
    (
        r"(?i)\[/(?:b|i|u|s|url|img|color|size|quote|list)\]",
        "marks of a forum ([b]…[/b]) are not read",
        "write **bold**, *italic*, [words](address); write \\[ for the sign [",
    ),
    (
        r"(?<![\w`])(`{1,3})(?=[^\s`])[^`]*[^\s`]\1(?![\w`])|(?<![\w`])`[^\s`]`(?![\w`])",
        "code (`…`) has no place here",
        "take away the backticks, or write \\`",
    ),
)
"""(expression, message, hint) of what stops a leaflet."""
DOUBTS = (
    (
        rf"(?<=[ (])\*(?={LETTER})",
        "this * begins italic words that do not end",
        "it is printed as typed; write * directly after the last of the words, too, or \\* for the sign",
    ),
    (
        r"(?<=[\w)\]%”“»])\*\*(?![\w*])",
        "this ** ends bold words that do not begin",
        "it is printed as typed; write ** directly before the first of the words, too, or \\*\\* for the signs",
    ),
    (
        r"(?<![\w*)])(?<!\d )\*[\d#+.,:/ -]+\*(?![\w*])",
        "a number between stars",
        "it is printed as typed; write **5** for a bold number, \\* for the signs",
    ),
    (
        r"\{\{[^{}\n]*+\}\}|\{%[^{}%\n]*+%\}|\{#[^{}#\n]*+#\}",
        "nothing is filled in here",
        "what stands in braces is printed as typed",
    ),
    (
        r"(?<![\w:]):[a-z][a-z_]{2,}+:(?![\w:])",
        "a name of a picture sign is not read",
        "it is printed as typed; write the words",
    ),
    (
        r"(?<![\w$])\$[^\s$\\^_]*+[\\^_][^\s$]*+\$(?![\w$])",
        "a formula is not read",
        "it is printed as typed; write the signs themselves, like x²",
    ),
)
"""The same, for signs that are printed as typed and may well be meant so."""
KINDS = tuple(
    (Late(pattern), Slip(0, *said, severity))
    for rows, severity in ((ATTEMPTS, "error"), (DOUBTS, "warning"))
    for pattern, *said in rows
)
BOLD, ITALIC, BOLD_END = KINDS[0][0], KINDS[len(ATTEMPTS)][0], KINDS[len(ATTEMPTS) + 1][0]
_SIGNS = Late(r"\*[*\w]|[\^~`<{]|\]|==|:[a-z]|\$")
_CALLER = Late(r"(?<=[\w)\]%])\*\*(?![\w*])")
_NOTED = Late(r"\(\*\)|(?<=[\w)\]%.,;])\*(?![\w*])")
_ADDRESS = Late(r"(https?://|www\.)([^\s<>()\[\]*\"]+)", re.IGNORECASE)
PICTURE = (
    "a picture cannot stand in a text",
    "use figure: with file: and alt:; part the sign ! from a link by a space",
)
NO_WORDS = ("a link has no words", "write [words](address)")
NO_ADDRESS = ("a link has no address", "write [words](https://example.org), or the words alone without brackets")
UNEVEN = (
    "there are more stars before these words than behind them",
    "write **bold** or *italic*; write \\* for the sign",
)
_OPENING = ("strong_open", "em_open")
_SAID = 16
"""Characters by which a spot in a line is found again."""
_STAR = Late(r"(?:\A|[\s(])\*\Z")


def attempts(tokens, lines: list[int]) -> Iterator[Slip]:
    """A Slip for each thing in a paragraph that looks like a mark. `lines` are the numbers of its lines."""
    words = _left(tokens)
    if _SIGNS.search(words):
        words = _ADDRESS.sub(lambda found: found[1] + "\x00" * len(found[2]), words)
        for pattern, slip in KINDS:
            if pattern is ITALIC and _NOTED.search(words):  # the star of a footnote
                continue
            if pattern is BOLD_END and not any(piece.type == "strong_open" for piece in tokens):
                continue  # the two stars of a footnote
            line = at = 0
            opened: set[str] = set()
            noted = None
            for found in pattern.finditer(words):
                start = found.start()
                line += words.count("\n", at, start)
                at = start
                if pattern is BOLD and (start == 0 or words[start - 1] == "\n"):
                    noted = _CALLER.search(words) is not None if noted is None else noted
                    if noted:  # the two stars of a footnote, which stand behind a word elsewhere
                        continue
                if found[0][:2] == "</" and found[0][2:-1] in opened:
                    continue
                opened.add(re.split(r"[\s/>]", found[0][1:], maxsplit=1)[0])
                said = words[start : start + _SAID].partition("\n")[0].partition("\x00")[0]
                yield replace(slip, line=lines[line], words=said)
    at = 0
    for before, piece in pairwise([None, *tokens]):
        if piece.type in ("softbreak", "hardbreak"):
            at += 1
        elif piece.type in _OPENING and before and before.type == "text" and _STAR.search(before.content):
            yield Slip(lines[at], *UNEVEN, words="**")
        elif piece.type == "link_open" and not str(piece.attrs["href"]).strip():
            yield Slip(lines[at], *NO_ADDRESS, words="](")
        elif (
            piece.type == "link_open" and before is not None and before.type == "text" and before.content.endswith("!")
        ):
            yield Slip(lines[at], *PICTURE, words="![")
        elif piece.type == "link_close" and before.type == "link_open":
            yield Slip(lines[at], *NO_WORDS, words="[]")


def _left(tokens) -> str:
    """What is left of a paragraph when its marks are taken out; NUL for each sign that was written with \\."""
    out, link = [], ""
    for piece in tokens:
        if piece.type == "text":
            out.append("\x00" * len(piece.content) if link in ("autolink", CITED, CALLED) else piece.content)
        elif piece.type == "text_special":
            out.append("\x00" * len(piece.content))
        elif piece.type in ("softbreak", "hardbreak"):
            out.append("\n")
        elif piece.type in _OPENING and out and out[-1].endswith("*"):
            out[-1] = out[-1][:-1] + "\x00"  # told as uneven
        elif piece.type == "link_open":
            link = piece.markup
        elif piece.type == "link_close":
            link = ""
    return "".join(out)
