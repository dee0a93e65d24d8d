"""The lines to write an answer in: one for a recall or a number, one for each gap of a cloze."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input

from mlterms.glossary.types import Cloze, Numeric, Question, Recall
from mlterms.quiz.numbers import NotANumber, read_number
from mlterms.tui.actions import bindings
from mlterms.tui.guard import Guarded


class AnswerField(Guarded, Input):
    """A line whose Enter is named at the foot of the screen."""

    BINDINGS = bindings("field")


class AnswerFields(Vertical):
    """Empty until `ask` says what is to be written. Posts `Written` when all lines have been entered."""

    class Written(Message):
        """The lines are written."""

    def __init__(self) -> None:
        super().__init__(id="fields")
        self._numeric = False

    async def ask(self, question: Question | None, written: Sequence[str] = ()) -> None:
        """Show as many lines as the question wants, and put the cursor into the first that is empty.

        written: what was in the lines already when the question was left.
        """
        await self.query(AnswerField).remove()
        self._numeric = isinstance(question, Numeric)
        hints = _hints(question)
        self.display = bool(hints)
        await self.mount_all(
            AnswerField(text, placeholder=hint, max_length=2000, select_on_focus=False, compact=True)
            for hint, text in zip_longest(hints, written[: len(hints)], fillvalue="")
        )
        if hints:
            fields = list(self.query(AnswerField))
            next((field for field in fields if not field.value), fields[-1]).focus()

    def freeze(self) -> None:
        """Keep what was written in sight, and take no more."""
        for field in self.query(AnswerField):
            field.disabled = True
            field.display = bool(field.value)
        self.display = any(self.words)

    @property
    def words(self) -> list[str]:
        return [field.value.strip() for field in self.query(AnswerField)]

    def problem(self) -> str:
        """Why what is written will never be a number, where a number is wanted."""
        if not self._numeric or not any(
            letter.isalpha() and letter not in "eExX" for letter in self.words[0]
        ):
            return ""
        try:
            read_number(self.words[0])
        except NotANumber as error:
            return str(error)
        return ""

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        fields = list(self.query(Input))
        following = fields[fields.index(event.input) + 1 :]
        if following and any(self.words):
            following[0].focus()
        else:
            self.post_message(self.Written())


def _hints(question: Question | None) -> list[str]:
    """What stands in each line before anything is written there."""
    match question:
        case Recall():
            return ["in your own words; Enter shows the answer"]
        case Numeric():
            return ["a number"]
        case Cloze():
            if len(question.gaps) == 1:
                return ["what is missing"]
            return [f"what is missing at ({i})" for i in range(1, len(question.gaps) + 1)]
    return []
