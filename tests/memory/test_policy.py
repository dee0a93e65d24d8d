"""The policy: every value checked before FSRS sees it, and a key that is the values' own."""

import json
import struct

import fsrs
import fsrs_rs_python
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlterms.base.errors import CallError, MltermsError
from mlterms.memory.policy import DEFAULT_PARAMETERS, PARAMETER_BOUNDS, Policy

policies = st.builds(
    lambda **values: Policy.of(values),
    desired_retention=st.floats(0.7, 0.97),
    parameters=st.tuples(*(st.floats(low, high) for low, high in PARAMETER_BOUNDS)),
    learning_steps=st.lists(st.integers(1, 86_400), max_size=4, unique=True).map(sorted),
    relearning_steps=st.sampled_from([(), (600,), (60, 600), (600, 86_400, 3 * 86_400)]),
    maximum_interval=st.integers(3, 36_500),
    rollover_hour=st.integers(0, 23),
    light_days=st.lists(st.integers(0, 6), unique=True),
)


def single(number):
    return struct.unpack("<f", struct.pack("<f", number))[0]


@given(policies)
def test_a_policy_survives_json_and_keeps_its_key(policy):
    again = Policy.from_json(policy.to_json())
    assert again == policy
    assert again.key == policy.key
    assert again.to_json() == policy.to_json()


@given(policies, policies)
def test_two_policies_share_a_key_only_if_they_are_equal(one, other):
    assert (one.key == other.key) == (one == other)


def test_the_key_of_the_default_policy_never_changes():
    assert Policy().key == "9cabc579d717"


def test_the_key_does_not_depend_on_how_a_value_was_written():
    written = Policy.of(
        {
            "desired_retention": 0.9,
            "parameters": list(DEFAULT_PARAMETERS),
            "learning_steps": [60, 600],
            "light_days": [6, 5],
        }
    )
    assert written == Policy(light_days=(5, 6))
    whole = [1 if index in (4, 16) else value for index, value in enumerate(DEFAULT_PARAMETERS)]
    assert Policy.of({"parameters": whole}).key == Policy(parameters=tuple(map(float, whole))).key


def test_the_default_parameters_are_the_published_ones():
    assert fsrs.scheduler.DEFAULT_PARAMETERS == DEFAULT_PARAMETERS
    assert [single(value) for value in DEFAULT_PARAMETERS] == fsrs_rs_python.DEFAULT_PARAMETERS


def test_learned_parameters_at_their_bounds_are_accepted_though_float32_rounds_them():
    for end in (0, 1):
        Policy.of({"parameters": [single(bounds[end]) for bounds in PARAMETER_BOUNDS]})


@pytest.mark.parametrize("retention", [0.70, 0.97, 0.9])
def test_retention_within_the_bounds_is_accepted(retention):
    assert Policy.of({"desired_retention": retention}).desired_retention == retention


@pytest.mark.parametrize(
    "retention", [0, 0.699, 0.971, 1, 1.2, -0.9, float("nan"), float("inf"), "0.9", None, True]
)
def test_retention_outside_the_bounds_is_refused_with_the_reason(retention):
    with pytest.raises(
        CallError, match=r"desired retention must be from 0\.70 to 0\.97, not .* reviews explodes"
    ):
        Policy.of({"desired_retention": retention})


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"parameters": DEFAULT_PARAMETERS[:19]}, "FSRS-6 has 21 parameters, not 19"),
        ({"parameters": ()}, "FSRS-6 has 21 parameters, not 0"),
        ({"parameters": (float("nan"), *DEFAULT_PARAMETERS[1:])}, "parameters must be a list of numbers"),
        ({"parameters": (10**400, *DEFAULT_PARAMETERS[1:])}, "parameter w0 must be from 0.001 to 100"),
        ({"parameters": (*DEFAULT_PARAMETERS[:20], 0.05)}, "parameter w20 must be from 0.1 to 0.8, not 0.05"),
        ({"parameters": None}, "parameters must be a list of numbers"),
        ({"learning_steps": (0,)}, "learning steps must be whole seconds from 1"),
        ({"learning_steps": (60.0,)}, "learning steps must be whole seconds from 1"),
        ({"learning_steps": 60}, "learning steps must be a list of numbers, not 60"),
        ({"learning_steps": ("1m",)}, "learning steps must be a list of numbers"),
        ({"learning_steps": (600, 60)}, r"longer than the one before: write \[60, 600\]"),
        ({"relearning_steps": (600, 600)}, r"each relearning step .*: write \[600\]"),
        ({"learning_steps": (60, 100_000)}, "must be whole days"),
        (
            {"relearning_steps": (3 * 86_400,), "maximum_interval": 2},
            "longer than the maximum interval of 2 days",
        ),
        ({"maximum_interval": 0}, "maximum interval must be a whole number from 1 to 36,500"),
        ({"maximum_interval": 36_501}, "maximum interval must be a whole number"),
        ({"maximum_interval": 10.0}, "maximum interval must be a whole number"),
        ({"rollover_hour": 24}, "rollover hour must be a whole number from 0 to 23"),
        ({"rollover_hour": -1}, "rollover hour"),
        ({"rollover_hour": True}, "rollover hour"),
        ({"light_days": (7,)}, r"weekdays from 0 \(Monday\) to 6 \(Sunday\)"),
        ({"light_days": (1, 1)}, "different weekdays"),
        ({"light_days": (1.5,)}, "different weekdays"),
    ],
)
def test_a_harmful_value_is_refused_in_a_sentence(values, sentence):
    with pytest.raises(CallError, match=sentence):
        Policy.of(values)


def test_what_json_leaves_out_has_its_default():
    assert Policy.from_json('{"rollover_hour": 5}') == Policy(rollover_hour=5)
    assert Policy.from_json("{}") == Policy()


@pytest.mark.parametrize("text", ["", "[]", "7", "{", "null"])
def test_what_is_no_object_is_refused(text):
    with pytest.raises(MltermsError, match="must be a JSON object"):
        Policy.from_json(text)


def test_an_unknown_setting_is_named():
    with pytest.raises(MltermsError, match="unknown scheduling settings: deadline, exam"):
        Policy.from_json(json.dumps({"exam": 1, "deadline": 2}))
