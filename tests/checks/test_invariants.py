"""A good trace breaks no invariant; each way of spoiling it is found and named."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from drillsim.base.errors import InvariantError
from drillsim.checks import INVARIANTS, check_invariants, violations
from drillsim.trace.events import (
    Event,
    IncidentClosed,
    NeedRaised,
    NeedWithdrawn,
    SectionChanged,
    TaskCrewChanged,
    TaskFinished,
    TaskStarted,
    UnitAlerted,
    UnitArrived,
    UnitAssembled,
    UnitAssigned,
    UnitBackInService,
    UnitEnRoute,
    UnitFreed,
    UnitHeld,
    UnitHome,
    UnitInPlace,
    UnitOutOfService,
    UnitRecalled,
    UnitReleased,
    UnitTrapped,
    WaveClosed,
    WaveDeparted,
    WaveOrdered,
    ZonesChanged,
)
from tests.metrics.conftest import arrived, assigned, begins, called, drives, need, on_duty, released, trace, turns

ONE_CALL: tuple[Event, ...] = (
    on_duty(crew=6),
    on_duty("ladder", node="p4", crew=4),
    *called(60),
    need(60, 0),
    need(60, 1),
    assigned(60, slot=0),
    assigned(60, "ladder", slot=1),
    drives(100, ("p0", 100), ("p1", 400), ("p2", 700)),
    drives(120, ("p4", 120), ("p3", 420), ("p2", 720), unit="ladder"),
    arrived(700),
    begins(700, people=6, work=3600),
    turns(710, ("p2", 720), unit="ladder"),
    arrived(720, "ladder"),
    TaskCrewChanged(1000, "fire", "work", 9, ("engine", "ladder"), 9),  # 300 s x 6 = 1800 done, 1800 left: 200 s x 9
    TaskFinished(1200, "fire", "work", 3600),
    IncidentClosed(1200, "fire"),
    released(1200),
    released(1200, "ladder"),
    drives(1200, ("p2", 1200), ("p1", 1500), ("p0", 1800), purpose="return", target="west"),
    drives(1200, ("p2", 1200), ("p3", 1500), ("p4", 1800), unit="ladder", purpose="return", target="west"),
    UnitHome(1800, "engine", "west", "p0"),
    UnitHome(1800, "ladder", "west", "p4"),
)

ONE_WAVE: tuple[Event, ...] = (
    on_duty("a"),
    on_duty("b", node="p1"),
    WaveOrdered(60, "first", "Province", ("a", "b")),
    UnitAlerted(60, "a", "first"),
    UnitAlerted(60, "b", "first"),
    drives(100, ("p0", 100), ("p2", 500), unit="a", purpose="assembly", target="first"),
    drives(100, ("p1", 100), ("p2", 300), unit="b", purpose="assembly", target="first"),
    UnitAssembled(300, "b", "first", "p2"),
    UnitAssembled(500, "a", "first", "p2"),
    WaveDeparted(500, "first", "p2", ("a", "b"), 2, 10),
    drives(500, ("p2", 506), ("p3", 806), unit="a", purpose="march", target="first"),
    drives(500, ("p2", 510), ("p3", 810), unit="b", purpose="march", target="first"),
    UnitInPlace(806, "a", "first", "p3"),
    UnitHome(806, "a", "forward", "p3"),
    UnitInPlace(810, "b", "first", "p3"),
    UnitHome(810, "b", "forward", "p3"),
    WaveClosed(810, "first"),
)


GAS = ZonesChanged(60, "gas", ("p0",), (3,), (), ())
GONE = ZonesChanged(900, "gas", ("p0",), (0,), (), ())
CAUGHT = UnitTrapped(60, "engine", "p0", "gas")
OUT = UnitFreed(900, "engine", "p0", "gas")
TRAPPED: tuple[Event, ...] = (on_duty(), GAS, CAUGHT, GONE, OUT, UnitHome(900, "engine", "west", "p0"))


def find(events: tuple[Event, ...], kind: type[Event], **where: Any) -> int:
    return next(
        n for n, e in enumerate(events) if type(e) is kind and all(getattr(e, k) == v for k, v in where.items())
    )


def changed(events: tuple[Event, ...], kind: type[Event], /, where: dict[str, Any] | None = None, **values: Any):
    """Return the events with other values in the first one of *kind*."""
    n = find(events, kind, **(where or {}))
    return (*events[:n], replace(events[n], **values), *events[n + 1 :])


def without(events: tuple[Event, ...], kind: type[Event], **where: Any) -> tuple[Event, ...]:
    n = find(events, kind, **where)
    return (*events[:n], *events[n + 1 :])


def until(events: tuple[Event, ...], t_s: float) -> tuple[Event, ...]:
    return tuple(e for e in events if e.t_s <= t_s)


def also(events: tuple[Event, ...], *new: Event) -> tuple[Event, ...]:
    """Return the events with new ones in their places in time, after those of the same moment."""
    return tuple(sorted((*events, *new), key=lambda e: e.t_s))


def said(events: tuple[Event, ...]) -> str:
    return "\n".join(violations(trace(*events)))


SLOWED = SectionChanged(200, "p0--p1", 0.5, "snow")
ON_ITS_WAY = until(ONE_CALL, 150)
"""The engine left p0 at 100 s and would be at p1 at 400 s; at 200 s it has 200 s to go, or 400 at half the speed."""
HALF_AS_FAST = also(ON_ITS_WAY, SLOWED, turns(200, ("p1", 600), ("p2", 900)))
TURNED = also(HALF_AS_FAST, turns(300, ("p0", 600)))
"""At 300 s it is half way, so it is back in 300 s."""
GOOD = {
    "a call": ONE_CALL,
    "a wave": ONE_WAVE,
    "trapped": TRAPPED,
    "slowed": HALF_AS_FAST,
    "turned": TURNED,
    "nothing": (),
}


@pytest.mark.parametrize("events", GOOD.values(), ids=GOOD)
def test_a_good_trace_breaks_nothing(events):
    check_invariants(trace(*events))


SPOILED = {
    "in a zone and not trapped": ((on_duty(), GAS, GONE), "'engine' is at 'p0' from 0 to inf s, grade 3, protection 1"),
    "trapped too late": (changed(TRAPPED, UnitTrapped, t_s=70), "'engine' is at 'p0' from 0 to 70 s, grade 3"),
    "freed too soon": (changed(TRAPPED, UnitFreed, t_s=800), "'engine' is at 'p0' from 800 to inf s, grade 3"),
    "trapped elsewhere": (
        changed(TRAPPED, UnitTrapped, node="p4"),
        "(UnitTrapped at 60.000 s): 'engine' is not at 'p4'",
    ),
    "trapped twice": (
        also(TRAPPED, replace(CAUGHT, t_s=100)),
        "(UnitTrapped at 100.000 s): 'engine' is trapped at 'p0' already",
    ),
    "freed twice": (also(TRAPPED, OUT), "(UnitFreed at 900.000 s): 'engine' is not trapped at 'p0'"),
    "freed elsewhere": (
        changed(TRAPPED, UnitFreed, node="p1"),
        "(UnitFreed at 900.000 s): 'engine' is not trapped at 'p1'",
    ),
    "sent while trapped": (
        also(TRAPPED, *called(100), need(100), assigned(100)),
        "(UnitAssigned at 100.000 s): 'engine' cannot do that; it is trapped at 'p0'",
    ),
    "home while trapped": (
        without(TRAPPED, UnitFreed),
        "(UnitHome at 900.000 s): 'engine' cannot do that; it is trapped at 'p0'",
    ),
    "driving while trapped": (
        also(TRAPPED, drives(100, ("p0", 100), ("p1", 400), purpose="return", target="west")),
        "(UnitEnRoute at 100.000 s): 'engine' cannot do that; it is trapped at 'p0'",
    ),
    "time falls": (changed(ONE_CALL, TaskFinished, t_s=900), "time falls; the event before it was at 1000"),
    "before STARTEX": (changed(ONE_CALL, TaskStarted, t_s=-1), "(TaskStarted at -1.000 s): outside the exercise"),
    "at ENDEX": (also(ONE_CALL, UnitHeld(3600, "engine", "p0")), "(UnitHeld at 3600.000 s): outside the exercise"),
    "not a time": (also(ONE_CALL[:0], on_duty(), UnitHeld(float("nan"), "engine", "p0")), "outside the exercise"),
    "unknown unit": (also(ONE_CALL, UnitHeld(1, "ghost", "p0")), "(UnitHeld at 1.000 s): unit 'ghost' is not on duty"),
    "unit before it is on duty": (
        (need(0), *ONE_CALL),
        "event 0 (NeedRaised at 0.000 s): incident 'fire' has not begun",
    ),
    "unknown unit in a crew": (changed(ONE_CALL, TaskStarted, units=("ghost",)), "unit 'ghost' is not on duty"),
    "unknown incident": (also(ONE_CALL, need(2000, incident="flood")), "incident 'flood' has not begun"),
    "unknown wave": (without(ONE_WAVE, WaveOrdered), "wave 'first' was not ordered"),
    "a time too few": (changed(ONE_CALL, UnitEnRoute, times_s=(100, 700)), "places, times and sections of 'engine'"),
    "a section too many": (changed(ONE_CALL, UnitEnRoute, sections=("a", "b", "c")), "of 'engine' do not fit together"),
    "times fall on the way": (changed(ONE_CALL, UnitEnRoute, times_s=(100, 800, 700)), "the times of 'engine' fall"),
    "a journey into the past": (changed(ONE_CALL, UnitEnRoute, times_s=(90, 400, 700)), "begins before it was decided"),
    "no length": (changed(ONE_CALL, UnitEnRoute, length_m=float("nan")), "the journey of 'engine' has no length"),
    "on duty twice": (also(ONE_CALL, on_duty()), "'engine' is on duty twice"),
    "a journey from elsewhere": (
        changed(ONE_CALL, UnitEnRoute, nodes=("p5", "p1", "p2")),
        "(UnitEnRoute at 100.000 s): 'engine' is not at 'p5' when its journey begins",
    ),
    "turning between places": (
        also(until(ONE_CALL, 150), turns(200, ("p1", 300), ("p0", 600))),
        "(UnitRerouted at 200.000 s): 'engine' is not at 'p1' when its journey begins, at 300.000 s",
    ),
    "another speed where no road changed": (
        also(until(ONE_CALL, 150), turns(200, ("p1", 500), ("p2", 800))),
        "(UnitRerouted at 200.000 s): 'engine' is not at 'p1' when its journey begins, at 500.000 s",
    ),
    "another speed where another road changed": (
        also(until(ONE_CALL, 150), SectionChanged(200, "p1--p2", 0.5, "snow"), turns(200, ("p1", 500), ("p2", 800))),
        "(UnitRerouted at 200.000 s): 'engine' is not at 'p1' when its journey begins, at 500.000 s",
    ),
    "turned round and back too soon": (
        also(until(ONE_CALL, 150), turns(200, ("p0", 250))),
        "(UnitRerouted at 200.000 s): 'engine' is not at 'p0' when its journey begins, at 250.000 s",
    ),
    "turned round and back at the speed before it was slowed": (
        also(HALF_AS_FAST, turns(300, ("p0", 450))),
        "(UnitRerouted at 300.000 s): 'engine' is not at 'p0' when its journey begins, at 450.000 s",
    ),
    "an order carries a unit to its next place": (
        also(
            until(ONE_CALL, 150),
            UnitRecalled(200, "engine", "fire"),
            need(200, 2),
            assigned(200, slot=2),
            drives(200, ("p1", 200), ("p2", 500)),
        ),
        "'engine' is not at 'p1' when its journey begins, at 200.000 s",
    ),
    "arrival too early": (changed(ONE_CALL, UnitArrived, t_s=650), "'engine' has no journey that ends at 'p2' then"),
    "arrival elsewhere": (changed(ONE_CALL, UnitArrived, node="p3"), "'engine' has no journey that ends at 'p3' then"),
    "in place late": (
        changed(ONE_WAVE, UnitInPlace, {"unit": "b"}, t_s=809),
        "'b' has no journey that ends at 'p3' then",
    ),
    "home from nowhere": (
        without(ONE_CALL, UnitEnRoute, unit="engine", purpose="return"),
        "(UnitHome at 1800.000 s): 'engine' is not at 'p0'",
    ),
    "held off its way": (also(ONE_CALL, UnitHeld(2000, "engine", "p7")), "'engine' is not at 'p7' then"),
    "lost on the way home": (without(ONE_CALL, UnitHome), "'engine' set off to 'west' and vanished"),
    "lost on the march": (until(ONE_WAVE, 500), "'a' set off to 'first' and vanished"),
    "arrived after it broke down": (
        also(ONE_CALL, UnitOutOfService(300, "engine", "broken")),
        "'engine' cannot do that; it is out",
    ),
    "arrival without a journey": (
        without(ONE_CALL, UnitEnRoute, unit="engine", purpose="incident"),
        "'engine' cannot do that; it is assigned",
    ),
    "assigned while busy": (
        also(ONE_CALL, need(800, 2), assigned(800, slot=2)),
        "(UnitAssigned at 800.000 s): 'engine' cannot do that; it is on scene",
    ),
    "sent while out of service": (
        (on_duty(), UnitOutOfService(0, "engine", "broken"), *called(10), need(10), assigned(10)),
        "'engine' cannot do that; it is out",
    ),
    "turning on a journey it is not on": (
        also(ONE_CALL, turns(900, ("p2", 900))),
        "(UnitRerouted at 900.000 s): 'engine' cannot do that; it is on scene",
    ),
    "a journey for no known purpose": (
        changed(ONE_CALL, UnitEnRoute, purpose="picnic"),
        "(UnitEnRoute at 100.000 s): 'engine' cannot do that",
    ),
    "to another incident": (
        changed(ONE_CALL, UnitEnRoute, target="flood"),
        "'engine' was sent to 'fire', not to 'flood'",
    ),
    "released from another incident": (
        changed((*called(0, "flood"), *ONE_CALL), UnitReleased, incident="flood"),
        "'engine' was sent to 'fire', not to 'flood'",
    ),
    "in place for another wave": (
        changed(ONE_WAVE, UnitInPlace, wave="second"),
        "'a' was sent to 'first', not to 'second'",
    ),
    "a slot nobody asked for": (without(ONE_CALL, NeedRaised, slot=1), "nobody asked for slot 1 of 'fire'"),
    "a slot filled twice": (
        changed(ONE_CALL, UnitAssigned, {"unit": "ladder"}, slot=0),
        "slot 0 of 'fire' is already filled by 'engine'",
    ),
    "a slot filled after it was withdrawn": (
        also(ONE_CALL, need(55, 5), NeedWithdrawn(56, "fire", 5), NeedWithdrawn(57, "fire", 5)),
        "slot 5 of 'fire' is already withdrawn",
    ),
    "a wave closed without one": (without(ONE_WAVE, UnitInPlace, unit="b"), "wave 'first' is closed without b"),
    "work by people who are not there": (
        changed(ONE_CALL, TaskStarted, units=("engine", "ladder")),
        "ladder work on 'work' and are not at 'fire'",
    ),
    "a task without people": (changed(ONE_CALL, TaskStarted, people=0), "task 'work' of 'fire' has nobody"),
    "a task without units": (changed(ONE_CALL, TaskStarted, units=()), "task 'work' of 'fire' has nobody"),
    "more people than the crews hold": (
        changed(ONE_CALL, TaskCrewChanged, people=11),
        "11 people on task 'work', 10 in engine, ladder",
    ),
    "one person in two tasks": (also(ONE_CALL, begins(800, "second", people=5)), "11 people at work, 10 on scene"),
    "a crew that leaves its work": (
        also(ONE_CALL, released(1100)),
        "(UnitReleased at 1100.000 s): 9 people at work, 4 on scene",
    ),
    "a task begun twice": (also(ONE_CALL, begins(900)), "task 'work' of 'fire' is begun twice"),
    "people for a task not begun": (
        also(ONE_CALL, TaskCrewChanged(800, "fire", "other", 1, ("engine",), 1)),
        "task 'other' of 'fire' is not under way",
    ),
    "people for a task that is done": (
        also(ONE_CALL, TaskCrewChanged(1300, "fire", "work", 1, ("engine",), 1)),
        "task 'work' of 'fire' is not under way",
    ),
    "a task done and never begun": (
        also(ONE_CALL, TaskFinished(800, "fire", "other", 1)),
        "task 'other' of 'fire' is done and was not under way",
    ),
    "a task done twice": (
        also(ONE_CALL, TaskFinished(1200, "fire", "work", 3600)),
        "task 'work' of 'fire' is done and was not under way",
    ),
    "too little work done": (
        changed(ONE_CALL, TaskFinished, done_person_s=3000),
        "3600.0 person·s worked, 3000.0 written down, 3600.0 owed",
    ),
    "more work than people and time make": (
        changed(changed(ONE_CALL, TaskStarted, work_person_s=9000), TaskFinished, done_person_s=9000),
        "3600.0 person·s worked, 9000.0 written down, 9000.0 owed",
    ),
    "closed while work goes on": (without(ONE_CALL, TaskFinished), "'fire' is closed and work not done"),
    "closed without having begun": ((*called(0), IncidentClosed(10, "fire")), "'fire' is closed and work not done"),
}


@pytest.mark.parametrize("name", SPOILED)
def test_what_contradicts_itself_is_found_and_named(name):
    events, expected = SPOILED[name]

    assert expected in said(events)


def test_every_message_names_the_event_by_number_kind_and_time():
    events = also(ONE_CALL, UnitHeld(2000, "engine", "p7"))

    assert violations(trace(*events)) == ("event 25 (UnitHeld at 2000.000 s): 'engine' is not at 'p7' then",)


def test_all_contradictions_are_listed_at_once():
    spoiled = changed(without(ONE_CALL, UnitHome, unit="ladder"), TaskFinished, done_person_s=1)

    with pytest.raises(InvariantError, match=r"(?s)contradicts itself:\n.*vanished.*\n.*1.0 written down"):
        check_invariants(trace(*spoiled))


def test_of_very_many_contradictions_twenty_are_shown_and_the_rest_counted():
    ghosts = tuple(UnitHeld(1, f"ghost-{n}", "p0") for n in range(23))

    with pytest.raises(InvariantError) as caught:
        check_invariants(trace(*ghosts))

    assert len(str(caught.value).splitlines()) == 1 + 20 + 1
    assert str(caught.value).endswith("… and 3 more")


def test_there_is_a_sentence_for_every_invariant():
    assert all(invariant.__doc__ for invariant in INVARIANTS)


# --- what looks odd and is right ---------------------------------------------------------------------------


def test_whoever_is_turning_out_on_the_road_on_foot_held_or_trapped_at_endex_has_not_vanished():
    sent = (on_duty(), *called(0), need(0), assigned(0))
    on_the_road = (*sent, drives(60, ("p0", 60), ("p2", 9000)))
    walking = (*sent, drives(60, ("p0", 60), ("p2", 600)))
    held = (*sent, drives(60, ("p0", 60)), UnitHeld(60, "engine", "p0"))
    trapped = (*sent, drives(60, ("p0", 60)), CAUGHT)

    assert said(sent) == said(on_the_road) == said(walking) == said(held) == said(trapped) == ""


def test_people_may_walk_from_the_end_of_the_road_to_the_scene():
    events = (on_duty(), *called(0), need(0), assigned(0), drives(60, ("p0", 60), ("p2", 600)), arrived(900))

    assert said(events) == ""


def test_a_unit_on_its_way_home_may_be_claimed_by_a_wave_and_prepare_at_the_next_place():
    home = drives(0, ("p0", 0), ("p1", 600), ("p2", 1200), purpose="return", target="west")
    order = (WaveOrdered(300, "first", "Province", ("engine",)), UnitAlerted(300, "engine", "first"))
    march = drives(2000, ("p1", 2000), ("p3", 9000), purpose="march", target="first")

    assert said((on_duty(), home, *order, march)) == ""


def test_a_unit_that_waits_for_its_turn_in_a_column_may_turn_or_leave_sooner_and_stands_when_it_has_arrived():
    def follower(held_s):
        return (
            drives(500, ("p2", 560), ("p3", 860), unit="b", purpose="march", target="first"),
            turns(520, ("p2", 525), ("p4", 825), unit="b", purpose="march", target="first"),
            UnitHeld(held_s, "b", "p4"),
            turns(900, ("p4", 960), ("p3", 9000), unit="b", purpose="march", target="first"),
        )

    column = tuple(e for e in ONE_WAVE if e.t_s <= 500 or getattr(e, "unit", "") == "a")
    head = without(column, UnitEnRoute, unit="b", purpose="march")

    assert said(also(head, *follower(825))) == ""
    assert "'b' is not at 'p4' then" in said(also(head, *follower(810)))


def test_a_unit_called_back_where_it_stands_is_home_at_once():
    turning_out = (on_duty(), *called(0), need(0), assigned(0), UnitRecalled(30, "engine", "fire"))

    assert said((*turning_out, UnitHome(30, "engine", "west", "p0"))) == ""


def test_a_unit_that_breaks_down_on_its_way_has_not_vanished():
    assert said(also(until(ONE_CALL, 150), UnitOutOfService(300, "engine", "broken"))) == ""


def test_a_repaired_unit_may_be_sent():
    repaired = (UnitOutOfService(0, "engine", "broken"), UnitBackInService(5, "engine"))

    assert said((on_duty(), *repaired, *called(10), need(10), assigned(10))) == ""
