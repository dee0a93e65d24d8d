"""The app: which screen is open, what all screens share, and what happens once the first one is painted.

What is shown and done on a screen is that screen's own; it reaches this class as `self.app`.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Mapping
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any

from textual import events, work
from textual.screen import Screen

from mlterms.base.errors import MltermsError
from mlterms.base.text import clean
from mlterms.tui import keymap, themes
from mlterms.tui.actions import bindings
from mlterms.tui.look import Look, look_of
from mlterms.tui.messages import CardsChanged, LearnerChanged
from mlterms.tui.screens.fast_start import FastStartApp
from mlterms.tui.screens.too_small import LOWEST, NARROWEST, TooSmall
from mlterms.tui.tabs import TABS, commands, quiz, welcome
from mlterms.tui.widgets.lines import Lines, forget_screens_gone

if TYPE_CHECKING:
    from mlterms.quiz.choose import Plan
    from mlterms.store.index.reader import Index
    from mlterms.store.workspace import Workspace

_LOOK_AGAIN = 2.0  # seconds between looks at what another window may have written


class MltermsApp(FastStartApp[str]):
    """Its result is what is to be printed once it is closed, if anything.

    workspace: clock, configuration, index, learner, queue.
    start: a tab, "welcome", or "quiz" with its `plan`.
    """

    TITLE = "mlterms"
    BINDINGS = bindings("app")
    COMMANDS = {commands}
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (76, "-middle"), (120, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (24, "-medium"), (36, "-tall")]
    ENABLE_COMMAND_PALETTE = True

    def __init__(self, workspace: Workspace, start: str = "today", plan: Plan | None = None) -> None:
        self.workspace, self.start, self.plan = workspace, start, plan
        # Each tab is a mode of Textual's: a screen that stays, and what lies upon it. Other first screens go
        # once they are left.
        self.DEFAULT_MODE = start  # type: ignore[misc]  # Textual declares it of the class, reads the instance
        super().__init__(css_path=["app.tcss", f"screens/{start}.tcss"])
        themes.register(self)
        self.theme, self._trouble = themes.theme_for(workspace.config.theme, self, os.environ)
        if not self.look.motion:
            self.animation_level = "none"
        self.set_class(self.look.charset == "ascii", "-ascii")
        self.set_keymap(self.keys)

    @property
    def keys(self) -> Mapping[str, str]:
        """The keys that the learner has set: id of an action → keys."""
        return self.workspace.config.keys

    @cached_property
    def look(self) -> Look:
        return look_of(self, self.workspace.config)

    def get_default_screen(self) -> Screen[Any]:
        """The first screen. The other tabs are made when they are first gone to."""
        if self.start == "quiz":
            return quiz(self.plan)
        return welcome() if self.start == "welcome" else TABS[self.start]()

    # -- going from screen to screen -----------------------------------------------------------------------

    def go(self, tab: str) -> None:
        """Show a tab; whatever lay above it is left, with nothing lost."""
        before = self.current_mode
        while len(self.screen_stack) > 1:
            self.pop_screen()
        self.switch_mode(tab)
        while len(self.screen_stack) > 1:
            self.pop_screen()
        if before not in TABS:
            self.remove_mode(before)

    def back(self, result: str | None = None) -> None:
        """Leave the screen on top; where it was the first, close the app, with `result` to be printed."""
        if len(self.screen_stack) > 1:
            self.pop_screen()
        else:
            self.exit(result)

    def start_quiz(self, plan: Plan | None = None) -> None:
        """Ask: what is due and new, or what `plan` says. A quiz that is open already is come back to."""
        from mlterms.tui.screens.quiz import QuizScreen

        if not self._back_to(QuizScreen):
            self.push_screen(quiz(plan))

    def open_card(self, term: str) -> None:
        """Show the card of a term (its global id) above what is open, to come back to that."""
        from mlterms.tui.screens.glossary import GlossaryScreen

        self.push_screen(GlossaryScreen(term))

    def open_demo(self, name: str, deck: str | None = None) -> None:
        """Show a demo above what is open, to come back to that. deck: by default the first that has it."""
        from mlterms.tui.demos import show_demo

        decks = [demo.deck for demo in self.workspace.index.demos() if demo.name == name]
        if not decks:
            self.warn(f"there is no demo {name}")
            return
        show_demo(self, self.look, self.workspace.index, name, deck or decks[0])

    def show_help(self) -> None:
        """Say where one is and what can be done here."""
        from mlterms.tui.screens.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(self.screen))

    def action_go(self, tab: str) -> None:
        self.go(tab)

    def action_show_help(self) -> None:
        self.show_help()

    def action_leave(self) -> None:
        self.exit()

    def action_command_palette(self) -> None:
        """Find a term, a demo or an action by name."""
        from mlterms.tui.palette import Palette

        if not isinstance(self.screen, Palette):
            self.push_screen(Palette(id="--command-palette"))

    def action_search(self) -> None:
        """Go to the glossary, ready to type."""
        self.go("glossary")
        self.call_after_refresh(self.screen.run_action, "search")

    def _back_to(self, kind: type[Screen[Any]]) -> bool:
        """Leave what lies above a screen of that kind. False if there is none."""
        if not any(isinstance(screen, kind) for screen in self.screen_stack):
            return False
        while not isinstance(self.screen, kind):
            self.pop_screen()
        return True

    # -- settings ------------------------------------------------------------------------------------------

    def apply_setting(self, name: str) -> None:
        """Let a setting that was changed show at once."""
        config = self.workspace.config
        if name == "theme":
            self.theme, _ = themes.theme_for(config.theme, self, os.environ)
        elif name == "keys":
            self.set_keymap(self.keys)
        elif name == "decks":
            self.look_for_cards()
        if name in ("theme", "ascii", "reduced_motion"):
            self._renew_look()

    def _renew_look(self) -> None:
        self.look = look_of(self, self.workspace.config)
        self.animation_level = "full" if self.look.motion else "none"
        self.set_class(self.look.charset == "ascii", "-ascii")
        kept = (each for each in self._installed_screens.values() if isinstance(each, Screen))
        for screen in {*kept, *chain(*self._screen_stacks.values())}:
            for widget in screen.query(Lines):
                widget.look = self.look
                widget.renew()

    # -- what goes on beside the screens -------------------------------------------------------------------

    def on_mount(self) -> None:
        for name, screen in {**TABS, self.start: self.get_default_screen}.items():
            self.add_mode(name, screen)
        self.screen_change_signal.subscribe(self, lambda screen: forget_screens_gone())
        self.call_after_refresh(self._after_first_paint)

    def _after_first_paint(self) -> None:
        gc.freeze()  # what was imported stays
        gc.enable()
        for trouble in (self._trouble, *keymap.troubles(self.keys)):
            if trouble:
                self.warn(trouble)
        self.look_for_cards()
        self._back_up()
        self.set_interval(_LOOK_AGAIN, self.look_again)

    def look_again(self) -> None:
        """See whether another window has written anything, and let the screen know."""
        if self.app_focus and self.workspace.learner.refresh():
            self.screen.post_message(LearnerChanged())

    def on_app_focus(self) -> None:
        self.look_again()

    @work(thread=True, exclusive=True, group="cards", exit_on_error=False)
    def look_for_cards(self) -> None:
        """See whether card files have changed; if so, read them and let the screen know."""
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

    def warn(self, text: str) -> None:
        """Say something beside what is shown; cleaned, and never read as markup."""
        self.notify(clean(text), severity="warning", markup=False)

    def tell(self, text: str) -> None:
        self.notify(clean(text), markup=False, timeout=3)

    def on_resize(self, event: events.Resize) -> None:
        """Where the terminal is too small to show a screen, say so until it is larger."""
        self.call_later(self._guard, event.size.width < NARROWEST or event.size.height < LOWEST)

    def _guard(self, small: bool) -> None:
        if small and not isinstance(self.screen, TooSmall):
            self.push_screen(TooSmall())
        elif not small and isinstance(self.screen, TooSmall):
            self.pop_screen()
