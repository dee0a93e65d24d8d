"""Fitting FSRS parameters to 50,000 answers: our training beside the trainer of fsrs-rs, in the same run.

    python benchmarks/fit.py [ANSWERS]

The answers are those of simulated learners. Both get the parsed answers and give parameters; what each needs
to lay the answers out for itself is timed apart. The times are the processor's, all threads together, and the
best of five.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any

from fsrs_rs_python import DEFAULT_PARAMETERS, FSRS, FSRSItem, FSRSReview

from mlterms.fitting.fit import fit
from mlterms.fitting.sequences import Sequences
from mlterms.fitting.simulated import simulate
from mlterms.fitting.training import trained
from mlterms.memory.history import History


def answers_of(wanted: int) -> list[History]:
    """`wanted` answers, of several simulated learners."""
    histories: list[History] = []
    seed, count = 0, 0
    while count < wanted:
        more = simulate(1_000, 8, 250, seed)
        histories += more
        count += sum(map(len, more))
        seed += 1
    while count > wanted:
        count -= len(histories.pop())
    return histories


def items_of(histories: list[History]) -> tuple[list[FSRSItem], list[int]]:
    """One item for each long-term prediction with all answers before it, and its question."""
    items, questions = [], []
    for question, history in enumerate(histories):
        reviews = []
        last = history[0].day
        for review in history:
            reviews.append(FSRSReview(review.rating, review.day - last))
            if review.day > last:
                items.append(FSRSItem(list(reviews)))
                questions.append(question)
            last = review.day
    return items, questions


def best(work: Callable[[], Any], times: int = 5) -> float:
    """Seconds of the processor."""
    found = []
    for _ in range(times):
        begin = time.process_time()
        work()
        found.append(time.process_time() - begin)
    return min(found)


def main() -> None:
    histories = answers_of(int(sys.argv[1]) if len(sys.argv) > 1 else 50_000)
    data = Sequences(histories)
    items, questions = items_of(histories)
    peer = FSRS(list(DEFAULT_PARAMETERS))
    theirs = best(lambda: peer.compute_parameters(items, questions))
    theirs_alone = best(lambda: peer.compute_parameters(items))
    ours = best(lambda: trained(data))
    rows = [
        ("our training", ours),
        ("fsrs-rs, with the question of each answer", theirs),
        ("fsrs-rs, without it", theirs_alone),
        ("laying out: ours", best(lambda: Sequences(histories))),
        ("laying out: fsrs-rs", best(lambda: items_of(histories), 2)),
        ("training on all answers and four checks", best(lambda: fit(histories), 2)),
    ]
    print(
        f"{data.reviews:,} answers, {data.predictions:,} long-term predictions, {data.questions:,} questions"
    )
    for name, seconds in rows:
        print(f"{name:<50} {1000 * seconds:8.0f} ms   {seconds / theirs:5.1f} times")


if __name__ == "__main__":
    main()
