"""Relations between runs of a world and of a changed world, which hold whatever the world is (metamorphic relations)."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from typing import Any, Final

from drillsim.base.errors import InvariantError
from drillsim.checks import check_invariants
from drillsim.engine import simulate
from drillsim.scenario.scenario import Scenario
from drillsim.trace.events import Event, InjectDelivered, SectionReported
from drillsim.trace.trace import Trace
from tests.fuzz.workers import FaultError

World = dict[str, Any]
"""A scenario as a file holds it."""
WEEK_S: Final = 7 * 86400.0
EAST_DEG: Final = 79.8
"""By how much a world is moved so that it lies across the 180th meridian. [deg]"""


def run_of(world: World, seed: int = 7) -> Trace:
    """Run the first plan of a world and check the invariants."""
    scenario = Scenario(**copy.deepcopy(world))
    trace = simulate(scenario, scenario.plan(), seed=seed)
    try:
        check_invariants(trace)
    except InvariantError as error:
        raise FaultError(f"invariant broken: {error}") from error
    return trace


def _differ(what: str, a: tuple[Event, ...], b: tuple[Event, ...]) -> None:
    """Raise if two courses of events differ; name where."""
    for n, (one, other) in enumerate(zip(a, b, strict=False)):
        if one != other:
            raise FaultError(f"{what}: event {n} is\n    {one}\n    {other}")
    if len(a) != len(b):
        raise FaultError(f"{what}: {len(a)} events, {len(b)} events; then {(a + b)[min(len(a), len(b))]}")


def _before(trace: Trace, t_s: float) -> tuple[Event, ...]:
    return tuple(event for event in trace.events if event.t_s < t_s)


def _by_moment(trace: Trace) -> tuple[Event, ...]:
    """Return the events in order of time, and of their text within one moment."""
    return tuple(sorted(trace.events, key=lambda event: (event.t_s, repr(event))))


def again(world: World, trace: Trace, _dice: Random) -> None:
    """The same arguments give the same trace."""
    _differ("run again", trace.events, run_of(world).events)


def order_of_the_file(world: World, trace: Trace, dice: Random) -> None:
    """In what order places, roads, stations, units, incidents are written does not matter."""
    changed = copy.deepcopy(world)
    plan = changed["plans"][0]
    for some in (*changed["roads"].values(), plan["stations"], *(s["units"] for s in plan["stations"])):
        dice.shuffle(some)
    for some in (changed["incidents"], plan["staging_areas"], plan["waves"]):  # injects of one moment keep their order
        dice.shuffle(some)
    # who is written first is introduced first, and of what happens at one moment is recorded first
    _differ("another order of the file", _by_moment(trace), _by_moment(run_of(changed)))


def nothing_acts_before_it_happens(world: World, trace: Trace, dice: Random) -> None:
    """An inject at a moment changes nothing before it."""
    changed = copy.deepcopy(world)
    at_s = dice.uniform(0.0, trace.header.ends_at_s)
    effect = dice.choice([{"weather": {"snow": "heavy"}}, _slide(world, dice)])
    changed["injects"].append({"id": "later", "at_s": at_s, "text": "news", **effect})
    _differ(f"an inject at {at_s:.0f} s", _before(trace, at_s), _before(run_of(changed), at_s))


def _slide(world: World, dice: Random) -> Mapping[str, Any]:
    edge = dice.choice(world["roads"]["edges"])
    return {"road": {"between": [edge["from"], edge["to"]], "speed_factor": 0}}


def a_longer_exercise_begins_alike(world: World, trace: Trace, _dice: Random) -> None:
    """What happened before ENDEX happens when the exercise lasts longer."""
    changed = {**world, "ends_at_s": trace.header.ends_at_s + 7200.0}
    ends_s = trace.header.ends_at_s
    _differ("a later ENDEX", _told_alike(_before(trace, ends_s)), _told_alike(_before(run_of(changed), ends_s)))


def _told_alike(events: tuple[Event, ...]) -> tuple[Event, ...]:
    """Return events whose injects do not say whether they come to anything before ENDEX."""
    return tuple(replace(e, effect="") if isinstance(e, InjectDelivered) else e for e in events)


def a_week_later(world: World, trace: Trace, dice: Random) -> None:
    """The same hour of the same day of another week is the same."""
    later = datetime.fromisoformat(world["startex"]) + timedelta(weeks=dice.choice([1, 2, 3]))
    _differ("weeks later", trace.events, run_of({**world, "startex": later.isoformat(" ")}).events)


def anywhere_on_earth(world: World, trace: Trace, _dice: Random) -> None:
    """Moved along the parallel, across the 180th meridian, the course is the same."""
    changed = copy.deepcopy(world)
    for place in changed["roads"]["nodes"]:
        place["lon"] = round((place["lon"] + EAST_DEG + 180.0) % 360.0 - 180.0, 9)
    _differ("across the 180th meridian", trace.events, run_of(changed).events)


def who_can_do_nothing_changes_nothing(world: World, trace: Trace, _dice: Random) -> None:
    """A unit that can do nothing that is asked for changes nothing for the others."""
    changed = copy.deepcopy(world)
    cook = {"id": "cook", "capabilities": ["catering"], "crew": 2, "by_wave_only": True}
    changed["plans"][0]["stations"].append({"id": "kitchen", "node": "p0", "units": [cook]})
    events = run_of(changed).events
    if any(isinstance(e, SectionReported) and e.reported_by == "cook" for e in events):
        return  # who stands beside a road sees that it is open
    others = tuple(e for e in events if getattr(e, "unit", "") != "cook")
    _differ("an idle unit more", trace.events, others)


def another_plan_beside_it(world: World, trace: Trace, _dice: Random) -> None:
    """A second plan in the file changes nothing for the first."""
    changed = copy.deepcopy(world)
    changed["plans"].append({**copy.deepcopy(changed["plans"][0]), "id": "other", "title": "Other"})
    _differ("a second plan", trace.events, run_of(changed).events)


RELATIONS: Final[tuple[Callable[[World, Trace, Random], None], ...]] = (
    again,
    order_of_the_file,
    nothing_acts_before_it_happens,
    a_longer_exercise_begins_alike,
    a_week_later,
    anywhere_on_earth,
    who_can_do_nothing_changes_nothing,
    another_plan_beside_it,
)
