"""leaflet check: problems first, findings in groups, formats for other programs, exit codes, silencing."""

import json
import shutil
import xml.etree.ElementTree as ET

import jsonschema
import pytest
from project_kit import new_project, run_command

from generator.door import check as door
from generator.door import formats
from generator.model.editorial import Checked, Finding, Measures
from generator.model.problem import Place, Problem
from generator.recipe import checks

HARD = """\
format: 1
language: en
title: Your knee
summary: What you can do.
introduction: |
  Prior to the operation you may not eat. Call us if it hurts.
layouts: [handout]
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    root = tmp_path_factory.mktemp("project")
    return new_project(root, {"knee/en.yaml": HARD}, ["shared", "handout"])


def run(project, capsys, monkeypatch, *arguments):
    monkeypatch.chdir(project)
    return run_command(capsys, "check", *arguments)


def test_problems_come_first_and_findings_in_groups(project, capsys, monkeypatch):
    code, out, err = run(project, capsys, monkeypatch)
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[:2] == ["no problems in 1 content file",
                         "content/knee/en.yaml: Flesch-Kincaid grade 1.2; 2 warnings"]
    assert "  hard-word (warning)" in lines and "    6:3  a hard word: 'Prior to'" in lines
    assert lines[-1] == "findings: 2 warnings; none stops a build"


def test_layouts_that_no_content_asks_for_are_looked_through(tmp_path, capsys, monkeypatch):
    root = new_project(tmp_path, {"knee/en.yaml": HARD}, ["shared", "handout"])
    layout = root / "layouts/mine"
    shutil.copytree(root / "layouts/handout", layout)
    assert run(root, capsys, monkeypatch)[0] == 0
    template = layout / "layout.html.j2"
    template.write_text(template.read_text() + "{{ nonsense( }}")
    code, _, err = run(root, capsys, monkeypatch)
    assert code == 1 and err.startswith("layouts/mine/layout.html.j2:")
    assert run(root, capsys, monkeypatch, "knee")[0] == 0


def test_exit_codes(project, capsys, monkeypatch):
    assert run(project, capsys, monkeypatch, "--strict")[0] == 1
    assert run(project, capsys, monkeypatch, "--problems", "--strict")[0] == 0
    code, _, err = run(project, capsys, monkeypatch, "--profile", "uk-nsh")
    assert code == 1 and "there is no profile 'uk-nsh' (did you mean 'uk-nhs'?)" in err


def test_a_profile_changes_what_is_told(project, capsys, monkeypatch):
    _, out, _ = run(project, capsys, monkeypatch, "--profile", "uk-nhs")
    assert "published, reviewed" in out


def test_a_silence_needs_a_reason_and_a_name_and_is_listed(tmp_path, capsys, monkeypatch):
    silence = ("checks:\n  silence:\n    - {rule: hard-word, words: prior to, reason: the ward says so, by: A. Nurse}\n"
               "    - {rule: hard-wrod, reason: a slip, by: A. Nurse}\n"
               "    - {rule: capitals, reason: none are there, by: B}\n")
    root = new_project(tmp_path, {"knee/en.yaml": HARD + silence}, ["shared", "handout"])
    code, out, _ = run(root, capsys, monkeypatch)
    assert code == 1
    assert "a hard word" not in out and "  silenced: hard-word (A. Nurse: the ward says so)" in out
    assert "there is no rule 'hard-wrod' to silence" in out and "did you mean 'hard-word'?" in out
    assert "this silences nothing: 'capitals'" in out
    (root / "content/knee/en.yaml").write_text(HARD + "checks:\n  silence:\n    - {rule: hard-word, by: A}\n")
    code, _, err = run(root, capsys, monkeypatch)
    assert code == 1 and "the key 'reason' is missing here" in err


# ── many ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def some(number: int, **more) -> Checked:
    measures = Measures(100, 10, (("Flesch-Kincaid grade", 7.0),))
    return Checked(f"content/x{number}/en.yaml", measures=measures, **more)


def test_of_many_leaflets_findings_are_counted_one_line_each(capsys):
    finding = Finding(Place("content/x1/en.yaml", 2), "a hard word", "say: before", "warning", "hard-word", "prior")
    door._as_text([some(number, findings=(finding,) * 2) for number in range(6)], every=False)
    out = capsys.readouterr().out.splitlines()
    assert len(out) == 8 and out[1] == "content/x0/en.yaml: Flesch-Kincaid grade 7.0; 2 warnings"


def test_the_same_is_found_by_several_processes(tmp_path):
    contents = {f"x{number}/en.yaml": HARD for number in range(3)}
    root = new_project(tmp_path, contents, ["shared", "handout"])
    paths = sorted(root.glob("content/*/en.yaml"))
    seen = []
    together = checks.check_all(root, paths, tell=seen.append, workers=2)
    assert together == checks.check_all(root, paths, workers=1)
    assert [event.done for event in seen] == [1, 2, 3] and all(one.findings for one in together)


# ── formats ──────────────────────────────────────────────────────────────────────────────────────────────────────────

TEXT = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}}
SARIF = {  # what SARIF 2.1.0 asks of the parts that we write (OASIS standard, 27 March 2020, sections 3.13 to 3.55)
    "type": "object", "required": ["version", "runs"], "additionalProperties": False,
    "properties": {
        "$schema": {"type": "string"}, "version": {"const": "2.1.0"},
        "runs": {"type": "array", "items": {
            "type": "object", "required": ["tool", "results"],
            "properties": {
                "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                "tool": {"type": "object", "required": ["driver"], "properties": {"driver": {
                    "type": "object", "required": ["name"], "properties": {"rules": {
                        "type": "array", "uniqueItems": True, "items": {
                            "type": "object", "required": ["id"], "properties": {"shortDescription": TEXT}}}}}}},
                "results": {"type": "array", "items": {
                    "type": "object", "required": ["message"],
                    "properties": {
                        "message": TEXT, "level": {"enum": ["none", "note", "warning", "error"]},
                        "ruleIndex": {"type": "integer", "minimum": 0},
                        "partialFingerprints": {"type": "object", "additionalProperties": {"type": "string"}},
                        "suppressions": {"type": "array", "items": {
                            "type": "object", "required": ["kind"],
                            "properties": {"kind": {"enum": ["inSource", "external"]}}}},
                        "locations": {"type": "array", "items": {"type": "object", "properties": {"physicalLocation": {
                            "type": "object", "required": ["artifactLocation"], "properties": {
                                "artifactLocation": {"type": "object", "required": ["uri"], "properties": {
                                    "uri": {"type": "string", "pattern": "^[!-~]+$"}}},
                                "region": {"type": "object", "properties": {
                                    "startLine": {"type": "integer", "minimum": 1},
                                    "startColumn": {"type": "integer", "minimum": 1}}}}}}}},
                    }}},
            }}},
    },
}


def log_of(root, text: str) -> dict:
    (root / "content/knee/en.yaml").write_text(text, "utf-8")
    log = json.loads(formats.as_sarif(checks.check_all(root, [root / "content/knee/en.yaml"])))
    jsonschema.validate(log, SARIF)
    return log


def test_sarif(tmp_path):
    root = new_project(tmp_path, {"knee/en.yaml": HARD}, ["shared", "handout"])
    silence = "checks:\n  silence:\n    - {rule: hard-word, reason: the ward says so, by: A. Nurse}\n"
    run = log_of(root, HARD + silence)["runs"][0]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert all(rules[one["ruleIndex"]] == one["ruleId"] for one in run["results"])
    (silenced,) = [one for one in run["results"] if "suppressions" in one]
    assert silenced["ruleId"] == "hard-word"
    assert silenced["suppressions"] == [{"kind": "inSource", "justification": "A. Nurse: the ward says so"}]
    assert silenced["locations"][0]["physicalLocation"]["region"] == {"startLine": 6, "startColumn": 3}


def test_fingerprints_survive_a_moved_line_and_tell_findings_apart(tmp_path):
    root = new_project(tmp_path, {"knee/en.yaml": HARD}, ["shared", "handout"])

    def marks(text):
        results = log_of(root, text)["runs"][0]["results"]
        found = [one["partialFingerprints"]["leaflet/v1"] for one in results]
        assert len(set(found)) == len(found) > 1
        return found

    before = marks(HARD)
    assert marks(HARD.replace("introduction", "# a note\n\nintroduction")) == before
    assert marks(HARD.replace("Prior to", "In order to have")) != before


def test_two_findings_of_the_same_words_have_two_fingerprints():
    one = Finding(Place("a.yaml", 1), "x", rule="capitals", subject="DO NOT DO")
    found = [some(1, findings=(one, Finding(Place("a.yaml", 9), "x", rule="capitals", subject="do not  do")))]
    first, second = json.loads(formats.as_sarif(found))["runs"][0]["results"]
    marks = [one["partialFingerprints"]["leaflet/v1"] for one in (first, second)]
    assert marks[1] == f"{marks[0]}:2"


def test_junit():
    problem = Problem(Place("content/x1/en.yaml", 3), "a <b> & \x07", severity="error")
    note = Finding(None, "a note", severity="note", rule="passive")
    root = ET.fromstring(formats.as_junit([some(1, problems=(problem,), findings=(note,)), some(2)]))
    assert (root.get("failures"), len(root)) == ("1", 2)
    cases = {case.get("name"): case for case in root[0]}
    assert cases["problem"].find("failure").get("message") == "a <b> & \ufffd"
    assert cases["passive"].find("failure") is None and "a note" in cases["passive"].find("system-out").text
    assert root[1].get("tests") == str(len(cases)) and root.get("tests") == str(2 * len(cases))
