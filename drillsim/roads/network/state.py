"""The state of the roads at one moment, true or as known."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType


class RoadState:
    """Speed factor per road section: 1 as usual (and then left out), less is slower, 0 is closed. A frozen value.

    Parameters
    ----------
    factors
        By section id, each from 0 to 1.
    overall
        Factor on all sections besides, above 0 and at most 1: weather, the hour. It changes no route, only its time.

    Raises
    ------
    ValueError
        If a factor lies outside: a road is never faster than as usual.

    Examples
    --------
    >>> state = RoadState({"a--b:G1": 0.0})
    >>> state.is_closed("a--b:G1"), state.factor("b--c:G1")
    (True, 1.0)
    """

    __slots__ = ("_hash", "factors", "overall")

    def __init__(self, factors: Mapping[str, float] | None = None, overall: float = 1.0) -> None:
        if not 0 < overall <= 1:
            raise ValueError("a speed factor lies between 0 and 1")
        self.factors: Mapping[str, float] = MappingProxyType(_changed({}, factors or {}))
        self.overall = overall
        self._hash: int | None = None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RoadState) and self.overall == other.overall and self.factors == other.factors

    def __hash__(self) -> int:
        if self._hash is None:  # a run asks for few of its states
            self._hash = hash((frozenset(self.factors.items()), self.overall))
        return self._hash

    def __repr__(self) -> str:
        return f"RoadState({dict(self.factors)!r}, overall={self.overall})"

    def factor(self, section: str) -> float:
        """Return the speed factor of a section, without the overall one."""
        return self.factors.get(section, 1.0)

    def is_closed(self, section: str) -> bool:
        """Return whether a section is closed."""
        return self.factors.get(section, 1.0) == 0.0

    def with_factors(self, changes: Mapping[str, float]) -> RoadState:
        """Return the state with other factors for some sections."""
        if not changes:
            return self
        state = RoadState(overall=self.overall)
        state.factors = MappingProxyType(_changed(self.factors, changes))
        return state

    def with_overall(self, overall: float) -> RoadState:
        """Return the state with another overall factor."""
        state = RoadState(overall=overall)
        state.factors = self.factors
        return state


def _changed(factors: Mapping[str, float], changes: Mapping[str, float]) -> dict[str, float]:
    """Return factors with changes, without those that are 1."""
    changed = dict(factors)
    for section, factor in changes.items():
        if not 0 <= factor <= 1:
            raise ValueError("a speed factor lies between 0 and 1")
        if factor == 1.0:
            changed.pop(section, None)
        else:
            changed[section] = factor
    return changed
