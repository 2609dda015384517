"""A copy is, in text, tags and pixels, what the leaflet set for this person alone is."""

from __future__ import annotations

import io
from datetime import date
from functools import cache

import pikepdf
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import ImageChops
from project_kit import ROOT

from generator.copies.master import clean
from generator.model.run import Job
from generator.recipe import copies
from generator.recipe.find import contents
from generator.recipe.project import ProjectFiles

PROJECT = ProjectFiles(ROOT)
NAMES = (
    "Ada Lovelace", "Ayşe Yılmaz-Öztürk", "محمد بن علي", "สมชาย ใจดี", "王小明", "Дмитрий Ёлкин", "דנה לוי", "राम कुमार",
    "Søren O'Neil (Jr.)", "{{ 7*7 }}", "**x** <b>y</b>", "{name}", "Nguyễn Văn Ân", "АBВ 12", "Ana 5 mg",
    "a\u0301lex", "fi ffi", "AV To", "🙂 Kim",
)


@cache
def job(language: str, layout: str) -> Job:
    return Job(next(path for path in contents(PROJECT.root) if path.stem == language), layout, "a4", None)


@cache
def master(language: str, layout: str, sheet: bool = False):
    return copies.master_of(PROJECT, job(language, layout), sheet=sheet)


def transcript(pdf: bytes) -> list[tuple]:
    """Every structure element with what it says of itself and the codes' meaning: role, language, texts, in order."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        pages = [page.obj.objgen for page in file.pages]
        out: list[tuple] = []

        def walk(elem, depth: int, page) -> None:
            page = elem.get("/Pg", page)
            kids = elem.get("/K", [])
            kids = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
            marks = [(pages.index(page.objgen), int(kid)) for kid in kids if isinstance(kid, int)]
            out.append((depth, str(elem.S), str(elem.get("/Lang", "")), str(elem.get("/ActualText", "")),
                        str(elem.get("/Alt", "")), marks))
            for kid in kids:
                if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                    walk(kid, depth + 1, page)

        walk(file.Root.StructTreeRoot.K, 0, None)
        return out


def compare(one: bytes, other: bytes) -> None:
    assert transcript(one) == transcript(other)
    first, second = pypdfium2.PdfDocument(one), pypdfium2.PdfDocument(other)
    assert len(first) == len(second)
    for here, there in zip(first, second):
        assert here.get_textpage().get_text_range() == there.get_textpage().get_text_range()
        difference = ImageChops.difference(here.render(scale=1).to_pil(), there.render(scale=1).to_pil())
        assert difference.getbbox() is None


def check(language: str, layout: str, values: dict[str, str], sheet: bool = False) -> None:
    made = master(language, layout, sheet)
    if any(made.fault(name, value) for name, value in values.items()):
        return
    compare(made.copy(values), copies.alone(PROJECT, job(language, layout), values, sheet=sheet))


@pytest.mark.parametrize("name", NAMES)
def test_names_of_all_scripts(name):
    check("en", "handout", {"name": name, "date": "2026-07-03", "clinic": "St. Mary’s"})


@pytest.mark.parametrize(("language", "layout", "sheet"), [
    ("ar", "handout", False), ("en", "brochure", False), ("ar", "brochure", True), ("en", "z-fold", True),
    ("en", "gate-fold", False), ("en", "half-fold", True)])
def test_layouts_and_directions(language, layout, sheet):
    for name in ("محمد بن علي 12", "สมชาย ใจดี", "Ada Lovelace"):
        check(language, layout, {"name": name, "date": "2026-07-03", "clinic": ""}, sheet)


LETTERS = st.one_of(*map(st.sampled_from, ("abcXYZ éşğİıøß-.'()12 ", "محمدعلي كسابن لا", "กขคงำี่ ", "王小明李")),
                    st.characters(codec="utf-8", categories=["Lu", "Ll", "Lo", "Nd", "Po"]))
VALUES = st.text(LETTERS, min_size=1, max_size=24).map(clean).filter(bool)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(VALUES, VALUES, st.dates(date(1000, 1, 1)))
def test_any_values(name, clinic, day):
    check("en", "handout", {"name": name, "clinic": clinic, "date": day.isoformat()})


def test_a_copy_is_the_same_bytes_each_time_and_does_not_depend_on_those_before():
    values = {"name": "محمد بن علي", "date": "2026-07-03"}
    first = master("en", "handout").copy(values)
    master("en", "handout").copy({"name": "王小明"})
    assert master("en", "handout").copy(values) == first
    assert copies.master_of(PROJECT, job("en", "handout")).copy(values) == first


def test_the_comparison_can_fail():
    one, other = (master("en", "handout").copy({"name": name}) for name in ("Ada", "Adb"))
    with pytest.raises(AssertionError):
        compare(one, other)


@pytest.mark.parametrize("name", ["Wolfeschlegelsteinhausenbergerdorff " * 3, "\ue000x"])
def test_what_does_not_fit_is_refused_without_quoting_it(name):
    with pytest.raises(ValueError, match="^name: ") as wrong:
        master("en", "handout").copy({"name": name})
    assert name[:5] not in str(wrong.value)


def test_a_date_that_is_none_is_refused_without_quoting_it():
    with pytest.raises(ValueError, match="^date: this is no date$"):
        master("en", "handout").copy({"date": "3rd of July"})


def test_an_unknown_field_is_refused():
    with pytest.raises(KeyError):
        master("en", "handout").copy({"nmae": "Ada"})


def test_a_value_that_looks_like_a_field_or_markup_prints_as_it_stands():
    text = pypdfium2.PdfDocument(master("en", "handout").copy({"name": "**x** {name} <b>{{ 7*7 }}"}))[0].get_textpage()
    assert "**x** {name} <b>{{ 7*7 }}" in text.get_text_range()
