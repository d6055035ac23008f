"""Paired comparison of two plans: statistics against an independent computation, verdicts, sentences."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from drillsim.base.errors import UnknownNameError
from drillsim.cli.compare import amount
from drillsim.comparison import ALL_CASES, ComparisonError, compare, interval, sentence, sign_test_p
from drillsim.comparison.sentences import _Unit
from tests.metrics.conftest import outcome

NEVER = math.inf
MIN = 60.0


def runs(metric, *values, plan="a"):
    """Outcomes of one plan, replication by replication; a number stands for the case ``fire``, beside another."""
    cases = [value if isinstance(value, dict) else {"fire": value, "other": 0.0} for value in values]
    return [outcome(r, plan=plan, **{metric: each}) for r, each in enumerate(cases)]


def difference(a, b, *, metric="first_arrival_s", case="fire", **more):
    return compare(runs(metric, *a), runs(metric, *b, plan="b"), metrics=[metric], **more).of(metric, case)


# --- one case ----------------------------------------------------------------------------------------------


def test_the_difference_is_b_minus_a_replication_by_replication():
    d = difference([600, 700, 900], [540, 600, 820])

    assert d.mean_difference == -80
    assert (d.mean_a, d.mean_b, d.replications, d.pairs) == (pytest.approx(2200 / 3), pytest.approx(1960 / 3), 3, 3)


def test_the_interval_is_that_of_the_paired_t_test():
    a, b = [600.0, 720.0, 655.0, 810.0], [590.0, 650.0, 660.0, 700.0]

    d = difference(a, b, level=0.9)

    expected = stats.ttest_rel(b, a).confidence_interval(0.9)
    assert (d.low, d.high) == pytest.approx((expected.low, expected.high))


@given(st.lists(st.floats(-1e5, 1e5), min_size=2, max_size=30), st.floats(0.5, 0.999))
def test_the_interval_is_students_for_any_differences(values, level):
    low, high = interval(np.array(values), level)

    mean, error = np.mean(values), stats.sem(values)
    assert low == pytest.approx(mean - stats.t.ppf((1 + level) / 2, len(values) - 1) * error, rel=1e-6, abs=1e-6)
    assert high == pytest.approx(mean + stats.t.ppf((1 + level) / 2, len(values) - 1) * error, rel=1e-6, abs=1e-6)


def test_pairing_sees_what_independent_samples_would_not():
    travel_s = [0, 3000, 500, 9000, 1200]
    d = difference([600 + x for x in travel_s], [540 + x for x in travel_s])

    assert (d.low, d.high, d.verdict) == (-60, -60, "b_less")
    assert stats.ttest_ind([600 + x for x in travel_s], [540 + x for x in travel_s]).pvalue > 0.9


@pytest.mark.parametrize(
    ("a", "b", "verdict"),
    [
        ([100, 200, 300], [90, 188, 291], "b_less"),
        ([90, 188, 291], [100, 200, 300], "a_less"),
        ([100, 200, 300], [110, 185, 301], "no_difference"),
        ([100, 200, 300], [100, 200, 300], "identical"),
        ([100, 200], [100 + 1e-9, 200 - 1e-9], "identical"),
        ([100], [50], "too_few"),
        ([100, NEVER], [50, 60], "too_few"),
        ([NEVER, NEVER], [NEVER, NEVER], "too_few"),
    ],
)
def test_the_verdict_says_what_the_interval_holds(a, b, verdict):
    assert difference(a, b).verdict == verdict


def test_a_single_pair_has_a_difference_and_no_interval():
    d = difference([100], [50])

    assert d.mean_difference == -50
    assert math.isnan(d.low)
    assert math.isnan(d.high)


def test_what_was_not_reached_is_counted_and_stands_in_no_mean():
    d = difference([100, NEVER, 300, NEVER], [90, 80, NEVER, NEVER])

    assert (d.unreached_a, d.unreached_b, d.only_a, d.only_b, d.pairs) == (2, 2, 1, 1, 1)
    assert (d.mean_a, d.mean_b, d.mean_difference) == (200, 85, -10)


def test_a_case_that_neither_reached_has_no_mean():
    d = difference([NEVER, NEVER], [NEVER, NEVER])

    assert math.isnan(d.mean_a)
    assert math.isnan(d.mean_difference)


def test_who_reaches_more_is_better_even_if_later_where_both_arrive():
    """Plan b saves six calls that a never answers, and is slower in the easy ones."""
    d = difference([100, 110, 120, *6 * [NEVER]], [200, 210, 221, *6 * [900]])

    assert d.low > 0
    assert d.verdict == "b_reaches_more"
    assert difference([200, 210, *6 * [900]], [100, 110, *6 * [NEVER]]).verdict == "a_reaches_more"


def test_five_saved_calls_may_still_be_luck_and_six_are_not():
    five, six = ([100, 100, *n * [NEVER]] for n in (5, 6))

    assert difference(five, [90, 90, *5 * [900]]).verdict == "b_less"
    assert difference(six, [90, 90, *6 * [900]]).verdict == "b_reaches_more"


@given(st.integers(0, 40), st.integers(0, 40))
def test_the_sign_test_is_the_exact_binomial_test(only_a, only_b):
    n = only_a + only_b

    assert sign_test_p(only_a, only_b) == pytest.approx(stats.binomtest(only_a, n).pvalue if n else 1.0)


@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)), min_size=2, max_size=20))
def test_to_swap_the_plans_turns_the_difference_round(pairs):
    a, b = zip(*pairs, strict=True)
    there, back = difference(a, b), difference(b, a)

    assert back.mean_difference == pytest.approx(-there.mean_difference)
    assert (back.low, back.high) == pytest.approx((-there.high, -there.low))
    assert {there.verdict, back.verdict} in [{"a_less", "b_less"}, {"no_difference"}, {"identical"}]


# --- all cases ---------------------------------------------------------------------------------------------


def test_all_cases_are_one_mean_per_replication_over_what_both_reached():
    a = [{"x": 100, "y": 300, "z": NEVER}, {"x": 200, "y": 400, "z": 500}]
    b = [{"x": 90, "y": 270, "z": 50}, {"x": 170, "y": NEVER, "z": 480}]

    d = difference(a, b, case=ALL_CASES)

    assert (d.mean_a, d.mean_b) == ((200 + 350) / 2, (180 + 325) / 2)
    assert d.mean_difference == (-20 - 25) / 2
    assert (d.unreached_a, d.unreached_b, d.only_a, d.only_b) == (1, 1, 1, 1)


def test_calls_at_random_are_compared_together_and_not_one_by_one():
    a, b = [{"c1": 100}, {"c2": 200}, {}], [{"c1": 90}, {"c2": 180}, {}]

    found = compare(runs("first_arrival_s", *a), runs("first_arrival_s", *b), metrics=["first_arrival_s"])

    assert [d.case for d in found.differences] == [ALL_CASES]
    assert (found.differences[0].pairs, found.differences[0].mean_difference) == (2, -15)


def test_many_calls_lost_in_one_replication_are_one_piece_of_luck():
    cases = [f"c{n}" for n in range(12)]
    lost, saved = dict.fromkeys(cases, NEVER), dict.fromkeys(cases, 300)
    fine = dict.fromkeys(cases, 100)

    once = difference([lost, fine, fine], [saved, fine, fine], case=ALL_CASES)
    often = difference([lost] * 6 + [fine] * 2, [saved] * 6 + [fine] * 2, case=ALL_CASES)

    assert (once.only_b, once.verdict) == (12, "no_difference")
    assert (often.only_b, often.verdict) == (72, "b_reaches_more")


def test_all_waves_in_place_is_the_last_one_and_the_first_in_place_the_first_one():
    a = [{"lake": 3600, "north": 7200}, {"lake": 3700, "north": 7300}]
    b = [{"lake": 5000, "north": 6000}, {"lake": 5100, "north": 6300}]

    assert difference(a, b, metric="closure_s", case=ALL_CASES).mean_difference == (-1200 - 1000) / 2
    assert difference(a, b, metric="first_in_place_s", case=ALL_CASES).mean_difference == 1400


def test_a_wave_that_is_still_coming_keeps_all_waves_from_being_in_place():
    d = difference(
        [{"lake": 3600, "north": NEVER}], [{"lake": 5000, "north": 6000}], metric="closure_s", case=ALL_CASES
    )

    assert (d.unreached_a, d.only_b, d.pairs) == (1, 1, 0)


def test_with_no_wave_in_one_replication_nothing_was_closed_there():
    d = difference([{"lake": 3600}, {}], [{"lake": 3000}, {"lake": 3100}], metric="closure_s", case=ALL_CASES)

    assert (d.unreached_a, d.unreached_b) == (1, 0)


# --- which cases -------------------------------------------------------------------------------------------


def cases(metric, a, b):
    found = compare(runs(metric, *a), runs(metric, *b, plan="b"), metrics=[metric])
    return [d.case for d in found.differences if d.case != ALL_CASES]


@pytest.mark.parametrize("metric", ["distance_m", "utilisation", "closure_s"])
def test_units_and_waves_of_one_plan_alone_are_not_compared(metric):
    a, b = 2 * [{"x": 1.0, "y": 1.0, "old": 2.0}], 2 * [{"x": 1.5, "y": 1.0, "new": 3.0}]

    assert cases(metric, a, b) == ["x", "y"]


def test_a_wave_that_was_not_ordered_in_time_in_one_replication_did_not_close_there():
    a, b = [{"lake": 100, "north": 1}, {"lake": 200, "north": 1}], [{"lake": 90, "north": 1}, {"north": 1}]

    d = difference(a, b, metric="closure_s", case="lake")

    assert (d.unreached_b, d.only_a) == (1, 1)


def test_an_assignment_is_compared_where_both_plans_always_made_it():
    a = 2 * [{"fire/0": 60, "fire/1": 70, "fire/2": 80}]
    b = [{"fire/0": 50, "fire/1": 60, "fire/2": 70}, {"fire/0": 50, "fire/2": 70}]

    assert cases("turnout_s", a, b) == ["fire/0", "fire/2"]


def test_a_task_that_one_plan_never_came_to_was_not_reached():
    a, b = 2 * [{"fire/search": 60, "fire/cut": 900}], 2 * [{"fire/search": 60}]

    d = difference(a, b, metric="task_finish_s", case="fire/cut")

    assert (d.unreached_a, d.unreached_b, d.only_a) == (0, 2, 2)


def test_the_only_case_of_a_metric_is_all_of_its_cases():
    assert cases("first_arrival_s", [{"fire": 60}], [{"fire": 50}]) == []
    assert difference([{"fire": 60}], [{"fire": 50}], case=ALL_CASES).mean_difference == -10


def test_a_metric_without_any_case_has_no_difference():
    assert compare(runs("closure_s", {}, {}), runs("closure_s", {}, {})).differences == ()


def test_all_metrics_are_compared_unless_some_are_named():
    a = [outcome(0, first_arrival_s={"fire": 1.0}, distance_m={"e": 5.0})]

    assert {d.metric for d in compare(a, a).differences} == {"first_arrival_s", "distance_m"}
    assert {d.metric for d in compare(a, a, metrics=["distance_m"]).differences} == {"distance_m"}


def test_a_difference_is_found_by_metric_and_case():
    a = runs("first_arrival_s", {"x": 1, "y": 2})
    found = compare(a, a)

    assert found.of("first_arrival_s", "y").case == "y"
    assert found.of("first_arrival_s").case == ALL_CASES


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (("first_arival_s",), "unknown metric 'first_arival_s'. Did you mean 'first_arrival_s'?"),
        (("first_arrival_s", "ledo"), "first_arrival_s: unknown case 'ledo'. Did you mean 'ledu'? Known: *, ledu, y"),
        (("closure_s",), "no case of 'closure_s' was compared; metrics that were: first_arrival_s"),
    ],
)
def test_a_difference_that_is_not_there_is_refused_with_what_is(name, said):
    a = runs("first_arrival_s", {"ledu": 1, "y": 2})

    with pytest.raises(UnknownNameError) as caught:
        compare(a, a).of(*name)

    assert str(caught.value).startswith(said)


def test_intervals_that_hold_together_are_those_of_a_higher_level():
    a = runs("first_arrival_s", {"x": 100, "y": 200}, {"x": 140, "y": 190}, {"x": 90, "y": 240})
    b = runs("first_arrival_s", {"x": 80, "y": 210}, {"x": 150, "y": 150}, {"x": 60, "y": 260})

    together = compare(a, b, simultaneous=True)  # three rows: x, y and both
    each = compare(a, b, level=1 - 0.05 / 3)

    assert together.level == 0.95
    assert [d.low for d in together.differences] == pytest.approx([d.low for d in each.differences])
    assert compare(runs("closure_s", {}), runs("closure_s", {}), simultaneous=True).differences == ()


# --- what does not belong together --------------------------------------------------------------------------

PAIR = runs("first_arrival_s", 1, 2)


@pytest.mark.parametrize(
    "other",
    [
        [],
        PAIR[:1],
        PAIR[::-1],
        [outcome(0, seed=2), outcome(1, seed=2)],
        [outcome(0, scenario="other"), outcome(1, scenario="other")],
        [outcome(0), outcome(2)],
    ],
    ids=["nothing", "fewer", "another order", "another seed", "another scenario", "other replications"],
)
def test_outcomes_that_are_no_pairs_are_refused(other):
    with pytest.raises(ComparisonError, match="same scenario, seed and replications"):
        compare(PAIR, other)


def test_nothing_cannot_be_compared_with_nothing():
    with pytest.raises(ComparisonError):
        compare([], [])


@pytest.mark.parametrize("level", [0, 1, 95, -0.5, math.nan])
def test_a_level_that_is_no_probability_is_refused(level):
    with pytest.raises(ComparisonError, match="between 0 and 1"):
        compare(PAIR, PAIR, level=level)


def test_a_misspelt_metric_is_refused_with_a_guess():
    with pytest.raises(UnknownNameError, match="Did you mean 'first_arrival_s'"):
        compare(PAIR, PAIR, metrics=["first_arival_s"])


# --- sentences ---------------------------------------------------------------------------------------------


def say(a, b, lang="en", *, metric="first_arrival_s", subject="Kanbula"):
    d = difference(a, b, metric=metric)
    names = {"en": ("plan A", "plan B"), "zh": ("方案甲", "方案乙")}[lang]
    return sentence(d, lang, plan_a=names[0], plan_b=names[1], subject=subject)


SLOW, FAST = [100 * MIN, 110 * MIN, 120 * MIN], [61 * MIN, 72 * MIN, 83 * MIN]
"""Differences of 39, 38 and 37 min: 38 ± 4.303 · 1/√3 = 2.5 min."""


def test_a_sentence_says_who_is_earlier_by_how_much_and_how_sure_that_is():
    assert say(SLOW, FAST) == (
        "First arrival, Kanbula: plan B is 38 min earlier than plan A, 95 % interval 36 to 40 min; 3 replications."
    )
    assert "plan B is 38 min later than plan A, 95 % interval 36 to 40 min" in say(FAST, SLOW)


def test_the_same_in_chinese():
    assert say(SLOW, FAST, "zh", subject="坎布拉") == (
        "坎布拉的“首个力量到场”：方案乙比方案甲早 38 分钟，95% 置信区间 36 至 40 分钟；推演 3 次。"
    )
    assert "方案乙比方案甲晚 38 分钟" in say(FAST, SLOW, "zh")


def test_people_are_counted_as_people_are_in_chinese():
    assert "多 2.00 人" in say([1, 2], [3, 4], "zh", metric="alive_extricated")
    assert "多 2.00 个" in say([1, 2], [3, 4], "zh", metric="villages_unreached")
    assert "多 2.00 千瓦" in say([1, 2], [3, 4], "zh", metric="fire_met_kw")


def test_what_takes_time_is_shorter_or_longer_and_not_earlier():
    assert "plan B takes 38 min less than plan A" in say(SLOW, FAST, metric="initiating_action_s")
    assert "plan B takes 38 min more than plan A" in say(FAST, SLOW, metric="initiating_action_s")
    assert "方案乙比方案甲短 38 分钟" in say(SLOW, FAST, "zh", metric="initiating_action_s")
    assert "方案乙比方案甲长 38 分钟" in say(FAST, SLOW, "zh", metric="initiating_action_s")


def test_an_amount_is_less_or_more_in_a_unit_that_people_use():
    assert "plan B has 3.0 km less than plan A" in say([9000, 9000], [6000, 6000], metric="distance_m")
    assert "plan B has 30 km more" in say([9000, 9000], [39000, 39000], metric="distance_m")
    assert "plan B has 12.5 percentage points less" in say([0.5, 0.5], [0.375, 0.375], metric="utilisation")
    assert "plan B has 2.00 less" in say([3, 3], [1, 1], metric="unmet_needs")
    assert "方案乙比方案甲少 3.0 公里" in say([9000, 9000], [6000, 6000], "zh", metric="distance_m")


@pytest.mark.parametrize(
    ("metric", "en", "zh"),
    [
        ("people_rescued", "2.00 less", "少 2.00 人"),
        ("people_at_end", "2.00 less", "少 2.00 人"),
        ("villages_cut_off", "2.00 less", "少 2.00 个"),
        ("people_cut_off_h", "2.00 person-hours less", "少 2.00 人时"),
        ("fire_met_kw", "2.00 kW less", "少 2.00 千瓦"),
        ("hazard_peak", "2.00 less", "少 2.00，"),
    ],
)
def test_people_things_and_measures_are_counted_each_in_their_way(metric, en, zh):
    assert f"plan B has {en}" in say([3, 3], [1, 1], metric=metric)
    assert f"方案乙比方案甲{zh}" in say([3, 3], [1, 1], "zh", metric=metric)


@pytest.mark.parametrize(
    ("by_s", "said"), [(5, "5.0 s"), (45, "45 s"), (100, "1.7 min"), (1200, "20 min"), (20_000, "5.6 h")]
)
def test_a_time_is_said_in_seconds_minutes_or_hours(by_s, said):
    assert f"is {said} later" in say([0, 0], [by_s, by_s])


def test_no_difference_is_said_as_such_with_the_interval_on_both_sides_of_zero():
    said = say([100, 200], [90, 210])  # -10 and 10 s: 0 ± 12.706 · 10 s

    assert "no detectable difference between plan A and plan B, 95 % interval -2.1 to 2.1 min; 2 replications" in said
    assert "没有可辨别的差异" in say([100, 200], [90, 210], "zh")


def test_no_number_is_a_minus_zero():
    said = say([0, 0, 0], [-700, 700, 0.003], metric="first_arrival_s")
    assert "interval -29 to 29 min" in said
    assert _Unit(60, "min").number(-4) == "0"
    assert _Unit(1, "count", 2).number(-0.004) == "0.00"
    assert amount(-2.0, "s", 3600.0, sign="+") == "0.0 min"


def test_identical_plans_are_said_to_be_identical():
    assert "give the same in every one of 2 replications" in say([100, 200], [100, 200])
    assert "每次结果都相同" in say([100, 200], [100, 200], "zh")


def test_too_few_pairs_are_said_to_be_too_few():
    assert "too few replications" in say([100], [50])
    assert "–" not in say([100], [50])
    assert "次数太少" in say([100], [50], "zh")


def test_who_reaches_more_is_said_first_and_what_was_missed_always():
    said = say([100, 110, *7 * [NEVER]], [90, 95, *7 * [900]])

    assert "plan B reaches what plan A does not in 7 cases (the other way round in 0)" in said
    assert said.endswith("Not by ENDEX: 7 with plan A, 0 with plan B.")
    assert "plan A reaches what plan B does not in 7 cases" in say([90, 95, *7 * [900]], [100, 110, *7 * [NEVER]])
    assert say([100, 110, *7 * [NEVER]], [90, 95, *7 * [900]], "zh").endswith(
        "演练结束时仍未完成：方案甲 7 例，方案乙 0 例。"
    )


def test_what_was_missed_is_said_also_where_it_decides_nothing():
    assert say([100, 200, 300, NEVER], [50, 140, 251, 60]).endswith("Not by ENDEX: 1 with plan A, 0 with plan B.")


def test_a_sentence_over_all_cases_says_so():
    assert say(SLOW, FAST, subject="").startswith("First arrival, all cases: ")
    assert say(SLOW, FAST, "zh", subject="").startswith("“首个力量到场”（全部）：")


def test_a_level_that_is_not_round_is_said_in_four_figures():
    d = difference(SLOW, FAST, level=1 - 0.05 / 12)

    assert "99.58 % interval" in sentence(d, "en", plan_a="A", plan_b="B")


def test_a_replication_that_stands_twice_is_refused_because_it_tells_nothing_new():
    a, b = runs("first_arrival_s", 1, 2), runs("first_arrival_s", 2, 3, plan="b")

    with pytest.raises(ComparisonError, match="replication 0 stands there more than once"):
        compare([*a, a[0]], [*b, b[0]])


def test_outcomes_of_two_plans_of_one_name_are_refused():
    a, b = runs("first_arrival_s", 1, 2), runs("first_arrival_s", 2, 3, plan="b")
    edited = outcome(1, plan="b", plan_digest="another", first_arrival_s={"fire": 3, "other": 0.0})

    with pytest.raises(ComparisonError, match="of one and the same plan"):
        compare(a, [b[0], edited])
