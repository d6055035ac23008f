"""Write docs/validation/chemical.md:  python tools/validate_chemical.py"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from tank_replays import REPLICATIONS, gulei, xiangshui

from drillsim.physics.air import ppm
from drillsim.physics.blast.blast import arrival_ms, duration_ms, overpressure_kpa, reflected_kpa
from drillsim.physics.fire.point_source import fireball
from drillsim.physics.fire.water_shuttle import LITRES_PER_GALLON, tanker_l_min
from drillsim.physics.gas.dense_gas import DenseSource, evaporated_source, plume_share, puff_share
from drillsim.physics.gas.plume import plume_kg_m3
from drillsim.physics.gas.release import GRAVITY_M_S2, LIQUID_CD, emptied_s, flash_part, gas_kg_s, liquid_kg_s
from drillsim.physics.gas.sigmas import sigma_z_m
from drillsim.physics.gas.substances import SUBSTANCES

ROOT = Path(__file__).parents[1]
TONNES = (7_000.0, 9_000.0)
"""Chlorine of the Jack Rabbit II trials that the published distances are for. [kg]"""
ONE_ATM_PA = 101_325.0

HEAD = f"""# Chemical accidents: published values, an experiment, a replay, a demonstration

`python tools/validate_chemical.py` makes this page ({REPLICATIONS} replications, seed 1). Nothing was tuned to it,
but one input of Gulei comes from the record of that very fire: that the fixed cooling of the fourth tank works, because
it stood for 39 hours.

## Published values

| what | source | published | model | error |
|---|---|---|---|---|
"""
DENSE = """
## A dense gas: chlorine at Dugway, 2015 and 2016

From measurements of the Jack Rabbit II trials, releases of 7 to 9 t of liquefied chlorine within about a minute, it was
published that AEGL-3 is exceeded to between 2 and 5 km and AEGL-2 up to 11 km (*Downwind chlorine hazard estimates for
the 2015-2016 Jack Rabbit II campaign*, Int. J. Environment and Pollution; abstract), and that more than 70,000 ppm
were measured 200 m away (DHS report, as summarised by the Homeland Security Digital Library). The winds of the trials
were not in what could be read. The model: a puff of Britter and McQuaid of the flashed mixture, at three winds; the
exposure lasts minutes, so the AEGL are those for 10 minutes (50 and 2.8 ppm).

| wind | at 200 m | AEGL-3 to | AEGL-2 to |
|---|---|---|---|
"""
DENSE_TAIL = """
Published: more than 70,000 ppm; 2 to 5 km; up to 11 km.

- At 200 m the model gives {near_low:,.0f} ppm or more, which {near}. Its source is the flashed chlorine with all the
  air that evaporates its droplets; in the trials the jet struck the ground and made a pool of cold cloud there.
- Its AEGL-3 distance of {a3_low:.1f} to {a3_high:.1f} km {a3}.
- Its AEGL-2 distance of {a2_low:.1f} to {a2_high:.1f} km {a2}. Beyond a thousandth of the source the curves of the
  workbook end, and the puff goes on as the inverse square of the distance; that the ground takes chlorine up is left
  out.
"""


def main() -> None:
    """Compute everything and write the page."""
    text = HEAD + "".join(published()) + dense() + gulei() + xiangshui()
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
    yield row("dense plume, LNG (Burro), 367 m", "CCPS 1999 p. 122", 0.05, dense_plume, "by volume", "{:.4f}")
    cloud = DenseSource(1.434, 239.834, 1.0, ONE_ATM_PA * 0.028964 / (8.314462618 * 293.15), 293.15)
    for x_m, expected in ((160.0, 0.111097), (355.0, 0.062641), (3133.0, 0.00064037)):
        puff = float(puff_share(x_m, cloud, 7.25e4, 2.0)) * 38_000 / 7.25e4
        yield row(
            f"dense puff, ammonia (Potchefstroom), {x_m:.0f} m", "GasDispersion.jl", expected, puff, "kg/m³", "{:.5f}"
        )


def row(what: str, source: str, expected: float, value: float, unit: str, form: str) -> str:
    """Return one line: published, model, error."""
    text = " ".join((form.format(expected), unit)).strip()
    return f"| {what} | {source} | {text} | {form.format(value)} | {value / expected - 1:+.2%} |\n"


def dense() -> str:
    """Return the comparison with the chlorine trials."""
    chlorine = SUBSTANCES["chlorine"]
    flashed = flash_part(chlorine, 293.15)
    source = evaporated_source(chlorine, 1.0 - flashed, 293.15, ONE_ATM_PA)
    pure = chlorine.gas_kg_m3(293.15, ONE_ATM_PA)
    x_m = np.geomspace(50.0, 40_000.0, 4000)
    lines, near, a3, a2 = [], [], [], []
    for wind in (2.0, 4.0, 6.0):
        found = []
        for mass_kg in TONNES:
            volume = source.volume_m3(mass_kg, chlorine.molar_kg, ONE_ATM_PA)
            cloud_ppm = ppm(puff_share(x_m, source, volume, wind) * source.share * pure, chlorine.molar_kg)
            found.append(
                (np.interp(200.0, x_m, cloud_ppm), last_km(x_m, cloud_ppm, 50.0), last_km(x_m, cloud_ppm, 2.8))
            )
        (n1, h1, w1), (n2, h2, w2) = found
        near += [n1, n2]
        a3 += [h1, h2]
        a2 += [w1, w2]
        lines.append(
            f"| {wind:.0f} m/s | {min(n1, n2):,.0f} ppm | {h1:.1f} to {h2:.1f} km | {w1:.1f} to {w2:.1f} km |\n"
        )
    tail = DENSE_TAIL.format(
        near_low=min(near), a3_low=min(a3), a3_high=max(a3), a2_low=min(a2), a2_high=max(a2),
        near=against(min(near), max(near), 70_000.0, math.inf), a3=against(min(a3), max(a3), 2.0, 5.0),
        a2=against(min(a2), max(a2), 0.0, 11.0),
    )  # fmt: skip
    return DENSE + "".join(lines) + tail


def last_km(x_m: np.ndarray[tuple[int], np.dtype[np.float64]], cloud_ppm: object, level: float) -> float:
    """Return how far a concentration is exceeded. [km]"""
    above = np.flatnonzero(np.asarray(cloud_ppm) > level)
    return float(x_m[above[-1]]) / 1000 if above.size else 0.0


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
