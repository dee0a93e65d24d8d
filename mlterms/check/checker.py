"""Checks a deck, or a part of it: the order in which everything is looked at and run.

What may be wrong with each thing, the other modules of this room know.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from mlterms.base import trust
from mlterms.base.errors import MltermsError
from mlterms.base.paths import bundle
from mlterms.check import checks, demos, examples, predictions, spot
from mlterms.check.choices import check_choice
from mlterms.check.job import Batch, Job, leave_batches, run_batches
from mlterms.check.lint import check_length_cue, check_widths
from mlterms.check.numeric import check_numeric, in_words
from mlterms.check.predictions import Source
from mlterms.check.report import Report
from mlterms.check.sandbox import Limits
from mlterms.check.scope import Scope, scope_of
from mlterms.demo.load import DemoInfo, list_demos
from mlterms.glossary.deck import (
    LoadedDeck,
    card_paths,
    deck_problems,
    misnamed,
    read_card,
    read_deck,
    read_deck_file,
)
from mlterms.glossary.draws import every, settle
from mlterms.glossary.lines import Line, find_text
from mlterms.glossary.parse import parse_card
from mlterms.glossary.problems import Problem
from mlterms.glossary.types import Choice, Numeric, Predict, Spot, Term

SEEDS = 20  # from which each prediction is run
MOST_SETTINGS = 24  # of a prediction, each of which is run from all seeds


def check(
    path: Path,
    *,
    trusted: bool | None = None,
    seeds: int = SEEDS,
    progress: Callable[[str], None] | None = None,
    limits: Limits | None = None,
) -> Report:
    """Check the card, demo, folder of either, or deck at `path`, and run everything that it claims.

    trusted: whether its Python may be run; None asks the list of trusted folders, and then runs the very
    bytes that were trusted. seeds: from how many each prediction is run. progress: called with the name of
    what is being run. limits: of the processes that run it. Raises CallError for a path that is nothing to
    check; what is wrong with the files is in the report.
    """
    return _Check(scope_of(path), trusted, seeds, progress or (lambda _: None), limits or Limits()).report()


class _Check:
    """One check while it goes on: what is known of the deck, and what was found so far."""

    def __init__(
        self, scope: Scope, trusted: bool | None, seeds: int, progress: Callable[[str], None], limits: Limits
    ) -> None:
        self.scope = scope
        self.seeds = seeds
        self.progress = progress
        self.limits = limits
        self.found = Report()
        self.listed = list_demos(scope.root / "demos")
        self.demos = {info.name: info for info in reversed(self.listed)}  # of two with one name, the first
        self.deck = _deck(scope, self.demos)
        self.problems = [problem for problem in self.deck.problems if scope.holds(Path(problem.path))]
        self.runs, self.found.why_not_run = _may_run(scope, trusted)
        self._read = trust.read_trusted if trusted is None and self.runs else Path.read_bytes

    def report(self) -> Report:
        batches = [
            Batch(f"card {term.id}", self._card(Path(term.path), term.id))
            for term in self.deck.terms.values()
            if self.scope.holds(Path(term.path))
        ]
        batches += [
            Batch(f"demo {info.name}", self._demo(info))
            for info in self.listed
            if self.scope.holds(Path(info.path))
        ]
        if self.runs:
            self.problems += run_batches(batches, self.limits, self.found, self.progress)
        else:
            leave_batches(batches, self.found)
        self.found.problems = tuple(sorted(set(self.problems)))
        return self.found

    def _card(self, path: Path, term_id: str) -> list[Job]:
        """Look at a card; what is left is to be run."""
        shown = str(path)
        data = self._bytes(path)
        parsed = None if data is None else parse_card(shown, data, term_id=term_id)
        if parsed is None or parsed.term is None:
            return []
        term, lines = parsed.term, parsed.lines
        self.found.cards += 1
        self.found.questions += len(term.questions)
        self.problems += check_widths(shown, lines)
        for question in term.questions:
            if isinstance(question, Choice):
                self.problems += check_length_cue(shown, question)
                self.problems += check_choice(shown, question, self.found)
            elif isinstance(question, Numeric):
                self.problems += check_numeric(shown, question, self.found)
        return [*self._examples(shown, term, lines), *self._questions(shown, term, lines)]

    def _demo(self, info: DemoInfo) -> list[Job]:
        """Look at a demo; what is left is to be run."""
        self.found.demos += 1
        source = self._source(info)
        terms = sorted({*self.deck.terms, *(self.deck.deck.planned if self.deck.deck else ())})
        questions = {
            f"{term.id}/{question.slug}": question
            for term in self.deck.terms.values()
            for question in term.questions
        }
        self.problems += demos.check_names(info.path, info, source.text if source else "", terms, questions)
        return [demos.job(info.path, source)] if source else []

    def _examples(self, shown: str, term: Term, lines: Sequence[Line]) -> Iterator[Job]:
        """Running the examples, those of each section in a namespace of their own, and the check blocks."""
        for text, heading in [(term.definition, 1), *((s.text, s.line) for s in term.sections)]:
            try:
                found = examples.find_examples(find_text(lines, text, heading))
            except examples.UnreadableError as error:
                self.problems.append(Problem(shown, error.line, str(error)))
                continue
            if found:
                yield examples.job(shown, found)
        for block in term.checks:
            yield checks.job(shown, block)

    def _questions(self, shown: str, term: Term, lines: Sequence[Line]) -> Iterator[Job]:
        """Running the code and the predictions that questions are about."""
        for question in term.questions:
            if isinstance(question, Spot):
                yield spot.job(shown, lines, question)
            elif isinstance(question, Predict) and question.demo in self.demos:
                yield from self._prediction(shown, question)

    def _prediction(self, shown: str, question: Predict) -> Iterator[Job]:
        """Running a prediction, once for each of its settings."""
        info = self.demos[question.demo]
        source = self._source(info)
        if source is None:
            if info.problem:
                broken = f"demo {info.name} cannot be run: {info.problem}"
                self.problems.append(Problem(shown, question.line, broken, question=question.slug))
            return
        settings = list(islice(every(question), MOST_SETTINGS + 1))
        if not settings or len(settings) > MOST_SETTINGS:
            told = f"a prediction needs 1 to {MOST_SETTINGS} settings to draw from: all of them are run"
            self.problems.append(Problem(shown, question.line, told, question=question.slug))
            return
        for values in settings:
            settled = settle(question, values)
            assert isinstance(settled, Predict)
            yield predictions.job(shown, settled, source, self.seeds, in_words(values))

    def _source(self, info: DemoInfo) -> Source | None:
        """The text of a demo as it is to be run; None if it cannot be used."""
        path = Path(info.path)
        data = None if info.problem else self._bytes(path)
        if data is None:
            return None
        return Source(path.name, info.path, data.decode("utf-8", "surrogateescape"))

    def _bytes(self, path: Path) -> bytes | None:
        """What a file holds that could be read a moment ago; None, and a problem, if it is no longer so."""
        try:
            return self._read(path)
        except (MltermsError, OSError) as error:
            self.problems.append(Problem(str(path), 0, f"it was exchanged while it was checked ({error})"))
            return None


def _may_run(scope: Scope, trusted: bool | None) -> tuple[bool, str]:
    """Whether the Python in the scope may be run, and why not."""
    if trusted is not None:
        return trusted, "" if trusted else "the folder is not trusted"
    if scope.home is None:
        return False, "the card is in no deck that could be trusted"
    answer = trust.is_trusted(scope.home)
    return answer.trusted, "" if answer else answer.reason


def _deck(scope: Scope, known: Collection[str]) -> LoadedDeck:
    """The deck with all that is wrong across its files; a loose card takes the place of the deck's own."""
    others = _bundled_terms() if scope.root != bundle() else {}
    loaded = read_deck(scope.root, known, others)
    if not scope.loose:
        return loaded
    folder = scope.home or scope.only.parent
    parsed = read_card(scope.only, folder)
    problems = [*parsed.problems, *(misnamed(folder) if scope.home else ())]
    terms = dict(loaded.terms)
    if parsed.term:
        terms[parsed.term.id] = parsed.term
    if loaded.deck:
        problems += deck_problems(loaded.deck, terms, known, others=others)
    return replace(loaded, terms=terms, problems=tuple(problems))


def _bundled_terms() -> dict[str, set[str]]:
    """The terms that come with mlterms, on which any deck may build."""
    deck = read_deck_file(bundle())[0]
    return {deck.id: {*deck.planned, *(path.stem for path in card_paths(bundle()))}} if deck else {}
