"""`@record`: a frozen dataclass that is quick to define, for what is imported before the first screen.

`dataclass` writes and compiles the methods of each class, which takes a third of a millisecond: for all our
classes together, a tenth of the time of a start. Records share theirs. `fields` and `replace` of
`dataclasses` work with them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import MISSING, FrozenInstanceError, dataclass, field, fields
from typing import Any, TypeVar, dataclass_transform, overload

T = TypeVar("T")


@overload
def record(cls: type[T]) -> type[T]: ...
@overload
def record(
    *, frozen: bool = True, eq: bool = True, kw_only: bool = False
) -> Callable[[type[T]], type[T]]: ...
@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(cls: type[T] | None = None, *, frozen: bool = True, eq: bool = True, kw_only: bool = False) -> Any:
    """The class as a record: what `@dataclass(frozen=True)` would make of it. All fields are compared.

    A method stays what it is if the class, or one that it is derived from, has its own.
    """
    methods = [*_COMMON, *(_COMPARING if eq else ()), *(_FREEZING if frozen else ())]
    if cls is None:
        return lambda cls: _as_record(cls, methods, kw_only)
    return _as_record(cls, methods, kw_only)


def _as_record(cls: type[T], methods: Iterable[str], kw_only: bool) -> type[T]:
    target: Any = dataclass(init=False, repr=False, eq=False, kw_only=kw_only)(cls)  # compiles nothing
    every = fields(target)
    target._names = tuple(each.name for each in every)
    target._places = tuple(each.name for each in every if not each.kw_only)
    target._name_set = frozenset(target._names)
    target._defaults = {each.name: each.default for each in every if each.default is not MISSING}
    target._factories = [
        (each.name, each.default_factory) for each in every if each.default_factory is not MISSING
    ]
    own = (name for name in target._names if hasattr(vars(target).get(name), "__set__"))
    target._checked = (*getattr(target, "_checked", ()), *own)
    target._has_post_init = hasattr(target, "__post_init__")
    for name in methods:
        if getattr(target, name) is getattr(object, name):
            setattr(target, name, vars(_Methods)[name])
    return cls


class _Methods:
    """The methods that every record shares.

    _places: the names of the fields that need not be named. _checked: of those that a descriptor takes.
    """

    _names: tuple[str, ...]
    _places: tuple[str, ...]
    _name_set: frozenset[str]
    _defaults: dict[str, Any]
    _factories: list[tuple[str, Any]]
    _checked: tuple[str, ...]
    _has_post_init: bool
    __post_init__: Callable[[], None]

    def __init__(self, *values: Any, **named: Any) -> None:
        content, names = vars(self), self._places
        content.update(self._defaults)
        for name, factory in self._factories:
            content[name] = factory()
        if values:
            content.update(zip(names, values, strict=False))
            if len(values) > len(names) or not named.keys().isdisjoint(names[: len(values)]):
                raise TypeError(f"{type(self).__name__} takes each field once: {', '.join(names)}")
        content.update(named)
        if content.keys() != self._name_set:
            wrong = ", ".join(sorted(content.keys() ^ self._name_set))
            raise TypeError(
                f"{type(self).__name__} takes {', '.join(self._names)}; missing or unknown: {wrong}"
            )
        for name in self._checked:
            object.__setattr__(self, name, content[name])
        if self._has_post_init:
            self.__post_init__()

    def __repr__(self) -> str:
        content = ", ".join(f"{name}={getattr(self, name)!r}" for name in self._names)
        return f"{type(self).__qualname__}({content})"

    def __eq__(self, other: object) -> bool:
        return _values(self) == _values(other) if other.__class__ is self.__class__ else NotImplemented

    def __hash__(self) -> int:
        return hash(_values(self))

    def __setattr__(self, name: str, value: object) -> None:
        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> None:
        raise FrozenInstanceError(f"cannot delete field {name!r}")


def _values(instance: Any) -> tuple[Any, ...]:
    """The values of a record's fields. Only they are compared and hashed, and not what it has cached."""
    return tuple([getattr(instance, name) for name in instance._names])


_COMMON = ("__init__", "__repr__")
_COMPARING = ("__eq__", "__hash__")
_FREEZING = ("__setattr__", "__delattr__")
