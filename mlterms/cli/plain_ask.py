"""Asks each kind of question in plain lines: one function per kind, which returns a `Verdict`."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TypeVar

from mlterms.cli.conversation import Conversation
from mlterms.glossary.plain_text import plain_text
from mlterms.glossary.types import Choice, Cloze, Recall, Spot
from mlterms.quiz import grade
from mlterms.quiz.grade import Verdict
from mlterms.quiz.instance import Instance
from mlterms.quiz.words import ENTER_ONCE_MORE

Understood = TypeVar("Understood")
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
    lines.say("Answer in your own words. If you do not know, press Enter once: it shows the answer.")
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
    """Ask which options are right."""
    question = asked.question
    assert isinstance(question, Choice)
    _list(lines, asked.options)
    several = question.count_right > 1
    if several:
        lines.say("More than one is right: give the numbers of all of them.")
    picked = lines.ask(_or_unknown(lambda line: _positions(line, asked.options, several)))
    return grade.grade_unknown(asked) if picked is None else grade.grade_choice(asked, picked)


def ask_cloze(lines: Conversation, asked: Instance) -> Verdict:
    """Ask what is missing in each gap. If nothing is written in any of them, another Enter gives up."""
    question = asked.question
    assert isinstance(question, Cloze)
    gaps = len(question.gaps)
    prompts = [f"({i})> " for i in range(1, gaps + 1)] if gaps > 1 else ["> "]
    words = [lines.read(prompt) for prompt in prompts]
    while not any(words):
        lines.say(ENTER_ONCE_MORE)
        first = lines.read(prompts[0])
        if not first:
            return grade.grade_unknown(asked)
        words = [first, *(lines.read(prompt) for prompt in prompts[1:])]
    return grade.grade_cloze(asked, words)


def ask_numeric(lines: Conversation, asked: Instance) -> Verdict:
    """Ask for a number, again until it is one."""
    verdict = lines.ask(_or_enter_twice(lambda line: grade.grade_numeric(asked, line)))
    return grade.grade_unknown(asked) if verdict is None else verdict


def ask_order(lines: Conversation, asked: Instance) -> Verdict:
    """Ask for the steps in their right order."""
    _list(lines, asked.options)
    lines.say("Give the numbers in the right order.")
    order = lines.ask(_or_unknown(lambda line: _permutation(line, len(asked.options))))
    return grade.grade_unknown(asked) if order is None else grade.grade_order(asked, order)


def ask_spot(lines: Conversation, asked: Instance) -> Verdict:
    """Ask which line is wrong."""
    question = asked.question
    assert isinstance(question, Spot)
    code = question.wrong.splitlines()
    lines.raw("\n".join(f"  {i:2} | {line}" for i, line in enumerate(code, 1)))
    lines.say("Which line is wrong? Type its number.")
    at = lines.ask(_or_unknown(lambda line: _one(line, len(code))))
    return grade.grade_unknown(asked) if at is None else grade.grade_spot(asked, at + 1)


ASK: dict[str, Ask] = {
    "choice": ask_choice,
    "cloze": ask_cloze,
    "numeric": ask_numeric,
    "order": ask_order,
    "spot": ask_spot,
}
"""Kind → how it is asked, for those that are graded at once. A `predict` runs a demo: plain_predict.py."""


def ask_option(lines: Conversation, asked: Instance) -> int | None:
    """Show the options and return the position that was picked, None for "I do not know"."""
    _list(lines, asked.options)
    return lines.ask(_or_unknown(lambda line: _one_option(line, asked.options)))


def _or_unknown(understand: Callable[[str], Understood]) -> Callable[[str], Understood | None]:
    """What `understand` makes of a line, or None where the learner says that they do not know: `0`, or an
    empty line twice."""
    understood = _or_enter_twice(understand)
    return lambda line: None if line.strip() in ("0", "０") else understood(line)


def _or_enter_twice(understand: Callable[[str], Understood]) -> Callable[[str], Understood | None]:
    """What `understand` makes of a line, or None for the second of two empty lines."""
    was_empty = False

    def understand_line(line: str) -> Understood | None:
        nonlocal was_empty
        gives_up, was_empty = was_empty and not line, not line
        if gives_up:
            return None
        if not line:
            raise ValueError(ENTER_ONCE_MORE)
        return understand(line)

    return understand_line


def _list(lines: Conversation, texts: tuple[str, ...]) -> None:
    for i, text in enumerate(texts, 1):
        lines.item(f"{i}", text)


def _numbers(line: str, count: int) -> list[int]:
    line = re.sub(r"\band\b|&", ",", line, flags=re.IGNORECASE)
    found = [int(digits) - 1 for digits in re.findall(r"\d+", line)]
    if re.search(r"[^\d\s,;.>]", line) or any(not 0 <= i < count for i in found):
        raise ValueError(f"Write numbers from 1 to {count}. `/help` says what else you can do.")
    return found


def _one(line: str, count: int) -> int:
    found = re.findall(r"\d+", line)
    if not re.fullmatch(r"\d+[.)]?", line.strip()) or not 1 <= int(found[0]) <= count:
        raise ValueError(
            f"Type one number from 1 to {count}, or 0 if you do not know. `/help` says what else you can do."
        )
    return int(found[0]) - 1


def _one_option(line: str, options: Sequence[str]) -> int:
    """The option of that number, or the one whose text was typed."""
    typed = _place_of_text(line, options)
    return _one(line, len(options)) if typed is None else typed


def _place_of_text(line: str, options: Sequence[str]) -> int | None:
    """The option whose text this is, case and a full stop at the end aside. A number is never one."""
    texts = [_plain(option) for option in options]
    return texts.index(_plain(line)) if not line.strip().isdecimal() and _plain(line) in texts else None


def _plain(text: str) -> str:
    return " ".join(plain_text(text, 10 * len(text)).split()).removesuffix(".").casefold()


def _positions(line: str, options: Sequence[str], several: bool) -> frozenset[int]:
    if not several:
        return frozenset({_one_option(line, options)})
    typed = _place_of_text(line, options)
    if typed is not None:
        return frozenset({typed})
    found = _numbers(line, len(options))
    if not found:
        raise ValueError(f"Write the numbers of the right ones, from 1 to {len(options)}.")
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
