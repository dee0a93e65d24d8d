"""The fold as pure functions: which events count, what ids are called now, what the settings are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlterms.base.errors import MltermsError
from mlterms.memory.state import NEW_CARD, CardState, Phase
from mlterms.store.log.card import NO_CARD, Card
from mlterms.store.log.event import Event
from mlterms.store.log.fold import Link, fold, names_now, settings_now, undone


@pytest.mark.parametrize(
    ("undos", "dead"),
    [
        ([], ""),
        (["u:a"], "a"),
        (["u:a", "v:u"], "u"),
        (["u:a", "v:u", "w:v"], "av"),
        (["u:a", "v:u", "w:a"], "au"),
        (["u:a", "v:b", "w:u"], "bu"),
    ],
)
def test_an_event_counts_unless_an_undo_that_counts_undoes_it(undos, dead):
    assert undone([tuple(undo.split(":")) for undo in undos]) == set(dead)


@given(st.lists(st.integers(min_value=0, max_value=30), max_size=30))
def test_an_undo_counts_exactly_if_its_target_does_not(targets):
    undos = [(str(i + 1), str(min(target, i))) for i, target in enumerate(targets)]
    dead = undone(undos)
    for uuid, target in undos:
        if uuid not in dead:
            assert target in dead
    for uuid in dead:
        assert any(target == uuid and undo not in dead for undo, target in undos)


@pytest.mark.parametrize(
    ("renames", "now"),
    [
        ([], {}),
        (["ab"], {"a": "b"}),
        (["ab", "bc"], {"a": "c", "b": "c"}),
        (["ab", "ba"], {"b": "a"}),
        (["ab", "ba", "ab"], {"a": "b"}),
        (["ab", "bc", "ca"], {"b": "a", "c": "a"}),
        (["ab", "ac"], {"a": "b"}),
        (["ab", "ca"], {"a": "b"}),
        (["ab", "cb"], {"a": "b", "c": "b"}),
        (["aa"], {}),
        (["ab", "ab"], {"a": "b"}),
    ],
)
def test_every_old_id_leads_to_the_last_one(renames, now):
    assert names_now([(old, new) for old, new in renames]) == now


@given(st.lists(st.tuples(*[st.sampled_from("abcdef")] * 2), max_size=30))
def test_what_a_question_is_called_now_is_no_old_id(renames):
    now = names_now(renames)
    assert not set(now) & set(now.values())


def test_later_settings_replace_earlier_ones_and_none_takes_back():
    assert settings_now([{"a": 1, "b": 2}, {"a": 3, "c": 4}, {"b": None}]) == {"a": 3, "c": 4}


def event(uuid, before, after, kind="flag", value='{"on":true}'):
    return Event(
        0, uuid, "device", 0, 0, 0, 0, kind, "0", before_json=before, after_json=after, value_json=value
    )


def folded(events, dead=()):
    links = [Link(0, e.uuid, e.before_json, e.after_json) for e in events]
    return fold(links, dead, {e.uuid: e for e in events}.__getitem__, no_policy)


def no_policy(key):
    raise AssertionError(f"asked for the policy {key}")


def test_a_fold_of_nothing_is_no_card():
    assert folded([]) is None
    assert folded([event("a", "x", "y")], {"a"}) is None


def test_what_was_recorded_of_the_card_that_was_come_to_is_taken_as_recorded():
    new = NO_CARD.to_json()
    result = folded([event("a", new, "one"), event("b", "one", "two")])
    assert (result.card_json, result.last.uuid, result.recomputed) == ("two", "b", 0)


def test_what_was_recorded_of_another_card_is_worked_out_again():
    new, flagged = NO_CARD.to_json(), Card(flagged=True).to_json()
    both = Card(flagged=True, suspended=True).to_json()
    events = [
        event("a", new, flagged),
        event("b", new, Card(suspended=True).to_json(), "suspend"),
        event("c", both, "recorded of the very card"),
    ]
    result = folded(events)
    assert (result.card_json, result.recomputed) == ("recorded of the very card", 1)
    assert folded(events[:2]).card_json == both


def test_the_interval_on_the_button_stays_though_a_mark_before_it_is_undone():
    """What FSRS, in whatever version, made of the very same memory then is not worked out anew."""
    after = CardState(Phase.REVIEW, 0, 4.25, 5.5, None, 9, 1, 5, 1, 0)
    recorded = Card(after, flagged=True, answered=1, first_day=0).to_json()
    answered = event("b", Card(flagged=True).to_json(), recorded, "answer", None)
    result = folded([answered._replace(rating=3, mode="scheduled")])
    assert Card.from_json(result.card_json) == Card(after, flagged=False, answered=1, first_day=0)
    assert result.recomputed == 1


card_states = st.builds(
    CardState,
    phase=st.just(Phase.REVIEW),
    step=st.just(0),
    stability=st.floats(1e-3, 36500),
    difficulty=st.floats(1, 10),
    due_at=st.none(),
    due_day=st.integers(-1000, 60_000),
    last_at=st.integers(-(2**50), 2**50),
    last_day=st.integers(-1000, 60_000),
    reps=st.integers(0, 10_000),
    lapses=st.integers(0, 10_000),
)


@given(
    st.builds(
        Card,
        state=card_states | st.just(NEW_CARD),
        suspended=st.booleans(),
        buried_until=st.none() | st.integers(0, 60_000),
        buried_on=st.none() | st.integers(0, 60_000),
        flagged=st.booleans(),
        answered=st.integers(0, 10_000),
        first_day=st.none() | st.integers(0, 60_000),
    )
)
def test_a_card_survives_the_log_to_the_last_bit(card):
    assert Card.from_json(card.to_json()) == card
    assert Card.from_row(card.to_row()) == card


@pytest.mark.parametrize("text", ["", "[]", "{}", "3", "[[0],1]", '["a","b","c","d","e","f","g"]', "null"])
def test_what_is_no_card_is_refused_by_name(text):
    with pytest.raises(MltermsError, match="not "):
        Card.from_json(text)
