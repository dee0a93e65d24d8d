"""What only a whole deck shows: cues that give answers away, and questions that are asked twice."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from mlterms.check.rules import violation
from mlterms.glossary.deck_problems import KeyLines
from mlterms.glossary.problems import Problem
from mlterms.glossary.types import (
    Choice,
    Cloze,
    Order,
    Predict,
    Question,
    Recall,
    Spot,
    Term,
    misconceptions_of,
)
from mlterms.quiz.words import short_title

SIGMAS = 2.5
"""How far from what is expected a count may be: by chance it is further once in 80 times."""
FEWEST = 10  # questions below which nothing can be said
ALIKE = 0.6  # share of word triples that two questions may have in common
_MOST_SHARED = 20  # questions with a triple in common; more of them have a form of words in common

Outcomes = Mapping[tuple[str, str], Sequence[int]]
"""Path and slug of a prediction → the option that came true in each of its settings."""


class _Place(NamedTuple):
    path: str
    question: Question


def check_longest(terms: Iterable[Term], deck_path: str) -> Iterator[Problem]:
    """A warning if the right option is the longest more often than chance allows."""
    asked = [_Place(term.path, each) for term in terms for each in term.questions if _has_one_right(each)]
    longest = [place for place in asked if _is_longest(place.question)]
    chances = [1 / len(place.question.options) for place in asked if isinstance(place.question, Choice)]
    if _is_off(len(longest), chances, too_few=False):
        worst = sorted(longest, key=lambda place: -_lead(place.question))[:5]
        message = (
            f"the right option is the longest in {len(longest)} of {len(asked)} choices, by chance it "
            f"would be {sum(chances):.0f}: shorten it where it leads most, in {_name_places(worst)}"
        )
        yield violation(deck_path, 1, "longest-option", message)


def _has_one_right(question: Question) -> bool:
    return (
        isinstance(question, Choice)
        and question.count_right == 1
        and not any(option.when for option in question.options)
    )


def _lengths(question: Question) -> tuple[int, int]:
    """The length of the right option and of the longest wrong one."""
    assert isinstance(question, Choice)
    right = max(len(option.text) for option in question.options if option.right)
    return right, max(len(option.text) for option in question.options if not option.right)


def _is_longest(question: Question) -> bool:
    right, wrong = _lengths(question)
    return right > wrong


def _lead(question: Question) -> float:
    right, wrong = _lengths(question)
    return right / max(1, wrong)


def _is_off(count: int, chances: Sequence[float], too_few: bool = True) -> bool:
    """Whether a count is further from its expectation than chance allows."""
    if len(chances) < FEWEST:
        return False
    spread = SIGMAS * math.sqrt(sum(p * (1 - p) for p in chances))
    return count > sum(chances) + spread or (too_few and count < sum(chances) - spread)


def check_places(terms: Iterable[Term], deck_path: str) -> Iterator[Problem]:
    """A warning for each place in which the right option is too often or too seldom."""
    asked = [each for term in terms for each in term.questions if _has_one_right(each)]
    choices = [each for each in asked if isinstance(each, Choice)]
    places = Counter(next(i for i, o in enumerate(each.options) if o.right) for each in choices)
    for place in range(max((len(each.options) for each in choices), default=0)):
        chances = [1 / len(each.options) for each in choices if len(each.options) > place]
        if _is_off(places[place], chances):
            message = f"the right option is in place {place + 1} in {places[place]} of {len(chances)} choices"
            yield violation(
                deck_path, 1, "place", f"{message}, by chance it would be {sum(chances):.0f}: move some"
            )


def check_settings(term: Term, outcomes: Outcomes) -> Iterator[Problem]:
    """A warning for each prediction with several settings of which all have the same outcome."""
    for question in term.questions:
        right = outcomes.get((term.path, question.slug), ())
        if isinstance(question, Predict) and len(right) > 1 and len({*right}) == 1:
            message = "all settings of this prediction have the same outcome: draw one that has another"
            yield violation(term.path, question.line, "outcomes", message, question.slug)


def check_outcomes(terms: Iterable[Term], outcomes: Outcomes, deck_path: str) -> Iterator[Problem]:
    """Warnings if the first or last option of predictions comes true too often or too seldom."""
    first, last, chances = 0.0, 0.0, []
    for term in terms:
        for question in term.questions:
            right = outcomes.get((term.path, question.slug), ())
            if not isinstance(question, Predict) or not right:
                continue
            count = len(question.options)
            first += sum(each == 0 for each in right) / len(right)
            last += sum(each == count - 1 for each in right) / len(right)
            chances.append(1 / count)
    for place, true in (("first", first), ("last", last)):
        if _is_off(round(true), chances):
            message = f"the {place} option comes true in {true:.0f} of {len(chances)} predictions"
            yield violation(
                deck_path, 1, "outcomes", f"{message}, by chance it would be {sum(chances):.0f}: change some"
            )


def check_aliases(terms: Iterable[Term]) -> Iterator[Problem]:
    """A warning for each other name that is the title of its card, or that is listed a second time."""
    lines = KeyLines()
    names: dict[str, Term] = {}
    for term in terms:
        seen = {term.title.casefold(), short_title(term.title).casefold()}
        for alias in term.aliases:
            name = alias.casefold()
            other = names.setdefault(name, term)
            if name in seen:
                message = f"`{alias}` is a name of this card already: leave it out"
            elif other is not term:
                message = (
                    f"`{alias}` is another name of `{other.id}` too: keep it where it is meant most often"
                )
            else:
                message = ""
            seen.add(name)
            if message:
                yield violation(term.path, lines.find(term.path, "aliases", alias), "alias", message)


def check_duplicates(terms: Iterable[Term]) -> Iterator[Problem]:
    """A warning for each question that is nearly the same as one before it apart from its numbers."""
    triples: dict[int, frozenset[tuple[str, ...]]] = {}
    where: list[_Place] = []
    having: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for term in terms:
        for question in term.questions:
            here = len(where)
            where.append(_Place(term.path, question))
            triples[here] = _triples(question)
            shared = Counter(
                other
                for triple in triples[here]
                if len(having[triple]) <= _MOST_SHARED
                for other in having[triple]
            )
            for triple in triples[here]:
                having[triple].append(here)
            for other, count in shared.most_common(1):
                union = len(triples[here] | triples[other])
                if count >= ALIKE * union:
                    message = f"this asks nearly the same as {_name_places([where[other]])}: keep one of them"
                    yield violation(term.path, question.line, "duplicate", message, question.slug)


def check_misconceptions(terms: Iterable[Term]) -> Iterator[Problem]:
    """A warning for each mistaken belief with an id that only one question can reveal."""
    places: defaultdict[str, list[_Place]] = defaultdict(list)
    for term in terms:
        for question in term.questions:
            for name in misconceptions_of(question):
                places[name].append(_Place(term.path, question))
    for name, found in places.items():
        if len(found) == 1:
            message = f"only this question asks about `{name}`: give the id to another one too, or remove it"
            path, question = found[0]
            yield violation(path, question.line, "misconception", message, question.slug)


def _triples(question: Question) -> frozenset[tuple[str, ...]]:
    words = re.findall(r"[^\W\d_]+", f"{question.prompt} {_right_answer(question)}".lower())
    return frozenset(zip(words, words[1:], words[2:], strict=False))


def _right_answer(question: Question) -> str:
    match question:
        case Choice():
            return " ".join(option.text for option in question.options if option.right or option.when)
        case Recall():
            return question.answer
        case Order():
            return " ".join(question.steps)
        case Spot():
            return question.fixed
        case Predict():
            return " ".join(option.text for option in question.options)
        case Cloze():
            return ""
    return question.explain


def _name_places(places: Iterable[_Place]) -> str:
    return ", ".join(f"{place.path.rpartition('/')[2]}:{place.question.line}" for place in places)
