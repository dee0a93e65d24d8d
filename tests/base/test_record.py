"""Records behave as frozen dataclasses do."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Mapping
from dataclasses import FrozenInstanceError, dataclass, field, fields, is_dataclass, replace
from functools import cached_property
from typing import Any

import pytest

from mlterms.base.record import record


@record
class Place:
    """A field without a default, one with, and one that is made for each."""

    name: str
    size: int = 1
    tags: Mapping[str, str] = field(default_factory=dict)


@record
class Town(Place):
    """One more field."""

    mayor: str = ""

    def __post_init__(self) -> None:
        if self.size < 0:
            raise ValueError(f"{self.name} is too small")


@dataclass(frozen=True)
class DataPlace:
    """The same fields as `Place`."""

    name: str
    size: int = 1
    tags: Mapping[str, str] = field(default_factory=dict)


@pytest.mark.parametrize("kind", [Place, DataPlace])
def test_a_record_is_made_compared_and_shown_as_a_dataclass(kind: Any) -> None:
    one = kind("a", size=2)
    assert (one.name, one.size, one.tags) == ("a", 2, {})
    assert one == kind(name="a", size=2)
    assert one != kind("a", 3)
    assert one.__eq__(DataPlace if kind is Place else Place) is NotImplemented
    assert repr(one) == f"{kind.__name__}(name='a', size=2, tags={{}})"
    assert replace(one, size=5) == kind("a", 5)
    assert kind("a").tags is not kind("a").tags
    assert hash(kind("a", 1, ("t",))) == hash(("a", 1, ("t",)))
    assert pickle.loads(pickle.dumps(one)) == copy.deepcopy(one) == one
    match one:
        case kind(name, size):
            assert (name, size) == ("a", 2)


@pytest.mark.parametrize("kind", [Place, DataPlace])
def test_a_record_cannot_be_changed(kind: Any) -> None:
    one = kind("a")
    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'size'"):
        one.size = 2
    with pytest.raises(FrozenInstanceError, match="cannot delete field 'size'"):
        del one.size
    assert one == kind("a")


@pytest.mark.parametrize("kind", [Place, DataPlace])
@pytest.mark.parametrize(
    ("values", "named"), [((), {}), (("a",), {"nme": 1}), (("a",), {"name": "b"}), (("a", 1, {}, 4), {})]
)
def test_missing_unknown_and_repeated_fields_are_refused(
    kind: Any, values: tuple[Any, ...], named: dict[str, Any]
) -> None:
    with pytest.raises(TypeError):
        kind(*values, **named)


def test_a_misspelled_field_does_not_make_up_for_the_one_that_is_missing() -> None:
    @record
    class Pair:
        one: int
        other: int

    with pytest.raises(TypeError, match="othre"):
        Pair(one=1, othre=2)  # type: ignore[call-arg]  # that is the mistake


def test_what_a_record_has_cached_is_neither_compared_nor_hashed() -> None:
    @record
    class Square:
        side: int

        @cached_property
        def area(self) -> int:
            return self.side**2

    used, fresh = Square(3), Square(3)
    assert used.area == 9
    assert used == fresh
    assert hash(used) == hash(fresh)


def test_a_record_has_the_fields_of_what_it_is_derived_from() -> None:
    assert is_dataclass(Town)
    assert [each.name for each in fields(Town)] == ["name", "size", "tags", "mayor"]
    town = Town("a", mayor="m")
    assert isinstance(town, Place)
    assert town != Place("a")
    assert (town.size, town.mayor) == (1, "m")


def test_what_a_class_does_after_its_fields_are_set_is_done() -> None:
    with pytest.raises(ValueError, match="a is too small"):
        Town("a", -1)


def test_a_record_may_be_named_only_changed_or_the_same_as_nothing_else() -> None:
    @record(kw_only=True)
    class Named:
        name: str

    @record(frozen=False, eq=False)
    class Free:
        size: int = 1

    assert Named(name="a") == Named(name="a")
    with pytest.raises(TypeError):
        Named("a")  # type: ignore[misc]  # that is the mistake
    free = Free()
    free.size = 2
    assert (free.size, free == Free(2), len({free, Free()})) == (2, False, 2)


def test_a_field_may_only_be_given_by_its_name() -> None:
    @record
    class Base:
        ghost: bool = field(default=False, kw_only=True)

    @record
    class Drawn(Base):
        at: int = 0

    assert Drawn(3, ghost=True).at == 3
    assert repr(Drawn(3)).endswith("Drawn(ghost=False, at=3)")
    with pytest.raises(TypeError):
        Drawn(3, True)  # type: ignore[misc]  # that is the mistake


class Upper:
    """A field in capital letters, by default "A"."""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, instance: Any, owner: type) -> str:
        return "a" if instance is None else str(vars(instance)[self.name])

    def __set__(self, instance: Any, value: Any) -> None:
        vars(instance)[self.name] = value.upper()


@record
class Sign:
    letter: Upper = Upper()

    def __repr__(self) -> str:
        return f"<{self.letter}>"


@record
class Arrow(Sign):
    size: int = 1


@pytest.mark.parametrize("kind", [Sign, Arrow])
def test_a_descriptor_takes_its_field_and_methods_of_the_class_stay(kind: Any) -> None:
    assert [repr(kind()), repr(kind("b")), repr(replace(kind("b"), letter="c"))] == ["<A>", "<B>", "<C>"]
    with pytest.raises(FrozenInstanceError):
        kind("b").letter = "d"
