"""Errors that people read: a whole sentence, with the place, and the right exit code."""

import pytest

from mlterms.base.errors import CallError, FileError, MltermsError, Overtaken


@pytest.mark.parametrize(
    ("error", "code", "text"),
    [
        (MltermsError("the disk is full"), 1, "the disk is full"),
        (CallError("no term is called epohc"), 2, "no term is called epohc"),
        (FileError("a.md", 3, "write a title"), 1, "a.md:3: write a title"),
        (FileError("a.md", 0, "is empty"), 1, "a.md: is empty"),
        (FileError("a\nb\r.md", 2, "is empty"), 1, "a b .md:2: is empty"),
        (Overtaken("answered in another window"), 1, "answered in another window"),
    ],
)
def test_each_error_is_a_sentence_with_an_exit_code(error, code, text):
    assert isinstance(error, MltermsError)
    assert (error.exit_code, str(error)) == (code, text)


def test_a_file_error_keeps_its_parts():
    error = FileError("content/epoch.md", 12, "the list is empty")
    assert (error.path, error.line, error.message) == ("content/epoch.md", 12, "the list is empty")
