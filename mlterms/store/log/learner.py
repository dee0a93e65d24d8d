"""The learner's database as the rest of the program reads and changes it: answers, undo, marks, settings.

Each method that changes something is one transaction, which is on disk when the method returns.

All methods raise MltermsError with a sentence for the person if the database cannot be read or written (the
disk is full, another program is writing, the version is newer). Instants are `Now`; days are logical days.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from mlterms.base.clock import Now
from mlterms.base.errors import CallError, MltermsError, Overtaken
from mlterms.base.ids import Day, QuestionId
from mlterms.memory.forgetting import retrievability
from mlterms.memory.intervals import interval_before_review
from mlterms.memory.policy import Policy
from mlterms.memory.state import NEW_CARD, CardState
from mlterms.store.log import tables
from mlterms.store.log.active_settings import ActiveSettings
from mlterms.store.log.card import Card, to_json
from mlterms.store.log.connection import check_current, explain_sqlite_errors, transaction
from mlterms.store.log.event import Answer, Event
from mlterms.store.log.fold import change
from mlterms.store.log.log import Log
from mlterms.store.log.migrate import open_database
from mlterms.store.log.open_file import OpenFile
from mlterms.store.log.saved_sitting import SavedSitting, Sitting
from mlterms.store.log.settings import NAMES, Settings
from mlterms.store.log.tables import DayTotals, Tip

__all__ = ["Answer", "Card", "DayTotals", "Event", "Learner", "Settings"]


class Learner:
    """One learner's database, open. `with Learner.open(path, now) as learner:`

    connection: for queries of the other rooms. Nothing but this class writes to the tables of schema.py.
    sitting: the open one, saved outside the log. wrong_answers: how many were recorded on this connection.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self.connection = connection
        self.path = path
        self.log = Log(connection, path)
        self._active = ActiveSettings(self.log)
        self._file = OpenFile(path, connection)
        self.sitting = SavedSitting(connection, self._active, partial(self._writing, reload=False))
        self.wrong_answers = 0

    @classmethod
    def open(cls, path: Path, now: Now, *, create: bool = True) -> Learner:
        """Open the database (see `open_database`).

        Raises MltermsError if it was written by a newer version, or is not a database of mlterms.
        """
        learner = cls(open_database(path, now, create=create), path)
        try:
            with explain_sqlite_errors(path):
                learner._active.reload()
                learner.log.last_at_opening = learner.log.last_sequence()
        except BaseException:
            learner.close()
            raise
        return learner

    def close(self) -> None:
        self._file.close()

    def __enter__(self) -> Learner:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    # -- reading ------------------------------------------------------------------------------------------

    @property
    def settings(self) -> Settings:
        """The settings as they were at the last `refresh` or the last write."""
        return self._active.settings

    @property
    def policy(self) -> Policy:
        """How questions are scheduled. Previews of intervals must use it."""
        return self.settings.policy

    def today(self, now: Now) -> Day:
        """The learner's logical day at this moment."""
        return self._active.today(now)

    def refresh(self) -> bool:
        """Whether another window has written anything since last time. Its settings are loaded then."""
        with explain_sqlite_errors(self.path):
            return self._active.reload()

    @property
    def changes(self) -> tuple[int, int]:
        """Two numbers that change when anything but the sitting is written, by another window or here."""
        with explain_sqlite_errors(self.path):
            return self._active.changes

    @property
    def own_changes(self) -> int:
        """The second of `changes`."""
        return self._active.own_changes

    def card(self, question: QuestionId) -> Card | None:
        """The card of a question, by its id or one that it had; None if nothing was ever done with it."""
        with explain_sqlite_errors(self.path):
            return tables.find_card(self.connection, question)

    def state(self, question: QuestionId) -> CardState:
        """The memory of a question; new if nothing was ever done with it."""
        card = self.card(question)
        return card.state if card else NEW_CARD

    def day(self, day: Day) -> DayTotals:
        """The totals of a logical day."""
        with explain_sqlite_errors(self.path):
            return tables.read_day(self.connection, day)

    def day_so_far(self, today: Day) -> DayTotals:
        """What counts towards today's limits: answers of today, and of tomorrow, which was today already
        before somebody flew west or let the day begin later."""
        with explain_sqlite_errors(self.path):
            return tables.read_days(self.connection, today, Day(today + 1))

    def events(self, question: QuestionId | None = None) -> Iterator[Event]:
        """All events in order, with undos and undone events; or those of one question, under all its ids."""
        with explain_sqlite_errors(self.path):
            if question is None:
                yield from self.log.in_order()
            else:
                now = tables.name_now(self.connection, question)
                yield from self.log.of_questions(tables.all_names(self.connection, now))

    def last_sequence(self) -> int:
        """The sequence of the event that arrived last; 0 while there is none."""
        with explain_sqlite_errors(self.path):
            return self.log.last_sequence()

    def answers_since(self, sequence: int) -> list[Event]:
        """The answers that arrived after that sequence and count now, oldest first, without those of another
        window that is open beside this one."""
        with explain_sqlite_errors(self.path):
            answers = [
                event
                for event in self.log.answers_after(sequence)
                if not self.log.is_of_another_window(event)
            ]
            undone = {
                question: self.log.undone(question) for question in {event.question for event in answers}
            }
            return [event for event in answers if event.uuid not in undone[event.question]]

    def last_answered(self) -> QuestionId | None:
        """The question that was answered last, in any sitting; None if none was."""
        from mlterms.store.log.undo_steps import last_answer

        with explain_sqlite_errors(self.path):
            event = last_answer(self.log)
        return event.question if event is not None else None

    # -- answering -----------------------------------------------------------------------------------------

    def answer(
        self,
        answer: Answer,
        expected: CardState,
        now: Now,
        sitting: Sitting | Callable[[Event], Sitting] = ...,
    ) -> Event:
        """Record an answer, and with it the open sitting if one is given (None: it is over).

        expected: the state that the question was shown in. sitting: also a function of the recorded event
        that returns one. It is called inside the transaction, and reads what will be there afterwards.

        Raises CallError for an impossible rating, mode or time.

        Raises Overtaken, and records nothing, if the question is in another state by now, if `answer.uuid`
        has been recorded, or if another window changed the settings since `policy` was read: the interval on
        the button is the interval that is given.
        """
        answer, shown = answer.checked(), self.policy
        with self._writing():
            tip = tables.read_tip(self.connection, answer.question)
            if tip.card.state != expected:
                raise _overtaken(answer)
            if self.policy != shown:
                raise Overtaken("the settings were changed in another window; look at the intervals again")
            policy = self._active.ensure_policy_logged(now)
            draft, card = self._draft(
                "answer",
                now,
                tip,
                uuid=answer.uuid,
                policy=policy,
                rating=int(answer.rating),
                mode=answer.mode,
                value_json=to_json(answer.value) if answer.value else None,
                phase=int(expected.phase),
                correct=answer.correct,
                confidence=answer.confidence,
                milliseconds=answer.milliseconds,
                recall=retrievability(self.policy, expected, self._active.today(now)),
                asked_json=to_json(dict(answer.asked)),
                given_json=to_json(answer.given),
                interval=interval_before_review(expected, self._active.today(now)),
            )
            try:
                event = self._put(draft, card)
            except sqlite3.IntegrityError as error:
                if error.sqlite_errorcode == sqlite3.SQLITE_CONSTRAINT_UNIQUE:  # this asking was answered
                    raise _overtaken(answer) from None
                raise
            self.wrong_answers += event.is_right is not True
            tables.count(self.connection, event, 1)
            self.sitting.put(sitting(event) if callable(sitting) else sitting)
        self._active.mark_logged(policy)
        return event

    def undo(self, target: str, now: Now, sitting: Sitting = ...) -> Event:
        """Undo the event with that uuid, of any kind and age. Undoing an undo is redoing.

        What came after it is computed again. Raises CallError for an unknown uuid, Overtaken if it is undone
        already.
        """
        from mlterms.store.log.rebuild import refold_after_undo

        with self._writing():
            event = self.log.find(target)
            if event is None:
                raise CallError(f"there is no event {target!r} to undo")
            before = self.log.undone(event.question)
            if target in before:
                raise Overtaken("this has been undone already")
            draft = self.log.draft(
                "undo", now, self._active.today(now), question=event.question, target=target
            )
            undo = self.log.append(draft)
            refold_after_undo(self.log, event.question, before)
            self.sitting.put(sitting)
        self.reload_settings()
        return undo

    def undoable(self) -> Event | None:
        """The last event of a question that counts, and was not recorded by another window since this one is
        open: what one step of undo takes back."""
        from mlterms.store.log.undo_steps import undoable

        with explain_sqlite_errors(self.path):
            return undoable(self.log)

    def redoable(self) -> Event | None:
        """The last undo, if nothing was done here since: undoing it is one step of redo."""
        from mlterms.store.log.undo_steps import redoable

        with explain_sqlite_errors(self.path):
            return redoable(self.log)

    # -- marking a question -------------------------------------------------------------------------------
    # Each returns None, and records nothing, if nothing would change.

    def suspend(self, question: QuestionId, now: Now, on: bool = True, because: str = "") -> Event | None:
        """Stop asking it; on=False: ask it again. because: the reason, where it is not the learner's."""
        return self._say("suspend", question, now, {"on": on, **({"because": because} if because else {})})

    def bury(self, question: QuestionId, until_day: Day | None, now: Now) -> Event | None:
        """Do not ask it before a logical day; None: ask it again. Raises CallError for a past day."""
        if until_day is not None and until_day <= self._active.today(now):
            raise CallError("a question can be put off until tomorrow or later")
        return self._say("bury", question, now, {"until": until_day})

    def flag(self, question: QuestionId, now: Now, on: bool = True) -> Event | None:
        """Flag it; on=False: remove the flag."""
        return self._say("flag", question, now, {"on": on})

    def reset(self, question: QuestionId, now: Now) -> Event | None:
        """Forget its schedule, so that it is new again. Its history and its number of answers stay."""
        return self._say("reset", question, now, {})

    def know(self, question: QuestionId, now: Now) -> Event | None:
        """The learner knows it already. It is scheduled as after an Easy answer, but it is not an answer and
        counts in no total or limit."""
        return self._say("known", question, now, {})

    def _say(self, kind: str, question: QuestionId, now: Now, value: dict[str, Any]) -> Event | None:
        with self._writing():
            tip = tables.read_tip(self.connection, question)
            policy = self._active.ensure_policy_logged(now) if kind == "known" else None
            draft, card = self._draft(kind, now, tip, policy=policy, value_json=to_json(value))
            event = self._put(draft, card) if card != tip.card else None
        if policy:
            self._active.mark_logged(policy)
        return event

    def _draft(self, kind: str, now: Now, tip: Tip, **columns: Any) -> tuple[Event, Card]:
        """The next event of a question's chain, not in the log yet, and the card that it leads to."""
        draft = self.log.draft(
            kind,
            now,
            self._active.today(now),
            question=tip.question,
            nth=tip.nth,
            previous=tip.uuid,
            **columns,
        )
        card = change(tip.card, draft, lambda key: self.policy)
        return draft._replace(before_json=tip.card_json, after_json=card.to_json()), card

    def _put(self, draft: Event, card: Card) -> Event:
        event = self.log.append(draft)
        assert event.question is not None
        tables.put_card(self.connection, event.question, card, event.sequence)
        return event

    def rename(self, old: QuestionId, new: QuestionId, now: Now) -> Event | None:
        """From now on the question `old` is called `new`, and its history goes with it.

        None if that was known, or if `old` has been renamed to another id since. Raises MltermsError if both
        ids have a history, or if another question was called `new` before: a card file never merges two
        histories.
        """
        with explain_sqlite_errors(self.path):
            if old == new or tables.name_now(self.connection, old) != old:
                return None
        with self._writing():
            if tables.name_now(self.connection, old) != old:
                return None
            owner = tables.name_now(self.connection, new)
            if owner not in (new, old):
                raise MltermsError(f"{old} cannot become {new}: that is what {owner} was called before")
            if tables.has_card(self.connection, old) and tables.has_card(self.connection, new):
                raise MltermsError(f"{old} cannot become {new}: both have answers; remove the `was` line")
            draft = self.log.draft(
                "renamed", now, self._active.today(now), question=old, value_json=to_json({"to": new})
            )
            event = self.log.append(draft)
            tables.put_rename(self.connection, old, new)
        return event

    # -- settings ------------------------------------------------------------------------------------------

    def change_settings(self, values: Mapping[str, Any], now: Now) -> Event | None:
        """Change settings that affect scheduling, by the names in `settings.NAMES`; None resets one.

        Returns None if nothing changes. Raises CallError for an unknown name or a value out of range.
        """
        for name in values:
            if name not in NAMES:
                raise CallError(f"there is no setting {name!r}; there are {', '.join(NAMES)}")
        return self._set("settings", values, now)

    def set_parameters(self, parameters: tuple[float, ...] | None, now: Now) -> Event | None:
        """Set the 21 parameters of FSRS-6; None: the defaults. Raises CallError if they are out of range."""
        return self._set("parameters", {"parameters": parameters}, now)

    def _set(self, kind: str, values: Mapping[str, Any], now: Now) -> Event | None:
        with self._writing():
            event = self._active.put(kind, values, now)
        self.reload_settings()
        return event

    # -- writing -------------------------------------------------------------------------------------------

    @contextmanager
    def _writing(self, reload: bool = True) -> Iterator[None]:
        """One transaction that may write. In it the version is read again, and with `reload` the settings.

        Raises MltermsError if the file under the path is another one, before or afterwards: then what is
        written would be, or is, in a file that has no name.
        """
        self._file.check()
        try:
            with explain_sqlite_errors(self.path), transaction(self.connection):
                if reload:
                    self._active.reload()  # it looks at the version too, if another window has written
                else:
                    check_current(self.connection, self.path)
                yield
        except BaseException:
            self._active.ignore_changes(-1)  # what was read in it does not hold: `changes` must tell
            raise
        self._file.check()

    def reload_settings(self) -> None:
        """Read the settings again, after a transaction on this connection that may have changed them."""
        with explain_sqlite_errors(self.path):
            self._active.reload(force=True)


def _overtaken(answer: Answer) -> Overtaken:
    return Overtaken(f"{answer.question}: changed in another window or by a restored backup; not recorded")
