"""Grading: what was given against what was asked, and what to say about it. Pure: nothing is run or stored.

`grade` takes an answer of any kind but a prediction, whose runs decide. Each kind has one function. They all
return a `Verdict`, which explains, right or wrong.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import islice
from typing import Any, NamedTuple

from mlterms.base.record import record
from mlterms.glossary.draws import Values, fill_placeholders, format_in_prose
from mlterms.glossary.expression import Expression, ExpressionError, parse_expression
from mlterms.glossary.types import (
    Choice,
    Cloze,
    Numeric,
    Option,
    Order,
    Outcome,
    Predict,
    Recall,
    Slip,
    Spot,
)
from mlterms.memory.state import Rating
from mlterms.quiz.instance import Instance, fill_gaps, text_after_gap
from mlterms.quiz.numbers import NotANumber, is_rounded, is_same_number, readings
from mlterms.quiz.units import without_following_words, without_unit
from mlterms.quiz.wording import is_same, is_slip

_UNKNOWN = {"unknown": True}

_PERCENT = re.compile("[%％٪‰]|per ?cent|pct", re.IGNORECASE)
_PERCENT_ASKED_FOR = re.compile(r"percentage|(?:how many|what|in) per ?cent", re.IGNORECASE)


@record
class Verdict:
    """What an answer is worth.

    correct: None where the learner is the judge (recall). suggested: the rating that is preselected.
    answer: the right answer. says: what there is to say about this answer, in order. Both are Markdown.
    given: what was given, as JSON for the log.
    """

    correct: bool | None
    suggested: Rating
    answer: str
    says: tuple[str, ...]
    given: Any

    @property
    def is_unknown(self) -> bool:
        """Whether the learner said so instead of answering."""
        return bool(self.given == _UNKNOWN)


def grade(asked: Instance, words: Sequence[str], picked: Sequence[int], ideas: Sequence[int]) -> Verdict:
    """The verdict. words: one for each field. picked: positions. ideas: of a recall, those that are ticked.

    Raises NotANumber where the words should mean one, and ValueError for a prediction.
    """
    match asked.question:
        case Recall():
            return grade_recall(asked, words[0] if words else "", ideas)
        case Choice():
            return grade_choice(asked, picked)
        case Cloze():
            return grade_cloze(asked, words)
        case Numeric():
            return grade_numeric(asked, words[0])
        case Order():
            return grade_order(asked, picked)
        case Spot():
            return grade_spot(asked, picked[0] + 1)
    raise ValueError(f"a {asked.question.kind} is graded by its runs")


def grade_recall(asked: Instance, text: str, ticked: Collection[int]) -> Verdict:
    """`ticked`: which of the required ideas (from 0) the learner found in their own answer.

    All of them suggest Good, half or more Hard, fewer Again.
    """
    question = asked.question
    assert isinstance(question, Recall)
    total = len(question.ideas)
    share = len(set(ticked)) / total if total else 1.0
    suggested = Rating.GOOD if share == 1 else Rating.HARD if share >= 0.5 else Rating.AGAIN
    says = (question.explain,) if question.explain else ()
    return Verdict(None, suggested, question.answer, says, {"text": text, "ideas": sorted(set(ticked))})


def grade_choice(asked: Instance, shown: Collection[int]) -> Verdict:
    """`shown`: the positions (from 0, as shown) that were picked. Right if exactly the right ones were."""
    question = asked.question
    assert isinstance(question, Choice)
    picked = {asked.order[i] for i in shown}
    right = {i for i, option in enumerate(question.options) if option.right}
    why_right, why_wrong = [], []  # the first belong to the answer, which is shown just before
    for i, option in enumerate(question.options):
        if i in picked - right:
            why_wrong.append(f"{option.text}: {option.why}" if option.why else f"Not: {option.text}")
        elif i in right and option.why:
            why_right.append(option.why if len(right) == 1 else f"{option.text}: {option.why}")
    missed = [question.options[i].text for i in sorted(right - picked)] if right & picked else []
    if missed:
        why_right.insert(0, f"You missed: {'; '.join(missed)}")
    answer = "; ".join(question.options[i].text for i in sorted(right))
    given = {
        "options": sorted(picked),
        **_belief_for_log(question.options[i] for i in sorted(picked - right)),
    }
    return _verdict(picked == right, answer, [*why_right, *why_wrong, question.explain], given)


def grade_cloze(asked: Instance, words: Sequence[str]) -> Verdict:
    """`words`: one for each gap. What only looks different is the same, one slip in each longer word is
    forgiven, and two numbers are compared as numbers."""
    question = asked.question
    assert isinstance(question, Cloze)
    matches = [
        match_gap(asked, number, word) for number, word in zip(range(len(question.gaps)), words, strict=True)
    ]
    says = [f"It is spelt {match.answer}." for match in matches if match is not None and match.is_slip]
    wrong = [number for number, match in enumerate(matches, 1) if match is None]
    if 0 < len(wrong) < len(matches):
        says.insert(0, _name_wrong_gaps(wrong, len(matches) - len(wrong)))
    return _verdict(not wrong, fill_gaps(question), [*says, question.explain], {"words": list(words)})


def _name_wrong_gaps(wrong: Sequence[int], right: int) -> str:
    """Which gaps are wrong, where the others are right. right: how many those are."""
    *before, last = (f"({number})" for number in wrong)
    gaps = f"Gaps {', '.join(before)} and {last} are" if before else f"Gap {last} is"
    return f"{gaps} wrong, the {'others are' if right > 1 else 'other one is'} right."


class GapMatch(NamedTuple):
    """The accepted answer that was typed, or nearly typed: then it is a slip."""

    answer: str
    is_slip: bool


def match_gap(asked: Instance, number: int, word: str) -> GapMatch | None:
    """What `word` is in the gap of that number, from 0; None if it is wrong there."""
    assert isinstance(asked.question, Cloze)
    accepted, percent = asked.question.gaps[number], _asks_for_percent(asked)
    if not word.strip():
        return None
    number_typed = without_following_words(word, text_after_gap(asked.question, number))
    for answer in accepted:
        numbers = _number_readings(number_typed, percent), _number_readings(answer, percent)
        if all(numbers):
            same = any(is_same_number(a, b) for a in numbers[0] for b in numbers[1])
        else:
            same = is_same(word, answer)
        if same:
            return GapMatch(answer, is_slip=False)
    nearly = next((answer for answer in accepted if is_slip(word, answer)), None)
    if nearly is None:
        return None
    # Of `matrix` and `matrices` the one that the sentence has, which is shown below.
    return GapMatch(next(answer for answer in accepted if is_same(answer, nearly)), is_slip=True)


def _number_readings(text: str, percent: bool) -> tuple[float, ...]:
    try:
        return readings(text, percent_is_unit=percent)
    except NotANumber:
        return ()


def _asks_for_percent(asked: Instance) -> bool:
    """Whether `25%` may be given as 25."""
    return bool(_PERCENT.search(asked.question.prompt))


def grade_numeric(asked: Instance, text: str) -> Verdict:
    """Raises NotANumber when `text` means no number: then it is not an answer, and is asked for again."""
    question = asked.question
    assert isinstance(question, Numeric)
    numbers = readings(without_unit(text, asked.prompt), percent_is_unit=_asks_for_percent(asked))
    right = answer_of(asked)
    values = {**asked.values, "answer": right}
    given = next((number for number in numbers if within(number, right, question)), None)
    says = [fill_placeholders(question.explain, values)]
    made: list[Slip] = []
    if given is None:
        slips = (slip for slip, value in slip_values(asked) if within(numbers[0], value, question))
        made = list(islice(slips, 1))
        said = [fill_placeholders(slip.says, values) for slip in made] or _hint_at_percent(
            text, numbers, right, question
        )
        says = [*said, *says]
    number = numbers[0] if given is None else given
    answered = {"text": text, "number": number, **_belief_for_log(made)}
    return _verdict(given is not None, format_in_prose(right), says, answered)


def _hint_at_percent(text: str, numbers: Collection[float], right: float, question: Numeric) -> list[str]:
    """What to say of `79` where 0.79 is right: it is a percentage without its sign; and of `0.25` where a
    percentage is asked for and 25 is right."""
    if right == 0 or _PERCENT.search(text):
        return []
    if _PERCENT_ASKED_FOR.search(question.prompt):
        shares = [number for number in numbers if within(100 * number, right, question)]
        return [
            f"A percentage is asked for: {format_in_prose(n)} is {format_in_prose(100 * n)}%."
            for n in shares[:1]
        ]
    meant = [n for n in numbers if within(n / 100, right, question)] if abs(right) < 1 else []
    return [f"If you mean a percentage, write its sign: {format_in_prose(n)}%." for n in meant[:1]]


def answer_of(asked: Instance) -> float:
    """The right number for what was drawn."""
    question = asked.question
    assert isinstance(question, Numeric)
    return _value(question.answer, tuple(asked.values), asked.values)


def slip_values(asked: Instance) -> Iterator[tuple[Slip, float]]:
    """The known mistakes with the number that each leads to, for what was drawn."""
    question = asked.question
    assert isinstance(question, Numeric)
    for slip in question.slips:
        with suppress(ExpressionError):  # it has no value for these numbers
            yield slip, _value(slip.answer, tuple(asked.values), asked.values)


def grade_predict(asked: Instance, shown: int | None, measures: Mapping[str, float]) -> Verdict:
    """`shown`: the position that was picked, None for "I do not know". `measures`: `run.measure` → its value
    at the end of the run."""
    question = asked.question
    assert isinstance(question, Predict)
    right = decide(question, measures)
    readable = {name: _readable(value) for name, value in measures.items()}
    says = [fill_placeholders(question.explain, readable)] if question.explain else []
    if shown is None:
        return _verdict(False, question.options[right].text, says, _UNKNOWN)
    picked = asked.order[shown]
    given = {"option": picked, "measures": {name: str(_readable(value)) for name, value in measures.items()}}
    if picked != right:
        given |= _belief_for_log([question.options[picked]])
    return _verdict(picked == right, question.options[right].text, says, given)


def _belief_for_log(mistakes: Iterable[Option | Outcome | Slip]) -> dict[str, str]:
    """What the log keeps of the mistaken belief behind some mistakes: the first one that has a name."""
    names = [mistake.misconception for mistake in mistakes if mistake.misconception]
    return {"misconception": names[0]} if names else {}


def decide(question: Predict, measures: Mapping[str, float]) -> int:
    """The index of the option that these measures make true. Raises ValueError unless it is exactly one."""
    true = [
        i
        for i, option in enumerate(question.options)
        if option.when and parse_expression(option.when, measures.keys()).holds(measures)
    ]
    otherwise = [i for i, option in enumerate(question.options) if not option.when]
    found = true or otherwise
    if len(found) != 1:
        raise ValueError(f"the runs make {len(found)} options true, and should make one true")
    return found[0]


def grade_order(asked: Instance, shown: Sequence[int]) -> Verdict:
    """`shown`: the shown positions, in the order that the learner gives them."""
    question = asked.question
    assert isinstance(question, Order)
    given = [asked.order[i] for i in shown]
    answer = "\n".join(f"{i}. {step}" for i, step in enumerate(question.steps, 1))
    says = [_partly_in_order(question, given), question.explain]
    return _verdict(given == sorted(asked.order), answer, says, {"order": given})


def in_order(given: Sequence[int]) -> list[int]:
    """The longest series of steps that are in the right order. Other steps may be between them, so one step
    in a wrong place does not make the others wrong. Steps are numbered from 0, as they should come."""
    runs: list[list[int]] = []  # the longest one that ends with each step
    for step in given:
        before = max((run for run in runs if run[-1] < step), key=len, default=[])
        runs.append([*before, step])
    return max(runs, key=len, default=[])


def _partly_in_order(question: Order, given: Sequence[int]) -> str:
    """How much of an order is right; "" if all of it is, or nothing."""
    kept = in_order(given)
    if not 1 < len(kept) < len(given):
        return ""
    out = [step for step in given if step not in kept]
    rest = (
        f"only “{question.steps[out[0]]}” is out of place" if len(out) == 1 else "the others are out of place"
    )
    return f"{len(kept)} of {len(given)} steps are in the right order; {rest}"


def grade_spot(asked: Instance, line: int) -> Verdict:
    """`line`: the line (from 1) that is said to be wrong."""
    question = asked.question
    assert isinstance(question, Spot)
    fixed = question.fixed.splitlines()[question.at - 1].strip()
    answer = f"Line {question.at}; it should read `{fixed}`"
    return _verdict(line == question.at, answer, [question.explain], {"line": line})


def grade_unknown(asked: Instance) -> Verdict:
    """The verdict on "I do not know": what is right, and why. Not for a recall; of a prediction, the runs say
    what is right (`grade_predict`)."""
    question = asked.question
    match question:
        case Choice():
            verdict = grade_choice(asked, ())
        case Cloze():
            verdict = grade_cloze(asked, [""] * len(question.gaps))
        case Numeric():
            right = answer_of(asked)
            says = fill_placeholders(question.explain, {**asked.values, "answer": right})
            verdict = _verdict(False, format_in_prose(right), [says], None)
        case Order():
            verdict = grade_order(asked, ())
        case Spot():
            verdict = grade_spot(asked, 0)
        case _:
            raise ValueError(f"a {question.kind} is answered or left")
    return replace(verdict, given=_UNKNOWN)


def within(given: float, right: float, question: Numeric) -> bool:
    """Whether `given` is near enough, or what somebody writes who rounds `right`. A little is added for the
    rounding of binary fractions."""
    allowed = max(question.tolerance, question.relative * abs(right))
    return abs(given - right) <= allowed + 1e-9 * max(1.0, abs(right)) or is_rounded(given, right)


def _readable(value: float) -> float:
    """A measure for a sentence: whole numbers as they are, others with three significant digits."""
    whole = math.isfinite(value) and value == int(value) and abs(value) < 1e9
    return int(value) if whole else float(f"{value:.3g}")


def _verdict(correct: bool, answer: str, says: Sequence[str], given: Any) -> Verdict:
    suggested = Rating.GOOD if correct else Rating.AGAIN
    return Verdict(correct, suggested, answer, tuple(text for text in says if text), given)


def _value(expression: str, names: Collection[str], values: Values) -> float:
    parsed: Expression = parse_expression(expression, names)
    return parsed.value(values)
