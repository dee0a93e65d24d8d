"""The sitting that is open, as it is kept on disk outside the log, so that a crash or a closed window loses
nothing."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, replace
from typing import Any

from mlterms.base.errors import MltermsError
from mlterms.base.ids import Day, QuestionId
from mlterms.base.record import record
from mlterms.quiz.choose import Plan
from mlterms.quiz.instance import Instance, unpack
from mlterms.quiz.shown_answer import ShownAnswer
from mlterms.quiz.tally import tally_of
from mlterms.store.index.reader import Index
from mlterms.store.log.learner import Learner

FORMAT = 2
"""Of the sitting on disk. One of another format is not taken up."""


@record
class OpenSitting:
    """What is kept on disk of the sitting that is open.

    since: the last event before it. skipped: what the learner does not want in it. introduced: terms whose
    introduction was shown.

    question: the open one as `Instance.pack` and a screen's draft have it, or None. shown: an answer that is
    not rated yet. day: the logical day.
    """

    plan: Plan
    since: int
    skipped: frozenset[QuestionId]
    question: Mapping[str, Any] | None
    shown: ShownAnswer | None
    day: Day
    introduced: frozenset[str] = frozenset()

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
            "introduced": sorted(self.introduced),
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
                frozenset(map(str, kept.get("introduced", ()))),
            )
        except (TypeError, ValueError, KeyError):
            return None

    def asked(self, index: Index) -> Instance | None:
        """The question that was open; None if there was none, or it is damaged, or answered."""
        kept = self.question
        if kept is None or self.shown is not None:
            return None
        with suppress(KeyError, TypeError, ValueError, MltermsError):
            question = QuestionId(str(kept["id"]))
            found = index.question(question)
            return unpack(question, found[0].title, found[1], kept) if found is not None else None
        return None

    @property
    def draft(self) -> Mapping[str, Any] | None:
        """What was written and picked of its answer; None for anything else that is there."""
        return _read_draft((self.question or {}).get("draft"))


def resume(learner: Learner, plan: Plan, day: Day) -> OpenSitting | None:
    """The sitting that was left open, if it is of the same plan on the same day.

    An answer whose solution was shown there is recorded in any case.
    """
    kept = record_shown(learner)
    return kept if kept is not None and (kept.plan, kept.day) == (plan, day) else None


def record_shown(learner: Learner) -> OpenSitting | None:
    """The sitting that was left open. An answer whose solution was shown there is recorded first, as it is
    suggested; a window that still shows it can rate it otherwise."""
    kept = OpenSitting.unpack(learner.sitting.read())
    if kept is None or kept.shown is None:
        return kept
    rest = replace(kept, question=None, shown=None)
    kept.shown.record_late(learner, rest.pack())
    return rest


def left_of_added(learner: Learner, day: Day) -> tuple[Plan, int]:
    """The plan of the sitting that was left open on this day with new questions beyond the day's limit, and
    how many of them are left; none of them where no such sitting was left."""
    kept = OpenSitting.unpack(learner.sitting.read())
    if kept is None or kept.day != day or kept.plan.new is None or kept.plan.terms:
        return Plan(), 0
    return kept.plan, kept.plan.after(tally_of(learner.answers_since(kept.since)).new).new or 0


def _plan_as_json(plan: Plan) -> dict[str, Any]:
    return {**asdict(plan), "terms": list(plan.terms), "questions": list(plan.questions)}


def _plan_from_json(plan: Mapping[str, Any]) -> Plan:
    whole = {"questions": (), **plan}
    questions = tuple(map(QuestionId, whole["questions"]))
    return Plan(**{**whole, "terms": tuple(plan["terms"]), "questions": questions})


def _read_draft(kept: object) -> Mapping[str, Any] | None:
    if not isinstance(kept, dict):
        return None
    words, picked = kept.get("words", []), kept.get("picked", [])
    if not (isinstance(words, list) and isinstance(picked, list)):
        return None
    are_words = all(isinstance(word, str) for word in words)
    are_places = all(type(place) is int and place >= 0 for place in picked)
    return kept if are_words and are_places and len({*picked}) == len(picked) else None
