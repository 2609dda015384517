"""What a template may do: print values and use a few filters. It cannot reach Python or files outside of layouts, nor
run without end."""

from __future__ import annotations

import marshal
import re
import threading
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import CodeType

from jinja2 import StrictUndefined, TemplateSyntaxError, UndefinedError, nodes, pass_context
from jinja2 import filters as jinja_filters
from jinja2.environment import TemplateModule
from jinja2.runtime import BlockReference, Context, LoopContext, missing
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from ..kept import store
from ..model.content import Entry
from ..model.problem import Place, Text
from ..model.record import names
from ..model.wording import nearest
from . import grid, markdown, words
from .crossrefs import address
from .places import CALL, MARK, ROUND, Fault, Merge, Piece, joined, kind, like, made_of, merge_of, within
from .sources import Loader, stamp

LONGEST_RANGE = 10_000
LARGEST_NUMBER = 10**9
FILE_COST = 2_000
"""Cost of an include, import or extends (see places.LARGEST)."""

ATTRIBUTES = (
    (str, {"strip", "startswith", "endswith", "split"}),
    (dict, {"items", "keys", "values", "get"}),
    ((list, tuple), {"index", "count"}),
)
"""Methods that templates may call, by type. Everything else that Python offers stays out of reach."""
OPEN = (LoopContext, TemplateModule, BlockReference, Namespace)
"""Jinja's own objects, whose names without underscore may all be used."""
FILTERS = ("count", "d", "default", "first", "items", "last", "length", "list", "map", "reject", "rejectattr",
           "reverse", "select", "selectattr", "sort", "unique")
"""Jinja's filters that templates may use: those that only choose among values. The others write markup, change words
(capitals are a matter of language), are random, or can fill the memory."""


# ── what is missing ──────────────────────────────────────────────────────────────────────────────────────────────────


class Unknown(StrictUndefined):
    """A name that is not known. To use it is a fault, whose hint is the most similar name."""

    __slots__ = ()

    def __init__(self, hint=None, obj=missing, name=None, exc=UndefinedError) -> None:
        super().__init__(hint, obj, name, exc)
        if exc is UndefinedError:
            self._undefined_exception = self._fault

    def _fault(self, message: str) -> Fault:
        name, holder = self._undefined_name, self._undefined_obj
        word = name if isinstance(name, str) else ""
        if self._undefined_hint:
            return Fault(message, word=word)
        if holder is missing:
            return Fault(f"there is no '{name}' here", nearest(name, VARIABLES), word)
        if isinstance(holder, Entry):
            keys = names(holder)
            return Fault(f"{kind(holder)} has no '{name}'", nearest(name, keys) or f"it has: {', '.join(keys)}", word)
        known = holder if isinstance(holder, dict) else vars(holder) if isinstance(holder, TemplateModule) else ()
        return Fault(f"{kind(holder)} has no '{name}'", nearest(name, known), word)


VARIABLES = ("content", "words", "layout", "draft", "marks", "personal", "page", "pages", "phrase", "range",
             "namespace", "loop")


# ── the environment ──────────────────────────────────────────────────────────────────────────────────────────────────


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's environment for one layout folder and the shared parts. Whatever a template asks for passes through
    it."""

    intercepted_binops = frozenset({"+", "*", "**", "%"})

    def __init__(self, folders: tuple[Path, ...], project: Path) -> None:
        super().__init__(
            loader=Loader(folders, project), undefined=Unknown, autoescape=True, finalize=_finalize, cache_size=-1
        )
        self.stamps: list[Place] = []
        self.filters = {name: jinja_filters.FILTERS[name] for name in FILTERS}
        self.filters |= {"text": markdown.text, "inline": markdown.inline, "date": words.date_in_words,
                         "grid": grid.grid, "address": _address, "dialled": _dialled}
        self.filters |= {"join": _join, "replace": _replace, "trim": _trim, " glue": _glue, " rounds": _rounds,
                         " paid": _paid, " file": _file}
        self.globals = {"range": _range, "namespace": Namespace, "phrase": words.phrase}

    def preprocess(self, source: str, name=None, filename=None) -> str:
        return stamp(source, filename or str(name), self.stamps)

    def compiled(self, source: str, name: str, shown: str) -> CodeType:
        """A template's code. Its stamps are numbered from those of the templates before it, so their count is
        a part of its name in the store."""
        first = len(self.stamps)
        made_from = ("template", source, name, shown, str(first))
        if kept := store.get(*made_from):
            code, stamps = marshal.loads(kept)
            self.stamps += [Place(shown, line, column) for line, column in stamps]
            return code
        code = self.compile(source, name, shown)
        store.put(marshal.dumps((code, [(place.line, place.column) for place in self.stamps[first:]])), *made_from)
        return code

    def _parse(self, source: str, name, filename):
        return _Guard(name, filename).visit(super()._parse(source, name, filename))

    def getattr(self, obj, attribute: str):
        if isinstance(obj, Entry) and attribute in _keys(type(obj)):
            return getattr(obj, attribute)  # the most frequent case; the checks below would let it pass
        return super().getattr(obj, attribute)

    def is_safe_attribute(self, obj, attr: str, value) -> bool:
        if attr.startswith("_"):
            return False
        if isinstance(obj, Entry):
            return attr in _keys(type(obj))
        return isinstance(obj, OPEN) or any(isinstance(obj, types) and attr in names for types, names in ATTRIBUTES)

    def unsafe_undefined(self, obj, attribute: str):
        return self.undefined(obj=obj, name=attribute)

    def wrap_str_format(self, value):
        return None  # str.format is out of reach, as every method that is not in ATTRIBUTES

    def call(self, context: Context, callee, /, *args, **kwargs):
        owner = getattr(callee, "__self__", None)
        merge_of(context).charge(CALL + (len(owner) if isinstance(owner, (str, list, tuple, dict)) else 0))
        if not callable(callee):
            raise Fault(f"{kind(callee)} cannot be called")
        made = super().call(context, callee, *args, **kwargs)
        if isinstance(made, Markup) and made[:1] == "\x01" and not MARK.sub("", made):
            return Markup("")  # a macro that printed nothing, so that {% if macro() %} is told no
        return _cut(owner, made) if isinstance(owner, Text) else made

    def call_binop(self, context: Context, operator: str, left, right):
        if operator == "+" and isinstance(left, (str, list, tuple)) and isinstance(right, (str, list, tuple)):
            if isinstance(left, str) and isinstance(right, str):
                return _glue(context, [left, right])
            merge_of(context).charge(len(left) + len(right))
        else:
            for side in (left, right):
                if not isinstance(side, (int, float)) and not isinstance(side, Unknown):
                    raise Fault(f"{kind(left)} {operator} {kind(right)} cannot be reckoned",
                                "~ joins texts, + joins lists")
                if not isinstance(side, Unknown) and abs(side) > LARGEST_NUMBER or operator == "**":
                    raise Fault("numbers this large cannot be reckoned with")
        return super().call_binop(context, operator, left, right)


@cache
def _keys(noun: type[Entry]) -> frozenset[str]:
    return frozenset(names(noun))


_of_thread = threading.local()


def sandbox(folders: tuple[Path, ...], project: Path) -> Sandbox:
    """The one environment of this thread for these folders; its templates stay parsed. (Threads share none: it knows
    what has been looked up in the merge that goes on.)"""
    known: dict[tuple, Sandbox] = _of_thread.__dict__
    key = folders, project
    if key not in known:
        known[key] = Sandbox(folders, project)
    return known[key]


class _Guard(NodeTransformer):
    """Makes loops, filters, includes and joins count what they cost, and gives imports the variables."""

    def __init__(self, name: str, filename: str) -> None:
        self.file = (name, filename)

    def visit_For(self, node: nodes.For):
        weight = sum(len(data.data) for data in node.find_all(nodes.TemplateData))
        node.iter = _filter(node.iter, " rounds", nodes.Const(ROUND + weight))
        return self.generic_visit(node)

    def visit_Filter(self, node: nodes.Filter):
        if node.name in FILTERS and node.node is not None:
            node.node = _filter(node.node, " paid")
        return self.generic_visit(node)

    def visit_Concat(self, node: nodes.Concat):
        return self.generic_visit(_filter(nodes.List(node.nodes, lineno=node.lineno), " glue"))

    def visit_file(self, node):
        node.template = _filter(node.template, " file")
        if not isinstance(node, nodes.Extends):
            node.with_context = True
        return self.generic_visit(node)

    visit_Include = visit_Import = visit_FromImport = visit_Extends = visit_file

    def visit_EvalContextModifier(self, node):
        raise TemplateSyntaxError("escaping cannot be switched off", node.lineno, *self.file)

    visit_ScopedEvalContextModifier = visit_EvalContextModifier


def _filter(expression: nodes.Expr, name: str, *args: nodes.Expr) -> nodes.Filter:
    return nodes.Filter(expression, name, list(args), [], None, None, lineno=expression.lineno)


def _cut(text: str, made: object) -> object:
    """The result of strip, split, trim or replace, which keeps what the text was made of. Where letters or digits are
    gone, the result counts as a part of a text that is not printed as a whole; so does a part of a part."""
    if not isinstance(made, (str, list)):
        return made
    if not (of := made_of(text)):
        return like(text, made) if isinstance(made, str) else made
    parts = [part for part in made if part.strip()] if isinstance(made, list) else [made]
    if _letters("".join(parts)) != _letters(text) or (len(parts) > 1 and isinstance(text, Piece)):
        of = tuple((place, 0, 0) for place, *_ in of)
    elif len(parts) > 1:
        return [within(text, Piece(part, ((of[0][0], number, len(parts)),))) for number, part in enumerate(parts)]
    pieces = [within(text, Piece(part, of)) for part in (made if isinstance(made, list) else [made])]
    return pieces if isinstance(made, list) else pieces[0]


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


@pass_context
def _finalize(context: Context, value):
    return merge_of(context).printed(value)


@pass_context
def _rounds(context: Context, items, cost: int):
    """The items of a loop; their cost is charged."""
    merge = merge_of(context)
    if isinstance(items, (str, list, tuple, dict, range)):
        merge.charge(len(items) * cost)
        return items
    if not hasattr(items, "__iter__"):
        raise Fault(f"{kind(items)} cannot be gone through by a loop")
    return _counted(merge, items, cost)


@pass_context
def _paid(context: Context, value):
    """The value that a filter gets; its cost is charged."""
    if isinstance(value, (str, list, tuple, dict)):
        merge_of(context).charge(len(value) * ROUND)
    return value


def _counted(merge: Merge, items, cost: int) -> Iterator:
    for item in items:
        merge.charge(cost)
        yield item


@pass_context
def _file(context: Context, name):
    merge_of(context).charge(FILE_COST)
    if not isinstance(name, str):
        raise Fault(f"the name of a file must be a text, not {kind(name)}")
    return str(name)


@pass_context
def _glue(context: Context, parts, between: str = ""):
    """Joins texts. The result has the place of the first part that has one."""
    if isinstance(parts, (str, int, float)) or not hasattr(parts, "__iter__") or not isinstance(between, str):
        raise Fault(f"join is for lists, not for {kind(parts)}", word="join")
    return glued(merge_of(context), parts, between)


def glued(merge: Merge, parts, between: str) -> str:
    """As `_glue`; parts in different languages each keep their own."""
    parts = [part if isinstance(part, str) else str(merge.printed(part)) for part in parts]
    merge.charge(sum(map(len, parts)) + len(between) * len(parts))
    markup = isinstance(between, Markup) or any(isinstance(part, Markup) for part in parts)
    if markup or len({getattr(part, "language", "") for part in parts}) > 1:
        return Markup(escape(between).join(merge.printed(part) for part in parts))
    texts = tuple(dict.fromkeys(one for part in parts for one in made_of(part)))
    if texts:
        return joined(Piece(between.join(parts), texts), between, parts)
    first = next((part for part in parts if getattr(part, "place", None)), parts[0] if parts else "")
    return joined(like(first, between.join(parts)), between, parts)


@pass_context
def _join(context: Context, items, between: str = ""):
    return _glue(context, items, between)


@pass_context
def _replace(context: Context, value, old: str, new: str):
    if isinstance(value, Markup) or not (isinstance(value, str) and isinstance(old, str) and isinstance(new, str)):
        raise Fault("replace is for texts")
    merge_of(context).charge(len(value) + (value.count(old) * len(new)))
    return _cut(value, value.replace(old, new))


@pass_context
def _trim(context: Context, value):
    made = jinja_filters.do_trim(value)
    return _cut(value, made) if isinstance(value, Text) else made


def _address(value: str):
    """Filter `address`: a web address as it is printed."""
    return like(value, address(value)) if isinstance(value, str) else value


def _dialled(value: str) -> str:
    """Filter `dialled`: the digits of a telephone number, as tel: has them (RFC 3966); "" for anything else, such as
    two numbers, or one with an extension."""
    number = re.sub(r"\(0\)|[\s()./\u2010-\u2015-]", "", value) if isinstance(value, str) else ""
    return number if re.fullmatch(r"\+?[0-9]{3,15}", number) else ""


@pass_context
def _range(context: Context, *args: int) -> range:
    if not 0 < len(args) < 4 or not all(isinstance(arg, int) for arg in args) or args[2:] == (0,):
        raise Fault("range is for one to three whole numbers", word="range")
    numbers = range(*args)
    if abs(numbers.stop - numbers.start) // abs(numbers.step) > LONGEST_RANGE:
        raise Fault(f"a range may not have more than {LONGEST_RANGE} numbers", word="range")
    merge_of(context).charge(len(numbers))
    return numbers
