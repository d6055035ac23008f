"""Write docs/validation/cities.md:  python tools/validate_cities.py --data FOLDER

FOLDER holds what the project does not ship: ``lfb_mobilisation_sample.csv`` (mobilisation records of the London Fire
Brigade, Open Government Licence), ``porto_alegre.osm.pbf`` and ``shenzhen_futian.graphml`` (OpenStreetMap, ODbL).
Without one of them its rows say "not run" and the page goes to the terminal: the page that is kept has all rows.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from drillsim.base.quantities import Duration
from drillsim.forces.forces import FORCES, Night
from drillsim.roads import HeavyVehicleSpeed, RoadNetwork, RoadState, router_of
from drillsim.roads.importing import import_roads
from drillsim.roads.reach import Reach
from drillsim.scenario.plan import Plan
from drillsim.scenario.response_times import RESPONSE_TIMES
from drillsim.scenario.roads_field import network_of

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "validation" / "cities.md"
SAMPLE = "lfb_mobilisation_sample.csv"
NETWORKS = {"Porto Alegre": "porto_alegre.osm.pbf", "Futian, Shenzhen": "shenzhen_futian.graphml"}
FICTIONAL = "fictional city"
URBAN = RESPONSE_TIMES["urban"]
CAPS_KMH = (60.0, 70.0, 80.0)
MILE_M = 1609.344
START_S, PACE_S_KM = 0.65 * 60, 1.7 * 60 / (MILE_M / 1000)
"""T = 0.65 + 1.7 D minutes for D miles, 0.5 to 8 miles: the law of RAND as ISO states it."""
SHORTEST_M, LONGEST_M = 0.5 * MILE_M, 8 * MILE_M
NEAR_KM = {1.0: 0.2, 5.0: 0.5}
"""Distances of the law that are looked at, and how near to them a journey counts."""
JOURNEYS = 800
"""Journeys on each network; every second one is held out."""
LONDON_KM2, LONDON_STATIONS = 1572.0, 102
"""Greater London, and its fire stations since 2014."""
CALLS = (
    20083, 16929, 13964, 12602, 11491, 10369, 11351, 15503, 20220, 24522, 27468, 29664, 30182, 31167, 31318, 31120,
    32237, 34006, 34440, 34337, 32863, 30199, 26801, 23347,
)  # fmt: skip
"""Incidents of the London Fire Brigade 2021 to 2025 in each hour of the day."""
ETA2 = 0.0117
"""Share of the variance of the first engine's attendance time that the hour explains: London, 2021 to 2025."""
SHOWN = 0.01
"""Errors are shown in hundredths."""
Floats = NDArray[np.float64]


def main() -> int:
    """Write the page; return 1, with the page on the terminal, if something was missing."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--data", type=Path, help="folder of the sample and the road networks")
    folder: Path | None = parser.parse_args().data
    missing = [name for name in (SAMPLE, *NETWORKS.values()) if folder is None or not (folder / name).is_file()]
    text = page(folder, missing)
    if missing:
        print(text)
        print(f"missing in {folder or 'no folder (--data)'}: {', '.join(missing)}; page not written", file=sys.stderr)
        return 1
    PAGE.write_text(text, encoding="utf-8")
    return 0


def page(folder: Path | None, missing: Sequence[str]) -> str:
    """Return the page."""
    networks = {} if folder is None else {
        name: import_roads(folder / file, largest_part_only=True)[0]
        for name, file in NETWORKS.items()
        if file not in missing
    }  # fmt: skip
    cities = [City(name, network) for name, network in (networks | {FICTIONAL: network_of({"synth": 3000})}).items()]
    gone = [f"Not run: {file} is missing." for file in NETWORKS.values() if file in missing]
    there = london(cities, folder, missing)
    return "\n".join([HEAD, *turnout(folder, missing), *law(cities), *gone, *caps(cities), *there, TAIL]) + "\n"


# --- turnout ------------------------------------------------------------------------------------------------------


def sample(folder: Path | None, missing: Sequence[str], column: str) -> tuple[Floats, Floats] | None:
    """Return a column of both halves of the sample without running calls; None if there is no sample. [s]"""
    if folder is None or SAMPLE in missing:
        return None
    with (folder / SAMPLE).open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    halves = (rows[: len(rows) // 2], rows[len(rows) // 2 :])
    first, second = (
        np.array([float(row[column]) for row in half if row[column] and row["PlusCode_Code"] == "Initial"])
        for half in halves
    )
    return first, second


def turnout(folder: Path | None, missing: Sequence[str]) -> Iterator[str]:
    """Yield the rows about the time before driving."""
    yield TURNOUT_HEAD
    halves = sample(folder, missing, "TurnoutTimeSeconds")
    crew = URBAN.forces["national_team"]
    night, day = mean_s(crew.turnout_night), mean_s(crew.turnout_day)
    if halves is None:
        yield f"| turnout at night, both halves | not run: no {SAMPLE} | | | | |"
    else:
        for half, seen, kind in ((1, halves[0], "fit"), (2, halves[1], "free, held out")):
            what = f"turnout at night, half {half} of the sample ({len(seen)} turnouts)"
            yield row(what, float(seen.mean()), night, 0.2, kind)
        yield row(
            "the same, median of half 2",
            float(np.median(halves[1])),
            crew.turnout_night.typical_s,
            0.2,
            "free, held out",
        )
        spread = float(halves[1].std(ddof=1) / halves[1].mean())
        yield row(
            "the same, standard deviation over mean, half 2", spread, crew.turnout_night.cv, 0.3, "free, held out", ""
        )
    before = FORCES["national_team"]
    for at, old in (("day", before.turnout_day), ("night", before.turnout_night)):
        expected = {"day": day, "night": night}[at]
        yield row(
            f"without the preset, turnout by {at}", expected, mean_s(old), 0.2, "input (the service's 45 and 60 s)"
        )
    everyday = weighted([night if URBAN.night.holds(hour) else day for hour in range(24)])
    yield row("turnout over all hours, London 2015", 79.0, everyday, 0.2, "input by day, fit by night")
    call = mean_s(URBAN.alarm_handling) + everyday
    yield row("call to driving, England 2021/22, primary fires", 8 * 60 + 50 - 5 * 60 - 55, call, 0.2, "free")
    yield row("call to driving, England 2022/23, primary fires", 9 * 60 + 13 - 6 * 60 - 14, call, 0.2, "free")
    old_night = Night()
    plain = weighted([mean_s(before.turnout_night if old_night.holds(h) else before.turnout_day) for h in range(24)])
    handling = mean_s(Plan.model_fields["alarm_handling"].default)
    yield row("without the preset, call to driving, 2021/22", 8 * 60 + 50 - 5 * 60 - 55, handling + plain, 0.2, "input")


# --- the law ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Fit:
    """Straight line through journeys, and their medians near two distances."""

    start_s: float
    pace_s_km: float
    at_s: dict[float, float]


class City:
    """A road network with journeys between random places, within the distances for which the law is stated."""

    def __init__(self, name: str, network: RoadNetwork) -> None:
        self.name, self.network = name, network
        self.ids = network.place_columns["id"].to_pylist()
        router, state = router_of(network, URBAN.speeds), RoadState()
        rng = np.random.default_rng(1)
        self.pairs: list[tuple[str, str]] = []
        while len(self.pairs) < JOURNEYS:
            a, b = (self.ids[i] for i in rng.integers(0, len(self.ids), 2))
            route = router.fastest(a, b, state) if a != b else None
            if route is not None and np.isfinite(route.travel_s) and SHORTEST_M <= route.length_m <= LONGEST_M:
                self.pairs.append((a, b))

    def fit(self, speeds: HeavyVehicleSpeed, half: int, traffic: float = 1.0) -> Fit:
        """Return the line of one half of the journeys, in traffic that keeps a part of the speed."""
        router, state = router_of(self.network, speeds), RoadState()
        routes = [router.fastest(a, b, state) for a, b in self.pairs[half::2]]
        found = [(r.length_m / 1000, speeds.standing_to_standing_s(r.travel_s / traffic)) for r in routes if r]
        km, seconds = np.array(found).T
        pace, start = np.polyfit(km, seconds, 1)
        near = {d: np.abs(km - d) < within for d, within in NEAR_KM.items()}
        at = {d: float(np.median(seconds[rows] + (d - km[rows]) * pace)) for d, rows in near.items() if rows.any()}
        return Fit(float(start), float(pace), at)

    def nearest_s(self, speeds: HeavyVehicleSpeed, km2_per_station: float) -> Floats:
        """Return times at full speed to all places from the nearest of stations at random, as dense as that. [s]"""
        lat, lon = (self.network.place_columns[c].to_numpy() for c in ("lat", "lon"))
        km2 = covered_km2(lat, lon)
        count = max(1, round(km2 / km2_per_station))
        rng = np.random.default_rng(2)
        reach = Reach(self.network, speeds.section_s(self.network))
        draws = [rng.choice(len(self.ids), count, replace=False) for _ in range(10)]
        times = np.concatenate([reach.from_nearest([self.ids[i] for i in rows]) for rows in draws])
        return np.asarray(times[np.isfinite(times)])


def covered_km2(lat: Floats, lon: Floats) -> float:
    """Return the area of the squares of one kilometre that hold a place. [km²]"""
    y, x = 111.2 * lat, 111.2 * lon * np.cos(np.radians(lat.mean()))
    return float(len({(int(a), int(b)) for a, b in zip(y, x, strict=True)}))


def law(cities: Sequence[City]) -> Iterator[str]:
    """Yield the rows of attendance against distance."""
    yield LAW_HEAD
    average = mean_traffic()
    for city in cities:
        for what, speeds, traffic, kind in (
            ("as without the preset", HeavyVehicleSpeed(), 1.0, "input"),
            ("urban, calibrated half", URBAN.speeds, average, "fit (cap)"),
            ("urban, held-out half", URBAN.speeds, average, "held out"),
        ):
            fit = city.fit(speeds, 0 if "calibrated" in what else 1, traffic)
            at = [f"{fit.at_s[d]:.0f} s ({fit.at_s[d] / law_s(d) - 1:+.0%})" for d in NEAR_KM]
            off = f"{fit.pace_s_km:.1f} | {fit.pace_s_km / PACE_S_KM - 1:+.0%}"
            yield f"| {city.name} | {what} | {off} | {fit.start_s:.0f} | {at[0]} | {at[1]} | {kind} |"


def law_s(km: float) -> float:
    """Return the travel time of the law for a distance from 0.8 to 12.9 km. [s]"""
    return START_S + PACE_S_KM * km


def caps(cities: Sequence[City]) -> Iterator[str]:
    """Yield the choice of the cap on the calibrated halves."""
    yield CAPS_HEAD
    for cap in CAPS_KMH:
        speeds = URBAN.speeds.with_valid({"other_cap_kmh": cap})
        off = [city.fit(speeds, 0, mean_traffic()).pace_s_km / PACE_S_KM - 1 for city in cities]
        taken = " (taken)" if cap == URBAN.speeds.other_cap_kmh else ""
        cells = " | ".join(f"{o:+.0%}" for o in off)
        yield f"| {cap:.0f} km/h{taken} | {cells} | {np.mean(off):+.0%} | {np.mean(np.abs(off)):.0%} |"


# --- London -------------------------------------------------------------------------------------------------------


def london(cities: Sequence[City], folder: Path | None, missing: Sequence[str]) -> Iterator[str]:
    """Yield the distribution of attendance times with stations as dense as London's."""
    yield LONDON_HEAD
    city = cities[0]
    if city.name == FICTIONAL:
        yield f"| all | not run: no {NETWORKS['Porto Alegre']} | | | | |"
        return
    driving_s = city.nearest_s(URBAN.speeds, LONDON_KM2 / LONDON_STATIONS)
    hourly = [attendance(hour, driving_s) for hour in range(24)]
    yield from midnight(hourly[0], sample(folder, missing, "AttendanceTimeSeconds"))
    means = [float(s.mean()) for s in hourly]
    mean, within = weighted(means), weighted([float(s.var()) for s in hourly])
    between = weighted([(m - mean) ** 2 for m in means])
    median = float(np.median(np.concatenate([s[: n // 100] for s, n in zip(hourly, CALLS, strict=True)])))
    yield row("first engine, mean of all hours, London 2015", 338.0, mean, 0.2, "free")
    yield row("first engine, median of all hours, London 2021-2025", 5.02 * 60, median, 0.2, "free")
    yield row("share of its variance that the hour explains", ETA2, between / (between + within), 0.5, "free", "")
    old = city.nearest_s(HeavyVehicleSpeed(), LONDON_KM2 / LONDON_STATIONS)
    plain = mean_s(FORCES["national_team"].turnout_day) + float(old.mean())
    yield row("without the preset, mean by day, London 2015", 338.0, plain, 0.2, "input")


def midnight(got: Floats, halves: tuple[Floats, Floats] | None) -> Iterator[str]:
    """Yield the quartiles of attendance times after midnight, of both halves of the sample."""
    if halves is None:
        yield f"| attendance after midnight | not run: no {SAMPLE} | | | | |"
        return
    for half, seen, kind in ((1, halves[0], "free (its turnouts were fitted)"), (2, halves[1], "free, held out")):
        for percent in (25, 50, 75):
            what = f"attendance after midnight, half {half} ({len(seen)}), {percent} % are there within"
            expected, found = (float(np.quantile(s, percent / 100)) for s in (seen, got))
            yield row(what, expected, found, 0.25, kind)


def attendance(hour: int, driving_s: Floats) -> Floats:
    """Return times from mobilisation to arrival in one hour of a weekday, in random order. [s]"""
    crew = URBAN.forces["national_team"]
    by_clock = crew.turnout_night if URBAN.night.holds(hour) else crew.turnout_day
    rng = np.random.default_rng(hour)
    drawn = np.array([by_clock.draw(rng) for _ in driving_s])
    slowed = driving_s / factor_at(hour)
    return np.asarray(rng.permutation(drawn + [URBAN.speeds.standing_to_standing_s(float(s)) for s in slowed]))


def mean_s(duration: Duration) -> float:
    """Return the mean of a duration. [s]"""
    if duration.mean_s is not None:
        return duration.mean_s
    return duration.typical_s * float(np.sqrt(1 + duration.cv**2))


def factor_at(hour: int) -> float:
    """Return the factor of traffic in an hour of a weekday."""
    return URBAN.traffic.factor(datetime(2026, 3, 2) + timedelta(hours=hour))  # noqa: DTZ001  # a local clock


def mean_traffic() -> float:
    """Return the factor of traffic over all hours of a weekday, by the calls in each."""
    return weighted([factor_at(hour) for hour in range(24)])


def weighted(by_hour: Sequence[float]) -> float:
    """Return the mean over the hours of the day by the calls in each."""
    return float(np.average(by_hour, weights=CALLS))


def row(what: str, expected: float, got: float, tolerance: float, kind: str, unit: str = " s") -> str:
    """Return a row: what, expected, got, error, tolerance, kind."""
    off = got / expected - 1
    form = ".0f" if unit else ".3f"
    verdict = "" if abs(off) <= tolerance else ", missed"
    off = 0.0 if abs(off) < SHOWN / 2 else off
    return f"| {what} | {expected:{form}}{unit} | {got:{form}}{unit} | {off:+.0%} | {tolerance:.0%}{verdict} | {kind} |"


HEAD = """# Fire engines in cities: turnout, travel against distance

`python tools/validate_cities.py --data FOLDER` makes this page; the script says what the folder holds. It is about
`response_times: urban`. Each row says whether its number was an **input**, a **fit**, or is **free**; what is held out
was not used to set a number.
"""
TURNOUT_HEAD = """## Before driving

The sample is 20 mobilisations of the London Fire Brigade, all within half an hour after midnight on New Year's Day 2009
(London Datastore, Open Government Licence v3); 17 have a turnout. The first ten rows set the night turnout (mean and
spread), the other ten are held out. The turnout by day and the alarm handling are published means (sources at the
preset). England: total response less drive time to primary fires, all services, on-call crews among them (Home Office,
Detailed analysis of response times, 15 December 2022 and 23 November 2023).

| what | expected | got | error | tolerance | input, fit, free |
|---|---|---|---|---|---|"""
LAW_HEAD = f"""
The night turnout rests on one night of 2009 and is joined to a day of 2015: over all hours it may be too long.

## Travel against distance

The law: T = 0.65 + 1.7 D minutes for D miles from 0.5 to 8, which is {START_S:.0f} s and {PACE_S_KM:.1f} s for each
kilometre, {3600 / PACE_S_KM:.0f} km/h, with average terrain, traffic, weather and crossings (RAND, as ISO states it for
its Public Protection Classification; ISO says that it found the law still valid). Its form is that of Kolesar and
Walker (RAND R-1449, 2,000 timed responses in New York, 1971): the square root of a short distance, a straight line
beyond. With a speed of v and an acceleration of v / 39 s it is 2.1 √D minutes below 0.38 miles; so RAND gave it
(general knowledge). `tests/engine/test_response_times.py` has both branches by mental arithmetic: 102.4 s for 1 km,
355.9 s for 5 km.

{JOURNEYS} journeys between random places, as long as the law is stated for; every second one is held out. Traffic is
the mean of the hours by calls, {mean_traffic():.3f}. Tolerance 25 % of the law for the
pace, for 1 km and for 5 km (set after a look); rows without the preset stand beside it to show what it changes.

| city | speeds | s/km | error | s at 0 km | 1 km: {law_s(1):.0f} s | 5 km: {law_s(5):.0f} s | input, fit, free |
|---|---|---|---|---|---|---|---|"""
CAPS_HEAD = """
The siren factor, 1.68, is that of paired ambulance runs and was not fitted. One number was: the most that is driven on
roads other than motorways, of three, by the error of the pace on the calibrated halves.

| most | error of each city, in the order above | | | mean | mean size |
|---|---|---|---|---|---|"""
LONDON_HEAD = f"""
## London

No road network and no place of an incident come with the records. As a stand-in: the roads of Porto Alegre with
stations at random places, one for {LONDON_KM2 / LONDON_STATIONS:.1f} km² as in London since 2014 ({LONDON_STATIONS} on
{LONDON_KM2:,.0f} km²), and a call at each junction alike. So these rows test the size of the numbers, not the map.
First engine: 338 s in the mean of 2015 (urbs.london, from the brigade's records). Median 5.02 min, calls by hour and
the share of the variance by hour (one-way analysis of variance): an open analysis of the brigade's records of 2021 to
2025 (andreslill/lfb-response-time-dashboard).

| what | expected | got | error | tolerance | input, fit, free |
|---|---|---|---|---|---|"""
TAIL = """
## What this does not show

- The law is an average over cities of the United States; no city must keep it. Porto Alegre has three signals to a
  kilometre, the fictional city few: they differ by more than either does from the law.
- The time at 0 km holds what small streets at both ends cost; the law counts that as acceleration. Where only main
  streets are in the file (Futian) it comes out too short, and so does 1 km.
- On what a siren gains the literature does not agree: 1.43 in the country (Ho & Lindquist 2001), 1.68 in town (Ho &
  Casey 1998), 106 s for each way in Syracuse (Brown 2000). All are ambulances.
- Traffic between the peaks, and how much of it a vehicle with siren feels, are assumptions.
- Volunteers and on-call crews keep the turnout of their kind of force; the preset is one of full-time crews.
- No Chinese city is behind these numbers. Without the preset the service's standard holds: 45 s by day, 60 s by
  night."""

if __name__ == "__main__":
    sys.exit(main())
