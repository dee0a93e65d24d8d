"""The learner's choices that affect scheduling, checked. What follows from them is `schedule.py`."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from itertools import pairwise
from typing import Any, NamedTuple, TypeGuard

from mlterms.base.errors import CallError, MltermsError
from mlterms.memory.days import DAY_SECONDS

# The published default parameters of FSRS-6 (the same in fsrs-rs, py-fsrs and Anki).
# fmt: off
DEFAULT_PARAMETERS = (
    0.212, 1.2931, 2.3065, 8.2956,               # w0-w3: days of stability after a first Again … Easy
    6.4133, 0.8334, 3.0194, 0.001,               # w4-w7: difficulty
    1.8722, 0.1666, 0.796,                       # w8-w10: stability after recall
    1.4835, 0.0614, 0.2629, 1.6483,              # w11-w14: stability after forgetting
    0.6014, 1.8729,                              # w15, w16: Hard's penalty, Easy's bonus
    0.5425, 0.0912, 0.0658,                      # w17-w19: reviews on the same day
    0.1542,                                      # w20: how fast forgetting slows down
)
# What each may be: the bounds to which FSRS-6 clips them while it learns them.
PARAMETER_BOUNDS = (
    (0.001, 100), (0.001, 100), (0.001, 100), (0.001, 100),
    (1, 10), (0.001, 4), (0.001, 4), (0.001, 0.75),
    (0, 4.5), (0, 0.8), (0.001, 3.5),
    (0.001, 5), (0.001, 0.25), (0.001, 0.9), (0, 4),
    (0, 1), (1, 6),
    (0, 2), (0, 2), (0, 0.8),
    (0.1, 0.8),
)
# fmt: on
_FLOAT32_SLACK = 1e-6  # learned parameters are float32: 0.8 comes back as 0.800000012

LOWEST_RETENTION, HIGHEST_RETENTION = 0.70, 0.97
LONGEST_INTERVAL = 36_500  # days; FSRS keeps no stability above it either


class Policy(NamedTuple):
    """How questions are scheduled. Values that were written by a person or a file go through `of`.

    desired_retention: the probability of recall at which a question comes back, 0.70 to 0.97.
    parameters: the 21 of FSRS-6. learning_steps, relearning_steps: seconds, each longer than the one before,
    those of a day or more in whole days. maximum_interval: days. rollover_hour: local hour at which a day
    begins, 0 to 23. light_days: weekdays (0 Monday to 6 Sunday) on which fewer reviews are wanted.
    """

    desired_retention: float = 0.9
    parameters: tuple[float, ...] = DEFAULT_PARAMETERS
    learning_steps: tuple[int, ...] = (60, 600)
    relearning_steps: tuple[int, ...] = (600,)
    maximum_interval: int = LONGEST_INTERVAL
    rollover_hour: int = 4
    light_days: tuple[int, ...] = ()

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Policy:
        """The policy with these values by name, and defaults for the others.

        Raises CallError, with the reason, for a value that would do harm.
        """
        lists = ("parameters", "learning_steps", "relearning_steps", "light_days")
        given = cls(**{**values, **{name: _numbers(name, values[name]) for name in lists if name in values}})
        _check_retention(given.desired_retention)
        _check_parameters(given.parameters)
        _check_whole("the maximum interval", given.maximum_interval, 1, LONGEST_INTERVAL, "days")
        _check_whole("the rollover hour", given.rollover_hour, 0, 23, "hours after midnight")
        _check_steps("learning", given.learning_steps, given.maximum_interval)
        _check_steps("relearning", given.relearning_steps, given.maximum_interval)
        _check_light_days(given.light_days)
        # 1 and 1.0, [0, 6] and (6, 0) mean the same, so they must have the same key.
        return given._replace(
            desired_retention=float(given.desired_retention),
            parameters=tuple(map(float, given.parameters)),
            light_days=tuple(sorted(given.light_days)),
        )

    def to_json(self) -> str:
        """All values as one JSON object, always in the same order; equal policies give equal text."""
        return json.dumps(self._asdict())

    @classmethod
    def from_json(cls, text: str) -> Policy:
        """The inverse of `to_json`; what is missing has its default. Raises MltermsError for all else."""
        try:
            values: Any = json.loads(text)
        except ValueError:
            values = None
        if not isinstance(values, dict):
            raise MltermsError(f"scheduling settings must be a JSON object, not {text[:80]!r}")
        unknown = set(values) - {*cls._fields}
        if unknown:
            names = ", ".join(sorted(unknown))
            raise MltermsError(f"unknown scheduling settings: {names}; a newer mlterms may have written them")
        return cls.of(values)

    @property
    def key(self) -> str:
        """A short name for these values: the start of the SHA-256 of `to_json()`."""
        from mlterms.base.digest import sha256

        return sha256(self.to_json().encode()).hexdigest()[:12]


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < math.inf


def _is_whole(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def _numbers(name: str, values: object) -> tuple[float, ...]:
    if not isinstance(values, tuple | list) or not all(map(_is_number, values)):
        raise CallError(f"{name.replace('_', ' ')} must be a list of numbers, not {values!r}")
    return tuple(values)


def _check_retention(value: object) -> None:
    low, high = LOWEST_RETENTION, HIGHEST_RETENTION
    if not (_is_number(value) and low <= value <= high):
        raise CallError(
            f"desired retention must be from {low:.2f} to {high:.2f}, not {value!r}: with a higher one the "
            "number of reviews explodes, with a lower one more is forgotten than is gained"
        )


def _check_parameters(parameters: tuple[float, ...]) -> None:
    if len(parameters) != len(PARAMETER_BOUNDS):
        raise CallError(f"FSRS-6 has {len(PARAMETER_BOUNDS)} parameters, not {len(parameters)}")
    for index, (value, (low, high)) in enumerate(zip(parameters, PARAMETER_BOUNDS, strict=True)):
        if not low - _FLOAT32_SLACK <= value <= high + _FLOAT32_SLACK:
            raise CallError(f"FSRS parameter w{index} must be from {low} to {high}, not {value!r}")


def _check_whole(what: str, value: object, low: int, high: int, unit: str) -> None:
    if not (_is_whole(value) and low <= value <= high):
        raise CallError(f"{what} must be a whole number from {low:,} to {high:,} ({unit}), not {value!r}")


def _check_steps(kind: str, steps: tuple[int, ...], maximum_interval: int) -> None:
    if not all(_is_whole(step) and step >= 1 for step in steps):
        raise CallError(f"{kind} steps must be whole seconds from 1, not {steps!r}")
    if any(later <= earlier for earlier, later in pairwise(steps)):
        raise CallError(f"each {kind} step must be longer than the one before: write {sorted(set(steps))}")
    if any(step > DAY_SECONDS and step % DAY_SECONDS for step in steps):
        raise CallError(f"{kind} steps longer than a day ({DAY_SECONDS} s) must be whole days, not {steps!r}")
    if steps and steps[-1] > maximum_interval * DAY_SECONDS:
        raise CallError(f"a {kind} step is longer than the maximum interval of {maximum_interval} days")


def _check_light_days(days: tuple[int, ...]) -> None:
    if not all(_is_whole(day) and 0 <= day <= 6 for day in days) or len(set(days)) != len(days):
        raise CallError(f"light days must be different weekdays from 0 (Monday) to 6 (Sunday), not {days!r}")
