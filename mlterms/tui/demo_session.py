"""A demo that is open: its run, the chosen knob, the runs beside it, the prediction. No Textual, no clock."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from mlterms.base.errors import CallError
from mlterms.base.limits import USUAL_MOST_UPDATES
from mlterms.demo.playback import BUDGET, Goal, Playback
from mlterms.quiz.demo_request import DemoRequest, PredictionRequest, PredictionResult

if TYPE_CHECKING:
    from mlterms.demo.knobs import Knob
    from mlterms.demo.load import Demo
    from mlterms.demo.player import Player
    from mlterms.demo.survey import Survey
    from mlterms.demo.tries import Checklist
    from mlterms.quiz.instance import Instance
    from mlterms.quiz.live_prediction import LivePrediction

_DIGITS = "0123456789.e-+"  # what a number is made of
_LONGEST = 12  # characters of a typed number
_SWEEPS = ("", "knob", "seeds")


class DemoSession:
    """What a learner does to a demo.

    playback: None until `load`. chosen: the knob that keys turn. typed: the number that is being typed for
    it, or None. sweeping: "knob" or "seeds" where many runs are made beside the one that is played, as
    `survey`. checklist: what there is to try. waiting: the questions that can still be asked. result: of the
    last prediction that was decided.
    """

    def __init__(self, request: DemoRequest, asking: PredictionRequest | None = None) -> None:
        self.request, self.asking = request, asking
        self.playback: Playback | None = None
        self.predicting: LivePrediction | None = None
        self.survey: Survey | None = None
        self.sweeping = ""
        self.chosen = ""
        self.typed: str | None = None
        self.ghost_shown = True
        self.checklist: Checklist | None = None
        self.waiting: list[Instance] = []
        self.result: PredictionResult | None = None
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
        self.playback = Playback(player, pictures=pictures)
        self.checklist = Checklist(demo.tries)
        self.chosen = next(iter(demo.settings.KNOBS), "")
        if request.starts_paused:
            last = USUAL_MOST_UPDATES if request.updates is None else request.updates
            self.playback.aim(Goal(last, when=request.when))
        elif not self.asks and plays != self._toggled_early:
            self.playback.play()

    def toggle_early(self) -> None:
        """Play or pause, asked for before the demo is loaded: it then begins the other way."""
        self._toggled_early = not self._toggled_early

    @property
    def asks(self) -> bool:
        """Whether there is a prediction to be put first."""
        return self.asking is not None and self.asking.at_once and not self.request.starts_paused

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
        player = self.playback.player
        self.playback.stop()
        self.sweeping, self.survey = "", None
        player.release()
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
        """Let one picture's share of time pass. Whether there is anything new to see."""
        return self.playback is not None and self.playback.tick()

    def note_tries(self) -> None:
        """Tick off what has been tried, unless a question is open: its runs are not the learner's."""
        player = self.player
        if self.checklist is None or player is None or self.stage:
            return
        run = {"update": player.update, "epochs": player.epochs, "seed": player.seed, "sweep": self.sweeping}
        self.checklist.note({**player.measures, **player.knobs.values(), **run})

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
        return True

    def start_run(self) -> None:
        """Start the next run of the prediction, once it is committed to."""
        if self.playback is not None and self.predicting is not None and self.predicting.stage == "running":
            self.playback.aim(self.predicting.begin_run())

    def work_on_survey(self) -> bool:
        """Make some of the runs beside, in what time the run itself leaves. Whether there is more to see."""
        if not self.sweeping or self.playback is None:
            return False
        survey, playing = self.survey, self.playback.busy
        outgrown = survey is not None and survey.done and self.playback.player.update >= 2 * survey.updates
        if not playing or outgrown:
            self.renew_survey()
        if self.survey is None or self.survey.done:
            return False
        share = BUDGET / 3 if playing else 2 * BUDGET
        return self.survey.work(time.perf_counter() + share)

    @property
    def is_still(self) -> bool:
        """Whether nothing more will happen by itself."""
        return self.playback is None or (not self.playback.busy and (self.survey is None or self.survey.done))

    # -- knobs ---------------------------------------------------------------------------------------------

    def choose_next(self, by: int) -> None:
        """Choose the next knob, or the one before."""
        if self.player is not None and self.chosen:
            knobs = self.player.knobs
            names = [name for name in knobs.KNOBS if name == self.chosen or knobs.counts(name)]
            self.chosen = names[(names.index(self.chosen) + by) % len(names)]

    def choose(self, name: str) -> None:
        """Choose a knob. Raises CallError where it has no effect as the others are set."""
        self._check_that_it_counts(name)
        self.chosen = name

    def nudge(self, name: str, steps: int) -> None:
        """Turn a knob up by so many of its steps, or down. Raises CallError where it has no effect."""
        if self.player is not None and name:
            self._check_that_it_counts(name)
            knob = self.player.knobs.knob(name)
            self.set(name, knob.nudged(getattr(self.player.knobs, name), steps))

    def set(self, name: str, value: Any) -> None:
        """Give a knob a value. Raises CallError where it has no effect as the others are set."""
        if self.playback is not None:
            self._check_that_it_counts(name)
            self.playback.turn(name, value)

    def slide(self, name: str, fraction: float) -> None:
        """Choose a knob and put the handle of its slider to a fraction of its length; raises as `set`."""
        if self.player is not None:
            self.choose(name)
            self.set(name, self.player.knobs.knob(name).at(fraction))

    def take_option(self, name: str, place: int) -> None:
        """Choose a knob and give it one of its options; raises as `set`."""
        if self.player is not None:
            self.choose(name)
            self.set(name, self.player.knobs.knob(name).options[place])

    def _check_that_it_counts(self, name: str) -> None:
        assert self.player is not None
        knob = self.player.knobs.knob(name)
        if knob.when is not None and not self.player.knobs.counts(name):
            raise CallError(f"{knob.title} only counts when {knob.when.in_words()}.")

    @property
    def slider(self) -> Knob | None:
        """The chosen knob, if it is one of numbers."""
        knob = self.player.knobs.knob(self.chosen) if self.player is not None and self.chosen else None
        return knob if knob is not None and knob.kind in (int, float) else None

    def type(self, key: str, character: str) -> None:
        """Go on typing a number for the chosen knob; Enter sets it, and - changes its sign.

        Raises CallError where it cannot be.
        """
        assert self.typed is not None
        if key == "enter":
            typed, self.typed = self.typed, None
            if self.player is not None and typed:
                self.set(self.chosen, self.player.knobs.parse(self.chosen, typed))
        elif key == "escape":
            self.typed = None
        elif key == "backspace":
            self.typed = self.typed[:-1]
        elif character == "-" and not self.typed.endswith("e"):  # alone, this key makes the demo slower
            self.typed = self.typed.removeprefix("-") if self.typed.startswith("-") else f"-{self.typed}"
        elif character and character in _DIGITS and len(self.typed) < _LONGEST:
            self.typed += character

    # -- comparing -----------------------------------------------------------------------------------------

    def sweep_next(self) -> bool:
        """Go from no runs beside to those over the chosen knob, over seeds, and back to none.

        False where there is no measure to compare them by.
        """
        if self.player is None or not self.player.measures:
            return False
        place = _SWEEPS.index(self.sweeping) + 1
        knobs = self.player.knobs
        if place == 1 and (not self.chosen or knobs.knob(self.chosen).view or not knobs.counts(self.chosen)):
            place = 2
        self.sweeping = _SWEEPS[place % len(_SWEEPS)]
        self.renew_survey()
        return True

    def renew_survey(self) -> None:
        """See that the runs beside the one that is played are of what is played."""
        player = self.player
        if player is None or not self.sweeping:
            self.survey = None
            return
        from mlterms.demo.survey import Survey

        knob = self.chosen if self.sweeping == "knob" else ""
        if self.survey is None or not self.survey.is_of(player, knob):
            self.survey = Survey(player, knob)

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
        was_asked = self.predicting is not None
        self.predicting = None
        if was_asked:
            self._return_to_start()
        if self.playback is not None and not is_decided and plays:
            self.playback.play()
