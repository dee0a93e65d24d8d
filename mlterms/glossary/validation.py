"""From strings with positions to typed values, with pydantic. What does not fit is reported in our words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from mlterms.base.nearest import nearest
from mlterms.glossary.problems import Report
from mlterms.glossary.yaml_tree import Tree

if TYPE_CHECKING:
    from mlterms.glossary.models import FileModel

    Model = TypeVar("Model", bound=FileModel)

# how a key is written, for whoever has written it otherwise
_EXAMPLES = {
    "title": "title: learning rate",
    "summary": "summary: What to learn first, and how.",
    "topic": "topic: optimisation",
    "needs": "needs: [gradient]",
    "contrast": "contrast: [step, batch-size]",
    "aliases": "aliases: [step size]",
    "explains": "explains: [convex]",
    "found_by": "found_by: [clean data]",
    "demo": "demo: learning-rate",
    "sources": "sources: [Bishop 2006, section 5.2]",
    "was": "was: [old-id]",
    "draw": "draw: {n: [8, 16, 32]}",
    "require": "require: n > b",
    "let": "let: {z: w * x + b}",
    "answer": "answer: n / b",
    "tolerance": "tolerance: 0.01",
    "slips": 'slips: [{answer: b / n, says: "that is upside down"}]',
    "says": 'says: "that is upside down"',
    "explain": 'explain: "there are {n} of them"',
    "runs": "runs: {slow: {knobs: {learning_rate: 0.01}, until: {updates: 20}}}",
    "knobs": "knobs: {learning_rate: 0.01}",
    "until": "until: {updates: 20}",
    "updates": "updates: 20",
    "epochs": "epochs: 5",
    "options": 'options: [{text: "yes", when: one.loss < 0.1}, {text: "no", when: otherwise}]',
    "text": 'text: "about the same"',
    "when": "when: one.loss < 0.1",
    "why": 'why: "that is the batch size"',
    "misconception": "misconception: epoch-is-update",
    "from": "from: 1",
    "to": "to: 10",
    "by": "by: 1",
}


def validate(
    model: type[Model],
    tree: Tree,
    report: Report,
    *,
    partly: bool = False,
    examples: Mapping[str, str] = _EXAMPLES,
) -> Model | None:
    """The model made of what was read; None, and errors in the report, where it does not fit.

    partly: leave out what does not fit, if a whole is left without it. examples: how each key is written.
    """
    from pydantic import ValidationError

    try:
        return model.model_validate(tree.value)
    except ValidationError as error:
        wrong = _without_consequences(error.errors(include_url=False, include_input=False))
    for each in wrong:
        report.error(tree.line(each["loc"]), _sentence(each, model, examples))
    if not partly:
        return None
    spoilt = {each["loc"][0] for each in wrong if each["loc"]}
    try:
        return model.model_validate({key: value for key, value in tree.value.items() if key not in spoilt})
    except ValidationError:
        return None


def _without_consequences(errors: list[Any]) -> list[Any]:
    """Without complaints that a list is too short because an entry of it does not fit."""
    places = [each["loc"] for each in errors]
    return [
        each
        for each in errors
        if each["type"] != "too_short"
        or not any(len(loc) > len(each["loc"]) and loc[: len(each["loc"])] == each["loc"] for loc in places)
    ]


def _sentence(error: Mapping[str, Any], model: type[Model], examples: Mapping[str, str]) -> str:
    loc: Sequence[str | int] = error["loc"]
    kind: str = error["type"]
    context = error.get("ctx", {})
    names = [
        part for part in loc if isinstance(part, str) and part not in ("range", "choices", "rows", "[key]")
    ]
    key = names[-1] if names else ""
    example = f": write `{examples[key]}`" if key in examples else ""
    if kind == "extra_forbidden":
        return _unknown(key, loc, model)
    if kind == "missing":
        return f"`{key}` is missing{example}"
    if kind == "value_error":
        return f"`{key}`: {context['error']}" if key else str(context["error"])
    if kind == "string_type":
        return f"`{key}` is text on one line{example}"
    if kind in ("tuple_type", "list_type"):
        return f"`{key}` is a list{example}"
    if kind in ("dict_type", "model_type", "model_attributes_type"):
        return f"`{key}` holds `name: value` pairs{example}"
    if kind in ("too_short", "too_long"):
        wanted = (
            f"at least {context['min_length']}" if kind == "too_short" else f"at most {context['max_length']}"
        )
        return f"`{key}` needs {wanted} entries, and has {context.get('actual_length', 'more')}"
    return f"`{key}` does not fit ({error['msg']}){example}"


def _unknown(key: str, loc: Sequence[str | int], model: type[Model]) -> str:
    above = next((str(part) for part in reversed(loc[:-1]) if part in model.BELOW), "")
    fields = model.BELOW[above].model_fields if above else model.model_fields
    known = [field.alias or name for name, field in fields.items()]
    meant = nearest(key, known)
    instead = f"did you mean `{meant}`?" if meant else f"known are {', '.join(known)}"
    shown = key if len(key) <= 40 else key[:40] + "…"
    return f"`{shown}` is not a key that is known here: {instead}"
