"""Progress of a learner with a history of weeks, read from a real database, in words and as JSON."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from mlterms.base.ids import QuestionId
from mlterms.base.text_columns import columns
from mlterms.memory.state import CardState, Phase, Rating
from mlterms.progress.acts import help_weak
from mlterms.progress.as_json import to_dict
from mlterms.progress.calibration import Level
from mlterms.progress.figures import figures_of, why_weak
from mlterms.progress.minutes import Estimate
from mlterms.progress.pictures import _level, month_rows, picture_of
from mlterms.progress.proportion import Proportion
from mlterms.progress.report import Report, read_report
from mlterms.store.confidence import confident_answers
from mlterms.store.log.learner import Answer
from mlterms.store.workspace import Workspace
from tests.store.imported import import_state

FRIDAY = 20_777
DAY = 86_400_000
NAMES = ["recalled", "minutes", "expected", "weakest", "year", "calibration", "beliefs"]


@pytest.fixture
def learned(workspace: Workspace) -> Workspace:
    """Forty questions, reviewed once in the last days: 32 recalled, and all with a confidence."""
    learner, now = workspace.learner, workspace.clock.now()
    questions = [row.question for row in workspace.queue.every(now, 40)]
    assert len(questions) == 40
    for number, question in enumerate(questions):
        last = FRIDAY - 20 - number % 7
        at = now.later((last - FRIDAY) * DAY)
        state = CardState(Phase.REVIEW, 0, 8.0, 5.0, None, last + 12, at.at, last, 3, number % 10)
        import_state(learner, question, state, "a test", at)
        then = now.later((last + 12 - FRIDAY) * DAY)
        right = number % 5 > 0
        learner.answer(
            Answer(
                question,
                Rating.GOOD if right else Rating.AGAIN,
                correct=right,
                confidence=1 + number % 3,
                seconds=30,
            ),
            learner.state(question),
            then,
        )
    return workspace


def read(workspace: Workspace) -> Report:
    return read_report(workspace, workspace.clock.now())


def sentences(report: Report) -> dict[str, str]:
    return {figure.name: f"{figure.sentence} {figure.advice}" for figure in figures_of(report)}


def test_the_figures_come_in_their_order_each_with_something_to_do_and_a_formula(learned: Workspace) -> None:
    figures = figures_of(read(learned))
    assert [figure.name for figure in figures] == NAMES
    for figure in figures:
        assert figure.sentence.endswith(".")
        assert figure.sentence.count(". ") == 0
        assert figure.act.command.startswith("mlterms ")
        assert len(figure.formula) > 50


def test_what_was_recalled_asked_for_and_expected_is_said_in_these_words(learned: Workspace) -> None:
    said = sentences(read(learned))
    assert (
        "80% of 40 reviews right, not counting learning steps (the true share is probably 65% to 90%);"
        " you asked for 90%" in said["recalled"]
    )
    assert re.search(
        r"Of the 40 questions that you have started, you would answer about \d+ correctly now,"
        r" and \d+ in 30 days without reviews\.",
        said["expected"],
    )
    assert "studied on 7 days, 20 minutes in all" in said["year"]
    assert '"certain" 13 times (10 right)' in said["calibration"]


def test_what_was_just_answered_first_is_not_said_to_be_forgotten(workspace: Workspace) -> None:
    first, second = (row.question for row in workspace.queue.every(workspace.clock.now(), 2))

    def answer(question: QuestionId, rating: Rating) -> str:
        learner = workspace.learner
        learner.answer(Answer(question, rating), learner.state(question), workspace.clock.now())
        return sentences(read(workspace))["expected"]

    assert answer(first, Rating.GOOD).startswith(
        "What you have started is still in its learning steps, and counts once these are done."
    )
    assert answer(second, Rating.EASY).startswith(
        "Of the 2 questions that you have started, you would answer about 1 correctly now, and 1 in 30 days"
        " without reviews; the one still in its learning steps will count later."
    )
    assert sentences(read(workspace))["weakest"].startswith("No term has come up for review yet.")


def test_the_minutes_a_day_are_of_the_days_since_the_first_answer(workspace: Workspace) -> None:
    learner, now = workspace.learner, workspace.clock.now()
    yesterday = now.later(-DAY)
    for row in workspace.queue.every(now, 12):
        learner.answer(Answer(row.question, Rating.GOOD, seconds=60), learner.state(row.question), yesterday)
    said = sentences(read(workspace))["minutes"]
    assert said.startswith("You spent 12 minutes answering yesterday, and will probably spend")
    assert "used to" not in said  # after one day


def test_after_a_pause_what_waits_is_not_denied_and_the_limit_is_assumed(workspace: Workspace) -> None:
    learner, now = workspace.learner, workspace.clock.now()
    before = now.later(-16 * DAY)
    for row in workspace.queue.every(now, 28):
        learner.answer(Answer(row.question, Rating.EASY, seconds=5), learner.state(row.question), before)
    said = sentences(read(workspace))
    assert said["recalled"].startswith("You have not answered a question in review yet. 28 reviews are due")
    assert "in the next 14 days, if you learn 10 new questions a day, your limit." in said["minutes"]
    assert "spend 0 minutes" not in said["minutes"]
    none = Estimate(0.0, 0.2, 0.6)
    report = read(workspace)
    quiet = replace(report, minutes=replace(report.minutes, ahead=(none,) * 14))
    assert "will probably spend less than a minute a day (0 to 1)" in sentences(quiet)["minutes"]


def test_reviews_of_long_ago_are_not_denied(learned: Workspace) -> None:
    report = read_report(learned, learned.clock.now().later(60 * DAY))
    assert sentences(report)["recalled"].startswith(
        "You have not answered a question in review in the last 30 days."
    )


def test_the_same_numbers_are_in_the_json(learned: Workspace) -> None:
    data = json.loads(json.dumps(to_dict(read(learned))))
    assert list(data) == ["day", "answered", *NAMES]
    assert (data["day"], data["answered"]) == ("2026-11-20", 40)
    assert (data["recalled"]["right"], data["recalled"]["of"]) == (32, 40)
    assert len(data["minutes"]["last_14_days"]) == len(data["minutes"]["expected"]) == 14
    assert sum(data["minutes"]["last_14_days"]) == pytest.approx(20)
    assert sum(data["year"]["minutes"]) == pytest.approx(20)
    assert data["expected"]["started"] == 40
    assert data["expected"]["now"] > data["expected"]["in_30_days"] > 0
    assert len(data["weakest"]["terms"]) == 5
    assert [level["of"] for level in data["calibration"]["levels"]] == [14, 13, 13]
    assert data["calibration"]["compared"] == 40


def test_an_undone_answer_is_in_no_figure(learned: Workspace) -> None:
    learner = learned.learner
    last = learner.undoable()
    assert last is not None
    learner.undo(last.uuid, learned.clock.now())
    report = read(learned)
    assert (report.answered, report.recalled.last.of, report.calibration.answers) == (39, 39, 39)
    assert len(confident_answers(learner)) == 39


@pytest.mark.parametrize("in_practice", [True, False])
def test_the_scheduler_is_judged_by_reviews_alone_and_not_by_answers_in_practice(
    in_practice: bool, learned: Workspace
) -> None:
    learner, now = learned.learner, learned.clock.now().later(30 * DAY)
    every = [row.question for row in learned.queue.every(now, 40)]
    question = next(each for each in every if learner.state(each).phase is Phase.REVIEW)
    before = read(learned).calibration
    mode = "cram" if in_practice else "scheduled"
    for wait in (0, 60_000):  # the second answer of a day is no review either
        state = learner.state(question)
        given = Answer(question, Rating.GOOD, mode=mode, correct=True, confidence=3, seconds=5)
        learner.answer(given, state, now.later(wait))
    after = read_report(learned, now.later(120_000)).calibration
    assert after.answers == before.answers + 2
    assert after.compared == before.compared + (not in_practice)
    formula = next(each.formula for each in figures_of(read(learned)) if each.name == "calibration")
    assert "practice included" in formula
    assert "on reviews only" in formula


def test_a_mistaken_belief_is_counted_until_another_question_about_it_is_answered_rightly(
    workspace: Workspace,
) -> None:
    learner, now, index = workspace.learner, workspace.clock.now(), workspace.index
    belief, first, second = index.select(
        "SELECT one.id, one.question, two.question FROM misconception AS one JOIN misconception AS two"
        " ON two.id = one.id AND two.question > one.question LIMIT 1"
    )[0]
    name = belief.partition(":")[2]
    given = {"option": 0, "misconception": name}
    learner.answer(
        Answer(QuestionId(first), Rating.AGAIN, given=given, correct=False), learner.state(first), now
    )
    (found,) = read(workspace).believed
    assert (found.about, found.day) == (index.misconception(belief), FRIDAY)
    assert found.about.endswith(".")  # the sentence of the deck, and not the id
    assert "You still seem to hold 1 mistaken belief." in sentences(read(workspace))["beliefs"]
    learner.answer(Answer(QuestionId(second), Rating.GOOD, correct=True), learner.state(second), now.later(9))
    assert read(workspace).believed == ()
    assert "no mistaken belief" in sentences(read(workspace))["beliefs"]


def test_an_empty_history_says_what_comes_and_what_to_do(workspace: Workspace) -> None:
    report = read(workspace)
    said = sentences(report)
    assert report.answered == 0
    assert said["recalled"].startswith("You have not answered a question in review yet. A question is")
    assert said["minutes"].startswith("You will probably spend")
    assert (
        "answering in the next 14 days, if you learn 10 new questions a day, your limit." in said["minutes"]
    )
    assert "10 new questions today would raise these numbers" in said["expected"]
    assert "No term has come up for review yet." in said["weakest"]
    assert "Let the quiz ask for it" in said["calibration"]
    assert all(figure.act.command for figure in figures_of(report))
    assert json.dumps(to_dict(report))


@pytest.mark.parametrize("width", [56, 60, 74, 96, 120, 156])
@pytest.mark.parametrize("is_ascii", [False, True])
def test_pictures_fit_their_width_and_are_ascii_where_they_must_be(
    learned: Workspace, width: int, is_ascii: bool
) -> None:
    report = read(learned)
    for name in NAMES[:-1]:
        rows = ["".join(span.text for span in row) for row in picture_of(name, report, width, is_ascii)]
        assert rows
        assert max(map(len, rows)) <= width, (name, rows)
        assert not is_ascii or "".join(rows).isascii()
        assert any(re.search(r"\d", row) for row in rows)  # no picture without its numbers


def test_months_have_young_and_mature_reviews(learned: Workspace) -> None:
    first, november, *more = [
        "".join(span.text for span in row) for row in month_rows(read(learned).recalled)
    ]
    assert first.split() == ["all", "young", "mature"]
    assert november.split() == ["Nov", "2026", *["80%", "of", "40", "80%", "of", "40", "none"]]
    assert more == []


def test_the_table_by_month_fits_the_smallest_page(learned: Workspace) -> None:
    recalled = read(learned).recalled
    full = Proportion(99_999, 99_999)
    months = (recalled.months[0]._replace(young=full, mature=Proportion(0, 0)),)
    for each in (recalled, replace(recalled, months=months)):
        rows = ["".join(span.text for span in row) for row in month_rows(each)]
        assert max(map(len, rows)) <= 56


def test_the_brier_score_is_explained_where_it_is_and_one_review_is_singular(learned: Workspace) -> None:
    report = read(learned)
    one = replace(report, calibration=replace(report.calibration, compared=1))
    for width in (56, 80):
        rows = ["".join(span.text for span in row) for row in picture_of("calibration", one, width, True)]
        words = " ".join(" ".join(rows).split())
        assert "Brier score of 1 review: the mean of the squared distance between the chance" in words
        assert max(map(len, rows)) <= width


def test_each_weak_term_says_why_and_what_helps(learned: Workspace) -> None:
    weakest = read(learned).weakest
    assert len(weakest) == 5
    for term in weakest:
        assert why_weak(term)
        act = help_weak(term)
        assert act.label
        assert act.command.startswith("mlterms ")
    assert [term.known for term in weakest] == sorted(term.known for term in weakest)


def test_once_is_not_1_times() -> None:
    levels = [Level(2, Proportion(0, count), Proportion(0, 0), None) for count in (1, 2)]
    once, twice = ("".join(span.text for span in _level(level, 80)) for level in levels)
    assert " 1 time " in once
    assert " 2 times " in twice
    assert len(once) == len(twice)


def test_weak_terms_are_in_columns_whatever_their_script(learned: Workspace) -> None:
    report = read(learned)
    titles = ["平均値", "한글", "mean", "🙂 x", "Größe"]
    weakest = [term._replace(title=title) for term, title in zip(report.weakest, titles, strict=True)]
    rows = picture_of("weakest", replace(report, weakest=tuple(weakest)), 78, False)
    shown = ["".join(span.text for span in row) for row in rows]
    places = {columns(row[: row.index("%")]) for row in shown if row.startswith(tuple(titles))}
    assert len(places) == 1
