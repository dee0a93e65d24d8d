"""What the index holds of one file, read here without a database, so that several processes can do it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from mlterms.base.text import clean, one_line
from mlterms.demo.load import read_demo
from mlterms.glossary.deck import read_card, read_guide
from mlterms.glossary.encode import to_json
from mlterms.glossary.names import is_kebab, kebab_hint
from mlterms.glossary.problems import Problem
from mlterms.glossary.types import Deck, Predict, Term, misconceptions_of
from mlterms.store.index.sources import OVERLAY, Key
from mlterms.store.index.text_folding import fold

_IN_BRACKETS = re.compile(r"(.+?) \((.+)\)")


@dataclass(frozen=True, slots=True)
class Task:
    """A file to read. root: the folder of its deck. path: below that. deck: None if it cannot be used."""

    key: Key
    root: Path
    path: str
    deck: Deck | None

    @property
    def file(self) -> Path:
        return self.root / self.path


@dataclass(slots=True)
class Contents:
    """What was read of one file: the columns of its rows in each table, without the number of the file.

    digest: a hash of all of it. term, demo, guide: () if the file is none, or one that cannot be read. All of
    it is text and numbers, which travel between processes quickly.
    """

    digest: str = ""
    problems: list[tuple[Any, ...]] = field(default_factory=list)
    term: tuple[Any, ...] = ()
    card: str = ""
    questions: list[tuple[str, int, str]] = field(default_factory=list)
    misconceptions: list[tuple[str, str]] = field(default_factory=list)
    names: dict[str, int] = field(default_factory=dict)
    definition: str = ""
    sections: str = ""
    demo: tuple[str, ...] = ()
    guide: tuple[str, ...] = ()


def read_contents(task: Task) -> Contents:
    """What is in a file. Anything that goes wrong while it is read is a problem of this file alone."""
    try:
        contents = _read(task)
    except Exception as error:  # a file of a stranger may meet a fault of ours
        message = f"this file cannot be read ({type(error).__name__}: {one_line(str(error))[:100]})"
        contents = Contents(problems=_problems(task, Problem(str(task.file), 0, message)))
    contents.digest = sha256(_all_of(contents, task).encode("utf-8", "surrogatepass")).hexdigest()
    return contents


def _all_of(contents: Contents, task: Task) -> str:
    """Everything that the file says, without the folder that it is in."""
    deck = replace(task.deck, root="") if task.deck and task.key.kind == "deck" else None
    return repr((deck, contents.card, contents.questions, contents.demo, contents.guide, contents.problems))


def _read(task: Task) -> Contents:
    if task.deck is None:
        return Contents()  # of a deck that cannot be used nothing is read
    if task.key.kind == "demo":
        return _demo(task, task.deck)
    if task.key.kind == "guide":
        return _guide(task, task.deck)
    if task.key.kind == "deck" or not is_kebab(task.key.name):
        return Contents()  # the deck's own file is read every time; of other names the deck tells
    if task.key.place < OVERLAY:
        message = f"there is no card `{task.key.name}`, so your version of it is not used"
        return Contents(problems=_problems(task, Problem(str(task.file), 0, message, "warning")))
    if task.key.place == OVERLAY:
        return _own_version(task, task.deck)
    return _card(task, task.deck)


def _own_version(task: Task, deck: Deck) -> Contents:
    """The learner's version of a card; as long as it cannot be read, the installed card in its place."""
    own = _card(task, deck)
    if own.term:
        return own
    note = "until this is fixed, the card that came with mlterms is used"
    problems = [*own.problems, *_problems(task, Problem(str(task.file), 0, note))]
    installed = _card(replace(task, root=Path(deck.root)), deck)
    return replace(installed, problems=problems)


def _demo(task: Task, deck: Deck) -> Contents:
    info = read_demo(task.file)
    if info.problem:
        problem = Problem(info.problem.path, info.problem.line, info.problem.message)
        return Contents(problems=_problems(task, problem))
    lists = json.dumps(info.terms), json.dumps(info.predictions)
    return Contents(demo=(info.name, info.title, deck.id, *lists))


def _guide(task: Task, deck: Deck) -> Contents:
    if not is_kebab(task.key.name):
        message = f"the name of a guide's file is its id, and {kebab_hint(task.key.name)}"
        return Contents(problems=_problems(task, Problem(str(task.file), 0, message)))
    parsed = read_guide(task.file, task.root)
    guide = parsed.guide
    return Contents(
        problems=_problems(task, *parsed.problems),
        guide=(f"{deck.id}:{guide.id}", guide.id, deck.id, guide.title, guide.summary, guide.text)
        if guide
        else (),
    )


def _card(task: Task, deck: Deck) -> Contents:
    parsed = read_card(task.file, task.root)
    problems = _problems(task, *parsed.problems)
    if parsed.term is None:
        return Contents(problems=problems)
    term = _without_planned_demos(parsed.term, deck)
    identity = f"{deck.id}:{term.id}"
    names = _names(term)
    return Contents(
        problems=problems,
        term=(identity, term.id, deck.id, term.title, term.topic, -1, len(term.questions), term.demo),
        card=to_json(replace(term, questions=(), path=task.path)),
        questions=[
            (f"{identity}/{question.slug}", slot, to_json(question))
            for slot, question in enumerate(term.questions)
        ],
        misconceptions=[
            (f"{deck.id}:{misconception}", f"{identity}/{question.slug}")
            for question in term.questions
            for misconception in misconceptions_of(question)
        ],
        names=names,
        definition=" | ".join([*names, fold(term.definition)]),
        sections=" | ".join(fold(f"{section.heading} {section.text}") for section in term.sections),
    )


def _without_planned_demos(term: Term, deck: Deck) -> Term:
    """The term without what can only be shown or asked once a demo is written."""
    questions = tuple(
        question
        for question in term.questions
        if not (isinstance(question, Predict) and question.demo in deck.planned_demos)
    )
    return replace(term, questions=questions, demo="" if term.demo in deck.planned_demos else term.demo)


def _names(term: Term) -> dict[str, int]:
    """The names of a term → 0 for title and id, 1 for its other names, 2 for what its card explains besides,
    3 for words that people type who look for it.

    `example (sample)` is two names.
    """
    names = {fold(term.title): 0, fold(term.id): 0}
    in_brackets = _IN_BRACKETS.fullmatch(fold(term.title))
    if in_brackets:
        names.setdefault(in_brackets[1], 0)
        names.setdefault(in_brackets[2], 1)
    for alias in term.aliases:
        names.setdefault(fold(alias), 1)
    for notion in term.explains:
        names.setdefault(fold(notion), 2)
    for words in term.found_by:
        names.setdefault(fold(words), 3)
    names.pop("", None)
    return names


def _problems(task: Task, *problems: Problem) -> list[tuple[Any, ...]]:
    return [problem_row(problem, f"{task.key.place}:{task.path}") for problem in problems]


def problem_row(problem: Problem, path: str) -> tuple[Any, ...]:
    """The columns of a problem, cleaned of what a file may hold and a terminal or SQLite should not get.

    path: as `Sources.to_stored_path` keeps it.
    """
    return clean(path), problem.line, clean(problem.message), problem.severity, problem.question
