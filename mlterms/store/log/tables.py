"""The tables that are folded from the log: reading their rows, and updating them when an event is added.

`rebuild.py` folds all of them again.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Container
from typing import Any, NamedTuple

from mlterms.base.ids import Day, QuestionId
from mlterms.memory.state import Phase
from mlterms.store.log.card import CARD_COLUMNS, NO_CARD, ROW_COLUMNS, Card, to_json
from mlterms.store.log.event import GUESS, Event
from mlterms.store.log.fold import settings_now
from mlterms.store.log.log import Log
from mlterms.store.log.schema import DAY_COUNTS, MATURE_DAYS, MODES

_NAME_NOW = "coalesce((SELECT now FROM renamed WHERE question = :id), :id)"
_CARD = f"SELECT {ROW_COLUMNS} FROM card WHERE question = "
_TIP = (
    f"SELECT name.now, card.{ROW_COLUMNS.replace(', ', ', card.')}, event.uuid, event.nth, event.after"
    f" FROM (SELECT {_NAME_NOW} AS now) AS name"
    " LEFT JOIN card ON card.question = name.now LEFT JOIN event ON event.seq = card.last_event"
)
_NAMES = CARD_COLUMNS.split(", ")
# Never REPLACE: others keep counts of `card` with triggers, and REPLACE deletes without telling them.
_PUT_CARD = (
    f"INSERT INTO card ({CARD_COLUMNS}) VALUES ({', '.join('?' * len(_NAMES))}) ON CONFLICT (question)"
    f" DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in _NAMES[1:])}"
)


class DayTotals(NamedTuple):
    """The totals of one logical day. Undone answers and wrong guesses at new terms do not count.

    answered: in any mode. right: of them, graded as right. new: of them, on a new question. reviews: of them,
    on a question in review, learning steps and a second answer on one day not counted; reviews_right: of
    these, right. mature and mature_right: the same for reviews of questions that had waited 21 days or more;
    young ones are the rest.
    Cram counts neither as new nor as review. scheduled, ahead, cram: by mode. milliseconds: time taken.
    """

    day: Day
    answered: int = 0
    right: int = 0
    new: int = 0
    reviews: int = 0
    reviews_right: int = 0
    mature: int = 0
    mature_right: int = 0
    scheduled: int = 0
    ahead: int = 0
    cram: int = 0
    milliseconds: int = 0

    @property
    def young(self) -> int:
        return self.reviews - self.mature

    @property
    def young_right(self) -> int:
        return self.reviews_right - self.mature_right

    @property
    def seconds(self) -> float:
        return self.milliseconds / 1000

    @property
    def minutes(self) -> float:
        return self.milliseconds / 60_000


class Tip(NamedTuple):
    """The end of a question's chain: the card, and what the next event needs.

    question: the id as it is now. uuid: of the last event that counts. nth: of the next one: 1, 2, 3, …, but
    0 once the card is not what the last event recorded, since what came before it has changed; and from then
    on. card_json: the card as the next event records it.
    """

    question: QuestionId
    card: Card = NO_CARD
    uuid: str | None = None
    nth: int = 1
    card_json: str = NO_CARD.to_json()


def find_card(connection: sqlite3.Connection, question: QuestionId) -> Card | None:
    """The card of a question, by its id or one that it had."""
    row = connection.execute(_CARD + _NAME_NOW, {"id": question}).fetchone()
    return Card.from_row(row) if row else None


def has_card(connection: sqlite3.Connection, question: QuestionId) -> bool:
    """Whether there is a card under exactly this id."""
    return connection.execute(f"{_CARD} ?", (question,)).fetchone() is not None


def read_tip(connection: sqlite3.Connection, question: QuestionId) -> Tip:
    """The end of the chain of a question, by its id or one that it had."""
    name, *columns, uuid, nth, after_json = connection.execute(_TIP, {"id": question}).fetchone()
    if uuid is None:
        return Tip(name)
    card = Card.from_row(columns)
    card_json = card.to_json()
    return Tip(name, card, uuid, nth + 1 if nth and after_json == card_json else 0, card_json)


def put_card(connection: sqlite3.Connection, question: QuestionId, card: Card, sequence: int) -> None:
    """Write the card that a question has after an event."""
    connection.execute(_PUT_CARD, (question, *card.to_row(), sequence))


def refold_card(log: Log, question: QuestionId) -> None:
    """Fold one card again from everything that was recorded under its ids."""
    names = all_names(log.connection, question)
    undone = set[str]().union(*map(log.undone, names))
    folded = log.fold(names, undone)
    if folded is None:
        log.connection.execute("DELETE FROM card WHERE question = ?", (question,))
    else:
        put_card(log.connection, question, Card.from_json(folded.card_json), folded.last.sequence)


# -- names -----------------------------------------------------------------------------------------------


def name_now(connection: sqlite3.Connection, question: QuestionId) -> QuestionId:
    """The id of a question now, given any id that it had."""
    row = connection.execute("SELECT now FROM renamed WHERE question = ?", (question,)).fetchone()
    return row[0] if row else question


def all_names(connection: sqlite3.Connection, question: QuestionId) -> list[QuestionId]:
    """The id of a question now, and all ids that it had before."""
    olds = connection.execute("SELECT question FROM renamed WHERE now = ?", (question,)).fetchall()
    return [question, *(old for (old,) in olds)]


def put_rename(connection: sqlite3.Connection, old: QuestionId, new: QuestionId) -> None:
    """The question `old`, with its history and all earlier ids, is `new` from now on."""
    connection.execute("DELETE FROM renamed WHERE question = ?", (new,))  # renamed back
    connection.execute("UPDATE renamed SET now = ? WHERE now = ?", (new, old))
    connection.execute("INSERT INTO renamed VALUES (?, ?)", (old, new))
    connection.execute("UPDATE card SET question = ? WHERE question = ?", (new, old))


# -- days ------------------------------------------------------------------------------------------------

_ADD_TO_DAY = (
    f"INSERT INTO day VALUES ({', '.join('?' * len(DayTotals._fields))}) ON CONFLICT (day) DO UPDATE SET "
    + ", ".join(f"{name} = {name} + excluded.{name}" for name in DAY_COUNTS)
)
# Which answers are reviews, wherever reviews are counted.
IS_REVIEW = "mode <> 'cram' AND phase = 2 AND coalesce(\"interval\", 1) <> 0"
# A guess before the card was shown counts if it was right; a wrong one was recorded as cram.
_WRONG_GUESSES = f"SELECT seq FROM event WHERE began = '{GUESS}' AND mode = 'cram'"
# The totals of all days from all answers. The inner grouping is in the order of the index event_by_day.
ALL_DAYS = f"""
SELECT day, sum(n), sum(n * is_right),
    sum(n * (mode <> 'cram' AND phase = 0)),
    sum(n * ({IS_REVIEW})),
    sum(n * ({IS_REVIEW} AND is_right)),
    sum(n * ({IS_REVIEW} AND coalesce("interval", 0) >= {MATURE_DAYS})),
    sum(n * ({IS_REVIEW} AND coalesce("interval", 0) >= {MATURE_DAYS} AND is_right)),
    sum(n * (mode = 'scheduled')), sum(n * (mode = 'ahead')), sum(n * (mode = 'cram')),
    sum(milliseconds)
FROM (
    SELECT day, mode, phase, is_right, "interval", count(*) AS n, sum(milliseconds) AS milliseconds
    FROM event
    WHERE kind = 'answer' AND seq NOT IN (SELECT seq FROM temp.undone) AND seq NOT IN ({_WRONG_GUESSES})
    GROUP BY day, mode, phase, is_right, "interval"
) GROUP BY day
"""


def count(connection: sqlite3.Connection, answer: Event, times: int) -> None:
    """Add an answer to the totals of its day (times=1), or subtract it (times=-1)."""
    if answer.is_wrong_guess:
        return
    assert answer.rating is not None
    assert answer.milliseconds is not None
    moved = times if answer.mode != "cram" else 0
    right = answer.is_right
    review = moved * (answer.phase == Phase.REVIEW and answer.interval != 0)
    mature = review * ((answer.interval or 0) >= MATURE_DAYS)
    connection.execute(
        _ADD_TO_DAY,
        (
            answer.day,
            times,
            times * right,
            times * answer.starts_question,
            review,
            review * right,
            mature,
            mature * right,
            *(times * (answer.mode == mode) for mode in MODES),
            times * answer.milliseconds,
        ),
    )
    if times < 0:
        connection.execute("DELETE FROM day WHERE day = ? AND answered = 0", (answer.day,))


def read_day(connection: sqlite3.Connection, day: Day) -> DayTotals:
    """The totals of one day; zeros where nothing was done."""
    row = connection.execute("SELECT * FROM day WHERE day = ?", (day,)).fetchone()
    return DayTotals._make(row) if row else DayTotals(day)


def read_days(connection: sqlite3.Connection, first: Day, last: Day) -> DayTotals:
    """The totals of several days together, under the first of them."""
    days = connection.execute("SELECT * FROM day WHERE day BETWEEN ? AND ?", (first, last)).fetchall()
    return DayTotals(first, *map(sum, zip(*(day[1:] for day in days), strict=True)))


# -- settings --------------------------------------------------------------------------------------------


def read_settings(connection: sqlite3.Connection) -> dict[str, Any]:
    """The values that the learner has set, by name, without those that are at their default."""
    return {name: json.loads(value) for name, value in connection.execute("SELECT name, value FROM setting")}


def refold_settings(log: Log) -> None:
    """Fold the settings again from all events."""
    undone = log.undone(None)
    log.connection.execute("DELETE FROM setting")
    log.connection.executemany("INSERT INTO setting VALUES (?, ?)", settings_rows(log, undone))


def settings_rows(log: Log, undone: Container[str]) -> list[tuple[str, str]]:
    """The rows of `setting`, from the log. undone: the events that do not count."""
    events = log.of_kinds("parameters", "settings")
    values = settings_now(event.value["changed"] for event in events if event.uuid not in undone)
    return [(name, to_json(value)) for name, value in values.items()]
