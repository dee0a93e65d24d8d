"""Lines of a card: comments are taken out of them, and a piece of text is found among them."""

from __future__ import annotations

import pytest

from mlterms.glossary.lines import find_text, number_lines
from mlterms.glossary.problems import Report


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a <!-- b --> c", [(1, "a  c")]),
        ("a\n<!-- b -->\nc", [(1, "a"), (3, "c")]),
        ("a\n\n<!--\nb\n\n## c\n-->\nd", [(1, "a"), (2, ""), (8, "d")]),
        ("a <!-- b\nc --> d", [(1, "a"), (2, " d")]),
        ("<!-- a --> <!-- b -->\nc", [(2, "c")]),
        ("<!-- ```\na -->\nb", [(3, "b")]),
        ("<!--> a", [(1, " a")]),
        ("`<!-- a -->` b", [(1, "`<!-- a -->` b")]),
        ("\\<!-- a", [(1, "\\<!-- a")]),
        ("```\n<!-- a\n```", [(1, "```"), (2, "<!-- a"), (3, "```")]),
        ("a\n\n    <!-- b", [(1, "a"), (2, ""), (3, "    <!-- b")]),
    ],
)
def test_comments_are_taken_out_but_not_from_code(text: str, shown: list[tuple[int, str]]) -> None:
    report = Report("x.md")
    numbered = number_lines(text.split("\n"), 1, report)
    assert [(line.number, line.text) for line in numbered.lines] == shown
    assert report.problems() == ()


def test_a_comment_keeps_its_text_and_its_lines() -> None:
    comments = number_lines(["a", "<!-- b", "", "c --> d <!-- e -->"], 5, Report("x.md")).comments
    assert [(comment.first, comment.last, comment.text) for comment in comments] == [
        (6, 8, "b\n\nc"),
        (8, 8, "e"),
    ]


def test_a_comment_that_never_ends_is_an_error_on_the_line_where_it_begins() -> None:
    report = Report("x.md")
    number_lines(["a", "<!-- b", "c"], 1, report)
    (problem,) = report.problems()
    assert (problem.line, problem.severity) == (2, "error")
    assert "-->" in problem.message


@pytest.mark.parametrize(
    ("piece", "start", "line"),
    [
        ("one\ntwo", 1, 1),
        ("two", 1, 2),
        ("one", 2, 4),
        ("\none\nthree", 1, 3),
        ("three  ", 1, 5),
        ("two\nthree", 3, None),
        ("nowhere", 3, None),
    ],
)
def test_text_is_found_at_or_below_a_line(piece: str, start: int, line: int | None) -> None:
    lines = number_lines(["one", "two", "", "one", "three"], 1, Report("x.md")).lines
    found = find_text(lines, piece, start)
    assert [each.number for each in found[:1]] == ([line] if line else [])
