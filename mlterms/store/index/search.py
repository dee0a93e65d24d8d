"""Finding terms by typed text: first in titles, then in the cards, then titles with similar spelling.

A search runs a few queries of the index, one after the other, until enough is found. Any text is safe: it
reaches FTS5 in quotes, and SQLite without control characters.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from mlterms.base.edit_distance import distance, distance_to_beginning
from mlterms.base.errors import CallError, FileError
from mlterms.base.ids import TermId, name_of
from mlterms.base.plurals import singular
from mlterms.base.spelling import both_spellings
from mlterms.base.text import clean, one_line
from mlterms.store.index.snippets import line_with, readable, snippet_of, window
from mlterms.store.index.text_folding import apart, fold, padded_name

if TYPE_CHECKING:
    from mlterms.store.index.reader import Index, Row

LONGEST = 100  # characters of a query that count
_MOST_WORDS = 8
_SUGGESTIONS = 5
_NEAR_CANDIDATES = 200  # names that share most trigrams with the query, whose distance is computed
_MOST_SHARED = 4000  # names counted for that; the commonest trigrams of a query tell least
_ENDINGS = ("ising", "izing", "ised", "ized", "ise", "ize", "ing", "ed", "y")
_SHORTEST_STEM = 4
_NAMED = ("title", "alias", "prefix", "part")  # kinds of hits: what was typed is in a name
_GUIDE_KINDS = ("title", "part", "text")
_LAST = "\U0010ffff"  # sorts behind every other character


class Hit(NamedTuple):
    """A term that was found. term: its global id. snippet: a line of its card, with the words if it has them.

    kind: what was found: `title`, `alias` (another name, or a notion that the card explains), `prefix` (the
    beginning of a name), `part` (of a name), `definition`, `text` (of the card), or `near` (a name with a
    similar spelling). A plural finds its singular.
    """

    term: TermId
    title: str
    snippet: str
    kind: str


class GuideHit(NamedTuple):
    """A guide that was found. guide: its global id. snippet: a line of it, with the words.

    kind: where the words were found: `title` (they are the whole title), `part` (of the title), or `text`.
    """

    guide: str
    title: str
    snippet: str
    kind: str


class Resolved(NamedTuple):
    """The term that a name means: its global id, or None and the terms that it may mean."""

    id: TermId | None
    nearest: list[Row]
    is_shared: bool = False  # these terms all have exactly this name


def search(index: Index, words: str, limit: int = 20) -> list[Hit]:
    """The best hits for typed text, at most `limit`, best first."""
    query = fold(words[:LONGEST])
    found: dict[int, tuple[str, str]] = {}
    spellings = both_spellings(query) if query and limit > 0 else ()
    hits = ((spelling, *hit) for spelling in spellings for hit in _find_terms(index, spelling, limit))
    for spelling, file, kind in hits:
        found.setdefault(file, (kind, spelling))
        if len(found) >= limit:
            break
    if not found:
        found = dict.fromkeys(_near(index, query, limit), ("near", query))
    return [_hit(index, file, *how) for file, how in found.items()]


def search_guides(index: Index, words: str, limit: int = 5) -> list[GuideHit]:
    """The guides in whose title or text all of the words are, or begin a word; best first."""
    found: dict[str, GuideHit] = {}
    for query in both_spellings(fold(words[:LONGEST])):
        for hit in _find_guides(index, query, limit) if query else ():
            found.setdefault(hit.guide, hit)
    return [*found.values()][:limit]


def in_one_list(hits: Sequence[Hit], guides: Sequence[GuideHit]) -> list[Hit | GuideHit]:
    """Terms and guides together: titles before what cards and guides say, terms before guides.

    A guide with exactly the title that was typed is second only to a term with that title.
    """
    titled = sum(hit.kind == "title" for hit in hits)
    named = next((n for n, hit in enumerate(hits) if hit.kind not in _NAMED), len(hits))
    exact, part, text = ([guide for guide in guides if guide.kind == kind] for kind in _GUIDE_KINDS)
    return [*hits[:titled], *exact, *hits[titled:named], *part, *hits[named:], *text]


def _find_guides(index: Index, query: str, limit: int) -> list[GuideHit]:
    rows = index.select(
        "SELECT id, guide.title, summary || ' ' || guide.text FROM guide_text"
        " JOIN guide ON file = guide_text.rowid"
        " WHERE guide_text MATCH ? ORDER BY bm25(guide_text, 10.0, 1.0), position",
        (_beginnings(query.split()[:_MOST_WORDS]),),
    )
    found = [(_kind_of_guide(title, query), guide, title, text) for guide, title, text in rows]
    best = sorted(found, key=lambda each: _GUIDE_KINDS.index(each[0]))[:limit]
    return [
        GuideHit(guide, title, line_with(query, prose) or window(" ".join(prose[0].split()), 0), kind)
        for kind, guide, title, text in best
        for prose in [readable([text])]
    ]


def _kind_of_guide(title: str, query: str) -> str:
    """Where the words of a query were found in a guide with this title."""
    folded = fold(title)
    if folded == query:
        return "title"
    words = re.findall(r"\w+", apart(folded))
    is_titled = all(
        any(word == typed or (len(typed) > 2 and word.startswith(typed)) for word in words)
        for typed in re.findall(r"\w+", apart(query))
    )
    return "part" if is_titled else "text"


def resolve(index: Index, text: str) -> Resolved:
    """The term that an id, a title, another name, or the beginning of only one of these means.

    A plural means what its singular means.
    """
    typed = text.strip()[:LONGEST].encode("utf-8", "replace").decode()
    rows = index.select("SELECT id FROM term WHERE ? IN (id, name) ORDER BY position LIMIT 1", (typed,))
    if rows:
        return Resolved(rows[0][0], [])
    query = fold(typed)
    rows = _find_names(index, query, query) or _find_names(index, _singular(query), _singular(query))
    best = [term for term, rank in rows if rank == rows[0][1]]
    if best and (rows[0][1] == 0 or len(best) == 1):  # of two with one title, the first; of two aliases none
        return Resolved(best[0], [])
    if not rows and query:
        rows = _find_names(index, query, query + _LAST)
        if len(rows) == 1:
            return Resolved(rows[0][0], [])
    nearest = best or [term for term, _ in rows] or _nearest_names(index, text)
    return Resolved(None, [row for term in nearest if (row := index.row(term))], len(best) > 1)


def _nearest_names(index: Index, text: str) -> list[TermId]:
    """The terms that have the words in their names, or else names with similar spelling."""
    named = [hit.term for hit in search(index, text, _SUGGESTIONS) if hit.kind not in ("definition", "text")]
    query = fold(text[:LONGEST])
    near = () if named else _near(index, query, _SUGGESTIONS)
    return named or [_hit(index, file, "near", query).term for file in near]


def find_term(index: Index, text: str) -> TermId:
    """The global id of the term that a text means, as `resolve` finds it.

    Raises CallError that names the nearest terms, or FileError with what to fix if the term's own card
    cannot be read.
    """
    if not clean(text).strip():
        raise CallError("the name of the term is empty")
    broken = index.select(
        "SELECT problem.path, line, message FROM file JOIN problem ON problem.file = n"
        " WHERE kind = 'card' AND name = ? AND severity = 'error'"
        " AND NOT EXISTS (SELECT 1 FROM term WHERE name = file.name) ORDER BY line LIMIT 1",
        (name_of(clean(text)),),
    )
    if broken:
        path, line, message = broken[0]
        raise FileError(index.path_of(path), line, message)
    found = resolve(index, text)
    if found.is_shared:
        terms = ", ".join(f"{one_line(row.title)} ({row.id})" for row in found.nearest)
        raise CallError(f"several terms are called {one_line(text)[:80]!r}: {terms}; use the id in brackets")
    if found.id:
        return found.id
    query = fold(text)
    nearest = [_name_nearest(index, row, query) for row in found.nearest]
    begin = [name for name in nearest if fold(name).startswith(query)]
    if begin:
        more = f"these begin with it: {', '.join(begin)}"
    elif nearest:
        more = f"the nearest: {', '.join(nearest)}"
    else:
        more = "`mlterms search` looks into the cards"
    raise CallError(f"no term is called {one_line(text)[:80]!r}; {more}")


def _name_nearest(index: Index, row: Row, query: str) -> str:
    """The title of a term that was perhaps meant, with its other name if that is the one that is near."""
    other = next((name for name in index.term(row.id).aliases if _is_near(query, fold(name))), "")
    if not other or _is_near(query, fold(row.title)):
        return row.title
    return f"{other} (another name for {row.title})"


def _is_near(query: str, name: str) -> bool:
    return name.startswith(query) or _apart(query, name, _most_slips(query)) <= _most_slips(query)


def _find_names(index: Index, low: str, high: str) -> list[tuple[TermId, int]]:
    """The terms that have a name from `low` to `high`, best first.

    With each: 0 for its title, 1 for an alias, 2 for a notion, 3 for other words.
    """
    return index.select(
        "SELECT id, min(alias) FROM name JOIN term USING (file) WHERE folded BETWEEN ? AND ?"
        " GROUP BY id ORDER BY 2, position LIMIT ?",
        (low, high, _SUGGESTIONS),
    )


# -- typed words ----------------------------------------------------------------------------------------


def _find_terms(index: Index, query: str, limit: int) -> Iterator[tuple[int, str]]:
    """Terms (their files) and the kind of hit, best first, some more than once."""
    for name in dict.fromkeys((query, _singular(query))):
        exact = index.select(
            "SELECT file, alias FROM name JOIN term USING (file) WHERE folded = ? ORDER BY alias, position",
            (name,),
        )
        yield from ((file, "alias" if alias else "title") for file, alias in exact)
    wanted = 3 * limit  # a term may be found by several of its names
    words = query.split()[:_MOST_WORDS]
    has_trigrams = all(len(word) > 2 for word in words)
    for names in ("alias = 0", "alias > 0"):  # all titles, then all other names
        begins = index.select(
            f"SELECT file FROM name JOIN term USING (file) WHERE folded > ? AND folded < ? AND {names}"
            " ORDER BY alias, folded, position LIMIT ?",
            (query, query + _LAST, wanted),
        )
        yield from ((file, "prefix") for (file,) in begins)
        if len(query) < 3:
            parts = index.select(
                f"SELECT file FROM name WHERE instr(folded, ?) AND {names}"
                " ORDER BY alias, length(folded), folded LIMIT ?",
                (query, wanted),
            )
            yield from ((file, "part") for (file,) in parts)
        else:
            matches = [_quoted(query)] + [_parts(words)] * has_trigrams
            yield from (
                (file, "part") for file in _matching_files(index, "name_text", matches, wanted, names)
            )
    if stem := _stem(query):
        yield from ((file, "prefix") for file in _kin(index, stem, wanted))
    if has_trigrams:
        matches = [_quoted(query), _parts(words)]
        yield from (
            (file, "definition") for file in _matching_files(index, "definition_text", matches, wanted)
        )
    else:
        match = f"definition : ({_beginnings(words)})"
        yield from ((file, "definition") for file in _matching_files(index, "card_text", [match], wanted))
    matches = [_quoted(apart(query)), _beginnings(words)]
    yield from ((file, "text") for file in _matching_files(index, "card_text", matches, wanted))


def _stem(query: str) -> str:
    """A word without the ending of an adjective or a verb: `nois` for `noisy`; "" if it has none.

    Only rough: what is left has to begin the name of a term, so a wrong one mostly finds nothing.
    """
    ending = next((each for each in _ENDINGS if query.endswith(each)), "")
    stem = query.removesuffix(ending)
    return stem if ending and len(stem) >= _SHORTEST_STEM and " " not in query else ""


def _kin(index: Index, stem: str, wanted: int) -> list[int]:
    """The terms (their files) of which a name is one word with this beginning, the shortest first."""
    rows = index.select(
        "SELECT file FROM name JOIN term USING (file) WHERE folded >= ? AND folded < ?"
        " AND NOT instr(folded, ' ') ORDER BY alias, length(folded), position LIMIT ?",
        (stem, stem + _LAST, wanted),
    )
    return [file for (file,) in rows]


def _singular(query: str) -> str:
    return " ".join(map(singular, query.split()))


def _matching_files(
    index: Index, table: str, matches: Sequence[str], wanted: int, condition: str = "TRUE"
) -> Iterator[int]:
    """The files that match one expression after the other, each time the best first, ties in study order."""
    names = "JOIN name ON name.n = name_text.rowid JOIN term USING (file)"
    join = names if table == "name_text" else f"JOIN term ON term.file = {table}.rowid"
    for match in dict.fromkeys(matches):
        rows = index.select(
            f"SELECT file, rank, position FROM {table} {join}"
            f" WHERE {table} MATCH ? AND {condition} ORDER BY rank LIMIT ?",
            (match, wanted),
        )
        yield from (row[0] for row in sorted(rows, key=lambda row: row[1:]))


def _parts(words: Sequence[str]) -> str:
    """Each of the words anywhere, also inside other words. Each has three characters or more."""
    return " AND ".join(map(_quoted, words))


def _beginnings(words: Sequence[str]) -> str:
    """A word that begins with each of these words; short ones must match whole (`L2`, `lr`, `η`)."""
    return " AND ".join(_quoted(apart(word)) + "*" * (len(word) > 2) for word in words)


def _quoted(text: str) -> str:
    """The text as a string of FTS5's query language, in which only the quote is special."""
    return '"' + text.replace('"', '""') + '"'


# -- similar spelling ------------------------------------------------------------------------------------


def _near(index: Index, query: str, limit: int) -> list[int]:
    """The terms (their files) that have a name with a spelling similar to `query`, nearest first."""
    bound = _most_slips(query)
    best: dict[int, int] = {}
    for file, name in _similar_names(index, query) if bound else ():
        apart = _apart(query, name, bound)
        if apart <= bound:
            best[file] = min(apart, best.get(file, apart))
    worst = max(1, min(best.values(), default=0))  # if one slip explains it, names with two do not help
    return sorted((file for file in best if best[file] <= worst), key=best.__getitem__)[:limit]


def _most_slips(query: str) -> int:
    """The number of typing slips that are forgiven."""
    return 0 if len(query) < 3 else 1 if len(query) == 3 else 2 if len(query) < 9 else 3


def _apart(query: str, name: str, bound: int) -> int:
    """The distance to the whole name, or one more than that to its beginning or one of its words."""
    apart = distance(query, name, bound)
    if apart and len(query) > 3:
        apart = min(apart, 1 + distance_to_beginning(query, name, bound - 1))
    if apart and " " in name and " " not in query and len(query) > 4:
        apart = min(apart, *(1 + distance(query, word, bound - 1) for word in name.split()))
    return apart


def _similar_names(index: Index, query: str) -> list[tuple[int, str]]:
    """(file, name) of the names that share most of the query's trigrams, without the commonest trigrams."""
    padded = padded_name(query)
    trigrams = {padded[i : i + 3] for i in range(len(padded) - 2)}
    sql = f"SELECT term FROM name_trigram WHERE term IN ({_marks(trigrams)}) ORDER BY doc"
    shared: Counter[int] = Counter()
    for (trigram,) in index.select(sql, tuple(trigrams)):
        rows = index.select("SELECT rowid FROM name_text WHERE name_text MATCH ?", (_quoted(trigram),))
        shared.update(n for (n,) in rows)
        if shared.total() > _MOST_SHARED:
            break
    names = [n for n, _ in shared.most_common(_NEAR_CANDIDATES)]
    sql = f"SELECT file, folded FROM name JOIN term USING (file) WHERE n IN ({_marks(names)})"
    return index.select(f"{sql} ORDER BY position", names)


def _marks(values: Collection[object]) -> str:
    return ", ".join("?" * len(values))


# -- hits ------------------------------------------------------------------------------------------------


def _hit(index: Index, file: int, kind: str, query: str) -> Hit:
    identity, term = index.term_of_file(file)
    return Hit(identity, term.title, snippet_of(term, kind, query), kind)
