"""Whether the learner was as often right as they were sure, beside the scheduler on the same reviews."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean
from typing import NamedTuple

from mlterms.memory.state import CONFIDENCE
from mlterms.progress.proportion import Proportion
from mlterms.store.confidence import ConfidentAnswer

MEANT = {1: 0.3, 2: 0.7, 3: 0.95}
"""The chance of being right that each level is taken to mean, for the Brier score."""

GREY_BELOW, DRAWN_FROM = 10, 30  # answers of one level


class Level(NamedTuple):
    """The answers that were given with one confidence.

    counted: all of them, in practice too. expected: the mean of the scheduler's chance of recall, over the
    reviews among them (`known`); None where there are none.
    """

    confidence: int
    counted: Proportion
    known: Proportion
    expected: float | None

    @property
    def name(self) -> str:
        return CONFIDENCE[self.confidence]

    @property
    def is_grey(self) -> bool:
        """Whether there are too few answers to say anything."""
        return self.counted.of < GREY_BELOW

    @property
    def is_drawn(self) -> bool:
        return self.counted.of >= DRAWN_FROM


@dataclass(frozen=True, slots=True)
class Calibration:
    """How sure the learner was beside how often they were right, and the scheduler on the same reviews.

    levels: the three, least confident first. learner, scheduler: the Brier scores (0 is perfect) of
    both on the same reviews, `compared` in number; None without any.
    """

    levels: tuple[Level, ...]
    learner: float | None
    scheduler: float | None
    compared: int

    @property
    def answers(self) -> int:
        return sum(level.counted.of for level in self.levels)


def measure_calibration(answers: Iterable[ConfidentAnswer]) -> Calibration:
    """What the answers say. One without a chance of recall counts among its level only."""
    by_level: dict[int, list[ConfidentAnswer]] = {confidence: [] for confidence in CONFIDENCE}
    for answer in answers:
        if answer.confidence in by_level:
            by_level[answer.confidence].append(answer)
    levels, both = [], []
    for confidence, given in by_level.items():
        known = [(each.right, each.recall) for each in given if each.recall is not None]
        both += [(right, MEANT[confidence], recall) for right, recall in known]
        levels.append(
            Level(
                confidence,
                Proportion(sum(each.right for each in given), len(given)),
                Proportion(sum(right for right, _ in known), len(known)),
                fmean(recall for _, recall in known) if known else None,
            )
        )
    return Calibration(
        tuple(levels),
        fmean((right - meant) ** 2 for right, meant, _ in both) if both else None,
        fmean((right - recall) ** 2 for right, _, recall in both) if both else None,
        len(both),
    )
