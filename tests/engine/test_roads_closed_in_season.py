"""Roads that are closed for part of every year: closed in a run by the date of STARTEX, unless an inject opens them."""

import pytest

from drillsim.scenario.lint import lint
from drillsim.trace.events import SectionChanged, SectionReported, UnitArrived
from tests.engine.conftest import MIN, STEP_S, engine, fire, plan, road, run, scenario, station, straight, task
from tests.engine.test_response_chain import when

AWAY_S = 2 * MIN
PASS = [
    {**one, "closed": "11-01/04-30"} if one["from"] == "p1" else one for one in straight()
] + [road("p1", "p3", km=40, number="G2")]  # fmt: skip


def world(startex, *injects):
    return scenario(
        [fire("inc-1", "p3")], plan(station("west", "p0", engine())), edges=PASS, startex=startex, injects=list(injects)
    )


def inject(at_s, factor, **more):
    what = {"between": ["p1", "p2"], "speed_factor": factor, **more}
    return {"id": "pass", "at_s": at_s, "text": "The pass", "road": what}


@pytest.mark.parametrize(
    ("startex", "steps"), [("2021-03-29 12:00", 5), ("2021-05-01 00:00", 3), ("2021-11-01 00:00", 5)]
)
def test_a_pass_is_closed_by_the_date_of_startex_and_units_go_round_it(startex, steps):
    assert when(run(world(startex)), UnitArrived) == pytest.approx([AWAY_S + steps * STEP_S])


def test_everybody_knows_that_it_is_closed_and_the_trace_says_why():
    trace = run(world("2021-03-29 12:00"))

    assert [(e.t_s, e.factor, e.cause) for e in trace.of(SectionChanged)] == [(0, 0, "season")]
    assert [(e.t_s, e.factor, e.reported_by) for e in trace.of(SectionReported)] == [(0, 0, "season")]
    assert trace.of(SectionChanged)[0].section == "p1--p2:G1"


@pytest.mark.parametrize(("factor", "steps"), [(1.0, 3), (0.5, 4), (0.0, 5)])
def test_an_inject_opens_a_pass_as_far_as_it_says(factor, steps):
    trace = run(world("2021-03-29 12:00", inject(0, factor)))

    assert when(trace, UnitArrived) == pytest.approx([AWAY_S + steps * STEP_S])


def test_an_opening_that_is_reported_late_is_used_by_who_passes_the_barrier():
    trace = run(world("2021-03-29 12:00", inject(0, 1.0, reported_after_s=3600)))

    assert when(trace, UnitArrived) == pytest.approx([AWAY_S + 3 * STEP_S])
    assert trace.of(SectionReported)[1].reported_by == "engine"


def test_an_opening_that_is_reported_late_is_used_late_where_nobody_passes_it():
    beyond = [{**one, "closed": "11-01/04-30"} if one["from"] == "p2" else one for one in straight()]
    edges = [*beyond, road("p1", "p3", km=40, number="G2")]
    late = inject(0, 1.0, reported_after_s=3600, between=["p2", "p3"])
    fires, west = [fire("inc-1", "p3", tasks=[task(work="3 h")])], plan(station("west", "p0", engine()))
    trace = run(scenario(fires, west, edges=edges, startex="2021-03-29 12:00", injects=[late]))

    assert when(trace, UnitArrived) == pytest.approx([AWAY_S + 5 * STEP_S])
    assert [(e.t_s, e.factor) for e in trace.of(SectionChanged)] == [(0, 0), (0, 1)]
    assert [(e.t_s, e.factor) for e in trace.of(SectionReported)] == [(0, 0), (AWAY_S + 5 * STEP_S, 1)]  # from p3


@pytest.mark.parametrize(("lang", "words"), [("en", "closed every year on 03-29"), ("zh", "每年 03-29 封闭")])
def test_a_check_names_the_roads_that_are_closed_on_the_day(lang, words):
    (warning,) = lint(world("2021-03-29 12:00"))

    assert words in warning.text(lang)
    assert "G1 (p1 – p2, 11-01/04-30)" in warning.text(lang)
    assert lint(world("2021-05-01 12:00")) == ()


def test_a_pass_opens_and_closes_at_midnight_while_the_exercise_goes_on():
    spring = run(world("2021-04-30 18:00"))
    autumn = run(world("2021-10-31 18:00"))

    assert [(e.t_s, e.factor) for e in spring.of(SectionChanged)] == [(0, 0), (6 * 3600, 1)]
    assert [(e.t_s, e.factor) for e in autumn.of(SectionChanged)] == [(6 * 3600, 0)]


def test_what_an_inject_says_of_a_pass_outlasts_midnight():
    trace = run(world("2021-10-31 18:00", inject(3600, 0.5)))

    assert [(e.t_s, e.factor) for e in trace.of(SectionChanged)] == [(3600, 0.5)]
