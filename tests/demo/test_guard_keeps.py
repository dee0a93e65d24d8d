"""What a demo changes for everybody is undone behind it, and its words are read with care."""

import builtins
import logging
import os
import sys
from pathlib import Path

import pytest

from mlterms.demo.guard import DemoFault, guarded


def no_progress() -> int:
    return 0


def dive(depth: int = 0) -> int:
    return dive(depth + 1) + 1


def test_calls_without_end_are_ended_though_the_limit_was_raised() -> None:
    limit = sys.getrecursionlimit()

    def go() -> None:
        sys.setrecursionlimit(10**9)
        assert sys.getrecursionlimit() < 10**6
        dive()

    with pytest.raises(DemoFault, match="RecursionError"), guarded(__file__, 0, no_progress):
        go()
    assert sys.getrecursionlimit() == limit


def test_built_in_functions_and_the_current_folder_are_as_before(tmp_path: Path) -> None:
    folder, length = Path.cwd(), len
    try:
        with guarded(__file__, 0, no_progress):
            builtins.len = None  # type: ignore[assignment]  # as a demo may
            os.chdir(tmp_path)
        assert builtins.len is length
        assert Path.cwd() == folder
    finally:
        builtins.len = length
        os.chdir(folder)


def test_nothing_on_either_stream_steers_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    logger = logging.Logger("of a demo")
    with guarded(__file__, 0, no_progress):
        logger.addHandler(logging.StreamHandler())
        print("\x1b[2Jto stdout")
        print("\x1b[2Jto stderr", file=sys.stderr)
        logger.warning("\x1b[2Jto the log")
        sys.stdout.close()
        sys.stderr.close()
    print("after it")
    read = capsys.readouterr()
    assert read.out == "after it\n"
    assert "\x1b" not in read.err
    assert [line[-6:] for line in read.err.splitlines()] == ["stdout", "stderr", "he log"]


class EndlessWords(Exception):  # noqa: N818 - a demo names its errors as it likes
    def __str__(self) -> str:
        while True:
            pass


class BrokenWords(Exception):  # noqa: N818 - a demo may call it anything
    def __str__(self) -> str:
        raise RuntimeError


@pytest.mark.parametrize("error", [EndlessWords, BrokenWords])
def test_an_error_whose_words_cannot_be_read_is_named(error: type[Exception]) -> None:
    with pytest.raises(DemoFault, match=rf": {error.__name__}$"), guarded(__file__, 0, no_progress, 0.05):
        raise error
