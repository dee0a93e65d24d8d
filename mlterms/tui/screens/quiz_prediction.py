"""A prediction of the quiz: whether the demo that decides it can run, and its runs on the demo's screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from mlterms.base.ids import deck_of
from mlterms.glossary.types import Predict
from mlterms.quiz.instance import Instance

if TYPE_CHECKING:
    from mlterms.quiz.demo_request import PredictionResult
    from mlterms.quiz.sitting import Sitting
    from mlterms.store.index.reader import Index
    from mlterms.tui.shell import WorkspaceShell


def obstacle_to(asked: Instance, index: Index) -> str:
    """Why the demo of a prediction cannot be loaded: it is missing or not trusted. "" if it can."""
    from mlterms.quiz.predict import obstacle

    if not isinstance(asked.question, Predict):
        return ""
    return obstacle(index, asked.question.demo, deck_of(asked.id))


def show_result(app: WorkspaceShell, sitting: Sitting, asked: Instance) -> None:
    """Open the demo of a prediction that is decided where its last run ended."""
    from mlterms.tui.screens.open_demo import show_demo

    if isinstance(asked.question, Predict):
        show_demo(app, sitting.index, asked.question.demo, deck_of(asked.id), decided=asked)


def show_runs(
    app: WorkspaceShell,
    sitting: Sitting,
    asked: Instance,
    position: int | None,
    left: Callable[[PredictionResult | None, str], None],
) -> None:
    """Run what decides a prediction in front of the learner. left: called as by `show_demo`.

    position: of the option that was picked; None for "I do not know". The answer counts as soon as the runs
    have decided: on the demo's screen the learner sees whether it was right, and may quit from there.
    """
    from mlterms.quiz.demo_request import PredictionRequest
    from mlterms.tui.screens.open_demo import show_demo

    if not isinstance(asked.question, Predict):
        return

    def count(result: PredictionResult) -> None:
        if sitting.asked is asked:
            sitting.give(result.verdict, result.confidence)

    asking = PredictionRequest(
        lambda demo: asked,
        app.workspace.config.confidence and not sitting.is_guess,
        returns=True,
        picked=position,
        unknown=position is None,
        decided=count,
    )
    show_demo(
        *(app, sitting.index, asked.question.demo, deck_of(asked.id)),
        seed=asked.seed,
        asking=asking,
        left=left,
    )
