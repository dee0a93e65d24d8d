"""The index of all cards, opened for reading, and built again if the files have changed. It parses nothing.

Where its file is and how it gets there is `file.py`, what goes into it `build.py`.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from mlterms.base.errors import CallError
from mlterms.base.ids import QuestionId, TermId, deck_of, name_of, slug_of, term_of
from mlterms.base.text import clean
from mlterms.store.index.file import build_index, is_damage, is_fresh, open_existing, remove
from mlterms.store.index.sources import Sources

if TYPE_CHECKING:
    from mlterms.glossary.problems import Problem
    from mlterms.glossary.types import Question, Term
    from mlterms.store.index.demo_rows import DemoRow, Topic
    from mlterms.store.index.parallel import Progress


class Row(NamedTuple):
    """A term in a list. id: global, `deck:term`. position: in the study order. questions: how many."""

    id: TermId
    name: str
    deck: str
    title: str
    topic: str
    position: int
    questions: int
    demo: str


class Link(NamedTuple):
    """A term that another names; it may have no card yet."""

    id: TermId
    title: str
    has_card: bool


class GuideRow(NamedTuple):
    """A guide in a list. id: global, `deck:guide`."""

    id: str
    name: str
    deck: str
    title: str
    summary: str


_ROW = "id, name, deck, title, topic, position, questions, demo"
_ROW_OF_TERM = ", ".join(f"term.{column}" for column in Row._fields)


def open_index(
    roots: Sequence[Path],
    cache: Path,
    overlay: Path | None = None,
    *,
    check_files: bool = True,
    rebuild: bool = False,
    progress: Progress | None = None,
) -> Index:
    """The index of the decks in `roots`, built or brought up to date where it must be.

    overlay: the learner's own versions of cards of the first root. check_files: whether to see if files have
    changed; without that, an existing index is used as it is (see `Index.is_stale`). rebuild: read every file
    again. progress: is called while files are read. Never fails because of the content of a file, or because
    there is no cache: then the index is in memory.
    """
    sources = Sources(roots, overlay)
    path = cache.absolute() / sources.file_name()
    if rebuild:
        remove(path)
    connection = open_existing(path, sources, check_files)
    return Index(connection or build_index(path, sources, progress), sources, path)


class Index:
    """The content of the cards, open for reading.

    A term is named by its global id, `deck:term`. A bare `term` is taken from the first deck that has it.
    """

    def __init__(self, connection: sqlite3.Connection, sources: Sources, path: Path) -> None:
        self._connection, self._sources, self._path = connection, sources, path
        self._titles: dict[str, str] = {}  # looked up for every row of a queue

    def close(self) -> None:
        self._connection.close()

    @cached_property
    def stamp(self) -> str:
        """A name for the content: the same for the same cards."""
        return str(self.select("SELECT value FROM meta WHERE key = 'stamp'")[0][0])

    def is_stale(self) -> bool:
        """Whether files have changed since the index was built. Then it must be opened again."""
        return not is_fresh(self._connection, self._sources)

    def select(self, sql: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> list[Any]:
        """The rows of a query. If the file turns out to be damaged, the index is built again first."""
        try:
            return self._connection.execute(sql, values).fetchall()
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            if not is_damage(error):
                raise
        self._connection.close()
        remove(self._path)
        self._connection = build_index(self._path, self._sources)
        self.__dict__.pop("stamp", None)
        self.__dict__.pop("shared_titles", None)
        return self._connection.execute(sql, values).fetchall()

    # -- terms ---------------------------------------------------------------------------------------------

    def terms(self) -> list[Row]:
        """All terms, in study order."""
        return [Row._make(row) for row in self.select(f"SELECT {_ROW} FROM term ORDER BY position")]

    def row(self, term: str) -> Row | None:
        """The row of one term, or None if it has no card."""
        rows = self.select(f"SELECT {_ROW} FROM term WHERE id = ?", (self._global(term),))
        return Row._make(rows[0]) if rows else None

    def term(self, term: str) -> Term:
        """The card of a term, its questions included. Raises CallError if there is none."""
        from dataclasses import replace

        from mlterms.glossary.encode import question_from_json, term_from_json

        rows = self.select(
            "SELECT file, place, path, json FROM term JOIN card USING (file) JOIN file ON n = file"
            " WHERE id = ?",
            (self._global(term),),
        )
        if not rows:
            raise CallError(f"there is no term {term!r}")
        ((file, place, path, text),) = rows
        questions = self.select("SELECT json FROM question WHERE file = ? ORDER BY slot", (file,))
        return replace(
            term_from_json(text),
            questions=tuple(question_from_json(q) for (q,) in questions),
            path=str(self._sources.root(place) / path),
        )

    def title(self, term: str) -> str:
        """The title of a term by its global id; the id, if it has no card."""
        if term not in self._titles:
            row = self.row(term)
            self._titles[term] = row.title if row else term
        return self._titles[term]

    @cached_property
    def shared_titles(self) -> frozenset[TermId]:
        """The terms whose title is that of another term too."""
        names = "FROM name JOIN term USING (file) WHERE alias = 0"
        return frozenset(
            term
            for (term,) in self.select(
                f"SELECT id {names} AND folded IN"
                f" (SELECT folded {names} GROUP BY folded HAVING count(DISTINCT file) > 1)"
            )
        )

    def title_in_list(self, term: TermId, title: str) -> str:
        """The title for a list: with the deck behind it if another term has the same title."""
        return f"{title} ({deck_of(term)})" if term in self.shared_titles else title

    def needs(self, term: str) -> list[Link]:
        """The terms that should be learned before this one."""
        return self._links("SELECT target, slot FROM edge WHERE term = ? AND kind = 'needs'", term)

    def opens(self, term: str) -> list[Link]:
        """The terms that need this one, in study order."""
        return self._links(
            "SELECT edge.term AS target, position AS slot FROM edge JOIN term ON term.id = edge.term"
            " WHERE target = ? AND kind = 'needs'",
            term,
        )

    def contrast(self, term: str) -> list[Link]:
        """The terms that it is confused with."""
        return self._links("SELECT target, slot FROM edge WHERE term = ? AND kind = 'contrast'", term)

    def contrast_pairs(self) -> list[tuple[TermId, TermId]]:
        """The pairs of terms that are confused with each other and both have a card, each once, in study
        order."""
        return self.select(
            "SELECT DISTINCT first.id, second.id FROM edge JOIN term AS a ON a.id = edge.term"
            " JOIN term AS b ON b.id = edge.target"
            " JOIN term AS first ON first.position = min(a.position, b.position)"
            " JOIN term AS second ON second.position = max(a.position, b.position)"
            " WHERE kind = 'contrast' AND a.position <> b.position ORDER BY first.position, second.position"
        )

    def topics(self) -> list[Topic]:
        """The topics that have terms, in the order of their decks, and then those that no deck names."""
        from mlterms.store.index.demo_rows import Topic

        counted = {
            (deck, topic): count
            for deck, topic, count in self.select(
                "SELECT deck, topic, count(*) FROM term GROUP BY deck, topic"
            )
        }
        named = [
            Topic(topic, title, deck, counted.pop((deck, topic)))
            for deck, topics in self.select("SELECT id, topics FROM deck ORDER BY place")
            for topic, title in json.loads(topics).items()
            if (deck, topic) in counted
        ]
        return named + [Topic(topic, topic, deck, count) for (deck, topic), count in sorted(counted.items())]

    # -- questions -----------------------------------------------------------------------------------------

    def question(self, question: QuestionId) -> tuple[Row, Question] | None:
        """A question by its global id, `deck:term/slug`, and its term; None if it is in no card."""
        from mlterms.glossary.encode import question_from_json

        rows = self.select(
            f"SELECT json, {_ROW_OF_TERM} FROM question JOIN term USING (file) WHERE question.id = ?",
            (question,),
        )
        return (Row._make(rows[0][1:]), question_from_json(rows[0][0])) if rows else None

    def holds(self, question: QuestionId) -> bool:
        """Whether a question, by its global id, is in a card."""
        return bool(self.select("SELECT 1 FROM question WHERE id = ?", (question,)))

    def questions_of(self, term: str) -> list[QuestionId]:
        """The global ids of a term's questions, in the order of the card."""
        sql = "SELECT question.id FROM question JOIN term USING (file) WHERE term.id = ? ORDER BY slot"
        return [question for (question,) in self.select(sql, (self._global(term),))]

    def questions_about(self, misconception: str) -> list[QuestionId]:
        """The global ids of the questions that betray a mistaken belief (`deck:misconception`), in study
        order."""
        sql = (
            "SELECT question FROM misconception JOIN term USING (file) WHERE misconception.id = ?"
            " ORDER BY position, question"
        )
        return [question for (question,) in self.select(sql, (misconception,))]

    def misconception(self, misconception: str) -> str:
        """A mistaken belief (`deck:misconception`) as a sentence; its id in words if there is none."""
        deck, _, name = misconception.rpartition(":")
        rows = self.select("SELECT misconceptions FROM deck WHERE id = ?", (deck,))
        sentences = json.loads(rows[0][0]) if rows else {}
        return str(sentences.get(name) or name.replace("-", " "))

    def slugs(self) -> dict[str, str]:
        """The slugs of each term's questions in the order of the card, as a JSON list: global id → list."""
        rows = self.select(
            "SELECT term.id, question.id FROM term JOIN question USING (file) ORDER BY file, slot"
        )
        found: dict[str, list[str]] = {}
        for term, question in rows:
            found.setdefault(term, []).append(slug_of(question))
        return {term: json.dumps(slugs) for term, slugs in found.items()}

    def question_ids(self) -> set[QuestionId]:
        """The global ids of all questions."""
        return {question for (question,) in self.select("SELECT id FROM question")}

    def prerequisites(self) -> list[tuple[int, int]]:
        """(need, term) as positions, of those needs that have a card and come before the term."""
        return self.select(
            "SELECT need.position, term.position FROM edge JOIN term ON term.id = edge.term"
            " JOIN term AS need ON need.id = edge.target"
            " WHERE kind = 'needs' AND need.position < term.position"
        )

    def renames(self) -> dict[QuestionId, QuestionId]:
        """Former global id of a question → its id now, from the `was:` of the cards."""
        return dict(self.select("SELECT old, new FROM renamed"))

    def is_unused(self, deck: str) -> bool:
        """Whether no deck in use has that id. False where a deck in use cannot be read: it may have it."""
        decks = [each for (each,) in self.select("SELECT id FROM deck")]
        return deck not in decks and len(decks) == len(self._sources.roots)

    def why_aside(self, question: QuestionId) -> str:
        """Why a question is in no card: the problem of its card and its line, or that the card is gone."""
        deck, name, slug = deck_of(question), name_of(term_of(question)), slug_of(question)
        renamed = self.select("SELECT new FROM renamed WHERE old = ?", (question,))
        if renamed:
            return f"it is called {renamed[0][0]} now, and that question has other answers"
        decks = self.select("SELECT place FROM deck WHERE id = ?", (deck,))
        if not decks:
            return f"no deck in use has the id `{deck}`; once one has, its answers count again"
        ((place,),) = decks
        places = (place, -1) if place == 0 else (place, place)
        files = self.select(
            "SELECT n, place, path FROM file WHERE kind = 'card' AND name = ? AND place IN (?, ?)",
            (name, *places),
        )
        if not files:
            return clean(f"{self._sources.root(place) / 'content' / f'{name}.md'} is missing")
        problems = self.select(
            "SELECT path, line, message FROM problem WHERE file = ? AND severity = 'error'"
            " ORDER BY question <> ?, line LIMIT 1",
            (files[0][0], slug),
        )
        if problems:
            path, line, message = problems[0]
            return clean(f"{self.path_of(path)}:{line}: {message}")
        return clean(f"{self._sources.root(files[0][1]) / files[0][2]} has no question `{slug}` now")

    # -- the rest ------------------------------------------------------------------------------------------

    def problems(self) -> list[Problem]:
        """The problems of the files, by file and line."""
        from mlterms.glossary.problems import Problem

        sql = "SELECT path, line, message, severity, question FROM problem ORDER BY path, line, message"
        return [Problem(self.path_of(path), *rest) for path, *rest in self.select(sql)]

    def path_of(self, kept: str) -> str:
        """The path of a file as the index keeps it in a problem."""
        return self._sources.from_stored_path(kept)

    def guides(self) -> list[GuideRow]:
        """The guides of all decks, in order of display."""
        sql = "SELECT id, name, deck, title, summary FROM guide ORDER BY position"
        return [GuideRow._make(row) for row in self.select(sql)]

    def guide_text(self, guide: str) -> str:
        """The Markdown of a guide (its global id, or its name); "" if there is none."""
        rows = self.select("SELECT text FROM guide WHERE ? IN (id, name) ORDER BY position LIMIT 1", (guide,))
        return str(rows[0][0]) if rows else ""

    def demos(self) -> list[DemoRow]:
        """The demos of all decks by the topic of their main term, in the study order of their terms.

        Broken ones are among the problems.
        """
        from mlterms.store.index.demo_rows import read_demo_rows

        return read_demo_rows(self.select, self._sources.root, self.topics())

    def term_of_file(self, file: int) -> tuple[TermId, Term]:
        """For a search: the global id and the card, without its questions, of a term that it has found."""
        from mlterms.glossary.encode import term_from_json

        ((term, text),) = self.select(
            "SELECT id, json FROM term JOIN card USING (file) WHERE file = ?", (file,)
        )
        return term, term_from_json(text)

    def _global(self, term: str) -> str:
        """A bare id is of the first deck that has it."""
        if ":" in term:
            return term
        rows = self.select("SELECT id FROM term WHERE name = ? ORDER BY position LIMIT 1", (term,))
        return rows[0][0] if rows else term

    def _links(self, targets: str, term: str) -> list[Link]:
        rows = self.select(
            f"SELECT target, coalesce(term.title, planned.title), term.id IS NOT NULL FROM ({targets})"
            " LEFT JOIN term ON term.id = target LEFT JOIN planned ON planned.term = target ORDER BY slot",
            (self._global(term),),
        )
        return [Link(link, title or name_of(link), bool(here)) for link, title, here in rows]
