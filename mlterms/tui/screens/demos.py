"""The third tab: the live demos, and what to look for in each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from textual import work
from textual.containers import Vertical, VerticalScroll
from textual.widget import Widget

from mlterms.base.errors import MltermsError
from mlterms.tui.actions import bindings
from mlterms.tui.screens.tab import TabScreen
from mlterms.tui.widgets.demos_page import DemoAbout, DemosPage, Listed
from mlterms.tui.widgets.page import Page


class DemosScreen(TabScreen):
    """The list; what the marked demo says of itself stands below it, or beside it where there is room."""

    BINDINGS = bindings("demos")
    CSS_PATH = "demos.tcss"
    TAB = "demos"
    AUTO_FOCUS = "#list"

    def body(self) -> Iterable[Widget]:
        with Vertical(id="demos"):
            with VerticalScroll(id="all", can_focus=False):
                yield DemosPage(self._listed(), look=self.app.look)
            with VerticalScroll(id="one", can_focus=False):
                yield DemoAbout(look=self.app.look)

    def on_mount(self) -> None:
        self._show()
        self._read([(each.id, Path(each.path)) for each in self.query_one(DemosPage).demos])

    def _listed(self) -> list[Listed]:
        index = self.app.workspace.index
        return [
            Listed(
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
        """Read what the demos say of themselves: it is in their files, and the list need not wait for it."""
        from mlterms.demo.load import read_demo

        said = {}
        for name, path in demos:
            try:
                said[name] = read_demo(path).about
            except MltermsError as error:
                said[name] = str(error)
        self.app.call_from_thread(self._take, said)

    def _take(self, said: Mapping[tuple[str, str], str]) -> None:
        self.query_one(DemoAbout).said = said
        self._show()

    def _show(self) -> None:
        page = self.query_one(DemosPage)
        self.query_one(DemoAbout).show(page.marked_demo)

    def on_page_marked(self) -> None:
        self._show()

    def on_page_chosen(self, event: Page.Chosen) -> None:
        deck, name = event.zone
        self.app.open_demo(name, deck)

    def action_page_down(self) -> None:
        self.query_one("#one", VerticalScroll).scroll_page_down(animate=False)

    def action_page_up(self) -> None:
        self.query_one("#one", VerticalScroll).scroll_page_up(animate=False)

    def on_cards_changed(self) -> None:
        page = self.query_one(DemosPage)
        page.demos = self._listed()
        page.renew()
        self.on_mount()

    def on_screen_resume(self) -> None:
        if self.query_one(DemosPage).demos != self._listed():
            self.on_cards_changed()
