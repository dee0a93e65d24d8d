"""The app: which screen is open, what all screens share, and what happens once the first one is painted.

What is shown and done on a screen is that screen's own; it reaches this class as `self.app`, through what
`shell.py` promises.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain
from typing import TYPE_CHECKING, Any

from textual import work
from textual.screen import Screen

from mlterms.base.errors import MltermsError
from mlterms.tui import keymap
from mlterms.tui.actions import bindings
from mlterms.tui.messages import CardsChanged, LearnerChanged
from mlterms.tui.screens.app_screen import AppScreen
from mlterms.tui.shell import WorkspaceShell, collect_garbage_seldom
from mlterms.tui.tabs import TABS
from mlterms.tui.widgets.row_widget import RowWidget, forget_closed_screens

if TYPE_CHECKING:
    from textual.command import Provider

    from mlterms.base.ids import QuestionId
    from mlterms.quiz.choose import Plan
    from mlterms.store.index.reader import Index
    from mlterms.store.workspace import Workspace

_STYLED = ("quiz", "glossary", "demos", "settings")  # screens with a style sheet of their own
_LOAD_NUMPY_AFTER = 0.5  # seconds from the first paint; whoever opens a demo sooner waits for it
_LOOK_AGAIN = 2.0  # seconds between looks at what another window may have written


def _commands() -> type[Provider]:
    from mlterms.tui.command_palette import Everything

    return Everything


class MltermsApp(WorkspaceShell):
    """Its result is what is to be printed once it is closed, if anything.

    workspace: clock, configuration, index, learner, queue.
    start: a tab, "welcome", or "quiz" with its `plan`.
    """

    BINDINGS = bindings("app")
    COMMANDS = {_commands}
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (76, "-middle"), (120, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (24, "-medium"), (36, "-tall")]
    ENABLE_COMMAND_PALETTE = True

    def __init__(self, workspace: Workspace, start: str = "today", plan: Plan | None = None) -> None:
        self.workspace, self.start, self.plan = workspace, start, plan
        # Each tab is a mode of Textual's: a screen that stays, and what is above it. Other first screens go
        # once they are left.
        self.DEFAULT_MODE = start  # type: ignore[misc]  # Textual declares it of the class, reads the instance
        super().__init__(workspace.config, f"screens/{start}.tcss" if start in _STYLED else "")

    def get_default_screen(self) -> Screen[Any]:
        """The first screen. The other tabs are created when they are first opened."""
        if self.start == "quiz":
            return self._quiz(self.plan)
        if self.start == "welcome":
            from mlterms.tui.screens.welcome import WelcomeScreen

            return WelcomeScreen()
        return TABS[self.start].open()

    def _quiz(self, plan: Plan | None) -> Screen[Any]:
        from mlterms.quiz.choose import Plan
        from mlterms.tui.screens.quiz import QuizScreen

        return QuizScreen(plan or Plan())

    # -- going from screen to screen -----------------------------------------------------------------------

    def go(self, tab: str) -> None:
        before = self.current_mode
        while len(self.screen_stack) > 1:
            self.pop_screen()
        self.switch_mode(tab)
        while len(self.screen_stack) > 1:
            self.pop_screen()
        if before not in TABS:
            self.remove_mode(before)

    def start_quiz(self, plan: Plan | None = None) -> None:
        from mlterms.tui.screens.quiz import QuizScreen

        if not self._back_to(QuizScreen):
            self.push_screen(self._quiz(plan))

    def open_card(self, term: str) -> None:
        from mlterms.tui.screens.glossary import GlossaryScreen

        self.push_screen(GlossaryScreen(term))

    def action_marked(self) -> None:
        """List the questions that are flagged, suspended or buried, and the leeches."""
        from mlterms.tui.screens.marked import MarkedScreen

        if not self._back_to(MarkedScreen):
            self.push_screen(MarkedScreen())

    def open_guide(self, guide: str) -> None:
        from mlterms.tui.screens.guide import GuideScreen

        if any(row.id == guide for row in self.workspace.index.guides()):
            self.push_screen(GuideScreen(guide))
        else:
            self.warn(f"there is no guide {guide}")

    def open_history(self, question: QuestionId) -> None:
        from mlterms.tui.screens.history import HistoryScreen

        self.push_screen(HistoryScreen(question))

    def open_demo(self, name: str, deck: str) -> None:
        from mlterms.tui.screens.open_demo import show_demo

        decks = [demo.deck for demo in self.workspace.index.demos() if demo.name == name]
        if decks:
            show_demo(self, self.workspace.index, name, deck if deck in decks else decks[0])
        else:
            self.warn(f"there is no demo {name}")

    def show_help(self) -> None:
        from mlterms.tui.screens.help import show_help

        show_help(self)

    def action_go(self, tab: str) -> None:
        self.go(tab)

    def action_leave(self) -> None:
        screens = (screen for screen in self.screen_stack if isinstance(screen, AppScreen))
        self.exit("\n".join(filter(None, (screen.parting_words() for screen in screens))) or None)

    async def action_quit(self) -> None:
        self.action_leave()

    def action_command_palette(self) -> None:
        """Find a term, a demo or an action by name."""
        from mlterms.tui.command_palette import Palette

        if not self._back_to(Palette):
            self.push_screen(Palette(id="--command-palette"))

    def action_search(self) -> None:
        """Go to the glossary, ready to type."""
        self.go("glossary")
        self.screen.call_later(self.screen.run_action, "search")

    def _back_to(self, kind: type[Screen[Any]]) -> bool:
        """Leave what is above a screen of that kind. False if there is none."""
        if not any(isinstance(screen, kind) for screen in self.screen_stack):
            return False
        while not isinstance(self.screen, kind):
            self.pop_screen()
        return True

    # -- settings ------------------------------------------------------------------------------------------

    def apply_setting(self, name: str) -> None:
        self.take_config(self.workspace.config)
        if name == "decks":
            self.look_for_cards()
        elif name in ("theme", "ascii", "reduced_motion"):
            self._renew_rows()

    def _renew_rows(self) -> None:
        kept = (each for each in self._installed_screens.values() if isinstance(each, Screen))
        for screen in {*kept, *chain(*self._screen_stacks.values())}:
            for widget in screen.query(RowWidget):
                widget.renew()

    def show_theme(self, name: str) -> None:
        if name:
            self.theme = name
        else:
            self.take_config(self.workspace.config)
        self._renew_rows()

    def keep_theme(self, name: str) -> None:
        from mlterms.store.preferences import PREFERENCES, change

        change(PREFERENCES["theme"], name, self.workspace)
        self.apply_setting("theme")
        self.tell(f"The theme is {name}.")

    def go_to_setting(self, name: str) -> None:
        self.go("settings")
        self.call_after_refresh(self.screen.run_action, f"mark('{name}')")

    # -- what goes on beside the screens -------------------------------------------------------------------

    def on_mount(self) -> None:
        screens: dict[str, Callable[[], Screen[Any]]] = {name: tab.open for name, tab in TABS.items()}
        for name, screen in {**screens, self.start: self.get_default_screen}.items():
            self.add_mode(name, screen)
        self.screen_change_signal.subscribe(self, lambda screen: forget_closed_screens())
        self.call_after_refresh(self._after_first_paint)

    def _after_first_paint(self) -> None:
        collect_garbage_seldom()
        troubles = [self.theme_trouble, *keymap.troubles(self.keys)]
        if any(troubles):
            self.warn(". ".join(filter(None, troubles)))
        self.look_for_cards()
        if self.workspace.path.exists():  # it is created with the first answer
            self._back_up()
        self.set_interval(_LOOK_AGAIN, self.look_again)
        self.set_timer(_LOAD_NUMPY_AFTER, self._load_numpy)

    @work(thread=True, exit_on_error=False)
    def _load_numpy(self) -> None:
        """While the first screen is read, load what takes longest of what a demo will need."""
        # NumPy alone, which imports nothing of ours: two threads never wait for each other's modules.
        import numpy  # noqa: F401 - for those who import it later

    def look_again(self) -> None:
        """See whether another window or an editor has written anything, and let the screen know."""
        if not self.app_focus:
            return
        if self.workspace.learner.refresh():
            self.screen.post_message(LearnerChanged())
        if not any(worker.group == "cards" and worker.is_running for worker in self.workers):
            self.look_for_cards()

    def on_app_focus(self) -> None:
        self.look_again()

    @work(thread=True, exclusive=True, group="cards", exit_on_error=False)
    def look_for_cards(self) -> None:
        fresh = self.workspace.fresh_index()
        if fresh is not None:
            self.call_from_thread(self._take_cards, fresh)

    def _take_cards(self, index: Index) -> None:
        self.workspace.take_index(index)
        self.screen.post_message(CardsChanged())

    @work(thread=True, exit_on_error=False)
    def _back_up(self) -> None:
        from mlterms.store.log.backup import back_up_daily

        try:
            back_up_daily(self.workspace.path, self.workspace.clock.now())
        except MltermsError as error:
            self.call_from_thread(self.warn, f"no backup was made today: {error}")
