"""Which actions of the demo screen are possible, and why others are not. While a prediction is open, only its
own actions are."""

from __future__ import annotations

from collections.abc import Callable

from mlterms.quiz.demo_session import DemoSession
from mlterms.tui.actions import actions_of

OF_PREDICTION = frozenset(action.action.partition("(")[0] for action in actions_of("predict"))
AT_ONCE = frozenset(("leave", "back", "play"))  # before the demo is loaded


def is_possible(action: str, session: DemoSession) -> bool:
    """Whether this action is possible on a demo that is loaded."""
    stage = session.stage
    if action in ("leave", "back"):
        return True
    is_decided = stage in ("decided", "failed")
    if action == "commit":
        return is_decided or stage in ("asking", "sure")
    if action == "go_on":
        return is_decided
    if action in OF_PREDICTION or action == "pick":
        return stage == "asking"
    if action == "sure":
        return stage == "sure"
    if action == "ask":
        return stage in ("", "decided", "failed") and session.has_next_prediction
    if action == "formula":
        return not stage and session.player is not None and session.player.frame.formula is not None
    if action == "epoch":
        return not stage and session.player is not None and session.player.epochs is not None
    return not stage or (action == "play" and stage == "running")


def why_not_now(stage: str, key: Callable[[str], str]) -> str:
    """What to do first, where a key does nothing at this stage of a prediction; "" where there is none, or
    where the panel of the prediction says it already.

    key: the key of an action (its id), as people write it.
    """
    match stage:
        case "sure":
            return f"Press a number from 1 to 3, or {key('predict.commit')} to leave it open."
        case "running":
            return f"The runs decide now. {key('demo.play')} goes to their end."
        case "decided" | "failed":
            return f"Press {key('predict.play')} to play with the demo."
    return ""
