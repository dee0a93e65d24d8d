"""The third tab: the live demos, and what to look for in each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from textual import getters, work
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Static

from mlterms.base.errors import MltermsError
from mlterms.tui.actions import bindings
from mlterms.tui.screens.tab import TabScreen
from mlterms.tui.widgets.demos_page import DemoDescription, DemosPage, ListedDemo
from mlterms.tui.widgets.plot_view import PlotView
from mlterms.tui.widgets.search_results import SearchField

if TYPE_CHECKING:
    from mlterms.demo.player import Player
    from mlterms.plot import Picture

_REST = 0.3  # seconds that the mark rests on a demo before its still is made
_STILL_AT = 20  # updates, or a quarter of the run if that is less, so that the result is not given away
_STILL_FROM = (120, 36)  # columns and rows of the terminal


class DemosScreen(TabScreen):
    """The list, and below it, or beside it where there is room, what the marked demo says about itself."""

    BINDINGS = bindings("demos")
    CSS_PATH = "demos.tcss"
    NAME = "demos"
    AUTO_FOCUS = "#list"

    field = getters.query_one(SearchField)
    page = getters.query_one(DemosPage)
    description = getters.query_one(DemoDescription)

    def body(self) -> Iterable[Widget]:
        with Vertical(id="demos"):
            with Vertical(id="demo-list"):
                with Horizontal(id="words-line"):
                    yield Static("/", id="slash", markup=False)
                    yield SearchField(self._search)
                yield DemosPage(self._list_demos())
            with Vertical(id="marked-demo"):
                yield DemoDescription()
                yield PlotView(id="still")

    still = getters.query_one("#still", PlotView)

    _wanted: ListedDemo | None = None  # whose still is being made, or is shown

    def on_mount(self) -> None:
        self._show()
        self._read([(each.id, Path(each.path)) for each in self.page.demos])

    def _list_demos(self) -> list[ListedDemo]:
        index = self.app.workspace.index
        return [
            ListedDemo(
                (demo.deck, demo.name),
                demo.title,
                demo.path,
                tuple(row.title for name in demo.terms if (row := index.row(f"{demo.deck}:{name}"))),
                len(demo.predictions),
                demo.topic,
                demo.names,
            )
            for demo in index.demos()
        ]

    @work(thread=True, exclusive=True)
    def _read(self, demos: Iterable[tuple[tuple[str, str], Path]]) -> None:
        """Read what the demos say about themselves, in their files: the list need not wait for it."""
        from mlterms.demo.load import read_demo

        texts = {}
        for name, path in demos:
            try:
                texts[name] = read_demo(path).about
            except MltermsError as error:
                texts[name] = str(error)
        self.app.call_from_thread(self._take_texts, texts)

    def _take_texts(self, texts: Mapping[tuple[str, str], str]) -> None:
        self.description.texts = self.page.texts = texts
        self._show()

    def _show(self) -> None:
        marked = self.page.marked_demo
        self.description.show(marked)
        if marked != self._wanted:
            self._wanted = marked
            self.still.say([])
            self.set_timer(_REST, lambda: self._draw_still(marked))

    # -- a still of the marked demo, where there is room ----------------------------------------------------

    def on_resize(self) -> None:
        self._draw_still(self.page.marked_demo)

    def _draw_still(self, demo: ListedDemo | None) -> None:
        """Load the demo and run it a little in the background, if the mark rested on it and there is room."""
        if demo is None or demo != self._wanted or self.still.picture is not None or not self.is_current:
            return
        if self.app.size.width < _STILL_FROM[0] or self.app.size.height < _STILL_FROM[1]:
            return
        from mlterms.demo.player import Player
        from mlterms.quiz.predict import open_demo

        deck, name = demo.id
        try:
            player = Player(open_demo(self.app.workspace.index, name, deck))
        except MltermsError:
            return  # opening the demo says why it cannot be played
        self._run_still(demo, player)

    @work(thread=True, exclusive=True, group="still", exit_on_error=False)
    def _run_still(self, demo: ListedDemo, player: Player) -> None:
        length = player.length or 4 * _STILL_AT
        player.advance(min(_STILL_AT, length // 4))
        picture = player.frame.picture()
        if player.fault is None:
            self.app.call_from_thread(self._take_still, demo, picture)

    def _take_still(self, demo: ListedDemo, picture: Picture) -> None:
        if demo == self._wanted:
            self.still.show(picture)

    def _search(self, words: str) -> bool:
        self.page.search(words)
        self._show()
        return self.page.marked_demo is not None

    def action_search(self) -> None:
        self.set_focus(
            self.field
        )  # at once: `focus` waits, and letters that come right after it would be lost

    def action_leave(self) -> None:
        """Out of the search."""
        self.field.value = ""
        self.page.focus()

    def can(self, action: str) -> bool:
        is_searching = self.field.has_focus or bool(self.field.value)
        return {"leave": is_searching, "search": not self.field.has_focus}.get(action, True)

    def on_descendant_focus(self) -> None:
        self.refresh_bindings()

    def on_search_field_stepped(self, event: SearchField.Stepped) -> None:
        self.page.focus()
        if event.by > 0:
            self.page.action_down()

    def on_input_submitted(self) -> None:
        if self.page.marked_demo is not None:
            name, deck = self.page.marked_demo.id[1], self.page.marked_demo.id[0]
            self.action_open_demo(name, deck)

    def on_row_list_marked(self) -> None:
        self._show()

    def action_open_demo(self, name: str, deck: str) -> None:
        self.app.open_demo(name, deck)

    def action_page_down(self) -> None:
        self.description.scroll_page_down(animate=False)

    def action_page_up(self) -> None:
        self.description.scroll_page_up(animate=False)

    def on_cards_changed(self) -> None:
        self.page.demos = self._list_demos()
        self.page.renew()
        self.on_mount()

    def on_screen_resume(self) -> None:
        if self.page.demos != self._list_demos():
            self.on_cards_changed()
