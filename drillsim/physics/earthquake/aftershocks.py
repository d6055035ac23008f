"""Aftershocks: how many, when, how large, and where."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from drillsim.base import portable
from drillsim.base.geodesy import east_north, moved
from drillsim.physics.earthquake.shaking import Source

B_VALUE: Final = 0.91
P_VALUE: Final = 1.08
C_DAYS: Final = 0.05
PLATEAU_A: Final = -2.6
"""Productivity on the plateau: fits on Maduo 2021 (-2.54), Jishishan 2023 (-2.37), Menyuan 2022 (-3.03)."""
PLATEAU_A_SIGMA: Final = 0.3
"""Spread of the three fits (derived)."""
DAY_S: Final = 86_400.0
"""Seconds of a day, by definition. [s]"""


@dataclass(frozen=True, slots=True)
class Aftershock:
    """One aftershock of a sequence: its time, size and place."""

    t_s: float
    """After the main shock. [s]"""
    source: Source


def expected_count(a: float, main: float, least: float, until_days: float) -> float:
    """Return how many aftershocks of at least a magnitude are to be expected.

    Notes
    -----
    The integral over time of ``10^(a + b (Mm - M)) (t + c)^-p`` per day, Reasenberg and Jones 1989 (knowledge), with
    b = 0.91, p = 1.08, c = 0.05 d. California's a = -1.67 gives 5 to 20 times too many on the plateau; the default
    here is -2.6 with a standard deviation of 0.3.

    Examples
    --------
    >>> round(expected_count(-2.54, 7.4, 3.0, 0.105))
    40
    """
    integral = (portable.power(C_DAYS, 1 - P_VALUE) - portable.power(until_days + C_DAYS, 1 - P_VALUE)) / (P_VALUE - 1)
    return float(portable.power(10.0, a + B_VALUE * (main - least)) * integral)


DRAWN_S: Final = 30 * DAY_S
"""Aftershocks are drawn for so long, or a multiple of it (numerical choice). [s]"""


def draw_aftershocks(
    main: Source,
    until_s: float,
    rng: np.random.Generator,
    *,
    least: float = 4.0,
    length_km: float = 0.0,
    begins: float = 0.5,
) -> tuple[Aftershock, ...]:
    """Draw the aftershocks of at least a magnitude, in order of time.

    Magnitudes follow Gutenberg and Richter up to that of the main shock less 0.1; places are spread along the rupture,
    of which the share *begins* lies behind the epicentre, and normally across it with a tenth of its length
    (assumption). Båth's law, the largest 1.2 below the main shock, is compared with them in the validation. They are
    drawn for :data:`DRAWN_S` and those after *until_s* left out, so that a longer exercise begins with the same ones.
    """
    if least >= main.magnitude:
        return ()
    a = rng.normal(PLATEAU_A, PLATEAU_A_SIGMA)
    drawn_until_s = DRAWN_S * math.ceil(until_s / DRAWN_S)
    count = int(rng.poisson(expected_count(a, main.magnitude, least, drawn_until_s / DAY_S)))
    times_s = np.sort(_times_s(rng.random(count), drawn_until_s))
    room = 1.0 - portable.power(10.0, -B_VALUE * max(0.0, main.magnitude - 0.1 - least))
    magnitudes = least - portable.log10(1.0 - rng.random(count) * room) / B_VALUE
    along = (rng.uniform(-0.5, 0.5, count) + 0.5 - begins) * length_km
    across = rng.normal(0.0, 1.0, count) * max(length_km / 10.0, 2.0)
    return tuple(
        Aftershock(float(t), _moved(main, float(m), float(x), float(y)))
        for t, m, x, y in zip(times_s, magnitudes, along, across, strict=True)
        if t < until_s
    )


def _times_s(u: np.ndarray, until_s: float) -> np.ndarray:
    """Return moments whose rate falls as Omori's law: the inverse of its integral."""
    first, last = portable.power(C_DAYS, 1 - P_VALUE), portable.power(until_s / DAY_S + C_DAYS, 1 - P_VALUE)
    return np.asarray((portable.power(first - u * (first - last), 1 / (1 - P_VALUE)) - C_DAYS) * DAY_S)


def _moved(main: Source, magnitude: float, along_km: float, across_km: float) -> Source:
    east_m, north_m = east_north(1000.0 * along_km, 1000.0 * across_km, main.strike_deg)
    lat, lon = moved((main.lat_deg, main.lon_deg), east_m, north_m)
    return Source(magnitude, lat, lon, main.depth_km, main.strike_deg)
