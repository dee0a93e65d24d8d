"""Many files are read by several processes, and what comes of it is the same."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mlterms.store.index import parallel
from mlterms.store.index.reader import Index

Cards = Any
IndexOf = Callable[..., Index]


@pytest.fixture
def by_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three files are enough for two processes, and three processors are there."""
    monkeypatch.setattr(parallel, "WORTH_A_PROCESS", 3)
    monkeypatch.setattr(parallel, "_BATCH", 2)
    monkeypatch.setattr("os.cpu_count", lambda: 3)


def write(deck: Cards) -> None:
    for number in range(20):
        deck.card(f"t{number}", title=f"Term {number}", needs=[f"t{number - 1}"] if number else [])
    deck.write("content/broken.md", "no card")
    deck.write("content/empty.md", b"\xff")
    deck.write("demos/x.py", '"""X."""\nTERMS = ["t1"]\n')
    deck.write("demos/y.py", "def")


def everything(index: Index) -> list[Any]:
    tables = ("file", "term", "card", "question", "edge", "demo", "problem", "name", "meta")
    return [index.select(f"SELECT * FROM {table} ORDER BY 1, 2") for table in tables]


def test_several_processes_read_the_same_as_one(
    deck: Cards, index_of: IndexOf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, by_processes: None
) -> None:
    write(deck)
    together = everything(index_of(deck, cache=tmp_path / "one"))
    monkeypatch.setattr(parallel, "WORTH_A_PROCESS", 1000)
    assert everything(index_of(deck, cache=tmp_path / "two")) == together


@pytest.mark.parametrize("program", ["/bin/false", "/bin/cat", "/bin/true", "/nowhere/python", ""])
@pytest.mark.skipif(sys.platform == "win32", reason="these programs are POSIX's")
def test_where_no_process_can_be_had_this_one_reads(
    deck: Cards, index_of: IndexOf, monkeypatch: pytest.MonkeyPatch, by_processes: None, program: str
) -> None:
    write(deck)
    monkeypatch.setattr(sys, "executable", program)
    assert len(index_of(deck).terms()) == 20


def test_progress_says_how_far_it_is(deck: Cards, index_of: IndexOf, by_processes: None) -> None:
    write(deck)
    told: list[tuple[int, int]] = []
    index_of(deck, progress=lambda done, of: told.append((done, of))).close()
    assert told == sorted(told)
    assert told[-1] == (25, 25)
    assert len(told) > 5
    told.clear()
    index_of(deck, progress=lambda done, of: told.append((done, of)))
    assert told == []


@pytest.mark.parametrize(
    "text",
    [
        '"""T."""\nTERMS = {[]}\n',
        '"""T."""\nTERMS = [' + "(" * 300 + ")" * 300 + "]\n",
        '"""T."""\nTERMS = ["' + "\\N{BULLET}" * 10 + '"]\n',
        "\x00",
        '"""T."""\nTERMS = ["\\ud800"]\n',
    ],
)
def test_a_broken_demo_takes_nothing_else_down(deck: Cards, index_of: IndexOf, text: str) -> None:
    deck.card("a")
    deck.write("demos/bad.py", text)
    deck.write("demos/good.py", '"""G."""\nTERMS = ["a"]\n')
    index = index_of(deck)
    assert [row.name for row in index.terms()] == ["a"]
    assert "good" in {demo.name for demo in index.demos()}


def test_any_fault_of_our_own_with_one_file_is_a_problem_of_that_file(
    deck: Cards, index_of: IndexOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bug in the reading of cards, as a stranger's card may meet one."""
    from mlterms.store.index import contents

    def read_card(path: Path, root: Path) -> Any:
        if path.stem == "b":
            raise RecursionError("too deep \x1b[31m")
        return real(path, root)

    real = contents.read_card
    monkeypatch.setattr(contents, "read_card", read_card)
    deck.card("a")
    deck.card("b")
    index = index_of(deck)
    assert [row.name for row in index.terms()] == ["a"]
    (problem,) = index.problems()
    assert problem.path == str(deck.root / "content" / "b.md")
    assert "RecursionError" in problem.message
    assert "\x1b" not in problem.message


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a name is always UTF-8")
def test_a_deck_in_a_folder_whose_name_is_not_utf8(
    deck_in: Callable[[Path], Cards], index_of: IndexOf, tmp_path: Path
) -> None:
    deck = deck_in(tmp_path / "caf\udce9")
    deck.card("a")
    deck.write("content/b.md", "broken")
    deck.write("demos/x.py", '"""X."""\nTERMS = ["a"]\n')
    cache = tmp_path / "cache\udce9"
    for _ in range(2):
        index = index_of(deck, cache=cache)
        assert index.term("a").path == str(deck.root / "content" / "a.md")
        assert [demo.path for demo in index.demos()] == [str(deck.root / "demos" / "x.py")]
        assert [problem.path for problem in index.problems()] == [str(deck.root / "content" / "b.md")]
        assert "\udce9" not in index.why_aside("d:gone/q")
        assert "\udce9" not in index.why_aside("d:b/q")


def test_an_index_holds_no_folder_so_that_a_deck_can_be_anywhere(deck: Cards, index_of: IndexOf) -> None:
    write(deck)
    index_of(deck)
    (path,) = (deck.root.parent / "cache").glob("index-*.db")
    connection = sqlite3.connect(path)
    dump = "\n".join(line for line in connection.iterdump() if "identity" not in line)
    connection.close()
    assert str(deck.root) not in dump
