"""What is asked first, and spares a slow expression, says the same as the expression."""

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model import prose
from generator.text import breaks

SIGNS = st.lists(st.sampled_from([*"aoixvXVbZ  \t19.):-–*(+[]=/@,é中·", "doi:", "10.1234", "www.", "http://"]),
                 max_size=12).map("".join)


def test_beginnings_of_plain_words_are_no_markers():
    for line in map("".join, itertools.product("aixV -–.)1", repeat=5)):
        if prose._WORDS(line):
            assert prose._MARKER.match(line) is None, line


@settings(max_examples=500, deadline=None)
@given(SIGNS)
def test_every_address_holds_what_is_asked_for_first(text):
    if breaks.ADDRESS.search(text):
        assert breaks._INNER.search(text)
