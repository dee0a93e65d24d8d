"""Reading a choice: its options as a list of ticks, or in a yaml block, where each has its `when`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from mlterms.glossary.drawn_block import DrawnNames, check_otherwise, join_explanation, read_drawn_block
from mlterms.glossary.lines import Line, code_spans, find_fence, first_number
from mlterms.glossary.question_draft import (
    MOST_OPTIONS,
    TICK,
    Item,
    QuestionDraft,
    report_repeats,
    split_at_list,
)
from mlterms.glossary.types import OTHERWISE, Choice, Option
from mlterms.glossary.yaml_tree import Path

if TYPE_CHECKING:
    from mlterms.glossary.models import OptionModel

_MISCONCEPTION = re.compile(r"(.*\S) +\{#([^{}]*)\}")


def read_choice(draft: QuestionDraft) -> Choice | None:
    """A choice: its options as a list of ticks, or a yaml block in which each has its `when`."""
    if find_fence(draft.body, "yaml"):
        return _drawn_choice(draft)
    before, options, lines, after = _read_options(draft, draft.body)
    prompt = draft.text(before, "prompt")
    explain = draft.explanation(after)
    _check_alike(draft, options, lines)
    draft.warn_unexplained(explain or _explains(options))
    return Choice(draft.slug, prompt, explain, draft.was, draft.line, options=tuple(options))


def _read_options(
    draft: QuestionDraft, body: Sequence[Line]
) -> tuple[Sequence[Line], list[Option], list[int], Sequence[Line]]:
    """The lines above the list of options, the options and their lines, and the lines below."""
    errors = draft.report.errors
    before, found, after = split_at_list(draft, body, TICK)
    listed = draft.report.errors == errors  # or else the number of items says nothing
    options = [_option(draft, item) for item in found]
    right = sum(option.right for option in options)
    if listed and not 2 <= len(options) <= MOST_OPTIONS:
        draft.error(
            draft.line,
            f"a choice needs 2 to {MOST_OPTIONS} options, and this has {len(options)}: "
            "write `- [x] text` for a right one, `- [ ] text — why not` for a wrong one",
        )
    elif listed and right in (0, len(options)):
        missing = "right one: write `- [x] text`" if not right else "wrong one: write `- [ ] text — why not`"
        draft.error(found[0].line, f"this choice has no {missing}")
    return before, options, [item.line for item in found], after


def _option(draft: QuestionDraft, item: Item) -> Option:
    """`text — why {#misconception}`, of which the last two may be missing."""
    line, misconception = item.text, ""
    if tagged := _MISCONCEPTION.fullmatch(line):
        line, misconception = tagged[1], draft.misconception(tagged[2], item.line)
    text, why = split_why(line)
    if (line == "—" or line.startswith("— ") or line.endswith(" —")) and line:
        draft.error(item.line, "write an option as `text — why`, or leave out the ` —`")
    return Option(text, item.mark != " ", why, misconception=misconception)


def split_why(text: str) -> tuple[str, str]:
    """An option's text and its reason: cut at the first ` — ` that is not within backticks."""
    code = code_spans(text)
    for match in re.finditer(" — ", text):
        if not any(start < match.start() < end for start, end in code):
            return text[: match.start()].strip(), text[match.end() :].strip()
    return text, ""


def _drawn_choice(draft: QuestionDraft) -> Choice | None:
    """A choice that draws. Its options are a list below the yaml block, or are in it with their `when`."""
    from mlterms.glossary.models import ChoiceModel

    block = read_drawn_block(draft, "`draw:`", ChoiceModel, explained_below=False)
    if block is None:
        return None
    names, model, before, after = block.names, block.model, block.before, block.after
    tree = names.tree
    names.lines(before, before=True)
    if model.options is None:
        between, options, lines, below = _read_options(draft, after)
        if draft.explanation(between):
            line = first_number(between, draft.line)
            draft.error(line, "nothing may be between the yaml block and the options: move it up")
    else:
        _check_no_list(draft, after)
        options, below = _tested_options(names, model.options), after
        lines = [tree.line(("options", i)) for i in range(len(options))]
    for option, line in zip(options, lines, strict=True):
        names.text(line, option.text, before=True)
        names.text(line, option.why)
    _check_alike(draft, options, lines)
    names.text(tree.line(("explain",)), model.explain)
    names.lines(below)
    names.check_use()
    explain = join_explanation(draft, tree, model.explain, draft.explanation(below))
    draft.warn_unexplained(explain or _explains(options))
    return Choice(
        draft.slug,
        block.prompt,
        explain,
        draft.was,
        draft.line,
        draw=names.draw,
        require=model.require,
        let=names.let,
        options=tuple(options),
    )


def _tested_options(names: DrawnNames, models: Sequence[OptionModel]) -> list[Option]:
    """Options that are right where their `when` is true."""
    options = []
    for i, model in enumerate(models):
        path: Path = ("options", i, "when")
        if model.when != OTHERWISE:
            names.decisive |= names.expression(path, model.when, truth=True)
        options.append(Option(model.text, False, model.why, model.when, model.misconception))
    check_otherwise(names, models)
    return options


def _check_no_list(draft: QuestionDraft, lines: Sequence[Line]) -> None:
    for line in lines:
        if line.fence is None and TICK.fullmatch(line.text):
            draft.error(line.number, "the options are in the yaml block already: leave this list out")
            return


def _check_alike(draft: QuestionDraft, options: Sequence[Option], lines: Sequence[int]) -> None:
    report_repeats(
        draft, [(option.text, line) for option, line in zip(options, lines, strict=True)], "option"
    )


def _explains(options: Sequence[Option]) -> bool:
    if any(option.when for option in options):
        return all(option.why for option in options)
    wrong = [option for option in options if not option.right]
    return any(option.why for option in options if option.right) or all(option.why for option in wrong)
