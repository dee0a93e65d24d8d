"""What a demo is made of: `Knobs`, `State`, `Frame`. Loading and playing one live in the modules beside this.

Nothing here imports numpy, so that demos can be listed at the price of bare Python.
"""

from mlterms.demo.frame import Frame
from mlterms.demo.knobs import Knobs, knob
from mlterms.demo.state import State

__all__ = ["Frame", "Knobs", "State", "knob"]
