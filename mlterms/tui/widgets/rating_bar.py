"""The four ratings with the interval that each gives; the suggested one is marked, and Enter takes it."""

from __future__ import annotations

from collections.abc import Mapping

from textual import events
from textual.message import Message
from textual.reactive import reactive

from mlterms.memory.state import Rating
from mlterms.tui.actions import bindings
from mlterms.tui.look import Look
from mlterms.tui.widgets.lines import Lines, Piece


class RatingBar(Lines, can_focus=True):
    """Shown once an answer is given. `offer` says what it shows; a `Rated` message says what was taken."""

    COMPONENT_CLASSES = {
        "rating-bar--key",
        "rating-bar--name",
        "rating-bar--gap",
        "rating-bar--marked",
        "rating-bar--hint",
    }
    BINDINGS = bindings("rating")

    marked: reactive[Rating] = reactive(Rating.GOOD, layout=False, repaint=False)

    class Rated(Message):
        """A rating was taken."""

        def __init__(self, rating: Rating) -> None:
            super().__init__()
            self.rating = rating

    def __init__(self, *, look: Look) -> None:
        super().__init__(id="rating", look=look)
        self._intervals: Mapping[Rating, str] = {}

    def offer(self, intervals: Mapping[Rating, str], suggested: Rating) -> None:
        """Show these intervals and mark the suggestion."""
        self._intervals = intervals
        self.marked = suggested
        self.redraw()

    def rows(self, width: int, height: int) -> list[list[Piece]]:
        row = [Piece(" ")]
        for rating, interval in self._intervals.items():
            here = rating is self.marked
            text = f" {rating.value} {rating.name.title()} {interval} "
            row += [
                Piece(text, "rating-bar--marked" if here else "rating-bar--name", rating),
                Piece("  ", "rating-bar--gap"),
            ]
        hint = "Enter takes the marked one"
        used = sum(len(piece.text) for piece in row)
        if used + len(hint) + 1 <= width:
            row.append(Piece(hint, "rating-bar--hint"))
        return [[], row]

    def watch_marked(self) -> None:
        if self.is_attached:
            self.redraw()

    def action_take(self) -> None:
        self.post_message(self.Rated(self.marked))

    def action_rate(self, rating: int) -> None:
        self.post_message(self.Rated(Rating(rating)))

    def action_less(self) -> None:
        self.marked = Rating(max(Rating.AGAIN, self.marked - 1))

    def action_more(self) -> None:
        self.marked = Rating(min(Rating.EASY, self.marked + 1))

    def on_click(self, event: events.Click) -> None:
        rating = self.zone_at(event.x, event.y)
        if rating is not None:
            self.post_message(self.Rated(rating))
