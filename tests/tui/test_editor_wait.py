"""Waiting for an editor: a signal gets through whichever thread receives it."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from mlterms.base.errors import MltermsError
from mlterms.tui.editor import edit

EDITOR = (
    "import os, pathlib, sys, time; pathlib.Path(sys.argv[1]).write_text(str(os.getpid())); time.sleep(60)"
)


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such signals")
def test_a_signal_that_another_thread_receives_is_handled_while_the_editor_is_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script, card = tmp_path / "editor.py", tmp_path / "card.md"
    script.write_text(EDITOR)
    monkeypatch.setenv("VISUAL", f"{sys.executable} {script}")

    def end_editor(*_: object) -> None:
        os.kill(int(card.read_text()), signal.SIGTERM)

    def receive() -> None:
        while not card.exists() or not card.read_text():
            pass
        signal.pthread_kill(threading.get_ident(), signal.SIGUSR1)

    before = signal.signal(signal.SIGUSR1, end_editor)
    other = threading.Thread(target=receive, daemon=True)
    other.start()
    app: Any = SimpleNamespace(suspend=contextlib.nullcontext)
    try:
        with pytest.raises(MltermsError, match="ended with -15"):
            edit(app, card)
    finally:
        signal.signal(signal.SIGUSR1, before)
        other.join()


def test_without_a_chosen_editor_it_says_how_to_leave_vi_before_it_opens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = []
    vi = tmp_path / "vi"
    vi.write_text("#!/bin/sh\n")
    vi.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    monkeypatch.setattr("builtins.input", said.append)
    app: Any = SimpleNamespace(suspend=contextlib.nullcontext)
    edit(app, tmp_path / "card.md")
    (text,) = said
    assert all(part in text for part in ("vi", ":q!", "EDITOR"))
    monkeypatch.setenv("EDITOR", str(vi))
    edit(app, tmp_path / "card.md")
    assert len(said) == 1
