"""Domino escalation: vessel failure by heat and by blast, and the effect of cooling water.

Coefficients of Cozzani and co-workers 2004 to 2006 and Landucci 2009 from general knowledge: they want checking.
"""

from __future__ import annotations

from typing import Final, Literal

import numpy as np
from numpy.typing import ArrayLike

from drillsim.base import portable
from drillsim.physics.gas.toxicity import probit_part
from drillsim.physics.validity import Array, ValidRange

Vessel = Literal["atmospheric", "pressurised"]

THRESHOLD_KW_M2: Final[dict[Vessel, float]] = {"atmospheric": 15.0, "pressurised": 45.0}
"""Heat below which a vessel is not expected to fail within the time people have. Source: Cozzani 2006 (knowledge)."""
OVERPRESSURE_KPA: Final[dict[str, float]] = {"atmospheric": 22.0, "pressurised": 16.0, "elongated": 31.0, "small": 37.0}
"""Overpressure from which escalation is possible. Source: Cozzani and Salzano 2004 (knowledge)."""
_BLAST_PROBIT: Final = {
    "atmospheric": (-18.96, 2.44),
    "pressurised": (-42.44, 4.33),
    "elongated": (-28.07, 3.16),
    "small": (-17.79, 2.18),
}
VOLUME: Final = ValidRange("volume of the vessel", 5.0, 20_000.0, "m³", "Landucci 2009")  # knowledge
COOLED_KW_M2_PER_MM_MIN: Final = 9.8
"""Heat that a litre a minute on a square metre takes away (assumption). [kW/m² per L/(min·m²)]

Derived from a design rate, not measured: API 2030 asks for 10.2 L/(min·m²) on a vessel in flames, about 100 kW/m², and
takes it as safe then (knowledge). A litre a minute from 15 °C to 100 °C takes 5.9 kW, boiled off 43 kW, so that this is
a film of which a tenth boils."""


def time_to_failure_s(kw_m2: ArrayLike, volume_m3: float, vessel: Vessel = "atmospheric") -> Array:
    """Return how long a vessel stands a steady heat. [s]

    Parameters
    ----------
    kw_m2
        Heat on its wall, any shape; 0 gives infinity. [kW/m²]
    volume_m3, vessel
        Size and kind. [m³], [-]

    Notes
    -----
    ``ln t = -1.13 ln Q - 2.67e-5 V + 9.9`` (atmospheric), ``ln t = -0.95 ln Q + 8.845 V**0.032`` (pressurised).

    Examples
    --------
    >>> (time_to_failure_s([15.0, 40.0], 5000.0) / 60).round(1)
    array([13.6,  4.5])
    """
    heat = np.asarray(kw_m2, dtype=float)
    with np.errstate(divide="ignore"):
        if vessel == "atmospheric":
            log_s = -1.13 * portable.log(heat) - 2.67e-5 * volume_m3 + 9.9
        else:
            log_s = -0.95 * portable.log(heat) + 8.845 * portable.power(volume_m3, 0.032)
    return np.asarray(np.where(heat > 0.0, portable.exp(np.minimum(log_s, 700.0)), np.inf))


def net_heat_kw_m2(kw_m2: ArrayLike, cooling_l_min_m2: ArrayLike) -> Array:
    """Return the heat that is left for the wall under a film of cooling water, of shapes that broadcast. [kW/m²]

    Examples
    --------
    >>> net_heat_kw_m2([15.0, 40.0], 2.0).round(1)
    array([ 0. , 20.4])
    """
    taken = COOLED_KW_M2_PER_MM_MIN * np.asarray(cooling_l_min_m2, dtype=float)
    return np.asarray(np.maximum(np.asarray(kw_m2, dtype=float) - taken, 0.0))


def blast_failure_part(kpa: ArrayLike, vessel: str = "atmospheric") -> Array:
    """Return how likely a blast breaks a vessel; 0 below the threshold of its kind; shape of *kpa*. [0 to 1]

    Notes
    -----
    Probits of Cozzani and Salzano 2004 (knowledge): ``Pr = a + b ln P``, P in Pa, a and b by kind.

    Examples
    --------
    >>> blast_failure_part([10.0, 30.0, 60.0]).round(2)
    array([0.  , 0.88, 1.  ])
    """
    a, b = _BLAST_PROBIT[vessel]
    pressure = np.asarray(kpa, dtype=float)
    part = probit_part(a + b * portable.log(1000.0 * np.maximum(pressure, 1e-6)))
    return np.asarray(np.where(pressure >= OVERPRESSURE_KPA[vessel], part, 0.0))
