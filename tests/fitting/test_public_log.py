"""Fitting on the one public log of a real person: 12,580 answers to 1,205 questions over half a year.

It is `tests/review_logs_josh.csv` of open-spaced-repetition/py-fsrs (MIT licence) and is not copied here. The
test looks for it where MLTERMS_REVIEW_LOG says, or in `shared/files/` of a folder above this one, and is
skipped where it is not.
"""

from __future__ import annotations

import csv
import os
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from mlterms.fitting.fit import fit
from mlterms.fitting.model import losses
from mlterms.fitting.sequences import Sequences
from mlterms.fitting.training import DEFAULTS, trained
from mlterms.memory.history import Review

NAME = "shared/files/py-fsrs-review_logs_josh.csv"
HOURS = 4 + 4  # west of Greenwich, and the hour at which a day begins; the log does not say


def find_log() -> Path | None:
    named = os.environ.get("MLTERMS_REVIEW_LOG")
    places = [Path(named)] if named else [folder / NAME for folder in Path(__file__).resolve().parents]
    return next((place for place in places if place.is_file()), None)


@pytest.fixture(scope="module")
def histories() -> list[list[Review]]:
    path = find_log()
    if path is None:
        pytest.skip("the public review log is not here; MLTERMS_REVIEW_LOG names it")
    with path.open(newline="") as file:
        rows = [
            (datetime.fromisoformat(row["review_time"]).timestamp(), row["card_id"], row["review_rating"])
            for row in csv.DictReader(file)
        ]
    found: dict[str, list[Review]] = {}
    for at, (seconds, card, rating) in enumerate(sorted(rows)):
        day = int((seconds - 3600 * HOURS) // 86_400)
        found.setdefault(card, []).append(Review(day, int(rating), at))
    return list(found.values())


def later_gain(histories: list[list[Review]], cut: int, used: np.ndarray) -> float:
    """How much smaller the loss of `used` is than that of the defaults on all answers after `cut`."""
    data = Sequences(histories)
    later = data.at[data.predicted] > place_of(data, cut)
    return float((losses(DEFAULTS, data) - losses(used, data))[later].mean())


def place_of(data: Sequences, cut: int) -> int:
    return int(np.sort(data.at[data.predicted])[cut - 1])


@pytest.mark.parametrize("cut", [318, 637, 1593, 3186, 4779, 5097])
def test_what_would_be_used_is_not_worse_and_later_on_better(histories: list[list[Review]], cut: int) -> None:
    data = Sequences(histories)
    assert (data.reviews, data.questions, data.predictions) == (12_580, 1_205, 6_372)
    place = place_of(data, cut)
    found = fit([[review for review in history if review.at <= place] for history in histories])
    used = np.array(found.parameters) if found is not None and found.accepted else DEFAULTS
    gain = later_gain(histories, cut, used)
    assert gain >= -0.002
    if cut >= 1593:
        assert gain >= 0.003


def test_the_first_answers_alone_would_have_made_it_worse(histories: list[list[Review]]) -> None:
    """Why there is a minimum: what 318 predictions teach is wrong of the next six thousand."""
    data = Sequences(histories)
    early = data.up_to(place_of(data, 318))
    assert later_gain(histories, 318, trained(early)) < -0.02
