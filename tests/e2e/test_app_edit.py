"""The card of an open question, edited from the app in a real terminal with a real editor."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

OpenTerminal = Callable[..., Any]

QUIZ = "mlterms --now 2026-11-20T09:00+00:00 quiz weight"
EDITOR = """#!/bin/sh
# Called as `editor +LINE FILE`.
echo "$1" >"$HOME/line"
sed -i.before "$(cat "$HOME/change")" "$2"
"""


def open_first_question(terminal: OpenTerminal, folder: Path, change: str) -> Any:
    """The first question about the weight. The editor of its window makes that change of a card (for sed)."""
    editor = folder / "editor"
    editor.write_text(EDITOR)
    editor.chmod(0o755)
    window = terminal(environment={"EDITOR": str(editor)})
    (window.home / "change").write_text(change)
    window.run(QUIZ)
    window.wait_for("New  weight")
    window.press("Enter")
    window.wait_for("A taxi ride costs 2 euros", "I do not know")
    return window


def squeezed(shown: str) -> str:
    """What is said beside the screen, however it is folded there."""
    return "".join(line.rpartition("▌")[2] for line in shown.splitlines()).replace(" ", "")


def test_a_question_is_asked_as_its_card_reads_after_the_editor(
    terminal: OpenTerminal, tmp_path: Path
) -> None:
    window = open_first_question(terminal, tmp_path, "s/A taxi ride costs 2 euros/Every ride costs 2 euros/")
    window.press("e")
    window.wait_for("Every ride costs 2 euros", "The card has changed")
    card = (window.home / ".local/share/mlterms/overlay/content/weight.md").read_text().splitlines()
    line = int((window.home / "line").read_text().removeprefix("+"))
    assert card[line - 1] == "### choice: price-per-unit"


def test_a_question_that_was_broken_in_the_editor_is_set_aside_with_file_and_line(
    terminal: OpenTerminal, tmp_path: Path
) -> None:
    window = open_first_question(terminal, tmp_path, "s/^- .x. The numbers 2 and 0.5/- [ ] The numbers 2/")
    window.press("e")
    window.wait_for(
        "This question has an error",
        lambda shown: re.search(r"weight\.md:\d+:thischoicehasnorightone", squeezed(shown)) is not None,
        without="A taxi ride costs 2 euros",
    )
    window.press("Escape")
    window.wait_for("code 0")


def test_a_copy_that_was_looked_at_and_not_changed_is_not_kept(
    terminal: OpenTerminal, tmp_path: Path
) -> None:
    window = open_first_question(terminal, tmp_path, "")
    copy = window.home / ".local/share/mlterms/overlay/content/weight.md"
    window.press("e")
    window.wait_for(
        "A taxi ride costs 2 euros",
        lambda _: (window.home / "line").exists() and copy.parent.exists() and not copy.exists(),
    )
