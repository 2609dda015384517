"""Asks the editorial rules of a leaflet, as a profile wants them, and leaves out what its author silenced."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from ..model.content import Silence
from ..model.editorial import Finding, Profile, Setting
from ..model.record import record, replace
from ..model.wording import nearest, quoted
from .manuscript import Manuscript
from .rule import Rule
from .rules import RULES

NAMES = tuple(rule.name for rule in RULES)
_SEVERITIES = ("error", "warning", "note")


@record(frozen=True, slots=True)
class Verdict:
    """What the rules say of a leaflet."""

    findings: tuple[Finding, ...]
    """In the order of the rules; those of a rule in reading order."""
    silenced: tuple[tuple[Silence, Finding], ...] = ()
    """Findings that the content silences, each with the reason."""


def judge(manuscript: Manuscript, profile: Profile, rules: Sequence[Rule] = RULES) -> Verdict:
    """The findings of all rules that the profile asks for."""
    findings: list[Finding] = []
    silenced: list[tuple[Silence, Finding]] = []
    used: set[int] = set()
    silences = manuscript.content.checks.silence if manuscript.content.checks else []
    for rule in rules:
        setting = profile.rules.get(rule.name)
        if setting is None or setting.severity in (None, "off"):
            continue
        manuscript.setting = setting
        for finding in rule.find(manuscript):
            finding = replace(finding, rule=rule.name, severity=setting.severity)
            silence = next((one for one in silences if _silences(one, finding)), None)
            if silence is None:
                findings.append(finding)
            else:
                used.add(id(silence))
                silenced.append((silence, finding))
    manuscript.setting = Setting()
    findings += [told for one in silences if id(one) not in used and (told := _idle(one, profile))]
    return Verdict(tuple(dict.fromkeys(findings)), tuple(silenced))


def _silences(silence: Silence, finding: Finding) -> bool:
    if silence.rule != finding.rule:
        return False
    return not silence.words or silence.words.lower() in f"{finding.subject}\n{finding.message}".lower()


def _idle(silence: Silence, profile: Profile) -> Finding | None:
    """A silence that silences nothing is told: it would hide what comes later."""
    if silence.rule not in NAMES:
        return Finding(
            silence.place,
            f"there is no rule {quoted(silence.rule)} to silence",
            nearest(silence.rule, NAMES),
            "error",
            "silence",
            str(silence.rule),
        )
    setting = profile.rules.get(silence.rule)
    if setting is None or setting.severity == "off":
        return None  # of another profile
    return Finding(
        silence.place,
        f"this silences nothing: '{silence.rule}' has nothing to say here",
        "take it away",
        "note",
        "silence",
        str(silence.rule),
    )


def fingerprint(finding: Finding) -> str:
    """What stays the same when lines move: of the rule, the file and the words it is about. 16 hexadecimal digits."""
    file = finding.place.file if finding.place else ""
    said = "\0".join((finding.rule, file, " ".join(finding.subject.split()).lower()))
    return sha256(said.encode()).hexdigest()[:16]


def in_order(findings: Sequence[Finding]) -> list[Finding]:
    """By severity, then by rule, then by place."""
    ranks = {rule: number for number, rule in enumerate(NAMES)}
    return sorted(
        findings,
        key=lambda one: (
            _SEVERITIES.index(one.severity),
            ranks.get(one.rule, -1),
            (one.place.file, one.place.line, one.place.column) if one.place else ("",),
        ),
    )
