"""Switches on and off that the quiz asks how sure the learner is."""

from __future__ import annotations

from mlterms.base.errors import MltermsError
from mlterms.quiz.words import asking_in_words
from mlterms.tui.shell import WorkspaceShell


def switch_confidence(app: WorkspaceShell, key: str, *, is_guess: bool) -> None:
    """Ask how sure the learner is before each answer is shown, or stop asking; the setting is saved.

    key: the one that changes it back. is_guess: the open question is a first guess, where it is not asked.
    """
    from mlterms.store.preferences import PREFERENCES, change

    on = not app.workspace.config.confidence
    try:
        change(PREFERENCES["confidence"], "on" if on else "off", app.workspace)
    except MltermsError as error:
        app.warn(str(error))
    else:
        app.tell(f"{asking_in_words(on, is_guess)} {key} changes it back.")
