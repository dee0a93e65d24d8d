"""Prints what is due today, without importing click, so that `mlterms due` starts quickly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlterms.base.plurals import count_of
from mlterms.cli.broken_version import warn_of_broken_versions
from mlterms.cli.say import say, say_json, warn
from mlterms.quiz.dates import iso_date
from mlterms.quiz.words import backlog_in_words, later_in_words, soon_in_words
from mlterms.store.study_stats import minutes, pace
from mlterms.store.workspace import Workspace

if TYPE_CHECKING:
    from mlterms.base.clock import Now
    from mlterms.store.counts import Counts


def show_today(workspace: Workspace, as_json: bool = False) -> None:
    """Print what is due today, and the command that starts it."""
    now = workspace.clock.now()
    counts = workspace.queue.counts(now)
    backlog = workspace.queue.backlog(now, counts)
    if as_json:
        done = None
        if backlog and backlog.done is not None:
            done = iso_date(backlog.done)
        say_json({**counts._asdict(), "minutes": minutes_needed(workspace, counts), "overdue_done": done})
        return
    say(in_words(counts, minutes_needed(workspace, counts)))
    if backlog:
        say(backlog_in_words(backlog, workspace.learner.today(now)))
    wait_for_step = _wait_for_step(workspace, now) if counts.left == counts.learning > 0 else None
    if wait_for_step is not None:
        say(soon_in_words(wait_for_step))
    elif counts.left:
        say("Start with: mlterms quiz")
    elif counts.later is not None:
        say(later_in_words(counts.later))
    if not counts.scheduled:
        warn_of_saved_answers(workspace)
    warn_of_set_aside(workspace)
    warn_of_broken_versions(workspace.index)


def _wait_for_step(workspace: Workspace, now: Now) -> int | None:
    """How long it is (ms) until the quiz has a learning step to ask; None if it has one now."""
    from mlterms.quiz.today import read_today  # only here: with it the start takes a tenth longer

    today = read_today(workspace, now)
    step = today.next_step
    return step - now.at if today.only_later_steps_left and step is not None else None


def warn_of_saved_answers(workspace: Workspace) -> None:
    """Say if there are no answers here, but in a backup or in what was rescued."""
    from mlterms.store.log.saved_answers import find_saved_answers  # only here: for what hardly ever happens

    if saved := find_saved_answers(workspace.learner):
        warn(str(saved))


def warn_of_set_aside(workspace: Workspace) -> None:
    """Say if questions with a history are in no card now: a card may have been broken unnoticed."""
    if count := len(workspace.queue.set_aside(of_unused_decks=False)):
        are = "is" if count == 1 else "are"
        warn(f"{count_of(count, 'question')} {are} set aside, the answers kept; `mlterms doctor` says why")


def minutes_needed(workspace: Workspace, counts: Counts) -> int:
    """How many minutes today's questions will take."""
    return minutes(counts, workspace.learner.policy, pace(workspace.learner))


def in_words(counts: Counts, wait: int) -> str:
    """`12 due, 5 new; about 9 minutes.`"""
    parts = []
    if counts.put_right:
        parts.append(f"{counts.put_right} to put right")
    if counts.due:
        parts.append(f"{counts.due} due")
    if counts.learning:
        parts.append(f"{counts.learning} to see again today")
    if counts.new:
        parts.append(f"{counts.new} new")
    if not parts:
        done = f" {counts.answered} answered today." if counts.answered else ""
        return f"Nothing is due.{done}"
    return f"{', '.join(parts)}; about {count_of(wait, 'minute')}."
