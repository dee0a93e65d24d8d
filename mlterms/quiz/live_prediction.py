"""A prediction while it is open: it is asked, committed to, its runs are shown, and they decide it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Literal

from mlterms.base.errors import MltermsError
from mlterms.base.limits import USUAL_MOST_UPDATES
from mlterms.demo.playback import Goal
from mlterms.glossary.types import Predict
from mlterms.quiz.demo_request import PredictionResult
from mlterms.quiz.grade import Verdict, grade_predict
from mlterms.quiz.instance import Instance
from mlterms.quiz.predict import RunPlan, compared_measures, flat_measures, plan_runs

if TYPE_CHECKING:
    from mlterms.demo.player import Player, Snapshot

Stage = Literal["asking", "sure", "running", "decided", "failed"]


class LivePrediction:
    """Leads through one prediction. The player shows its runs, each with the one before as a ghost.

    asking → (sure →) running → decided; or failed if the runs cannot decide it, and then `reason` says why.
    hurries: the runs go to their end, without showing the way.
    """

    def __init__(self, asked: Instance, player: Player, confidence: bool) -> None:
        assert isinstance(asked.question, Predict)
        self.asked = asked
        self.question = asked.question
        self.player = player
        self.ask_sure = confidence
        self.stage: Stage = "asking"
        self.picked: int | None = None  # nothing at first, so that Enter pressed too early commits to nothing
        self.is_unknown = self.hurries = False
        self.sure: int | None = None
        self.plans: list[RunPlan] = plan_runs(asked.question)
        self.ends: dict[str, Snapshot] = {}
        self.verdict: Verdict | None = None
        self.reason = ""

    @property
    def run(self) -> RunPlan | None:
        """The run that is being shown."""
        running = self.stage == "running" and len(self.ends) < len(self.plans)
        return self.plans[len(self.ends)] if running else None

    @property
    def result(self) -> PredictionResult | None:
        return None if self.verdict is None else PredictionResult(self.verdict, self.sure)

    def choose(self, position: int) -> None:
        self.picked = position % len(self.asked.options)

    def choose_next(self, by: int) -> None:
        """Choose the next option (1) or the one before (−1); where none is chosen, the first or the last."""
        if self.picked is None:
            self.picked = -1 if by > 0 else 0
        self.choose(self.picked + by)

    def commit(self) -> None:
        """Commit to the chosen option, if one is."""
        if self.stage == "asking" and self.picked is not None:
            self.stage = "sure" if self.ask_sure else "running"

    def take_back(self) -> bool:
        """Go back to the options, as long as it was not said how sure. Whether it did."""
        if self.stage != "sure":
            return False
        self.stage = "asking"
        return True

    def give_up(self) -> None:
        """The learner does not know: the runs are shown all the same."""
        self.is_unknown, self.stage = True, "running"

    def say_how_sure(self, sure: int | None) -> None:
        if self.stage == "sure":
            self.sure, self.stage = sure, "running"

    def show_start(self) -> None:
        """Set the player to the beginning of the first run that does not show there what it results in.

        Where the runs cannot be started, the player stays as it is: showing the runs tells why.
        """
        self.player.seek(0)
        with suppress(MltermsError):
            plan = next((plan for plan in self.plans if not self._is_decided_at_start(plan)), None)
            if plan is not None:
                self._take_setting(plan)

    def _is_decided_at_start(self, plan: RunPlan) -> bool:
        """Whether a run of one update at most ends with the numbers with which it begins."""
        from mlterms.demo.run import run

        if plan.until.updates is None or plan.until.updates > 1:
            return False
        names = compared_measures(self.question).get(plan.name, ())
        start, end = (
            run(self.player.demo, plan.knobs, self.player.seed, updates=updates).measures
            for updates in (0, plan.until.updates)
        )
        return any(name in start and start[name] == end.get(name) for name in names)

    def _take_setting(self, plan: RunPlan) -> None:
        for name, value in self.player.demo.settings.of(plan.knobs).values().items():
            self.player.set(name, value)

    def begin_run(self) -> Goal:
        """Set the player to the beginning of the next run. Returns where that run ends."""
        plan = self.plans[len(self.ends)]
        self.player.seek(0)
        self._take_setting(plan)
        ends = plan.ends()
        updates = USUAL_MOST_UPDATES if ends["updates"] is None else ends["updates"]  # 0 is an end, too
        return Goal(updates, ends["epochs"], ends.get("when"), shown=True)

    def end_run(self) -> None:
        """The player is at the end of the run: keep it, and decide the prediction if it was the last one."""
        plan = self.plans[len(self.ends)]
        if self.player.fault is not None:
            self._fail(str(self.player.fault))
            return
        self.ends[plan.name] = self.player.snapshot()
        if len(self.ends) == len(self.plans):
            picked = None if self.is_unknown else self.picked
            try:
                self.verdict = grade_predict(self.asked, picked, flat_measures(self.measures()))
                self.stage = "decided"
            except (ValueError, MltermsError) as error:
                self._fail(str(error))

    def measures(self) -> dict[str, Mapping[str, float]]:
        """The measures at the end of each run so far."""
        return {name: end.measures for name, end in self.ends.items()}

    def previous_end(self) -> tuple[str, Snapshot] | None:
        """The name and the end of the run before the one that is shown, which is its ghost.

        It is not at the same update, unlike the ghost of a player: the runs may end after different ones.
        """
        ended = list(self.ends.items())
        place = len(ended) - (1 if self.stage == "running" else 2)
        return ended[place] if place >= 0 else None

    def _fail(self, reason: str) -> None:
        self.stage, self.reason = "failed", reason
