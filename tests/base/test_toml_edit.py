from __future__ import annotations

import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlterms.base.toml_edit import EditError, with_value

WRITTEN = """\
# my settings
theme = "dark"  # for the evening # and the night
decks = [
  "~/a",  # one
  "~/b # no remark",
]   # end

# keys of mine
[keys]
quiz.undo = "u" # x
"app.help" = 'h'
"""


@pytest.mark.parametrize(
    ("path", "value", "line", "instead"),
    [
        (("theme",), 'it\'s "#1"', 1, 'theme = "it\'s \\"#1\\""  # for the evening # and the night'),
        (("keys", "quiz", "undo"), "z,ctrl+z", 9, 'quiz.undo = "z,ctrl+z" # x'),
        (("keys", "app.help"), "f1", 10, '"app.help" = "f1"'),
    ],
)
def test_one_line_is_changed_and_keeps_its_remark(path, value, line, instead):
    expected = WRITTEN.splitlines()
    expected[line] = instead
    assert with_value(WRITTEN, path, value).splitlines() == expected


def test_a_value_over_several_lines_is_replaced_as_a_whole():
    after = with_value(WRITTEN, ("decks",), ["x"]).splitlines()
    assert after[2] == 'decks = ["x"]   # end'
    assert [*after[:2], *after[3:]] == [*WRITTEN.splitlines()[:2], *WRITTEN.splitlines()[6:]]


def test_a_new_value_goes_to_the_end_of_its_table_and_before_what_is_said_of_the_next():
    after = with_value(WRITTEN, ("ascii",), True).splitlines()
    assert after[after.index("# keys of mine") - 2] == "ascii = true"
    after = with_value(WRITTEN, ("keys", "quiz", "redo"), "r").splitlines()
    assert after[after.index('quiz.undo = "u" # x') + 1] == 'quiz.redo = "r"'


def test_a_table_is_made_where_there_is_none():
    assert with_value("", ("keys", "quiz", "undo"), "u") == '[keys]\nquiz.undo = "u"\n'
    assert with_value("ascii = true", ("keys", "a"), "b") == 'ascii = true\n\n[keys]\na = "b"\n'


def test_a_value_under_a_table_of_its_own_is_found():
    assert (
        with_value("[keys.quiz]\nundo = 'u'\n", ("keys", "quiz", "undo"), "z") == '[keys.quiz]\nundo = "z"\n'
    )


def test_a_value_in_a_table_on_one_line_is_changed_there():
    text = 'keys = {quiz = {undo = "u"}}  # mine\n'
    assert with_value(text, ("keys", "quiz", "undo"), "z") == 'keys = {quiz = {undo = "z"}}  # mine\n'


@pytest.mark.parametrize("path", [("theme",), ("ascii",), ("keys", "quiz", "undo"), ("keys", "quiz", "redo")])
def test_the_line_ends_of_windows_stay(path):
    written = WRITTEN.replace("\n", "\r\n")
    assert with_value(written, path, "x") == with_value(WRITTEN, path, "x").replace("\n", "\r\n")


def test_what_is_taken_out_leaves_no_line():
    assert "theme" not in with_value(WRITTEN, ("theme",), None)
    assert with_value(WRITTEN, ("ascii",), None) == WRITTEN


@pytest.mark.parametrize("text", ["[[keys]]\n", "keys = 3\n", 'keys.quiz = "u"\n'])
def test_what_cannot_be_changed_alone_is_refused_with_the_line_to_write(text):
    with pytest.raises(EditError):
        with_value(text, ("keys", "quiz", "undo"), "z")


def test_no_toml_is_refused():
    with pytest.raises(tomllib.TOMLDecodeError):
        with_value("theme = \n", ("ascii",), True)


names = st.sampled_from(["theme", "ascii", "decks", "quiz", "a b", "é", "x.y", ""])
texts = st.text(st.characters(codec="utf-8"), max_size=12)
values = st.one_of(st.booleans(), texts, st.lists(texts, max_size=3))
paths = st.one_of(
    st.tuples(names), st.tuples(st.just("keys"), names), st.tuples(st.just("keys"), names, names)
)


@settings(max_examples=60)
@given(st.lists(st.tuples(paths, st.one_of(st.none(), values)), max_size=6))
def test_whatever_is_set_is_what_is_read(changes):
    text, expected = WRITTEN, tomllib.loads(WRITTEN)
    for path, value in changes:
        try:
            text = with_value(text, path, value)
        except EditError:
            continue
        expected = expected_after(expected, path, value)
        assert without_empty(tomllib.loads(text)) == without_empty(expected)
        assert {line for line in text.splitlines() if line.startswith("#")} >= {
            "# my settings",
            "# keys of mine",
        }


def expected_after(values, path, value):
    name, *rest = path
    changed = dict(values)
    if rest:
        changed[name] = expected_after(changed.get(name, {}), tuple(rest), value)
    elif value is None:
        changed.pop(name, None)
    else:
        changed[name] = value
    return changed


def without_empty(values):
    if not isinstance(values, dict):
        return values
    full = {name: without_empty(value) for name, value in values.items()}
    return {name: value for name, value in full.items() if value != {}}
