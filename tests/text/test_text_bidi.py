"""UAX #9 against another implementation, and rows of the Unicode reference."""

import unicodedata

import pytest
from bidi import get_display
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.text import bidi

EXPLICIT = "\u202a\u202b\u202c\u202d\u202e"
ALPHABET = (
    "ab1 2,.-+%()[]\u0661\u0662אבبت\u0300\u064b<>\u2066\u2067\u2068\u2069\u200e\u200f\t$:/\u3008\u232a" + EXPLICIT
)


def shown(text, levels):
    kept = [at for at, char in enumerate(text) if char not in EXPLICIT]  # X9
    return "".join(text[kept[at]] for at in bidi.visual([levels[at] for at in kept]))


@settings(max_examples=2000, deadline=None)
@given(st.text(ALPHABET, max_size=24), st.booleans())
@example("\u0661\u202b\u064b\u200eب\u202aب", False)
@example("(א)[\u2067a]\u2069(1)", True)
def test_order_is_the_same_as_in_another_implementation(text, rtl):
    # The other one leaves a line as it is when all levels are even before rule L1; a first letter keeps it from that.
    text = "א" + text
    other = "".join(char for char in get_display(text, base_dir="R" if rtl else "L") if char not in EXPLICIT)
    assert shown(text, bidi.levels(text, rtl)) == other


@pytest.mark.parametrize(
    "codes, rtl, levels",
    [  # from BidiReference: isolates with overrides, brackets, numbers
        ("05d0 002b 2066 202d 0065 0066 202c 2069 002d 05d1", False, "1 1 1 x 4 4 x 1 1 1"),
        ("05d0 002b 2066 202e 0065 0066 202c 2069 002d 05d1", False, "1 1 1 x 3 3 x 1 1 1"),
        ("0061 0028 05d0 0029 0062", False, "0 0 1 0 0"),
        ("0061 0028 05d0 0029 0062", True, "2 1 1 1 2"),
        ("05d0 0020 0031 0032 002c 0033", False, "1 1 2 2 2 2"),
        ("0627 0031 0032", True, "1 2 2"),
    ],
)
def test_levels(codes, rtl, levels):
    found = bidi.levels("".join(chr(int(code, 16)) for code in codes.split()), rtl)
    assert all(expected in ("x", str(level)) for expected, level in zip(levels.split(), found, strict=True))


def test_left_to_right_text_has_no_levels():
    assert bidi.levels("plain (text) 12") is None
    assert bidi.levels("plain", True) == [2] * 5


def test_every_right_to_left_character_is_looked_at():
    kinds = {"R", "AL", "AN", "LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    assert not [
        c for c in map(chr, range(0x110000)) if unicodedata.bidirectional(c) in kinds and not bidi.NEEDS_BIDI.match(c)
    ]


def test_the_bracket_table_is_whole():
    known = {
        c for c in map(chr, range(0x110000)) if unicodedata.mirrored(c) and unicodedata.category(c) in ("Ps", "Pe")
    }
    assert known == set(bidi.PAIRS)


def test_deep_embeddings_stop():
    text = "\u202b" * 300 + "\u2067" * 300 + "a"
    assert max(bidi.levels(text)) <= bidi.MAX_DEPTH + 1
