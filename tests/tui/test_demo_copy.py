"""The copied command: that it is shown, and that it opens on the very same screen."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mlterms.cli.demo_command import command_for, request_from_options
from mlterms.demo.load import Demo

Play = Callable[..., None]

SEQUENCES = [
    [],
    ["full_stop"] * 7,
    ["n", "n", "e", "e"],
    ["e", "right", "right", "e", "left", "full_stop"],
    ["j", "h", "h", "greater_than_sign", "k", "l", "greater_than_sign"],
    ["tab", "tab", "right", "greater_than_sign", "k", "2", ".", "5", "enter", "e"],
    ["3", "enter", "greater_than_sign", "greater_than_sign"],
]


@pytest.mark.parametrize("keys", SEQUENCES, ids=lambda keys: "-".join(keys) or "nothing")
def test_the_copied_command_opens_on_the_same_screen(play: Play, walk: Demo, keys: list[str]) -> None:
    shown: dict[str, str] = {}

    async def first(stage: Any) -> None:
        await stage.press(*keys)
        await stage.run_out()
        if stage.player.ghost_recording is not None:  # it has a command of its own
            await stage.press("c")
        await stage.press("y")
        shown["command"] = stage.app.clipboard
        assert shown["command"] in " ".join(stage.text.split())
        await stage.press("tab", "shift+tab")
        for _ in range(3):
            if stage.screen.session.knobs.name != "rate":
                await stage.press("tab")
        shown["screen"] = stage.text

    play(first)
    program, subcommand, name, *arguments = shlex.split(shown["command"])
    assert (program, subcommand, name) == ("mlterms", "demo", "walk")
    command = command_for(Path(walk.path), "walk", walk)
    values = command.make_context("walk", arguments).params
    opening = request_from_options(Path(walk.path), "walk", walk, values)

    async def second(stage: Any) -> None:
        assert stage.text == shown["screen"]

    play(second, knobs=opening.knobs, seed=opening.seed, changes=opening.changes, updates=opening.updates)


def test_the_ghost_has_its_own_command(play: Play) -> None:
    async def scene(stage: Any) -> None:
        await stage.press("j", "2", "enter")
        await stage.run_out()
        await stage.press("y")
        said = " ".join(stage.text.split())
        assert "Copied: mlterms demo walk --start 2 --seed 0 --updates 8" in said
        assert "The ghost: mlterms demo walk --seed 0 --updates 8" in said

    play(scene, updates=8, size=(120, 30))
