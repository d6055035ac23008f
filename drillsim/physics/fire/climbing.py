"""How long crews take to a floor: on stairs with kit, fatigue and rests, or by fire lift and two floors on foot."""

from __future__ import annotations

import math
from typing import Final

FLOOR_S: Final = (20.0, 30.0, 45.0, 60.0)
"""Per floor of 3 m with a hose pack, in the first, second, third and further ten floors (planning values). [s]

An assumption of the literature review, anchored on O'Connell 1986: 12.2 m/min, 15 s a floor, 39 kg, 80 % of VO2max,
which is not kept up for more than about five minutes (found).
"""
REST_S: Final = 150.0
"""Rest after every ten floors: 2 to 3 minutes (planning value, assumption). [s]"""
FLOORS_PER_STRETCH: Final = 10
PLANNING_FLOOR_M: Final = 3.0
LIFT_CAR_PEOPLE: Final = 8
"""People with kit in a fire lift of 800 kg (assumption from the rated load)."""
LIFT_DOORS_S: Final = 20.0
"""Doors, boarding, getting off, per trip (assumption). [s]"""
LIFT_TO_TOP_S: Final = 60.0
"""From the ground to the top floor at most. GB 50016 7.3.8 (knowledge). [s]"""
WALK_FROM_LIFT_FLOORS: Final = 2
"""Crews leave the lift so many floors below the fire (practice of fire services, knowledge)."""


def vo2max_ratio(elevation_m: float) -> float:
    """Return the part of sea-level aerobic power that is left to people who are not acclimatised. [0..1]

    Notes
    -----
    ``1 - 0.063 (h - 300) / 1000``, Wehrlin and Hallén 2006 (knowledge); 300 to 2800 m measured, used to 5000 m.

    Examples
    --------
    >>> [round(vo2max_ratio(h), 3) for h in (0, 2260, 4500)]
    [1.0, 0.877, 0.735]
    """
    return 1.0 - 0.063 * max(0.0, elevation_m - 300.0) / 1000.0


def climb_s(floors: int, storey_m: float = PLANNING_FLOOR_M, elevation_m: float = 0.0) -> float:
    """Return how long a crew climbs so many floors with a hose pack, rests included. [s]

    Parameters
    ----------
    floors
        Floors climbed, from 0.
    storey_m
        Height of a floor. [m]
    elevation_m
        Height above sea level; speed goes with the aerobic power that is left. [m]

    Examples
    --------
    >>> climb_s(9), climb_s(10), climb_s(11), climb_s(33)
    (180.0, 200.0, 380.0, 1580.0)
    """
    levels = floors * storey_m / PLANNING_FLOOR_M
    moving_s = sum(
        pace * max(0.0, min(levels - i * FLOORS_PER_STRETCH, math.inf if i == len(FLOOR_S) - 1 else FLOORS_PER_STRETCH))
        for i, pace in enumerate(FLOOR_S)
    )
    rests = max(0, math.ceil(levels / FLOORS_PER_STRETCH - 1e-9) - 1)
    return moving_s / vo2max_ratio(elevation_m) + REST_S * rests


def lift_s(floors: int, top_floors: int, people: int = LIFT_CAR_PEOPLE) -> float:
    """Return how long a fire lift takes until the last of *people* is up. [s]

    Parameters
    ----------
    floors
        Floors to go up.
    top_floors
        Floors from the ground to the top, which the lift does in 60 s.
    people
        How many go up together.

    Examples
    --------
    >>> lift_s(15, 30), lift_s(15, 30, people=9)
    (50.0, 130.0)
    """
    ride_s = LIFT_TO_TOP_S * floors / max(1, top_floors)
    trips = max(1, math.ceil(people / LIFT_CAR_PEOPLE))
    return trips * (ride_s + LIFT_DOORS_S) + (trips - 1) * ride_s


def access_s(
    floors: int, top_floors: int, *, by_lift: bool, storey_m: float = PLANNING_FLOOR_M, elevation_m: float = 0.0
) -> float:
    """Return how long a crew takes from the lobby to a floor. [s]

    Notes
    -----
    By lift it rides to two floors below and walks the rest; one crew waits for the car to come down again (assumption).

    Examples
    --------
    >>> access_s(9, 12, by_lift=False), access_s(9, 12, by_lift=True)
    (180.0, 130.0)
    """
    if not by_lift or floors <= WALK_FROM_LIFT_FLOORS:
        return climb_s(floors, storey_m, elevation_m)
    ride = floors - WALK_FROM_LIFT_FLOORS
    back_s = LIFT_TO_TOP_S * ride / max(1, top_floors)
    return back_s + lift_s(ride, top_floors) + climb_s(WALK_FROM_LIFT_FLOORS, storey_m, elevation_m)
