"""The first screen of all: what this is, and the first question. It is shown until something was answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from mlterms.memory.days import day_of
from mlterms.tui.actions import ACTIONS, bindings, in_words, keys_of
from mlterms.tui.look import Look
from mlterms.tui.screens.fast_start import FastStartScreen
from mlterms.tui.widgets.key_line import KeyLine
from mlterms.tui.widgets.lines import Piece, wrapped
from mlterms.tui.widgets.page import Page, Row

if TYPE_CHECKING:
    from mlterms.tui.app import MltermsApp

_TITLE = "The words of machine learning, learned so that they stay."
_LINES = (
    "Each word has a card to read, a live demo to play with, and questions.",
    "A question comes back just before you would forget its answer.",
    "Some ask what a small training run will do; then it runs, and decides.",
    "Every answer is saved at once, so leave whenever you like.",
)
_WIDEST = 78


class _Words(Page):
    """keys: what to call the key of an action. first: the title of the first term."""

    def __init__(self, start: str, around: str, first: str, *, look: Look) -> None:
        super().__init__(id="words", look=look)
        self.start, self.around, self.first = start, around, first

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return not (action == "open" and self.marked_zone == "start")  # then Enter is the screen's own

    def content(self, width: int, room: int) -> list[Row]:
        inner = min(_WIDEST, width - 8)
        margin = Piece(" " * max(2, (width - inner) // 2))
        rows: list[Row] = [[Piece("mlterms", "page--heading")], [], [Piece(_TITLE, "page--title")], []]
        for line in _LINES:
            rows += [[Piece(part)] for part in wrapped(line, inner)]
        rows += [[], []]
        rows.append(
            [
                Piece(f" {self.start}  first question ", "page--button", "start"),
                Piece("   "),
                Piece(f" {self.around}  look round first ", "page--strong", "look"),
            ]
        )
        rows += [[], [Piece(f"It begins with: {self.first}", "page--muted")]] if self.first else []
        above: list[Row] = [[]] * max(1, (room - len(rows)) // 3)
        return [*above, *([margin, *row] if row else [] for row in rows)]


class WelcomeScreen(FastStartScreen[None]):
    """Leads to the first question, or to the glossary."""

    BINDINGS = bindings("welcome")
    CSS_PATH = "welcome.tcss"
    AUTO_FOCUS = "#words"

    app: MltermsApp

    def compose(self) -> ComposeResult:
        start, around = (
            in_words(keys_of(ACTIONS[name], self.app.keys)[:1]) for name in ("welcome.start", "welcome.look")
        )
        workspace = self.app.workspace
        row = next(
            (
                workspace.index.row(each.term)
                for each in workspace.queue.new(day_of(workspace.clock.now()), 1)
            ),
            None,
        )
        with VerticalScroll(can_focus=False):
            yield _Words(start, around, row.title if row else "", look=self.app.look)
        yield KeyLine(look=self.app.look)

    def on_page_marked(self) -> None:
        self.refresh_bindings()

    def on_page_chosen(self, event: Page.Chosen) -> None:
        if event.zone == "start":
            self.action_start()
        else:
            self.action_look()

    def action_start(self) -> None:
        self.app.go("today")
        self.app.start_quiz()

    def action_look(self) -> None:
        self.app.go("glossary")
