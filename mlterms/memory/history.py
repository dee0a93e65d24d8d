"""What fitting reads of a learner's answers: for each question, on which days it was answered and how."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from mlterms.base.ids import Day


class Review(NamedTuple):
    """One answer. day: the logical day. rating: 1 to 4. at: its place among all answers, in order of time.

    counts: whether it tells anything of recall. A question that was marked as known was not answered.
    """

    day: Day
    rating: int
    at: int
    counts: bool = True


History = Sequence[Review]
"""The answers to one question from its first on, in order of time."""
