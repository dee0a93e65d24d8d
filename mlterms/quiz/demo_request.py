"""What to open in the demo view: which demo, with which setting, at which update, with which prediction."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from typing import TYPE_CHECKING, Any, NamedTuple

from mlterms.base.record import record

if TYPE_CHECKING:
    from mlterms.demo.load import Demo
    from mlterms.demo.recording import Change
    from mlterms.quiz.grade import Verdict
    from mlterms.quiz.instance import Instance


@record
class DemoRequest:
    """A demo to open.

    load: returns the demo or raises MltermsError; the view calls it after its first paint. knobs: those that
    are not at their defaults. updates: open at this update, paused. when: open paused where the measures
    first fulfil this. epochs: open paused after that many. With none of them it opens at the beginning and
    plays. ghost: the knobs of a run to compare with that are not at their defaults, or None.
    """

    name: str
    load: Callable[[], Demo]
    knobs: Mapping[str, Any] = field(default_factory=dict)
    seed: int = 0
    changes: Sequence[Change] = ()
    updates: int | None = None
    when: Callable[[Mapping[str, float]], bool] | None = None
    epochs: int | None = None
    ghost: Mapping[str, Any] | None = None

    @property
    def starts_paused(self) -> bool:
        """Whether it opens at a chosen update and waits there."""
        return any(end is not None for end in (self.updates, self.epochs, self.when))


@record
class PredictionRequest:
    """A prediction to make before the demo plays.

    find: returns the question, or None if there is none to ask. others: the questions that come after it.
    at_once: it is asked before the demo plays, and not only on demand. confidence: also ask how sure the
    learner is.
    returns: the question was asked on another screen, and the view goes back there once it is decided.
    picked: the position that was picked there already, so the question is not asked again. unknown: instead,
    the learner said there that they do not know. decided: called as soon as the runs have decided, which is
    before the learner sees it.
    """

    find: Callable[[Demo], Instance | None]
    confidence: bool = False
    returns: bool = False
    picked: int | None = None
    unknown: bool = False
    others: Callable[[Demo], Sequence[Instance]] = lambda demo: ()
    at_once: bool = True
    decided: Callable[[PredictionResult], None] = lambda result: None


class PredictionResult(NamedTuple):
    """How a prediction ended: the verdict, and how sure the learner was (1 to 3, None if not asked)."""

    verdict: Verdict
    confidence: int | None
