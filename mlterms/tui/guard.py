"""What keeps the app running when a handler meets an error: it becomes a warning, and the app goes on."""

from __future__ import annotations

from textual.message import Message
from textual.message_pump import MessagePump


class Guarded(MessagePump):
    """An app, screen or widget whose handlers may fail. Textual would end the app, and stop the widget."""

    async def _on_message(self, message: Message) -> None:
        try:
            await super()._on_message(message)
        except Exception as error:  # anything that any handler may raise
            self.app._handle_exception(error)


def save_traceback(error: Exception) -> str:
    """Write an error with its traceback into a file for a report. Returns its path, or "" if that fails."""
    from traceback import format_exception

    from mlterms.base.errors import MltermsError
    from mlterms.base.paths import cache_folder

    try:
        path = cache_folder() / "last-error.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(format_exception(error)), encoding="utf-8", errors="replace")
    except (OSError, MltermsError):
        return ""
    return str(path)
