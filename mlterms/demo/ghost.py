"""A frame and the ghost of another as one picture. It draws nothing."""

from __future__ import annotations

from dataclasses import replace

from mlterms.demo.frame import Frame
from mlterms.plot import Field, MarkError, Panel, Picture, ghosted


def overlaid(frame: Frame, ghost: Frame | None) -> Picture:
    """The frame's picture, and behind it, muted, whatever of the ghost's is not just the same.

    A field that covers its panel would be covered by the new one, so it is left out.
    """
    picture = frame.picture()
    if ghost is None:
        return picture
    before = ghost.picture().panels
    if len(before) != len(picture.panels):
        return picture
    pairs = zip(before, picture.panels, strict=True)
    return replace(picture, panels=[_behind(b, panel) for b, panel in pairs])


def _behind(before: Panel, panel: Panel) -> Panel:
    kept = [mark for mark in before.marks if not isinstance(mark, Field) and mark not in panel.marks]
    try:
        return replace(panel, marks=(*ghosted(replace(before, marks=kept)).marks, *panel.marks))
    except MarkError:  # marks of the two that share no panel: a setting that draws something else
        return panel
