"""The kinds of question whose answer is worked out: numeric from drawn numbers, predict by running a demo."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from mlterms.glossary.draft import Draft, alike
from mlterms.glossary.draws import PlaceholderError, placeholders
from mlterms.glossary.expression import FUNCTIONS, ExpressionError, names_in, parse_expression
from mlterms.glossary.lines import Line, around, find_fence, first_number
from mlterms.glossary.names import is_name
from mlterms.glossary.problems import nearest
from mlterms.glossary.types import Choices, Numeric, Outcome, Predict, Range, Run, Slip, Until
from mlterms.glossary.yaml_tree import Path, Tree, read_yaml

if TYPE_CHECKING:
    from mlterms.glossary.shapes import NumericShape, PredictShape, RunShape

_RESERVED = {*FUNCTIONS, "answer"}


def numeric(draft: Draft) -> Numeric | None:
    from mlterms.glossary.shapes import NumericShape, RangeShape
    from mlterms.glossary.typed import typed

    parts = _yaml_block(draft, "`answer:`, and `draw:` for its numbers")
    if parts is None:
        return None
    before, tree, after = parts
    prompt = draft.text(before, "prompt")
    below = draft.explanation(after)
    shape = tree and typed(NumericShape, tree, draft.report)
    if not tree or not shape:
        return None
    _check_numeric(draft, shape, tree, before, after)
    explain = _both(draft, tree, shape.explain, below)
    draft.warn_unexplained(explain)
    return Numeric(
        draft.slug,
        prompt,
        explain,
        draft.was,
        draft.line,
        draw={
            name: Range(drawn.low, drawn.high, drawn.by) if isinstance(drawn, RangeShape) else Choices(drawn)
            for name, drawn in shape.draw.items()
        },
        answer=shape.answer,
        require=shape.require,
        tolerance=shape.tolerance[0],
        relative=shape.tolerance[1],
        slips=tuple(Slip(slip.answer, slip.says) for slip in shape.slips),
    )


def _check_numeric(
    draft: Draft, shape: NumericShape, tree: Tree, before: Sequence[Line], after: Sequence[Line]
) -> None:
    names = shape.draw.keys()
    for name in names:
        if name in _RESERVED:
            draft.error(
                tree.line(("draw", name)), f"`{name}` has a meaning of its own: draw it under another name"
            )
    decides = _expression(draft, tree, ("answer",), shape.answer, names, truth=False)
    used = set(decides)
    if shape.require:
        used |= _expression(draft, tree, ("require",), shape.require, names, truth=True)
    for i, slip in enumerate(shape.slips):
        used |= _expression(draft, tree, ("slips", i, "answer"), slip.answer, names, truth=False)
        used |= _braces(draft, tree.line(("slips", i, "says")), slip.says, {*names, "answer"})
    alike(
        draft,
        [(slip.answer, tree.line(("slips", i, "answer"))) for i, slip in enumerate(shape.slips)],
        "slip",
    )
    shown = _braces(draft, first_number(before, draft.line), _raw(before), names)
    used |= shown
    used |= _braces(draft, tree.line(("explain",)), shape.explain, {*names, "answer"})
    used |= _braces(draft, first_number(after, draft.line), _raw(after), {*names, "answer"})
    for name in names:
        if name not in used:
            draft.error(
                tree.line(("draw", name)),
                f"`{name}` is drawn and never used: use `{{{name}}}`, or leave it out",
            )
        elif name in decides and name not in shown:
            draft.error(
                tree.line(("draw", name)),
                f"the answer depends on `{name}`, which the prompt never shows: write `{{{name}}}` there",
            )


def predict(draft: Draft) -> Predict | None:
    from mlterms.glossary.shapes import PredictShape
    from mlterms.glossary.typed import typed

    parts = _yaml_block(draft, "`demo:`, `runs:` and `options:`")
    if parts is None:
        return None
    before, tree, after = parts
    prompt = draft.text(before, "prompt")
    below = draft.explanation(after)
    shape = tree and typed(PredictShape, tree, draft.report)
    if not tree or not shape:
        return None
    _check_predict(draft, shape, tree, after)
    explain = _both(draft, tree, shape.explain, below)
    draft.warn_unexplained(explain)
    return Predict(
        draft.slug,
        prompt,
        explain,
        draft.was,
        draft.line,
        demo=shape.demo,
        runs={name: _run(draft, run, tree, ("runs", name)) for name, run in shape.runs.items()},
        options=tuple(
            Outcome(option.text, "" if option.when == "otherwise" else option.when)
            for option in shape.options
        ),
    )


def _check_predict(draft: Draft, shape: PredictShape, tree: Tree, after: Sequence[Line]) -> None:
    runs = shape.runs.keys()
    options = shape.options
    for i, option in enumerate(options):
        where: Path = ("options", i, "when")
        if option.when != "otherwise":
            _expression(
                draft, tree, where, option.when, _measures(draft, tree, where, option.when, runs), truth=True
            )
        elif i != len(options) - 1:
            draft.error(tree.line(where), "`otherwise` is for the last option: move it there")
    alike(
        draft,
        [(option.text, tree.line(("options", i, "text"))) for i, option in enumerate(options)],
        "option",
    )
    for lines, text in (
        (tree.line(("explain",)), shape.explain),
        (first_number(after, draft.line), _raw(after)),
    ):
        for name, line in _names(draft, lines, text):
            run, _, measure = name.partition(".")
            if not measure or run not in runs:
                example = f"{next(iter(runs))}.{measure or name}"
                draft.error(line, f"`{{{name}}}` is no measure of a run: write it like `{{{example}}}`")


def _measures(draft: Draft, tree: Tree, where: Path, text: str, runs: Collection[str]) -> set[str]:
    """The `run.measure` names in an expression; an error for one that is none."""
    try:
        names = names_in(text)
    except ExpressionError:
        return set()  # parse_expression says it
    for name in names:
        run, _, measure = name.partition(".")
        if run not in runs or not is_name(measure):
            meant = (nearest(run, runs) if measure else "") or next(iter(runs))
            example = f"{meant}.{measure if is_name(measure) else run}"
            draft.error(tree.line(where), f"`{name}` is no measure of a run: write it like `{example}`")
    return set(names)


def _run(draft: Draft, run: RunShape, tree: Tree, where: Path) -> Run:
    until = run.until
    if until.when:
        here: Path = (*where, "until", "when")
        names: Collection[str] = ()
        with suppress(ExpressionError):  # parse_expression says it
            names = names_in(until.when)
        for name in names:
            if "." in name:
                draft.error(
                    tree.line(here), f"a run knows its own measures only: write `{name.rpartition('.')[2]}`"
                )
        _expression(draft, tree, here, until.when, names, truth=True)
    knobs: dict[str, float | int | bool | str] = {
        name: text if (*where, "knobs", name) in tree.quoted else _knob(text)
        for name, text in run.knobs.items()
    }
    return Run(knobs, Until(until.updates, until.epochs, until.when))


def _knob(text: str) -> float | int | bool | str:
    """What plain text of a knob means: true, false, a number, or a word."""
    from mlterms.glossary.shapes import number

    if text in ("true", "false"):
        return text == "true"
    try:
        return number(text)
    except ValueError:
        return text


def _yaml_block(draft: Draft, holds: str) -> tuple[Sequence[Line], Tree | None, Sequence[Line]] | None:
    fence = find_fence(draft.body, "yaml")
    if fence is None:
        draft.error(draft.line, f"a {draft.kind} question needs a ```yaml block with {holds}")
        return None
    before, code, after = around(draft.body, fence)
    first = fence.first + 1 if code else fence.first
    return before, read_yaml(code, first, draft.report), after


def _both(draft: Draft, tree: Tree, inside: str, below: str) -> str:
    """The explanation, of which a part may stand in the yaml block and a part below it."""
    if inside and re.match(r"#{1,6}(?:\s|$)|---$|```|~~~", inside):
        draft.error(
            tree.line(("explain",)), "an explanation cannot begin like a heading, a rule or a code block"
        )
    return "\n\n".join(part for part in (inside, below) if part)


def _expression(
    draft: Draft, tree: Tree, where: Path, text: str, names: Collection[str], *, truth: bool
) -> frozenset[str]:
    """Check an expression; the names that it uses."""
    try:
        expression = parse_expression(text, names)
    except ExpressionError as error:
        draft.error(tree.line(where), str(error))
        return frozenset()
    if expression.truth and not truth:
        draft.error(tree.line(where), f"`{text}` is true or false: write an expression that gives a number")
    elif truth and not expression.truth:
        draft.error(tree.line(where), f"`{text}` is a number: write a comparison, such as `{text} > 0`")
    return expression.names


def _raw(lines: Sequence[Line]) -> str:
    """Their text from the first line that is not blank."""
    start = next((i for i, line in enumerate(lines) if line.text.strip()), len(lines))
    return "\n".join(line.text for line in lines[start:])


def _braces(draft: Draft, first: int, text: str, names: Collection[str]) -> set[str]:
    """Check the `{name}`s of a text that begins in line `first`; the names that it uses."""
    used: set[str] = set()
    for name, line in _names(draft, first, text):
        if name not in names and name not in used:
            meant = nearest(name, names)
            instead = f"did you mean `{{{meant}}}`?" if meant else "draw it, or write `\\{` for a brace"
            draft.error(line, f"`{{{name}}}` is not drawn: {instead}")
        used.add(name)
    return used


def _names(draft: Draft, first: int, text: str) -> list[tuple[str, int]]:
    """Each `{name}` with its line; an error at the first brace that is none."""
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
