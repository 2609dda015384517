"""Every case of folds.yaml on both papers: the good ones come out as written, the refused ones are found."""

from pathlib import Path

import pytest
import yaml

from generator.impose import geometry, problems
from generator.impose.across import fold_sheet
from generator.impose.fold import View
from generator.impose.sheet import fold_edges, trim
from generator.model.content import Entry
from generator.model.layout import INCH, MM, PAPERS, BodyRange, FoldSpec, Layout, LayoutSpec, Margins
from generator.model.problem import Place, Text

CASES = yaml.safe_load((Path(__file__).parent / "folds.yaml").read_text())
M = 8 * MM


def spec_of(case: dict) -> LayoutSpec:
    fold = FoldSpec(
        outside=[Text(name, Place("layout.yaml", 10, i + 1)) for i, name in enumerate(case["outside"])],
        inside=[Text(name, Place("layout.yaml", 11, i + 1)) for i, name in enumerate(case["inside"])],
        folds=case["folds"],
        order=case.get("order", []),
        across=case.get("across"),
        shorten={
            name: {"a4": a4 * MM, "letter": inches * INCH} for name, (a4, inches) in case.get("shorten", {}).items()
        },
    )
    object.__setattr__(fold, "place", Place("layout.yaml", 9, 1))
    return LayoutSpec(
        title="a case",
        body=BodyRange(9, 11),
        margins=Margins(case.get("top", 8) * MM, M, case.get("inner", 8) * MM),
        paper=case.get("paper", "landscape"),
        fold=fold,
        panels=[Text(name, Place("layout.yaml", 20, i + 1)) for i, name in enumerate(case["panels"])],
        story=[name for name in case["panels"] if name not in ("cover", "back")],
    )


def found(case: dict, paper: str) -> list:
    return problems(Layout("case", "layouts/case", spec_of(case)), PAPERS[paper])


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("name", CASES["good"])
def test_good_folds(name, paper):
    case = CASES["good"][name]
    assert [str(problem) for problem in found(case, paper)] == []
    spec = spec_of(case)
    unit = MM if paper == "a4" else INCH
    sheet = geometry(spec, PAPERS[paper])
    width = {panel.name: panel.width / unit for panel in sheet.panels}
    rows = 2 if spec.fold.across else 1
    assert [width[name] for name in case["outside"]] == pytest.approx(case[paper] * rows, abs=1e-4)
    assert [width[name] for name in case["inside"]] == pytest.approx(case[paper][::-1] * rows, abs=1e-4)
    folded = fold_sheet(spec.fold, fold_edges(spec.fold, trim(spec, PAPERS[paper])[0], PAPERS[paper]))
    assert " · ".join(map(said, folded.opening)) == case["sees"]
    turned = {place.panel for side in sheet.sides for place in side.placements if place.turned}
    assert turned == folded.turned == {*case.get("turned", [])}


def said(view: View) -> str:
    """A view as folds.yaml writes it."""
    names = [f"({name})" if name in view.inverted else name for name in view.panels]
    across = len(names) // view.rows
    return " / ".join(" ".join(names[at : at + across]) for at in range(0, len(names), across))


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("name", CASES["refused"])
def test_refused_folds(name, paper):
    case = CASES["refused"][name]
    messages = [str(problem) for problem in found(case, paper)]
    assert any(words in message for words in case["found"].split("|") for message in messages), messages
    assert all(problem.place and problem.place.file.endswith("layout.yaml") for problem in found(case, paper))


class TestPlaces:
    def test_a_name_is_found_where_it_stands(self):
        case = dict(CASES["good"]["letter-fold"], shorten={"flap": [-3, -0.0625]})
        (problem,) = found(case, "a4")
        assert problem.message.startswith("shorten makes 'flap' wider") and problem.place == Place("layout.yaml", 9, 1)

    def test_entries_know_their_place(self):
        assert issubclass(FoldSpec, Entry)
