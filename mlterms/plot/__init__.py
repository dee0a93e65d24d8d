"""What can be drawn, and how it becomes cells, plain text and SVG. No Textual.

`to_svg` is loaded when it is first asked for, because the app draws cells only.
"""

from typing import TYPE_CHECKING, Any

from mlterms.plot.axis import Axis
from mlterms.plot.canvas import Canvas, runs, to_text
from mlterms.plot.checked import ROLES, MarkError
from mlterms.plot.mark import Mark
from mlterms.plot.marks.arrows import Arrow, Arrows
from mlterms.plot.marks.band import Band
from mlterms.plot.marks.bars import Bars, waterfall
from mlterms.plot.marks.bins import Bins
from mlterms.plot.marks.cells import Cells
from mlterms.plot.marks.columns import Columns
from mlterms.plot.marks.curve import Curve
from mlterms.plot.marks.field import Field
from mlterms.plot.marks.formula import Formula
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
from mlterms.plot.numbers import short
from mlterms.plot.palette import Style
from mlterms.plot.picture import Panel, Picture, ghosted
from mlterms.plot.render import render

if TYPE_CHECKING:
    from mlterms.plot.svg import to_svg

__all__ = [
    "ROLES",
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
    "waterfall",
]


def __getattr__(name: str) -> Any:
    if name == "to_svg":
        from mlterms.plot.svg import to_svg

        return to_svg
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
