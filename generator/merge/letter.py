"""The letter of a mail: a template of layouts/shared/mail/ in the leaflet's language, filled in as a layout's is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from ..kept.files import absent
from ..model.content import Content
from ..model.problem import Place, Problem, Rejected, Text
from ..model.story import Leaflet, Node
from . import sandbox
from . import words as phrases
from .markup import parse
from .places import MERGE, Merge
from .template import _clean, _render

SUFFIX = ".html.j2"
FOLDER = "mail"
"""In layouts/shared, or beside it in a project's own folder of the search."""
OTHERWISE = "en"
"""The language of a letter where there is none in that of the leaflet."""


def letter(contents: Sequence[Content], words: Mapping[str, Text], recipient: str, *, full: bool,
           search: Sequence[Path], project: Path, locked: bool = False) -> Leaflet:
    """The letter that goes with leaflets, in the language of the first, with the name of the person it is for ("": not
    known). The same elements may stand in it as in a layout, in one <story>.

    words: the fixed phrases of that language. full: the whole leaflets stand below the letter. locked: what is
    attached opens with a password. search: the folders that may hold mail/. Raises Rejected.
    """
    language = str(contents[0].language)
    folders = tuple(folder / FOLDER for folder in search)
    names = dict.fromkeys((language, language.partition("-")[0], OTHERWISE))
    there = [name for name in names if not all(absent(folder / f"{name}{SUFFIX}") for folder in folders)]
    name = there[0] if there else OTHERWISE
    environment = sandbox.sandbox(folders, project)
    environment.loader.seen.clear()
    state = Merge(language, f"layouts/shared/words/{language}.yaml")
    words = {**words, **contents[0].phrases}
    state.words = phrases.Words(words, state)
    variables = {"content": contents[0], "leaflets": list(contents), "recipient": _clean(recipient),
                 "full": full, "locked": locked, "words": state.words, MERGE: state}
    start = Place(environment.loader.shown(folders[-1] / f"{name}{SUFFIX}"))
    try:
        markup = _render(environment, f"{name}{SUFFIX}", variables, start)
    except Rejected as rejected:
        raise Rejected([*state.problems, *rejected.problems]) from None
    found = parse(markup, start, environment.stamps, state.places, (), (), state.tongues)
    for part in found.parts.values():
        _directed(part)
    problems = [*state.problems, *found.problems]
    if not problems and list(found.parts) != ["story"]:
        problems = [Problem(start, "the letter has no <story>", "what it says stands in one <story>…</story>")]
    if any(problem.severity == "error" for problem in problems):
        raise Rejected(problems)
    if name not in (language, language.partition("-")[0]):
        problems.append(Problem(contents[0].language.place if isinstance(contents[0].language, Text) else None,
                                f"there is no letter in the language '{language}', so that it is in English",
                                f"write layouts/shared/mail/{language}{SUFFIX}", "warning"))
        found.parts["story"].attributes |= {"lang": OTHERWISE, "dir": "ltr"}
    return Leaflet(found.parts, title=str(contents[0].title), language=language, direction=phrases.direction(language),
                   digits={language: phrases.digits(language)}, warnings=tuple(problems))


def _directed(node: Node) -> None:
    """Gives what is in another language its direction."""
    if "lang" in node.attributes and "dir" not in node.attributes:
        node.attributes["dir"] = phrases.direction(node.attributes["lang"])
    for kid in node.kids:
        if not isinstance(kid, str):
            _directed(kid)
