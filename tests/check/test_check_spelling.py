"""Words that no dictionary knows, by a dictionary made for the test."""

import pytest
from project_kit import saved
from referees import missing
from test_check_rules import content_of

from generator.check.passages import passages
from generator.check.spelling import available, dictionary_of, unknown_words


@pytest.fixture
def dictionary(tmp_path, monkeypatch):
    if not available():
        missing("chunspell")
    folder = tmp_path / "dictionaries"
    saved(folder / "xx_XX.aff", "SET UTF-8\nSFX S Y 1\nSFX S 0 s .\n")
    (folder / "xx_XX.dic").write_text("7\nthe\nknee/S\nrest\nwell\nknown\nça\ndon't\n", "utf-8")
    monkeypatch.setenv("DICPATH", str(folder))
    found = dictionary_of("xx")
    assert found == folder / "xx_XX.dic"
    return found


@pytest.mark.parametrize(("said", "unknown"), [
    ("Rest the knees. Ça well.", []),
    ("Rset the knee. The rset knee.", [("Rset", 2, 4)]),
    ("The MRI, 12kg, www.rset.example and a@rset.example, well-known.", [("and", 1, 4)]),
    ("**Rset** the [kneee](https://rset.example).", [("Rset", 1, 4), ("kneee", 1, 4)]),
    ("Don’t rest.", []),
    ("Отдых the knee.", [("Отдых", 1, 4)]),
    ("Kyphoplasty, kyphoplasty.", []),
])
def test_unknown_words(said, unknown, dictionary, tmp_path):
    content, _ = content_of(f"introduction: |\n  {said}\n", tmp_path)
    texts = [one for one in passages(content) if one.kind != "title"]
    found = unknown_words(texts, dictionary, ["Kyphoplasty"])
    assert [(one.word, one.number, one.place.line - 1) for one in found] == unknown


def test_a_language_without_a_dictionary(dictionary):
    assert dictionary_of("qq") is None
