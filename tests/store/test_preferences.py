"""Settings as people write them: what is read is what is written, and an error says what is possible."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlterms.base.errors import CallError
from mlterms.store import preferences
from mlterms.store.log.settings import NAMES
from mlterms.store.preferences import PREFERENCES
from mlterms.store.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    for folder in ("CONFIG", "CACHE", "DATA"):
        monkeypatch.setenv(f"XDG_{folder}_HOME", str(tmp_path))
    with Workspace(str(tmp_path / "answers.db"), "2026-11-20T09:00+00:00") as workspace:
        yield workspace


def test_all_that_bears_on_scheduling_can_be_set() -> None:
    assert {name for name, each in PREFERENCES.items() if each.scheduled} == set(NAMES)


@pytest.mark.parametrize("name", PREFERENCES)
def test_what_is_written_of_a_default_reads_as_the_default(name: str) -> None:
    preference = PREFERENCES[name]
    default = preferences.default_of(preference)
    assert preference.write(preference.read(preference.write(default))) == preference.write(default)


@pytest.mark.parametrize("name", [name for name, each in PREFERENCES.items() if name != "decks"])
def test_the_example_of_each_can_be_set_and_reset(name: str, workspace: Workspace) -> None:
    preference = PREFERENCES[name]
    default = preferences.value_of(preference, workspace)
    preferences.change(preference, preference.example, workspace)
    assert preference.write(preferences.value_of(preference, workspace)) == preference.example
    preferences.change(preference, None, workspace)
    assert preferences.value_of(preference, workspace) == default


@given(st.lists(st.integers(1, 86_400), unique=True, max_size=4).map(sorted))
def test_steps_are_read_as_they_were_written(steps: list[int]) -> None:
    preference = PREFERENCES["learning_steps"]
    assert preference.read(preference.write(tuple(steps))) == tuple(steps)


@given(st.lists(st.integers(0, 6), unique=True).map(sorted))
def test_days_are_read_as_they_were_written(days: list[int]) -> None:
    preference = PREFERENCES["light_days"]
    assert preference.read(preference.write(tuple(days))) == tuple(days)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("desired_retention", "90%", 0.9),
        ("desired_retention", " .85 ", 0.85),
        ("desired_retention", "0,85", 0.85),
        ("rollover_hour", "4:00", 4),
        ("rollover_hour", "0", 0),
        ("maximum_interval", "36,500", 36_500),
        ("maximum_interval", "36500", 36_500),
        ("learning_steps", "60s, 10m, 2d", (60, 600, 172_800)),
        ("learning_steps", "none", ()),
        ("light_days", "saturday, SUN", (5, 6)),
        ("ascii", "Yes", True),
        ("decks", "none", ()),
    ],
)
def test_people_write_it_in_more_than_one_way(name: str, text: str, value: object) -> None:
    assert PREFERENCES[name].read(text) == value


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("desired_retention", "high", "from 0.70 to 0.97, written like 0.9 or 90%"),
        ("desired_retention", "1", "from 0.70 to 0.97"),
        ("desired_retention", "nan", "from 0.70 to 0.97"),
        ("new_per_day", "ten", "a whole number from 0 to 9,999"),
        ("reviews_per_day", "2.5", "a whole number from 0 to 9,999"),
        ("new_per_day", "-1", "from 0 to 9,999"),
        ("rollover_hour", "4:30", "a full hour from 0 to 23"),
        ("rollover_hour", "-3", "a full hour from 0 to 23"),
        ("learning_steps", "10", "like 1m 10m"),
        ("learning_steps", "10m 1m", "write 1m 10m"),
        ("learning_steps", "25h", "whole days, like 2d"),
        ("learning_steps", "0m", "at least 1s"),
        ("maximum_interval", "0", "from 1 to 36,500"),
        ("maximum_interval", "36,50", "from 1 to 36,500"),
        ("maximum_interval", "x", "from 1 to 36,500"),
        ("guess_first", "9", "write off, mixed or always"),
        ("light_days", "Fr", "weekdays like Sat Sun"),
        ("theme", "", "there is no theme"),
        ("ascii", "", "on or off"),
    ],
)
def test_an_impossible_value_changes_nothing_and_the_error_says_what_is_possible(
    name: str, text: str, words: str, workspace: Workspace
) -> None:
    preference = PREFERENCES[name]
    before = preferences.value_of(preference, workspace)
    with pytest.raises(CallError, match=words):
        preferences.change(preference, text, workspace)
    assert preferences.value_of(preference, workspace) == before


def test_a_step_may_not_be_longer_than_the_longest_interval_that_is_set(workspace: Workspace) -> None:
    preferences.change(PREFERENCES["maximum_interval"], "3", workspace)
    with pytest.raises(CallError, match="longer than the maximum interval"):
        preferences.checked(PREFERENCES["learning_steps"], "1m 4d", workspace)


def test_a_deck_is_a_folder_with_a_deck_in_it(tmp_path: Path, workspace: Workspace) -> None:
    deck = tmp_path / "deck"
    with pytest.raises(CallError, match="is not a deck"):
        preferences.change(PREFERENCES["decks"], str(deck), workspace)
    (deck / "content").mkdir(parents=True)
    (deck / "content" / "deck.toml").write_text('id = "mine"\ntitle = "Mine"\n')
    assert preferences.change(PREFERENCES["decks"], str(deck), workspace)
    assert workspace.config.decks == (deck,)


def test_hyphens_do_and_a_slip_is_met_with_what_is_nearest() -> None:
    assert preferences.find("desired-retention") is PREFERENCES["desired_retention"]
    with pytest.raises(CallError, match="did you mean light_days"):
        preferences.find("lightdays")


@pytest.mark.parametrize("name", [name for name, each in PREFERENCES.items() if not each.options])
def test_an_empty_value_is_never_taken_for_one(name: str, workspace: Workspace) -> None:
    preference = PREFERENCES[name]
    with pytest.raises(CallError, match=f"{preference.title}: write a value like ") as error:
        preferences.change(preference, " ", workspace)
    may_be_none = name in ("learning_steps", "relearning_steps", "light_days", "decks")
    assert str(error.value).endswith(", or none") == may_be_none
