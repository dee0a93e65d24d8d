"""What the learner can do with the open question of a sitting instead of answering it: flag it, put it off,
suspend it, mark it as known, or make it new again.

Except for a flag, each first records an answer whose solution is shown, and takes the question away. Each can
be undone: see `undo.py`. What is said about it is in `apply_mark.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlterms.base.ids import Day, QuestionId
from mlterms.memory.intervals import interval_text, spell_out
from mlterms.memory.state import Phase, Rating

if TYPE_CHECKING:
    from mlterms.quiz.sitting import Sitting

TAKES_AWAY = ("suspend", "bury", "known", "reset")
"""The kinds of events after which the open question makes way for the next."""


def suspend(sitting: Sitting) -> None:
    """Ask the open question no more, until it is unsuspended."""
    question = _settle(sitting)
    sitting.learner.suspend(question, sitting.clock.now())
    _take_away(sitting, question)


def bury(sitting: Sitting) -> None:
    """Ask the open question again tomorrow at the earliest."""
    question, now = _settle(sitting), sitting.clock.now()
    sitting.learner.bury(question, Day(sitting.learner.today(now) + 1), now)
    _take_away(sitting, question)


def flag(sitting: Sitting) -> bool:
    """Flag the open question, or take its flag away; it stays open. Whether it is flagged now."""
    current = sitting.current
    assert current is not None
    current.refresh_flag(sitting.learner)  # another window may have changed it
    event = sitting.learner.flag(current.instance.id, sitting.clock.now(), not current.is_flagged)
    if event is not None:
        current.is_flagged = not current.is_flagged
        if sitting.verdict is not None:
            current.flagged |= {event.uuid}
    return current.is_flagged


def know(sitting: Sitting) -> str:
    """The learner knows the open question: it comes back as after an Easy answer. The interval, in words.

    A right answer that is shown is rated Easy; otherwise it is said of the question, without an answer.
    """
    current, now = sitting.current, sitting.clock.now()
    assert current is not None
    question = current.instance.id
    if current.answer is not None and not current.is_wrong and current.mode != "cram":
        sitting.settle(Rating.EASY)
    else:
        sitting.settle()
        sitting.learner.know(question, now)
    _take_away(sitting, question)
    return spell_out(interval_text(sitting.learner.state(question), now, sitting.learner.policy))


def leave_out(sitting: Sitting, question: QuestionId) -> None:
    """A question that was marked is not asked again in a sitting that does not go by what is due: there the
    mark alone would not keep it away, and it could come again at once."""
    if sitting.plan.mode != "scheduled":
        sitting.skips.leave_out(question)


def _take_away(sitting: Sitting, question: QuestionId) -> None:
    leave_out(sitting, question)
    sitting.leave_open()


def look_up(sitting: Sitting) -> None:
    """Note that the learner looks at the card or the demo of the open question."""
    if sitting.current is not None:
        sitting.current.look_up()


def can_reset(sitting: Sitting) -> bool:
    """Whether the open question can be made new again: it is not new, or its answer that is shown counts."""
    answer = sitting.current.answer if sitting.current is not None else None
    return sitting.state.phase is not Phase.NEW or (answer is not None and answer.mode != "cram")


def reset(sitting: Sitting) -> None:
    """Make the open question new again; its history is kept."""
    question = _settle(sitting)
    sitting.learner.reset(question, sitting.clock.now())
    _take_away(sitting, question)


def _settle(sitting: Sitting) -> QuestionId:
    """The open question, after its answer was recorded if it had been shown."""
    assert sitting.asked is not None
    question = sitting.asked.id
    sitting.settle()
    return question
