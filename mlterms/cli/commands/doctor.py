"""`mlterms doctor`: where things are, whether they are sound, and `--rebuild` for what can be rebuilt."""

from __future__ import annotations

from typing import Any

import click

import mlterms
from mlterms.base.ids import deck_of, name_of
from mlterms.base.paths import bundle, cache_folder
from mlterms.base.plurals import count_of
from mlterms.cli.say import say, say_json
from mlterms.store.index.overlay import own_versions
from mlterms.store.workspace import Workspace


@click.command(short_help="Check your answers and the cards; rebuild what can be rebuilt.")
@click.option(
    "--rebuild",
    is_flag=True,
    help="Rebuild the schedule from the log of answers, and the index from the cards.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def command(workspace: Workspace, rebuild: bool, as_json: bool) -> None:
    """Show where your answers and the cards are, and check whether the database is sound, the schedule
    follows from the log of answers, and the cards can be read. Exits with 1 if something is wrong.

    Without --rebuild nothing is changed. The log of answers is never changed.
    """
    from mlterms.store.log.connection import has_no_room
    from mlterms.store.log.integrity import examine
    from mlterms.store.log.saved_answers import find_saved_answers

    found = examine(workspace.learner.log, rebuild=rebuild)
    if rebuild:
        workspace.learner.reload_settings()
        workspace.rebuild_index()
    report: dict[str, Any] = {
        "version": mlterms.__version__,
        "database": str(workspace.path),
        "events": found.events,
        "cards": str(bundle()),
        "cache": str(cache_folder()),
        "own_versions": own_versions(workspace.index),
        "set_aside": [
            {
                "question": row.question,
                "reason": row.reason,
                "deck_in_use": not workspace.index.is_unused(deck_of(row.question)),
            }
            for row in workspace.queue.set_aside()
        ],
        "saved_answers": None,
        "problems": [*found.problems, *(str(p) for p in workspace.index.problems() if p.severity == "error")],
        "rebuilt": rebuild,
    }
    if has_no_room(workspace.path):
        full = f"{workspace.path}: the disk is full, and no answer can be recorded; free some space"
        report["problems"].append(full)
    if not found.problems and (saved := find_saved_answers(workspace.learner)):
        report["saved_answers"] = str(saved)
    if as_json:
        say_json(report)
    else:
        _in_words(report)
    if report["problems"]:
        raise SystemExit(1)


def _in_words(report: dict[str, Any]) -> None:
    say(f"mlterms {report['version']}")
    say(f"answers    {report['database']} ({count_of(report['events'], 'event')})")
    say(f"cards      {report['cards']}")
    say(f"cache      {report['cache']}")
    for term in report["own_versions"]:
        name = name_of(term)
        say(f"yours      {name}: your version of the card; `mlterms edit --revert {name}` goes back")
    unused: dict[str, int] = {}
    for row in report["set_aside"]:
        if row["deck_in_use"]:
            say(f"set aside  {row['question']}: {row['reason']}")
        else:
            deck = deck_of(row["question"])
            unused[deck] = unused.get(deck, 0) + 1
    for deck, count in unused.items():
        kept = f"your answers to {count_of(count, 'question')} are kept"
        say(f"not used   deck `{deck}`: {kept}, and count again once `mlterms deck add FOLDER` uses it")
    for problem in report["problems"]:
        say(f"wrong      {problem}")
    if report["saved_answers"]:
        say(f"saved      {report['saved_answers']}")
    elif not report["problems"]:
        say("All is well." if not report["rebuilt"] else "Rebuilt from the log; all is well.")
