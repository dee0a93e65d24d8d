"""Where an answer in the learner's own words is written: some lines that wrap. Textual's editor is heavy, and
only a recall needs it."""

from __future__ import annotations

from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widgets import TextArea

from mlterms.tui.actions import bindings
from mlterms.tui.guard import Guarded

_TAKEN = {"f6", "f7"}  # keys of Textual's editor that are the quiz's here


class AnswerArea(Guarded, TextArea, inherit_bindings=False):
    """Enter does not begin a line but ends the answer: `Submitted`."""

    BINDINGS = [
        *bindings("field"),
        *(each for each in TextArea.BINDINGS if not isinstance(each, tuple) and each.key not in _TAKEN),
    ]

    class Submitted(Message):
        """The answer is written."""

    @property
    def written(self) -> str:
        return self.text

    def _on_key(self, event: events.Key) -> None:  # type: ignore[override]  # Textual calls its own one too
        if event.key == "enter":  # it would write a line end
            event.prevent_default()

    def render_line(self, y: int) -> Strip:
        """Textual cannot wrap the hint where the window leaves no column for it."""
        return super().render_line(y) if self.content_size.width > 0 else Strip.blank(0)

    def action_submit(self) -> None:
        self.post_message(self.Submitted())
