"""What help says about the demo that is open: its description, its knobs, and how they are turned."""

from __future__ import annotations

from mlterms.base.text import with_minus
from mlterms.demo.constants import NATS
from mlterms.quiz.demo_session import DemoSession
from mlterms.tui.screens.app_screen import HelpText

_NOTES = (
    "Type a number to set the chosen knob, then Enter. A number below zero begins with -, "
    "which makes the demo slower where no digit follows. "
    "The mouse turns knobs, drags the timeline and clicks on keys."
)


def demo_help(session: DemoSession) -> HelpText | None:
    """None before the demo is loaded."""
    demo = session.demo
    if demo is None:
        return None
    knobs = []
    for knob in demo.settings.KNOBS.values():
        effect = "can be changed live" if knob.live else "restarts the run"
        effect = "changes only the picture" if knob.view else effect
        allowed = with_minus(knob.allowed()).replace(" to -", " to −")
        knobs.append((knob.title, f"{knob.help} ({allowed}; {effect})"))
    notes = f"{_NOTES} {NATS}" if "nats" in demo.constants.units.values() else _NOTES
    return HelpText(demo.title, demo.description(tries=not session.hides_tries), "Knobs", knobs, notes)
