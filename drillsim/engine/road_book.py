"""What is true of the roads now, what the command centre knows of it, and how long each section takes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from drillsim.roads import RoadNetwork, RoadState, Route, Router


class RoadBook:
    """The truth about the roads in layers (weather, each hazard, injects), and the command centre's picture of it.

    Parameters
    ----------
    router
        Answers which way is fastest, with expected travel times.
    luck
        Factor on the travel time of each section in this replication; 1 if absent. [dimensionless]
    """

    def __init__(self, network: RoadNetwork, router: Router, luck: Mapping[str, float]) -> None:
        self.network = network
        self.router = router
        self.truth = RoadState()
        self.known = RoadState()
        self._luck = luck
        self._layers: dict[str, Mapping[str, float]] = {}

    def set_layer(self, name: str, factors: Mapping[str, float]) -> tuple[str, ...]:
        """Replace one layer of the truth; return the sections whose speed factor is another now."""
        old = self._layers.get(name, {})
        self._layers[name] = dict(factors)
        changed: dict[str, float] = {}
        for section in dict.fromkeys((*old, *factors)):
            factor = self._product(section)
            if factor != self.truth.factor(section):
                changed[section] = factor
        self.truth = self.truth.with_factors(changed)
        return tuple(changed)

    def in_layer(self, name: str) -> Mapping[str, float]:
        """Return one layer of the truth."""
        return self._layers.get(name, {})

    def _product(self, section: str) -> float:
        factor = 1.0
        for layer in self._layers.values():
            factor *= layer.get(section, 1.0)
        return factor

    def learn(self, sections: Iterable[str]) -> tuple[str, ...]:
        """Let the command centre know the truth about *sections*; return those it did not know."""
        news = {s: self.truth.factor(s) for s in sections if self.truth.factor(s) != self.known.factor(s)}
        self.known = self.known.with_factors(news)
        return tuple(news)

    def route(self, source: str, target: str) -> Route | None:
        """Return the fastest way for all the command centre knows."""
        return self.router.fastest(source, target, self.known)

    def times_to(self, target: str) -> Mapping[str, float]:
        """Return the expected travel time from every place that leads to *target*. [s]"""
        return self.router.times_to(target, self.known)

    def leg_s(self, section: str, expected_s: float) -> float:
        """Return how long a section really takes that is expected to take *expected_s*. [s]

        A section that is closed without anybody knowing takes as long as expected: who comes to it turns back there.
        """
        true, known = self.truth.factor(section), self.known.factor(section)
        ratio = known / true if true > 0 else 1.0
        return expected_s * ratio * self._luck.get(section, 1.0)
