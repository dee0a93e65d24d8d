"""The list of the demos, and what one of them says about itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from mlterms.base.plurals import count_of
from mlterms.base.text import clean, place_of_match
from mlterms.base.text_columns import columns, wrap, wrap_paragraphs
from mlterms.tui.widgets.row_list import RowList
from mlterms.tui.widgets.row_widget import Piece, Row, call, padded, width_of

_WIDEST = 80
_NAMES = 22  # columns of the names; the line of a longer one begins later
_LEAST = 12  # columns of a line, however long the name is


class ListedDemo(NamedTuple):
    """A demo in the list.

    id: its deck and name. terms: titles of those it shows. predictions: how many. topic: its topic's title.
    names: other names of its terms.
    """

    id: tuple[str, str]
    title: str
    path: str
    terms: tuple[str, ...]
    predictions: int
    topic: str = ""
    names: tuple[str, ...] = ()

    @property
    def action(self) -> str:
        deck, name = self.id
        return call("open_demo", name, deck)


class DemosPage(RowList):
    """The list of the demos.

    demos: in the order in which they are listed, by topic. texts: what they say about themselves.
    """

    LABELS = {"list.open": "play"}
    LEFT_TO_SCREEN = ("page",)  # which turns the pages of the description

    def __init__(self, demos: Sequence[ListedDemo]) -> None:
        super().__init__(id="list")
        self.demos = demos
        self.texts: Mapping[tuple[str, str], str] = {}
        self.words = ""

    def search(self, words: str) -> None:
        """List only the demos in which all of these words are; mark the one of that name, or the first, and
        scroll to it."""
        self.words = words
        self.renew()
        found, name = self.found, "-".join(words.casefold().split())
        called = next((demo for demo in found if name and demo.id[1].startswith(name)), None)
        marked = called or (self.marked_demo if self.marked_demo in found else next(iter(found), None))
        if marked is not None:
            self.mark(marked.action)

    @property
    def found(self) -> list[ListedDemo]:
        """The best first: where the title has the words, then where the terms have them, and so on."""
        found = []
        for demo in self.demos:
            terms = " ".join((*demo.terms, *demo.names))
            about = self.texts.get(demo.id, "")
            place = place_of_match(self.words, " ".join((*demo.id, demo.title)), terms, demo.topic, about)
            if place is not None:
                found.append((place, demo))
        return [demo for _, demo in sorted(found, key=lambda each: each[0])]

    @property
    def marked_demo(self) -> ListedDemo | None:
        return next((demo for demo in self.demos if demo.action == self.marked_action), None)

    def content(self, width: int, room: int) -> list[Row]:
        if not self.demos:
            return [[], [Piece("  There are no demos. mlterms doctor says what is wrong.", "row--muted")]]
        found = self.found
        if not found:
            these = "all of these words" if len(self.words.split()) > 1 else "this word"
            return [[], [Piece(f"  No demo has {these}.", "row--muted")]]
        parts = [self.terminal.text(demo.title).partition(": ") for demo in found]
        heads = [columns(head) for head, _, _ in parts]
        widest = max((head for head in heads if head <= _NAMES), default=_NAMES)
        rows: list[Row] = []
        topic = ""
        for demo, (head, _, rest) in zip(found, parts, strict=True):
            if demo.topic != topic and not self.words:  # what is found is in the order of how well it fits
                topic = demo.topic
                rows += [*([[]] if rows else []), [Piece(f"  {topic}", "row--muted")]]
            title = self.cut([Piece(f" {head}", "row--strong", demo.action)], max(widest, width // 2))
            title.append(Piece(" " * max(1, widest + 2 - width_of(title)), "", demo.action))
            for line in wrap(rest, max(_LEAST, width - width_of(title) - 5)) or [""]:
                about = Piece(f" {line} ", "row--muted", demo.action)
                rows.append(padded([Piece("  "), *title, about], width))
                title = [Piece(" " * width_of(title), "", demo.action)]
        return rows


class DemoDescription(RowList, can_focus=False):
    """What the chosen demo says about itself.

    texts: what demos say about themselves, by id; empty until it is read.
    """

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
        rows: list[Row] = [[Piece(line)] if line else [] for line in wrap_paragraphs(text, inner)]
        about = f"Shows: {', '.join(demo.terms)}." if demo.terms else ""
        if demo.predictions:
            about += f" {count_of(demo.predictions, 'prediction')} in the quiz."
        about_rows = self.wrapped(about, inner, "row--muted")
        return [*rows, *([[]] if rows else []), *about_rows]
