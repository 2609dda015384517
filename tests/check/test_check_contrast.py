"""Colours of words stand out from their grounds; a theme or a publisher's colour that does not is refused."""


import pytest
from project_kit import ROOT

from generator.check.contrast import faint, ratio
from generator.model.record import replace
from generator.read.layout import read_theme


def theme(name):
    return read_theme(name, [ROOT / "layouts" / "shared"], ROOT)


def test_ratio_is_wcags():
    assert ratio("#000000", "#ffffff") == pytest.approx(21)
    assert ratio("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)  # the well-known grey that just fails


@pytest.mark.parametrize("name", sorted(p.stem for p in (ROOT / "layouts/shared/themes").glob("*.yaml")))
def test_our_themes_stand_out(name):
    assert faint(theme(name)) == []


def test_high_contrast_is_seven_to_one():
    assert faint(theme("high-contrast"), 7.0) == []


def with_colours(**colours: str) -> list[str]:
    """What is told of the theme `calm` with other colours: - stands as _."""
    calm = theme("calm")
    changed = {name.replace("_", "-"): colour for name, colour in colours.items()}
    return [problem.message for problem in faint(replace(calm, palette=calm.palette | changed))]


def test_a_pale_heading_is_found():
    assert [said for said in with_colours(dark="#9ab8c8") if "'paper'" in said] == [
        "'dark' on 'paper' has a contrast of 2.0:1", "'paper' on 'dark' has a contrast of 2.0:1"]


def test_the_grey_that_just_fails_is_found_and_not_told_as_enough():
    just = {ground: [said for said in with_colours(dark=grey) if "'dark' on 'paper'" in said]
            for ground, grey in (("fails", "#777777"), ("holds", "#767676"))}
    assert just == {"fails": ["'dark' on 'paper' has a contrast of 4.4:1"], "holds": []}


def test_options_that_are_alike_in_grey_are_found():
    assert with_colours(option_1="#0b6b6b", option_2="#9a4312") == [
        "'option-1' and 'option-2' look alike in grey (1.05:1)"]
