"""What is to be opened in the demo view: which demo, from which setting, as far as where. Plain data.

How a demo is found and loaded is the opener's affair: the view calls `load` once it has painted its frame.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from mlterms.demo.load import Demo
    from mlterms.demo.recording import Change
    from mlterms.quiz.grade import Verdict
    from mlterms.quiz.instance import Instance


@dataclass(frozen=True, slots=True)
class DemoRequest:
    """A demo to open.

    load: gives the demo, or raises MltermsError. knobs: those that are not at their defaults. updates: open
    there and stand still. when: open where this first holds of the measures. With neither it opens at the
    beginning and plays.
    """

    name: str
    load: Callable[[], Demo]
    knobs: Mapping[str, Any] = field(default_factory=dict)
    seed: int = 0
    changes: Sequence[Change] = ()
    updates: int | None = None
    when: Callable[[Mapping[str, float]], bool] | None = None

    @property
    def stands(self) -> bool:
        """Whether it opens at a chosen place and waits there."""
        return self.updates is not None or self.when is not None


@dataclass(frozen=True, slots=True)
class PredictionRequest:
    """A prediction to be made before the demo plays.

    find: gives the question, or None where there is none to ask. confidence: also ask how sure one is.
    returns: the question was asked elsewhere, and is gone back to once it is decided. picked: the position
    that was picked there already; it is not asked again.
    """

    find: Callable[[Demo], Instance | None]
    confidence: bool = False
    returns: bool = False
    picked: int | None = None


class PredictionResult(NamedTuple):
    """What came of a prediction: the verdict, and how sure the learner was (1 to 3, None if not asked)."""

    verdict: Verdict
    confidence: int | None
