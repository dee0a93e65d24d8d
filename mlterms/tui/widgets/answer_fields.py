"""The lines to write an answer in: one for a recall or a number, one for each gap of a cloze."""

from __future__ import annotations

from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input

from mlterms.quiz.numbers import NotANumber, read_number


class AnswerFields(Vertical):
    """Empty until `ask` says what is to be written. Posts `Written` with all lines when Enter is pressed in
    the last one that was empty."""

    class Written(Message):
        """The lines are written."""

        def __init__(self, words: list[str]) -> None:
            super().__init__()
            self.words = words

    def __init__(self) -> None:
        super().__init__(id="fields")
        self._numeric = False

    async def ask(self, count: int, *, numeric: bool = False, hint: str = "") -> None:
        """Show so many empty lines and put the cursor into the first; 0: none."""
        await self.query(Input).remove()
        self._numeric = numeric
        self.display = count > 0
        for i in range(count):
            placeholder = f"({i + 1})" if count > 1 else hint
            await self.mount(
                Input(placeholder=placeholder, max_length=2000, select_on_focus=False, compact=True)
            )
        if count:
            self.query(Input).first().focus()

    def freeze(self) -> None:
        """Keep what was written in sight, and take no more."""
        for field in self.query(Input):
            field.disabled = True

    @property
    def words(self) -> list[str]:
        return [field.value.strip() for field in self.query(Input)]

    def problem(self) -> str:
        """Why what is written is no number yet, where a number is wanted."""
        if not self._numeric or not self.words[0]:
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
        if following:
            following[0].focus()
        else:
            self.post_message(self.Written(self.words))
