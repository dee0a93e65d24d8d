"""What can be drawn, and the rasteriser to cells, ANSI, plain text and SVG. No Textual."""

from mlterms.plot.mark import ROLES, Mark, MarkError
from mlterms.plot.marks import (
    Arrow,
    Band,
    Bars,
    Cells,
    Curve,
    Field,
    Histogram,
    Network,
    Note,
    Points,
    Rule,
    Spans,
)
from mlterms.plot.picture import Axis, Panel, Picture, ghosted

__all__ = [
    "ROLES",
    "Arrow",
    "Axis",
    "Band",
    "Bars",
    "Cells",
    "Curve",
    "Field",
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
    "ghosted",
]
