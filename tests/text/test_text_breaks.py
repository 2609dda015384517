"""Line breaks beyond what the case files hold."""

from generator.text.breaks import breaks, clusters


def test_offsets_beyond_the_basic_plane():
    text = "a 😀😀 b\U0001f9d1\u200d\U0001f52c c"
    ends = breaks(text)
    assert [text[a:b] for a, b in zip((0, *ends), ends)] == ["a ", "😀", "😀 ", "b", "\U0001f9d1\u200d\U0001f52c ", "c"]
    assert clusters("e\u0301\U0001f9d1\u200d\U0001f52cx") == [2, 5, 6]


def test_long_text_without_a_space_is_no_matter():
    """One that backtracks would not come back from these."""
    for text in (
        "a" * 200_000, "1-" * 100_000, "(" * 200_000, " –" * 100_000, "0 " * 100_000, "./" * 100_000, "a.b'" * 50_000,
        "http://" + "-" * 200_000, "www." * 50_000, "1 000" * 40_000, "1 a" * 60_000, "3 July " * 30_000,
        "5 mg – " * 30_000, "(0" * 100_000, "0711 / " * 30_000, "Dr. " * 50_000, "ก" * 20_000, "5月" * 60_000,
        "<" * 200_000, "1 July, 20" * 20_000, "+1" * 60_000, "A. " * 60_000, "1/" * 90_000, "0." * 90_000,
    ):
        assert breaks(text)[-1] == len(text)
