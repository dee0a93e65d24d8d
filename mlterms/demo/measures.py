"""What `measure` returns, checked: named numbers, and small arrays that only the past of a run keeps."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from keyword import iskeyword
from numbers import Integral, Real
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from numpy.typing import NDArray

LARGEST_ARRAY = 64  # numbers in one array; every update that the past keeps has a copy of it


class Measured(NamedTuple):
    """What was measured at one update: name → number, and name → array for tracks of several numbers."""

    numbers: dict[str, float | int]
    arrays: dict[str, NDArray[Any]]


NOTHING_MEASURED = Measured({}, {})


def checked_measures(returned: object) -> Measured:
    """The measures as plain Python numbers, NaN and infinity included; arrays of several numbers apart.

    Raises TypeError or ValueError that says which measure is wrong and what it can be.
    """
    if not isinstance(returned, Mapping):
        what = "nothing" if returned is None else f"a {type(returned).__name__}"
        raise TypeError(f'measure returns {what}, not a dict: write return {{"loss": …}}')
    numbers: dict[str, float | int] = {}
    arrays: dict[str, NDArray[Any]] = {}
    for name, value in returned.items():
        _check_name(name)
        if isinstance(value, float):  # np.float64 as well
            numbers[name] = float(value)
        elif getattr(value, "size", 1) > 1 and getattr(getattr(value, "dtype", None), "kind", "") in "biuf":
            arrays[name] = _copied_array(name, value)
        else:
            numbers[name] = _number(name, value)
    return Measured(numbers, arrays)


@lru_cache(maxsize=1024)
def _check_name(name: object) -> None:
    if not isinstance(name, str) or not name.isidentifier() or iskeyword(name):
        raise ValueError(f"measure {name!r}: a name is letters, digits and _, so that a card can compare it")


def _copied_array(name: str, value: NDArray[Any]) -> NDArray[Any]:
    if value.size > LARGEST_ARRAY:
        raise ValueError(f"measure {name}: an array has up to {LARGEST_ARRAY} numbers, not {value.size}")
    return value.astype(float)


def _number(name: str, value: Any) -> float | int:
    if hasattr(value, "item") and getattr(value, "size", 0) == 1:
        value = value.item()
    if isinstance(value, bool | Integral):
        return int(value)
    if isinstance(value, Real):
        return float(value)
    shape = getattr(value, "shape", None)
    what = f"an array of shape {shape}" if shape is not None else f"{type(value).__name__} {value!r}"
    raise TypeError(f"measure {name}: one number is needed, not {what}")
