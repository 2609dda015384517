"""What people find and copy in our PDFs with Evince, Chrome and Firefox, in every language (see readers.py).

found.txt holds, for each language and reader, the words and phrases that are found, of how many; GOLDEN=write writes it
anew. Of languages that run to the right, all are found by all three. Right-to-left lines with numbers and brackets are
turned round by each reader in a way of its own, which no PDF can please; there nothing that was found once may be lost
again.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import painting
import pytest
import readers
from test_languages_pages import EAST, MORE, NAMES, RTL, pdf

from generator.text.fonts import cjk, more

GOLDEN = Path(__file__).with_name("found.txt")
HEAD = "# language reader words phrases. GOLDEN=write writes them anew."
SURE = [name for name in NAMES if name not in RTL]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("found")


def there(language: str) -> bool:
    """Whether the fonts of a language are installed."""
    if language[:2] in EAST:
        return cjk(language, False) is not None
    return language not in MORE or more(MORE[language], False) is not None


def rows() -> dict[tuple[str, str], tuple[int, int, int, int]]:
    found = re.findall(r"(?m)^(\S+) (\S+) (\d+)/(\d+) (\d+)/(\d+)$", GOLDEN.read_text(encoding="utf-8"))
    return {(language, reader): tuple(map(int, numbers)) for language, reader, *numbers in found}


@pytest.mark.parametrize("reader", readers.READERS)
@pytest.mark.parametrize("language", [name for name in NAMES if there(name)])
def test_words_and_phrases_are_found(folder, language, reader):
    found = readers.found(reader, pdf(folder, language), language)
    numbers = (found.words, found.of_words, found.phrases, found.of_phrases)
    if os.environ.get("GOLDEN") == "write":
        known = (rows() if GOLDEN.exists() else {}) | {(language, reader): numbers}
        lines = [f"{one} {other} {a}/{b} {c}/{d}" for (one, other), (a, b, c, d) in sorted(known.items())]
        GOLDEN.write_text("\n".join([HEAD, *lines]) + "\n", encoding="utf-8")
    words, of_words, phrases, of_phrases = rows()[language, reader]
    assert (found.of_words, found.of_phrases) == (of_words, of_phrases)
    assert found.words >= words and found.phrases >= phrases, found.missed


@pytest.mark.parametrize("language", SURE)
def test_all_is_found_where_lines_run_to_the_right(language):
    """Bengali has a phrase of two fonts in which pdf.js sees a gap."""
    for reader in readers.READERS:
        words, of_words, phrases, of_phrases = rows()[language, reader]
        assert words == of_words
        assert phrases >= of_phrases - (2 if (language, reader) == ("bn", "pdf.js") else 0)


@pytest.mark.parametrize("language", RTL)
def test_words_are_found_where_lines_run_to_the_left(language):
    """All but a few that join letters with numbers or Latin, or end with a mark (pdf.js)."""
    for reader in readers.READERS:
        words, of_words, _, _ = rows()[language, reader]
        assert words >= 0.9 * of_words


@pytest.mark.parametrize("reader", readers.READERS)
def test_doses_and_telephone_numbers_are_copied_as_they_are(folder, reader):
    """Programs that turn a line round leave them alone; pdfium turns a dose with a space in it, whatever the file
    says."""
    wanted = {
        "ar": ["1-800-338-2382", "1.2 g/day", "400 mg"], "he": ["03-1234567", "1.2 g/day"],
        "ur": ["042-1234567", "38.5 °C"],
    }
    for language, numbers in wanted.items():
        (text,) = readers.texts(reader, [pdf(folder, language)])
        text = readers.UNSEEN.sub("", text)
        for number in numbers:
            assert number in text or reader == "pdfium" and " " in number, (language, number)


def test_what_is_torn_turned_or_missing_is_not_found():
    blocks = ["one two three", "ثلاثة أشهر"]
    assert str(readers.compared("one two\nthree ثلاثة أشهر", blocks, "en")) == "5/5 2/2"
    assert readers.compared("one t wo three", blocks[:1], "en").missed == ("two", "one two three")
    assert readers.compared("ثالثة أشهر", blocks[1:], "ar").missed == ("ثلاثة", "ثلاثة أشهر")  # lam and alef
    assert readers.compared("onetwo three", blocks[:1], "en").missed == ("one two three",)
    assert str(readers.compared("ผู้ ใหญ่", ["ผู้ใหญ่"], "th")) == "0/1 0/1"


@pytest.mark.parametrize("language", NAMES)
def test_marks_are_painted_in_the_order_in_which_they_are_read(folder, language):
    if not there(language):
        pytest.skip("the fonts are not installed")
    assert painting.out_of_order(pdf(folder, language)) == []


@pytest.mark.parametrize("reader", readers.READERS)
def test_a_reader_that_is_missing_is_seen(monkeypatch, reader):
    """As a skipped test on a person's machine, as a failure where CI is set."""
    monkeypatch.setattr(readers, "find_spec", lambda name: None)
    monkeypatch.setattr(readers.shutil, "which", lambda name: None)
    for ci, outcome in (("", pytest.skip.Exception), ("true", pytest.fail.Exception)):
        monkeypatch.setenv("CI", ci)
        with pytest.raises(outcome, match="is not installed"):
            readers.texts(reader, [Path("any.pdf")])
