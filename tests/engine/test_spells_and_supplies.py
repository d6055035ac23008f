"""Shifts and air, ways to the work, crews that stay together, water and foam that come and go."""

import pytest

from drillsim.engine.scene import Scene
from drillsim.engine.task_progress import Crew
from drillsim.trace.events import (
    NeedRaised,
    NeedWithdrawn,
    PeopleRelieved,
    SupplyChanged,
    TaskCrewChanged,
    TaskFinished,
    TaskStarted,
    TaskWaiting,
    UnitAssigned,
)
from drillsim.world.task import Task
from tests.engine.conftest import MIN, engine, fire, plan, run, scenario, station, task
from tests.engine.test_response_chain import when
from tests.engine.test_scene_command import AT_P1_S, at_p1


def test_who_is_put_on_a_task_walks_to_it_first():
    trace = at_p1([engine(crew=4)], task(work="40 min", min_crew=4, access="5 min"))

    assert (trace.of(TaskStarted)[0].people, trace.of(TaskStarted)[0].at_work) == (4, 0)
    assert [(e.t_s - AT_P1_S, e.at_work) for e in trace.of(TaskCrewChanged)] == [(pytest.approx(5 * MIN), 4)]
    assert when(trace, TaskFinished) == pytest.approx([AT_P1_S + 15 * MIN])


def test_a_spell_that_is_over_is_followed_by_rest_and_work_stands_still_without_relief():
    shift = {"work_s": "20 min", "rest_s": "10 min"}
    trace = at_p1([engine(crew=4)], task(work="160 min", min_crew=4, spell=shift))

    assert [(e.t_s - AT_P1_S, e.people) for e in trace.of(PeopleRelieved)] == [(pytest.approx(20 * MIN), 4)]
    assert [(e.t_s - AT_P1_S, e.at_work) for e in trace.of(TaskCrewChanged)] == [
        (pytest.approx(20 * MIN), 0),
        (pytest.approx(30 * MIN), 4),
    ]
    assert when(trace, TaskFinished) == pytest.approx([AT_P1_S + 50 * MIN])
    assert [e.reason for e in trace.of(NeedRaised)] == ["first_alarm", "relief"]


def test_who_needs_no_rest_goes_in_again_at_once_and_the_work_does_not_stand_still():
    trace = at_p1([engine(crew=4)], task(work="160 min", min_crew=4, spell={"work_s": "20 min"}))

    assert [e.t_s - AT_P1_S for e in trace.of(PeopleRelieved)] == pytest.approx([20 * MIN])
    assert trace.of(TaskCrewChanged) == ()
    assert when(trace, TaskFinished) == pytest.approx([AT_P1_S + 40 * MIN])


def test_idle_people_relieve_those_whose_spell_is_over_at_once():
    shift = {"work_s": "20 min", "rest_s": "20 min"}
    trace = at_p1([engine(crew=8)], task(work="160 min", min_crew=4, spell=shift))

    assert when(trace, TaskFinished) == pytest.approx([AT_P1_S + 40 * MIN])
    assert [e.reason for e in trace.of(NeedRaised)] == ["first_alarm"]


def test_without_an_air_set_for_each_of_the_minimum_crew_nobody_goes_in():
    spell = {"work_s": "20 min", "supply": "air_set"}
    bare = at_p1([engine(crew=4, carries={"air_set": 3})], task(work="40 min", min_crew=4, spell=spell))
    kitted = at_p1([engine(crew=4, carries={"air_set": 4})], task(work="40 min", min_crew=4, spell=spell))

    assert bare.of(TaskStarted) == ()
    assert (bare.of(TaskWaiting)[0].lacking, bare.of(TaskWaiting)[0].people) == ("crew", 3)
    assert when(kitted, TaskFinished) == pytest.approx([AT_P1_S + 10 * MIN])
    assert [(e.supply, e.amount) for e in kitted.of(SupplyChanged)] == [("air_set", 0)]


def test_air_sets_that_are_used_up_are_brought_by_another_unit():
    spell = {"work_s": "20 min", "supply": "air_set"}
    units = [engine(name, crew=4, carries={"air_set": 4}) for name in ("one", "two")]
    tasks = [
        task("first", work="40 min", min_crew=4, spell=spell),
        task("then", work="40 min", min_crew=4, spell=spell, after=["first"]),
    ]
    trace = at_p1(units, *tasks, needs={"fire_attack": 1})

    assert [e.reason for e in trace.of(NeedRaised)] == ["first_alarm", "resupply"]
    assert when(trace, TaskFinished) == pytest.approx([AT_P1_S + 10 * MIN, AT_P1_S + 31 * MIN])


def test_a_unit_under_way_that_carries_none_does_not_count_as_bringing_air_sets():
    spell = {"work_s": "20 min", "supply": "air_set"}
    near = [engine(name, crew=4, carries={"air_set": 4}) for name in ("one", "two")]
    ladder = engine("ladder", capabilities=["ladder"], turnout="5 h")
    tasks = [
        task("first", work="40 min", min_crew=4, spell=spell),
        task("then", work="40 min", min_crew=4, spell=spell, after=["first"]),
    ]
    site = fire("fire", "p1", needs={"fire_attack": 1, "ladder": 1}, tasks=tasks)
    trace = run(scenario([site], plan(station("west", "p0", *near, ladder))))

    needs = [(e.reason, e.t_s) for e in trace.of(NeedRaised) if e.reason != "first_alarm"]
    assert needs == [("resupply", pytest.approx(AT_P1_S + 10 * MIN))]


def test_a_crew_that_stays_together_is_not_split_over_two_tasks():
    tasks = [task(name, work="40 min", min_crew=3, useful_crew=5, one_unit=True) for name in ("first", "second")]
    trace = at_p1([engine(crew=6)], *tasks)

    assert [(e.task, e.people) for e in trace.of(TaskStarted)] == [("first", 5), ("second", 5)]
    assert when(trace, TaskFinished) == pytest.approx([AT_P1_S + 8 * MIN, AT_P1_S + 16 * MIN])


def test_a_crew_that_must_stay_together_is_not_made_up_of_two_units():
    units = [engine("a", crew=3), engine("b", crew=3), engine("c", crew=5)]
    trace = at_p1(units, task(work="40 min", min_crew=4, one_unit=True), needs={"fire_attack": 2})

    assert trace.of(TaskStarted)[0].units == ("c",)
    assert trace.of(TaskStarted)[0].people == 4


def test_foam_that_runs_out_stops_the_work_until_more_comes():
    """600 l at 1 l/s last 10 min; another unit brings as much, later."""
    first = engine("a", crew=4, carries={"foam_l": 600})
    second = engine("b", crew=4, carries={"foam_l": 600}, turnout="21 min")
    trace = at_p1([first, second], task(work="60 min", min_crew=4, uses={"foam_l": 1.0}), needs={"fire_attack": 2})

    assert [(e.t_s - AT_P1_S, e.at_work) for e in trace.of(TaskCrewChanged)] == [
        (pytest.approx(10 * MIN), 0),
        (pytest.approx(20 * MIN), 4),
    ]
    assert trace.of(TaskWaiting)[0].lacking == "foam_l"
    assert when(trace, TaskFinished) == pytest.approx([AT_P1_S + 25 * MIN])


def test_a_task_that_brings_water_feeds_one_that_uses_it():
    """A relay of 10 l/s from the start is enough for a line of 8 l/s, and not for one of 12 l/s."""
    relay = task("relay", work="200 min", min_crew=2, yields={"water_l": 10.0})
    enough = at_p1([engine(crew=4)], relay, task("line", work="20 min", min_crew=2, uses={"water_l": 8.0}))
    thirsty = at_p1([engine(crew=4)], relay, task("line", work="20 min", min_crew=2, uses={"water_l": 12.0}))

    assert when(enough, TaskFinished, task="line") == pytest.approx([AT_P1_S + 10 * MIN])
    # 720 l must come before it begins; they and the inflow last 360 s; then it waits 72 s, for what lasts 360 s again
    begun = [e.t_s - AT_P1_S for e in thirsty.of(TaskStarted) if e.task == "line"]
    assert begun == pytest.approx([72])
    assert when(thirsty, TaskFinished, task="line") == pytest.approx([AT_P1_S + 72 + 600 + 72])


def scene(*tasks, people=4):
    made = Scene(tuple(Task(id=name, capabilities=["work"], work=60, **more) for name, more in tasks))
    made.crews["u"] = Crew("u", people, frozenset({"work"}), enters_danger=True)
    return made


def test_a_halt_stops_dangerous_work_and_leaves_the_rest_alone():
    here = scene(("in", {"danger": True, "min_crew": 2}), ("out", {"min_crew": 2}))
    here.begin_ready(lambda _: 120.0)
    here.settle()
    here.halted = True
    here.settle()

    assert [p.at_work for p in here.progress.values()] == [0, 2]
    assert here.standstill(here.progress["in"]).lacking == "halt"


def test_a_task_that_the_hazard_no_longer_calls_for_frees_its_people_and_holds_up_nobody():
    here = scene(("after", {"after": ["extra"]}), people=1)
    extra = Task(id="extra", capabilities=["work"], work=600)
    new, _ = here.call_for((extra,))
    here.begin_ready(lambda _: 600.0)
    assert [p.task.id for p in new] == ["extra"]
    assert here.progress["extra"].crew == 1

    _, gone = here.call_for(())
    begun = here.begin_ready(lambda _: 60.0)

    assert [p.task.id for p in gone] == ["extra"]
    assert [p.task.id for p in begun] == ["after"]


def test_what_is_left_of_a_search_is_less_once_smoke_clears_but_those_it_carries_are_no_lighter():
    here = scene(people=2)
    smoky, clear = (
        Task(id="search", capabilities=["work"], min_crew=2, work=s, intervention="search") for s in (400, 100)
    )
    carry_s = 200  # of people whom the search brings out, in smoke or not

    def factor(task):
        return 1 + carry_s / task.work.typical_s

    here.call_for((smoky,), factor)
    here.progress["search"].hazard_factor = factor(smoky)
    here.begin_ready(lambda p: p.task.work.typical_s * p.hazard_factor)
    here.settle()
    here.advance(150.0)  # by two people: 300 of 600 person-seconds, so half of the clear search is left
    here.call_for((clear,), factor)

    assert here.progress["search"].left_person_s == pytest.approx(0.5 * (100 + carry_s))
    assert here.progress["search"].work_person_s == pytest.approx(300 + 150)
    assert [p.task.id for p in here.redefined()] == ["search"]
    assert here.redefined() == []


def test_a_need_for_foam_stands_while_all_who_carry_it_are_busy_and_is_met_when_one_is_free():
    """The carrier works elsewhere, two hours for its eight people; then it comes."""
    first = fire("other", "p0", tasks=[task(work="16 h", capabilities=["ladder"])])
    tank = fire("tank", "p1", tasks=[task(work="40 min", uses={"foam_l": 1})], needs={"fire_attack": 1})
    carrier = engine("tanker", crew=8, capabilities=["fire_attack", "ladder"], carries={"foam_l": 5000})
    trace = run(scenario([first, tank], plan(station("west", "p0", engine("one"), carrier))))

    asked = [(e.reason, e.t_s) for e in trace.of(NeedRaised) if e.incident == "tank"]
    assert [reason for reason, _ in asked] == ["first_alarm", "resupply"]
    assert [e for e in trace.of(NeedWithdrawn) if e.incident == "tank"] == []
    freed = next(e.t_s for e in trace.of(TaskFinished) if e.incident == "other")
    sent = [(e.unit, e.t_s) for e in trace.of(UnitAssigned) if e.incident == "tank"]
    assert sent == [("one", pytest.approx(asked[0][1])), ("tanker", pytest.approx(freed))]
    assert len([e for e in trace.of(TaskStarted) if e.incident == "tank"]) == 1


def test_a_unit_that_is_nearer_and_carries_none_is_not_sent_for_foam():
    tank = fire("tank", "p1", tasks=[task(work="40 min", uses={"foam_l": 1})], needs={"fire_attack": 1})
    near = [engine("one"), engine("two")]
    far = station("far", "p5", engine("tanker", carries={"foam_l": 5000}))
    trace = run(scenario([tank], plan(station("west", "p0", *near), far)))

    assert [e.unit for e in trace.of(UnitAssigned)] == ["one", "tanker"]
