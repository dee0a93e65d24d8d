"""FSRS-6 in NumPy: what it predicts for each answer, and how its loss changes with each parameter.

The same formulas as in fsrs-rs, which schedules; a test compares the two. The parameters w0 to w20 are named
as there. `memory/policy.py` says what each is for.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from mlterms.fitting.sequences import Floats, Ints, Sequences

PARAMETERS = 21
SHORTEST, LONGEST = 0.001, 36_500.0  # days of stability
EASIEST, HARDEST = 1.0, 10.0  # difficulty
_SUREST = 1e-9  # no prediction is nearer to 0 or 1, so that no loss is infinite


class Memories(NamedTuple):
    """The memory at each entry: stability and difficulty before the answer and after it, predicted recall."""

    stability: Floats
    difficulty: Floats
    recall: Floats
    next_stability: Floats
    next_difficulty: Floats


def losses(w: Floats, data: Sequences) -> Floats:
    """The log loss of each long-term prediction, in nats; shape (predictions,)."""
    return _log_loss(memories(w, data).recall[data.predicted], data.outcome)


def _log_loss(recall: Floats, recalled: Floats) -> Floats:
    recall = np.clip(recall, _SUREST, 1 - _SUREST)
    return -np.log(np.where(recalled > 0, recall, 1 - recall))


# -- forward ------------------------------------------------------------------------------------------------


def memories(w: Floats, data: Sequences) -> Memories:
    """The memory at each entry, from the first answer to each question to its last."""
    m = Memories(*(np.empty(len(data.days)) for _ in Memories._fields))
    factor, most = _factor(w), _most_kept(w)
    shift, slope = _difficulty_line(w, data.rating)
    s = np.clip(w[data.first_rating - 1], SHORTEST, LONGEST)
    d = np.clip(_first_difficulty(w, data.first_rating), EASIEST, HARDEST)
    for begin, count, same_day, recalled, forgotten in data.steps:
        entries = slice(begin, begin + count)
        days, rating = data.days[entries], data.rating[entries]
        s, d = s[:count], d[:count]
        recall = np.exp(-w[20] * np.log1p(factor * days / s))
        after = np.empty(count)
        i = same_day
        after[i] = s[i] * _same_day_growth(w, rating[i], s[i])
        i = recalled
        after[i] = s[i] * (1 + _scale(w, rating[i], s[i], d[i]) * np.expm1(w[10] * (1 - recall[i])))
        i = forgotten
        after[i] = np.minimum(_after_lapse(w, s[i], d[i], recall[i]), s[i] * most)
        m.stability[entries], m.difficulty[entries], m.recall[entries] = s, d, recall
        m.next_stability[entries] = s = np.clip(after, SHORTEST, LONGEST)
        m.next_difficulty[entries] = d = np.clip(shift[entries] + slope[entries] * d, EASIEST, HARDEST)
    return m


def _factor(w: Floats) -> float:
    """The number that makes recall 90% once a time as long as stability has passed."""
    return float(0.9 ** (-1 / w[20]) - 1)


def _first_difficulty(w: Floats, rating: Ints | int) -> Floats:
    return np.asarray(w[4] - np.exp(w[5] * (rating - 1)) + 1)


def _difficulty_line(w: Floats, rating: Floats) -> tuple[Floats, Floats]:
    """The next difficulty is shift + slope · difficulty. It moves by w6, less the nearer it is to 10, and w7
    draws it back to the first difficulty of an Easy answer."""
    move = w[6] * (rating - 3) / 9
    return w[7] * _first_difficulty(w, 4) - (1 - w[7]) * 10 * move, (1 - w[7]) * (1 + move)


def _same_day_growth(w: Floats, rating: Floats, s: Floats) -> Floats:
    growth = np.exp(w[17] * (rating - 3 + w[18]) - w[19] * np.log(s))
    return np.asarray(np.where(rating >= 2, np.maximum(growth, 1.0), growth))


def _scale(w: Floats, rating: Floats, s: Floats, d: Floats) -> Floats:
    by_rating = np.array([0.0, 0.0, w[15], 1.0, w[16]])[rating.astype(np.int64)]
    return np.asarray(by_rating * (11 - d) * np.exp(w[8] - w[9] * np.log(s)))


def _after_lapse(w: Floats, s: Floats, d: Floats, recall: Floats) -> Floats:
    kept = np.expm1(w[13] * np.log1p(s))
    return np.asarray(w[11] * kept * np.exp(w[14] * (1 - recall) - w[12] * np.log(d)))


def _most_kept(w: Floats) -> float:
    """The most of its stability that a forgotten question keeps."""
    return math.exp(-w[17] * w[18])


# -- backward -----------------------------------------------------------------------------------------------


class Gradient(NamedTuple):
    """The derivative of a loss with respect to each parameter, in parts: (parameter, questions, values)."""

    parts: list[tuple[int, Ints, Floats]]

    def total(self) -> Floats:
        """The derivative of the sum over all questions; shape (21,)."""
        total = np.zeros(PARAMETERS)
        for parameter, _, values in self.parts:
            total[parameter] += values.sum()
        return total

    def by_question(self, questions: int) -> Floats:
        """The derivative of each question's share; shape (21, questions)."""
        shares = np.zeros((PARAMETERS, questions))
        for parameter, question, values in self.parts:
            shares[parameter] += np.bincount(question, values, minlength=questions)
        return shares


def loss_and_gradient(w: Floats, data: Sequences) -> tuple[float, Gradient]:
    """The sum of the losses of all long-term predictions, in nats, and how it changes with each parameter."""
    m = memories(w, data)
    recall, recalled = np.clip(m.recall[data.predicted], _SUREST, 1 - _SUREST), data.outcome
    by_recall = np.zeros(len(data.days))
    by_recall[data.predicted] = (recall - recalled) / (recall * (1 - recall))
    return float(_log_loss(recall, recalled).sum()), _backward(w, data, m, by_recall)


def _backward(w: Floats, data: Sequences, m: Memories, by_recall: Floats) -> Gradient:
    """Backpropagation from the last answer to each question to its first.

    First the derivatives of one answer, for all entries at once; then the chain through each question's life;
    then what each parameter has contributed. by_recall: the derivative of the loss with respect to the recall
    of each entry.
    """
    s, d, recall = m.stability, m.difficulty, m.recall
    rating, days = data.rating, data.days
    same_day, recalled, forgotten = data.same_day, data.remembered, data.forgotten
    log_s = np.log(s)

    # The forgetting curve.
    factor = _factor(w)
    base = 1 + factor * days / s
    recall_by_factor = -w[20] * recall / base * days / s
    recall_by_s = -recall_by_factor * factor / s

    # The next stability.
    next_by_s, next_by_d, next_by_recall = np.empty_like(s), np.zeros_like(s), np.zeros_like(s)
    i = same_day
    free = np.exp(w[17] * (rating[i] - 3 + w[18]) - w[19] * log_s[i])
    kept = (rating[i] >= 2) & (free < 1)  # where the growth is held at 1
    growth_weight = np.where(kept, 0.0, s[i] * free)
    next_by_s[i] = np.where(kept, 1.0, free * (1 - w[19]))
    i = recalled
    scale = _scale(w, rating[i], s[i], d[i])
    rise = np.exp(w[10] * (1 - recall[i]))
    gain = s[i] * scale * (rise - 1)
    next_by_s[i] = 1 + scale * (rise - 1) * (1 - w[9])
    next_by_d[i] = -gain / (11 - d[i])
    next_by_recall[i] = -s[i] * scale * rise * w[10]
    i = forgotten
    lapsed, most = _after_lapse(w, s[i], d[i], recall[i]), _most_kept(w)
    held = lapsed > s[i] * most
    lapse_weight = np.where(held, 0.0, lapsed)
    log_s1 = np.log1p(s[i])
    lapse_by_power = lapse_weight / -np.expm1(-w[13] * log_s1)
    next_by_s[i] = np.where(held, most, lapse_by_power * w[13] / (1 + s[i]))
    next_by_d[i] = -lapse_weight * w[12] / d[i]
    next_by_recall[i] = -lapse_weight * w[14]
    inside_s = (m.next_stability > SHORTEST) & (m.next_stability < LONGEST)

    # The next difficulty.
    off = (rating - 3) / 9
    moved = d - w[6] * off * (10 - d)
    inside_d = (m.next_difficulty > EASIEST) & (m.next_difficulty < HARDEST)
    next_d_by_d = _difficulty_line(w, rating)[1] * inside_d

    # The chain. by_next, by_next_d: the derivative of the loss with respect to the memory after each answer.
    by_next, by_next_d = np.empty_like(s), np.empty_like(s)
    by_s, by_d = np.zeros(data.questions), np.zeros(data.questions)
    for begin, count, *_ in reversed(data.steps):
        e = slice(begin, begin + count)
        by_next[e] = through = by_s[:count] * inside_s[e]
        by_next_d[e] = by_d[:count]
        by_recall[e] += through * next_by_recall[e]
        by_s[:count] = through * next_by_s[e] + by_recall[e] * recall_by_s[e]
        by_d[:count] = by_d[:count] * next_d_by_d[e] + through * next_by_d[e]
    by_next_d *= inside_d

    def parts() -> Iterator[tuple[int, Ints, Floats]]:
        q, by = data.question, by_recall
        yield 20, q, -by * recall * np.log(base)
        yield 20, q, by * recall_by_factor * (factor + 1) * math.log(0.9) / w[20] ** 2
        i, q, by = same_day, data.question[same_day], by_next[same_day] * growth_weight
        yield 17, q, by * (rating[i] - 3 + w[18])
        yield 18, q, by * w[17]
        yield 19, q, -by * log_s[i]
        i, q, by = recalled, data.question[recalled], by_next[recalled] * gain
        yield 8, q, by
        yield 9, q, -by * log_s[i]
        yield 10, q, by_next[i] * s[i] * scale * rise * (1 - recall[i])
        yield 15, q, by * (rating[i] == 2) / w[15]
        yield 16, q, by * (rating[i] == 4) / w[16]
        i, q, by = forgotten, data.question[forgotten], by_next[forgotten]
        yield 17, q, -by * held * s[i] * most * w[18]
        yield 18, q, -by * held * s[i] * most * w[17]
        yield 11, q, by * lapse_weight / w[11]
        yield 12, q, -by * lapse_weight * np.log(d[i])
        yield 13, q, by * lapse_by_power * log_s1
        yield 14, q, by * lapse_weight * (1 - recall[i])
        q, by = data.question, by_next_d
        yield 4, q, by * w[7]
        yield 5, q, -by * w[7] * 3 * math.exp(3 * w[5])
        yield 6, q, -by * (1 - w[7]) * off * (10 - d)
        yield 7, q, by * (_first_difficulty(w, 4) - moved)
        yield from _first_answers(w, data, by_s, by_d)

    return Gradient(list(parts()))


def _first_answers(
    w: Floats, data: Sequences, by_s: Floats, by_d: Floats
) -> Iterator[tuple[int, Ints, Floats]]:
    q, rating = np.arange(data.questions), data.first_rating
    s, d = w[rating - 1], _first_difficulty(w, rating)
    by_s = by_s * ((s > SHORTEST) & (s < LONGEST))
    by_d = by_d * ((d > EASIEST) & (d < HARDEST))
    for each in range(4):
        yield each, q, by_s * (rating == each + 1)
    yield 4, q, by_d
    yield 5, q, -by_d * (rating - 1) * np.exp(w[5] * (rating - 1))
