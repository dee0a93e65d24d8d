"""From numbers to places: the range of an axis, where a value is on it, and its ticks. No drawing."""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from mlterms.base.record import record
from mlterms.plot.axis import Axis
from mlterms.plot.mark_fields import Floats
from mlterms.plot.numbers import on_axis, short

if TYPE_CHECKING:
    from numpy.typing import NDArray

GREATEST = float(np.finfo(np.float64).max)
LEAST = float(np.nextafter(0.0, 1.0))  # the smallest number above zero

FAR = 1e9
_EDGE = 1e-9  # of the chart: what rounding may do to a value on its edge

# An axis that fits itself to its marks does not magnify differences below this part of the values: a loss
# that stays at ln 2 should look as if it stays there, and not like noise.
_SAME = 1e-5


def within(values: Floats, low: float, high: float) -> Floats:
    """The values, those beyond an end at that end. NaN stays. For a few values np.clip is much slower."""
    return np.asarray(np.minimum(np.maximum(values, low), high), dtype=np.float64)


@record
class Scale:
    """An axis from `low` to `high`, both finite and low < high; above zero where `log`.

    whole: its ticks are whole numbers.
    """

    low: float
    high: float
    log: bool = False
    whole: bool = False

    def unit(self, values: Floats | float) -> Floats:
        """Where values are, 0 at low and 1 at high, and no further off than `FAR` such lengths.

        NaN stays NaN. What a log axis cannot show is as far below as possible.
        """
        values = np.asarray(values, dtype=np.float64)
        low, high = self.low, self.high
        with np.errstate(all="ignore"):
            if self.log:
                values = np.log10(np.where(values > 0, values, np.where(np.isnan(values), np.nan, 0.0)))
                low, high = math.log10(low), math.log10(high)
            if math.isinf(high - low):  # a range wider than floats are
                values, low, high = values / 2, low / 2, high / 2
            return within((values - low) / (high - low), -FAR, FAR)

    def at(self, unit: Floats) -> Floats:
        """The values at these places, which are between 0 and 1."""
        if self.log:
            low, high = math.log10(self.low), math.log10(self.high)
            with np.errstate(all="ignore"):
                return np.asarray(10 ** (low + unit * (high - low)), dtype=np.float64)
        return np.asarray(self.low * (1 - unit) + self.high * unit, dtype=np.float64)


UNIT = Scale(0, 1)  # of what has no values along an axis


def beyond(
    x_scale: Scale, y_scale: Scale, x: Floats, y: Floats, is_path: bool
) -> dict[str, NDArray[np.bool_]]:
    """Which of the points (x, y) are off the chart, by the side at which they left: up, down, left, right.

    is_path: whether x is a value too. Otherwise the window on x was chosen, and what is outside of it does
    not count.
    """
    across, up = x_scale.unit(x), y_scale.unit(y)
    beside = (across < -_EDGE) | (across > 1 + _EDGE)
    seen = ~(np.isnan(across) | np.isnan(up)) & (is_path | ~beside)
    above, below = seen & (up > 1 + _EDGE), seen & (up < -_EDGE)
    level = seen & beside & ~above & ~below
    return {"up": above, "down": below, "left": level & (across < 0), "right": level & (across > 0)}


def fit(values: Iterable[Floats], axis: Axis, pad: float = 0.0) -> Scale:
    """The range of an axis: its pins, or else what the finite values need, and `pad` of it more.

    Values that never fall below zero get no room below it, and values that never rise above zero none above.
    """
    low, high = _extremes(values, axis.log)
    if low is None or high is None:
        low, high = (1.0, axis.reach or 10.0) if axis.log else (0.0, axis.reach or 1.0)
        low, high = _pin_ends(low, high, axis)
        return Scale(low, high, axis.log, axis.whole)
    if axis.log:
        start, end = math.log10(low), math.log10(high)
        extra = 0.5 if end - start < _SAME else pad * (end - start)
        low = low if axis.low is not None else max(LEAST, _power(start - extra))
        high = high if axis.high is not None else _double_reach(high, axis.reach) or _power(end + extra)
        low, high = _pin_ends(low, high, axis)
        return Scale(low, high, True, axis.whole)
    least, most = low, high
    if high / 2 - low / 2 <= _SAME / 2 * max(abs(low), abs(high)):
        spread = abs(high) * 0.1 or 1.0
        low, high = low - spread, high + spread
    elif pad:
        low, high = _padded(low, high, pad)
        if least >= 0 > low:
            low = 0.0
        if most <= 0 < high:
            high = 0.0
    high = _double_reach(most, axis.reach) or high
    low, high = _pin_ends(max(low, -GREATEST), min(high, GREATEST), axis)
    return Scale(low, high, whole=axis.whole)


def _extremes(values: Iterable[Floats], log: bool) -> tuple[float | None, float | None]:
    low: float | None = None
    high: float | None = None
    for array in values:
        right = array[np.isfinite(array) & (array > 0)] if log else array[np.isfinite(array)]
        if right.size:
            low = float(right.min()) if low is None else min(low, float(right.min()))
            high = float(right.max()) if high is None else max(high, float(right.max()))
    return low, high


def _padded(low: float, high: float, pad: float) -> tuple[float, float]:
    """Wider by `pad` at both ends, and out to a round number, so that the axis does not move all the time."""
    span = high - low
    if not 1e-290 < span < 1e300:  # next to the ends of what floats can hold
        return low, high
    grain = _nice(span / 5) / 5
    if max(abs(low), abs(high)) / grain > 1e15:
        return low, high
    return math.floor((low - pad * span) / grain) * grain, math.ceil((high + pad * span) / grain) * grain


def _double_reach(most: float, reach: float | None) -> float | None:
    """`reach`, doubled until `most` is below it. None without a reach."""
    if reach is None:
        return None
    times = most / reach
    if times > 1e300:  # next to the end of what floats can hold
        return GREATEST
    return reach * 2.0 ** math.ceil(math.log2(times) - 1e-12) if times > 1 else reach


def _pin_ends(low: float, high: float, axis: Axis) -> tuple[float, float]:
    if axis.low is not None:
        low = float(axis.low)
    if axis.high is not None:
        high = float(axis.high)
    if low < high:
        return low, high
    if axis.low is None:  # everything is beyond the pinned end: some room before it
        return (high / 10 or LEAST, high) if axis.log else (high - (abs(high) * 0.1 or 1.0), high)
    if axis.log:
        return (low, low * 10) if low <= GREATEST / 10 else (low, GREATEST)
    return low, low + (abs(low) * 0.1 or 1.0)


def _power(exponent: float) -> float:
    return float(10**exponent) if exponent < 308.25 else GREATEST


def _nice(rough: float) -> float:
    """The smallest of 1, 2, 5 times a power of ten that is not below `rough`, except for rounding."""
    power = 10.0 ** math.floor(math.log10(rough))
    return next(step * power for step in (1, 2, 5, 10) if step * power >= rough * (1 - 1e-9))


@record
class Ticks:
    """Where ticks are (data coordinates, rising) and what is written at each."""

    at: tuple[float, ...]
    labels: tuple[str, ...]


@lru_cache(maxsize=512)
def ticks(scale: Scale, most: int) -> Ticks:
    """At most `most` ticks, in steps of 1, 2 or 5 times a power of ten, or in decades on a log axis."""
    if most < 1:
        return Ticks((), ())
    if scale.log:
        found = _decades(scale, most)
        if found is not None:
            return found
    return _steps(scale, most)


def _steps(scale: Scale, most: int) -> Ticks:
    rough = scale.high / most - scale.low / most
    if rough < 1e-290:
        return _ends(scale, most)
    step = _nice(max(1.0, rough) if scale.whole else rough)
    while True:
        first, last = math.ceil(scale.low / step - 1e-9), math.floor(scale.high / step + 1e-9)
        if last - first + 1 <= most:
            break
        step = _nice(step * 1.1)
    if scale.whole and last < first:
        return Ticks((), ())
    if last < first or max(abs(first), abs(last)) > 1e15 or math.isinf(step):
        return _ends(scale, most)
    at = tuple(k * step for k in range(first, last + 1))
    at = tuple(value for value in at if math.isfinite(value))
    if len(at) < 2 <= most < 5:  # a single tick shows no distance: better the outermost of a finer set
        finer = _steps(scale, 5)
        return Ticks(finer.at[:: max(1, len(finer.at) - 1)], finer.labels[:: max(1, len(finer.labels) - 1)])
    return Ticks(at, tuple(on_axis(value, step) for value in at))


def _decades(scale: Scale, most: int) -> Ticks | None:
    first = math.ceil(math.log10(scale.low) - 1e-9)
    last = math.floor(math.log10(scale.high) + 1e-9)
    count = last - first + 1
    if count < 2:
        return None
    stride = next(
        n for n in (1, 2, 3, 5, 10, 20, 50, 100, 200, 500, 1000) if -(-count // n) <= most or n == 1000
    )
    powers = [k for k in range(first, last + 1) if k % stride == 0 and (k >= 0 or not scale.whole)]
    if len(powers) < 2 <= most:  # a single tick shows no distance
        powers = list(range(last, first - 1, -min(stride, count - 1)))[::-1]
    if len(powers) > most:
        powers = powers[:most]
    at = tuple(float(f"1e{k}") for k in powers)
    return Ticks(at, tuple(on_axis(value, value) for value in at))


def _ends(scale: Scale, most: int) -> Ticks:
    """For a range too narrow or too wide for steps: its ends, with enough digits to tell them apart."""
    at = (scale.low, scale.high)[:most]
    for digits in (3, 6, 9, 12, 17):
        labels = tuple(short(value, digits) for value in at)
        if len(set(labels)) == len(at):
            break
    return Ticks(at, labels)
