"""The entry point of `mlterms`: the commands that run without click, and how errors end the program."""

from __future__ import annotations

import codecs
import contextlib
import gc
import os
import sys
from typing import TYPE_CHECKING

import mlterms
from mlterms.base.errors import MltermsError
from mlterms.base.locale_charset import writes_unicode
from mlterms.cli.progress_line import show_progress
from mlterms.quiz.killed_quiz import count_shown_answer

if TYPE_CHECKING:
    import click

    from mlterms.quiz.choose import Plan
    from mlterms.store.workspace import Workspace


def main(argv: list[str] | None = None) -> None:
    """Run the command line and exit: 0 fine, 1 something was wrong, 2 called wrongly, 130 interrupted."""
    arguments = sys.argv[1:] if argv is None else argv
    _open_streams()
    try:
        try:
            code = _run(arguments)
        except SystemExit as end:
            code = end.code
        sys.stdout.flush()  # here, where a full disk can still be reported
    except BrokenPipeError:  # `mlterms list | head`: nobody reads the rest
        _write_nowhere()
        code = 0
    except OSError as error:
        _write_nowhere()
        code = _report(_explain(error), 1)
    except KeyboardInterrupt:
        print(file=sys.stderr)  # after the ^C
        code = 130
    gc.freeze()  # skip the final garbage collection: 5 ms
    is_due = argv is None and arguments in _DUE  # where taking Python down would be 3% of the time
    if (is_due or _threads_are_left()) and not isinstance(code, str):
        sys.stderr.flush()
        os._exit(code or 0)
    raise SystemExit(code)


def _threads_are_left() -> bool:
    """Whether Python would wait for threads. Ours have ended: these were started by a demo."""
    threading = sys.modules.get("threading")
    if threading is None:
        return False
    return any(
        not thread.daemon and thread is not threading.main_thread() for thread in threading.enumerate()
    )


def _run(arguments: list[str]) -> str | int | None:
    """Run a command. The most frequent ones avoid click, whose import is most of a start."""
    if arguments == ["--version"]:
        print(f"mlterms {mlterms.__version__}")
        return 0
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # the demos' matrices are small
    try:
        if "_MLTERMS_COMPLETE" not in os.environ:
            if _is_for_app(arguments):
                _open_app(arguments)
            if _is_for_demo(arguments):
                _open_demo(arguments[1])
            if arguments in _DUE:
                return _show_today(as_json=arguments == _DUE[1])
        return _run_command(arguments)
    except MltermsError as error:
        return _report(str(error), error.exit_code)


_DUE = (["due"], ["due", "--json"])


def _is_for_app(arguments: list[str]) -> bool:
    """Whether it is the bare command, or `quiz` with nothing but terms."""
    return not arguments or (arguments[0] == "quiz" and not any(word.startswith("-") for word in arguments))


def _is_for_demo(arguments: list[str]) -> bool:
    """Whether it is `demo` with nothing but a name."""
    return len(arguments) == 2 and arguments[0] == "demo" and not arguments[1].startswith("-")


def _show_today(as_json: bool) -> int:
    gc.disable()  # so little is made that there is nothing to collect: 3 ms
    from mlterms.cli.today import show_today
    from mlterms.store.workspace import Workspace

    with Workspace(progress=show_progress, opened=count_shown_answer) as workspace:
        show_today(workspace, as_json)
    return 0


def _open_app(arguments: list[str]) -> None:
    """Open the app and exit, if there is a terminal for it."""
    from mlterms.tui.run import has_terminal, run_mlterms

    if has_terminal():
        from mlterms.store.workspace import Workspace

        with Workspace(progress=show_progress, opened=count_shown_answer) as workspace:
            if not arguments:
                raise SystemExit(run_mlterms(workspace))
            raise SystemExit(run_mlterms(workspace, "quiz", _plan_of(workspace, arguments[1:])))


def _plan_of(workspace: Workspace, words: list[str]) -> Plan:
    """A quiz of the terms that these words name, or of all."""
    from mlterms.quiz.choose import Plan

    if not words:
        return Plan()
    from mlterms.store.index.search import find_term

    return Plan(tuple(find_term(workspace.index, term) for term in words))


def _open_demo(name: str) -> None:
    """Open a demo and exit, if there is a terminal for it."""
    from mlterms.tui.run import has_terminal

    if has_terminal():
        from mlterms.cli.demo_open import open_with_defaults
        from mlterms.store.workspace import Workspace

        with Workspace(progress=show_progress, opened=count_shown_answer) as workspace:
            open_with_defaults(workspace, name)


def _run_command(arguments: list[str]) -> int:
    """Run a command through click, whose own `main` would end the program as it sees fit."""
    import click

    from mlterms.cli.group import build

    group = build()
    if asked := os.environ.get("_MLTERMS_COMPLETE"):
        from click.shell_completion import add_completion_class, shell_complete

        from mlterms.cli.complete import Fish

        add_completion_class(Fish)
        try:
            return shell_complete(group, {}, "mlterms", "_MLTERMS_COMPLETE", asked)
        except (MltermsError, click.ClickException):
            return 1  # somebody is in the middle of a line: nothing is said of what is wrong
    try:
        with group.make_context("mlterms", list(arguments)) as context:
            group.invoke(context)
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.ClickException as error:
        return _report_wrong_call(error, arguments)
    except click.Abort:  # ^C, or the end of the input, where something was to be confirmed
        raise KeyboardInterrupt from None
    return 0


def _report(text: str, code: int) -> int:
    from mlterms.cli.say import warn

    warn(text)
    return code


def _report_wrong_call(error: click.ClickException, arguments: list[str]) -> int:
    """Print what is wrong with a call as any other error, and where the right call is described."""
    from click.exceptions import NoArgsIsHelpError

    from mlterms.cli.command_table import COMMANDS
    from mlterms.cli.usage_errors import explain_call

    if isinstance(error, NoArgsIsHelpError):  # a group of commands without a command
        print(error.format_message(), file=sys.stderr)
        return error.exit_code
    _report(explain_call(error), error.exit_code)
    called = next((each for each in arguments if each in COMMANDS), "")
    context = getattr(error, "ctx", None)
    path = context.command_path if context else f"mlterms {called}".strip()
    print(f"Try: {path} -h", file=sys.stderr)
    return error.exit_code


def _explain(error: OSError) -> str:
    what = error.strerror or str(error)
    if error.filename:
        return f"{error.filename}: {what}"
    try:
        os.getcwd()  # noqa: PTH109 - pathlib, imported for this alone, takes a millisecond at each start
    except FileNotFoundError:
        return "the folder that you are in has been deleted; change to another one"
    return what


def _write_nowhere() -> None:
    """Send remaining output nowhere. Otherwise Python would try to write it again at exit and complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _open_streams() -> None:
    """Replace closed streams with empty ones, and make all of them blocking.

    What the locale's encoding cannot write is written in ASCII; what it cannot read becomes the character �.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode))
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):  # where no file is behind it
            os.set_blocking(stream.fileno(), True)  # another program may have left a shared pipe otherwise
    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(errors="replace", newline=None)  # any line ends, \r alone too
    codecs.register_error("mlterms", _in_ascii)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # In the locale C, Python writes UTF-8 all the same, unless PYTHONIOENCODING says otherwise.
            is_ascii = not writes_unicode() and "PYTHONIOENCODING" not in os.environ
            stream.reconfigure(encoding="ascii" if is_ascii else None, errors="mlterms")


def _in_ascii(error: UnicodeError) -> tuple[str, int]:
    from mlterms.cli.say import in_ascii

    return in_ascii(error)
