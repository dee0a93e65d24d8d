"""Prints a demo: its last picture as text with its measures, one JSON object per frame, or an SVG."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from textwrap import fill
from typing import Any

from mlterms.base.errors import CallError
from mlterms.base.limits import USUAL_MOST_UPDATES
from mlterms.base.plurals import count_of
from mlterms.base.text import clean
from mlterms.base.text_columns import columns, pad
from mlterms.cli.save_text import save_text
from mlterms.cli.say import say_json
from mlterms.demo.constants import NATS
from mlterms.demo.player import Player

_USUAL = 200  # updates, where none were asked for and the demo has no natural length
_HIGHEST = 30  # rows of a picture; wider ones need no more
_SHAPE = 3.2  # columns to a row of it

Condition = Callable[[Mapping[str, float]], bool]


def condition(text: str, player: Player) -> Condition:
    """`loss < 0.01` as a function of the measures. It does not hold where a measure is missing.

    player: at the beginning of the run, where it stays. Raises CallError for a text that is not a comparison,
    and for a name that no update of a whole run has.
    """
    from mlterms.glossary.condition import parse_condition
    from mlterms.glossary.expression import ExpressionError, names_in

    try:
        parsed, names = parse_condition(text), names_in(text)
    except ExpressionError as error:
        raise CallError(f"--until {text!r}: {error}") from None
    known = _names_in_run(player, names)
    for name in names:
        if name not in known:
            every = ", ".join(known) or "none"
            raise CallError(f"--until {text!r}: there is no measure {name}; the measures are {every}")

    def holds(measures: Mapping[str, float]) -> bool:
        try:
            return all(name in measures for name in names) and parsed(measures)
        except ExpressionError as error:
            raise CallError(f"--until {text!r}: {error}") from None

    return holds


def _names_in_run(player: Player, wanted: Iterable[str]) -> list[str]:
    """The names of all measures of a run, which is run again only as far as the wanted ones are not found.

    Some measures are not there at first: the gap between two updates, or what an epoch brought.
    """
    found: dict[str, None] = {}

    def has_all(measures: Mapping[str, float]) -> bool:
        found.update(dict.fromkeys(measures))
        return found.keys() >= set(wanted)

    if not has_all(player.measures):
        again = Player(player.demo, player.recording.first, player.seed, player.recording.changes)
        again.run_until(has_all, natural_length(again))
    return [*found]


def run_to_end(player: Player, updates: int | None, until: Condition | None) -> None:
    """Run to the end. If the demo does something wrong on the way, `player.fault` says what."""
    if until is None:
        player.advance(natural_length(player) if updates is None else updates)
    else:
        player.run_until(until, USUAL_MOST_UPDATES if updates is None else updates)


def natural_length(player: Player) -> int:
    """How many updates a run has where none were asked for."""
    return player.length or _USUAL


def print_plain(player: Player, width: int, charset: str) -> None:
    """The picture, the measures, what is wrong with them if anything, and what the demo says."""
    from mlterms.plot import Style, render, to_text

    frame = player.frame
    heading = f"{player.demo.title}\nseed {player.seed}, after {player.demo.constants.count(player.update)}"
    if player.epochs is not None and player.demo.constants.step_name != "epoch":
        heading += f" and {count_of(player.epochs, 'epoch')}"
    height = min(_HIGHEST, max(12, round(width / _SHAPE)))
    style = Style("ascii" if charset == "ascii" else "unicode", "none")
    picture = to_text(render(frame.picture(), width, height, style)) if frame.panels or frame.plots else ""
    formula = frame.formula_picture()
    if formula is not None and frame.formula is not None:
        picture += f"\n\n{to_text(render(formula, width, frame.formula.lines_needed(width), style))}"
    nats = NATS if "nats" in map(player.units.get, player.measures) else ""
    words = [
        fill(_to_charset(clean(text), charset), width) for text in (player.divergence(), frame.says, nats)
    ]
    text = "\n\n".join(part for part in (heading, picture, measures_text(player, width), *words) if part)
    print(_to_charset(text, charset))


def measures_text(player: Player, width: int) -> str:
    """The measures in columns, as many side by side as there is room for."""
    from mlterms.plot import short

    units = player.units
    cells = []
    for name, value in player.measures.items():
        unit = f" {units[name]}" if name in units else ""
        number = f"{value:,}" if isinstance(value, int) else short(value, 4)
        cells.append(f"{name.replace('_', ' ')} {number}{unit}")
    if not cells:
        return ""
    wide = max(map(columns, cells)) + 3
    across = max(1, width // wide)
    rows = [cells[i : i + across] for i in range(0, len(cells), across)]
    return "\n".join("".join(pad(cell, wide) for cell in row).rstrip() for row in rows)


def _to_charset(text: str, charset: str) -> str:
    from mlterms.base.charset import in_charset

    return "\n".join(in_charset(line, "ascii") for line in text.splitlines()) if charset == "ascii" else text


def print_json(player: Player, updates: int | None, until: Condition | None, every: int) -> None:
    """One JSON object a line for each `every`th frame, and for the last: update, epochs, measures, says.

    JSON has no word for NaN and infinity: they are written as the strings "NaN", "inf" and "-inf".
    """
    last = (
        (USUAL_MOST_UPDATES if until is not None else natural_length(player)) if updates is None else updates
    )
    while True:
        ended = (
            player.fault is not None
            or player.update >= last
            or (until is not None and until(player.measures))
        )
        if ended or player.update % every == 0:
            say_json(_frame(player))
        if ended:
            return
        if until is not None:
            player.run_until(until, min(last, (player.update // every + 1) * every) - player.update)
        else:
            player.advance(min(last, (player.update // every + 1) * every) - player.update)


def _frame(player: Player) -> dict[str, Any]:
    measures = {
        name: value if math.isfinite(value) else _value_name(value) for name, value in player.measures.items()
    }
    shown = {
        "update": player.update,
        "epochs": player.epochs,
        "measures": measures,
        "says": clean(player.frame.says),
    }
    if trouble := player.divergence():
        shown["trouble"] = trouble
    return shown


def _value_name(value: float) -> str:
    return "NaN" if math.isnan(value) else "inf" if value > 0 else "-inf"


def write_svg(player: Player, path: Path) -> None:
    """Write the picture, with the formula below it, as an SVG document, described in words. `-` is standard
    output."""
    from mlterms.plot import Picture, to_svg

    title = f"{player.demo.title}, {player.demo.constants.step_name} {player.update:,}"
    whole, formula = player.frame.picture(), player.frame.formula_picture()
    if formula is not None:
        whole = Picture((*whole.panels, *formula.panels), whole.columns)
    save_text(to_svg(whole, title) + "\n", path)
