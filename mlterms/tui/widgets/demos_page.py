"""The list of the demos, and what one of them says of itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from mlterms.base.text import clean
from mlterms.tui.look import Look
from mlterms.tui.widgets.lines import Piece, wrapped
from mlterms.tui.widgets.page import Page, Row, padded, width_of

_WIDEST = 80


class Listed(NamedTuple):
    """A demo in the list. id: its deck and name. terms: titles of those it shows. predictions: how many."""

    id: tuple[str, str]
    title: str
    path: str
    terms: tuple[str, ...]
    predictions: int


class DemosPage(Page):
    """demos: in the order in which they are listed."""

    def __init__(self, demos: Sequence[Listed], *, look: Look) -> None:
        super().__init__(id="list", look=look)
        self.demos = demos

    @property
    def marked_demo(self) -> Listed | None:
        return next((demo for demo in self.demos if demo.id == self.marked_zone), None)

    def content(self, width: int, room: int) -> list[Row]:
        if not self.demos:
            return [[], [Piece("  There are no demos. mlterms doctor says what is wrong.", "page--muted")]]
        parts = [self.look.text(demo.title).partition(": ") for demo in self.demos]
        widest = min(max(len(head) for head, _, _ in parts), width // 2)
        rows: list[Row] = [[]]
        for demo, (head, _, rest) in zip(self.demos, parts, strict=True):
            title = self.cut([Piece(f" {head}", "page--strong", demo.id)], widest + 1)
            title.append(Piece(" " * (widest + 2 - width_of(title)), "", demo.id))
            about = self.cut([Piece(f" {rest} ", "page--muted", demo.id)], width - widest - 6)
            rows.append(padded([Piece("  "), *title, *about], width))
        return rows


class DemoAbout(Page, can_focus=False):
    """said: what demos say of themselves, by id; empty until it is read."""

    said: Mapping[tuple[str, str], str] = {}

    def __init__(self, *, look: Look) -> None:
        super().__init__(id="about", look=look)
        self.demo: Listed | None = None

    def show(self, demo: Listed | None) -> None:
        self.demo = demo
        self.renew()

    def content(self, width: int, room: int) -> list[Row]:
        demo = self.demo
        if demo is None:
            return []
        inner = min(_WIDEST, width)
        rows: list[Row] = []
        for part in clean(self.said.get(demo.id, "")).split("\n\n"):
            rows += [[Piece(line)] for line in wrapped(" ".join(self.look.text(part).split()), inner)] + [[]]
        shows = f"Shows: {', '.join(demo.terms)}." if demo.terms else ""
        if demo.predictions:
            shows += f" {demo.predictions} prediction{'s' * (demo.predictions > 1)} in the quiz."
        return rows + [[Piece(line, "page--muted")] for line in wrapped(self.look.text(shows), inner)]
