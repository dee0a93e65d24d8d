"""One card while it is checked: what can be seen, what has to be run, and what the runs say of its texts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice

from mlterms.check import check_blocks, examples, predictions, spot
from mlterms.check.cache import OutcomeCache
from mlterms.check.drawn_choices import check_choice
from mlterms.check.draws import check_require, in_words
from mlterms.check.fair_grading import check_accepted
from mlterms.check.job import Job
from mlterms.check.lengths import check_first_questions, check_lengths
from mlterms.check.lint import check_length_cue, check_widths
from mlterms.check.numbers import Computed, check_numbers, code_numbers
from mlterms.check.numeric import check_numeric
from mlterms.check.passages import passages
from mlterms.check.report import CheckReport
from mlterms.check.sandbox import Outcome
from mlterms.check.switches import card_switches
from mlterms.check.symbols import check_symbols
from mlterms.check.wording import check_wording
from mlterms.check.words import (
    TermNames,
    ancestors,
    check_early_words,
    check_explains,
    check_links,
    check_spelling,
)
from mlterms.glossary.draws import all_draws, settle
from mlterms.glossary.lines import find_text
from mlterms.glossary.parse import Parsed
from mlterms.glossary.problems import Problem
from mlterms.glossary.types import Choice, Deck, DrawnQuestion, Numeric, Predict, Range, Spot, Term
from mlterms.quiz.words import short_title

MOST_SETTINGS = 24  # of a prediction, each of which is run from all seeds


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a card is checked against.

    demo: name of a demo → its source, or the problem with it, or None if the demo does not exist. cache: of
    what was worked out before.
    """

    deck: Deck | None
    terms: Mapping[str, Term]
    names: TermNames | None
    guides: frozenset[str]
    demo: Callable[[str], predictions.Source | Problem | None]
    seeds: int
    cache: OutcomeCache


class CardCheck:
    """The check of one card. problems: what was found so far. outcomes: slug of a prediction → the option
    that came true in each of its settings."""

    def __init__(self, term: Term, parsed: Parsed, around: Surroundings, report: CheckReport) -> None:
        self.term = term
        self.path = term.path
        self.problems: list[Problem] = []
        self.outcomes: defaultdict[str, list[int]] = defaultdict(list)
        self.switches = card_switches(term.path, parsed.lines, parsed.comments)
        self._lines = parsed.lines
        self._around = around
        self._passages = passages(term, parsed.lines)
        self._numbers: list[float] = []
        self._given: defaultdict[str, list[float]] = defaultdict(list)
        self._look(report)

    def _look(self, report: CheckReport) -> None:
        """Check what needs no run."""
        term, path, deck = self.term, self.path, self._around.deck
        self.problems += check_widths(path, self._lines)
        self.problems += check_lengths(path, term, self._passages)
        self.problems += check_first_questions(path, term)
        rivals = _names_of_others(term, self._around.terms)
        for question in term.questions:
            self.problems += check_wording(path, question)
            if isinstance(question, DrawnQuestion):
                self.problems += check_require(path, question)
            if isinstance(question, Choice):
                self.problems += check_length_cue(path, question)
                self.problems += check_choice(path, question, report)
            elif isinstance(question, Numeric):
                self.problems += check_numeric(path, question, report)
        text = "\n".join(line.text for line in self._lines)
        self.problems += check_accepted(term, text, rivals, self._around.cache)
        if deck is not None and self._around.names is not None:
            known = {*self._around.terms, *deck.planned}
            self.problems += check_links(path, self._passages, {"": known, "guides": self._around.guides})
            met = ancestors(self._around.terms, term.id)
            self.problems += check_early_words(path, term, self._passages, self._around.names, met)
            self.problems += check_explains(path, term, self._passages, deck.spelling)
            self.problems += check_spelling(path, self._passages, deck.spelling)
            self.problems += check_symbols(path, self._passages, deck.symbols)

    def jobs(self) -> list[Job]:
        """All that has to be run: examples, check blocks, code with a mistake, predictions."""
        return [*self._examples(), *self._questions()]

    def _examples(self) -> Iterator[Job]:
        """The examples, those of each section in a namespace of their own, and the check blocks."""
        term = self.term
        for text, heading in [(term.definition, 1), *((s.text, s.line) for s in term.sections)]:
            try:
                found = examples.find_examples(find_text(self._lines, text, heading))
            except examples.UnreadableError as error:
                self.problems.append(Problem(self.path, error.line, str(error)))
                continue
            if found:
                self._numbers += (n for each in found for n in code_numbers(each.source))
                yield replace(examples.job(self.path, found), note=self._note_code)
        for block in term.checks:
            self._numbers += code_numbers(block.code)
            yield replace(check_blocks.job(self.path, block), note=self._note_code)

    def _questions(self) -> Iterator[Job]:
        for question in self.term.questions:
            if isinstance(question, Spot):
                self._numbers += code_numbers(f"{question.wrong}\n{question.fixed}")
                yield replace(spot.job(self.path, self._lines, question), note=self._note_code)
            elif isinstance(question, Numeric):
                self._note_draws(question)
            elif isinstance(question, Predict):
                yield from self._prediction(question)

    def _prediction(self, question: Predict) -> Iterator[Job]:
        """Running a prediction, once for each of its settings."""
        source = self._around.demo(question.demo)
        if isinstance(source, Problem):
            broken = f"demo {question.demo} cannot be run: {source}"
            self.problems.append(Problem(self.path, question.line, broken, question=question.slug))
        if not isinstance(source, predictions.Source):
            return
        settings = list(islice(all_draws(question), MOST_SETTINGS + 1))
        if not settings or len(settings) > MOST_SETTINGS:
            message = f"a prediction needs 1 to {MOST_SETTINGS} settings to draw from: all of them are run"
            self.problems.append(Problem(self.path, question.line, message, question=question.slug))
            return
        for values in settings:
            settled = settle(question, values)
            assert isinstance(settled, Predict)
            self._note_settings(settled)
            job = predictions.job(self.path, settled, source, self._around.seeds, in_words(values))
            yield replace(job, note=partial(self._note_prediction, settled))

    # -- what the runs compute ----------------------------------------------------------------------------

    def _note_code(self, outcomes: Sequence[Outcome]) -> None:
        for outcome in outcomes:
            results = outcome.result if isinstance(outcome.result, list) else [outcome.result]
            for result in results if not outcome.failure else ():
                self._numbers += [*code_numbers(result["out"]), *result["numbers"]]

    def _note_prediction(self, question: Predict, outcomes: Sequence[Outcome]) -> None:
        right = predictions.decided(question, outcomes[0])
        if right is not None:
            self.outcomes[question.slug].append(right)
        measures = predictions.middle_measures(outcomes[0])
        self._given[question.slug] += measures
        self._numbers += measures

    def _note_settings(self, question: Predict) -> None:
        for run in question.runs.values():
            ends = (run.until.updates, run.until.epochs)
            values = [value for value in (*run.knobs.values(), *ends) if isinstance(value, int | float)]
            self._given[question.slug] += [float(value) for value in values]
            self._numbers += [float(value) for value in values]

    def _note_draws(self, question: Numeric) -> None:
        """The numbers in the rules of a numeric question, which its explanation may repeat."""
        rules = [
            question.answer,
            question.require,
            *question.let.values(),
            *(s.answer for s in question.slips),
        ]
        ends = [
            end for each in question.draw.values() if isinstance(each, Range) for end in (each.low, each.high)
        ]
        self._given[question.slug] += code_numbers(" ".join([*rules, *ends]))

    def finish(self, ran: bool) -> None:
        """Check the numbers of the texts against what the runs have computed. ran: whether they were made."""
        found = check_numbers(self.path, self._passages, Computed(self._numbers), self._given)
        self.problems += (problem for problem in found if ran or problem.rule != "number")


def _names_of_others(term: Term, terms: Mapping[str, Term]) -> list[str]:
    """The names of all terms except this one, which a gap must not take for a slip of its answer."""
    others = [other for other in terms.values() if other.id != term.id]
    return sorted({name for other in others for name in (short_title(other.title), *other.aliases)})
