"""The third tab: the live demos, and what to look for in each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from textual import getters, work
from textual.containers import Vertical
from textual.widget import Widget

from mlterms.base.errors import MltermsError
from mlterms.tui.actions import bindings
from mlterms.tui.screens.tab import TabScreen
from mlterms.tui.widgets.demos_page import DemoDescription, DemosPage, ListedDemo


class DemosScreen(TabScreen):
    """The list, and below it, or beside it where there is room, what the marked demo says about itself."""

    BINDINGS = bindings("demos")
    CSS_PATH = "demos.tcss"
    NAME = "demos"
    AUTO_FOCUS = "#list"

    page = getters.query_one(DemosPage)
    description = getters.query_one(DemoDescription)

    def body(self) -> Iterable[Widget]:
        with Vertical(id="demos"):
            yield DemosPage(self._listed())
            yield DemoDescription()

    def on_mount(self) -> None:
        self._show()
        self._read([(each.id, Path(each.path)) for each in self.page.demos])

    def _listed(self) -> list[ListedDemo]:
        index = self.app.workspace.index
        return [
            ListedDemo(
                (demo.deck, demo.name),
                demo.title,
                demo.path,
                tuple(row.title for name in demo.terms if (row := index.row(f"{demo.deck}:{name}"))),
                len(demo.predictions),
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
        self.description.texts = texts
        self._show()

    def _show(self) -> None:
        self.description.show(self.page.marked_demo)

    def on_row_list_marked(self) -> None:
        self._show()

    def action_open_demo(self, name: str, deck: str) -> None:
        self.app.open_demo(name, deck)

    def action_page_down(self) -> None:
        self.description.scroll_page_down(animate=False)

    def action_page_up(self) -> None:
        self.description.scroll_page_up(animate=False)

    def on_cards_changed(self) -> None:
        self.page.demos = self._listed()
        self.page.renew()
        self.on_mount()

    def on_screen_resume(self) -> None:
        if self.page.demos != self._listed():
            self.on_cards_changed()
