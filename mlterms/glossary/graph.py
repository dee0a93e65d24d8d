"""How terms depend on each other: the order to learn them in, and what is wrong with that.

Pure: it knows terms and their ids. `deck.py` makes problems with file and line out of what is found here.
"""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from mlterms.base.nearest import nearest
from mlterms.glossary.types import Term

_MOST_STUCK = 50  # cycles that are taken apart one by one


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong with what the front matter of `term` says under `key` of the term `about`."""

    term: str
    key: str
    about: str
    message: str
    severity: str = "error"


def study_order(
    terms: Mapping[str, Term], order: Sequence[str] = (), topics: Iterable[str] = ()
) -> list[str]:
    """All terms, each after those that it needs.

    Where that leaves a choice: first those in `order`, in that order; then by topic, as in `topics`; then by
    id. In a cycle, which is an error of the deck, the term that comes first by these rules goes first.
    """
    place = {term_id: i for i, term_id in enumerate(order)}
    shelf = {topic: i for i, topic in enumerate(topics)}

    def rank(term_id: str) -> tuple[int, int, str, str]:
        topic = terms[term_id].topic
        return (place.get(term_id, len(place)), shelf.get(topic, len(shelf)), topic, term_id)

    opened = _terms_opened_by(terms)
    waits = {term_id: len({*_needs(terms, term_id)}) for term_id in terms}
    ready = [rank(term_id) for term_id, count in waits.items() if count == 0]
    heapq.heapify(ready)
    done: dict[str, None] = {}
    stuck = 0
    while len(done) < len(terms):
        if not ready:
            stuck += 1
            if stuck <= _MOST_STUCK:
                ready = [min(map(rank, _stuck(terms, done)))]
            else:  # there is no good order any more, and looking for it takes long
                ready = sorted(map(rank, terms.keys() - done.keys()))
        term_id = heapq.heappop(ready)[-1]
        if term_id in done:
            continue
        done[term_id] = None
        for next_id in opened[term_id]:
            waits[next_id] -= 1
            if waits[next_id] == 0 and next_id not in done:
                heapq.heappush(ready, rank(next_id))
    return list(done)


def _stuck(terms: Mapping[str, Term], done: Collection[str]) -> list[str]:
    """When all that is left waits for cycles: the terms of those cycles that wait for nothing else."""
    left = {term_id: term for term_id, term in terms.items() if term_id not in done}
    return [
        term_id
        for knot in _knots(left)
        if all(need in knot for each in knot for need in _needs(left, each))
        for term_id in knot
    ]


def find_wrong(
    terms: Mapping[str, Term],
    known: Collection[str] = (),
    suggest: Callable[[str, Collection[str]], str] = nearest,
) -> Iterator[Finding]:
    """Unknown ids, terms that need themselves, cycles, and contrasts that go one way only.

    known: ids besides those of the terms. suggest: finds the known id that an unknown one was meant to be.
    """
    yield from _unknown(terms, {*terms, *known}, suggest)
    yield from _cycles(terms)
    yield from _one_way(terms)


def _terms_opened_by(terms: Mapping[str, Term]) -> dict[str, list[str]]:
    opened: dict[str, list[str]] = {term_id: [] for term_id in terms}
    for term_id in terms:
        for need in {*_needs(terms, term_id)}:
            opened[need].append(term_id)
    return opened


def _unknown(
    terms: Mapping[str, Term], known: Collection[str], suggest: Callable[[str, Collection[str]], str]
) -> Iterator[Finding]:
    for term_id, term in terms.items():
        for key, others in (("needs", term.needs), ("contrast", term.contrast)):
            for other in others:
                if other == term_id:
                    yield Finding(term_id, key, other, f"`{term_id}` names itself in `{key}`: leave it out")
                elif other not in known and ":" not in other:  # a term of another deck is not looked up here
                    meant = suggest(other, known)
                    instead = (
                        f"did you mean `{meant}`?" if meant else "write the card, or name it in [planned]"
                    )
                    message = f"`{key}` names `{other}`, which is not a term of this deck: {instead}"
                    yield Finding(term_id, key, other, message)


def _one_way(terms: Mapping[str, Term]) -> Iterator[Finding]:
    for term_id, term in terms.items():
        for other in term.contrast:
            if other != term_id and other in terms and term_id not in terms[other].contrast:
                message = f"the card `{term_id}` names this one in `contrast`: add it to `contrast` here too"
                yield Finding(other, "contrast", term_id, message, "warning")


def _cycles(terms: Mapping[str, Term]) -> Iterator[Finding]:
    """One finding for each knot of terms that need each other, with the shortest way round."""
    for knot in _knots(terms):
        start = min(knot)
        way = _way_round(terms, start, knot)
        path = " → ".join(f"`{term_id}`" for term_id in way)
        yield Finding(
            start, "needs", way[1], f"these terms need each other: {path}; leave one of the `needs` out"
        )


def _knots(terms: Mapping[str, Term]) -> list[set[str]]:
    """The strongly connected components with more than one term (Tarjan 1972, without recursion)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    waiting: set[str] = set()
    knots = []
    for root in sorted(terms):
        if root in index:
            continue
        work = [(root, _needs(terms, root))]
        while work:
            term_id, needs = work[-1]
            if term_id not in index:
                index[term_id] = low[term_id] = len(index)
                stack.append(term_id)
                waiting.add(term_id)
            for need in needs:
                if need not in index:
                    work.append((need, _needs(terms, need)))
                    break
                if need in waiting:
                    low[term_id] = min(low[term_id], index[need])
            else:
                work.pop()
                if work:
                    above = work[-1][0]
                    low[above] = min(low[above], low[term_id])
                if low[term_id] == index[term_id]:
                    knot = set()
                    while term_id not in knot:
                        knot.add(stack.pop())
                    waiting -= knot
                    if len(knot) > 1:
                        knots.append(knot)
    return knots


def _needs(terms: Mapping[str, Term], term_id: str) -> Iterator[str]:
    return iter([need for need in terms[term_id].needs if need in terms and need != term_id])


def _way_round(terms: Mapping[str, Term], start: str, knot: Collection[str]) -> list[str]:
    """The shortest way from `start` along `needs` back to it."""
    came_from: dict[str, str] = {}
    queue = deque([start])
    while queue:
        term_id = queue.popleft()
        for need in _needs(terms, term_id):
            if need == start:
                way = [start]
                while term_id != start:
                    way.append(term_id)
                    term_id = came_from[term_id]
                return [start, *reversed(way)]
            if need in knot and need not in came_from:
                came_from[need] = term_id
                queue.append(need)
    raise AssertionError("a knot has a way round from each of its terms")
