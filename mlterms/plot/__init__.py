"""What can be drawn, and how it becomes cells, plain text and SVG. No Textual.

A `Picture` is made of panels, a `Panel` of marks. `Panel(axes=False)` leaves the axes out, `equal=True` makes
one unit as long on x as on y, `share_x=True` takes the x range of the panel before, and `strip=9` makes it a
strip of 9 rows below the others, where there is room.

Marks over two axes, which can share a panel:

- `Curve`, `Band`, `Spans`, `Rule`, `Note`: a line, an area between two, vertical lines, a line across, words.
- `Points`: signs, with `classes=` and `wrong=`, or fading with their age. `Trail`: the way of one point.
- `Arrow`, `Arrows`: one, or a field of them.
- `Field`: a heat map. `centre=0` makes it signed, `level=` and `contours=` draw lines, `smooth=False` pixels.
- `Histogram`: counts.
- `Handle`: a point to drag, which moves two knobs. `grips` says where the handles are.

Marks with a panel for themselves:

- `Bars` (horizontal, with whiskers), `waterfall` (a sum), `Columns` (vertical), `Stacked` (of parts).
- `Cells`: squares with numbers and names, such as a confusion matrix. `Tiles`: many small fields or images.
- `Bins`: blocks sorted by a classifier. `Table`: a few rows. `Formula`: a line with today's numbers below;
  `unit_formula` writes out a weighted sum.
- `Network`: units with numbers, gradients or heat maps, some of them lit or off, and their weights.

The kinds of marks are loaded when they are first asked for: a demo needs four of them, and not twenty.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from mlterms.plot.axis import Axis
from mlterms.plot.canvas import Area, Canvas, runs, to_text
from mlterms.plot.mark import Mark
from mlterms.plot.mark_fields import ROLES, MarkError
from mlterms.plot.numbers import short
from mlterms.plot.palette import Style
from mlterms.plot.picture import Panel, Picture, ghosted
from mlterms.plot.render import render

if TYPE_CHECKING:
    from mlterms.plot.marks.arrows import Arrow, Arrows
    from mlterms.plot.marks.band import Band
    from mlterms.plot.marks.bars import Bars, waterfall
    from mlterms.plot.marks.bins import Bins
    from mlterms.plot.marks.cells import Cells
    from mlterms.plot.marks.columns import Columns
    from mlterms.plot.marks.curve import Curve
    from mlterms.plot.marks.field import Field
    from mlterms.plot.marks.formula import Formula, unit_formula
    from mlterms.plot.marks.handle import Grip, Handle, grips
    from mlterms.plot.marks.histogram import Histogram
    from mlterms.plot.marks.network import Network
    from mlterms.plot.marks.note import Note
    from mlterms.plot.marks.points import Points
    from mlterms.plot.marks.rule import Rule
    from mlterms.plot.marks.spans import Spans
    from mlterms.plot.marks.stacked import Stacked
    from mlterms.plot.marks.table import Table
    from mlterms.plot.marks.tiles import Tiles
    from mlterms.plot.marks.trail import Trail
    from mlterms.plot.svg import to_svg

__all__ = [
    "ROLES",
    "Area",
    "Arrow",
    "Arrows",
    "Axis",
    "Band",
    "Bars",
    "Bins",
    "Canvas",
    "Cells",
    "Columns",
    "Curve",
    "Field",
    "Formula",
    "Grip",
    "Handle",
    "Histogram",
    "Mark",
    "MarkError",
    "Network",
    "Note",
    "Panel",
    "Picture",
    "Points",
    "Rule",
    "Spans",
    "Stacked",
    "Style",
    "Table",
    "Tiles",
    "Trail",
    "ghosted",
    "grips",
    "render",
    "runs",
    "short",
    "to_svg",
    "to_text",
    "unit_formula",
    "waterfall",
]

_FILES = {  # of what is not in a file of its own name
    "Arrow": "marks.arrows",
    "Grip": "marks.handle",
    "grips": "marks.handle",
    "to_svg": "svg",
    "unit_formula": "marks.formula",
    "waterfall": "marks.bars",
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"mlterms.plot.{_FILES.get(name, f'marks.{name.lower()}')}"), name)
