"""How far a long reading of cards is: said on a terminal, and to nobody else."""

from __future__ import annotations

import io

import pytest

from mlterms.cli import progress_line


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("stream", "said"), [(Terminal(), True), (io.StringIO(), False), (None, False)])
def test_a_terminal_shows_progress_after_a_while_and_is_left_clean(
    monkeypatch: pytest.MonkeyPatch, stream: io.StringIO | None, said: bool
) -> None:
    times = iter([0.0, 0.1, 1.0, 2.0])
    monkeypatch.setattr(progress_line.time, "monotonic", lambda: next(times))
    monkeypatch.setattr("sys.stderr", stream)
    for done in (25, 50, 75, 100):
        progress_line.show_progress(done, 100)
    if stream is not None:
        shown = "\rReading the cards: 75 of 100 files\x1b[K\r\x1b[K"
        assert stream.getvalue() == (shown if said else "")
