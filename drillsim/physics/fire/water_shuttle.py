"""Water without hydrants: the supply a building requires and the rate of a tanker shuttle. NFPA 1142."""

from __future__ import annotations

from typing import Final

LITRES_PER_GALLON: Final = 3.785411784
M3_PER_FT3: Final = 0.028316846592
METRES_PER_MILE: Final = 1609.344
LEAST_GALLONS: Final = 2000.0
LEAST_GALLONS_EXPOSED: Final = 3000.0
EXPOSURE_FACTOR: Final = 1.5
USABLE_PART: Final = 0.9
"""Part of a tank that is really delivered. Source: NFPA 1142."""
TABLE_KMH: Final = 35.0 * 1.609344
"""Speed behind the travel formula: 35 mph. Source: NFPA 1142."""


def water_needed_m3(volume_m3: float, hazard: int, construction: float, *, exposed: bool = False) -> float:
    """Return the least water to have on hand for a building. [m³]

    Parameters
    ----------
    volume_m3
        Volume of the building. [m³]
    hazard
        Occupancy hazard classification, 3 (worst) to 7.
    construction
        Construction classification, 0.5 (fire resistive) to 1.5 (wood frame).
    exposed
        Whether another building stands within 15 m.

    Notes
    -----
    ``V[ft³]/OHC * CC`` gallons, 1.5 times that with exposures; at least 2000 gal (7.6 m³), 3000 gal (11.4 m³) with.

    Examples
    --------
    >>> round(water_needed_m3(2000.0, 4, 1.5), 1), round(water_needed_m3(100.0, 4, 1.5), 1)
    (100.3, 7.6)
    """
    gallons = volume_m3 / M3_PER_FT3 / hazard * construction * (EXPOSURE_FACTOR if exposed else 1.0)
    least = LEAST_GALLONS_EXPOSED if exposed else LEAST_GALLONS
    return max(gallons, least) * LITRES_PER_GALLON / 1000.0


def travel_minutes(distance_m: float, speed_kmh: float = TABLE_KMH) -> float:
    """Return how long a tanker travels one way. [min]

    ``0.65 + 1.70 D`` for D miles at 35 mph (NFPA 1142); the second term goes with the inverse of the real speed.

    Examples
    --------
    >>> round(travel_minutes(1609.344), 2), round(travel_minutes(1609.344, 28.16352), 2)
    (2.35, 4.05)
    """
    return 0.65 + 1.70 * distance_m / METRES_PER_MILE * TABLE_KMH / speed_kmh


def tanker_l_min(tank_l: float, cycle_min: float) -> float:
    """Return what one tanker delivers on average. [L/min]

    ``0.9 V/T``: the worked example is 3000 gal every 12 min, 225 gal/min.

    Examples
    --------
    >>> round(tanker_l_min(3000.0 * LITRES_PER_GALLON, 12.0) / LITRES_PER_GALLON, 6)
    225.0
    """
    return USABLE_PART * tank_l / cycle_min


def cycle_minutes(distance_m: float, speed_kmh: float, fill_min: float, dump_min: float) -> float:
    """Return the time of one round: out, fill, back, dump. [min]

    Examples
    --------
    >>> round(cycle_minutes(1609.344, TABLE_KMH, 4.0, 3.3), 1)
    12.0
    """
    return 2.0 * travel_minutes(distance_m, speed_kmh) + fill_min + dump_min


def tankers_needed(demand_l_min: float, tank_l: float, cycle_min: float) -> int:
    """Return the least number of tankers that keep up a demand.

    Examples
    --------
    >>> tankers_needed(1500.0, 10_000.0, 20.0)
    4
    """
    each = tanker_l_min(tank_l, cycle_min)
    return max(1, -int(-demand_l_min // each))
