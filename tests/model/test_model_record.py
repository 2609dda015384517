"""Records behave as dataclasses do: the same class is made by both, and asked the same."""

from __future__ import annotations

import copy
import dataclasses
import pickle
import subprocess
import sys

import pytest

from generator.model import problem, record

WAYS = ({}, {"slots": True}, {"frozen": True}, {"frozen": True, "slots": True, "order": True},
        {"slots": True, "eq": False})


def pair(**options):
    """The same class as a record and as a dataclass."""

    def made(decorator, field):
        class Panel:
            """A panel."""

            name: str
            width: float = 100.0
            folds: list[str] = field(default_factory=list)
            secret: int = field(default=7, repr=False)

            def wide(self) -> bool:
                return self.width > 90

        return decorator(**options)(Panel)

    return made(record.record, record.field), made(dataclasses.dataclass, dataclasses.field)


def values(one) -> dict:
    return {name: getattr(one, name) for name in record.names(one)}


@pytest.mark.parametrize("options", WAYS, ids=str)
def test_a_record_is_what_a_dataclass_is(options):
    ours, theirs = pair(**options)
    for given, named in ((("cover",), {}), (("cover", 80.0, ["a"], 1), {}), ((), {"name": "back", "folds": ["b"]})):
        a, b = ours(*given, **named), theirs(*given, **named)
        assert repr(a) == repr(b)
        assert a.wide() == b.wide()
        assert values(a) == dataclasses.asdict(b)
        assert [one.default for one in record.fields(a).values()][1] == dataclasses.fields(b)[1].default
        assert (a == ours(*given, **named)) == (b == theirs(*given, **named))
        assert (a == copy.copy(a)) == (b == copy.copy(b))
        assert a != b
        assert record.is_record(ours) and not record.is_record(theirs)
        assert values(record.replace(a, width=5.0)) == dataclasses.asdict(dataclasses.replace(b, width=5.0))
        if options.get("order"):
            assert (a < ours("d"), a >= ours("d")) == (b < theirs("d"), b >= theirs("d"))
        for one in (a, b):
            if options.get("frozen"):
                with pytest.raises(AttributeError):
                    one.width = 1.0
                with pytest.raises(AttributeError):
                    del one.width
            else:
                one.width = 1.0
            if options.get("slots"):
                assert not hasattr(one, "__dict__")
    assert ours("a").folds is not ours("a").folds
    assert bool(ours.__hash__) == bool(theirs.__hash__)
    assert record.names(ours) == ("name", "width", "folds", "secret")
    for wrong in ((), ("a", 1, [], 2, 3)):
        with pytest.raises(TypeError):
            ours(*wrong)
    with pytest.raises(TypeError):
        ours("a", height=1)


def test_frozen_records_can_be_keys():
    assert {problem.Place("a", 1, 2): 1}[problem.Place("a", 1, 2)] == 1
    assert hash(problem.Place("a", 1, 2)) != hash(problem.Place("a", 2, 1))


def test_pickled():
    for one in (problem.Place("a", 3, 4), problem.Problem(problem.Place("a"), "wrong", "hint")):
        again = pickle.loads(pickle.dumps(one, 5))
        assert again == one
        assert repr(again) == repr(one)


def test_what_is_inherited_comes_first():
    @record.record(slots=True)
    class Leaf:
        place: int
        left: float = 0.0

    @record.record(slots=True)
    class Sign(Leaf):
        sign: str = ""

    assert record.names(Sign) == ("place", "left", "sign")
    assert (Sign(1, 2.0, "x").sign, Sign(1).left) == ("x", 0.0)
    assert Leaf(1) != Sign(1)
    assert not hasattr(Sign(1), "__dict__")


def test_an_init_of_ones_own_stays():
    @record.record(slots=True)
    class Odd:
        size: float

        def __init__(self, size: float) -> None:
            self.size = size * 2

    assert Odd(2).size == 4


def test_the_model_is_loaded_without_dataclasses():
    asked = (
        "import sys, generator.model.content, generator.model.layout, "
        "generator.model.page\nprint('dataclasses' in sys.modules)")
    assert subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True,
                          check=True).stdout.strip() == "False"


def test_a_field_may_have_the_name_of_a_word_of_python():
    @record.record(frozen=True)
    class Parted:
        text: str
        break_: str | None = None

    assert record.names(Parted) == ("text", "break")
    one = Parted("a", **{"break": "before"})
    assert getattr(one, "break") == "before" and getattr(Parted("a"), "break") is None
    assert record.replace(one, text="b") == Parted("b", **{"break": "before"})
    with pytest.raises(TypeError):
        Parted("a", brake="before")
