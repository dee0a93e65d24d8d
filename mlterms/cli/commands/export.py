"""`mlterms export FILE`: every answer as one line of JSON, for other programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mlterms.base.errors import CallError
from mlterms.base.ids import term_of
from mlterms.base.plurals import count_of
from mlterms.cli.path_type import FilePath
from mlterms.cli.say import talk
from mlterms.memory.state import Rating
from mlterms.store.workspace import Workspace

if TYPE_CHECKING:
    from mlterms.store.log.learner import Event

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@click.command(short_help="Write your answers as text, for other programs.")
@click.argument("file", type=FilePath(dir_okay=False, allow_dash=True))
@click.pass_obj
def command(workspace: Workspace, file: Path) -> None:
    """Write all your answers, without undone ones, to FILE, or to standard output if it is `-`: one JSON
    object a line, the oldest first. A file that already exists is not overwritten.

    Each line: id, at (with its offset from UTC), term, question, kind, mode (scheduled, ahead or cram),
    wrong_guess (true for a wrong guess at a new term, which counts nowhere else), rating (again, hard, good,
    easy), correct, confidence (1 a guess, 2 fairly sure, 3 certain, null if it was not asked), seconds, asked
    (the numbers and the order in which it was asked) and given (your answer). There is no import: to move to
    another computer, use `mlterms backup` and `mlterms restore`, which keep the schedule too.
    """
    from mlterms.base.atomic import write_whole
    from mlterms.base.files import explain_write_errors

    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in _rows(workspace))
    if file == Path("-"):
        sys.stdout.flush()
        sys.stdout.buffer.writelines(line.encode("utf-8", "replace") for line in lines)
        return
    if file.exists():
        raise CallError(f"{file} already exists; name another file")
    written = list(lines)
    with explain_write_errors(file):
        write_whole(file.absolute(), "".join(written).encode("utf-8", "replace"))
    talk(f"{count_of(len(written), 'answer')} in {file}.")


def _rows(workspace: Workspace) -> Iterator[dict[str, Any]]:
    """The answers that count, oldest first."""
    if workspace.path.exists():
        log = workspace.learner.log
        undone = log.all_undone()
        for event in log.in_order():
            if event.kind == "answer" and event.uuid not in undone:
                yield _row(event)


def _row(event: Event) -> dict[str, Any]:
    zone = timezone(timedelta(seconds=event.offset))
    return {
        "id": event.uuid,
        "at": (_EPOCH + timedelta(milliseconds=event.at)).astimezone(zone).isoformat(timespec="milliseconds"),
        "term": term_of(event.question) if event.question else None,
        "question": event.question,
        "kind": event.asked.get("kind"),
        "mode": event.mode,
        "wrong_guess": event.is_wrong_guess,
        "rating": Rating(event.rating).name.lower() if event.rating else None,
        "correct": event.correct,
        "confidence": event.confidence,
        "seconds": event.seconds,
        "asked": event.asked,
        "given": event.given,
    }
