"""The moment in which keys are ignored, on a clock of the test's own."""

from __future__ import annotations

from mlterms.tui.key_pause import KeyPause


def test_keys_are_ignored_until_the_seconds_are_over() -> None:
    now = [100.0]
    pause = KeyPause(lambda: now[0])
    assert not pause.is_on
    pause.start(0.5)
    now[0] = 100.4
    assert pause.is_on
    now[0] = 100.5
    assert not pause.is_on


def test_a_pause_that_is_started_again_counts_from_then_on() -> None:
    now = [0.0]
    pause = KeyPause(lambda: now[0])
    pause.start(1.5)
    now[0] = 1.0
    pause.start(1.5)
    now[0] = 2.4
    assert pause.is_on


def test_a_pause_of_no_seconds_ends_the_one_before() -> None:
    pause = KeyPause(lambda: 0.0)
    pause.start(60.0)
    pause.start(0)
    assert not pause.is_on
