from itertools import combinations

import numpy as np
import pytest

from mlterms.plot import ROLES, MarkError, Style
from mlterms.plot.colour import XTERM, contrast, luminance
from mlterms.plot.palette import (
    GLYPHS,
    GLYPHS_ASCII,
    LINES_ASCII,
    PATTERNS,
    palette,
)

DARK = (0x000000, 0x121212, 0x1E1E1E, 0x282A36)  # black, Textual's two grounds, a well-loved theme
LIGHT = (0xFFFFFF, 0xE0E0E0, 0xD8D8D8)
FAMILIES = (("first", "second", "third"), ("train", "test"), ("good", "bad"))


def as_rgb(value, style):
    return int(XTERM[value]) if style.colours == "256" else value


@pytest.mark.parametrize("colours", ["true", "256"])
@pytest.mark.parametrize("dark", [True, False])
def test_every_role_stands_out_from_the_ground_three_to_one_and_text_more(colours, dark):
    style = Style(colours=colours, dark=dark)
    found = palette(style)
    for ground in DARK if dark else LIGHT:
        for role in ROLES:
            assert contrast(as_rgb(found.roles[role], style), ground) >= 3, (role, hex(ground))
        assert contrast(as_rgb(found.faint, style), ground) >= 4.5, hex(ground)


@pytest.mark.parametrize("signed", [False, True])
@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("colours", ["true", "256"])
def test_each_role_can_be_read_on_each_colour_of_a_field(colours, dark, signed):
    style = Style(colours=colours, dark=dark)
    found = palette(style, signed)
    for role in ROLES:
        for ground, ink in zip(found.ramp.tolist(), found.over[role].tolist(), strict=True):
            assert contrast(as_rgb(ink, style), as_rgb(ground, style)) >= 4.5


@pytest.mark.parametrize("colours", ["true", "256"])
def test_fields_get_ever_lighter(colours):
    style = Style(colours=colours)
    ramp = palette(style).ramp
    assert 16 <= len(ramp) <= 32
    light = luminance(np.array([as_rgb(value, style) for value in ramp.tolist()]))
    assert (np.diff(light) > 0).all()


@pytest.mark.parametrize("dark", [False, True])
def test_signed_colours_get_stronger_on_both_sides_of_the_centre(dark):
    ramp = palette(Style(dark=dark), signed=True).ramp
    middle = len(ramp) // 2
    away = contrast(ramp, ramp[middle])
    assert (np.diff(away[middle:]) > 0).all()
    assert (np.diff(away[middle::-1]) > 0).all()
    assert (ramp[0] & 255) > (ramp[0] >> 16)  # blue below the centre
    assert (ramp[-1] & 255) < (ramp[-1] >> 16)  # orange above it


def test_roles_that_meet_differ_in_more_than_colour():
    for family in FAMILIES:
        for one, other in combinations((*family, "muted", "accent"), 2):
            assert PATTERNS[one] != PATTERNS[other], (one, other)
    for family in FAMILIES:
        letters = [LINES_ASCII[role] for role in (*family, "muted", "accent")]
        assert len(set(letters)) == len(letters)
    assert len(set(GLYPHS.values())) == len(set(GLYPHS_ASCII.values())) == len(ROLES)
    assert all(glyph.isascii() for glyph in GLYPHS_ASCII.values())


def test_named_colours_are_the_sixteen():
    for dark in (True, False):
        found = palette(Style(colours="16", dark=dark))
        assert set(found.roles.values()) <= set(range(16))
        assert set(found.ramp.tolist()) <= set(range(16))


def test_a_style_that_does_not_exist_is_refused():
    with pytest.raises(MarkError, match="charset must be unicode or ascii"):
        Style(charset="latin1")
    with pytest.raises(MarkError, match="colours must be true"):
        Style(colours="24bit")
