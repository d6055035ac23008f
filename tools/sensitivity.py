"""Write docs/validation/sensitivity.md:  python tools/sensitivity.py

One value at a time is set low and high, everything else stays, and every replication has the same random numbers.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from importlib import import_module
from pathlib import Path
from types import FunctionType, MappingProxyType
from typing import Any, Final

import numpy as np

from drillsim import Scenario, load_scenario, run_batch
from drillsim.metrics import Outcome

ROOT: Final = Path(__file__).parents[1]
PAGE: Final = ROOT / "docs" / "validation" / "sensitivity.md"
REPLICATIONS: Final = 8
TOP: Final = 10
QUAKES: Final = ("jishishan-2023", "yushu-2010")
Results = Mapping[str, float]
"""Mean over the replications by outcome; of times, over those that had one."""


@dataclass(frozen=True, slots=True)
class Assumption:
    """One value of an earthquake that the scenario can set."""

    title: str
    fields: tuple[str, ...]
    """Paths below the earthquake, all set alike."""
    low: float
    """Factor on the value, or the value where ``absolute``."""
    high: float
    why: str
    absolute: bool = False


@dataclass(frozen=True, slots=True)
class Constant:
    """One constant of the model."""

    module: str
    name: str
    scenario: str
    low: float
    """Factor on the value."""
    high: float
    why: str
    change: Callable[[Any, float], Any] | None = None
    """How a value is changed; every number in it times the factor if left out."""


HALF: Final = "assumption: half and double"
LIGHT: Final = ("digging.light_adobe", "digging.light_brick", "digging.light_concrete")
DEEP: Final = ("digging.deep_work_adobe_s", "digging.deep_work_brick_s", "digging.deep_work_concrete_s")
ASSUMPTIONS: Final = (
    Assumption(
        "work, lightly trapped", ("digging.surface_work_s",), 0.5, 2.0, "2.3 person-hours seen at Yushu; double"
    ),
    Assumption("work, deeply trapped", DEEP, 0.5, 2.0, "forces needed 40 to 220 person-hours a person"),
    Assumption("spread of the work", ("digging.work_cv",), 0.5, 2.0, HALF),
    Assumption("share lightly trapped", LIGHT, 0.5, 1.15, "half; nearly all of those under earth"),
    Assumption("share of the unhurt who dig", ("digging.neighbours_share",), 0.25, 2.5, "assumption: 2.5 to 25 %"),
    Assumption("neighbours per trapped person", ("digging.neighbours_per_trapped",), 0.0, 2.0, "nobody digs; eight do"),
    Assumption("pace of neighbours", ("digging.neighbour_pace",), 0.5, 2.0, "a quarter of a trained person to as fast"),
    Assumption("neighbours begin", ("digging.neighbours_from_s",), 0.5, 6.0, "5 min to 1 h"),
    Assumption("neighbours end", ("digging.neighbours_until_s",), 0.25, 3.0, "6 h to 3 days"),
    Assumption("scale of survival", ("survival_h",), 32.0, 54.0, "Kobe 1995; Tangshan 1976", absolute=True),
    Assumption("cold shortens survival", ("survival_scale",), 0.5, 1.0, "not at all, or by half", absolute=True),
    Assumption("people per worksite", ("people_per_site",), 0.5, 2.0, HALF),
)


def _more_vulnerable(classes: Mapping[str, Any], by: float) -> Mapping[str, Any]:
    return MappingProxyType({k: replace(c, vulnerability=c.vulnerability + by) for k, c in classes.items()})


CASUALTIES, FLOW = "drillsim.physics.earthquake.casualties", "drillsim.physics.fire.fire_flow"
SMOKE, EGRESS = "drillsim.hazards.high_rise.tower_smoke", "drillsim.hazards.high_rise.tower_egress"
FIRE, SPREAD = "drillsim.hazards.high_rise.tower_fire", "drillsim.physics.fire.floor_spread"
TASKS, GAS = "drillsim.hazards.high_rise.tower_tasks", "drillsim.physics.gas"
QUAKE, WARD, FACADE, PARK, STORE = (
    "jishishan-2023", "hospital-night", "changsha-facade-2022", "chlorine-park", "ammonia-cold-store",
)  # fmt: skip
CONSTANTS: Final = (
    Constant("drillsim.physics.earthquake.damage", "CLASSES", QUAKE, -0.04, 0.04,
             "vulnerability of all classes: half the step between two", _more_vulnerable),
    Constant(CASUALTIES, "_TRAPPED_SHARE", QUAKE, 0.5, 1.4, "Coburn and Spence: half; as near collapse"),
    Constant(CASUALTIES, "KILLED_AT_ONCE", QUAKE, 0.5, 2.0, "Coburn and Spence: half and double"),
    Constant(CASUALTIES, "SURVIVAL_SHAPE", QUAKE, 0.8, 1.2, "fits to single earthquakes: 1.08, 1.14"),
    Constant(FLOW, "EFFICIENCY", WARD, 0.6, 1.4, "published part of water that cools"),
    Constant(FLOW, "KNOCK_DOWN_S", WARD, 0.5, 2.0, HALF),
    Constant("drillsim.physics.fire.smoke", "CO_AFTER_FLASHOVER_PPM", WARD, 0.5, 1.5, "yields of 0.1 to 0.3 kg/kg"),
    Constant("drillsim.physics.fire.smoke", "CO_BEFORE_FLASHOVER_PPM", WARD, 0.5, 2.0, HALF),
    Constant(EGRESS, "FATAL_DOSES", WARD, 0.5, 2.0, HALF),
    Constant(FIRE, "FACADE_BURNS_S", FACADE, 0.5, 2.0, HALF),
    Constant(SMOKE, "FIRE_PRESSURE_PA", WARD, 0.5, 2.0, HALF),
    Constant(SMOKE, "FROM_STAIR", WARD, 0.5, 2.0, HALF),
    Constant(SMOKE, "VENTED", WARD, 0.5, 2.0, HALF),
    Constant(TASKS, "M2_PER_SECTOR", WARD, 0.5, 2.0, HALF),
    Constant(TASKS, "CARRY_FLOOR_S", WARD, 0.5, 2.0, HALF),
    Constant("drillsim.hazards.high_rise.tower", "BURNS_KW_M2", WARD, 0.6, 2.0, "EN 1991: 150 to 500 kW/m²"),
    Constant("drillsim.hazards.high_rise.tower", "GLAZED", WARD, 0.5, 2.0, HALF),
    Constant("drillsim.physics.fire.climbing", "FLOOR_S", FACADE, 0.7, 1.5, "planning values"),
    Constant(SPREAD, "FROM_WINDOW_TO_FLOOR_S", FACADE, 0.5, 2.0, HALF),
    Constant(SPREAD, "FACADE_UP_M_S", FACADE, 0.5, 2.0, "published fires: 2 to 8 m/min"),
    Constant(SPREAD, "FACADE_ENTRY_S", FACADE, 0.5, 2.0, HALF),
    Constant(f"{GAS}.toxicity", "AIR_CHANGES_1_H", PARK, 0.6, 2.0, "tight to usual houses: 0.3 to 1"),
    Constant(f"{GAS}.plume", "BREATHING_M", PARK, 0.5, 1.5, HALF),
    Constant(f"{GAS}.release", "LIQUID_CD", PARK, 0.8, 1.2, "0.5 to 0.75"),
    Constant(f"{GAS}.sigmas", "_BRIGGS_Y", PARK, 0.7, 1.4, "plume widths of other authors"),
    Constant("drillsim.hazards.toxic_cloud", "AHEAD_S", PARK, 0.5, 2.0, HALF),
    Constant("drillsim.hazards.release.leak", "POOL_AGE_S", STORE, 0.5, 2.0, HALF),
)  # fmt: skip
COUNTED: Final = ("out_alive", "freed_by_neighbours", "people_lost")
HEADS: Final = "out alive | of them by neighbours | dead in all | first out | first by crews"
OUTCOMES: Final[Mapping[str, tuple[str, ...]]] = {
    QUAKE: ("people_lost", "people_injured", "out_alive"),
    WARD: ("people_lost", "people_rescued", "fire_out_s"),
    FACADE: ("people_lost", "people_rescued", "fire_out_s", "floors_burnt"),
    PARK: ("people_lost", "people_injured", "reach_m"),
    STORE: ("people_lost", "people_injured", "reach_m"),
}
"""What counts, by scenario."""
TITLES: Final = {
    "people_lost": "dead in all", "people_injured": "injured", "out_alive": "out alive",
    "people_rescued": "rescued", "fire_out_s": "fire out", "floors_burnt": "floors burnt",
    "reach_m": "reach of the hot zone, m",
}  # fmt: skip


def main() -> None:
    """Run everything on two processes and write the page."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--replications", type=int, default=REPLICATIONS)
    n = parser.parse_args().replications
    with ProcessPoolExecutor(2) as pool:
        bases = dict(zip(OUTCOMES, pool.map(partial(_base, n), OUTCOMES), strict=True))
        ends = list(pool.map(partial(_of_constant, n), CONSTANTS))
        tables = list(pool.map(partial(_of_quake, n), [(q, a) for q in QUAKES for a in (None, *ASSUMPTIONS)]))
        also = [(a, t) for a, t in zip((None, *ASSUMPTIONS), tables, strict=False) if a is not None]
    lines = [*_head(n), *_quake_tables(tables), *_ranking(bases, ends, also)]
    PAGE.write_text("\n".join(lines) + "\n", encoding="utf-8")


# --- runs ---


def _base(n: int, name: str) -> Results:
    return _results(n, _scenario(name))


def _scenario(name: str) -> Scenario:
    """Return a shipped scenario; an earthquake with the median shaking, whose luck would hide everything else."""
    scenario = load_scenario(ROOT / "scenarios" / f"{name}.yaml")
    if name not in QUAKES:
        return scenario
    return _edited(scenario, {"luck": False})


def _edited(scenario: Scenario, changes: Mapping[str, Any]) -> Scenario:
    quake = scenario.incidents[0].model_copy(update=changes)
    return scenario.model_copy(update={"incidents": (quake, *scenario.incidents[1:])})


def _results(n: int, scenario: Scenario) -> Results:
    runs = next(iter(run_batch(scenario, [scenario.plan()], replications=n, seed=1).values()))
    found: dict[str, float] = {}
    for metric in (*TITLES, "freed_by_neighbours", "first_out_s", "first_rescue_s"):
        values = [x for run in runs if np.isfinite(x := _value(run, metric))]
        found[metric] = float(np.mean(values)) if values else np.inf
    return found


def _value(run: Outcome, metric: str) -> float:
    """Return one number of one run, added up over cases; of times, the last."""
    if metric == "out_alive":
        return _value(run, "freed_by_neighbours") + _value(run, "alive_extricated")
    if metric == "reach_m":
        return sum(m for case, m in run.values["hazard_peak"].items() if case.endswith("/hot_reach_m"))
    cases = list(run.values[metric].values())
    if metric.endswith("_s"):
        return max(cases, default=np.inf)
    return float(sum(cases))


def _of_quake(n: int, asked: tuple[str, Assumption | None]) -> tuple[Results, ...]:
    """Return the results at low and high, or the base alone."""
    name, assumption = asked
    scenario = _scenario(name)
    if assumption is None:
        return (_results(n, scenario),)
    return tuple(
        _results(n, _edited(scenario, _changes(scenario, assumption, end))) for end in (assumption.low, assumption.high)
    )


def _changes(scenario: Scenario, assumption: Assumption, end: float) -> dict[str, Any]:
    """Return the fields of the earthquake that set an assumption to one end."""
    quake: Any = scenario.incidents[0]
    changes: dict[str, Any] = {}
    digging: dict[str, float] = {}
    for path in assumption.fields:
        block, _, field = path.rpartition(".")
        now = None if assumption.absolute else getattr(quake.digging if block else quake, field)
        value = end if now is None else type(now)(round(now * end, 9))
        if field.startswith("light_"):
            value = min(1.0, value)
        (digging if block else changes)[field] = value
    if digging:
        changes["digging"] = quake.digging.model_copy(update=digging)
    return changes


def _of_constant(n: int, constant: Constant) -> tuple[Results, Results]:
    ends = []
    for end in (constant.low, constant.high):
        with another(constant.module, constant.name, constant.change or scaled, end):
            ends.append(_results(n, _scenario(constant.scenario)))
    return ends[0], ends[1]


def scaled(value: Any, by: float) -> Any:
    """Return a number, or every number in tuples and mappings, times a factor.

    Examples
    --------
    >>> scaled({"a": (1.0, 2.0)}, 0.5)["a"]
    (0.5, 1.0)
    """
    if isinstance(value, Mapping):
        return MappingProxyType({key: scaled(one, by) for key, one in value.items()})
    return tuple(scaled(one, by) for one in value) if isinstance(value, tuple) else value * by


@contextmanager
def another(module: str, name: str, change: Callable[[Any, float], Any], by: float) -> Iterator[None]:
    """Let a constant of the model have another value, wherever it was imported or is the default of an argument.

    Raises
    ------
    AttributeError
        If there is no such constant.
    """
    before = getattr(import_module(module), name)
    after = change(before, by)
    loaded = [found for key, found in sys.modules.items() if key.startswith("drillsim.") and found is not None]
    _put(loaded, name, before, after)
    try:
        yield
    finally:
        _put(loaded, name, after, before)


def _put(loaded: list[Any], name: str, before: Any, after: Any) -> None:
    for module in loaded:
        if getattr(module, name, None) is before:
            setattr(module, name, after)
        for function in list(vars(module).values()):
            forget = getattr(function, "cache_clear", None)
            if forget is not None and getattr(function, "__module__", "") == module.__name__:
                forget()
            if isinstance(function, FunctionType) and function.__module__ == module.__name__:
                _default(function, before, after)


def _default(function: FunctionType, before: Any, after: Any) -> None:
    """Give an argument another default where it has the very constant."""
    if function.__defaults__ is not None:
        function.__defaults__ = tuple(after if one is before else one for one in function.__defaults__)
    if function.__kwdefaults__ is not None:
        function.__kwdefaults__ = {k: after if one is before else one for k, one in function.__kwdefaults__.items()}


# --- page ---


def _head(n: int) -> Iterator[str]:
    yield "# What the assumptions decide\n"
    yield f"`python tools/sensitivity.py` makes this page: {n} replications, seed 1, the same random numbers in"
    yield "every column. One value is set low, then high; all others stay. Earthquakes shake as the law says in the"
    yield "median, for the luck of the shaking would hide all else.\n"


def _table(head: str) -> Iterator[str]:
    yield f"| {head} |"
    yield "|" + "---|" * (head.count("|") + 1)


def _quake_tables(tables: list[tuple[Results, ...]]) -> Iterator[str]:
    one = len(ASSUMPTIONS) + 1
    for i, name in enumerate(QUAKES):
        (base,), *ends = tables[i * one : (i + 1) * one]
        quake: Any = _scenario(name).incidents[0]
        yield f"## {name}: who digs, and how long it takes\n"
        freed = base["freed_by_neighbours"]
        yield f"As it is, {base['out_alive']:,.0f} come out alive, {freed:,.0f} of them by neighbours, and"
        yield f"{base['people_lost']:,.0f} are dead in all; the first person is out after {_span(base['first_out_s'])},"
        yield f"by crews after {_span(base['first_rescue_s'])}. Cells: low, high.\n"
        yield from _table(f"assumption | low | base | high | {HEADS} | range")
        for assumption, (low, high) in zip(ASSUMPTIONS, ends, strict=True):
            row = [assumption.title, *_values(quake, assumption)]
            row += [f"{low[m]:,.0f}, {high[m]:,.0f}" for m in COUNTED]
            row += [f"{_span(low[m])}, {_span(high[m])}" for m in ("first_out_s", "first_rescue_s")]
            yield "| " + " | ".join([*row, assumption.why]) + " |"
        yield ""


def _values(quake: Any, assumption: Assumption) -> tuple[str, str, str]:
    """Return the first field of an assumption at low, as it is and at high."""
    block, _, field = assumption.fields[0].rpartition(".")
    now = getattr(quake.digging if block else quake, field)
    if assumption.absolute:
        drawn = {"survival_h": "drawn", "survival_scale": "by temperature"}[field]
        return f"{assumption.low:g}", drawn, f"{assumption.high:g}"
    ends = (now * assumption.low, float(now), now * assumption.high)
    if field.startswith("light_"):
        ends = (ends[0], ends[1], min(1.0, ends[2]))
    low, middle, high = (_span(x) if field.endswith("_s") else f"{x:.3g}" for x in ends)
    return low, middle, high


def _span(s: float) -> str:
    return "never" if np.isinf(s) else f"{s / 60:.3g} min" if s < 2 * 3600 else f"{s / 3600:.3g} h"


def swing(low: float, high: float) -> float:
    """Return the difference of two outcomes over the larger: 0 if nothing changes, 1 if one of them is nothing.

    Examples
    --------
    >>> swing(50.0, 100.0), swing(3.0, 3.0), swing(0.0, 0.0)
    (0.5, 0.0, 0.0)
    """
    if np.isinf(low) or np.isinf(high):
        return float(np.isinf(low) != np.isinf(high))
    return abs(high - low) / max(abs(low), abs(high), 1.0)


def _ranking(
    bases: Mapping[str, Results],
    ends: list[tuple[Results, Results]],
    also: list[tuple[Assumption, tuple[Results, ...]]],
) -> Iterator[str]:
    tried = [
        (f"`{c.module.removeprefix('drillsim.')}.{c.name}`", c.scenario, _ends(c), c.why, pair)
        for c, pair in zip(CONSTANTS, ends, strict=True)
    ]
    tried += [(a.title, QUAKE, _times(a.low, a.high, absolute=a.absolute), a.why, (t[0], t[1])) for a, t in also]
    rows = []
    for title, scenario, span, why, (low, high) in tried:
        by, outcome = max((swing(low[m], high[m]), m) for m in OUTCOMES[scenario])
        rows.append((by, title, scenario, span, outcome, low, high, why))
    rows.sort(key=lambda row: (-row[0], row[1]))
    yield f"## The {TOP} that decide most, of {len(rows)} that were tried, over all kinds\n"
    yield "Ranked by the outcome of the scenario that moves most: difference of the two ends over the larger. A"
    yield "constant with a wide range ranks high, well known ones low, whatever the formula.\n"
    head = "rank | constant | scenario | low, high | outcome | low | base | high | moves by | range"
    yield from _table(head)
    for rank, (by, title, scenario, span, outcome, low, high, why) in enumerate(rows, start=1):
        if rank == TOP + 1:
            yield "\n## The others\n"
            yield from _table(head)
        cells = " | ".join(_amount(x[outcome], outcome) for x in (low, bases[scenario], high))
        yield f"| {rank} | {title} | {scenario} | {span} | {TITLES[outcome]} | {cells} | {by:.0%} | {why} |"


def _ends(constant: Constant) -> str:
    return f"{constant.low:+g}, {constant.high:+g}" if constant.change else _times(constant.low, constant.high)


def _times(low: float, high: float, *, absolute: bool = False) -> str:
    return f"{low:g}, {high:g}" if absolute else f"× {low:g}, × {high:g}"


def _amount(value: float, metric: str) -> str:
    return _span(value) if metric.endswith("_s") else f"{value:,.3g}" if value < 1000 else f"{value:,.0f}"  # noqa: PLR2004


if __name__ == "__main__":
    main()
