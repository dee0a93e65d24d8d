"""A prediction is asked, answered and left, with no screen around it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from mlterms.base.errors import CallError
from mlterms.demo.load import Demo
from mlterms.quiz.demo_request import DemoRequest, PredictionRequest
from mlterms.quiz.demo_session import DemoSession
from mlterms.tui.prediction_turn import PredictionTurn
from tests.tui.predictions import asked


@dataclass
class Host:
    """Notes what it is asked to do."""

    session: DemoSession
    moves_unasked: bool = True
    done: list[str] = field(default_factory=list)

    def changed(self) -> None:
        self.done.append("changed")

    def rearranged(self) -> None:
        self.done.append("rearranged")

    def say(self, text: str, *, is_bad: bool = False) -> None:
        self.done.append(f"{'bad: ' * is_bad}{text}")

    def leave(self) -> None:
        self.done.append("left")


def host_of(walk: Demo, find: Any = None, **how: Any) -> Host:
    """A demo that is loaded, with a question about it."""
    found = asked()
    request = PredictionRequest(find or (lambda demo: found), at_once=True, **how)
    session = DemoSession(DemoRequest("walk", load=lambda: walk), request)
    session.load(30, True)
    return Host(session)


def run_out(session: DemoSession) -> None:
    for _ in range(3000):
        if session.stage != "running":
            return
        session.tick()
        session.end_run_if_done()
    raise AssertionError("it never ends")


@pytest.mark.parametrize("returns", [False, True])
def test_enter_commits_and_after_the_verdict_goes_back_to_the_question_or_to_the_demo(
    walk: Demo, returns: bool
) -> None:
    host = host_of(walk, returns=returns)
    turn = PredictionTurn(host)
    turn.ask_first()
    turn.pick_next(-1)
    turn.pick_next(-1)
    assert host.session.predicting is not None
    assert (host.session.stage, host.session.predicting.picked) == ("asking", 1)
    turn.commit()
    run_out(host.session)
    assert host.session.stage == "decided"
    turn.commit()
    assert host.done[-1] == ("left" if returns else "rearranged")
    assert host.session.stage == ("decided" if returns else "")


def test_a_number_answers_at_once_and_one_without_an_option_says_which_have_one(walk: Demo) -> None:
    host = host_of(walk)
    turn = PredictionTurn(host)
    turn.ask_first()
    for place in (-1, 99):
        turn.pick(place)
        assert host.done[-1] == f"{place + 1} does nothing here: press a number from 1 to 3."
        assert host.session.stage == "asking"
    turn.pick(2)
    assert host.session.predicting is not None
    assert (host.session.stage, host.session.predicting.picked) == ("running", 2)


def test_enter_right_after_the_number_does_not_leave_out_how_sure_one_is(
    walk: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mlterms.tui.prediction_turn.AFTER_ANSWER", 60.0)
    host = host_of(walk, confidence=True)
    turn = PredictionTurn(host)
    turn.ask_first()
    turn.pick(0)
    turn.commit()
    assert host.session.stage == "sure"
    assert host.done[-1].startswith("That was very quick.")


def test_an_answer_from_another_screen_is_decided_at_once(walk: Demo) -> None:
    host = host_of(walk, picked=0)
    PredictionTurn(host).ask_first()
    assert host.session.stage == "running"


def test_where_no_question_can_be_put_the_demo_plays_and_the_reason_is_said(walk: Demo) -> None:
    def find(demo: Demo) -> None:
        raise CallError("no such knob")

    host = host_of(walk, find)
    turn = PredictionTurn(host)
    turn.ask_first()
    assert host.done[-1] == "bad: no such knob"
    assert host.session.playback is not None
    assert host.session.playback.playing
    assert turn.trouble == ""
