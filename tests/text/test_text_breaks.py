"""The fast path for plain Latin text gives ICU's breaks."""

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.text import breaks as room
from generator.text.breaks import breaks, clusters

WORDS = st.one_of(
    st.text("aéßZ1 9&@", min_size=1, max_size=4),
    st.sampled_from(["https://", "www.", "http://a.org/b-c?d=1&e", "www.x-y.org/", "%20", "~a", "#a"]),
)
SIGNS = st.sampled_from(["-", "–", "/", ".", ",", ":", ";", "'", "’", '"', "“", "”", "‘", "(", ")", "!", "?", "…", "%", "&", "—", "\n", " ", "  "])
LATIN = st.lists(st.one_of(WORDS, SIGNS), min_size=1, max_size=12).map("".join)
LETTERS = st.text(st.characters(min_codepoint=0xC0, max_codepoint=0x24F), min_size=1, max_size=30)
seen = {"plain": 0, "other": 0}


@settings(max_examples=1500, deadline=None)
@given(st.one_of(LATIN, LETTERS))
def test_plain_text_breaks_as_icu_says(text):
    seen["plain" if room.is_plain(text) else "other"] += 1
    assert list(breaks(text)) == room._tailored(text, room._by_icu(text, "en"), "en")


def test_the_property_saw_both_ways():
    assert seen["plain"] > 200 and seen["other"] > 200


def test_a_sentence_takes_the_fast_path():
    text = 'A "well-known" doctor’s (non-urgent) advice – e.g. 10% and/or more: rest, drink & sleep!\nThen come back…'
    assert room.is_plain(text)


def test_offsets_beyond_the_basic_plane():
    text = "a 😀😀 b\U0001f9d1\u200d\U0001f52c c"
    ends = breaks(text)
    assert [text[a:b] for a, b in zip((0, *ends), ends)] == ["a ", "😀", "😀 ", "b", "\U0001f9d1\u200d\U0001f52c ", "c"]
    assert clusters("e\u0301\U0001f9d1\u200d\U0001f52cx") == [2, 5, 6]


def test_long_text_without_a_space_is_no_matter():
    """One that backtracks would not come back from these."""
    for text in ("a" * 200_000, "1-" * 100_000, "(" * 200_000, " –" * 100_000, "0 " * 100_000, "./" * 100_000, "a.b'" * 50_000, "http://" + "-" * 200_000, "www." * 50_000):
        assert breaks(text)[-1] == len(text)
