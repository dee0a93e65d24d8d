"""The first and last row of the demo view and its line of news: what it is, what keys do, what happened."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from textual import events

from mlterms.tui.widgets.lines import Asked, Lines, Piece, wrapped

_SHORTEST_TITLE = 20  # columns below which a title that is cut says nothing
_ROOMY = 90  # columns from which on keys stand further apart


class HeadBar(Lines):
    """One row: the demo's name and title, and at the right end how the run stands."""

    COMPONENT_CLASSES = {"head-bar--name", "head-bar--title", "head-bar--state", "head-bar--key"}

    name_of = title = ""
    state: Sequence[Piece] = ()

    def show(self, name: str, title: str, state: Sequence[Piece] = ()) -> None:
        self.name_of, self.title, self.state = name, title, state
        self.redraw()

    def rows(self, width: int, height: int) -> list[Sequence[Piece]]:
        state = [*self.state, Piece(" ")]
        title = [Piece(f" {self.name_of}", "head-bar--name"), Piece(f"  {self.title}", "head-bar--title")]
        if width - sum(len(piece.text) for piece in state) - len(self.name_of) < _SHORTEST_TITLE:
            title.pop()
        return [self.spread(title, state, width)]

    def on_click(self, event: events.Click) -> None:
        action = self.zone_at(event.x, event.y)
        if action is not None:
            event.stop()
            self.post_message(Asked(action))


class Hint(NamedTuple):
    """A key and what it does: key as shown, word, action; the higher the rank, the sooner it is left out."""

    key: str
    word: str
    action: str
    rank: int


class KeyBar(Lines):
    """A row of keys that can be clicked on. Where there is no room for all, the least needed are left out."""

    COMPONENT_CLASSES = {"key-bar--key", "key-bar--word"}

    hints: Sequence[Hint] = ()

    def show(self, hints: Sequence[Hint]) -> None:
        self.hints = hints
        self.redraw()

    def rows(self, width: int, height: int) -> list[Sequence[Piece]]:
        hints = sorted(self.hints, key=lambda hint: hint.rank)
        gap = 1 if width < _ROOMY else 2
        while hints and self._needed(hints, gap) > width:
            hints.pop()
        shown = [hint for hint in self.hints if hint in hints]
        row = [Piece(" ")]
        for hint in shown:
            row += [
                Piece(hint.key, "key-bar--key", hint.action),
                Piece(f" {hint.word}", "key-bar--word", hint.action),
            ]
            row.append(Piece(" " * gap))
        return [row[:-1]]

    def _needed(self, hints: Sequence[Hint], gap: int) -> int:
        words = [len(self.look.text(hint.key)) + 1 + len(self.look.text(hint.word)) for hint in hints]
        return 1 + sum(words) + gap * (len(words) - 1)

    def on_click(self, event: events.Click) -> None:
        action = self.zone_at(event.x, event.y)
        if action is not None:
            event.stop()
            self.post_message(Asked(action))


class News(Lines):
    """What has just happened, or has gone wrong, in as many rows as it needs; none when there is nothing."""

    COMPONENT_CLASSES = {"news--good", "news--bad"}

    text = ""
    bad = False

    def say(self, text: str, *, bad: bool = False) -> None:
        """Show this until something else is said, or nothing with ""."""
        if (text, bad) != (self.text, self.bad):
            self.text, self.bad = text, bad
            self.display = bool(text)
            self.fit()

    def fit(self) -> None:
        """Take the rows that are needed in the width there is."""
        width = self.app.size.width
        self.styles.height = max(1, len(self._lines(width)))
        self.redraw()

    def rows(self, width: int, height: int) -> list[Sequence[Piece]]:
        return [[Piece(line, "news--bad" if self.bad else "news--good")] for line in self._lines(width)]

    def _lines(self, width: int) -> list[str]:
        mark = f"{self.look.glyph('trouble')} " if self.bad else ""
        lines = wrapped(mark + self.look.text(self.text), max(1, width - 2))
        return [f" {line}" for line in lines]

    def on_click(self, event: events.Click) -> None:
        event.stop()
        self.say("")
