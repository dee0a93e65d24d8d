"""The lines that `mlterms quiz --json` writes: what each says of a question, its feedback and the end.

All are dictionaries for JSON. The protocol is docs/quiz-protocol.md.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from mlterms.glossary.types import Choice, Cloze, Numeric, Predict, Recall, Spot
from mlterms.memory.state import Phase, Rating
from mlterms.quiz.leech_advice import advise_after_answer
from mlterms.quiz.predict import plan_runs
from mlterms.quiz.question_heading import reason_to_ask, title_of_open
from mlterms.quiz.tally import Tally
from mlterms.quiz.words import introduction_of, sentence

if TYPE_CHECKING:
    from mlterms.demo.run import Result
    from mlterms.quiz.grade import Verdict
    from mlterms.quiz.instance import Instance
    from mlterms.quiz.sitting import Sitting
    from mlterms.store.index.reader import Index

ANSWERED_WITH = {
    "recall": "text",
    "numeric": "text",
    "cloze": "words",
    "choice": "picked",
    "predict": "picked",
    "order": "order",
    "spot": "line",
}
"""Kind of question → the field of the answer."""

_STATES = {Phase.NEW: "new", Phase.REVIEW: "review"}


def question_line(sitting: Sitting, asked: Instance, index: Index) -> dict[str, Any]:
    """The open question. What only some kinds have is left out of the others."""
    question = asked.question
    line: dict[str, Any] = {
        "type": "question",
        "id": asked.id,
        "term": asked.term,
        "title": asked.title,
        "heading": title_of_open(sitting),
        "kind": question.kind,
        "state": _STATES.get(sitting.state.phase, "again"),
        "left": sitting.to_come(),
        "prompt": asked.prompt,
        "answer_with": ANSWERED_WITH[question.kind],
    }
    if asked.options:
        line["options"] = list(asked.options)
    if isinstance(question, Choice):
        line["several"] = question.count_right > 1
    if isinstance(question, Cloze):
        line["gaps"] = len(question.gaps)
    if isinstance(question, Spot):
        line["code"] = question.wrong.splitlines()
    if isinstance(question, Predict):
        line["runs"] = [
            {"name": plan.name, "demo": question.demo, "seed": asked.seed, "setting": plan.in_words()}
            for plan in plan_runs(question)
        ]
    if sitting.demo:
        line["demo"] = sitting.demo
    if sitting.is_first_of_term():
        line["introduction"] = introduction_of(index.term(asked.term))
    if sitting.is_guess:
        line["guess"] = True
    if reason := reason_to_ask(sitting):
        line["reason"] = reason
    return line


def feedback_line(sitting: Sitting, asked: Instance, verdict: Verdict) -> dict[str, Any]:
    """The verdict on the open question, with the ratings that can be given and their intervals."""
    is_number = isinstance(asked.question, Numeric)  # then programs may want to read the answer
    line: dict[str, Any] = {
        "type": "feedback",
        "id": asked.id,
        "correct": verdict.correct,
        "answer": verdict.answer.replace(",", "") if is_number else verdict.answer,
        "says": [sentence(text) for text in verdict.says],
        "given": verdict.given,
        "suggested": int(verdict.suggested),
        "ratings": [
            {"rating": rating.value, "name": rating.name.title(), "interval": interval}
            for rating, interval in sitting.buttons().items()
        ],
        "may_be_right": sitting.may_be_right_after_all,
    }
    if isinstance(asked.question, Recall):
        line["ideas"] = list(asked.question.ideas)
    if apart := sitting.tell_apart():
        line["apart"] = apart
    if sitting.is_guess:
        line["introduction"] = introduction_of(sitting.index.term(asked.term))
    if advice := advise_after_answer(sitting):
        line["leech"] = advice.as_json()
    return line


def runs_of(results: Mapping[str, Result]) -> list[dict[str, Any]]:
    """The end of each run of a prediction: its updates and measures."""
    return [
        {
            "name": name,
            "updates": result.updates,
            "measures": {measure: json_number(value) for measure, value in result.measures.items()},
        }
        for name, result in results.items()
    ]


def json_number(value: float) -> float | str:
    """The number, or its name where JSON has none: "nan", "inf", "-inf"."""
    return value if math.isfinite(value) else str(float(value))


def recorded_line(question: str, rating: Rating, interval: str, event: str) -> dict[str, Any]:
    """An answer that is on disk."""
    return {"type": "recorded", "id": question, "rating": int(rating), "interval": interval, "event": event}


def end_line(reason: str, tally: Tally, later: Mapping[str, int | None]) -> dict[str, Any]:
    """The last line. reason: done, left or input. later: what comes after this sitting."""
    return {
        "type": "end",
        "reason": reason,
        "answered": tally.answered,
        "right": tally.right,
        "new": tally.new,
        "seconds": round(tally.seconds, 1),
        "certain": tally.sure,
        "certain_and_right": tally.sure_and_right,
        **later,
    }
