"""The state of a demo, and how it is copied: bit for bit, with what nothing can change shared."""

from __future__ import annotations

import copy
import types
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any

from mlterms.base.errors import MltermsError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    _Array = NDArray[Any]

_SHORT_LIVED = (types.GeneratorType, types.CoroutineType, types.FrameType)


class State:
    """Everything that a demo keeps between its steps: `State(w=0.0, x=x)`, then `s.w`, `s.x`, and `s.rng`.

    `s.rng` is the generator of the run; the engine puts it there. A demo that has epochs keeps the number of
    completed ones in `s.epochs`. Make arrays that never change read-only (`x.setflags(write=False)`): copies
    share them.
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
        """A separate state that goes on bit for bit as this one would; read-only arrays are shared.

        Arrays that are views of one array stay views of one array. Raises MltermsError, naming the
        attribute, for what cannot be copied, such as a Python generator.
        """
        return Copier().copy_state(self)


@cache
def _unchanging() -> tuple[type, ...]:
    """The types whose values a copy and its original can share, because nothing can change them."""
    import numpy as np

    return (
        *(type(None), bool, int, float, complex, str, bytes, range, slice, type, type(Ellipsis), np.generic),
        *(types.FunctionType, types.BuiltinFunctionType, types.ModuleType, types.MappingProxyType),
    )


class Copier:
    """Copies one state. `nbytes` counts what its arrays and lists take, without those that are shared."""

    def __init__(self) -> None:
        import numpy as np

        self.nbytes = 0
        self._np = np
        self._unchanging = _unchanging()
        self._copies: dict[int, Any] = {}
        self._originals: list[Any] = []  # kept alive, so that the ids in _copies stay theirs

    def copy_state(self, original: State) -> State:
        twin = State()
        for name, value in vars(original).items():
            try:
                vars(twin)[name] = self.copy(value)
            except TypeError as error:
                raise MltermsError(f"the state's {name} cannot be copied: {error}") from None
        return twin

    def copy(self, original: Any) -> Any:
        if isinstance(original, self._unchanging):
            return original
        twin = self._copies.get(id(original))
        if twin is None:
            twin = self._copy_new(original)
            self._copies[id(original)] = twin
            self._originals.append(original)
        return twin

    def _copy_new(self, original: Any) -> Any:
        kind: Any = type(original)
        if isinstance(original, self._np.ndarray):
            return self._copy_array(original)
        if isinstance(original, self._np.random.Generator):
            return _copy_generator(original)
        if isinstance(original, _SHORT_LIVED):
            raise TypeError(f"it is a {kind.__name__}; keep a list or an index instead")
        if kind in (tuple, set, frozenset):
            return kind(self.copy(v) for v in original)
        if kind is list:
            return self._copy_list(original)
        if kind is dict:
            table: dict[Any, Any] = {}
            self._copies[id(original)] = table
            table.update((self.copy(k), self.copy(v)) for k, v in original.items())
            return table
        if not _is_plain(kind):
            twin = copy.deepcopy(original, self._copies)
            self.nbytes += int(getattr(twin, "nbytes", 0))
            return twin
        self._copies[id(original)] = twin = kind.__new__(kind)
        vars(twin).update((name, self.copy(v)) for name, v in vars(original).items())
        return twin

    def _copy_list(self, original: list[Any]) -> list[Any]:
        self.nbytes += 8 * len(original)
        if self._holds_only_constants(original):
            return original.copy()
        twin: list[Any] = []
        self._copies[id(original)] = twin  # before its contents, which may hold it
        twin.extend(self.copy(v) for v in original)
        return twin

    def _holds_only_constants(self, values: list[Any]) -> bool:
        """Whether these are numbers and words, or tuples of them."""
        kinds = set(map(type, values))
        if kinds == {tuple}:
            kinds = set(map(type, chain.from_iterable(values)))
        return all(issubclass(kind, self._unchanging) for kind in kinds)

    def _copy_array(self, original: _Array) -> _Array:
        np = self._np
        root = original  # the array that owns the numbers; what is behind that, if anything, is not an array
        while isinstance(root.base, np.ndarray):
            root = root.base
        if not original.flags.writeable and not root.flags.writeable:
            return original
        if root is original or original.dtype.hasobject:
            return self._copy_numbers(original)
        twin = self.copy(root)
        if twin.strides != root.strides:
            return self._copy_numbers(original)
        offset = original.__array_interface__["data"][0] - root.__array_interface__["data"][0]
        numbers = twin.ravel(order="K")  # in the order of memory
        view: _Array = np.ndarray(original.shape, original.dtype, numbers, offset, original.strides)
        view.flags.writeable = original.flags.writeable
        return view

    def _copy_numbers(self, original: _Array) -> _Array:
        self.nbytes += original.nbytes
        return original.copy(order="K")


def _is_plain(kind: Any) -> bool:
    """Whether objects of this class hold all they have in `__dict__`, and have no say in being copied."""
    return (
        kind.__new__ is object.__new__
        and kind.__reduce_ex__ is object.__reduce_ex__
        and kind.__reduce__ is object.__reduce__
        and not hasattr(kind, "__deepcopy__")
        and not hasattr(kind, "__setstate__")
        and not any(vars(base).get("__slots__") for base in kind.__mro__)
    )


def _copy_generator(original: np.random.Generator) -> np.random.Generator:
    bits = original.bit_generator
    twin = type(bits)(0)
    twin.state = bits.state
    return type(original)(twin)
