"""What the terminal can show: which characters, how many colours, and whether pictures may move."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

from mlterms.base.config import Config
from mlterms.base.locale_charset import writes_unicode
from mlterms.base.record import record
from mlterms.base.text import clean

if TYPE_CHECKING:
    from textual.app import App

    from mlterms.plot import Style

# What is drawn besides letters: name → (unicode, ASCII), each one column wide.
GLYPHS = {
    "play": ("▶", ">"),
    "pause": ("‖", "|"),
    "back": ("‹", "<"),
    "forward": ("›", ">"),
    "chosen": ("▸", ">"),
    "done": ("━", "="),
    "left": ("─", "-"),
    "handle": ("●", "O"),
    "before": ("╎", ":"),
    "change": ("╋", "+"),
    "trouble": ("!", "!"),
    "right": ("✓", "v"),
    "wrong": ("✗", "x"),
    "bar": ("│", "|"),
    "dot": ("·", "-"),
    "less": ("−", "-"),
    "cut": ("…", "~"),
    "radio": ("○", "o"),
    "radio_on": ("●", "@"),
    "open": ("▾", "v"),
    "closed": ("▸", ">"),
    "due": ("●", "*"),
    "on": ("↪", "\\"),
    "focus": ("▌", "|"),
}


@record
class Terminal:
    """charset, colours and dark: as in `mlterms.plot.Style`. motion: things may move without being asked."""

    charset: Literal["unicode", "ascii"] = "unicode"
    colours: Literal["true", "256", "16", "none"] = "true"
    dark: bool = True
    motion: bool = True

    def glyph(self, name: str) -> str:
        return GLYPHS[name][self.charset == "ascii"]

    def text(self, text: str) -> str:
        """Any text in characters that the terminal can show, whose widths are known; lines stay lines."""
        if text.isascii() and text.isprintable():
            return text
        from mlterms.base.charset import in_charset

        return "\n".join(in_charset(line, self.charset, wide=True) for line in clean(text).split("\n"))

    def style(self) -> Style:
        from mlterms.plot import Style

        return Style(self.charset, self.colours, self.dark)


def detect_terminal(app: App[Any], config: Config, environ: Mapping[str, str] = os.environ) -> Terminal:
    """What this terminal shows with the app's theme and the learner's settings."""
    return Terminal(
        charset="ascii" if config.ascii or not writes_unicode(environ) else "unicode",
        colours=_colours(app),
        dark=app.current_theme.dark,
        motion=not config.reduced_motion and environ.get("TEXTUAL_ANIMATIONS", "").lower() != "none",
    )


def few_colours(environ: Mapping[str, str] = os.environ) -> bool:
    """Whether the terminal has only 16 colours, so that a theme of its own named colours looks best."""
    if environ.get("COLORTERM", "").strip().lower() in ("truecolor", "24bit"):
        return False
    term = environ.get("TERM", "").strip().lower()
    return not term.endswith(("256color", "kitty", "direct", "truecolor"))


def _colours(app: App[Any]) -> Literal["true", "256", "16", "none"]:
    if app.no_color:
        return "none"
    if app.native_ansi_color:
        return "16"
    found = app.console.color_system
    return "true" if found == "truecolor" else "256" if found == "256" else "16"
