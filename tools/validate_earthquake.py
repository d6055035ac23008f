"""Write docs/validation/earthquake.md:  python tools/validate_earthquake.py"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
from earthquake_shaking import areas, coefficient, fit, laws

from drillsim import load_scenario, run_batch
from drillsim.metrics import Outcome
from drillsim.physics.earthquake.aftershocks import draw_aftershocks, expected_count
from drillsim.physics.earthquake.attenuation import G_MS2, bssa14_exact
from drillsim.physics.earthquake.casualties import SHORT_SURVIVAL_S, SURVIVAL_SCALE_S, survival
from drillsim.physics.earthquake.damage import CLASSES, mean_index
from drillsim.physics.earthquake.shaking import Source

ROOT = Path(__file__).parents[1]
REPLICATIONS: Final = 100
H: Final = 3600.0
FEW: Final = 20

PEER: Final = (
    (6.0, 1.0, 300.0, "SS", "global", 0.4, 0.4892727, 38.22916),
    (4.5, 8.0, 760.0, "RS", "china", 0.04, 0.03070632, 0.9626353),
    (6.5, 100.0, 300.0, "U", "italy", 0.4, 0.02465926, 3.112451),
    (7.1, 2.0, 760.0, "RS", "turkey", 0.04, 0.4292208, 42.76118),
)
SURVIVAL: Final = {
    "Tangshan 1976 (54 h)": {0.25: 0.993, 12: 0.81, 36: 0.537, 60: 0.367, 84: 0.19, 108: 0.074},
    "Kobe 1995 (32 h)": {12: 0.74, 36: 0.26, 60: 0.20, 84: 0.06},
}
SEQUENCES: Final = (("Maduo 2021", 7.4, 0.105, 40, 4.6), ("Jishishan 2023", 6.2, 0.417, 9, 4.1),
                    ("Menyuan 2022", 6.9, 0.344, 8, 5.1))  # fmt: skip
INDEX: Final = {
    "A1": ((0.02, 0.17), (0.15, 0.44), (0.42, 0.62), (0.60, 0.90), (0.88, 1.0)),
    "A2": ((0.01, 0.13), (0.11, 0.31), (0.29, 0.46), (0.44, 0.62), (0.60, 0.88)),
    "B": ((0.0, 0.11), (0.09, 0.27), (0.25, 0.50), (0.48, 0.69), (0.67, 0.91)),
    "C": ((0.0, 0.08), (0.05, 0.18), (0.16, 0.35), (0.33, 0.54), (0.52, 0.84)),
    "D": ((0.0, 0.05), (0.04, 0.16), (0.14, 0.27), (0.25, 0.48), (0.46, 0.84)),
}
ARRIVALS: Final = (
    ("maduo-2021", "golog-first", "Maduo: first unit at the county seat", 5.43, 0.30, "tolerance 30 %"),
    ("jishishan-2023", "brigade", "Jishishan: first unit at Dahejia", 0.60, 0.50, "tolerance 50 %"),
    ("yushu-2010", "chamdo", "Yushu: Chamdo team (held out)", 13.18, 0.30, "compared, 30 %"),
)
FORCES: Final = (
    ("maduo-2021", "the province", 775, 169),
    ("jishishan-2023", "all forces", 2042, 381),
    ("yushu-2010", "the fire service", 1638, 61),
)
REPORTED: Final[dict[str, dict[str, float]]] = {
    "maduo-2021": {"people_lost": 0, "people_injured": 8},
    "jishishan-2023": {"people_lost": 131, "people_injured": 982, "alive_extricated": 75, "first_rescue_s": 1.18 * H},
    "yushu-2010": {"people_lost": 2968, "people_injured": 12_135, "alive_extricated": 192, "out_alive": 6110},
}
"""Jishishan: 151 dead without the 20 in a sand flow, which is not modelled (Xinhua, MEM). Yushu: 2,698 dead and 270
missing (Xinhua); of 6,870 dug out by all 6,110 were alive (CEA), 192 by the fire service (Sohu). Maduo: by
the morning."""
OF_THE_LAW: Final = {"jishishan-2023": "law fitted to its areas"}
"""Where the law of the shaking was set with the same earthquake; elsewhere the toll is free."""
BY_CREWS: Final = frozenset({"alive_extricated", "first_rescue_s"})
"""What depends on when forces were ordered, which is an input."""
PEOPLE: Final = (
    ("people_lost", "dead in all"), ("killed_at_once", "of them at once"), ("died_trapped", "of them under rubble"),
    ("people_injured", "injured"), ("trapped_at_first", "trapped alive at first"),
    ("out_alive", "out alive, by anybody"), ("freed_by_neighbours", "of them by neighbours"),
    ("alive_extricated", "of them by crews"),
    ("first_rescue_s", "first live rescue by crews"),
)  # fmt: skip


def main() -> None:
    """Compute everything and write the page."""
    text = "\n".join(_page())
    (ROOT / "docs" / "validation" / "earthquake.md").write_text(text + "\n", encoding="utf-8")


def _page() -> Iterator[str]:
    yield "# Earthquakes: what was published, what the model gives\n"
    yield f"`python tools/validate_earthquake.py` makes this page; runs are {REPLICATIONS} replications, seed 1."
    yield "Nothing was tuned per event. Inputs of the replays are source and rupture, where forces stood, when ordered,"
    yield "weather and the roads that reports say were lost; the rest follows. Each row says what it is worth:"
    yield "*formula* (a law gives the numbers of its own source: typed in right, no more), *fit* (a constant was set on"
    yield "it), *input* (it was put in), *free* (none of these).\n"
    yield from _bssa14()
    yield from coefficient()
    yield from fit()
    yield from areas()
    yield from laws()
    yield from _damage()
    yield from _survival()
    yield from _aftershocks()
    yield from _replays()
    yield from _misses()


def _table(head: str, rows: Iterable[str]) -> Iterator[str]:
    yield f"| {head} |"
    yield "|" + "---|" * (head.count("|") + 1)
    yield from (f"| {row} |" for row in rows)
    yield ""


def _bssa14() -> Iterator[str]:
    yield "## BSSA14 against the values of PEER\n"
    rows = []
    for m, r_km, vs30, mechanism, region, z1_km, pga_g, pgv_cms in PEER:
        pga, pgv = bssa14_exact(m, r_km, vs30, mechanism, region, z1_km)
        ours = f"{pga / G_MS2:.5f} | {pga / G_MS2 / pga_g - 1:+.1e} | {pgv * 100:.4f} | {pgv * 100 / pgv_cms - 1:+.1e}"
        rows.append(f"M {m}, {r_km:g} km, {vs30:g} m/s, {mechanism}, {region} | {ours} | formula")
    yield from _table("case | PGA, g | error | PGV, cm/s | error | it is", rows)
    yield "Tolerance 1e-3. Four rows, eight numbers.\n"


def _damage() -> Iterator[str]:
    yield "## Damage index against GB/T 17742-2020\n"
    rows, inside = [], 0
    for name, ranges in INDEX.items():
        cells = []
        for intensity, (low, high) in zip(range(6, 11), ranges, strict=True):
            value = float(mean_index(np.array([float(intensity)]), CLASSES[name].vulnerability)[0])
            good = low - 5e-4 <= value <= high + 5e-4
            inside += good
            cells.append(f"{value:.3f}" + ("" if good else f" (not in {low} … {high})"))
        rows.append(f"{name} | " + " | ".join([*cells, "fit"]))
    yield from _table("class | VI | VII | VIII | IX | X | it is", rows)
    yield f"{inside} of 25 cells lie inside; vulnerabilities were fitted to these ranges.\n"


def _survival() -> Iterator[str]:
    yield "## Alive among those trapped, by time\n"
    rows = []
    for name, days in SURVIVAL.items():
        for hours, seen in days.items():
            short, long = (float(survival(np.array([hours * H]), s)[0]) for s in (SHORT_SURVIVAL_S, SURVIVAL_SCALE_S))
            own = long if name.startswith("Tangshan") else short
            rows.append(
                f"{name} | {hours:g} h | {seen:.2f} | {own:.2f} | {own - seen:+.2f} | {short:.2f} … {long:.2f} | fit"
            )
    yield from _table("earthquake | after | published | its own scale | difference | drawn in a run | it is", rows)
    yield "Tolerance 0.15. The scale is drawn between Kobe's 32 h and Tangshan's 54 h; the shape was fitted to Tangshan"
    yield "alone.\n"


def _aftershocks() -> Iterator[str]:
    yield "## Aftershocks of magnitude 3 and more\n"
    rows = []
    for name, main_m, days, seen, largest in SEQUENCES:
        drawn = [
            [a.source.magnitude for a in draw_aftershocks(
                Source(main_m, 35.0, 100.0), days * 86_400, np.random.default_rng(i), least=3.0, length_km=30.0)]
            for i in range(500)
        ]  # fmt: skip
        top = np.median([max(one) for one in drawn if one])
        expected = expected_count(-2.6, main_m, 3.0, days)
        rows.append(f"{name} | {days * 24:.1f} h | {seen} | {expected:.0f} | {largest} | {top:.1f} | fit")
    yield from _table("sequence | window | counted | expected, a = -2.6 | largest | largest, median | it is", rows)
    yield "The productivity is the middle of three fits with a spread of 0.3: good to a factor of three.\n"


@lru_cache
def _batch(name: str, *, luck: bool = True) -> tuple[Outcome, ...]:
    scenario = load_scenario(ROOT / "scenarios" / f"{name}.yaml")
    quake = scenario.incidents[0].model_copy(update={"luck": luck})
    scenario = scenario.model_copy(update={"incidents": (quake,)})
    count = REPLICATIONS if luck else REPLICATIONS // 5
    return next(iter(run_batch(scenario, [scenario.plan()], replications=count, seed=1).values()))


def _replays() -> Iterator[str]:
    outcomes = {name: _batch(name) for name in ("maduo-2021", "jishishan-2023", "yushu-2010")}
    yield "## Replays: arrivals\n"
    rows = []
    for name, wave, what, seen_h, tolerance, note in ARRIVALS:
        hours = np.array([o.values["first_in_place_s"][wave] / H for o in outcomes[name]])
        there = hours[np.isfinite(hours)]
        low, high = np.percentile(there, [5, 95])
        verdict = "inside" if abs(there.mean() / seen_h - 1) <= tolerance else "outside"
        never = len(hours) - len(there)
        error = f"{there.mean() / seen_h - 1:+.0%} | {note}: {verdict}" + (f"; {never} never" if never else "")
        span = f"{there.mean():.2f} h | {low:.2f} … {high:.2f} h"
        rows.append(f"{what} | {seen_h:.2f} h | {span} | {error} | free; the order is an input")
    yield from _table("what | reported | mean | 5 % … 95 % | error | tolerance | it is", rows)
    yield "## Replays: forces\n"
    rows = []
    for name, what, people, vehicles in FORCES:
        units = load_scenario(ROOT / "scenarios" / f"{name}.yaml").plan().units
        ours = f"{sum(u.crew for u in units):,} | {sum(u.vehicles for u in units)}"
        rows.append(f"{name}: {what} | {people:,} | {vehicles} | {ours} | input")
    yield from _table("what | people reported | vehicles reported | people | vehicles | it is", rows)
    yield from _people(outcomes)


def _people(outcomes: dict[str, tuple[Outcome, ...]]) -> Iterator[str]:
    yield "## Replays: people\n"
    rows = []
    for name, drawn in outcomes.items():
        calm = _batch(name, luck=False)
        for metric, what in PEOPLE:
            scale = H if metric.endswith("_s") else 1.0
            seen = REPORTED[name].get(metric)
            values, median = ([_of_people(o, metric) / scale for o in some] for some in (drawn, calm))
            middle = float(np.quantile(values, 0.5, method="lower"))
            unit = " h" if scale == H else ""
            label = OF_THE_LAW.get(name, "free") + ("; orders: input" if metric in BY_CREWS else "")
            told = "" if seen is None else f"{seen / scale:,.4g}{unit}" if scale == H else f"{seen:,.0f}"
            ratio = f"{middle * scale / seen:.2f}" if seen and np.isfinite(middle) else ""
            rows.append(
                f"{name} | {what} | {told} | {_spread(values)}{unit} | {_middle(median)}{unit} | {ratio} | {label}"
            )
    head = "replay | what | reported | drawn shaking | median shaking | drawn / reported | start, law, constant"
    yield from _table(head, rows)
    yield "Median, and 5 % to 95 % of replications in brackets. The spread is that of the shaking: one standard"
    yield "deviation of the law is three quarters of a degree of intensity, and collapses grow about tenfold over one."
    yield "How long the trapped live is drawn between Kobe 1995 and Tangshan 1976. Dead in all are those killed at once"
    yield "and those who died under rubble: not those who die of injuries later. Injured are all who are hurt and live,"
    yield "everybody who came out of rubble alive among them; published counts are of those whom somebody treated."
    yield "Alive among those brought out is not compared by day: who is freed when depends on who digs.\n"


def _of_people(outcome: Outcome, metric: str) -> float:
    """Return one number of a run: 0 people, or never, where nobody was trapped."""
    if metric == "out_alive":
        return _of_people(outcome, "freed_by_neighbours") + _of_people(outcome, "alive_extricated")
    return outcome.values[metric].get("all", np.inf if metric.endswith("_s") else 0.0)


def _middle(values: list[float]) -> str:
    return _number(float(np.quantile(values, 0.5, method="lower")))


def _number(value: float) -> str:
    return "never" if np.isinf(value) else f"{value:,.0f}" if value >= FEW or value == round(value) else f"{value:.1f}"


def _spread(values: list[float]) -> str:
    low, middle, high = (float(q) for q in np.quantile(values, [0.05, 0.5, 0.95], method="lower"))
    return f"{_number(middle)} ({_number(low)} … {_number(high)})"


def _misses() -> Iterator[str]:
    yield """## Where it misses, and why

- **Yu 2013 is a point source** whose second branch begins at 6.5: from 6.8 on `auto` takes BSSA14 with a rupture. Below
  that, areas of VII are up to half as large again as the official ones (fit), and Deqin 2013 has no VIII (held out).
- **The change of law at 6.8 is a step.** From 6.79 to 6.80, on soil of 500 m/s and with a strike-slip fault, intensity
  rises by 0.7 at the epicentre, 0.1 at 20 km across the strike and 1.2 at 20 km along it. Yu 2013 does not know the
  soil: at 20 km across intensity falls by 0.3 on 760 m/s, by 0.6 there with a normal fault, by 1.2 on 1,500 m/s. Each
  law alone never shakes less for a larger magnitude.
- **BSSA14 was fitted elsewhere** (California, Taiwan, Japan, Turkey; hardly on the plateau). It nearly doubles areas of
  VI at 6.0 to 6.2, and gives Maduo a hundred under rubble where nobody died. The report of every earthquake shows
  the laws side by side, because no one of them is right everywhere.
- **Survival** follows those who were dug out, not all who were trapped: a biased sample, and the only one there is.
- **Kobe** fell faster than Tangshan: which of them is nearer, or what makes the difference, is not known.
- **Arrivals** at Maduo come a quarter late: two hours of preparation in nine of ten cases is a planning figure, and the
  party that went first was quicker. Jishishan's brigade comes a quarter of an hour early: it is not known when it left.
- **Roads** in the replays are as reported: closures are injects. How roads break is shown in the planning case.
- **The wide spread of tolls** is honest: with the median intensity alone a replay says too little, with the drawn one
  too much for an event whose intensities are known. Set `luck: false`, or read a ShakeMap, where they are.
- **Yushu** shakes by the published rupture, and nothing else was changed for it. Before, the source was a point in the
  middle of the rupture, because the law needed one, and Gyegu had VIII. All hangs on the source (table above).
- **Forces by air** at Yushu stand ready at set hours; they are inputs, not results. The army is not in the model.
"""


if __name__ == "__main__":
    main()
