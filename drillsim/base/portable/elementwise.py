"""Calling a function for one number or for an array of them: the way is chosen by how many there are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Generic, TypeVar, overload

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
Numbers = TypeVar("Numbers", float, Array)
FEW: Final = 24
"""Up to so many numbers are computed one by one, which is quicker."""
BLOCK: Final = 8192
"""So many numbers are computed at once: what is in between then stays in the cache of the processor."""


ANYWHERE: Final = 0.5
"""A number for which every function is regular."""


class Elementwise(Generic[Numbers]):
    """A function of one variable, of floats and of arrays.

    Parameters
    ----------
    one
        The function of a float, special values included.
    many
        The same operations on an array without axes; where *regular* is false, its result does not count.
    regular
        Where *many* holds; elsewhere *one* is asked.
    """

    def __init__(
        self,
        one: Callable[[float], float],
        many: Callable[[Array], Array],
        regular: Callable[[Array], NDArray[np.bool_]],
    ) -> None:
        self._one, self._many, self._regular = one, many, regular
        self.__doc__ = one.__doc__

    @overload
    def __call__(self, x: float) -> float: ...
    @overload
    def __call__(self, x: ArrayLike) -> Array: ...
    def __call__(self, x: ArrayLike) -> float | Array:
        """Return the function of each number of *x*."""
        if type(x) is float:  # by far the most frequent
            return self._one(x)
        if isinstance(x, float | int):
            return self._one(float(x))
        given = np.asarray(x, dtype=np.float64)
        if given.size <= FEW:
            return _few(self._one, given)
        flat = given.ravel()
        if flat.size <= BLOCK:
            return self._block(flat).reshape(given.shape)
        out = np.empty_like(flat)
        for begin in range(0, flat.size, BLOCK):
            out[begin : begin + BLOCK] = self._block(flat[begin : begin + BLOCK])
        return out.reshape(given.shape)

    def _block(self, x: Array) -> Array:
        regular = self._regular(x)
        if regular.all():
            return self._many(x)
        out = self._many(np.where(regular, x, ANYWHERE))
        other = ~regular
        values, inverse = np.unique(x[other], return_inverse=True)
        out[other] = np.array([self._one(value) for value in values.tolist()])[inverse]
        return out


def _few(one: Callable[[float], float], given: Array) -> Array:
    if given.ndim == 0:
        return np.float64(one(float(given)))  # type: ignore[return-value]  # as numpy does
    return np.array([one(value) for value in given.ravel().tolist()]).reshape(given.shape)
