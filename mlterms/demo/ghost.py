"""The picture of a run with that of another setting: muted behind it, or beside it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from mlterms.demo.frame import Frame
from mlterms.plot import Axis, Curve, Field, Mark, MarkError, Panel, Picture, ghosted

if TYPE_CHECKING:
    from numpy.typing import NDArray


def overlay_ghost(frame: Frame, ghost: Frame | None) -> Picture:
    """The frame's picture, and muted behind it everything of the ghost's picture that differs.

    Fields are left out, since the new one would cover them, and so is every panel whose axes are named
    otherwise: it shows another task or another unit.
    """
    picture = frame.picture()
    if ghost is None:
        return picture
    before = ghost.picture().panels
    if len(before) != len(picture.panels):
        return picture
    pairs = zip(before, picture.panels, strict=True)
    return replace(picture, panels=[_overlay_panel(b, panel) for b, panel in pairs])


def beside(before: Frame, now: Frame, rows: int) -> Picture:
    """The panels of two settings in two columns, A and B, as many rows of them as are asked for.

    A strip such as a formula, which is as wide as a whole picture, is left out.
    """
    pairs = [
        (_with_letter("A", a), _with_letter("B", b))
        for a, b in zip(before.picture().panels, now.picture().panels, strict=False)
        if not (a.is_strip or b.is_strip)
    ]
    return Picture([panel for pair in pairs[:rows] for panel in pair], columns=2)


def _with_letter(letter: str, panel: Panel) -> Panel:
    """The panel with the letter before its title. It shares no axis with the panel before it."""
    return replace(panel, title=f"{letter} {panel.title}".strip(), share_x=False)


def _overlay_panel(before: Panel, panel: Panel) -> Panel:
    if (before.x.label, before.y.label) != (panel.x.label, panel.y.label):
        return panel
    kept = [
        _cut_where_it_leaves(mark, panel)
        for mark in before.marks
        if not isinstance(mark, Field) and mark not in panel.marks
    ]
    try:
        return replace(panel, marks=(*ghosted(replace(before, marks=kept)).marks, *panel.marks))
    except MarkError:  # marks of the two that share no panel: a setting that draws something else
        return panel


def _cut_where_it_leaves(mark: Mark, panel: Panel) -> Mark:
    """A track without what comes after it has left the pinned axes, which would fill the panel with zigzags.

    A curve over x, such as a loss, may leave and come back, so it stays whole.
    """
    if not isinstance(mark, Curve) or np.all(np.diff(mark.x) >= 0):
        return mark
    outside = _beyond(mark.x, panel.x) | _beyond(mark.y, panel.y)
    if not outside.any():
        return mark
    end = int(np.argmax(outside)) + 1
    return replace(mark, x=mark.x[:end], y=mark.y[:end])


def _beyond(values: NDArray[np.float64], axis: Axis) -> NDArray[np.bool_]:
    low = -np.inf if axis.low is None else axis.low
    high = np.inf if axis.high is None else axis.high
    return ~((values >= low) & (values <= high))
