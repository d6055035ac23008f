"""Attenuation laws of earthquakes: how shaking falls with distance. Pure functions of published formulas."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from drillsim.base import portable

Array = NDArray[np.float64]
Imt = Literal["PGA", "PGV"]
Axis = Literal["long", "short"]
Mechanism = Literal["SS", "RS", "NS", "U"]

BRANCH_MS: Final = 6.5
_YU: Final[Mapping[tuple[Imt, Axis], tuple[float, ...]]] = MappingProxyType(
    {
        ("PGA", "long"): (5.2601, 1.4835, 8.7561, 0.9453, -2.416, 2.647, 0.366),
        ("PGA", "short"): (2.3069, 1.4007, 5.6511, 0.8924, -1.854, 0.612, 0.457),
        ("PGV", "long"): (-0.1472, 1.7618, 3.9422, 1.1293, -2.205, 2.647, 0.366),
        ("PGV", "short"): (-2.9923, 1.7043, 1.0189, 1.0902, -1.696, 0.612, 0.457),
    }
)
"""Yu et al. 2013, Qinghai-Tibet: a, b up to Ms 6.5; a, b above it; c, d, e.

All but one are those of OpenQuake: 2.3 times the decimal coefficients of the paper, which have three digits (2.3 in
place of ln 10 makes them 1.5 % low, 0.02 degrees of intensity). The first, a of PGA along the axis up to Ms 6.5, is
printed as 2.387 (5.4901), and taken here as 2.287 (5.2601): :data:`YU_PRINTED_A`.
"""
YU_PRINTED_A: Final = 5.4901
"""The coefficient as it is printed in Yu et al. 2013, by two transcriptions: taken for a slip of one digit, which no
other source decides.

As printed, PGA along the axis falls by 21 % where Ms passes 6.5 (a step of -0.101 in lg; the fifteen other pairs of
branches, of four zones, have -0.011 to +0.018), and at the source the long axis is 15 to 25 % above the short one up to
6.5, 4 % below it beyond. With 2.287 the step is -0.001 and both axes meet to 5 %. Raising the other branch by the same
digit would mend the step, not the source.
"""
WANG: Final[Mapping[Axis, tuple[float, ...]]] = MappingProxyType(
    {"long": (5.253, 1.398, -4.164, 26.0), "short": (2.019, 1.398, -2.943, 8.0)}
)
YU_SIGMA_LN: Final = 0.5428
"""Standard deviation of ln PGA in Yu et al. 2013."""
YU_SIGMA_LN_PGV: Final = 0.6233
"""Standard deviation of ln PGV in Yu et al. 2013."""
G_MS2: Final = 9.80665
WANG_SIGMA: Final = 0.632
"""Standard deviation of intensity in Wang et al. 2000."""
BSSA14_SIGMA_LN: Final = 0.605
"""Standard deviation of ln PGA in BSSA14 from M 5.5 on, within 80 km, on firm ground: 0.348 between earthquakes, 0.495
within one. Source: Boore et al. 2014 (as pygmm has it)."""
BSSA14_SIGMA_LN_PGV: Final = 0.651
"""Standard deviation of ln PGV in BSSA14, likewise: 0.346 and 0.552. Source: Boore et al. 2014 (as pygmm has it)."""


def yu2013(magnitude: float, distance_km: Array, imt: Imt = "PGA", axis: Axis = "long") -> Array:
    """Return peak ground motion on one axis, western China. [m/s² or m/s]

    Parameters
    ----------
    magnitude
        Ms; 5 to 8 (the range is knowledge).
    distance_km
        (n,) epicentral distance along the axis. [km]

    Returns
    -------
    (n,) array
        Median PGA [m/s²] or PGV [m/s] on rock.

    Notes
    -----
    ``ln Y = a + b Ms + c ln(R + d exp(e Ms))``, Y in cm/s² or cm/s; other a, b above Ms 6.5. The coefficients are those
    that OpenQuake has for the Qinghai-Tibet zone, but for one (:data:`YU_PRINTED_A`). Where the second branch begins
    below the end of the first (by 0.2 % in PGA and 2.2 % in PGV, long axis), the motion of Ms 6.5 holds until the
    second has caught up: a larger earthquake never shakes less.

    References
    ----------
    .. [1] Y. X. Yu, S. Y. Li, L. Xiao, "Development of ground motion attenuation relations for the new seismic hazard
       map of China," Technology for Earthquake Disaster Prevention, vol. 8, no. 1, pp. 24-33, 2013.

    Examples
    --------
    >>> yu2013(6.0, np.array([0.0, 20.0, 100.0])).round(3)
    array([6.677, 1.529, 0.124])
    """
    r_km = np.asarray(distance_km, float)
    each = [portable.exp(a + c * portable.log(r_km + d)) for a, c, d in _branches(magnitude, imt, axis)]
    return np.asarray(np.max(each, axis=0))


def yu2013_distance(magnitude: float, ln_y: Array, imt: Imt, axis: Axis) -> Array:
    """Return where on one axis the motion of :func:`yu2013` has fallen to exp(ln_y): (n,), as *ln_y*. [km]

    Parameters
    ----------
    ln_y
        (n,) natural logarithm of PGA in m/s² or PGV in m/s.

    Returns
    -------
    (n,) array
        Below 0 where the law gives less everywhere.

    Examples
    --------
    >>> yu2013_distance(6.0, np.log([1.925]), "PGA", "short").round(2)
    array([9.42])
    """
    y = np.asarray(ln_y, float)
    return np.asarray(np.max([portable.exp((y - a) / c) - d for a, c, d in _branches(magnitude, imt, axis)], axis=0))


def _branches(magnitude: float, imt: Imt, axis: Axis) -> list[tuple[float, float, float]]:
    """Return the constant for SI units, the slope and the saturation distance of each branch that counts. [km]"""
    a_low, b_low, a_high, b_high, c, d, e = _YU[imt, axis]
    known = [(a_low, b_low, min(magnitude, BRANCH_MS))]
    if magnitude > BRANCH_MS:
        known.append((a_high, b_high, magnitude))
    return [(a + b * m - portable.log(100.0), c, d * portable.exp(e * m)) for a, b, m in known]


def wang2000(magnitude: float, distance_km: Array, axis: Axis = "long") -> Array:
    """Return the intensity on one axis, western China: (n,), as *distance_km*. [intensity, 1 to 12]

    Notes
    -----
    ``I = a + b M + c lg(R + R0)``, Wang Suyun et al. 2000 (knowledge; long and short axis agree at R = 0, which was
    checked). Too small areas below M 6.3. Valid M 5 to 8.5, R to 300 km.

    Examples
    --------
    >>> wang2000(7.0, np.array([0.0, 50.0])).round(2)
    array([9.15, 7.21])
    """
    a, b, c, r0_km = WANG[axis]
    return np.asarray(a + b * magnitude + c * portable.log10(np.asarray(distance_km, float) + r0_km))


def rupture_length_km(magnitude: float) -> float:
    """Return the length of the rupture below ground. [km]

    Notes
    -----
    ``lg L = -2.44 + 0.59 M``, Wells and Coppersmith 1994, all kinds of slip (knowledge). Valid M 4.8 to 8.1.

    Examples
    --------
    >>> round(rupture_length_km(7.4), 1)
    84.3
    """
    return float(portable.power(10.0, -2.44 + 0.59 * magnitude))


def bssa14(
    magnitude: float, distance_jb_km: Array, vs30_ms: float = 500.0, mechanism: Mechanism = "SS"
) -> tuple[Array, Array]:
    """Return median PGA and PGV after Boore, Stewart, Seyhan and Atkinson 2014, region China. [m/s²], [m/s]

    Parameters
    ----------
    magnitude
        Moment magnitude, 3 to 8.5 (strike-slip), 7 (normal).
    distance_jb_km
        (n,) distance to the surface projection of the rupture, 0 to 400. [km]
    vs30_ms
        150 to 1500. [m/s]

    Notes
    -----
    Computed by the library pygmm at 60 distances, interpolated between them (error below 0.3 %, tested).

    References
    ----------
    .. [1] D. M. Boore, J. P. Stewart, E. Seyhan, G. M. Atkinson, "NGA-West2 equations for predicting PGA, PGV, and 5 %
       damped PSA," Earthquake Spectra, vol. 30, no. 3, pp. 1057-1085, 2014, doi:10.1193/070113EQS184M.
    """
    at_km, ln = _bssa14_table(magnitude, vs30_ms, mechanism)
    where, at = portable.log1p(np.clip(np.asarray(distance_jb_km, float), 0.0, 400.0)), portable.log1p(at_km)
    return portable.exp(np.interp(where, at, ln[:, 0])), portable.exp(np.interp(where, at, ln[:, 1]))


@lru_cache(maxsize=64)
def _bssa14_table(magnitude: float, vs30_ms: float, mechanism: str) -> tuple[Array, Array]:
    """Return 60 distances [km] and the logarithms of PGA and PGV there: (60,), (60, 2).

    They are rounded to ten digits: the library takes logarithms whose last bits differ from processor to processor.
    """
    at_km = np.concatenate(([0.0], portable.geometric(0.3, 400.0, 59)))
    exact = np.array([bssa14_exact(magnitude, float(r), vs30_ms, mechanism) for r in at_km])
    return at_km, np.round(portable.log(exact), 10)


def bssa14_exact(
    magnitude: float,
    distance_jb_km: float,
    vs30_ms: float,
    mechanism: str,
    region: str = "china",
    depth_1_0_km: float | None = None,
) -> tuple[float, float]:
    """Return median PGA and PGV at one distance, straight from the library. [m/s²], [m/s]"""
    pygmm, law = _pygmm()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it says so beyond its limits; the docstring and an advisory do as well
        scenario = pygmm.Scenario(
            mag=magnitude,
            dist_jb=distance_jb_km,
            v_s30=vs30_ms,
            mechanism=mechanism,
            region=region,
            **({} if depth_1_0_km is None else {"depth_1_0": depth_1_0_km}),
        )
        found = law(scenario)
    return float(found.pga) * G_MS2, float(found.pgv) / 100.0


@lru_cache(maxsize=1)
def _pygmm() -> tuple[Any, Any]:
    """Return the library and its BSSA14 without what that writes on the root logger of the process."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it leaves files open while it is loaded
        import pygmm

    class Quiet(pygmm.BooreStewartSeyhanAtkinson2014):  # type: ignore[misc]
        def _check_inputs(self) -> None:
            super(pygmm.BooreStewartSeyhanAtkinson2014, self)._check_inputs()  # all but the range by mechanism

    return pygmm, Quiet
