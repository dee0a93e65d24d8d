"""Long runs stay small and can be scrubbed; turning a knob costs the steps of the run and two pictures."""

import tracemalloc
from dataclasses import replace
from typing import Any

import pytest

from mlterms.demo.load import Demo
from mlterms.demo.player import Player


def counted(demo: Demo) -> tuple[Demo, dict[str, int]]:
    """The demo with a count of the calls of its functions."""
    calls = dict.fromkeys(("step", "measure", "show"), 0)

    def counting(name: str) -> Any:
        function = getattr(demo, name)

        def call(*arguments: Any) -> Any:
            calls[name] += 1
            return function(*arguments)

        call.__code__ = call.__code__.replace(co_firstlineno=demo.line(name))
        return call

    return replace(demo, **{name: counting(name) for name in calls}), calls


@pytest.mark.parametrize(
    ("name", "knob", "value"), [("optimizer", "learning_rate", 0.018), ("loss", "learning_rate", 0.2)]
)
def test_turning_a_knob_at_update_250_draws_two_pictures(
    bench: Any, name: str, knob: str, value: float
) -> None:
    demo, calls = counted(bench.demo(name))
    player = Player(demo)
    player.advance(250)
    assert calls == {"step": 250, "measure": 251, "show": 0}
    player.set(knob, value)
    player.seek(250)
    _ = player.frame, player.ghost
    assert calls["show"] == 2
    assert calls["step"] <= 500
    assert calls["measure"] <= 520


@pytest.mark.slow
@pytest.mark.parametrize("name", ["optimizer", "loss"])
def test_a_hundred_thousand_updates_stay_small_and_can_be_scrubbed(bench: Any, name: str) -> None:
    demo, calls = counted(bench.demo(name))
    player = Player(demo)
    player.advance(20_000)
    tracemalloc.start()
    try:
        player.advance(80_000)
        grown, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert grown < 1_000_000
    assert calls["measure"] < 5000
    for update in (0, 99_999, 50_001, 12_345, 100_000):
        before = calls["step"]
        player.seek(update)
        assert player.update == update
        assert calls["step"] - before <= 512
