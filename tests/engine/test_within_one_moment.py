"""The order of things in one moment: each row of docs/explanation/within-one-moment.md."""

import math
from typing import Literal

import pytest

from drillsim.hazards import Hazard
from drillsim.physics.blast.explosion import Explosion
from drillsim.trace.events import InjectDelivered, UnitArrived, UnitEnRoute
from drillsim.world.advisory import Advisory
from drillsim.world.exclusion import Exclusion
from drillsim.world.task import Task
from tests.engine import conftest
from tests.engine.conftest import MIN, STEP_S, engine, fire, plan, run, scenario, station, task

pytestmark = pytest.mark.usefixtures("hazards_of_tests")

HERE = Explosion(lat_deg=36.0, lon_deg=100.0, tnt_kg=1.0)


class Turning(Hazard):
    """It turns worse once: at its time, when its task is done, or when another explodes; then it does everything."""

    kind: Literal["turning_of_tests"] = "turning_of_tests"
    turns_s: float = math.inf
    closes: str = ""
    closes_in: tuple[str, ...] = ("worse", "worst")
    slows: str = ""
    model_config = {"allow_inf_nan": True}

    def begin(self, t_s, world):
        return "calm"

    def stage(self, state):
        return state

    def next_change_s(self, state):
        return self.turns_s if state == "calm" else math.inf

    def advance(self, state, t_s):
        return "worse"

    def intervene(self, state, t_s, intervention):
        return "worse" if intervention.phase == "end" else state

    def hit_by(self, state, t_s, explosion):
        return {"calm": "worse", "worse": "worst"}.get(state, state)

    def people(self, state):
        return {"well": 2} if state == "calm" else {"well": 1, "hurt": 1}

    def measures(self, state, t_s):
        return {"heat_kw": 1.0 if state == "calm" else 2.0}

    def advisories(self, state):
        return () if state == "calm" else (Advisory.of("said", en="It is worse.", zh="变坏。"),)

    def speed_factors(self, state, ground):
        return {self.slows: 0.5} if self.slows and state != "calm" else {}

    def exclusion(self, state, ground):
        zone = {self.closes: 3} if self.closes and state in self.closes_in else {}
        return Exclusion(places=zone, places_ahead=zone)

    def tasks(self, state, incident):
        return () if state == "calm" else (Task(id="extra", capabilities=("fire_attack",), work=60),)

    def explosions(self, state):
        return () if state == "calm" else (HERE,)


@pytest.fixture(autouse=True)
def turning(monkeypatch):
    monkeypatch.setitem(conftest.HAZARDS_OF_TESTS, "turning_of_tests", Turning)


def turning_hazard(name, at=0, **more):
    return {"kind": "turning_of_tests", "id": name, "starts_at_s": at, **more}


def moment(trace, t_s):
    """Return what is said at a moment: kind of event, and whom it is about."""
    names = ("unit", "hazard", "incident", "section", "source", "inject", "recon", "wave")
    return [
        (type(e).__name__, next((getattr(e, name) for name in names if hasattr(e, name)), ""))
        for e in trace.events
        if e.t_s == pytest.approx(t_s)
    ]


def test_a_hazard_that_becomes_another_says_so_in_one_order_and_zones_and_scenes_come_last():
    guard, worker, runner = (
        station(name, node, engine(f"{name}-1", capabilities=[able]))
        for name, node, able in (("guard", "p0", "command"), ("work", "p2", "fire_attack"), ("run", "p3", "shoring"))
    )
    site = fire("site", "p2", hazard="fumes", tasks=[task(work="5 h")])
    far = fire("far", "p7", tasks=[task("prop", capabilities=["shoring"])])
    fumes = turning_hazard("fumes", turns_s=5 * MIN, closes="p0", slows="p4--p5:G1")
    trace = run(scenario([site, far], plan(guard, worker, runner), hazards=[fumes, turning_hazard("other")]))

    assert moment(trace, 5 * MIN) == [
        ("HazardChanged", "fumes"),
        ("PeopleChanged", "fumes"),
        ("HazardMeasured", "fumes"),
        ("AdvisoryIssued", "fumes"),
        ("ZonesChanged", "fumes"),
        ("SectionChanged", "p4--p5:G1"),
        ("SectionReported", "p4--p5:G1"),
        ("UnitRerouted", "run-1"),
        ("HazardChanged", "other"),  # by the explosion, before anything that was put off
        ("PeopleChanged", "other"),
        ("HazardMeasured", "other"),
        ("AdvisoryIssued", "other"),
        ("HazardChanged", "fumes"),  # by the explosion of the other one, before the first has had its say
        ("UnitEnRoute", "guard-1"),  # put off: who stands in the zone leaves
        ("TaskAdded", "site"),  # put off: the scene
        ("TaskWaiting", "site"),
    ]


def test_a_scene_says_what_was_done_the_hazard_answers_at_once_and_its_zone_comes_after_the_scene():
    site = fire("site", "p2", hazard="fumes", tasks=[task(work="10 min", intervention="douse")])
    west = station("west", "p2", engine())
    trace = run(scenario([site], plan(west), hazards=[turning_hazard("fumes", closes="p2")]))

    assert moment(trace, 12 * MIN) == [
        ("TaskFinished", "site"),
        ("HazardChanged", "fumes"),
        ("PeopleChanged", "fumes"),
        ("HazardMeasured", "fumes"),
        ("AdvisoryIssued", "fumes"),
        ("ZonesChanged", "fumes"),
        ("TaskAdded", "site"),  # the scene goes on where it was
        ("TaskStarted", "site"),
        ("TaskCrewChanged", "site"),  # put off: who works in the zone leaves
        ("UnitWithdrawn", "engine"),
        ("UnitEnRoute", "engine"),
    ]


def test_a_zone_that_comes_by_way_of_an_explosion_drives_units_out_before_the_scene_goes_on():
    site = fire("site", "p2", hazard="fumes", tasks=[task(work="5 h")])
    fumes = turning_hazard("fumes", turns_s=20 * MIN, closes="p2", closes_in=["worst"])
    trace = run(scenario([site], plan(station("west", "p2", engine())), hazards=[fumes, turning_hazard("other")]))
    told = [name for name, _ in moment(trace, 20 * MIN)]

    assert told.index("ZonesChanged") < told.index("UnitWithdrawn") < told.index("TaskAdded")


def test_a_look_at_a_scene_mans_tasks_says_what_waits_and_what_is_there_and_asks_for_more():
    west = station("west", "p0", engine(carries={"foam_l": 100}), engine("rescue", capabilities=["shoring"]))
    tasks = [task(), task("prop", capabilities=["shoring"])]
    trace = run(scenario([fire("site", "p1", needs={"fire_attack": 1}, tasks=tasks)], plan(west)))

    assert moment(trace, 2 * MIN + STEP_S) == [
        ("UnitArrived", "engine"),
        ("TaskStarted", "site"),
        ("TaskWaiting", "site"),
        ("SupplyChanged", "site"),
        ("NeedRaised", "site"),
        ("UnitAssigned", "rescue"),  # the event is over, and it brought news
    ]


def test_the_policy_is_asked_when_an_event_is_over_and_whoever_it_sends_never_set_off_for_home():
    both = plan(station("west", "p2", engine("a"), engine("b")))
    first = fire("first", "p2", needs={"fire_attack": 2}, tasks=[task(work="20 min", min_crew=2)])
    trace = run(scenario([first, fire("next", "p2", at="5 min")], both))

    assert moment(trace, 2 * MIN + 10 * MIN) == [
        ("TaskFinished", "first"),
        ("IncidentClosed", "first"),
        ("UnitReleased", "a"),
        ("UnitReleased", "b"),
        ("UnitAssigned", "a"),  # both were free when it was asked
        ("UnitHome", "b"),  # it stands at its station
        ("UnitEnRoute", "a"),  # the next incident is here as well
        ("UnitArrived", "a"),
        ("TaskStarted", "next"),
    ]
    assert [e.unit for e in trace.of(UnitEnRoute) if e.purpose == "return"] == []


def test_injects_of_one_moment_are_delivered_by_id():
    notes = [{"id": name, "at_s": "1 h", "text": "Report"} for name in ("c", "a", "b")]
    trace = run(scenario([], plan(station("west", "p0", engine())), injects=notes))

    assert [e.inject for e in trace.of(InjectDelivered)] == ["a", "b", "c"]


def test_startex_begins_with_the_units_then_who_sets_off_at_once_then_incidents_weather_injects_hazards_waves():
    look = {"id": "look", "at_s": 0, "base": "p0", "around": "p0", "radius_km": 1}
    order = {"id": "first", "units": ["engine"], "destination": "forward", "ordered_by": "Province", "at_s": 0}
    prepared = plan(
        station("west", "p0", engine()), staging_areas=[{"id": "forward", "node": "p4"}], waves=[order], recon=[look]
    )
    note = {"id": "note", "at_s": 0, "text": "Report"}
    world = scenario([fire("one", "p1")], prepared, injects=[note], hazards=[turning_hazard("fumes")])

    assert [said for said in moment(run(world), 0) if said[0] in {
        "UnitOnDuty", "ReconDeparted", "IncidentStarted", "WeatherChanged", "InjectDelivered", "HazardChanged",
        "WaveOrdered",
    }] == [
        ("UnitOnDuty", "engine"),
        ("ReconDeparted", "look"),
        ("IncidentStarted", "one"),
        ("WeatherChanged", ""),
        ("InjectDelivered", "note"),
        ("HazardChanged", "fumes"),
        ("WaveOrdered", "first"),
    ]  # fmt: skip


@pytest.mark.parametrize(("endex_s", "arrived"), [(2 * MIN + STEP_S, 0), (2 * MIN + STEP_S + 0.001, 1)])
def test_what_is_due_at_endex_does_not_happen(one_engine, endex_s, arrived):
    trace = run(scenario([fire("near", "p1")], one_engine, ends_at_s=endex_s))

    assert len(trace.of(UnitArrived)) == arrived
