"""The question as a page: its prompt, and the options or lines of code to pick from; once it is answered,
marked.

What is picked is kept here until the screen takes it; nothing is graded or recorded.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from mlterms.glossary.plain_text import plain_text
from mlterms.glossary.types import Choice, Order, Predict, Spot, Term
from mlterms.quiz.instance import Instance
from mlterms.tui.actions import ACTIONS, bindings, in_words, keys_of
from mlterms.tui.look import Look
from mlterms.tui.widgets.lines import Piece, wrapped
from mlterms.tui.widgets.page import Page, Place, Row

if TYPE_CHECKING:
    from mlterms.quiz.grade import Verdict
    from mlterms.tui.app import MltermsApp

WIDEST = 84  # longer lines are hard to read
_ORDINALS = ("1st", "2nd", "3rd")


class QuestionPage(Page):
    """See the module. picked: positions, in the order in which they were picked. obstacle: why the question
    cannot be answered now. Zones: ("go",) from an introduction to the question, ("pick", i), ("take",) what
    is picked, ("unknown",), ("skip",).

    Nothing is marked at first, so that Enter pressed once too often answers nothing.
    """

    BINDINGS = bindings("question")

    app: MltermsApp

    def __init__(self, *, look: Look) -> None:
        super().__init__(id="question", look=look)
        self.asked: Instance | None = None
        self.verdict: Verdict | None = None
        self.introduction = self.obstacle = ""
        self.picked: list[int] = []

    # -- what is shown -------------------------------------------------------------------------------------

    def introduce(self, term: Term) -> None:
        """Say what a term is, before its first question."""
        self.asked, self.verdict = None, None
        self.obstacle = ""
        text = term.sections[0].text.strip().partition("\n\n")[0] if term.sections else ""
        self.introduction = f"{term.title}\n\n{term.definition}\n\n{text}"
        self._begin()

    def ask(self, asked: Instance, picked: Sequence[int] = ()) -> None:
        """Put the question. picked: what was picked already when it was left open."""
        self.asked, self.verdict, self.introduction, self.obstacle = asked, None, "", ""
        self._begin([position for position in picked if position < self.choices])

    def hinder(self, obstacle: str) -> None:
        """Say why it cannot be answered now; then all that can be done is to go on to another."""
        self.obstacle = obstacle
        self._begin()

    def settle(self, verdict: Verdict) -> None:
        """Show what came of the answer."""
        self.verdict = verdict
        self.renew()

    def _begin(self, picked: Sequence[int] = ()) -> None:
        self.picked, self.marked = list(picked), None
        self.renew()

    # -- picking -------------------------------------------------------------------------------------------

    @property
    def choices(self) -> int:
        """How many things there are to pick from now."""
        if self.asked is None or self.verdict is not None or self.obstacle:
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
    def missing(self) -> str:
        """What is still to be done before what is picked can be taken for an answer; "" if nothing is."""
        question = self.asked.question if self.asked else None
        if isinstance(question, Order) and self.picked:
            left = len(question.steps) - len(self.picked)
            return f"Pick the other {left} too, in their order." if left else ""
        return "" if self.picked else "Pick something first: its number picks it."

    def action_open(self) -> None:
        """Enter: what is marked is the answer, or where several are picked, those are."""
        here = self._marked_place()
        if here is None or (here.zone[0] == "pick" and not self.one_is_enough):
            self.post_message(self.Chosen(self, ("take",)))
        else:
            self.post_message(self.Chosen(self, here.zone))

    def action_pick(self) -> None:
        here = self._marked_place()
        if here is not None:
            self.post_message(self.Chosen(self, here.zone))

    def action_go(self) -> None:
        """From the introduction of a term to its question."""
        self.post_message(self.Chosen(self, ("go",)))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("go", "open"):
            return bool(self.introduction) == (action == "go")
        if action == "pick":
            return self.choices > 0 and not self.one_is_enough
        if action in ("up", "down"):  # otherwise the screen's, which scroll
            return self.choices > 0
        return super().check_action(action, parameters)

    def _marked_place(self) -> Place | None:
        if self.asked is not None and self.marked is None and not self.obstacle:
            return None
        return super()._marked_place()

    def _go(self, dx: int, dy: int) -> None:
        if self._marked_place() is None:
            self._move_to(next(iter(self.places()), None))
        else:
            super()._go(dx, dy)

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
            rows += [[], *self._code(question, width)]
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
            [self._button("question.go", "the question", "go")],
        ]

    def _button(self, action: str, label: str, zone: str) -> Piece:
        key = in_words(keys_of(ACTIONS[action], self.app.keys)[:1])
        return Piece(f" {key}  {label} ", "page--button", (zone,))

    def _hindered(self, width: int) -> list[Row]:
        """Why the question cannot be answered, and the way on."""
        why = f"{self.look.glyph('trouble')} It cannot be asked now: {self.obstacle}."
        return [
            [],
            *([Piece(line, "page--bad")] for line in wrapped(self.look.text(why), width)),
            [],
            [self._button("question.answer", "another question", "skip")],
        ]

    def _options(self, width: int) -> list[Row]:
        assert self.asked is not None
        right = self._right()
        rows: list[Row] = []
        for i, option in enumerate(self.asked.options):
            mark, style = self._mark(i, right)
            rows += item_rows(f" {mark} ", f"{i + 1}. ", option, width, style, self._zone(i))
        if self.obstacle:
            return rows + self._hindered(width)
        if self.verdict is None and not isinstance(self.asked.question, Predict):
            rows.append(self._unknown(len(self._mark(0, right)[0])))
        if self.verdict is None and not self.one_is_enough:
            ordered = isinstance(self.asked.question, Order)
            hint = "all of them, in the right order" if ordered else "all that are right"
            rows += [
                [],
                [Piece(f"Pick {hint}:  ", "page--muted"), self._button("question.answer", "answer", "take")],
            ]
        return rows

    def _unknown(self, indent: int) -> Row:
        zone = ("unknown",)
        return [Piece(" " * (indent + 2), "", zone), Piece("0. I do not know", "page--muted", zone)]

    def _code(self, question: Spot, width: int) -> list[Row]:
        rows: list[Row] = []
        for i, line in enumerate(question.wrong.splitlines()):
            mark, style = " ", ""
            if self.verdict is not None and i == question.at - 1:
                mark, style = self.look.glyph("right"), "page--good"
            elif i in self.picked:
                mark = self.look.glyph("wrong" if self.verdict else "chosen")
                style = "page--bad" if self.verdict else "page--accent"
            rows += code_rows(
                f" {mark} {i + 1:2} {self.look.glyph('bar')} ", line, width, style, self._zone(i)
            )
        return [*rows, self._unknown(1)] if self.verdict is None else rows

    def _mark(self, position: int, right: frozenset[int]) -> tuple[str, str]:
        """What stands before an option, and its style."""
        assert self.asked is not None
        on = position in self.picked
        if isinstance(self.asked.question, Order):
            return self._place(position) if on else (f"  {self.look.glyph('radio')}  ", "")
        if self.verdict is None:
            return self.look.glyph("radio_on" if on else "radio"), "page--accent" if on else ""
        if position in right:
            return self.look.glyph("right"), "page--good"
        return (self.look.glyph("wrong"), "page--bad") if on else (" ", "page--muted")

    def _place(self, position: int) -> tuple[str, str]:
        """Of a step that was picked: as which, and once the answer is given, whether it was right."""
        assert self.asked is not None
        at = self.picked.index(position)
        ordinal = _ORDINALS[at] if at < len(_ORDINALS) else f"{at + 1}th"
        if self.verdict is None:
            return f"  {ordinal}", "page--accent"
        name, style = ("right", "page--good") if self.asked.order[position] == at else ("wrong", "page--bad")
        return f"{self.look.glyph(name)} {ordinal}", style

    def _right(self) -> frozenset[int]:
        """The shown positions of the right options, once the answer is given."""
        if self.verdict is None or self.asked is None:
            return frozenset()
        question = self.asked.question
        if isinstance(question, Choice):
            return frozenset(i for i, at in enumerate(self.asked.order) if question.options[at].right)
        return frozenset(i for i, text in enumerate(self.asked.options) if text == self.verdict.answer)

    def _zone(self, position: int) -> tuple[str, int] | None:
        return ("pick", position) if self.verdict is None and not self.obstacle else None


def text_rows(markdown: str, width: int, style: str = "") -> list[Row]:
    return [[Piece(line, style)] if line else [] for line in plain_text(markdown, width).splitlines()]


def code_rows(
    gutter: str, line: str, width: int, style: str, zone: tuple[str, int] | None = None
) -> Sequence[Row]:
    """A line of code with what stands before it; folded where it is too long, between words if it can be, and
    what is folded indented further than the line."""
    room, rest = max(12, width - len(gutter)), line
    indent = " " * min(len(line) - len(line.lstrip()) + 4, room // 2)
    rows: list[Row] = []
    while True:
        part = rest[:room]
        if len(rest) > room and (at := part.rstrip().rfind(" ")) > max(room // 2, len(indent)):
            part = part[:at]
        rows.append([Piece(gutter, style or "page--muted", zone), Piece(part, style, zone)])
        rest = rest[len(part) :].lstrip()
        if not rest:
            return rows
        gutter, rest = " " * (len(gutter) - 2) + gutter[-2:], indent + rest


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
