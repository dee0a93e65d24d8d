"""Reads pasted text as one piece of text and not as keys, even if the terminal does not mark it as pasted.

Without marks only its pace tells a paste from keys. On a slow line it may come as slowly as a fast typist
types, in a few characters at a time or with pauses; it is then read as keys, and nothing can be known of it.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable
from time import monotonic

from textual import events
from textual._xterm_parser import BRACKETED_PASTE_END, BRACKETED_PASTE_START, XTermParser
from textual.message import Message

# Unmarked text is pasted if this much of it comes at once: nobody types so fast.
_PASTE_LENGTH = 32
_DISTINCT_CHARACTERS = 8  # a key that is held down repeats one
_BURST_START = 6  # characters in one read, after which more may follow
_BURST_PAUSE = 0.05  # seconds without input, after which the burst is over

_LINE_ENDS = "\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"


class PasteParser(XTermParser):
    """Textual's parser of terminal input, which also recognises pasted text.

    Textual itself reads an escape code inside a paste as keys. Where pastes are not marked, as in `screen` or
    on a serial line, it reads each character as a key.
    """

    def __init__(self, debug: bool = False) -> None:
        self._paste: list[str] | None = None  # the parts of the open paste
        self._paste_tail = ""  # its last characters, which may be the first part of the mark that ends it
        self._partial_mark = ""  # input that may be the first part of the mark that begins a paste
        self._burst: list[str] = []  # input that came fast and may turn out to be pasted
        self._burst_at = 0.0
        super().__init__(debug)

    def feed(self, data: str) -> Iterable[Message]:
        if not data:  # the end of the input
            yield from self._end_burst()
            yield from super().feed(data)
            return
        data, self._partial_mark = self._partial_mark + data, ""
        while data:
            if self._paste is not None:
                data = yield from self._read_paste(data)
                continue
            typed, start, data = data.partition(BRACKETED_PASTE_START)
            if not start:
                typed, self._partial_mark = _split_partial_mark(typed)
            yield from self._read_typed(typed)
            if start:
                yield from self._end_burst()  # what was typed comes before what is pasted
                self._paste = []

    def tick(self) -> Iterable[Message]:
        if self._burst and monotonic() - self._burst_at >= _BURST_PAUSE:
            yield from self._end_burst()
        yield from super().tick()

    def _read_paste(self, data: str) -> Generator[Message, None, str]:
        """Read up to the end of the paste. Returns what comes after it."""
        assert self._paste is not None
        text, end, rest = (self._paste_tail + data).partition(BRACKETED_PASTE_END)
        if not end:
            keep = len(BRACKETED_PASTE_END) - 1
            self._paste.append(text[:-keep])
            self._paste_tail = text[-keep:]
            return ""
        pasted = "".join((*self._paste, text))
        self._paste, self._paste_tail = None, ""
        yield events.Paste(printable(pasted))
        return rest

    def _read_typed(self, text: str) -> Iterable[Message]:
        in_sequence = "\x1b" in text or self._timeout_time is not None
        if text and not in_sequence and (self._burst or len(text) >= _BURST_START):
            self._burst.append(text)
            self._burst_at = monotonic()
        elif text:
            yield from self._end_burst()
            yield from super().feed(text)

    def _end_burst(self) -> Iterable[Message]:
        text = "".join(self._burst)
        self._burst.clear()
        if len(text) >= _PASTE_LENGTH and len(set(text)) >= _DISTINCT_CHARACTERS:
            yield events.Paste(printable(text))
        elif text:
            yield from super().feed(text)


def printable(text: str) -> str:
    """The text as keys could have typed it: line ends as `\\n`, spaces as ` `, no control characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if text.isprintable() else "".join(map(_typed_character, text))


def _typed_character(character: str) -> str:
    """The character that a key would type for this one; "" for a control character."""
    if character.isprintable():
        return character
    if character in _LINE_ENDS:
        return "\n"
    return " " if character.isspace() else ""


def _split_partial_mark(text: str) -> tuple[str, str]:
    """Split off the end of `text` if it is the first half of the mark that begins a paste.

    Fewer than three characters stay: they may be a key.
    """
    for length in range(len(BRACKETED_PASTE_START) - 1, 2, -1):
        if text.endswith(BRACKETED_PASTE_START[:length]):
            return text[:-length], text[-length:]
    return text, ""
