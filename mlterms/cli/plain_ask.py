"""Asks each kind of question in plain lines: one function per kind, which returns a `Verdict`."""

from __future__ import annotations

import re
from collections.abc import Callable

from mlterms.cli.conversation import Conversation
from mlterms.glossary.types import Choice, Cloze, Recall, Spot
from mlterms.quiz import grade
from mlterms.quiz.grade import Verdict
from mlterms.quiz.instance import Instance

Ask = Callable[[Conversation, Instance], Verdict]


def ask_recall(
    lines: Conversation,
    asked: Instance,
    shown: Callable[[Verdict, int | None], None],
    how_sure: Callable[[], int | None],
) -> tuple[Verdict, int | None]:
    """The verdict, and how sure the learner was. shown: called before the model answer is shown, with what
    counts if the learner leaves. how_sure: asks for the confidence in what was written."""
    question = asked.question
    assert isinstance(question, Recall)
    lines.say("Answer in your own words; an empty line shows the answer.")
    text = lines.read()
    sure = how_sure() if text else None
    lines.say()
    shown(grade.grade_recall(asked, text, ()), sure)
    lines.say(question.answer, indent="  ")
    ticked: frozenset[int] = frozenset()
    if question.ideas:
        lines.say()
        _list(lines, question.ideas)
        lines.say("Which of these did you say? Write their numbers, `all`, or nothing.")
        ticked = lines.ask(lambda line: _ticks(line, len(question.ideas)), "ideas> ")
    return grade.grade_recall(asked, text, ticked), sure


def ask_choice(lines: Conversation, asked: Instance) -> Verdict:
    question = asked.question
    assert isinstance(question, Choice)
    _list(lines, asked.options)
    several = sum(option.right for option in question.options) > 1
    if several:
        lines.say("More than one is right: give the numbers of all of them.")
    picked = lines.ask(lambda line: _positions(line, len(asked.options), several))
    return grade.grade_choice(asked, picked)


def ask_cloze(lines: Conversation, asked: Instance) -> Verdict:
    question = asked.question
    assert isinstance(question, Cloze)
    if len(question.gaps) == 1:
        words = [lines.read()]
    else:
        words = [lines.read(f"({i})> ") for i in range(1, len(question.gaps) + 1)]
    return grade.grade_cloze(asked, words)


def ask_numeric(lines: Conversation, asked: Instance) -> Verdict:
    return lines.ask(lambda line: grade.grade_numeric(asked, line))


def ask_order(lines: Conversation, asked: Instance) -> Verdict:
    _list(lines, asked.options)
    lines.say("Give the numbers in the right order.")
    return grade.grade_order(asked, lines.ask(lambda line: _permutation(line, len(asked.options))))


def ask_spot(lines: Conversation, asked: Instance) -> Verdict:
    question = asked.question
    assert isinstance(question, Spot)
    code = question.wrong.splitlines()
    lines.raw("\n".join(f"  {i:2} | {line}" for i, line in enumerate(code, 1)))
    lines.say("Which line is wrong? Its number.")
    return grade.grade_spot(asked, lines.ask(lambda line: _one(line, len(code)) + 1))


ASK: dict[str, Ask] = {
    "choice": ask_choice,
    "cloze": ask_cloze,
    "numeric": ask_numeric,
    "order": ask_order,
    "spot": ask_spot,
}
"""Kind → how it is asked, for those that are graded at once. A `predict` runs a demo: plain_predict.py."""


def ask_option(lines: Conversation, asked: Instance) -> int:
    """Show the options and return the position that was picked."""
    _list(lines, asked.options)
    return lines.ask(lambda line: _one(line, len(asked.options)))


def _list(lines: Conversation, texts: tuple[str, ...]) -> None:
    for i, text in enumerate(texts, 1):
        lines.item(f"{i}", text)


def _numbers(line: str, count: int) -> list[int]:
    found = [int(digits) - 1 for digits in re.findall(r"\d+", line)]
    if re.search(r"[^\d\s,;.>]", line) or any(not 0 <= i < count for i in found):
        raise ValueError(f"Write numbers from 1 to {count}.")
    return found


def _one(line: str, count: int) -> int:
    found = _numbers(line, count)
    if len(found) != 1:
        raise ValueError(f"Write one number from 1 to {count}.")
    return found[0]


def _positions(line: str, count: int, several: bool) -> frozenset[int]:
    if not several:
        return frozenset({_one(line, count)})
    found = _numbers(line, count)
    if not found:
        raise ValueError(f"Write the numbers of the right ones, from 1 to {count}.")
    return frozenset(found)


def _ticks(line: str, count: int) -> frozenset[int]:
    if line.lower() in ("all", "a", "*"):
        return frozenset(range(count))
    if line.lower() in ("none", "no", "n", "0", ""):
        return frozenset()
    return frozenset(_numbers(line, count))


def _permutation(line: str, count: int) -> list[int]:
    found = [int(digit) - 1 for digit in line] if re.fullmatch(r"\d+", line) else _numbers(line, count)
    if sorted(found) != list(range(count)):
        raise ValueError(
            f"Write each number from 1 to {count} once, like {' '.join(map(str, range(1, count + 1)))}."
        )
    return found
