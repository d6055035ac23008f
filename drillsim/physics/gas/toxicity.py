"""What a gas does to people: exposure limits by duration, probit of death, shelter indoors."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtr

from drillsim.base import portable
from drillsim.physics.gas.substances import AEGL_MINUTES, Toxic
from drillsim.physics.validity import Array

AIR_CHANGES_1_H: Final = 0.5
"""Air changes of a closed house. [1/h] Assumption, within the 0.3 to 1 of tight to usual houses (CCPS, knowledge)."""


@lru_cache(maxsize=256)
def aegl_ppm(toxic: Toxic, level: int, minutes: float = 60.0) -> float | None:
    """Return the acute exposure guideline level for an exposure of some length. [ppm]

    Parameters
    ----------
    toxic, level
        Substance's limits, and 1 (discomfort), 2 (lasting harm, hard to escape) or 3 (life at risk).
    minutes
        Length of exposure, taken as 10 to 480: log-log between the published times. [min]

    Examples
    --------
    >>> from drillsim.physics.gas.substances import SUBSTANCES
    >>> aegl_ppm(SUBSTANCES["chlorine"].toxic, 2), round(aegl_ppm(SUBSTANCES["ammonia"].toxic, 3, 20), 0)
    (2.0, 1941.0)
    """
    levels = toxic.aegl_ppm[level - 1]
    if levels is None:
        return None
    return float(portable.exp(np.interp(portable.log(minutes), portable.log(AEGL_MINUTES), portable.log(levels))))


def mean_of_load(load: ArrayLike, minutes: ArrayLike, exponent: float) -> Array:
    """Return the steady concentration that makes a toxic load within a time: shapes that broadcast.

    Parameters
    ----------
    load
        ``sum C**n t``. [(mg/m³)^n min, or (ppm)^n min]
    minutes
        Averaging time: that of the guideline it is compared with. [min]
    exponent
        n of the substance; of 1, the plain mean.

    Examples
    --------
    A minute at 100 is, over ten minutes, as bad as 43 all the time if n is 2.75; the plain mean is 10:

    >>> [round(float(mean_of_load(100.0**n * 1.0, 10.0, n)), 1) for n in (2.75, 1.0)]
    [43.3, 10.0]
    """
    mean = np.asarray(load, dtype=float) / np.asarray(minutes, dtype=float)
    return np.asarray(portable.power(mean, 1.0 / exponent))


def part_of_aegl(load: ArrayLike, exposed_min: ArrayLike, toxic: Toxic, level: int, mg_m3_per_ppm: float) -> Array:
    """Return the mean of a toxic load over the time of an exposure, as part of the guideline for that very time.

    Parameters
    ----------
    load, exposed_min
        Toxic load so far, and how long it took; shapes that broadcast. [(mg/m³)^n min], [min]
    toxic, level
        Limits, and level 1, 2 or 3; where that is not recommended, the part is 0.
    mg_m3_per_ppm
        Of the gas in the air of the place: more at sea level than on the plateau.

    Notes
    -----
    The guideline is that for the time of the exposure, 10 min to 8 h, log-log between the published times; a shorter
    exposure counts as mean over ten minutes (assumption). n is that of the probit, 1 for a substance without one.

    Examples
    --------
    Chlorine at sea level: ten minutes at the 50 ppm of AEGL-3 for ten minutes, and 60 at the 20 ppm for 60:

    >>> from drillsim.physics.gas.substances import SUBSTANCES
    >>> chlorine, n = SUBSTANCES["chlorine"].toxic, 2.75
    >>> loads = [(50 * 2.9) ** n * 10, (20 * 2.9) ** n * 60, (50 * 2.9) ** n * 2]
    >>> part_of_aegl(loads, [10, 60, 2], chlorine, 3, 2.9).round(2)
    array([1.  , 1.  , 0.56])
    """
    levels = toxic.aegl_ppm[level - 1]
    taken = np.asarray(load, dtype=float)
    if levels is None:
        return np.zeros(taken.shape)
    minutes = np.clip(np.asarray(exposed_min, dtype=float), AEGL_MINUTES[0], AEGL_MINUTES[-1])
    logs = np.interp(portable.log(minutes), portable.log(AEGL_MINUTES), portable.log(levels))
    return np.asarray(mean_of_load(taken, minutes, exponent_of(toxic)) / (mg_m3_per_ppm * portable.exp(logs)))


def exponent_of(toxic: Toxic) -> float:
    """Return n of the toxic load ``C**n t``; 1 of a substance without a probit (assumption: Haber's rule)."""
    return 1.0 if toxic.probit is None else toxic.probit[2]


def probit_part(probit: ArrayLike) -> Array:
    """Return the part of a population that a probit stands for; shape of *probit*. [0 to 1]

    Examples
    --------
    >>> probit_part([2.67, 5.0, 7.33]).round(2)
    array([0.01, 0.5 , 0.99])
    """
    return np.asarray(ndtr(np.asarray(probit, dtype=float) - 5.0))


def death_part(load: ArrayLike, probit: tuple[float, float, float]) -> Array:
    """Return the part of the exposed who die of a toxic load. [0 to 1]

    Parameters
    ----------
    load
        ``sum C**n t``, any shape. [(mg/m³)^n min]
    probit
        a, b, n of the substance.

    Notes
    -----
    ``Pr = a + b ln(load)``, CPR 18E (Purple Book), table 5.2.

    Examples
    --------
    >>> from drillsim.physics.gas.substances import SUBSTANCES
    >>> chlorine = SUBSTANCES["chlorine"].toxic.probit
    >>> float(death_part(1250.0 ** chlorine[2] * 30.0, chlorine).round(2))
    0.56
    """
    a, b, _ = probit
    taken = np.asarray(load, dtype=float)
    with np.errstate(divide="ignore"):
        return np.asarray(np.where(taken > 0.0, probit_part(a + b * portable.log(np.maximum(taken, 1e-300))), 0.0))


def indoors(
    outdoors: ArrayLike, step_s: float, inside_before: ArrayLike = 0.0, air_changes_1_h: float = AIR_CHANGES_1_H
) -> Array:
    """Return the concentration in closed houses at the end of a step, in the unit and shape of *outdoors*.

    Notes
    -----
    Well-mixed room: ``C_in' = C + (C_in - C) exp(-n t)``; nothing is taken up by walls (assumption, cautious).

    Examples
    --------
    >>> float(indoors(100.0, 3600.0).round(1))
    39.3
    """
    out = np.asarray(outdoors, dtype=float)
    return np.asarray(
        out + (np.asarray(inside_before, dtype=float) - out) * portable.exp(-air_changes_1_h * step_s / 3600.0)
    )
