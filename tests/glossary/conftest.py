"""From a `Term` back to the text of its card, such that `parse_card` gives the same term again.

It is meant for terms that were parsed, or built like one: an option that contains ` — ` cannot be written.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from decimal import Decimal

from mlterms.glossary.draws import names_drawn_by
from mlterms.glossary.parse import CHECK
from mlterms.glossary.types import (
    OTHERWISE,
    UNTIL,
    Choice,
    Choices,
    Cloze,
    Draw,
    DrawnQuestion,
    Numeric,
    Option,
    Order,
    Predict,
    Question,
    Range,
    Recall,
    Run,
    Spot,
    Term,
    Value,
)

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_/.-]*(?: [A-Za-z0-9_/.()+-]+)*")
_PLAIN_EXPRESSION = re.compile(r"[A-Za-z0-9(][A-Za-z0-9_.()]*(?: ?[A-Za-z0-9_.()*/+<>=!%-]|, )*")


def print_card(term: Term) -> str:
    """The card of a term as an author would write it."""
    lines = ["---", f"title: {_scalar(term.title)}", f"topic: {term.topic}"]
    for key, ids in (("needs", term.needs), ("contrast", term.contrast), ("was", term.was)):
        if ids:
            lines.append(f"{key}: [{', '.join(ids)}]")
    names_of = (("aliases", term.aliases), ("explains", term.explains), ("found_by", term.found_by))
    for key, names in names_of:
        if names:
            lines.append(f"{key}: [{', '.join(map(_scalar, names))}]")
    if term.demo:
        lines.append(f"demo: {term.demo}")
    if term.sources:
        lines += ["sources:", *(f"  - {_scalar(source)}" for source in term.sources)]
    parts = ["\n".join([*lines, "---"]), term.definition]
    for section in term.sections:
        parts += [f"## {section.heading}", section.text]
    parts += [_fence(CHECK, check.code) for check in term.checks]
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
    elif isinstance(question, Cloze):
        body.append("---" if explain else "")
    elif isinstance(question, Order):
        body.append("\n".join(f"{place}. {step}" for place, step in enumerate(question.steps, 1)))
    elif isinstance(question, Spot):
        body += [_fence("python", question.wrong), _fence("python fixed", question.fixed)]
    elif isinstance(question, DrawnQuestion):
        yaml = _yaml(question)
        if explain and (yaml or not isinstance(question, Choice)) and _fits_a_line(explain):
            yaml = [*yaml, f"explain: {_quoted(explain)}"]
            explain = ""
        body.append(_fence("yaml", "\n".join(yaml)) if yaml else "")
        if isinstance(question, Choice) and not _is_tested(question):
            body.append("\n".join(map(_option, question.options)))
    body.append(explain)
    return "\n\n".join([f"### {question.kind}: {question.slug}{former}", *(part for part in body if part)])


def _fits_a_line(text: str) -> bool:
    return "\n" not in text and text == text.strip()


def _yaml(question: DrawnQuestion) -> list[str]:
    """The lines of the yaml block without the explanation."""
    lines: list[str] = []
    if question.draw:
        lines += ["draw:", *(f"  {_key(names)}: {_drawn(drawn)}" for names, drawn in question.draw.items())]
    if question.require:
        lines.append(f"require: {_expression(question.require)}")
    if question.let:
        lines += ["let:", *(f"  {name}: {_expression(text)}" for name, text in question.let.items())]
    if isinstance(question, Numeric):
        lines += _numeric(question)
    elif isinstance(question, Predict):
        lines += _predict(question)
    elif isinstance(question, Choice) and _is_tested(question):
        lines += ["options:", *(line for option in question.options for line in _tested(option))]
    return lines


def _is_tested(question: Choice) -> bool:
    return any(option.when for option in question.options)


def _option(option: Option) -> str:
    why = f" — {option.why}" if option.why else ""
    misconception = f" {{#{option.misconception}}}" if option.misconception else ""
    return f"- [{'x' if option.right else ' '}] {option.text}{why}{misconception}"


def _tested(option: Option) -> list[str]:
    lines = [f"  - text: {_quoted(option.text)}", f"    when: {_expression(option.when)}"]
    if option.why:
        lines.append(f"    why: {_quoted(option.why)}")
    return lines + _misconception(option.misconception)


def _misconception(name: str) -> list[str]:
    return [f"    misconception: {name}"] if name else []


def _numeric(question: Numeric) -> list[str]:
    lines = [f"answer: {_expression(question.answer)}"]
    if question.relative:
        percent = (Decimal(repr(question.relative)) * 100).normalize()
        lines.append(f"tolerance: {percent:f}%")
    elif question.tolerance:
        lines.append(f"tolerance: {Decimal(repr(question.tolerance)):f}")
    if question.slips:
        lines.append("slips:")
        for slip in question.slips:
            lines += [f"  - answer: {_expression(slip.answer)}", f"    says: {_quoted(slip.says)}"]
            lines += _misconception(slip.misconception)
    return lines


def _predict(question: Predict) -> list[str]:
    lines = [f"demo: {question.demo}", "runs:"]
    for name, run in question.runs.items():
        lines.append(f"  {name}: {_run(run)}")
    lines.append("options:")
    for option in question.options:
        when = _expression(option.when) if option.when else OTHERWISE
        lines += [f"  - text: {_quoted(option.text)}", f"    when: {when}"]
        lines += _misconception(option.misconception)
    return lines


def _run(run: Run) -> str:
    ends = {
        "when": _quoted(run.until.when) if run.until.when else None,
        "updates": run.until.updates,
        "epochs": run.until.epochs,
    }
    knobs = {name: _knob(value) for name, value in run.knobs.items()}
    for key, drawn in run.drawn.items():
        if key.startswith(UNTIL):
            ends[key.removeprefix(UNTIL)] = drawn
        else:
            knobs[key] = drawn
    until = _pairs(f"{key}: {value}" for key, value in ends.items() if value is not None)
    pairs = [f"knobs: {_pairs(f'{name}: {text}' for name, text in knobs.items())}"] if knobs else []
    return _pairs([*pairs, f"until: {until}"])


def _pairs(pairs: Iterable[str]) -> str:
    return "{" + ", ".join(pairs) + "}"


def _knob(value: Value) -> str:
    if isinstance(value, str):
        return _quoted(value)  # without quotes it might be the name of something drawn
    return _value(value)


def _value(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return _quoted(value) if isinstance(value, str) else repr(value)


def _key(names: str) -> str:
    return f"[{names}]" if len(names_drawn_by(names)) > 1 else names


def _drawn(draw: Draw) -> str:
    if isinstance(draw, Range):
        return f"{{from: {draw.low}, to: {draw.high}, by: {draw.by}}}"
    if isinstance(draw, Choices):
        return _list(draw.values)
    return f"[{', '.join(map(_list, draw.rows))}]"


def _list(values: Iterable[Value]) -> str:
    return f"[{', '.join(map(_value, values))}]"


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
