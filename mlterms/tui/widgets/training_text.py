"""The words under the curves of a training."""

from __future__ import annotations

from collections.abc import Sequence

from mlterms.tui.widgets.row_widget import Row, RowWidget


class TrainingText(RowWidget):
    """What is said under the curves of a training.

    note: something to be seen before all else, or "". title: what is trained on. numbers: of the last
    epoch. found: what the training showed, "" while it runs.
    """

    COMPONENT_CLASSES = {"training-text--muted", "training-text--note"}

    note = title = numbers = found = ""

    def show(self, note: str, title: str, numbers: str, found: str) -> None:
        self.note, self.title, self.numbers, self.found = note, title, numbers, found
        self.redraw()

    def rows(self, width: int, height: int) -> Sequence[Row]:
        parts = (
            (self.note, "training-text--note"),
            (self.title, "training-text--muted"),
            (self.numbers, ""),
            (self.found, ""),
        )
        return [row for text, style in parts if text for row in self.wrapped(text, width, style)]
