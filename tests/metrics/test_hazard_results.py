"""What hazards came to: tanks that are no more, and the worst of every measure."""

from drillsim.hazards.release.tanks import STATUSES
from drillsim.metrics.hazard_results import hazard_peak, tanks_destroyed
from drillsim.metrics.registry import unit_of
from drillsim.trace.events import HazardMeasured
from tests.metrics.conftest import trace


def farm(t_s, **statuses):
    names = tuple(f"tank_{tank}" for tank in statuses)
    return HazardMeasured(t_s, "farm", names, tuple(float(STATUSES.index(status)) for status in statuses.values()))


def test_burnt_out_and_burst_tanks_count_those_put_out_do_not():
    end = farm(900, a="burnt_out", b="burst", c="out", d="sound", e="foamed")

    assert tanks_destroyed(trace(farm(0, a="burning", b="burning", c="burning", d="sound", e="burning"), end)) == {
        "farm": 2.0
    }


def test_a_hazard_without_tanks_is_no_case():
    assert tanks_destroyed(trace(HazardMeasured(0, "cloud", ("spilt_kg",), (5.0,)))) == {}


def test_the_peak_of_a_measure_is_its_greatest_value_and_not_its_last():
    reach = [HazardMeasured(t_s, "cloud", ("reach_m", "rate_kg_s"), values) for t_s, values in
             ((0, (100.0, 3.0)), (600, (900.0, 2.0)), (900, (400.0, 0.0)))]  # fmt: skip

    assert hazard_peak(trace(*reach)) == {"cloud/reach_m": 900.0, "cloud/rate_kg_s": 3.0}


def test_a_metric_has_its_unit_and_a_count_none():
    assert (unit_of("distance_m"), unit_of("utilisation"), unit_of("closures_unknown_h")) == ("m", "1", "h")
    assert unit_of("hazard_peak") == ""
