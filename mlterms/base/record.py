"""`@record`: a frozen dataclass that is quick to define, for what is imported before the first screen.

`dataclass` writes and compiles the methods of each class, which takes a third of a millisecond: for all our
classes together, a tenth of the time of a start. Records share theirs. `fields` and `replace` of
`dataclasses` work with them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, FrozenInstanceError, dataclass, field, fields
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(kind: type[T]) -> type[T]:
    """The class as a record: what `@dataclass(frozen=True)` would make of it. All fields are compared."""
    made: Any = dataclass(init=False, repr=False, eq=False)(kind)  # compiles nothing, and finds the fields
    made._names = tuple(each.name for each in fields(made))
    made._known = frozenset(made._names)
    made._defaults = {each.name: each.default for each in fields(made) if each.default is not MISSING}
    made._factories = [
        (each.name, each.default_factory) for each in fields(made) if each.default_factory is not MISSING
    ]
    made._has_more_to_do = hasattr(made, "__post_init__")
    for name, method in _METHODS.items():
        setattr(made, name, method)
    return kind


class _Methods:
    """The methods that every record shares."""

    _names: tuple[str, ...]
    _known: frozenset[str]
    _defaults: dict[str, Any]
    _factories: list[tuple[str, Any]]
    _has_more_to_do: bool
    __post_init__: Callable[[], None]

    def __init__(self, *values: Any, **named: Any) -> None:
        content, names = vars(self), self._names
        content.update(self._defaults)
        for name, factory in self._factories:
            content[name] = factory()
        if values:
            content.update(zip(names, values, strict=False))
            if len(values) > len(names) or not named.keys().isdisjoint(names[: len(values)]):
                raise TypeError(f"{type(self).__name__} takes each field once: {', '.join(names)}")
        content.update(named)
        if content.keys() != self._known:
            wrong = ", ".join(sorted(content.keys() ^ self._known))
            raise TypeError(f"{type(self).__name__} takes {', '.join(names)}; missing or unknown: {wrong}")
        if self._has_more_to_do:
            self.__post_init__()

    def __repr__(self) -> str:
        content = ", ".join(f"{name}={getattr(self, name)!r}" for name in self._names)
        return f"{type(self).__qualname__}({content})"

    def __eq__(self, other: object) -> bool:
        return vars(self) == vars(other) if other.__class__ is self.__class__ else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple([getattr(self, name) for name in self._names]))

    def __setattr__(self, name: str, value: object) -> None:
        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> None:
        raise FrozenInstanceError(f"cannot delete field {name!r}")


_METHODS = {
    name: vars(_Methods)[name]
    for name in ("__init__", "__repr__", "__eq__", "__hash__", "__setattr__", "__delattr__")
}
