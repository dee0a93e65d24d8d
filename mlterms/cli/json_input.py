"""The lines that a front end writes to `mlterms quiz --json`, checked. See docs/quiz-protocol.md."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from mlterms.base.text import clean

Position = Annotated[int, Field(ge=0, le=999)]
Confidence = Annotated[int, Field(ge=1, le=3)]

_NAMED = (
    *("rate", "ideas", "unknown", "right", "undo", "redo", "skip", "bury", "suspend", "flag", "known"),
    *("reset", "card", "leave"),
)


class _Line(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class AnswerLine(_Line):
    """An answer, in the one field that the kind of the question asks for."""

    do: Literal["answer"]
    text: str | None = None
    words: tuple[str, ...] | None = None
    picked: tuple[Position, ...] | None = None
    order: tuple[Position, ...] | None = None
    line: Position | None = None
    confidence: Confidence | None = None

    @model_validator(mode="after")
    def _one_answer(self) -> AnswerLine:
        if len(self.fields) != 1:
            raise ValueError('an answer has exactly one of "text", "words", "picked", "order" and "line"')
        return self

    @property
    def fields(self) -> set[str]:
        """The names of the fields that are given, without `do` and `confidence`."""
        return {
            name for name in ("text", "words", "picked", "order", "line") if getattr(self, name) is not None
        }


class IdeasLine(_Line):
    """The ideas of a recall that the learner found in their own answer, as positions."""

    do: Literal["ideas"]
    ideas: tuple[Position, ...]


class RateLine(_Line):
    """The rating of the answer, 1 to 4; without one, the suggested rating."""

    do: Literal["rate"]
    rating: Annotated[int, Field(ge=1, le=4)] | None = None


class UnknownLine(_Line):
    """The learner does not know the answer."""

    do: Literal["unknown"]


class PlainLine(_Line):
    """A request without further fields."""

    do: Literal["right", "undo", "redo", "skip", "bury", "suspend", "flag", "known", "reset", "card", "leave"]


InputLine = AnswerLine | IdeasLine | RateLine | UnknownLine | PlainLine

_READER: TypeAdapter[InputLine] = TypeAdapter(Annotated[InputLine, Field(discriminator="do")])


def read_input_line(line: bytes) -> InputLine:
    """The request in a line. Raises ValueError, with a sentence on what is wrong, for anything else."""
    try:
        line.decode()
    except UnicodeDecodeError as error:
        raise ValueError(f"the line is not UTF-8, from byte {error.start} on") from None
    try:
        return _READER.validate_json(line)
    except ValidationError as error:
        raise ValueError(clean(_explain(error))) from None


def _explain(error: ValidationError) -> str:
    """The first thing that is wrong, as a sentence without a full stop."""
    first = error.errors(include_url=False)[0]
    kind, message = first["type"], first["msg"]
    if kind == "json_invalid":
        return f"the line is not JSON: {message.removeprefix('Invalid JSON: ')}"
    if kind in ("model_attributes_type", "dict_type", "model_type"):
        return 'a line is a JSON object, like {"do": "rate", "rating": 3}'
    if kind.startswith("union_tag"):
        names = ", ".join(f'"{name}"' for name in ("answer", *_NAMED))
        return f'"do" must be one of {names}'
    where = ".".join(str(part) for part in first["loc"][1:])
    if kind == "extra_forbidden":
        return f'there is no field "{where}" in this request'
    if kind == "value_error":
        return message.removeprefix("Value error, ")
    return f'"{where}": {message[0].lower()}{message[1:]}'
