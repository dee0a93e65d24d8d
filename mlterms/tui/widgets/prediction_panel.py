"""The panel of a prediction: the question and its options, the runs as they are made, and the verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from mlterms.base.text import with_minus
from mlterms.memory.state import CONFIDENCE
from mlterms.quiz.words import NOTHING_PICKED, sentence
from mlterms.tui.actions import ACTIONS
from mlterms.tui.widgets.prose_rows import Row, item_rows, markdown_rows
from mlterms.tui.widgets.row_widget import Piece, RowWidget, call, width_of
from mlterms.tui.widgets.text_styles import PROSE_STYLES

if TYPE_CHECKING:
    from mlterms.quiz.live_prediction import LivePrediction

_MARGIN = 2
_HEAD, _PICTURE, _LEAST = 1, 8, 2  # rows of the demo's head, of a picture, and those above a long verdict
_BETWEEN = 3  # columns between two keys
_HIGH = 30  # rows of the terminal from which there is an empty one below
_COUNTS = {"updates", "epochs"}  # measures that are said as the setting of a run is: `199 updates`


class PredictionPanel(RowWidget):
    """Shows a `LivePrediction`, in as many rows as it needs.

    returns: there is a question to go back to. has_next: there is another one to ask.
    """

    COMPONENT_CLASSES = PROSE_STYLES | {
        f"prediction-panel--{name}"
        for name in ("head", "prompt", "option", "chosen", "key", "hint", "good", "bad", "run", "explain")
    }

    predicting: LivePrediction | None = None
    returns = False
    has_next = False
    _stresses = False

    def stress(self) -> None:
        """Show in colour what to do at an open question, until something changes: a key did nothing."""
        self._stresses = True
        self.redraw()

    def show(
        self, predicting: LivePrediction | None, *, returns: bool = False, has_next: bool = False
    ) -> None:
        self.predicting, self.returns, self.has_next = predicting, returns, has_next
        self._stresses = False
        self.display = predicting is not None
        self.fit()

    def fit(self) -> None:
        """Take the rows that are needed in the width there is."""
        needed = len(self.rows(self.app.size.width, 0)) if self.predicting else 0
        if self.styles.height is None or self.styles.height.value != needed:
            self.styles.height = needed
        self.redraw()

    def rows(self, width: int, height: int) -> Sequence[Sequence[Piece]]:
        predicting = self.predicting
        if predicting is None:
            return []
        inner = max(20, width - 2 * _MARGIN)
        if predicting.stage == "asking":
            rows = self._asking(predicting, inner)
        elif predicting.stage == "sure":
            rows = self._how_sure(predicting, inner)
        elif predicting.stage == "running":
            to_the_end: Row = self._button("demo.play", "play", "to the end")
            if predicting.hurries:
                to_the_end = [Piece("Going to the end of all runs.", "prediction-panel--hint")]
            rows = [*self._runs(predicting, inner), [], to_the_end]
        else:
            rows = [*self._runs(predicting, inner), *self._verdict_rows(predicting, inner)]
        shown: list[Row] = [[], *([Piece(" " * _MARGIN), *row] for row in rows)]
        if self.app.size.height >= _HIGH:
            shown.append([])
        return self._drop_empty_rows(shown)[: height or None]

    def _drop_empty_rows(self, rows: list[Row]) -> list[Row]:
        """The rows without the empty ones where the picture needs their room. The last row, with the keys, is
        always there."""
        high = self.app.size.height
        if len(rows) <= high - _HEAD - _PICTURE:
            return rows
        *rows, last = [row for row in rows if any(piece.text.strip() for piece in row)]
        room = high - _HEAD - _LEAST - 1
        if len(rows) > room:
            more = [Piece(" " * _MARGIN + self.terminal.text("…"), "prediction-panel--hint")]
            rows = [*rows[: max(0, room - 1)], more]
        return [*rows, last]

    def _asking(self, predicting: LivePrediction, width: int) -> list[Row]:
        rows = [[Piece("What will happen?", "prediction-panel--head")]]
        rows += self._text(predicting.asked.prompt, width, "prompt")
        rows.append([])
        for i, option in enumerate(predicting.asked.options):
            is_chosen = i == predicting.picked
            style = f"prediction-panel--{'chosen' if is_chosen else 'option'}"
            mark = self.terminal.glyph("chosen") if is_chosen else " "
            first = [Piece(f"{mark} {i + 1}  ", style)]
            rows += item_rows(first, option, width, self.terminal, style=style, action=call("pick", i))
        commit = self._button("predict.commit", "commit")
        if predicting.picked is None:
            commit = [Piece(f"{NOTHING_PICKED}   ", "prediction-panel--hint")]
        if self._stresses:
            commit = [piece._replace(style="prediction-panel--bad") for piece in commit]
        gap: list[Row] = [[]] if self.app.size.height >= _HIGH else []
        return [*rows, *gap, self._ways_out(commit, width)]

    def _ways_out(self, commit: Row, width: int) -> Row:
        """What can be pressed at a question, in shorter words where those would be cut. Without room for
        them, too, only how to answer is there."""
        for skip, leave in (("", "leave the demo"), ("skip", "leave")):
            keys = self._button("predict.skip", "skip", skip), self._button("demo.back", "back", leave)
            row = [*commit, *keys[0], *keys[1]]
            if width_of(row) - _BETWEEN <= width:
                return row
        return commit

    def _how_sure(self, predicting: LivePrediction, width: int) -> list[Row]:
        keys: Row = []
        for sure, words in CONFIDENCE.items():
            keys += self._key(str(sure), words, call("sure", sure))
        head = [Piece("How sure are you?", "prediction-panel--head")]
        return [*self._picked_rows(predicting, width), [], head, keys]

    def _picked_rows(self, predicting: LivePrediction, width: int) -> list[Row]:
        if predicting.is_unknown or predicting.picked is None:
            return self._text("You do not know. This is what happens:", width, "prompt")
        return self._text(f"You say: {predicting.asked.options[predicting.picked]}", width, "prompt")

    def _runs(self, predicting: LivePrediction, width: int) -> list[Row]:
        from mlterms.quiz.predict import compared_measures

        rows = self._picked_rows(predicting, width)
        wanted, constants = compared_measures(predicting.question), predicting.player.demo.constants
        for plan in predicting.plans:
            end = predicting.ends.get(plan.name)
            if end is None and predicting.run is not plan:
                state = Piece("", "prediction-panel--hint")
            elif end is None:
                state = Piece(constants.count(predicting.player.update), "prediction-panel--hint")
            else:
                measures = _measures(end.measures, wanted.get(plan.name, ()))
                state = Piece(measures, "prediction-panel--run")
            name = Piece(plan.heading(len(predicting.plans), constants), "prediction-panel--option")
            if width_of([name, state]) + 2 <= width:
                rows.append(self.spread([name], [state], width))
            else:
                rows += [*self._text(name.text, width, "option"), self.spread([], [state], width)]
        return rows

    def _verdict_rows(self, predicting: LivePrediction, width: int) -> list[Row]:
        rows: list[Row] = [[]]
        verdict = predicting.verdict
        if verdict is None:
            rows += self._text(f"The runs could not decide: {predicting.reason}", width, "bad")
        else:
            is_right = bool(verdict.correct)
            mark = self.terminal.glyph("right" if is_right else "wrong")
            words = "Right." if is_right else f"Not this time. What happened: {verdict.answer}"
            rows += self._text(f"{mark} {words}", width, "good" if is_right else "bad")
            for text in verdict.says:
                rows += self._text(sentence(text), width, "explain")
        if self.returns:
            back = self._button("predict.commit", "leave", "back to the question")
            return [*rows, [], [*back, *self._button("predict.play", "go_on")]]
        rows += self._text("Questions beside a demo are not counted.", width, "hint")
        if self.has_next:
            following = self._button("predict.commit", "ask", "next question")
            return [*rows, [], [*following, *self._button("predict.play", "go_on")]]
        return [*rows, [], self._button("predict.commit", "go_on", ACTIONS["predict.play"].label)]

    def _text(self, markdown: str, width: int, style: str) -> list[Row]:
        return markdown_rows(markdown, width, self.terminal, style=f"prediction-panel--{style}")

    def _button(self, action: str, run: str, label: str = "") -> Row:
        """An action (its id) with its key. run: what a click runs. label: by default its own."""
        return self._key(self.app.key(action), label or ACTIONS[action].label, run)

    def _key(self, key: str, label: str, run: str) -> Row:
        return [
            Piece(key, "prediction-panel--key", run),
            Piece(f" {label}{' ' * _BETWEEN}", "prediction-panel--hint", run),
        ]


def _measures(measures: Mapping[str, float], names: Sequence[str]) -> str:
    from mlterms.plot import short

    shown = [name for name in names or list(measures)[:1] if name in measures]
    values = [measures[name] for name in shown]
    texts = [with_minus(f"{value:,}") if isinstance(value, int) else short(value, 4) for value in values]
    words = [name.replace("_", " ") for name in shown]
    return "   ".join(
        f"{text} {name}" if name in _COUNTS else f"{name} {text}"
        for name, text in zip(words, texts, strict=True)
    )
