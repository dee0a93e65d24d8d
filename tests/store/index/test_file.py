"""The file of an index: thrown away when it is not what it should be, shared by processes, done without."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import mlterms
from mlterms.store.index.reader import Index
from mlterms.store.index.sources import FORMAT

Cards = Any
IndexOf = Callable[..., Index]

OPEN = """
import sys
from pathlib import Path
from mlterms.store.index.reader import open_index
index = open_index([Path(sys.argv[1])], Path(sys.argv[2]))
print(index.stamp, len(index.terms()))
"""


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def the_file(cache: Path) -> Path:
    (path,) = cache.glob("index-*.db")
    return path


def nothing(path: Path) -> None:
    path.write_bytes(b"")


def text(path: Path) -> None:
    path.write_text("this is no database\n" * 1000)


def half(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def zeros_inside(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[:4096] + bytes(len(content) - 4096))


def garbled_tables(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"CREATE TABLE meta", b"\xa5\xa5\xa5\xa5\xa5\xa5 TABLE meta"))


def garbled_card(path: Path) -> None:
    assert b'"id":"a"' in path.read_bytes()
    path.write_bytes(path.read_bytes().replace(b'"id":"a"', b'"id":"\xa5"'))


def another_database(path: Path) -> None:
    path.unlink()
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE meta (key TEXT, value TEXT)")
    connection.close()


def another_index(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("UPDATE meta SET value = 'of other folders' WHERE key = 'identity'")
    connection.commit()
    connection.close()


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize(
    "damage",
    [
        *(nothing, text, half, zeros_inside, garbled_tables, garbled_card),
        *(another_database, another_index, a_folder),
    ],
)
def test_what_is_no_index_of_these_cards_is_thrown_away(
    deck: Cards, index_of: IndexOf, cache: Path, damage: Callable[[Path], None]
) -> None:
    deck.card("a")
    index_of(deck).close()
    damage(the_file(cache))
    for _ in range(2):
        index = index_of(deck)
        assert [row.id for row in index.terms()] == ["d:a"]
        assert index.term("a").title == "a"


def test_an_index_that_is_damaged_while_it_is_open_is_made_anew(
    deck: Cards, index_of: IndexOf, cache: Path
) -> None:
    for number in range(300):
        deck.card(f"term-{number}", definition="Something else. " * 20)
    index_of(deck).close()
    index = index_of(deck)
    with the_file(cache).open("r+b") as file:  # in its place, under the open connection
        file.seek(8192)
        file.write(os.urandom(the_file(cache).stat().st_size - 8192))
    assert len(index.terms()) == 300
    assert index.term("term-7").title == "term-7"


@pytest.mark.parametrize("kind", ["a file in its place", "no right to write"])
def test_without_a_cache_folder_the_index_is_in_memory(
    deck: Cards, index_of: IndexOf, tmp_path: Path, kind: str
) -> None:
    deck.card("a", definition="Momentum.")
    cache = tmp_path / "no-cache"
    if kind == "a file in its place":
        cache.write_text("not a folder")
    else:
        cache.mkdir(mode=0o500)
        if os.access(cache, os.W_OK):
            pytest.skip("this user may write everywhere")
    index = index_of(deck, cache=cache)
    assert index.term("a").title == "a"
    assert not index.is_stale()
    deck.card("b")
    assert index.is_stale()
    assert len(index_of(deck, cache=cache).terms()) == 2


def test_processes_that_start_at_once_all_get_the_index(deck: Cards, cache: Path) -> None:
    for number in range(30):
        deck.card(f"term-{number}")
    command = [sys.executable, "-c", OPEN, str(deck.root), str(cache)]
    processes = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(4)
    ]
    told = [process.communicate(timeout=60) for process in processes]
    assert {error for _, error in told} == {""}
    assert len({out for out, _ in told}) == 1
    assert told[0][0].endswith(" 30\n")
    assert sorted(path.suffix for path in cache.iterdir()) == [".db", ".lock"]


def test_what_a_killed_process_left_is_no_hindrance(deck: Cards, index_of: IndexOf, cache: Path) -> None:
    deck.card("a")
    index_of(deck).close()
    path = the_file(cache)
    half_made = path.with_name(".mlterms-0123456789abcdef")
    half_made.write_bytes(path.read_bytes()[:5000])
    os.utime(half_made, (0, 0))
    deck.card("b")
    assert len(index_of(deck).terms()) == 2
    assert not half_made.exists()


def test_an_open_index_stays_as_it_was_when_another_takes_its_place(deck: Cards, index_of: IndexOf) -> None:
    deck.card("a", title="old")
    old = index_of(deck)
    deck.card("a", title="new")
    assert index_of(deck).term("a").title == "new"
    assert old.term("a").title == "old"
    assert old.is_stale()


def test_each_set_of_folders_has_an_index_of_its_own(
    new_deck: Callable[..., Cards], index_of: IndexOf, cache: Path
) -> None:
    one, two = new_deck("one", deck="one"), new_deck("two", deck="two")
    for index in (index_of(one), index_of(two), index_of(one, two), index_of(two, one)):
        index.close()
    assert len(list(cache.glob("index-*.db"))) == 4


def test_indexes_of_other_versions_go_after_a_month(deck: Cards, index_of: IndexOf, cache: Path) -> None:
    cache.mkdir()
    old, recent = cache / "index-1-0.0.1-12345678.db", cache / "index-1-0.0.2-12345678.db"
    ours, other = cache / f"index-{FORMAT}-{mlterms.__version__}-12345678.db", cache / "notes.db"
    for path in (old, recent, ours, other):
        path.write_text("")
        if path != recent:
            os.utime(path, (1_000_000_000, 1_000_000_000))
    deck.card("a")
    index_of(deck)
    assert not old.exists()
    assert recent.exists()
    assert ours.exists()
    assert other.exists()


def test_opening_a_fresh_index_imports_nothing_that_only_making_one_needs(deck: Cards, cache: Path) -> None:
    deck.card("a")
    deck.write("demos/x.py", '"""X."""\nTERMS = ["a"]\n')
    run(OPEN, deck.root, cache)
    told = run(
        OPEN
        + textwrap.dedent("""
            from mlterms.store.index.search import find_term, search
            search(index, "somthing", 5), index.question("d:a/a")
            index.problems(), index.demos(), index.topics(), find_term(index, "a")
            heavy = {"pydantic", "yaml", "numpy", "textual", "click", "tomllib", "hashlib"}
            parsers = {"glossary.parse", "glossary.deck", "demo", "store.index.build"}
            print(*sorted((heavy | {f"mlterms.{name}" for name in parsers}) & set(sys.modules)))
        """),
        deck.root,
        cache,
    )
    assert told.splitlines()[1] == ""


def run(program: str, *arguments: Path) -> str:
    command = [sys.executable, "-c", program, *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout
