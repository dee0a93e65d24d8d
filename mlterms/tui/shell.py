"""What a screen or widget may ask of its app: the whole one, or the one around a single demo."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from textual import events
from textual.app import ReturnType, SuspendNotSupported

from mlterms.base.config import Config
from mlterms.base.text import clean
from mlterms.tui import themes
from mlterms.tui.fast_start import FastStartApp
from mlterms.tui.key_names import key_label
from mlterms.tui.messages import News
from mlterms.tui.terminal import Terminal, detect_terminal
from mlterms.tui.too_small import LOWEST, NARROWEST, TooSmall

if TYPE_CHECKING:
    import webbrowser

    from mlterms.quiz.choose import Plan
    from mlterms.store.workspace import Workspace


_SAID = 10  # sentences that are kept for help


class Shell(FastStartApp[ReturnType]):
    """What both apps share: the terminal, the theme, the learner's keys, and a line for news."""

    TITLE = "mlterms"

    def __init__(self, config: Config, first_css: str = "") -> None:
        """first_css: the style sheet of the first screen, which Textual does not load by itself."""
        sheets = ("app.tcss", first_css) if first_css else ("app.tcss",)
        super().__init__(css_path=[Path(__file__).parent / sheet for sheet in sheets])
        self.said: deque[str] = deque(maxlen=_SAID)  # the newest last
        themes.register(self)
        self.take_config(config)

    def take_config(self, config: Config) -> None:
        """Let theme, terminal and keys be as the learner has set them."""
        self.theme, self.theme_trouble = themes.theme_for(config.theme, self, os.environ)
        self.keys: Mapping[str, str] = config.keys
        self.set_keymap(self.keys)
        self.terminal: Terminal = detect_terminal(self, config)
        self.animation_level = "full" if self.terminal.motion else "none"
        self.set_class(self.terminal.charset == "ascii", "-ascii")

    def key(self, action: str) -> str:
        """The first key of an action (its id), as people write it."""
        return key_label(action, self.keys)

    def tell(self, text: str) -> None:
        """Say what has been done. The text is cleaned, and never read as markup."""
        self._say(News(clean(text)))

    def warn(self, text: str) -> None:
        """Say what went wrong."""
        self._say(News(clean(text), is_bad=True))

    def _say(self, news: News) -> None:
        self.said.append(news.text)
        self.screen.post_message(news)

    def back(self, result: ReturnType | None = None) -> None:
        """Leave the screen on top. Where it is the only one, close the app with `result`."""
        if len(self.screen_stack) > 1:
            self.pop_screen()
        else:
            self.exit(result)

    def show_help(self) -> None:
        """Show where the learner is and what can be done there."""
        raise NotImplementedError

    def action_go_back(self) -> None:
        self.back()

    def action_show_help(self) -> None:
        self.show_help()

    def on_resize(self, event: events.Resize) -> None:
        """Where the terminal is too small to show a screen, say so until it is larger."""
        self.call_later(self._guard_size, event.size.width < NARROWEST or event.size.height < LOWEST)

    def _guard_size(self, small: bool) -> None:
        if small and not isinstance(self.screen, TooSmall):
            self.push_screen(TooSmall())
        elif not small and isinstance(self.screen, TooSmall):
            self.pop_screen()


class WorkspaceShell(Shell[str]):
    """The whole app: the cards, the learner's history, and the ways from screen to screen."""

    workspace: Workspace

    def go(self, tab: str) -> None:
        """Show a tab, and leave all that is open above it, with nothing lost."""
        raise NotImplementedError

    def start_quiz(self, plan: Plan | None = None) -> None:
        """Ask what `plan` says, by default what is due and new. A quiz that is open already comes back."""
        raise NotImplementedError

    def open_card(self, term: str) -> None:
        """Show the card of a term (its global id) above the open screen."""
        raise NotImplementedError

    def open_demo(self, name: str, deck: str) -> None:
        """Play a demo above the open screen. deck: the one that names it; its own demo comes first."""
        raise NotImplementedError

    def apply_setting(self, name: str) -> None:
        """Let a setting that was changed take effect at once."""
        raise NotImplementedError

    def look_for_cards(self) -> object:
        """Read the card files that have changed, beside, and let the screen know."""
        raise NotImplementedError

    def visit(self, address: str) -> None:
        """Open a page on the web. A browser that draws in this terminal has it to itself until it is left."""
        import webbrowser

        try:
            if self.is_web or not _draws_in_terminal(webbrowser.get()):
                self.open_url(address)
            else:
                with self.suspend():
                    self.open_url(address)
        except (webbrowser.Error, SuspendNotSupported, OSError) as error:
            self.warn(f"no browser could be started: {error}")


def _draws_in_terminal(browser: webbrowser.BaseBrowser) -> bool:
    import webbrowser

    return type(browser) is webbrowser.GenericBrowser or not getattr(browser, "redirect_stdout", True)
