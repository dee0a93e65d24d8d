"""Where the command `mlterms` begins: the table of commands, and what becomes of errors.

The commands are data, so that `-h` and completion import none of them.
"""

from __future__ import annotations

import os
import sys

import mlterms

COMMANDS = {
    "quiz": "Answer what is due, and meet new terms.",
    "demo": "Play a live demo, or list them all.",
    "due": "Say what is due today.",
    "list": "List the terms, in the order in which they build on each other.",
    "show": "Show the card of a term.",
    "search": "Search the cards.",
    "settings": "Show or change what can be set.",
    "check": "Check cards and demos: everything that they claim is run.",
    "edit": "Open the card of a term in your editor.",
    "trust": "Say which folders' Python may be run.",
    "backup": "Make a backup of your answers, or list the backups.",
    "restore": "Bring back a backup.",
    "doctor": "Look whether all is well; rebuild what can be rebuilt.",
    "completion": "Print the completion script for your shell.",
}
"""Name → what it does. Each lives in `mlterms/cli/commands/NAME.py` as `command`."""


def main(argv: list[str] | None = None) -> None:
    """Run the command line and exit: 0 fine, 1 something was wrong, 2 called wrongly, 130 interrupted."""
    arguments = sys.argv[1:] if argv is None else argv
    if arguments == ["--version"]:  # without click, which costs twice what the rest does
        print(f"mlterms {mlterms.__version__}")
        raise SystemExit(0)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # the demos' matrices are small
    _write_utf8()
    from mlterms.base.errors import MltermsError

    try:
        if not arguments:  # the app, without click, so that it is there sooner
            _open_app()
        from mlterms.cli.group import build

        build().main(arguments, prog_name="mlterms")
    except MltermsError as error:
        from mlterms.base.text import clean

        print(f"mlterms: {clean(str(error))}", file=sys.stderr)
        raise SystemExit(error.exit_code) from None
    except BrokenPipeError:  # `mlterms list | head`: nobody is left to be told
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0) from None


def _open_app() -> None:
    """Open the app and exit, if there is a terminal for it."""
    from mlterms.tui.run import has_terminal, run_mlterms

    if has_terminal():
        from mlterms.store.desk import Desk

        with Desk() as desk:
            raise SystemExit(run_mlterms(desk))


def _write_utf8() -> None:
    """Where the locale cannot write a character of a card, write a `?` and do not fail."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
