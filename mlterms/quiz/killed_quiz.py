"""Counts the answer whose solution was on the screen when a quiz was killed, before any count is shown."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from mlterms.base.errors import MltermsError

if TYPE_CHECKING:
    from mlterms.store.log.learner import Learner


def count_shown_answer(learner: Learner) -> None:
    """Record it, if there is one. Where nothing can be written, the next quiz says so."""
    kept = learner.sitting.read()
    if kept is not None and kept.get("shown"):
        from mlterms.quiz.open_sitting import (
            record_shown,  # only here: `mlterms due` starts faster without it
        )

        with suppress(MltermsError):
            record_shown(learner)
