"""What an index says of the cards that it was made from."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mlterms.base.errors import CallError, FileError
from mlterms.base.text import find_unsafe
from mlterms.glossary.parse import parse_card
from mlterms.store.index.reader import Index, Link
from mlterms.store.index.search import find_term, resolve

Cards = Any
IndexOf = Callable[..., Index]


def test_a_card_comes_out_of_the_index_as_the_parser_reads_it(deck: Cards, index_of: IndexOf) -> None:
    deck.card("gradient")
    path = deck.card(
        "learning-rate",
        title="learning rate",
        needs=["gradient"],
        contrast=["gradient"],
        aliases=["step size", "η"],
        demo="slope",
        definition="How far a step goes: η.",
        text="Small steps, *many* steps.",
        questions=["one", "two (was: zwei)"],
    )
    read = parse_card(str(path), path.read_bytes(), term_id="learning-rate").term
    index = index_of(deck)
    assert index.term("d:learning-rate") == read
    assert read is not None
    found = index.question("d:learning-rate/two")
    assert found is not None
    row, question = found
    assert question == read.questions[1]
    assert row == ("d:learning-rate", "learning-rate", "d", "learning rate", "basics", 1, 2, "slope")
    assert index.questions_of("d:learning-rate") == ["d:learning-rate/one", "d:learning-rate/two"]


def test_terms_stand_in_study_order_over_all_decks(new_deck: Callable[..., Cards], index_of: IndexOf) -> None:
    first, second = new_deck("one", deck="one"), new_deck("two", deck="two")
    first.card("a", needs=["z"])
    first.card("z")
    first.card("b", needs=["a"])
    second.card("a")
    rows = index_of(first, second).terms()
    assert [row.id for row in rows] == ["one:z", "one:a", "one:b", "two:a"]
    assert [row.position for row in rows] == [0, 1, 2, 3]


def test_a_bare_id_is_of_the_first_deck_that_has_it(
    new_deck: Callable[..., Cards], index_of: IndexOf
) -> None:
    first, second = new_deck("one", deck="one"), new_deck("two", deck="two")
    first.card("a", title="first a")
    second.card("a", title="second a")
    second.card("b")
    index = index_of(first, second)
    assert index.term("a").title == "first a"
    assert index.term("two:a").title == "second a"
    assert index.term("b").title == "b"


def test_a_term_without_a_card_raises_an_error_to_be_read(deck: Cards, index_of: IndexOf) -> None:
    index = index_of(deck)
    with pytest.raises(CallError, match="no term 'nothing'"):
        index.term("nothing")
    assert index.row("nothing") is None
    assert index.question("d:nothing/a") is None
    assert index.questions_of("nothing") == []


def test_a_card_that_cannot_be_read_is_reported_once_and_where_it_is_asked_for(
    deck: Cards, index_of: IndexOf
) -> None:
    deck.card("weight-decay")
    deck.card("bias", needs=["weight"], contrast=["weight"])
    path = deck.write("content/weight.md", "---\ntitle: weight\n---\n\nA price per unit.\n")
    index = index_of(deck)
    assert {problem.path for problem in index.problems()} == {str(path)}
    for name in ("weight", "d:weight"):
        with pytest.raises(FileError, match=r"weight\.md:\d+: .*`topic`"):
            find_term(index, name)
    assert find_term(index, "weight-d") == "d:weight-decay"


def test_what_a_files_name_could_do_to_a_terminal_is_taken_out_of_the_problems(
    deck: Cards, index_of: IndexOf
) -> None:
    deck.write("content/a\x1b[31mb.md", "")
    (problem,) = index_of(deck).problems()
    assert find_unsafe(str(problem)) is None
    assert "a\ufffd[31mb.md" in problem.path


def test_the_neighbours_of_a_term_have_their_titles_with_or_without_a_card(
    new_deck: Callable[..., Cards], index_of: IndexOf
) -> None:
    deck = new_deck(more='[planned]\nmomentum = "Momentum"\n')
    deck.card("gradient", title="Gradient", contrast=["momentum"])
    deck.card("sgd", title="SGD", needs=["gradient", "momentum", "unheard-of"])
    deck.card("adam", title="Adam", needs=["gradient", "sgd"])
    index = index_of(deck)
    assert index.needs("d:sgd") == [
        Link("d:gradient", "Gradient", True),
        Link("d:momentum", "Momentum", False),
        Link("d:unheard-of", "unheard-of", False),
    ]
    assert index.opens("gradient") == [Link("d:sgd", "SGD", True), Link("d:adam", "Adam", True)]
    assert index.contrast("gradient") == [Link("d:momentum", "Momentum", False)]
    assert index.opens("adam") == []


def test_needs_that_run_in_a_circle_are_told_and_lock_nobody_out(deck: Cards, index_of: IndexOf) -> None:
    deck.card("a", needs=["b"])
    deck.card("b", needs=["a"])
    index = index_of(deck)
    assert [row.id for row in index.terms()] == ["d:a", "d:b"]
    assert index.prerequisites() == [(0, 1)]
    assert any("need" in problem.message for problem in index.problems())


def test_topics_come_as_the_deck_names_them_and_empty_ones_are_left_out(
    new_deck: Callable[..., Cards], index_of: IndexOf
) -> None:
    deck = new_deck(more='[topics]\nloss = "The loss"\nempty = "Nothing"\ndata = "The data"\n')
    deck.card("a", topic="data")
    deck.card("b", topic="loss")
    deck.card("c", topic="data")
    deck.card("e", topic="elsewhere")
    assert [(topic.id, topic.title, topic.terms) for topic in index_of(deck).topics()] == [
        ("loss", "The loss", 1),
        ("data", "The data", 2),
        ("elsewhere", "elsewhere", 1),
    ]


def test_demos_come_in_the_study_order_of_their_terms(deck: Cards, index_of: IndexOf) -> None:
    deck.card("slope")
    deck.card("bowl", needs=["slope"])
    for name, terms in (("a_bowl", ["bowl"]), ("b_hill", ["hill"]), ("c_slope", ["hill", "slope"])):
        deck.write(f"demos/{name}.py", f'"""{name}: look."""\nTERMS = {terms!r}\n')
    assert [demo.name for demo in index_of(deck).demos()] == ["c-slope", "a-bowl", "b-hill"]


def test_demos_are_told_by_their_text_and_not_run(deck: Cards, index_of: IndexOf, tmp_path: Path) -> None:
    trap = tmp_path / "was-run"
    deck.write(
        "demos/two_steps.py",
        f'"""Two steps: watch."""\nopen({str(trap)!r}, "w")\nTERMS = ["step"]\nPREDICTIONS = ["step/why"]\n',
    )
    deck.write("demos/broken.py", "def (")
    index = index_of(deck)
    (demo,) = index.demos()
    assert demo[:2] == ("two-steps", "Two steps: watch")
    assert demo.terms == ("step",)
    assert demo.predictions == ("step/why",)
    assert [Path(problem.path).name for problem in index.problems()] == ["broken.py"]
    assert not trap.exists()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("batch-size", "batch-size"),
        ("d:batch-size", "batch-size"),
        ("Batch Size", "batch-size"),
        ("  batch   size ", "batch-size"),
        ("BATCH_SIZE", "batch-size"),
        ("minibatch size", "batch-size"),
        ("batch sizes", "batch-size"),
        ("weights", "weight"),
        ("coefficient", "weight"),  # a notion that its card explains
        ("coefficients", "weight"),
        ("example", "example"),
        ("sample", "example"),
        ("gradient", "gradient"),  # the whole title, though another title begins so
        ("gradient d", "gradient-descent"),
        ("épo", "epoch"),
        ("batc", "batch-size"),
    ],
)
def test_a_term_is_found_by_id_title_other_name_and_beginning(
    deck: Cards, index_of: IndexOf, typed: str, meant: str
) -> None:
    write_some(deck)
    index = index_of(deck)
    assert resolve(index, typed).id == f"d:{meant}"
    assert find_term(index, typed) == f"d:{meant}"


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [
        ("grad", ["gradient", "gradient descent"]),  # two begin so
        ("epok", ["epoch"]),
        ("epoc h", ["epoch"]),
        ("eopch", ["epoch"]),
        ("wieght", ["weight"]),
        ("gradeint", ["gradient"]),
        ("twin", ["batch size", "epoch"]),  # another name of two terms
        ("xyzzy", []),
        ("", []),
        ("\0\ud800", []),
    ],
)
def test_what_cannot_be_told_apart_is_refused_with_what_is_nearest(
    deck: Cards, index_of: IndexOf, typed: str, nearest: list[str]
) -> None:
    write_some(deck)
    index = index_of(deck)
    found = resolve(index, typed)
    assert found.id is None
    assert [row.title for row in found.nearest] == nearest
    with pytest.raises(CallError, match=r"no term is called|several terms are|the term is empty") as refused:
        find_term(index, typed)
    assert all(title in str(refused.value) for title in nearest)


def test_a_name_that_several_terms_have_is_not_called_unknown(deck: Cards, index_of: IndexOf) -> None:
    write_some(deck)
    index = index_of(deck)
    with pytest.raises(CallError) as refused:
        find_term(index, "Twin")
    ids = [row.id for row in resolve(index, "twin").nearest]
    told = f"several terms are called 'Twin': batch size ({ids[0]}), epoch ({ids[1]}); use the id in brackets"
    assert str(refused.value) == told
    assert [find_term(index, each) for each in ids] == ids


def write_some(deck: Cards) -> None:
    deck.card("batch-size", title="batch size", aliases=["minibatch size", "twin"])
    deck.card("epoch", aliases=["twin"], needs=["batch-size"])
    deck.card("weight", explains=["coefficient", "minibatch size"])
    deck.card("example", title="example (sample)")
    deck.card("gradient")
    deck.card("gradient-descent", title="gradient descent", needs=["gradient"])
