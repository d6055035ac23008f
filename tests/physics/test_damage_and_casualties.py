"""Buildings and people under shaking: published ranges, and what must hold whatever the numbers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from drillsim.hazards.earthquake.settlements import shake, split
from drillsim.physics.earthquake.casualties import Toll, survival, toll
from drillsim.physics.earthquake.damage import CLASSES, STOCKS, grade_shares, indoors, mean_index
from drillsim.world.random_streams import RandomStreams

# mean damage index from VI to X, GB/T 17742-2020 table 1 (knowledge)
RANGES = {
    "A1": [(0.02, 0.17), (0.15, 0.44), (0.42, 0.62), (0.60, 0.90), (0.88, 1.0)],
    "A2": [(0.01, 0.13), (0.11, 0.31), (0.29, 0.46), (0.44, 0.62), (0.60, 0.88)],
    "B": [(0.0, 0.11), (0.09, 0.27), (0.25, 0.50), (0.48, 0.69), (0.67, 0.91)],
    "C": [(0.0, 0.08), (0.05, 0.18), (0.16, 0.35), (0.33, 0.54), (0.52, 0.84)],
    "D": [(0.0, 0.05), (0.04, 0.16), (0.14, 0.27), (0.25, 0.48), (0.46, 0.84)],
}
MISSES = {("A1", 10): 0.866, ("C", 9): 0.323}
CLASS = st.sampled_from(sorted(CLASSES))


@pytest.mark.parametrize("name", RANGES)
def test_the_mean_index_lies_in_the_range_of_the_standard_but_for_two_cells(name):
    for intensity, (low, high) in zip(range(6, 11), RANGES[name], strict=True):
        index = float(mean_index(np.array([float(intensity)]), CLASSES[name].vulnerability)[0])
        if (name, intensity) in MISSES:
            assert index == pytest.approx(MISSES[name, intensity], abs=0.001)
            assert index < low
        else:
            assert low - 5e-4 <= index <= high + 5e-4, intensity


def test_at_viii_damage_is_what_the_official_wording_says():
    share = {name: grade_shares(np.array([8.0]), CLASSES[name].vulnerability)[0] for name in CLASSES}

    assert 0.10 <= share["A1"][4:].sum() <= 0.45  # 少数毁坏
    assert 0.40 <= share["A1"][2:4].sum() <= 0.70  # 多数中等和严重
    assert 0.10 <= share["B"][3:].sum() <= 0.45
    assert 0.40 <= share["B"][1:3].sum() <= 0.70
    assert 0.10 <= share["C"][2:4].sum() <= 0.45
    assert 0.10 <= share["D"][2] <= 0.45


@given(name=CLASS, weak=st.floats(1, 11), more=st.floats(0, 3))
def test_damage_never_falls_when_the_shaking_grows(name, weak, more):
    shares = grade_shares(np.array([weak, weak + more]), CLASSES[name].vulnerability)
    worse = shares[:, ::-1].cumsum(axis=1)  # share in at least each grade, from D5 down

    assert shares.sum(axis=1) == pytest.approx(1.0)
    assert (worse[1] >= worse[0] - 1e-12).all()


def test_the_weaker_the_class_the_more_of_it_comes_down():
    fallen = [grade_shares(np.array([9.0]), c.vulnerability)[0, 5] for c in CLASSES.values()]

    assert fallen == sorted(fallen, reverse=True)


@given(name=CLASS, people=st.integers(0, 5000), intensity=st.floats(1, 12), seed=st.integers(0, 10))
def test_everybody_is_in_exactly_one_state(name, people, intensity, seed):
    found = toll(people, intensity, name, np.random.default_rng(seed))

    assert found.people == people
    assert min(found.unhurt, found.hurt_light, found.hurt_hospital, found.hurt_critical, found.killed) >= 0


@given(name=CLASS, seed=st.integers(0, 20), weak=st.floats(5, 10), more=st.floats(0, 2))
def test_with_the_same_luck_stronger_shaking_never_traps_fewer(name, seed, weak, more):
    def under(found: Toll) -> int:
        return found.killed + len(found.trapped)

    a, b = (toll(2000, i, name, np.random.default_rng(seed)) for i in (weak, weak + more))

    assert len(a.trapped) <= len(b.trapped) + 1  # those who die at once are drawn among the trapped
    assert under(a) <= under(b) + 1


def test_who_is_hurt_worst_dies_first():
    found = toll(20_000, 9.5, "A1", np.random.default_rng(1)).trapped
    by_severity = {s: [p.dies_at_s for p in found if p.severity == s] for s in ("critical", "severe", "light")}

    assert max(by_severity["critical"]) <= min(by_severity["severe"])
    assert max(by_severity["severe"]) <= min(by_severity["light"])


# fraction alive of those dug out at Tangshan 1976, by hours after the earthquake
TANGSHAN = {0.25: 0.993, 12: 0.81, 36: 0.537, 60: 0.367, 84: 0.19, 108: 0.074}


def test_survival_follows_tangshan_within_a_tenth():
    hours = np.array(list(TANGSHAN))

    assert survival(3600 * hours) == pytest.approx(np.array(list(TANGSHAN.values())), abs=0.1)


@given(st.lists(st.floats(0, 1e6), min_size=2, max_size=20))
def test_survivors_never_become_more(times_s):
    assert (np.diff(survival(np.sort(times_s))) <= 0).all()


def test_the_drawn_deaths_follow_the_curve():
    dies_at_s = [p.dies_at_s for p in toll(200_000, 9.5, "A1", np.random.default_rng(3)).trapped]
    alive = np.mean(np.array(dies_at_s) > 24 * 3600)

    assert len(dies_at_s) > 5000
    assert alive == pytest.approx(float(survival(np.array([24 * 3600.0]))[0]), abs=0.02)


def test_a_settlement_loses_nobody_and_its_sites_hold_all_who_are_trapped():
    found = shake(
        5000, STOCKS["rural"], 9.0, indoors(2.0), RandomStreams(1), ("q", "village"),
        scale_s=1e5, people_per_site=8, most_sites=20,
    )  # fmt: skip
    trapped = sum(len(site.trapped) for site in found.sites)

    assert trapped > 100
    assert sum(found.toll.values()) + trapped == 5000
    assert len(found.sites) <= 20


def test_a_settlement_that_barely_shakes_has_no_site():
    found = shake(
        5000, STOCKS["rural"], 4.0, 0.5, RandomStreams(1), ("q", "v"), scale_s=1e5, people_per_site=8, most_sites=20
    )

    assert found.sites == ()
    assert found.toll["unhurt"] == 5000


@pytest.mark.parametrize("people", [1, 2, 3])
def test_a_hamlet_of_a_few_people_loses_nobody(people):
    found = shake(
        people, {"A1": 0.5, "B": 0.5}, 11.0, 1.0, RandomStreams(1), ("q", "v"), scale_s=1e5, people_per_site=8,
        most_sites=20,
    )  # fmt: skip

    assert sum(found.toll.values()) + sum(len(site.trapped) for site in found.sites) == people


@given(st.integers(0, 10_000), st.dictionaries(CLASS, st.floats(0.01, 1), min_size=1))
def test_splitting_people_loses_nobody(people, stock):
    assert sum(split(people, stock).values()) == people
