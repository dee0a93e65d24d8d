"""The question: its prompt, and the options or lines of code to pick from, marked once it is answered.

What is picked is kept here until it is taken for the answer; nothing is graded or recorded.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from mlterms.base.text_columns import wrap
from mlterms.glossary.types import Choice, Order, Predict, Section, Spot, Term
from mlterms.quiz.instance import Instance
from mlterms.quiz.name_asked import asks_for_name
from mlterms.quiz.words import GUESS_FIRST_HINT, NOTHING_PICKED, introduction_of, sentence
from mlterms.tui.actions import bindings
from mlterms.tui.widgets.code_colours import join_pieces, styles_of
from mlterms.tui.widgets.prose_rows import item_rows, markdown_rows
from mlterms.tui.widgets.row_list import RowList
from mlterms.tui.widgets.row_widget import Piece, Row, call, width_of

if TYPE_CHECKING:
    from mlterms.quiz.grade import Verdict

WIDEST = 84  # longer lines are hard to read
_HELPFUL = ("Precisely", "Worked example")  # sections that the questions of a new term ask about
_ORDINALS = ("1st", "2nd", "3rd")


class QuestionView(RowList):
    """The prompt of a question, and what can be picked.

    picked: positions, in the order in which they were picked. obstacle: why there can be no answer.

    Nothing is marked at first, so that Enter pressed once too often answers nothing. Its actions are of the
    `QuestionPane` around it: begin (from an introduction), choose, take (what is picked), give_up, skip.
    """

    BINDINGS = bindings("question")

    def __init__(self) -> None:
        super().__init__(id="question")
        self.asked: Instance | None = None
        self.verdict: Verdict | None = None
        self.introduced: Term | None = None
        self.guessed: Term | None = None
        self.reason = ""
        self.obstacle = ""
        self.picked: list[int] = []
        self.shows_more = False

    # -- what is shown -------------------------------------------------------------------------------------

    def introduce(self, term: Term) -> None:
        """Say what a term is, before its first question."""
        self.asked, self.verdict, self.introduced, self.obstacle = None, None, term, ""
        self.shows_more = False
        self._start()

    def ask(
        self, asked: Instance, picked: Sequence[int] = (), guessed: Term | None = None, reason: str = ""
    ) -> None:
        """Show the question. picked: what was picked already when it was left open. guessed: the term that
        begins with a guess. reason: why it comes ahead of its turn."""
        self.asked, self.verdict, self.introduced, self.obstacle = asked, None, None, ""
        self.guessed, self.reason = guessed, reason
        self._start([position for position in picked if position < self.choices])

    def hinder(self, obstacle: str) -> None:
        """Say why it cannot be answered now. Then the only way is on to another question."""
        self.obstacle = obstacle
        self._start()

    def settle(self, verdict: Verdict) -> None:
        """Show which was right."""
        self.verdict = verdict
        self.renew()

    def _start(self, picked: Sequence[int] = ()) -> None:
        self.picked, self.marked = list(picked), ""
        self.marks_first = self.asked is None or bool(self.obstacle)
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
            return question.count_right == 1
        return isinstance(question, Predict | Spot)

    def pick(self, position: int) -> None:
        """Pick, or unpick."""
        if self.one_is_enough:
            self.picked = [position]
        elif position in self.picked:
            self.picked.remove(position)
        else:
            self.picked.append(position)
        self.renew()

    @property
    def is_order(self) -> bool:
        """Whether steps are being put in order."""
        question = self.asked.question if self.asked else None
        return isinstance(question, Order) and self.choices > 0

    async def action_unpick(self) -> None:
        """Take back the step that was picked last."""
        if self.picked:
            await self.run(call("choose", self.picked[-1]))

    def action_move_step(self, by: int) -> None:
        """Let the marked step change places with the one picked before (−1) or after it (1)."""
        places = [self._choose(position) for position in self.picked]
        if self.marked_action in places:
            at = places.index(self.marked_action)
            to = min(len(places) - 1, max(0, at + by))
            self.picked[at], self.picked[to] = self.picked[to], self.picked[at]
            self.renew()

    @property
    def missing(self) -> str:
        """What is missing before what is picked can be taken for an answer; "" if nothing is."""
        question = self.asked.question if self.asked else None
        if isinstance(question, Order) and self.picked:
            left = len(question.steps) - len(self.picked)
            return f"{left} {'step is' if left == 1 else 'steps are'} left to pick." if left else ""
        return "" if self.picked else NOTHING_PICKED

    async def action_open(self) -> None:
        """Enter: what is marked is the answer, or where several are picked, those are."""
        marked = self.marked_action
        picks_several = marked.startswith("choose(") and not self.one_is_enough
        await self.run(marked if marked and not picks_several else "take")

    async def action_pick(self) -> None:
        if self.marked_action:
            await self.run(self.marked_action)

    async def action_go(self) -> None:
        await self.run("begin")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("go", "open"):
            return bool(self.introduced) == (action == "go")
        if action == "more":
            return self.introduced is not None and bool(_helpful(self.introduced))
        if action in ("unpick", "move_step"):
            return self.is_order
        if action == "pick":
            return self.choices > 0 and not self.one_is_enough
        if action in ("up", "down", "page", "top"):  # otherwise the screen's, which scroll
            return self.choices > 0 and action in ("up", "down")
        return super().check_action(action, parameters)

    # -- rows ----------------------------------------------------------------------------------------------

    def content(self, width: int, room: int) -> list[Row]:
        width = min(width, WIDEST)
        if self.introduced is not None:
            return self._introduction(self.introduced, width)
        if self.asked is None:
            return []
        rows: list[Row] = []
        if self.guessed is not None and self.verdict is None:
            title = "" if asks_for_name(self.guessed, self.asked.question) else self.guessed.title
            rows += [[Piece("New  ", "row--accent"), Piece(self.terminal.text(title), "row--title")], []]
            rows += self.wrapped(GUESS_FIRST_HINT, width, "row--muted")
            rows.append([])
        elif self.reason and self.verdict is None:
            rows += [*self.wrapped(self.reason, width, "row--muted"), []]
        rows += markdown_rows(self.asked.prompt, width, self.terminal, style="row--strong")
        question = self.asked.question
        if isinstance(question, Spot):
            rows += [[], *self._code(question, width)]
        elif self.asked.options:
            rows += [[], *self._options(width)]
        return rows

    def _introduction(self, term: Term, width: int) -> list[Row]:
        return [
            [Piece("New  ", "row--accent"), Piece(self.terminal.text(term.title), "row--title")],
            [],
            *markdown_rows(introduction_of(term), width, self.terminal),
            [],
            *self._rest_of_card(term, width),
            [self.button("question.go", "the question", "begin")],
        ]

    def _rest_of_card(self, term: Term, width: int) -> list[Row]:
        """The two sections that help most with the questions, if they are open, or where to find them."""
        sections = _helpful(term)
        if not sections:
            return []
        key = self.app.key("question.more")
        if not self.shows_more:
            names = " and ".join(f"“{section.heading}”" for section in sections)
            text = f"{key} shows {names} here, and {self.app.key('quiz.card')} the whole card."
            lines = wrap(self.terminal.text(text), width)
            return [*([Piece(line, "row--muted")] for line in lines), []]
        rows: list[Row] = []
        for section in sections:
            rows += [[Piece(section.heading, "row--heading")], []]
            rows += [*markdown_rows(section.text, width, self.terminal), []]
        return rows

    def action_more(self) -> None:
        """Open the sections of the card under the introduction, or close them."""
        self.shows_more = not self.shows_more
        self.renew()
        self.refresh_bindings()

    def label_of(self, action: str) -> str:
        return "less" if action == "question.more" and self.shows_more else super().label_of(action)

    def _obstacle_rows(self, width: int) -> list[Row]:
        """Why the question cannot be answered, and the way on."""
        why = f"{self.terminal.glyph('trouble')} It cannot be asked now: {self.obstacle}."
        return [
            [],
            *self.wrapped(why, width, "row--bad"),
            [],
            [self.button("question.answer", "another question", "skip")],
        ]

    def _options(self, width: int) -> list[Row]:
        assert self.asked is not None
        right = self._right()
        rows: list[Row] = []
        in_sequence = self._in_sequence()
        for place, i in enumerate(in_sequence):
            number = place + 1 if in_sequence is self.picked else i + 1
            mark, style = self._mark(i, right)
            first = [Piece(f" {mark} ", style), Piece(f"{number}. ", style or "row--muted")]
            option = self.asked.options[i] + (" (missed)" if self._is_missed(i, right) else "")
            rows += item_rows(first, option, width, self.terminal, style=style, action=self._choose(i))
            if reason := self._reason(i, right):
                rows += item_rows([Piece(" " * width_of(first))], reason, width, self.terminal)
        if self.obstacle:
            return rows + self._obstacle_rows(width)
        if self.verdict is None:
            rows.append(self._unknown(len(self._mark(0, right)[0])))
        if self.verdict is None and not self.one_is_enough:
            is_order = isinstance(self.asked.question, Order)
            hint = "Press the numbers in the right order:  " if is_order else "Pick all that are right:  "
            rows += [[], [Piece(hint, "row--muted"), self.button("question.answer", "answer", "take")]]
        return rows

    def _in_sequence(self) -> Sequence[int]:
        """The positions of the options from top to bottom: steps that were put in order are shown in it."""
        assert self.asked is not None
        is_ordered = isinstance(self.asked.question, Order) and self.verdict is not None and self.picked
        return self.picked if is_ordered else range(len(self.asked.options))

    def _reason(self, position: int, right: frozenset[int]) -> str:
        """Once the answer is given: why this option is right, or why it is wrong, if it was picked."""
        question = self.asked.question if self.asked else None
        if not isinstance(question, Choice) or self.verdict is None or self.asked is None:
            return ""
        is_told = position in right or position in self.picked
        return sentence(question.options[self.asked.order[position]].why) if is_told else ""

    def _unknown(self, indent: int) -> Row:
        return [
            Piece(" " * (indent + 2), "", "give_up"),
            Piece("0. I do not know", "row--muted", "give_up"),
        ]

    def _code(self, question: Spot, width: int) -> list[Row]:
        rows: list[Row] = []
        bar = self.terminal.glyph("bar")
        for i, line in enumerate(question.wrong.splitlines()):
            mark, style = " ", ""
            if self.verdict is not None and i == question.at - 1:
                mark, style = self.terminal.glyph("trouble"), "row--bad"  # ✓ would say that the line is right
            elif i in self.picked:
                mark, style = self.terminal.glyph("chosen"), "row--accent"
            rows += code_rows(f" {mark} {i + 1:2} {bar} ", line, width, style, self._choose(i))
        return [*rows, self._unknown(1)] if self.verdict is None else rows

    def _mark(self, position: int, right: frozenset[int]) -> tuple[str, str]:
        """What is before an option, and its style."""
        assert self.asked is not None
        is_picked = position in self.picked
        if isinstance(self.asked.question, Order):
            return self._place(position) if is_picked else (f"  {self.terminal.glyph('radio')}  ", "")
        if self.verdict is None:
            return self.terminal.glyph(
                "radio_on" if is_picked else "radio"
            ), "row--accent" if is_picked else ""
        if position in right:
            style = "row--bad" if self._is_missed(position, right) else "row--good"
            return self.terminal.glyph("right"), style
        return (self.terminal.glyph("wrong"), "row--bad") if is_picked else (" ", "row--muted")

    def _is_missed(self, position: int, right: frozenset[int]) -> bool:
        """Whether this option is right and was not picked, while another right one was."""
        return position in right and position not in self.picked and not right.isdisjoint(self.picked)

    def _place(self, position: int) -> tuple[str, str]:
        """Of a step that was picked: its place, and once the answer is given, whether it is in order."""
        assert self.asked is not None
        at = self.picked.index(position)
        if self.verdict is None:
            return f"  {_ORDINALS[at] if at < len(_ORDINALS) else f'{at + 1}th'}", "row--accent"
        from mlterms.quiz.grade import in_order

        step = self.asked.order[position]
        kept = in_order([self.asked.order[i] for i in self.picked])
        is_right = step in kept if len(kept) > 1 else step == at
        name, style = ("right", "row--good") if is_right else ("wrong", "row--bad")
        return self.terminal.glyph(name), style

    def _right(self) -> frozenset[int]:
        """The positions of the right options, once the answer is given."""
        if self.verdict is None or self.asked is None:
            return frozenset()
        question = self.asked.question
        if isinstance(question, Choice):
            return frozenset(i for i, at in enumerate(self.asked.order) if question.options[at].right)
        return frozenset(i for i, text in enumerate(self.asked.options) if text == self.verdict.answer)

    def _choose(self, position: int) -> str:
        return call("choose", position) if self.verdict is None and not self.obstacle else ""


def _helpful(term: Term) -> list[Section]:
    return [section for section in term.sections if section.heading in _HELPFUL]


def code_rows(gutter: str, line: str, width: int, style: str, action: str = "") -> Sequence[Row]:
    """A line of code behind its gutter. One that is too long is folded, between words if possible, and what
    is folded is indented further than the line. style: of all of it, or "" for the colours of code."""
    room, rest = max(12, width - len(gutter)), line
    styles = [style] * len(line) if style else styles_of(line, "row--")
    indent = " " * min(len(line) - len(line.lstrip()) + 4, room // 2)
    rows: list[Row] = []
    while True:
        part = rest[:room]
        if len(rest) > room and (at := part.rstrip().rfind(" ")) > max(room // 2, len(indent)):
            part = part[:at]
        code = join_pieces(part, styles[: len(part)], action)
        rows.append([Piece(gutter, style or "row--muted", action), *code])
        rest = rest[len(part) :].lstrip()
        if not rest:
            return rows
        styles = [styles[-1]] * len(indent) + styles[-len(rest) :]
        gutter, rest = " " * (len(gutter) - 2) + gutter[-2:], indent + rest
