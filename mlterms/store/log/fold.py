"""What a log of events comes to: which of them count, and what they make of a card, the names, the settings.

Pure functions of events in their order, which is (stamp, device, uuid). Where the results are kept is
`tables.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from mlterms.base.errors import MltermsError
from mlterms.memory import schedule
from mlterms.memory.policy import Policy
from mlterms.memory.state import NEW_CARD, CardState, Rating
from mlterms.store.log.card import NO_CARD, Card
from mlterms.store.log.event import Event


def undone(undos: Sequence[tuple[str, str]]) -> set[str]:
    """The events that do not count, from all undos as (uuid, target) in order: an undo that is itself undone
    undoes nothing. An undo always comes after its target, so one walk from the last to the first settles it.
    """
    dead: set[str] = set()
    for uuid, target in reversed(undos):
        if uuid not in dead:
            dead.add(target)
    return dead


def names_now(renames: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Every old id of a question → its id now, from the effective renames as (old, new) in order.

    An id that was renamed away once has moved on, and a second claim to it is void; so is a claim to an id
    that is another question's old one. A rename back is none of these.
    """
    now: dict[str, str] = {}
    olds: dict[str, set[str]] = {}
    for old, new in renames:
        if old == new or old in now or now.get(new, old) != old:
            continue
        moved = olds.pop(old, set()) | {old}
        moved.discard(new)
        now.pop(new, None)
        now.update(dict.fromkeys(moved, new))
        olds.setdefault(new, set()).update(moved)
    return now


def settings_now(changes: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """What the learner has set, from the effective changes in order; None takes a setting back."""
    values: dict[str, Any] = {}
    for change in changes:
        values.update(change)
    return {name: value for name, value in values.items() if value is not None}


def change(card: Card, event: Event, policy_of: Callable[[str], Policy]) -> Card:
    """What `event` makes of `card`. `known` is an Easy answer that is not counted as one.

    policy_of: the policy of a key. Raises MltermsError for a policy that cannot be read or a damaged event.
    """
    try:
        return _changed(card, event, policy_of)
    except (KeyError, TypeError, ValueError):
        raise MltermsError(f"event {event.uuid} is damaged; bring back a backup: mlterms restore") from None


def _changed(card: Card, event: Event, policy_of: Callable[[str], Policy]) -> Card:
    kind, value = event.kind, event.value
    if kind == "answer" and event.mode != "cram":
        assert event.rating is not None
        return replace(
            card,
            state=_answered(card.state, Rating(event.rating), event, policy_of),
            answered=card.answered + 1,
            first_day=event.day if card.first_day is None else card.first_day,
        )
    if kind == "known":
        return replace(card, state=_answered(card.state, Rating.EASY, event, policy_of))
    if kind == "reset":
        return replace(card, state=NEW_CARD)
    if kind == "imported":
        return replace(card, state=CardState.from_list(value["state"]))
    if kind == "suspend":
        return replace(card, suspended=value["on"])
    if kind == "flag":
        return replace(card, flagged=value["on"])
    if kind == "bury":
        until = value["until"]
        return replace(card, buried_until=until, buried_on=None if until is None else event.day)
    return card


def _answered(
    state: CardState, rating: Rating, event: Event, policy_of: Callable[[str], Policy]
) -> CardState:
    """The memory after an answer. Where `event` was recorded of this very memory, it is what was recorded
    then: what the button said, whatever FSRS makes of it today."""
    if event.after_json is not None and event.before == state:
        return event.after
    assert event.policy is not None
    assert event.question is not None
    return schedule.answer(policy_of(event.policy), state, rating, event.now, event.question)


class Link(NamedTuple):
    """What a fold needs of an event while nothing has to be worked out again: a quarter of the reading."""

    sequence: int
    uuid: str
    before_json: str
    after_json: str


class Folded(NamedTuple):
    """What a question's events come to: the card as JSON, and the last of the events that count.

    again: how many events had to be worked out again.
    """

    card_json: str
    last: Link
    again: int


def fold(
    chain: Iterable[Link],
    dead: Container[str],
    event_of: Callable[[str], Event],
    policy_of: Callable[[str], Policy],
) -> Folded | None:
    """Fold the events of one question's chain, in order, leaving out those in `dead`. None if none is left.

    An event's `after` is taken as recorded where it was recorded of the very card that was come to. Where it
    was not (an older answer was undone, or two machines' logs were put together), it is worked out again.
    event_of: the whole event of a uuid. policy_of: the policy of a key.
    """
    card_json = NO_CARD.to_json()
    last: Link | None = None
    again = 0
    for link in chain:
        if link.uuid in dead:
            continue
        if link.before_json == card_json:
            card_json = link.after_json
        else:
            card_json = change(Card.from_json(card_json), event_of(link.uuid), policy_of).to_json()
            again += 1
        last = link
    return None if last is None else Folded(card_json, last, again)
