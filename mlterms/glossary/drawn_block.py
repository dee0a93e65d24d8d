"""The yaml block of a question while it is read: the names that it draws or computes, and their uses."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from mlterms.base.nearest import nearest
from mlterms.glossary.draws import PlaceholderError, drawn_values, names_drawn_by, placeholders
from mlterms.glossary.expression import FUNCTIONS, ExpressionError, parse_expression
from mlterms.glossary.lines import Line, find_fence, first_number, split_at_fence
from mlterms.glossary.question_draft import QuestionDraft
from mlterms.glossary.types import OTHERWISE, Choices, Draw, Range, Rows
from mlterms.glossary.yaml_tree import Path, Tree, read_yaml

if TYPE_CHECKING:
    from mlterms.glossary.models import DrawnModel, OptionModel, OutcomeModel

ModelType = TypeVar("ModelType", bound="DrawnModel")

_RESERVED = {*FUNCTIONS, "answer", "otherwise"}


def read_yaml_block(
    draft: QuestionDraft, holds: str
) -> tuple[Sequence[Line], Tree | None, Sequence[Line]] | None:
    """The lines above the yaml block of a question, what is in the block, and the lines below it."""
    fence = find_fence(draft.body, "yaml")
    if fence is None:
        draft.error(draft.line, f"a {draft.kind} question needs a ```yaml block with {holds}")
        return None
    before, code, after = split_at_fence(draft.body, fence)
    first = fence.first + 1 if code else fence.first
    return before, read_yaml(code, first, draft.report), after


@dataclass(frozen=True, slots=True)
class DrawnBlock(Generic[ModelType]):
    """A question with a yaml block that can be used.

    before, after: the lines above and below the block. explanation: the text of the lines below it, "" where
    they are something else.
    """

    before: Sequence[Line]
    after: Sequence[Line]
    prompt: str
    explanation: str
    model: ModelType
    names: DrawnNames


def read_drawn_block(
    draft: QuestionDraft, holds: str, model: type[ModelType], *, explained_below: bool = True
) -> DrawnBlock[ModelType] | None:
    """The parts of a question with a yaml block; None, and errors in the report, where it cannot be used.

    holds: what the block has to have, for the error where there is none. explained_below: whether all lines
    below the block are the explanation.
    """
    from mlterms.glossary.validation import validate

    parts = read_yaml_block(draft, holds)
    if parts is None:
        return None
    before, tree, after = parts
    prompt = draft.text(before, "prompt")
    explanation = draft.explanation(after) if explained_below else ""
    content = tree and validate(model, tree, draft.report)
    if not tree or not content:
        return None
    return DrawnBlock(before, after, prompt, explanation, content, DrawnNames(draft, tree, content))


class DrawnNames:
    """The names of one question. Every method that finds something wrong reports it with its line.

    draw and let: as the question keeps them. decisive: the names on which the right answer depends. shown:
    the names in texts that are read before the answer.
    """

    def __init__(self, draft: QuestionDraft, tree: Tree, model: DrawnModel) -> None:
        self.draft = draft
        self.tree = tree
        self.draw = _as_draws(model)
        self.let = dict(model.let)
        self.decisive: set[str] = set()
        self.shown: set[str] = set()
        self._used: set[str] = set()
        self._inputs: dict[str, frozenset[str]] = {}  # of each name of `let`
        self._groups = [names_drawn_by(key) for key in self.draw]
        self._text: set[str] = set()
        self._check_draws()
        self.all = {*(name for group in self._groups for name in group), *self.let}
        self._numbers = {name for group in self._groups for name in group} - self._text
        for name, expression in self.let.items():
            self._check_name(("let", name), name)
            self._inputs[name] = self.expression(("let", name), expression)
            self._numbers.add(name)
        if model.require:
            self.expression(("require",), model.require, truth=True)

    def _check_draws(self) -> None:
        seen: set[str] = set()
        for key, drawn in self.draw.items():
            path = ("draw", key)
            names = names_drawn_by(key)
            for name in names:
                self._check_name(path, name)
                if name in seen or name in self.let:
                    self._error(path, f"`{name}` is drawn or computed twice: give one of them another name")
                seen.add(name)
            if isinstance(drawn, Rows) and any(len(row) != len(names) for row in drawn.rows):
                self._error(path, f"each row needs {len(names)} values, one for each name: write {_ROWS}")
            elif len(names) > 1 and not isinstance(drawn, Rows):
                self._error(path, f"names that are drawn together need rows of values: write {_ROWS}")
            else:
                self._check_values(path, key, drawn)

    def _check_values(self, path: Path, key: str, drawn: Draw) -> None:
        if isinstance(drawn, Range):
            return
        for name, values in drawn_values(key, drawn).items():
            is_text = [isinstance(value, str) for value in values]
            if any(is_text):
                self._text.add(name)
            if any(is_text) and not all(is_text):
                self._error(
                    path, f"`{name}` is a number here and text there: put all or none of it in quotes"
                )

    def _check_name(self, path: Path, name: str) -> None:
        if name in _RESERVED:
            self._error(path, f"`{name}` has another meaning: draw it under another name")

    def expression(self, path: Path, text: str, *, truth: bool = False) -> frozenset[str]:
        """Check an expression over the names that are numbers. Returns the names in it."""
        names = check_expression(self.draft, self.tree, path, text, self._numbers | self._text, truth=truth)
        for name in sorted(names & self._text):
            self._error(
                path, f"`{name}` is text, which nothing can be calculated from: draw a number beside it"
            )
        self._used |= names
        return names

    def text(self, line: int, text: str, *, also: Collection[str] = (), before: bool = False) -> None:
        """Check the `{name}`s of a text that begins in `line`.

        also: other names that it may use. before: whether it is read before the answer.
        """
        known = {*self.all, *also}
        used: set[str] = set()
        for name, at in find_placeholders(self.draft, line, text):
            if name not in known and name not in used:
                meant = nearest(name, known)
                instead = f"did you mean `{{{meant}}}`?" if meant else "draw it, or write `\\{` for a brace"
                self.draft.error(at, f"`{{{name}}}` is not drawn: {instead}")
            used.add(name)
        self._used |= used
        if before:
            self.shown |= used

    def lines(self, lines: Sequence[Line], *, also: Collection[str] = (), before: bool = False) -> None:
        """The same for the lines of a prompt or an explanation."""
        self.text(first_number(lines, self.draft.line), raw_text(lines), also=also, before=before)

    def use(self, name: str) -> bool:
        """Whether `name` is drawn or computed; it counts as used."""
        self._used.add(name)
        return name in self.all

    def check_use(self) -> None:
        """Report names that are never used, and decisive ones that nobody is shown."""
        together = {name: {*group} for group in self._groups for name in group}
        for name in (*together, *self.let):
            path = ("let", name) if name in self.let else self._path(name)
            if name not in self._used:
                how = "computed" if name in self.let else "drawn"
                self._error(path, f"`{name}` is {how} and never used: use `{{{name}}}`, or leave it out")
        for name in sorted(self._hidden(self.decisive)):
            if not together[name] & self.shown:
                message = (
                    f"the answer depends on `{name}`, which the prompt never shows: write `{{{name}}}` there"
                )
                self._error(self._path(name), message)

    def _hidden(self, names: Collection[str]) -> set[str]:
        """The drawn names behind these that nobody is shown, nor anything computed from them."""
        hidden: set[str] = set()
        waiting, seen = [*names], {*names}
        while waiting:
            name = waiting.pop()
            if name in self.shown:
                continue
            if name not in self._inputs:
                hidden.add(name)
                continue
            waiting += self._inputs[name] - seen
            seen |= self._inputs[name]
        return hidden

    def _path(self, name: str) -> Path:
        return ("draw", next(key for key in self.draw if name in names_drawn_by(key)))

    def _error(self, path: Path, message: str) -> None:
        self.draft.error(self.tree.line(path), message)


_ROWS = "`[a, b]: [[1, 2], [3, 4]]`"


def _as_draws(model: DrawnModel) -> dict[str, Draw]:
    from mlterms.glossary.models import RangeModel

    draws: dict[str, Draw] = {}
    for key, drawn in model.draw.items():
        if isinstance(drawn, RangeModel):
            draws[key] = Range(drawn.low, drawn.high, drawn.by)
        elif isinstance(drawn[0], tuple):
            draws[key] = Rows(drawn)
        else:
            draws[key] = Choices(drawn)
    return draws


def check_expression(
    draft: QuestionDraft, tree: Tree, path: Path, text: str, names: Collection[str], *, truth: bool
) -> frozenset[str]:
    """Check an expression that is a comparison (`truth`) or a number. Returns the names in it."""
    try:
        expression = parse_expression(text, names)
    except ExpressionError as error:
        draft.error(tree.line(path), str(error))
        return frozenset()
    if expression.truth and not truth:
        draft.error(tree.line(path), f"`{text}` is true or false: write an expression that gives a number")
    elif truth and not expression.truth:
        draft.error(tree.line(path), f"`{text}` is a number: write a comparison, such as `{text} > 0`")
    return expression.names


def raw_text(lines: Sequence[Line]) -> str:
    """Their text from the first line that is not blank."""
    start = next((i for i, line in enumerate(lines) if line.text.strip()), len(lines))
    return "\n".join(line.text for line in lines[start:])


def find_placeholders(draft: QuestionDraft, first: int, text: str) -> list[tuple[str, int]]:
    """Each `{name}` of a text that begins in line `first`, with its line. Other braces are errors."""
    found = []
    line, seen = first, 0
    try:
        for name, at in placeholders(text):
            line += text.count("\n", seen, at)
            seen = at
            found.append((name, line))
    except PlaceholderError as error:
        draft.error(line + text.count("\n", seen, error.at), str(error))
    return found


def check_otherwise(names: DrawnNames, options: Sequence[OptionModel | OutcomeModel]) -> None:
    """Report an `otherwise` that is not the last option's."""
    for i, option in enumerate(options[:-1]):
        if option.when == OTHERWISE:
            line = names.tree.line(("options", i, "when"))
            names.draft.error(line, "`otherwise` is for the last option: move it there")


def join_explanation(draft: QuestionDraft, tree: Tree, inside: str, below: str) -> str:
    """The explanation, part of which may be in the yaml block and part below it."""
    if inside and re.match(r"#{1,6}(?:\s|$)|---$|```|~~~", inside):
        draft.error(
            tree.line(("explain",)), "an explanation cannot begin like a heading, a rule or a code block"
        )
    return "\n\n".join(part for part in (inside, below) if part)
