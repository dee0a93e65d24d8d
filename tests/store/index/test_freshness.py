"""When an index is made anew and how much of it: what changed, with the result of making all of it anew."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mlterms.store.index.reader import Index, open_index
from mlterms.store.index.search import search

Cards = Any
IndexOf = Callable[..., Index]


def the_file(cache: Path) -> Path:
    (path,) = cache.glob("index-*.db")
    return path


def rows_of_files(index: Index) -> dict[str, int]:
    return dict(index.select("SELECT name, n FROM file WHERE kind = 'card'"))


def everything(index: Index) -> list[Any]:
    """All that can be asked of an index."""
    terms = index.terms()
    return [
        terms,
        [index.term(row.id) for row in terms],
        [[index.needs(row.id), index.opens(row.id), index.contrast(row.id)] for row in terms],
        index.question_ids(),
        index.prerequisites(),
        index.renames(),
        index.topics(),
        index.problems(),
        index.demos(),
        [search(index, word, 9) for word in ("t", "t1", "kappa", "lambda mu", "kapap")],
        index.stamp,
    ]


def test_an_index_of_unchanged_files_is_used_as_it_is(deck: Cards, index_of: IndexOf, tmp_path: Path) -> None:
    deck.card("a")
    first = index_of(deck)
    made = the_file(tmp_path / "cache").stat()
    second = index_of(deck)
    assert the_file(tmp_path / "cache").stat() == made
    assert second.stamp == first.stamp
    assert not second.is_stale()


def test_only_the_card_that_changed_is_read_again(deck: Cards, index_of: IndexOf) -> None:
    for term in "abc":
        deck.card(term)
    before = rows_of_files(index_of(deck))
    deck.card("b", title="other", needs=["c"])
    index = index_of(deck)
    after = rows_of_files(index)
    assert {term for term in "abc" if before[term] != after[term]} == {"b"}
    assert [row.title for row in index.terms()] == ["a", "c", "other"]


def test_cards_that_come_and_go_are_noticed(deck: Cards, index_of: IndexOf) -> None:
    path = deck.card("a", needs=["b"])
    assert [row.name for row in index_of(deck).terms()] == ["a"]
    deck.card("b")
    index = index_of(deck)
    assert [row.name for row in index.terms()] == ["b", "a"]
    assert index.needs("a")[0].has_card
    path.unlink()
    assert index.is_stale()
    assert [row.name for row in index_of(deck).terms()] == ["b"]
    assert search(index_of(deck), "a") == []


def test_a_change_of_the_deck_file_counts_for_all_cards(deck: Cards, index_of: IndexOf) -> None:
    deck.card("a")
    deck.card("b")
    assert [row.id for row in index_of(deck).terms()] == ["d:a", "d:b"]
    deck.write("content/deck.toml", 'id = "e"\ntitle = "E"\norder = ["b"]\n')
    assert [row.id for row in index_of(deck).terms()] == ["e:b", "e:a"]
    assert index_of(deck).questions_of("e:a") == ["e:a/a"]


def test_the_stamp_is_a_name_for_the_cards_and_not_for_the_file(
    deck: Cards, index_of: IndexOf, tmp_path: Path
) -> None:
    deck.card("a", title="one")
    deck.card("b")
    one = index_of(deck).stamp
    deck.card("a", title="two")
    two = index_of(deck).stamp
    deck.card("a", title="one")
    assert index_of(deck).stamp == one != two
    shutil.rmtree(tmp_path / "cache")
    assert index_of(deck).stamp == one


def test_without_a_look_the_index_is_taken_as_it_lies(deck: Cards, index_of: IndexOf) -> None:
    deck.card("a")
    index_of(deck)
    deck.card("a", title="changed")
    index = index_of(deck, check_files=False)
    assert index.term("a").title == "a"
    assert index.is_stale()
    assert index_of(deck).term("a").title == "changed"


def test_it_can_be_made_anew_on_demand(deck: Cards, index_of: IndexOf, tmp_path: Path) -> None:
    deck.card("a")
    index_of(deck)
    made = the_file(tmp_path / "cache").stat().st_ino
    index_of(deck)
    assert the_file(tmp_path / "cache").stat().st_ino == made
    before = the_file(tmp_path / "cache").open("rb")  # holds its inode, so that the new file has another
    with before:
        assert index_of(deck, rebuild=True).term("a").title == "a"
        assert the_file(tmp_path / "cache").stat().st_ino != made


BROKEN = [
    pytest.param(b"no front matter", r":1: a card begins", id="not a card"),
    pytest.param(b"", r":1: the file is empty", id="empty"),
    pytest.param(b"---\ntitle: \xff\n---\n", r"UTF-8", id="not UTF-8"),
    pytest.param(b"---\ntitle: a\ntopic: t\n---\n\nText \x1b[31m.\n", r":6: ", id="control characters"),
]


@pytest.mark.parametrize(("content", "told"), BROKEN)
def test_a_broken_card_takes_no_other_down_and_is_reported_at_every_start(
    deck: Cards, index_of: IndexOf, content: bytes, told: str
) -> None:
    deck.card("a", questions=["q"])
    deck.card("b", questions=["q"], needs=["a"])
    index_of(deck)
    path = deck.write("content/a.md", content)
    for _ in range(2):
        index = index_of(deck)
        assert [row.name for row in index.terms()] == ["b"]
        assert index.question("d:a/q") is None
        assert index.question("d:b/q") is not None
        assert any(path.name in str(problem) for problem in index.problems())
        assert re.search(told, index.why_aside("d:a/q"))
        assert index.why_aside("d:a/q").startswith(str(path))
    deck.card("a", questions=["q"])
    index = index_of(deck)
    assert index.question("d:a/q") is not None
    assert index.problems() == []


def test_a_question_with_an_error_is_set_aside_alone_and_with_its_own_line(
    deck: Cards, index_of: IndexOf
) -> None:
    good = "### recall: good\nWhat?\n---\nThis.\n- [ ] this\n\n"
    path = deck.write(
        "content/a.md",
        f"---\ntitle: a\ntopic: t\n---\n\nA.\n\n## Questions\n\n{good}### choice: bad\nWhich?\n- [ ] this\n",
    )
    index = index_of(deck)
    assert index.questions_of("d:a") == ["d:a/good"]
    assert index.why_aside("d:a/bad").startswith(f"{path}:1")
    assert index.why_aside("d:a/other").startswith(str(path))


def test_why_a_question_is_in_no_card(deck: Cards, index_of: IndexOf) -> None:
    path = deck.card("a")
    index = index_of(deck)
    assert index.why_aside("d:a/gone") == f"{path} has no question `gone` now"
    assert index.why_aside("d:b/x") == f"{path.with_name('b.md')} is missing"
    assert index.why_aside("e:a/a") == "no deck in use has the id `e`; once one has, its answers count again"


def test_names_that_no_card_may_have_are_problems_and_no_terms(deck: Cards, index_of: IndexOf) -> None:
    deck.card("a")
    deck.card("Not Kebab")
    deck.write("content/README.md", "# how to write a card\n")
    deck.write("content/.hidden.md", "x")
    deck.write("content/a.md~", "x")
    (deck.root / "content" / "folder.md").mkdir()
    (deck.root / "content" / "nowhere.md").symlink_to(deck.root / "missing")
    index = index_of(deck)
    assert [row.name for row in index.terms()] == ["a"]
    assert {Path(problem.path).name for problem in index.problems()} == {
        "Not Kebab.md",
        "folder.md",
        "nowhere.md",
    }
    assert not index_of(deck).is_stale()


def test_a_deck_that_is_missing_or_broken_takes_no_other_down(
    new_deck: Callable[..., Cards], index_of: IndexOf
) -> None:
    good, bad, gone = (
        new_deck("good", deck="good"),
        new_deck("bad", deck="bad"),
        new_deck("gone", deck="gone"),
    )
    good.card("a")
    bad.card("a")
    bad.write("content/deck.toml", "id = ")
    shutil.rmtree(gone.root)
    index = index_of(good, bad, gone)
    assert [row.id for row in index.terms()] == ["good:a"]
    assert {Path(problem.path).parent.parent.name for problem in index.problems()} == {"bad", "gone"}
    bad.write("content/deck.toml", 'id = "bad"\ntitle = "mended"\n')
    assert [row.id for row in index_of(good, bad, gone).terms()] == ["good:a", "bad:a"]


def test_two_decks_with_one_id_are_an_error_and_the_first_counts(
    new_deck: Callable[..., Cards], index_of: IndexOf
) -> None:
    first, second = new_deck("one", deck="same"), new_deck("two", deck="same")
    first.card("a", title="first")
    second.card("a", title="second")
    second.card("b")
    index = index_of(first, second)
    assert [row.title for row in index.terms()] == ["first"]
    (problem,) = index.problems()
    assert problem.severity == "error"
    assert problem.path == str(second.root / "content" / "deck.toml")
    assert str(first.root) in problem.message


TERMS = [f"t{i}" for i in range(6)]
edits = st.tuples(
    st.sampled_from(TERMS),
    st.sampled_from(["write", "write", "write", "break", "remove", "demo"]),
    st.integers(0, 10**6),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.lists(edits, min_size=1, max_size=4), min_size=1, max_size=4))
def test_an_index_that_was_mended_is_the_index_made_anew(
    new_deck: Callable[..., Cards], tmp_path: Path, steps: list[list[tuple[str, str, int]]]
) -> None:
    for folder in ("deck", "kept", "thrown-away"):
        shutil.rmtree(tmp_path / folder, ignore_errors=True)
    deck = new_deck(more='[planned]\nt5 = "the fifth"\n')
    for step in steps:
        for term, what, seed in step:
            edit(deck, term, what, random.Random(seed))
        kept = open_index([deck.root], tmp_path / "kept")
        anew = open_index([deck.root], tmp_path / "thrown-away", rebuild=True)
        assert everything(kept) == everything(anew)
        kept.close()
        anew.close()


def edit(deck: Cards, term: str, what: str, rng: random.Random) -> None:
    if what == "break":
        deck.write(f"content/{term}.md", rng.choice(["", "nothing", "---\ntitle: x\n---\n"]))
    elif what == "remove":
        (deck.root / "content" / f"{term}.md").unlink(missing_ok=True)
    elif what == "demo":
        deck.write(
            f"demos/{term}.py", rng.choice(['"""A demo."""\nTERMS = ["t1"]\n', "broken", '"""B."""\n'])
        )
    else:
        deck.card(
            term,
            title=rng.choice([term, "kappa", "Kappa lambda", "mu"]),
            needs=rng.sample(TERMS, rng.randint(0, 2)),
            contrast=rng.sample(TERMS, rng.randint(0, 2)),
            aliases=rng.sample(["lambda", "mu nu", "nu"], rng.randint(0, 2)),
            topic=rng.choice(["one", "two"]),
            definition=rng.choice(["Lambda and mu.", "A thing."]),
            questions=rng.sample(["a", "b", "c (was: d)", "e (was: t1/a)"], rng.randint(0, 4)),
            demo=rng.choice(["t1", "t2"]),
        )
