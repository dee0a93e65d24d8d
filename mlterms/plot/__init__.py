"""What can be drawn, and how it becomes cells, plain text and SVG. No Textual.

`describe` and `to_svg` are loaded when first asked for: the app draws cells only.
"""

from typing import TYPE_CHECKING, Any

from mlterms.plot.canvas import Canvas, runs, to_text
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
from mlterms.plot.numbers import short
from mlterms.plot.palette import Style
from mlterms.plot.picture import Axis, Panel, Picture, ghosted
from mlterms.plot.render import render

if TYPE_CHECKING:
    from mlterms.plot.description import describe
    from mlterms.plot.svg import to_svg

__all__ = [
    "ROLES",
    "Arrow",
    "Axis",
    "Band",
    "Bars",
    "Canvas",
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
    "Style",
    "describe",
    "ghosted",
    "render",
    "runs",
    "short",
    "to_svg",
    "to_text",
]


def __getattr__(name: str) -> Any:
    if name == "to_svg":
        from mlterms.plot.svg import to_svg

        return to_svg
    if name == "describe":
        from mlterms.plot.description import describe

        return describe
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
