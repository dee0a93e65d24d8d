"""The state of a demo: a bag of attributes that a step changes. How it is copied is in `copying.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np


class State:
    """Whatever a demo keeps between its steps: `State(w=0.0, x=x)`, then `s.w`, `s.x`, and always `s.rng`.

    `s.rng` is the generator of the run: the player puts it there. A demo that has epochs keeps the number of
    completed ones in `s.epochs`. Arrays that never change should be made read-only
    (`x.setflags(write=False)`): copies share them.
    """

    rng: np.random.Generator

    def __init__(self, **values: Any) -> None:
        vars(self).update(values)

    if TYPE_CHECKING:  # any name may be set and read: the demo decides which

        def __getattr__(self, name: str) -> Any: ...
        def __setattr__(self, name: str, value: Any) -> None: ...

    def __repr__(self) -> str:
        return f"State({', '.join(f'{name}={value!r}' for name, value in vars(self).items())})"

    def copy(self) -> State:
        """A state of its own that goes on bit for bit as this one would; read-only arrays are shared.

        Arrays that are views of one array stay views of one array. Raises MltermsError, naming the
        attribute, for what cannot be copied, such as a Python generator.
        """
        from mlterms.demo.copying import Copier

        return Copier().state(self)
