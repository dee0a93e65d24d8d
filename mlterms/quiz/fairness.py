"""Checks of how a question is graded: what it accepts must be right, and what it calls wrong must be wrong.

The checker runs it on every card.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mlterms.base.errors import MltermsError
from mlterms.base.ids import QuestionId
from mlterms.glossary.draws import format_in_prose
from mlterms.glossary.types import Choice, Cloze, Numeric, Order, Question, Spot
from mlterms.quiz.grade import (
    answer_of,
    grade_choice,
    grade_numeric,
    grade_order,
    grade_spot,
    match_gap,
    slip_values,
)
from mlterms.quiz.instance import Instance, make
from mlterms.quiz.numbers import NotANumber
from mlterms.quiz.wording import is_slip

_INSTANCES = 20  # of a question that draws


def unfair_grading(question: Question, rivals: Sequence[str] = (), instances: int = _INSTANCES) -> list[str]:
    """What is unfair, in sentences; [] if nothing is. A recall and a prediction are not graded here.

    rivals: names of other terms; a gap must not take one for a slip.
    """
    draws = isinstance(question, Choice | Numeric) and bool(question.draw)
    seeds = range(instances if draws else 1)
    found: dict[str, None] = {}
    for seed in seeds:
        try:
            asked = make(QuestionId(f"deck:term/{question.slug}"), "", question, seed)
        except MltermsError:
            continue  # that a question cannot be drawn is said elsewhere
        found |= dict.fromkeys(_unfair(asked, rivals))
    return list(found)


def _unfair(asked: Instance, rivals: Sequence[str]) -> Iterator[str]:
    match asked.question:
        case Cloze() as cloze:
            yield from _unfair_cloze(asked, cloze, rivals)
        case Numeric():
            yield from _unfair_numeric(asked)
        case Choice() as choice:
            yield from _unfair_choice(asked, choice)
        case Order():
            if not grade_order(asked, sorted(range(len(asked.order)), key=asked.order.__getitem__)).correct:
                yield "the steps, in the order of the card, are graded as wrong"
        case Spot() as spot:
            lines = range(1, len(spot.wrong.splitlines()) + 1)
            if [line for line in lines if grade_spot(asked, line).correct] != [spot.at]:
                yield f"line {spot.at} is not the only line that is graded as right"


def _unfair_cloze(asked: Instance, cloze: Cloze, rivals: Sequence[str]) -> Iterator[str]:
    """Each accepted answer, typed as it is written, is right and no slip; no other term passes for a slip."""
    for place, gap in enumerate(cloze.gaps):
        others = [answer for at, other in enumerate(cloze.gaps) if at != place for answer in other]
        for answer in gap:
            match = match_gap(asked, place, answer)
            if match is None or match.is_slip:
                yield f"the quiz does not take `{answer}` for this gap: write it in letters or digits"
        nearly = (name for name in rivals if any(is_slip(name, answer) for answer in gap))
        for answer in (*others, *nearly):
            match = match_gap(asked, place, answer)
            if match is not None and match.is_slip:
                yield f"`{answer}` passes for a slip of `{gap[0]}`: accept it, or ask for another word"


def _unfair_numeric(asked: Instance) -> Iterator[str]:
    """The answer is right in each way in which it can be typed, and no known mistake is."""
    assert isinstance(asked.question, Numeric)
    right = answer_of(asked)
    shown = format_in_prose(right)
    typed = {
        shown,
        shown.replace("−", "-"),
        shown.replace(".", ",") if "," not in shown else shown,
        repr(right),
    }
    for text in sorted(typed):
        try:
            if not grade_numeric(asked, text).correct:
                yield f"the answer typed as `{text}` is graded as wrong"
        except NotANumber as error:
            yield f"the answer typed as `{text}` is not a number: {error}"
    for slip, value in slip_values(asked):
        if grade_numeric(asked, repr(value)).correct:
            yield f"the mistake `{slip.answer}` gives {format_in_prose(value)}, which is right"


def _unfair_choice(asked: Instance, choice: Choice) -> Iterator[str]:
    """The right options together are right, and any other single option is wrong."""
    right = {place for place, i in enumerate(asked.order) if choice.options[i].right}
    if not grade_choice(asked, right).correct:
        yield "the options marked [x] are graded as wrong"
    for place, text in enumerate(asked.options):
        if {place} != right and grade_choice(asked, {place}).correct:
            yield f"`{text}` is graded as right, but is not marked [x]"
