"""Opening a demo from within the app: one screen is kept for all of them, and comes back as it was left."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from mlterms.quiz.demo_request import DemoRequest, PredictionRequest, PredictionResult
from mlterms.quiz.instance import Instance
from mlterms.store.index.reader import Index
from mlterms.tui.shell import WorkspaceShell

if TYPE_CHECKING:
    from mlterms.demo.load import Demo

_NAME = "demo"  # under which the app keeps the screen


def show_demo(
    app: WorkspaceShell,
    index: Index,
    name: str,
    deck: str,
    *,
    seed: int = 0,
    asking: PredictionRequest | None = None,
    decided: Instance | None = None,
    left: Callable[[PredictionResult | None, str], None] | None = None,
) -> None:
    """Push the demo's screen, playing this demo of that deck.

    asking: a prediction to be made first; without it, those that the demo names can be asked for. decided: a
    prediction whose result is to be seen once more. When the screen is left, `left` is called with the
    verdict, or None if the demo was left, and with the reason if it could not run. Popped screens are never
    quite released, so there is one. Where the demo's folder is not trusted, that is asked first.
    """
    from mlterms.quiz.demo_questions import request_questions
    from mlterms.quiz.predict import open_demo, request_result
    from mlterms.tui.screens.demo import DemoScreen

    folder = _untrusted_folder(index, name, deck)
    if folder is not None:
        from mlterms.tui.screens.trust import TrustScreen

        def trusted() -> None:
            show_demo(app, index, name, deck, seed=seed, asking=asking, decided=decided, left=left)

        app.push_screen(TrustScreen(folder, trusted))
        return

    def done(result: PredictionResult | None) -> None:
        if left is not None:
            left(result, screen.trouble)

    if asking is None:
        asking = request_questions(lambda: index, at_once=False)

    def load() -> Demo:
        return open_demo(index, name, deck)

    opening = DemoRequest(name, load, seed=seed) if decided is None else request_result(decided, load)
    if app.is_screen_installed(_NAME):
        screen = app.get_screen(_NAME, DemoScreen)
        screen.open(opening, asking)
    else:
        screen = DemoScreen(opening, asking)
        app.install_screen(screen, _NAME)
    if app.screen is screen:
        screen.begin()
    else:
        app.push_screen(screen, done)


def _untrusted_folder(index: Index, name: str, deck: str) -> Path | None:
    """The deck of the demo, if its Python may not be run yet."""
    from mlterms.base.trust import trust_in

    path = next((demo.path for demo in index.demos() if (demo.name, demo.deck) == (name, deck)), "")
    folder = Path(path).parent.parent
    return folder if path and not trust_in(folder) else None
