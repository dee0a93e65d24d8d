"""The kinds of question that are written out in full: recall, cloze, order, spot."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mlterms.glossary.lines import Line, find_fence, first_number, is_rule, split_at_fence
from mlterms.glossary.question_draft import STEP, TICK, QuestionDraft, report_repeats, split_at_list
from mlterms.glossary.types import Cloze, Order, Recall, Spot

FEWEST_STEPS, MOST_STEPS = 3, 8

_GAP = re.compile(r"(?<!\{)\{\{([^{}]*)\}\}(?!\})")


def read_recall(draft: QuestionDraft) -> Recall:
    """A recall: the prompt, a line `---`, the model answer and its ideas."""
    cut = _rule(draft.body)
    if cut is None:
        draft.error(
            draft.line, "a recall question needs a line `---` between the prompt and the model answer"
        )
        return Recall(draft.slug, draft.text(draft.body, "prompt"))
    prompt = draft.text(draft.body[:cut], "prompt")
    before, ideas, after = split_at_list(draft, draft.body[cut + 1 :], TICK)
    answer = draft.text(before, "answer")
    for idea in ideas:
        if idea.mark != " ":
            draft.error(idea.line, "the ideas of an answer are ticked by the learner: write `- [ ] idea`")
    if draft.explanation(after):
        draft.error(first_number(after, draft.line), "nothing may follow the ideas: put this above them")
    if not ideas:
        draft.report.warn(
            draft.line, f"{draft.name} has no ideas to tick: list them below the answer as `- [ ] idea`"
        )
    report_repeats(draft, [(idea.text, idea.line) for idea in ideas], "idea")
    return Recall(
        draft.slug,
        prompt,
        was=draft.was,
        line=draft.line,
        answer=answer,
        ideas=tuple(idea.text for idea in ideas),
    )


def read_cloze(draft: QuestionDraft) -> Cloze:
    """A cloze: a sentence with gaps in double braces."""
    cut = _rule(draft.body)
    sentence = draft.body if cut is None else draft.body[:cut]
    prompt = draft.text(sentence, "prompt")
    explain = "" if cut is None else draft.text(draft.body[cut + 1 :], "explanation")
    gaps = []
    errors = draft.report.errors
    for line in sentence:
        for match in _GAP.finditer(line.text):
            accepted = tuple(each.strip() for each in match[1].split("|"))
            if not all(accepted):
                draft.error(
                    line.number, "a gap has an empty answer: write `{{first|second}}`, without a `|` too many"
                )
            gaps.append(accepted)
        if "{{" in _GAP.sub("", line.text):
            draft.error(
                line.number,
                "write a gap as `{{first|second}}`, on one line, with no other brace in it or beside it",
            )
    if prompt and not gaps and draft.report.errors == errors:
        draft.error(draft.line, "a cloze needs a gap: write `{{answer}}` where the word is to be found")
    draft.warn_unexplained(explain)
    return Cloze(draft.slug, prompt, explain, draft.was, draft.line, gaps=tuple(gaps))


def read_order(draft: QuestionDraft) -> Order:
    """An order: a prompt and a numbered list of steps."""
    errors = draft.report.errors
    before, found, after = split_at_list(draft, draft.body, STEP)
    listed = draft.report.errors == errors  # or else the number of items says nothing
    prompt = draft.text(before, "prompt")
    explain = draft.explanation(after)
    if listed and not FEWEST_STEPS <= len(found) <= MOST_STEPS:
        draft.error(
            draft.line,
            f"an order question needs {FEWEST_STEPS} to {MOST_STEPS} steps, and this has {len(found)}: "
            "write them as `1. text`, in the right order",
        )
    for place, item in enumerate(found if listed else (), 1):
        if int(item.mark) != place:
            draft.error(item.line, f"this is step {place}: number the steps 1, 2, 3, in the right order")
            break
    report_repeats(draft, [(item.text, item.line) for item in found], "step")
    draft.warn_unexplained(explain)
    return Order(draft.slug, prompt, explain, draft.was, draft.line, steps=tuple(item.text for item in found))


def read_spot(draft: QuestionDraft) -> Spot:
    """A spot question: two blocks of code, the wrong one and the fixed one."""
    wrong, fixed = find_fence(draft.body, "python"), find_fence(draft.body, "python fixed")
    if wrong is None or fixed is None or fixed.first < wrong.first:
        draft.error(
            draft.line,
            "a spot question needs a ```python block with the wrong line, then a ```python fixed block",
        )
        return Spot(draft.slug, draft.text(draft.body, "prompt"))
    before, code, rest = split_at_fence(draft.body, wrong)
    between, right, after = split_at_fence(rest, fixed)
    prompt = draft.text(before, "prompt")
    if draft.explanation(between):
        draft.error(first_number(between, draft.line), "nothing may be between the two code blocks: move it")
    explain = draft.explanation(after)
    differ = [at for at, (a, b) in enumerate(zip(code, right, strict=False), 1) if a != b]
    if not any(line.strip() for line in code):
        draft.error(wrong.first, "this code block is empty: write the code with the wrong line")
    elif len(code) != len(right):
        draft.error(
            fixed.first,
            f"both code blocks need the same number of lines; here they have {len(code)} and {len(right)}",
        )
    elif len(differ) != 1:
        lines = f": lines {', '.join(map(str, differ[:8]))} do" if differ else ", and none does"
        draft.error(fixed.first, f"the code blocks must differ in exactly one line{lines}")
    draft.warn_unexplained(explain)
    at = differ[0] if differ else 0
    return Spot(
        draft.slug,
        prompt,
        explain,
        draft.was,
        draft.line,
        wrong="\n".join(code),
        fixed="\n".join(right),
        at=at,
    )


def _rule(body: Sequence[Line]) -> int | None:
    """Where the line `---` is."""
    return next((i for i, line in enumerate(body) if is_rule(line)), None)
