"""The quiz on its screen, with the bundled cards: every kind, by keys and by mouse, and second thoughts."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from textual.events import Paste
from textual.pilot import Pilot
from textual.widgets import Input

from mlterms.glossary.types import Choice, Option
from mlterms.memory.state import Phase, Rating
from mlterms.quiz.choose import Plan
from mlterms.quiz.instance import Instance
from mlterms.store.workspace import Workspace
from mlterms.tui.app import MltermsApp
from mlterms.tui.paste_parser import PasteParser
from mlterms.tui.screens.quiz import QuizScreen
from mlterms.tui.widgets.question_view import QuestionView
from mlterms.tui.widgets.rating_bar import RatingBar
from tests.quiz.test_round_trips import traced

FRIDAY = "2026-11-20T09:00+00:00"

Scene = Callable[[MltermsApp, Pilot[str | None]], Awaitable[None]]
Play = Callable[..., Workspace]


@pytest.fixture
def play(play: Callable[..., None], workspace: Workspace) -> Play:
    """`play(scene, terms=…)` opens the quiz with that plan and plays the scene; the workspace stays open."""

    def played(scene: Scene, size: tuple[int, int] = (80, 24), **plan: Any) -> Workspace:
        play(scene, "quiz", size, Plan(**plan))
        return workspace

    return played


def screen_of(app: MltermsApp) -> QuizScreen:
    assert isinstance(app.screen, QuizScreen)
    return app.screen


def shown(app: MltermsApp) -> str:
    return "\n".join(
        "".join(segment.text for segment in strip) for strip in app.screen._compositor.render_strips()
    )


async def to_kind(app: MltermsApp, pilot: Pilot[str | None], kind: str) -> QuizScreen:
    """Skip until a question of that kind is asked."""
    screen = screen_of(app)
    for _ in range(30):
        if screen.stage == "introducing":
            await pilot.press("enter")
        assert screen.sitting.asked is not None
        if screen.sitting.asked.question.kind == kind:
            return screen
        await pilot.press("ctrl+n")
    raise AssertionError(f"no question is a {kind}")


def right_option(asked: Instance) -> Option:
    assert isinstance(asked.question, Choice)
    return next(option for option in asked.question.options if option.right)


def right_key(asked: Instance) -> str:
    """The key that picks the right option of a choice."""
    return str(asked.options.index(right_option(asked).text) + 1)


def test_a_new_term_is_introduced_before_its_first_question(play: Play) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        assert "New  machine learning" in shown(app)
        assert "letting a computer adjust it" in shown(app)
        await pilot.press("enter")
        assert screen_of(app).stage == "asking"
        assert "Which of these spam filters" in shown(app)

    play(scene)


def test_a_choice_is_answered_explained_rated_and_recorded(play: Play) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        screen = await to_kind(app, pilot, "choice")
        asked = screen.sitting.asked
        assert asked is not None
        await pilot.press(right_key(asked))
        assert screen.stage == "rating"
        assert "Right." in shown(app)
        assert right_option(asked).why[1:30] in shown(app)
        assert "3 Good 10m" in shown(app)
        await pilot.press("enter")
        state = app.workspace.learner.state(asked.id)
        assert state.phase is Phase.LEARNING
        assert screen.sitting.asked is not None
        assert screen.sitting.asked.id != asked.id

    assert play(scene).learner.last_sequence() > 0


def test_the_suggestion_is_marked_and_another_rating_can_be_taken(play: Play) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        screen = await to_kind(app, pilot, "choice")
        asked = screen.sitting.asked
        assert asked is not None
        await pilot.press(right_key(asked))
        assert app.screen.query_one(RatingBar).marked is Rating.GOOD
        await pilot.press("right")
        assert app.screen.query_one(RatingBar).marked is Rating.EASY
        await pilot.press("enter")
        assert app.workspace.learner.state(asked.id).phase is Phase.REVIEW

    play(scene)


def test_an_option_can_be_clicked_and_so_can_a_rating(play: Play) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        screen = await to_kind(app, pilot, "choice")
        page = app.screen.query_one(QuestionView)
        place = next(place for place in page.places() if place.action == "choose(0)")
        await pilot.click(page, offset=(place.x + 1, place.y))
        await pilot.pause()
        assert screen.stage == "rating"
        await pilot.click(app.screen.query_one(RatingBar), offset=(3, 1))
        await pilot.pause()
        assert len(screen.sitting.answers) == 1
        assert screen.sitting.answers[0].rating == Rating.AGAIN

    play(scene)


def test_a_recall_is_compared_by_its_ideas(play: Play) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        screen = await to_kind(app, pilot, "recall")
        await pilot.press("m", "y", "enter")
        assert screen.stage == "revealed"
        assert "The answer" in shown(app)
        bar = app.screen.query_one(RatingBar)
        assert not bar.is_marked
        await pilot.press("space", "down", "space", "j", "space")
        assert bar.marked is Rating.GOOD
        await pilot.press("space")
        assert bar.marked is Rating.HARD
        await pilot.press("enter")
        event = screen.sitting.answers[-1]
        assert event.given == {"text": "my", "ideas": [0, 1]}
        assert event.rating == Rating.HARD

    play(scene, terms=("mlterms:weight",), mode="cram")


def test_all_of_a_long_answer_is_shown_beside_the_model_answer(play: Play) -> None:
    long = f"it begins here and goes on\nover several lines, {'far longer than the screen, ' * 5}to the end"

    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        screen = await to_kind(app, pilot, "recall")
        app.post_message(Paste(long))
        await pilot.pause()
        await pilot.press("enter")
        text = " ".join(shown(app).replace("▌", " ").split())
        assert f"Your answer {' '.join(long.split())} The answer" in text
        assert screen.sitting.draft is None
        await pilot.press("3")  # digits rate, whatever there is to tick
        assert screen.sitting.answers[-1].rating == Rating.GOOD
        assert screen.sitting.answers[-1].given == {"text": long, "ideas": []}

    play(scene, terms=("mlterms:weight",), mode="cram", size=(80, 36))


def test_the_card_is_shown_beside_an_answer_where_there_is_room(play: Play) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        screen = await to_kind(app, pilot, "choice")
        card = "In plain words"
        assert card not in shown(app)  # it would answer the question
        await pilot.press("1" if screen.sitting.asked is None else right_key(screen.sitting.asked))
        await pilot.pause()
        assert card in shown(app)
        await pilot.press("enter")
        assert card not in shown(app)
        await to_kind(app, pilot, "recall")
        await pilot.press("enter")
        await pilot.pause()
        assert card in shown(app)
        await pilot.resize_terminal(100, 30)
        assert card not in shown(app)
        await pilot.press("u")
        assert screen.stage == "asking"

    play(scene, size=(160, 48), terms=("mlterms:weight",), mode="cram")


def test_full_width_digits_of_an_input_method_pick_and_rate(play: Play) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        screen = await to_kind(app, pilot, "choice")
        assert screen.sitting.asked is not None
        await pilot.press("０１２３４"[int(right_key(screen.sitting.asked))])
        assert screen.stage == "rating"
        await pilot.press("３")
        assert screen.sitting.answers[-1].rating == Rating.GOOD

    play(scene)


def test_several_lines_that_are_pasted_into_a_gap_are_one(play: Play) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        await to_kind(app, pilot, "cloze")
        app.post_message(Paste("\none\r\ntwo"))
        await pilot.pause()
        assert app.screen.query(Input).first().value == "one two"

    play(scene, terms=("mlterms:weight",), mode="cram")


def test_an_unmarked_paste_in_one_read_presses_no_key_where_nothing_can_be_written(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mlterms.tui.paste_parser._BURST_PAUSE", 0.0)

    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        before = shown(app)
        parser = PasteParser()
        for event in (*parser.feed("skip, bury, quit and edit\r" * 5), *parser.tick()):
            app.post_message(event)
        await pilot.pause()
        assert shown(app) == before

    play(scene)


def test_a_number_is_checked_as_it_is_typed_and_only_numbers_are_graded(play: Play) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        screen = await to_kind(app, pilot, "numeric")
        await pilot.press("f", "e", "w")
        assert "Write a number" in shown(app)
        await pilot.press("enter")
        assert screen.stage == "asking"
        app.screen.query_one(Input).value = "123456"
        await pilot.press("enter")
        assert screen.stage == "rating"
        assert "Not this time" in shown(app)

    play(scene, terms=("mlterms:weight",), mode="cram")


def test_steps_are_put_in_order_by_their_numbers(play: Play) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        screen = await to_kind(app, pilot, "order")
        asked = screen.sitting.asked
        assert asked is not None
        for position in sorted(range(len(asked.order)), key=asked.order.__getitem__):
            await pilot.press(str(position + 1))
        await pilot.press("end", "enter")
        assert screen.stage == "rating"
        assert "Right" in shown(app)

    play(scene, size=(100, 40), terms=("mlterms:step",), mode="cram")


def test_the_wrong_line_is_picked_and_the_right_one_shown(play: Play) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        screen = await to_kind(app, pilot, "spot")
        await pilot.press("1")
        assert screen.stage == "rating"
        assert "should read:" in shown(app)

    play(scene, size=(100, 40), terms=("mlterms:epoch",), mode="cram")


def test_undo_asks_the_last_question_again_and_redo_puts_the_answer_back(play: Play) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        screen = await to_kind(app, pilot, "choice")
        asked = screen.sitting.asked
        assert asked is not None
        await pilot.press(right_key(asked), "4", "u")
        assert screen.sitting.asked is not None
        assert screen.sitting.asked.id == asked.id
        assert app.workspace.learner.state(asked.id).phase is Phase.NEW
        await pilot.press(*(("enter",) if screen.stage == "introducing" else ()), "U")
        assert app.workspace.learner.state(asked.id).phase is Phase.REVIEW

    play(scene)


def test_suspend_and_tomorrow_take_the_question_away(play: Play) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        screen = await to_kind(app, pilot, "choice")
        first = screen.sitting.asked
        assert first is not None
        await pilot.press("s")
        card = app.workspace.learner.card(first.id)
        assert card is not None
        assert card.suspended
        assert screen.sitting.asked is not None
        assert screen.sitting.asked.id != first.id

    play(scene)


def test_another_windows_answer_is_noticed(play: Play) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        screen = await to_kind(app, pilot, "choice")
        asked = screen.sitting.asked
        assert asked is not None
        with Workspace(now=FRIDAY) as other:
            other.learner.know(asked.id, other.clock.now())
        app.look_again()
        await pilot.pause()
        await pilot.pause()
        assert screen.sitting.asked is not None
        assert screen.sitting.asked.id != asked.id

    play(scene)


def test_leaving_keeps_the_open_question_for_next_time(play: Play) -> None:
    left: list[object] = []

    async def leave(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        screen = await to_kind(app, pilot, "choice")
        left.append(screen.sitting.asked)
        await pilot.press("escape")

    async def come_back(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        assert screen_of(app).sitting.asked == left[0]

    play(leave)
    play(come_back)


def test_the_end_shows_the_result_of_the_sitting(play: Play) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        screen = await to_kind(app, pilot, "choice")
        assert screen.sitting.asked is not None
        await pilot.press(right_key(screen.sitting.asked), "4")
        assert screen.stage == "over"
        assert "1 answered" in shown(app)
        assert "machine learning" in shown(app)
        await pilot.press("enter")

    play(scene, limit=1)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (160, 48)])
def test_nothing_is_cut_off_at_any_size(play: Play, size: tuple[int, int]) -> None:
    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        await to_kind(app, pilot, "choice")
        asked = screen_of(app).sitting.asked
        assert asked is not None
        text = " ".join(shown(app).split())
        for option in asked.options:
            assert option in text
        await pilot.press(right_key(asked))
        assert "4 Easy" in shown(app)

    play(scene, size=size)


def test_an_answer_while_terms_are_new_takes_few_statements(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the first key to the answer's solution, and from its rating to the next question."""
    monkeypatch.setattr("mlterms.tui.app._LOOK_AGAIN", 3600.0)  # what it reads every few seconds is no part
    taken: list[tuple[int, int]] = []

    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        screen, connection = screen_of(app), app.workspace.learner.connection
        for number in range(6):
            if screen.stage == "introducing":
                await pilot.press("enter")
            asked = screen.sitting.asked
            assert asked is not None
            assert asked.question.kind == "choice"
            with traced(connection) as solution:
                await pilot.press(right_key(asked))
            assert screen.stage == "rating"
            with traced(connection) as next_question:
                await pilot.press("enter")
            assert screen.sitting.asked != asked
            if number:  # the first answer of a learner also logs the policy
                taken.append((len(solution), len(next_question)))

    play(scene)
    assert all(solution <= 10 and next_question < 30 for solution, next_question in taken), taken
