"""Growth of a fire before flashover: heat release with the square of time."""

from __future__ import annotations

from typing import Final

from drillsim.base import portable

ALPHA_KW_S2: Final = {"slow": 0.00293, "medium": 0.01172, "fast": 0.04689, "ultra_fast": 0.18756}
"""Fire growth coefficient by class. [kW/s²] Source: NFPA 72 / NFPA 92, 1055 kW after 600, 300, 150, 75 s."""


def heat_release_kw(alpha_kw_s2: float, age_s: float) -> float:
    """Return the heat release rate of a t-squared fire. [kW]

    Parameters
    ----------
    alpha_kw_s2
        Growth coefficient. [kW/s²]
    age_s
        Time since established burning, from 0. [s]

    Notes
    -----
    ``Q = alpha t**2``, NFPA 92. Valid from established burning to flashover.

    Examples
    --------
    >>> round(heat_release_kw(0.04689, 150))
    1055
    """
    return alpha_kw_s2 * portable.square(age_s)
