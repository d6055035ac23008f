"""Intervals of an incident, from traces written by hand."""

import math

from drillsim.metrics import incident_times as m
from drillsim.trace.events import (
    CallHandled,
    CallReceived,
    IncidentClosed,
    IncidentDiscovered,
    IncidentLapsed,
    NeedWithdrawn,
    TaskFinished,
    TaskWaiting,
    UnitRecalled,
)
from tests.metrics.conftest import arrived, assigned, begins, called, need, released, started, trace

NEVER = {"fire": math.inf}


def test_discovery_and_report_count_from_the_start_and_from_the_discovery():
    t = trace(started(60), IncidentDiscovered(100, "fire"), CallReceived(130, "fire"))

    assert m.discovery_s(t) == {"fire": 40}
    assert m.report_s(t) == {"fire": 30}


def test_an_incident_that_nobody_noticed_was_never_discovered_and_never_reported():
    t = trace(started(60))

    assert m.discovery_s(t) == NEVER
    assert m.report_s(t) == NEVER


def test_an_incident_that_nobody_called_in_is_no_case_of_the_response():
    t = trace(started(60), IncidentDiscovered(100, "fire"))

    for metric in (
        m.alarm_handling_s, m.first_arrival_s, m.full_assignment_s, m.initiating_action_s, m.total_response_s,
        m.incident_closed_s, m.unmet_needs, m.task_start_s, m.task_finish_s,
    ):  # fmt: skip
        assert metric(t) == {}


def test_alarm_handling_lasts_from_the_call_until_units_can_be_sent():
    assert m.alarm_handling_s(trace(*called(100, handled_s=60))) == {"fire": 60}


def test_the_first_arrival_counts_from_the_call_whoever_comes():
    t = trace(*called(100), arrived(400, "b"), arrived(500, "a"))

    assert m.first_arrival_s(t) == {"fire": 300}


def test_a_call_that_nobody_reached_counts_as_never_in_every_interval_of_the_response():
    t = trace(*called(100), need(100), assigned(100))

    assert m.first_arrival_s(t) == NEVER
    assert m.full_assignment_s(t) == NEVER
    assert m.initiating_action_s(t) == NEVER
    assert m.total_response_s(t) == NEVER
    assert m.incident_closed_s(t) == NEVER


def test_a_call_that_lapsed_was_never_reached():
    t = trace(*called(100), need(100), IncidentLapsed(700, "fire"), NeedWithdrawn(700, "fire", 0))

    assert m.first_arrival_s(t) == NEVER
    assert m.unmet_needs(t) == {"fire": 0}


def test_the_first_alarm_is_complete_when_the_last_of_its_slots_has_its_unit_on_scene():
    t = trace(
        *called(0), need(0, 0), need(0, 1), assigned(0, "a", slot=0), assigned(0, "b", slot=1), arrived(300, "b"),
        arrived(500, "a"),
    )  # fmt: skip

    assert m.full_assignment_s(t) == {"fire": 500}


def test_a_reinforcement_does_not_delay_the_first_alarm():
    late = [need(400, 1, reason="reinforcement"), assigned(400, "b", slot=1), arrived(900, "b")]
    t = trace(*called(0), need(0), assigned(0), arrived(300), *late)

    assert m.full_assignment_s(t) == {"fire": 300}


def test_a_first_alarm_of_which_one_was_called_back_was_never_complete():
    both = [need(0, 0), need(0, 1), assigned(0, "a", slot=0), assigned(0, "b", slot=1)]
    t = trace(*called(0), *both, arrived(300, "a"), UnitRecalled(400, "b", "fire"))

    assert m.full_assignment_s(t) == NEVER


def test_a_unit_that_comes_a_second_time_still_was_the_first_alarm():
    again = [released(600), need(700, 1, reason="reinforcement"), assigned(700, slot=1), arrived(900)]
    t = trace(*called(0), need(0), assigned(0), arrived(300), *again)

    assert m.full_assignment_s(t) == {"fire": 300}


def test_a_first_alarm_that_asks_for_nobody_is_complete_at_once():
    assert m.full_assignment_s(trace(*called(100))) == {"fire": 0}


def test_a_call_that_was_not_handled_by_endex_has_no_first_alarm_yet():
    assert m.full_assignment_s(trace(started(0), CallReceived(10, "fire"))) == NEVER


def test_work_begins_with_the_first_task():
    t = trace(*called(100), arrived(400), begins(460, "search"), begins(900, "rescue"))

    assert m.initiating_action_s(t) == {"fire": 60}
    assert m.total_response_s(t) == {"fire": 360}


def test_a_unit_on_scene_that_cannot_begin_has_arrived_and_not_acted():
    t = trace(*called(100), arrived(400), TaskWaiting(400, "fire", "work", "crew", 2, 6))

    assert m.first_arrival_s(t) == {"fire": 300}
    assert m.initiating_action_s(t) == NEVER


def test_an_incident_is_closed_so_long_after_the_call():
    assert m.incident_closed_s(trace(*called(100), IncidentClosed(1900, "fire"))) == {"fire": 1800}


def test_unmet_needs_are_those_neither_assigned_nor_withdrawn():
    t = trace(
        *called(0),
        *called(0, "flood"),
        *(need(0, n) for n in range(4)),
        assigned(5, slot=1),
        NeedWithdrawn(9, "fire", 2),
    )

    assert m.unmet_needs(t) == {"fire": 2, "flood": 0}


def test_tasks_count_from_the_call_of_their_incident():
    t = trace(*called(100), begins(400, "work"), TaskFinished(1000, "fire", "work", 3600.0))

    assert m.task_start_s(t) == {"fire/work": 300}
    assert m.task_finish_s(t) == {"fire/work": 900}


def test_a_task_that_nobody_came_to_is_a_case_that_never_happened():
    t = trace(started(0, tasks=("search", "rescue")), CallReceived(0, "fire"), begins(300, "search"))

    assert m.task_start_s(t) == {"fire/search": 300, "fire/rescue": math.inf}
    assert m.task_finish_s(t) == {"fire/search": math.inf, "fire/rescue": math.inf}


def test_a_log_that_names_tasks_only_as_they_come_up_counts_those_that_waited():
    t = trace(CallReceived(0, "fire"), CallHandled(0, "fire"), TaskWaiting(400, "fire", "cut", "usar_heavy", 2, 6))

    assert m.task_start_s(t) == {"fire/cut": math.inf}


def test_a_need_of_an_incident_that_was_never_called_in_is_nobodys_case():
    assert m.unmet_needs(trace(started(0), need(10))) == {}
