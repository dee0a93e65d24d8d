"""How much of the names beside horizontal bars is shown."""

import pytest

from mlterms.plot import Bars, Panel, Picture, Style, render, to_text


def drawn(width: int, *names: str) -> str:
    values = [float(place) for place in range(len(names))]
    return to_text(render(Picture([Panel([Bars(values, names=names)])]), width, 8, Style()))


@pytest.mark.parametrize("name", ["scaled to one size", "gradient descent (now)"])
def test_a_long_name_is_whole_beside_bars_of_a_small_picture(name: str) -> None:
    assert name in drawn(48, name, "other")


def test_where_bars_would_have_no_room_a_name_is_cut_to_a_third() -> None:
    assert "scaled …" in drawn(24, "scaled to one size", "other")
