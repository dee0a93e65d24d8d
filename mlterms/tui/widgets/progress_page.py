"""What the learner's history says, as a page: each figure in a sentence, a picture with its numbers, and
something to do."""

from __future__ import annotations

from collections.abc import Collection

from mlterms.base.text_columns import wrap
from mlterms.progress.acts import Act
from mlterms.progress.figures import Figure, figures_of
from mlterms.progress.pictures import Spans, month_rows, picture_of
from mlterms.progress.report import Report
from mlterms.tui.widgets.row_list import RowList
from mlterms.tui.widgets.row_widget import Piece, Row, call, indented, side_by_side, width_of

_WIDE = 124  # columns from which the figures are in two columns
_WIDEST = 100  # columns of one
_MONTHS = "Recalled by month"
_NOTHING = "Nothing has been answered yet. Each figure below fills as you answer."


class ProgressPage(RowList):
    """Shows a `Report`. explained: the names of the figures whose formula is shown.

    with_months: what was recalled by month is shown too.
    """

    LEFT_TO_SCREEN = ("top",)

    def __init__(self, report: Report) -> None:
        super().__init__(id="page", is_text=True)
        self.report = report
        self.explained: Collection[str] = ()
        self.with_months = False

    def show(self, report: Report) -> None:
        self.report = report
        self.renew()

    def toggle_months(self) -> None:
        """Show what was recalled by month, and scroll to it. Hide it again only if it is seen."""
        self.with_months = not (self.with_months and self._months_at() in self.seen)
        self.renew()
        if self.with_months:
            self.bring(self._months_at(), 2 + len(self.report.recalled.months))

    def _months_at(self) -> int:
        """The row in which the table by month begins; the first one if it is not shown."""
        rows = (y for y in range(self.length()) if any(piece.text == _MONTHS for piece in self.row(y)))
        return next(rows, 0)

    def content(self, width: int, room: int) -> list[Row]:
        margin = 2 if width < 76 else 3
        inner = width - 2 * margin
        rows: list[Row] = [[]]
        if not self.report.answered:
            rows += [*self.wrapped(_NOTHING, inner, "row--title"), []]
        figures = figures_of(self.report)
        if width >= _WIDE:
            column = (inner - 4) // 2
            half = len(figures) // 2
            left, right = (self._figures(part, column) for part in (figures[:half], figures[half:]))
            rows += side_by_side((left, column + 4), (right, column))
        else:
            rows += self._figures(figures, min(inner, _WIDEST))
        return indented(rows, margin)

    def _figures(self, figures: list[Figure], width: int) -> list[Row]:
        return [row for figure in figures for row in (*self._figure(figure, width), [])]

    def _figure(self, figure: Figure, width: int) -> list[Row]:
        rows: list[Row] = [[Piece(figure.heading, "row--heading")]]
        rows += self.wrapped(figure.sentence, width)
        picture = picture_of(figure.name, self.report, width, self.terminal.charset == "ascii")
        rows += map(_pieces, picture)
        rows += self._advice(figure, width)
        if figure.name in self.explained:
            rows += self.wrapped(figure.formula, width, "row--muted")
        if figure.name == "recalled" and self.with_months:
            rows += [[], [Piece(_MONTHS, "row--heading")], *map(_pieces, month_rows(self.report.recalled))]
        return rows

    def _advice(self, figure: Figure, width: int) -> list[Row]:
        """What follows, the button that does it, and the one that explains the figure."""
        *lines, last = wrap(self.terminal.text(figure.advice), width)
        buttons: Row = [
            Piece(f" {figure.act.label} ", "row--button", call("act", figure.name)),
            Piece(" "),
            Piece(" formula ", "row--button", call("explain", figure.name)),
        ]
        rows: list[Row] = [[Piece(line)] for line in lines]
        if len(last) + 2 + width_of(buttons) <= width:
            return [*rows, [Piece(f"{last}  "), *buttons]]
        return [*rows, [Piece(last)], buttons]


def action_of(act: Act) -> str:
    """What the app runs for it."""
    return call(act.call, *act.arguments)


def _pieces(row: Spans) -> Row:
    return [
        Piece(span.text, f"row--{span.role}" if span.role else "", action_of(span.act) if span.act else "")
        for span in row
    ]
