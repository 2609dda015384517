"""Reads what the editorial rules of check/ work with: profiles and the words of a language."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from ..kept.files import absent
from ..model.editorial import GENERIC, Profile, Setting, Vocabulary
from ..model.problem import Problem, Rejected, Text
from ..model.record import names, replace
from ..model.wording import nearest, quoted
from .schema import read_as
from .source import read_source

PROFILES, VOCABULARY = "profiles", "vocabulary"
"""Folders of layouts/shared/."""


def profile_names(search: Sequence[Path]) -> list[str]:
    return sorted({file.stem for folder in search for file in (folder / PROFILES).glob("*.yaml")})


def read_profile(name: str, search: Sequence[Path], project: Path, rules: Collection[str]) -> Profile:
    """A profile, with the rules of those that it extends. `rules`: names of all rules. Raises Rejected."""
    return _extended(name, search, project, rules, ())


def _extended(
    name: str, search: Sequence[Path], project: Path, rules: Collection[str], above: tuple[str, ...]
) -> Profile:
    known = profile_names(search)
    place = name.place if isinstance(name, Text) else None
    if name in above:
        raise Rejected([Problem(place, f"the profile {quoted(name)} extends itself", "name another one")])
    if name not in known:
        raise Rejected(
            [
                Problem(
                    place,
                    f"there is no profile {quoted(name)}",
                    nearest(name, known) or "there are: " + ", ".join(known),
                )
            ]
        )
    file = next(path for folder in search if not absent(path := folder / PROFILES / f"{name}.yaml"))
    made = read_as(Profile, read_source(file, project))
    wrong = [
        Problem(setting.place, f"there is no rule {quoted(rule)}", nearest(rule, rules))
        for rule, setting in made.rules.items()
        if rule not in rules
    ]
    if wrong:
        raise Rejected(wrong)
    if name == GENERIC:
        return made
    base = _extended(made.extends or GENERIC, search, project, rules, (*above, str(name)))
    merged = dict(base.rules)
    for rule, setting in made.rules.items():
        merged[rule] = _over(merged.get(rule, Setting()), setting)
    return replace(made, rules=merged)


def _over(below: Setting, above: Setting) -> Setting:
    given = {key: value for key in names(above) if (value := getattr(above, key)) not in (None, [], {})}
    return replace(below, **given)


def read_vocabulary(language: str, search: Sequence[Path], project: Path) -> Vocabulary:
    """The words of a language; an empty one where nobody has written them. pt-BR falls back to pt. Raises Rejected."""
    tag = language
    while tag:
        for folder in search:
            if not absent(file := folder / VOCABULARY / f"{tag}.yaml"):
                return read_as(Vocabulary, read_source(file, project))
        tag = tag.rpartition("-")[0]
    return Vocabulary()
