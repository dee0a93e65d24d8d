"""Fitted parameters are accepted when they are better, and only then."""

from __future__ import annotations

import numpy as np
import pytest

from mlterms.fitting.fit import ENOUGH_PREDICTIONS, Amount, Progress, fit, standard_error
from mlterms.fitting.model import losses
from mlterms.fitting.sequences import Sequences
from mlterms.fitting.simulated import example_learner, simulate
from mlterms.fitting.training import DEFAULTS, rounded, train, trained
from mlterms.memory.history import History
from mlterms.memory.policy import DEFAULT_PARAMETERS, Policy


def up_to(histories: list[History], place: int) -> list[History]:
    return [[review for review in history if review.at <= place] for history in histories]


@pytest.mark.parametrize("seed", range(3))
def test_nothing_is_accepted_for_somebody_who_forgets_as_the_defaults_say(seed: int) -> None:
    found = fit(simulate(400, 5, 150, seed, DEFAULT_PARAMETERS))
    assert found is not None
    assert not found.accepted


def test_somebody_else_gets_parameters_that_predict_what_comes_after() -> None:
    histories = example_learner()
    last_day = max(review.day for history in histories for review in history)
    before = [[review for review in history if review.day < last_day - 40] for history in histories]
    found = fit(before)
    assert found is not None
    assert found.accepted
    assert 0 < 2 * found.error < found.gain < 0.05
    data = Sequences(histories)
    later = data.at[data.predicted] > max(review.at for history in before for review in history)
    gains = losses(DEFAULTS, data) - losses(np.array(found.parameters), data)
    assert gains[later].mean() > 0
    Policy(parameters=found.parameters)  # they are within the bounds


def test_the_same_answers_give_the_same_parameters_in_any_order() -> None:
    histories = example_learner()
    found, again = fit(histories), fit(list(reversed(histories)))
    assert found is not None
    assert again is not None
    assert found.parameters == again.parameters
    assert found.gain == pytest.approx(again.gain)
    assert found.error == pytest.approx(again.error)


def test_nothing_is_fitted_before_there_is_enough() -> None:
    histories = simulate(300, 30, 60, 0)
    assert Sequences(histories).predictions > ENOUGH_PREDICTIONS
    assert fit(histories) is None  # in 60 days
    assert fit(simulate(60, 1, 120, 0)) is None  # of so few questions
    assert fit([]) is None
    assert Amount(1_000, 90).is_enough
    assert not Amount(999, 400).is_enough
    assert not Amount(9_000, 89).is_enough


def test_a_window_is_checked_with_parameters_that_have_not_seen_it() -> None:
    """Whatever the answers of the last window are, training before it is the same."""
    histories = example_learner()
    seen: list[Progress] = []
    fit(histories, seen.append)
    data = Sequences(histories)
    places = sorted(data.at[data.predicted])
    start = DEFAULTS
    for number, share in enumerate((0.4, 0.55, 0.7, 0.85), 1):
        last = [progress for progress in seen if progress.window == number][-1]
        begin = int(share * len(places))
        alone = Sequences(up_to(histories, int(places[begin - 1])))
        assert last.trained_on == alone.predictions == begin
        *_, epoch = train(alone, start=start)
        assert epoch.loss == pytest.approx(last.loss, rel=1e-12)
        start = rounded(epoch.parameters)


def test_answers_up_to_a_moment_are_laid_out_as_if_there_had_been_no_others() -> None:
    histories = example_learner()
    data = Sequences(histories)
    for share in (0, 0.001, 0.4, 1):
        place = int(share * int(data.at.max()))
        cut, alone = data.up_to(place), Sequences(up_to(histories, place))
        assert (cut.reviews, cut.questions, cut.predictions, cut.span) == (
            alone.reviews,
            alone.questions,
            alone.predictions,
            alone.span,
        )
        assert losses(DEFAULTS, cut).sum() == pytest.approx(losses(DEFAULTS, alone).sum())


def test_training_ends_in_the_same_place_from_wherever_it_begins() -> None:
    data = Sequences(example_learner())
    early = trained(data.up_to(int(np.median(data.at))))
    *_, warm = train(data, start=early)
    *_, cold = train(data)
    assert warm.number <= cold.number
    assert warm.loss == pytest.approx(cold.loss, abs=2 / data.predictions)


def test_each_epoch_is_reported_from_the_defaults_on_and_then_from_where_the_last_training_ended() -> None:
    seen: list[Progress] = []
    fit(example_learner(), seen.append)
    assert [progress.window for progress in seen if progress.epoch == 0] == [1, 2, 3, 4, 0]
    for window in (1, 2, 3, 4):
        epochs = [progress for progress in seen if progress.window == window]
        assert [progress.epoch for progress in epochs] == list(range(len(epochs)))
        assert (epochs[0].later_loss == epochs[0].later_default) == (window == 1)
        assert epochs[-1].loss <= epochs[0].loss
    assert seen[0].loss > seen[-1].loss


def test_training_stays_nearer_to_the_defaults_the_stronger_the_pull() -> None:
    data = Sequences(simulate(200, 4, 90, 3))
    distances = [np.abs(np.log(trained(data, pull) / DEFAULTS)).max() for pull in (0.1, 1.0, 10.0, 1e6)]
    assert distances == sorted(distances, reverse=True)
    assert distances[-1] < 1e-2


def test_answers_to_one_question_are_not_independent() -> None:
    """Ten copies of each difference, of the same question, tell no more than one."""
    rng = np.random.default_rng(0)
    once, question = rng.normal(0.1, 1, 50), np.arange(50)
    error = standard_error(once, question)
    assert error == pytest.approx(once.std() / np.sqrt(50))
    assert standard_error(np.repeat(once, 10), np.repeat(question, 10)) == pytest.approx(error)
    assert standard_error(np.repeat(once, 10), np.arange(500)) == pytest.approx(error / np.sqrt(10))


def test_there_is_nothing_to_train_on_without_a_prediction() -> None:
    with pytest.raises(ValueError, match="nothing to train on"):
        next(train(Sequences([])))
