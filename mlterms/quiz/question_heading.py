"""What is said above a question: its term unless that is the answer, its kind, whether it is new, and why it
comes before its turn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mlterms.base.ids import QuestionId
from mlterms.glossary.types import Choice, Cloze
from mlterms.memory.state import Phase
from mlterms.quiz.name_asked import asks_for_name
from mlterms.quiz.words import FILL_THE_GAPS, FOLLOWS_BELIEF, FOLLOWS_CERTAINTY, WHICH_TERM, kind_in_words

if TYPE_CHECKING:
    from mlterms.quiz.sitting import Sitting


def title_of_open(sitting: Sitting) -> str:
    """The title of the open question's term. As long as its name is the answer: `Which term?`, with several
    gaps `Fill the gaps`, and of a choice ""."""
    asked = sitting.asked
    if asked is None:
        return ""
    question = asked.question
    if sitting.verdict is not None or not isinstance(question, Cloze | Choice):  # its card need not be read
        return asked.title
    if not asks_for_name(sitting.index.term(asked.term), question):
        return asked.title
    if isinstance(question, Choice):
        return ""
    return WHICH_TERM if len(question.gaps) == 1 else FILL_THE_GAPS


def name_in_message(sitting: Sitting, question: str) -> str:
    """A question as it is called in a message: its term, and its kind. Of the open question, the kind alone
    where the term is not to be named."""
    found = sitting.index.question(QuestionId(question))
    if found is None:
        return question
    kind = kind_in_words(found[1].kind)
    is_open = sitting.asked is not None and sitting.asked.id == question
    return kind if is_open and title_of_open(sitting) != found[0].title else f"{found[0].title}, {kind}"


def changed_elsewhere(sitting: Sitting) -> str:
    """What is said where another window has answered or changed the open question; "" where none has.

    An answer whose solution is shown here may have been recorded by a command that assumed that this
    window was killed. It is the same answer, and can still be rated here.
    """
    asked = sitting.asked
    if asked is None or sitting.learner.state(asked.id) == sitting.state:
        return ""
    assert sitting.current is not None
    shown = sitting.current.answer
    if shown is not None and sitting.learner.log.find(shown.uuid) is not None:
        return ""
    return f"{name_in_message(sitting, asked.id)}: answered or changed in another window."


def kind_and_turn(sitting: Sitting) -> list[str]:
    """The kind of the open question, whether it is new, a first guess, a review or asked again (not of
    practice, where nothing has a turn), and whether it is flagged. In a contrast sitting, where what is due
    counts as a review, all else is called practice."""
    assert sitting.current is not None
    words = [kind_in_words(sitting.current.instance.question.kind)]
    if sitting.is_guess:
        words.append("first guess")
    elif sitting.plan.contrast and sitting.current.mode == "cram":
        words.append("practice")
    elif sitting.plan.contrast or sitting.plan.mode != "cram":
        words.append({Phase.NEW: "new", Phase.REVIEW: "review"}.get(sitting.state.phase, "again"))
    return words + ["flagged"] * sitting.current.is_flagged


def reason_to_ask(sitting: Sitting) -> str:
    """Why the open question comes ahead of its turn, as a sentence; "" for all others."""
    if sitting.asked is None or sitting.plan.mode != "scheduled" or sitting.is_guess:
        return ""
    today = sitting.learner.today(sitting.clock.now())
    for question, _, about in sitting.queue.follow_ups(today):
        if question == sitting.asked.id:
            return FOLLOWS_BELIEF if about else FOLLOWS_CERTAINTY
    return ""
