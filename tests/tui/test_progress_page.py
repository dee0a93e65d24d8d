"""What Progress shows of a history, as text at three sizes. The history is made up; nothing is read."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from textual.app import App, ComposeResult

from mlterms.base.config import Config
from mlterms.progress.calibration import measure_calibration
from mlterms.progress.figures import figures_of
from mlterms.progress.minutes import Estimate, Minutes, Pace
from mlterms.progress.proportion import Proportion
from mlterms.progress.recalled import Month, Recalled
from mlterms.progress.report import Believed, Report
from mlterms.progress.year import measure_year
from mlterms.store.beginnings import Beginnings, Outcome
from mlterms.store.confidence import ConfidentAnswer
from mlterms.store.counts import Counts
from mlterms.store.index.reader import Link
from mlterms.store.log.tables import DayTotals
from mlterms.store.mastery import Expected, Weak
from mlterms.store.weak_terms import WeakTerm
from mlterms.tui.shell import Shell
from mlterms.tui.terminal import Terminal
from mlterms.tui.widgets.progress_page import ProgressPage

SIZES = [(60, 20), (80, 24), (160, 48)]
FRIDAY = 20_777  # 2026-11-20


def said(level: int, right: int, wrong: int) -> list[ConfidentAnswer]:
    return [ConfidentAnswer(level, 1, 0.9)] * right + [ConfidentAnswer(level, 0, 0.8)] * wrong


def weak(name: str, known: float, **more: Any) -> WeakTerm:
    values = {
        "lapses": 0,
        "worst": f"d:{name}/one",
        "worst_lapses": 0,
        "overdue": 0,
        "overdue_days": 0,
        "weak_need": None,
        "contrast": [],
        "demo": "",
    }
    return WeakTerm(**{"id": f"d:{name}", "title": name.replace("-", " "), "known": known, **values, **more})


BUSY = Report(
    day=FRIDAY,
    answered=6401,
    counts=Counts(due=12, learning=1, new=5, answered=0, later=1, backlog=40),
    recalled=Recalled(
        Proportion(358, 412),
        0.9,
        (
            Month(2026, 10, Proportion(30, 40), Proportion(9, 10)),
            Month(2026, 11, Proportion(300, 350), Proportion(58, 62)),
        ),
    ),
    minutes=Minutes(
        past=(0, 9, 14, 12, 0, 0, 21, 8, 10, 13, 11, 0, 7, 12),
        today=4,
        ahead=tuple(Estimate(9 - day / 2, 14 - day / 2, 19 - day / 2) for day in range(14)),
        pace=Pace(18, 9, 200, 5.6, 2),
    ),
    expected=Expected(171, 143.2, 127.6),
    weakest=(
        weak("overfitting", 0.41, worst_lapses=9, lapses=12, contrast=[Link("d:u", "underfitting", True)]),
        weak("gradient-descent", 0.48, lapses=5, demo="gradient-descent"),
        weak("momentum", 0.52, weak_need=Weak("d:gd", "gradient descent", 0.48)),
        weak("batch-size", 0.58, overdue=3, overdue_days=12),
        weak("bias", 0.66),
    ),
    year=measure_year(
        [DayTotals(FRIDAY - 3 * back, 9, milliseconds=60_000 * (back % 23)) for back in range(100)], FRIDAY
    ),
    calibration=measure_calibration([*said(3, 40, 6), *said(2, 9, 3), *said(1, 2, 4)]),
    believed=(Believed("An epoch is an update", "d:epoch", "epoch", FRIDAY - 3),),
    beginnings=Beginnings(Outcome(20, 90, 75), Outcome(22, 95, 60), FRIDAY - 30),
    asks_confidence=True,
)
NEW = Report(
    day=FRIDAY,
    answered=0,
    counts=Counts(due=0, learning=0, new=10, answered=0, later=None, backlog=0),
    recalled=Recalled(Proportion(0, 0), 0.9, ()),
    minutes=Minutes((0,) * 14, 0, (Estimate(3, 7, 11),) * 14, Pace(20, 14, 0, 10, 5, is_assumed=True)),
    expected=Expected(0, 0.0, 0.0),
    weakest=(),
    year=measure_year([], FRIDAY),
    calibration=measure_calibration([]),
    believed=(),
    beginnings=Beginnings(Outcome(), Outcome(), None),
    asks_confidence=False,
)


class Holder(Shell[None]):
    """The page by itself. ran: the actions that were run."""

    def __init__(self, report: Report, terminal: Terminal) -> None:
        super().__init__(Config())
        self.report, self.terminal = report, terminal
        self.ran: list[str] = []

    def compose(self) -> ComposeResult:
        yield ProgressPage(self.report)

    @property
    def page(self) -> ProgressPage:
        return self.query_one(ProgressPage)

    async def run_action(self, action: str, *namespaces: Any) -> bool:
        if action.startswith(("act", "explain", "open_")):
            self.ran.append(action)
            return True
        return await super().run_action(action, *namespaces)


@pytest.fixture
def page_text(screen_text: Callable[[App[Any]], str]) -> Callable[..., str]:
    def text(
        report: Report, size: tuple[int, int] = (80, 24), *, unfolded: bool = False, **terminal: Any
    ) -> str:
        async def run() -> str:
            app = Holder(report, Terminal(**terminal))
            async with app.run_test(size=size) as pilot:
                await pilot.pause()
                if unfolded:
                    app.page.with_months, app.page.explained = True, ["recalled", "calibration"]
                    app.page.renew()
                    await pilot.pause()
                return screen_text(app)

        return asyncio.run(run())

    return text


@pytest.mark.parametrize(("width", "height"), [(60, 110), (80, 100), (160, 48)])
@pytest.mark.parametrize(("name", "report"), [("new", NEW), ("busy", BUSY)])
def test_the_page_looks_as_it_did(name, report, width, height, page_text, same_as_file):
    same_as_file(f"progress_{name}_{width}", page_text(report, (width, height)))


def test_in_ascii_it_is_ascii(page_text, same_as_file):
    text = page_text(BUSY, (80, 100), charset="ascii")
    assert text.isascii()
    same_as_file("progress_busy_ascii", text)


@pytest.mark.parametrize("width", range(60, 170, 9))
def test_no_row_is_longer_than_the_page_is_wide(width, page_text):
    text = page_text(BUSY, (width, 150), unfolded=True)
    assert max(map(len, text.splitlines())) <= width
    words = " ".join(text.split())
    for figure in ("143 of 171", "underfitting", "Brier score", "Nov 2026", "z = 1.96"):
        assert figure in words


def test_the_three_words_are_not_mixed(page_text):
    text = " ".join(page_text(BUSY, (100, 100)).split())
    assert "you got 87% of 412 reviews right" in text
    assert "you asked for 90%" in text
    for word in ("retention", "remembered", "predicted"):
        assert word not in text


def test_few_answers_have_no_share_and_no_place_in_the_diagram(page_text):
    lines = page_text(BUSY, (80, 100)).splitlines()
    (guess,) = [line for line in lines if "a guess  " in line]
    assert "6 times" in guess
    assert "%" not in guess
    assert (
        len([line for line in lines if "fairly sure  " in line]) == 1
    )  # from ten on a share, from 30 a mark
    assert len([line for line in lines if "certain   " in line]) == 2


def test_the_arrows_reach_each_button_and_enter_presses_it():
    async def run() -> list[str]:
        app = Holder(BUSY, Terminal())
        async with app.run_test(size=(80, 100)) as pilot:
            app.page.focus()
            await pilot.press("enter")
            for _ in range(14):
                await pilot.press("down", "enter")
            await pilot.press("left", "enter")
            return app.ran

    ran = asyncio.run(run())
    assert ran[0] == "act('recalled')"
    for action in (
        "act('minutes')",
        "act('expected')",
        "open_demo('gradient-descent', 'd')",
        "act('beginnings')",
    ):
        assert action in ran


def test_a_click_on_the_button_asks_for_the_formula(screen_text):
    async def run() -> None:
        app = Holder(BUSY, Terminal())
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            lines = screen_text(app).splitlines()
            y = next(y for y, line in enumerate(lines) if " formula" in line)
            await pilot.click(offset=(lines[y].index(" formula") + 1, y))
            assert app.ran == ["explain('recalled')"]

    asyncio.run(run())


@pytest.mark.parametrize(
    ("guess", "card", "days", "words"),
    [
        ((20, 90, 75), (22, 95, 60), 30, "Beginning with a guess worked better for you."),
        ((20, 90, 50), (22, 95, 85), 21, "Beginning with the card worked better for you."),
        ((20, 90, 75), (22, 95, 76), 30, "That may be chance so far."),
        ((20, 90, 75), (22, 0, 0), 30, "after the card there is no later answer yet"),
        ((20, 90, 75), (22, 95, 60), 20, "In 1 day this says which worked better for you."),
    ],
)
def test_the_two_ways_of_beginning_are_compared_after_three_weeks(guess, card, days, words, page_text):
    beginnings = Beginnings(Outcome(*guess), Outcome(*card), FRIDAY - days)
    assert words in " ".join(page_text(replace(BUSY, beginnings=beginnings), (100, 110)).split())


def test_what_is_more_or_less_than_asked_for_says_what_helps(page_text):
    def advice(right: int, due: int) -> str:
        counts = BUSY.counts._replace(due=due)
        recalled = replace(BUSY.recalled, last=Proportion(right, 400))
        return " ".join(page_text(replace(BUSY, counts=counts, recalled=recalled), (100, 100)).split())

    assert "less than you asked for: answer reviews on their day" in advice(300, 12)
    assert "ask for less" in advice(300, 0)
    assert "more than you asked for" in advice(396, 12)
    assert "nothing to change" in advice(360, 12)


@pytest.mark.parametrize(
    ("is_limited", "words"), [(False, "your average so far"), (True, "your average within today's limit")]
)
def test_an_average_that_todays_limit_has_cut_is_named_as_such(is_limited, words):
    pace = BUSY.minutes.pace._replace(is_limited=is_limited)
    figures = figures_of(replace(BUSY, minutes=replace(BUSY.minutes, pace=pace)))
    assert f"with 6 new questions a day, {words}." in " ".join(figure.sentence for figure in figures)
