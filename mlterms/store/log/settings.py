"""The settings that affect scheduling: their names, ranges and defaults.

They are events in the log. The other settings are in config.toml and not known here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from mlterms.base.errors import CallError, MltermsError
from mlterms.memory.policy import Policy

MOST_PER_DAY = 9999
_LIMITS = ("new_per_day", "reviews_per_day", "overdue_per_day")
NAMES = (*(name for name in Policy._fields if name != "parameters"), *_LIMITS)


class Settings(NamedTuple):
    """The current values. `of` checks them.

    new_per_day, reviews_per_day: the daily maximum, 0 to 9999. overdue_per_day: of the reviews, those that
    were due on an earlier day.
    """

    policy: Policy = Policy()
    new_per_day: int = 10
    reviews_per_day: int = 200
    overdue_per_day: int = 60

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Settings:
        """The settings with these values by name, and defaults for the others. Raises CallError."""
        policy = {name: value for name, value in values.items() if name in Policy._fields}
        limits = {name: value for name, value in values.items() if name in _LIMITS}
        for name, value in limits.items():
            if type(value) is not int or not 0 <= value <= MOST_PER_DAY:
                what = name.replace("_", " ")
                raise CallError(f"{what} must be a whole number from 0 to {MOST_PER_DAY:,}, not {value!r}")
        return cls(Policy.of(policy), **limits)

    @classmethod
    def of_log(cls, values: Mapping[str, Any]) -> Settings:
        """As `of`, but never raises: two machines may have set values that are fine alone and not together.

        Names are tried in alphabetical order, so every machine leaves out the same ones.
        """
        try:
            return cls.of(values)
        except MltermsError:
            taken: dict[str, Any] = {}
            for name in sorted(values):
                try:
                    cls.of({**taken, name: values[name]})
                except MltermsError:
                    continue
                taken[name] = values[name]
            return cls.of(taken)

    def value(self, name: str) -> Any:
        """A value by its name in `NAMES`, or "parameters". Raises CallError for any other."""
        if name in _LIMITS:
            return getattr(self, name)
        if name in Policy._fields:
            return getattr(self.policy, name)
        raise CallError(f"there is no setting {name!r}; there are {', '.join(NAMES)}")
