"""Water supply up a building: pump pressure against height and friction, nozzle flow, loss by altitude."""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from drillsim.base import portable

G_MS2: Final = 9.81
"""Standard gravity, rounded (derived). [m/s²]"""
M_PER_MPA: Final = 1e6 / (1000.0 * G_MS2)
"""Head of water for one megapascal: 101.9 m (derived)."""
HOSE_LOSS: Final[Mapping[int, float]] = MappingProxyType({65: 0.035, 80: 0.015, 90: 0.008})
"""Head lost in 20 m of hose is this times the square of the flow in L/s, by bore in mm. GB 50974, textbooks
(knowledge). [m s²/L²]"""
RISER_LOSS_PER_M: Final = 0.00022
"""Head lost in one metre of 100 mm steel riser per squared L/s: Hazen-Williams C = 120 at 10 L/s (derived). [s²/L²]"""


def nozzle_constant(bore_mm: float) -> float:
    """Return ``B`` of ``Q² = B H`` for a smooth nozzle, Q in L/s and H in metres of water. [L²/(s² m)]

    Notes
    -----
    Bernoulli without loss: ``Q = A sqrt(2 g H)``. The textbooks' 0.346, 0.793 and 1.577 for 13, 16 and 19 mm are the
    same.

    Examples
    --------
    >>> [round(nozzle_constant(d), 3) for d in (13, 16, 19)]
    [0.346, 0.793, 1.577]
    """
    area_m2 = math.pi / 4.0 * portable.square(bore_mm / 1000.0)
    return portable.square(1000.0 * area_m2) * 2.0 * G_MS2


def line_flow_l_s(
    pump_mpa: float, height_m: float, *, lines: int = 1, hose_m: float = 40.0, feed_m: float = 20.0,
    bore_mm: float = 19.0, most_l_s: float = 7.5,
) -> float:  # fmt: skip
    """Return the flow of each of *lines* equal hose lines on a floor, fed by one pump and riser. [L/s]

    Parameters
    ----------
    pump_mpa
        Pressure at the pump, gauge. [MPa]
    height_m
        Of the nozzle above the pump. [m]
    lines
        Lines at work on the riser, from 1.
    hose_m, feed_m
        Hose of 65 mm from the riser to the nozzle, and of 80 mm from the pump to the riser (two in parallel). [m]
    bore_mm
        Of the nozzle. [mm]
    most_l_s
        More than this nobody holds: branches are throttled. [L/s]

    Notes
    -----
    Energy balance: ``P = h + (friction + 1/B) Q²`` with the losses of the shared riser going with ``(n Q)²``. Below 1
    L/s a line is no use and counts as dry.

    Examples
    --------
    >>> [round(line_flow_l_s(1.0, height, lines=2), 1) for height in (30.0, 60.0, 90.0, 100.0)]
    [7.5, 7.4, 3.9, 1.5]
    >>> line_flow_l_s(1.0, 102.0)
    0.0
    """
    head_m = pump_mpa * M_PER_MPA - height_m
    if head_m <= 0 or lines < 1:
        return 0.0
    shared = RISER_LOSS_PER_M * height_m + HOSE_LOSS[80] * feed_m / 20.0 / 4.0
    own = HOSE_LOSS[65] * hose_m / 20.0 + 1.0 / nozzle_constant(bore_mm)
    flow = math.sqrt(head_m / (own + shared * portable.square(lines)))
    return 0.0 if flow < 1.0 else min(flow, most_l_s)


def pump_factor(elevation_m: float) -> float:
    """Return the part of its pressure that an engine-driven pump keeps on the plateau. [0..1]

    Notes
    -----
    A turbo-diesel loses about 1 % of power per 100 m above 2000 m (knowledge); the pump turns slower, and pressure
    goes with power to the two thirds (affinity laws).

    Examples
    --------
    >>> pump_factor(1500.0), round(pump_factor(4000.0), 3)
    (1.0, 0.862)
    """
    power = 1.0 - 0.0001 * max(0.0, elevation_m - 2000.0)
    return portable.power(max(0.0, power), 2.0 / 3.0)
