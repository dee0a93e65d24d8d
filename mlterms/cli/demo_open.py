"""Opens a demo on the terminal, without importing click, so that the first picture appears sooner."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from mlterms.base.ids import QuestionId
from mlterms.cli.demo_files import find_demo, load
from mlterms.store.workspace import Workspace

if TYPE_CHECKING:
    from mlterms.demo.load import Demo
    from mlterms.quiz.demo_request import DemoRequest
    from mlterms.quiz.instance import Instance


def open_as_it_comes(workspace: Workspace, name: str) -> NoReturn:
    """Open the demo of that name with its default knobs, ask its prediction first, and exit when it is left.

    Raises CallError, which names the nearest, if there is none.
    """
    from mlterms.quiz.demo_request import DemoRequest

    path = find_demo(workspace, name)
    open_demo(workspace, DemoRequest(demo_name(path), load=lambda: load(path)), predict=True)


def open_demo(workspace: Workspace, opening: DemoRequest, predict: bool) -> NoReturn:
    """Open a demo, with its prediction first if wanted, and exit when it is left."""
    gc.disable()  # the app turns garbage collection on after its first picture, which appears a tenth sooner
    from mlterms.quiz.demo_request import PredictionRequest
    from mlterms.tui.demo_app import DemoApp
    from mlterms.tui.run import run_app

    asking = PredictionRequest(lambda demo: _prediction(workspace, demo)) if predict else None
    raise SystemExit(run_app(DemoApp(opening, asking, workspace.config)))


def demo_name(path: Path) -> str:
    """The name of the demo in a file."""
    return path.stem.replace("_", "-")


def _prediction(workspace: Workspace, demo: Demo) -> Instance | None:
    """The first question that the demo names, if there is a card with it. It is not recorded anywhere."""
    from mlterms.glossary.types import Predict
    from mlterms.quiz.instance import make

    deck = next((row.deck for row in workspace.index.demos() if row.path == demo.path), "")
    for name in demo.predictions:
        question = QuestionId(f"{deck}:{name}")
        found = workspace.index.question(question)
        if found is not None and isinstance(found[1], Predict):
            return make(question, found[0].title, found[1], seed=0)
    return None
