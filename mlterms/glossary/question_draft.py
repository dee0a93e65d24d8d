"""A question while it is being read: its heading, its lines, and what several kinds have in common."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mlterms.glossary.lines import Line, first_number, is_rule, text_of
from mlterms.glossary.names import is_kebab, kebab_hint
from mlterms.glossary.problems import Report

MOST_OPTIONS = 12

TICK = re.compile(r"- \[([ xX])\](?: +(.*))?")
STEP = re.compile(r"(\d{1,3})\.(?: +(.*))?")
_NEARLY_TICK = re.compile(r"\s*(?:[-*+•]|\d+[.)])\s*\[[ xX✓✗]?\](?!\()")  # but a link `[x](…)` is a link
_NEARLY_STEP = re.compile(r" {0,3}\d+[.)](?:\s|$)")


@dataclass(frozen=True, slots=True)
class QuestionDraft:
    """One question of the file: what its heading says, and the lines below it."""

    kind: str
    slug: str
    was: tuple[str, ...]
    line: int
    body: Sequence[Line]
    report: Report

    @property
    def name(self) -> str:
        """Its slug, as a message says it. A slug that cannot be used is reported apart."""
        return f"`{self.slug}`" if self.slug else "this question"

    def error(self, line: int, message: str) -> None:
        self.report.error(line, message)

    def text(self, lines: Sequence[Line], what: str) -> str:
        """The Markdown of these lines; an error if there is none, or if one of them is `---`."""
        self.check_rules(lines)
        text = text_of(lines)
        if not text:
            self.error(
                first_number(lines, self.line),
                f"this {self.kind} question has no {what}: write it {_WHERE[what]}",
            )
        return text

    def explanation(self, lines: Sequence[Line]) -> str:
        """The Markdown of these lines, which may be none."""
        self.check_rules(lines)
        return text_of(lines)

    def check_rules(self, lines: Sequence[Line]) -> None:
        for line in lines:
            if is_rule(line):
                self.error(
                    line.number,
                    "leave this line `---` out: only recall and cloze questions have one, once",
                )

    def misconception(self, text: str, line: int) -> str:
        """The id in `{#id}`; an error if it is none."""
        if not is_kebab(text):
            self.error(line, f"{kebab_hint(text)}, as the id of a misconception: `{{#epoch-is-update}}`")
        return text

    def warn_unexplained(self, explained: bool | str) -> None:
        if not explained:
            self.report.warn(
                self.line,
                f"{self.name} explains nothing: {_EXPLAIN.get(self.kind, 'write a paragraph at its end')}",
            )


_WHERE = {
    "prompt": "below the heading",
    "answer": "below the line `---`",
    "explanation": "below the line `---`, or leave that line out",
}
_EXPLAIN = {
    "cloze": "write a line `---` and a paragraph at its end",
    "choice": "write ` — why` after the options, or a paragraph below them",
    "numeric": "write `explain:` in its yaml block, or a paragraph below it",
    "predict": "write `explain:` in its yaml block, or a paragraph below it",
}


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list: its mark (what was in the brackets, or its number) and its text on one line."""

    mark: str
    text: str
    line: int


def split_at_list(
    draft: QuestionDraft, lines: Sequence[Line], pattern: re.Pattern[str]
) -> tuple[Sequence[Line], list[Item], Sequence[Line]]:
    """Cut at the list whose items fit `pattern`: the lines before it, its items, the lines after it.

    A line that is indented goes on with the item above it.
    """
    start = next((i for i, line in enumerate(lines) if _item(line, pattern)), len(lines))
    found: list[Item] = []
    end = start
    while end < len(lines):
        line = lines[end]
        match = _item(line, pattern)
        if match:
            text = (match[2] or "").strip()
            if not text:
                draft.error(line.number, "this item of the list is empty: write its text, or leave it out")
            found.append(Item(match[1], text, line.number))
        elif line.text.strip() and not _continues_item(draft, lines, end, found, pattern):
            break
        end += 1
    rest = lines[end:]
    _check_strays(draft, lines[:start], rest, pattern, bool(found))
    return lines[:start], found, rest


def _item(line: Line, pattern: re.Pattern[str]) -> re.Match[str] | None:
    return None if line.fence else pattern.fullmatch(line.text)


def _continues_item(
    draft: QuestionDraft, lines: Sequence[Line], at: int, found: list[Item], pattern: re.Pattern[str]
) -> bool:
    """Add the line at `at` to the last item if it belongs to it. Returns whether it did."""
    line = lines[at]
    if not lines[at - 1].text.strip() or _is_nearly(line, pattern):
        return False  # after a blank line the list is over
    if line.fence:
        draft.error(
            line.number, "a code block cannot be in a list: put it above the list, or below a blank line"
        )
        return True
    if not line.text.startswith((" ", "\t")):
        draft.error(
            line.number, "leave a blank line above this, or indent it if it goes on with the item above"
        )
        return True
    last = found[-1]
    found[-1] = Item(last.mark, f"{last.text} {line.text.strip()}", last.line)
    return True


def _check_strays(
    draft: QuestionDraft, before: Sequence[Line], after: Sequence[Line], pattern: re.Pattern[str], found: bool
) -> None:
    """Items that are nearly right, and would silently become text."""
    form = "- [ ] text` or `- [x] text" if pattern is TICK else "1. text"
    for line in before:
        if _is_nearly(line, pattern):
            draft.error(line.number, f"an item of the list is written `{form}`, from the first column")
    for line in after if found else ():
        if _is_nearly(line, pattern):
            draft.error(line.number, f"put this with the other items of the list, written `{form}`")


def _is_nearly(line: Line, pattern: re.Pattern[str]) -> bool:
    """Whether it is an item of the list, or was meant as one."""
    nearly = _NEARLY_TICK if pattern is TICK else _NEARLY_STEP
    return line.fence is None and nearly.match(line.text) is not None


def report_repeats(draft: QuestionDraft, texts: Sequence[tuple[str, int]], what: str) -> None:
    """An error for each text that was there before, spaces apart."""
    seen: dict[str, int] = {}
    for text, line in texts:
        key = " ".join(text.split())
        if key in seen:
            draft.error(line, f"this {what} is the same as the one in line {seen[key]}: change or remove it")
        seen.setdefault(key, line)
