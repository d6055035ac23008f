"""Breathing apparatus: duration of its air at work, low-air alarm, and turn-back time."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

CN_CYLINDER_L: Final = 6.8 * 300.0
"""Air of the usual Chinese cylinder, 6.8 L at 30 MPa: 2040 L (found). [L]"""
US_30_MIN_L: Final = 1240.0
"""Air of a 30-minute cylinder, 4500 psi (found). [L]"""
CN_ALARM_SHARE: Final = 5.5 / 30.0
"""Part of the air that is left when the whistle sounds: 5.5 of 30 MPa, GB 16556 (knowledge)."""
US_ALARM_SHARE: Final = 0.25
"""The same for the cylinders of the climbing tests (found)."""
USE_L_MIN: Final[Mapping[str, float]] = MappingProxyType(
    {"light": 20.0, "moderate": 40.0, "heavy": 70.0, "climbing": 90.0, "very_heavy": 100.0}
)
"""Air by work rate. [L/min]

EN 137 and NFPA 1981 test rates (knowledge: 40 and 103); heavy is the middle of 60-80; climbing is the middle of the
78-116 L/min that follow from the alarm at 8 to 12 minutes in Williams-Bell 2010 (found).
"""


def lasts_s(litres: float, use_l_min: float) -> float:
    """Return how long air lasts. [s]

    Examples
    --------
    >>> lasts_s(CN_CYLINDER_L, 40.0) / 60.0
    51.0
    """
    return 60.0 * litres / use_l_min


def alarm_s(cylinder_l: float, use_l_min: float, alarm_share: float) -> float:
    """Return when the low-air alarm sounds. [s]

    Examples
    --------
    >>> [round(alarm_s(US_30_MIN_L, use, US_ALARM_SHARE) / 60.0, 1) for use in (116.0, 78.0)]
    [8.0, 11.9]
    """
    return lasts_s(cylinder_l * (1.0 - alarm_share), use_l_min)


def working_s(
    cylinder_l: float, use_l_min: float, exit_s: float, *, entry_s: float | None = None,
    alarm_share: float = CN_ALARM_SHARE, walk_l_min: float = USE_L_MIN["moderate"],
) -> float:  # fmt: skip
    """Return how long people work before they must turn round: the turn-around rule. [s]

    Parameters
    ----------
    cylinder_l
        Air at the start, at free-air pressure. [L]
    use_l_min
        Use at work. [L/min]
    exit_s, entry_s
        Ways out and in on air; the way in takes as long as out if left out. [s]
    alarm_share
        Part of the air that is the reserve, not to be planned with. [0..1]
    walk_l_min
        Use on these ways. [L/min]

    Notes
    -----
    Leave when the air left is what the way out takes plus the alarm reserve. A litre of cylinder air is a litre at sea
    level; on a plateau breathing is deeper and air thinner, which nearly cancel, so sea-level minutes are kept.

    Examples
    --------
    >>> round(working_s(CN_CYLINDER_L, 70.0, 120.0) / 60.0, 1), working_s(CN_CYLINDER_L, 70.0, 3600.0)
    (21.5, 0.0)
    """
    ways_l = (exit_s + (exit_s if entry_s is None else entry_s)) / 60.0 * walk_l_min
    return max(0.0, lasts_s(cylinder_l * (1.0 - alarm_share) - ways_l, use_l_min))
