"""What the YAML of a card and `deck.toml` may contain, and of which type: the pydantic models.

Only `validation.py` and the readers that use it import this, inside functions: pydantic is slow to import.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, ClassVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    model_validator,
)

from mlterms.base.limits import MOST_UPDATES
from mlterms.base.text import find_unsafe
from mlterms.glossary.draws import MOST_VALUES
from mlterms.glossary.expression import WORDS
from mlterms.glossary.lines import unsafe
from mlterms.glossary.names import is_kebab, is_name, kebab_hint
from mlterms.glossary.question_draft import MOST_OPTIONS
from mlterms.glossary.yaml_tree import Quoted

LONGEST_LINE = 2_000  # characters of a one-line text

_DECIMAL = re.compile(r"-?\d{1,15}(?:\.\d{1,10})?", re.ASCII)
_NUMBER = re.compile(r"-?\d{1,18}(?:\.\d{1,20})?(?:[eE][-+]?\d{1,3})?", re.ASCII)


def number(text: Any) -> int | float:
    """A number as it is written in a card. Raises ValueError saying how to write it."""
    shown = str(text)[:30]
    if not isinstance(text, str) or not _NUMBER.fullmatch(text.strip()):
        minus = " (with a plain hyphen for minus)" if "−" in shown or "–" in shown else ""
        raise ValueError(f"`{shown}` is not a number: write it like 12, -3, 0.5 or 1e-3{minus}")
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(f"`{shown}` is too large")
    return int(text) if re.fullmatch(r"-?\d+", text.strip()) else value


def value(text: Any) -> int | float | bool | str:
    """A drawn value: a number, `true`, `false`, or text in quotes. Raises ValueError."""
    if isinstance(text, Quoted):
        return _line(str(text))
    if text in ("true", "false"):
        return bool(text == "true")
    try:
        return number(text)
    except ValueError as error:
        raise ValueError(
            f"{error}, and put text in quotes" if isinstance(text, str) else str(error)
        ) from None


def _decimal(text: str) -> str:
    text = text.strip()
    if not _DECIMAL.fullmatch(text):
        number(text)
        raise ValueError(f"`{text[:30]}` has too many digits: write a plain number such as 0.05")
    return text


def _line(text: str) -> str:
    text = text.strip()
    match = find_unsafe(text)
    if match:
        raise ValueError(unsafe(match[0]))
    if not text:
        raise ValueError("a value is missing: write one, or leave the line out")
    if "\n" in text:
        raise ValueError("write it on one line")
    if len(text) > LONGEST_LINE:
        raise ValueError(f"at most {LONGEST_LINE:,} characters fit here")
    return text


def _kebab(text: str) -> str:
    if not is_kebab(text):
        raise ValueError(kebab_hint(text))
    return text


def _need(text: str) -> str:
    deck, colon, term = text.partition(":")
    if colon and is_kebab(deck) and is_kebab(term):
        return text
    if colon:
        raise ValueError(
            f"`{text[:60]}` is not the id of a term of another deck: write it like `mlterms:gradient`"
        )
    return _kebab(text)


def _names(text: str) -> str:
    names = text.split(", ")
    if len({*names}) < len(names):
        raise ValueError("a name is in that list twice")
    return ", ".join(map(_name, names))


def _name(text: str) -> str:
    if not is_name(text):
        raise ValueError(f"`{text[:30]}` is not a name: write letters, digits and _, beginning with a letter")
    if text in WORDS:
        raise ValueError("that has another meaning in expressions: take another name")
    return text


def _distinct(items: tuple[str, ...]) -> tuple[str, ...]:
    seen = set()
    for item in items:
        if item in seen:
            raise ValueError(f"`{item}` is in the list twice: leave one out")
        seen.add(item)
    return items


def _tolerance(text: Any) -> tuple[float, float]:
    """(absolute, relative): `0.01` is the one, `5%` the other."""
    plain = text.strip() if isinstance(text, str) else text
    percent = isinstance(plain, str) and plain.endswith("%")
    if not isinstance(plain, str) or not _DECIMAL.fullmatch(plain.removesuffix("%")) or plain.startswith("-"):
        raise ValueError("write a number from 0 up, such as 0.01, or a part of the answer, such as 5%")
    return (0.0, float(Decimal(plain[:-1]) / 100)) if percent else (float(plain), 0.0)


def _count(text: Any) -> int | str:
    """A whole number, or the name of a drawn one."""
    if isinstance(text, str) and is_name(text) and text not in WORDS:
        return text
    if not isinstance(text, str) or not re.fullmatch(r"\d{1,7}", text.strip(), re.ASCII):
        raise ValueError("write a whole number, such as 20")
    if int(text) > MOST_UPDATES:
        raise ValueError(f"at most {MOST_UPDATES:,} fit in a run")
    return int(text)


def _form(drawn: Any) -> str:
    if isinstance(drawn, dict):
        return "range"
    return "rows" if drawn and all(isinstance(row, list) for row in drawn) else "choices"


OneLine = Annotated[str, AfterValidator(_line)]
Id = Annotated[str, AfterValidator(_kebab)]
Ids = Annotated[tuple[Id, ...], Field(max_length=50), AfterValidator(_distinct)]
Lines = Annotated[tuple[OneLine, ...], Field(max_length=50), AfterValidator(_distinct)]
Needs = Annotated[
    tuple[Annotated[str, AfterValidator(_need)], ...], Field(max_length=50), AfterValidator(_distinct)
]
Name = Annotated[str, AfterValidator(_name)]
Names = Annotated[str, AfterValidator(_names)]
Drawable = Annotated[int | float | bool | str, BeforeValidator(value)]
Decimals = Annotated[str, AfterValidator(_decimal)]
Count = Annotated[int | str, BeforeValidator(_count)]


class FileModel(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    BELOW: ClassVar[Mapping[str, type[FileModel]]] = {}
    """The key above a mapping → what that mapping may hold, for naming the key that was meant."""


class FrontMatter(FileModel):
    title: OneLine
    topic: Id
    needs: Needs = ()
    contrast: Needs = ()
    aliases: Lines = ()
    explains: Lines = ()
    found_by: Lines = ()
    demo: Id | None = None
    sources: Lines = ()
    was: Ids = ()


class GuideMatter(FileModel):
    title: OneLine
    summary: OneLine


class DeckFile(FileModel):
    id: Id
    title: OneLine
    order: Annotated[tuple[Id, ...], AfterValidator(_distinct)] = ()
    topics: dict[Id, OneLine] = {}
    misconceptions: dict[Id, OneLine] = {}
    planned: dict[Id, OneLine] = {}
    planned_demos: Annotated[tuple[Id, ...], AfterValidator(_distinct)] = ()
    guides: Annotated[tuple[Id, ...], AfterValidator(_distinct)] = ()
    ordinary: Annotated[tuple[OneLine, ...], AfterValidator(_distinct)] = ()
    spelling: dict[str, OneLine] = {}
    symbols: dict[str, OneLine] = {}


class RangeModel(FileModel):
    low: Decimals = Field(alias="from")
    high: Decimals = Field(alias="to")
    by: Decimals

    @model_validator(mode="after")
    def _reaches(self) -> RangeModel:
        low, high, by = Decimal(self.low), Decimal(self.high), Decimal(self.by)
        if by <= 0:
            raise ValueError("`by` must be above 0")
        if low > high:
            raise ValueError(f"`from` {self.low} is above `to` {self.high}: swap them")
        if (high - low) // by >= MOST_VALUES:
            raise ValueError(f"these are more than {MOST_VALUES:,} values: take larger steps")
        last = low + (high - low) // by * by
        if last != high:
            raise ValueError(
                f"steps of {self.by} from {self.low} do not end at {self.high}: write `to: {last}`"
            )
        return self


ChoicesList = Annotated[tuple[Drawable, ...], Field(min_length=1, max_length=MOST_VALUES)]
RowsList = Annotated[tuple[ChoicesList, ...], Field(min_length=1, max_length=MOST_VALUES)]


class DrawnModel(FileModel):
    draw: Annotated[
        dict[
            Names,
            Annotated[
                Annotated[RangeModel, Tag("range")]
                | Annotated[ChoicesList, Tag("choices")]
                | Annotated[RowsList, Tag("rows")],
                Discriminator(_form),
            ],
        ],
        Field(max_length=20),
    ] = {}
    require: OneLine = ""
    let: Annotated[dict[Name, OneLine], Field(max_length=20)] = {}
    explain: OneLine = ""


class SlipModel(FileModel):
    answer: OneLine
    says: OneLine
    misconception: Id = ""


class NumericModel(DrawnModel):
    BELOW = {"draw": RangeModel, "slips": SlipModel}

    answer: OneLine
    tolerance: Annotated[tuple[float, float], BeforeValidator(_tolerance)] = (0.0, 0.0)
    slips: Annotated[tuple[SlipModel, ...], Field(max_length=20)] = ()


class OptionModel(FileModel):
    text: OneLine
    when: OneLine
    why: OneLine = ""
    misconception: Id = ""


class ChoiceModel(DrawnModel):
    BELOW = {"draw": RangeModel, "options": OptionModel}

    options: Annotated[tuple[OptionModel, ...], Field(min_length=2, max_length=MOST_OPTIONS)] | None = None


class UntilModel(FileModel):
    updates: Count | None = None
    epochs: Count | None = None
    when: OneLine = ""

    @model_validator(mode="after")
    def _ends(self) -> UntilModel:
        given = (self.updates is not None, self.epochs is not None, bool(self.when))
        if given not in ((True, False, False), (False, True, False), (True, False, True)):
            raise ValueError(
                "a run ends in one of three ways: write {updates: 20}, {epochs: 5}, "
                'or {when: "loss < 0.1", updates: 2000}'
            )
        return self


class RunModel(FileModel):
    knobs: dict[Name, OneLine] = {}
    until: UntilModel


class OutcomeModel(FileModel):
    text: OneLine
    when: OneLine
    misconception: Id = ""


class PredictModel(DrawnModel):
    BELOW = {"draw": RangeModel, "runs": RunModel, "until": UntilModel, "options": OutcomeModel}

    demo: Id
    runs: Annotated[dict[Name, RunModel], Field(min_length=1, max_length=8)]
    options: Annotated[tuple[OutcomeModel, ...], Field(min_length=2, max_length=8)]
