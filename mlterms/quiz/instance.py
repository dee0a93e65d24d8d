"""Making a question concrete: numbers drawn, options shuffled, the prompt as it is read.

`pack` is what the log and the open sitting keep of an instance. `unpack` brings the same instance back, also
after a crash.
"""

from __future__ import annotations

import os
import random
import re
from collections.abc import Mapping
from typing import Any

from mlterms.base.ids import QuestionId, term_of
from mlterms.base.record import record
from mlterms.glossary.draws import Values, draw, fill_placeholders, settle
from mlterms.glossary.encode import fingerprint
from mlterms.glossary.types import Choice, Cloze, DrawnQuestion, Numeric, Order, Predict, Question

_GAP = re.compile(r"\{\{.*?\}\}", re.DOTALL)


@record
class Instance:
    """A question as it is asked one time.

    id: `deck:term/slug`. title: the term's, as shown. question: of a choice or prediction that draws, what it
    has become with the drawn values. values: name → what was drawn or computed.
    order: the shown position of each option or step: `order[0]` is the index of the one that is shown first.
    seed: what the draw, the shuffle and the runs of a prediction came from. version: hash of the question.
    """

    id: QuestionId
    title: str
    question: Question
    seed: int
    values: Values
    order: tuple[int, ...]
    version: str

    @property
    def term(self) -> str:
        """The global id of the term, `deck:term`."""
        return term_of(self.id)

    @property
    def prompt(self) -> str:
        """The prompt as Markdown: numbers filled in, gaps blank (numbered where there are several)."""
        if isinstance(self.question, Numeric):
            return fill_placeholders(self.question.prompt, self.values)
        if isinstance(self.question, Cloze):
            return blank_gaps(self.question.prompt, len(self.question.gaps))
        return self.question.prompt

    @property
    def options(self) -> tuple[str, ...]:
        """What there is to pick from or to put in order, as shown; empty for the other kinds."""
        texts = _options(self.question)
        return tuple(texts[i] for i in self.order)

    def pack(self) -> dict[str, Any]:
        """JSON of what was asked; `unpack` reads it."""
        return {
            "kind": self.question.kind,
            "seed": self.seed,
            "values": dict(self.values),
            "order": list(self.order),
            "question_hash": self.version,
        }


def blank_gaps(prompt: str, count: int) -> str:
    """`prompt` with a line for each `{{gap}}`, numbered from 1 where there is more than one."""
    numbers = iter(range(1, count + 1))
    return _GAP.sub(lambda _: f"({next(numbers)}) ____" if count > 1 else "____", prompt)


def fill_gaps(question: Cloze) -> str:
    """The sentence of a cloze with the first accepted answer in each gap."""
    answers = iter(question.gaps)
    return _GAP.sub(lambda _: next(answers)[0], question.prompt)


def text_after_gap(question: Cloze, number: int) -> str:
    """What follows the gap of that number, from 0, up to the next gap."""
    return _GAP.split(question.prompt)[number + 1]


def fresh_seed() -> int:
    """A random seed of 31 bits. (`secrets` takes 3 ms to import.)"""
    return int.from_bytes(os.urandom(4), "big") >> 1


def make(question_id: QuestionId, title: str, question: Question, seed: int) -> Instance:
    """A fresh instance; the same seed gives the same one. Raises MltermsError if no draw is admissible."""
    rng = random.Random(seed)
    values = draw(question, rng) if isinstance(question, DrawnQuestion) else {}
    settled = settle(question, values)
    return Instance(
        question_id, title, settled, seed, values, _shuffle_options(question, rng), fingerprint(question)
    )


def unpack(
    question_id: QuestionId, title: str, question: Question, packed: Mapping[str, Any]
) -> Instance | None:
    """The instance that `pack` kept, or None if the question has changed since.

    Raises KeyError, TypeError or ValueError for what `pack` cannot have made: a file may hold anything.
    """
    version = fingerprint(question)
    if packed.get("question_hash") != version:
        return None
    seed, values, order = packed["seed"], dict(packed["values"]), tuple(packed["order"])
    if type(seed) is not int or not all(type(value) in (int, float, str) for value in values.values()):
        raise TypeError("a seed is a number, and values are numbers or words")
    if isinstance(question, DrawnQuestion) and values.keys() != draw(question, random.Random(seed)).keys():
        raise ValueError("each name that is drawn has a value")
    if sorted(order) != list(range(len(_options(question)))) or not all(type(each) is int for each in order):
        raise ValueError("an order holds each place once")
    return Instance(question_id, title, settle(question, values), seed, values, order, version)


def _options(question: Question) -> tuple[str, ...]:
    if isinstance(question, Choice | Predict):
        return tuple(option.text for option in question.options)
    return question.steps if isinstance(question, Order) else ()


def _shuffle_options(question: Question, rng: random.Random) -> tuple[int, ...]:
    count = len(_options(question))
    order = list(range(count))
    if isinstance(question, Predict) and count and not question.options[-1].when:
        rng.shuffle(head := order[:-1])  # "otherwise" reads best at the end
        return (*head, count - 1)
    rng.shuffle(order)
    if isinstance(question, Order) and order == sorted(order):
        order = [*order[1:], order[0]]  # never shown solved
    return tuple(order)
