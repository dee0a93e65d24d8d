"""A card and what is shown beside it: how well it is known, its links, the history of its questions.

It reads, and changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from mlterms.base.date_names import SHORT_MONTHS
from mlterms.base.ids import QuestionId
from mlterms.glossary.prose import bare_words
from mlterms.memory.days import day_of
from mlterms.memory.intervals import interval_text
from mlterms.quiz.dates import date_of
from mlterms.quiz.retire import is_retiring
from mlterms.store.index.overlay import problem_without_questions
from mlterms.store.leeches import LEECH
from mlterms.store.mastery import LATER

if TYPE_CHECKING:
    from mlterms.base.clock import Now
    from mlterms.glossary.problems import Problem
    from mlterms.glossary.types import Question, Term
    from mlterms.store.index.reader import Link, Row
    from mlterms.store.log.card import Card
    from mlterms.store.queue import Aside
    from mlterms.store.workspace import Workspace

_MANY = 1000  # questions of one term; no card has as many


class Mastery(NamedTuple):
    """How well a term is known.

    share: the part of a term's questions that would be answered now, 0 to 1; None before any was asked.

    due: how many of its questions are due. later: the share in 30 days if nothing is reviewed until then;
    None also where it was not read.
    """

    share: float | None
    due: int
    later: float | None = None


class PastAnswer(NamedTuple):
    """The logical day of an answer, and whether it was right."""

    day: int
    right: bool


@dataclass(frozen=True, slots=True)
class QuestionHistory:
    """A question and its answers so far, oldest first.

    text: what it asks, in one line. line: in its file. state: in words, like "new" or "due in 5d".
    """

    id: QuestionId
    kind: str
    text: str
    line: int
    state: str = "new"
    answers: tuple[PastAnswer, ...] = ()
    lapses: int = 0
    suspended: bool = False
    flagged: bool = False
    buried: bool = False

    @property
    def is_started(self) -> bool:
        return self.state != "new"

    @property
    def is_leech(self) -> bool:
        return self.lapses >= LEECH


@dataclass(frozen=True, slots=True)
class TermDetails:
    """What is shown of one term. today: the logical day. demo: its title, or "". problems: of its file."""

    row: Row
    term: Term
    today: int
    mastery: Mastery
    needs: list[Link]
    opens: list[Link]
    contrast: list[Link]
    demo: str
    questions: list[QuestionHistory]
    problems: list[Problem]
    aside: list[Aside]


def read_details(
    workspace: Workspace, term: str, now: Now, problems: Mapping[str, Sequence[Problem]]
) -> TermDetails:
    """The details of a term (its global id). problems: of all files, by path.

    Raises CallError if it has no card.
    """
    index, queue = workspace.index, workspace.queue
    card = index.term(term)
    row = index.row(term)
    assert row is not None  # or there would be no card
    errors = [each for each in problems.get(card.path, ()) if each.severity == "error"]
    ids = [QuestionId(f"{row.id}/{question.slug}") for question in card.questions]
    titles = {demo.name: demo.title for demo in index.demos()} if card.demo else {}
    return TermDetails(
        row=row,
        term=card,
        today=workspace.learner.today(now),
        mastery=mastery_of_terms(workspace, [row.id], now)[row.id]._replace(
            later=queue.knowledge.mastery(now, [row.id], LATER).get(row.id)
        ),
        needs=index.needs(row.id),
        opens=index.opens(row.id),
        contrast=index.contrast(row.id),
        demo=titles.get(card.demo, ""),
        questions=[read_history(workspace, *each, now) for each in zip(ids, card.questions, strict=True)],
        problems=[*errors, silent] if (silent := problem_without_questions(card)) else errors,
        aside=[each for each in queue.set_aside() if each.question.startswith(f"{row.id}/")],
    )


def mastery_of_terms(workspace: Workspace, terms: Collection[str], now: Now) -> dict[str, Mastery]:
    """How well each of these terms (global ids) is known."""
    queue = workspace.queue
    mastery = queue.knowledge.mastery(now, terms)
    due = dict.fromkeys(terms, 0)
    if mastery:
        day = workspace.learner.today(now)
        for each in (*queue.learning_due(now, mastery), *queue.reviews_due(day, _MANY, mastery)):
            due[each.term] += 1
    return {term: Mastery(mastery.get(term), due[term]) for term in terms}


def in_one_line(question: Question) -> str:
    """What a question asks: gaps as gaps, drawn numbers by their names."""
    text = re.sub(r"\{\{.*?\}\}", "____", question.prompt)
    return re.sub(r"\{(\w+)\}", r"\1", bare_words(text))


def read_history(
    workspace: Workspace, question_id: QuestionId, question: Question, now: Now
) -> QuestionHistory:
    """What became of a question so far."""
    learner = workspace.learner
    card = learner.card(question_id)
    history = QuestionHistory(question_id, question.kind, in_one_line(question), question.line)
    if card is None:
        return history
    undone = learner.log.undone(question_id)
    events = [event for event in learner.events(question_id) if event.uuid not in undone]
    answers = [PastAnswer(event.day, event.is_right) for event in events if event.kind == "answer"]
    suspends = [event for event in events if event.kind == "suspend"]
    is_retired = card.suspended and bool(suspends) and is_retiring(suspends[-1])
    return replace(
        history,
        state="retired: always right" if is_retired else _state(card, now, workspace),
        answers=tuple(answers),
        lapses=card.state.lapses,
        suspended=card.suspended,
        flagged=card.flagged,
        buried=card.is_buried(learner.today(now)),
    )


def _state(card: Card, now: Now, workspace: Workspace) -> str:
    policy = workspace.learner.policy
    today = day_of(now, policy.rollover_hour)
    marks = ["suspended"] if card.suspended else []
    if card.is_buried(today) and card.buried_until is not None:
        marks.append(f"buried {_in_days(card.buried_until - today)}")
    if marks:
        return ", ".join(marks)
    text = interval_text(card.state, now, policy)
    return {"now": "due now", "new": "new"}.get(text, f"due in {text}")


def _in_days(days: int) -> str:
    return "until tomorrow" if days == 1 else f"for {days} days"


def day_in_short(day: int, today: int) -> str:
    """`12 Nov`, with the year where it is long ago."""
    then = date_of(day)
    year = f" {then.year}" if abs(today - day) > 300 else ""
    return f"{then.day} {SHORT_MONTHS[then.month - 1]}{year}"


def group_by_path(problems: Iterable[Problem]) -> dict[str, list[Problem]]:
    """The problems of each file: path → problems."""
    found: dict[str, list[Problem]] = {}
    for problem in problems:
        found.setdefault(problem.path, []).append(problem)
    return found
