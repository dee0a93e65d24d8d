"""The predictions that a demo names, ready to be asked beside it. They are recorded nowhere.

What makes questions is imported when one is looked for, which is after the demo's first picture.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from mlterms.base.ids import QuestionId
from mlterms.quiz.demo_request import PredictionRequest

if TYPE_CHECKING:
    from mlterms.demo.load import Demo
    from mlterms.quiz.instance import Instance
    from mlterms.store.index.reader import Index


def request_questions(index: Callable[[], Index], *, at_once: bool) -> PredictionRequest:
    """Ask the demo's first question before it plays, or only on demand, and offer the others after it.

    index: called when a question is looked for.
    """
    return PredictionRequest(
        lambda demo: next(iter(_questions(index(), demo)), None),
        others=lambda demo: _questions(index(), demo)[1:],
        at_once=at_once,
    )


def _questions(index: Index, demo: Demo) -> list[Instance]:
    """Those of its `PREDICTIONS` that a card has, in that order, with seed 0."""
    from mlterms.glossary.types import Predict
    from mlterms.quiz.instance import make

    deck = next((row.deck for row in index.demos() if row.path == demo.path), "")
    found = []
    for name in demo.predictions:
        question = QuestionId(f"{deck}:{name}")
        known = index.question(question)
        if known is not None and isinstance(known[1], Predict):
            found.append(make(question, known[0].title, known[1], seed=0))
    return found
