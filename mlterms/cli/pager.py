"""Shows a long text page by page."""

from __future__ import annotations

import os
import shutil
import sys

import click


def show_or_page(text: str, *, at_once: bool = False) -> None:
    """Print a text. On a terminal, one longer than the screen is shown by $PAGER, unless `at_once` is set.

    text: safe for a terminal; what is bold in it stays bold.
    """
    lines = shutil.get_terminal_size((80, 24)).lines
    if sys.stdout.isatty() and not at_once and text.count("\n") + 2 > lines:
        os.environ.setdefault("LESS", "FRX")  # as git sets it: bold is shown, and a short text is not paged
        click.echo_via_pager(text + "\n", color=True)  # bold is only there if it is wanted
    else:
        print(text)
