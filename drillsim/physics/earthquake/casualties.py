"""Casualties of collapsed buildings: killed, trapped, injured; survival of the trapped; work to free them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import bdtr, bdtrik

from drillsim.base import portable
from drillsim.physics.earthquake.attenuation import Array
from drillsim.physics.earthquake.damage import CLASSES, Make, grade_shares

Severity = Literal["critical", "severe", "light"]

SURVIVAL_SCALE_S: Final = 54 * 3600.0
"""Longest scale of the survival curve: least squares on Tangshan 1976 by day. [s]"""
SHORT_SURVIVAL_S: Final = 32 * 3600.0
"""Shortest scale of the survival curve: least squares on Kobe 1995 by day, with the same shape. [s]"""
SURVIVAL_SHAPE: Final = 1.14
"""Shape of the survival curve, from the same fit on Tangshan 1976; on Kobe 1995 alone it is 1.08."""
_TRAPPED_SHARE: Final[Mapping[Make, tuple[float, float, float]]] = MappingProxyType(
    {"adobe": (0.05, 0.30, 0.60), "brick": (0.05, 0.30, 0.60), "concrete": (0.50, 0.60, 0.70)}
)
"""Share of the people in a collapsed building who are trapped, at VII, VIII, IX: Coburn and Spence M3 (knowledge).

Concrete is 0.5 far and 0.7 near; that VIII lies between is an assumption.
"""
KILLED_AT_ONCE: Final[Mapping[Make, float]] = MappingProxyType({"adobe": 0.20, "brick": 0.20, "concrete": 0.40})
"""Share of the trapped who die at once: Coburn and Spence M4 (knowledge)."""
_SEVERITY: Final[Mapping[Make, tuple[float, float]]] = MappingProxyType(
    {"adobe": (0.30, 0.30), "brick": (0.30, 0.30), "concrete": (0.10, 0.40)}
)
"""Share of the trapped who are hurt critically, and severely (hospital): Coburn and Spence M4 (knowledge)."""
LIGHTLY_TRAPPED: Final[Mapping[Make, float]] = MappingProxyType({"adobe": 0.85, "brick": 0.60, "concrete": 0.30})
"""Share of the trapped whom people without tools can reach (assumption)."""
SURFACE_WORK_S: Final = 4 * 3600.0
"""Median work to free somebody who is lightly trapped. [person·s] 2.3 person-hours were seen in Yushu 2010."""
DEEP_WORK_S: Final[Mapping[Make, float]] = MappingProxyType(
    {"adobe": 20 * 3600.0, "brick": 40 * 3600.0, "concrete": 150 * 3600.0}
)
"""Median work to free somebody who is deeply trapped. [person·s] Assumption: past efforts took
40 to 220 person-hours each, search and idle time included."""
WORK_CV: Final = 1.0
"""Spread of the work to free somebody: coefficient of variation (assumption)."""
_HURT: Final[Mapping[Make, tuple[tuple[float, float, float, float], ...]]] = MappingProxyType(
    {
        "adobe": ((0.0005, 0, 0, 0), (0.0035, 0.004, 1e-5, 1e-5), (0.02, 0.002, 2e-5, 2e-5), (0.10, 0.02, 2e-4, 2e-4)),
        "brick": ((0.0005, 0, 0, 0), (0.0035, 0.004, 1e-5, 1e-5), (0.02, 0.002, 2e-5, 2e-5), (0.10, 0.02, 2e-4, 2e-4)),
        "concrete": ((0.0005, 0, 0, 0), (0.0025, 3e-4, 0, 0), (0.01, 0.001, 1e-5, 1e-5), (0.05, 0.01, 1e-4, 1e-4)),
    }
)
"""Share of the people in a building who are hurt at severity 1 to 4 (4 kills), in grade D1 to D4.

HAZUS 6.1 for unreinforced masonry and concrete frame, damage states slight to complete without collapse. The source
prints 0.4 % for severity 2 in moderately damaged masonry. In D5, those not trapped are as in D4 (assumption).
"""


@dataclass(frozen=True, slots=True)
class RubbleWork:
    """What it takes to free people from rubble."""

    surface_s: float
    """Median work for somebody who is lightly trapped. [person·s]"""
    deep_s: Mapping[Make, float]
    """Median work for somebody who is deeply trapped. [person·s]"""
    lightly_trapped: Mapping[Make, float]
    """Share of the trapped whom people without tools can reach."""
    cv: float
    """Coefficient of variation of the work."""

    def expected_s(self, make: Make) -> float:
        """Return the work that a planner would expect for one person. [person·s]

        Examples
        --------
        >>> round(USUAL_WORK.expected_s("adobe") / 3600, 6)
        6.4
        """
        light = self.lightly_trapped[make]
        return light * self.surface_s + (1.0 - light) * self.deep_s[make]


USUAL_WORK: Final = RubbleWork(SURFACE_WORK_S, DEEP_WORK_S, LIGHTLY_TRAPPED, WORK_CV)
"""The work where nothing else is said: the constants above (assumptions)."""


def survival_scale_s(luck: float) -> float:
    """Return the scale of the survival curve for a uniform number from 0 (Kobe 1995) to 1 (Tangshan 1976). [s]

    Two earthquakes span it, with one wood and fire and the other brick; that all between is as likely is an assumption.

    Examples
    --------
    >>> survival_scale_s(0.0) / 3600, survival_scale_s(0.5) / 3600, survival_scale_s(1.0) / 3600
    (32.0, 43.0, 54.0)
    """
    return SHORT_SURVIVAL_S + luck * (SURVIVAL_SCALE_S - SHORT_SURVIVAL_S)


def trapped_share(intensity: Array, make: Make) -> Array:
    """Return the share of the people in a collapsed building who are trapped: (n,).

    Between the intensities of the source it is interpolated; below VII and above IX it stays (assumption).

    Examples
    --------
    >>> trapped_share(np.array([7.0, 8.0, 8.5, 10.0]), "adobe").round(2)
    array([0.05, 0.3 , 0.45, 0.6 ])
    """
    return np.asarray(np.interp(np.asarray(intensity, float), (7.0, 8.0, 9.0), _TRAPPED_SHARE[make]), float)


def survival(t_s: Array, scale_s: float = SURVIVAL_SCALE_S) -> Array:
    """Return the share of those trapped alive who still live after a time: (n,).

    Notes
    -----
    ``P = exp(-(t / tau)^k)``, k = 1.14, tau = 54 h: least squares on the share alive among those dug out at Tangshan
    1976, day by day (largest residual 0.043); with tau = 32 h at Kobe 1995 (0.07). That is a biased sample of all who
    were trapped. Valid to 5 days.

    Examples
    --------
    >>> survival(3600.0 * np.array([12, 36, 60, 84])).round(2)
    array([0.84, 0.53, 0.32, 0.19])
    >>> survival(3600.0 * np.array([12, 36, 60, 84]), SHORT_SURVIVAL_S).round(2)
    array([0.72, 0.32, 0.13, 0.05])
    """
    return np.asarray(portable.exp(-portable.power(np.asarray(t_s, float) / scale_s, SURVIVAL_SHAPE)))


def cold_scale(temperature_c: float) -> float:
    """Return by how much cold shortens the survival of the trapped: 1 from 0 °C on, 0.5 from -10 °C down (assumption).

    Examples
    --------
    >>> cold_scale(5.0), cold_scale(-5.0), cold_scale(-14.0)
    (1.0, 0.75, 0.5)
    """
    return float(np.interp(temperature_c, (-10.0, 0.0), (0.5, 1.0)))


@dataclass(frozen=True, slots=True)
class Trapped:
    """One person under rubble who is alive at first."""

    dies_at_s: float
    """When the person dies if nobody frees them. [s after the earthquake]"""
    work_s: float
    """Work to free them, at sea level. [person·s]"""
    light: bool
    """Whether people without tools can do it."""
    severity: Severity


@dataclass(frozen=True, slots=True)
class Toll:
    """What became of the people in one class of buildings of one settlement; everybody is in exactly one part."""

    unhurt: int
    hurt_light: int
    hurt_hospital: int
    hurt_critical: int
    killed: int
    """Dead at once: under rubble or hit."""
    trapped: tuple[Trapped, ...]

    @property
    def people(self) -> int:
        """Total number of people over all states."""
        hurt = self.hurt_light + self.hurt_hospital + self.hurt_critical
        return self.unhurt + hurt + self.killed + len(self.trapped)


def toll(
    people: int,
    intensity: float,
    building_class: str,
    rng: np.random.Generator,
    *,
    scale_s: float = SURVIVAL_SCALE_S,
    work: RubbleWork = USUAL_WORK,
) -> Toll:
    """Draw the casualties among *people* indoors in buildings of one class.

    Counts are quantiles of the same uniform numbers, so that for the same draw stronger shaking never hurts fewer.
    """
    kind = CLASSES[building_class]
    shares = grade_shares(np.array([intensity]), kind.vulnerability)[0]
    u_trapped, u_killed, *u_hurt = rng.random(6)
    p_trapped = float(shares[5] * trapped_share(np.array([intensity]), kind.make)[0])
    under = _quantile(u_trapped, people, p_trapped)
    dead = _quantile(u_killed, under, KILLED_AT_ONCE[kind.make])
    hurt = _hurt(people - under, shares, kind.make, u_hurt)
    persons = _trapped(under - dead, kind.make, rng, scale_s, work)
    unhurt = people - under - sum(hurt)
    return Toll(unhurt, hurt[0], hurt[1], hurt[2], dead + hurt[3], persons)


def expected_toll(people: float, intensity: Array, building_class: str) -> tuple[Array, Array]:
    """Return the means of :func:`toll` among *people* indoors: trapped alive and killed at once, (n,), (n,).

    Examples
    --------
    >>> [x.round(1) for x in expected_toll(1000, np.array([8.0, 9.0]), "A1")]
    [array([ 10.3, 100.2]), array([ 2.6, 25.2])]
    """
    kind = CLASSES[building_class]
    shares = grade_shares(np.asarray(intensity, float), kind.vulnerability)
    under = shares[:, 5] * trapped_share(intensity, kind.make)
    hit_by_grade = np.array([rates[3] for rates in (*_HURT[kind.make], _HURT[kind.make][-1])])
    hit = np.add.reduce(shares[:, 1:] * hit_by_grade, axis=1)
    buried = KILLED_AT_ONCE[kind.make]
    return people * under * (1.0 - buried), people * (under * buried + (1.0 - under) * hit)


def _quantile(u: float, n: int, p: float) -> int:
    """Return the u-quantile of a binomial count: the least k with P(K <= k) >= u."""
    if n <= 0 or p <= 0:
        return 0
    if p >= 1:
        return n
    k = min(n, math.ceil(float(bdtrik(u, n, p))))
    return k - 1 if k > 0 and float(bdtr(k - 1, n, p)) >= u else k


def _hurt(people: int, shares: Array, make: Make, u: list[float]) -> list[int]:
    """Return how many of those not trapped are hurt at severity 1 to 4, the worst counted first."""
    rates = np.array([*_HURT[make], _HURT[make][-1]])
    p = (shares[1:, None] * rates).sum(axis=0)
    counts = [0, 0, 0, 0]
    left, room = people, 1.0
    for i in (3, 2, 1, 0):
        counts[i] = _quantile(u[i], left, float(p[i]) / room)
        left, room = left - counts[i], room - float(p[i])
    return counts


def _trapped(count: int, make: Make, rng: np.random.Generator, scale_s: float, work: RubbleWork) -> tuple[Trapped, ...]:
    """Return the people under rubble who are alive, each with a time of death; the worst injured die first."""
    if count <= 0:
        return ()
    uniform = rng.random((count, 2))
    normal = rng.standard_normal(count)
    light = uniform[:, 1] < work.lightly_trapped[make]
    median_s = np.where(light, work.surface_s, work.deep_s[make])
    work_s = median_s * portable.exp(math.sqrt(portable.log1p(portable.square(work.cv))) * normal)
    dies_at_s = scale_s * portable.power(-portable.log1p(-uniform[:, 0]), 1.0 / SURVIVAL_SHAPE)
    severity = _severity(uniform[:, 0], make)
    return tuple(
        Trapped(float(d), float(w), bool(surface), s)
        for d, w, surface, s in zip(dies_at_s, work_s, light, severity, strict=True)
    )


def _severity(rank: NDArray[np.float64], make: Make) -> list[Severity]:
    alive = 1.0 - KILLED_AT_ONCE[make]
    critical, severe = (share / alive for share in _SEVERITY[make])
    return ["critical" if r < critical else "severe" if r < critical + severe else "light" for r in rank]
