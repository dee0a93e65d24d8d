"""Whatever is done, in whatever order, through two windows: the tables are what the log says, byte for
byte."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from mlterms.base.clock import Now
from mlterms.base.errors import MltermsError, Overtaken
from mlterms.memory.schedule import preview
from mlterms.memory.state import Rating
from mlterms.store.log.integrity import examine, misplaced
from mlterms.store.log.learner import Answer, Learner
from mlterms.store.log.rebuild import rebuild
from tests.store.canonical import canonical

QUESTIONS = st.sampled_from([f"deck:term/{slug}" for slug in "abc"])
WINDOWS = st.sampled_from([0, 1])
START = Now(1_795_248_000_000, 3600)


class TwoWindows(RuleBasedStateMachine):
    def __init__(self, empty_database, folded_in_plain_words):
        super().__init__()
        self.empty_database, self.folded_in_plain_words = empty_database, folded_in_plain_words

    @initialize()
    def open(self):
        self.folder = Path(tempfile.mkdtemp())
        self.path = self.folder / "mlterms.db"
        shutil.copy(self.empty_database, self.path)
        self.now = START
        self.windows = [Learner.open(self.path, START) for _ in range(2)]
        for window in self.windows:
            window.connection.execute("PRAGMA synchronous = OFF")  # a power cut is not what is tested here

    def teardown(self):
        for window in getattr(self, "windows", ()):
            assert not examine(window.log).problems
            window.close()
        if hasattr(self, "folder"):
            shutil.rmtree(self.folder)

    @rule(
        minutes=st.sampled_from(
            [0, 1, 10, 60 * 24, 60 * 24 * 9, -60 * 24 * 3, 60 * 24 * 9000, -60 * 24 * 9000]
        ),
        offset=st.sampled_from([3600, -36_000, 46_800]),
    )
    def the_clock_jumps(self, minutes, offset):
        self.now = Now(self.now.at + minutes * 60_000, offset)

    @rule(
        window=WINDOWS,
        question=QUESTIONS,
        rating=st.sampled_from(Rating),
        mode=st.sampled_from(["scheduled", "scheduled", "ahead", "cram"]),
        seconds=st.floats(0, 90),
    )
    def answer(self, window, question, rating, mode, seconds):
        learner = self.windows[window]
        learner.refresh()
        before = learner.state(question)
        shown = preview(learner.policy, before, self.now, question)[rating]
        asked = Answer(question, rating, mode, {"seed": 1}, [0], None, None, seconds)
        event = learner.answer(asked, before, self.now)
        if event.question == question:  # else it is called otherwise now, and fuzz with it
            assert event.after == (before if mode == "cram" else shown)
        assert learner.state(question) == event.after
        self.now = self.now.later(1)

    @rule(question=QUESTIONS, rating=st.sampled_from(Rating))
    def answer_in_both_windows(self, question, rating):
        for window in self.windows:
            window.refresh()
        shown = [window.state(question) for window in self.windows]
        self.windows[0].answer(Answer(question, rating), shown[0], self.now)
        try:
            self.windows[1].answer(Answer(question, rating), shown[1], self.now)
        except Overtaken:
            return
        raise AssertionError("the second window recorded the same answer again")

    @rule(window=WINDOWS, back=st.integers(0, 6))
    def undo_anything(self, window, back):
        events = list(self.windows[window].events())
        if events:
            event = events[-1 - back % len(events)]
            try:
                self.windows[window].undo(event.uuid, self.now)
            except Overtaken:
                assert event.uuid in self.windows[window].log.all_undone()

    @rule(window=WINDOWS)
    def undo(self, window):
        event = self.windows[window].undoable()
        if event is not None:
            self.windows[window].undo(event.uuid, self.now)
            assert self.windows[window].redoable().target == event.uuid

    @rule(window=WINDOWS)
    def redo(self, window):
        event = self.windows[window].redoable()
        if event is not None:
            self.windows[window].undo(event.uuid, self.now)
            assert event.uuid in self.windows[1 - window].log.all_undone()

    @rule(window=WINDOWS, question=QUESTIONS, on=st.booleans())
    def suspend(self, window, question, on):
        self.windows[window].suspend(question, self.now, on)

    @rule(window=WINDOWS, question=QUESTIONS, on=st.booleans())
    def flag(self, window, question, on):
        self.windows[window].flag(question, self.now, on)

    @rule(window=WINDOWS, question=QUESTIONS, days=st.none() | st.integers(2, 30))
    def bury(self, window, question, days):
        until = None if days is None else self.now.at // 86_400_000 + days
        self.windows[window].bury(question, until, self.now)

    @rule(window=WINDOWS, question=QUESTIONS)
    def reset(self, window, question):
        self.windows[window].reset(question, self.now)

    @rule(window=WINDOWS, question=QUESTIONS)
    def know(self, window, question):
        self.windows[window].refresh()
        self.windows[window].know(question, self.now)

    @rule(window=WINDOWS, old=QUESTIONS, new=QUESTIONS)
    def rename(self, window, old, new):
        learner = self.windows[window]
        card = learner.card(old)
        try:
            event = learner.rename(old, new, self.now)
        except MltermsError:
            assert learner.card(old) == card
        else:
            assert event is None or learner.card(new) == card or card is None

    @rule(
        window=WINDOWS,
        values=st.fixed_dictionaries(
            {},
            optional={
                "desired_retention": st.sampled_from([None, 0.8, 0.95]),
                "new_per_day": st.sampled_from([None, 0, 20]),
                "rollover_hour": st.sampled_from([None, 0, 23]),
                "learning_steps": st.sampled_from([None, [], [60], [60, 172_800]]),
                "maximum_interval": st.sampled_from([None, 2, 300]),
                "light_days": st.sampled_from([None, [5, 6]]),
            },
        ),
    )
    def change_settings(self, window, values):
        self.windows[window].change_settings(values, self.now)

    @rule(window=WINDOWS, first=st.sampled_from([None, 0.5, 2.0]))
    def set_parameters(self, window, first):
        learner = self.windows[window]
        learner.set_parameters(None if first is None else (first, *learner.policy.parameters[1:]), self.now)

    @invariant()
    def the_tables_are_what_the_log_says(self):
        if not hasattr(self, "windows"):
            return
        learner = self.windows[0]
        tables = list(canonical(learner.log))
        assert tables == self.folded_in_plain_words(learner)
        assert not any(rebuild(learner.log, write=False).wrong.values())
        assert not misplaced(learner.log)
        learner.refresh()
        self.windows[1].refresh()
        assert learner.settings == self.windows[1].settings


def test_the_tables_are_what_the_log_says(
    empty_database: Path, folded_in_plain_words: Callable[[Learner], list[str]]
) -> None:
    run_state_machine_as_test(
        lambda: TwoWindows(empty_database, folded_in_plain_words),
        settings=settings(max_examples=25, stateful_step_count=30, deadline=None),
    )
