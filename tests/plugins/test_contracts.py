"""What every plug-in must keep, tried on each that is found, before its author writes a test of their own."""

import pytest

from drillsim.scenario.plugins import every_plugin
from drillsim.testing import check_plugin


@pytest.mark.parametrize("plugin", every_plugin(), ids=lambda cls: cls.__name__)
def test_a_plugin_keeps_its_contract(plugin):
    check_plugin(plugin)
