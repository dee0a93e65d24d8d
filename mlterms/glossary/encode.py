"""Terms and questions as JSON and back, for the index and the log: straight into the dataclasses, quickly."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from mlterms.glossary.types import (
    Choice,
    Choices,
    Cloze,
    Draw,
    Numeric,
    Option,
    Order,
    Outcome,
    Predict,
    Question,
    Range,
    Recall,
    Run,
    Section,
    Slip,
    Spot,
    Term,
    Until,
)

Json = dict[str, Any]


def to_json(item: Term | Question) -> str:
    """`item` as one line of JSON."""
    content = _term(item) if isinstance(item, Term) else _question(item)
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def question_from_json(text: str) -> Question:
    """The question that `to_json` wrote."""
    return _read_question(json.loads(text))


def term_from_json(text: str) -> Term:
    """The term that `to_json` wrote."""
    read: Json = json.loads(text)
    questions = tuple(map(_read_question, read.pop("questions")))
    sections = tuple(Section(*each) for each in read.pop("sections"))
    tuples: Json = {key: tuple(read.pop(key)) for key in ("needs", "contrast", "aliases", "sources", "was")}
    return Term(sections=sections, questions=questions, **tuples, **read)


def fingerprint(question: Question) -> str:
    """A short hash of all that a question says; its place in the file and its former ids leave it alone."""
    import hashlib  # 4 ms, and not needed for a question to be asked

    content = _question(question)
    del content["line"], content["was"]
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _term(term: Term) -> Json:
    return {
        "id": term.id,
        "title": term.title,
        "topic": term.topic,
        "definition": term.definition,
        "sections": [(section.heading, section.text, section.line) for section in term.sections],
        "questions": [_question(question) for question in term.questions],
        "needs": term.needs,
        "contrast": term.contrast,
        "aliases": term.aliases,
        "sources": term.sources,
        "was": term.was,
        "demo": term.demo,
        "path": term.path,
    }


def _question(question: Question) -> Json:
    content: Json = {
        "kind": question.kind,
        "slug": question.slug,
        "prompt": question.prompt,
        "explain": question.explain,
        "was": question.was,
        "line": question.line,
    }
    match question:
        case Recall():
            content |= {"answer": question.answer, "ideas": question.ideas}
        case Cloze():
            content["gaps"] = question.gaps
        case Choice():
            content["options"] = [(option.text, option.right, option.why) for option in question.options]
        case Numeric():
            content |= {
                "draw": {name: _draw(drawn) for name, drawn in question.draw.items()},
                "answer": question.answer,
                "require": question.require,
                "tolerance": question.tolerance,
                "relative": question.relative,
                "slips": [(slip.answer, slip.says) for slip in question.slips],
            }
        case Predict():
            content |= {
                "demo": question.demo,
                "runs": {
                    name: [dict(run.knobs), run.until.updates, run.until.epochs, run.until.when]
                    for name, run in question.runs.items()
                },
                "options": [(option.text, option.when) for option in question.options],
            }
        case Order():
            content["steps"] = question.steps
        case Spot():
            content |= {"wrong": question.wrong, "fixed": question.fixed, "at": question.at}
    return content


def _draw(draw: Draw) -> Any:
    return draw.values if isinstance(draw, Choices) else {"low": draw.low, "high": draw.high, "by": draw.by}


def _read_question(read: Json) -> Question:
    return _KINDS[read.pop("kind")](read | {"was": tuple(read["was"])})


def _recall(read: Json) -> Recall:
    return Recall(ideas=tuple(read.pop("ideas")), **read)


def _cloze(read: Json) -> Cloze:
    return Cloze(gaps=tuple(map(tuple, read.pop("gaps"))), **read)


def _choice(read: Json) -> Choice:
    return Choice(options=tuple([Option(*each) for each in read.pop("options")]), **read)


def _numeric(read: Json) -> Numeric:
    draw: dict[str, Draw] = {
        name: Range(**each) if isinstance(each, dict) else Choices(tuple(each))
        for name, each in read.pop("draw").items()
    }
    return Numeric(draw=draw, slips=tuple([Slip(*each) for each in read.pop("slips")]), **read)


def _predict(read: Json) -> Predict:
    runs = {name: Run(knobs, Until(*until)) for name, (knobs, *until) in read.pop("runs").items()}
    return Predict(runs=runs, options=tuple([Outcome(*each) for each in read.pop("options")]), **read)


def _order(read: Json) -> Order:
    return Order(steps=tuple(read.pop("steps")), **read)


def _spot(read: Json) -> Spot:
    return Spot(**read)


_KINDS: dict[str, Callable[[Json], Question]] = {
    "recall": _recall,
    "cloze": _cloze,
    "choice": _choice,
    "numeric": _numeric,
    "predict": _predict,
    "order": _order,
    "spot": _spot,
}
