"""What a demo file imports: `Knobs`, `State`, `Frame`, and `percent` for sentences.

Loading and playing demos are in the other modules.

Nothing here imports numpy, so that listing demos costs no more than bare Python.
"""

from mlterms.base.percent import percent
from mlterms.demo.frame import Frame
from mlterms.demo.knobs import Knobs, knob
from mlterms.demo.state import State

__all__ = ["Frame", "Knobs", "State", "knob", "percent"]
