"""Replays of real earthquakes against what was reported, and relations that must hold on the mean with common luck."""

from functools import cache

import numpy as np
import pytest

from drillsim import load_scenario, run_batch
from drillsim.base.quantities import Duration
from drillsim.scenario.bundled_scenarios import find_scenario
from drillsim.scenario.plan import PlanSpec
from drillsim.scenario.scenario import Inject

pytestmark = [pytest.mark.slow, pytest.mark.no_cover]  # hundreds of runs: coverage would take minutes


@cache
def scenario(name, **changes):
    """Return a shipped scenario; *changes* go into its earthquake."""
    found = load_scenario(find_scenario(name))
    kinds = tuple(
        kind.model_copy(update=changes) if type(kind).__name__ == "Earthquake" else kind for kind in found.incidents
    )
    return found.model_copy(update={"incidents": kinds})


def outcomes(world, *plans, replications=16):
    return run_batch(world, [world.plan(plan) for plan in plans], replications=replications, seed=1)


def mean(found, metric, case="all"):
    return float(np.mean([o.values[metric].get(case, 0.0) for o in found]))


@pytest.mark.parametrize(
    ("name", "wave", "reported_h", "tolerance"),
    [("maduo-2021", "golog-first", 5.43, 0.30), ("jishishan-2023", "brigade", 0.60, 0.50), ("yushu-2010", "chamdo", 13.18, 0.30)],
)  # fmt: skip
def test_first_arrivals_are_within_the_stated_tolerance_of_the_reported_ones(name, wave, reported_h, tolerance):
    found = outcomes(scenario(name), "as-it-was")["as-it-was"]

    assert mean(found, "first_in_place_s", wave) / 3600 == pytest.approx(reported_h, rel=tolerance)


@pytest.mark.parametrize(("name", "people", "vehicles"), [("maduo-2021", 775, 169), ("jishishan-2023", 2042, 381), ("yushu-2010", 1638, 61)])  # fmt: skip
def test_the_forces_are_those_that_were_reported(name, people, vehicles):
    for spec in scenario(name).plans:
        units = scenario(name).plan(spec.id).units
        assert (sum(u.crew for u in units), sum(u.vehicles for u in units)) == (people, vehicles)


def test_gansu_and_qinghai_sent_to_jishishan_what_was_reported():
    units = scenario("jishishan-2023").plan("as-it-was").units
    qinghai = [u for u in units if u.station in {"haidong", "xining", "huangnan", "hainan"}]
    others = [u for u in units if u.id.startswith("other")]

    assert (sum(u.crew for u in qinghai), sum(u.vehicles for u in qinghai)) == (506, 112)
    gansu = (2042 - 506 - sum(u.crew for u in others), 381 - 112 - sum(u.vehicles for u in others))
    assert gansu == (1130, 236)


STRONG = {"magnitude": 7.0, "slope_safety": 1.3}


def test_more_teams_never_bring_out_fewer_alive_on_the_mean():
    world = scenario("xining-winter-night", **STRONG)
    more = {
        "id": "more", "based_on": "today",
        "stations": [{"id": "huangzhong", "units": [{"id": "extra", "team": "cn_county", "count": 6}]}],
    }  # fmt: skip
    world = world.with_plan(PlanSpec.model_validate(more))
    found = outcomes(world, "today", "more")

    assert mean(found["more"], "alive_in_golden_time") >= mean(found["today"], "alive_in_golden_time")
    assert mean(found["more"], "alive_extricated") > mean(found["today"], "alive_extricated")


def test_a_larger_earthquake_kills_more_on_the_mean():
    died = [
        mean(outcomes(scenario("xining-winter-night", magnitude=m), "today", replications=8)["today"], "died_trapped")
        for m in (6.2, 6.8, 7.3)
    ]

    assert died == sorted(died)
    assert died[0] < died[-1]


def test_reconnaissance_never_hurts_on_the_mean_and_helps_where_lines_are_down():
    silent = {"lines_down": 1.0, "lines_back": Duration(median_s=36_000.0, cv=0.3)}
    world = scenario("xining-winter-night", **STRONG, **silent)
    found = outcomes(world, "today", "helicopter-recon")
    today, looked = found["today"], found["helicopter-recon"]

    assert mean(looked, "alive_extricated") > mean(today, "alive_extricated")
    assert mean(looked, "alive_in_golden_time") >= mean(today, "alive_in_golden_time")
    unknown_h = [np.mean([sum(o.values["closures_unknown_h"].values()) for o in many]) for many in (today, looked)]
    assert unknown_h[1] < unknown_h[0]


def test_where_everything_is_reported_soon_reconnaissance_makes_no_difference_that_chance_could_not():
    found = outcomes(scenario("xining-winter-night", **STRONG), "today", "helicopter-recon")
    alive = [
        [o.values["alive_in_golden_time"].get("all", 0.0) for o in found[p]] for p in ("today", "helicopter-recon")
    ]
    gained = np.subtract(alive[1], alive[0])

    assert gained.mean() >= -2 * gained.std(ddof=1) / np.sqrt(len(gained))
    assert abs(gained.mean()) < 0.005 * np.mean(alive[0])


def test_a_pass_that_is_known_to_be_closed_from_the_start_never_makes_an_arrival_earlier():
    world = scenario("yushu-2010")
    closed = world.model_copy(update={"injects": (_closed("xiewu", "yushu"),)})
    free, shut = (outcomes(w, "as-it-was", replications=6)["as-it-was"] for w in (world, closed))

    for a, b in zip(free, shut, strict=True):
        for wave, s in a.values["first_in_place_s"].items():
            assert b.values["first_in_place_s"][wave] >= s - 1e-6


def _closed(start, end):
    return Inject.model_validate({"id": "shut", "at_s": 0, "text": "shut", "road": {"between": [start, end]}})
