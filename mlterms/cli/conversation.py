"""A conversation in plain lines on standard input and output, for pipes and screen readers."""

from __future__ import annotations

import sys
from collections.abc import Callable
from textwrap import wrap
from typing import Literal, TypeVar

from mlterms.base.text import clean
from mlterms.base.text_columns import columns
from mlterms.cli.say import text_width
from mlterms.glossary.plain_text import plain_text, wrap_at_spaces

Meant = TypeVar("Meant")

_LONGEST = 100_000  # characters of one line that are read


class ConversationEnded(Exception):  # noqa: N818 - leaving is not an error
    """The person has ended the conversation, or standard input has ended."""


class Conversation:
    """Says and asks. `commands`, once set, is handed each line that begins with a slash; if it returns, the
    person is asked again."""

    def __init__(self) -> None:
        self.width = text_width()
        self.charset: Literal["unicode", "ascii"] = "unicode" if writes_braille() else "ascii"
        self.echo = not sys.stdin.isatty()
        self.commands: Callable[[str], None] | None = None

    def say(self, text: str = "", indent: str = "") -> None:
        """Write Markdown as wrapped plain text."""
        for line in plain_text(clean(text), self.width - len(indent)).splitlines() or [""]:
            print(f"{indent}{line}".rstrip())

    def item(self, mark: str, text: str) -> None:
        """Write Markdown as one item of a list, its further lines indented under the first."""
        indent = " " * (len(mark) + 4)
        body = plain_text(clean(text), self.width - len(indent)).splitlines() or [""]
        print(f"  {mark}  {body[0]}")
        for line in body[1:]:
            print(f"{indent}{line}".rstrip())

    def wrapped(self, text: str) -> None:
        """Write one line as it is, except that it is broken between words where it is too long."""
        print(text if columns(text := clean(text)) <= self.width else wrap_at_spaces(text, self.width))

    def raw(self, text: str) -> None:
        """Write lines as they are: tables and pictures."""
        print(clean(text))

    def read(self, prompt: str = "> ") -> str:
        """One line from the person. Raises ConversationEnded at the end of the input.

        From a pipe the line is echoed, so that what was said can be read in the output.
        """
        *above, prompt = wrap(prompt, self.width, drop_whitespace=False) or [prompt]
        while True:
            for part in above:
                print(part.rstrip())
            print(prompt, end="", flush=True)
            line = clean(self._read_line().rstrip("\r\n")).strip()
            if self.echo:
                print(line)
            if line == "?":  # as in the app
                line = "/help"
            if self.commands is None or not line.startswith("/"):
                return line
            self.commands(line[1:].strip().lower())

    def _read_line(self) -> str:
        line = sys.stdin.readline(_LONGEST)
        if not line:
            print()
            raise ConversationEnded
        if len(line) == _LONGEST and not line.endswith("\n"):
            while rest := sys.stdin.readline(_LONGEST):
                if rest.endswith("\n"):
                    break
            self.raw(f"This line is too long: only its first {_LONGEST:,} characters are read.")
        return line

    def ask(self, understand: Callable[[str], Meant], prompt: str = "> ") -> Meant:
        """Ask until `understand` does not raise ValueError, whose text says what to write instead."""
        while True:
            try:
                return understand(self.read(prompt))
            except ValueError as error:
                self.say(str(error))


def writes_braille() -> bool:
    """Whether standard output can show lines and pictures in more than ASCII."""
    try:
        "⣿▀─".encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return False
    return True
