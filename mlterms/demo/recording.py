"""All that a run depends on: seed, first knobs, live changes. From these it can be replayed."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from mlterms.base.errors import CallError
from mlterms.base.record import record
from mlterms.demo.knobs import Knobs


@record
class Change:
    """A live knob was turned after `at` updates; the next steps have the new value."""

    at: int
    name: str
    value: Any


@record
class Recording:
    """A run: its seed, the knobs it began with, and the changes of live knobs in order.

    Raises CallError for a seed below 0 and for a change that cannot be.
    """

    seed: int
    first: Knobs
    changes: tuple[Change, ...] = ()

    def __post_init__(self) -> None:
        if self.seed < 0:
            raise CallError(f"a seed is a whole number from 0, not {self.seed}")
        checked = []
        for change in self.changes:
            knob = self.first.knob(change.name)
            if change.at < 0:
                raise CallError(f"a change comes after 0 or more updates, not {change.at}")
            if not knob.live:
                raise CallError(f"{knob.title} cannot be turned during a run; give it from the start")
            checked.append(Change(change.at, knob.name, knob.checked(change.value)))
        object.__setattr__(self, "changes", tuple(sorted(checked, key=lambda change: change.at)))

    def knobs_at(self, update: int) -> Knobs:
        """The knobs of the next step after that many updates."""
        turned = {change.name: change.value for change in self.changes if change.at <= update}
        return self.first.with_values(turned) if turned else self.first

    def next_change(self, update: int) -> int | None:
        """After how many updates the next change later than `update` comes, or None."""
        return next((change.at for change in self.changes if change.at > update), None)

    def changed(self, at: int, values: Mapping[str, Any]) -> Recording:
        """The same run up to `at`, and from there on with these values. Later changes are dropped."""
        kept = [c for c in self.changes if c.at < at or (c.at == at and c.name not in values)]
        before = replace(self, changes=tuple(kept)).knobs_at(at)
        new = [Change(at, name, v) for name, v in values.items() if v != getattr(before, name)]
        return replace(self, changes=(*kept, *new))

    def command(self, demo: str, updates: int) -> str:
        """The command line that repeats this run, up to `updates`."""
        words = ["mlterms", "demo", demo]
        for name, value in self.first.turned().items():
            knob = self.first.knob(name)
            words += [knob.flag, knob.text(value)]
        words += ["--seed", str(self.seed), "--updates", str(updates)]
        for change in self.changes:
            if change.at <= updates:
                words += [
                    "--at",
                    f"{change.at}:{change.name}={self.first.knob(change.name).text(change.value)}",
                ]
        return shlex.join(words)


def parse_change(text: str, settings: type[Knobs]) -> Change:
    """Read `40:learning_rate=0.2`. Raises CallError."""
    match = re.fullmatch(r"\s*(\d+)\s*:\s*([\w-]+)\s*=(.*)", text)
    if match is None:
        raise CallError(f"a change is written UPDATE:KNOB=VALUE, as in 40:learning_rate=0.2, not {text!r}")
    at, name, value = match.groups()
    return Change(int(at), settings.knob(name).name, settings.parse(name, value))
