"""The rules for the text of a card and of a guide: what each finds, and where."""

from __future__ import annotations

import pytest

from mlterms.base.paths import bundle
from mlterms.check.rules import ERRORS, RULES
from tests.check.conftest import CHOICE

# A text of the section "Precisely" → the line of the problem, counted from the definition.
NUMBERS = {
    "computed by an example": ("It is 2.5.\n\n```python\n>>> 5 / 2\n2.5\n```", None),
    "computed by a check block": ("It is 12.34.\n\n```python check\nassert 24.68 / 2 == 12.34\n```", None),
    "left in a variable": ("It is about 17.3.\n\n```python check\nx = 300 ** 0.5 - 0.0205\n```", None),
    "rounded": ("It is 0.33.\n\n```python\n>>> 1 / 3\n0.3333333333333333\n```", None),
    "a percentage of one": ("It is 33%.\n\n```python\n>>> 1 / 3\n0.3333333333333333\n```", None),
    "a round number with about": ("It is about 90.\n\n```python\n>>> 80 + 9\n89\n```", None),
    "a round number without about": ("It is 90.\n\n```python\n>>> 80 + 9\n89\n```", 5),
    "computed by nothing": ("One line.\nIt is 0.27 or so.", 6),
    "with thousands": ("It is 1,563.", 5),
    "a fraction": ("It is ½.", 5),
    "a power": ("It is 10⁻⁴.", 5),
    "small and counted": ("It has 3 parts, and each of the 10 has 100%.", None),
    "a year": ("It was found in 2014.", None),
    "a name": ("L2, ReLU6, a 2-8-1 network and the 21st of them.", None),
    "code": ("Write `x = 0.27` for it.", None),
    "a formula": ("So:\n\n    w = 0.27 · g", None),
    "a share": ("Of them 15 of 60 are caught, or 25%.\n\n```python\n>>> 15, 60\n(15, 60)\n```", None),
    "no share": ("Of them 15 of 60 are caught, or 26%.\n\n```python\n>>> 15, 60\n(15, 60)\n```", 5),
    "the right side of an equation": ("It is 50 + 25 = 75.\n\n```python\n>>> 50, 25\n(50, 25)\n```", None),
}


@pytest.mark.parametrize(("text", "line"), NUMBERS.values(), ids=NUMBERS)
def test_a_number_in_a_text_is_computed_by_something(only, text, line):
    told = only("number", f"What is left.\n\n## Precisely\n\n{text}")
    assert [each.partition(":")[0] for each in told] == ([str(line)] if line else [])
    assert all("nothing computes" in each for each in told)


def test_an_image_makes_up_whole_numbers_but_no_parts_of_something(only):
    text = "What is left.\n\n## In plain words\n\nA lake holds 60 salmon.\n\nOf them {part} are caught."
    assert only("number", text.format(part="1,500")) == []
    assert len(only("number", text.format(part="25%"))) == 1
    assert len(only("number", text.format(part="0.25"))) == 1


def test_a_question_may_repeat_the_numbers_of_its_prompt_and_its_options(only):
    question = CHOICE.format(slug="x", prompt="Of 80, which?", right="40", wrong="20", other="60")
    assert only("number", questions=f"## Questions\n\n{question.replace('So.', 'Half of 80 is 40.')}") == []
    told = only("number", questions=f"## Questions\n\n{question.replace('So.', 'Half of 90 is 40.')}")
    assert told == ["11: nothing computes 90: let an example or a check block do it"]


def test_the_measures_of_a_prediction_are_computed(deck, only):
    deck.demo()
    question = (
        "### predict: end\nWhich?\n```yaml\ndemo: halving\n"
        "runs: {one: {knobs: {share: 0.5}, until: {updates: 3}}}\noptions:\n"
        "  - {text: small, when: one.size < 0.2}\n  - {text: large, when: otherwise}\n```\n"
        "After 3 updates it is 0.125, and {said}.\n"
    )
    assert only("number", questions=f"## Questions\n\n{question.replace('{said}', '0.5')}") == []
    told = only("number", questions=f"## Questions\n\n{question.replace('{said}', 'not 0.25')}")
    assert len(told) == 1


def test_without_a_run_no_number_is_asked_for(deck):
    deck.rules("number")
    deck.write("content/halving.md", "---\ntitle: a\ntopic: b\n---\nA.\n\n## Precisely\n\nIt is 0.27.\n")
    assert [each for each in deck.check(trusted=False).problems if each.rule == "number"] == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("So (9 · 2,000 + 100,000) / 10 = 11,800.", ""),
        ("So 8 + 3 = 12.", "8 + 3 is 11, and not 12"),
        ("So 1/3 ≈ 0.33 and 100 / 8 = 12.5 ≈ 13.", ""),
        ("So 1/3 = 0.34.", "1/3 is 0.333333, and not 0.34"),
        ("So 3² + 4² = 25, and −2 · (−3) = 6.", ""),
        ("So w · 3 + 4 = 7, and ln 2 + 1 = 1.69.", ""),
        ("So 12 / 4 = 6 / 3 = 3.", "12 / 4 is 3, and not 6 / 3"),
    ],
)
def test_what_is_calculated_in_a_text_comes_out_as_it_says(only, text, said):
    told = only("equation", f"What is left.\n\n## Precisely\n\n{text}")
    assert told == ([f"5: {said}"] if said else [])


OTHERS = {"early": "[early term](other.md)", "never": "early terms"}


@pytest.mark.parametrize(
    ("text", "front", "told"),
    [
        ("It has early terms.", "", True),
        ("It has Early Terms.", "needs: [early]\n", False),
        ("It has [early terms](early.md), which come first.", "", False),
        ("It has `early term` and\n\n    early term", "", False),
        ("It has halvings.", "", False),
        ("It is an early term bird.", "", False),
        ("It is ADAM, or adam.", "", False),
        ("It is Adam.", "", True),
    ],
)
def test_a_term_that_comes_later_is_linked_or_not_used(only, text, front, told):
    more = 'ordinary = ["early term bird"]\n[planned]\nearly = "early term"\nadam = "Adam"\n'
    found = only("early-word", f"What is left.\n\n## Precisely\n\n{text}", more=more, front=front)
    assert [each.partition(":")[0] for each in found] == (["5"] if told else [])


def test_what_a_term_is_confused_with_may_be_named_in_questions_and_wrong_options_may_name_anything(only):
    question = CHOICE.format(slug="x", prompt="Is it an early term?", right="no", wrong="Adam", other="yes")
    more = '[planned]\nearly = "early term"\nadam = "Adam"\n'
    assert only("early-word", questions=f"## Questions\n\n{question}", more=more) != []
    front = "contrast: [early]\n"
    assert only("early-word", questions=f"## Questions\n\n{question}", more=more, front=front) == []


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("[x](early.md)", ""),
        ("[x](halving.md#precisely)", ""),
        ("[x](https://example.org/a.md)", ""),
        ("[x](guides/start.md)", ""),
        ("[x](earli.md)", "did you mean `early.md`?"),
        ("[x](early)", "did you mean `early.md`?"),
        ("[x](guides/stop.md)", "leads nowhere"),
    ],
)
def test_a_link_leads_to_a_card_or_a_guide(deck, only, link, said):
    (deck.root / "content" / "guides").mkdir()
    deck.write("content/guides/start.md", "---\ntitle: Start\n---\n\nBegin.\n")
    found = only("link", f"What is left.\n\nSee {link}.", more='[planned]\nearly = "early term"\n')
    assert len(found) == bool(said)
    assert all(each.startswith("3: ") and said in each for each in found)


def test_a_word_is_spelled_in_one_way(only):
    more = '[spelling]\n"color*" = "colour*"\n"dataset" = "data set"\n'
    text = "A colour, `color`.\n\nColors of a\nDataset."
    assert only("spelling", text, more=more) == [
        "3: `Colors` is spelled `colours` in this deck",
        "4: `Dataset` is spelled `data set` in this deck",
    ]


def test_a_letter_has_one_meaning(deck, only):
    more = '[symbols]\nw = "weight"\n"ŷ" = "prediction, answer"\n'
    text = "A.\n\n## Precisely\n\n- wᵢ: weight i; ŷ: the answer\n- w: the width; q: a number; P(A): a chance"
    assert only("symbol", text, more=more) == [
        "6: the symbol q is not in the table: add it to [symbols] in deck.toml",
        "6: w is weight in this deck: take another letter, or say it so",
    ]


@pytest.mark.parametrize(
    ("rule", "text", "line", "said"),
    [
        ("definition-length", "One. Two of them.", 1, "4 words in 2 sentences"),
        ("definition-length", "word " * 1026, 1, "1,026 words in 1 sentence: write"),
        ("definition-length", "A rate, e.g. 0.5 or so.", 0, ""),
        ("length", "A.\n\n## In plain words\n\n" + "word " * 400, 3, "`In plain words` has 400 words"),
        ("length", "A.\n\n## Precisely\n\n" + "word " * 600, 1, "the card has 601 words"),
        (
            "length",
            "A.\n\n## Worked example\n\n" + "```python\n1\n```\n\n" * 3 + "word " * 400,
            3,
            "3 blocks",
        ),
        (
            "length",
            "A.\n\n## Elsewhere\n\n" + "word " * 400 + "\n\n## Going further\n\n" + "word " * 400,
            0,
            "",
        ),
        ("watch-out", 'A.\n\n## Watch out\n\n- *"No."* It is 5.\n- *"Yes."* It is two.', 5, "has 2 items"),
        (
            "watch-out",
            "A.\n\n## Watch out\n\n" + '- *"No."* It is 5.\n' * 2 + "- It is 5.",
            7,
            "no misconception",
        ),
        (
            "watch-out",
            "A.\n\n## Watch out\n\n" + '- *"No."* It is 5.\n' * 2 + '- *"No."* It is.',
            7,
            "a number",
        ),
        ("width", "A.\n\n    " + "x" * 76, 3, "80 columns"),
    ],
)
def test_the_parts_of_a_card_have_their_length_and_form(only, rule, text, line, said):
    found = only(rule, text)
    if not said:
        assert found == []
        return
    assert any(each.startswith(f"{line}: ") and said in each for each in found), found


@pytest.mark.parametrize(
    ("notion", "named"),
    [
        ("early terms", True),
        ("Early Term", True),
        ("early-term", True),
        ("colored thing", True),
        ("late term", False),
        ("early term here", False),
        ("asked only", False),
    ],
)
def test_a_notion_that_a_card_claims_to_explain_is_in_its_text(only, notion, named):
    told = only(
        "explains",
        "What is left.\n\n## Precisely\n\nAn **early term**: a coloured thing.",
        questions="## Questions\n\n### recall: x\nIs it asked only?\n---\nYes.\n- [ ] yes\n",
        more='[spelling]\n"color*" = "colour*"\n',
        front=f"explains: [{notion}]\n",
    )
    assert [each.partition(": ")[2] for each in told] == (
        [] if named else [f"the front matter says that the card explains “{notion}”, but no section names it"]
    )


def test_what_has_not_changed_is_not_run_again(deck, tmp_path):
    deck.rules()
    cache = tmp_path / "cache" / "check.db"
    count = tmp_path / "count"
    block = f"```python check\nwith open({str(count)!r}, 'a') as file:\n    file.write('x')\n```\n"
    deck.card(worked=block)
    deck.check(cache=cache)
    report = deck.check(cache=cache)
    assert count.read_text() == "x"
    assert report.examples_run == 1
    deck.card(worked=block.replace("'x'", "'y'"))
    deck.check(cache=cache)
    assert count.read_text() == "xy"


def test_a_failure_is_found_again_and_a_damaged_cache_is_no_trouble(deck, tmp_path):
    deck.rules()
    cache = tmp_path / "check.db"
    deck.card(worked="```python check\nassert False\n```\n")
    first, second = deck.told(deck.check(cache=cache)), deck.told(deck.check(cache=cache))
    assert len(first) == 1
    assert first == second
    cache.write_bytes(b"no database" * 1000)
    assert deck.told(deck.check(cache=cache)) == first


def test_the_author_guide_lists_every_rule_and_says_which_are_errors():
    guide = (bundle() / "content" / "README.md").read_text(encoding="utf-8")
    for name, sentence in RULES.items():
        shown = f"**`{name}`**" if name in ERRORS else f"`{name}`"
        assert f"| {shown} | {sentence} |" in guide


def test_the_examples_of_a_guide_are_run(deck):
    deck.rules()
    deck.card()
    (deck.root / "content" / "guides").mkdir()
    head = "---\ntitle: A\nsummary: B.\n---\n\n"
    text = "```python\n>>> x = 2\n>>> x + 2\n{}\n```\n\nAnd then\n\n```python\n>>> x\n2\n```\n"
    deck.write("content/guides/start.md", head + text.format(4))
    report = deck.check()
    assert deck.told(report) == []
    assert report.examples_run == 3
    deck.write("content/guides/start.md", head + text.format(5))
    (told,) = deck.problems()
    assert told.startswith("content/guides/start.md:8: ")
    assert deck.check(trusted=False).examples_not_run == 3


def test_a_guide_is_read_and_its_links_and_spelling_are_checked(deck):
    deck.rules("link", "spelling", more='[spelling]\n"color" = "colour"\n')
    deck.card()
    (deck.root / "content" / "guides").mkdir()
    head = "---\ntitle: A\nsummary: B.\n---\n\n"
    deck.write("content/guides/start.md", f"{head}See [this](../halving.md), [that](stop.md)\nand a color.\n")
    deck.write("content/guides/stop.md", f"{head}See [it](halving.md).\n")
    deck.write("content/guides/empty.md", head)
    assert deck.problems() == [
        "content/guides/empty.md:6: this guide is empty: write its text below the front matter",
        "content/guides/start.md:7: warning: `color` is spelled `colour` in this deck [spelling]",
        "content/guides/stop.md:6: the link `halving.md` leads nowhere: write it like `batch-size.md` [link]",
    ]


def test_how_a_card_is_graded_is_worked_out_again_only_when_the_card_changes(deck, tmp_path, monkeypatch):
    from mlterms.check import fair_grading

    asked: list[str] = []

    def grade(question, rivals):
        asked.append(question.slug)
        return ["it is unfair"]

    monkeypatch.setattr(fair_grading, "unfair_grading", grade)
    deck.rules("accepted")
    choice = CHOICE.format(slug="x", prompt="Which?", right="a", wrong="b", other="c")
    path = deck.card(choice)
    first, second = (deck.told(deck.check(cache=tmp_path / "check.db", trusted=False)) for _ in "ab")
    assert first == second
    assert first[0].endswith("it is unfair [accepted]")
    assert asked == ["x"]
    path.write_text(path.read_text().replace("Which?", "Who?"))
    assert deck.told(deck.check(cache=tmp_path / "check.db", trusted=False)) == first
    assert asked == ["x", "x"]
