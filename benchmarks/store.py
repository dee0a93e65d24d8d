"""The learner's database and the index at many questions, beside Anki's library doing the same.

    python benchmarks/store.py [questions …]          default: 1000 10000 100000; ten answers each

Measured, on files that were written before and are opened afresh:

- open: the index and the database, as the app opens them; for Anki, the collection. The app looks at every
card file afterwards, while its first screen is read: look at files. Anki has no such files;
- first: the first question after that; next: each one after; answer: recording it (on disk for both: one
fsync), and its CPU time, which is what is left on a quicker disk;
- counts: what is due; search: a word of a title; rebuild: everything that is folded, from the whole log.

The peer is the package `anki` (`pip install anki`), with its own FSRS scheduler, if it can be imported.
"""

from __future__ import annotations

import importlib.util
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from mlterms.base.clock import Now
from mlterms.memory.days import day_of
from mlterms.memory.state import Rating
from mlterms.quiz.choose import Plan, SittingProgress, choose
from mlterms.store.index.reader import open_index
from mlterms.store.index.search import search
from mlterms.store.log.learner import Answer, Learner
from mlterms.store.log.rebuild import rebuild
from mlterms.store.queue import Queue

ANSWERS = 10  # of each question
SAMPLES = 50  # answers that are measured; no more are due among 1,000 questions
PER_TERM = 10
MINUTE = 60_000
SYLLABLES = "ba be bi do da de ga le lo ma mi no pa po ra re si so ta ti to va ve tion er al".split()  # noqa: SIM905 - a line and not thirty

Table = dict[str, float]


def word(rng: random.Random) -> str:
    return "".join(rng.choice(SYLLABLES) for _ in range(rng.randint(2, 4)))


def write_deck(root: Path, questions: int) -> None:
    """Cards of ten questions each, with prerequisites among neighbours."""
    rng = random.Random(1)
    content = root / "content"
    content.mkdir(parents=True)
    (content / "deck.toml").write_text('id = "big"\ntitle = "Big"\n')
    for term in range(questions // PER_TERM):
        needs = f"t{term - 1:05d}" if term % 20 else ""
        asked = "\n".join(
            f"### choice: q{i}\n{' '.join(word(rng) for _ in range(8))}?\n"
            f"- [x] {word(rng)} a\n- [ ] {word(rng)} b\n"
            for i in range(PER_TERM)
        )
        body = " ".join(word(rng) for _ in range(60))
        (content / f"t{term:05d}.md").write_text(
            f"---\ntitle: {word(rng)} {word(rng)} {term}\ntopic: x\nneeds: [{needs}]\n---\n\n{body}.\n\n"
            f"## In plain words\n\n{body}\n\n## Questions\n\n{asked}"
        )


def answer_all(path: Path, questions: list[str], now: Now, confidence: int | None = None) -> None:
    """Ten answers of each question, over months, through the same code as a sitting, but unsynced."""
    rng = random.Random(2)
    with Learner.open(path, now) as learner:
        learner.connection.execute("PRAGMA synchronous = OFF")
        for round_ in range(ANSWERS):
            at = now.later((round_ - ANSWERS) * 20 * 24 * 60 * MINUTE)
            for question in questions:
                again = 8 if round_ < ANSWERS - 1 else 0  # nobody leaves a step of ten minutes lying for days
                rating = Rating(rng.choices((1, 2, 3, 4), (again, again, 70, 12))[0])
                given = Answer(question, rating, confidence=confidence, seconds=5)
                learner.answer(given, learner.state(question), at)


def timed(act: Callable[[], object], times: int = 1) -> float:
    """Milliseconds; the median where it is done several times."""
    taken = []
    for _ in range(times):
        begin = time.perf_counter()
        act()
        taken.append((time.perf_counter() - begin) * 1000)
    return statistics.median(taken)


def answers_and_asks(give: Callable[[], object], ask: Callable[[], object]) -> Table:
    """Answers with the next question after each: medians."""
    walls, cpus, asks = [], [], []
    for _ in range(SAMPLES):
        cpu = time.process_time()
        walls.append(timed(give))
        cpus.append((time.process_time() - cpu) * 1000)
        asks.append(timed(ask))
    return {
        "answer": statistics.median(walls),
        "answer, CPU": statistics.median(cpus),
        "next": statistics.median(asks),
    }


def measure_ours(folder: Path, questions: int) -> Table:
    now = Now(int(time.time() * 1000), 0)
    deck, cache, database = folder / "deck", folder / "cache", folder / "learner.db"
    write_deck(deck, questions)
    table: Table = {}
    table["index made"] = timed(lambda: open_index((deck,), cache).close())
    with_index = open_index((deck,), cache)
    ids = [row[0] for row in with_index.select("SELECT id FROM question")]
    begin = time.perf_counter()
    answer_all(database, ids, now)
    table["answered unsynced, each"] = (time.perf_counter() - begin) * 1000 / len(ids) / ANSWERS
    Queue(Learner.open(database, now), with_index, now).learner.close()
    with_index.close()

    begin = time.perf_counter()
    index, learner = open_index((deck,), cache, check_files=False), Learner.open(database, now)
    queue = Queue(learner, index, now)
    table["open"] = (time.perf_counter() - begin) * 1000
    table["look at files"] = timed(index.is_stale)
    learner.change_settings({"reviews_per_day": 9999}, now)
    asked: list[str] = []

    def ask() -> None:
        row = choose(learner, queue, now, Plan(), SittingProgress(asked=len(asked), seen=frozenset(asked)))
        assert row is not None, "too few are due to go on measuring"
        assert index.question(row.question) is not None
        asked.append(row.question)

    table["first"] = timed(ask)

    def give() -> None:
        state = learner.state(asked[-1])
        learner.answer(Answer(asked[-1], Rating.GOOD, seconds=3), state, now.later(len(asked) * 1000))

    table |= answers_and_asks(give, ask)
    table["counts"] = timed(lambda: queue.counts(now), 20)
    titles = [row.title.split()[0] for row in random.Random(3).sample(index.terms(), 50)]
    table["search"] = statistics.median(
        timed(lambda title=title: search(index, title, 20)) for title in titles
    )
    assert queue.reviews_due(day_of(now), 1) is not None
    table["rebuild"] = timed(lambda: rebuild(learner.log))
    learner.close()
    index.close()
    return table


def write_collection(path: str, questions: int) -> None:
    """A collection of Anki's with FSRS, ten reviews of each card, and no limit."""
    from anki.collection import Collection

    rng = random.Random(1)
    collection = Collection(path)
    collection.set_config("fsrs", True)
    notetype = collection.models.by_name("Basic")
    deck = collection.decks.id("big")
    assert notetype is not None
    assert deck is not None
    for _ in range(questions):
        note = collection.new_note(notetype)
        note.fields = [f"{word(rng)} {word(rng)}", word(rng)]
        collection.add_note(note, deck)
    # Ten reviews of each card as its database has them: a million answers through the scheduler take hours.
    now = int(time.time())
    cards = collection.db.list("select id from cards")
    rows = [
        (now * 1000 - round_ * 20 * 86_400_000 + i, card, -1, 3, 20, 20, 2500, 5000, 1)
        for round_ in range(ANSWERS)
        for i, card in enumerate(cards)
    ]
    collection.db.executemany("insert or ignore into revlog values (?,?,?,?,?,?,?,?,?)", rows)
    today = collection.sched.today
    collection.db.executemany(
        "update cards set type = 2, queue = 2, due = ?, ivl = 20, reps = ? where id = ?",
        [(today + rng.randint(-3, 60), ANSWERS, card) for card in cards],
    )
    collection.decks.set_current(deck)
    limits = collection.decks.config_dict_for_deck_id(deck)
    limits["rev"]["perDay"] = 9999
    collection.decks.update_config(limits)
    collection.close()


def measure_anki(folder: Path, questions: int) -> Table:
    from anki.collection import Collection
    from anki.scheduler.v3 import CardAnswer

    path = str(folder / "collection.anki2")
    write_collection(path, questions)
    table: Table = {}
    begin = time.perf_counter()
    collection = Collection(path)
    table["open"] = (time.perf_counter() - begin) * 1000
    scheduler = collection.sched

    def ask() -> None:
        queued = scheduler.get_queued_cards()
        assert queued.cards
        last.append(queued.cards[0])

    last: list = []
    table["first"] = timed(ask)

    def give() -> None:
        card = collection.get_card(last[-1].card.id)
        card.start_timer()
        scheduler.answer_card(
            scheduler.build_answer(card=card, states=last[-1].states, rating=CardAnswer.GOOD)
        )

    table |= answers_and_asks(give, ask)
    table["counts"] = timed(scheduler.deck_due_tree, 20)
    words = [word(random.Random(i)) for i in range(20)]
    table["search"] = statistics.median(timed(lambda w=w: collection.find_cards(w)) for w in words)
    collection.close()
    return table


def main(sizes: list[int]) -> None:
    peer = importlib.util.find_spec("anki") is not None
    if not peer:
        print("anki is not installed: measured alone")
    for size in sizes:
        with tempfile.TemporaryDirectory() as ours, tempfile.TemporaryDirectory() as theirs:
            table = measure_ours(Path(ours), size)
            beside = measure_anki(Path(theirs), size) if peer else {}
        print(f"\n{size:,} questions, {ANSWERS} answers each     ms     anki ms")
        for name, value in table.items():
            other = f"{beside[name]:12.3f}" if name in beside else ""
            print(f"  {name:28}{value:12.3f}{other}")


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [1_000, 10_000, 100_000])
