"""The comments in a card, and the lines of deck.toml, that switch a rule off."""

from __future__ import annotations

import pytest

SWITCHED_OFF = {
    "the line before": "<!-- check: off number because it is given -->\nIt is 0.27.",
    "the same line": "It is 0.27. <!-- check: off number because it is given -->",
    "the whole card": "It is 0.27.\n<!-- check: off number for this card because it\nis -->\n\nAnd 0.28.",
    "several": "<!-- check: off number, equation because it is given -->\nIt is 1 + 1 = 0.27.",
}


@pytest.mark.parametrize("text", SWITCHED_OFF.values(), ids=SWITCHED_OFF)
def test_a_comment_with_a_reason_switches_a_rule_off(only, text):
    assert only("number", f"A.\n\n## Precisely\n\n{text}") == []


@pytest.mark.parametrize(
    ("comment", "said"),
    [
        ("check: off number", "write `check: off RULE because …`"),
        ("check: off nombre because so", "there is no rule `nombre`: did you mean `number`?"),
        ("check: off number because so", "`number` finds nothing here: remove this comment"),
        ("Check: number off", "write `check: off RULE because …`"),
    ],
)
def test_a_comment_that_switches_nothing_off_is_a_warning(deck, comment, said):
    deck.rules("number")
    deck.write("content/halving.md", f"---\ntitle: a\ntopic: b\n---\nA.\n\n<!-- {comment} -->\n\nNothing.\n")
    (problem,) = deck.check().problems
    assert (problem.line, problem.severity) == (7, "warning")
    assert said in problem.message


def test_a_comment_elsewhere_leaves_the_rule_on(only):
    text = "It is 0.27.\n\n<!-- check: off number because it is given -->\nNothing.\nIt is 0.28."
    assert len(only("number", f"A.\n\n## Precisely\n\n{text}")) == 2


def test_what_deck_toml_switches_off_is_checked_on_demand(deck):
    deck.rules()
    deck.write("content/halving.md", "---\ntitle: a\ntopic: b\n---\nA.\n\n## Precisely\n\nIt is 0.27.\n")
    assert deck.told(deck.check()) == []
    rules = {problem.rule for problem in deck.check(all_rules=True).problems}
    assert {"number", "length"} <= rules
