"""Notes of cards as sentences of their own."""

import pytest

from mlterms.quiz.tally import Tally
from mlterms.quiz.words import certainty_in_words, sentence, soon_in_words, tally_in_words


@pytest.mark.parametrize(
    ("note", "told"),
    [
        ("that is the mean", "That is the mean."),
        ("that is the mean.", "That is the mean."),
        ("a single 1 must not be enough", "A single 1 must not be enough."),
        ("don't divide", "Don't divide."),
        ("then, at last", "Then, at last."),
        ("⌈1100/8⌉ updates an epoch, 3 epochs: 414", "⌈1100/8⌉ updates an epoch, 3 epochs: 414."),
        ("v is first 2, then 3", "v is first 2, then 3."),
        ("w·x + b = 0 gives x = −b/w", "w·x + b = 0 gives x = −b/w."),
        ("max(0, z) cuts it off", "max(0, z) cuts it off."),
        ("numpy.sum adds", "numpy.sum adds."),
        ("`loss` falls", "`loss` falls."),
        ("−ln 0.5 = 0.693", "−ln 0.5 = 0.693"),
        ("it asks: why?", "It asks: why?"),
        ('it says "no."', 'It says "no."'),
        ("it is (so they say.)", "It is (so they say.)"),
        ("two ways:\n\n- this one\n- that one", "Two ways:\n\n- this one\n- that one"),
        ("the code is\n\n    step(s)", "The code is\n\n    step(s)"),
        ("", ""),
    ],
)
def test_a_note_becomes_a_sentence_and_names_and_formulas_stay(note: str, told: str) -> None:
    assert sentence(note) == told
    assert sentence(told) == told


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(40, "in 40 s."), (50, "in 1 minute."), (100, "in 2 minutes."), (7200, "in 2 hours.")],
)
def test_a_short_wait_is_given_in_seconds(seconds: int, words: str) -> None:
    assert soon_in_words(1000 * seconds) == f"One comes back {words}"


@pytest.mark.parametrize(
    ("seconds", "words"), [(1, "Less than a minute."), (40, "About 1 minute."), (100, "About 2 minutes.")]
)
def test_a_session_of_some_seconds_is_no_minute(seconds: int, words: str) -> None:
    assert tally_in_words(Tally(answered=1, right=1, seconds=seconds)) == f"1 answered: 1 right. {words}"


@pytest.mark.parametrize(
    ("sure", "right", "words"),
    [
        (1, 1, "The one you were certain of was right."),
        (3, 3, "Of the 3 you were certain of, all were right."),
        (3, 1, "Of the 3 you were certain of, 1 was right."),
        (3, 2, "Of the 3 you were certain of, 2 were right."),
        (2, 0, "Of the 2 you were certain of, neither was right."),
    ],
)
def test_certainty_is_described_in_a_sentence(sure: int, right: int, words: str) -> None:
    assert certainty_in_words(sure, right) == words
