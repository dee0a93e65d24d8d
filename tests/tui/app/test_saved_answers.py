"""The first screens of a new database, where the answers of a lost one are in a backup."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from textual.pilot import Pilot

from mlterms.base.ids import QuestionId
from mlterms.memory.state import Rating
from mlterms.store.log.backup import back_up
from mlterms.store.log.learner import Answer, Learner
from mlterms.store.workspace import Workspace
from mlterms.tui.app import MltermsApp

Scene = Callable[[MltermsApp, Pilot[str | None]], Awaitable[None]]


@pytest.mark.parametrize("size", [(60, 20), (80, 24)])
@pytest.mark.parametrize("start", ["welcome", "today"])
def test_answers_that_are_in_a_backup_are_named_where_there_are_none_here(
    start: str,
    size: tuple[int, int],
    play: Callable[..., None],
    workspace: Workspace,
    screen_text: Callable[..., str],
) -> None:
    now, question = workspace.clock.now(), QuestionId("mlterms:weight/what")
    with Learner.open(workspace.path, now) as lost:
        lost.answer(Answer(question, Rating.GOOD), lost.state(question), now)
        backup = back_up(lost.path, now)
    for file in workspace.path.parent.glob("mlterms.db*"):
        file.unlink()

    async def scene(app: MltermsApp, pilot: Pilot[str | None]) -> None:
        await pilot.press("end")
        shown = "".join(screen_text(app).split())
        assert "acopyfrom2026-11-2009:00has1answer:" in shown
        assert f"`mlterms restore {backup}` brings it back.".replace(" ", "") in shown

    play(scene, start, size)
