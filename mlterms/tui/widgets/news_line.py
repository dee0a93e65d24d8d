"""The line above the keys: what has just been done or gone wrong, and otherwise a rule.

What is said last replaces what was said before, and goes by itself.
"""

from __future__ import annotations

from textual.timer import Timer

from mlterms.base.text_columns import wrap
from mlterms.tui.messages import News
from mlterms.tui.widgets.row_widget import LEAST, Piece, Row, RowWidget

_SECONDS, _SECONDS_OF_TROUBLE = 5.0, 12.0  # that news is shown


class NewsLine(RowWidget):
    """The line above the keys.

    has_rule: without news it is a rule, else it takes no room.
    """

    COMPONENT_CLASSES = {f"news--{name}" for name in ("good", "bad", "rule")}
    DEFAULT_CSS = "NewsLine { height: 1; width: 100%; }"

    def __init__(self, *, id: str | None = None, has_rule: bool = True) -> None:  # noqa: A002 - as in Widget
        super().__init__(id=id)
        self.has_rule = has_rule
        self.text, self.is_bad, self._until_key = "", False, False
        self._timer: Timer | None = None
        self.display = has_rule

    def show(self, news: News, *, stays: bool = False) -> None:
        """Show this until something else is said, or for some seconds; "": nothing. stays: without end."""
        if news.until_key and not news.text and not self._until_key:
            return
        self._until_key = news.until_key
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if news.text and not stays:
            self._timer = self.set_timer(_SECONDS_OF_TROUBLE if news.is_bad else _SECONDS, self.clear)
        if (news.text, news.is_bad) == (self.text, self.is_bad):
            return
        self.text, self.is_bad = news.text, news.is_bad
        self.display = self.has_rule or bool(news.text)
        self.fit()

    def clear(self) -> None:
        self.show(News(""))

    def fit(self) -> None:
        """Take the rows that are needed in the width there is."""
        height = max(1, len(self._lines(self.app.size.width)))
        if self.styles.height is None or self.styles.height.value != height:
            self.styles.height = height
        self.redraw()

    def rows(self, width: int, height: int) -> list[Row]:
        if not self.text:
            return [[Piece(self.terminal.glyph("left") * width, "news--rule")]]
        style = "news--bad" if self.is_bad else "news--good"
        return [[Piece(line, style, "clear")] for line in self._lines(width)]

    def _lines(self, width: int) -> list[str]:
        mark = f"{self.terminal.glyph('trouble')} " if self.is_bad else ""
        lines = wrap(mark + self.terminal.text(self.text), max(LEAST, width) - 2)
        return [f" {line}" for line in lines[: max(4, self.app.size.height // 2)]]

    def action_clear(self) -> None:
        self.clear()
