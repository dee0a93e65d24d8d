"""The help of a demo: what to look for, what its knobs do, and every key. Each key can be clicked on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import ModalScreen

from mlterms.tui.demo_keys import KEYS
from mlterms.tui.look import Look
from mlterms.tui.widgets.lines import Asked, Lines, Piece, paragraphs, wrapped

if TYPE_CHECKING:
    from mlterms.demo.load import Demo

_WIDEST = 88


class HelpText(Lines):
    """The text, scrolled by keys and wheel."""

    COMPONENT_CLASSES = {f"help-text--{name}" for name in ("head", "key", "text", "muted")}

    top = 0

    def __init__(self, look: Look, demo: Demo | None, keys: Mapping[str, str], tries: bool) -> None:
        super().__init__(look=look)
        self.demo, self.keys, self.tries = demo, keys, tries

    def rows(self, width: int, height: int) -> list[Sequence[Piece]]:
        every = self._every(width)
        self.top = max(0, min(self.top, len(every) - height))
        shown = every[self.top : self.top + height]
        if len(every) > self.top + height:
            shown[-1] = [Piece("more below", "help-text--muted")]
        return shown

    def scroll(self, rows: int) -> None:
        self.top += rows
        self.redraw()

    def _every(self, width: int) -> list[Sequence[Piece]]:
        rows: list[Sequence[Piece]] = []
        if self.demo is not None:
            rows.append([Piece(self.demo.title, "help-text--head")])
            rows += [[], *self._text(self.demo.about, width)]
            if self.tries and self.demo.tries:
                rows += [[], *self._text(f"Try: {self.demo.tries}", width)]
            rows += [[], [Piece("Knobs", "help-text--head")]]
            for knob in self.demo.settings.KNOBS.values():
                live = "; turns while it runs" if knob.live else "; begins anew from the same seed"
                rows += self._item(knob.title, f"{knob.help}, {knob.allowed()}{live}", 17, width)
        rows += [[], [Piece("Keys", "help-text--head")]]
        for key in KEYS:
            rows += self._item(self.keys.get(key.id, key.keys), key.help, 17, width, key.action)
        rows += self._item("0–9", "type a value for the chosen knob, then enter", 17, width)
        rows += [[], *self._text("The mouse turns knobs, drags the line of time and clicks on keys.", width)]
        return rows

    def _item(
        self, name: str, text: str, margin: int, width: int, zone: str | None = None
    ) -> list[list[Piece]]:
        name = self.look.text(name)
        lines = wrapped(self.look.text(text), width - margin)
        rows = [
            [
                Piece(f"  {name}".ljust(margin), "help-text--key", zone),
                Piece(lines[0], "help-text--text", zone),
            ]
        ]
        return rows + [[Piece(" " * margin), Piece(line, "help-text--text", zone)] for line in lines[1:]]

    def _text(self, text: str, width: int) -> list[list[Piece]]:
        return [[Piece(line, "help-text--text")] for line in paragraphs(self.look.text(text), width)]

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self.scroll(-3)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self.scroll(3)

    def on_click(self, event: events.Click) -> None:
        event.stop()
        action = self.zone_at(event.x, event.y)
        if action is not None:
            self.post_message(Asked(action))


class DemoHelp(ModalScreen[str | None]):
    """Lies over the demo, which is paused. Dismissed with an action that was clicked on.

    tries: whether to say what to try, which would answer a prediction that is open.
    """

    AUTO_FOCUS = None
    ALLOW_SELECT = False
    CSS = """
    DemoHelp { align: center middle; background: $background 60%; }
    DemoHelp HelpText {
        width: 90%; max-width: 92; height: 90%; padding: 1 2; background: $surface;
    }
    .help-text--head { color: $accent; text-style: bold; }
    .help-text--key { color: $accent; }
    .help-text--text { color: $foreground; }
    .help-text--muted { color: $text-muted; }
    """
    BINDINGS = [
        Binding("escape,q,question_mark,enter", "close", "close", id="help.close", show=False),
        Binding("down,j", "scroll(1)", "down", id="help.down", show=False),
        Binding("up,k", "scroll(-1)", "up", id="help.up", show=False),
        Binding("pagedown,space", "scroll(10)", "further down", id="help.page_down", show=False),
        Binding("pageup", "scroll(-10)", "further up", id="help.page_up", show=False),
    ]

    def __init__(self, look: Look, demo: Demo | None, keys: Mapping[str, str], tries: bool = True) -> None:
        super().__init__()
        self.text = HelpText(look, demo, keys, tries)

    def compose(self) -> ComposeResult:
        yield self.text

    def action_close(self) -> None:
        self.dismiss(None)

    def action_scroll(self, rows: int) -> None:
        self.text.scroll(rows)

    def on_asked(self, message: Asked) -> None:
        message.stop()
        self.dismiss(message.action)

    def on_click(self, event: events.Click) -> None:
        self.dismiss(None)
