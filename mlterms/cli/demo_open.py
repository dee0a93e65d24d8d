"""Opens a demo on the terminal, without importing click, so that the first picture appears sooner."""

from __future__ import annotations

import gc
from threading import Thread
from typing import TYPE_CHECKING, NoReturn

from mlterms.cli.demo_files import find_demo, load
from mlterms.demo.lean_numpy import import_lean_numpy
from mlterms.demo.load import demo_name
from mlterms.store.workspace import Workspace

if TYPE_CHECKING:
    from mlterms.quiz.demo_request import DemoRequest


def open_with_defaults(workspace: Workspace, name: str) -> NoReturn:
    """Open the demo of that name with its default knobs, ask its prediction first, and exit when it is left.

    Raises CallError, which names the nearest, if there is none.
    """
    from mlterms.quiz.demo_request import DemoRequest

    path = find_demo(workspace, name)
    open_demo(workspace, DemoRequest(demo_name(path), load=lambda: load(path)), predict=True)


def open_demo(workspace: Workspace, opening: DemoRequest, predict: bool) -> NoReturn:
    """Open a demo, with its prediction first if wanted, and exit when it is left."""
    gc.disable()  # the app turns garbage collection on after its first picture, which appears a tenth sooner
    Thread(target=import_lean_numpy, daemon=True).start()  # what the demo will wait for
    from mlterms.quiz.demo_questions import request_questions
    from mlterms.tui.lean_textual import import_lean_textual
    from mlterms.tui.run import run_app

    import_lean_textual()
    from mlterms.tui.demo_app import DemoApp

    asking = request_questions(lambda: workspace.index, at_once=predict)
    raise SystemExit(run_app(DemoApp(opening, asking, workspace.config)))
