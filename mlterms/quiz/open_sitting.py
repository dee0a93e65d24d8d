"""The sitting that is open, as it is kept on disk outside the log, so that a crash or a closed window loses
nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from mlterms.base.ids import Day, QuestionId
from mlterms.quiz.choose import Plan
from mlterms.quiz.shown_answer import ShownAnswer

FORMAT = 2
"""Of the sitting on disk. One of another format is not taken up."""


@dataclass(frozen=True, slots=True)
class OpenSitting:
    """since: the last event before it. skipped: what the learner does not want in it.

    question: the open one as `Instance.pack` and a screen's draft have it, or None. shown: an answer that is
    not rated yet. day: the logical day.
    """

    plan: Plan
    since: int
    skipped: frozenset[QuestionId]
    question: Mapping[str, Any] | None
    shown: ShownAnswer | None
    day: Day

    def pack(self) -> dict[str, Any]:
        """JSON that `unpack` reads."""
        return {
            "format": FORMAT,
            "plan": _plan_as_json(self.plan),
            "since": self.since,
            "skipped": sorted(self.skipped),
            "open": self.question,
            "shown": self.shown.pack() if self.shown else None,
            "day": self.day,
        }

    @classmethod
    def unpack(cls, kept: Any) -> OpenSitting | None:
        """The inverse of `pack`; None for anything else, since the row may be damaged."""
        try:
            if kept["format"] != FORMAT:
                return None
            plan, question = kept["plan"], kept["open"]
            return cls(
                _plan_from_json(plan),
                int(kept["since"]),
                frozenset(map(QuestionId, kept["skipped"])),
                dict(question) if question is not None else None,
                ShownAnswer.unpack(kept.get("shown")),
                Day(int(kept["day"])),
            )
        except (TypeError, ValueError, KeyError):
            return None

    def is_of(self, plan: Plan, day: Day) -> bool:
        """Whether a sitting of this plan on this day takes it up again."""
        return self.plan == plan and self.day == day


def _plan_as_json(plan: Plan) -> dict[str, Any]:
    return {**asdict(plan), "terms": list(plan.terms), "questions": list(plan.questions)}


def _plan_from_json(plan: Mapping[str, Any]) -> Plan:
    whole = {"questions": (), **plan}
    questions = tuple(map(QuestionId, whole["questions"]))
    return Plan(**{**whole, "terms": tuple(plan["terms"]), "questions": questions})


def read_draft(kept: object) -> Mapping[str, Any] | None:
    """What was written and picked of an answer, as it was kept; None for anything else."""
    if not isinstance(kept, dict):
        return None
    words, picked = kept.get("words", []), kept.get("picked", [])
    if not (isinstance(words, list) and isinstance(picked, list)):
        return None
    are_words = all(isinstance(word, str) for word in words)
    are_places = all(type(place) is int and place >= 0 for place in picked)
    return kept if are_words and are_places and len({*picked}) == len(picked) else None
