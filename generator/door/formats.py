"""What `leaflet check` found, for other programs: JSON, SARIF 2.1.0 (OASIS, 2020) and JUnit's XML."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

from ..model import VERSION
from ..model.editorial import Checked, Finding
from ..model.problem import Problem

PROBLEM = "problem"
"""The rule under which problems stand, which have no rule of their own."""
_LEVELS = {"error": "error", "warning": "warning", "note": "note"}


def as_json(found: Sequence[Checked]) -> str:
    """A list of objects: file, line, column (null where there is no place), severity, message, hint, rule,
    fingerprint."""
    from ..recipe.checks import fingerprint

    out = []
    for one in _each(found):
        place = one.place
        finding = isinstance(one, Finding)
        out.append({
            "file": place.file if place else None, "line": place.line if place else None,
            "column": place.column if place else None, "severity": one.severity, "message": one.message,
            "hint": one.hint, "rule": one.rule if finding else None,
            "fingerprint": fingerprint(one) if finding else None,
        })
    return json.dumps(out, ensure_ascii=False, indent=2)


def _each(found: Sequence[Checked]) -> Iterator[Problem | Finding]:
    yield from dict.fromkeys(problem for one in found for problem in one.problems)
    for one in found:
        yield from one.findings


# ── SARIF ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def as_sarif(found: Sequence[Checked]) -> str:
    """A SARIF log of one run. Columns count characters; a silenced finding is a result that is suppressed in source."""
    from ..recipe.checks import rules

    known = [(PROBLEM, "What build could refuse or warn of.", "build"), *rules()]
    index = {name: number for number, (name, _, _) in enumerate(known)}
    used: Counter[str] = Counter()
    results = [_result(one, index, used) for one in _each(found)]
    for one in found:
        for silence, finding in one.silenced:
            result = _result(finding, index, used)
            result["suppressions"] = [{"kind": "inSource", "justification": f"{silence.by}: {silence.reason}"}]
            results.append(result)
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "leaflet", "semanticVersion": VERSION,
                "rules": [{"id": name, "shortDescription": {"text": says}, "properties": {"tags": [group]}}
                          for name, says, group in known],
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    }
    return json.dumps(log, ensure_ascii=False, indent=1)


def _result(one: Problem | Finding, index: dict[str, int], used: Counter[str]) -> dict[str, Any]:
    from ..recipe.checks import fingerprint

    rule = one.rule if isinstance(one, Finding) and one.rule in index else PROBLEM
    mark = fingerprint(one)
    used[mark] += 1
    result: dict[str, Any] = {
        "ruleId": rule, "ruleIndex": index[rule], "level": _LEVELS[one.severity],
        "message": {"text": one.message + (f" ({one.hint})" if one.hint else "")},
        # of words that are found twice in a file, the second has a number
        "partialFingerprints": {"leaflet/v1": mark + (f":{used[mark]}" if used[mark] > 1 else "")},
    }
    if one.place:
        result["locations"] = [{"physicalLocation": {
            "artifactLocation": {"uri": quote(one.place.file)},
            "region": {"startLine": one.place.line, "startColumn": one.place.column},
        }}]
    return result


# ── JUnit ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def as_junit(found: Sequence[Checked]) -> str:
    """A test suite for each file and a test for each rule; errors and warnings fail, notes are put out."""
    from ..recipe.checks import rules

    names = [PROBLEM, *(name for name, _, _ in rules())]
    suites, tests, failures = [], 0, 0
    for one in found:
        cases, failed, file = [], 0, quoteattr(_legal(one.file))
        for name in names:
            hits = [hit for hit in (*one.problems, *one.findings)
                    if (hit.rule if isinstance(hit, Finding) else PROBLEM) == name]
            wrong = [hit for hit in hits if hit.severity != "note"]
            failed += bool(wrong)
            inner = ""
            if wrong:
                lines = "\n".join(map(str, wrong))
                inner += (f"<failure type={quoteattr(wrong[0].severity)} message={quoteattr(_legal(wrong[0].message))}>"
                          f"{escape(_legal(lines))}</failure>")
            if notes := [hit for hit in hits if hit.severity == "note"]:
                inner += f"<system-out>{escape(_legal(chr(10).join(map(str, notes))))}</system-out>"
            cases.append(f"  <testcase classname={file} name={quoteattr(name)}>{inner}</testcase>")
        suites.append(f'<testsuite name={file} tests="{len(names)}" failures="{failed}">\n'
                      + "\n".join(cases) + "\n</testsuite>")
        tests, failures = tests + len(names), failures + failed
    return ('<?xml version="1.0" encoding="UTF-8"?>\n'
            f'<testsuites name="leaflet check" tests="{tests}" failures="{failures}">\n' + "\n".join(suites)
            + "\n</testsuites>")


def _legal(text: str) -> str:
    """Without the characters that XML 1.0 forbids."""
    return "".join(sign if sign in "\t\n\r" or " " <= sign <= "\ud7ff" or "\ue000" <= sign <= "\ufffd"
                   or sign >= "\U00010000" else "\ufffd" for sign in text)
