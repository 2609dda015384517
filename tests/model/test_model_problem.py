"""Problems: the first hundred of a file and how many more there are, in little memory; and problems that travel."""

from __future__ import annotations

import pickle

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model import problem as module
from generator.model.problem import MOST, Place, Problem, Problems, Rejected

NUMBERS = st.lists(st.integers(1, 400), max_size=700)


def told(numbers, problems=None) -> list[str]:
    """Problems on these lines, in the order in which they are found, as they are told."""
    problems = Problems() if problems is None else problems
    for found, line in enumerate(numbers):
        problems.add(Problem(Place("f", line), f"the {found}th"))
    return [str(problem) for problem in problems]


@settings(max_examples=200, deadline=None)
@given(NUMBERS)
def test_the_first_by_place_and_a_count(numbers):
    in_order = [f"f:{line}:1: the {found}th" for line, found in sorted(zip(numbers, range(len(numbers))))]
    first, rest = in_order[:MOST], in_order[MOST:]
    if rest:
        place = rest[0].split(": ")[0]
        said = "is one more problem" if len(rest) == 1 else f"are {len(rest)} more problems"
        first.append(f"{place}: there {said}, from here on (mend those above first)")
    assert told(numbers) == first


@settings(max_examples=100, deadline=None)
@given(NUMBERS)
def test_who_asks_before_it_words_a_problem_gets_the_same(numbers):
    class Asking(Problems):
        def add(self, problem):
            if self.takes(problem.place):
                super().add(problem)
            else:
                self.skip(problem.place)

    assert told(numbers, Asking()) == told(numbers)


def test_the_same_problem_is_told_once():
    once = Problem(Place("f", 1), "twice")
    assert list(Problems([once, once])) == [once]
    assert Problems([once]) and not Problems()


def test_few_are_kept(monkeypatch):
    problems = Problems()
    told(range(5000, 0, -1), problems)
    assert len(problems._kept) <= 2 * MOST and problems.count == 5000
    monkeypatch.setattr(module, "MOST", 10_000)
    problems = Problems()
    told(range(5000, 0, -1), problems)
    assert len(problems._kept) == 5000, "the test above would see it"


def test_they_travel_between_processes():
    rejected = Rejected(Problems(Problem(Place("f", line), "wrong") for line in range(1, 200)))
    again = pickle.loads(pickle.dumps(rejected))
    assert again.problems == rejected.problems and len(again.problems) == MOST + 1
