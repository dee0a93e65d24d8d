"""A question that is forgotten again and again comes with what may help."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mlterms.cli.json_output import feedback_line
from mlterms.memory.days import day_of
from mlterms.memory.state import CardState, Phase, Rating
from mlterms.quiz.grade import Verdict
from mlterms.quiz.leech_advice import LeechAdvice, advise, advise_after_answer, in_words
from mlterms.store.mastery import Weak
from mlterms.store.weak_terms import weak_need
from tests.store.imported import import_state

Set = Callable[..., Any]
WAYS = {"card": "c", "demo": "d", "edit": "e", "suspend": "s"}


def forget(table: Any, question: str, lapses: int, stability: float = 4.0) -> None:
    """Give a question so many lapses; it is due now."""
    now = table.clock.now()
    today = day_of(now)
    last = today - 5
    state = CardState(Phase.REVIEW, 0, stability, 9.0, None, today, now.at - 5 * 86_400_000, last, 30, lapses)
    import_state(table.learner, question, state, "a test", now)


@pytest.fixture
def table(set_table: Set) -> Any:
    """beta needs alpha, is confused with gamma, and has a demo."""
    table = set_table(alpha=[], beta=["alpha"], gamma=[])
    card: Path = table.root / "content" / "beta.md"
    text = card.read_text(encoding="utf-8").replace(
        "topic: basics", "topic: basics\ncontrast: [gamma]\ndemo: hills"
    )
    card.write_text(text, encoding="utf-8")
    table.reread()
    return table


def test_eight_lapses_make_a_leech_and_seven_do_not(table: Any) -> None:
    now = table.clock.now()
    assert advise(table.index, table.queue, "test:beta/first", 7, now) is None
    assert advise(table.index, table.queue, "test:gone/first", 9, now) is None
    advice = advise(table.index, table.queue, "test:beta/first", 8, now)
    assert advice == LeechAdvice("test:beta/first", 8, ("gamma",), "hills", None)


def test_a_need_that_is_known_badly_is_named_and_one_that_is_known_well_is_not(table: Any) -> None:
    now = table.clock.now()
    for slug in ("first", "second", "third"):
        forget(table, f"test:alpha/{slug}", 0, stability=0.5)
    advice = advise(table.index, table.queue, "test:beta/first", 9, now)
    term, title, share = advice.need
    assert (term, title) == ("test:alpha", "alpha")
    assert Weak(term, title, share) == weak_need(table.queue, now, "test:beta")
    assert share < 0.7
    for slug in ("first", "second", "third"):
        forget(table, f"test:alpha/{slug}", 0, stability=500.0)
    assert advise(table.index, table.queue, "test:beta/first", 9, now).need is None


def test_what_may_help_is_one_sentence_with_the_ways_to_do_it() -> None:
    full = LeechAdvice("d:beta/a", 9, ("gamma", "delta"), "hills", ("d:alpha", "alpha", 0.425))
    assert in_words(full, WAYS) == (
        "Forgotten 9 times. What may help: compare it with gamma and delta (c); watch its demo (d); "
        "go back to alpha, of which you know 43%; write the question in your own words (e); "
        "or suspend it (s)."
    )
    assert in_words(LeechAdvice("d:beta/a", 8), {}) == (
        "Forgotten 8 times. What may help: write the question in your own words; or suspend it."
    )
    assert full.as_json()["need"] == {"term": "d:alpha", "title": "alpha", "mastery": 0.425}


@pytest.mark.parametrize(("lapses", "rating", "told"), [(7, 1, 8), (9, 1, 10), (6, 1, None), (9, 3, None)])
def test_the_feedback_says_if_the_question_was_forgotten_again(
    table: Any, lapses: int, rating: int, told: int | None
) -> None:
    forget(table, "test:beta/first", lapses)
    sitting = table.sit(terms=("test:beta",))
    assert sitting.ask().id == "test:beta/first"
    assert advise_after_answer(sitting) is None
    sitting.give(Verdict(rating > 1, Rating(rating), "", (), None))
    advice = advise_after_answer(sitting)
    assert (advice and advice.lapses) == told
    line = feedback_line(sitting, sitting.asked, sitting.verdict)
    assert line.get("leech") == (advice and advice.as_json())
