"""Whatever is pressed, in whatever order, in two windows and through crashes: no answer is lost or recorded
twice, and what is asked is neither suspended nor beyond a limit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from mlterms.base.errors import MltermsError
from mlterms.memory.days import day_of
from mlterms.memory.state import Phase, Rating
from mlterms.quiz import marks
from mlterms.quiz.choose import Plan
from mlterms.quiz.grade import Verdict
from mlterms.quiz.sitting import Sitting
from mlterms.quiz.undo import label_of_redo, label_of_undo, redo, undo
from mlterms.store.log.integrity import examine
from mlterms.store.log.learner import Event, Learner
from mlterms.store.queue import Queue

BY_HAND = ("answer", "suspend", "bury", "flag", "reset", "known")
NEW, REVIEWS, OVERDUE = 4, 5, 2
MINUTE, DAY = 60_000, 86_400_000
WINDOWS = st.sampled_from([0, 1])


class TwoSittings(RuleBasedStateMachine):
    """Two windows with a sitting each, over one database and one clock."""

    def __init__(self, set_table: Callable[..., Any]) -> None:
        super().__init__()
        self.set_table = set_table

    @initialize()
    def open(self) -> None:
        self.table = self.set_table(alpha=[], beta=["alpha"], gamma=[])
        limits = {"new_per_day": NEW, "reviews_per_day": REVIEWS, "overdue_per_day": OVERDUE}
        self.table.learner.change_settings(limits, self.table.clock.now())
        self.learners = [self.table.learner, Learner.open(self.table.learner.path, self.table.clock.now())]
        for learner in self.learners:
            learner.connection.execute("PRAGMA synchronous = OFF")  # a power cut is not what is tested here
        self.queues = [Queue(each, self.table.index, self.table.clock.now()) for each in self.learners]
        self.sittings = [self.sit(0), self.sit(1)]

    def sit(self, window: int) -> Sitting:
        parts = self.learners[window], self.table.index, self.queues[window], self.table.clock
        return Sitting(*parts, Plan())

    def teardown(self) -> None:
        if hasattr(self, "learners"):
            assert examine(self.learners[0].log).problems == ()
            self.learners[1].close()

    # -- what counts ---------------------------------------------------------------------------------------

    def counting(self) -> list[Event]:
        """All that was done by hand and is not undone, from the log alone."""
        log = self.learners[0].log
        undone = log.all_undone()
        return [event for event in log.in_order() if event.kind in BY_HAND and event.uuid not in undone]

    def will_record(self, sitting: Sitting) -> int:
        """How many answers are added once the open question is left: 1 if its solution is shown and neither
        it nor its question was answered elsewhere."""
        current = sitting.current
        if current is None or current.answer is None:
            return 0
        is_known = sitting.learner.log.find(current.answer.uuid) is not None
        return int(not is_known and sitting.learner.state(current.instance.id) == current.state)

    def changes_by(self, window: int, act: Callable[[Sitting], object], added: int | None = None) -> None:
        """Do something that first records what is shown, and check how many events count afterwards.

        added: how many marks it adds; None if that depends on the question."""
        sitting = self.sittings[window]
        before, recorded = len(self.counting()), self.will_record(sitting)
        act(sitting)
        grown = len(self.counting()) - before - recorded
        assert grown == added if added is not None else grown in (0, 1)

    # -- keys ----------------------------------------------------------------------------------------------

    @rule(window=WINDOWS)
    def ask(self, window: int) -> None:
        sitting = self.sittings[window]
        is_chosen_now = sitting.current is None and sitting._upcoming is None
        asked = sitting.ask()
        if asked is None or not is_chosen_now:
            return
        learner, now = sitting.learner, self.table.clock.now()
        card, today = learner.card(asked.id), day_of(now)
        assert card is None or not card.suspended
        assert card is None or not card.is_buried(today)
        done, state = learner.day_so_far(today), learner.state(asked.id)
        if state.phase is Phase.NEW:
            assert done.new < NEW
        elif state.phase is Phase.REVIEW and state.due_day <= today:
            assert done.reviews < REVIEWS

    @rule(window=WINDOWS, right=st.booleans())
    def answer(self, window: int, right: bool) -> None:
        sitting = self.sittings[window]
        if sitting.current is not None:
            before = len(self.counting())
            rating = Rating.GOOD if right else Rating.AGAIN
            sitting.give(Verdict(right, rating, "", (), None))
            assert len(self.counting()) == before

    @rule(window=WINDOWS, rating=st.sampled_from(Rating))
    def rate(self, window: int, rating: Rating) -> None:
        sitting = self.sittings[window]
        before, recorded = len(self.counting()), self.will_record(sitting)
        try:
            sitting.rate(rating)
        except MltermsError:  # nothing to rate, a wrong answer, or another window was first
            recorded = 0
        assert len(self.counting()) - before == recorded

    @rule(window=WINDOWS, key=st.sampled_from(["suspend", "bury", "flag", "know", "reset"]))
    def mark(self, window: int, key: str) -> None:
        if self.sittings[window].asked is not None:
            if key == "flag":  # the question stays open, with its answer
                before = len(self.counting())
                marks.flag(self.sittings[window])
                assert len(self.counting()) - before == 1
            else:
                self.changes_by(window, getattr(marks, key))

    @rule(window=WINDOWS)
    def skip(self, window: int) -> None:
        self.changes_by(window, Sitting.skip, 0)

    @rule(window=WINDOWS)
    def undo(self, window: int) -> None:
        sitting = self.sittings[window]
        before, recorded = len(self.counting()), self.will_record(sitting)
        if label_of_undo(sitting) == " (skipped)":  # nothing was recorded of it
            assert undo(sitting) is not None
            assert len(self.counting()) == before
            return
        undone = undo(sitting)
        if sitting.verdict is None:  # else only a flag was taken back
            before += recorded
        assert len(self.counting()) == before - (undone is not None)
        log = sitting.learner.log
        left = [event for event in self.counting() if not log.is_of_another_window(event)]
        assert not (undone is None and left)
        if undone is not None:
            (step,) = (
                self.learners[0]
                .connection.execute("SELECT target FROM event ORDER BY seq DESC LIMIT 1")
                .fetchone()
            )
            assert not log.is_of_another_window(log.get(step))

    @rule(window=WINDOWS)
    def redo(self, window: int) -> None:
        sitting = self.sittings[window]
        before, verdict = len(self.counting()), sitting.verdict
        if verdict is None and label_of_redo(sitting) == " (skipped)":  # nothing is recorded of it
            redone = redo(sitting)
            assert redone in sitting.skips.questions
            assert label_of_undo(sitting) == " (skipped)"
            assert len(self.counting()) == before
            return
        redone = redo(sitting)
        assert len(self.counting()) == before + (redone is not None)
        assert sitting.verdict is verdict

    @rule(window=WINDOWS, how=st.sampled_from(["leave", "close", "crash"]))
    def end_and_sit_again(self, window: int, how: str) -> None:
        shown = [self.will_record(self.sittings[window])]

        def end(sitting: Sitting) -> None:
            if how != "crash":
                getattr(sitting, how)()
            self.sittings[window] = self.sit(window)

        if how == "crash" or any(each.verdict for each in self.sittings):
            # The row on disk is that of the window that wrote last: it may be the other one's answer.
            before = len(self.counting())
            end(self.sittings[window])
            assert shown[0] - 1 <= len(self.counting()) - before - (how != "crash") * shown[0] <= 1
        else:
            self.changes_by(window, end, 0)

    @rule(ahead=st.sampled_from([MINUTE, 11 * MINUTE, DAY, 9 * DAY]))
    def time_passes(self, ahead: int) -> None:
        self.table.clock.forward(ahead)

    @rule(window=WINDOWS, retention=st.sampled_from([0.8, 0.9]))
    def change_settings(self, window: int, retention: float) -> None:
        learner = self.learners[window]
        learner.change_settings({"desired_retention": retention}, self.table.clock.now())

    # -- laws ----------------------------------------------------------------------------------------------

    @invariant()
    def no_asking_counts_twice(self) -> None:
        if hasattr(self, "learners"):
            askings = [(e.question, e.asked["seed"]) for e in self.counting() if e.kind == "answer"]
            assert not [asking for asking, count in Counter(askings).items() if count > 1]

    @invariant()
    def windows_agree_on_what_is_left(self) -> None:
        if hasattr(self, "learners"):
            for learner in self.learners:
                learner.refresh()
            now = self.table.clock.now()
            one, other = (queue.counts(now) for queue in self.queues)
            assert one == other


def test_an_answer_that_another_window_recorded_and_undid_is_let_go(set_table: Callable[..., Any]) -> None:
    state = TwoSittings(set_table)
    state.open()
    state.ask(window=0)
    state.answer(window=0, right=False)
    state.end_and_sit_again(window=1, how="close")
    state.undo(window=1)
    state.end_and_sit_again(window=0, how="leave")
    assert state.counting() == []
    state.teardown()


def test_no_sequence_of_keys_loses_or_doubles_an_answer(set_table_anew: Callable[..., Any]) -> None:
    run_state_machine_as_test(
        lambda: TwoSittings(set_table_anew),
        settings=settings(
            max_examples=25,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
