"""Speed that changes while a unit is on a section: the change acts on the part that is left, whatever brings it.

Every place is one hour from the next: 60 km at 60 km/h. The exercise begins at noon; the engine leaves after 2 min.
"""

from itertools import pairwise
from random import Random

import pytest

from drillsim.trace.events import UnitArrived, UnitAssembled, UnitHome, UnitInPlace, UnitRerouted
from tests.engine.conftest import MIN, engine, fire, plan, road, run, scenario, station
from tests.engine.test_response_chain import when
from tests.engine.test_roads_under_way import closure

HOUR = 3600.0
LEAVES_S = 2 * MIN
LONG = [road("p0", "p1", km=60), road("p1", "p2", km=60)]
SNOW = {"light": 0.9, "heavy": 0.65, "none": 1.0}


def rush(*factors):
    """Return traffic with these factors from noon on, hour by hour."""
    hours = (1.0,) * 12 + factors + (1.0,) * (12 - len(factors))
    return {"weekday": hours, "weekend": hours}


def snow(kind, at):
    return {"id": f"snow-{at:.0f}", "at_s": at, "text": "Snow", "weather": {"snow": kind}}


def slowed(a, b, at, factor):
    return {**closure(a, b, at, speed_factor=factor), "id": f"{a}-{b}-{at:.0f}"}


def drive(*injects, at=0, node="p1", edges=LONG, **more):
    """Run one engine from p0 to a fire."""
    west = plan(station("west", "p0", engine()))
    return run(scenario([fire("inc-1", node, at=at)], west, edges=edges, injects=list(injects), **more))


def arrives_s(*injects, **more):
    return when(drive(*injects, **more), UnitArrived)[0]


def test_who_leaves_a_minute_before_the_rush_ends_drives_half_a_kilometre_slowly():
    """Half speed until one: it leaves at 12:59, so 0.5 km take a minute and 59.5 km another 59.5."""
    assert arrives_s(at=57 * MIN, traffic=rush(0.5)) == pytest.approx(59 * MIN + 60.5 * MIN)
    assert arrives_s(at=58 * MIN, traffic=rush(0.5)) == pytest.approx(60 * MIN + 60 * MIN)


def test_who_leaves_before_the_rush_begins_arrives_later():
    """It leaves at 12:02 and drives 58 km until one; the last two take 4 min at half the speed."""
    assert arrives_s(traffic=rush(1.0, 0.5)) == pytest.approx(60 * MIN + 4 * MIN)


def test_several_changes_within_one_section_each_act_on_what_is_left():
    """58 min at half speed: 29 km; an hour at a quarter: 15 km; the last 16 km take 16 min."""
    assert arrives_s(traffic=rush(0.5, 0.25)) == pytest.approx(2 * HOUR + 16 * MIN)


def test_snow_that_begins_and_stops_on_the_way():
    """18 km before it snows, 0.65 * 20 = 13 km in twenty minutes of snow, 29 km after."""
    trace = drive(snow("heavy", 20 * MIN), snow("none", 40 * MIN))

    assert when(trace, UnitArrived) == pytest.approx([40 * MIN + 29 * MIN])
    assert [(e.t_s, e.nodes, e.section) for e in trace.of(UnitRerouted) if e.purpose == "incident"] == [
        (20 * MIN, ("p1",), "all"),
        (40 * MIN, ("p1",), "all"),
    ]


def test_the_times_written_down_are_those_that_hold_from_then_on():
    """After 18 km of 60 the rest takes 42 / 0.65 minutes."""
    slower = drive(snow("heavy", 20 * MIN), node="p2").of(UnitRerouted)[0]

    assert slower.times_s == pytest.approx((20 * MIN + 42 / 0.65 * MIN, 20 * MIN + 102 / 0.65 * MIN))


@pytest.mark.parametrize("reported", ["0 min", "10 h"])
def test_a_section_that_is_slowed_and_freed_under_the_wheels_acts_at_once_reported_or_not(reported):
    """28 km, then 30 min at half speed (15 km), then 17 km."""
    injects = [slowed("p0", "p1", 30 * MIN, 0.5), slowed("p0", "p1", 60 * MIN, 1.0)]
    for inject in injects:
        inject["road"]["reported_after_s"] = reported

    assert arrives_s(*injects) == pytest.approx(60 * MIN + 17 * MIN)


def test_a_section_behind_changes_nothing():
    assert arrives_s(slowed("p0", "p1", 70 * MIN, 0.5), node="p2") == pytest.approx(LEAVES_S + 2 * HOUR)


def test_luck_on_a_section_holds_for_all_of_it():
    """However long the way takes by luck, half of what is left at half the speed takes twice that."""
    calm = arrives_s(travel_time_cv=0.3)
    rushed = arrives_s(slowed("p0", "p1", 30 * MIN, 0.5), travel_time_cv=0.3)

    assert rushed - 30 * MIN == pytest.approx(2 * (calm - 30 * MIN))


def test_the_way_home_is_slowed_as_well():
    """Home from 73 min on; of 60 km, 47 by 2 pm, the last 13 at half the speed."""
    trace = drive(traffic=rush(1.0, 1.0, 0.5))

    assert when(trace, UnitArrived) == pytest.approx([62 * MIN])
    assert trace.of(UnitHome)[-1].t_s == pytest.approx(2 * HOUR + 2 * 12 * MIN)


def test_a_unit_that_is_recalled_on_a_section_is_still_slowed_on_the_rest_of_it():
    """The fire is put out by another at 13 min; it drives on to p1, 30 km of the 60 before the snow, and back."""
    near = station("near", "p1", engine("near"))
    both = fire("inc-1", "p1", needs={"fire_attack": 2})
    west = plan(station("west", "p0", engine("far")), near)
    trace = run(scenario([both], west, edges=LONG, injects=[snow("heavy", 32 * MIN)]))

    there_s = 32 * MIN + 30 / 0.65 * MIN
    assert when(trace, UnitHome, unit="far") == pytest.approx([there_s + 60 / 0.65 * MIN])


def wave(**more):
    order = {"ordered_by": "Province", "at_s": 0, "decision": 0, "preparation": 0}
    return {"id": "first", "units": ["a", "b"], "assembly": "muster", "destination": "forward", **order, **more}


def march(*injects, edges):
    areas = [{"id": "muster", "node": "p1"}, {"id": "forward", "node": "p2"}]
    forces = station("west", "p0", engine("a"), engine("b"))
    prepared = plan(forces, staging_areas=areas, waves=[wave()])
    return run(scenario([], prepared, edges=edges, injects=list(injects)))


def test_the_way_to_assembly_and_the_column_are_slowed_on_what_is_left():
    """It leaves at 31 min and has driven 30 km at 61 min; the other 30 km take an hour at half the speed.

    Each unit is a bit less far by then, and drives that at half the speed as well: it is twice as far behind.

    After an hour of driving, 15 km before the end, it halts for a quarter of an hour; without the snow, at the end.
    """
    near = [road("p0", "p1", km=30), road("p1", "p2", km=60)]
    calm, rushed = march(edges=near), march(slowed("p1", "p2", 61 * MIN, 0.5), edges=near)
    behind_s = [e.t_s - (31 + 60 + 15) * MIN for e in calm.of(UnitInPlace)]
    late = march(slowed("p0", "p1", 16 * MIN, 0.5), edges=near)

    assert when(late, UnitAssembled) == pytest.approx([(16 + 30) * MIN] * 2)
    assert behind_s == pytest.approx([7.5, 15])
    assert when(rushed, UnitInPlace) == pytest.approx([(61 + 60 + 15) * MIN + 2 * s for s in behind_s])


def test_a_unit_that_a_wave_claims_on_a_section_feels_what_happens_while_it_prepares():
    """It is recalled at 13 min, claimed at 20, ready at 26; p1 is 30 km from where it is when the snow begins."""
    near = station("near", "p1", engine("near"))
    both = fire("inc-1", "p1", needs={"fire_attack": 2})
    forward = [{"id": "forward", "node": "p2"}]
    order = wave(units=["far"], assembly=None, at_s=20 * MIN, preparation=4 * MIN)
    west = plan(station("west", "p0", engine("far")), near, staging_areas=forward, waves=[order])
    trace = run(scenario([both], west, edges=LONG, injects=[snow("heavy", 22 * MIN)]))

    left_s = 22 * MIN + 40 / 0.65 * MIN  # at p1; an hour of driving at this speed comes first, then no halt is due
    halts_s = 15 * MIN  # after an hour of driving from p1 on
    assert trace.of(UnitInPlace)[0].t_s == pytest.approx(left_s + 60 / 0.65 * MIN + halts_s, abs=10)


def test_a_halt_that_is_going_on_when_the_speed_changes_ends_when_it_would_have_ended():
    """180 km alone: it halts from 61 to 76 min; snow from 70 min on makes the other 120 km slower, not the halt."""
    edges = [road("p0", "p1", km=180)]
    areas = [{"id": "forward", "node": "p1"}]
    prepared = plan(station("west", "p0", engine("a")), staging_areas=areas, waves=[wave(units=["a"], assembly=None)])
    trace = run(scenario([], prepared, edges=edges, injects=[snow("heavy", 70 * MIN)]))

    later_s = (10 + 20) * MIN  # after 180 and 240 of the 60 + 120 / 0.65 = 244.6 minutes of driving
    assert trace.of(UnitRerouted)[0].times_s == pytest.approx([76 * MIN + 120 / 0.65 * MIN + later_s])


def test_a_unit_that_breaks_down_on_a_section_drives_the_rest_of_it_after_the_repair_at_the_speed_of_then():
    """It has driven 20 km when it breaks down, stands for two hours, and drives 40 km on in heavy snow."""
    broken = {"id": "broken", "at_s": LEAVES_S + 20 * MIN, "text": "Engine trouble",
              "unit": {"node": "p0", "capability": "fire_attack", "for_s": "2 h"}}  # fmt: skip
    repaired_s = LEAVES_S + 20 * MIN + 2 * HOUR
    dry, snowed = drive(broken), drive(broken, snow("heavy", HOUR))

    assert when(dry, UnitArrived) == pytest.approx([repaired_s + 40 * MIN])
    assert when(snowed, UnitArrived) == pytest.approx([repaired_s + 40 / 0.65 * MIN])


def right_s(left_s, km, hours, snows, factors):
    """Return when *km* by *km* is driven: an integration of its own, in steps of one second and less."""
    changes = sorted({*(h * HOUR for h in range(240)), *(t for t, _ in snows), *(t for _, t, _ in factors)})
    t_s = left_s
    for section, length in enumerate(km):
        left_m = length * 1000.0
        while left_m > 1e-9:
            until_s = next((c for c in changes if c > t_s), 1e9)
            lying = [kind for at, kind in snows if at <= t_s]
            own = [f for n, at, f in factors if n == section and at <= t_s]
            speed = 60 / 3.6 * hours[int(t_s // HOUR) % 24] * SNOW[lying[-1] if lying else "none"] * (own or [1.0])[-1]
            step_s = min(until_s - t_s, left_m / speed)
            left_m, t_s = left_m - speed * step_s, t_s + step_s
    return t_s


@pytest.mark.parametrize("case", range(12))
def test_any_course_of_factors_is_integrated_and_who_leaves_later_never_arrives_earlier(case):
    chance = Random(case)
    km = [chance.choice([10, 20, 60, 90]) for _ in range(3)]
    hours = [chance.choice([0.25, 0.5, 0.8, 1.0]) for _ in range(24)]
    moments = sorted(chance.sample(range(1, 600), 6))
    snows = [(m * MIN, chance.choice(list(SNOW))) for m in moments[::2]]
    factors = [(chance.randrange(3), m * MIN, chance.choice([0.3, 0.7, 1.0])) for m in moments[1::2]]
    edges = [road(f"p{i}", f"p{i + 1}", km=length) for i, length in enumerate(km)]
    injects = [snow(kind, at) for at, kind in snows]
    injects += [slowed(f"p{n}", f"p{n + 1}", at, factor) for n, at, factor in factors]
    profile = {"weekday": (*hours[12:], *hours[:12]), "weekend": (*hours[12:], *hours[:12])}  # from noon on

    arrivals = []
    for left in sorted(chance.sample(range(2, 400), 6)):
        there_s = arrives_s(*injects, at=(left - 2) * MIN, node="p3", edges=edges, traffic=profile, ends_at_s="240 h")
        assert there_s == pytest.approx(right_s(left * MIN, km, hours, snows, factors), abs=0.01)
        arrivals.append(there_s)
    assert all(a <= b + 1e-6 for a, b in pairwise(arrivals))
