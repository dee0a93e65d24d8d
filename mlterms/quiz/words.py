"""What the quiz says in the shell and in the app alike: hints, totals of a sitting, when to come back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mlterms.base.plurals import count_of
from mlterms.memory.intervals import spell_out
from mlterms.memory.state import CONFIDENCE
from mlterms.quiz.dates import date_in_words, days_ahead

if TYPE_CHECKING:
    from mlterms.glossary.types import Term
    from mlterms.quiz.grade import Verdict
    from mlterms.quiz.tally import Tally
    from mlterms.store.counts import Counts
    from mlterms.store.overdue import Backlog


_KINDS = {"cloze": "gap", "numeric": "number", "spot": "mistake"}


def kind_in_words(kind: str) -> str:
    """What the learner reads for the kind of a question."""
    return _KINDS.get(kind, kind)


def tally_in_words(tally: Tally) -> str:
    """`10 answered, 7 of them new: 8 right, 2 wrong. About 4 minutes.`; "" if nothing was answered."""
    if not tally.answered:
        return ""
    new = f", {tally.new} of them new" if tally.new else ""
    minutes = round(tally.seconds / 60)
    missed = f", {tally.answered - tally.right} wrong" if tally.right < tally.answered else ""
    words = f"{tally.answered} answered{new}: {tally.right} right{missed}. "
    words += f"About {count_of(minutes, 'minute')}." if minutes else "Less than a minute."
    return f"{words} {certainty_in_words(tally.sure, tally.sure_and_right)}".rstrip()


def certainty_in_words(said: int, right: int) -> str:
    """How many answers the learner was certain of, and how many of these were right; "" if none."""
    if not said:
        return ""
    if said == 1:
        return f"The one you were certain of was {'right' if right else 'wrong'}."
    all_of_them, none_of_them = ("both", "neither") if said == 2 else ("all", "none")
    count = all_of_them if right == said else right or none_of_them
    return f"Of the {said} you were certain of, {count} {'was' if right < 2 else 'were'} right."


def backlog_in_words(backlog: Backlog, today: int) -> str:
    """`240 are overdue; 60 a day, done by 3 December.`"""
    count = f"{backlog.overdue} {'is' if backlog.overdue == 1 else 'are'} overdue"
    if not backlog.per_day:
        return f"{count}; your limits leave no room for them: mlterms settings overdue_per_day."
    if backlog.done is None:
        return f"{count}; {backlog.per_day} a day, and new ones come as fast."
    return f"{count}; {backlog.per_day} a day, done by {date_in_words(backlog.done, today)}."


def own_version_in_words(term: str) -> str:
    """What is said of a card that the learner has changed, and the way back. term: its name."""
    revert = f"`mlterms edit --revert {term}` goes back to the bundled one."
    return f"You have your own version of this card. {revert}"


def short_title(title: str) -> str:
    """A title without what tells it from another one: `bias` of `bias (parameter)`."""
    return title.partition(" (")[0]


HOW_SURE = {level: words.removesuffix(" sure") for level, words in CONFIDENCE.items()}
"""The levels of confidence as answers to "How sure are you?"."""


def asking_in_words(on: bool, is_guess: bool) -> str:
    """What is said when the learner has switched that question on or off.

    is_guess: at a first guess, where it is not asked.
    """
    begins = "From the next question on" if is_guess else "From now on"
    return f"{f'{begins} you are asked' if on else 'You are no longer asked'} how sure you are."


GUESS_FIRST_HINT = "Guess before you read its card. A wrong guess is not counted."
"""What is said where a new term begins with a guess."""


FOLLOWS_BELIEF = "It comes now because an earlier answer showed a mistaken belief."
FOLLOWS_CERTAINTY = "It comes now because you were certain of your last answer to it, and it was wrong."
"""What is said of a question that is asked ahead of its turn."""

SOON = "this session"
"""When a question comes back after a guess that was wrong: once more in this sitting."""

ENTER_ONCE_MORE = "If you do not know, press Enter again to see the answer."
"""When nothing was written and Enter was pressed."""

DRAFT_KEPT = "Your answer so far was kept."
"""What is said where a question comes back with what was written or picked before."""

UNSCHEDULED = "—"
"""The interval that each rating gives in practice."""

PRACTICE = "Practice: the schedule stays as it is."
RESET = "Reset: it is new again, and its history is kept"


def known_in_words(interval: str, *, is_practice: bool = False) -> str:
    """What is said of a question that was marked as known."""
    moves = "Marked as known, which moves its schedule in practice too" if is_practice else "Marked as known"
    return f"{moves}: it comes back in {interval}"


def not_right_in_words(verdict: Verdict) -> str:
    """What is said of an answer that is not right."""
    return "Not yet." if verdict.is_unknown else "Not this time."


def only_rating_in_words(interval: str) -> str:
    """What follows an answer that can be rated in one way only: `It comes back in 1 minute.`"""
    if interval == UNSCHEDULED:
        return PRACTICE
    return f"It comes back in {spell_out(interval)}."


WHICH_TERM, FILL_THE_GAPS = "Which term?", "Fill the gaps"
"""Above a question whose answer is the name of its term."""

LOOKED_UP = "You looked it up first, so at most Hard is suggested."
"""What is said of the ratings after that."""

CALLED_A_GUESS = "You called it a guess, so Again is {}."
"""What is said of the ratings where a right answer was called that."""

RATINGS_EXPLAINED = "How well did you know it? The time beside each rating is when the question comes back."
"""What is said of the ratings as long as they are new to the learner."""

ENTER_TAKES = "If you are not sure, press Enter: it takes {}."
"""What follows where Enter takes a rating."""

NOTHING_TICKED = "Tick what you said, and a rating is suggested. If you said none of it, press 1, Again."
"""What follows where none is, because no idea of a recall is ticked: perhaps the learner ticks none."""

NOTHING_PICKED = "Choose first: press a number."
"""What is said where an option must be picked before there is an answer."""

RETIRED = "always right for a month, so this prediction is asked no more. The glossary brings it back."
"""What is said when a prediction retires, after the title of its term and a colon."""


def introduction_of(term: Term) -> str:
    """What is said of a term that is new: its definition and the first paragraph of its first section."""
    shown = [section.text.strip().partition("\n\n")[0] for section in term.sections if not section.folded]
    return "\n\n".join([term.definition, *shown[:1]])


def later_in_words(days: int) -> str:
    """When the next review is due, `days` from today."""
    return f"The next review is due {days_ahead(days)}."


def soon_in_words(milliseconds: int, question: str = "") -> str:
    """When the next learning step is due, so far from now. question: which one it is, in a few words."""
    minutes = round(milliseconds / 60_000)
    if milliseconds < 45_000:
        wait = f"{max(1, round(milliseconds / 1000))} s"
    elif minutes >= 90:
        wait = f"{round(minutes / 60)} hours"
    else:
        wait = count_of(minutes, "minute")
    return f"Next in {wait}: {question}." if question else f"One comes back in {wait}."


def following_in_words(counts: Counts, step_at: int | None, at: int, question: str = "") -> str:
    """What there is to ask next: what is left today, else the next learning step, else the next review; ""
    if there is nothing. step_at: when the earliest learning step is due (ms). at: the present. question: the
    one whose step that is, in a few words."""
    is_later = step_at is not None and step_at > at
    if counts.left > (counts.learning if is_later else 0):
        return f"{counts.left} {'question is' if counts.left == 1 else 'questions are'} left today."
    if step_at is not None and is_later:
        return soon_in_words(step_at - at, question)
    return "" if counts.later is None else later_in_words(counts.later)


def sentence(markdown: str) -> str:
    """A note of a card as a sentence of its own: `that is the mean` becomes `That is the mean.`

    Names and formulas at its beginning stay as they are (`w·x = 3`, `max(0, z)`), and so do lists and code.
    """
    first = re.match(r"(?:a|[a-z]{2,}(?:['’-][a-z]+)*)(?=[,;:.]?(?:\s|$))", markdown)
    if first:
        markdown = markdown[0].upper() + markdown[1:]
    last = markdown.rstrip().rpartition("\n")[2]
    is_prose = re.search(r"[a-z]{3}", last) and not re.match(r"\s|```|[-+*>|] |\d+\. ", last)
    if is_prose and last[-1] not in ".!?…:;" and not last.endswith(('."', '?"', '!"', ".)", ".*", ".”")):
        markdown = f"{markdown.rstrip()}."
    return markdown
