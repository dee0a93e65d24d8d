"""A text field of one line, into which text of several lines and of any length can be pasted."""

from __future__ import annotations

from textual import events
from textual.widgets import Input

from mlterms.tui.guard import Guarded
from mlterms.tui.messages import News

LONGEST = 2000
"""The most characters of a line."""


class LineField(Guarded, Input):
    """What is pasted becomes one line; of what is too long the beginning is taken, and that is said."""

    def _on_paste(self, event: events.Paste) -> None:
        """Textual, which comes next, would take the first line only, and nothing of what is too long."""
        text = " ".join(event.text.split())
        room = max(0, (self.max_length or LONGEST) - len(self.value) + len(self.selected_text))
        if len(text) > room:
            what = "This line is full" if not room else f"Only the first {room:,} characters fit"
            self.screen.post_message(News(f"{what}: a line has at most {self.max_length or LONGEST:,}."))
        event.text = text[:room]
        self.call_after_refresh(self._show_end)

    def _show_end(self) -> None:
        """Where the line is longer than the field, Textual shows what was pasted only at the next key."""
        self._watch_selection(self.selection)
