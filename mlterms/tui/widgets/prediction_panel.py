"""The panel of a prediction: the question and its options, the runs as they are made, and the verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from textual import events

from mlterms.quiz.words import sentence
from mlterms.tui.widgets.lines import Asked, Lines, Piece

if TYPE_CHECKING:
    from mlterms.quiz.live_prediction import LivePrediction

_SURE = ("a guess", "fairly sure", "certain")


class PredictionPanel(Lines):
    """Draws a `Predicting`; what is clicked on goes up as actions. It takes as many rows as it needs."""

    COMPONENT_CLASSES = {
        f"prediction-panel--{name}"
        for name in ("head", "prompt", "option", "chosen", "key", "hint", "good", "bad", "run", "explain")
    }

    predicting: LivePrediction | None = None
    returns = False  # whether there is a question to go back to

    def show(self, predicting: LivePrediction | None) -> None:
        self.predicting = predicting
        self.display = predicting is not None
        self.fit()

    def fit(self) -> None:
        """Take the rows that are needed in the width there is."""
        needed = len(self.rows(self.app.size.width, 0)) if self.predicting else 0
        if self.styles.height is None or self.styles.height.value != needed:
            self.styles.height = needed
        self.redraw()

    def rows(self, width: int, height: int) -> Sequence[Sequence[Piece]]:
        if self.predicting is None:
            return []
        inner = max(20, width - 4)
        stage = self.predicting.stage
        rows: list[list[Piece]]
        if stage == "asking":
            rows = self._asking(inner)
        elif stage == "sure":
            rows = self._how_sure(inner)
        else:
            rows = self._runs(inner)
            rows += (
                self._decided(inner)
                if stage != "running"
                else [[], self._keys(("Space", "to the end", "play"))]
            )
        return [[], *([Piece("  "), *row] for row in rows), []][: height or None]

    def _asking(self, width: int) -> list[list[Piece]]:
        from mlterms.glossary.plain_text import plain_text

        predicting = self.predicting
        assert predicting is not None
        rows = [[Piece("What will happen?", "prediction-panel--head")]]
        rows += self._text(predicting.asked.prompt, width, "prompt")
        rows.append([])
        for i, option in enumerate(predicting.asked.options):
            chosen = i == predicting.picked
            look = f"prediction-panel--{'chosen' if chosen else 'option'}"
            mark = self.look.glyph("chosen") if chosen else " "
            lines = plain_text(self.look.text(option), width - 5).splitlines() or [""]
            rows.append([Piece(f"{mark} {i + 1}  ", look, f"pick({i})"), Piece(lines[0], look, f"pick({i})")])
            rows += [[Piece(f"     {line}", look, f"pick({i})")] for line in lines[1:]]
        rows += [[], self._keys(("Enter", "commit, and see", "commit"), ("s", "skip: just play", "skip"))]
        return rows

    def _how_sure(self, width: int) -> list[list[Piece]]:
        predicting = self.predicting
        assert predicting is not None
        picked = predicting.asked.options[predicting.picked]
        rows = self._text(f"You say: {picked}", width, "prompt")
        keys = [(str(i), word, f"sure({i})") for i, word in enumerate(_SURE, 1)]
        return [*rows, [], [Piece("How sure are you?", "prediction-panel--head")], self._keys(*keys)]

    def _runs(self, width: int) -> list[list[Piece]]:
        from mlterms.quiz.predict import compared_measures

        predicting = self.predicting
        assert predicting is not None
        picked = predicting.asked.options[predicting.picked]
        rows = self._text(f"You say: {picked}", width, "prompt")
        wanted = compared_measures(predicting.question)
        for plan in predicting.plans:
            end = predicting.ends.get(plan.name)
            if end is None and predicting.run is not plan:
                state = Piece("", "prediction-panel--hint")
            elif end is None:
                state = Piece(f"update {predicting.player.update:,}", "prediction-panel--hint")
            else:
                state = Piece(
                    self._measures(end.measures, wanted.get(plan.name, ())), "prediction-panel--run"
                )
            name = Piece(f"{plan.name.replace('_', ' ')}: {plan.in_words()}", "prediction-panel--option")
            if len(name.text) + len(state.text) + 2 <= width:
                rows.append(self.spread([name], [state], width))
            else:
                rows += self._text(name.text, width, "option")
                rows.append(self.spread([], [state], width))
        return rows

    def _decided(self, width: int) -> list[list[Piece]]:
        predicting = self.predicting
        assert predicting is not None
        rows: list[list[Piece]] = [[]]
        if predicting.verdict is None:
            rows += self._text(f"The runs could not decide: {predicting.reason}", width, "bad")
        else:
            verdict = predicting.verdict
            good = bool(verdict.correct)
            mark = self.look.glyph("right" if good else "wrong")
            said = "Right." if good else f"Not this time. What happened: {verdict.answer}"
            rows += self._text(f"{mark} {said}", width, "good" if good else "bad")
            for text in verdict.says:
                rows += self._text(sentence(text), width, "explain")
        if self.returns:
            keys = [("Enter", "back to the question", "leave"), ("p", "play with it", "go_on")]
        else:
            keys = [("Enter", "play with it", "go_on")]
        return [*rows, [], self._keys(*keys)]

    def _measures(self, measures: Mapping[str, float], names: Sequence[str]) -> str:
        from mlterms.plot import short

        shown = names or list(measures)[:1]
        return "   ".join(f"{n.replace('_', ' ')} {short(measures[n], 4)}" for n in shown if n in measures)

    def _text(self, markdown: str, width: int, look: str) -> list[list[Piece]]:
        from mlterms.glossary.plain_text import plain_text

        lines = plain_text(self.look.text(markdown), width).splitlines()
        return [[Piece(line, f"prediction-panel--{look}")] for line in lines]

    def _keys(self, *keys: tuple[str, str, str]) -> list[Piece]:
        row = []
        for key, word, action in keys:
            row.append(Piece(key, "prediction-panel--key", action))
            row.append(Piece(f" {word}   ", "prediction-panel--hint", action))
        return row

    def on_click(self, event: events.Click) -> None:
        event.stop()
        action = self.zone_at(event.x, event.y)
        if action is not None:
            self.post_message(Asked(action))
