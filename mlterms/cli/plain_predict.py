"""Asks a prediction in plain lines: runs the demo, prints its course and lets the run decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlterms.base.errors import MltermsError
from mlterms.base.ids import deck_of
from mlterms.base.outputs import only_own_outputs
from mlterms.cli.conversation import Conversation
from mlterms.glossary.types import Predict
from mlterms.quiz.grade import Verdict, grade_predict
from mlterms.quiz.instance import Instance
from mlterms.quiz.predict import RunPlan, compared_measures, flat_measures, open_demo, plan_runs, run_all
from mlterms.store.index.reader import Index

if TYPE_CHECKING:
    from mlterms.demo.frame import Frame
    from mlterms.demo.load import Demo
    from mlterms.demo.run import Result

_LOOKS = 5  # how often the course of a run is printed before its end
_LONGEST_PANEL = 200  # characters that say what a panel shows
_SHOWN_UPDATES = 100

_COUNTS = {"updates", "epochs"}


def predict_in_lines(index: Index, lines: Conversation, asked: Instance, picked: int | None) -> Verdict:
    """Run what was predicted, and say how each run goes, what its last picture shows, and what it decides.

    Raises ValueError, with the reason, if the demo cannot be run.
    """
    question = asked.question
    assert isinstance(question, Predict)
    try:
        with only_own_outputs():
            demo = open_demo(index, question.demo, deck_of(asked.id))
            results = run_all(demo, asked)
        wanted = compared_measures(question)
        plans = plan_runs(question)
        for plan in plans:
            lines.say()
            lines.raw(f"{plan.heading(len(plans), demo.constants)} (seed {asked.seed})")
            _tell(lines, demo, asked, plan, results[plan.name], wanted.get(plan.name, ()))
        return grade_predict(
            asked, picked, flat_measures({name: result.measures for name, result in results.items()})
        )
    except MltermsError as error:
        raise ValueError(str(error)) from None


def _tell(
    lines: Conversation, demo: Demo, asked: Instance, plan: RunPlan, result: Result, measures: tuple[str, ...]
) -> None:
    from mlterms.demo.run import follow, frame_at
    from mlterms.plot import short

    with only_own_outputs():
        at, way = follow(demo, plan.knobs, asked.seed, updates=result.updates, points=_LOOKS)
    names = measures or tuple(result.measures)[:2]
    if set(names) <= _COUNTS:  # they say nothing of the way there
        names = tuple(name for name in way if name not in _COUNTS)[:1] or names
    followed = [name for name in names if name in way]
    for i, update in enumerate(at if followed else ()):
        shown = "   ".join(f"{name} {short(way[name][i])}" for name in followed)
        lines.raw(f"  update {update:>6,}   {shown}")
    if not followed:  # what is compared is only measured at the end
        shown = "   ".join(f"{name} {short(result.measures[name])}" for name in names)
        lines.raw(f"  update {result.updates:>6,}   {shown}")
    lines.say()
    with only_own_outputs():
        frame = frame_at(demo, plan.knobs, asked.seed, updates=result.updates)
    _describe(lines, frame)
    if frame.says:
        lines.say(frame.says)


def _describe(lines: Conversation, frame: Frame) -> None:
    """Say what the picture shows, a line for each panel: these lines are also read by screen readers, which
    cannot say a picture, and by terminals that cannot show one."""
    panels = [panel for panel in frame.picture().panels if panel.marks]
    if panels:
        lines.say("The last picture, in words:")
    for panel in panels:
        lines.wrapped(f"- {_shorten(panel.describe())}")


def _shorten(description: str) -> str:
    """The first parts of a long description, and how many there are besides."""
    parts, kept = description.split("; "), 1
    while kept < len(parts) and len("; ".join(parts[: kept + 1])) <= _LONGEST_PANEL:
        kept += 1
    more = len(parts) - kept
    return "; ".join(parts[:kept]) + (f"; and {more} more." if more else "")


def demo_in_lines(index: Index, lines: Conversation, term: str) -> None:
    """Print the demo of a term with its default knobs: what to look for, the last picture in words, the
    measures."""
    from mlterms.demo.player import Player
    from mlterms.plot import short

    name = index.term(term).demo
    if not name:
        lines.say("This term has no demo.")
        return
    try:
        with only_own_outputs():
            demo = open_demo(index, name, deck_of(term))
            player = Player(demo)
            player.advance(_SHOWN_UPDATES)
            frame = player.frame
        if player.fault is not None:
            raise player.fault
    except MltermsError as error:
        lines.say(str(error))
        return
    lines.say(f"{demo.title}\n\n{demo.description()}")
    lines.say()
    _describe(lines, frame)
    lines.raw("   ".join(f"{measure} {short(value)}" for measure, value in player.measures.items()))
    lines.say(f"After {player.update} updates. To play it: `mlterms demo {name}`")
