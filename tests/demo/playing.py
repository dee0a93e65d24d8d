"""A clock for playing a demo, and playing it until it rests."""

from __future__ import annotations

from mlterms.demo.playback import Playback


class Time:
    """A clock on which each look costs so many seconds."""

    def __init__(self, cost: float = 0.0) -> None:
        self.now, self.cost = 0.0, cost

    def __call__(self) -> float:
        self.now += self.cost
        return self.now


def run_out(playback: Playback) -> int:
    """Tick until nothing moves; how many ticks that took."""
    for ticks in range(10_000):
        if not playback.busy:
            return ticks
        playback.tick()
    raise AssertionError("it never comes to rest")
