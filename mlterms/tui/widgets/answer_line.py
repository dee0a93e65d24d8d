"""A line in which an answer is written: a number, or what is missing in a gap."""

from __future__ import annotations

from textual import events

from mlterms.tui.actions import bindings
from mlterms.tui.key_pause import KeyPause
from mlterms.tui.shell import WorkspaceShell
from mlterms.tui.widgets.line_field import LONGEST, LineField


class AnswerLine(LineField):
    """Its Enter is named at the foot of the screen.

    hint: what is shown before anything is written. pause: while it is on, nothing can be typed.
    """

    BINDINGS = bindings("field", "gaps")
    app: WorkspaceShell

    def __init__(self, text: str, hint: str, pause: KeyPause) -> None:
        super().__init__(text, hint, max_length=LONGEST, select_on_focus=False, compact=True)
        self._pause = pause

    def _on_key(self, event: events.Key) -> None:  # type: ignore[override]  # Textual calls its own one too
        if event.is_printable and self._pause.stops_key(self.app.tell_of_key):
            event.prevent_default()
            event.stop()

    @property
    def written(self) -> str:
        return self.value

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is no way beyond the first and the last line: there, the same keys scroll."""
        if action != "move":
            return super().check_action(action, parameters)
        return parameters in [(by,) for by in (-1, 1) if self._neighbour(by) is not None]

    def action_move(self, by: int) -> None:
        """Go to the next line or the one before."""
        if (line := self._neighbour(by)) is not None:
            line.focus()

    def _neighbour(self, by: int) -> AnswerLine | None:
        """The line after this one or before it."""
        lines = list(self.parent.query_children(AnswerLine)) if self.parent else []
        at = lines.index(self) + by if self in lines else -1
        return lines[at] if 0 <= at < len(lines) else None
