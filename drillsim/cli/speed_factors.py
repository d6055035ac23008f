"""What slows or speeds up a vehicle on a road: every factor with its value, its switch and its source."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from drillsim.base.quantities import Model
from drillsim.cli.console import NEVER
from drillsim.language import Term, say, word
from drillsim.language.formatting import printable
from drillsim.roads import HeavyVehicleSpeed, MarchRules
from drillsim.roads.network.elements import ROAD_CLASSES
from drillsim.roads.speeds.speeds import SNOW_FACTOR, SURFACE_FACTOR
from drillsim.world.weather import Traffic

MOST_NAME: Final = 80
"""Characters of the name of a profile."""
ASSUMED: Final = Term("assumption", "假定")
SOURCES: Final[tuple[tuple[str, str, str, Term], ...]] = (
    # field of the plan's speeds, what switches it off, unit, source
    (
        "factor",
        "factor: 1",
        "",
        Term("march tables (FM 55-30), from general knowledge", "行军表（FM 55-30），一般知识"),
    ),
    (
        "motorway_cap_kmh",
        "motorway_cap_kmh: 200",
        "km/h",
        Term("planning speed of heavy vehicles, general knowledge", "重型车辆计划车速，一般知识"),
    ),
    ("other_cap_kmh", "other_cap_kmh: 200", "km/h", ASSUMED),
    (
        "siren_factor",
        "siren_factor: 1",
        "",
        Term("none unless calibrated: roads calibrate fits it", "未校准时不计；用 roads calibrate 拟合"),
    ),
    ("surface", "surface: false", "", ASSUMED),
    (
        "grade",
        "grade: false",
        "",
        Term("power over weight and rolling; the vehicle is an assumption", "功率与重量、滚动阻力之比；车辆参数为假定"),
    ),
    (
        "power_kw",
        "grade: false",
        "kW",
        Term(
            "less 1 % per 100 m above 2,000 m (engine makers, ISO 3046, general knowledge)",
            "海拔 2000 m 以上每 100 m 减 1%（ISO 3046，一般知识）",
        ),
    ),
    ("descent_kmh", "grade: false", "km/h", ASSUMED),
    ("limits", "limits: false", "", Term("signs of the map; the vehicle is an assumption", "地图标注；车辆参数为假定")),
    (
        "junctions",
        "junctions: false",
        "",
        Term(
            "signals 5 s, stop and give-way 3 s, crossing 1 s: assumptions",
            "信号灯 5 秒、停让 3 秒、人行横道 1 秒：假定",
        ),
    ),
    ("wrong_way_kmh", "wrong_way_kmh: 0", "km/h", Term("a risk that a plan takes on", "由方案承担风险")),
    ("pedestrian_kmh", "pedestrian_kmh: 0", "km/h", Term("a risk that a plan takes on", "由方案承担风险")),
)
SCENARIO: Final[tuple[tuple[str, str, Term], ...]] = (
    ("snow", "weather: {snow: none}",
     Term("HCM 2016 and mountain practice, middle of the ranges, general knowledge",
      "HCM 2016 与山区经验，取中值，一般知识")),
    ("traffic", "traffic: {}", Term("by hour and weekday, as the scenario gives it", "按时段与工作日，由情景给出")),
    ("night_factor", "traffic: {night_factor: 1}", ASSUMED),
)  # fmt: skip
MARCH: Final = Term("road traffic law (rest), ATP 4-16 and FM 55-30 (halts, gaps), general knowledge",
                "道路交通安全法（休息）、ATP 4-16 与 FM 55-30（停留、间距），一般知识")  # fmt: skip


def factor_rows(
    lang: str, speeds: HeavyVehicleSpeed | None = None, profile: str = ""
) -> Iterator[tuple[str, str, str, str]]:
    """Yield each factor: what it is called, its value, what to write to leave it out, where it is from.

    Parameters
    ----------
    profile
        Profile with which the network was imported, if it was.
    """
    if profile:
        from drillsim.roads.importing.profiles import PROFILES

        known = PROFILES.get(profile)
        if known is None:
            value, why = say("cli.profile_unknown", lang, profile=printable(profile, MOST_NAME)), NEVER
        else:
            kmh = ", ".join(f"{name} {known.missing_kmh[name]:g}" for name in ROAD_CLASSES if name != "ferry")
            value, why = f"{profile}: {kmh} km/h", known.source.in_(lang)
        yield say("cli.unsigned", lang), value, "roads import --profile", why
    speeds, traffic = speeds or HeavyVehicleSpeed(), Traffic()
    for field, off, unit, source in SOURCES:
        yield word("field", field, lang), _value(speeds, field, unit), f"speeds: {{{off}}}", source.in_(lang)
    values = {"snow": _levels(SNOW_FACTOR), "traffic": "1", "night_factor": f"{traffic.night_factor:g}"}
    for field, off, source in SCENARIO:
        yield word("field", field, lang), values[field], off, source.in_(lang)
    rules = MarchRules()
    halts = f"{rules.first_halt_s / 60:g}, {rules.halt_s / 60:g}, {rules.rest_s / 60:g}, {rules.refuel_s / 60:g} min"
    yield (
        word("field", "march", lang),
        halts,
        "march: {first_halt_s: 0, halt_s: 0, rest_s: 0, refuel_s: 0}",
        MARCH.in_(lang),
    )


def _value(speeds: Model, field: str, unit: str) -> str:
    value = getattr(speeds, field)
    if field == "surface":
        return _levels(SURFACE_FACTOR)
    if isinstance(value, bool):
        return "+" if value else "–"
    return f"{value:g} {unit}".strip()


def _levels(factors: dict[str, float]) -> str:
    return ", ".join(f"{name} {factor:g}" for name, factor in factors.items())
