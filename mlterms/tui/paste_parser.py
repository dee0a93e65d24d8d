"""What is pasted is text and no keys, also where the terminal does not say where it begins and ends."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from time import monotonic

from textual import events
from textual._xterm_parser import BRACKETED_PASTE_END, BRACKETED_PASTE_START, XTermParser
from textual.message import Message

_SEVERAL = 6  # characters that are read at once, so that more may be under way
_BURST = 32  # characters that come at once; nobody types so fast
_DIFFERENT = 8  # of them; a key that is held down repeats one
_QUIET = 0.05  # seconds after which what comes at once is over
_LINE_ENDS = "\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"


class PasteParser(XTermParser):
    """Textual's parser of what the terminal sends. Textual takes an escape within a paste for keys, and each
    character for a key where nothing says that it is pasted, as in `screen` or on a serial line."""

    def __init__(self, debug: bool = False) -> None:
        self._paste: list[str] | None = None  # the parts of the open paste
        self._end = ""  # the last characters of it, with which its end may begin
        self._held = ""  # with which the beginning of a paste may begin
        self._burst: list[str] = []
        self._burst_at = 0.0
        super().__init__(debug)

    def feed(self, data: str) -> Iterable[Message]:
        if not data:  # the end of the input
            yield from self._end_burst()
            yield from super().feed(data)
            return
        data, self._held = self._held + data, ""
        while data:
            if self._paste is not None:
                data = yield from self._read_paste(data)
                continue
            typed, start, data = data.partition(BRACKETED_PASTE_START)
            if not start:
                typed, self._held = _split_beginning(typed)
            yield from self._read_typed(typed)
            if start:
                yield from self._end_burst()  # what was typed comes before what is pasted
                self._paste = []

    def tick(self) -> Iterable[Message]:
        if self._burst and monotonic() - self._burst_at >= _QUIET:
            yield from self._end_burst()
        yield from super().tick()

    def _read_paste(self, data: str) -> Generator[Message, None, str]:
        """Read up to the end of the paste; what comes after it."""
        assert self._paste is not None
        text, end, rest = (self._end + data).partition(BRACKETED_PASTE_END)
        if not end:
            keep = len(BRACKETED_PASTE_END) - 1
            self._paste.append(text[:-keep])
            self._end = text[-keep:]
            return ""
        pasted = "".join((*self._paste, text))
        self._paste, self._end = None, ""
        yield events.Paste(printable(pasted))
        return rest

    def _read_typed(self, text: str) -> Iterable[Message]:
        in_sequence = "\x1b" in text or self._timeout_time is not None
        if text and not in_sequence and (self._burst or len(text) >= _SEVERAL):
            self._burst.append(text)
            self._burst_at = monotonic()
        elif text:
            yield from self._end_burst()
            yield from super().feed(text)

    def _end_burst(self) -> Iterable[Message]:
        text = "".join(self._burst)
        self._burst.clear()
        if len(text) >= _BURST and len(set(text)) >= _DIFFERENT:
            yield events.Paste(printable(text))
        elif text:
            yield from super().feed(text)


def printable(text: str) -> str:
    """The text with line ends as `\\n` and spaces as ` `, without what a key would not write either."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isprintable():
        return text
    return "".join(map(_as_written, text))


def _as_written(character: str) -> str:
    """What a key would write for a character: itself, a line end, a space, or nothing."""
    if character.isprintable():
        return character
    if character in _LINE_ENDS:
        return "\n"
    return " " if character.isspace() else ""


def _split_beginning(text: str) -> tuple[str, str]:
    """`text`, and apart from it the first three characters or more of a paste's beginning at its end.

    Of fewer nobody knows whether they are a key.
    """
    for length in range(len(BRACKETED_PASTE_START) - 1, 2, -1):
        if text.endswith(BRACKETED_PASTE_START[:length]):
            return text[:-length], text[-length:]
    return text, ""
