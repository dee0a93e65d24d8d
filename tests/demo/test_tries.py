"""What there is to try: read from the docstring, ticked off by conditions."""

import pytest

from mlterms.demo.tries import Checklist, Try, read_tries

TWO = """
- Batches of 1,
  then of 60. Which line trembles? [batch_size == 1; batch_size == 60 and epochs >= 1]
- Look at the picture.
"""


def test_a_list_has_items_with_the_conditions_in_brackets() -> None:
    assert read_tries(TWO) == (
        Try(
            "Batches of 1, then of 60. Which line trembles?",
            ("batch_size == 1", "batch_size == 60 and epochs >= 1"),
        ),
        Try("Look at the picture."),
    )


def test_a_paragraph_is_one_thing_that_is_never_ticked_off() -> None:
    assert read_tries("one thing,\nthen another.") == (Try("one thing, then another."),)
    assert read_tries("") == ()


def test_stages_come_true_in_their_order_and_stay_true() -> None:
    checklist = Checklist(read_tries(TWO))
    assert not checklist.note({"batch_size": 60, "epochs": 5})
    assert not checklist.note({"batch_size": 1, "epochs": 0})
    assert [shown.done for shown in checklist.shown()] == [False, None]
    assert checklist.note({"batch_size": 60, "epochs": 1})
    assert not checklist.note({"batch_size": 10, "epochs": 0})
    assert [shown.done for shown in checklist.shown()] == [True, None]


def test_updates_count_from_the_turn_of_a_knob_that_the_condition_names() -> None:
    checklist = Checklist(read_tries("- None. [drop == 0 and update >= 200]\n- Go on. [update >= 500]"))
    assert not checklist.note({"drop": 0, "update": 400}, {"drop": 400})
    checklist.note({"drop": 0, "update": 599}, {"drop": 400})
    assert [shown.done for shown in checklist.shown()] == [False, True]
    assert checklist.note({"drop": 0, "update": 600}, {"drop": 400, "points": 590})


def test_a_measure_that_is_missing_fulfils_nothing() -> None:
    checklist = Checklist(read_tries("- Wait. [not loss > 1 or epochs >= 1]"))
    assert not checklist.note({})
    assert not checklist.note({"epochs": None, "loss": 2.0})
    assert checklist.note({"epochs": None, "loss": 0.5})


@pytest.mark.parametrize(
    ("condition", "told"),
    [
        ("batch_size = 1", "is not a condition"),
        ("", "is not a condition"),
        ("open('x')", "does more than compare"),
        ("s.w > 1", "does more than compare"),
    ],
)
def test_what_is_no_condition_is_refused(condition: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        read_tries(f"- Do it. [{condition}]")
