"""The fold of the log: which events count, and the cards, names and settings that result from them.

Pure functions of events in their order, which is (stamp, device, uuid). `tables.py` stores the results.

A card keeps the memory that its last answer recorded, also after the parameters of FSRS have been fitted
again: a `parameters` event applies from the next answer of each question on. So the interval on the button
stays the interval that was given, a rebuild gives the same bytes on every machine with any version of FSRS,
and nothing is lost: fitting reads ratings and days from the log, not memories. Stability means the same under
all parameters (days until recall falls to 90%), and each card has moved to the new ones after an answer or
two.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from mlterms.base.errors import MltermsError
from mlterms.memory.policy import Policy
from mlterms.memory.state import NEW_CARD, CardState, Rating
from mlterms.store.log.card import NO_CARD, Card
from mlterms.store.log.event import Event


def undone(undos: Sequence[tuple[str, str]]) -> set[str]:
    """The events that do not count, from all undos as (uuid, target) in order.

    An undo that is itself undone undoes nothing. An undo always comes after its target, so one pass from the
    last to the first is enough.
    """
    found: set[str] = set()
    for uuid, target in reversed(undos):
        if uuid not in found:
            found.add(target)
    return found


def names_now(renames: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Every old id of a question → its id now, from the effective renames as (old, new) in order.

    A second rename of an id that was renamed before is ignored, and so is a rename to an id that another
    question had. Renaming a question back is allowed.
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
    """The values that the learner has set, from the effective changes in order; None resets a setting."""
    values: dict[str, Any] = {}
    for change in changes:
        values.update(change)
    return {name: value for name, value in values.items() if value is not None}


def change(card: Card, event: Event, policy_of: Callable[[str], Policy]) -> Card:
    """The card after `event`. `known` counts as an Easy answer for the schedule, but not as an answer.

    policy_of: the policy of a key. Raises MltermsError for a policy that cannot be read or a damaged event.
    """
    try:
        return _apply(card, event, policy_of)
    except (KeyError, TypeError, ValueError):
        raise MltermsError(f"event {event.uuid} is damaged; bring back a backup: mlterms restore") from None


def _apply(card: Card, event: Event, policy_of: Callable[[str], Policy]) -> Card:
    kind, value = event.kind, event.value
    if kind == "answer" and event.mode != "cram":
        assert event.rating is not None
        return card._replace(
            state=_memory_after(card.state, Rating(event.rating), event, policy_of),
            answered=card.answered + 1,
            first_day=event.day if card.first_day is None else card.first_day,
        )
    if kind == "known":
        return card._replace(state=_memory_after(card.state, Rating.EASY, event, policy_of))
    if kind == "reset":
        return card._replace(state=NEW_CARD)
    if kind == "imported":
        return card._replace(state=CardState.from_list(value["state"]))
    if kind == "suspend":
        return card._replace(suspended=value["on"])
    if kind == "flag":
        return card._replace(flagged=value["on"])
    if kind == "bury":
        until = value["until"]
        return card._replace(buried_until=until, buried_on=None if until is None else event.day)
    return card


def _memory_after(
    state: CardState, rating: Rating, event: Event, policy_of: Callable[[str], Policy]
) -> CardState:
    """The memory after an answer.

    If `event` was recorded of exactly this memory, its outcome is taken as recorded: it is what the button
    said, even if FSRS would compute another one today. Otherwise the days that were chosen by the load of the
    time still hold where fuzz allows them: what was due then is looked up by nobody.
    """
    if event.after_json is not None and event.before == state:
        return event.after
    from mlterms.memory import schedule  # most folds compute nothing

    assert event.policy is not None
    assert event.question is not None
    decided = event.value.get("days", ())
    return schedule.answer(policy_of(event.policy), state, rating, event.now, event.question, decided)


class Link(NamedTuple):
    """The columns of an event that a fold needs while nothing has to be recomputed: a quarter of the row."""

    sequence: int
    uuid: str
    before_json: str
    after_json: str


class Folded(NamedTuple):
    """The result of folding a question's events: the card as JSON, and the last event that counts.

    recomputed: the number of events whose outcome had to be computed again.
    """

    card_json: str
    last: Link
    recomputed: int


def fold(
    chain: Iterable[Link],
    undone: Container[str],
    event_of: Callable[[str], Event],
    policy_of: Callable[[str], Policy],
) -> Folded | None:
    """Fold the events of one question's chain, in order, without those in `undone`. None if none is left.

    An event's `after` is taken as recorded if the card before it is the one that it was recorded of. If it is
    not, since an older answer was undone, the outcome is computed again.
    event_of: the whole event of a uuid. policy_of: the policy of a key.
    """
    card_json = NO_CARD.to_json()
    last: Link | None = None
    recomputed = 0
    for link in chain:
        if link.uuid in undone:
            continue
        if link.before_json == card_json:
            card_json = link.after_json
        else:
            card_json = change(Card.from_json(card_json), event_of(link.uuid), policy_of).to_json()
            recomputed += 1
        last = link
    return None if last is None else Folded(card_json, last, recomputed)
