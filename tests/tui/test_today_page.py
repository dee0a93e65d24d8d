"""What Today shows of a day, as text at three sizes. The day is made up; nothing is read."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from textual.app import App, ComposeResult

from mlterms.base.clock import Now
from mlterms.base.config import Config
from mlterms.quiz.today import Today
from mlterms.store.counts import Counts
from mlterms.store.index.reader import Link
from mlterms.store.leeches import Leech
from mlterms.store.log.tables import DayTotals
from mlterms.store.mastery import Weak
from mlterms.store.overdue import Backlog
from mlterms.store.queue import Aside
from mlterms.store.study_stats import Certainty, NewTerm
from mlterms.tui.shell import Shell
from mlterms.tui.terminal import Terminal
from mlterms.tui.widgets.today_page import TodayPage

SIZES = [(60, 20), (80, 24), (160, 48)]
FRIDAY = 20_777  # 2026-11-20
NOON = Now((FRIDAY * 24 + 12) * 3_600_000, 3600)
NEW = Today(
    now=NOON,
    day=FRIDAY,
    counts=Counts(due=0, learning=0, new=10, answered=0, later=None, backlog=0),
    minutes=7,
    forecast=[0] * 7,
    weakest=[],
    leeches=[],
    new_terms=[
        NewTerm("d:weight", "weight", 2, 0, 10, (), ()),
        NewTerm("d:bias", "bias (parameter)", 1, 0, 9, (), ("weight",)),
        NewTerm("d:neuron", "neuron (unit)", 1, 0, 10, (), ("bias (parameter)",)),
    ],
    so_far=DayTotals(FRIDAY),
    last=None,
    certainty=Certainty(0, 0),
    next_step=None,
    aside=[],
    has_more_new=True,
)
BUSY = replace(
    NEW,
    counts=Counts(due=12, learning=1, new=5, answered=0, later=1, backlog=40),
    minutes=9,
    forecast=[12, 12, 12, 12, 6, 1, 6],  # 12 a day, until the 28 that wait are done
    weakest=[
        Weak("d:overfitting", "overfitting", 0.41),
        Weak("d:batch-size", "batch size", 0.58),
        Weak("d:bias", "bias (parameter)", 0.634),
        *(Weak(f"d:t{i}", f"a term with a rather long title {i}", 0.7 + i / 50) for i in range(8)),
    ],
    leeches=[
        Leech(
            "d:overfitting/gap",
            "d:overfitting",
            "overfitting",
            9,
            [Link("d:u", "underfitting", True)],
            "overfitting",
        )
    ],
    new_terms=[
        NewTerm("d:gradient-descent", "gradient descent", 2, 0, 8, ("learning rate", "gradient"), ()),
        NewTerm("d:momentum", "momentum", 1, 0, 8, (), ("gradient descent",)),
        NewTerm("d:weight", "weight", 2, 3, 10, (), ()),
    ],
    last=DayTotals(FRIDAY - 1, answered=14, right=12),
    certainty=Certainty(9, 8),
    aside=[Aside("d:epoch/gone", "content/epoch.md:12: a question needs an answer")],
)
DONE = replace(
    BUSY,
    counts=Counts(due=0, learning=0, new=0, answered=17, later=1, backlog=0),
    forecast=[0, 5, 7, 2, 0, 1, 6],
    so_far=DayTotals(FRIDAY, answered=17, right=15),
    leeches=[],
    new_terms=[],
    aside=[],
)


class Holder(Shell[None]):
    """The page by itself. run: the actions that were run."""

    def __init__(self, today: Today, terminal: Terminal) -> None:
        super().__init__(Config())
        self.today, self.terminal = today, terminal
        self.ran: list[str] = []

    def compose(self) -> ComposeResult:
        yield TodayPage(self.today)

    async def run_action(self, action: Any, *arguments: Any, **named: Any) -> bool:
        if action.startswith(("start", "open_card", "open_demo", "app.marked")):
            self.ran.append(action)
            return True
        return await super().run_action(action, *arguments, **named)


@pytest.fixture
def page_text(screen_text: Callable[[App[Any]], str]) -> Callable[..., str]:
    def text(today: Today, size: tuple[int, int] = (80, 24), **terminal: Any) -> str:
        async def run() -> str:
            app = Holder(today, Terminal(**terminal))
            async with app.run_test(size=size) as pilot:
                await pilot.pause()
                return screen_text(app)

        return asyncio.run(run())

    return text


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("name", "today"), [("new", NEW), ("busy", BUSY), ("done", DONE)])
def test_the_page_looks_as_it_did(name, today, size, page_text, same_as_file):
    same_as_file(f"today_{name}_{size[0]}", page_text(today, size))


def test_in_ascii_it_is_ascii(page_text, same_as_file):
    text = page_text(BUSY, charset="ascii")
    assert text.isascii()
    same_as_file("today_busy_ascii", text)


@pytest.mark.parametrize("width", range(60, 170, 7))
@pytest.mark.parametrize("today", [NEW, BUSY, DONE])
def test_nothing_is_cut_off_at_any_width(width, today, page_text):
    text = page_text(today, (width, 60))
    assert max(map(len, text.splitlines())) <= width
    for words in ("next 7 days", "20 November", "40" if today is BUSY else ""):
        assert words in text


def test_the_reviews_of_today_are_as_many_as_the_head_says(page_text):
    counts = Counts(due=3, learning=8, new=2, answered=9, later=1, backlog=3, put_right=4)
    text = page_text(replace(BUSY, counts=counts, forecast=[3, 5, 7, 2, 0, 1, 6]))
    assert "4 to put right, 3 to review, 8 to see again, 2 new" in text
    assert re.search(r"today .* 3( |$)", text, re.M)


@pytest.mark.parametrize("size", [(60, 40), (76, 40), (100, 40), (160, 40)])
@pytest.mark.parametrize("weakest", [[], BUSY.weakest])
def test_no_list_is_cut_where_there_is_room_below(size, weakest, page_text):
    terms = [NewTerm(f"d:t{i}", f"term number {i}", 1, 0, 8, (), ()) for i in range(10)]
    text = page_text(replace(BUSY, weakest=weakest, new_terms=terms), size)
    for each in (*terms, *weakest):
        assert each.title[:20].split(" (")[0] in text


@pytest.mark.parametrize("size", SIZES)
def test_a_term_that_is_seen_again_today_has_its_word_beside_its_bar(size, page_text):
    text = page_text(replace(BUSY, weakest=[Weak("d:p", "parameter", 0.0), *BUSY.weakest[:1]]), size)
    ends = [re.search(r"(parameter|overfitting) .* (again|41%)( |$)", row, re.M) for row in text.splitlines()]
    assert len({found.end(2) for found in ends if found}) == 1
    assert len([found for found in ends if found]) == 2


def test_one_question_is_one(page_text):
    text = page_text(replace(NEW, counts=NEW.counts._replace(new=1), minutes=1))
    assert "question today" in text
    assert "1 new · about 1 minute" in text


def test_the_remaining_work_is_shown_once_some_is_done(page_text):
    text = page_text(replace(BUSY, so_far=DayTotals(FRIDAY, answered=3, right=2)))
    assert "questions left today" in text
    assert "Today      3 answered, 2 right." in text


def test_answers_in_practice_are_counted_as_such(page_text):
    text = page_text(replace(BUSY, so_far=DayTotals(FRIDAY, answered=3, right=2, cram=2)))
    assert "Today      3 answered, 2 right; 2 of them in practice." in text


def test_the_reason_why_a_term_is_new_now_is_given(page_text):
    text = page_text(BUSY, (160, 48))
    assert "gradient descent  needs nothing new" in text
    assert "momentum          needs gradient descent" in text
    assert "weight            3 of 10 asked so far" in text


@pytest.mark.parametrize(
    ("known", "new", "reason"),
    [
        ((), (), "needs no other term"),
        (("step",), (), "needs nothing new"),
        (("step",), ("training set",), "needs training set"),
        ((), ("training set", "step (of training)"), "needs training set, step"),
    ],
)
def test_of_what_a_term_needs_the_page_shows_what_is_not_learned_yet(known, new, reason, page_text):
    terms = [NewTerm("d:batch", "batch", 1, 0, 8, known, new)]
    assert re.search(rf"batch  {reason}( |$)", page_text(replace(BUSY, new_terms=terms)), re.M)


@pytest.mark.parametrize(
    ("put_right", "due", "amount"),
    [
        (0, 31, "31 to review, 24 again, 44 new · 25 min"),
        (3, 1, "3 to put right, 1 to review, 24 again, 44 new"),
        (12, 31, "12 to put right, 31 to review, …"),
    ],
)
def test_where_the_amount_leaves_no_room_the_minutes_are_beside_the_button(put_right, due, amount, page_text):
    counts = Counts(due=due, learning=24, new=44, answered=9, later=1, backlog=due, put_right=put_right)
    lines = page_text(replace(BUSY, counts=counts, minutes=25), (60, 20)).splitlines()
    assert lines[2].endswith(f"   {amount}")
    assert lines[3].endswith("Enter  start" + "   about 25 minutes" * (put_right > 0))


def test_steps_that_are_not_due_for_a_while_are_told_with_their_time(page_text):
    waits = replace(DONE, counts=Counts(0, 2, 0, 17, 1, 0), next_step=NOON.at + 3_660_000)
    text = page_text(waits)
    assert "Nothing is due just now." in text
    assert "2 to see again at 14:01." in text


def test_a_day_without_anything_says_what_to_do_next(page_text):
    text = page_text(replace(DONE, so_far=DayTotals(FRIDAY), counts=Counts(0, 0, 0, 0, 3, 0)))
    assert "Nothing is due today." in text
    assert "The next reviews: 2 in 3 days." in text
    for way in ("m  five new", "a  review ahead", "g  glossary", "d  demos"):
        assert way in text


def test_a_way_for_which_there_is_no_room_is_left_out_whole(page_text):
    every = replace(DONE, has_more_new=True, can_contrast=True)
    row = next(line for line in page_text(every, (60, 20)).splitlines() if "five new" in line)
    assert row.endswith("x  contrast")
    assert "demos" in page_text(every, (80, 24))


def test_ways_that_lead_nowhere_are_not_offered(page_text):
    text = page_text(replace(DONE, has_more_new=False, counts=Counts(0, 0, 0, 17, None, 0)))
    assert "five new" not in text
    assert "review ahead" not in text
    assert "No review is waiting on any day." in text


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (1, "Yesterday  14"),
        (2, "Wednesday  14"),
        (6, "Saturday   14"),
        (7, "Last       14"),
        (400, "16 October"),
    ],
)
def test_the_last_day_is_named(ago, words, page_text):
    assert words in page_text(replace(BUSY, last=DayTotals(FRIDAY - ago, answered=14, right=12)))


def test_today_says_that_certainty_was_always_right(page_text):
    text = page_text(replace(BUSY, certainty=Certainty(9, 9)))
    assert "Of the 9 you were certain of, all" in text


def test_arrows_go_through_the_places_and_enter_opens_them():
    async def run() -> None:
        app = Holder(BUSY, Terminal())
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            page = app.query_one(TodayPage)
            assert page.marked_action == "start"
            await pilot.press("down", "enter")
            await pilot.press("j", "j", "enter", "k", "enter", "end", "enter", "left", "enter", "home")
            await pilot.pause()
            assert app.ran == [
                "open_card('d:gradient-descent')",
                "open_card('d:weight')",
                "open_card('d:momentum')",
                "app.marked",
                "open_demo('overfitting', 'd')",
            ]
            assert page.marked_action == "start"

    asyncio.run(run())


def test_a_click_opens_what_it_hits(screen_text):
    async def run() -> None:
        app = Holder(BUSY, Terminal())
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            for words in ("start", "batch size", "Watch its demo"):
                lines = screen_text(app).splitlines()
                y = next(y for y, line in enumerate(lines) if words in line)
                await pilot.click(offset=(lines[y].index(words), y))
            assert app.ran == ["start", "open_card('d:batch-size')", "open_demo('overfitting', 'd')"]

    asyncio.run(run())


def test_a_resize_lays_it_out_anew(screen_text, page_text):
    async def run() -> str:
        app = Holder(BUSY, Terminal())
        async with app.run_test(size=(160, 48)) as pilot:
            await pilot.pause()
            await pilot.resize_terminal(80, 24)
            await pilot.pause()
            await pilot.pause()
            return screen_text(app)

    assert asyncio.run(run()) == page_text(BUSY, (80, 24))


def test_overdue_reviews_are_told_in_one_sentence_with_the_day_on_which_they_are_done(page_text):
    text = page_text(replace(BUSY, backlog=Backlog(240, 60, FRIDAY + 13)))
    assert "Overdue    240 are overdue; 60 a day, done by 3 December." in text
    assert "The day's limit" not in text


def test_a_tall_window_shows_as_many_days_as_there_is_room_for(page_text):
    long = replace(BUSY, forecast=[40, *range(1, 28)])
    text = page_text(long, (160, 48))
    assert "Reviews due, next 28 days" in text
    assert "Fri 27 " in text  # a week from this Friday
    assert "Reviews due, next 7 days" in page_text(long, (80, 24))
    assert "Fri 27 " not in page_text(long, (80, 24))
