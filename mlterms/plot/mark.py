"""What every mark is made of: fields that own their numbers and words, and the checks that name the mark.

A mark copies whatever array-like it is given into a read-only float array, so a frame that was shown
stays what it was while the run goes on. NaN and infinity are allowed, and will be shown as such.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from typing import Any, overload

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mlterms.base.errors import MltermsError
from mlterms.base.text import one_line

Floats = NDArray[np.float64]

ROLES = ("first", "second", "third", "train", "test", "good", "bad", "muted", "accent")


class MarkError(MltermsError, ValueError):
    """A mark was described in a way that cannot be drawn; the message names the mark and the shape."""


def floats(mark: str, name: str, value: ArrayLike, ndim: int) -> Floats:
    """`value` as a read-only float array of `ndim` dimensions; a single number counts as one entry."""
    if (
        isinstance(value, np.ndarray)
        and value.dtype == np.float64
        and value.ndim == ndim
        and value.base is None
        and not value.flags.writeable
    ):
        return value
    try:
        with np.errstate(all="ignore"):  # a wider float that does not fit becomes inf, and is drawn as such
            array = np.array(value, dtype=np.float64)
    except (TypeError, ValueError, OverflowError) as error:
        raise MarkError(f"{mark}: {name} must be numbers ({error})") from None
    if array.ndim == 0 and ndim == 1:
        array = array.reshape(1)
    if array.ndim != ndim:
        raise MarkError(
            f"{mark}: {name} must have {ndim} dimension{'s' * (ndim > 1)}, not shape {array.shape}"
        )
    array.setflags(write=False)
    return array


class Numbers:
    """A field of a mark that is given anything array-like and holds a read-only float array."""

    def __init__(self, ndim: int = 1) -> None:
        self.ndim = ndim

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, mark: None, owner: type) -> Numbers: ...
    @overload
    def __get__(self, mark: object, owner: type) -> Floats: ...
    def __get__(self, mark: object | None, owner: type) -> Numbers | Floats:
        if mark is None:
            raise AttributeError(self.name)  # tells @dataclass that there is no default
        array: Floats = mark.__dict__[self.name]
        return array

    def __set__(self, mark: object, value: ArrayLike) -> None:
        mark.__dict__[self.name] = floats(type(mark).__name__, self.name, value, self.ndim)


class Words:
    """A field of a mark that is given any text and holds one clean line."""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, mark: object | None, owner: type) -> str:
        return "" if mark is None else str(mark.__dict__[self.name])

    def __set__(self, mark: object, value: str) -> None:
        mark.__dict__[self.name] = one_line(str(value))


def check_ends(what: str, low: float | None, high: float | None) -> None:
    """Raise MarkError unless each given end is finite and low lies below high."""
    for name, end in (("low", low), ("high", high)):
        if end is not None and not np.isfinite(end):
            raise MarkError(f"{what}: {name} must be finite, not {end}")
    if low is not None and high is not None and not low < high:
        raise MarkError(f"{what}: low {low} must be below high {high}")


@dataclass(frozen=True, eq=False)
class Mark:
    """What all marks share. ghost: drawn muted, behind the others, as what the previous run looked like."""

    ghost: bool = field(default=False, kw_only=True)

    def __eq__(self, other: object) -> bool:
        """Whether both would be drawn alike: the same kind, and the same numbers, where NaN equals NaN."""
        if type(other) is not type(self):
            return NotImplemented
        return all(_alike(getattr(self, f.name), getattr(other, f.name)) for f in fields(self))

    __hash__ = None  # type: ignore[assignment]  # the annotation of object.__hash__ has no room for None

    def _check(self, right: bool, message: str) -> None:
        if not right:
            raise MarkError(f"{type(self).__name__}: {message}")

    def _check_role(self, role: str) -> None:
        self._check(role in ROLES, f"role must be one of {', '.join(ROLES)}, not {role!r}")

    def _check_lengths(self, **arrays: Floats) -> None:
        shapes = {name: array.shape for name, array in arrays.items()}
        same = len(set(shapes.values())) == 1
        told = " and ".join(f"{name} {shape}" for name, shape in shapes.items())
        self._check(same, f"{' and '.join(shapes)} must be equally long, not {told}")

    def _check_extent(self, name: str, extent: tuple[float, float]) -> None:
        low, high = (float(end) for end in extent)
        self._check(
            np.isfinite(low) and np.isfinite(high) and low < high, f"{name}={extent} must run upwards"
        )
        self._set(**{name: (low, high)})

    def _set(self, **values: Any) -> None:
        for name, value in values.items():
            object.__setattr__(self, name, value)


def _alike(one: Any, other: Any) -> bool:
    if isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
        return np.array_equal(one, other, equal_nan=True)
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(_alike, one, other))
    return bool(one == other or (one != one and other != other))


def clean_names(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(one_line(str(name)) for name in names)
