"""What is true of the roads at one moment, or what somebody believes."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType


class RoadState:
    """Speed factor per road section: 1 as usual (and then left out), less is slower, 0 is closed. A frozen value.

    Examples
    --------
    >>> state = RoadState({"a--b:G1": 0.0})
    >>> state.is_closed("a--b:G1"), state.factor("b--c:G1")
    (True, 1.0)
    """

    __slots__ = ("_hash", "factors")

    def __init__(self, factors: Mapping[str, float] | None = None) -> None:
        kept = {section: factor for section, factor in (factors or {}).items() if factor != 1.0}
        self.factors: Mapping[str, float] = MappingProxyType(kept)
        self._hash = hash(frozenset(kept.items()))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RoadState) and self._hash == other._hash and self.factors == other.factors

    def __hash__(self) -> int:
        return self._hash

    def __repr__(self) -> str:
        return f"RoadState({dict(self.factors)!r})"

    def factor(self, section: str) -> float:
        """Return the speed factor of a section."""
        return self.factors.get(section, 1.0)

    def is_closed(self, section: str) -> bool:
        """Return whether a section is closed."""
        return self.factors.get(section, 1.0) == 0.0

    def with_factors(self, changes: Mapping[str, float]) -> RoadState:
        """Return the state with other factors for some sections."""
        return RoadState({**self.factors, **changes}) if changes else self
