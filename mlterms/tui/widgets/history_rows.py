"""The answers of one question as rows, and its forgetting curve as a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlterms.base.percent import percent
from mlterms.progress.question_history import AnswerHistory
from mlterms.quiz.term_details import day_in_short
from mlterms.quiz.words import kind_in_words
from mlterms.store.mastery import LATER
from mlterms.tui.widgets.row_list import RowList
from mlterms.tui.widgets.row_widget import Piece, Row

if TYPE_CHECKING:
    from mlterms.plot import Picture

_HEADINGS = ("day", "answer", "expected", "stability", "difficulty")
_LEGEND = (
    "Stability: the days until the chance of recall has fallen to 90%. Difficulty: the higher it is, the "
    "more slowly stability grows."
)


class HistoryRows(RowList):
    """Shows an `AnswerHistory`."""

    def __init__(self, history: AnswerHistory) -> None:
        super().__init__(id="answers", is_text=True)
        self.history = history

    def content(self, width: int, room: int) -> list[Row]:
        history, inner = self.history, width - 4
        rows: list[Row] = self.wrapped(self._about(), inner, "row--title")
        rows += self.wrapped(history.text, inner, "row--muted")
        if not history.answers:
            words = "It has not been answered yet. Its first answer starts the curve."
            return [[Piece("  "), *row] for row in (*rows, [], [Piece(words)])]
        rows += [
            [],
            *self.wrapped(_LEGEND, inner, "row--muted"),
            [],
            [Piece(_table_row(*_HEADINGS), "row--muted")],
        ]
        for answer in reversed(history.answers):
            mark = self.terminal.glyph("right" if answer.right else "wrong")
            text = _table_row(
                day_in_short(answer.day, history.today),
                f"{mark} {answer.rating.name.capitalize()}",
                "new" if answer.expected is None else percent(answer.expected),
                "" if answer.stability is None else _days(answer.stability),
                "" if answer.difficulty is None else f"{answer.difficulty:.1f} of 10",
            )
            rows.append([Piece(text)])
        return [[Piece("  "), *row] if row else [] for row in rows]

    def _about(self) -> str:
        history = self.history
        about = self.terminal.text(
            f"{history.title} {self.terminal.glyph('dot')} {kind_in_words(history.kind)}."
        )
        if history.now is None or history.later is None:
            return about
        due = "due now" if history.due == "now" else f"due in {history.due}"
        if history.in_steps:
            return f"{about} Being learned: until its steps are over, it counts as 0%; {due}."
        return (
            f"{about} Expected {percent(history.now)} now and {percent(history.later)} in {LATER} days;"
            f" asked for {percent(history.asked_for)}; {due}."
        )


def curve_picture(history: AnswerHistory) -> Picture:
    """The chance of recall over the days, with each answer, today, and what was asked for."""
    from mlterms.plot import Axis, Curve, Panel, Picture, Points, Rule

    days = [day - history.today for day, _ in history.curve]
    answers = [(each.day, each.expected, each.right) for each in history.answers if each.expected is not None]
    marks = [
        Rule(y=history.asked_for, label="asked for"),
        Curve(days, [recall for _, recall in history.curve], label="expected recall"),
        Points(
            [day - history.today for day, _, _ in answers],
            [expected for _, expected, _ in answers],
            classes=[0 if right else 1 for _, _, right in answers],
            class_names=("right", "wrong"),
        ),
    ]
    panel = Panel(marks, title="Forgetting curve", x=Axis("days from today"), y=Axis("recall", low=0, high=1))
    return Picture([panel])


def _table_row(day: str, answer: str, expected: str, stability: str, difficulty: str) -> str:
    return f"{day:14}{answer:10}{expected:>10}{stability:>12}{difficulty:>13}"


def _days(stability: float) -> str:
    """`12 days`, with a decimal below ten."""
    return f"{stability:.1f} days" if stability < 9.95 else f"{stability:,.0f} days"
