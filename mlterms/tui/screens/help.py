"""Help: where the learner is, in two sentences, and what can be done there, with the keys as they are set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from textual.app import App, ComposeResult
from textual.dom import DOMNode
from textual.screen import Screen

from mlterms.base.text_columns import wrap, wrap_paragraphs
from mlterms.tui.actions import ACTIONS, Action, bindings
from mlterms.tui.key_names import format_keys, keys_of
from mlterms.tui.screens.app_screen import AppScreen, HelpText
from mlterms.tui.widgets.key_line import KeyLine
from mlterms.tui.widgets.news_line import NewsLine
from mlterms.tui.widgets.row_list import RowList
from mlterms.tui.widgets.row_widget import Piece, Row, call, indented, padded, width_of

_WIDEST = 92
_NAMES = 18  # columns of keys, and of other names
_EVERYWHERE = {"list": "Moving around", "tabs": "On the tabs", "app": "Everywhere"}


class HelpPage(RowList):
    """The text of help, as rows.

    possible: what can be done now (id → its keys that do it now). actions: all that can be done there, some
    only at times.
    """

    LABELS = {"list.open": "run the action"}

    def __init__(
        self, text: HelpText, actions: Sequence[Action], possible: Mapping[str, Sequence[str]]
    ) -> None:
        super().__init__(id="words")
        self.text, self.actions, self.possible = text, actions, possible

    def content(self, width: int, room: int) -> list[Row]:
        inner = min(_WIDEST, width - 6)
        rows: list[Row] = [[], [Piece(self.text.title, "row--title")], []]
        rows += self._text(self.text.text, inner)
        if self.text.items:
            rows += [[], [Piece(self.text.heading, "row--heading")]]
            for name, about in self.text.items:
                rows += self._item([Piece(name, "row--strong")], about, "", inner)
        for group, heading in ({"": "Here"} | _EVERYWHERE).items():
            these = [
                each for each in self.actions if (each.screen if each.screen in _EVERYWHERE else "") == group
            ]
            now = [each for each in these if each.id in self.possible]
            later = [each for each in these if each.id not in self.possible]
            for part, title in ((now, heading), (later, "At other times")):
                rows += [[], [Piece(title, "row--heading")]] if part else []
                for action in part:
                    rows += self._action(action, inner)
        if self.text.notes:
            rows += [[], *self._text(self.text.notes, inner)]
        return indented(rows, 3)

    def _text(self, text: str, width: int) -> list[Row]:
        return [[Piece(line)] for line in wrap_paragraphs(self.terminal.text(text), width)]

    def _action(self, action: Action, width: int) -> list[Row]:
        keys = format_keys(self.possible.get(action.id) or keys_of(action, self.app.keys))
        if action.id not in self.possible:
            return self._item([Piece(keys, "row--muted")], action.sentence, "row--muted", width)
        run = call("run_there", action.id)
        rows = self._item([Piece(keys, "row--accent")], action.sentence, "", width)
        return [
            [piece._replace(action=run) if piece.text.strip() else piece for piece in row] for row in rows
        ]

    def _item(self, name: Row, about: str, style: str, width: int) -> list[Row]:
        """A name and what is said about it, beside it or, where the name is long, below."""
        lines = wrap(self.terminal.text(about), width - _NAMES) or [""]
        below: list[Row] = [[Piece(" " * _NAMES), Piece(line, style)] for line in lines]
        if width_of(name) >= _NAMES:
            return [self.cut(name, width), *below]
        return [[*padded(name, _NAMES), Piece(lines[0], style)], *below[1:]]


class HelpScreen(AppScreen[None]):
    """Help on the screen `under` it. An action that is chosen here is run there."""

    BINDINGS = bindings("help")
    AUTO_FOCUS = "#words"
    NAME = "help"

    def __init__(self, under: Screen[Any]) -> None:
        super().__init__()
        self.under = under
        self._possible: dict[str, tuple[str, DOMNode]] = {}
        self._keys: dict[str, list[str]] = {}  # of each action, those that no other action has now
        for key, active in under.active_bindings.items():
            name, action = active.binding.id, active.binding.action
            if (
                active.enabled
                and name
                and not (isinstance(under, AppScreen) and not under.has_effect(action))
            ):
                self._possible[name] = action, active.node
                self._keys.setdefault(name, []).append(key)

    def compose(self) -> ComposeResult:
        if isinstance(self.under, AppScreen):
            where, text = self.under.NAME, self.under.help_text()
        else:
            where, text = "", HelpText("Help", "")
        actions = [each for name, each in ACTIONS.items() if each.screen == where or name in self._possible]
        yield HelpPage(text, actions, self._keys)
        yield NewsLine()
        yield KeyLine()

    async def action_run_there(self, action: str) -> None:
        """Close help, and do what was chosen."""
        run, node = self._possible[action]
        self.app.back()
        await self.app.run_action(run, node)

    def action_leave(self) -> None:
        self.app.back()


def show_help(app: App[Any]) -> None:
    """Show help on the open screen, if that is not help itself."""
    if not isinstance(app.screen, HelpScreen):
        app.push_screen(HelpScreen(app.screen))
