"""FSRS trained live on the learner's own answers: the loss is drawn after each epoch."""

from __future__ import annotations

import time
from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from textual import getters, work
from textual.message import Message
from textual.widget import Widget
from textual.worker import get_current_worker

from mlterms.base.errors import MltermsError
from mlterms.store.log.review_history import review_histories
from mlterms.store.log.undo_steps import parameters_change
from mlterms.tui.actions import bindings
from mlterms.tui.screens.page_above import PageAbove
from mlterms.tui.widgets.plot_view import PlotView
from mlterms.tui.widgets.training_text import TrainingText

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mlterms.fitting.fit import Amount, Fit, Progress
    from mlterms.memory.history import History
    from mlterms.plot import Picture

_PACE = 0.06  # seconds an epoch is shown for: training may be quicker than an eye


class _Cancelled(Exception):  # noqa: N818 - another training has started, or the screen is gone
    pass


class TrainingScreen(PageAbove):
    """Trains FSRS on answers, and draws the loss after each epoch.

    mode: fit the parameters to all answers and check them, or show overfitting on the first ones.

    simulated: the answers are those of a simulated learner. place: of the number of answers to train on, for
    overfitting.
    """

    BINDINGS = bindings("training")
    CSS_PATH = "training.tcss"
    NAME = "training"

    curves = getters.query_one(PlotView)
    said = getters.query_one(TrainingText)

    class Epoch(Message):
        """An epoch has ended. run: of which training it is."""

        def __init__(self, run: int, picture: Picture, title: str, numbers: str) -> None:
            super().__init__()
            self.run, self.picture, self.title, self.numbers = run, picture, title, numbers

    class Ended(Message):
        """A training has ended. fit: what was found, if parameters were fitted."""

        def __init__(self, run: int, found: str, fit: Fit | None) -> None:
            super().__init__()
            self.run, self.found, self.fit = run, found, fit

    def __init__(self) -> None:
        super().__init__()
        self.mode: Literal["fit", "overfit"] = "fit"
        self.simulated = False
        self.place = 0
        self.found: Fit | None = None
        self._run = 0

    def body(self) -> Iterable[Widget]:
        yield PlotView(id="curves")
        yield TrainingText(id="said")

    def on_mount(self) -> None:
        from mlterms.fitting.lesson import ENOUGH

        if not self.amount.is_enough and self.amount.predictions >= ENOUGH:
            self.mode = "overfit"
        self.begin()

    # -- the answers ---------------------------------------------------------------------------------------

    @cached_property
    def _own(self) -> Sequence[History]:
        return review_histories(self.app.workspace.learner)

    @cached_property
    def _simulate_learner(self) -> Sequence[History]:
        from mlterms.fitting.simulated import example_learner

        return example_learner()

    @property
    def histories(self) -> Sequence[History]:
        return self._simulate_learner if self.simulated else self._own

    @property
    def amount(self) -> Amount:
        from mlterms.fitting.fit import amount_of

        return amount_of(self.histories)

    @property
    def amounts(self) -> list[int]:
        """On how many answers it can be trained, for overfitting."""
        from mlterms.fitting.lesson import amounts_for

        return amounts_for(self.amount.predictions)

    # -- training ------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Begin the training that is chosen, or say what it lacks."""
        from mlterms.fitting.lesson import ENOUGH
        from mlterms.fitting.words import SIMULATED, missing_for_lesson, too_few

        self._run += 1
        self.found = None
        amount, note = self.amount, SIMULATED if self.simulated else ""
        if self.mode == "fit" and not amount.is_enough:
            reason = too_few(amount)
        elif self.mode == "overfit" and amount.predictions < ENOUGH:
            reason = missing_for_lesson(amount.predictions)
        else:
            self.said.show(note, "", "", "")
            self._train(self._run, self.mode, self.histories, (self.amounts or [0])[self.place])
            self.refresh_bindings()
            return
        key = self.app.key("training.overfit" if amount.predictions >= ENOUGH else "training.simulated")
        what = "on your own answers" if amount.predictions >= ENOUGH else "on a simulated learner"
        self.curves.say([f"{key} shows epoch, loss and overfitting {what}."])
        self.said.show(note, "", "", reason)
        self.refresh_bindings()

    @work(thread=True, exclusive=True, group="training", exit_on_error=False)
    def _train(self, run: int, mode: str, histories: Sequence[History], answers: int) -> None:
        try:
            if mode == "fit":
                self._fit(run, histories)
            else:
                self._overfit(run, histories, answers)
        except _Cancelled:
            return

    def _fit(self, run: int, histories: Sequence[History]) -> None:
        from mlterms.fitting.curves import fit_picture
        from mlterms.fitting.fit import fit
        from mlterms.fitting.words import finding, fit_numbers, progress_title

        epochs: list[Progress] = []

        def report(progress: Progress) -> None:
            if progress.epoch == 0:
                epochs.clear()
            epochs.append(progress)
            self._show(run, fit_picture(epochs), progress_title(progress), fit_numbers(progress))

        found = fit(histories, report)
        assert found is not None
        self.post_message(self.Ended(run, finding(found, histories is not self._own), found))

    def _overfit(self, run: int, histories: Sequence[History], answers: int) -> None:
        from mlterms.fitting.curves import lesson_picture
        from mlterms.fitting.lesson import Lesson, LessonEpoch
        from mlterms.fitting.words import lesson_numbers, lesson_summary, lesson_title

        lesson = Lesson(histories, answers)
        epochs: list[LessonEpoch] = []
        for epoch in lesson.epochs():
            epochs.append(epoch)
            self._show(run, lesson_picture(epochs), lesson_title(lesson), lesson_numbers(epoch))
        self.post_message(self.Ended(run, lesson_summary(lesson, epochs), None))

    def _show(self, run: int, picture: Picture, title: str, numbers: str) -> None:
        """Called in the thread of the training."""
        if get_current_worker().is_cancelled or run != self._run:
            raise _Cancelled
        self.post_message(self.Epoch(run, picture, title, numbers))
        if self.app.terminal.motion:
            time.sleep(_PACE)

    def on_training_screen_epoch(self, epoch: Epoch) -> None:
        if epoch.run == self._run:
            self.curves.show(epoch.picture)
            self.said.show(self.said.note, epoch.title, epoch.numbers, "")

    def on_training_screen_ended(self, ended: Ended) -> None:
        if ended.run == self._run:
            self.found = ended.fit
            self.said.show(self.said.note, "", "", ended.found)
            self.refresh_bindings()

    # -- what can be done ----------------------------------------------------------------------------------

    def can(self, action: str) -> bool:
        if action == "apply":
            found = self.found
            return (
                found is not None
                and found.accepted
                and not self.simulated
                and self.app.workspace.learner.policy.parameters != found.parameters
            )
        if action == "undo":
            return parameters_change(self.app.workspace.learner.log) is not None
        if action == "answers":
            return self.mode == "overfit" and len(self.amounts) > 1
        return True

    def action_fit(self) -> None:
        self.mode = "fit"
        self.begin()

    def action_overfit(self) -> None:
        self.mode, self.place = "overfit", 0
        self.begin()

    def action_answers(self, by: int) -> None:
        """Train on the next number of answers, or on the one before."""
        self.place = max(0, min(self.place + by, len(self.amounts) - 1))
        self.begin()

    def action_simulated(self) -> None:
        """Change between the answers of a simulated learner and the learner's own."""
        self.simulated = not self.simulated
        self.place = 0
        if self.simulated:
            self.mode = "overfit"
        self.begin()

    def action_apply(self) -> None:
        """Use the fitted parameters from now on."""
        learner, now = self.app.workspace.learner, self.app.workspace.clock.now()
        if self.found is not None:
            try:
                learner.set_parameters(self.found.parameters, now)
                self.app.tell("The fitted parameters are used from the next answer to each question on.")
            except MltermsError as error:
                self.app.warn(str(error))
        self.refresh_bindings()

    def action_undo(self) -> None:
        """Go back to the parameters that were used before."""
        learner, now = self.app.workspace.learner, self.app.workspace.clock.now()
        change = parameters_change(learner.log)
        if change is not None:
            try:
                learner.undo(change.uuid, now)
                self.app.tell("Undone: the parameters from before are used again.")
            except MltermsError as error:
                self.app.warn(str(error))
        self.refresh_bindings()

    def action_leave(self) -> None:
        self._run += 1  # a training that still runs ends at its next epoch
        self.app.back()
