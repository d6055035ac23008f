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
