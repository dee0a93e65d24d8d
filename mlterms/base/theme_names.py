"""The names of themes that `theme` in config.toml may have. The colours are in `tui/themes.py`."""

from __future__ import annotations

THEMES = (
    *("mlterms-dark", "mlterms-light", "ansi-dark", "ansi-light", "textual-dark", "textual-light"),
    *("nord", "gruvbox", "catppuccin-mocha", "catppuccin-macchiato", "catppuccin-frappe", "catppuccin-latte"),
    *("dracula", "tokyo-night", "monokai", "flexoki", "solarized-dark", "solarized-light"),
    *("rose-pine", "rose-pine-moon", "rose-pine-dawn", "atom-one-dark", "atom-one-light"),
)
"""Two of our own, those of the terminal's own colours, and Textual's; the first is the default."""
