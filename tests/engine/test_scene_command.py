"""Work on scene: minimum and useful crew, capabilities, order of tasks, reinforcement, altitude, hazards."""

import pytest

from drillsim.trace.events import (
    HazardChanged,
    IncidentClosed,
    NeedRaised,
    NeedWithdrawn,
    TaskCrewChanged,
    TaskFinished,
    TaskStarted,
    TaskWaiting,
    UnitArrived,
    UnitAssigned,
    UnitReleased,
)
from tests.engine.conftest import MIN, STEP_S, engine, fire, places, plan, run, scenario, station, task
from tests.engine.test_response_chain import when

AT_P1_S = 2 * MIN + STEP_S


def at_p1(units, *tasks, **more):
    """Run one incident at p1 with these units at p0."""
    return run(scenario([fire("inc-1", "p1", tasks=list(tasks), **more)], plan(station("west", "p0", *units))))


def test_twice_the_people_take_half_the_time_up_to_the_useful_crew():
    for crew, minutes in ((2, 60), (4, 30), (6, 20), (9, 20)):
        trace = at_p1([engine(crew=crew)], task(work="120 min", min_crew=2, useful_crew=6))

        assert when(trace, TaskFinished) == pytest.approx([AT_P1_S + minutes * MIN])


def test_below_the_minimum_crew_nothing_begins_and_one_more_unit_is_called():
    units = [engine("a", crew=3), engine("b", crew=3)]
    trace = at_p1(units, task(work="60 min", min_crew=4, useful_crew=6))

    waiting = trace.of(TaskWaiting)[0]
    assert (waiting.lacking, waiting.people, waiting.minimum) == ("crew", 3, 4)
    assert [e.reason for e in trace.of(NeedRaised)] == ["first_alarm", "reinforcement"]
    second_s = when(trace, UnitArrived)[1]
    assert second_s == pytest.approx(AT_P1_S + MIN + STEP_S)
    assert when(trace, TaskFinished) == pytest.approx([second_s + 10 * MIN])


def test_a_missing_capability_is_called_for_when_those_on_scene_have_it_not():
    ladder = {"id": "ladder", "capabilities": ["ladder"], "crew": 2, "turnout": "1 min"}
    both = task(capabilities=["fire_attack", "ladder"], min_crew=2, work="20 min")
    trace = at_p1([engine(crew=4), ladder], both, needs={"fire_attack": 1})

    assert [(e.capability, e.reason) for e in trace.of(NeedRaised)] == [
        ("fire_attack", "first_alarm"),
        ("ladder", "reinforcement"),
    ]
    assert trace.of(TaskStarted)[0].units == ("engine", "ladder")


def test_tasks_wait_for_those_before_them_and_independent_ones_run_side_by_side():
    trace = at_p1(
        [engine(crew=4)],
        task("size-up", work="4 min", min_crew=1),
        task("water", work="20 min", min_crew=2, after=["size-up"]),
        task("line", work="10 min", min_crew=2, after=["size-up"]),
        task("attack", work="16 min", min_crew=4, after=["water", "line"]),
    )

    begun = {e.task: e.t_s - AT_P1_S for e in trace.of(TaskStarted)}
    assert begun["size-up"] == pytest.approx(0)
    assert begun["water"] == begun["line"] == pytest.approx(4 * MIN)
    assert begun["attack"] == pytest.approx(14 * MIN)
    assert when(trace, IncidentClosed) == pytest.approx([AT_P1_S + 18 * MIN])


def test_people_who_become_idle_join_a_running_task():
    trace = at_p1(
        [engine(crew=4)],
        task("long", work="40 min", min_crew=2, useful_crew=4),
        task("short", work="10 min", min_crew=2, useful_crew=2),
    )

    assert when(trace, TaskFinished, task="short") == pytest.approx([AT_P1_S + 5 * MIN])
    changed = trace.of(TaskCrewChanged)[0]
    assert (changed.task, changed.people) == ("long", 4)
    assert when(trace, TaskFinished, task="long") == pytest.approx([AT_P1_S + 5 * MIN + 30 / 4 * MIN])


def test_a_unit_goes_when_no_task_is_left_that_it_can_do():
    medic = {"id": "medic", "capabilities": ["medical"], "crew": 2, "turnout": "1 min"}
    trace = at_p1(
        [engine(crew=4), medic],
        task("treat", capabilities=["medical"], work="10 min", min_crew=2),
        task("attack", work="80 min", min_crew=4),
    )

    assert when(trace, UnitReleased, unit="medic") == pytest.approx([AT_P1_S + 5 * MIN])
    assert when(trace, UnitReleased, unit="engine") == pytest.approx([AT_P1_S + 20 * MIN])


def test_a_unit_that_fits_no_task_stays_to_the_end():
    command = {"id": "command", "capabilities": ["command"], "crew": 3, "turnout": "1 min"}
    trace = at_p1([engine(crew=4), command], task(work="40 min", min_crew=4), needs={"fire_attack": 1, "command": 1})

    assert when(trace, UnitReleased, unit="command") == when(trace, UnitReleased, unit="engine")


def test_a_force_that_must_not_enter_danger_does_not_and_another_is_called():
    world = scenario(
        [fire("inc-1", "p1", tasks=[task(work="40 min", min_crew=4, danger=True)])],
        plan(
            station("village", "p1", engine("village", crew=6), force="micro_station"),
            station("west", "p0", engine("brigade", crew=4)),
        ),
    )
    trace = run(world)

    assert trace.of(TaskStarted)[0].units == ("brigade",)
    assert [e.unit for e in trace.of(UnitArrived)] == ["village", "brigade"]


def test_altitude_makes_the_same_work_longer():
    high = scenario(
        [fire("inc-1", "p1", tasks=[task(work="60 min")])],
        plan(station("west", "p0", engine())),
        nodes=places(p0=4290.0, p1=4290.0),
    )

    assert run(high).of(TaskStarted)[0].work_person_s == pytest.approx(60 * MIN * 1.40)


def test_work_that_is_drawn_is_the_same_for_every_plan_and_another_in_each_replication():
    spread = fire("inc-1", "p1", tasks=[task(work={"mean_s": "60 min", "cv": 1.0})])
    near = plan(station("west", "p0", engine()))
    far = plan(station("east", "p7", engine())) | {"id": "far"}
    world = scenario([spread], near, far)

    work = [run(world, p, replication=r).of(TaskStarted)[0].work_person_s for r in (0, 1) for p in ("plan", "far")]

    assert work[0] == work[1]
    assert work[2] == work[3]
    assert work[0] != work[2]


def burning(*, detection: str, **hazard) -> list[float]:
    """Return the work of the attack on a fire, detected so late, at p1."""
    world = scenario(
        [
            fire(
                "inc-1",
                "p1",
                discovery=detection,
                hazard="blaze",
                tasks=[task(work="60 min", min_crew=1, intervention="water_on")],
            )
        ],
        plan(station("west", "p0", engine())),
        hazards=[{"kind": "fire_growth", "id": "blaze", **hazard}],
    )
    trace = run(world)
    return [e.work_person_s for e in trace.of(TaskStarted)], [(e.stage, e.cause) for e in trace.of(HazardChanged)]


def test_a_fire_found_earlier_takes_less_work():
    slow = {"growth": "slow", "peak_kw": 50_000, "reference_kw": 0.00293 * 720**2}
    (early,), _ = burning(detection="0 min", **slow)  # water on after 12 min, 720 s
    (late,), _ = burning(detection="12 min", **slow)  # after 24 min: twice the age, four times the fire

    assert early == pytest.approx(60 * MIN)
    assert late == pytest.approx(4 * 60 * MIN)


def test_water_holds_the_fire_and_the_finished_attack_puts_it_out():
    _, stages = burning(detection="0 min", growth="slow", peak_kw=50_000)

    assert stages == [("growing", "onset"), ("attacked", "water_on"), ("out", "water_on")]


def test_nobody_comes_and_the_fire_runs_its_course():
    world = scenario(
        [fire("inc-1", "p1", hazard="blaze", tasks=[task(capabilities=["ladder"], intervention="water_on")])],
        plan(station("west", "p0", engine())),
        hazards=[{"kind": "fire_growth", "id": "blaze", "growth": "fast", "peak_kw": 1055, "burns_s": "1 h"}],
    )
    changes = [(round(e.t_s), e.stage) for e in run(world).of(HazardChanged)]

    assert changes == [(0, "growing"), (150, "fully_developed"), (3750, "burnt_out")]


def test_what_was_asked_for_is_taken_back_when_somebody_else_who_comes_can_do_it():
    tasks = [
        task("work", work="10 h"),
        task("search", capabilities=["rescue"]),
        task("shore", capabilities=["shoring"]),
    ]
    busy = fire("inc-0", "p7", needs={"shoring": 1}, tasks=[task("hold", capabilities=["shoring"], work="5 h")])
    able = [
        station("west", "p0", engine("a")),
        station("middle", "p3", engine("b", capabilities=["rescue", "shoring"])),
        station("east", "p7", engine("c", capabilities=["shoring"])),
    ]
    trace = run(scenario([busy, fire("inc-1", "p1", needs={"fire_attack": 1}, tasks=tasks)], plan(*able)))

    # a is there at 12 min and asks for both; b comes for the search, is there 21 min later, and can shore as well
    asked = [(e.slot, e.capability) for e in trace.of(NeedRaised) if e.reason == "reinforcement"]
    assert asked == [(1, "rescue"), (2, "shoring")]
    assert [(e.slot, e.t_s) for e in trace.of(NeedWithdrawn)] == [(2, pytest.approx(33 * MIN))]
    assert {e.incident for e in trace.of(UnitAssigned) if e.unit == "c"} == {"inc-0"}
