"""What is true of the roads at one moment, or what somebody believes."""

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
        Factor on all sections besides, above 0 and at most 1: weather, the hour. It changes no way, only its time.

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
        kept = {section: factor for section, factor in (factors or {}).items() if factor != 1.0}
        if not 0 < overall <= 1 or not all(0 <= factor <= 1 for factor in kept.values()):
            raise ValueError("a speed factor lies between 0 and 1")
        self.factors: Mapping[str, float] = MappingProxyType(kept)
        self.overall = overall
        self._hash = hash((frozenset(kept.items()), overall))

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, RoadState)
            and self._hash == other._hash
            and self.overall == other.overall
            and self.factors == other.factors
        )

    def __hash__(self) -> int:
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
        return RoadState({**self.factors, **changes}, self.overall) if changes else self

    def with_overall(self, overall: float) -> RoadState:
        """Return the state with another overall factor."""
        return RoadState(self.factors, overall)
