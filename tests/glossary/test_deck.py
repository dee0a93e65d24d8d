"""Reading a deck: which files count, what stays when one is broken, and what is wrong across files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from mlterms.glossary.deck import (
    LoadedDeck,
    card_paths,
    deck_problems,
    read_card,
    read_deck,
    read_deck_file,
)
from mlterms.glossary.deck_problems import MOST, find_renames
from mlterms.glossary.graph import study_order
from mlterms.glossary.problems import Problem
from mlterms.glossary.types import Term

DECK = 'id = "mine"\ntitle = "Mine"\norder = ["b"]\n\n[topics]\nmaths = "Maths"\n\n[planned]\nsum = "sum"\n'
ASKED = "\n## Questions\n### cloze: gap\nA {{b}}.\n---\nSo.\n"


def card(more: str = "", below: str = "", topic: str = "maths") -> str:
    return f"---\ntitle: x\ntopic: {topic}\n{more}---\nA definition.\n{below}"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "deck"
    (folder / "content").mkdir(parents=True)
    write(folder, {"deck.toml": DECK, "a.md": card(), "b.md": card("needs: [a, sum]\n")})
    return folder


def write(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (root / "content" / name).write_text(text, encoding="utf-8")


def told(loaded: LoadedDeck) -> list[tuple[str, int, str]]:
    return [(Path(problem.path).name, problem.line, problem.severity) for problem in loaded.problems]


def messages(loaded: LoadedDeck) -> str:
    return "\n".join(map(str, loaded.problems))


def test_a_deck_is_its_toml_and_its_cards(root: Path) -> None:
    loaded = read_deck(root)
    assert loaded.problems == ()
    assert loaded.deck is not None
    assert (loaded.deck.id, loaded.deck.title, loaded.deck.root) == ("mine", "Mine", str(root))
    assert loaded.deck.order == ("b",)
    assert loaded.deck.topics == {"maths": "Maths"}
    assert loaded.deck.planned == {"sum": "sum"}
    assert list(loaded.terms) == ["a", "b"]
    assert loaded.terms["b"].needs == ("a", "sum")
    assert loaded.terms["b"].path == str(root / "content" / "b.md")


def test_what_editors_leave_behind_is_no_card(root: Path) -> None:
    names = [
        ".#a.md",
        "a.md~",
        ".a.md.swp",
        "#a.md#",
        "README.md",
        "notes.txt",
        ".hidden.md",
        "~a.md",
        "a.md.1~",
    ]
    write(root, dict.fromkeys(names, "no card"))
    (root / "content" / ".#b.md").symlink_to("nobody@nowhere.1234")
    assert [path.name for path in card_paths(root)] == ["a.md", "b.md"]
    assert read_deck(root).problems == ()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Learning Rate.md", "write `learning-rate`"),
        ("learning_rate.md", "write `learning-rate`"),
        ("x.MD", "name this file `x.md`"),
        ("x.markdown", "name this file `x.md`"),
    ],
)
def test_a_card_under_a_name_that_is_no_id_is_reported(root: Path, name: str, words: str) -> None:
    write(root, {name: card()})
    loaded = read_deck(root)
    assert told(loaded) == [(name, 0, "error")]
    assert words in messages(loaded)
    assert list(loaded.terms) == ["a", "b"]


@pytest.mark.parametrize("text", ["", "no card", card().replace("title: x\n", ""), "\0" * 100])
def test_one_broken_file_takes_no_other_down(root: Path, text: str) -> None:
    write(root, {"a.md": text})
    loaded = read_deck(root)
    assert list(loaded.terms) == ["b"]
    assert told(loaded)[0][0] == "a.md"


def test_a_hundred_megabytes_are_refused_by_their_size(root: Path) -> None:
    with (root / "content" / "a.md").open("wb") as file:
        file.truncate(100_000_000)
    loaded = read_deck(root)
    assert "100,000,000 bytes, at most 262,144" in messages(loaded)
    assert list(loaded.terms) == ["b"]


def test_links_are_followed_inside_the_deck_only(root: Path) -> None:
    outside = root.parent / "outside.md"
    outside.write_text(card(), encoding="utf-8")
    content = root / "content"
    (content / "out.md").symlink_to(outside)
    (content / "up.md").symlink_to("../../outside.md")
    (content / "gone.md").symlink_to("nowhere.md")
    (content / "round.md").symlink_to("round.md")
    (content / "in.md").symlink_to("a.md")
    loaded = read_deck(root)
    assert list(loaded.terms) == ["a", "b", "in"]
    assert {name for name, _, _ in told(loaded)} == {"out.md", "up.md", "gone.md", "round.md"}
    assert messages(loaded).count("leads outside of the deck") == 2


def test_a_content_folder_that_leads_outside_is_not_followed(root: Path) -> None:
    other = root.parent / "other"
    other.mkdir()
    (other / "content").symlink_to(root / "content")
    assert read_deck(other).deck is None
    assert read_deck(other).terms == {}


def test_a_deck_that_is_reached_by_a_link_is_read(root: Path) -> None:
    link = root.parent / "link"
    link.symlink_to(root)
    assert list(read_deck(link).terms) == ["a", "b"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_what_is_no_file_is_not_waited_for(root: Path) -> None:
    os.mkfifo(root / "content" / "pipe.md")
    (root / "content" / "folder.md").mkdir()
    loaded = read_deck(root)
    assert list(loaded.terms) == ["a", "b"]
    assert messages(loaded).count("this is not a file") == 2


@pytest.mark.skipif(getattr(os, "geteuid", int)() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_reported(root: Path) -> None:
    (root / "content" / "a.md").chmod(0)
    assert "cannot be read (Permission denied)" in messages(read_deck(root))


TOML = {
    "no id": (DECK.replace('id = "mine"\n', ""), 1, "`id` is missing: write `id = "),
    "no title": (DECK.replace('title = "Mine"', ""), 1, "`title` is missing: write `title = "),
    "id not in kebab-case": (DECK.replace('"mine"', '"My Deck"'), 1, "write `my-deck`"),
    "number for a title": (DECK.replace('"Mine"', "3"), 2, "is text on one line"),
    "unknown key": (DECK.replace("order", "oder"), 3, "did you mean `order`?"),
    "order that is text": (DECK.replace('["b"]', '"b"'), 3, "is a list"),
    "topic that is no id": (DECK.replace("maths =", "Maths ="), 6, "write `maths`"),
    "topics without titles": (DECK.replace('"Maths"', "[]"), 6, "is text on one line"),
    "not TOML": (DECK.replace('"Mine"', "Mine"), 2, "not TOML"),
    "key twice": (DECK + 'sum = "s"\n', 10, "not TOML"),
    "open string": ('id = "x\n', 1, "not TOML"),
    "escape sequence": (DECK.replace('"Mine"', '"\\u001b[2J"'), 2, "U+001B"),
    "not UTF-8": (None, 1, "not UTF-8"),
    "number without end": (DECK.replace('"Mine"', "9" * 5_000), 9, "not TOML"),
    "nested without end": (DECK.replace('"Mine"', "[" * 200_000), 9, "not TOML"),
    "keys without end": (DECK + "a" + ".a" * 100_000 + " = 1", 10, "dotted too often"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "line", "words"), TOML.values(), ids=TOML)
def test_a_broken_deck_file_is_reported_with_its_line(
    root: Path, text: str | None, line: int, words: str
) -> None:
    (root / "content" / "deck.toml").write_bytes(b"\xff" if text is None else text.encode())
    deck, problems = read_deck_file(root)
    assert deck is None
    assert (Path(problems[0].path).name, problems[0].line) == ("deck.toml", line)
    assert words in problems[0].message
    assert list(read_deck(root).terms) == ["a", "b"]


def test_the_error_for_a_folder_without_a_deck_says_what_to_write(tmp_path: Path) -> None:
    loaded = read_deck(tmp_path / "nowhere")
    assert loaded.deck is None
    assert loaded.terms == {}
    assert 'id = "my-deck"' in messages(loaded)


ACROSS = {
    "unknown need": (
        {"b.md": card("needs:\n  - a\n  - summ\n")}, [("b.md", 6, "error")], "did you mean `sum`?",
    ),
    "circle": ({"a.md": card("aliases: [b]\nneeds: [b]\n")}, [("a.md", 5, "error")], "`a` → `b` → `a`"),
    "one-way contrast": (
        {"a.md": card("contrast: [b]\n"), "b.md": card("needs: [a]\ncontrast: [sum]\n")},
        [("b.md", 5, "warning")],
        "add it to `contrast` here too",
    ),
    "unknown topic": ({"a.md": card(topic="math")}, [("a.md", 3, "error")], "did you mean `maths`?"),
    "order without a card": (
        {"deck.toml": DECK.replace('["b"]', '[\n  "b",\n  "c",\n]')},
        [("deck.toml", 5, "warning")],
        "`c`, which has no card",
    ),
    "old id still in use": ({"a.md": card("was: [b]\n")}, [("a.md", 4, "error")], "still a term"),
    "old id claimed twice": (
        {"a.md": card("was: [old]\n"), "b.md": card("needs: [a]\nwas:\n- old\n")},
        [("b.md", 6, "error")],
        "claimed by `a` already",
    ),
    "old slug still in use": (
        {"a.md": card(below=ASKED + "### cloze: new (was: gap)\nA {{b}}.\n---\nSo.\n")},
        [("a.md", 12, "error")],
        "still the id of a question",
    ),
    "old slug claimed twice": (
        {
            "a.md": card(below=ASKED.replace("gap", "x (was: b/y)")),
            "b.md": card("needs: [a]\n", ASKED.replace("gap", "z (was: y)")),
        },
        [("b.md", 9, "error")],
        "claimed by `a/x` already",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("files", "where", "words"), ACROSS.values(), ids=ACROSS)
def test_an_error_across_files_is_reported_with_its_place(
    root: Path, files: dict[str, str], where: list[tuple[str, int, str]], words: str
) -> None:
    write(root, files)
    loaded = read_deck(root)
    assert told(loaded) == where
    assert words in messages(loaded)
    assert set(loaded.terms) == {"a", "b"}


def test_demos_are_checked_where_they_are_known(root: Path) -> None:
    predict = (
        "\n## Questions\n### predict: p\nWhich?\n```yaml\ndemo: walk\nruns: {a: {until: {updates: 1}}}\n"
        "options: [{text: y, when: a.x < 1}, {text: n, when: otherwise}]\nexplain: so\n```\n"
    )
    write(root, {"a.md": card("demo: wlak\n", predict)})
    assert read_deck(root).problems == ()
    loaded = read_deck(root, demos=["walk"])
    assert told(loaded) == [("a.md", 4, "error")]
    assert "did you mean `walk`?" in messages(loaded)
    assert [line for _, line, _ in told(read_deck(root, demos=[]))] == [4, 9]


def test_the_parts_give_what_the_whole_gives(root: Path) -> None:
    write(root, {"a.md": card("contrast: [b]\n")})
    deck, problems = read_deck_file(root)
    assert deck is not None
    terms = {path.stem: read_card(path, root).term for path in card_paths(root)}
    present = {key: term for key, term in terms.items() if term}
    loaded = read_deck(root)
    assert (deck, present) == (loaded.deck, loaded.terms)
    assert problems + deck_problems(deck, present) == loaded.problems


def test_what_is_wrong_with_a_card_that_is_gone_is_still_told(root: Path) -> None:
    loaded = read_deck(root)
    (root / "content" / "b.md").unlink()
    assert loaded.deck is not None
    terms = {"b": loaded.terms["b"]}
    assert [(problem.line, problem.severity) for problem in deck_problems(loaded.deck, terms)] == [
        (1, "error")
    ]


def test_a_card_that_cannot_be_read_is_not_told_again_where_it_is_named(root: Path) -> None:
    write(root, {"a.md": card("needs: [c]\ncontrast: [c]\n"), "c.md": "no card"})
    loaded = read_deck(root)
    assert {Path(problem.path).name for problem in loaded.problems} == {"c.md"}


def test_renames_follow_questions_and_terms(root: Path) -> None:
    write(
        root,
        {
            "a.md": card("was: [old, older]\n", ASKED.replace("gap", "gap (was: hole, b/moved)")),
            "b.md": card("needs: [a]\n", ASKED),
        },
    )
    renames, problems = find_renames(read_deck(root).terms)
    assert problems == []
    assert renames == {
        "a/hole": "a/gap",
        "b/moved": "a/gap",
        "old/gap": "a/gap",
        "old/hole": "a/gap",
        "older/gap": "a/gap",
        "older/hole": "a/gap",
    }


def test_a_question_that_names_its_old_id_itself_comes_before_its_term(root: Path) -> None:
    two = ASKED.replace("gap", "first (was: old/gap)") + "### cloze: gap\nA {{b}}.\n---\nSo.\n"
    write(root, {"a.md": card("was: [old]\n", two)})
    renames, problems = find_renames(read_deck(root).terms)
    assert problems == []
    assert renames == {"old/gap": "a/first", "old/first": "a/first"}


def test_a_claim_that_is_an_error_renames_nothing(root: Path) -> None:
    write(root, {"a.md": card(below=ASKED.replace("gap", "gap (was: b/gap)")), "b.md": card(below=ASKED)})
    assert find_renames(read_deck(root).terms)[0] == {}


def test_cards_full_of_names_that_lead_nowhere_take_no_long_time_and_few_lines(root: Path) -> None:
    names = ", ".join(f"nothing-{i}" for i in range(50))
    files = {f"t{i}.md": card(f"needs: [{names}]\ncontrast: [{names}]\n") for i in range(100)}
    write(root, files)
    problems = read_deck(root).problems
    assert len(problems) == MOST + 1
    assert any(f"more than {MOST:,} names" in problem.message for problem in problems)


def test_many_circles_still_have_an_order() -> None:
    pairs = {f"{side}{i}": ("b" if side == "a" else "a") + str(i) for i in range(300) for side in "ab"}
    terms = {name: Term(name, name, "x", "X.", needs=(need,)) for name, need in pairs.items()}
    assert sorted(study_order(terms)) == sorted(terms)


def test_a_problem_is_one_line_though_the_name_of_the_file_holds_a_line_break() -> None:
    assert str(Problem("a\nb\r.md", 2, "write a title")) == "a b .md:2: write a title"
