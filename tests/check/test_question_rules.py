"""The rules for questions and their options: what each finds, and where."""

from __future__ import annotations

import pytest

from tests.check.conftest import CHOICE

RECALL = "### recall: {slug}\nWhat is {slug}?\n---\nIt.\n- [ ] it\n\n"


CLOZE = "### cloze: {slug}\nIt is {{{{{gap}}}}}.\n---\nYes.\n\n"


def test_the_first_question_is_easy_and_the_second_asks_for_the_definition(only):
    def found(*questions: str) -> list[str]:
        return only("first-questions", questions="## Questions\n\n" + "".join(questions))

    choice = CHOICE.format(slug="x", prompt="Which?", right="a", wrong="b", other="c") + "\n"
    assert found(choice, RECALL.format(slug="a")) == []
    assert found(CLOZE.format(slug="a", gap="x"), CLOZE.format(slug="b", gap="y")) == []
    assert "the first question is a recall" in found(RECALL.format(slug="a"), RECALL.format(slug="b"))[0]
    assert "the second question is a choice" in found(choice, choice.replace("choice: x", "choice: y"))[0]


def test_the_term_itself_is_a_gap(only):
    for gap, missing in (("half|Halving", False), ("a half", True)):
        told = only("term-gap", questions=f"## Questions\n\n{CLOZE.format(slug='a', gap=gap)}")
        assert bool(told) == missing


def test_another_answer_that_would_pass_for_a_slip_is_an_error(only):
    told = only("accepted", questions=f"## Questions\n\n{CLOZE.format(slug='a', gap='weight|weights')}")
    assert told == []
    two = "### cloze: a\nFrom {{ascents}} to {{ascends}}.\n---\nYes.\n"
    told = only("accepted", questions=f"## Questions\n\n{two}")
    assert told == [
        "5: `ascends` passes for a slip of `ascents`: accept it, or ask for another word",
        "5: `ascents` passes for a slip of `ascends`: accept it, or ask for another word",
    ]


def test_the_name_of_any_other_term_that_would_pass_for_a_slip_is_an_error(deck):
    deck.rules("accepted")
    deck.card(name="ascends", front="aliases: [climbing]")
    deck.card("### cloze: a\nOne {{ascents}} and {{climbin}}.\n---\nYes.\n")
    assert [problem.message for problem in deck.check().problems if problem.rule == "accepted"] == [
        "`ascends` passes for a slip of `ascents`: accept it, or ask for another word",
        "`climbing` passes for a slip of `climbin`: accept it, or ask for another word",
    ]


def test_reasons_are_given_to_all_options_or_none(only):
    choice = CHOICE.format(slug="x", prompt="Which?", right="a — so", wrong="b — so", other="c")
    (told,) = only("reasons", questions=f"## Questions\n\n{choice}")
    assert told == "5: 2 of 3 options have a reason: give one to all or none"
    choice = choice.replace("c\n", "c — so\n")
    assert only("reasons", questions=f"## Questions\n\n{choice}") == []


WORDS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]


def choices(right: str, wrong: str, first: bool = True) -> str:
    text = "## Questions\n\n"
    for word in WORDS:
        options = [f"- [x] {right} {word}", f"- [ ] {wrong} {word}", f"- [ ] other {word}"]
        order = options if first else options[1:] + options[:1]
        text += f"### choice: {word}\nWhat of {word} and a {word}?\n" + "\n".join(order) + "\n\nSo.\n\n"
    return text


def test_the_right_option_is_the_longest_no_more_often_than_by_chance(only):
    (told,) = only("longest-option", questions=choices("the right one", "wrong"))
    assert "longest in 12 of 12 choices, by chance it would be 4" in told
    assert "halving.md:" in told
    assert only("longest-option", questions=choices("right", "the wrong one")) == []


def test_the_right_option_is_in_each_place_equally_often(only):
    told = only("place", questions=choices("right", "wrong"))
    assert "in place 1 in 12 of 12 choices, by chance it would be 4" in told[0]
    told = only("place", questions=choices("right", "wrong", first=False))
    assert any("in place 3 in 12 of 12" in each for each in told)


def test_two_questions_that_ask_the_same_are_one_too_many(only):
    first = CHOICE.format(
        slug="x", prompt="How many updates does one epoch of 40 make?", right="a", wrong="b", other="c"
    )
    other = CHOICE.format(
        slug="y", prompt="How many updates does one epoch of 70 make?", right="a", wrong="c", other="b"
    )
    third = CHOICE.format(
        slug="z", prompt="How large is the batch in one epoch?", right="a", wrong="c", other="b"
    )
    told = only("duplicate", questions=f"## Questions\n\n{first}\n{third}\n{other}")
    assert told == ["21: this asks nearly the same as halving.md:9: keep one of them"]


def test_a_misconception_that_only_one_question_asks_after_is_useless(only):
    first = CHOICE.format(
        slug="x", prompt="Which is it?", right="a", wrong="b {#b-is-a}", other="c {#c-is-a}"
    )
    other = CHOICE.format(slug="y", prompt="And which here?", right="e", wrong="f", other="g {#c-is-a}")
    told = only("misconception", questions=f"## Questions\n\n{first}\n{other}")
    assert told == ["5: only this question asks about `b-is-a`: give the id to another one too, or remove it"]


def test_settings_that_all_have_one_outcome_are_a_warning(deck, only):
    deck.demo()
    question = (
        "### predict: end\nWhich of {a}?\n```yaml\ndemo: halving\ndraw: {a: [0.2, 0.3]}\n"
        "runs: {one: {knobs: {share: a}, until: {updates: 3}}}\noptions:\n"
        "  - {text: small, when: one.size < 0.2}\n  - {text: large, when: otherwise}\n```\nSo.\n"
    )
    (told,) = only("outcomes", questions=f"## Questions\n\n{question}")
    assert "all settings of this prediction have the same outcome" in told
    assert only("outcomes", questions=f"## Questions\n\n{question.replace('0.3', '0.9')}") == []


@pytest.mark.parametrize(("low", "high", "said"), [(-1, 0.1, "first"), (0.9, 2, "last"), (0.2, 0.4, "")])
def test_the_first_and_the_last_option_come_true_no_more_often_than_by_chance(deck, only, low, high, said):
    deck.demo()
    question = (
        "### predict: {word}\nWhich of {word}?\n```yaml\ndemo: halving\n"
        "runs: {{one: {{knobs: {{share: 0.5}}, until: {{updates: {updates}}}}}}}\noptions:\n"
        "  - {{text: large, when: one.size > {high}}}\n"
        "  - {{text: medium, when: {low} < one.size <= {high}}}\n"
        "  - {{text: small, when: otherwise}}\n```\nSo.\n\n"
    )
    # sizes of 0.5, 0.25 and 0.125; the options are in turn the first, the middle and the last
    text = "## Questions\n\n" + "".join(
        question.format(word=word, updates=1 + place % 3, low=low, high=high)
        for place, word in enumerate(WORDS)
    )
    told = [each for each in only("outcomes", questions=text) if "comes true" in each]
    assert bool(told) == bool(said), told
    assert all(f"the {said} option" in each for each in told[:1])


def test_of_two_cards_with_the_same_other_name_both_are_named(deck):
    deck.rules("alias")
    deck.card(name="halving", front="aliases: [share, half]")
    deck.card(name="third", front="aliases:\n  - a part\n  - Share")
    (told,) = deck.problems()
    assert told.startswith("content/third.md:6: warning: `Share` is another name of `halving` too: ")
    deck.card(name="third", front="aliases: [a part]")
    assert deck.problems() == []


@pytest.mark.parametrize(
    ("title", "aliases", "told"),
    [
        ("halving", "share, Halving", "`Halving` is a name of this card already: leave it out"),
        ("halving (sum)", "halving, share", "`halving` is a name of this card already: leave it out"),
        ("halving", "iid, share, IID", "`IID` is a name of this card already: leave it out"),
        ("halving", "halvings, half", None),
    ],
)
def test_another_name_that_says_the_title_again_is_a_warning(deck, title, aliases, told):
    deck.rules("alias")
    path = deck.card(front=f"aliases: [{aliases}]")
    path.write_text(path.read_text().replace("title: halving", f"title: {title}"))
    assert [each.message for each in deck.check().problems] == ([told] if told else [])
