"""What is due, what is new and what is set aside: queries of the learner's database. `quiz/` chooses.

The cost of a query depends on what it returns, and not on how much has been learned: it reads along an index
of `card` or of `course` (see availability.py).
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager, nullcontext
from functools import cached_property
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, NamedTuple
from zlib import crc32

from mlterms.base.clock import Now
from mlterms.base.ids import Day, QuestionId, TermId, deck_of, term_of
from mlterms.memory.days import DAY_SECONDS
from mlterms.store import availability
from mlterms.store.availability import IN_A_CARD
from mlterms.store.card_queries import (
    CAN_BE_ASKED,
    CARDS_OF_TERMS,
    REVIEW_DUE,
    REVIEW_LATER,
    REVIEW_OVERDUE,
    REVIEW_TOO_FAR,
    SOONEST,
    STEP_BY_THE_END,
    STEP_DUE,
    due_cards,
    numbers_of_cards,
    select,
)
from mlterms.store.counts import Counts
from mlterms.store.follow_ups import FollowUp
from mlterms.store.log.connection import explain_sqlite_errors, transaction
from mlterms.store.log.schema import NOT_SET_ASIDE
from mlterms.store.new_questions import Gone, New, NewQuestions
from mlterms.store.open_follow_ups import OpenFollowUps, count_extra, within
from mlterms.store.overdue import Backlog, OverdueReviews, rank

if TYPE_CHECKING:
    from mlterms.memory.balance import LoadOf
    from mlterms.store.forecast import Forecast
    from mlterms.store.index.reader import Index
    from mlterms.store.knowledge import Knowledge
    from mlterms.store.log.learner import DayTotals, Learner

_MIXED = 300
"""Reviews that are due on one day are shuffled in batches of this size, not asked in alphabetical order."""

_WHENEVER = Day(10**9)  # a day on which nothing is buried any more


class Due(NamedTuple):
    """A question that may be asked. term: its global id. due_at (ms): of a step; due_day: of a review."""

    question: QuestionId
    term: TermId
    due_at: int | None = None
    due_day: Day | None = None


class Aside(NamedTuple):
    """A question with a history that is in no card now, and why."""

    question: QuestionId
    reason: str


class Queue:
    """The queues of one learner over one index. Where `terms` (global ids) are given, only theirs count."""

    def __init__(self, learner: Learner, index: Index, now: Now) -> None:
        """now: when new renames that the cards tell of are recorded."""
        self.learner, self.index, self._opened = learner, index, now
        self._is_one_moment = False
        self._seen: tuple[int, int] | None = None  # what was written when the course was last looked at
        self._overdue = OverdueReviews(learner)
        self._overdue_as_of: tuple[Day, tuple[int, int] | None] | None = None
        self._follow_ups = OpenFollowUps(learner, index)
        self._refresh()

    # Two parts that `mlterms due` rarely needs, and is quicker without.

    @cached_property
    def knowledge(self) -> Knowledge:
        """How much is known."""
        from mlterms.store.knowledge import Knowledge

        return Knowledge(self.learner, self.index, self._refresh)

    @cached_property
    def forecast(self) -> Forecast:
        """How many reviews the next days bring."""
        from mlterms.store.forecast import Forecast

        return Forecast(self.learner, self._overdue_reviews)

    @contextmanager
    def at_one_moment(self) -> Iterator[None]:
        """Read all that follows as of one moment: what other windows write meanwhile is not seen."""
        self._refresh()
        connection = self.learner.connection
        is_writing = connection.in_transaction  # what is read then is of one moment already
        reading = nullcontext() if is_writing else transaction(connection, "DEFERRED")
        with explain_sqlite_errors(self.learner.path), reading:
            self._is_one_moment = True
            try:
                yield
            finally:
                self._is_one_moment = False

    # -- how much ------------------------------------------------------------------------------------------

    def counts(self, now: Now, terms: Collection[str] | None = None) -> Counts:
        """How many questions there are today, of all terms or of those that are asked for by name."""
        self._refresh()
        today = self.learner.today(now)
        day, settings = self.learner.day_so_far(today), self.learner.settings
        end = 1000 * ((today + 1) * DAY_SECONDS + 3600 * self.learner.policy.rollover_hour - now.offset)
        values = {"at": now.at, "today": today, "end": end}
        conditions = (REVIEW_DUE, REVIEW_TOO_FAR, REVIEW_OVERDUE, STEP_BY_THE_END)
        on_time, too_far, overdue, learning = numbers_of_cards(self.learner, conditions, values, terms)
        backlog = on_time + too_far + overdue
        later = 0
        if overdue and terms is None:
            later = max(0, overdue - self._overdue_on(today).left_today())
        due = min(backlog - later, max(0, settings.reviews_per_day - day.reviews))
        room_for_new = settings.new_per_day - day.new
        if terms is None:
            room_for_new -= sum(each.is_new for each in self._follow_ups_to_come(day))
            new = self._new_of_day(day, room_for_new, is_any_overdue=overdue > 0)
        else:
            new = self.new_today(now, room_for_new, terms)
        room = settings.reviews_per_day - day.reviews - due, settings.new_per_day - day.new - len(new)
        return Counts(
            due=due,
            learning=learning,
            new=len(new),
            answered=day.answered,
            later=1 if backlog > due else self._later(today, terms),
            backlog=backlog,
            overdue=overdue,
            put_right=count_extra(
                self.learner,
                self._follow_ups.on(today, self._seen),
                {each.question for each in new},
                today,
                room,
                terms,
            ),
        )

    def follow_ups(self, today: Day) -> list[FollowUp]:
        """The questions to ask ahead of their turn because of a wrong answer, the most urgent first."""
        self._refresh()
        return self._follow_ups.on(today, self._seen)

    def _follow_ups_to_come(self, day: DayTotals) -> list[FollowUp]:
        """Those that the day's limits leave room for."""
        settings = self.learner.settings
        found, reviews = self._follow_ups.on(day.day, self._seen), settings.reviews_per_day - day.reviews
        return within(found, reviews, settings.new_per_day - day.new) if found else []

    def next_learning_at(self, now: Now) -> int | None:
        """The instant (ms) at which the earliest learning step is or was due; None if there is none."""
        return step[1] if (step := self.next_learning(now)) else None

    def next_learning(self, now: Now) -> tuple[QuestionId, int] | None:
        """The question whose learning step is or was due first, and that instant (ms)."""
        self._refresh()
        sql = "SELECT question, due_at FROM card"
        sql += f" WHERE due_at IS NOT NULL AND {CAN_BE_ASKED} ORDER BY due_at LIMIT 1"
        rows = select(self.learner, sql, {"today": self.learner.today(now)})
        return (QuestionId(rows[0][0]), int(rows[0][1])) if rows else None

    def backlog(self, now: Now, counts: Counts) -> Backlog | None:
        """The overdue reviews, if there are more than today's limits leave room for. counts: as of `now`."""
        if counts.backlog == counts.due or not counts.overdue:
            return None
        return self.forecast.backlog(now, counts.overdue)

    # -- which ---------------------------------------------------------------------------------------------

    def learning_due(
        self, now: Now, terms: Collection[str] | None = None, limit: int | None = None
    ) -> list[Due]:
        """Learning steps that are due, the longest waiting first; all of them, or the first `limit`."""
        self._refresh()
        values = {"at": now.at, "today": self.learner.today(now), "limit": -1 if limit is None else limit}
        where = f"{STEP_DUE} AND {CAN_BE_ASKED} ORDER BY due_at LIMIT :limit"
        return _dues(due_cards(self.learner, "due_at, NULL", where, values, terms))

    def reviews_due(
        self,
        day: Day,
        limit: int,
        terms: Collection[str] | None = None,
        gone: Collection[str] = (),
        *,
        all_overdue: bool = False,
    ) -> list[Due]:
        """Reviews to ask today: first today's part of the overdue ones, those most worth saving first, then
        those that are due today, in an order of this day's own.

        Of `terms`, which are asked for by name, all overdue ones come. gone: questions that are not wanted.
        all_overdue: also those that today has no room for.
        """
        self._refresh()
        overdue = self._overdue_first(day, limit, terms, gone, all_overdue)
        if len(overdue) >= limit:
            return overdue
        values = {"today": day, "limit": max(limit, _MIXED) + len(gone)}
        far, due = (f"{each} AND {CAN_BE_ASKED} LIMIT :limit" for each in (REVIEW_TOO_FAR, REVIEW_DUE))
        found = due_cards(self.learner, "NULL, due_day", far, values, terms, or_where=due)
        rows = [row for row in found if row[0] not in gone]
        rows.sort(key=lambda row: crc32(f"{day} {row[0]}".encode()))
        return [*overdue, *_dues(rows)][:limit]

    def _overdue_first(
        self, day: Day, limit: int, terms: Collection[str] | None, gone: Collection[str], every: bool
    ) -> list[Due]:
        if terms is not None:
            where = f"{REVIEW_OVERDUE} AND {CAN_BE_ASKED}"
            due = "due_day, stability, last_day, NULL"
            late = rank(due_cards(self.learner, due, where, {"today": day}, terms), self.learner.policy, day)
            late = [row for row in late if row[0] not in gone][:limit]
        else:
            overdue = self._overdue_on(day)
            with explain_sqlite_errors(self.learner.path):
                late = overdue.first(limit if every else min(limit, overdue.left_today()), gone)
        return _dues([(question, None, due_day) for question, due_day in late])

    def ahead(self, day: Day, limit: int, terms: Collection[str] | None = None) -> list[Due]:
        """Reviews before their day, those that are due soonest first."""
        self._refresh()
        where = f"{REVIEW_LATER} AND {CAN_BE_ASKED} ORDER BY due_day LIMIT :limit"
        return _dues(due_cards(self.learner, "NULL, due_day", where, {"today": day, "limit": limit}, terms))

    def new(self, day: Day, limit: int, terms: Collection[str] | None = None) -> list[Due]:
        """All questions that are new and whose term can be started, term by term in the order of the graph.

        A term that is asked for by name, in `terms`, can always be started. Which of them the quiz asks
        today is what `new_today` says.
        """
        self._refresh()
        return self._unseen("waits = 0 AND fresh > 0" if terms is None else "fresh > 0", terms, day, limit)

    def new_today(
        self, now: Now, most: int, terms: Collection[str] | None = None, gone: Gone = ((), ())
    ) -> list[New]:
        """The next `most` new questions of today, if each answer is right: see `new_questions.py`. Those that
        are follow-ups are not among them, and come before. Of `terms`, asked for by name, all are listed.
        gone: the questions that are skipped, and those that cannot be asked.
        """
        self._refresh()
        today, most = self.learner.today(now), max(0, most)
        if terms is not None:
            rows = self.new(today, most + sum(map(len, gone)), terms)
            return [New(row.question, row.term) for row in rows if row.question not in {*chain(*gone)}][:most]
        return self._new_of_day(self.learner.day_so_far(today), most, gone)

    def _new_of_day(
        self, day: DayTotals, most: int, gone: Gone = ((), ()), *, is_any_overdue: bool = True
    ) -> list[New]:
        """As `new_today`, of all terms. is_any_overdue: False saves a look at the overdue reviews."""
        with explain_sqlite_errors(self.learner.path):
            late = self._late_today(day.day) if is_any_overdue else None
            before = self._follow_ups_to_come(day)
            ahead = NewQuestions(
                self.learner, self.index, day.day, *gone, ahead=True, late=late, asked=day.new, before=before
            )
            return list(islice(ahead, max(0, most)))

    def _late_today(self, today: Day) -> list[QuestionId] | None:
        """The overdue questions that are asked today; None if that is all of them."""
        overdue = self._overdue_on(today)
        left = overdue.left_today()
        late = [question for question, _ in overdue.first(left + 1, ())]
        return late[:left] if len(late) > left else None

    def next_new(
        self,
        day: Day,
        skipped: Collection[str] = (),
        broken: Collection[str] = (),
        asked: int | None = None,
    ) -> Due | None:
        """The new question to ask now, even beyond the day's limit: see `new_questions.py`.

        skipped: questions that the learner skips for now. broken: questions that cannot be asked.
        asked: how many new ones were asked today, looked up if it is not given.
        """
        self._refresh()
        with explain_sqlite_errors(self.learner.path):
            for new in NewQuestions(self.learner, self.index, day, skipped, broken, asked=asked):
                return Due(new.question, new.term)
        return None

    def every(self, now: Now, limit: int, terms: Collection[str] | None = None) -> list[Due]:
        """Any question that is not suspended, for practice: what is known worst first, then what is new."""
        self._refresh()
        cards = SOONEST if terms is None else CARDS_OF_TERMS
        known = select(
            self.learner,
            f"{cards} SELECT question, due_at, due_day FROM card WHERE phase > 0 AND suspended = 0"
            f" AND {IN_A_CARD} ORDER BY max(0, :today - last_day) / stability DESC LIMIT :limit",
            {"today": self.learner.today(now), "limit": limit, "terms": json.dumps(list(terms or ()))},
        )  # recall falls as that ratio rises
        return _dues(known) + self._unseen("fresh > 0", terms, _WHENEVER, limit - len(known))

    def load_of(self, question: QuestionId, now: Now) -> LoadOf:
        """Looks up what is due on days ahead of `now`, for the next review of a question."""
        from mlterms.store.daily_load import load_of

        return load_of(self.learner, question, self.learner.today(now))

    def is_started(self, term: str) -> bool:
        """Whether a question of a term (its global id) was answered or is known."""
        return availability.is_started(self.learner, term)

    def terms_answered(self, day: Day) -> set[str]:
        """The terms (global ids) of which a question was answered on that day."""
        rows = select(self.learner, "SELECT question FROM card WHERE last_day = :day", {"day": day})
        return {term_of(question) for (question,) in rows}  # DISTINCT in SQL takes longer

    def set_aside(self, *, of_unused_decks: bool = True) -> list[Aside]:
        """Questions with a history that are in no card now. Their history waits."""
        self._refresh()
        sql = "SELECT question, reason FROM aside CROSS JOIN card USING (question) ORDER BY 1"
        found = [Aside(*row) for row in select(self.learner, sql, {})]
        return [each for each in found if of_unused_decks or not self.index.is_unused(deck_of(each.question))]

    # -- how -----------------------------------------------------------------------------------------------

    def _refresh(self) -> None:
        """Bring the course up to date, if anything was written since the last time: by another process, which
        may have other cards, or on this connection."""
        if self._is_one_moment:
            return
        changes = self.learner.changes
        if changes != self._seen:
            with explain_sqlite_errors(self.learner.path):
                availability.refresh(self.learner, self.index, self._opened)
            self._seen = changes[0], self.learner.own_changes

    def _overdue_on(self, today: Day) -> OverdueReviews:
        """The overdue reviews as of what was written last."""
        as_of = today, self._seen
        if as_of != self._overdue_as_of:
            with explain_sqlite_errors(self.learner.path):
                self._overdue.refresh(today)
            self._overdue_as_of = as_of
        return self._overdue

    def _overdue_reviews(self, today: Day) -> OverdueReviews:
        self._refresh()
        return self._overdue_on(today)

    def _later(self, today: Day, terms: Collection[str] | None) -> int | None:
        where = f"{REVIEW_LATER} AND suspended = 0 AND {IN_A_CARD} ORDER BY due_day LIMIT 1"
        rows = due_cards(self.learner, "NULL, due_day", where, {"today": today}, terms)
        return rows[0][2] - today if rows else None

    def _unseen(self, where: str, terms: Collection[str] | None, day: Day, limit: int) -> list[Due]:
        """Questions to be learned of the terms for which `where` holds, in study order; no buried ones."""
        if terms is not None:
            where += " AND term IN (SELECT value FROM json_each(:terms))"
        sql = f"SELECT term FROM course WHERE {where} ORDER BY position"
        values = {"terms": json.dumps(list(terms or ()))}
        found: list[Due] = []
        with (
            explain_sqlite_errors(self.learner.path),
            closing(self.learner.connection.execute(sql, values)) as rows,
        ):
            for (term,) in rows:  # only as many are read as are needed
                if len(found) >= limit:
                    break
                gone = self._gone(term, day)
                found += (Due(each, term) for each in self.index.questions_of(term) if each not in gone)
        return found[: max(0, limit)]

    def can_be_learned(self, question: QuestionId, day: Day) -> bool:
        """Whether it is new, in a card, and neither suspended nor buried on that day."""
        term = term_of(question)
        return question in self.index.questions_of(term) and question not in self._gone(term, day)

    def _gone(self, term: str, day: Day) -> set[str]:
        """The questions of a term that cannot be learned as new on that day: started, suspended or buried."""
        sql = f"{CARDS_OF_TERMS} SELECT question FROM card WHERE phase > 0 OR NOT ({NOT_SET_ASIDE})"
        return {
            question for (question,) in select(self.learner, sql, {"terms": json.dumps([term]), "today": day})
        }


def _dues(rows: list[Any]) -> list[Due]:
    return [Due(question, term_of(question), due_at, due_day) for question, due_at, due_day in rows]
