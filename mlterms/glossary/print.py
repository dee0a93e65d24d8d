"""From a `Term` back to the text of its card, such that `parse_card` gives the same term again.

It is meant for terms that were parsed, or made like one: an option that holds ` — `, say, cannot be written.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from decimal import Decimal

from mlterms.glossary.types import (
    Choice,
    Choices,
    Cloze,
    Draw,
    Numeric,
    Order,
    Predict,
    Question,
    Recall,
    Run,
    Spot,
    Term,
)

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_/.-]*(?: [A-Za-z0-9_/.()+-]+)*")
_PLAIN_EXPRESSION = re.compile(r"[A-Za-z0-9(][A-Za-z0-9_.()]*(?: ?[A-Za-z0-9_.()*/+<>=!%-]|, )*")
_LOOKS_TYPED = re.compile(r"-?\d.*|true|false")


def print_card(term: Term) -> str:
    """The card of a term as an author would write it."""
    lines = ["---", f"title: {_scalar(term.title)}", f"topic: {term.topic}"]
    for key, ids in (("needs", term.needs), ("contrast", term.contrast), ("was", term.was)):
        if ids:
            lines.append(f"{key}: [{', '.join(ids)}]")
    if term.aliases:
        lines.append(f"aliases: [{', '.join(map(_scalar, term.aliases))}]")
    if term.demo:
        lines.append(f"demo: {term.demo}")
    if term.sources:
        lines += ["sources:", *(f"  - {_scalar(source)}" for source in term.sources)]
    parts = ["\n".join([*lines, "---"]), term.definition]
    for section in term.sections:
        parts += [f"## {section.heading}", section.text]
    if term.questions:
        parts.append("## Questions")
        parts += map(print_question, term.questions)
    return "\n\n".join(part for part in parts if part) + "\n"


def print_question(question: Question) -> str:
    """One question with its heading."""
    former = f" (was: {', '.join(question.was)})" if question.was else ""
    body = [question.prompt]
    explain = question.explain
    if isinstance(question, Recall):
        body += ["---", question.answer, "\n".join(f"- [ ] {idea}" for idea in question.ideas)]
    elif isinstance(question, Choice):
        body.append(
            "\n".join(
                f"- [{'x' if option.right else ' '}] {option.text}"
                + (f" — {option.why}" if option.why else "")
                for option in question.options
            )
        )
    elif isinstance(question, Cloze):
        body.append("---" if explain else "")
    elif isinstance(question, Order):
        body.append("\n".join(f"{place}. {step}" for place, step in enumerate(question.steps, 1)))
    elif isinstance(question, Spot):
        body += [_fence("python", question.wrong), _fence("python fixed", question.fixed)]
    elif isinstance(question, Numeric | Predict):
        inside = "\n" not in explain and explain == explain.strip()
        yaml = _numeric(question) if isinstance(question, Numeric) else _predict(question)
        if explain and inside:
            yaml = [*yaml, f"explain: {_quoted(explain)}"]
            explain = ""
        body.append(_fence("yaml", "\n".join(yaml)))
    body.append(explain)
    return "\n\n".join([f"### {question.kind}: {question.slug}{former}", *(part for part in body if part)])


def _numeric(question: Numeric) -> list[str]:
    lines = []
    if question.draw:
        lines += ["draw:", *(f"  {name}: {_drawn(drawn)}" for name, drawn in question.draw.items())]
    if question.require:
        lines.append(f"require: {_expression(question.require)}")
    lines.append(f"answer: {_expression(question.answer)}")
    if question.relative:
        percent = (Decimal(repr(question.relative)) * 100).normalize()
        lines.append(f"tolerance: {percent:f}%")
    elif question.tolerance:
        lines.append(f"tolerance: {Decimal(repr(question.tolerance)):f}")
    if question.slips:
        lines.append("slips:")
        for slip in question.slips:
            lines += [f"  - answer: {_expression(slip.answer)}", f"    says: {_quoted(slip.says)}"]
    return lines


def _predict(question: Predict) -> list[str]:
    lines = [f"demo: {question.demo}", "runs:"]
    for name, run in question.runs.items():
        lines.append(f"  {name}: {_run(run)}")
    lines.append("options:")
    for option in question.options:
        when = _expression(option.when) if option.when else "otherwise"
        lines += [f"  - text: {_quoted(option.text)}", f"    when: {when}"]
    return lines


def _run(run: Run) -> str:
    until = [
        f"{key}: {value}"
        for key, value in (
            ("when", _quoted(run.until.when) if run.until.when else None),
            ("updates", run.until.updates),
            ("epochs", run.until.epochs),
        )
        if value is not None
    ]
    knobs = _pairs(f"{name}: {_knob(value)}" for name, value in run.knobs.items())
    return _pairs([*([f"knobs: {knobs}"] if run.knobs else []), f"until: {_pairs(until)}"])


def _pairs(pairs: Iterable[str]) -> str:
    return "{" + ", ".join(pairs) + "}"


def _knob(value: float | int | bool | str) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _quoted(value) if _LOOKS_TYPED.fullmatch(value) else _scalar(value)
    return repr(value)


def _drawn(draw: Draw) -> str:
    if isinstance(draw, Choices):
        return f"[{', '.join(map(repr, draw.values))}]"
    return f"{{from: {draw.low}, to: {draw.high}, by: {draw.by}}}"


def _fence(info: str, code: str) -> str:
    """A code block whose fence is longer than any in the code."""
    longest = max((len(run) for run in re.findall("`{3,}", code)), default=2)
    mark = "`" * (longest + 1)
    return f"{mark}{info}\n{code}\n{mark}"


def _scalar(text: str) -> str:
    return text if _PLAIN.fullmatch(text) else _quoted(text)


def _expression(text: str) -> str:
    return text if _PLAIN_EXPRESSION.fullmatch(text) else _quoted(text)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
