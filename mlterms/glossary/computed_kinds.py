"""The kinds of question whose answer is worked out: numeric from drawn numbers, predict by running a demo."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from mlterms.base.nearest import nearest
from mlterms.glossary.drawn_block import (
    DrawnNames,
    check_expression,
    check_otherwise,
    find_placeholders,
    join_explanation,
    raw_text,
    read_drawn_block,
)
from mlterms.glossary.expression import ExpressionError, names_in
from mlterms.glossary.lines import Line, first_number
from mlterms.glossary.names import is_name
from mlterms.glossary.question_draft import QuestionDraft, report_repeats
from mlterms.glossary.types import (
    OTHERWISE,
    UNTIL,
    Numeric,
    Outcome,
    Predict,
    Run,
    Slip,
    Until,
    Value,
)
from mlterms.glossary.yaml_tree import Path, Tree

if TYPE_CHECKING:
    from mlterms.glossary.models import NumericModel, PredictModel, RunModel


def read_numeric(draft: QuestionDraft) -> Numeric | None:
    """A numeric question: a yaml block with the draws and the answer."""
    from mlterms.glossary.models import NumericModel

    block = read_drawn_block(draft, "`answer:`, and `draw:` for its numbers", NumericModel)
    if block is None:
        return None
    names, model = block.names, block.model
    _check_numeric(names, model, block.before, block.after)
    explain = join_explanation(draft, names.tree, model.explain, block.explanation)
    draft.warn_unexplained(explain)
    return Numeric(
        draft.slug,
        block.prompt,
        explain,
        draft.was,
        draft.line,
        draw=names.draw,
        require=model.require,
        let=names.let,
        answer=model.answer,
        tolerance=model.tolerance[0],
        relative=model.tolerance[1],
        slips=tuple(Slip(slip.answer, slip.says, slip.misconception) for slip in model.slips),
    )


def _check_numeric(
    names: DrawnNames, model: NumericModel, before: Sequence[Line], after: Sequence[Line]
) -> None:
    line = names.tree.line
    names.decisive |= names.expression(("answer",), model.answer)
    for i, slip in enumerate(model.slips):
        names.expression(("slips", i, "answer"), slip.answer)
        names.text(line(("slips", i, "says")), slip.says, also={"answer"})
    slips = [(slip.answer, line(("slips", i, "answer"))) for i, slip in enumerate(model.slips)]
    report_repeats(names.draft, slips, "slip")
    names.lines(before, before=True)
    names.text(line(("explain",)), model.explain, also={"answer"})
    names.lines(after, also={"answer"})
    names.check_use()


def read_predict(draft: QuestionDraft) -> Predict | None:
    """A prediction: a yaml block with the demo, its runs and the options."""
    from mlterms.glossary.models import PredictModel

    block = read_drawn_block(draft, "`demo:`, `runs:` and `options:`", PredictModel)
    if block is None:
        return None
    names, model = block.names, block.model
    runs = {name: _run(names, run, ("runs", name)) for name, run in model.runs.items()}
    _check_predict(names, model, block.before, block.after)
    explain = join_explanation(draft, names.tree, model.explain, block.explanation)
    draft.warn_unexplained(explain)
    return Predict(
        draft.slug,
        block.prompt,
        explain,
        draft.was,
        draft.line,
        draw=names.draw,
        require=model.require,
        let=names.let,
        demo=model.demo,
        runs=runs,
        options=tuple(
            Outcome(option.text, "" if option.when == OTHERWISE else option.when, option.misconception)
            for option in model.options
        ),
    )


def _check_predict(
    names: DrawnNames, model: PredictModel, before: Sequence[Line], after: Sequence[Line]
) -> None:
    draft, tree = names.draft, names.tree
    runs = model.runs.keys()
    for i, option in enumerate(model.options):
        path: Path = ("options", i, "when")
        if option.when != OTHERWISE:
            measures = _measures(draft, tree, path, option.when, runs)
            check_expression(draft, tree, path, option.when, measures, truth=True)
    check_otherwise(names, model.options)
    texts = [(option.text, tree.line(("options", i, "text"))) for i, option in enumerate(model.options)]
    report_repeats(draft, texts, "option")
    if names.all:  # where nothing is drawn, a brace in prompt and options is just a brace
        names.lines(before, before=True)
        for text, line in texts:
            names.text(line, text, before=True)
    for line, text in (
        (tree.line(("explain",)), model.explain),
        (first_number(after, draft.line), raw_text(after)),
    ):
        _check_measures_shown(names, line, text, runs)
    names.check_use()


def _check_measures_shown(names: DrawnNames, first: int, text: str, runs: Collection[str]) -> None:
    for name, line in find_placeholders(names.draft, first, text):
        run, _, measure = name.partition(".")
        if not measure and names.use(name):
            continue
        if not measure or run not in runs:
            example = f"{next(iter(runs))}.{measure or name}"
            names.draft.error(line, f"`{{{name}}}` is not a measure of a run: write it like `{{{example}}}`")


def _measures(draft: QuestionDraft, tree: Tree, where: Path, text: str, runs: Collection[str]) -> set[str]:
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
            draft.error(tree.line(where), f"`{name}` is not a measure of a run: write it like `{example}`")
    return set(names)


def _run(names: DrawnNames, run: RunModel, where: Path) -> Run:
    draft, tree, until = names.draft, names.tree, run.until
    if until.when:
        here: Path = (*where, "until", "when")
        measures: Collection[str] = ()
        with suppress(ExpressionError):  # parse_expression says it
            measures = names_in(until.when)
        for name in measures:
            if "." in name:
                draft.error(
                    tree.line(here), f"a run knows its own measures only: write `{name.rpartition('.')[2]}`"
                )
        check_expression(draft, tree, here, until.when, measures, truth=True)
    knobs: dict[str, Value] = {}
    drawn: dict[str, str] = {}
    for knob, text in run.knobs.items():
        if tree.is_quoted((*where, "knobs", knob)):
            knobs[knob] = text
        elif names.use(text):
            drawn[knob] = text
        else:
            knobs[knob] = _knob(text)
    ends: dict[str, int] = {}
    for key, end in (("updates", until.updates), ("epochs", until.epochs)):
        if isinstance(end, str):
            drawn[UNTIL + key] = end
            if not names.use(end):
                message = f"`{end}` is not drawn: write a whole number, or draw it"
                draft.error(tree.line((*where, "until", key)), message)
        elif end is not None:
            ends[key] = end
    names.decisive |= {*drawn.values()} & names.all
    return Run(knobs, Until(ends.get("updates"), ends.get("epochs"), until.when), drawn)


def _knob(text: str) -> Value:
    """What plain text of a knob means: true, false, a number, or a word."""
    from mlterms.glossary.models import number

    if text in ("true", "false"):
        return text == "true"
    try:
        return number(text)
    except ValueError:
        return text
