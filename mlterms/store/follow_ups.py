"""What wrong answers leave behind: mistaken beliefs that are not put right yet, and what to ask about them.

A wrong answer can betray a mistaken belief (a distractor, a slip or an outcome with an id). If the learner
was certain of it, or was not asked how sure they are, the belief is marked. It is put right by a later right
answer to a different question about it. Until then it is still believed, and from the next day on such a
question is asked ahead of its turn. Other answers that were certain and wrong come back within a week.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from mlterms.base.ids import Day, QuestionId, deck_of, term_of
from mlterms.memory.state import Phase
from mlterms.store.availability import is_started
from mlterms.store.log import tables
from mlterms.store.log.connection import explain_sqlite_errors

if TYPE_CHECKING:
    from mlterms.store.index.reader import Index
    from mlterms.store.log.learner import Learner

_REMEMBERED = 30  # days after which a wrong answer is no longer followed up
_WEEK = 7

_MARKS = """
SELECT misconception, question, day, stamp, uuid FROM event
WHERE misconception IS NOT NULL AND day >= ? AND kind = 'answer' AND coalesce(confidence, 3) = 3
    AND coalesce(began, '') <> 'guess'
"""
_SURE_AND_WRONG = """
SELECT question, day, uuid FROM event
WHERE confidence = 3 AND correct = 0 AND day BETWEEN ? AND ? AND kind = 'answer' AND misconception IS NULL
ORDER BY day, seq
"""


class Belief(NamedTuple):
    """A mistaken belief that a learner still holds.

    id: `deck:misconception`. day: the logical day on which it last showed itself. question: the one that
    betrayed it then, by its id now.
    """

    id: str
    day: Day
    question: QuestionId


class FollowUp(NamedTuple):
    """A question to ask ahead of its turn. is_new: it was never answered. about: the belief, or ""."""

    question: QuestionId
    is_new: bool
    about: str = ""


def may_follow_up(learner: Learner, today: Day) -> bool:
    """Whether `follow_ups` has anything to look at: a wrong answer of an earlier day that can count."""
    sql = f"SELECT EXISTS (SELECT 1 FROM ({_MARKS}) WHERE day < ?) OR EXISTS ({_SURE_AND_WRONG})"
    values = (today - _REMEMBERED, today, today - _REMEMBERED, today - _WEEK)
    with explain_sqlite_errors(learner.path):
        return bool(learner.connection.execute(sql, values).fetchone()[0])


def still_believed(learner: Learner, index: Index, since: Day | None = None) -> list[Belief]:
    """The mistaken beliefs that are not put right, those that showed themselves last at the end.

    since: only those that showed themselves on that day or later.
    """
    with explain_sqlite_errors(learner.path):
        marks: dict[str, tuple[int, Day, QuestionId]] = {}
        for name, question, day, stamp, uuid in learner.connection.execute(_MARKS, (since or 0,)).fetchall():
            belief = f"{deck_of(question)}:{name}"
            if uuid not in learner.log.undone(question):
                now = tables.name_now(learner.connection, question)
                marks[belief] = max(marks.get(belief, (stamp, day, now)), (stamp, day, now))
        return [
            Belief(belief, day, question)
            for belief, (stamp, day, question) in sorted(marks.items(), key=lambda each: each[1])
            if not _is_put_right(learner, index, belief, question, stamp)
        ]


def _is_put_right(learner: Learner, index: Index, belief: str, betrayer: QuestionId, stamp: int) -> bool:
    """Whether a different question about the belief was answered rightly after that stamp."""
    for question in index.questions_about(belief):
        if question == betrayer:
            continue
        for name in tables.all_names(learner.connection, question):
            rows = learner.connection.execute(
                "SELECT uuid FROM event WHERE question = ? AND stamp > ? AND kind = 'answer' AND is_right",
                (name, stamp),
            ).fetchall()
            undone = learner.log.undone(name) if rows else set()
            if any(uuid not in undone for (uuid,) in rows):
                return True
    return False


def follow_ups(learner: Learner, index: Index, today: Day) -> Iterator[FollowUp]:
    """The questions to ask today ahead of their turn, the most urgent first: one for each belief that showed
    itself on an earlier day, then each answer that was certain and wrong a week ago and did not come back."""
    for belief in still_believed(learner, index, Day(today - _REMEMBERED)):
        if belief.day < today and (found := _question_about(learner, index, belief, today)) is not None:
            yield found
    with explain_sqlite_errors(learner.path):
        days = (today - _REMEMBERED, today - _WEEK)
        wrong = learner.connection.execute(_SURE_AND_WRONG, days).fetchall()
    for question, day, uuid in wrong:
        now = tables.name_now(learner.connection, question)
        card = learner.card(now)
        if (
            card is not None
            and card.state.phase is Phase.REVIEW
            and card.state.last_day == day  # it did not come back
            and not card.suspended
            and not card.is_buried(today)
            and index.holds(now)
            and uuid not in learner.log.undone(question)
        ):
            yield FollowUp(now, is_new=False)


def _question_about(learner: Learner, index: Index, belief: Belief, today: Day) -> FollowUp | None:
    """A different question about a belief: the one that was asked longest ago, else a new one of a term that
    is started. None if there is none, or if one was answered today: once a day is enough."""
    asked: list[tuple[Day, QuestionId]] = []
    new: list[QuestionId] = []
    for question in index.questions_about(belief.id):
        card = learner.card(question)
        if question == belief.question:
            continue
        if card is not None and card.state.last_day is not None and card.state.last_day >= today:
            return None
        if card is not None and (card.suspended or card.is_buried(today)):
            continue
        if card is None or card.state.phase is Phase.NEW:
            if is_started(learner, term_of(question)):
                new.append(question)
        elif card.state.phase is Phase.REVIEW:
            assert card.state.last_day is not None
            asked.append((card.state.last_day, question))
    if asked:
        return FollowUp(min(asked)[1], is_new=False, about=belief.id)
    return FollowUp(new[0], is_new=True, about=belief.id) if new else None
