"""Fields of marks that check and own what they are given: read-only arrays of floats, and clean words.

A mark copies every array that it is given, so a picture that was shown stays what it was while the run goes
on. NaN and infinity are allowed, and are shown as what they are.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeAlias, overload

import numpy as np

from mlterms.base.errors import MltermsError
from mlterms.base.text import one_line

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

Floats: TypeAlias = "NDArray[np.float64]"

ROLES = ("first", "second", "third", "train", "test", "good", "bad", "muted", "accent")


class MarkError(MltermsError, ValueError):
    """A mark cannot be drawn as it was described. The message names the mark and says what is wrong."""


def floats(mark: str, name: str, value: ArrayLike, ndim: int) -> Floats:
    """`value` as a read-only float array of `ndim` dimensions. A single number counts as one entry."""
    if (
        isinstance(value, np.ndarray)
        and value.dtype == np.float64
        and value.ndim == ndim
        and value.base is None
        and not value.flags.writeable
    ):
        return value
    try:
        with np.errstate(all="ignore"):  # a wider float that does not fit becomes inf
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
    """A field that takes anything array-like and holds a read-only float array."""

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
    """A field that takes any text and holds one clean line."""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, mark: object | None, owner: type) -> str:
        return "" if mark is None else str(mark.__dict__[self.name])

    def __set__(self, mark: object, value: str) -> None:
        mark.__dict__[self.name] = one_line(str(value))


def check_ends(what: str, low: float | None, high: float | None) -> None:
    """Raise MarkError unless the ends that are given are finite and low is below high."""
    for name, end in (("low", low), ("high", high)):
        if end is not None and not np.isfinite(end):
            raise MarkError(f"{what}: {name} must be finite, not {end}")
    if low is not None and high is not None and not low < high:
        raise MarkError(f"{what}: low {low} must be below high {high}")


def clean_names(names: Iterable[str]) -> tuple[str, ...]:
    """Each name as one clean line."""
    return tuple(one_line(str(name)) for name in names)
