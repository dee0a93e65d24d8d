"""A term's questions laid out as rows: what each asks, when it is due, and how the last answers went."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from mlterms.base.text_columns import columns, cut
from mlterms.glossary.prose import Run
from mlterms.quiz.question_actions import label_of_action
from mlterms.quiz.term_details import QuestionHistory, TermDetails, day_in_short
from mlterms.quiz.words import kind_in_words
from mlterms.tui.actions import ACTIONS
from mlterms.tui.terminal import Terminal
from mlterms.tui.widgets.prose_rows import Row, flow
from mlterms.tui.widgets.row_widget import Piece, call, width_of

_KIND = 10  # columns of a question's kind
_MARKS = 6  # of the last answers, beside a folded question
_STATE = 14  # columns
_WIDE = 60  # columns from which a question takes one row
_BUTTONS = ("suspend", "know", "reset", "flag")  # what can be done with a question: actions of the glossary


class _Style(NamedTuple):
    """How rows are laid out. key: the key of an action (its id), as people write it."""

    width: int
    terminal: Terminal
    key: Callable[[str], str]


def question_rows(
    details: TermDetails, width: int, terminal: Terminal, key: Callable[[str], str], unfolded: str
) -> list[Row]:
    """The questions, each in a row or two. unfolded: the one that is shown with all that is known of it.

    key: the key of an action (its id), as people write it.
    """
    if not details.questions:
        return []
    style = _Style(width, terminal, key)
    started = sum(past.is_started for past in details.questions)
    heading, count = "Its questions", f"{started} of {len(details.questions)} started"
    gap = width - 2 - len(heading) - len(count)
    rows: list[Row] = [
        [Piece("  "), Piece(heading, "row--heading"), Piece(" " * gap), Piece(count, "row--muted")],
        [],
    ]
    for past in details.questions:
        rows += (
            _unfolded_rows(past, details.today, style) if past.id == unfolded else _folded_rows(past, style)
        )
    return rows


def _folded_rows(past: QuestionHistory, style: _Style) -> list[Row]:
    width, terminal = style.width, style.terminal
    action = call("unfold", past.id)
    state = _state(past)
    if width >= _WIDE:
        marks = _marks(past, terminal)
        right = [*marks, Piece(" " * max(2, _MARKS - len(marks) + 2 + _STATE - len(state.text))), state]
    else:
        right = [] if past.is_started else [state]
    room = width - 2 - _KIND - 2 - width_of(right)
    words = terminal.text(past.text)
    if columns(words) > room:
        words = cut(words, room - 1).rstrip(" .,;:−") + terminal.glyph("cut")
    kind = Piece(f"{kind_in_words(past.kind):{_KIND}}", "row--muted", action)
    rows: list[Row] = [
        [Piece("  "), kind, Piece(words, "", action), Piece(" " * (room - columns(words) + 2)), *right]
    ]
    if not right:
        rows.append([Piece(" " * (2 + _KIND)), state, Piece("  "), *_marks(past, terminal)])
    return rows


def _unfolded_rows(past: QuestionHistory, today: int, style: _Style) -> list[Row]:
    width, terminal = style.width, style.terminal
    kind = Piece(kind_in_words(past.kind), "row--accent", call("unfold", past.id))
    first = [Piece("  "), kind, Piece(" " * (_KIND - len(kind.text)))]
    margin = 2 + _KIND if width >= _WIDE else 4
    rows: list[Row] = []
    if width < _WIDE:
        rows, first = [first], [Piece(" " * margin)]
    rows += flow([Run(past.text)], width, terminal, first, margin)
    rows += flow([Run(_history(past))], width, terminal, [Piece(" " * margin)], margin, "row--muted")
    if past.answers:
        rows += _answers(past, today, margin, style)
    if past.is_leech:
        advice = "It keeps slipping away: read the card again, beside what it is confused with."
        rows += flow([Run(advice)], width, terminal, [Piece(" " * margin)], margin, "row--bad")
    return [*rows, *_buttons(past, margin, style), []]


def _history(past: QuestionHistory) -> str:
    parts = [past.state]
    if past.answers:
        right = sum(given.right for given in past.answers)
        parts.append(f"asked {_times(len(past.answers))}, right {_times(right)}")
    if past.lapses:
        parts.append(f"forgotten {_times(past.lapses)}")
    if past.flagged:
        parts.append("flagged")
    text = "; ".join(parts)
    return f"{text[0].upper()}{text[1:]}."


def _times(count: int) -> str:
    return {0: "never", 1: "once", 2: "twice"}.get(count, f"{count} times")


def _answers(past: QuestionHistory, today: int, margin: int, style: _Style) -> list[Row]:
    """The answers with their days; only the last ones where there is no room for all in two rows."""
    row: Row = [Piece(" " * margin)]
    rows = [row]
    used = margin
    items = [(_mark(given.right, style.terminal), day_in_short(given.day, today)) for given in past.answers]
    for mark, day in items[-2 * max(1, (style.width - margin) // 10) :]:
        size = len(mark.text) + 1 + len(day) + 2
        if used + size - 2 > style.width:
            row = [Piece(" " * margin)]
            rows.append(row)
            used = margin
        row += [mark, Piece(f" {day}  ", "row--muted")]
        used += size
    return rows


def _buttons(past: QuestionHistory, margin: int, style: _Style) -> list[Row]:
    rows: list[Row] = [[Piece(" " * margin)]]
    used = margin
    for name in _BUTTONS:
        action = ACTIONS[f"glossary.{name}"]
        label = label_of_action(past, action.id) or action.label
        text = f" {style.key(action.id)}  {label} "
        if used + columns(text) > style.width and used > margin:
            rows.append([Piece(" " * margin)])
            used = margin
        rows[-1] += [Piece(text, "row--button", name), Piece(" ")]
        used += columns(text) + 1
    return rows


def _state(past: QuestionHistory) -> Piece:
    text = f"leech, {past.state}" if past.is_leech else past.state
    style = "row--accent" if past.state == "due now" else "row--muted"
    if past.is_leech or past.suspended:
        style = "row--bad"
    return Piece(f"{text}, flagged" if past.flagged else text, style)


def _marks(past: QuestionHistory, terminal: Terminal) -> Row:
    return [_mark(given.right, terminal) for given in past.answers[-_MARKS:]]


def _mark(right: bool, terminal: Terminal) -> Piece:
    return Piece(terminal.glyph("right" if right else "wrong"), "row--good" if right else "row--bad")
