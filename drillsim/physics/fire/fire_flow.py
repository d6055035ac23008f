"""Fire flow: the water that a fire requires, and the effect of more or less of it."""

from __future__ import annotations

import math
from typing import Final

from drillsim.base import portable

IDEAL_KW_PER_L_S: Final = 2600.0
"""Heat that a litre of water a second takes up when all of it turns to steam: 2.6 MW. Särdqvist and Holmstedt
2001 (knowledge)."""
EFFICIENCY: Final = 0.4
"""Part of the water that does so. 0.8 to 1.3 MW per L/s are reported (knowledge); this is the middle."""
KNOCK_DOWN_S: Final = 300.0
"""Time constant of the heat stored in fuel and linings (assumption). [s]"""


def cooling_kw(flow_l_s: float, efficiency: float = EFFICIENCY) -> float:
    """Return the heat that a flow takes up. [kW]

    Examples
    --------
    >>> cooling_kw(6.5)
    6760.0
    """
    return IDEAL_KW_PER_L_S * efficiency * flow_l_s


def needed_flow_l_s(kw: float, efficiency: float = EFFICIENCY) -> float:
    """Return the flow that balances a fire: the rule that the model uses, because it goes with the fire. [L/s]

    Notes
    -----
    Heat released over heat taken up. An office of 40 m² with 1.5 MW per 4 m² work place burns with about 15 MW; the
    other rules say 4 (Grimwood, fast) and 8 L/s (Särdqvist) for that area, this one 14.

    Examples
    --------
    >>> round(needed_flow_l_s(15_000.0), 1)
    14.4
    """
    return kw / cooling_kw(1.0, efficiency)


def knocked_down_s(kw: float, flow_l_s: float, efficiency: float = EFFICIENCY, tau_s: float = KNOCK_DOWN_S) -> float:
    """Return how long a flow takes to put out a fire that no longer grows; ``inf`` if it is too little. [s]

    Notes
    -----
    ``dQ/dt = -(C - Q) / tau`` with the cooling ``C``: only the water beyond what the fire uses up cools fuel and
    linings. So ``t = tau ln(C / (C - Q))`` (assumption; the form gives a critical flow, as fires show).

    Examples
    --------
    >>> round(knocked_down_s(5000.0, needed_flow_l_s(10_000.0)) / KNOCK_DOWN_S, 3), knocked_down_s(5000.0, 1.0)
    (0.693, inf)
    """
    cools_kw = cooling_kw(flow_l_s, efficiency)
    return tau_s * portable.log(cools_kw / (cools_kw - kw)) if cools_kw > kw else math.inf


def kw_under_water(
    kw: float, free_kw: float, flow_l_s: float, dt_s: float, *, efficiency: float = EFFICIENCY,
    tau_s: float = KNOCK_DOWN_S,
) -> float:  # fmt: skip
    """Return the size of a fire after *dt_s* under water. [kW]

    Parameters
    ----------
    kw
        Size now. [kW]
    free_kw
        Size that it would have then if nobody came. [kW]
    flow_l_s
        Water that reaches it. [L/s]
    dt_s
        From 0. [s]

    Notes
    -----
    Too little water slows growth in proportion to what it takes up; enough makes the fire shrink as in
    :func:`knocked_down_s`. Never larger than without water, also where the fire dies down of itself.

    Examples
    --------
    >>> round(kw_under_water(5000.0, 8000.0, 0.0, 60.0)), round(kw_under_water(5000.0, 8000.0, 2.4, 60.0))
    (8000, 6502)
    >>> kw_under_water(5000.0, 8000.0, needed_flow_l_s(10_000.0), KNOCK_DOWN_S * 0.7)
    0.0
    """
    cools_kw = cooling_kw(flow_l_s, efficiency)
    if cools_kw <= kw:
        return min(free_kw, kw + (free_kw - kw) * (1.0 - cools_kw / kw)) if kw > 0 else free_kw
    return min(free_kw, max(0.0, cools_kw - (cools_kw - kw) * portable.exp(dt_s / tau_s)))
