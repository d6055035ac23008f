"""Formatting of metric values with their unit, in every language."""

from __future__ import annotations

import math

from drillsim.language import has, word
from drillsim.metrics.registry import unit_of
from drillsim.views.clock import span

THOUSAND = 1000


def amount(value: float, metric: str, lang: str) -> str:
    """Return the value of a metric with its unit.

    Examples
    --------
    >>> amount(-5400.0, "closure_s", "en"), amount(0.256, "utilisation", "en"), amount(12345.0, "distance_m", "en")
    ('−90 min', '25.6 %', '12.3 km')
    >>> amount(2336.25, "alive_in_golden_time", "en"), amount(7.5, "alive_extricated", "en")
    ('2,336', '7.5')
    >>> amount(350.0, "fire_met_kw", "en"), amount(12.0, "closures_unknown_h", "zh")
    ('350 kW', '12 小时')
    >>> amount(350.0, "distance_m", "en"), amount(1.78, "distance_m", "zh"), amount(999.7, "distance_m", "en")
    ('350 m', '1.78 米', '1,000 m')
    """
    if math.isnan(value):
        return "–"
    unit = unit_of(metric)
    if unit == "s":
        return ("−" if value < 0 else "") + span(abs(value), lang=lang)
    if unit == "m":
        far = abs(value) >= THOUSAND
        return f"{value / THOUSAND:.1f} km" if far else f"{_count(value)} {word('unit', unit, lang)}"
    if unit == "1":
        return f"{100 * value:.1f} %"
    return f"{_count(value)} {word('unit', unit, lang)}" if has("unit", unit) else _count(value)


def _count(value: float) -> str:
    """Return a number of things: whole where it is large, never as a power of ten."""
    return f"{value:.3g}" if abs(value) < THOUSAND - 0.5 else f"{value:,.0f}"
