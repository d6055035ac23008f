"""What the tables of a run show: tasks taken up again, called off; names of incidents."""

import math

from drillsim.base.quantities import Text
from drillsim.incidents.earthquake import Earthquake
from drillsim.metrics.story import (
    IncidentRow,
    WaveRow,
    incident_names,
    incident_rows,
    task_rows,
    unmet_needs,
    wave_rows,
)
from drillsim.roads import Place
from drillsim.trace.events import (
    IncidentClosed,
    IncidentStarted,
    NeedWithdrawn,
    TaskFinished,
    TaskWithdrawn,
    UnitInPlace,
    WaveClosed,
    WaveOrdered,
)
from tests.metrics.conftest import arrived, assigned, begins, called, drives, need, on_duty, trace

TOWN = {
    "p0": Place("p0", "西", "West", "town", 36.0, 101.0),
    "p2": Place("p2", "东", "East", "town", 36.0, 101.2),
}


def incident(name, node="p2", kind="road_crash"):
    return IncidentStarted(0.0, name, node, 2, kind, ("work",))


def names(*events):
    return {key: (text.en, text.zh) for key, text in incident_names(trace(*events), TOWN).items()}


def test_a_task_taken_up_again_is_one_row_from_its_first_beginning_to_its_last_end():
    first, again = begins(60, "foam", people=4), begins(600, "foam", people=6)

    (row,) = task_rows(trace(first, TaskWithdrawn(300, "fire", "foam"), again, TaskFinished(900, "fire", "foam", 1.0)))

    assert (row.started_s, row.finished_s, row.withdrawn_s, row.people, row.times) == (60, 900, math.inf, 6, 2)


def test_a_task_under_way_again_has_not_ended():
    (row,) = task_rows(trace(begins(60, "foam"), TaskWithdrawn(300, "fire", "foam"), begins(600, "foam")))

    assert (row.finished_s, row.withdrawn_s) == (math.inf, math.inf)


def test_a_task_that_was_called_off_says_when():
    (row,) = task_rows(trace(begins(60, "foam"), TaskWithdrawn(300, "fire", "foam")))

    assert (row.finished_s, row.withdrawn_s, row.times) == (math.inf, 300, 1)


def test_an_incident_is_called_by_type_and_number():
    assert names(incident("day-1"), incident("day-2")) == {
        "day-1": ("Road crash 1", "交通事故 1"),
        "day-2": ("Road crash 2", "交通事故 2"),
    }


def test_the_place_tells_apart_what_type_and_number_do_not():
    found = names(incident("west-1", "p0"), incident("east-1", "p2"))

    assert found == {
        "west-1": ("Road crash, West 1", "交通事故·西 1"),
        "east-1": ("Road crash, East 1", "交通事故·东 1"),
    }


def test_worksites_of_villages_that_share_a_place_of_the_roads_go_by_the_village():
    north = {"id": "north", "title": {"en": "Juji", "zh": "居集"}, "node": "p2", "population": 300}
    south = {"id": "south", "node": "p2", "population": 300}
    quake = Earthquake(id="quake", magnitude=6.2, lat=36.0, lon=101.0, settlements=[north, south])

    found = incident_names(trace(incident("quake-north-1"), incident("quake-south-1")), TOWN, [quake])

    assert found["quake-north-1"] == Text(en="Road crash, Juji 1", zh="交通事故·居集 1")
    assert found["quake-south-1"] == Text(en="Road crash, East 1", zh="交通事故·东 1")


def test_no_two_incidents_have_the_same_name():
    found = names(incident("night-1"), incident("day-1"), incident("fire", kind="volcano"))

    assert found["night-1"] == ("Road crash · night-1", "交通事故 · night-1")
    assert found["day-1"] == ("Road crash · day-1", "交通事故 · day-1")
    assert found["fire"] == ("volcano · fire", "volcano · fire")


def test_a_wave_is_a_row_with_its_moments_and_the_people_who_are_on_duty():
    order = WaveOrdered(300, "first", "Province", ("a", "b", "elsewhere"))
    leaves = [drives(t_s, ("p0", t_s), ("p2", 4000), unit=unit, purpose="march", target="first")
              for t_s, unit in ((900, "a"), (1200, "b"))]  # fmt: skip
    there = [UnitInPlace(4000, "a", "first", "p2"), UnitInPlace(4300, "b", "first", "p2"), WaveClosed(4300, "first")]
    duty = [on_duty("a", crew=6), on_duty("b", crew=8)]

    (row,) = wave_rows(trace(*duty, order, *leaves, *there))

    assert row == WaveRow("first", 300, 900, 4000, 4300, units=3, vehicles=2, people=14)


def test_a_wave_that_has_not_left_has_no_moments_yet():
    (row,) = wave_rows(trace(WaveOrdered(300, "first", "Province", ("a",))))

    assert (row.departed_s, row.first_in_place_s, row.closed_s) == (math.inf,) * 3


def test_waves_of_one_moment_stand_as_in_the_plan_and_later_ones_after_them():
    orders = [WaveOrdered(t_s, wave, "Province", ("u",)) for t_s, wave in ((300, "a"), (300, "b"), (900, "c"))]

    assert [row.wave for row in wave_rows(trace(*orders), ["c", "b", "a"])] == ["b", "a", "c"]
    assert [row.wave for row in wave_rows(trace(*orders))] == ["a", "b", "c"]


def test_an_incident_is_a_row_from_its_start_to_its_end():
    (row,) = incident_rows(trace(*called(60), arrived(600), arrived(900, "second"), IncidentClosed(3000, "fire")))
    (open_row,) = incident_rows(trace(*called(60)))

    assert row == IncidentRow("fire", "building_fire", "p2", 2, 60, 60, 600, 3000)
    assert (open_row.first_arrival_s, open_row.closed_s) == (math.inf, math.inf)


def test_a_need_is_met_by_a_unit_or_taken_back():
    raised = [need(60, slot) for slot in range(3)]

    (unmet,) = unmet_needs(trace(*raised, assigned(90, slot=0), NeedWithdrawn(120, "fire", 2)))

    assert unmet.slot == 1
