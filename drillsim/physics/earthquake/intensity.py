"""The Chinese seismic intensity scale GB/T 17742-2020 in numbers."""

from __future__ import annotations

from typing import Final

import numpy as np

from drillsim.base import portable
from drillsim.physics.earthquake.attenuation import Array

BY_PGV_FROM: Final = 6.0
"""Where both acceleration and velocity are read as this intensity or more, the velocity decides. GB/T 17742-2020."""


def intensity_of_pga(pga_ms2: Array) -> Array:
    """Return the instrumental intensity of peak accelerations: (n,). [intensity, 1 to 12]

    Notes
    -----
    ``I = 3.17 lg PGA + 6.59``, PGA in m/s²; GB/T 17742-2020 (knowledge).

    Examples
    --------
    >>> intensity_of_pga(np.array([0.653, 1.35, 2.79])).round(1)
    array([6., 7., 8.])
    """
    return np.clip(3.17 * portable.log10(np.maximum(pga_ms2, 1e-6)) + 6.59, 1.0, 12.0)


def intensity_of_pgv(pgv_ms: Array) -> Array:
    """Return the instrumental intensity of peak velocities: (n,). [intensity, 1 to 12]

    Notes
    -----
    ``I = 3.00 lg PGV + 9.77``, PGV in m/s; GB/T 17742-2020 (knowledge).

    Examples
    --------
    >>> intensity_of_pgv(np.array([0.0557, 0.12, 0.258])).round(1)
    array([6., 7., 8.])
    """
    return np.clip(3.00 * portable.log10(np.maximum(pgv_ms, 1e-7)) + 9.77, 1.0, 12.0)


def chinese_intensity(pga_ms2: Array, pgv_ms: Array) -> Array:
    """Return the instrumental intensity of both: (n,), that of PGV where both are at least 6, else the mean. [1 to 12]

    Notes
    -----
    The rule of GB/T 17742-2020, appendix A (knowledge). It falls as shaking grows where the velocity comes to 6 while
    the acceleration reads more: see :func:`steady_intensity`.

    Examples
    --------
    >>> chinese_intensity(np.array([2.79, 0.155]), np.array([0.12, 0.012])).round(1)
    array([7., 4.])
    """
    by_pga, by_pgv = intensity_of_pga(pga_ms2), intensity_of_pgv(pgv_ms)
    both = (by_pga >= BY_PGV_FROM) & (by_pgv >= BY_PGV_FROM)
    return np.where(both, by_pgv, (by_pga + by_pgv) / 2.0)


def steady_intensity(pga_ms2: Array, pgv_ms: Array) -> Array:
    """Return the intensity by which a law shakes places: (n,), that of the standard without its fall at VI. [1 to 12]

    Notes
    -----
    :func:`chinese_intensity`, but at most 6 while the velocity reads less than 6. The standard alone would give the
    epicentre of a small earthquake less than a ring around it: BSSA14 at M 5.0 has 6.3 at 1.2 km and 6.5 at 4.2 km.

    Examples
    --------
    >>> pga, pgv = np.array([1.35, 1.35, 2.79]), np.array([0.05, 0.06, 0.12])
    >>> chinese_intensity(pga, pgv).round(1), steady_intensity(pga, pgv).round(1)
    (array([6.4, 6.1, 7. ]), array([6. , 6.1, 7. ]))
    """
    at_most = np.where(intensity_of_pgv(pgv_ms) < BY_PGV_FROM, BY_PGV_FROM, 12.0)
    return np.minimum(chinese_intensity(pga_ms2, pgv_ms), at_most)


def pga_of_intensity(intensity: Array) -> Array:
    """Return the peak accelerations that are read as intensities: (n,), inverse of :func:`intensity_of_pga`. [m/s²]

    Examples
    --------
    >>> pga_of_intensity(np.array([6.0, 8.0])).round(2)
    array([0.65, 2.78])
    """
    return np.asarray(portable.power(10.0, (np.asarray(intensity, float) - 6.59) / 3.17))


def pgv_of_intensity(intensity: Array) -> Array:
    """Return the peak velocities that are read as intensities: (n,), inverse of :func:`intensity_of_pgv`. [m/s]

    Examples
    --------
    >>> pgv_of_intensity(np.array([6.0, 8.0])).round(3)
    array([0.055, 0.257])
    """
    return np.asarray(portable.power(10.0, (np.asarray(intensity, float) - 9.77) / 3.00))
