"""Speeds by class of road and the factor of lights and siren, fitted to travel times that were observed."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy.optimize import lsq_linear

from drillsim.base.errors import NetworkError, Problem
from drillsim.roads.network.columns import numbers
from drillsim.roads.network.elements import ROAD_CLASSES
from drillsim.roads.network.network import RoadNetwork
from drillsim.roads.network.state import RoadState
from drillsim.roads.routing.routing import Route
from drillsim.roads.routing.select import router_of
from drillsim.roads.speeds.observed_times import Observation
from drillsim.roads.speeds.speeds import HeavyVehicleSpeed

ROUNDS: Final = 8
"""Times that routes and speeds are found in turn; the routes hardly change after four."""
FASTEST_KMH, SLOWEST_KMH = 130.0, 3.0
PRIOR_WEIGHT: Final = 0.5
"""A class of road with few kilometres keeps near its former speed: spread of journeys over spread of the speeds of
classes around a common factor, 0.15 over 0.3 (assumption). [dimensionless]"""
MOST_OFF: Final = 5.0
"""A journey that took so many times longer or shorter than the others would suggest was something else (assumption).
[dimensionless]"""
FEWEST: Final = 5
"""Observations below which nothing is fitted (assumption)."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """What was found, and how well it predicts journeys that it has not seen."""

    speeds: HeavyVehicleSpeed
    observations: int
    unreachable: int
    """Observations that begin where they end, or between places that no route joins; they were left out."""
    strange: tuple[str, ...]
    """Journeys that took several times longer or shorter than all others suggest, as ``origin - destination``."""
    km_by_class: dict[str, float]
    """Kilometres that were driven on each class of road."""
    error_before: float
    """Median of the relative error with the speeds as they were. [dimensionless]"""
    error_after: float
    """Median of the relative error by cross-validation. [dimensionless]"""
    bias_after: float
    """Mean of predicted over observed, less one, by cross-validation. [dimensionless]"""
    error_by_hour: dict[str, float]
    """Mean of observed over predicted in each part of the day: above one, traffic slows. [dimensionless]"""


def calibrate(
    network: RoadNetwork,
    observations: Sequence[Observation],
    speeds: HeavyVehicleSpeed | None = None,
    *,
    folds: int = 5,
) -> Calibration:
    """Fit the speed of every class of road, and the siren factor where journeys without siren are among them.

    Routes and speeds are found in turn: the fastest routes for the speeds, then the pace of each class on those routes
    by least squares of the relative error. Caps per class are lifted to what is found.

    Raises
    ------
    NetworkError
        If there are fewer than five usable observations.
    """
    speeds = speeds or HeavyVehicleSpeed()
    reachable = [(o, s) for o in observations if math.isfinite(s := _predicted_s(network, speeds, o))]
    usable, strange = _without_strange(reachable)
    if len(usable) < max(FEWEST, folds):
        raise NetworkError(
            [Problem("too_few_observations", values={"least": max(FEWEST, folds)}, got=str(len(usable)))]
        )
    seen = np.array([o.seconds for o in usable])
    before = np.array([_predicted_s(network, speeds, o) for o in usable])
    held_out = np.empty(len(usable))
    for fold in range(folds):
        inside = [o for i, o in enumerate(usable) if i % folds != fold]
        fitted = _fitted(network, inside, speeds)
        for i in range(fold, len(usable), folds):
            held_out[i] = _predicted_s(network, fitted, usable[i])
    final = _fitted(network, usable, speeds)
    routes = [_route(network, final, o) for o in usable]
    return Calibration(
        speeds=final,
        observations=len(usable),
        unreachable=len(observations) - len(reachable),
        strange=tuple(f"{o.origin} - {o.destination}" for o in strange),
        km_by_class={
            name: float(km) for name, km in zip(ROAD_CLASSES, _km(network, routes).sum(axis=0), strict=True) if km
        },
        error_before=float(np.median(np.abs(before / seen - 1))),
        error_after=float(np.median(np.abs(held_out / seen - 1))),
        bias_after=float(np.mean(held_out / seen) - 1),
        error_by_hour=_by_hour(usable, seen / held_out),
    )


def _without_strange(reachable: Sequence[tuple[Observation, float]]) -> tuple[list[Observation], list[Observation]]:
    """Return the journeys that were as long as the others suggest, and those that were not."""
    ratios = np.array([o.seconds / s for o, s in reachable if s > 0])
    middle = float(np.median(ratios)) if len(ratios) else 1.0
    usable: list[Observation] = []
    strange: list[Observation] = []
    for o, s in reachable:
        off = o.seconds / s / middle if s > 0 else 1.0
        (usable if 1 / MOST_OFF <= off <= MOST_OFF else strange).append(o)
    return usable, strange


def _fitted(network: RoadNetwork, observations: Sequence[Observation], speeds: HeavyVehicleSpeed) -> HeavyVehicleSpeed:
    siren = np.array([o.siren for o in observations])
    before = 3600.0 / np.array([_class_kmh(network, speeds, name) for name in ROAD_CLASSES])
    for _ in range(ROUNDS):
        routes = [_route(network, speeds, o) for o in observations]
        km, observed_s = _km(network, routes), np.array([o.seconds for o in observations])
        delay_s = _delays_s(network, routes) if speeds.junctions else np.zeros(len(routes))
        driven_s = np.maximum(observed_s - delay_s, 0.1 * observed_s)
        factor = np.where(siren, speeds.siren_factor, 1.0)
        pace = _paces(km / (factor * driven_s)[:, None], before)
        ratio = (km @ pace) / driven_s
        siren_factor = speeds.siren_factor
        if siren.any() and not siren.all():
            siren_factor = float(np.clip(np.median(ratio[siren]) / np.median(ratio[~siren]), 0.5, 2.0))
        kmh = {
            name: float(3600.0 / p)
            for name, p, driven in zip(ROAD_CLASSES, pace, km.sum(axis=0), strict=True)
            if driven
        }
        caps = {"motorway_cap_kmh": FASTEST_KMH, "other_cap_kmh": FASTEST_KMH}
        speeds = speeds.model_copy(
            update={"class_kmh": {**speeds.class_kmh, **kmh}, "siren_factor": siren_factor, **caps}
        )
    return speeds


def _paces(share: NDArray[np.float64], before: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the pace of each class that explains the times best, near the former ones where little is known.

    Parameters
    ----------
    share
        (n_journeys, n_classes) kilometres over the time that was driven. [km/s]
    before
        (n_classes,) pace before, of which all may be off by a common factor. [s/km]
    """
    common = 1.0 / np.median(share @ before)
    rows = np.vstack([share, PRIOR_WEIGHT * np.diag(1.0 / (common * before))])
    wanted = np.concatenate([np.ones(len(share)), np.full(len(before), PRIOR_WEIGHT)])
    return np.asarray(lsq_linear(rows, wanted, bounds=(3600.0 / FASTEST_KMH, 3600.0 / SLOWEST_KMH)).x)


def _class_kmh(network: RoadNetwork, speeds: HeavyVehicleSpeed, road_class: str) -> float:
    """Return the mean speed on a class of road before the siren. [km/h]"""
    if road_class in speeds.class_kmh:
        return float(speeds.class_kmh[road_class])
    columns = network.section_columns
    here = np.asarray(columns["road_class"].cast(pa.string()).to_numpy() == road_class)
    along, back = (numbers(columns[name])[here].astype(float) for name in ("free_flow_kmh", "backward_kmh"))
    free_kmh = np.where(np.isnan(back), along, (along + back) / 2)
    return float(np.clip(speeds.factor * free_kmh.mean() if len(free_kmh) else 30.0, SLOWEST_KMH, FASTEST_KMH))


def _route(network: RoadNetwork, speeds: HeavyVehicleSpeed, o: Observation) -> Route | None:
    asked = speeds if o.siren else speeds.model_copy(update={"siren_factor": 1.0})
    return router_of(network, asked).fastest(o.origin, o.destination, RoadState())


def _predicted_s(network: RoadNetwork, speeds: HeavyVehicleSpeed, o: Observation) -> float:
    route = _route(network, speeds, o)
    return math.inf if route is None or not len(route.section_rows) else route.travel_s


def _km(network: RoadNetwork, routes: Sequence[Route | None]) -> NDArray[np.float64]:
    """Return the kilometres on each class of road: (n_routes, n_classes)."""
    names = network.section_columns["road_class"].cast(pa.string()).to_numpy(zero_copy_only=False)
    code = {name: i for i, name in enumerate(ROAD_CLASSES)}
    km = np.zeros((len(routes), len(ROAD_CLASSES)))
    for i, route in enumerate(routes):
        if route is not None:
            np.add.at(km[i], [code[names[row]] for row in route.section_rows], route.legs_m / 1000.0)
    return km


def _delays_s(network: RoadNetwork, routes: Sequence[Route | None]) -> NDArray[np.float64]:
    delay_s = numbers(network.section_columns["delay_s"])
    return np.array([0.0 if route is None else delay_s[route.section_rows].sum() for route in routes])


def _by_hour(observations: Sequence[Observation], ratio: NDArray[np.float64]) -> dict[str, float]:
    found = {}
    for begin in range(0, 24, 3):
        here = [r for o, r in zip(observations, ratio, strict=True) if begin <= o.hour < begin + 3]
        if here:
            found[f"{begin:02d}-{begin + 3:02d}"] = float(np.mean(here))
    return found
