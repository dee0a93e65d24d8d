"""YAML as a card may use it: mappings, lists and one-line text, read as strings with the line of each.

Anchors, aliases, tags, duplicate keys and a second document are errors that say what to write instead.
Nothing is constructed from the text: it is read event by event, and no further than it may be nested.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mlterms.base.text import find_unsafe
from mlterms.glossary.lines import unsafe
from mlterms.glossary.problems import Report

if TYPE_CHECKING:
    from yaml import YAMLError
    from yaml.events import Event

LONGEST = 20_000  # characters of one block
DEEPEST = 6  # a prediction's runs → name → until → updates, and one to spare

Path = tuple[str | int, ...]

_DRAW = "draw"  # the only key below which a key may be a list


class Quoted(str):
    """Text that was written in quotes, and so is never a number or a name."""


@dataclass(slots=True)
class Tree:
    """What was read: dicts, lists and strings. lines: path → line of each key and item.

    Below `draw`, a key may be a list, `[a, b]`. It is read as the words with commas between them: `a, b`.
    """

    value: dict[str, Any] = field(default_factory=dict)
    lines: dict[Path, int] = field(default_factory=dict)

    def is_quoted(self, path: Sequence[str | int]) -> bool:
        """Whether what is at `path` is text that was written in quotes."""
        value: Any = self.value
        for part in path:
            value = value[part]
        return isinstance(value, Quoted)

    def line(self, path: Sequence[str | int]) -> int:
        """The line of what is at `path`, or of the nearest thing around it. Unknown parts are skipped."""
        here: Path = ()
        for part in path:
            if (*here, part) in self.lines:
                here = (*here, part)
        return self.lines[here]


def read_yaml(texts: Sequence[str], first: int, report: Report) -> Tree | None:
    """Read a block of `key: value` lines that begins at line `first`; None, and errors in the report, if it
    cannot be read."""
    import yaml

    text = "\n".join(texts)
    if len(text) > LONGEST:
        report.error(first, f"this block has {len(text):,} characters, and at most {LONGEST:,} are read")
        return None
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # the C one is there where libyaml was installed
    reader = _Reader(first, report)
    try:
        return reader.read(yaml.parse(text, Loader=loader))
    except yaml.YAMLError as error:
        report.error(*_locate_error(error, texts, first))
        return None


def _locate_error(error: YAMLError, texts: Sequence[str], first: int) -> tuple[int, str]:
    """The line of an error of the YAML parser, and what to do about it in our words."""
    meaning = _explain(str(getattr(error, "problem", None) or "an odd character"))
    mark = getattr(error, "problem_mark", None)
    if meaning in (_OPEN_LIST, _OPEN_QUOTE):
        mark = getattr(error, "context_mark", None) or mark
    at = min(mark.line, max(len(texts) - 1, 0)) if mark is not None else 0
    if texts and "\t" in texts[at][: len(texts[at]) - len(texts[at].lstrip())]:
        meaning = "indent with spaces, not with a tab"
    return first + at, meaning


class _Stop(Exception):  # noqa: N818 - it ends the reading and is seen by nobody
    """An error that makes the rest of the block unreadable; it has been reported."""


class _Reader:
    def __init__(self, first: int, report: Report) -> None:
        from yaml import events

        self.kinds = events
        self.first = first
        self.report = report
        self.tree = Tree(lines={(): first})

    def read(self, events: Iterator[Event]) -> Tree | None:
        errors = self.report.errors
        next(events)  # the start of the stream
        event = next(events)
        if isinstance(event, self.kinds.StreamEndEvent):
            return self.tree
        try:
            value = self._node(next(events), events, ())
            next(events)  # the end of the document
            if isinstance(after := next(events), self.kinds.DocumentStartEvent):
                self._stop(after, "a second document begins here: leave out the line `---`")
        except _Stop:
            return None
        if not isinstance(value, dict):
            self.report.error(self.first, "write lines of the form `key: value` here")
            return None
        self.tree.value = value
        return self.tree if self.report.errors == errors else None

    def _node(self, event: Any, events: Iterator[Event], path: Path) -> Any:
        self._refuse(event)
        if isinstance(event, self.kinds.ScalarEvent):
            return self._text(event)
        if len(path) >= DEEPEST:
            self._stop(event, "this is nested too deeply")
        if isinstance(event, self.kinds.SequenceStartEvent):
            return self._list(events, path)
        return self._mapping(events, path)

    def _refuse(self, event: Any) -> None:
        """Stop at an alias, an anchor or a tag."""
        if isinstance(event, self.kinds.AliasEvent):
            self._stop(event, f"`*{event.anchor}` is an alias: write the value out, or put it in quotes")
        if event.anchor is not None:
            self._stop(event, f"`&{event.anchor}` is an anchor: leave it out, or put the value in quotes")
        if event.tag is not None:
            self._stop(event, f"`{event.tag}` is a tag: leave it out, or put the value in quotes")

    def _text(self, event: Any) -> str:
        value = str(event.value)
        match = find_unsafe(value)
        if match:
            self._stop(event, unsafe(match[0]))
        return value if event.implicit[0] else Quoted(value)

    def _list(self, events: Iterator[Event], path: Path) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(events), self.kinds.SequenceEndEvent):
            here = (*path, len(items))
            self.tree.lines[here] = self._line(event)
            items.append(self._node(event, events, here))
        return items

    def _mapping(self, events: Iterator[Event], path: Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while not isinstance(event := next(events), self.kinds.MappingEndEvent):
            key = self._key(event, events, path)
            here = (*path, key)
            if key in found:
                message = f"`{key}` is here twice, first in line {self.tree.lines[here]}: leave one out"
                self.report.error(self._line(event), message)
            self.tree.lines[here] = self._line(event)
            found[key] = self._node(next(events), events, here)
        return found

    def _key(self, event: Event, events: Iterator[Event], path: Path) -> str:
        """A word, or a list of words."""
        if isinstance(event, self.kinds.ScalarEvent):
            self._refuse(event)
            return self._text(event)
        is_list = isinstance(event, self.kinds.SequenceStartEvent) and path[-1:] == (_DRAW,)
        words = self._list(events, (*path, "?")) if is_list else []
        if not words or not all(isinstance(word, str) for word in words):
            self._stop(event, "a key is one word: write `key: value`, and a value with `[` or `{` in quotes")
        return ", ".join(words)

    def _line(self, event: Event) -> int:
        return self.first + (event.start_mark.line if event.start_mark else 0)

    def _stop(self, event: Event, message: str) -> None:
        self.report.error(self._line(event), message)
        raise _Stop


_OPEN_LIST = "a list `[…]` or mapping `{…}` is never closed, or a comma is missing"
_OPEN_QUOTE = "a quote is never closed"
_STRAY = "this line fits nowhere: check its indentation and quotes"
_MEANINGS = (
    (
        "mapping values are not allowed",
        "keys begin in the same column, and a value that contains `: ` must be put in quotes",
    ),
    ("could not find expected ':'", "a `:` is missing: write `key: value`"),
    ("cannot start any token", "a value with such a first sign must be put in quotes"),
    ("unexpected end of stream", _OPEN_QUOTE),
    ("expected ',' or", _OPEN_LIST),
    ("alphabetic or numeric", "a value that begins with `*` or `&` must be put in quotes"),
    ("did not find expected key", _STRAY),
    ("expected <block end>", _STRAY),
    ("document start", _STRAY),
    ("unknown escape", "a backslash in double quotes is written \\\\, or use single quotes"),
    ("did not find expected node", "a value is missing here, or it must be put in quotes"),
)


def _explain(problem: str) -> str:
    for words, meaning in _MEANINGS:
        if words in problem:
            return meaning
    return f"this cannot be read as `key: value` lines ({problem}): put values with odd signs in quotes"
