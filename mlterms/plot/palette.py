"""How each role looks: its colour on dark and on light ground, its line pattern and its sign. No drawing.

Colour is never the only difference. Roles that may be in one panel (first, second and third; train and test;
good and bad; each with muted and accent) differ in line pattern too, and every role has a sign of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Literal

import numpy as np

from mlterms.base.record import record
from mlterms.plot.colour import XTERM, Ints, blend, nearest_256, readable, readable_256
from mlterms.plot.mark_fields import ROLES, MarkError

DEFAULT = -1  # the terminal's own colour

Charset = Literal["unicode", "ascii"]
Colours = Literal["true", "256", "16", "none"]


@record
class Style:
    """How cells are drawn. colours: what the terminal has; dark: whether its ground is dark.

    exact: lines, signs and fields are kept besides, exactly where they are, for a picture that is not made of
    cells.
    """

    charset: Charset = "unicode"
    colours: Colours = "true"
    dark: bool = True
    exact: bool = False

    def __post_init__(self) -> None:
        if self.charset not in ("unicode", "ascii"):
            raise MarkError(f"Style: charset must be unicode or ascii, not {self.charset!r}")
        if self.colours not in ("true", "256", "16", "none"):
            raise MarkError(f"Style: colours must be true, 256, 16 or none, not {self.colours!r}")

    @property
    def unicode(self) -> bool:
        return self.charset == "unicode"


# Colour-blind people can tell these apart too (blue, orange, pink; blue-green against red-orange). Each has a
# contrast of about 4.5:1 with any ground of its kind, and of 3:1 at least: tests/plot/test_palette.py.
ON_DARK = {
    "first": 0x5AB4F0,
    "second": 0xFFA340,
    "third": 0xE08BD0,
    "train": 0x6FA8FF,
    "test": 0xFFB454,
    "good": 0x4CC98A,
    "bad": 0xFF7A6E,
    "muted": 0x989EA9,
    "accent": 0xF5E663,
}
ON_LIGHT = {
    "first": 0x0060A0,
    "second": 0x924700,
    "third": 0x8A2F74,
    "train": 0x1E56C0,
    "test": 0x9A3B00,
    "good": 0x00663A,
    "bad": 0xB3201A,
    "muted": 0x565C67,
    "accent": 0x6A3FB0,
}
# Every terminal has its own idea of the named colours, so only those are used that are readable in common
# schemes.
NAMED_ON_DARK = dict(zip(ROLES, (14, 11, 13, 14, 11, 10, 9, 7, 15), strict=True))
NAMED_ON_LIGHT = dict(zip(ROLES, (4, 1, 5, 4, 1, 2, 1, 8, 0), strict=True))

PAGE_ON_DARK, PAGE_ON_LIGHT = 0x14161B, 0xFFFFFF  # the ground of a picture that has its own
FAINT_ON_DARK, FAINT_ON_LIGHT = 0xA3A9B4, 0x4A5059  # axes and their numbers

# Dots on, dots off, in turn, along a line; () is solid.
PATTERNS: dict[str, tuple[int, ...]] = {
    "first": (),
    "second": (5, 3),
    "third": (1, 2),
    "train": (),
    "test": (4, 2),
    "good": (3, 1),
    "bad": (2, 2),
    "muted": (1, 3),
    "accent": (6, 2, 1, 2),
}
GHOST_PATTERN = (1, 6)

GLYPHS = dict(zip(ROLES, "ox+●○✓✗·◆", strict=True))
GLYPHS_ASCII = dict(zip(ROLES, "ox+*%vX.@", strict=True))

# A line in ASCII has no dots for a pattern, so its letters show the role: for dots below, above, and in both.
LINES_ASCII = dict(zip(ROLES, (".':", "+++", "~~~", ".':", "+++", "===", "xxx", "...", "###"), strict=True))
FILLS = dict(zip(ROLES, "█▓▒█▓█▒░█", strict=True))
FILLS_ASCII = dict(zip(ROLES, "#=-#=#x.@", strict=True))

SHADES, SHADES_ASCII = " ░▒▓█", " .:-=+*#%@"

# Fields: from dark blue to amber, always lighter, so that they read the same in grey. Red, green and blue at
# five stations.
_RAMP = ((14, 26, 64), (44, 74, 140), (120, 104, 128), (196, 140, 84), (255, 208, 104))
_RAMP_256 = (
    17,
    18,
    19,
    24,
    25,
    60,
    61,
    96,
    102,
    137,
    138,
    173,
    179,
    180,
    215,
    221,
)  # the nearest that there is on a 256-colour terminal
LEVELS = 32

# Signed fields: blue below the centre, orange above it, and the centre close to the ground. On a terminal
# without colours dashes are below and blocks above.
_SIGNED_ON_DARK = ((72, 164, 255), (38, 92, 160), (42, 45, 54), (160, 90, 20), (255, 166, 64))
_SIGNED_ON_LIGHT = ((0, 92, 190), (120, 176, 232), (232, 233, 237), (240, 176, 112), (190, 84, 0))
_SIGNED_LEVELS = 31  # odd, so that one of them is the centre
_SIGNED_LEVELS_256 = 11
SIGNED_SHADES, SIGNED_SHADES_ASCII = "═─ ▒█", "=- +#"


@record
class Palette:
    """The colours and signs of a style.

    roles, faint: foreground values as the canvas holds them. ramp: for fields, the background of each
    level, or empty where there is none. over: role → the foreground that is readable over each level of
    the ramp. shades: glyph, foreground and background of each level, for fields without a ramp and for
    levels between named colours. spare: levels at each end of the ramp that single squares do without,
    because they could not be seen on some grounds.
    """

    roles: dict[str, int]
    faint: int
    ramp: Ints
    over: Mapping[str, Ints]
    shades: tuple[tuple[str, int, int], ...]
    spare: int = 0

    @property
    def halves(self) -> bool:
        """Whether fields are drawn in half blocks: two levels a cell, one above the other."""
        return not self.shades

    @property
    def levels(self) -> int:
        return len(self.shades) or len(self.ramp)


@lru_cache(maxsize=32)
def palette(style: Style, signed: bool = False) -> Palette:
    """The palette of a style. signed: for fields that have a centre, such as zero."""
    if style.colours == "none" or not style.unicode:
        own = Palette(dict.fromkeys(ROLES, DEFAULT), DEFAULT, _NO_RAMP, {}, ())
        own = own if style.colours == "none" else _colours(style, signed)
        ink = SHADES if style.unicode else SHADES_ASCII
        if signed:
            ink = SIGNED_SHADES if style.unicode else SIGNED_SHADES_ASCII
        shades = tuple((glyph, DEFAULT, DEFAULT) for glyph in ink)
        return Palette(own.roles, own.faint, _NO_RAMP, {}, shades)
    return _colours(style, signed)


_NO_RAMP = np.empty(0, np.int32)


def _colours(style: Style, signed: bool) -> Palette:
    """The palette of a terminal with this style's colours that can draw blocks."""
    if style.colours == "16":
        return _named_colours(style, signed)
    few = style.colours == "256"
    own = ON_DARK if style.dark else ON_LIGHT
    faint = FAINT_ON_DARK if style.dark else FAINT_ON_LIGHT
    ramp = _ramp(style, signed)
    seen = XTERM[ramp] if few else ramp
    if few:
        own, faint = {role: nearest_256(colour) for role, colour in own.items()}, nearest_256(faint)
    over = _Readable(seen, few)
    return Palette(dict(own), faint, ramp, over, (), 0 if signed else len(ramp) // 10)


class _Readable(dict[str, "Ints"]):
    """Role → its foreground over each of the grounds, found when it is first asked for: a picture needs one
    or two of the roles. few: as a terminal with 256 colours has them."""

    def __init__(self, grounds: Ints, few: bool) -> None:
        super().__init__()
        self._grounds, self._few = grounds, few

    def __missing__(self, role: str) -> Ints:
        found = readable(self._grounds, ON_DARK[role], ON_LIGHT[role])
        self[role] = readable_256(found, self._grounds) if self._few else found
        return self[role]


def _ramp(style: Style, signed: bool) -> Ints:
    few = style.colours == "256"
    if not signed:
        return np.array(_RAMP_256, np.int32) if few else blend(_RAMP, LEVELS)
    ramp = blend(
        _SIGNED_ON_DARK if style.dark else _SIGNED_ON_LIGHT, _SIGNED_LEVELS_256 if few else _SIGNED_LEVELS
    )
    return np.array([nearest_256(colour) for colour in ramp.tolist()], np.int32) if few else ramp


def page_of(style: Style) -> int:
    """The ground of a picture that brings its own."""
    return PAGE_ON_DARK if style.dark else PAGE_ON_LIGHT


def ink_on(style: Style) -> int:
    """What reads on an area filled with a role's colour: black on dark terminals, white on light ones."""
    if style.dark:
        return {"256": 16, "none": DEFAULT}.get(style.colours, 0)
    return {"256": 231, "16": 15, "none": DEFAULT}.get(style.colours, 0xFFFFFF)


def _named_colours(style: Style, signed: bool) -> Palette:
    """Named colours with shading between them.

    Unsigned: blue, cyan and bright yellow in nine levels, ever lighter in common schemes. Signed: blue thins
    out to the ground, from which yellow rises.
    """
    roles = NAMED_ON_DARK if style.dark else NAMED_ON_LIGHT
    shades: list[tuple[str, int, int]] = []
    over: list[int] = []
    if signed:
        above = 11 if style.dark else 3
        shades = [(" ", DEFAULT, 4), *((glyph, 4, DEFAULT) for glyph in "▓▒░"), (" ", DEFAULT, DEFAULT)]
        shades += [*((glyph, above, DEFAULT) for glyph in "░▒▓"), (" ", DEFAULT, above)]
        over = [15, *[roles["accent"]] * 7, 0]
    else:
        stations = (4, 6, 11)
        for ground, ahead in zip(stations, (*stations[1:], stations[-1]), strict=True):
            shades.append((" ", DEFAULT, ground))
            if ahead != ground:
                shades += [(glyph, ahead, ground) for glyph in "░▒▓"]
            over += [15 if ground == 4 else 0] * (4 if ahead != ground else 1)
    ramp = np.array([ground for _, _, ground in shades], dtype=np.int32)
    inks = dict.fromkeys(ROLES, np.array(over, np.int32))
    return Palette(dict(roles), 7 if style.dark else 8, ramp, inks, tuple(shades))
