"""What may help with a leech: a question that is forgotten again and again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mlterms.base.ids import QuestionId, TermId, term_of
from mlterms.base.percent import percent
from mlterms.memory.state import Phase, Rating
from mlterms.quiz.words import short_title
from mlterms.store.leeches import LEECH
from mlterms.store.weak_terms import weak_need

if TYPE_CHECKING:
    from mlterms.base.clock import Now
    from mlterms.quiz.sitting import Sitting
    from mlterms.store.index.reader import Index
    from mlterms.store.queue import Queue

_CONTRASTS = 2

WAYS = ("card", "demo", "edit", "suspend")
"""What the advice names a key or a command for."""


@dataclass(frozen=True, slots=True)
class LeechAdvice:
    """Of a question that was forgotten `lapses` times.

    contrasts: titles of the terms that it may be confused with. demo: its name, "" for none. need: the term
    that it needs and that is known worst, with the share of its reviewed questions that would be answered
    now.
    """

    question: QuestionId
    lapses: int
    contrasts: tuple[str, ...] = ()
    demo: str = ""
    need: tuple[TermId, str, float] | None = None

    def as_json(self) -> dict[str, Any]:
        """For a program: what may help, in the order in which it is to be tried."""
        need = self.need and {"term": self.need[0], "title": self.need[1], "mastery": self.need[2]}
        return {
            "lapses": self.lapses,
            "contrast": list(self.contrasts),
            "demo": self.demo or None,
            "need": need,
            "rewrite": f"mlterms edit {term_of(self.question)}",
        }


def advise(index: Index, queue: Queue, question: QuestionId, lapses: int, now: Now) -> LeechAdvice | None:
    """What may help with a question that was forgotten so often; None where that is not often enough."""
    row = index.row(term_of(question)) if lapses >= LEECH else None
    if row is None:
        return None
    need = weak_need(queue, now, row.id)
    return LeechAdvice(
        question,
        lapses,
        tuple(short_title(link.title) for link in index.contrast(row.id)[:_CONTRASTS]),
        row.demo,
        need and (TermId(need.id), short_title(need.title), need.mastery),
    )


def advise_after_answer(sitting: Sitting) -> LeechAdvice | None:
    """What may help with the open question, if it was just forgotten again and is a leech by now."""
    asked, verdict, state = sitting.asked, sitting.verdict, sitting.state
    if asked is None or verdict is None or verdict.suggested is not Rating.AGAIN:
        return None
    lapses = state.lapses + (state.phase is Phase.REVIEW)
    return advise(sitting.index, sitting.queue, asked.id, lapses, sitting.clock.now())


def in_words(advice: LeechAdvice, ways: Mapping[str, str]) -> str:
    """`Forgotten 9 times. What may help: compare it with bias (c); watch its demo (d); …`

    ways: for each of WAYS the key or the command; what has none is said without one.
    """

    def way(words: str, name: str) -> str:
        return f"{words} ({ways[name]})" if ways.get(name) else words

    steps = []
    if advice.contrasts:
        steps.append(way(f"compare it with {' and '.join(advice.contrasts)}", "card"))
    if advice.demo:
        steps.append(way("watch its demo", "demo"))
    if advice.need is not None:
        _, title, share = advice.need
        steps.append(f"go back to {title}, of which you know {percent(share)}")
    steps += [way("write the question in your own words", "edit"), way("or suspend it", "suspend")]
    return f"Forgotten {advice.lapses} times. What may help: {'; '.join(steps)}."
