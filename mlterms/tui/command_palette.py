"""The command palette: terms, guides, demos, actions, settings and themes by name. It only calls others."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.command import Command, CommandPalette, DiscoveryHit, Hit, Hits, Provider, SearchIcon
from textual.content import Content
from textual.widgets import OptionList

from mlterms.base.edit_distance import distance_to_beginning
from mlterms.base.text import one_line
from mlterms.base.theme_names import THEMES
from mlterms.store.preferences import PREFERENCES
from mlterms.tui.actions import ACTIONS, Action
from mlterms.tui.key_names import format_keys
from mlterms.tui.shell import WorkspaceShell
from mlterms.tui.tabs import TABS
from mlterms.tui.widgets.row_widget import Piece, RowWidget
from mlterms.tui.widgets.settings_page import KEYS

_TERMS = 12  # that are offered for what was typed
_SCORES = {"title": 1.0, "alias": 1.0, "prefix": 1.0, "part": 0.8}
"""How near terms are that are found by a name, by kind of hit; an action that is named is at 0.9."""
_NOT_HERE = (
    "list.",
    "tabs.",
    "card.",
    "app.palette",
)  # what moves a mark is not a command, and tabs are offered anyway


_LONG_ENOUGH = 4
"""Letters of a word in which a slip is forgiven."""

_THEME = "Theme: "

_ALSO = {
    "app.help": "keys shortcuts keyboard manual",
    "app.quit": "exit close end bye",
    "app.marked": "flags flagged suspended buried leeches browse",
    "tabs.today": "home start study learn review quiz due",
    "tabs.glossary": "terms cards words dictionary browse",
    "tabs.demos": "experiments play training",
    "tabs.progress": "stats statistics history score results retention streak chart",
    "tabs.settings": "preferences options config configuration",
    "today.plan": "goal deadline schedule calendar",
    "keys": "keys shortcuts keyboard bindings keymap",
    "theme": "colours colors dark light appearance",
}
"""Other words for what the palette offers, by action, setting or screen."""


class _Offer(NamedTuple):
    """Something that can be done. name: the part of the label in which typed letters are looked for.

    score: how near it is to what was typed, 0 to 1. also: other words by which it is found.
    """

    label: str
    about: str
    run: Callable[[], Any]
    score: float = 0.0
    name: str = ""
    also: str = ""

    def is_named(self, words: Sequence[str]) -> bool:
        """Whether each of these words is in the label, or begins another word for it."""
        label, also = self.label.casefold(), self.also.split()
        return all(word in label or any(each.startswith(word) for each in also) for word in words)

    def is_nearly_named(self, words: Sequence[str]) -> bool:
        """The same, where a slip of the keyboard is forgiven in each word."""
        known = re.findall(r"\w+", f"{self.name or self.label} {self.also}".casefold())
        return all(
            any(distance_to_beginning(word, each, 1) <= 1 for each in known if each[0] == word[0])
            for word in words
            if len(word) >= _LONG_ENOUGH
        )

    def shown(self) -> Content:
        """Never read as markup, as Textual would do with a help text: cards and files may say anything."""
        return Content(f"{self.label}\n{self.about}" if self.about else self.label)


class Everything(Provider):
    """What the palette offers: first what can be done, and for what is typed also terms and demos."""

    @property
    def _app(self) -> WorkspaceShell:
        app = self.app
        assert isinstance(app, WorkspaceShell)
        return app

    async def discover(self) -> Hits:
        for offer in self._actions():
            yield DiscoveryHit(offer.shown(), offer.run, text=offer.label)

    async def search(self, query: str) -> Hits:
        for offer in self._terms(query):
            yield Hit(offer.score, offer.shown(), offer.run, text=offer.label)
        words = query.casefold().split()
        is_long = max(map(len, words), default=0) >= _LONG_ENOUGH
        for offer in (*self._settings(), *self._guides(query), *self._demos(), *self._actions()):
            if offer.is_named(words):
                yield Hit(0.9, offer.shown(), offer.run, text=offer.label)
            elif offer.score:
                yield Hit(offer.score, offer.shown(), offer.run, text=offer.label)
            elif is_long and offer.is_nearly_named(words):
                yield Hit(0.15, offer.shown(), offer.run, text=offer.label)

    def _terms(self, query: str) -> Iterator[_Offer]:
        from mlterms.store.index.search import search

        for place, hit in enumerate(search(self._app.workspace.index, query, _TERMS)):
            run = partial(self._app.open_card, hit.term)
            score = _SCORES.get(hit.kind, 0.1) - place / 1000
            title = self._app.workspace.index.title_in_list(hit.term, hit.title)
            yield _Offer(one_line(title), one_line(hit.snippet), run, score)

    def _guides(self, query: str) -> Iterator[_Offer]:
        """All guides. Those in whose text the words are have a score."""
        from mlterms.store.index.search import search_guides

        found = {hit.guide for hit in search_guides(self._app.workspace.index, query)}
        for guide in self._app.workspace.index.guides():
            run = partial(self._app.open_guide, guide.id)
            label, about = f"Guide: {one_line(guide.title)}", one_line(guide.summary)
            yield _Offer(label, about, run, 0.2 if guide.id in found else 0.0)

    def _demos(self) -> Iterator[_Offer]:
        for demo in self._app.workspace.index.demos():
            run = partial(self._app.open_demo, demo.name, demo.deck)
            yield _Offer(f"Demo: {one_line(demo.title)}", "", run)

    def _settings(self) -> Iterator[_Offer]:
        for preference in PREFERENCES.values():
            label = f"Setting: {preference.title}"
            run = partial(self._app.go_to_setting, preference.name)
            yield _Offer(label, "", run, name=preference.title, also=_ALSO.get(preference.name, ""))
        yield _Offer("Setting: keys", "", partial(self._app.go_to_setting, KEYS), name=KEYS, also=_ALSO[KEYS])
        for theme in THEMES:
            yield _Offer(f"{_THEME}{theme}", "", partial(self._app.keep_theme, theme))

    def _actions(self) -> Iterator[_Offer]:
        """What can be done on the screen below the palette, and the tabs."""
        app = self._app
        here = {each.binding.id: each for each in self.screen.active_bindings.values() if each.enabled}
        for name, active in here.items():
            action = ACTIONS.get(name or "")
            if action is not None and not action.id.startswith(_NOT_HERE) and not action.leads_to_tab:
                yield self._offer(action, partial(app.run_action, active.binding.action, active.node))
        for tab in TABS:
            yield self._offer(ACTIONS[f"tabs.{tab}"], partial(app.go, tab))
        if "today.plan" not in here:
            yield self._offer(ACTIONS["today.plan"], self._plan, with_key=False)

    def _plan(self) -> None:
        from mlterms.tui.screens.plan import PlanScreen

        self._app.push_screen(PlanScreen())

    def _offer(self, action: Action, run: Callable[[], Any], *, with_key: bool = True) -> _Offer:
        name, sentence = f"{action.label[0].upper()}{action.label[1:]}", action.sentence
        if name.casefold() in sentence.casefold():  # which says it all
            name, label = "", sentence
        else:
            label = f"{name}: {sentence}"
        if with_key:
            label += f"  {self._app.key(action.id)}"
        return _Offer(label, "", run, name=name or action.label, also=_ALSO.get(action.id, ""))


class PaletteKeys(RowWidget):
    """The palette's own keys, in the place of those of the screen below, which do nothing meanwhile."""

    COMPONENT_CLASSES = {"key-line--key", "key-line--label"}

    def rows(self, width: int, height: int) -> list[list[Piece]]:
        row = [Piece(" ")]
        for keys, label, run in (
            (("up", "down"), "choose", ""),
            (("enter",), "run", ""),
            (("escape",), "close", "screen.escape"),
        ):
            row += [
                Piece(format_keys(keys), "key-line--key", run),
                Piece(f" {label}", "key-line--label", run),
                Piece("   "),
            ]
        return [row]


class Palette(CommandPalette):
    """Textual's, with a hint in its field, a sign before it that every terminal can show, and its keys below.

    A theme that is marked is shown at once, and goes with the palette unless it is chosen.
    """

    CSS_PATH = "palette.tcss"

    def __init__(self, **given: Any) -> None:
        super().__init__(placeholder="Find a term, a guide, a demo, a setting or a command", **given)
        self._previews = False

    def compose(self) -> ComposeResult:
        yield from super().compose()
        yield PaletteKeys()

    def on_mount(self) -> None:
        self.query_one(SearchIcon).icon = "/"

    @on(OptionList.OptionHighlighted)
    def _preview(self, event: OptionList.OptionHighlighted) -> None:
        label = (event.option.hit.text or "") if isinstance(event.option, Command) else ""
        is_theme = label.startswith(_THEME)
        if is_theme or self._previews:
            self._previews = is_theme
            self._shell.show_theme(label.removeprefix(_THEME) if is_theme else "")

    def on_unmount(self) -> None:
        if self._previews:
            self._shell.show_theme("")

    @property
    def _shell(self) -> WorkspaceShell:
        assert isinstance(self.app, WorkspaceShell)
        return self.app
