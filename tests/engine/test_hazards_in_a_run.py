"""What a hazard does to a run: it calls for tasks, halts work, holds an incident open, counts people, measures itself."""

import math
import sys
from dataclasses import dataclass, replace
from types import ModuleType
from typing import Literal

import pytest

from drillsim.base.errors import PluginError
from drillsim.engine import simulate
from drillsim.hazards import Hazard
from drillsim.incidents import Incident, IncidentKind, Occurrence, Task
from drillsim.scenario import plugins
from drillsim.trace.events import (
    AdvisoryIssued,
    HazardMeasured,
    IncidentClosed,
    PeopleChanged,
    SectionReported,
    TaskAdded,
    TaskCrewChanged,
    TaskFinished,
    TaskStarted,
    TaskWithdrawn,
)
from drillsim.world.advisory import Advisory, advisory_text
from tests.engine.conftest import MIN, engine, fire, plan, run, scenario, station
from tests.engine.test_response_chain import when
from tests.engine.test_scene_command import AT_P1_S


@dataclass(frozen=True)
class Trapped:
    trapped: int
    out: int
    wind_ms: float
    halted_until_s: float = 0.0
    due_s: float = math.inf


class Collapse(Hazard):
    """Three people trapped; one more task per person, an aftershock, a wind that counts."""

    kind: Literal["collapse_of_tests"] = "collapse_of_tests"
    reported = False
    aftershock_s: float = math.inf
    model_config = {"allow_inf_nan": True}

    def begin(self, t_s, world):
        return Trapped(3, 0, world.weather.wind_ms, due_s=self.aftershock_s)

    def stage(self, state):
        return "halted" if state.halted_until_s else "trapped"

    def next_change_s(self, state):
        return state.due_s

    def advance(self, state, t_s):
        if state.halted_until_s:
            return replace(state, halted_until_s=0.0, due_s=math.inf)
        return replace(state, halted_until_s=t_s + 600, due_s=t_s + 600)

    def intervene(self, state, t_s, intervention):
        if intervention.name == "dig_out" and intervention.phase == "end":
            return replace(state, trapped=state.trapped - 1, out=state.out + 1)
        return state

    def weather_changed(self, state, t_s, weather):
        return replace(state, wind_ms=weather.wind_ms)

    def speed_factors(self, state, ground):
        return {"p2--p3:G1": 0.0}

    def tasks(self, state, incident):
        if state.wind_ms > 20:
            return ()
        return tuple(
            Task(id=f"dig-{n}", capabilities=["fire_attack"], work=600, danger=True, intervention="dig_out")
            for n in range(state.out, 3)
        )

    def holds_open(self, state, incident):
        return state.trapped > 0 and state.wind_ms <= 20

    def withdrawal_signal(self, state):
        return state.halted_until_s > 0

    def people(self, state):
        return {"trapped": state.trapped, "alive": state.out}

    def measures(self, state, t_s):
        return {"wind_ms": state.wind_ms}


class Town(IncidentKind):
    """Brings its own hazard."""

    kind: Literal["town_of_tests"] = "town_of_tests"
    aftershock_s: float = math.inf
    fails: bool = False
    model_config = {"allow_inf_nan": True}

    def occur(self, world):
        if self.fails:
            raise ZeroDivisionError("by nothing")
        look = Task(id="look", capabilities=["fire_attack"], work=60)
        incident = Incident(
            id=f"{self.id}-1", node="p1", type="collapse", starts_at_s=0, tasks=(look,), hazard=f"{self.id}-hazard"
        )
        hazard = Collapse(id=f"{self.id}-hazard", aftershock_s=self.aftershock_s)
        return Occurrence(
            (incident,), (hazard,), (Advisory.of("said", en="outside the range of nothing", zh="未超范围"),)
        )


@pytest.fixture(autouse=True)
def known(monkeypatch):
    """Let the two classes above be found as plug-ins."""
    module = ModuleType("drillsim_of_tests")
    monkeypatch.setitem(sys.modules, module.__name__, module)
    extra = {"hazards": {"collapse_of_tests": Collapse}, "incidents": {"town_of_tests": Town}}
    real = plugins.kinds

    def kinds(folder):
        return {**real(folder), **extra.get(folder, {})}

    monkeypatch.setattr(plugins, "kinds", kinds)


def town(**more):
    return scenario(
        [{"kind": "town_of_tests", "id": "town", **more.pop("town", {})}],
        plan(station("west", "p0", engine(crew=1))),
        **more,
    )


def test_a_hazard_calls_for_tasks_that_are_done_one_after_the_other_and_counts_people():
    trace = run(town())

    assert [e.task for e in trace.of(TaskAdded)] == ["dig-0", "dig-1", "dig-2"]
    assert when(trace, TaskFinished) == pytest.approx([AT_P1_S + s for s in (60, 660, 1260, 1860)])
    assert [e.counts for e in trace.of(PeopleChanged)] == [(3, 0), (2, 1), (1, 2), (0, 3)]
    assert when(trace, IncidentClosed) == pytest.approx([AT_P1_S + 1860])
    assert [(e.source, e.text) for e in trace.of(AdvisoryIssued)] == [("town", "outside the range of nothing")]
    assert [advisory_text(e, "zh") for e in trace.of(AdvisoryIssued)] == ["未超范围"]


def test_an_aftershock_halts_dangerous_work_for_as_long_as_the_hazard_says():
    trace = run(town(town={"aftershock_s": AT_P1_S + 120}))

    assert [(e.t_s - AT_P1_S, e.at_work) for e in trace.of(TaskCrewChanged)] == [
        (pytest.approx(120), 0),
        (pytest.approx(720), 1),
    ]
    assert when(trace, IncidentClosed) == pytest.approx([AT_P1_S + 1860 + 600])


def test_weather_reaches_a_hazard_and_tasks_that_it_no_longer_calls_for_are_withdrawn():
    storm = {"id": "storm", "at_s": AT_P1_S + 120, "text": "Storm", "weather": {"wind_ms": 25}}
    trace = run(town(injects=[storm]))

    assert [e.task for e in trace.of(TaskWithdrawn)] == ["dig-0", "dig-1", "dig-2"]
    assert [e.values for e in trace.of(HazardMeasured)] == [(2.0,), (25.0,)]
    assert when(trace, IncidentClosed) == pytest.approx([AT_P1_S + 120])


def test_roads_that_an_unreported_hazard_closes_are_found_by_whoever_comes_to_them():
    world = scenario(
        [{"kind": "town_of_tests", "id": "town"}, fire("far", "p5", "2 h")], plan(station("west", "p0", engine()))
    )
    trace = run(world)

    reports = trace.of(SectionReported)
    assert [(e.section, e.reported_by) for e in reports] == [("p2--p3:G1", "engine")]
    assert reports[0].t_s > 2 * 3600


def test_a_kind_that_fails_is_named_and_so_is_a_hazard_that_loses_people(monkeypatch):
    with pytest.raises(
        PluginError, match=r"'town' \(town_of_tests\) failed: ZeroDivisionError: by nothing \(.*\.py:\d+\)"
    ):
        simulate(town(town={"fails": True}), town().plan(), seed=1)
    monkeypatch.setattr(Collapse, "people", lambda _, state: {"trapped": state.trapped})
    with pytest.raises(PluginError, match="lost or made people"):
        run(town())


def test_a_hazard_that_changes_without_end_at_one_moment_stops_the_run_and_is_named(monkeypatch):
    monkeypatch.setattr(Collapse, "next_change_s", lambda *_: 0.0)
    monkeypatch.setattr(Collapse, "advance", lambda _, state, *__: state)

    with pytest.raises(PluginError, match=r"'town-hazard' \(collapse_of_tests\) has changed 2000 times at 0 s"):
        run(town())


def test_tasks_of_the_incident_and_of_its_hazard_run_side_by_side():
    world = scenario(
        [{"kind": "town_of_tests", "id": "town"}],
        plan(station("west", "p0", engine(crew=4))),
    )
    trace = run(world)

    assert when(trace, TaskStarted) == pytest.approx([AT_P1_S] * 4)
    assert when(trace, IncidentClosed) == pytest.approx([AT_P1_S + 10 * MIN])
