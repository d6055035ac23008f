"""A difference between two plans as a plain sentence, in English or Chinese."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from drillsim.comparison.paired import Difference
from drillsim.language import has, message, say, word
from drillsim.metrics.registry import unit_of

DURATIONS: Final = frozenset(
    {
        "discovery_s",
        "report_s",
        "alarm_handling_s",
        "initiating_action_s",
        "turnout_s",
        "travel_s",
        "assembly_s",
        "march_s",
    }
)
"""Metrics that are durations: shorter or longer rather than earlier or later."""
OF_MANY_UNITS: Final = frozenset({"hazard_peak"})
"""Metrics whose cases are metres, tanks and much else: the name of the case says which."""


def sentence(difference: Difference, lang: str, *, plan_a: str, plan_b: str, subject: str = "") -> str:
    """Return the difference as a plain sentence.

    Parameters
    ----------
    difference
        What to say.
    lang
        ``en`` or ``zh``.
    plan_a, plan_b
        Names of the plans, for people.
    subject
        Name of the case, for people; left out for all cases.
    """
    unit_name, called = unit_of(difference.metric), word("metric", difference.metric, lang)
    about = message("about_case" if subject else "about_all", lang, metric=called, subject=subject)
    unit = _Unit.of(unit_name, difference)
    values = {
        "about": about,
        "a": plan_a,
        "b": plan_b,
        "by": unit.text(abs(difference.mean_difference), lang),
        "low": unit.number(min(abs(difference.low), abs(difference.high))),
        "high": unit.text(max(abs(difference.low), abs(difference.high)), lang),
        "from": unit.number(difference.low),
        "to": unit.text(difference.high, lang),
        "level": f"{100 * difference.level:.4g}",
        "n": difference.replications,
        "only_a": difference.only_a,
        "only_b": difference.only_b,
    }
    kind = "duration" if difference.metric in DURATIONS else "time" if unit_name == "s" else "amount"
    text = message(
        f"verdict_{difference.verdict}_{kind}" if _by_kind(difference) else f"verdict_{difference.verdict}",
        lang,
        **values,
    )
    missed = difference.unreached_a + difference.unreached_b
    if not missed:
        return text
    counts = {"a": plan_a, "b": plan_b, "miss_a": difference.unreached_a, "miss_b": difference.unreached_b}
    return text + message("verdict_unreached", lang, **counts)


def _by_kind(difference: Difference) -> bool:
    return difference.verdict in {"a_less", "b_less"}


@dataclass(frozen=True, slots=True)
class _Unit:
    """The unit in which a difference is stated."""

    size: float
    name: str
    """Its name in the catalogue; empty if it has none."""
    digits: int = 0

    @classmethod
    def of(cls, unit: str, difference: Difference) -> _Unit:
        """Return the unit that gives the difference few digits."""
        ends = [abs(v) for v in (difference.mean_difference, difference.low, difference.high) if math.isfinite(v)]
        most = max(ends, default=0.0)
        if unit == "s":
            sizes = (
                (5 * 3600, cls(3600, "h", 1)),
                (300, cls(60, "min", 0)),
                (90, cls(60, "min", 1)),
                (10, cls(1, "s", 0)),
                (0, cls(1, "s", 1)),
            )
            return next(choice for least, choice in sizes if most >= least)
        if unit == "m":
            lengths = (
                (10_000, cls(1000, "km", 0)),
                (1000, cls(1000, "km", 1)),
                (100, cls(1, "m", 0)),
                (10, cls(1, "m", 1)),
                (0, cls(1, "m", 2)),
            )
            return next(choice for least, choice in lengths if most >= least)
        if unit == "1":
            return cls(0.01, "percentage_points", 1)
        if difference.metric in OF_MANY_UNITS:
            return cls(1, "", 2)
        if has("unit", unit):
            return cls(1, unit, 2)
        return cls(1, unit if has("counted", unit) else "count", 2)

    def number(self, value: float) -> str:
        """Return the value in this unit, without its name."""
        if math.isnan(value):
            return "–"
        text = f"{value / self.size:.{self.digits}f}"
        return text.removeprefix("-") if float(text) == 0 else text

    def text(self, value: float, lang: str) -> str:
        """Return the value with the name of the unit."""
        number = self.number(value)
        if has("counted", self.name):
            return say(f"counted.{self.name}", lang, n=number)
        return f"{number} {word('unit', self.name, lang)}".strip()
