"""Columns on the march: how long one takes to pass, when it halts and when it fills up."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from drillsim.base.quantities import Model, Positive, Seconds

Metres = Annotated[float, Field(gt=0, le=10_000, json_schema_extra={"unit": "m"})]


class MarchRules(Model):
    """Rules of a column. Practice of military convoys (ATP 4-16, FM 55-30), from general knowledge; want checking."""

    vehicle_gap_m: Metres = 75.0
    """Between two vehicles on the open road; 50 to 100 m."""
    vehicle_length_m: Metres = 10.0
    """Length of a heavy vehicle (assumption)."""
    vehicles_per_march_unit: Positive = 20
    """Vehicles that drive as one march unit."""
    march_unit_gap_s: Seconds = 120.0
    """Between two march units."""
    vehicles_per_extra_minute: Positive = 25
    """One more minute of pass time for every so many vehicles."""
    first_halt_after_s: Seconds = 3600.0
    """Driving before the first halt."""
    first_halt_s: Seconds = 900.0
    """Length of the first halt."""
    halt_every_s: Annotated[Seconds, Field(gt=0)] = 7200.0
    """Driving between further halts."""
    halt_s: Seconds = 600.0
    """Length of a further halt."""
    rest_every_s: Annotated[Seconds, Field(gt=0)] = 14400.0
    """Driving after which drivers must rest (implementing rules of the road traffic safety law, art. 62)."""
    rest_s: Seconds = 1200.0
    """Least rest of the drivers."""
    range_km: Annotated[float, Field(gt=0, le=100_000, json_schema_extra={"unit": "km"})] = 400.0
    """What a heavy vehicle drives on one tank, at what it burns on the plateau (assumption)."""
    refuel_s: Seconds = 1800.0
    """Halt in which a march unit fills up (assumption)."""


def pass_time_s(vehicles: int, speed_kmh: float, rules: MarchRules) -> float:
    """Return the time between the first and the last vehicle of a column passing one point. [s]

    Parameters
    ----------
    vehicles
        How many vehicles, from 1.
    speed_kmh
        Speed of the column. [km/h]
    rules
        Gaps of the column.

    Notes
    -----
    ``PST = 60 N / (density x rate) + EXTAL + gaps`` in minutes, with the density in vehicles per km, the rate of march
    in km/h, EXTAL one minute for every 25 vehicles, and the gaps between march units. FM 55-30, from general knowledge;
    wants checking.

    Examples
    --------
    100 vehicles, 85 m from front to front, at 51 km/h take 6 s each; 5 march units have 4 gaps of 2 min; 4 min extra:

    >>> pass_time_s(100, 51.0, MarchRules())
    1320.0
    """
    spacing_m = rules.vehicle_gap_m + rules.vehicle_length_m
    gaps = math.ceil(vehicles / rules.vehicles_per_march_unit) - 1
    extra_s = 60.0 * vehicles / rules.vehicles_per_extra_minute
    return vehicles * spacing_m / (speed_kmh / 3.6) + extra_s + gaps * rules.march_unit_gap_s


def march_halts_s(
    driving_s: float, rules: MarchRules, refuel_after_s: Iterable[float] = ()
) -> tuple[tuple[float, float], ...]:
    """Return the halts that fall due during so much driving: (after how much driving, how long), in order. [s]

    Parameters
    ----------
    driving_s
        How long is driven. [s]
    rules
        Halts and rests.
    refuel_after_s
        After how much driving the tanks are empty, each time. [s]

    Notes
    -----
    What falls on the same moment counts once, the longest of it.

    Examples
    --------
    >>> march_halts_s(5 * 3600, MarchRules())
    ((3600.0, 900.0), (10800.0, 600.0), (14400.0, 1200.0), (18000.0, 600.0))
    >>> march_halts_s(2 * 3600, MarchRules(), [5400.0])
    ((3600.0, 900.0), (5400.0, 1800.0))
    """
    due: dict[float, float] = {}
    at_s, halt_s = rules.first_halt_after_s, rules.first_halt_s
    while at_s <= driving_s:
        due[at_s] = halt_s
        at_s, halt_s = at_s + rules.halt_every_s, rules.halt_s
    rest_at_s = rules.rest_every_s
    while rest_at_s <= driving_s:
        due[rest_at_s] = max(due.get(rest_at_s, 0.0), rules.rest_s)
        rest_at_s += rules.rest_every_s
    for refuel_at_s in refuel_after_s:
        due[refuel_at_s] = max(due.get(refuel_at_s, 0.0), rules.refuel_s)
    return tuple(sorted(due.items()))


def halts_between_s(
    rules: MarchRules, driven_s: NDArray[np.float64], driven_m: NDArray[np.float64]
) -> tuple[tuple[float, float], ...]:
    """Return the halts that fall due between the first and the last of some places: (after how much driving, how long).

    Parameters
    ----------
    rules
        Halts, rests and how far a tank lasts.
    driven_s
        (n,) driving time of the whole march until each place. [s]
    driven_m
        (n,) distance of the whole march until each place. [m]

    Examples
    --------
    Two hours at 60 km/h from the third on; the halt after one hour is over, the next is due after three:

    >>> halts_between_s(MarchRules(), np.array([7200.0, 14300.0]), np.array([120e3, 240e3]))
    ((10800.0, 600.0),)
    """
    tanks_m = np.arange(1000 * rules.range_km, driven_m[-1], 1000 * rules.range_km)
    empty_s = np.interp(tanks_m[tanks_m > driven_m[0]], driven_m, driven_s).tolist()
    halts = march_halts_s(float(driven_s[-1]), rules, empty_s)
    return tuple((due_s, halt_s) for due_s, halt_s in halts if due_s > driven_s[0])
