"""The question as a page: its prompt, and the options or lines of code to pick from; once it is answered,
marked.

What is picked is kept here until the screen takes it; nothing is graded or recorded.
"""

from __future__ import annotations

from collections.abc import Sequence

from mlterms.glossary.plain import plain_text
from mlterms.glossary.types import Choice, Order, Predict, Spot
from mlterms.quiz.grade import Verdict
from mlterms.quiz.instance import Instance
from mlterms.tui.look import Look
from mlterms.tui.widgets.lines import Piece
from mlterms.tui.widgets.page import Page, Row

WIDEST = 84  # longer lines are hard to read


class QuestionPage(Page):
    """See the module. picked: positions, in the order in which they were picked. Zones: ("pick", i),
    ("take",)."""

    def __init__(self, *, look: Look) -> None:
        super().__init__(id="question", look=look)
        self.asked: Instance | None = None
        self.verdict: Verdict | None = None
        self.introduction = ""
        self.picked: list[int] = []

    # -- what is shown -------------------------------------------------------------------------------------

    def introduce(self, title: str, definition: str, text: str) -> None:
        """Say what a term is, before its first question."""
        self.asked, self.verdict = None, None
        self.introduction = f"{title}\n\n{definition}\n\n{text}"
        self._begin()

    def ask(self, asked: Instance) -> None:
        self.asked, self.verdict, self.introduction = asked, None, ""
        self._begin()

    def settle(self, verdict: Verdict) -> None:
        """Show what came of the answer."""
        self.verdict = verdict
        self.renew()

    def _begin(self) -> None:
        self.picked, self.marked = [], None
        self.renew()

    # -- picking -------------------------------------------------------------------------------------------

    @property
    def choices(self) -> int:
        """How many things there are to pick from now."""
        if self.asked is None or self.verdict is not None:
            return 0
        question = self.asked.question
        if isinstance(question, Spot):
            return len(question.wrong.splitlines())
        return len(self.asked.options)

    @property
    def one_is_enough(self) -> bool:
        """Whether picking one thing is the answer."""
        question = self.asked.question if self.asked else None
        if isinstance(question, Choice):
            return sum(option.right for option in question.options) == 1
        return isinstance(question, Predict | Spot)

    def pick(self, position: int) -> None:
        """Pick, or take back what was picked."""
        if self.one_is_enough:
            self.picked = [position]
        elif position in self.picked:
            self.picked.remove(position)
        else:
            self.picked.append(position)
        self.renew()

    @property
    def is_complete(self) -> bool:
        """Whether what is picked can be taken for an answer."""
        question = self.asked.question if self.asked else None
        if isinstance(question, Order):
            return len(self.picked) == len(question.steps)
        return bool(self.picked)

    # -- rows ----------------------------------------------------------------------------------------------

    def content(self, width: int, room: int) -> list[Row]:
        width = min(width, WIDEST)
        if self.introduction:
            return self._introduced(width)
        if self.asked is None:
            return []
        rows = text_rows(self.asked.prompt, width, "page--strong")
        question = self.asked.question
        if isinstance(question, Spot):
            rows += [[], *self._code(question)]
        elif self.asked.options:
            rows += [[], *self._options(width)]
        return rows

    def _introduced(self, width: int) -> list[Row]:
        title, _, rest = self.introduction.partition("\n\n")
        return [
            [Piece("New  ", "page--accent"), Piece(title, "page--title")],
            [],
            *text_rows(rest, width),
            [],
            [Piece("[ the question ]", "page--button", ("go",))],
        ]

    def _options(self, width: int) -> list[Row]:
        assert self.asked is not None
        question = self.asked.question
        right = self._right()
        rows: list[Row] = []
        for i, option in enumerate(self.asked.options):
            mark, style = self._mark(i, right)
            number = (
                str(self.picked.index(i) + 1) if isinstance(question, Order) and i in self.picked else mark
            )
            rows += item_rows(f" {number} ", f"{i + 1}  ", option, width, style, self._zone(i))
        if self.verdict is None and not self.one_is_enough:
            hint = (
                "in the right order, one after the other"
                if isinstance(question, Order)
                else "all that are right"
            )
            rows += [
                [],
                [Piece(f"Pick {hint}.  ", "page--muted"), Piece("[ answer ]", "page--button", ("take",))],
            ]
        return rows

    def _code(self, question: Spot) -> list[Row]:
        rows: list[Row] = []
        for i, line in enumerate(question.wrong.splitlines()):
            mark, style = " ", ""
            if self.verdict is not None and i == question.at - 1:
                mark, style = self.look.glyph("right"), "page--good"
            elif i in self.picked:
                mark = self.look.glyph("wrong" if self.verdict else "chosen")
                style = "page--bad" if self.verdict else "page--accent"
            number = Piece(
                f" {mark} {i + 1:2} {self.look.glyph('bar')} ", style or "page--muted", self._zone(i)
            )
            rows.append([number, Piece(line, style, self._zone(i))])
        return rows

    def _mark(self, position: int, right: frozenset[int]) -> tuple[str, str]:
        if self.verdict is None or isinstance(self.asked and self.asked.question, Order):
            on = position in self.picked
            return self.look.glyph("radio_on" if on else "radio"), "page--accent" if on else ""
        if position in right:
            return self.look.glyph("right"), "page--good"
        if position in self.picked:
            return self.look.glyph("wrong"), "page--bad"
        return " ", "page--muted"

    def _right(self) -> frozenset[int]:
        """The shown positions of the right options, once the answer is given."""
        if self.verdict is None or self.asked is None:
            return frozenset()
        question = self.asked.question
        if isinstance(question, Choice):
            return frozenset(i for i, at in enumerate(self.asked.order) if question.options[at].right)
        return frozenset(i for i, text in enumerate(self.asked.options) if text == self.verdict.answer)

    def _zone(self, position: int) -> tuple[str, int] | None:
        return ("pick", position) if self.verdict is None else None


def text_rows(markdown: str, width: int, style: str = "") -> list[Row]:
    return [[Piece(line, style)] if line else [] for line in plain_text(markdown, width).splitlines()]


def item_rows(
    mark: str, name: str, markdown: str, width: int, style: str, zone: tuple[str, int] | None
) -> Sequence[Row]:
    """A row with its mark and name, and the further lines of its text indented under the first."""
    indent = len(mark) + len(name)
    lines = plain_text(markdown, max(10, width - indent)).splitlines() or [""]
    rows: list[Row] = [
        [Piece(mark, style, zone), Piece(name, style or "page--muted", zone), Piece(lines[0], style, zone)]
    ]
    rows += [[Piece(" " * indent, "", zone), Piece(line, style, zone)] for line in lines[1:]]
    return rows
