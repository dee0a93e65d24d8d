"""The colours of the app: a dark and a light theme of our own. How widgets use them is in the .tcss files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from textual.theme import Theme

from mlterms.tui.terminal import few_colours

if TYPE_CHECKING:
    from textual.app import App

DARK = Theme(
    name="mlterms-dark",
    dark=True,
    background="#12151b",
    surface="#181c24",
    panel="#222833",
    foreground="#d8dde6",
    primary="#5ab4f0",
    secondary="#ffb454",
    accent="#ffb454",
    success="#4cc98a",
    warning="#ffb454",
    error="#ff7a6e",
)

LIGHT = Theme(
    name="mlterms-light",
    dark=False,
    background="#fbf9f4",
    surface="#f3f0e8",
    panel="#e6e1d5",
    foreground="#22262e",
    primary="#005a99",
    secondary="#924700",
    accent="#924700",
    success="#00663a",
    warning="#924700",
    error="#b3201a",
)

FEW_COLOURS = "ansi-dark"
"""The theme where the terminal has 16 colours and none was chosen: its own, named ones."""


def register(app: App[Any]) -> None:
    """Give the app our own themes."""
    for theme in (DARK, LIGHT):
        app.register_theme(theme)


def theme_for(wanted: str, app: App[Any], environ: Mapping[str, str]) -> tuple[str, str]:
    """The theme to begin with, and what is wrong with the one that was asked for, or ""."""
    default = FEW_COLOURS if few_colours(environ) else DARK.name
    if not wanted or wanted in app.available_themes:
        return wanted or default, ""
    return default, f"there is no theme {wanted!r}; the settings list them"
