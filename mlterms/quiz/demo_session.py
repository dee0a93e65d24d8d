"""A demo that is open: its run, its knobs, the runs beside it, what there is to try, the prediction."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from mlterms.base.limits import USUAL_MOST_UPDATES
from mlterms.demo.knob_choice import KnobChoice
from mlterms.demo.playback import Goal, Playback
from mlterms.demo.survey_switch import SurveySwitch
from mlterms.quiz.demo_request import DemoRequest, PredictionRequest, PredictionResult

if TYPE_CHECKING:
    from mlterms.demo.knobs import Knobs
    from mlterms.demo.load import Demo
    from mlterms.demo.player import Player
    from mlterms.demo.tries import Checklist
    from mlterms.quiz.instance import Instance
    from mlterms.quiz.live_prediction import LivePrediction


class DemoSession:
    """What a learner does to a demo.

    playback, knobs, sweep: None until `load`. checklist: what there is to try. waiting: the questions that
    can still be asked. result: of the last prediction that was decided.
    """

    def __init__(self, request: DemoRequest, asking: PredictionRequest | None = None) -> None:
        self.request, self.asking = request, asking
        self.playback: Playback | None = None
        self.predicting: LivePrediction | None = None
        self.knobs: KnobChoice | None = None
        self.survey_switch: SurveySwitch | None = None
        self.ghost_shown = True
        self.checklist: Checklist | None = None
        self.waiting: list[Instance] = []
        self.result: PredictionResult | None = None
        self._asked_at: tuple[int, Knobs, int] | None = None  # seed, knobs and update before a question
        self._toggled_early = False
        self._has_looked = False  # for a prediction to put
        self._has_none = False  # it has looked, and there is none

    # -- opening -------------------------------------------------------------------------------------------

    def load(self, pictures: int, plays: bool) -> None:
        """Load the demo and go where the request says. pictures: a second. plays: it may move unasked.

        Raises MltermsError where it cannot be played.
        """
        from mlterms.demo.player import Player
        from mlterms.demo.tries import Checklist

        request = self.request
        demo = request.load()
        player = Player(demo, demo.settings.of(request.knobs), request.seed, tuple(request.changes))
        if request.ghost is not None:
            player.compare_with(demo.settings.of(request.ghost))
        self.playback = Playback(player, pictures_per_second=pictures)
        self.checklist = Checklist(demo.tries)
        self.knobs, self.survey_switch = KnobChoice(self.playback), SurveySwitch(self.playback)
        if request.starts_paused:
            last = USUAL_MOST_UPDATES if request.updates is None else request.updates
            self.playback.aim(Goal(last, request.epochs, request.when))
        elif not self.asks and plays != self._toggled_early:
            self.playback.play()

    def toggle_early(self) -> None:
        """Play or pause, asked for before the demo is loaded: it then begins the other way."""
        self._toggled_early = not self._toggled_early

    @property
    def asks(self) -> bool:
        """Whether there is a prediction to be put first."""
        return self.asking is not None and self.asking.at_once and not self.request.starts_paused

    @property
    def is_answered(self) -> bool:
        """Whether the prediction that is asked for was already answered, on another screen."""
        return (
            self.asks and self.asking is not None and (self.asking.picked is not None or self.asking.unknown)
        )

    def find_prediction(self) -> bool:
        """Find the question to put, if there is one. Raises MltermsError where it cannot be put."""
        assert self.asking is not None
        assert self.playback is not None
        player = self.playback.player
        self._has_looked = True
        asked = self.asking.find(player.demo)
        self._has_none = asked is None
        if asked is None:
            return False
        self.waiting = list(self.asking.others(player.demo))
        self._put(asked)
        return True

    @property
    def hides_tries(self) -> bool:
        """Whether what there is to try could answer a question that is open, or about to be put."""
        return bool(self.stage) or (self.asks and not self._has_looked and self.playback is not None)

    def find_next_prediction(self) -> bool:
        """Put the next question about this demo, if there is one. Raises MltermsError if it cannot be put."""
        if self.asking is None or self.asking.returns or self.playback is None:
            return False
        if self.predicting is None and self.result is None and not self.waiting:
            return self.find_prediction()
        if not self.waiting:
            return False
        if self.predicting is not None:  # what its last run shows could answer the next question
            self._return_to_start()
            self.playback.seek(0)
        self._put(self.waiting.pop(0))
        return True

    @property
    def has_next_prediction(self) -> bool:
        """Whether there is, or may be, a question that has not been asked yet."""
        if self.asking is None or self.asking.returns or self._has_none:
            return False
        return bool(self.waiting) or (self.predicting is None and self.result is None)

    def _put(self, asked: Instance) -> None:
        from mlterms.quiz.live_prediction import LivePrediction

        assert self.asking is not None
        assert self.playback is not None
        assert self.survey_switch is not None
        player = self.playback.player
        self.playback.stop()
        self.survey_switch.stop()
        player.release()
        self._asked_at = player.seed, player.knobs, player.update
        if asked.seed != player.seed:
            player.new_seed(asked.seed)
        self.predicting = LivePrediction(asked, player, self.asking.confidence)
        self.predicting.show_start()

    @property
    def player(self) -> Player | None:
        return None if self.playback is None else self.playback.player

    @property
    def demo(self) -> Demo | None:
        return None if self.player is None else self.player.demo

    @property
    def stage(self) -> str:
        """The stage of the prediction, "" without one."""
        return "" if self.predicting is None else self.predicting.stage

    # -- time ----------------------------------------------------------------------------------------------

    def tick(self) -> bool:
        """Let one picture's share of time pass. Whether there is anything new to see of the run."""
        waits = self.survey_switch is not None and self.survey_switch.holds_run
        return self.playback is not None and not waits and self.playback.tick()

    def note_tries(self) -> None:
        """Tick off what has been tried, unless a question is open: its runs are not the learner's."""
        player = self.player
        if self.checklist is None or player is None or self.stage:
            return
        run: dict[str, int | str | None] = {
            "update": player.update,
            "epochs": player.epochs,
            "seed": player.seed,
            "paused": self.playback is not None and not self.playback.busy,
        }
        run["sweep"] = "" if self.survey_switch is None else self.survey_switch.over
        turned = {each.name: each.at for each in player.recording.changes if each.at <= player.update}
        self.checklist.note({**player.measures, **player.knobs.values(), **run}, turned)

    def end_run_if_done(self) -> bool:
        """Where a run of the prediction is at its end: note it, and go on to the next, or decide."""
        predicting, playback = self.predicting, self.playback
        if (
            predicting is None
            or playback is None
            or predicting.stage != "running"
            or playback.goal is not None
        ):
            return False
        predicting.end_run()
        self.start_run()
        self.result = predicting.result
        if self.result is not None and self.asking is not None:
            self.asking.decided(self.result)
        return True

    def start_run(self) -> None:
        """Start the next run of the prediction, once it is committed to."""
        if self.playback is not None and self.predicting is not None and self.predicting.stage == "running":
            self.playback.aim(self.predicting.begin_run())

    def finish_prediction(self) -> None:
        """Make the rest of its runs at once, where the answer was given on another screen: whoever leaves in
        the middle of them has seen some of the solution, so the answer counts."""
        if self.asking is not None and self.asking.returns:
            self.hurry(float("inf"))

    def hurry(self, seconds: float) -> None:
        """Go to the end of all runs of the prediction, without showing the way. That may take longer than
        this number of seconds; then call it again as long as it `hurries`."""
        until = time.perf_counter() + seconds
        while self.playback is not None and self.predicting is not None and self.stage == "running":
            self.predicting.hurries = True
            self.playback.hurry()
            if not self.end_run_if_done():
                self.playback.tick()
            if time.perf_counter() > until:
                return

    @property
    def hurries(self) -> bool:
        """Whether the runs of the prediction are on their way to their end."""
        return self.stage == "running" and self.predicting is not None and self.predicting.hurries

    @property
    def sweep_is_open(self) -> bool:
        """Whether many runs are compared on the screen."""
        return self.survey_switch is not None and bool(self.survey_switch.over) and not self.stage

    def work_on_sweep(self) -> bool:
        """Make some of the runs beside. Whether there is more to see of them."""
        if self.survey_switch is None or self.knobs is None or self.stage:
            return False
        return self.survey_switch.work(self.knobs.name, time.perf_counter)

    @property
    def is_still(self) -> bool:
        """Whether nothing more will happen by itself."""
        return self.playback is None or (
            not self.playback.busy and (self.survey_switch is None or self.survey_switch.done)
        )

    # -- comparing -----------------------------------------------------------------------------------------

    def commands(self) -> tuple[str, str]:
        """The command line that shows exactly this, and the one for the ghost, "" where none is shown."""
        assert self.player is not None
        ghost = self.player.ghost_recording if self.ghost_shown else None
        return (
            self.player.command(),
            "" if ghost is None else ghost.command(self.player.demo.name, self.player.update),
        )

    def compare_beside(self) -> None:
        """Show two settings side by side, the present one and the one before it, or go back to one."""
        if self.player is None:
            return
        if self.player.is_held:
            self.player.release()
        else:
            self.player.hold()
            self.ghost_shown = True

    # -- the prediction ------------------------------------------------------------------------------------

    def _return_to_asked(self) -> None:
        """Go back to where the learner was when the question was put."""
        if self.playback is not None and self._asked_at is not None:
            seed, knobs, update = self._asked_at
            player = self.playback.player
            for name, value in knobs.values().items():
                player.set(name, value)
            if seed != player.seed:
                player.new_seed(seed)
            self.playback.seek(update)

    def _return_to_start(self) -> None:
        playback = self.playback
        if playback is None:
            return
        playback.stop()
        player = playback.player
        if player.knobs != player.demo.settings.of(self.request.knobs):
            playback.reset()
            for name, value in player.demo.settings.of(self.request.knobs).values().items():
                player.set(name, value)

    def commit(self) -> None:
        """Enter: commit to the option, or do not say how sure one is."""
        if self.predicting is not None:
            if self.predicting.stage == "asking":
                self.predicting.commit()
            elif self.predicting.stage == "sure":
                self.predicting.say_how_sure(None)
            self.start_run()

    def take_back(self) -> bool:
        """From "How sure are you?" go back to the options, if they are on this screen. Whether it did."""
        if self.predicting is None or self.asking is None or self.asking.picked is not None:
            return False
        return self.predicting.take_back()

    def give_up(self) -> None:
        """The learner does not know what will happen: show it."""
        if self.predicting is not None:
            self.predicting.give_up()
            self.start_run()

    def say_how_sure(self, sure: int) -> None:
        if self.predicting is not None and 1 <= sure <= 3:
            self.predicting.say_how_sure(sure)
            self.start_run()

    def end_prediction(self, plays: bool) -> None:
        """No question any more: the demo is the learner's. plays: it may move unasked.

        What there is to try is meant for the settings at the start, so they come back; the last run of the
        question is the ghost.
        """
        is_decided = self.predicting is not None and self.predicting.verdict is not None
        is_skipped = self.stage in ("asking", "sure")
        has_run = self.stage in ("running", "decided", "failed")
        self.predicting = None
        if is_skipped:
            self._return_to_asked()
        elif has_run:
            self._return_to_start()
        if self.playback is not None and self.playback.goal is None and not is_decided and plays:
            self.playback.play()
