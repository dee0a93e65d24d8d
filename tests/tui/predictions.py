"""A prediction about the demo of the tests, and how it is asked."""

from __future__ import annotations

from typing import Any

from mlterms.glossary.types import Outcome, Predict, Run, Until
from mlterms.quiz.demo_request import PredictionRequest
from mlterms.quiz.instance import Instance, make

SLOW_OR_FAST = Predict(
    "which",
    "Both walk for 40 updates. Which ends *lower*?",
    explain="the larger steps get further: {fast.loss} against {slow.loss}",
    demo="walk",
    runs={
        "slow": Run({"rate": 0.02}, Until(updates=40)),
        "fast": Run({"rate": 0.3}, Until(epochs=10)),
    },
    options=(
        Outcome("the one with small steps", "slow.loss < 0.5 * fast.loss"),
        Outcome("the one with large steps", "fast.loss < 0.5 * slow.loss"),
        Outcome("about the same", ""),
    ),
)


def asked(question: Predict = SLOW_OR_FAST, seed: int = 5) -> Instance:
    return make("deck:walk/which", "walk", question, seed)


def asking(instance: Instance | None = None, **how: Any) -> PredictionRequest:
    given = instance or asked()
    return PredictionRequest(lambda demo: given, **how)


def right_key(instance: Instance) -> str:
    """The key of the option that is right, as it is shown."""
    return str(instance.options.index("the one with large steps") + 1)


async def until_asked(stage: Any) -> None:
    for _ in range(50):
        await stage.pilot.pause()
        if stage.screen.session.predicting is not None:
            return
    raise AssertionError("nothing is asked")
