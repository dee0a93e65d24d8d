"""Where an answer is written: an area for a recall, a line for a number, one for each gap of a cloze.

Both are loaded when a question wants one: most questions are picked from options.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.message import Message

from mlterms.glossary.types import Cloze, Numeric, Question, Recall
from mlterms.tui.key_pause import KeyPause

if TYPE_CHECKING:
    from textual.widgets import Input

    from mlterms.tui.widgets.answer_area import AnswerArea
    from mlterms.tui.widgets.answer_line import AnswerLine


class AnswerFields(Vertical):
    """Empty until `ask` says what is to be written. Posts `Written` when all lines have been entered.

    pause: while it is on, nothing can be typed into a line.
    """

    class Written(Message):
        """The lines are written."""

    def __init__(self, pause: KeyPause) -> None:
        super().__init__(id="fields")
        self._pause = pause
        self._numeric = self._recalls = False
        self._asked: tuple[str, list[str]] | None = None  # what was called while this was written

    async def ask(self, question: Question | None, written: Sequence[str] = ()) -> None:
        """Show as many lines as the question wants, and put the cursor into the first that is empty.

        written: what was in the lines already when the question was left.
        """
        await self.remove_children()
        self._numeric, self._recalls = isinstance(question, Numeric), isinstance(question, Recall)
        hints = _hints(question)
        self.display = bool(hints)
        given = list(zip_longest(hints, written[: len(hints)], fillvalue=""))
        if self._recalls:
            from mlterms.tui.widgets.answer_area import AnswerArea

            area = AnswerArea(given[0][1], placeholder=hints[0], compact=True, highlight_cursor_line=False)
            await self.mount(area)
            area.move_cursor(area.document.end)
        elif hints:
            from mlterms.tui.widgets.answer_line import AnswerLine

            await self.mount_all(AnswerLine(text, hint, self._pause) for hint, text in given)
        if hints:
            empty = [field for field, word in zip(self._fields, self.words, strict=True) if not word]
            self.screen.set_focus((empty or self._fields)[0 if empty else -1])  # at once: keys depend on it

    def freeze(self, *, until_shown: bool = False) -> None:
        """Take no more. What was written in lines stays in sight; of a recall it is shown with the answer.

        until_shown: the answer comes later, so that what was written for a recall stays in sight too.
        """
        for field, written in zip(self._fields, self.words, strict=True):
            field.disabled = True
            field.display = bool(written) and (until_shown or not self._recalls)
        self.display = any(field.display for field in self._fields)

    @property
    def _fields(self) -> list[AnswerLine | AnswerArea]:
        return list(self.children)  # type: ignore[arg-type]  # nothing else is mounted

    @property
    def words(self) -> list[str]:
        return [field.written.strip() for field in self._fields]

    def would_be_lost(self, action: str) -> bool:
        """Whether something is written here that `action` would take away, unless this is its second call."""
        if not self.has_focus_within or not any(self.words) or self._asked == (action, self.words):
            self._asked = None
            return False
        self._asked = (action, self.words)
        return True

    def problem(self) -> str:
        """Why what is written will never be a number, where a number is wanted."""
        if not self._numeric or not any(
            letter.isalpha() and letter not in "eExX" for letter in self.words[0]
        ):
            return ""
        from mlterms.quiz.numbers import NotANumber, read_number
        from mlterms.quiz.units import is_number_with_words

        if is_number_with_words(self.words[0]):
            return ""
        try:
            read_number(self.words[0])
        except NotANumber as error:
            return str(error)
        return ""

    def on_answer_area_submitted(self) -> None:
        self.post_message(self.Written())

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        fields = list(self.children)
        following = fields[fields.index(event.input) + 1 :]
        if following and any(self.words):
            following[0].focus()
        else:
            self.post_message(self.Written())


def _hints(question: Question | None) -> list[str]:
    """What each line shows before anything is written there."""
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
