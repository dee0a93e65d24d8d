"""The guard around a demo's code: what goes wrong is told, and nothing hangs."""

import itertools
import signal
import sys
import threading
import warnings
from pathlib import Path

import numpy as np
import pytest

from mlterms.base.errors import MltermsError
from mlterms.demo.guard import DemoFault, guarded

SOON = 0.05  # seconds


def in_a_thread(work):
    thread = threading.Thread(target=work)
    thread.start()
    thread.join(30)
    assert not thread.is_alive()


def hang():
    while True:
        pass


def hang_stubbornly():
    while True:
        try:
            hang()
        except Exception:
            continue


def no_progress():
    return 0


@pytest.mark.parametrize("hanging", [hang, hang_stubbornly])
def test_code_that_hangs_is_interrupted_and_told_with_its_line(hanging):
    with pytest.raises(DemoFault) as caught, guarded(__file__, 0, no_progress, SOON):
        hanging()
    assert "still not done after 0.05 seconds" in str(caught.value)
    lines = Path(__file__).read_text(encoding="utf-8").splitlines()
    assert lines[caught.value.line - 1].strip() in ("while True:", "pass", "hang()")


def test_code_that_hangs_in_another_thread_is_interrupted_too():
    told = []

    def work():
        try:
            with guarded(__file__, 0, no_progress, SOON):
                hang_stubbornly()
        except DemoFault as fault:
            told.append(str(fault))

    in_a_thread(work)
    assert "still not done after" in told[0]


def test_an_interruption_strikes_nothing_afterwards_and_leaves_tracing_alone():
    arrived = []

    def work():
        for _ in range(5):
            try:
                with guarded(__file__, 0, no_progress, 0.02):
                    hang()
            except DemoFault:
                arrived.append(sum(range(200_000)))
        sys.settrace(lambda *event: arrived.append(event[1]) if len(arrived) < 6 else None)
        no_progress()
        sys.settrace(None)

    in_a_thread(work)
    assert arrived == [sum(range(200_000))] * 5 + ["call"]


def test_a_watch_that_strikes_while_it_starts_ends_with_what_it_watched(monkeypatch):
    """On a busy machine it may, and then it struck again and again: any later thread with the same number."""
    start, told = threading.Thread.start, []

    def start_slowly(thread):
        start(thread)
        if thread.name == "demo-watch":
            hang()

    def work():
        monkeypatch.setattr(threading.Thread, "start", start_slowly)
        try:
            with guarded(__file__, 0, no_progress, SOON):
                pass
        except DemoFault as fault:
            told.append(str(fault))
        monkeypatch.setattr(threading.Thread, "start", start)
        for thread in threading.enumerate():
            if thread.name == "demo-watch":
                thread.join(10 * SOON)
                told.append(thread.is_alive())

    in_a_thread(work)
    assert "still not done after" in told[0]
    assert True not in told


def test_work_in_another_thread_that_ends_in_time_is_left_alone():
    ended = []

    def work():
        with guarded(__file__, 0, no_progress, 1.0):
            ended.append(sum(range(100)))

    in_a_thread(work)
    assert ended == [4950]


def test_slow_work_that_goes_forward_is_left_alone():
    pieces = itertools.count()
    done = 0

    def progress():
        return next(pieces)

    with guarded(__file__, 0, progress, 0.002):
        for i in range(300_000):
            done += i % 2
    assert done == 150_000


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no timer signals on this system")
def test_the_alarm_of_others_is_given_back():
    def theirs(number, frame):
        pass

    before = signal.signal(signal.SIGALRM, theirs)
    signal.setitimer(signal.ITIMER_REAL, 100)
    try:
        with guarded(__file__, 0, no_progress, SOON):
            pass
        assert signal.getsignal(signal.SIGALRM) is theirs
        assert 0 < signal.getitimer(signal.ITIMER_REAL)[0] <= 100
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def test_an_error_is_reported_with_the_last_line_that_is_in_the_file():
    with pytest.raises(DemoFault) as caught, guarded(__file__, 0, no_progress):
        np.zeros(3).reshape(2, 2)
    assert "ValueError: cannot reshape array of size 3 into shape (2,2)" in str(caught.value)
    assert (
        Path(__file__)
        .read_text(encoding="utf-8")
        .splitlines()[caught.value.line - 1]
        .strip()
        .startswith("np.")
    )


def test_an_error_outside_the_file_is_reported_with_the_line_that_was_given():
    with pytest.raises(DemoFault) as caught, guarded("/elsewhere.py", 12, no_progress):
        raise KeyError("w")
    assert str(caught.value) == "/elsewhere.py:12: KeyError: 'w'"


def test_our_own_errors_are_told_in_their_own_words():
    with pytest.raises(DemoFault) as caught, guarded("/elsewhere.py", 12, no_progress):
        raise MltermsError("w has no value")
    assert str(caught.value) == "/elsewhere.py:12: w has no value"


def test_the_words_of_an_error_cannot_steer_the_terminal():
    with pytest.raises(DemoFault) as caught, guarded("/elsewhere.py", 12, no_progress):
        raise ValueError("a\x1b[31m\nb")
    assert caught.value.message == "ValueError: a\ufffd[31m b"


def test_leaving_the_program_is_left_alone():
    with pytest.raises(KeyboardInterrupt), guarded("/elsewhere.py", 12, no_progress):
        raise KeyboardInterrupt


def test_numeric_warnings_do_not_reach_the_terminal():
    with guarded("/elsewhere.py", 12, no_progress):
        assert np.isinf(np.float64(1e300) ** 2)
        assert np.isnan(np.log(np.float64(-1)))
        warnings.warn("poorly conditioned", RuntimeWarning, stacklevel=1)
    with pytest.raises(RuntimeWarning):
        _ = np.float64(1e300) ** 2
