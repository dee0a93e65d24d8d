"""Opening a demo from within the app: one screen is kept for all of them, and comes back as it is left."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.app import App

from mlterms.quiz.demo_request import DemoRequest, PredictionRequest, PredictionResult
from mlterms.store.index.reader import Index
from mlterms.tui.look import Look

_NAME = "demo"  # under which the app keeps the screen


def show_demo(
    app: App[Any],
    look: Look,
    index: Index,
    name: str,
    deck: str = "mlterms",
    *,
    seed: int = 0,
    asking: PredictionRequest | None = None,
    left: Callable[[PredictionResult | None, str], None] | None = None,
) -> None:
    """Push the demo's screen, playing this demo.

    asking: a prediction to be made first; then `left` is called with the verdict, or None if it was left, and
    with why it could not run, if so. Popped screens are never quite given back, so there is but one.
    """
    from mlterms.quiz.predict import open_demo
    from mlterms.tui.screens.demo import DemoScreen

    def done(result: PredictionResult | None) -> None:
        if left is not None:
            left(result, screen.trouble)

    opening = DemoRequest(name, load=lambda: open_demo(index, name, deck), seed=seed)
    if app.is_screen_installed(_NAME):
        screen = app.get_screen(_NAME, DemoScreen)
        screen.open(opening, asking)
    else:
        screen = DemoScreen(opening, asking, look)
        app.install_screen(screen, _NAME)
    if app.screen is screen:
        screen.begin()
    else:
        app.push_screen(screen, done)
