"""Which new questions are asked today, and in which order: the policy, and the queries that carry it out.

1. A term opens with the first question of its card. That one is the easiest and can be answered from what
   was just shown. A term can open once each term that it needs has been started.
2. The second question asks for the definition. It comes once the first is learned, which means that its
   learning steps are over.
3. Each later question comes once all questions before it hold. A question holds when it was answered right
   on a later day than its first.
4. Of every three new questions one opens a term, and the other two go deeper: second questions first, then
   later ones. Where one kind runs out, the other takes its place. Each kind comes in the order of the graph.
5. Questions of one term are a day apart: a term with a question that was answered today, or is due today, is
   left alone. Only when nothing else is left is it asked, and never for a third new question on one day.

Suspended questions count for nothing, and a term whose next question is buried or skipped waits for it. A
term that the learner asks for by name follows none of this.

What is asked today does not depend on when it is asked: a review that is due now keeps its term busy before
it is answered and afterwards. So Today can list in the morning what the quiz will ask until the evening.
"""

from __future__ import annotations

import heapq
import json
from collections.abc import Callable, Collection, Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from mlterms.base.ids import Day, QuestionId, TermId, questions_range, term_of
from mlterms.store.availability import CARDS_OF_TERM
from mlterms.store.log.schema import NOT_SET_ASIDE

if TYPE_CHECKING:
    import sqlite3

    from mlterms.store.follow_ups import FollowUp
    from mlterms.store.index.reader import Index
    from mlterms.store.log.learner import Learner

ONE_TERM_IN = 3
"""One new question of this many opens a term. At ten a day, 150 terms are open after 45 days."""

Gone = tuple[Collection[str], Collection[str]]
"""The questions that are skipped for now, and those that cannot be asked."""

_MOST_OF_A_TERM = 2  # new questions a day

_NEXT_IS_ASKABLE = f"NOT EXISTS (SELECT 1 FROM card WHERE question = next AND NOT ({NOT_SET_ASIDE}))"
_RESTED = """last_day < :today AND due_day > :today
    AND term NOT IN (SELECT busy.value FROM json_each(:busy) AS busy)"""
_STARTED = f"started AND next IS NOT NULL AND {_NEXT_IS_ASKABLE}"
# By tonight, if every answer is right: steps are over by then, and so is a review that is due, unless it is
# an overdue one that has to wait for another day.
_READY_TODAY = """NOT EXISTS (
    SELECT 1 FROM json_each(course.slugs) AS slug CROSS JOIN card
    ON card.question = course.term || '/' || slug.value
    WHERE slug.key < course.rank AND course.rank > 1 AND suspended = 0
    AND (phase <> 2 OR first_day >= last_day)
    AND (first_day >= :today OR (due_at IS NULL AND due_day > :today) OR (
        :late IS NOT NULL AND due_day < :today
        AND card.question NOT IN (SELECT late.value FROM json_each(:late) AS late)))
)"""
_UNMET = """SELECT need FROM prerequisite JOIN course AS needed ON needed.position = need
    WHERE prerequisite.term = {term} AND NOT (needed.started OR needed.fresh = 0)"""
_NEEDS = f"""CASE WHEN waits THEN (
    SELECT json_group_array(need) FROM ({_UNMET.format(term="course.position")})) END"""


class New(NamedTuple):
    """A new question to ask. term: its global id. position: of the term in the graph. rank: on the card."""

    question: QuestionId
    term: TermId
    position: int = 0
    rank: int = 0


class NewQuestions:
    """The new questions of a day, in the order in which they are asked.

    today: the logical day. skipped: questions that the learner skips for now. broken: questions that cannot
    be asked at all, so that the next one of their term takes their place. ahead: list what the whole day
    brings if each answer is right; without it only what can be asked at this moment is listed. late: the
    overdue questions that are asked today, if not all of them are. asked: the new ones so far, if known.
    before: the questions that are asked first, ahead of their turn; they keep their terms busy.
    """

    def __init__(
        self,
        learner: Learner,
        index: Index,
        today: Day,
        skipped: Collection[str] = (),
        broken: Collection[str] = (),
        *,
        ahead: bool = False,
        late: Collection[str] | None = None,
        asked: int | None = None,
        before: Collection[FollowUp] = (),
    ) -> None:
        self.learner, self.index, self.today = learner, index, today
        self.skipped, self.broken = skipped, broken
        self.ahead, self.late, self.asked, self.before = ahead, late, asked, before
        self._taken: dict[QuestionId, int] = {}  # question → position of its term

    def __iter__(self) -> Iterator[New]:
        """All of them, even beyond the day's limit; each is only looked for when it is needed."""
        self._taken.clear()
        asked = self.learner.day(self.today).new if self.asked is None else self.asked
        asked += len(self._new_before)
        number = self.today * self.learner.settings.new_per_day + asked
        openers = self._openers()
        deeper = chain(
            self._rows(f"{_STARTED} AND ready AND rank < 2 AND {_RESTED}"),
            self._rows(f"{_STARTED} AND ready AND rank >= 2 AND {_RESTED}"),
        )
        while True:
            opens = number % ONE_TERM_IN == 0
            found = next(chain(openers, deeper) if opens else chain(deeper, openers), None)
            if found is None:
                break
            yield self._take(found)
            number += 1
        yield from self._of_busy_terms()

    def _openers(self) -> Iterator[New]:
        """The first question of each term that can be opened; a term that is opened here opens others."""
        where = f"started = 0 AND fresh > 0 AND {_NEXT_IS_ASKABLE}"
        opened = self._taken.values()
        if not self.ahead:
            return self._rows(f"{where} AND waits = 0")
        return self._rows(where, lambda unmet: {*json.loads(unmet or "[]")} <= {*opened}, _NEEDS)

    def _of_busy_terms(self) -> Iterator[New]:
        """When nothing else is left: terms that were asked today or will be, second questions first."""
        ready = _READY_TODAY if self.ahead else "ready"
        waiting = [
            (new.rank > 1, new.position, new)
            for new in chain(
                self._rows(f"{_STARTED} AND {ready} AND NOT ({_RESTED}) AND {self._room_today()}"),
                filter(None, map(self._following, [*self._taken])),
            )
        ]
        heapq.heapify(waiting)
        while waiting:
            _, _, new = heapq.heappop(waiting)
            yield self._take(new)
            following = self._following(new.question)
            if following is not None:
                heapq.heappush(waiting, (following.rank > 1, following.position, following))

    def _following(self, question: QuestionId) -> New | None:
        """The question that can come on the same day after one that was taken, if all goes well."""
        term = term_of(question)
        if not self.ahead or self._asked_today(term) >= _MOST_OF_A_TERM:
            return None
        fresh = self._fresh(term)
        rank = self.index.questions_of(term).index(fresh[0]) if fresh else _MOST_OF_A_TERM
        askable = fresh and rank < 2 and fresh[0] not in self.skipped and not self._is_buried(fresh[0])
        return New(fresh[0], term, self._taken[question], rank) if askable else None

    # -- queries -------------------------------------------------------------------------------------------

    def _rows(
        self, where: str, may: Callable[[str | None], bool] = lambda extra: True, extra: str = "NULL"
    ) -> Iterator[New]:
        """The next question of each term for which `where` holds, in the order of the graph.

        may: whether a term is taken, by what the column `extra` says of it.
        """
        sql = f"""SELECT position, term, next, rank, {extra} FROM course
            WHERE position > :after AND {where} ORDER BY position LIMIT :page"""
        late = None if self.late is None else json.dumps(list(self.late))
        busy = json.dumps([term_of(each.question) for each in self.before])
        values: dict[str, Any] = {"today": self.today, "after": -1, "page": 4, "late": late, "busy": busy}
        while rows := self._connection.execute(sql, values).fetchall():  # no cursor is left open
            for position, term, question, rank, told in rows:
                if not may(told) or question in self.skipped or question in self._new_before:
                    continue
                if question not in self.broken:
                    yield New(question, term, position, rank)
                elif (fresh := self._fresh(term)) and fresh[0] not in self.skipped:
                    yield New(fresh[0], term, position, rank)
            values |= {"after": rows[-1][0], "page": 2 * values["page"]}

    def _fresh(self, term: str) -> list[QuestionId]:
        """The new questions of a term, in the order of the card, but none that is broken or taken."""
        rows = self._connection.execute(
            "SELECT question FROM card WHERE question > ? AND question < ? AND (phase > 0 OR suspended)",
            questions_range(term),
        )
        gone = {question for (question,) in rows} | {*self.broken} | self._taken.keys()
        return [question for question in self.index.questions_of(term) if question not in gone]

    def _room_today(self) -> str:
        asked = f"SELECT count(*) FROM card WHERE {CARDS_OF_TERM} AND first_day = :today"
        return f"({asked}) < {_MOST_OF_A_TERM}"

    def _asked_today(self, term: str) -> int:
        """How many new questions of a term were asked today, or are taken."""
        ((asked,),) = self._connection.execute(
            "SELECT count(*) FROM card WHERE question > ? AND question < ? AND first_day = ?",
            (*questions_range(term), self.today),
        )
        taken = chain(self._taken, self._new_before)
        return int(asked) + sum(question.startswith(f"{term}/") for question in taken)

    @property
    def _new_before(self) -> list[QuestionId]:
        return [each.question for each in self.before if each.is_new]

    def _is_buried(self, question: QuestionId) -> bool:
        card = self.learner.card(question)
        return card is not None and card.is_buried(self.today)

    def _take(self, new: New) -> New:
        self._taken[new.question] = new.position
        return new

    @property
    def _connection(self) -> sqlite3.Connection:
        return self.learner.connection


def unmet_needs(connection: sqlite3.Connection, position: int) -> set[int]:
    """The positions of the terms that must be started before the one at `position` can open."""
    return {need for (need,) in connection.execute(_UNMET.format(term="?"), (position,))}
