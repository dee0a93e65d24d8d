"""What fitting found, in sentences for the shell and the app."""

from __future__ import annotations

from collections.abc import Sequence

from mlterms.fitting.fit import ENOUGH_DAYS, ENOUGH_PREDICTIONS, WINDOWS, Amount, Fit, Progress
from mlterms.fitting.lesson import ENOUGH, Lesson, LessonEpoch

SIMULATED = "These are not your answers: a simulated learner gave them."

_MUCH = 0.02  # nats; below it the difference is a little one
_OVERFIT = 0.002  # nats by which the later loss rose again


def too_few(amount: Amount) -> str:
    """Why nothing is fitted yet, and how much is missing."""
    have = (
        f"{amount.predictions:,} of {ENOUGH_PREDICTIONS:,} answers that came a day or more after the one "
        f"before, and {amount.days:,} of {ENOUGH_DAYS} days"
    )
    return (
        f"There is too little to fit to yet: {have}. Until then the standard parameters, which come from "
        "many people's answers, predict better than anything fitted to so few."
    )


def finding(found: Fit, simulated: bool = False) -> str:
    """Whether fitted parameters are better than the standard ones, with the numbers."""
    fitted = f"Parameters fitted to {'these simulated' if simulated else 'your'} answers"
    figures = (
        f"a loss of {found.loss:.4f} instead of {found.default_loss:.4f} on {found.checked:,} answers "
        f"that they had not been fitted to (difference {found.gain:.4f} ± {found.error:.4f})"
    )
    if found.accepted:
        better = "better" if found.gain >= _MUCH else "a little better"
        return f"{fitted} predict later ones {better} than the standard ones: {figures}."
    return f"{fitted} are not reliably better than the standard ones: {figures}."


def missing_for_lesson(predictions: int) -> str:
    """How many answers the demonstration still needs."""
    missing = ENOUGH - predictions
    answers = "1 more answer that comes" if missing == 1 else f"{missing:,} more answers that come"
    return f"This needs {answers} a day or more after the one before, {ENOUGH:,} in all."


def lesson_summary(lesson: Lesson, epochs: Sequence[LessonEpoch]) -> str:
    """What the curves of a demonstration show."""
    first, last = epochs[0], epochs[-1]
    best = min(epochs, key=lambda epoch: epoch.later)
    if last.later - best.later > _OVERFIT:
        after = (
            f"but on the {lesson.later:,} later ones it rose from {best.later:.3f} (epoch {best.epoch}) to "
            f"{last.later:.3f}: overfitting."
        )
    else:
        after = (
            f"and on the {lesson.later:,} later ones it went from {first.later:.3f} to {last.later:.3f}: "
            "hardly any overfitting."
        )
    return (
        f"{last.epoch} epochs lowered the loss on the first {lesson.trained_on:,} answers from "
        f"{first.training:.3f} to {last.training:.3f}, {after} Held near the standard parameters, training "
        f"ends there at {last.held_later:.3f}."
    )


def progress_title(progress: Progress) -> str:
    """What is being trained on now."""
    if not progress.window:
        return f"Training on all {progress.trained_on:,} answers."
    return (
        f"Check {progress.window} of {len(WINDOWS)}: training on the first {progress.trained_on:,} answers, "
        "checking on those that came next."
    )


def fit_numbers(progress: Progress) -> str:
    """The losses after an epoch of fitting."""
    numbers = f"epoch {progress.epoch:>2}   training loss {progress.loss:.4f}"
    if progress.window:
        numbers += f"   later answers {progress.later_loss:.4f} (standard {progress.later_default:.4f})"
    return numbers


def lesson_numbers(epoch: LessonEpoch) -> str:
    """The losses after an epoch of the demonstration."""
    return (
        f"epoch {epoch.epoch:>2}   training {epoch.training:.3f}   later {epoch.later:.3f}   "
        f"later, held back {epoch.held_later:.3f}"
    )


def lesson_title(lesson: Lesson) -> str:
    """What the demonstration trains on and checks on."""
    return (
        f"Training FSRS on the first {lesson.trained_on:,} answers only, and checking it on the "
        f"{lesson.later:,} later ones."
    )
