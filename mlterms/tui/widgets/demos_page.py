"""The list of the demos, and what one of them says about itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from mlterms.base.text import clean, mentions_all
from mlterms.tui.text_columns import columns, fill, wrap
from mlterms.tui.widgets.row_list import RowList
from mlterms.tui.widgets.row_widget import Piece, Row, call, padded, width_of

_WIDEST = 80


class ListedDemo(NamedTuple):
    """A demo in the list.

    id: its deck and name. terms: titles of those it shows. predictions: how many. topic: its topic's title.
    """

    id: tuple[str, str]
    title: str
    path: str
    terms: tuple[str, ...]
    predictions: int
    topic: str = ""

    @property
    def action(self) -> str:
        deck, name = self.id
        return call("open_demo", name, deck)


class DemosPage(RowList):
    """demos: in the order in which they are listed, by topic. texts: what they say about themselves."""

    LABELS = {"list.open": "play"}

    def __init__(self, demos: Sequence[ListedDemo]) -> None:
        super().__init__(id="list")
        self.demos = demos
        self.texts: Mapping[tuple[str, str], str] = {}
        self.words = ""

    def search(self, words: str) -> None:
        """List only the demos in which all of these words are; mark the one of that name, or the first."""
        self.words = words
        self.renew()
        found, name = self.found, "-".join(words.casefold().split())
        called = next((demo for demo in found if name and demo.id[1].startswith(name)), None)
        if called is not None:
            self.marked = called.action
        elif found and self.marked_demo not in found:
            self.marked = found[0].action

    @property
    def found(self) -> list[ListedDemo]:
        return [
            demo
            for demo in self.demos
            if mentions_all(
                self.words, demo.title, demo.topic, *demo.id, *demo.terms, self.texts.get(demo.id, "")
            )
        ]

    @property
    def marked_demo(self) -> ListedDemo | None:
        return next((demo for demo in self.demos if demo.action == self.marked_action), None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "page" and super().check_action(action, parameters)  # turns the description's pages

    def content(self, width: int, room: int) -> list[Row]:
        if not self.demos:
            return [[], [Piece("  There are no demos. mlterms doctor says what is wrong.", "row--muted")]]
        found = self.found
        if not found:
            return [[], [Piece("  No demo has all of these words.", "row--muted")]]
        parts = [self.terminal.text(demo.title).partition(": ") for demo in found]
        widest = min(max(columns(head) for head, _, _ in parts), width // 2)
        rows: list[Row] = []
        topic = ""
        for demo, (head, _, rest) in zip(found, parts, strict=True):
            if demo.topic != topic:
                topic = demo.topic
                rows += [*([[]] if rows else []), [Piece(f"  {topic}", "row--muted")]]
            title = self.cut([Piece(f" {head}", "row--strong", demo.action)], widest + 1)
            title.append(Piece(" " * (widest + 2 - width_of(title)), "", demo.action))
            about = self.cut([Piece(f" {rest} ", "row--muted", demo.action)], width - widest - 6)
            rows.append(padded([Piece("  "), *title, *about], width))
        return rows


class DemoDescription(RowList, can_focus=False):
    """texts: what demos say about themselves, by id; empty until it is read."""

    texts: Mapping[tuple[str, str], str] = {}

    def __init__(self) -> None:
        super().__init__(id="about")
        self.demo: ListedDemo | None = None

    def show(self, demo: ListedDemo | None) -> None:
        self.demo = demo
        self.renew()
        self.scroll_to(y=0, animate=False)

    def content(self, width: int, room: int) -> list[Row]:
        demo = self.demo
        if demo is None or demo.id not in self.texts:
            return []
        inner = min(_WIDEST, width)
        text = self.terminal.text(clean(self.texts[demo.id]))
        rows: list[Row] = [[Piece(line)] if line else [] for line in fill(text, inner)]
        about = f"Shows: {', '.join(demo.terms)}." if demo.terms else ""
        if demo.predictions:
            about += f" {demo.predictions} prediction{'s' * (demo.predictions > 1)} in the quiz."
        about_rows = [[Piece(line, "row--muted")] for line in wrap(self.terminal.text(about), inner)]
        return [*rows, *([[]] if rows else []), *about_rows]
