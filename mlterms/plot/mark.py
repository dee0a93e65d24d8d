"""What a mark is: something that can be drawn in a panel, named in its legend and described in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field, fields
from typing import Any, ClassVar, Literal

import numpy as np

from mlterms.base.record import record
from mlterms.plot.axis import Axis
from mlterms.plot.canvas import Canvas
from mlterms.plot.mark_fields import ROLES, Floats, MarkError, clean_names
from mlterms.plot.palette import Style
from mlterms.plot.surface import Surface

Layer = Literal[0, 1, 2, 3]
AREA: Layer = 0
HELPER: Layer = 1  # what explains the rest, and all ghosts
LINE: Layer = 2
POINT: Layer = 3

Extent = tuple[list[Floats], list[Floats]]  # all x and all y that should be on the chart


@record(eq=False)
class Mark:
    """One thing that is drawn in a panel. A new kind of mark is one file in `marks/`.

    ghost: it belongs to the previous run, so it is drawn muted and behind the others.
    """

    ghost: bool = field(default=False, kw_only=True)

    layer: ClassVar[Layer] = LINE  # marks on lower layers are drawn first
    fills_panel: ClassVar[bool] = False  # the axes end where the mark ends
    needs_margin: ClassVar[bool] = False  # it would be cut in half at the sides of the panel

    def extent(self) -> Extent:
        """What the axes have to include."""
        return [], []

    def draw(self, surface: Surface) -> None:
        """Draw the mark without its words."""

    def write_words(self, surface: Surface) -> None:
        """Write the words that belong to the mark, once all marks are drawn. Not called for ghosts."""

    def write_label(self, surface: Surface) -> None:
        """Write the label beside the mark, because the legend had no room for it."""

    def legend(self, style: Style) -> list[Canvas]:
        """The entries for the legend, each one line of cells."""
        return []

    def without_signs_of(self, lost: Sequence[Canvas]) -> Mark:
        """The mark as it is drawn where the legend had no room for these entries of it: without signs that
        nothing explains."""
        return self

    def ghost_legend(self, style: Style) -> Canvas | None:
        """The entry that explains what a ghost of this mark is, if it needs one."""
        return None

    def describe(self) -> str:
        """What the mark shows, in a few words, for somebody who cannot see it."""
        return ""

    def __eq__(self, other: object) -> bool:
        """Whether both look the same: the same kind with the same numbers, where NaN equals NaN."""
        if type(other) is not type(self):
            return NotImplemented
        return all(_equal(getattr(self, f.name), getattr(other, f.name)) for f in fields(self))

    __hash__ = None  # type: ignore[assignment]  # the annotation of object.__hash__ has no room for None

    def _check(self, right: bool, message: str) -> None:
        if not right:
            raise MarkError(f"{type(self).__name__}: {message}")

    def _check_role(self, role: str) -> None:
        self._check(role in ROLES, f"role must be one of {', '.join(ROLES)}, not {role!r}")

    def _set_names_and_roles(self, count: int, names: Sequence[str], role: str | Sequence[str]) -> None:
        """Check and keep `count` names or none, and `count` roles or one for all."""
        names = clean_names(names)
        self._check(len(names) in (0, count), f"{count} values, but {len(names)} names")
        if not isinstance(role, str):
            role = tuple(role)
            self._check(len(role) == count, f"{count} values, but {len(role)} roles")
        for each in (role,) if isinstance(role, str) else role:
            self._check_role(each)
        self._set(names=names, role=role)

    def _check_lengths(self, **arrays: Floats) -> None:
        shapes = {name: array.shape for name, array in arrays.items()}
        same = len(set(shapes.values())) == 1
        found = " and ".join(f"{name} {shape}" for name, shape in shapes.items())
        self._check(same, f"{' and '.join(shapes)} must have the same length, not {found}")

    def _check_extent(self, name: str, extent: tuple[float, float]) -> None:
        low, high = (float(end) for end in extent)
        rising = np.isfinite(low) and np.isfinite(high) and low < high
        self._check(rising, f"{name}={extent} must be two increasing numbers")
        self._set(**{name: (low, high)})

    def _set(self, **values: Any) -> None:
        for name, value in values.items():
            object.__setattr__(self, name, value)


@record(eq=False)
class WholePanel(Mark):
    """A mark that needs a panel for itself, because it has no pair of axes that others could share."""

    is_strip: ClassVar[bool] = False  # it is as wide as the picture and only as high as it needs

    def draw_panel(self, canvas: Canvas, marks: Sequence[Mark], x_axis: Axis, y_axis: Axis) -> None:
        """Draw everything in the panel. marks: this one, and those that `allows` let into its panel."""
        raise NotImplementedError

    def allows(self, other: Mark) -> bool:
        """Whether the other mark may be in the same panel. By default only ghosts of the same kind are."""
        return type(other) is type(self) and (other is self or self.ghost or other.ghost)

    def has_room(self, width: int) -> bool:
        """Whether it says something at this width."""
        return True

    def lines_needed(self, width: int) -> int | None:
        """How many lines it needs at this width, or None if it takes what it gets."""
        return None


def _equal(one: Any, other: Any) -> bool:
    if isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
        return np.array_equal(one, other, equal_nan=True)
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(_equal, one, other))
    return bool(one == other or (one != one and other != other))
