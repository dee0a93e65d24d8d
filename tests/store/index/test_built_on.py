"""What an index knows of other decks' terms, of misconceptions, and of demos that are only planned."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mlterms.store.index.reader import Index

CHOICE = """### choice: {slug}
Which?
- [ ] no — because {{#{misconception}}}
- [x] yes
"""
PREDICTION = """### predict: end
Which?
```yaml
demo: bowl
runs: {one: {until: {updates: 1}}}
options:
  - {text: "yes", when: one.loss < 1}
  - {text: "no", when: otherwise}
explain: "so"
```
"""
DEMO = '"""Bowl: a bowl.\n\nIt is seen."""\nTERMS = ["bowl"]\nPREDICTIONS = []\n'


def with_questions(path: Path, questions: str) -> None:
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text.partition('## Questions')[0]}## Questions\n\n{questions}", encoding="utf-8")


def test_a_deck_can_build_on_the_terms_of_another(
    new_deck: Callable[..., Any], index_of: Callable[..., Index]
) -> None:
    first, second = new_deck("1", deck="first"), new_deck("2", deck="second")
    first.card("gradient")
    second.card("descent", needs=["first:gradient"])
    read = index_of(first, second)
    assert [link.id for link in read.needs("second:descent")] == ["first:gradient"]
    assert [link.id for link in read.opens("first:gradient")] == ["second:descent"]
    assert read.problems() == []


@pytest.mark.parametrize(
    ("need", "severity", "words"),
    [
        ("first:gradeint", "error", "did you mean `first:gradient`?"),
        ("third:gradient", "warning", "there is no deck `third` here"),
        ("second:descent", "error", "write `descent`"),
    ],
)
def test_a_need_of_another_deck_that_is_not_there_is_said(
    new_deck: Callable[..., Any], index_of: Callable[..., Index], need: str, severity: str, words: str
) -> None:
    first, second = new_deck("1", deck="first"), new_deck("2", deck="second")
    first.card("gradient")
    path = second.card("descent", needs=[need])
    (problem,) = index_of(first, second).problems()
    assert (problem.path, problem.line, problem.severity) == (str(path), 4, severity)
    assert words in problem.message


def test_the_questions_that_betray_one_misconception_are_known(
    new_deck: Callable[..., Any], index_of: Callable[..., Index]
) -> None:
    belief = "An epoch is one update."
    cards = new_deck(deck="first", more=f'[misconceptions]\nepoch-is-update = "{belief}"\n')
    for term, slugs in (("b", ["one", "two"]), ("a", ["three"])):
        questions = "\n".join(CHOICE.format(slug=slug, misconception="epoch-is-update") for slug in slugs)
        with_questions(cards.card(term), questions + "\n" + CHOICE.format(slug="other", misconception="else"))
    read = index_of(cards)
    assert read.questions_about("first:epoch-is-update") == ["first:a/three", "first:b/one", "first:b/two"]
    assert read.questions_about("first:nothing") == []
    assert read.misconception("first:epoch-is-update") == belief
    assert read.misconception("first:and-so-on") == read.misconception("gone:and-so-on") == "and so on"


def test_a_prediction_about_a_planned_demo_is_asked_once_the_demo_is_written(
    new_deck: Callable[..., Any], index_of: Callable[..., Index]
) -> None:
    cards = new_deck(deck="first", more='planned_demos = ["bowl"]\n')
    with_questions(cards.card("bowl", demo="bowl"), PREDICTION)
    before = index_of(cards)
    assert before.problems() == []
    assert (before.question_ids(), before.term("first:bowl").demo) == (set(), "")
    cards.write("demos/bowl.py", DEMO)
    after = index_of(cards)
    assert (after.question_ids(), after.term("first:bowl").demo) == ({"first:bowl/end"}, "bowl")
