"""Write docs/validation/chemical.md:  python tools/validate_chemical.py"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from tank_replays import REPLICATIONS, gulei, xiangshui

from drillsim.physics.air import ppm
from drillsim.physics.blast.blast import arrival_ms, duration_ms, overpressure_kpa, reflected_kpa
from drillsim.physics.fire.point_source import fireball
from drillsim.physics.fire.water_shuttle import LITRES_PER_GALLON, tanker_l_min
from drillsim.physics.gas.centreline import GRID_M, Emission
from drillsim.physics.gas.cloud import Segment, concentration_kg_m3, with_releases
from drillsim.physics.gas.dense_gas import DenseSource, evaporated_source, plume_share, puff_share
from drillsim.physics.gas.plume import plume_kg_m3
from drillsim.physics.gas.release import (
    GRAVITY_M_S2,
    LIQUID_CD,
    emptied_s,
    flash_part,
    gas_kg_s,
    liquid_kg_s,
    vapour_pressure_pa,
)
from drillsim.physics.gas.short_release import short_line
from drillsim.physics.gas.sigmas import sigma_z_m
from drillsim.physics.gas.substances import SUBSTANCES
from drillsim.physics.gas.toxicity import mean_of_load

ROOT = Path(__file__).parents[1]
TONNES = (7_000.0, 9_000.0)
"""Chlorine of the Jack Rabbit II trials that the published distances are for. [kg]"""
ONE_ATM_PA = 101_325.0
LASTS_S = 60.0
"""Duration of the releases: "about a minute". [s]"""
UP_TO_10_M = math.log(10.0 / 0.01) / math.log(2.0 / 0.01)
"""Wind at 10 m over that at 2 m."""
HALF_OF_MEASURED_PPM = 35_000.0
FAR_M = np.geomspace(500.0, 30_000.0, 120)

HEAD = f"""# Chemical accidents: published values, an experiment, a replay, a demonstration

`python tools/validate_chemical.py` makes this page ({REPLICATIONS} replications, seed 1). Nothing was tuned to it,
but one input of Gulei comes from the record of that very fire: that the fixed cooling of the fourth tank works, because
it stood for 39 hours.

## Published values

*formula*: a law gives the numbers of its own source, or of another program of it: typed in right, no more. *free*:
measured, and nothing was set on it.

| what | source | published | model | error | it is |
|---|---|---|---|---|---|
"""
VAPOUR_HEAD = """
## Vapour pressures

Inputs: coefficients of the VDI Heat Atlas from the library chemicals. Published: CoolProp 8, reference equations of
state. *Before*: error of Clausius and Clapeyron's formula from the boiling point, which this page used to rest on.
Evaporation of a pool is in proportion to it. At -20 °C benzene and xylene are below their melting points: what is
compared is the line of the liquid, carried on.

| substance | at | published | model | error | before | tolerance | it is |
|---|---|---|---|---|---|---|---|
"""
VAPOURS = (
    ("chlorine", 20, 675_697.0, 0.00), ("chlorine", -20, 180_378.0, -0.01), ("ammonia", 20, 857_040.0, 0.00),
    ("ammonia", -20, 190_026.0, -0.01), ("propane", 20, 836_461.0, -0.04), ("propane", -20, 244_518.0, -0.03),
    ("benzene", 20, 10_030.0, 0.18), ("benzene", -20, 1_006.0, 0.60), ("methanol", 20, 13_032.0, 0.15),
    ("methanol", -20, 1_028.0, 0.48), ("ethanol", 20, 5_876.0, 0.25), ("ethanol", -20, 346.0, 0.74),
    ("xylene", 20, 878.0, 0.65), ("xylene", -20, 51.0, 1.76),
)  # fmt: skip
DENSE = """
## A dense gas: chlorine at Dugway, 2015 and 2016

From measurements of the Jack Rabbit II trials, releases of liquefied chlorine through a hole of 15 cm, it was published
that AEGL-3 is exceeded to between 2 and 5 km and AEGL-2 up to 11 km by releases of 7 to 9 t (*Downwind chlorine hazard
estimates for the 2015-2016 Jack Rabbit II campaign*, Int. J. Environment and Pollution; abstract); that more than
70,000 ppm were measured 200 m away (DHS report, as summarised by the Homeland Security Digital Library); that winds at
2 m were 2 to 5 m/s, and the greatest values are means of 1 to 3 s (Hanna et al., AMS meeting 2018; abstract). How long
the release lasted was not found to the second: "about a minute" is taken as 60 s.

Every value of the model is free: nothing was fitted to these trials. Inputs: mass, duration, winds. Class D and Briggs'
rural coefficients are assumptions; the wind at 10 m, which the model takes, is 1.3 times that at 2 m (logarithmic
profile over 1 cm of roughness). At 200 m `u t/x` is {ratio_low:.1f} to {ratio_high:.1f}: between a puff (0.6) and a
plume (2.5).

| wind at 2 m | puff alone at 200 m | plume alone | model | AEGL-3, 10 min to | AEGL-2, 10 min to |
|---|---|---|---|---|---|
"""
DENSE_TAIL = """
| what | status | published | model | error | tolerance |
|---|---|---|---|---|---|
| highest at 200 m | free | > 70,000 ppm | {near_low:,.0f} to {near_high:,.0f} ppm | {near_error} | {near} |
| AEGL-3 to | free | 2 to 5 km | {a3_low:.1f} to {a3_high:.1f} km | {a3} | inside |
| AEGL-2 to | free | up to 11 km | {a2_low:.1f} to {a2_high:.1f} km | {a2} | factor of 1.5 |

What this page had before, with a puff alone and the peak compared with a guideline for ten minutes: 10,274 ppm; 3.0 to
4.3 km; 12.5 to 18.1 km.

- The workbook of Britter and McQuaid takes the greater of puff and plume between 0.6 and 2.5, which near the source is
  the plume; so does the model. Its puff alone was wrong there, by a factor of 7.
- The guidelines are compared with the mean over their own ten minutes of the toxic load, `C**2.75` for chlorine, of the
  cloud that passes.
- Not modelled: the pool of cold cloud around the tank in low wind, the containers of 2015, chlorine that the playa and
  its plants take up, and the difference between means of seconds and of ten minutes: the model has the latter.
"""


def main() -> None:
    """Compute everything and write the page."""
    text = HEAD + "".join(published()) + vapours() + dense() + gulei() + xiangshui()
    (ROOT / "docs" / "validation" / "chemical.md").write_text(text, encoding="utf-8")


def published() -> Iterator[str]:
    """Yield one line of the table per value."""
    plume = float(plume_kg_m3(500.0, rate_kg_s=0.1, wind_m_s=2.0, stability="F", sigmas="spicer_havens"))
    yield row("plume, 0.1 kg/s, 2 m/s, F, 500 m", "CCPS 1999 p. 97", 1.0347e-4, plume, "kg/m³", "{:.4e}")
    for x_m, expected in ((100, 4.6512), (500, 18.2969), (2000, 50.1514), (5000, 88.6902)):
        sigma = float(sigma_z_m(x_m, "D", "isc3_rural"))
        yield row(f"sigma_z, class D, {x_m} m", "EPA ISC3", expected, sigma, "m", "{:.4f}")
    jet = float(liquid_kg_s(0.010, 490.0, 120_935.0368 - ONE_ATM_PA))
    yield row("liquid jet, 10 mm, 490 kg/m³, 19.61 kPa", "CCPS 1999 p. 40", 0.21691, jet, "kg/s", "{:.5f}")
    gas = float(gas_kg_s(0.010, 501e3, 8.90, 1.15))
    yield row("choked gas jet, 10 mm, 501 kPa", "CCPS 1999 p. 47", 0.090028, gas, "kg/s", "{:.5f}")
    rates = liquid_kg_s(0.1, 1000.0, 0.0, np.linspace(5.0, 0.0, 11))
    emptied = float(emptied_s(rates, 1000.0 * 5.0 * math.pi * 25.0)[-1])
    closed = (10.0 / 0.1) ** 2 / LIQUID_CD * math.sqrt(2 * 5.0 / GRAVITY_M_S2)
    yield row("tank of 10 m, 5 m of water, 100 mm hole: empty after", "Torricelli", closed, emptied, "s", "{:.1f}")
    names = ("incident kPa", "reflected kPa", "arrival ms", "duration ms")
    blast: tuple[Callable[[float, float], object], ...] = (overpressure_kpa, reflected_kpa, arrival_ms, duration_ms)
    for name, formula, expected in zip(names, blast, (5.0550, 10.2446, 1276.17, 133.23), strict=True):
        value = float(formula(10_000.0, 500.0))  # type: ignore[arg-type]  # an array of one number
        yield row(f"blast, 10 t, 500 m, {name}", "Kingery, Swisdak 1994", expected, value, "", "{:.4f}")
    for name, value, expected in zip(
        ("diameter m", "duration s", "height m"), fireball(1e5), (269.2, 17.71, 201.9), strict=True
    ):
        yield row(f"fireball of 100 t, {name}", "CCPS", expected, value, "", "{:.2f}")
    shuttle = tanker_l_min(3000 * LITRES_PER_GALLON, 12.0) / LITRES_PER_GALLON
    yield row("shuttle, 3000 gal every 12 min", "NFPA 1142", 225.0, shuttle, "gal/min", "{:.1f}")
    lng = DenseSource(1.76, 111.15, 1.0, 1.224, 298.0)
    dense_plume = float(plume_share(367.0, lng, 0.23 * 425.6 / 1.76, 10.9))
    yield row(
        "dense plume, LNG (Burro), 367 m", "CCPS 1999 p. 122", 0.05, dense_plume, "by volume", "{:.4f}", status="free"
    )
    cloud = DenseSource(1.434, 239.834, 1.0, ONE_ATM_PA * 0.028964 / (8.314462618 * 293.15), 293.15)
    for x_m, expected in ((160.0, 0.111097), (355.0, 0.062641), (3133.0, 0.00064037)):
        puff = float(puff_share(x_m, cloud, 7.25e4, 2.0)) * 38_000 / 7.25e4
        yield row(
            f"dense puff, ammonia (Potchefstroom), {x_m:.0f} m", "GasDispersion.jl", expected, puff, "kg/m³", "{:.5f}"
        )


def vapours() -> str:
    """Return the table of vapour pressures."""
    lines = [
        f"| {name} | {celsius:+d} °C | {pa:,.0f} Pa | {value:,.0f} Pa | {value / pa - 1:+.1%} "
        f"| {before:+.0%} | 5 % | free |\n"
        for name, celsius, pa, before in VAPOURS
        for value in (vapour_pressure_pa(SUBSTANCES[name], celsius + 273.15),)
    ]
    return VAPOUR_HEAD + "".join(lines)


def row(what: str, source: str, expected: float, value: float, unit: str, form: str, *, status: str = "formula") -> str:
    """Return one line: published, model, error, what it is worth."""
    text = " ".join((form.format(expected), unit)).strip()
    return f"| {what} | {source} | {text} | {form.format(value)} | {value / expected - 1:+.2%} | {status} |\n"


def dense() -> str:
    """Return the comparison with the chlorine trials."""
    found = [(wind, [trial(wind, mass_kg) for mass_kg in TONNES]) for wind in (2.0, 3.5, 5.0)]
    lines = [
        f"| {wind:g} m/s | {span([t[0] for t in both], '{:,.0f}')} ppm | {span([t[1] for t in both], '{:,.0f}')} ppm |"
        f" {span([t[2] for t in both], '{:,.0f}')} ppm | {span([t[3] for t in both], '{:.1f}')} km |"
        f" {span([t[4] for t in both], '{:.1f}')} km |\n"
        for wind, both in found
    ]
    near, a3, a2 = ([t[k] for _, both in found for t in both] for k in (2, 3, 4))
    tail = DENSE_TAIL.format(
        near_low=min(near), near_high=max(near), near_error=f"{min(near) / 7e4 - 1:+.0%} to {max(near) / 7e4 - 1:+.0%}",
        near="factor of 2" + ("" if min(near) > HALF_OF_MEASURED_PPM else ": not in the strongest wind"),
        a3_low=min(a3), a3_high=max(a3), a2_low=min(a2), a2_high=max(a2),
        a3=against(min(a3), max(a3), 2.0, 5.0), a2=against(min(a2), max(a2), 0.0, 11.0),
    )  # fmt: skip
    ratios = [UP_TO_10_M * wind * LASTS_S / 200.0 for wind in (2.0, 5.0)]
    return DENSE.format(ratio_low=ratios[0], ratio_high=ratios[1]) + "".join(lines) + tail


def trial(wind_2m_m_s: float, mass_kg: float) -> tuple[float, float, float, float, float]:
    """Return puff alone, plume alone and model at 200 m [ppm], and how far AEGL-3 and AEGL-2 are exceeded [km]."""
    chlorine, wind = SUBSTANCES["chlorine"], UP_TO_10_M * wind_2m_m_s
    source = evaporated_source(chlorine, 1.0 - flash_part(chlorine, 293.15), 293.15, ONE_ATM_PA)
    emission = Emission(chlorine, source, 0.0, 293.15, most_kg=mass_kg)
    (release,) = with_releases((Segment(0.0, LASTS_S, mass_kg / LASTS_S, wind, 270.0, "D"),))
    at = np.array([200.0])
    pure = chlorine.gas_kg_m3(293.15, ONE_ATM_PA) * source.share
    volume = source.volume_m3(mass_kg, chlorine.molar_kg, ONE_ATM_PA)
    alone = (puff_share(at, source, volume, wind), plume_share(at, source, volume / LASTS_S, wind))
    puff, plume = (float(in_ppm(pure * share)[0]) for share in alone)
    line = short_line(emission, release.rate_kg_s, wind, "D", release.release)
    model = float(np.interp(200.0, GRID_M, in_ppm(line.highest_kg_m3)))
    means = np.array([ten_minute_mean_ppm(emission, release, float(x_m)) for x_m in FAR_M])
    reaches = [float(FAR_M[np.flatnonzero(means > level)[-1]]) / 1000 for level in (50.0, 2.8)]
    return puff, plume, model, reaches[0], reaches[1]


def ten_minute_mean_ppm(emission: Emission, release: Segment, x_m: float) -> float:
    """Return the highest mean over ten minutes of the toxic load of the cloud that passes a distance. [ppm]"""
    n = 2.75
    t_s = np.arange(1.0, x_m / release.wind_m_s + 3600.0, 2.0)
    loads = np.cumsum(in_ppm(concentration_kg_m3(emission, (release,), x_m, 0.0, t_s)) ** n) * 2.0 / 60.0
    within = loads - np.concatenate((np.zeros(300), loads))[: len(loads)]
    return float(mean_of_load(float(within.max()), 10.0, n))


def in_ppm(kg_m3: np.ndarray[Any, np.dtype[np.float64]]) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Return a concentration of chlorine at 20 °C and sea level; same shape. [ppm]"""
    return ppm(kg_m3, SUBSTANCES["chlorine"].molar_kg, 0.0, 293.15)


def span(values: list[float], form: str) -> str:
    """Return the least and the greatest value, one of them if they read alike."""
    low, high = form.format(min(values)), form.format(max(values))
    return low if low == high else f"{low} to {high}"


def against(low: float, high: float, from_: float, to: float) -> str:
    """Say how a range lies to a published one."""
    if from_ <= low and high <= to:
        return "lies inside"
    if high < from_:
        return f"is too small, by a factor of {from_ / high:.1f} to {from_ / low:.1f}"
    if low > to:
        return f"is too great, by a factor of {low / to:.1f} to {high / to:.1f}"
    return f"overlaps ({low / from_ if low < from_ else high / to:.1f} times the nearer end at its farthest)"


if __name__ == "__main__":
    main()
