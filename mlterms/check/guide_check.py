"""One guide while it is checked: its text, and the examples in it that have to be run."""

from __future__ import annotations

from mlterms.check import examples
from mlterms.check.card_check import Surroundings
from mlterms.check.job import Job
from mlterms.check.passages import text_passage
from mlterms.check.words import check_links, check_spelling
from mlterms.glossary.guide import ParsedGuide
from mlterms.glossary.problems import Problem


class GuideCheck:
    """The check of one guide. problems: what can be seen. jobs: running its examples, in one namespace."""

    def __init__(self, path: str, parsed: ParsedGuide, around: Surroundings) -> None:
        self.problems: list[Problem] = [*parsed.problems]
        self.jobs: list[Job] = []
        if parsed.guide is None:
            return
        if around.deck is not None:
            passages = [text_passage("guide", parsed.guide.text, parsed.lines)]
            known = {*around.terms, *around.deck.planned}
            self.problems += check_links(path, passages, {"..": known, "": around.guides})
            self.problems += check_spelling(path, passages, around.deck.spelling)
        try:
            found = examples.find_examples(parsed.lines)
        except examples.UnreadableError as error:
            self.problems.append(Problem(path, error.line, str(error)))
            return
        if found:
            self.jobs.append(examples.job(path, found))
