"""Fills in a layout's template with a Content. In the story that results, every word has its element and its place."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from jinja2 import Environment, TemplateNotFound, TemplateSyntaxError
from markupsafe import Markup

from ..model.content import Content
from ..model.late import Late
from ..model.layout import Layout
from ..model.personal import Strip
from ..model.problem import Place, Problem, Rejected, Text
from ..model.story import Leaflet
from ..model.wording import nearest
from . import personal, sandbox, sources
from . import words as phrases
from .crossrefs import explain, leads, nodes, print_addresses
from .markdown import plain
from .markup import Parts, parse
from .places import CONTROL, MERGE, Fault, Merge, whole

HERE = str(Path(__file__).parent)
NAMED = Late(r"No (filter|test) named '(.*)'")
STATUS = "status_"


def merge(
    layout: Layout,
    content: Content,
    words: Mapping[str, Text],
    *,
    classes: Collection[str],
    search: Sequence[Path],
    project: Path,
    stale: bool = False,
    expired: bool = False,
    changed: bool = False,
    cover: str = "versus",
    strip: Strip | None = None,
) -> Leaflet:
    """The layout's template with the content in it.

    `words` are the fixed phrases of the content's language, `classes` the styles of the theme ("p.lead"), `search` the
    folders whose parts/ stand behind the layout's own folder (layouts/shared), `project` the folder that places are
    shown relative to. A `stale` translation, an `expired` leaflet and words `changed` since they were approved are
    marked; `cover` is the theme's; `strip` has what is personal of a copy. Raises Rejected with every problem found.
    Pictures are left to the recipe.
    """
    environment = _environment(layout, tuple(search), project)
    environment.loader.seen.clear()
    file = next((known.place.file for known in words.values() if known.place), "the words file")
    state = Merge(str(content.language), file)
    state.sources = len(content.references) + len(content.review.sources)
    words = {**words, **content.phrases}
    state.words = phrases.Words(words, state)
    status = content.review.status
    standing = tuple(mark for mark in (status if status != "final" else "", "stale" if stale else "",
                                       "expired" if expired else "", "changed" if changed else "") if mark)
    marks = [state.words[f"{STATUS}{mark}"] for mark in standing]
    variables = {
        "content": content,
        "words": state.words,
        "layout": layout.name,
        "house": {"cover": cover},
        "draft": sandbox.glued(state, marks, " · ") if marks else "",
        "marks": marks,
        "personal": personal.places(strip, state, words) if strip else (),
        "page": Markup("<page>"),
        "pages": Markup("<pages>"),
        MERGE: state,
    }
    start = Place(environment.loader.shown(Path(layout.folder, layout.template)))
    try:
        markup = _render(environment, layout.template, variables, start)
    except Rejected as rejected:
        raise _rejected([*state.problems, *rejected.problems]) from None
    found = parse(markup, start, environment.stamps, state.places, classes, layout.spec.panels, state.tongues,
                  frozenset(phrase.place for phrase in words.values()), state.said, state.ways,
                  strip.running if strip else None)
    found.problems += leads(found, content)
    digits = phrases.digits(str(content.language))
    print_addresses(found, digits)
    explain(found, content.abbreviations)
    problems = _rejected([*state.problems, *found.problems, *_missing(layout, found, start)])
    if any(problem.severity == "error" for problem in problems.problems):
        raise problems
    language = str(content.language)
    # Not every foreign phrase is printed: the heading of a list of addresses goes where there are none.
    foreign = state.tongues and any("lang" in node.attributes for node, _ in nodes(found))
    warnings = [_borrowed(content)] if foreign else []
    return Leaflet(found.parts, found.footers, str(content.title), language, phrases.direction(language),
                   digits={language: digits}, headers=found.headers, terms=_terms(content),
                   warnings=(*problems.problems, *warnings),
                   said=whole(state.said[n] for n in found.said if 0 <= n < len(state.said)), marks=standing)


def _terms(content: Content) -> tuple[str, ...]:
    """The names of several words that headings keep together."""
    names = [*content.options, *(plain(entry.term) for entry in content.glossary)]
    return tuple(name for name in map(str, names) if " " in name)


def _borrowed(content: Content) -> Problem:
    """The warning that some phrases are printed in English."""
    language = content.language
    message = f"there are no fixed phrases for the language '{language}', so that English ones are printed"
    hint = f"give them under phrases: in this file, or in layouts/shared/words/{language}.yaml for all leaflets"
    return Problem(getattr(language, "place", None), message, hint, "warning")


def _environment(layout: Layout, search: tuple[Path, ...], project: Path) -> sandbox.Sandbox:
    folders = (Path(layout.folder), *(folder / "parts" for folder in search))
    return sandbox.sandbox(folders, Path(os.path.abspath(project)))


def _render(environment: Environment, name: str, variables: dict, start: Place) -> str:
    """The rendered template. Raises Rejected with the one problem that stopped it."""
    try:
        template = environment.get_template(name)
        return "".join(template.root_render_func(template.new_context(variables)))
    except TemplateSyntaxError as error:
        problem = _syntax(environment, error, start)
    except TemplateNotFound as error:
        place = sources.raised_at(error) or start
        hint = nearest(error.name, environment.loader.names())
        problem = Problem(place, f"there is no template '{_clean(error.name)}'", hint)
    except RecursionError as error:
        problem = Problem(sources.raised_at(error) or start,
                          "this calls or includes itself without end, or is nested too deep")
    except MemoryError as error:
        problem = Problem(sources.raised_at(error) or start, "this needs too much memory")
    except Fault as error:
        problem = Problem(sources.raised_at(error) or start, _clean(error.message), _clean(error.hint))
    except Exception as error:
        if _ours(error):
            raise
        place, message = sources.raised_at(error) or start, str(error)
        named = NAMED.match(message)
        problem = (_unnamed(environment, named, place) if named
                   else Problem(place, _clean(message) or type(error).__name__))
    raise Rejected([problem])


def _ours(error: Exception) -> bool:
    """Whether an error was raised in this room's own code: then it is a fault of the program and not of the
    template."""
    frame = error.__traceback__
    while frame.tb_next is not None:
        frame = frame.tb_next
    return frame.tb_frame.f_code.co_filename.startswith(HERE)


def _syntax(environment: Environment, error: TemplateSyntaxError, start: Place) -> Problem:
    told = error.filename or (error.name if error.name in environment.loader.sources else None)
    file, line = told or start.file, error.lineno or 1  # of an open comment, Jinja says the file in place of the name
    if named := NAMED.match(error.message or ""):
        return _unnamed(environment, named, Place(file, line))
    message, _, hint = _clean(error.message or "this cannot be read").partition(". ")
    return Problem(Place(file, line), message[:1].lower() + message[1:].rstrip("."), hint.rstrip("."))


def _unnamed(environment: Environment, named: re.Match, place: Place) -> Problem:
    """A filter or test that does not exist."""
    kind, name = named[1], named[2]
    known = environment.filters if kind == "filter" else environment.tests
    hint = nearest(name, [one for one in known if one[0] != " "])
    return Problem(sources.spot(environment, place.file, place.line, name), f"there is no {kind} '{_clean(name)}'",
                   hint)


def _clean(message: str) -> str:
    message = CONTROL.sub("", message)
    return message if len(message) <= 300 else message[:299] + "…"


def _missing(layout: Layout, found: Parts, start: Place) -> list[Problem]:
    """Parts that the layout needs and the template lacks."""
    spec, out = layout.spec, []
    if spec.story and "story" not in found.parts:
        out.append(Problem(start, "the template has no <story>", "what the leaflet says stands in <story>…</story>"))
    for name in spec.panels:
        if name not in found.parts and name not in spec.story:
            hint = f'write <panel name="{name}">…</panel>, or name it in story: of layout.yaml'
            out.append(Problem(start, f"the template has no part for the panel '{name}'", hint))
    given = found.parts["story"].attributes if "story" in found.parts else {}
    under = given.get("under") or given.get("past")
    if under and (under not in spec.story or under not in found.parts):
        out.append(Problem(found.parts["story"].place,
                           f"the story cannot begin below or past a part of the panel '{under}'",
                           f'write <panel name="{under}">…</panel>, and name the panel in story: of layout.yaml'))
    for name in spec.story if not under else ():
        if name in found.parts:
            out.append(Problem(found.parts[name].place,
                               f"the story goes through the panel '{name}', which has a part of its own",
                               "take it out of story: in layout.yaml, or take this part away"))
    if not found.titles and not found.problems:
        out.append(Problem(start, "the template has no <h1>", "the title of the leaflet stands in <h1>, once"))
    return out


def _rejected(problems: list[Problem]) -> Rejected:
    """Each problem once, in the order of the files."""
    first = Place("")
    return Rejected(sorted(dict.fromkeys(problems), key=lambda problem: problem.place or first))
