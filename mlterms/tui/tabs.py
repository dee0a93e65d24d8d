"""The first screens, by name, and what the palette offers: each imported when it is first opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.screen import Screen

if TYPE_CHECKING:
    from textual.command import Provider

    from mlterms.quiz.choose import Plan


def today() -> Screen[None]:
    from mlterms.tui.screens.today import TodayScreen

    return TodayScreen()


def glossary() -> Screen[None]:
    from mlterms.tui.screens.glossary import GlossaryScreen

    return GlossaryScreen()


def demos() -> Screen[None]:
    from mlterms.tui.screens.demos import DemosScreen

    return DemosScreen()


def settings() -> Screen[None]:
    from mlterms.tui.screens.settings import SettingsScreen

    return SettingsScreen()


def welcome() -> Screen[None]:
    from mlterms.tui.screens.welcome import WelcomeScreen

    return WelcomeScreen()


def quiz(plan: Plan | None = None) -> Screen[None]:
    """Asks what `plan` says; by default what is due and new."""
    from mlterms.quiz.choose import Plan
    from mlterms.tui.screens.quiz import QuizScreen

    return QuizScreen(plan or Plan())


TABS = {"today": today, "glossary": glossary, "demos": demos, "settings": settings}


def commands() -> type[Provider]:
    from mlterms.tui.palette import Everything

    return Everything
