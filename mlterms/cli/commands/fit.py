"""`mlterms fit`: fit the parameters of FSRS to the learner's own answers, and show how a training runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from mlterms.cli.conversation import Conversation
from mlterms.cli.say import say_json
from mlterms.store.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mlterms.fitting.fit import Amount, Fit, Progress
    from mlterms.memory.history import History


@click.command(short_help="Fit the model of memory to your own answers, if that predicts them better.")
@click.option("--apply", "apply", is_flag=True, help="Use the fitted parameters, if they are accepted.")
@click.option("--undo", is_flag=True, help="Go back to the parameters that were used before.")
@click.option("--overfit", is_flag=True, help="Show overfitting: train on the first answers only.")
@click.option(
    "--answers", type=click.IntRange(20), metavar="N", help="With --overfit: train on the first N (100)."
)
@click.option("--simulated", is_flag=True, help="Use the answers of a simulated learner instead of yours.")
@click.option("--plain", is_flag=True, help="Plain lines: no cursor; for pipes and screen readers.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object at the end.")
@click.pass_obj
def command(
    workspace: Workspace,
    apply: bool,
    undo: bool,
    overfit: bool,
    answers: int | None,
    simulated: bool,
    plain: bool,
    as_json: bool,
) -> None:
    """Fit the parameters of FSRS, which decides when a question comes back, to your own answers.

    Fitted parameters can be worse than the standard ones. So they are fitted to your answers up to a moment
    and checked on those that came after it, four times. They are accepted only if they predicted better, by
    twice the standard error. Nothing is changed without --apply, and --undo takes that back. Nothing is
    fitted until you have 90 days of answers, and 1,000 that came at least a day after the previous answer to
    the same question.

    While it runs, the training loss and the loss on later answers are drawn after each epoch. With --overfit
    you see what happens when FSRS learns too much from too few of your answers.

    JSON: enough, predictions, days, accepted, loss, default_loss, error (all per prediction, in nats),
    checked, questions, parameters, applied. With --overfit: trained_on, later, and a list of epochs.
    """
    if apply and (simulated or overfit):
        raise click.UsageError("--apply is for parameters that are fitted to all of your own answers")
    if undo and (apply or overfit or simulated):
        raise click.UsageError("--undo goes alone")
    if answers is not None and not overfit:
        raise click.UsageError("--answers goes with --overfit")
    lines = Conversation()
    if undo:
        _undo(workspace, lines, as_json)
        return
    from mlterms.fitting.simulated import example_learner
    from mlterms.fitting.words import SIMULATED
    from mlterms.store.log.review_history import review_histories

    histories: Sequence[History] = example_learner() if simulated else review_histories(workspace.learner)
    if simulated and not as_json:
        lines.say(SIMULATED)
    if overfit:
        _show_overfitting(lines, histories, answers or 100, simulated, plain, as_json)
    else:
        _fit(workspace, lines, histories, apply, simulated, plain, as_json)


def _fit(
    workspace: Workspace,
    lines: Conversation,
    histories: Sequence[History],
    apply: bool,
    simulated: bool,
    plain: bool,
    as_json: bool,
) -> None:
    from mlterms.fitting.fit import amount_of, fit

    drawing = None if as_json else _FitDrawing(lines, plain)
    found = fit(histories, drawing.show if drawing is not None else None)
    amount = found.amount if found else amount_of(histories)
    applied = found is not None and found.accepted and apply and _apply(workspace, found)
    if drawing is None:
        say_json({"simulated": simulated, **_as_json(found, amount), "applied": applied})
    elif found is None:
        _say_too_few(lines, amount)
    else:
        drawing.end()
        in_use = workspace.learner.policy.parameters == found.parameters
        _say_found(lines, found, simulated=simulated, applied=applied, in_use=in_use)


class _FitDrawing:
    """The curves of each training of a fit, one after the other, drawn while they are made."""

    def __init__(self, lines: Conversation, plain: bool) -> None:
        from mlterms.cli.loss_curves import LossCurves, can_draw_in_place

        self.lines = lines
        self.curves = LossCurves(lines, live=can_draw_in_place() and not plain)
        self.epochs: list[Progress] = []

    def show(self, progress: Progress) -> None:
        """Draw what is known after one more epoch; the first one of a training begins a new picture."""
        from mlterms.fitting.curves import fit_picture
        from mlterms.fitting.words import fit_numbers, progress_title

        if self.epochs and progress.epoch == 0:
            self.end()
            self.epochs.clear()
        if not self.epochs:
            self.curves.begin()
            self.lines.say()
            self.lines.say(progress_title(progress))
        self.epochs.append(progress)
        self.curves.show(fit_picture(self.epochs), fit_numbers(progress))

    def end(self) -> None:
        from mlterms.fitting.curves import fit_picture

        self.curves.end(fit_picture(self.epochs))


def _as_json(found: Fit | None, amount: Amount) -> dict[str, Any]:
    return {
        "enough": amount.is_enough,
        "predictions": amount.predictions,
        "days": amount.days,
        "accepted": found is not None and found.accepted,
        "loss": found and found.loss,
        "default_loss": found and found.default_loss,
        "error": found and found.error,
        "checked": found and found.checked,
        "questions": found and found.questions,
        "parameters": found and found.parameters,
    }


def _say_too_few(lines: Conversation, amount: Amount) -> None:
    from mlterms.fitting.lesson import ENOUGH
    from mlterms.fitting.words import too_few

    lines.say(too_few(amount))
    where = "" if amount.predictions >= ENOUGH else " --simulated"
    lines.say(f"To see meanwhile what training and overfitting look like: `mlterms fit --overfit{where}`")


def _say_found(lines: Conversation, found: Fit, *, simulated: bool, applied: bool, in_use: bool) -> None:
    from mlterms.fitting.words import finding

    lines.say()
    lines.say(finding(found, simulated))
    if not found.accepted:
        lines.say("So nothing is changed.")
    elif applied:
        lines.say("They are used from the next answer to each question on. To go back: `mlterms fit --undo`")
    elif in_use and not simulated:
        lines.say("They are in use already.")
    elif not simulated:
        lines.say("Nothing is changed yet. To use them: `mlterms fit --apply`")


def _apply(workspace: Workspace, found: Fit) -> bool:
    """Use the fitted parameters. Whether that changed anything."""
    return workspace.learner.set_parameters(found.parameters, workspace.clock.now()) is not None


def _undo(workspace: Workspace, lines: Conversation, as_json: bool) -> None:
    from mlterms.store.log.undo_steps import parameters_change

    change = parameters_change(workspace.learner.log)
    if change is not None:
        workspace.learner.undo(change.uuid, workspace.clock.now())
    if as_json:
        say_json({"undone": change is not None, "parameters": workspace.learner.policy.parameters})
    elif change is None:
        lines.say("There is nothing to undo: the standard parameters are in use.")
    else:
        still = parameters_change(workspace.learner.log) is not None
        used = "parameters from before" if still else "standard parameters"
        lines.say(f"Undone. The {used} are used again.")


def _show_overfitting(
    lines: Conversation,
    histories: Sequence[History],
    wanted: int,
    simulated: bool,
    plain: bool,
    as_json: bool,
) -> None:
    from mlterms.cli.loss_curves import LossCurves, can_draw_in_place
    from mlterms.fitting.curves import lesson_picture
    from mlterms.fitting.fit import amount_of
    from mlterms.fitting.lesson import ENOUGH, Lesson, LessonEpoch
    from mlterms.fitting.words import lesson_numbers, lesson_summary, lesson_title, missing_for_lesson

    predictions = amount_of(histories).predictions
    if predictions < ENOUGH:
        if as_json:
            say_json({"simulated": simulated, "enough": False, "predictions": predictions, "needed": ENOUGH})
            return
        lines.say(missing_for_lesson(predictions))
        lines.say("Until then a simulated learner can show it: `mlterms fit --overfit --simulated`")
        return
    lesson = Lesson(histories, wanted)
    if as_json:
        run: dict[str, Any] = {"simulated": simulated, "enough": True, "predictions": predictions}
        run |= {"trained_on": lesson.trained_on, "later": lesson.later}
        say_json(run | {"epochs": [epoch._asdict() for epoch in lesson.epochs()]})
        return
    curves = LossCurves(lines, live=can_draw_in_place() and not plain)
    lines.say(lesson_title(lesson))
    curves.begin()
    epochs: list[LessonEpoch] = []
    for epoch in lesson.epochs():
        epochs.append(epoch)
        curves.show(lesson_picture(epochs), lesson_numbers(epoch))
    curves.end(lesson_picture(epochs))
    lines.say()
    lines.say(lesson_summary(lesson, epochs))
