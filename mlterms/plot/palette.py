"""The looks of a role: its colour on dark and on light ground, its line pattern and its glyph. No drawing.

Nothing is told by colour alone: roles that meet in one panel (first, second, third; train, test; good,
bad; each with muted and accent) differ in line pattern too, and every role has a point glyph of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from mlterms.plot.checked import ROLES, Floats, MarkError

Ints = NDArray[np.int32]

DEFAULT = -1  # the terminal's own colour

Charset = Literal["unicode", "ascii"]
Colours = Literal["true", "256", "16", "grey", "none"]


@dataclass(frozen=True)
class Style:
    """How cells are drawn. colours: what the terminal has; dark: whether its ground is dark."""

    charset: Charset = "unicode"
    colours: Colours = "true"
    dark: bool = True

    def __post_init__(self) -> None:
        if self.charset not in ("unicode", "ascii"):
            raise MarkError(f"Style: charset must be unicode or ascii, not {self.charset!r}")
        if self.colours not in ("true", "256", "16", "grey", "none"):
            raise MarkError(f"Style: colours must be true, 256, 16, grey or none, not {self.colours!r}")

    @property
    def unicode(self) -> bool:
        return self.charset == "unicode"


# Chosen to stay apart for colour-blind eyes too (blue, orange, pink; blue-green against red-orange). Each
# stands out from any ground of its kind by 4.5:1 or nearly, and by 3:1 at least:
# tests/plot/test_palette.py.
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
GREY_ON_DARK = dict(
    zip(
        ROLES,
        (0xEAEAEA, 0xC8C8C8, 0xA6A6A6, 0xEAEAEA, 0xB8B8B8, 0xEAEAEA, 0xB8B8B8, 0x9A9A9A, 0xFFFFFF),
        strict=True,
    )
)
GREY_ON_LIGHT = dict(
    zip(
        ROLES,
        (0x1C1C1C, 0x3C3C3C, 0x525252, 0x1C1C1C, 0x484848, 0x1C1C1C, 0x484848, 0x5C5C5C, 0x000000),
        strict=True,
    )
)
# Named colours are whatever the person's terminal makes of them, so only those that are readable in common
# schemes.
NAMED_ON_DARK = dict(zip(ROLES, (14, 11, 13, 14, 11, 10, 9, 7, 15), strict=True))
NAMED_ON_LIGHT = dict(zip(ROLES, (4, 1, 5, 4, 1, 2, 1, 8, 0), strict=True))

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

# A line in ASCII has no dots to pattern, so its letters tell the role: dots below, above, and in both halves.
LINES_ASCII = dict(zip(ROLES, (".':", "+++", "~~~", ".':", "+++", "===", "xxx", "...", "###"), strict=True))
FILLS = dict(zip(ROLES, "█▓▒█▓█▒░█", strict=True))
FILLS_ASCII = dict(zip(ROLES, "#=-#=#x.@", strict=True))

SHADES, SHADES_ASCII = " ░▒▓█", " .:-=+*#%@"

# Fields: from dark blue to amber, ever lighter, so that it reads the same in grey. Red, green, blue at five
# stations.
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
)  # the same, as it is had there
_GREY_RAMP = ((18, 18, 18), (242, 242, 242))
LEVELS = 32


def luminance(colour: Ints | int) -> Floats:
    """Relative luminance (WCAG 2) of 24-bit colours, 0 for black to 1 for white."""
    colour = np.asarray(colour, dtype=np.int64)
    parts = np.stack([colour >> 16 & 255, colour >> 8 & 255, colour & 255], axis=-1) / 255
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return np.asarray(linear @ np.array([0.2126, 0.7152, 0.0722]), dtype=np.float64)


def contrast(one: Ints | int, other: Ints | int) -> Floats:
    """Contrast ratio (WCAG 2) of 24-bit colours, from 1 to 21."""
    a, b = luminance(one), luminance(other)
    return np.asarray((np.maximum(a, b) + 0.05) / (np.minimum(a, b) + 0.05), dtype=np.float64)


def _xterm(index: int) -> int:
    """The 24-bit value of colour 16 to 255 of a 256-colour terminal."""
    if index >= 232:
        return (8 + 10 * (index - 232)) * 0x010101
    red, green, blue = (0 if part == 0 else 55 + 40 * part for part in _cube(index - 16))
    return red << 16 | green << 8 | blue


def _cube(index: int) -> tuple[int, int, int]:
    return index // 36, index // 6 % 6, index % 6


XTERM: Ints = np.array([0] * 16 + [_xterm(index) for index in range(16, 256)], dtype=np.int32)


def nearest_256(colour: int) -> int:
    """The index, 16 to 255, of the 256-colour palette's nearest to a 24-bit colour."""
    known = np.stack([XTERM >> 16 & 255, XTERM >> 8 & 255, XTERM & 255], axis=-1)[16:]
    wanted = np.array([colour >> 16 & 255, colour >> 8 & 255, colour & 255])
    return 16 + int(np.argmin(((known - wanted) ** 2 * np.array([2, 4, 1])).sum(axis=1)))


def _ramp(stations: tuple[tuple[int, int, int], ...], levels: int) -> Ints:
    where = np.linspace(0, len(stations) - 1, levels)
    parts = [
        np.rint(np.interp(where, np.arange(len(stations)), part)).astype(np.int32)
        for part in zip(*stations, strict=True)
    ]
    return np.asarray(parts[0] << 16 | parts[1] << 8 | parts[2], dtype=np.int32)


@dataclass(frozen=True)
class Palette:
    """What a style comes down to.

    roles, faint: foreground values as the canvas holds them. ramp: for fields, the background of each
    level, or empty where there is none. over: role → the foreground that is readable over each level of
    the ramp. shades: for fields without a ramp, or for levels between named colours: glyph and foreground
    of each level.
    """

    roles: dict[str, int]
    faint: int
    ramp: Ints
    over: dict[str, Ints]
    shades: tuple[tuple[str, int, int], ...]

    @property
    def halves(self) -> bool:
        """Whether fields are drawn in half blocks: two levels a cell, one above the other."""
        return not self.shades

    @property
    def levels(self) -> int:
        return len(self.shades) or len(self.ramp)


@lru_cache(maxsize=32)
def palette(style: Style) -> Palette:
    """The palette of a style."""
    own = _colours(style)
    if style.colours == "none" or not style.unicode:
        ink = SHADES if style.unicode else SHADES_ASCII
        shades = tuple((glyph, DEFAULT, DEFAULT) for glyph in ink)
        return Palette(own.roles, own.faint, np.empty(0, np.int32), {}, shades)
    return own


def _colours(style: Style) -> Palette:
    """The palette of a terminal with this style's colours that can draw blocks."""
    if style.colours == "none":
        return Palette(dict.fromkeys(ROLES, DEFAULT), DEFAULT, np.empty(0, np.int32), {}, ())
    if style.colours == "16":
        return _named(style)
    grey = style.colours == "grey"
    dark, light = (GREY_ON_DARK, GREY_ON_LIGHT) if grey else (ON_DARK, ON_LIGHT)
    own = dark if style.dark else light
    faint = FAINT_ON_DARK if style.dark else FAINT_ON_LIGHT
    if grey:
        faint = own["muted"]
    few = style.colours == "256"
    ramp = np.array(_RAMP_256, np.int32) if few else _ramp(_GREY_RAMP if grey else _RAMP, LEVELS)
    seen = XTERM[ramp] if few else ramp
    over = {role: _readable(seen, dark[role], light[role]) for role in ROLES}
    if few:
        own, faint = {role: nearest_256(colour) for role, colour in own.items()}, nearest_256(faint)
        over = {role: _readable_256(over[role], seen) for role in ROLES}
    return Palette(dict(own), faint, ramp, over, ())


def ink_on(style: Style) -> int:
    """What reads on an area filled with a role's colour: black on dark terminals, white on light ones."""
    if style.dark:
        return {"256": 16, "none": DEFAULT}.get(style.colours, 0)
    return {"256": 231, "16": 15, "none": DEFAULT}.get(style.colours, 0xFFFFFF)


def _readable(grounds: Ints, dark: int, light: int) -> Ints:
    """The role's colour for each ground, mixed with as little white or black as makes it read at 4.5:1.

    On dark ground its colour for dark terminals is the start, on light ground the other.
    """
    over_dark = contrast(grounds, 0xFFFFFF) >= contrast(grounds, 0x000000)
    found = np.where(over_dark, 0xFFFFFF, 0x000000)
    for share in np.linspace(1, 0, 17):
        mixed = np.where(over_dark, _mix(dark, 0xFFFFFF, share), _mix(light, 0x000000, share))
        found = np.where(contrast(mixed, grounds) >= 4.5, mixed, found)
    return np.asarray(found, dtype=np.int32)


def _readable_256(wanted: Ints, grounds: Ints) -> Ints:
    """The nearest that a 256-colour terminal has; where that no longer reads, its white or black."""
    near = np.array([nearest_256(int(colour)) for colour in wanted], dtype=np.int32)
    plain = np.where(contrast(grounds, 0xFFFFFF) >= contrast(grounds, 0x000000), 231, 16)
    return np.where(contrast(XTERM[near], grounds) >= 4.5, near, plain).astype(np.int32)


def _mix(colour: int, other: int, share: float) -> int:
    parts = [
        round((colour >> by & 255) * (1 - share) + (other >> by & 255) * share) << by for by in (16, 8, 0)
    ]
    return sum(parts)


def _named(style: Style) -> Palette:
    """Blue, cyan, bright yellow, and shading between: nine levels, ever lighter in common schemes."""
    roles = NAMED_ON_DARK if style.dark else NAMED_ON_LIGHT
    stations = (4, 6, 11)
    shades: list[tuple[str, int, int]] = []
    over: list[int] = []
    for ground, ahead in zip(stations, (*stations[1:], stations[-1]), strict=True):
        shades.append((" ", DEFAULT, ground))
        if ahead != ground:
            shades += [(glyph, ahead, ground) for glyph in "░▒▓"]
        over += [15 if ground == 4 else 0] * (4 if ahead != ground else 1)
    ramp = np.array([ground for _, _, ground in shades], dtype=np.int32)
    return Palette(
        dict(roles),
        7 if style.dark else 8,
        ramp,
        dict.fromkeys(ROLES, np.array(over, np.int32)),
        tuple(shades),
    )
