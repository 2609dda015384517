"""Makes plain classes of data, as the standard library's dataclasses do, and starts faster.

A dataclass writes and compiles six methods when its module is loaded, which for a hundred classes takes longer than a
leaflet. Here the `__init__` of a class is written when its first instance is made, and all classes share the other
methods. The cold figure of `make bench` depends on it.
"""

from __future__ import annotations

import functools
import keyword
import sys
import types
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform, get_type_hints

T = TypeVar("T")


class _Missing:
    def __repr__(self) -> str:
        return "…"


MISSING = _Missing()


class field:
    """A field whose default is made anew for each instance, or that `repr` leaves out."""

    __slots__ = ("default", "default_factory", "repr")

    def __init__(self, *, default: Any = MISSING, default_factory: Any = MISSING, repr: bool = True) -> None:
        self.default, self.default_factory, self.repr = default, default_factory, repr


@dataclass_transform(field_specifiers=(field,))
def record(cls: Any = None, /, *, frozen: bool = False, slots: bool = False, eq: bool = True,
           order: bool = False) -> Any:
    """Decorator; the options are those of dataclasses.dataclass. Defaults are not checked for being mutable.

    A field that is written with an underscore behind it (`break_`) has the name without it, which is a word of Python.
    """
    if cls is None:
        return lambda cls: record(cls, frozen=frozen, slots=slots, eq=eq, order=order)
    for name in [name for name in cls.__annotations__ if name.endswith("_")]:
        _rename(cls, name)
    inherited: dict[str, field] = {}
    for base in reversed(cls.__mro__[1:]):
        inherited |= base.__dict__.get("__record__", {})
    given = cls.__dict__
    own = {}
    for name in cls.__annotations__:
        default = given.get(name, MISSING)
        own[name] = default if default.__class__ is field else field(default=default)
    body: dict[str, Any] = {"__record__": inherited | own}
    if "__repr__" not in given:
        body["__repr__"] = _repr
    if eq:
        body["__eq__"], body["__hash__"] = _eq, _hash if frozen else None
    if order:
        body |= {"__lt__": _lt, "__le__": _le, "__gt__": _gt, "__ge__": _ge}
    if frozen:
        body["__setattr__"] = body["__delattr__"] = _frozen

    def write(self: Any, *args: Any, **kwargs: Any) -> None:
        made.__init__ = _init(made, frozen)
        made.__init__(self, *args, **kwargs)

    if "__init__" not in given:
        body["__init__"] = write
    if slots:
        body["__slots__"] = tuple(name for name in own if name not in inherited)
        if frozen:
            body["__getstate__"], body["__setstate__"] = _values, _set_values
        kept = {key: value for key, value in given.items() if key not in own and key not in ("__dict__", "__weakref__")}
        made = type(cls)(cls.__name__, cls.__bases__, kept | body)
        made.__qualname__ = cls.__qualname__
    else:
        made = cls
        for name, one in own.items():
            if one.default is not MISSING:
                setattr(cls, name, one.default)
            elif name in given:
                delattr(cls, name)
        for name, value in body.items():
            setattr(cls, name, value)
    return made


def _rename(cls: Any, name: str) -> None:
    """Take the underscore from the name of a field; the order stays."""
    new = name.removesuffix("_")
    cls.__annotations__ = {new if one == name else one: said for one, said in cls.__annotations__.items()}
    if name in cls.__dict__:
        setattr(cls, new, cls.__dict__[name])
        delattr(cls, name)


def is_record(cls: Any) -> bool:
    """Whether a class, or the class of a value, is a record."""
    return hasattr(cls, "__record__")


def fields(noun: Any) -> dict[str, field]:
    """The fields of a record or of its class by name, in order; one without a default has MISSING in its place."""
    known: dict[str, field] = noun.__record__
    return known


def names(noun: Any) -> tuple[str, ...]:
    """Names of the fields of a record or of its class, in order."""
    return tuple(noun.__record__)


def hint_of(cls: Any, name: str) -> Any:
    """The type of a field, with its markers (`Annotated`)."""
    return _hint(cls.__module__, cls.__annotations__[name])


@functools.cache
def _hint(module: str, said: str) -> Any:
    # one field at a time: to make the types of all fields takes longer than to read an article
    one = types.SimpleNamespace(__annotations__={"one": said})
    return get_type_hints(one, vars(sys.modules[module]), include_extras=True)["one"]


def replace(one: T, **changes: Any) -> T:
    """A copy with other values in some fields."""
    for name in fields(one):
        if name not in changes:
            changes[name] = getattr(one, name)
    return one.__class__(**changes)


# ── what all records share ───────────────────────────────────────────────────────────────────────────────────────────


def _init(cls: Any, frozen: bool) -> Any:
    """The `__init__` of a class; what a frozen one holds is set past its own `__setattr__`."""
    known: dict[str, Any] = {"MISSING": MISSING, "put": object.__setattr__}
    head, body, rest = ["self"], [], False
    for name, one in cls.__record__.items():
        if keyword.iskeyword(name):  # given by its name alone; it has a default
            rest, known[f"default_{name}"] = True, one.default
            value = f"rest.pop({name!r}, default_{name})"
            body.append(f" put(self, {name!r}, {value})" if frozen else f" setattr(self, {name!r}, {value})")
            continue
        value = name
        if one.default_factory is not MISSING:
            known[f"make_{name}"] = one.default_factory
            head.append(f"{name}=MISSING")
            value = f"make_{name}() if {name} is MISSING else {name}"
        elif one.default is not MISSING:
            known[f"default_{name}"] = one.default
            head.append(f"{name}=default_{name}")
        else:
            head.append(name)
        body.append(f" put(self, {name!r}, {value})" if frozen else f" self.{name} = {value}")
    if rest:
        head.append("**rest")
        body.append(" if rest: raise TypeError(f'unknown: {list(rest)}')")
    source = f"def __init__({', '.join(head)}):\n" + ("\n".join(body) or " pass")
    exec(source, known)  # noqa: S102 (names of fields and nothing else)
    made = known["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    return made


def _of(cls: Any) -> Any:
    """What takes the values of all fields from an instance, as a tuple (of one field: the value)."""
    found = cls.__dict__.get("__values__")
    if found is None:
        found = attrgetter(*cls.__record__) if cls.__record__ else lambda one: ()
        cls.__values__ = staticmethod(found)
        found = cls.__values__
    return found


def _values(self: Any) -> list[Any]:
    return [getattr(self, name) for name in self.__record__]


def _set_values(self: Any, values: list[Any]) -> None:
    for name, value in zip(self.__record__, values):
        object.__setattr__(self, name, value)


def _eq(self: Any, other: Any) -> Any:
    if other.__class__ is not self.__class__:
        return NotImplemented
    values = _of(self.__class__)
    return values(self) == values(other)


def _hash(self: Any) -> int:
    return hash(_of(self.__class__)(self))


def _lt(self: Any, other: Any) -> Any:
    return _values(self) < _values(other) if other.__class__ is self.__class__ else NotImplemented


def _le(self: Any, other: Any) -> Any:
    return _values(self) <= _values(other) if other.__class__ is self.__class__ else NotImplemented


def _gt(self: Any, other: Any) -> Any:
    return _values(self) > _values(other) if other.__class__ is self.__class__ else NotImplemented


def _ge(self: Any, other: Any) -> Any:
    return _values(self) >= _values(other) if other.__class__ is self.__class__ else NotImplemented


def _repr(self: Any) -> str:
    shown = (f"{name}={getattr(self, name)!r}" for name, one in self.__record__.items() if one.repr)
    return f"{self.__class__.__qualname__}({', '.join(shown)})"


def _frozen(self: Any, name: str, *value: Any) -> None:
    raise AttributeError(f"{self.__class__.__name__}.{name} cannot be changed")
