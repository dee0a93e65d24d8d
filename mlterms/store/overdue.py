"""Overdue reviews after days away: which are asked first, how many a day, and by when all are done.

The order is by what is most worth saving. A question is worth the chance that it is still known, and more the
more other terms depend on its term. Every fifth question is the one that has waited longest, so that none
waits forever.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple
from zlib import crc32

from mlterms.base.ids import Day, QuestionId
from mlterms.memory.days import DAY_SECONDS, elapsed_days
from mlterms.memory.forgetting import recall_after
from mlterms.store.availability import IN_A_CARD
from mlterms.store.log.fold import undone
from mlterms.store.log.schema import NOT_AN_ANSWER, NOT_SET_ASIDE

if TYPE_CHECKING:
    from mlterms.memory.policy import Policy
    from mlterms.store.log.learner import Learner

LONGEST_WAITING_EVERY = 5
"""One overdue question in this many is the one that has waited longest, even if others are worth more."""

_CAN_BE_ASKED = f"card.due_day < :today AND {NOT_SET_ASIDE} AND {IN_A_CARD}"
_WORTH = "card.question, card.due_day, card.stability, card.last_day, course.share"
_OF_TERM = "course.term = substr(card.question, 1, instr(card.question, '/') - 1)"
_AT_ONCE = 10  # questions looked up together

# In the JSON of a card, [5] is its due_day. Tomorrow's answers count as today's: see Learner.day_so_far.
_ANSWERED = """
SELECT uuid FROM event WHERE kind = 'answer' AND day IN (:today, :today + 1) AND mode <> 'cram' AND phase = 2
    AND json_extract(before, '$[5]') < day
"""
_UNDOS = f"""
SELECT uuid, target FROM event WHERE {NOT_AN_ANSWER} AND kind = 'undo' AND stamp >= :since
ORDER BY stamp, device, uuid
"""
_LAST = "SELECT seq, uuid FROM event ORDER BY seq DESC LIMIT 1"
_SINCE = """
SELECT seq, uuid, kind = 'answer' AND device = :device AND day IN (:today, :today + 1),
    mode <> 'cram' AND phase = 2 AND json_extract(before, '$[5]') < day
FROM event WHERE seq >= :seen ORDER BY seq
"""


class Backlog(NamedTuple):
    """The overdue reviews that do not all fit into today.

    overdue: how many there are. per_day: how many are asked a day. done: the day on which the last of them is
    asked; None if the limits leave no room for them.
    """

    overdue: int
    per_day: int
    done: Day | None


class OverdueReviews:
    """The overdue reviews of one learner, in the order in which they are asked. Kept up to date by `refresh`.

    answered: how many were answered today.
    """

    def __init__(self, learner: Learner) -> None:
        self._learner = learner
        self._today = Day(-1)
        self._seen = (0, "")  # the last event that is accounted for
        self._ranked: list[tuple[QuestionId, Day]] | None = None
        self.answered = 0

    def refresh(self, today: Day) -> None:
        """Take note of what was done since the last time, here or in another window."""
        if today == self._today and self._seen[0]:
            values = {"today": today, "seen": self._seen[0], "device": self._learner.log.device}
            last, *rows = self._learner.connection.execute(_SINCE, values).fetchall() or [(0, "")]
            # The last one is gone if it was rolled back: its number is given again.
            if last[:2] == self._seen and all(is_plain for _, _, is_plain, _ in rows):
                self.answered += sum(is_overdue for _, _, _, is_overdue in rows)
                self._seen = rows[-1][:2] if rows else self._seen
                return
        self._today, self._ranked = today, None
        last_row = self._learner.connection.execute(_LAST).fetchone()
        self._seen = last_row or (0, "")
        self.answered = self._count_answered()

    def left_today(self) -> int:
        """How many may still be asked today."""
        return max(0, self._learner.settings.overdue_per_day - self.answered)

    def first(self, count: int, gone: Collection[str]) -> list[tuple[QuestionId, Day]]:
        """The first ones with the days on which they were due. gone: those that are not wanted."""
        found: list[tuple[QuestionId, Day]] = []
        if count <= 0:
            return found
        if self._ranked is None:
            self._ranked = rank(self._rows(), self._learner.policy, self._today)
        place = 0
        while len(found) < count and place < len(self._ranked):
            batch = self._ranked[place : place + _AT_ONCE]
            alive = self._still_due([question for question, _ in batch])
            batch = [row for row in batch if row[0] in alive]
            self._ranked[place : place + _AT_ONCE] = batch  # the others are answered
            place += len(batch)
            found += (row for row in batch if row[0] not in gone)
        return found[:count]

    def _rows(self) -> list[Any]:
        sql = f"SELECT {_WORTH} FROM card LEFT JOIN course ON {_OF_TERM} WHERE {_CAN_BE_ASKED}"
        return self._learner.connection.execute(sql, {"today": self._today}).fetchall()

    def _still_due(self, questions: list[QuestionId]) -> set[str]:
        rows = self._learner.connection.execute(
            f"SELECT question FROM json_each(:names) AS name CROSS JOIN card ON question = name.value"
            f" WHERE {_CAN_BE_ASKED}",
            {"today": self._today, "names": json.dumps(questions)},
        )
        return {question for (question,) in rows}

    def _count_answered(self) -> int:
        connection = self._learner.connection
        answers = {uuid for (uuid,) in connection.execute(_ANSWERED, {"today": self._today})}
        since = 1000 * DAY_SECONDS * (self._today - 2)  # early enough for every offset and rollover
        undos = connection.execute(_UNDOS, {"since": since}).fetchall()
        return len(answers - undone(undos))


def rank(rows: list[Any], policy: Policy, today: Day) -> list[tuple[QuestionId, Day]]:
    """The order in which overdue reviews are asked, from (question, due_day, stability, last_day, share).

    share: of all terms, those that depend on the question's term; None if that is not known.
    """

    def worth(row: Any) -> float:
        _, _, stability, last_day, share = row
        return recall_after(policy, stability, elapsed_days(last_day, today)) * (1 + (share or 0))

    by_worth = iter(sorted(rows, key=lambda row: (-worth(row), crc32(row[0].encode()))))
    by_wait = iter(sorted(rows, key=lambda row: (row[1], crc32(row[0].encode()))))
    taken: dict[QuestionId, Day] = {}
    for place in range(1, len(rows) + 1):
        question, due_day, *_ = _next_of(by_worth if place % LONGEST_WAITING_EVERY else by_wait, taken)
        taken[question] = due_day
    return list(taken.items())


def _next_of(rows: Iterator[Any], taken: Collection[str]) -> Any:
    return next(row for row in rows if row[0] not in taken)


def spread(
    due: list[int], overdue: int, limits: tuple[int, int], left: tuple[int, int]
) -> tuple[list[int], int | None]:
    """How many reviews are asked on each day, and after how many days no overdue one is left (None: never).

    due: what falls due on each day, from today. limits: of overdue reviews a day, and of all reviews a day.
    left: the same two as far as they are not used up today. What is not asked is overdue on the next day.
    """
    asked, waiting, done = list[int](), overdue, None
    for place, fresh in enumerate(due):
        most_overdue, most = left if place == 0 else limits
        late = min(waiting, most_overdue, most)
        on_time = min(fresh, most - late)
        asked.append(late + on_time)
        if waiting == late and done is None:
            done = place
        waiting += fresh - late - on_time
    return asked, done
