"""Checks a deck, or a part of it: the order in which everything is looked at and run.

What may be wrong with each thing, the other modules of this room know.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from mlterms.base import trust
from mlterms.base.errors import MltermsError
from mlterms.base.paths import bundle
from mlterms.base.reading import UnreadableFileError, read_own, read_plain
from mlterms.check import demos
from mlterms.check.cache import OutcomeCache
from mlterms.check.card_check import CardCheck, Surroundings
from mlterms.check.guide_check import GuideCheck
from mlterms.check.job import Batch, Job, leave_batches, run_batches
from mlterms.check.predictions import Source
from mlterms.check.report import CheckReport
from mlterms.check.sandbox import Limits
from mlterms.check.scope import Scope, scope_of
from mlterms.check.switches import deck_switches
from mlterms.check.whole_deck import (
    Outcomes,
    check_aliases,
    check_duplicates,
    check_longest,
    check_misconceptions,
    check_outcomes,
    check_places,
    check_settings,
)
from mlterms.check.words import TermNames
from mlterms.demo.load import DemoInfo, list_demos
from mlterms.glossary.deck import (
    DECK_FILE,
    LoadedDeck,
    card_paths,
    guide_paths,
    misnamed,
    read_card,
    read_deck,
    read_deck_file,
)
from mlterms.glossary.deck_problems import deck_problems
from mlterms.glossary.guide import parse_guide
from mlterms.glossary.lines import LARGEST_FILE
from mlterms.glossary.parse import parse_card
from mlterms.glossary.problems import Problem

SEEDS = 20  # from which each prediction is run


def check(
    path: Path,
    *,
    trusted: bool | None = None,
    seeds: int = SEEDS,
    progress: Callable[[str], None] | None = None,
    found: Callable[[Problem], None] | None = None,
    limits: Limits | None = None,
    all_rules: bool = False,
    cache: Path | None = None,
) -> CheckReport:
    """Check the card, demo, folder of either, or deck at `path`, and run everything that it claims.

    trusted: whether its Python may be run; None asks the list of trusted folders, and then runs the very
    bytes that were trusted. seeds: from how many each prediction is run. progress: called with the name of
    what is being run. found: called with each problem as soon as its file is done, in the order of the
    report; only what the runs of a whole deck show is last. limits: of the processes that run it. all_rules:
    check also what `deck.toml` switches off. cache: the file in which outcomes are kept, so that only what
    has changed is run again. Raises CallError for a path that is nothing to check; what is wrong with the
    files is in the report.
    """
    progress, found = progress or (lambda _: None), found or (lambda _: None)
    limits = limits or Limits()
    return _Check(scope_of(path), trusted, seeds, progress, found, limits, all_rules, cache).report()


class _Check:
    """One check while it goes on: what is known of the deck, and what was found so far."""

    def __init__(
        self,
        scope: Scope,
        trusted: bool | None,
        seeds: int,
        progress: Callable[[str], None],
        tell: Callable[[Problem], None],
        limits: Limits,
        all_rules: bool,
        cache: Path | None,
    ) -> None:
        self.scope = scope
        self.cache = OutcomeCache(cache)
        self.progress = progress
        self.tell = tell
        self.limits = limits
        self.all_rules = all_rules
        self.found = CheckReport()
        self.cards: dict[str, CardCheck] = {}  # by the paths of their files
        self.shown: set[Problem] = set()
        self.listed = list_demos(scope.root / "demos")
        self.demos = {info.name: info for info in reversed(self.listed)}  # of two with one name, the first
        self.deck = _deck(scope, self.demos)
        self.problems = [problem for problem in self.deck.problems if scope.holds(Path(problem.path))]
        self.deck_file = scope.root / "content" / DECK_FILE
        self.switches = deck_switches(str(self.deck_file), _text(self.deck_file, scope.root))
        self.problems += self.switches.problems if scope.holds(self.deck_file) else ()
        self.runs, self.found.why_not_run = _may_run(scope, trusted)
        self._read = trust.read_trusted if trusted is None and self.runs else _read_untrusted
        deck = self.deck.deck
        self.around = Surroundings(
            deck=deck,
            terms=self.deck.terms,
            names=TermNames(deck, self.deck.terms) if deck else None,
            guides=frozenset(path.stem for path in guide_paths(scope.root)),
            demo=self._demo_source,
            seeds=seeds,
            cache=self.cache,
        )

    def report(self) -> CheckReport:
        for term in self.deck.terms.values():
            if self.scope.holds(Path(term.path)) and (card := self._card(Path(term.path), term.id)):
                self.cards[card.path] = card
        batches = [Batch(path, f"card {card.term.id}", card.jobs()) for path, card in self.cards.items()]
        batches += [
            Batch(str(path), f"guide {path.stem}", self._guide(path))
            for path in guide_paths(self.scope.root)
            if self.scope.holds(path)
        ]
        batches += [
            Batch(info.path, f"demo {info.name}", self._demo(info))
            for info in self.listed
            if self.scope.holds(Path(info.path))
        ]
        batches.sort(key=lambda batch: batch.path)  # the order of the report
        self._across_before_runs()
        if self.runs:
            run_batches(batches, self.limits, self.found, self.progress, self._done, self.cache)
        else:
            leave_batches(batches, self.found)
            for batch in batches:
                self._done(batch, ())
        self.cache.close()
        self._across_after_runs()
        self._show()
        self.found.problems = tuple(sorted(self.shown))
        return self.found

    def _done(self, batch: Batch, problems: Sequence[Problem]) -> None:
        """Everything in a file is checked: show what was found in it, and in those before it."""
        self.problems += problems
        if card := self.cards.get(batch.path):
            card.finish(self.runs)
            self.problems += card.problems
            if self._is_whole:
                self.problems += check_settings(card.term, _outcomes([card]))
            self.problems = [
                each for each in self.problems if each.path != card.path or not card.switches.is_off(each)
            ]
            self.problems += card.switches.problems
            if self.runs and self.scope.holds(self.deck_file):  # else not everything was looked for
                self.problems += card.switches.unused()
        self._show(batch.path)

    def _show(self, last: str | None = None) -> None:
        """Show what was found in the files up to `last`, or in all, unless the deck switches it off."""
        ready = {each for each in self.problems if last is None or each.path <= last}
        self.problems = [each for each in self.problems if each not in ready]
        for problem in sorted(ready - self.shown):
            if self.all_rules or not self.switches.is_off(problem):
                self.shown.add(problem)
                self.tell(problem)

    def _card(self, path: Path, term_id: str) -> CardCheck | None:
        """A card, of which all is checked that needs no run."""
        data = self._bytes(path)
        parsed = None if data is None else parse_card(str(path), data, term_id=term_id)
        if parsed is None or parsed.term is None:
            return None
        self.found.cards += 1
        self.found.questions += len(parsed.term.questions)
        return CardCheck(parsed.term, parsed, self.around, self.found)

    def _guide(self, path: Path) -> list[Job]:
        """Look at a guide; what is left is to be run."""
        data = self._bytes(path)
        if data is None:
            return []
        guide = GuideCheck(str(path), parse_guide(str(path), data, guide_id=path.stem), self.around)
        self.problems += guide.problems
        return guide.jobs

    @property
    def _is_whole(self) -> bool:
        """Whether the whole deck is checked, and not only a part of it."""
        return self.scope.holds(self.deck_file) and not self.scope.loose

    def _across_before_runs(self) -> None:
        """Check what only shows over the whole deck, if all of it is checked, as far as it needs no run."""
        terms = [card.term for card in self.cards.values()] if self._is_whole else []
        self.problems += check_longest(terms, str(self.deck_file))
        self.problems += check_places(terms, str(self.deck_file))
        self.problems += check_aliases(terms)
        self.problems += check_duplicates(terms)
        self.problems += check_misconceptions(terms)

    def _across_after_runs(self) -> None:
        """Check what the runs show over the whole deck."""
        if self._is_whole:
            cards = self.cards.values()
            terms = [card.term for card in cards]
            self.problems += check_outcomes(terms, _outcomes(cards), str(self.deck_file))

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

    def _demo_source(self, name: str) -> Source | Problem | None:
        """The source of a demo; the problem with it; None if the demo does not exist."""
        info = self.demos.get(name)
        if info is None or info.problem:
            return (
                Problem(info.path, info.problem.line, info.problem.message) if info and info.problem else None
            )
        return self._source(info)

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
        except UnreadableFileError as error:
            self.problems.append(Problem(error.path, error.line, error.message))
        except (MltermsError, OSError) as error:
            self.problems.append(Problem(str(path), 0, f"it changed while it was checked ({error})"))
        return None


def _outcomes(cards: Iterable[CardCheck]) -> Outcomes:
    return {(card.path, slug): right for card in cards for slug, right in card.outcomes.items()}


def _read_untrusted(path: Path) -> bytes:
    return read_own(path, trust.LARGEST)


def _text(path: Path, root: Path) -> str:
    try:
        return read_plain(path, root, LARGEST_FILE).decode("utf-8", "replace")
    except UnreadableFileError:
        return ""


def _may_run(scope: Scope, trusted: bool | None) -> tuple[bool, str]:
    """Whether the Python in the scope may be run, and why not."""
    if trusted is not None:
        return trusted, "" if trusted else "the folder is not trusted"
    if scope.home is None:
        return False, "the card is in no deck that could be trusted"
    answer = trust.trust_in(scope.home)
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
