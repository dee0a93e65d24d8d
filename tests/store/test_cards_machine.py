"""Card files that are edited, renamed, emptied, broken, lost and brought back while two windows learn from
them: nothing that was learned is lost, and all that is kept beside the log is what log and files say."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from mlterms.base.clock import Now
from mlterms.base.ids import term_of
from mlterms.memory.days import day_of
from mlterms.memory.state import Rating
from mlterms.store.index.reader import Index, open_index
from mlterms.store.log.integrity import examine
from mlterms.store.log.learner import Answer, Learner
from mlterms.store.log.rebuild import rebuild
from mlterms.store.queue import Queue
from tests.store.canonical import canonical

START = Now(1_795_248_000_000, 3600)
DAY = 24 * 60 * 60_000
TERMS = st.sampled_from("abcd")
SLUGS = st.sampled_from(["one", "two", "three"])
WINDOWS = st.sampled_from([0, 1])
DAMAGE = {
    "emptied": b"",
    "cut off": b"---\ntitle: a\ntop",
    "no text": b"\xff\xfe\x00",
    "another file": b"Buy milk.\n",
    "a heading gone": b"---\ntitle: a\ntopic: basics\n---\n\nIt.\n\n## Questions\n\n### recal: one\nWhat?\n",
}


def names_of_terms(index: Index) -> dict[int, str]:
    return {row.position: row.id for row in index.terms()}


def course_in_plain_words(learner: Learner, index: Index) -> dict[str, tuple[int, int, int, int]]:
    """Of each term: its questions, whether it was begun, how many are still to be learned, and for how many
    of its needs it waits."""
    cards = {q: learner.card(q) for (q,) in learner.connection.execute("SELECT question FROM card")}
    begun = {term_of(q) for q, card in cards.items() if card.state.phase > 0 or card.answered > 0}
    left = {
        row.id: [
            q
            for q in index.questions_of(row.id)
            if q not in cards or not (cards[q].state.phase > 0 or cards[q].suspended)
        ]
        for row in index.terms()
    }
    name = names_of_terms(index)
    waits = dict.fromkeys(left, 0)
    for need, term in index.prerequisites():
        waits[name[term]] += name[need] not in begun and bool(left[name[need]])
    return {
        row.id: (row.questions, row.id in begun, len(left[row.id]), waits[row.id]) for row in index.terms()
    }


class Workspace(RuleBasedStateMachine):
    """Two windows over one database and one deck; each has its own view of the cards until it looks again."""

    def __init__(self, empty_database, deck_in, folded_in_plain_words):
        super().__init__()
        self.empty_database, self.deck_in = empty_database, deck_in
        self.folded_in_plain_words = folded_in_plain_words

    @initialize()
    def open(self):
        self.folder = Path(tempfile.mkdtemp())
        self.deck = self.deck_in(self.folder / "deck")
        self.now = START
        self.lost: dict[str, bytes] = {}  # files as they were before they were damaged, by term
        self.events: list[Any] = []
        for term, needs in {"a": [], "b": ["a"], "c": ["b", "a"]}.items():
            self.deck.card(term, needs=needs, questions=["one", "two"])
        shutil.copy(self.empty_database, self.folder / "mlterms.db")
        self.learners = [Learner.open(self.folder / "mlterms.db", START) for _ in range(2)]
        for learner in self.learners:
            learner.connection.execute("PRAGMA synchronous = OFF")  # a power cut is not what is tested here
        self.indexes = [self.read("cache"), self.read("cache")]

    def teardown(self):
        for learner in getattr(self, "learners", ()):
            assert not examine(learner.log).problems
            learner.close()
        for index in getattr(self, "indexes", ()):
            index.close()
        if hasattr(self, "folder"):
            shutil.rmtree(self.folder)

    def read(self, cache: str) -> Index:
        return open_index([self.deck.root], self.folder / cache)

    def path(self, term: str) -> Path:
        return self.deck.root / "content" / f"{term}.md"

    def queue(self, window: int) -> Queue:
        return Queue(self.learners[window], self.indexes[window], self.now)

    # -- the files -----------------------------------------------------------------------------------------

    @rule(term=TERMS, slugs=st.lists(SLUGS, unique=True), needs=st.lists(TERMS, unique=True, max_size=2))
    def edit(self, term, slugs, needs):
        self.deck.card(term, questions=slugs, needs=needs)
        self.lost.pop(term, None)

    @rule(term=TERMS, old=SLUGS, new=SLUGS)
    def rename_a_question(self, term, old, new):
        others = [slug for slug in ("one", "two", "three") if slug not in (old, new)]
        self.deck.card(term, questions=[f"{new} (was: {old})", others[0]])
        self.lost.pop(term, None)

    @rule(old=TERMS, new=TERMS, slugs=st.lists(SLUGS, unique=True, min_size=1))
    def rename_a_card(self, old, new, slugs):
        self.path(old).unlink(missing_ok=True)
        self.deck.card(new, questions=slugs, was=[old])

    @rule(term=TERMS, damage=st.sampled_from([*DAMAGE, "deleted"]))
    def damage(self, term, damage):
        if not self.path(term).exists():
            return
        self.lost.setdefault(term, self.path(term).read_bytes())
        if damage == "deleted":
            self.path(term).unlink()
        else:
            self.deck.write(f"content/{term}.md", DAMAGE[damage])

    @rule()
    def bring_back(self):
        for term, content in self.lost.items():
            self.deck.write(f"content/{term}.md", content)
        self.lost.clear()

    @rule(name=st.sampled_from(["d", "", "other"]))
    def change_what_the_deck_is_called(self, name):
        self.deck.write("content/deck.toml", f'id = "{name}"\ntitle = "Deck"\n')

    # -- the windows ---------------------------------------------------------------------------------------

    @rule(window=WINDOWS)
    def look_again(self, window):
        """What is in the index does not depend on what was in it before, and no history stays behind."""
        self.indexes[window].close()
        self.indexes[window] = index = self.read("cache")
        anew = self.read("other cache")
        try:
            assert index.terms() == anew.terms()
            assert index.question_ids() == anew.question_ids()
            assert index.renames() == anew.renames()
            assert sorted(index.prerequisites()) == sorted(anew.prerequisites())
            assert index.problems() == anew.problems()
            assert index.stamp == anew.stamp
        finally:
            anew.close()
            shutil.rmtree(self.folder / "other cache")
        self.queue(window)
        connection = self.learners[window].connection
        had = {q for (q,) in connection.execute("SELECT question FROM card")}
        moved = {q for (q,) in connection.execute("SELECT question FROM renamed")}
        for old, new in index.renames().items():  # the history has gone along, or there are two, or `new`
            # was the id of a question whose history has gone elsewhere
            assert old not in had or new in had | moved, f"{old} has not become {new}"

    @rule(window=WINDOWS, which=st.integers(0, 9), rating=st.sampled_from(Rating), practice=st.booleans())
    def answer(self, window, which, rating, practice):
        queue, learner = self.queue(window), self.learners[window]
        today = day_of(self.now)
        rows = queue.learning_due(self.now) + queue.reviews_due(today, 5) + queue.new(today, 5)
        if practice or not rows:
            rows = queue.every(self.now, 9)
        if rows:
            question = rows[which % len(rows)].question
            assert question in self.indexes[window].question_ids()
            learner.refresh()
            learner.answer(Answer(question, rating), learner.state(question), self.now)
            self.now = self.now.later(1000)

    @rule(window=WINDOWS, which=st.integers(0, 9), what=st.sampled_from(["suspend", "flag", "reset", "know"]))
    def mark(self, window, which, what):
        questions = sorted(self.indexes[window].question_ids())
        if questions:
            getattr(self.learners[window], what)(questions[which % len(questions)], self.now)

    @rule(window=WINDOWS, again=st.booleans())
    def undo_or_redo(self, window, again):
        learner = self.learners[window]
        event = learner.redoable() if again else learner.undoable()
        if event is not None:
            learner.undo(event.uuid, self.now)

    @rule(window=WINDOWS)
    def undo_a_rename(self, window):
        learner = self.learners[window]
        events = [event for event in learner.events() if event.kind == "renamed"]
        if events and events[-1].uuid not in learner.log.all_undone():
            learner.undo(events[-1].uuid, self.now)

    @rule(days=st.sampled_from([1, 3, 30]))
    def days_pass(self, days):
        self.now = self.now.later(days * DAY)

    # -- the laws ------------------------------------------------------------------------------------------

    @invariant()
    def nothing_is_lost_and_everything_agrees(self):
        if not hasattr(self, "indexes"):
            return
        learner, index = self.learners[0], self.indexes[0]
        queue = self.queue(0)
        assert list(canonical(learner.log)) == self.folded_in_plain_words(learner)
        assert not any(rebuild(learner.log, write=False).wrong.values())
        events = sorted(learner.events(), key=lambda event: event.sequence)
        assert events[: len(self.events)] == self.events
        self.events = events
        course = learner.connection.execute("SELECT term, questions, started, fresh, waits FROM course")
        assert {row[0]: row[1:] for row in course} == course_in_plain_words(learner, index)
        cards = {question for (question,) in learner.connection.execute("SELECT question FROM card")}
        aside = queue.set_aside()
        assert {each.question for each in aside} == cards - index.question_ids()
        assert all(each.reason for each in aside)
        asked = {row.question for row in queue.every(self.now, 99)}
        suspended = {question for question in cards if learner.card(question).suspended}
        assert asked == index.question_ids() - suspended


def test_a_rename_that_was_undone_is_noted_again_when_the_cards_are_looked_at(
    empty_database: Path,
    deck_in: Callable[[Path], Any],
    folded_in_plain_words: Callable[[Learner], list[str]],
) -> None:
    state = Workspace(empty_database, deck_in, folded_in_plain_words)
    state.open()
    state.rename_a_card(old="b", new="a", slugs=["one"])
    state.mark(window=0, which=2, what="suspend")  # of a card that this window has not seen renamed
    state.look_again(window=0)
    state.undo_a_rename(window=0)
    state.look_again(window=0)
    state.nothing_is_lost_and_everything_agrees()
    state.teardown()


def test_card_files_come_and_go_and_what_was_learned_stays(
    empty_database: Path,
    deck_in: Callable[[Path], Any],
    folded_in_plain_words: Callable[[Learner], list[str]],
) -> None:
    run_state_machine_as_test(
        lambda: Workspace(empty_database, deck_in, folded_in_plain_words),
        settings=settings(max_examples=15, stateful_step_count=30, deadline=None),
    )
