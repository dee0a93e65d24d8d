"""Arithmetic with colours: contrast, mixing, and the nearest colour of a 256-colour terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from mlterms.plot.mark_fields import Floats

if TYPE_CHECKING:
    from numpy.typing import NDArray

Ints: TypeAlias = "NDArray[np.int32]"


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


def blend(stations: tuple[tuple[int, int, int], ...], levels: int) -> Ints:
    """`levels` 24-bit colours that go evenly through the stations, each given as red, green and blue."""
    where = np.linspace(0, len(stations) - 1, levels)
    parts = [
        np.rint(np.interp(where, np.arange(len(stations)), part)).astype(np.int32)
        for part in zip(*stations, strict=True)
    ]
    return np.asarray(parts[0] << 16 | parts[1] << 8 | parts[2], dtype=np.int32)


def _mix(colour: int, other: int, share: float) -> int:
    parts = [
        round((colour >> by & 255) * (1 - share) + (other >> by & 255) * share) << by for by in (16, 8, 0)
    ]
    return sum(parts)


def readable(grounds: Ints, dark: int, light: int) -> Ints:
    """The role's colour for each ground, mixed with as little white or black as makes it read at 4.5:1.

    On dark ground its colour for dark terminals is the start, on light ground the other.
    """
    over_dark = contrast(grounds, 0xFFFFFF) >= contrast(grounds, 0x000000)
    shares = np.linspace(0, 1, 17).tolist()  # of white or black: one row each, from the least to the most
    on_dark, on_light = (
        np.array([_mix(colour, most, share) for share in shares])[:, np.newaxis]
        for colour, most in ((dark, 0xFFFFFF), (light, 0x000000))
    )
    mixed = np.where(over_dark, on_dark, on_light)
    reads = contrast(mixed, grounds) >= 4.5
    least = np.where(reads.any(axis=0), reads.argmax(axis=0), -1)
    found = mixed[least, np.arange(len(grounds))]
    return np.asarray(found, dtype=np.int32)


def readable_256(wanted: Ints, grounds: Ints) -> Ints:
    """The nearest that a 256-colour terminal has; where that no longer reads, its white or black."""
    near = np.array([nearest_256(int(colour)) for colour in wanted], dtype=np.int32)
    plain = np.where(contrast(grounds, 0xFFFFFF) >= contrast(grounds, 0x000000), 231, 16)
    return np.where(contrast(XTERM[near], grounds) >= 4.5, near, plain).astype(np.int32)
