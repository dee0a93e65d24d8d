"""Copying a state so that time can be rewound: bit for bit, with what nothing can change shared."""

from __future__ import annotations

import copy
import types
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlterms.base.errors import MltermsError
from mlterms.demo.state import State

# Shared by a copy and its original: nothing can change them.
_UNCHANGING = (
    *(type(None), bool, int, float, complex, str, bytes, range, slice, type, type(Ellipsis), np.generic),
    *(types.FunctionType, types.BuiltinFunctionType, types.ModuleType, types.MappingProxyType),
)
_FLEETING = (types.GeneratorType, types.CoroutineType, types.FrameType)
_Array = NDArray[Any]


class Copier:
    """Copies a state. `nbytes` counts what its arrays and lists take, without those that are shared."""

    def __init__(self) -> None:
        self.nbytes = 0
        self._made: dict[int, Any] = {}
        self._alive: list[Any] = []  # keeps what the ids in _made belong to

    def state(self, original: State) -> State:
        twin = State()
        for name, value in vars(original).items():
            try:
                vars(twin)[name] = self.value(value)
            except TypeError as error:
                raise MltermsError(f"the state's {name} cannot be copied: {error}") from None
        return twin

    def value(self, original: Any) -> Any:
        if isinstance(original, _UNCHANGING):
            return original
        made = self._made.get(id(original))
        if made is None:
            made = self._copied(original)
            self._made[id(original)] = made
            self._alive.append(original)
        return made

    def _copied(self, original: Any) -> Any:
        kind: Any = type(original)
        if isinstance(original, np.ndarray):
            return self._array_copied(original)
        if isinstance(original, np.random.Generator):
            return _generator_copied(original)
        if isinstance(original, _FLEETING):
            raise TypeError(f"it is a {kind.__name__}; keep a list or an index instead")
        if kind in (tuple, set, frozenset):
            return kind(self.value(v) for v in original)
        if kind is list:
            return self._list_copied(original)
        if kind is dict:
            table: dict[Any, Any] = {}
            self._made[id(original)] = table
            table.update((self.value(k), self.value(v)) for k, v in original.items())
            return table
        if not _is_plain(kind):
            twin = copy.deepcopy(original, self._made)
            self.nbytes += int(getattr(twin, "nbytes", 0))
            return twin
        self._made[id(original)] = twin = kind.__new__(kind)
        vars(twin).update((name, self.value(v)) for name, v in vars(original).items())
        return twin

    def _list_copied(self, original: list[Any]) -> list[Any]:
        self.nbytes += 8 * len(original)
        if self._holds_only_constants(original):
            return original.copy()
        row: list[Any] = []
        self._made[id(original)] = row  # before its contents, which may hold it
        row.extend(self.value(v) for v in original)
        return row

    def _holds_only_constants(self, row: list[Any]) -> bool:
        """Whether these are numbers and words, or tuples of them: a history that grows with each step."""
        kinds = set(map(type, row))
        if kinds == {tuple}:
            kinds = set(map(type, chain.from_iterable(row)))
        return all(issubclass(kind, _UNCHANGING) for kind in kinds)

    def _array_copied(self, original: _Array) -> _Array:
        root = original  # the array that owns the numbers; what lies behind that, if anything, is no array
        while isinstance(root.base, np.ndarray):
            root = root.base
        if not original.flags.writeable and not root.flags.writeable:
            return original
        if root is original or original.dtype.hasobject:
            return self._owned(original)
        twin = self.value(root)
        if twin.strides != root.strides:
            return self._owned(original)
        offset = original.__array_interface__["data"][0] - root.__array_interface__["data"][0]
        numbers = twin.ravel(order="K")  # as they lie in memory
        view: _Array = np.ndarray(original.shape, original.dtype, numbers, offset, original.strides)
        view.flags.writeable = original.flags.writeable
        return view

    def _owned(self, original: _Array) -> _Array:
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


def _generator_copied(original: np.random.Generator) -> np.random.Generator:
    bits = original.bit_generator
    twin = type(bits)(0)
    twin.state = bits.state
    return type(original)(twin)
