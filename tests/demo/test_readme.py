"""What `demos/README.md` says is so: its example is loaded and run."""

import re
from pathlib import Path

from mlterms.base.paths import bundle
from mlterms.demo.knobs import RESERVED
from mlterms.demo.player import Player
from mlterms.plot import render, to_text

README = Path(bundle() / "demos" / "README.md").read_text(encoding="utf-8")


def example():
    (text,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    return text


def test_the_example_learns_the_line_that_it_was_given(load):
    player = Player(load(example(), "fit_a_line.py"), seed=1)
    assert player.demo.name == "fit-a-line"
    assert player.next_epoch()
    assert player.update == 6
    for _ in range(60):
        player.next_epoch()
    assert player.fault is None
    assert abs(player.measures["w"] - 2) < 0.3
    assert abs(player.measures["b"] - 1) < 0.2


def test_the_example_can_be_drawn(load):
    frame = Player(load(example(), "fit_a_line.py")).frame
    assert "line" in to_text(render(frame.picture(), 60, 16))


def test_the_names_that_are_taken_are_the_ones_that_it_lists():
    (listed,) = re.findall(r"These names are taken: (.*?)\.\n", README, re.DOTALL)
    assert set(re.findall(r"`(\w+)`", listed)) == RESERVED
