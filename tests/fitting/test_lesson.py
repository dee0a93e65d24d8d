"""The demonstration of overfitting, and what is said about it."""

from __future__ import annotations

import pytest

from mlterms.fitting.curves import fit_picture, lesson_picture
from mlterms.fitting.fit import Amount, Fit, Progress, fit
from mlterms.fitting.lesson import ENOUGH, Lesson, amounts_for
from mlterms.fitting.sequences import Sequences
from mlterms.fitting.simulated import example_learner, simulate
from mlterms.fitting.words import finding, lesson_summary, missing_for_lesson, too_few
from mlterms.plot import Style, render, to_text


def test_free_training_on_few_answers_overfits_and_says_so() -> None:
    lesson = Lesson(example_learner(), 100)
    epochs = list(lesson.epochs())
    first, last = epochs[0], epochs[-1]
    assert (first.later, first.training) == (first.held_later, first.held_training)  # both are the defaults
    assert last.training < first.training - 0.05
    assert last.later > min(epoch.later for epoch in epochs) + 0.01
    assert last.held_later <= first.later + 0.002
    text = lesson_summary(lesson, epochs)
    assert "overfitting" in text
    assert f"{last.later:.3f}" in text
    assert f"{lesson.later:,} later ones" in text


def test_more_answers_overfit_less() -> None:
    rises = []
    for wanted in (100, 1_600):
        epochs = list(Lesson(example_learner(), wanted).epochs())
        rises.append(epochs[-1].later - epochs[0].later)
    assert rises[1] < 0 < rises[0]
    lesson = Lesson(example_learner(), 1_600)
    assert "hardly any overfitting" in lesson_summary(lesson, list(lesson.epochs()))


def test_training_takes_at_most_half_of_the_answers() -> None:
    histories = example_learner()
    predictions = Sequences(histories).predictions
    lesson = Lesson(histories, 10**9)
    assert lesson.trained_on == predictions // 2
    assert lesson.trained_on + lesson.later == predictions
    assert amounts_for(predictions) == [100, 200, 400, 800, 1_600]
    assert amounts_for(ENOUGH - 1) == []


def test_too_few_answers_are_counted() -> None:
    histories = simulate(20, 5, 20, 0)
    predictions = Sequences(histories).predictions
    assert 0 < predictions < ENOUGH
    with pytest.raises(ValueError, match="missing"):
        Lesson(histories, 100)
    assert f"{ENOUGH - predictions} more answers" in missing_for_lesson(predictions)
    assert "1 more answer that" in missing_for_lesson(ENOUGH - 1).replace(
        "answer that come", "answer that come"
    )
    assert "12 of 1,000" in too_few(Amount(12, 3))


@pytest.mark.parametrize(
    ("gain", "error", "words"),
    [
        (0.004, 0.001, "a little better"),
        (0.03, 0.001, " better than"),
        (0.004, 0.0021, "not reliably better"),
    ],
)
def test_a_finding_says_how_much_better_it_is(gain: float, error: float, words: str) -> None:
    text = finding(Fit(Amount(5_000, 200), (), 0.4, 0.4 + gain, error, 3_000, 500))
    assert words in text
    assert ("a little" in text) == (words == "a little better")
    assert "3,000 answers" in text


@pytest.mark.parametrize("charset", ["unicode", "ascii"])
def test_the_curves_are_drawn_with_their_names(charset: str) -> None:
    seen: list[Progress] = []
    fit(example_learner(), seen.append)
    style = Style(charset=charset, colours="none")
    window = [progress for progress in seen if progress.window == 4]
    for picture, names in (
        (fit_picture(window), ("training", "later answers", "standard parameters", "epoch")),
        (fit_picture(window[:1]), ("training", "later answers")),
        (lesson_picture(list(Lesson(example_learner(), 100).epochs())), ("later, held back",)),
    ):
        text = to_text(render(picture, 60, 14, style))
        assert all(name in text for name in names), text
        assert charset == "unicode" or text.isascii()
