"""The effect of altitude on work."""

from __future__ import annotations

from bisect import bisect_left
from typing import Final

LABOUR_FROM_M: Final = (2000.0, 3000.0, 4000.0, 4250.0, 4500.0, 4750.0)
LABOUR_INCREASE: Final = (0.12, 0.22, 0.33, 0.40, 0.44, 0.50)


def labour_factor(elevation_m: float) -> float:
    """Return the factor of altitude on the person-time of a task. [dimensionless]

    Parameters
    ----------
    elevation_m
        Height of the incident above sea level. [m]

    Notes
    -----
    The labour norm increase of railway construction on the plateau, 铁建设[2006]113 (TZJ 1001-2017), steps at 2000,
    3000, 4000, 4250, 4500 and 4750 m; its mechanism was found in public, its figures are from general knowledge and
    want checking. Valid to 5000 m; above that the last step is kept (assumption). Acclimatised crews.

    Examples
    --------
    >>> labour_factor(1800), labour_factor(2261), labour_factor(4290)
    (1.0, 1.12, 1.4)
    """
    step = bisect_left(LABOUR_FROM_M, elevation_m)
    return 1.0 if step == 0 else 1.0 + LABOUR_INCREASE[step - 1]
