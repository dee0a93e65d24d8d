"""Single points, each a sign of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from mlterms.base.charset import in_charset
from mlterms.base.plurals import count_of
from mlterms.base.record import record
from mlterms.plot.canvas import Canvas
from mlterms.plot.legend import BEFORE, glyph_entry, labelled, line_entry
from mlterms.plot.mark import POINT, Extent, Layer, Mark
from mlterms.plot.mark_fields import Floats, Numbers, Words, clean_names
from mlterms.plot.numbers import short
from mlterms.plot.off_chart import mark_beyond, mark_nan
from mlterms.plot.palette import Style
from mlterms.plot.surface import Surface

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

CLASS_ROLES = ("first", "second", "third", "accent")
_MOST_CLASSES = 10
_MOST_POINTS = 3  # points that a description names one by one


@record(eq=False)
class Points(Mark):
    """Single points at (x, y), both (n,).

    glyph: the sign that is drawn for them, by default the one of the role.
    classes: (n,), whole numbers from 0. Each class has a role and a sign of its own: with up to four classes
    blue o, orange x, pink + and yellow ◆, with up to ten their digits. class_names: words for the legend.
    wrong: mask (n,) of the points that are put in brackets, such as those that a classifier gets wrong.
    fade: the points are in the order of their age, and the older ones, which come first, are fainter.
    """

    x: Numbers = Numbers()
    y: Numbers = Numbers()
    label: Words = Words()
    glyph: Words = Words()
    role: str = "first"
    classes: ArrayLike | None = None
    class_names: Sequence[str] = ()
    wrong: ArrayLike | None = None
    fade: bool = False

    layer: ClassVar[Layer] = POINT
    needs_margin: ClassVar[bool] = True

    def __post_init__(self) -> None:
        self._check_role(self.role)
        self._check_lengths(x=self.x, y=self.y)
        self._check(len(self.glyph) <= 1, f"glyph must be one character, not {self.glyph!r}")
        if self.classes is not None:
            classes = np.array(self.classes)
            self._check_lengths(x=self.x, classes=classes)
            right = not classes.size or bool(np.isin(classes, np.arange(_MOST_CLASSES)).all())
            self._check(right, f"classes must be whole numbers from 0 to {_MOST_CLASSES - 1}")
            self._check(not self.fade, "classes and fade=True do not go together")
            self._set(classes=_fixed(classes.astype(np.intp)))
        if self.wrong is not None:
            wrong = np.array(self.wrong, dtype=bool)
            self._check_lengths(x=self.x, wrong=wrong)
            self._set(wrong=_fixed(wrong))
        self._set(class_names=clean_names(self.class_names))

    def extent(self) -> Extent:
        return [self.x], [self.y]

    def draw(self, surface: Surface) -> None:
        """A sign each. On a field drawn in letters they get a blank on either side, or they would drown."""
        seen = surface.inside(surface.dots_x(self.x), surface.dots_y(self.y))
        if not seen.any():
            return
        rows, columns = surface.rows(self.y[seen]), surface.columns(self.x[seen])
        surface.clear_beside(rows, columns)
        x, y = self.x[seen], self.y[seen]
        for which, glyph, role in self._looks():
            which = which[seen]
            sign = surface.glyph(role, glyph, self.ghost)
            surface.put(rows[which], columns[which], sign, role, self.ghost)
            surface.keep_signs(rows[which], columns[which], x[which], y[which], chr(sign))
        surface.pointed[rows, columns] = not self.ghost
        if self.wrong is not None and not self.ghost:
            wrong = np.asarray(self.wrong)[seen]
            for aside, bracket in ((-1, "("), (1, ")")):
                row, column = rows[wrong], columns[wrong] + aside
                free = (column >= 0) & (column < surface.width)
                free[free] = ~surface.pointed[row[free], column[free]]
                surface.put(row[free], column[free], ord(bracket), "bad")
                if surface.cells.sketch is not None:
                    surface.cells.sketch.hidden[row[free], column[free]] = True
                    surface.keep_signs(row, columns[wrong], x[wrong], y[wrong], bracket, 1.8 * aside, "bad")

    def _looks(self) -> list[tuple[NDArray[np.bool_], str, str]]:
        """Masks of points that look the same, with their sign and their role."""
        count = len(self.x)
        if self.classes is not None:
            classes = np.asarray(self.classes)
            each = np.unique(classes).tolist()
            return [(classes == number, *self._class_look(number)) for number in each]
        if self.fade and not self.ghost:
            age = np.arange(count)[::-1] / max(1, count)
            old, new = age >= 2 / 3, age < 1 / 3
            return [(old, "·", "muted"), (~old & ~new, "·", self.role), (new, self.glyph, self.role)]
        return [(np.ones(count, dtype=bool), self.glyph, self.role)]

    def _class_look(self, number: int) -> tuple[str, str]:
        """The sign and the role of a class: the role's own sign while there are few classes, else a digit."""
        count = max(len(self.class_names), int(np.max(np.asarray(self.classes), initial=-1)) + 1)
        return "" if count <= len(CLASS_ROLES) else str(number), CLASS_ROLES[number % len(CLASS_ROLES)]

    def write_words(self, surface: Surface) -> None:
        mark_beyond(surface, self.x, self.y, self.role, self.label, is_path=True)
        mark_nan(surface, self.x, self.y, self.role)

    def write_label(self, surface: Surface) -> None:
        write_label_at_end(surface, self.x, self.y, self.label, self.role)

    def legend(self, style: Style) -> list[Canvas]:
        entries = []
        if self.classes is not None:
            for number, name in enumerate(self.class_names):
                glyph, role = self._class_look(number)
                entries.append(labelled(1, Points([0.5], [0.5], "", glyph, role).draw, name, style))
        elif self.label:
            sample = Points([0.5], [0.5], glyph=self.glyph, role=self.role)
            entries.append(labelled(1, sample.draw, self.label, style))
        if self.wrong is not None and np.any(self.wrong):
            entries.append(_wrong_entry(style))
        return entries

    def without_signs_of(self, lost: Sequence[Canvas]) -> Points:
        if any(entry is _wrong_entry(entry.style) for entry in lost):
            return replace(self, wrong=None)
        return self

    def ghost_legend(self, style: Style) -> Canvas | None:
        return line_entry("muted", BEFORE, style, ghost=True)

    def describe(self) -> str:
        named = f" {self.label}" if self.label else ""
        where = [f"({short(x)}, {short(y)})" for x, y in zip(self.x.tolist(), self.y.tolist(), strict=True)]
        at = f" at {' and '.join(where)}" if 0 < len(where) <= _MOST_POINTS else ""
        wrong = "" if self.wrong is None else f", {np.count_nonzero(np.asarray(self.wrong))} of them wrong"
        return f"{count_of(len(where), 'point')}{named}{at}{wrong}"


def _wrong_entry(style: Style) -> Canvas:
    return glyph_entry("bad", "( )", "wrong", style)


def _fixed(array: NDArray[Any]) -> NDArray[Any]:
    array.setflags(write=False)
    return array


def write_label_at_end(surface: Surface, x: Floats, y: Floats, label: str, role: str) -> None:
    """Write a label beside the last of the points that is seen, if that hides nothing."""
    seen = np.flatnonzero(surface.inside(surface.dots_x(x), surface.dots_y(y)))
    if seen.size:
        row, column = int(surface.rows(y[seen[-1]])), int(surface.columns(x[seen[-1]]))
        text = in_charset(label, surface.cells.style.charset)
        near = [
            (row + down, column - len(text) - 1 + aside) for down in (-1, 1, 0, -2, 2) for aside in (2, 0)
        ]
        surface.place(text, [(row, column + 2), *near], role, optional=True)


def describe_range(values: Floats) -> str:
    """The lowest and the highest value, and how many are not finite, to be put behind a name."""
    finite = values[np.isfinite(values)]
    lost = int(values.size - finite.size)
    said = f", lowest {short(finite.min())}, highest {short(finite.max())}" if finite.size else ""
    return said + (f", {lost} not finite" if lost else "")
