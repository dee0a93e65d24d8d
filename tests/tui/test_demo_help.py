"""What help says about a demo: its units, and each key with what it does there."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, cast

import pytest

from mlterms.base.paths import bundle
from mlterms.demo.load import load_demo
from mlterms.tui.screens.demo_help import demo_help


@pytest.mark.parametrize(("name", "has_nats"), [("softmax", False), ("multiclass", True)])
def test_help_explains_nats_where_a_loss_is_measured_in_them(name: str, has_nats: bool) -> None:
    session = SimpleNamespace(demo=load_demo(bundle() / "demos" / f"{name}.py"), hides_tries=False)
    assert ("Nats are" in str(demo_help(cast(Any, session)))) is has_nats


def test_help_keeps_what_a_knob_can_be_apart_from_what_it_is() -> None:
    session = SimpleNamespace(demo=load_demo(bundle() / "demos" / "playground.py"), hides_tries=False)
    text = str(demo_help(cast(Any, session)))
    assert "how far the points are moved at random (0 to 0.5; restarts the run)" in text
    assert "what large weights cost (none, L1 or L2; can be changed live)" in text
    assert "whose points are drawn (train or test; changes only the picture)" in text


Play = Callable[..., None]


def test_a_key_has_one_meaning_in_help(play: Play) -> None:
    async def scene(stage: Any) -> None:
        await stage.press("question_mark")
        page = stage.pilot.app.screen.query_one("#words")
        keys = [
            row[1].text.split()
            for row in page.content(80, 100)
            if len(row) > 2 and row[1].style == "row--accent"
        ]
        assert [names for names in keys if "q" in names] == [["q"]]

    play(scene)
