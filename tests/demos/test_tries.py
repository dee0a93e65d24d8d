"""What the bundled demos ask their learners to try: each can be done, and is ticked off when it is."""

import ast
from typing import Any

import pytest

from mlterms.base.paths import bundle
from mlterms.demo.load import list_demos
from mlterms.demo.player import Player
from mlterms.demo.tries import Checklist, holds

DEMOS = [info.name for info in list_demos(bundle() / "demos")]
LIMIT = 2100  # updates in which each can be seen

# Where the condition does not say how: the knobs with which each stage is reached.
FOUND: dict[tuple[str, int], list[dict[str, Any]]] = {
    ("data-quality", 2): [{"noise": 4.0, "ratio": 16}],
    ("epoch", 2): [{"learning_rate": 1.0, "batch_size": 1}],
    ("l1", 2): [{"strength": 10.0}],
    ("learning-rate", 1): [{"learning_rate": 1.1}],
    ("learning-rate", 2): [{"curve": 2.0, "learning_rate": 0.6}],
    ("mse-mae", 2): [{"outlier_y": 2.8}],
    ("neuron", 0): [{"method": "by hand", "weight_1": 6.0, "weight_2": 6.0, "bias": -9.0}],
    ("weight", 1): [{"method": "gradient descent"}, {"unit": "cm", "learning_rate": 1.5e-4}],
    ("weight", 2): [
        {"method": "gradient descent", "distance_twice": True, "learning_rate": 1e-4},
        {"price_per_km": 0.2},
    ],
    ("weight", 0): [{"price_per_metre": 5.0, "price_per_km": 0.1}],
}


def values_of(player: Player) -> dict[str, Any]:
    run = {"update": player.update, "epochs": player.epochs, "seed": player.seed, "paused": True}
    return {**player.measures, **player.knobs.values(), **run}


def turned(player: Player, stage: str) -> dict[str, Any]:
    """Knobs that fulfil the comparisons of knobs in a condition: the stop nearest to the present value."""
    parts = ast.parse(stage, mode="eval").body
    parts = parts.values if isinstance(parts, ast.BoolOp) else [parts]
    found = {}
    for name, knob in player.knobs.KNOBS.items():
        mine = [ast.unparse(part) for part in parts if name in _names(part)]
        now = getattr(player.knobs, name)
        named = [n.value for part in parts for n in ast.walk(part) if isinstance(n, ast.Constant)]
        able = [v for v in named if _can_have(knob, v)]
        every = [
            now,
            *sorted([*knob.stops(), *able], key=lambda v: abs(knob.fraction(v) - knob.fraction(now))),
        ]
        found[name] = next((v for v in every if all(holds(part, {name: v}) for part in mine)), now)
    return {name: value for name, value in found.items() if value != getattr(player.knobs, name)}


def runs_until(player: Player, stage: str) -> bool:
    if "update <=" in stage:
        player.seek(0)
    return player.run_until(lambda _: holds(stage, values_of(player)), LIMIT)


def _names(part: ast.AST) -> set[str]:
    return {node.id for node in ast.walk(part) if isinstance(node, ast.Name)}


def _can_have(knob: Any, value: Any) -> bool:
    try:
        return knob.checked(value) == value
    except Exception:
        return False


SLOW = {"dropout", "early-stopping", "digits"}


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[pytest.mark.slow] * (name in SLOW)) for name in DEMOS]
)
def test_everything_that_there_is_to_try_can_be_done(bench: Any, name: str) -> None:
    demo = bench.demo(name)
    assert 2 <= len(demo.tries) <= 3
    for number, each in enumerate(demo.tries):
        assert each.stages, each.text
        checklist, player = Checklist([each]), Player(demo)
        for place, stage in enumerate(each.stages):
            if stage.startswith("sweep"):
                checklist.note({"sweep": "knob"})
                continue
            hints = FOUND.get((name, number))
            for knob, value in (turned(player, stage) if hints is None else hints[place]).items():
                player.set(knob, value)
            if "seed" in stage:
                player.new_seed(player.seed + 2 if "seed >= 2" in stage else None)
            assert runs_until(player, stage), f"{each.text} [{stage}] with {player.knobs}: {player.measures}"
            checklist.note(values_of(player))
        assert checklist.done == 1


@pytest.mark.parametrize("name", DEMOS)
def test_nothing_is_ticked_off_before_anything_is_done(bench: Any, name: str) -> None:
    player, checklist = Player(bench.demo(name)), Checklist(bench.demo(name).tries)
    assert not checklist.note(values_of(player))


def test_the_ball_with_momentum_is_compared_only_where_it_has_some(bench: Any) -> None:
    checklist = Checklist(bench.demo("momentum").tries)
    assert not checklist.note({"momentum": 0.0, "learning_rate": 3.0, "update": 60})
    assert checklist.note({"momentum": 0.9, "learning_rate": 3.0, "update": 60})


def test_half_of_the_ill_are_not_ticked_off_in_passing(bench: Any) -> None:
    player = Player(bench.demo("accuracy-paradox"))
    checklist = Checklist(player.demo.tries)
    player.run_until(lambda measures: measures["recall"] < 0.55, 100)
    assert not checklist.note({**values_of(player), "paused": False})
    assert checklist.note(values_of(player))
