"""Late expressions are compiled expressions, but later."""

from __future__ import annotations

import copy
import pickle
import re

import pytest

from generator.model.late import Late


def test_it_does_what_the_compiled_one_does():
    late, compiled = Late(r"(\d+) ?MG", re.IGNORECASE), re.compile(r"(\d+) ?MG", re.IGNORECASE)
    text = "5 mg, 10MG"
    assert late.findall(text) == compiled.findall(text)
    assert late.sub("x", text) == compiled.sub("x", text)
    assert late.pattern == compiled.pattern
    assert late.fullmatch("5 mg") and not late.match("mg")
    with pytest.raises(AttributeError):
        late.nothing  # noqa: B018


def test_it_is_compiled_once_and_not_before_it_is_used(monkeypatch):
    seen = []
    compiled = re.compile
    monkeypatch.setattr(re, "compile", lambda *given: seen.append(given) or compiled(*given))
    late = Late("a+")
    assert not seen
    for _ in range(3):
        assert late.search("baa")[0] == "aa"
    assert len(seen) == 1


def test_it_can_be_copied():
    assert copy.copy(Late("a+")).findall("aba") == pickle.loads(pickle.dumps(Late("a+"))).findall("aba") == ["a", "a"]
