"""What a screen or widget may ask of its app: the whole one, or the one around a single demo."""

from __future__ import annotations

import gc
import os
import signal
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from textual import events
from textual.app import ReturnType, SuspendNotSupported
from textual.filter import LineFilter, Monochrome, NoColor

from mlterms.base.config import Config
from mlterms.base.errors import MltermsError
from mlterms.base.text import clean
from mlterms.tui import keymap, themes
from mlterms.tui.fast_start import FastStartApp
from mlterms.tui.guard import Guarded, save_traceback
from mlterms.tui.key_names import key_label
from mlterms.tui.keys_in_order import KeysInOrder
from mlterms.tui.messages import News
from mlterms.tui.terminal import Terminal, detect_terminal
from mlterms.tui.too_small import LOWEST, NARROWEST, TooSmall

if TYPE_CHECKING:
    import webbrowser

    from textual.dom import DOMNode

    from mlterms.base.ids import QuestionId
    from mlterms.quiz.choose import Plan
    from mlterms.store.workspace import Workspace


_GARBAGE = 10_000  # objects that were created and not freed, after which the collector runs
_SAID = 10  # sentences that are kept for help
_NO_COLOUR = NoColor()
_AGAIN = 3.0  # seconds in which the second control-C is pressed


def collect_garbage_seldom() -> None:
    """Turn the garbage collector on, for what is created from now on.

    With Python's own threshold it would run at each picture of a demo: a picture is about 800 objects, and
    those of the one before are freed only after it. That would take a twentieth of the time.
    """
    gc.freeze()
    gc.set_threshold(_GARBAGE)
    gc.enable()


class Shell(Guarded, KeysInOrder[ReturnType], FastStartApp[ReturnType]):
    """What both apps share: the terminal, the theme, the learner's keys, and a line for news."""

    TITLE = "mlterms"

    def __init__(self, config: Config, first_css: str = "") -> None:
        """first_css: the style sheet of the first screen, which Textual does not load by itself."""
        sheets = ("app.tcss", first_css) if first_css else ("app.tcss",)
        super().__init__(css_path=[Path(__file__).parent / sheet for sheet in sheets])
        self.said: deque[str] = deque(maxlen=_SAID)  # the newest last
        self.faults: list[Exception] = []  # errors that nobody expected, each kind once
        self.last_words = ""  # what went wrong as the learner left, for the shell
        self._is_up = self._says_until_key = False
        self._interrupted_at = -_AGAIN
        themes.register(self)
        self.take_config(config)

    def take_config(self, config: Config) -> None:
        """Let theme, terminal and keys be as the learner has set them."""
        self.theme, self.theme_trouble = themes.theme_for(config.theme, self, os.environ)
        self.keys: Mapping[str, str] = keymap.with_field_keys(config.keys)
        self.set_keymap(self.keys)
        self.terminal: Terminal = detect_terminal(self, config)
        self.animation_level = "full" if self.terminal.motion else "none"
        self.set_class(self.terminal.charset == "ascii", "-ascii")

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Without colour the terminal keeps its own two in every theme; Textual would show most in greys."""
        filters = super().get_line_filters()
        return [_NO_COLOUR if isinstance(each, Monochrome) else each for each in filters]

    def key(self, action: str) -> str:
        """The first key of an action (its id), as people write it."""
        return key_label(action, self.keys)

    def tell(self, text: str) -> None:
        """Say what has been done. The text is cleaned, and never read as markup."""
        self._say(News(clean(text)))

    def tell_of_key(self, text: str) -> None:
        """Say why the key that was just pressed did nothing. It goes with the next key."""
        self._says_until_key = True
        self._say(News(clean(text), until_key=True))

    def before_key(self) -> None:
        if self._says_until_key:
            self._says_until_key = False
            self.screen.post_message(News("", until_key=True))

    def warn(self, text: str) -> None:
        """Say what went wrong."""
        self._say(News(clean(text), is_bad=True))

    def end_with(self, act: Callable[[], None]) -> None:
        """Do what ends a screen. Leaving must always be possible: what goes wrong is said on the screen that
        comes next, and in the shell once the app is closed."""
        try:
            act()
        except MltermsError as error:
            self.last_words = clean(str(error))
            if not self._exit:
                self.call_later(self.warn, str(error))

    def _say(self, news: News) -> None:
        self.said.append(news.text)
        self.screen.post_message(news)

    # -- errors --------------------------------------------------------------------------------------------

    def report(self, error: Exception) -> None:
        """Say what went wrong, and go on. What nobody expected is written to a file, to be reported."""
        if isinstance(error, MltermsError):
            self.warn(str(error))
            return
        if any(repr(error) == repr(known) for known in self.faults):
            return
        self.faults.append(error)
        where = save_traceback(error)
        details = f" Details are in {where}." if where else ""
        self.warn(f"Something went wrong ({type(error).__name__}: {error}). You can go on.{details}")

    def _handle_exception(self, error: Exception) -> None:
        """Textual hands all errors to this method, and ends the app. Here only those end it that leave no
        screen to go on with."""
        if self._is_up and self._screen_stack:
            self.report(error)
        else:
            super()._handle_exception(error)

    async def _dispatch_action(self, namespace: DOMNode, action_name: str, params: Any) -> bool:
        """An action that fails is reported too, and none is run once the app is on its way out."""
        if self._exit:
            return False
        try:
            return await super()._dispatch_action(namespace, action_name, params)
        except Exception as error:  # anything that any action may raise
            self._handle_exception(error)
            return True

    # -- coming and going ----------------------------------------------------------------------------------

    def on_mount(self) -> None:
        self.call_after_refresh(setattr, self, "_is_up", True)
        self.app_resume_signal.subscribe(self, lambda app: app.refresh(layout=True))

    def action_suspend_process(self) -> None:
        """Put the app in the background, with the script that it may have been started from, as vim does.

        The terminal is given back first: once the others have stopped, the shell takes it. Where there is no
        shell to come back to, the kernel stops nobody, and the app goes on.
        """
        if self._driver is None or not self._driver.can_suspend or not hasattr(signal, "SIGTSTP"):
            return
        self._suspend_signal()
        self._driver.suspend_application_mode()
        numbers = signal.SIGTSTP, signal.SIGCONT
        handlers = [signal.signal(number, signal.SIG_DFL) for number in numbers]
        os.kill(0, signal.SIGTSTP)  # returns when the app is in the foreground again
        for number, handler in zip(numbers, handlers, strict=True):
            signal.signal(number, handler)
        self._driver.resume_application_mode()
        self._resume_signal()

    def action_redraw(self) -> None:
        """Send the whole screen, also what the terminal should be showing already."""
        from mlterms.tui.terminal_driver import forget_painted

        forget_painted(self)
        self.refresh(layout=True)

    def action_help_quit(self) -> None:
        """Control-C: the second time within a moment it ends the app."""
        now = monotonic()
        if now - self._interrupted_at < _AGAIN:
            self.exit()
        self._interrupted_at = now
        self.tell("Press ^c once more to leave mlterms.")

    # -- screens -------------------------------------------------------------------------------------------

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
            self.push_screen(TooSmall(self.key("app.quit"), self._plain_command()))
        elif not small and isinstance(self.screen, TooSmall):
            self.pop_screen()

    def _plain_command(self) -> str:
        """What does the same as the present screen, in plain lines."""
        of_screen: str = getattr(self.screen, "plain_command", "")
        return of_screen or "mlterms quiz --plain"


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

    def open_guide(self, guide: str) -> None:
        """Show a guide (its global id) above the open screen."""
        raise NotImplementedError

    def open_history(self, question: QuestionId) -> None:
        """Show the forgetting curve and the answers of a question above the open screen."""
        raise NotImplementedError

    def open_demo(self, name: str, deck: str) -> None:
        """Play a demo above the open screen. deck: the one that names it; its own demo comes first."""
        raise NotImplementedError

    def apply_setting(self, name: str) -> None:
        """Let a setting that was changed take effect at once."""
        raise NotImplementedError

    def show_theme(self, name: str) -> None:
        """Show a theme without keeping it; "" shows the one that is set."""
        raise NotImplementedError

    def keep_theme(self, name: str) -> None:
        """Set the theme."""
        raise NotImplementedError

    def go_to_setting(self, name: str) -> None:
        """Go to the settings and mark one."""
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
