"""Surveys as the tests make them, and what is drawn of one."""

from __future__ import annotations

from mlterms.demo.load import Demo
from mlterms.demo.player import Player
from mlterms.demo.survey import Survey
from mlterms.demo.survey_panel import survey_panel
from mlterms.plot import Curve, Picture, Style, render, to_text

FOREVER = float("inf")
STOPPED = float  # a clock that always says 0.0: no run is left out or shortened because the machine is busy


def survey_of(demo: Demo, knob: str, update: int = 20) -> Survey:
    return Survey(survey_player(demo, update), knob)


def survey_player(demo: Demo, update: int) -> Player:
    player = Player(demo)
    player.advance(update)
    return player


def drawn_text(survey: Survey, width: int = 60, height: int = 14) -> str:
    return to_text(render(Picture([survey_panel(survey)]), width, height, Style(colours="none")))


def curve(survey: Survey) -> Curve:
    return next(mark for mark in survey_panel(survey).marks if isinstance(mark, Curve))
