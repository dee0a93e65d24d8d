"""Writes a run of a demo as a recording that a terminal can replay: asciicast v2, one event a picture."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from pathlib import Path
from textwrap import wrap

from mlterms.base.text import clean
from mlterms.cli.demo_plain import Condition, measures_text
from mlterms.cli.save_text import save_text
from mlterms.demo.playback import Playback
from mlterms.demo.player import Player
from mlterms.plot import Picture, Style, render, runs
from mlterms.plot.canvas import Run

WIDTH, HEIGHT = 80, 24
_PICTURES = 15  # a second
_LAST = 2.0  # seconds for which the end stays
_LONGEST = 3000  # pictures: five minutes
_BELOW = 6  # rows below the picture
_CLEAR, _TOP = "\x1b[2J", "\x1b[H"
_HIDE, _SHOW = "\x1b[?25l", "\x1b[?25h"


def write_cast(player: Player, updates: int, until: Condition | None, path: Path) -> None:
    """Play the demo to `updates`, or to where `until` holds, at its own pace, and write what is seen.

    `-` is standard output. Raises MltermsError where the file cannot be written.
    """
    title = player.demo.title
    header = {
        "version": 2,
        "width": WIDTH,
        "height": HEIGHT,
        "title": title,
        "env": {"TERM": "xterm-256color"},
    }
    lines = [json.dumps(header)]
    at = 0.0
    for number, screen in enumerate(_screens(player, updates, until, Style())):
        at = number / _PICTURES
        lines.append(json.dumps([round(at, 3), "o", (_HIDE + _CLEAR if not number else "") + screen]))
    lines.append(json.dumps([round(at + _LAST, 3), "o", _SHOW]))
    save_text("\n".join(lines) + "\n", path)


def _screens(player: Player, updates: int, until: Condition | None, style: Style) -> Iterator[str]:
    """The screen before the first update, and then picture by picture at the demo's own pace."""
    playback = Playback(player, pictures_per_second=_PICTURES, budget=math.inf, clock=lambda: 0.0)
    yield _screen(player, style)
    for _ in range(_LONGEST):
        is_there = player.update >= updates or (until is not None and until(player.measures))
        if is_there or player.fault is not None or playback.settled:
            return
        before = player.update
        if not playback.playing:
            playback.play()
        playback.tick()
        if player.update > updates:
            player.seek(updates)
        if player.update > before:
            yield _screen(player, style)


def _screen(player: Player, style: Style) -> str:
    """The title, the picture in colour, the numbers and the sentence, with the escape codes of a terminal."""
    frame = player.frame
    says = wrap(clean(frame.says), WIDTH - 1)[:2]
    formula = frame.formula_picture()
    below = [*measures_text(player, WIDTH - 1).splitlines()[: _BELOW - len(says)], *says]
    height = HEIGHT - 1 - len(below)
    rows: list[str] = []
    if formula is not None and frame.formula is not None:
        rows = _draw(formula, frame.formula.lines_needed(WIDTH - 1), style)
    if frame.panels or frame.plots:
        rows = [*_draw(frame.picture(), height - len(rows), style), *rows]
    count = player.demo.constants.count(player.update)
    head = f"{player.demo.title[: WIDTH - len(count) - 2]:{WIDTH - len(count) - 1}}{count}"
    return _TOP + "\r\n".join(f"{row}\x1b[K" for row in [f"\x1b[1m{head}\x1b[0m", *rows, *below])


def _draw(picture: Picture, height: int, style: Style) -> list[str]:
    canvas = render(picture, WIDTH - 1, height, style)
    return ["".join(map(_coloured, row)) for row in runs(canvas, range(canvas.height))]


def _coloured(run: Run) -> str:
    """The text in its colours; −1 is the terminal's own colour."""
    text, *colours = run
    codes = [
        f"{kind};2;{colour >> 16};{colour >> 8 & 255};{colour & 255}"
        for kind, colour in zip((38, 48), colours, strict=True)
        if colour >= 0
    ]
    return f"\x1b[{';'.join(codes)}m{text}\x1b[0m" if codes else text
