"""What Progress offers to do about a figure, in the app and in the shell."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mlterms.base.ids import deck_of, name_of
from mlterms.quiz.words import short_title

if TYPE_CHECKING:
    from mlterms.progress.report import Report
    from mlterms.store.weak_terms import WeakTerm


class Act(NamedTuple):
    """What can be done about a figure. label: a few words. call, arguments: the action of the app.

    command: the same in the shell.
    """

    label: str
    call: str
    command: str
    arguments: tuple[str, ...] = ()


START = Act("start", "start", "mlterms quiz")
AHEAD = Act("review ahead", "ahead", "mlterms quiz --ahead")
MORE = Act("five new", "more", "mlterms quiz --new 5")
GLOSSARY = Act("glossary", "glossary", "mlterms list")


def help_weak(term: WeakTerm) -> Act:
    """What to do about a weak term."""
    if term.has_leech and term.contrast:
        other = term.contrast[0]
        return open_card(f"compare with {short_title(other.title)}", other.id)
    if term.weak_need is not None and not term.has_leech:
        return open_card(f"read {short_title(term.weak_need.title)}", term.weak_need.id)
    if term.overdue and not term.has_leech:
        return Act("ask me", "ask", f"mlterms quiz {name_of(term.id)}", (term.id,))
    if term.demo:
        return Act("play its demo", "open_demo", f"mlterms demo {term.demo}", (term.demo, deck_of(term.id)))
    if term.has_leech:
        return open_card("rewrite or suspend it", term.id, "edit")
    return open_card("read it again", term.id)


def open_setting(label: str, name: str, value: str = "") -> Act:
    """Go to that setting. value: what the command sets it to, after a space."""
    return Act(label, "open_setting", f"mlterms settings {name}{value}", (name,))


def open_card(label: str, term: str, command: str = "show") -> Act:
    """Open the card of that term. command: what does it in the shell."""
    return Act(label, "open_card", f"mlterms {command} {name_of(term)}", (term,))


def next_act(report: Report) -> Act:
    """What there is to ask now."""
    counts = report.counts
    if counts.left:
        return START
    return AHEAD if counts.later is not None else MORE
