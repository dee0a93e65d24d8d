"""The first screen of all: what this is, and the first question. It is shown until something was answered."""

from __future__ import annotations

from textual.app import ComposeResult

from mlterms.base.text_columns import wrap
from mlterms.memory.days import day_of
from mlterms.store.log.saved_answers import find_saved_answers
from mlterms.tui.actions import bindings
from mlterms.tui.screens.app_screen import AppScreen
from mlterms.tui.shell import WorkspaceShell
from mlterms.tui.widgets.key_line import KeyLine
from mlterms.tui.widgets.news_line import NewsLine
from mlterms.tui.widgets.row_list import RowList
from mlterms.tui.widgets.row_widget import Piece, Row, width_of

_TITLE = "The words of machine learning, learned for good."
_LINES = (
    "Each word has a card to read, a live demo to play with, and questions.",
    "A question comes back just before you would forget its answer.",
    "Some ask what a small training run will do. Then you watch it run.",
    "Every answer is saved at once, so leave whenever you like.",
)
_WIDEST = 78


class WelcomePage(RowList):
    """What the program is, and the ways to begin.

    first: the title of the first term, "" for none. has_demo: there is a demo to watch. saved: where answers
    are that are not here, "" for nowhere.
    """

    LEFT_TO_SCREEN = ("top", "start")

    def __init__(self, first: str, *, has_demo: bool, saved: str = "") -> None:
        super().__init__(id="words")
        self.first, self.has_demo, self.saved = first, has_demo, saved

    def content(self, width: int, room: int) -> list[Row]:
        inner = min(_WIDEST, width - 8)
        margin = Piece(" " * max(2, (width - inner) // 2))
        rows: list[Row] = [[Piece("mlterms", "row--heading")], [], [Piece(_TITLE, "row--title")], []]
        for line in _LINES:
            rows += [[Piece(part)] for part in wrap(line, inner)]
        rows += [[], []]
        ways = [
            Piece(f" {self.app.key('welcome.start')}  first question ", "row--button", "start"),
            Piece("   "),
            Piece(f" {self.app.key('welcome.look')}  look around first ", "row--strong", "look"),
        ]
        demo = Piece(f" {self.app.key('welcome.demo')}  watch a demo ", "row--strong", "demo")
        if self.has_demo and width_of(ways) + 3 + len(demo.text) <= inner:  # the key is there in any width
            ways += [Piece("   "), demo]
        rows.append(ways)
        rows += [[], [Piece(f"It begins with: {self.first}", "row--muted")]] if self.first else []
        if self.saved:
            rows += [[], *([Piece(part)] for part in wrap(self.terminal.text(self.saved), inner))]
        above: list[Row] = [[]] * max(1, (room - len(rows)) // 3)
        return [*above, *([margin, *row] if row else [] for row in rows)]


class WelcomeScreen(AppScreen[None]):
    """Leads to the first question, to the glossary, or to a demo."""

    BINDINGS = bindings("welcome")
    AUTO_FOCUS = "#words"
    NAME = "welcome"

    app: WorkspaceShell

    def compose(self) -> ComposeResult:
        workspace = self.app.workspace
        first = workspace.queue.new(day_of(workspace.clock.now()), 1)
        row = workspace.index.row(first[0].term) if first else None
        saved = find_saved_answers(workspace.learner)
        title = row.title if row else ""
        yield WelcomePage(title, has_demo=self._has_demo(), saved=str(saved or ""))
        yield NewsLine()
        yield KeyLine()

    def _has_demo(self) -> bool:
        return any(row.demo for row in self.app.workspace.index.terms())

    def can(self, action: str) -> bool:
        return action != "demo" or self._has_demo()

    def action_demo(self) -> None:
        """Play the demo of the first term that has one."""
        first = next(row for row in self.app.workspace.index.terms() if row.demo)
        self.app.open_demo(first.demo, first.deck)

    def action_start(self) -> None:
        self.app.go("today")
        self.app.start_quiz()

    def action_look(self) -> None:
        self.app.go("glossary")
