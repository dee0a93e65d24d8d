"""The code pane: the lines of `step` as they are written, and what each computed the last time."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from textwrap import wrap
from typing import TYPE_CHECKING

from textual import events

from mlterms.base.python_source import module_syntax
from mlterms.base.text_columns import cut
from mlterms.tui.widgets.code_colours import join_pieces, styles_of
from mlterms.tui.widgets.row_widget import Piece, RowWidget
from mlterms.tui.widgets.text_styles import CODE_STYLES

if TYPE_CHECKING:
    from mlterms.demo.load import Demo
    from mlterms.demo.watch import Line


class CodeView(RowWidget):
    """Shows watched lines. Where they do not all fit, they scroll.

    of: the step that they show, where that is not the one that the picture shows: "at update 120". Their
    values are grey then.
    """

    COMPONENT_CLASSES = {f"code-view--{name}" for name in (*CODE_STYLES, "value", "idle", "line")}

    lines: Sequence[Line] = ()
    of = ""
    top = 0
    _drawn = 0  # rows that all lines would take

    def show(self, lines: Sequence[Line], of: str = "") -> None:
        if [line.number for line in lines] != [line.number for line in self.lines]:
            self.top = 0
        self.lines, self.of = lines, of
        self.redraw()

    def scroll_pages(self, pages: int) -> None:
        self.scroll_rows(pages * max(1, self.size.height - 2))

    def scroll_rows(self, rows: int) -> None:
        self.top = max(0, min(self.top + rows, self._drawn - self.size.height))
        self.redraw()

    def rows(self, width: int, height: int) -> list[Sequence[Piece]]:
        every: list[Sequence[Piece]] = []
        before = None
        for line in self.lines:
            if before is not None and line.number > before + 1:
                every.append([])
            before = line.number
            every += self._line(line, width)
        self._drawn = len(every)
        rows = every[self.top : self.top + height]
        if self.of and rows:
            note = self.terminal.text(self.of)
            rows[0] = self.spread(list(rows[0]), [Piece(note, "code-view--idle")], width)
        left = self._drawn - self.top - height
        if left > 0 and height > 1:
            rows[-1] = [
                Piece(f"{left + 1} more lines: the wheel, or page down".rjust(width), "code-view--line")
            ]
        return rows

    def _line(self, line: Line, width: int) -> list[Sequence[Piece]]:
        mark = self.terminal.glyph("chosen") if line.ran else " "
        head = Piece(f"{line.number:>4} {mark} ", "code-view--line")
        margin = len(head.text)
        text = self.terminal.text(line.text.rstrip())
        indent = len(text) - len(text.lstrip())
        parts = wrap(
            text.lstrip(),
            max(8, width - margin - indent),
            subsequent_indent="    ",
            break_on_hyphens=False,
            drop_whitespace=True,
        ) or [""]
        styles = _styles_of(text, line.ran)
        rows: list[list[Piece]] = []
        at = 0
        for i, part in enumerate(parts):
            shown = part.strip()
            at = text.find(shown, at)
            first = head if i == 0 else Piece(" " * margin)
            lead = Piece(" " * (indent + len(part) - len(part.lstrip())))
            rows.append([first, lead, *join_pieces(shown, styles[at : at + len(shown)])])
            at += len(shown)
        value = self.terminal.text(_values(line))
        if value:
            used = margin + indent + len(parts[-1])
            if used + 2 + len(value) > width:
                rows.append([])
                used = 0
            rows[-1].append(Piece(" " * max(0, width - used - len(value))))
            shown = cut(value, width, self.terminal.glyph("cut"))
            rows[-1].append(Piece(shown, f"code-view--{'idle' if self.of else 'value'}"))
        return [*rows]

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self.scroll_rows(-3)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self.scroll_rows(3)


def plain_lines(demo: Demo) -> list[Line]:
    """The lines of `step` before anything ran."""
    from mlterms.demo.watch import Line

    source = demo.source.splitlines()
    for node in module_syntax(demo.source).body:
        if isinstance(node, ast.FunctionDef) and node.name == "step":
            numbers = range(node.lineno, (node.end_lineno or node.lineno) + 1)
            return [Line(number, source[number - 1], False, {}) for number in numbers]
    return []


def _values(line: Line) -> str:
    """`= 0.48` where the line gave one value, otherwise each by its name."""
    if len(line.values) == 1:
        [(name, value)] = line.values.items()
        return f"→ {value}" if name == "→" else f"= {value}"
    return ", ".join(f"{name} = {value}" for name, value in line.values.items())


def _styles_of(text: str, ran: bool) -> list[str]:
    """The style of each character."""
    if not ran and not text.lstrip().startswith("def "):
        return ["code-view--idle"] * len(text)
    return styles_of(text, "code-view--")
