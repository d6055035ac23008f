"""What hazards came to: tanks that are no more."""

from drillsim.hazards.release.tanks import STATUSES
from drillsim.metrics.hazard_results import tanks_destroyed
from drillsim.trace.events import HazardMeasured
from tests.metrics.conftest import trace


def farm(t_s, **statuses):
    names = tuple(f"tank_{tank}" for tank in statuses)
    return HazardMeasured(t_s, "farm", names, tuple(float(STATUSES.index(status)) for status in statuses.values()))


def test_burnt_out_and_burst_tanks_count_those_put_out_do_not():
    end = farm(900, a="burnt_out", b="burst", c="out", d="sound")

    assert tanks_destroyed(trace(farm(0, a="burning", b="burning", c="burning", d="sound"), end)) == {"farm": 2.0}


def test_a_hazard_without_tanks_is_no_case():
    assert tanks_destroyed(trace(HazardMeasured(0, "cloud", ("spilt_kg",), (5.0,)))) == {}
