"""The tool that varies one constant at a time: it reaches whoever uses the constant, and puts it back."""

import importlib.util
import sys
from pathlib import Path

import pytest

from drillsim.hazards.high_rise import tower_smoke
from drillsim.physics.fire import fire_flow, smoke
from drillsim.physics.gas.toxicity import indoors

SPEC = importlib.util.spec_from_file_location("sensitivity", Path(__file__).parents[2] / "tools" / "sensitivity.py")
tool = importlib.util.module_from_spec(SPEC)


@pytest.fixture(scope="module", autouse=True)
def _loaded():
    sys.modules["sensitivity"] = tool  # its dataclasses look themselves up there
    SPEC.loader.exec_module(tool)
    yield
    del sys.modules["sensitivity"]


def test_a_constant_is_another_where_it_is_imported_and_afterwards_as_before():
    with tool.another("drillsim.physics.fire.smoke", "CO_AFTER_FLASHOVER_PPM", tool.scaled, 0.5):
        assert tower_smoke.CO_AFTER_FLASHOVER_PPM == 14_300
    assert tower_smoke.CO_AFTER_FLASHOVER_PPM == smoke.CO_AFTER_FLASHOVER_PPM == 28_600


def test_a_constant_that_is_the_default_of_an_argument_is_another_too():
    before_kw = fire_flow.cooling_kw(1.0)
    tight = float(indoors(100.0, 60.0))
    with tool.another("drillsim.physics.fire.fire_flow", "EFFICIENCY", tool.scaled, 0.5):
        assert fire_flow.cooling_kw(1.0) == pytest.approx(before_kw / 2)
    with tool.another("drillsim.physics.gas.toxicity", "AIR_CHANGES_1_H", tool.scaled, 2.0):
        assert float(indoors(100.0, 60.0)) == pytest.approx(2 * tight, rel=0.02)
    assert fire_flow.cooling_kw(1.0) == before_kw


def test_a_constant_that_there_is_not_is_refused():
    with pytest.raises(AttributeError, match="NO_SUCH"), tool.another(tool.FLOW, "NO_SUCH", tool.scaled, 2.0):
        pass


def test_every_constant_and_every_field_that_is_varied_is_there():
    for constant in tool.CONSTANTS:
        with tool.another(constant.module, constant.name, constant.change or tool.scaled, constant.low):
            pass
    scenario = tool._scenario("jishishan-2023")
    for assumption in tool.ASSUMPTIONS:
        tool._edited(scenario, tool._changes(scenario, assumption, assumption.low))


def test_what_moves_is_measured_against_the_larger_end():
    assert tool.swing(50.0, 100.0) == 0.5
    assert tool.swing(float("inf"), 3.0) == 1.0
