"""What a card says once it has been read: `Term`, and the seven kinds of `Question`.

Plain frozen data. Text is Markdown as the author wrote it, without comments and with each `{name}` not yet
replaced. How they are written in a file is `content/README.md`; `parse.py` reads them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from mlterms.base.record import record

KINDS = ("recall", "cloze", "choice", "numeric", "predict", "order", "spot")
SECTIONS = ("In plain words", "Precisely", "Worked example", "Watch out", "Going further")
FOLDED = SECTIONS[-1]
OTHERWISE = "otherwise"
UNTIL = "until."  # before `updates` or `epochs` where a run's end is drawn; no knob has a dot in its name

Value = int | float | bool | str
"""What a name may be drawn as. Only numbers can be calculated with."""


@record
class Choices:
    """A drawn name takes one of these values: all numbers, or all text."""

    values: tuple[Value, ...]


@record
class Range:
    """A drawn name takes `low`, `low + by`, … up to and including `high`; all three are decimals in text."""

    low: str
    high: str
    by: str


@record
class Rows:
    """Several names are drawn together: they take the values of one of these rows."""

    rows: tuple[tuple[Value, ...], ...]


Draw = Choices | Range | Rows


@record
class Question:
    """One thing that can be asked of a term. `slug` is unique in its term; `term/slug` is its id.

    was: ids it had before, each a slug of this term or `term/slug`. line: of its heading, from 1.
    explain: what is said after an answer, right or wrong (for `numeric` and `predict` with `{name}`s).
    """

    slug: str
    prompt: str
    explain: str = ""
    was: tuple[str, ...] = ()
    line: int = 0

    @property
    def kind(self) -> str:
        return type(self).__name__.lower()


@record
class DrawnQuestion(Question):
    """A question that may be different each time it is asked.

    draw: name → its values; names that are drawn together share a key, `a, b`, whose values are `Rows`.
    require: a comparison that a draw must make true, or "". let: name → the expression that computes it from
    what was drawn and from the names above it.
    """

    draw: Mapping[str, Draw] = field(default_factory=dict)
    require: str = ""
    let: Mapping[str, str] = field(default_factory=dict)


@record
class Recall(Question):
    """Answer in your own words, then compare: `answer` is the model answer, `ideas` what it must contain."""

    answer: str = ""
    ideas: tuple[str, ...] = ()


@record
class Cloze(Question):
    """A sentence with gaps. `prompt` holds each gap as `{{first|second}}`; `gaps` are the accepted answers.

    The first accepted answer of each gap is the one shown. All gaps are asked, and all must be right.
    """

    gaps: tuple[tuple[str, ...], ...] = ()


@record
class Option:
    """One option of a choice; `why` is what is said to someone who took it (or missed it).

    when: the comparison of drawn values that makes it right, or `otherwise`; "" if `right` says so in every
    draw. misconception: the id of the mistaken belief that makes people take it, or "".
    """

    text: str
    right: bool
    why: str = ""
    when: str = ""
    misconception: str = ""


@record
class Choice(DrawnQuestion):
    """Pick the right option; where several are right, pick all of them."""

    options: tuple[Option, ...] = ()

    @property
    def count_right(self) -> int:
        """The number of options that are right."""
        return sum(option.right for option in self.options)


@record
class Slip:
    """A wrong answer that people arrive at, as an expression, and what to say to them.

    misconception: the id of the mistaken belief behind it, or "".
    """

    answer: str
    says: str
    misconception: str = ""


@record
class Numeric(DrawnQuestion):
    """A number to work out, with fresh numbers each time.

    answer: an expression. tolerance: largest absolute difference that is still right; relative: the same as
    a part of the answer.
    """

    answer: str = ""
    tolerance: float = 0.0
    relative: float = 0.0
    slips: tuple[Slip, ...] = ()


@record
class Until:
    """When a run ends: after `updates`, after `epochs`, or once the expression `when` over measures is true.

    Exactly one of `updates` and `epochs` is set, or `when` together with `updates` as the most to try.
    """

    updates: int | None = None
    epochs: int | None = None
    when: str = ""


@record
class Run:
    """One training run of a prediction: the knobs that differ from their defaults, and when it ends.

    drawn: knob, or `until.updates` or `until.epochs` → the drawn name whose value it takes.
    """

    knobs: Mapping[str, Value]
    until: Until
    drawn: Mapping[str, str] = field(default_factory=dict)


@record
class Outcome:
    """One option of a prediction. `when` is an expression over `run.measure`; "" is `otherwise`.

    misconception: the id of the mistaken belief that makes people take it, or "".
    """

    text: str
    when: str
    misconception: str = ""


@record
class Predict(DrawnQuestion):
    """Say what the runs of a demo will show; the runs decide. All runs of one asking share one seed."""

    demo: str = ""
    runs: Mapping[str, Run] = field(default_factory=dict)
    options: tuple[Outcome, ...] = ()


@record
class Order(Question):
    """Put the steps in order; `steps` are in the right one."""

    steps: tuple[str, ...] = ()


@record
class Spot(Question):
    """Find the wrong line. `wrong` and `fixed` are Python and differ in line `at` (from 1) only."""

    wrong: str = ""
    fixed: str = ""
    at: int = 0


WRITTEN = (Recall, Cloze, Numeric)
"""The kinds that are answered in words."""


def misconceptions_of(question: Question) -> list[str]:
    """The ids of the mistaken beliefs that a wrong answer to the question betrays, each once."""
    options: tuple[Option | Outcome | Slip, ...] = ()
    if isinstance(question, Choice | Predict):
        options = question.options
    elif isinstance(question, Numeric):
        options = question.slips
    return list(dict.fromkeys(option.misconception for option in options if option.misconception))


@record
class Section:
    """One `## heading` of a card and the Markdown below it; line of the heading."""

    heading: str
    text: str
    line: int = 0

    @property
    def folded(self) -> bool:
        """Whether it is shown only on request: what experts want said."""
        return self.heading == FOLDED


@record
class CheckBlock:
    """Python that only `mlterms check` runs, to compute the numbers of the card. line: of its fence."""

    code: str
    line: int = 0


@record
class Term:
    """One glossary entry. `id` is the file's name without `.md`.

    definition: the sentences before the first heading, as Markdown. needs and contrast: ids of terms, of
    another deck as `deck:term`. aliases: other names of the term. explains: notions without a card of their
    own. found_by: words that find it and are not shown. demo: the name of a demo, or "". was: ids that this
    term had before. checks: what is run behind its numbers and shown to nobody. path: its file.
    """

    id: str
    title: str
    topic: str
    definition: str
    sections: tuple[Section, ...] = ()
    questions: tuple[Question, ...] = ()
    needs: tuple[str, ...] = ()
    contrast: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    explains: tuple[str, ...] = ()
    found_by: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    was: tuple[str, ...] = ()
    demo: str = ""
    path: str = ""
    checks: tuple[CheckBlock, ...] = ()


@record
class Guide:
    """A text around the terms, such as how to begin. `id` is the file's name without `.md`.

    summary: one sentence on what it answers. text: Markdown, with links to cards as `../card.md`.
    """

    id: str
    title: str
    summary: str
    text: str
    path: str = ""


@record
class Deck:
    """A folder of cards, from its `content/deck.toml`.

    root: the folder that holds `content/` (and perhaps `demos/`). topics: id → title, in order of display.
    misconceptions: id → the mistaken belief, as a sentence.
    order: ids of terms, as a tie-breaker among those whose needs allow either. planned: id → title of terms
    that cards may name before they have a card of their own. planned_demos: names of demos, likewise.
    guides: ids of guides, in order of display.

    The checker holds the cards to these. ordinary: phrases in which the name of a term is just a word.
    spelling: how a word is not spelled → how it is. symbols: a letter → the words of which one explains it.
    """

    id: str
    title: str
    root: str
    topics: Mapping[str, str] = field(default_factory=dict)
    misconceptions: Mapping[str, str] = field(default_factory=dict)
    order: tuple[str, ...] = ()
    planned: Mapping[str, str] = field(default_factory=dict)
    planned_demos: tuple[str, ...] = ()
    guides: tuple[str, ...] = ()
    ordinary: tuple[str, ...] = ()
    spelling: Mapping[str, str] = field(default_factory=dict)
    symbols: Mapping[str, str] = field(default_factory=dict)
