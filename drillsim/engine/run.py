"""One run: the mutable state of a replication and the operations on it that all of the engine shares."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import simpy

from drillsim.base.clock import clock_hour
from drillsim.base.quantities import Duration
from drillsim.dispatch import Need
from drillsim.engine.candidate import UnitCandidate
from drillsim.engine.process import Process, ProcessRun
from drillsim.engine.road_knowledge import RoadKnowledge
from drillsim.engine.stretch import Stretch
from drillsim.scenario.plan import Plan, Unit
from drillsim.scenario.scenario import Scenario
from drillsim.trace.events import Event
from drillsim.world.random_streams import RandomStreams
from drillsim.world.weather import Weather
from drillsim.world.world import World

if TYPE_CHECKING:
    from drillsim.engine.hazard import HazardRun
    from drillsim.engine.incident import IncidentState
    from drillsim.engine.supplies import SelfSupply
    from drillsim.engine.travel import Mover
    from drillsim.engine.wave import WaveRun

Status = Literal["standby", "assigned", "en_route", "on_scene", "returning", "with_wave", "trapped", "out_of_service"]


Place = tuple[tuple[float, ...], str, int]
"""Sort key of an open need: rank, incident, slot."""


Wanted = tuple[str, bool, str]
"""What a need wants of a unit: a capability, whether it goes into danger, and a supply on board or an empty name."""


def wanted(need: Need) -> Wanted:
    """Return what a need wants of a unit."""
    return need.capability, need.danger, need.supply


def _place_of(item: tuple[Place, Need]) -> Place:
    return item[0]


FREE = frozenset({"standby", "returning"})


@dataclass(slots=True, eq=False)
class UnitState:
    """One unit: where it is, what it does, and what it was ordered to do.

    A unit carries out one order at a time, as a process; :meth:`obey` replaces it. Only units whose ``status`` is in
    ``FREE`` can be dispatched.
    """

    spec: Unit
    status: Status
    node: str
    """Place where it is or was last; while it is travelling, its ``journey`` knows."""
    home: str
    """Station or staging area it goes back to."""
    home_node: str
    dispatchable: bool
    """Whether policies may send it."""
    candidate: UnitCandidate
    """Its view for dispatch policies."""
    reach_s: float
    """Longest travel time to an incident to which its force sends it. [s]"""
    enters_danger: bool
    """Whether its people do dangerous tasks."""
    protection: int
    """Highest grade of exclusion zone that it may pass through."""
    locality: str | None = None
    """Village or quarter where it is, off the road network; None on the road."""
    away_s: float = 0.0
    """Walking time from where it works back to its node on the road network. [s]"""
    process: ProcessRun | None = None
    """The process that carries out its latest order."""
    incident: str = ""
    need: Need | None = None
    """The need that it was last sent to meet."""
    journey: Mover | None = None
    """Its journey, while it is under way."""
    stretch: Stretch | None = None
    """The section that it is on between two journeys: it has just got another order, or has broken down there."""
    wave: Callable[[UnitState], None] | None = None
    """Callback of the wave that waits for it to become free."""
    marches_with: WaveRun | None = None
    """The wave that it belongs to, from the order until it is in place."""
    back_s: float = 0.0
    """When it is repaired, while it is out of service; ``inf`` if not before ENDEX. [s after STARTEX]"""
    stranded: bool = False
    """Whether it has broken down where a zone does not let it stay."""

    supplies: SelfSupply | None = None
    """Its self-supply away from home; None if that is not modelled."""
    high_since_s: float | None = None
    """When it first reached a place much higher than its home. [s after STARTEX]"""
    loaded: bool = True
    """Whether the supplies it carries are still on board."""

    @property
    def capabilities(self) -> frozenset[str]:
        """Capabilities of its people and equipment."""
        return self.candidate.able_to

    def unload(self) -> Mapping[str, float]:
        """Return the supplies it unloads at a scene: all it carries, but only once until it is home again."""
        carried, self.loaded = (self.spec.carries if self.loaded else {}), False
        return carried

    def obey(self, process: ProcessRun) -> None:
        """Carry out a new order; the process of the previous one is cancelled."""
        # A process and no Wakeup: an order is several waits one after the other (turnout, journey, walk to the scene).
        self.stop()
        self.process = process

    def stop(self) -> None:
        """Carry out no order any more."""
        if self.process is not None:
            self.process.cancel()
        self.process = None


class Run:
    """One replication of one plan: the clock, the queue of needs, and every part that changes.

    Life: :func:`drillsim.engine.simulation.simulate` makes it, fills in units, incidents and hazards, schedules what
    begins by itself, lets it :meth:`go` to ENDEX, takes its ``events`` as the trace and dissolves it. It is passed to
    every function of the engine; nothing outlives it but the events.
    """

    def __init__(self, scenario: Scenario, plan: Plan, streams: RandomStreams, roads: RoadKnowledge) -> None:
        self.env = simpy.Environment(initial_time=0.0)
        self.scenario = scenario
        self.plan = plan
        self.streams = streams
        self.roads = roads
        self.events: list[Event] = []
        self.record: Callable[[Event], None] = self.events.append
        """Writes an event into the trace."""
        self.units: dict[str, UnitState] = {}
        self.able: dict[str, list[UnitState]] = {}
        """By capability, the units that have it and a crew, in order of unit id."""
        self.incidents: dict[str, IncidentState] = {}
        self.called: dict[str, simpy.Event] = {}
        """By id of a scenario kind or incident: happens at the first call that it causes."""
        self.open_incidents: dict[str, IncidentState] = {}
        """Open incidents, to which units may be sent: call handled, not ended."""
        self.hazards: dict[str, HazardRun] = {}
        self.comms_outages: list[HazardRun] = []
        """The hazards that can cut communications."""
        self.at_node: dict[str, list[IncidentState]] = {}
        """By place, the incidents there."""
        self.about_section: dict[str, list[IncidentState]] = {}
        """By road section, the incidents on it."""
        self.journeys: dict[Mover, None] = {}
        """Units and columns under way, in order of departure; a dict because it keeps that order."""
        self.weather: Weather = scenario.weather
        self.world = World(scenario.ground, streams, scenario.startex, scenario.ends_at_s, scenario.weather)
        self.queue: list[tuple[Place, Need]] = []
        """Open needs in the order in which they are served; the policy ranks each once, when it is raised."""
        self.open_needs: Counter[Wanted] = Counter()
        """Number of open needs by what they want."""
        self.asked_again: set[tuple[str, int]] = set()
        self._has_news = False

    @property
    def now(self) -> float:
        """Present time. [s after STARTEX]"""
        return self.env.now

    def at(self, t_s: float, action: Callable[[], None]) -> None:
        """Call *action* at the moment *t_s*; if that is now or has passed, later in this moment, after what is due."""
        timeout = self.env.timeout(max(0.0, t_s - self.now))
        timeout.callbacks.append(lambda _: action())

    def wait(self, s: float) -> Process:
        """Wait *s* seconds; return at once if it is 0. [s]"""
        if s > 0:
            yield self.env.timeout(s)

    def draw_s(self, duration: Duration, *name: str | int) -> float:
        """Draw a duration from the named random stream; a constant one makes no stream. [s]"""
        return duration.typical_s if duration.fixed else duration.draw(self.streams.once(*name))

    def enqueue(self, need: Need) -> None:
        """Queue an open need; that is news."""
        insort(self.queue, (self._place(need), need), key=_place_of)
        self.open_needs[wanted(need)] += 1
        self.news()

    def withdraw(self, need: Need) -> None:
        """Remove a need from the queue: it is met or withdrawn."""
        del self.queue[bisect_left(self.queue, self._place(need), key=_place_of)]
        self.open_needs[wanted(need)] -= 1

    def _place(self, need: Need) -> Place:
        return self.plan.dispatch.rank(need), need.call.incident, need.slot

    def news(self) -> None:
        """Mark that a fact that policies decide by has changed; the policy is asked after the present event."""
        self._has_news = True

    def go(self, until_s: float, ask_policy: Callable[[], None]) -> None:
        """Process events due before *until_s* one by one; ask the policy after each that brought news."""
        while self.env.peek() < until_s:
            self.env.step()
            if self._has_news:
                self._has_news = False
                ask_policy()

    def order_delay_s(self, node: str) -> float:
        """Return the delay of an order to a station because of communication outages: the worst of them. [s]"""
        begun = (outage for outage in self.comms_outages if outage.begun)
        return max((outage.hazard.order_delay_s(outage.state, self.now, node) for outage in begun), default=0.0)

    def begin(self, process: Process) -> ProcessRun:
        """Start a process at the present moment."""
        return ProcessRun(self.env, process)

    def dissolve(self) -> None:
        """Break the reference cycles, so that memory is freed without the garbage collector; the run is over."""
        for state in self.incidents.values():
            del state.work
        for unit in self.units.values():
            unit.process = unit.journey = unit.wave = unit.marches_with = unit.supplies = None
        for part in (self.env, self.roads, self):
            part.__dict__.clear()

    def hour(self) -> float:
        """Return the clock hour. [h]"""
        return clock_hour(self.scenario.startex, self.now)
