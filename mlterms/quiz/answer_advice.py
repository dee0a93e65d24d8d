"""What is said beside the ratings of an answer."""

from __future__ import annotations

from collections.abc import Callable

from mlterms.quiz.leech_advice import WAYS, advise_after_answer, in_words
from mlterms.quiz.rating_hint import explain_ratings
from mlterms.quiz.sitting import Sitting


def advice_on_answer(sitting: Sitting, is_marked: bool, key: Callable[[str], str]) -> str:
    """What may help with a leech that was just forgotten, else what ratings mean, if they are new; "" if
    there is nothing to say.

    is_marked: whether a rating is suggested. key: gives the key of an action of the quiz.
    """
    advice = advise_after_answer(sitting) if is_marked else None
    if advice is None:
        return explain_ratings(sitting, is_marked=is_marked)
    return in_words(advice, {name: key(f"quiz.{name}") for name in WAYS})
