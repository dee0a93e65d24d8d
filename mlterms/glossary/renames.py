"""Former ids: which question had which id before, and what is wrong with such a claim."""

from __future__ import annotations

from collections.abc import Mapping

from mlterms.base.ids import slug_of
from mlterms.glossary.problems import Problem
from mlterms.glossary.types import Term
from mlterms.glossary.where import line_of


def find_renames(terms: Mapping[str, Term]) -> tuple[dict[str, str], list[Problem]]:
    """(former question id → present one, problems), ids as `term/slug`.

    A question's own `was:` comes first; a term's `was:` then moves all its questions, under the slugs
    that they have and those they had. An id still in use, or claimed twice, is a problem and renames nothing.
    """
    problems: list[Problem] = []
    in_use = {f"{term_id}/{question.slug}" for term_id, term in terms.items() for question in term.questions}
    claims: dict[str, list[tuple[str, str, int]]] = {}  # former id → by whom: present id, path, line
    for term_id, term in terms.items():
        for question in term.questions:
            for former in question.was:
                full = former if "/" in former else f"{term_id}/{former}"
                claims.setdefault(full, []).append((f"{term_id}/{question.slug}", term.path, question.line))
    moved = _moved_terms(terms, problems)
    for former_term, term_id in moved.items():
        term = terms[term_id]
        for question in term.questions:
            slugs = [question.slug, *(former for former in question.was if "/" not in former)]
            for slug in slugs:
                present = f"{term_id}/{question.slug}"
                claims.setdefault(f"{former_term}/{slug}", [(present, term.path, question.line)])
    renames: dict[str, str] = {}
    for former, claimed in claims.items():
        if former in in_use:
            wrong, told = claimed, "is still the id of a question: leave it out, or rename that question"
        else:
            wrong, told = claimed[1:], f"is claimed by `{claimed[0][0]}` already: leave it out of one `was`"
        for present, path, line in wrong:
            slug = slug_of(present)
            problems.append(Problem(path, line, f"`{former}` {told}", question=slug))
        if not wrong:
            renames[former] = claimed[0][0]
    return renames, problems


def _moved_terms(terms: Mapping[str, Term], problems: list[Problem]) -> dict[str, str]:
    """Former term id → present one."""
    claims: dict[str, list[str]] = {}
    for term_id, term in terms.items():
        for former in term.was:
            claims.setdefault(former, []).append(term_id)
    moved = {}
    for former, ids in claims.items():
        if former in terms:
            wrong, told = ids, "is still a term of this deck: leave it out, or rename that card"
        else:
            wrong, told = ids[1:], f"is claimed by `{ids[0]}` already: leave it out of one of the two"
        for term_id in wrong:
            path = terms[term_id].path
            problems.append(Problem(path, line_of(path, "was", former), f"`{former}` in `was` {told}"))
        if not wrong:
            moved[former] = ids[0]
    return moved
