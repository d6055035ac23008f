"""Intervals of a mobilisation wave, from traces written by hand."""

import math

from drillsim.metrics import wave_times as m
from drillsim.trace.events import UnitAssembled, UnitInPlace, WaveClosed, WaveDeparted, WaveOrdered
from tests.metrics.conftest import drives, trace

ORDER = WaveOrdered(300, "first", "Province", ("a", "b"))
COLUMN = WaveDeparted(2100, "first", "p2", ("a", "b"), 2, 60.0)


def test_assembly_lasts_from_the_order_and_the_march_from_the_departure_to_the_last_in_place():
    t = trace(ORDER, UnitAssembled(1500, "a", "first", "p2"), COLUMN, WaveClosed(3300, "first"))

    assert m.assembly_s(t) == {"first": 1800}
    assert m.march_s(t) == {"first": 1200}


def test_a_wave_that_marches_without_assembling_has_neither():
    t = trace(ORDER, UnitInPlace(900, "a", "first", "p4"), WaveClosed(1200, "first"))

    assert m.assembly_s(t) == m.march_s(t) == {}


def test_a_wave_still_assembling_at_endex_never_left():
    on_the_way = drives(900, ("p0", 900), ("p2", 5000), unit="a", purpose="assembly", target="first")

    for t in (trace(ORDER, UnitAssembled(1500, "a", "first", "p2")), trace(ORDER, on_the_way)):
        assert m.assembly_s(t) == m.march_s(t) == {"first": math.inf}


def test_first_in_place_and_closure_count_from_startex():
    there = [UnitInPlace(900, "a", "first", "p4"), UnitInPlace(1200, "b", "first", "p4"), WaveClosed(1200, "first")]
    t = trace(ORDER, *there)

    assert m.first_in_place_s(t) == {"first": 900}
    assert m.closure_s(t) == {"first": 1200}


def test_a_wave_that_was_ordered_and_is_not_complete_at_endex_never_closed():
    t = trace(ORDER, UnitInPlace(900, "a", "first", "p4"))

    assert m.first_in_place_s(t) == {"first": 900}
    assert m.closure_s(t) == {"first": math.inf}


def test_a_wave_that_was_not_ordered_is_no_case():
    assert m.closure_s(trace()) == m.first_in_place_s(trace()) == {}
