"""Settings that bear on scheduling: events like all else."""

from __future__ import annotations

import pytest

from mlterms.base.errors import CallError
from mlterms.memory.days import day_of
from mlterms.memory.policy import DEFAULT_PARAMETERS, Policy
from mlterms.memory.state import Rating
from mlterms.store.log.settings import NAMES, Settings

Q = "mlterms:epoch/one-pass"


def test_a_new_learner_has_the_defaults(learner):
    assert learner.settings == Settings(Policy(), 10, 200)
    assert learner.policy == Policy()


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [
        ("desired_retention", 0.85, 0.85),
        ("new_per_day", 0, 0),
        ("reviews_per_day", 9999, 9999),
        ("rollover_hour", 0, 0),
        ("learning_steps", [60, 600, 3600], (60, 600, 3600)),
        ("relearning_steps", (), ()),
        ("maximum_interval", 180, 180),
        ("light_days", [6, 5], (5, 6)),
    ],
)
def test_each_setting_is_kept(learner, opened, database, start, name, value, kept):
    learner.change_settings({name: value}, start)
    assert learner.settings.value(name) == kept
    learner.close()
    assert opened(database).settings.value(name) == kept


def test_every_name_has_a_value(learner):
    assert len({name: learner.settings.value(name) for name in NAMES}) == 9
    with pytest.raises(CallError, match="there are desired_retention"):
        learner.settings.value("retention")


@pytest.mark.parametrize(
    "wrong",
    [
        {"desired_retention": 1.2},
        {"desired_retention": float("nan")},
        {"new_per_day": -1},
        {"new_per_day": True},
        {"reviews_per_day": 10_000},
        {"reviews_per_day": 1.5},
        {"rollover_hour": 24},
        {"learning_steps": [600, 60]},
        {"maximum_interval": 0},
        {"light_days": [7]},
        {"retention": 0.9},
        {"parameters": DEFAULT_PARAMETERS},
        {"new_per_day": 5, "desired_retention": 0},
    ],
)
def test_a_value_out_of_range_changes_nothing(learner, start, wrong):
    with pytest.raises(CallError):
        learner.change_settings(wrong, start)
    assert learner.settings == Settings()
    assert learner.last_sequence() == 0


def test_none_takes_a_setting_back_to_its_default(learner, start):
    learner.change_settings({"new_per_day": 3, "desired_retention": 0.8}, start)
    learner.change_settings({"new_per_day": None}, start)
    assert learner.settings.new_per_day == 10
    assert learner.policy.desired_retention == 0.8


def test_a_change_to_the_same_value_records_nothing(learner, start):
    assert learner.change_settings({"new_per_day": None}, start) is None
    learner.change_settings({"light_days": [0, 6]}, start)
    assert learner.change_settings({"light_days": (6, 0)}, start) is None
    assert learner.change_settings({}, start) is None
    assert learner.last_sequence() == 1


def test_the_rollover_hour_decides_the_day_of_what_follows_and_not_of_what_was(learner, start, give):
    small_hours = start.later(-7 * 3_600_000)  # 02:00
    assert give(learner, Q, Rating.GOOD, small_hours).day == day_of(start) - 1
    learner.change_settings({"rollover_hour": 1}, small_hours)
    assert give(learner, Q, Rating.GOOD, small_hours.later(1)).day == day_of(start)
    assert learner.day(day_of(start) - 1).answered == 1


def test_parameters_are_set_and_taken_back(learner, start):
    parameters = (0.3, *DEFAULT_PARAMETERS[1:])
    learner.set_parameters(parameters, start)
    assert learner.policy.parameters == parameters
    assert learner.set_parameters(parameters, start) is None
    learner.set_parameters(None, start)
    assert learner.policy == Policy()
    with pytest.raises(CallError, match="21 parameters"):
        learner.set_parameters((1.0,), start)


def test_each_policy_that_answers_were_made_under_is_in_the_log_once(learner, opened, database, start, give):
    for _ in range(3):
        give(learner, Q, Rating.GOOD, start)
    give(opened(database), Q, Rating.GOOD, start)
    learner.change_settings({"desired_retention": 0.8}, start)
    give(learner, Q, Rating.GOOD, start)
    events = list(learner.events())
    assert [event.kind for event in events] == ["parameters", *["answer"] * 4, "settings", "answer"]
    assert learner.log.policy(events[0].policy) == Policy()
    assert learner.log.policy(events[-1].policy) == Policy(desired_retention=0.8)


def test_a_limit_alone_makes_no_new_policy(learner, start, give):
    before = give(learner, Q, Rating.GOOD, start)
    learner.change_settings({"new_per_day": 3}, start)
    assert give(learner, Q, Rating.GOOD, start).policy == before.policy


def test_another_window_sees_the_settings_when_it_looks(learner, opened, database, start):
    other = opened(database)
    learner.change_settings({"new_per_day": 3}, start)
    assert other.settings.new_per_day == 10
    assert other.refresh()
    assert other.settings.new_per_day == 3
    assert not other.refresh()


def test_what_does_not_fit_together_is_left_out_and_the_rest_holds():
    values = {"maximum_interval": 1, "learning_steps": [172_800], "new_per_day": 3, "from_the_future": 1}
    settings = Settings.of_log(values)
    assert settings.new_per_day == 3
    assert settings.policy == Policy(learning_steps=(172_800,))


def test_fitted_parameters_apply_from_the_next_answer_of_a_question_on(learner, start, give):
    from mlterms.memory.policy import DEFAULT_PARAMETERS
    from mlterms.memory.schedule import answer
    from mlterms.store.log.rebuild import rebuild

    first = give(learner, Q, Rating.EASY, start)
    fitted = (*DEFAULT_PARAMETERS[:8], 1.2, *DEFAULT_PARAMETERS[9:])
    learner.set_parameters(fitted, start)
    assert learner.state(Q) == first.after
    assert learner.policy.parameters == fitted
    later = start.later(20 * 86_400_000)
    expected = answer(learner.policy, first.after, Rating.GOOD, later, Q)
    assert give(learner, Q, Rating.GOOD, later).after == expected
    report = rebuild(learner.log)
    assert (report.recomputed, set(report.wrong.values())) == (0, {0})
