"""`mlterms check`: run everything that cards and demos claim."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mlterms.base.paths import bundle, cache_folder
from mlterms.base.text import one_line
from mlterms.cli.end_on_signal import end_on_signal
from mlterms.cli.path_type import FilePath
from mlterms.cli.say import say, say_json
from mlterms.store.workspace import Workspace

if TYPE_CHECKING:
    from mlterms.glossary.problems import Problem

_GLANCE = 0.3  # seconds between two looks at the files


@click.command(short_help="Check cards and demos: everything that they claim is run.")
@click.argument("path", required=False, type=FilePath(exists=True))
@click.option(
    "--seeds",
    default=20,
    show_default=True,
    metavar="N",
    type=click.IntRange(1, 1000),
    help="The number of seeds with which each prediction is run.",
)
@click.option("--watch", is_flag=True, help="Check again whenever a file is saved, until Ctrl+C.")
@click.option("--all", "all_rules", is_flag=True, help="Also check the rules that deck.toml switches off.")
@click.option("--rules", is_flag=True, help="List the rules that can be switched off.")
@click.option("--json", "as_json", is_flag=True, help="Print each report as one JSON object.")
@click.pass_obj
def command(
    workspace: Workspace,
    path: Path | None,
    seeds: int,
    watch: bool,
    all_rules: bool,
    rules: bool,
    as_json: bool,
) -> None:
    """Check the cards and demos at PATH, a deck's folder, one card or one demo; without PATH, those that come
    with mlterms.

    It runs the examples, computes the answers for many draws, and runs the predictions with many seeds. The
    Python of a folder that you have not trusted is not run, and the report says so. Exits with 1 if an error
    is found.
    """
    if rules:
        _list_rules()
        return
    for name in ("SIGTERM", "SIGHUP"):
        if number := getattr(signal, name, None):
            signal.signal(number, end_on_signal)  # with the processes in which cards' Python runs
    where = path or bundle()
    if not as_json:
        _ask_for_trust(workspace, where)
    for _ in _saves(where) if watch else range(1):
        if watch and sys.stdout.isatty():
            click.clear()
        failed = _check(where, seeds, all_rules, as_json)
    if failed:
        raise SystemExit(1)


def _ask_for_trust(workspace: Workspace, path: Path) -> None:
    """Ask once, on a terminal, whether an unknown folder's Python is the learner's own and may run."""
    from mlterms.base.trust import changes_since, trust_in
    from mlterms.check.scope import scope_of

    home = scope_of(path).home
    if home is None or not (sys.stdin.isatty() and sys.stderr.isatty()) or trust_in(home):
        return
    if changes_since(home) is None:
        question = f"The Python in {home} is not trusted. Do you write there yourself, and may it run?"
        if click.confirm(question, err=True):
            from mlterms.cli.commands.trust import trust_folder

            trust_folder(workspace, home, mine=True)


def _check(path: Path, seeds: int, all_rules: bool, as_json: bool) -> bool:
    """Check once and print what is found, then the count. Returns whether it has an error."""
    from mlterms.check import check

    report = check(
        path,
        seeds=seeds,
        progress=_progress if sys.stderr.isatty() else None,
        found=None if as_json else _say_at_once,
        all_rules=all_rules,
        cache=cache_folder() / "check-1.db",
    )
    _end_progress()
    if as_json:
        say_json(report.to_dict())
    else:
        say(report.summary())
    sys.stdout.flush()  # somebody may read the reports of --watch through a pipe
    return report.failed


def _say_at_once(problem: Problem) -> None:
    """Print a problem as soon as it is found: the rest may take minutes."""
    _end_progress()
    say(str(problem))
    sys.stdout.flush()


def _list_rules() -> None:
    from mlterms.check.rules import ERRORS, RULES

    for name, sentence in RULES.items():
        say(f"{name:18} {'error  ' if name in ERRORS else 'warning'}  {sentence}")
    say("\nA comment switches a rule off: <!-- check: off NAME because … -->")


def _saves(path: Path) -> Iterator[None]:
    """Once at the beginning, and again after each change of a card, demo or deck.toml at `path`."""
    from mlterms.check.scope import scope_of

    root = scope_of(path).root
    before: dict[Path, int] = {}
    while True:
        now = _times(root)
        if now != before:
            yield
            before = now
        time.sleep(_GLANCE)


def _times(root: Path) -> dict[Path, int]:
    """When each file of a deck was last written."""
    files = [each for folder in ("content", "demos") for each in (root / folder).rglob("*.*")]
    found = {}
    for each in files:
        try:
            found[each] = each.stat().st_mtime_ns
        except OSError:  # gone between the two looks
            continue
    return found


def _progress(what: str) -> None:
    click.echo(f"\r\x1b[K{one_line(what)[:78]}", nl=False, err=True)


def _end_progress() -> None:
    if sys.stderr.isatty():
        click.echo("\r\x1b[K", nl=False, err=True)
