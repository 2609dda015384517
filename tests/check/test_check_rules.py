"""Every editorial rule finds what it is for and leaves a near miss alone: cases/rules/<rule>.txt, which docs/checks.md
explains."""

import re
from pathlib import Path

import pytest
from project_kit import ROOT

from generator.check.editorial import NAMES, judge
from generator.check.manuscript import Manuscript
from generator.check.rules import RULES
from generator.model.editorial import Profile, Setting
from generator.model.record import replace
from generator.read.content import read_alone
from generator.read.editorial import profile_names, read_profile, read_vocabulary

SHARED = [ROOT / "layouts" / "shared"]
CASES = Path(__file__).parent / "cases" / "rules"
CASE = re.compile(r"^=== (?P<name>.+)\n(?P<body>(?:(?!===|---).*\n)*)---\n(?P<told>(?:(?!===).*\n?)*)", re.MULTILINE)
PAGES = {"x-height", "body-size", "line-length", "grey-contrast", "half-empty"}
"""Rules about placed pages: test_check_pages.py."""
GENERIC = read_profile("generic", SHARED, ROOT, NAMES)


def cases() -> list:
    return list(_cases())


def _cases():
    for file in sorted(CASES.glob("*.txt")):
        for found in CASE.finditer(file.read_text("utf-8")):
            yield pytest.param(file.stem, found["body"], found["told"], id=f"{file.stem}: {found['name']}")


def content_of(text: str, folder: Path, fallback: str = "en"):
    """(content, number of lines that were put before it)"""
    language = (re.search(r"^language: (\S+)", text, re.MULTILINE) or [None, fallback])[1]
    title = "" if re.search("^title:", text, re.MULTILINE) else "title: A leaflet\n"
    head = f"format: 1\n{title}" + ("" if "language:" in text else f"language: {language}\n")
    file = folder / f"{language}.yaml"
    (folder / "picture.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
    )
    file.write_text(head + text, "utf-8")
    return read_alone(file, folder), head.count("\n")


def setting_of(rule: str, text: str) -> Setting:
    """That of the generic profile, with what the lines at the top of a case say."""
    setting = replace(GENERIC.rules[rule], severity="warning")
    if found := re.search(r"^# limit: (\S+)", text, re.MULTILINE):
        setting = replace(setting, limit=float(found[1]), languages={})
    if found := re.search(r"^# needs: (.+)", text, re.MULTILINE):
        setting = replace(setting, needs=found[1].split(", "))
    return setting


@pytest.mark.parametrize(("rule", "text", "told"), cases())
def test_a_case_of_a_rule(rule, text, told, tmp_path):
    setting = setting_of(rule, text)
    text = re.sub(r"^# (?:limit|needs): .*\n", "", text, flags=re.MULTILINE)
    text, _, before = text.partition("+++\n")
    content, above = content_of(text, tmp_path)
    original = content_of(before, tmp_path)[0] if before else None
    manuscript = Manuscript(content, read_vocabulary(content.language, SHARED, ROOT), "2026-11-27", original=original)
    found = judge(manuscript, Profile("a case", rules={rule: setting})).findings
    said = [f"{max(0, one.place.line - above) if one.place else 0}: {one.message}" for one in found]
    wanted = told.strip().split("\n") if told.strip() else []
    assert len(said) == len(wanted) and all(map(str.startswith, said, wanted)), said
    assert all(one.rule == rule and one.hint for one in found)


@pytest.mark.parametrize("rule", [rule for rule in NAMES if rule not in PAGES])
def test_each_rule_has_a_case_that_it_finds_and_a_near_miss(rule):
    found = [bool(case["told"].strip()) for case in CASE.finditer((CASES / f"{rule}.txt").read_text("utf-8"))]
    assert True in found and False in found


def test_no_case_is_left_out():
    assert {file.stem for file in CASES.glob("*.txt")} == set(NAMES) - PAGES
    for file in CASES.glob("*.txt"):
        text = file.read_text("utf-8")
        assert len(CASE.findall(text)) == len(re.findall("^=== ", text, re.MULTILINE)), file.name


def test_each_rule_has_a_file_of_its_name_and_a_line_in_the_generic_profile():
    files = {file.stem for file in (ROOT / "generator/check/rules").glob("*.py")} - {"__init__"}
    assert files == {rule.name.replace("-", "_") for rule in RULES}
    assert set(GENERIC.rules) == set(NAMES)
    for rule in RULES:
        setting = GENERIC.rules[rule.name]
        assert setting.severity and (setting.limit is not None) == bool(rule.limit), rule.name
        assert rule.says and rule.source


@pytest.mark.parametrize("name", profile_names(SHARED))
def test_our_profiles_can_be_read(name):
    assert set(read_profile(name, SHARED, ROOT, NAMES).rules) == set(NAMES)
