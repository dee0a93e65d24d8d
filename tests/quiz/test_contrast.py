"""A contrast sitting asks terms that are confused with each other in turn, and says what tells them apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from mlterms.base.ids import QuestionId, term_of
from mlterms.memory.state import Rating
from mlterms.quiz.contrast import can_contrast, line_up, why_none
from mlterms.quiz.grade import Verdict
from mlterms.quiz.question_heading import kind_and_turn
from mlterms.quiz.sitting import Sitting
from mlterms.store.index.reader import open_index
from mlterms.store.log.learner import Answer, Learner
from mlterms.store.queue import Queue
from tests.quiz.conftest import DAY, StandingClock, Table

CARD = """---
title: {name}
topic: t
contrast: [{contrast}]
---

What {name} is.

## Questions

### cloze: first
It is {{{{{name}}}}}.
---
So.

### cloze: second
Again it is {{{{{name}}}}}.
---
So.

### cloze: third
Once more it is {{{{{name}}}}}.
---
So.
"""


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Table]]:
    """`start("step", "epoch")` lays a table where these terms are started: step and epoch, and loss and cost,
    are confused with each other; both say so of loss and cost."""
    content = tmp_path / "content"
    content.mkdir()
    (content / "deck.toml").write_text('id = "test"\ntitle = "Test"\n')
    for name, contrast in (("step", "epoch"), ("epoch", ""), ("loss", "cost"), ("cost", "loss")):
        (content / f"{name}.md").write_text(CARD.format(name=name, contrast=contrast))
    clock = StandingClock()
    index = open_index((tmp_path,), tmp_path / "cache")
    learner = Learner.open(tmp_path / "learner.db", clock.now())
    table = Table(tmp_path, clock, index, learner, Queue(learner, index, clock.now()))

    def lay(*terms: str) -> Table:
        for term in terms:
            for slug in ("first", "second", "third"):
                question = QuestionId(f"test:{term}/{slug}")
                state = table.learner.state(question)
                answer = Answer(question, Rating.EASY, "scheduled", {}, None, True, None, 5.0)
                table.learner.answer(answer, state, clock.now())
        clock.forward(DAY)
        return table

    yield lay
    table.close()


def answer(sitting: Sitting, right: bool = True) -> str:
    asked = sitting.ask()
    assert asked is not None
    sitting.give(Verdict(right, Rating.GOOD if right else Rating.AGAIN, "", (), None))
    sitting.rate(Rating.GOOD if right else Rating.AGAIN)
    return asked.id


def contrast(table: Table, **plan: object) -> Sitting:
    return table.sit(mode="cram", contrast=True, **plan)


def test_a_pair_is_asked_once_both_its_terms_are_started(start: Callable[..., Table]) -> None:
    table = start("step", "loss")
    assert line_up(table.queue, table.clock.now()) == ()
    assert contrast(table).ask() is None


@pytest.mark.parametrize(
    ("started", "named", "why"),
    [
        (
            ["step", "loss"],
            [],
            "No two terms that are confused with each other have been started yet. `mlterms quiz` starts new"
            " terms.",
        ),
        (
            ["step"],
            ["step"],
            "step is confused with epoch, which has not been started. `mlterms quiz epoch` starts it.",
        ),
        (
            ["step"],
            ["cost"],
            "cost and loss are confused with each other, and neither has been started."
            " `mlterms quiz cost loss` starts them.",
        ),
    ],
)
def test_why_there_is_no_pair_is_said_with_what_starts_one(
    start: Callable[..., Table], started: list[str], named: list[str], why: str
) -> None:
    table = start(*started)
    terms = [f"test:{name}" for name in named]
    assert why_none(table.queue, table.clock.now(), terms) == why


def test_a_pair_that_cannot_be_asked_today_is_not_said_to_be_new(start: Callable[..., Table]) -> None:
    table = start("step", "epoch")
    for slug in ("first", "second", "third"):
        table.learner.suspend(QuestionId(f"test:step/{slug}"), table.clock.now())
    assert not can_contrast(table.queue, table.clock.now())
    assert "suspended or buried" in why_none(table.queue, table.clock.now())


def test_the_terms_of_a_pair_come_in_turn_two_questions_of_each(start: Callable[..., Table]) -> None:
    table = start("step", "epoch", "loss", "cost")
    sitting = contrast(table)
    assert sitting.to_come() == "contrast, 8 left"
    asked = [answer(sitting) for _ in range(8)]
    assert len(set(asked)) == 8
    terms = [term_of(question) for question in asked]
    assert terms[:2] == terms[2:4]
    assert terms[4:6] == terms[6:8]
    assert {frozenset(terms[:2]), frozenset(terms[4:6])} == {
        frozenset({"test:step", "test:epoch"}),
        frozenset({"test:loss", "test:cost"}),
    }
    assert sitting.ask() is None


def test_only_what_is_due_moves_its_schedule_and_is_called_a_review(start: Callable[..., Table]) -> None:
    table = start("step", "epoch")
    sitting = contrast(table)
    sitting.ask()
    assert kind_and_turn(sitting) == ["gap", "practice"]
    question = QuestionId(answer(sitting))
    assert sitting.answers[-1].mode == "cram"
    table.clock.forward(60 * DAY)
    before = table.learner.state(question)
    sitting = contrast(table)
    modes = set()
    while sitting.ask() is not None:
        assert kind_and_turn(sitting) == ["gap", "review"]
        modes.add(sitting.current.mode)
        answer(sitting)
    assert modes == {"scheduled"}
    assert table.learner.state(question) != before


def test_a_mistake_says_what_tells_the_terms_apart_and_comes_again(start: Callable[..., Table]) -> None:
    table = start("step", "epoch")
    sitting = contrast(table)
    asked = sitting.ask()
    assert sitting.tell_apart() == []
    sitting.give(Verdict(False, Rating.AGAIN, "", (), None))
    own, other = ("step", "epoch") if "step" in asked.id else ("epoch", "step")
    assert sitting.tell_apart() == [f"**{own}**: What {own} is.", f"**{other}**: What {other} is."]
    sitting.rate(Rating.AGAIN)
    rest = [answer(sitting) for _ in range(4)]
    assert rest[-1] == asked.id
    assert sitting.ask() is None


def test_an_ordinary_sitting_says_nothing_of_other_terms(start: Callable[..., Table]) -> None:
    table = start("step", "epoch")
    table.clock.forward(60 * DAY)
    sitting = table.sit()
    sitting.ask()
    sitting.give(Verdict(False, Rating.AGAIN, "", (), None))
    assert sitting.tell_apart() == []


def ask_one_of_two(start: Callable[..., Table]) -> tuple[Sitting, str, str]:
    """A sitting whose question is open, the term that it is about, and the other one."""
    table = start("step", "epoch")
    table.clock.forward(60 * DAY)
    sitting = table.sit()
    own, other = ("step", "epoch") if "step" in sitting.ask().id else ("epoch", "step")
    return sitting, own, other


def test_another_term_that_was_written_into_a_gap_is_distinguished_from_the_right_one(
    start: Callable[..., Table],
) -> None:
    sitting, own, other = ask_one_of_two(start)
    apart = [f"**{own}**: What {own} is.", f"**{other}**: What {other} is."]
    for word, told in ((other, apart), (f" {other.title()}", apart), (own, []), ("nothing", []), ("", [])):
        sitting.give(Verdict(False, Rating.AGAIN, "", (), {"words": [word]}))
        assert sitting.tell_apart() == told


def test_a_slip_of_the_other_name_counts_for_it_and_its_plural_too(start: Callable[..., Table]) -> None:
    sitting, own, other = ask_one_of_two(start)
    apart = [f"**{own}**: What {own} is.", f"**{other}**: What {other} is."]
    slips = {"step": "stpe", "epoch": "epcoh"}
    for word, told in ((slips[other], apart), (f"{other}s", apart), (slips[own], [])):
        sitting.give(Verdict(False, Rating.AGAIN, "", (), {"words": [word]}))
        assert sitting.tell_apart() == told


def test_a_word_that_a_gap_of_the_question_accepts_is_not_taken_for_another_term(
    start: Callable[..., Table],
) -> None:
    sitting, own, other = ask_one_of_two(start)
    assert sitting.current is not None
    asked = sitting.current.instance
    prompt = f"It is {{{{{other}}}}} or {{{{rate}}}}."
    two = replace(asked.question, prompt=prompt, gaps=((other,), ("rate",)))
    sitting.current.instance = replace(asked, question=two)
    apart = [f"**{own}**: What {own} is.", f"**{other}**: What {other} is."]
    told = []
    for words in ([other, "wrong"], [f"{other}s", "wrong"], ["rate", other], ["loss", "rate"]):
        sitting.give(Verdict(False, Rating.AGAIN, "", (), {"words": words}))
        told.append(sitting.tell_apart())
    assert told == [[], [], [], [apart[0], "**loss**: What loss is."]]


def test_a_sitting_that_was_closed_goes_on_where_it_was(start: Callable[..., Table]) -> None:
    table = start("step", "epoch")
    sitting = contrast(table)
    first = answer(sitting)
    open_one = sitting.ask()
    again = contrast(table)
    assert again.ask().id == open_one.id
    assert [event.question for event in again.answers] == [first]


def test_with_terms_only_their_pairs_are_asked(start: Callable[..., Table]) -> None:
    table = start("step", "epoch", "loss", "cost")
    assert {term_of(each) for each in line_up(table.queue, table.clock.now(), ["test:cost"])} == {
        "test:loss",
        "test:cost",
    }
