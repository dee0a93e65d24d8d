"""A quicker start: styles are worked out once before the first paint, and not three times."""

from __future__ import annotations

from textual import events
from textual.app import App, ReturnType
from textual.screen import Screen, ScreenResultType

from mlterms.tui.guard import Guarded

Breakpoints = list[tuple[int, str]] | None


class FastStartApp(App[ReturnType]):
    """Textual reads all styles before there is a screen, and again with the first one."""

    def refresh_css(self, animate: bool = True) -> None:
        """Read all styles again, but not before there is a screen, which reads them itself."""
        if self.screen_stack:
            super().refresh_css(animate)
        else:
            self.stylesheet.set_variables(self.get_css_variables())


class FastStartScreen(Guarded, Screen[ScreenResultType]):
    """Textual works out the styles of all widgets when they are mounted, when the screen with them comes up,
    and when the screen has taken the classes for its size. On a new screen the first time is enough."""

    _is_new = True

    def on_compose(self) -> None:
        """Take the classes for the terminal's size before there is anything in the screen."""
        size = self.app.size
        wide = _class_at(size.width, self.HORIZONTAL_BREAKPOINTS or self.app.HORIZONTAL_BREAKPOINTS)
        high = _class_at(size.height, self.VERTICAL_BREAKPOINTS or self.app.VERTICAL_BREAKPOINTS)
        self.add_class(*wide, *high)

    # With an underscore, as in Textual's own handler, so that subclasses can define `on_screen_resume`.
    def _on_screen_resume(self, event: events.ScreenResume) -> None:
        if self._is_new:
            event.refresh_styles = self._is_new = False


def _class_at(length: int, breakpoints: Breakpoints) -> list[str]:
    return [name for at, name in sorted(breakpoints or ()) if at <= length][-1:]
