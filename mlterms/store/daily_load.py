"""How many reviews are due on each day ahead, so that the next one gets a day with little to do."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from mlterms.base.ids import Day, QuestionId, term_of
from mlterms.memory.balance import Load, LoadOf
from mlterms.store.log.connection import explain_sqlite_errors

if TYPE_CHECKING:
    from mlterms.store.log.learner import Learner

# Days from today with the number of reviews due on them, and those of the siblings of a question, with NULL.
_LOAD = """
SELECT day.value - :today, (SELECT count(*) FROM card WHERE due_day = day.value AND suspended = 0)
FROM json_each(:days) AS day
UNION ALL SELECT due_day - :today, NULL FROM card
WHERE question > :term || '/' AND question < :term || '0' AND question <> :question
    AND due_day > :today AND suspended = 0
"""


def load_of(learner: Learner, question: QuestionId, today: Day) -> LoadOf:
    """Looks up how many reviews are due on days from today, and on which of them others of the same term."""

    def look_up(days: Sequence[int]) -> Load:
        dates = json.dumps([today + day for day in days])
        values = {"today": today, "days": dates, "term": term_of(question), "question": question}
        with explain_sqlite_errors(learner.path):
            rows = learner.connection.execute(_LOAD, values).fetchall()
        reviews = {day: count for day, count in rows if count is not None}
        return Load(reviews, {day for day, count in rows if count is None})

    return look_up
