"""Help: where one is, in two sentences, and what can be done there, with the keys as they are set."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.screen import Screen

from mlterms.tui.actions import ACTIONS, SCREENS, Action, bindings, in_words, keys_of
from mlterms.tui.look import Look
from mlterms.tui.widgets.key_line import KeyLine
from mlterms.tui.widgets.lines import Piece, wrapped
from mlterms.tui.widgets.page import Page, Row, padded

if TYPE_CHECKING:
    from mlterms.tui.app import MltermsApp

_WIDEST = 92
_KEYS = 16  # columns of an action's keys
_EVERYWHERE = {"list": "In lists", "tabs": "On the tabs", "app": "Everywhere"}


class _Words(Page):
    """where: a screen's name in `SCREENS`. actions: what can be done there, some only at times. now: the
    ids of what can be done now. own: keys that were set."""

    def __init__(
        self,
        where: str,
        actions: Sequence[Action],
        now: Collection[str],
        own: Mapping[str, str],
        *,
        look: Look,
    ) -> None:
        super().__init__(id="words", look=look)
        self.where, self.actions, self.now, self.own = where, actions, now, own

    def content(self, width: int, room: int) -> list[Row]:
        inner = min(_WIDEST, width - 6)
        rows: list[Row] = [[], [Piece(self.where.capitalize() or "Help", "page--title")], []]
        rows += [[Piece(line)] for line in wrapped(self.look.text(SCREENS.get(self.where, "")), inner)]
        for group, heading in ({"": "Here"} | _EVERYWHERE).items():
            these = [
                each for each in self.actions if (each.screen if each.screen in _EVERYWHERE else "") == group
            ]
            rows += [[], [Piece(heading, "page--heading")]] if these else []
            for action in these:
                rows += self._action(action, inner)
        return [[Piece("   "), *row] if row else [] for row in rows]

    def _action(self, action: Action, width: int) -> list[Row]:
        first, *more = wrapped(self.look.text(action.sentence), width - _KEYS)
        can_be = action.id in self.now
        zone, key_look, look = (
            (action.id, "page--accent", "") if can_be else (None, "page--muted", "page--muted")
        )
        keys = self.cut([Piece(in_words(keys_of(action, self.own)), key_look, zone)], _KEYS - 1)
        rows: list[Row] = [[*padded(keys, _KEYS), Piece(first, look, zone)]]
        return rows + [[Piece(" " * _KEYS), Piece(line, look, zone)] for line in more]


class HelpScreen(Screen[None]):
    """Help on the screen `under` it. An action that is chosen here is done there."""

    BINDINGS = bindings("help")
    CSS_PATH = "help.tcss"
    AUTO_FOCUS = "#words"

    app: MltermsApp

    def __init__(self, under: Screen[Any]) -> None:
        super().__init__()
        self.under = under
        self._owners = {
            active.binding.id: (active.binding.action, active.node)
            for active in under.active_bindings.values()
            if active.enabled and active.binding.id
        }

    def compose(self) -> ComposeResult:
        where = _name_of(self.under)
        actions = [each for name, each in ACTIONS.items() if each.screen == where or name in self._owners]
        with VerticalScroll(can_focus=False):
            yield _Words(where, actions, self._owners, self.app.keys, look=self.app.look)
        yield KeyLine(look=self.app.look)

    async def on_page_chosen(self, event: Page.Chosen) -> None:
        action, at = self._owners[event.zone]
        self.app.back()
        await self.app.run_action(action, at)

    def action_leave(self) -> None:
        self.app.back()


def _name_of(screen: Screen[Any]) -> str:
    """What a screen is called in `SCREENS`: the tab that it is, or what its actions begin with."""
    tab = getattr(screen, "TAB", "")
    own = (getattr(binding, "id", None) or "" for binding in type(screen).BINDINGS)
    return tab or next((name for each in own if (name := each.partition(".")[0]) in SCREENS), "")
