"""Grading: what was given against what was asked, and what to say about it. Pure; nothing is run or stored
here.

Each kind has one function. They all return a `Verdict`, which explains, right or wrong.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from mlterms.glossary.draws import Values, fill, in_prose
from mlterms.glossary.expression import Expression, ExpressionError, parse_expression
from mlterms.glossary.types import Choice, Cloze, Numeric, Order, Predict, Recall, Spot
from mlterms.memory.state import Rating
from mlterms.quiz.instance import Instance, fill_gaps
from mlterms.quiz.numbers import NotANumber, read_number
from mlterms.quiz.spelling import one_slip_apart

_UNKNOWN = {"unknown": True}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of an answer.

    correct: None where the learner is the judge (recall). suggested: the rating that is preselected.
    answer: the right answer, as Markdown. says: what there is to say about this answer, in order, as
    Markdown. given: what was given, as JSON for the log."""

    correct: bool | None
    suggested: Rating
    answer: str
    says: tuple[str, ...]
    given: Any

    @property
    def is_unknown(self) -> bool:
        """Whether the learner said so instead of answering."""
        return bool(self.given == _UNKNOWN)


def grade_recall(asked: Instance, text: str, ticked: Collection[int]) -> Verdict:
    """`ticked`: which of the required ideas (from 0) the learner found in the own answer.

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
    says = []
    for i, option in enumerate(question.options):
        if i in picked - right:
            says.append(f"{option.text}: {option.why}" if option.why else f"Not: {option.text}")
        elif i in right and option.why:
            says.append(option.why if len(right) == 1 else f"{option.text}: {option.why}")
    answer = "; ".join(question.options[i].text for i in sorted(right))
    return _verdict(picked == right, answer, [*says, question.explain], {"options": sorted(picked)})


def grade_cloze(asked: Instance, words: Sequence[str]) -> Verdict:
    """`words`: one for each gap. Case, spaces, hyphens and a leading article do not matter, nor one slip of
    the keyboard in a longer word; a number may be written in any way that means the same number."""
    question = asked.question
    assert isinstance(question, Cloze)
    matches = [_matches(word, accepted) for word, accepted in zip(words, question.gaps, strict=True)]
    says = [
        f"It is spelt {gap[0]}." for gap, how in zip(question.gaps, matches, strict=True) if how == "nearly"
    ]
    return _verdict(all(matches), fill_gaps(question), [*says, question.explain], {"words": list(words)})


def grade_numeric(asked: Instance, text: str) -> Verdict:
    """Raises NotANumber when `text` means no number: that is to be asked again, and is no answer."""
    question = asked.question
    assert isinstance(question, Numeric)
    given = read_number(text)
    names = tuple(asked.values)
    right = _value(question.answer, names, asked.values)
    values = {**asked.values, "answer": right}
    says = []
    correct = within(given, right, question)
    if not correct:
        for slip in question.slips:
            try:
                slipped = within(given, _value(slip.answer, names, asked.values), question)
            except ExpressionError:  # of these numbers it has no value
                continue
            if slipped:
                says.append(fill(slip.says, values))
                break
    says.append(fill(question.explain, values))
    return _verdict(correct, in_prose(right), says, {"text": text, "number": given})


def grade_predict(asked: Instance, shown: int, measures: Mapping[str, float]) -> Verdict:
    """`shown`: the position picked. `measures`: `run.measure` → value at the end of each run, which
    decide."""
    question = asked.question
    assert isinstance(question, Predict)
    picked = asked.order[shown]
    right = decide(question, measures)
    readable = {name: _readable(value) for name, value in measures.items()}
    says = [fill(question.explain, readable)] if question.explain else []
    given = {"option": picked, "measures": {name: str(_readable(value)) for name, value in measures.items()}}
    return _verdict(picked == right, question.options[right].text, says, given)


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
    return _verdict(given == sorted(asked.order), answer, [question.explain], {"order": given})


def grade_spot(asked: Instance, line: int) -> Verdict:
    """`line`: the line (from 1) that is said to be wrong."""
    question = asked.question
    assert isinstance(question, Spot)
    fixed = question.fixed.splitlines()[question.at - 1].strip()
    answer = f"Line {question.at}; it should read `{fixed}`"
    return _verdict(line == question.at, answer, [question.explain], {"line": line})


def grade_unknown(asked: Instance) -> Verdict:
    """The learner would rather not guess: what is right, and why. Not for a recall or a prediction."""
    question = asked.question
    match question:
        case Choice():
            verdict = grade_choice(asked, ())
        case Cloze():
            verdict = grade_cloze(asked, [""] * len(question.gaps))
        case Numeric():
            right = _value(question.answer, tuple(asked.values), asked.values)
            says = fill(question.explain, {**asked.values, "answer": right})
            verdict = _verdict(False, in_prose(right), [says], None)
        case Order():
            verdict = grade_order(asked, ())
        case Spot():
            verdict = grade_spot(asked, 0)
        case _:
            raise ValueError(f"a {question.kind} is answered or left")
    return replace(verdict, given=_UNKNOWN)


def within(given: float, right: float, question: Numeric) -> bool:
    """Whether `given` is near enough; a hair's breadth is added for the rounding of binary fractions."""
    allowed = max(question.tolerance, question.relative * abs(right))
    return abs(given - right) <= allowed + 1e-9 * max(1.0, abs(right))


def _readable(value: float) -> float:
    """A measure as a sentence has it: whole numbers as they are, others with three significant digits."""
    whole = math.isfinite(value) and value == int(value) and abs(value) < 1e9
    return int(value) if whole else float(f"{value:.3g}")


def _verdict(correct: bool, answer: str, says: Sequence[str], given: Any) -> Verdict:
    suggested = Rating.GOOD if correct else Rating.AGAIN
    return Verdict(correct, suggested, answer, tuple(text for text in says if text), given)


def _value(expression: str, names: Collection[str], values: Values) -> float:
    parsed: Expression = parse_expression(expression, names)
    return parsed.value(values)


def _matches(word: str, accepted: Sequence[str]) -> str:
    """ "yes", "nearly" (one slip of the keyboard), or "" for no."""
    told = _tidy(word)
    if not told:
        return ""
    for answer in accepted:
        if told == _tidy(answer) or _same_number(word, answer):
            return "yes"
    if any(one_slip_apart(told, _tidy(answer)) for answer in accepted):
        return "nearly"
    return ""


def _same_number(word: str, answer: str) -> bool:
    try:
        return abs(read_number(word) - (right := read_number(answer))) <= 1e-9 * max(1.0, abs(right))
    except NotANumber:
        return False


def _tidy(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold().replace("−", "-")
    words = re.sub(r"[\s_]+|(?<=\w)-(?=\w)", " ", folded.strip(" \t.,;:!?\"'`*")).strip()
    return re.sub(r"^(?:an?|the) (?=\S)", "", words)
