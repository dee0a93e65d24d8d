"""What an answer does to the memory of a question, and when it is due again. The queue is `store/`'s.

FSRS-6 (Ye, Su & Cao 2022, "A stochastic shortest path algorithm for optimizing spaced repetition scheduling",
and the open-spaced-repetition project since) says how memory changes; the steps, the whole days and the fuzz
around it are ours, with the meaning that Anki has made familiar.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from mlterms.base.clock import Now
from mlterms.base.ids import Day
from mlterms.memory.balance import BALANCED_UP_TO, Load, LoadOf, balanced_days
from mlterms.memory.days import DAY_SECONDS, counted_day, day_of, elapsed_days
from mlterms.memory.fuzz import Bounds, allowed_days, any_day, roll
from mlterms.memory.intervals import due_now, interval_text
from mlterms.memory.policy import LONGEST_INTERVAL, Policy
from mlterms.memory.state import NEW_CARD, CardState, Phase, Rating

if TYPE_CHECKING:
    from fsrs_rs_python import FSRS, ItemState

Step = tuple[int, int]
"""A learning step: its index and its seconds."""

__all__ = [
    "Policy",
    "answer",
    "days_given",
    "due_now",
    "interval_text",
    "preview",
    "replay",
]


def preview(
    policy: Policy,
    state: CardState,
    now: Now,
    seed: str,
    load_of: LoadOf | None = None,
    decided: Sequence[int] = (),
) -> dict[Rating, CardState]:
    """The state that each rating would give. `answer` gives exactly this. `seed` is the question's id.

    In whole days Again ≤ Hard < Good < Easy, unless the maximum interval holds them. load_of: looks up what
    is due on the days ahead, so that the day of each rating is one with little to do. decided: the days that
    were chosen for Again, Hard, … before (see `days_given`); each holds where fuzz allows it.
    """
    today = day_of(now, policy.rollover_hour)
    memories = _next_memories(policy, state, today)
    load = _look_up(load_of, policy, state, memories) if load_of else None
    return {
        rating: _after(state, rating, memories[rating], step, days, now, today)
        for rating, step, days in _steps_and_days(policy, state, memories, today, seed, decided, load)
    }


def _steps_and_days(
    policy: Policy,
    state: CardState,
    memories: Mapping[Rating, ItemState],
    today: Day,
    seed: str,
    decided: Sequence[int],
    load: Load | None = None,
) -> Iterator[tuple[Rating, Step | None, int]]:
    """What follows each rating, from Again on: its step, if it has one, and its days, which depend on those
    of the ratings before it."""
    rolled = roll(seed, state.reps)
    floor = 1
    for rating, item in memories.items():
        step = _step_after(policy, state, rating)
        if step is None:
            bounds = Bounds(floor, _passed_interval(state, rating), policy.maximum_interval)
            allowed = allowed_days(item.interval, bounds)
            wanted = decided[rating - 1] if rating <= len(decided) else 0
            if wanted in allowed:
                days = wanted
            elif load is not None and allowed.start <= BALANCED_UP_TO:
                days = balanced_days(allowed, rolled, load, today, policy.light_days)
            else:
                days = any_day(allowed, rolled, today, policy.light_days)
        else:
            days = min(step[1] // DAY_SECONDS, policy.maximum_interval)
        yield rating, step, days
        floor = max(1, days) if rating == Rating.AGAIN else days + 1


def _look_up(
    load_of: LoadOf, policy: Policy, state: CardState, memories: Mapping[Rating, ItemState]
) -> Load | None:
    """The load of all days that a rating may choose from; None if each rating leads to a step."""
    days: set[int] = set()
    for rating, item in memories.items():
        if _step_after(policy, state, rating) is None:
            bounds = Bounds(1, _passed_interval(state, rating), policy.maximum_interval)
            allowed = allowed_days(item.interval, bounds)
            if allowed.start <= BALANCED_UP_TO:
                days.update(allowed)
    return load_of(sorted(days)) if days else None


def days_given(outcomes: Mapping[Rating, CardState], today: Day) -> tuple[int, ...]:
    """The days from today that Again, Hard, Good and Easy give; 0 for a step within a day."""
    states = (outcomes[rating] for rating in Rating)
    return tuple(0 if state.due_day is None else state.due_day - today for state in states)


def answer(
    policy: Policy, state: CardState, rating: Rating, now: Now, seed: str, decided: Sequence[int] = ()
) -> CardState:
    """The state after `rating` is given at `now`. decided: as in `preview`; those up to `rating` will do."""
    today = day_of(now, policy.rollover_hour)
    memories = _next_memories(policy, state, today)
    for each, step, days in _steps_and_days(policy, state, memories, today, seed, decided):
        if each == rating:
            return _after(state, rating, memories[rating], step, days, now, today)
    raise KeyError(rating)


def replay(
    policy: Policy, answers: Iterable[tuple[Rating, Now]], seed: str, state: CardState = NEW_CARD
) -> CardState:
    """The state after all `answers`, in their order, from `state` on."""
    for rating, now in answers:
        state = answer(policy, state, rating, now, seed)
    return state


@lru_cache(maxsize=8)
def _model(parameters: tuple[float, ...]) -> FSRS:
    from fsrs_rs_python import FSRS

    return FSRS(parameters)


def _next_memories(policy: Policy, state: CardState, today: Day) -> dict[Rating, ItemState]:
    """What FSRS makes of each rating: a memory state, and days (a fraction) until the desired retention.

    It wants whole days in 32 bits; beyond its longest stability they make no difference.
    """
    from fsrs_rs_python import MemoryState

    memory = None
    if state.stability is not None and state.difficulty is not None:
        memory = MemoryState(state.stability, state.difficulty)
    elapsed = min(elapsed_days(state.last_day, today), LONGEST_INTERVAL)
    after = _model(policy.parameters).next_states(memory, policy.desired_retention, elapsed)
    return {
        Rating.AGAIN: after.again,
        Rating.HARD: after.hard,
        Rating.GOOD: after.good,
        Rating.EASY: after.easy,
    }


def _step_after(policy: Policy, state: CardState, rating: Rating) -> Step | None:
    """The step that follows, or None where the question goes to review, in whole days.

    If the learner has removed steps meanwhile, a question beyond the last one is on the last one.
    """
    if state.phase == Phase.REVIEW and rating != Rating.AGAIN:
        return None
    steps = policy.learning_steps if state.phase in (Phase.NEW, Phase.LEARNING) else policy.relearning_steps
    if not steps or rating == Rating.EASY:
        return None
    if rating == Rating.AGAIN:
        return 0, steps[0]
    index = min(state.step, len(steps) - 1)
    if rating == Rating.HARD:
        return index, _hard_seconds(steps, index)
    return (index + 1, steps[index + 1]) if index + 1 < len(steps) else None


def _hard_seconds(steps: tuple[int, ...], index: int) -> int:
    """Hard repeats its step; on the first one it is between Again and Good.

    With one step alone that is half as long again, but no more than a day longer, or Good grows with it.
    """
    if index > 0:
        return steps[index]
    first = steps[0]
    return (first + steps[1]) // 2 if len(steps) > 1 else min(first * 3 // 2, first + DAY_SECONDS)


def _passed_interval(state: CardState, rating: Rating) -> int:
    """The days of the review interval that `rating` passes; 0 where it passes none."""
    if state.phase != Phase.REVIEW or rating == Rating.AGAIN:
        return 0
    assert state.due_day is not None
    assert state.last_day is not None
    return max(0, state.due_day - state.last_day)


def _after(
    state: CardState,
    rating: Rating,
    item: ItemState,
    step: Step | None,
    days: int,
    now: Now,
    today: Day,
) -> CardState:
    """The state with its new memory, due in `days` or, if they are 0, at the instant when `step` is over."""
    if step is None:
        phase = Phase.REVIEW
    elif state.phase in (Phase.NEW, Phase.LEARNING):
        phase = Phase.LEARNING
    else:
        phase = Phase.RELEARNING
    return CardState(
        phase=phase,
        step=step[0] if step else 0,
        stability=item.memory.stability,
        difficulty=item.memory.difficulty,
        due_at=now.at + 1000 * step[1] if step and not days else None,
        due_day=Day(today + days) if days else None,
        last_at=now.at,
        last_day=counted_day(state.last_day, today),
        reps=state.reps + 1,
        lapses=state.lapses + (state.phase == Phase.REVIEW and rating == Rating.AGAIN),
    ).checked()
